import pytest

from index.divisions import division, named, within
from index.records import Level, Region
from index.regions import find_regions, national_words


def names(text: str) -> list[str]:
    return [mention.divisions[0].region.name for mention in find_regions(text)]


def words(text: str) -> list[str]:
    return [text[mention.start : mention.end] for mention in find_regions(text)]


@pytest.mark.parametrize(
    "text", ["浙江省", "浙江", "Zhejiang", "ZHEJIANG", "浙", "Zhejiang Province"]
)
def test_a_province_is_found_by_every_form_of_its_name(text: str) -> None:
    assert names(text) == ["浙江省"]
    assert words(text) == [text]


@pytest.mark.parametrize("text", ["绍兴市", "绍兴", "shaoxing", "Shaoxing City"])
def test_a_city_is_found_and_lies_in_its_province(text: str) -> None:
    (mention,) = find_regions(text)
    (found,) = mention.divisions
    assert found.region == Region("绍兴市", "330600")
    assert (found.level, found.parent) == (Level.CITY, "330000")
    assert within(found.region.code, "330000")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("沪府办〔2025〕30号", ["上海市"]),
        ("根据浙政办发〔2021〕68号", ["浙江省"]),
        ("晋政办发[2021]5号", ["山西省"]),
        ("国新办发〔2020〕1号", []),
        ("国办发〔2020〕1号", []),
    ],
)
def test_the_sign_at_the_head_of_a_document_number_names_the_province(
    text: str, expected: list[str]
) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("沪浙晋三地怎么规定", ["上海市", "浙江省", "山西省"]),
        ("沪、浙的规定", ["上海市", "浙江省"]),
        ("与京津冀、长三角等区域", ["北京市", "天津市", "河北省"]),
        ("粤港澳青年交流", []),
        ("京沪高铁", []),
        ("在新的条件下", []),
        ("云计算、新能源和青年", []),
    ],
)
def test_signs_count_in_lists_and_not_inside_words(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("上海市药监局", ["上海市"]),
        ("广东省药监局牵头哪些任务", ["广东省"]),
        ("陕西", ["陕西省"]),
        ("Shaanxi", ["陕西省"]),
        ("shanxi's plan", ["山西省"]),
        ("吉林省吉林市", ["吉林省", "吉林市"]),
        ("浙江丽水", ["浙江省", "丽水市"]),
        ("浙江省安康", ["浙江省"]),
        ("陕西安康", ["陕西省", "安康市"]),
        ("广州天河", ["广州市", "天河区"]),
        ("上海杨浦", ["上海市", "杨浦区"]),
        ("杨浦区", ["杨浦区"]),
        ("杨浦", []),
        ("恩施州", ["恩施土家族苗族自治州"]),
        ("广西自治区", ["广西壮族自治区"]),
        ("国内江苏企业", ["江苏省"]),
        ("上海南京路", ["上海市"]),
        ("Tianhe District of Guangzhou", ["天河区", "广州市"]),
        ("Xi'an and Inner Mongolia", ["西安市", "内蒙古自治区"]),
        ("Luliang", ["吕梁市"]),
    ],
)
def test_the_divisions_named_are_found_in_order(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "加强组织领导，保障平安",
        "合作共赢",
        "和平",
        "白银",
        "创新中医诊疗",
        "国家药监局",
        "我市",
        "省里",
        "普通化妆品",
        "建设美丽水乡",
        "推广安全生产",
        "复合肥",
        "其中卫生健康委",
        "长治久安",
        "由市和县级药监局",
        "会同县级以上人民政府",
        "沿海城市和新兴城市",
        "合作市场",
        "巩固原有成果",
        "停运城镇污水处理设施",
        "浙江大学",
        "the county and the city have a plan",
    ],
)
def test_words_that_only_look_like_places_are_none(text: str) -> None:
    assert names(text) == []


def test_words_of_a_short_name_are_none_even_after_the_parent() -> None:
    assert names("江西新建工程") == ["江西省"]
    assert names("湖南会同有关部门") == ["湖南省"]


def test_an_ambiguous_name_keeps_its_candidates_higher_level_first() -> None:
    (mention,) = find_regions("吉林")
    assert [d.region.code for d in mention.divisions] == ["220000", "220200"]
    (mention,) = find_regions("鼓楼区")
    assert [d.region.code for d in mention.divisions] == ["320106", "320302", "350102", "410204"]


def test_the_parent_before_it_settles_an_ambiguous_name() -> None:
    city, district = find_regions("南京市鼓楼区")
    assert [d.region.code for d in district.divisions] == ["320106"]
    assert city.end == district.start


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("国家药监局", []),
        ("国家药品监督管理局", []),
        ("国家、山西、上海分别怎么规定", ["国家"]),
        ("国务院怎么要求", ["国务院"]),
        ("全国有什么规定", ["全国"]),
        ("走在全国前列", []),
        ("国家层面的规定", ["国家层面"]),
        ("国家级实验室", []),
        ("What does the State Council require?", ["State Council"]),
        ("National Medical Products Administration", []),
        ("the national rules", ["national"]),
    ],
)
def test_national_words_are_found_and_bodies_are_not(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in national_words(text)] == expected


def test_national_and_two_provinces_are_told_apart_in_one_question() -> None:
    question = "国家、山西、上海分别怎么规定"
    assert national_words(question) == ((0, 2),)
    assert names(question) == ["山西省", "上海市"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("全国", "000000"),
        ("浙江省", "330000"),
        ("沪", "310000"),
        ("330600", "330600"),
        ("Macau", "820000"),
        ("Hong Kong", "810000"),
        ("吉林", "220000"),
        ("朝阳", "211300"),
        ("Shaoxing City", "330600"),
    ],
)
def test_a_name_gives_its_division(name: str, code: str) -> None:
    found = named(name)
    assert found is not None
    assert found.region.code == code


@pytest.mark.parametrize("name", ["鼓楼区", "Suzhou", "长三角", "", "City"])
def test_a_name_unknown_or_of_several_divisions_gives_none(name: str) -> None:
    assert named(name) is None


def test_a_division_lies_within_itself_and_its_ancestors_only() -> None:
    assert within("440106", "440106")
    assert within("440106", "440100")
    assert within("440106", "000000")
    assert not within("440106", "330000")
    assert not within("440000", "440106")


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(KeyError, match="999999"):
        division("999999")


def test_every_parent_is_a_division_of_a_higher_level() -> None:
    levels = list(Level)
    for code in ("330600", "330602", "419001", "310110"):
        found = division(code)
        assert found.parent is not None
        assert levels.index(division(found.parent).level) < levels.index(found.level)
