import pytest

from rag.units import UnitNames, same_unit, take_apart


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("省水利厅", "省水利厅"),
        ("省水利厅", "水利厅"),
        ("药监局", "省药品监督管理局"),
        ("国家药监局", "药监局"),
        ("省发改委", "省发展改革委"),
        ("发改委", "发展和改革委员会"),
        ("省卫健委", "省卫生健康委员会"),
        ("省经信厅", "省经济和信息化厅"),
        ("人社厅", "人力资源社会保障厅"),
        ("省住建厅", "省住房和城乡建设厅"),
        ("医保局", "医疗保障局"),
        ("文旅局", "文化和旅游局"),
        ("交通局", "交通运输局"),
        ("编办", "编制办公室"),
        ("市城管执法委", "市城市管理执法委员会"),
        ("宣传部", "市委宣传部"),
        ("人民银行", "中国人民银行"),
    ],
)
def test_one_office_written_in_two_ways(one, other):
    assert same_unit(one, other)
    assert same_unit(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("省药监局", "市药监局"),
        ("国家药监局", "省药监局"),
        ("市委宣传部", "省委宣传部"),
        ("省财政厅", "财政部"),
        ("省公安厅", "公安部"),
        ("市科委", "市科技局"),
        ("省教育厅", "省体育厅"),
        ("民政厅", "民族厅"),
        ("市水务局", "市水利局"),
        ("林业局", "园林和林业局"),
        ("省水利厅", "省水利局"),
    ],
)
def test_two_offices_of_like_names(one, other):
    assert not same_unit(one, other)
    assert not same_unit(other, one)


@pytest.mark.parametrize(
    ("name", "level", "core", "kind"),
    [
        ("省药品监督管理局", "省", "药品监督管理", "局"),
        ("国家卫生健康委员会", "国家", "卫生健康", "委"),
        ("市委编办", "市委", "编", "办"),
        ("武汉海关", "", "武汉", "海关"),
        ("水利厅", "", "水利", "厅"),
    ],
)
def test_a_name_is_level_core_and_kind(name, level, core, kind):
    parts = take_apart(name)
    assert (parts.level, parts.core, parts.kind) == (level, core, kind)


NAMES = UnitNames(
    ["省药监局", "省财政厅", "市财政局", "省发展改革委", "省水利厅", "市水务局", "武汉海关"]
)


def found(text):
    return [(text[m.start : m.end], m.names) for m in NAMES.find(text)]


@pytest.mark.parametrize(
    ("text", "words", "names"),
    [
        ("省水利厅牵头什么", "省水利厅", ("省水利厅",)),
        ("请问水利厅牵头什么", "水利厅", ("省水利厅",)),
        ("省发改委的任务", "省发改委", ("省发展改革委",)),
        ("省药品监督管理局做什么", "省药品监督管理局", ("省药监局",)),
        ("武汉海关参与什么", "武汉海关", ("武汉海关",)),
        ("财政局", "财政局", ("市财政局",)),
    ],
)
def test_a_unit_is_found_by_any_of_its_names(text, words, names):
    assert found(text) == [(words, names)]


def test_several_units_are_found_in_their_order():
    assert found("市水务局和省财政厅") == [("市水务局", ("市水务局",)), ("省财政厅", ("省财政厅",))]


@pytest.mark.parametrize("text", ["国家药监局牵头什么", "国务院药监局", "市药监局", "财政厅长"])
def test_a_unit_of_another_level_or_kind_is_not_found(text):
    assert [names for words, names in found(text) if words != "财政厅"] == []


def test_a_name_of_no_kind_means_no_unit():
    assert NAMES.meant_by("水利") == ()
    assert NAMES.meant_by("厅") == ()


def test_an_exact_name_means_itself_alone():
    names = UnitNames(["省发改委", "省发展改革委"])
    assert names.meant_by("省发改委") == ("省发改委",)
    assert names.meant_by("发改委") == ("省发改委", "省发展改革委")
