from importlib import resources

import opencc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.names import fold_name, fold_names, same_name

WRITTEN = resources.files("eval").joinpath("data/unit_abbreviations.tsv").read_text("utf-8")
LINES = [line for line in WRITTEN.splitlines() if line and not line.startswith("#")]
PAIRS = [(long, short) for long, _, short in (line.partition("\t") for line in LINES)]
FORMS = sorted({form.strip("^$") for pair in PAIRS for form in pair})
PLACES = ["", "省", "市", "县", "浙江省", "绍兴市", "越城区"]
KINDS = ["", "局", "厅", "部", "委员会", "办公室", "处"]
TRADITIONAL = opencc.OpenCC("s2t")
NAMES = st.builds("{}{}{}".format, *map(st.sampled_from, (PLACES, FORMS, KINDS)))


def in_context(long: str, short: str) -> list[tuple[str, str]]:
    """Both forms in longer names, as far as the line lets them be extended."""
    plain = long.strip("^$")
    before = [""] if long.startswith("^") else ["", "省", "绍兴市", "中共浙江省"]
    after = [""] if long.endswith("$") else ["", "局", "部门", "厅（省中医药局）"]
    return [(f"{a}{plain}{b}", f"{a}{short}{b}") for a in before for b in after]


def test_the_table_has_a_long_and_a_shorter_form_in_each_line():
    assert all(len(short) < len(long) and "\t" not in short for long, short in PAIRS)
    assert len(PAIRS) == len(dict(PAIRS)) > 40


@pytest.mark.parametrize(("long", "short"), PAIRS, ids=[long for long, _ in PAIRS])
def test_the_long_form_is_the_short_one_in_any_name(long, short):
    for one, other in in_context(long, short):
        assert fold_name(one) == fold_name(other)
        assert same_name(one, other)


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("省发展和改革委员会", "省发改委"),
        ("市发展改革委", "市发改委"),
        ("国家卫生健康委员会", "国家卫健委"),
        ("市人力资源和社会保障局", "市人社局"),
        ("国家药品监督管理局", "国家药监局"),
        ("市市场监督管理局", "市市场监管局"),
        ("国家市场监督管理总局", "市场监管总局"),
        ("国家税务总局", "税务总局"),
        ("省人民政府办公厅", "省政府办公厅"),
        ("市委机构编制委员会办公室", "市委编办"),
        ("中国银行保险监督管理委员会", "银保监会"),
        ("科学技术委员会", "科技委"),
        ("省药监局", "省药监局"),
        ("申康医院发展中心", "申康医院发展中心"),
    ],
)
def test_a_name_is_folded_to_its_abbreviation(name, folded):
    assert fold_name(name) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("省發展和改革委員會", "省发改委"),
        ("衛生健康委員會", "卫健委"),
        ("市場監督管理局", "市场监管局"),
        ("臺灣事務辦公室", "台湾事务办公室"),
        ("疾控中心（ＣＤＣ）", "疾控中心(CDC)"),
        ("〔省〕１２３４５热线", "〔省〕12345热线"),
        ("省 药\u3000监\t局", "省药监局"),
        ("省药\xa0监\n局\u200b", "省药监局"),
    ],
)
def test_script_width_and_white_space_make_no_other_office(one, other):
    assert fold_name(one) == fold_name(other)
    assert same_name(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("省药监局", "市药监局"),
        ("省药监局", "国家药监局"),
        ("省药监局", "药监局"),
        ("浙江省药监局", "山西省药监局"),
        ("绍兴市卫健委", "卫健委"),
        ("省科技厅", "省科技局"),
        ("国家税务总局浙江省税务局", "税务总局浙江省税务局"),
        ("委员会主任", "委主任"),
        ("省市场监管局", "省知识产权局"),
    ],
)
def test_level_place_and_kind_of_office_are_kept_apart(one, other):
    assert fold_name(one) != fold_name(other)
    assert not same_name(one, other)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (None, None, True),
        (None, "", True),
        ("", "", True),
        (None, "省药监局", False),
        ("省药监局", None, False),
        ("省药监局", "", False),
    ],
)
def test_an_absent_name_is_the_same_as_an_absent_one_only(one, other, same):
    assert same_name(one, other) is same


def test_names_keep_their_order_and_number():
    assert fold_names(["市衛健委", "省发展改革委", "市卫生健康委"]) == [
        "市卫健委",
        "省发改委",
        "市卫健委",
    ]
    assert fold_names([]) == []


@settings(deadline=None)  # the first call loads tables
@given(NAMES)
def test_folding_twice_changes_nothing(name: str) -> None:
    assert fold_name(fold_name(name)) == fold_name(name)


@settings(deadline=None)  # the first call loads tables
@given(NAMES, st.lists(st.tuples(st.integers(0, 20), st.sampled_from(" \t\u3000\xa0\u200b"))))
def test_white_space_anywhere_changes_nothing(name: str, spaces: list[tuple[int, str]]) -> None:
    spaced = name
    for at, space in spaces:
        spaced = spaced[:at] + space + spaced[at:]
    assert fold_name(spaced) == fold_name(name)


@settings(deadline=None)  # the first call loads tables
@given(NAMES)
def test_traditional_characters_change_nothing(name: str) -> None:
    assert fold_name(TRADITIONAL.convert(name)) == fold_name(name)


@settings(deadline=None)  # the first call loads tables
@given(st.sampled_from(FORMS), st.sampled_from(KINDS), st.permutations(PLACES))
def test_the_same_office_of_two_places_is_two_offices(
    form: str, kind: str, places: list[str]
) -> None:
    one, other, *_ = (place + form + kind for place in places)
    assert not same_name(one, other)


@settings(deadline=None)  # the first call loads tables
@given(NAMES, NAMES)
def test_it_does_not_matter_which_name_comes_first(one: str, other: str) -> None:
    assert same_name(one, other) is same_name(other, one)
    assert same_name(one, one)
