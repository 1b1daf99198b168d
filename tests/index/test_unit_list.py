"""What counts as a list of units, and what is read from one."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.clean import fold
from index.unit_list import UnitList, is_units_line, read_lists
from index.unit_names import is_body, is_generic, split_joint


def read_one(text: str) -> UnitList:
    """Read the only list of a text, written as an office writes it."""
    (found,) = read_lists(fold(text))
    return found


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("推进改革。（责任单位：甲市财政局、甲市教育局）", ("甲市财政局", "甲市教育局")),
        ("推进改革。（甲局、乙局、丙厅负责）", ("甲局", "乙局", "丙厅")),
        ("推进改革。〔甲局、乙局〕", ("甲局", "乙局")),
        ("推进改革。［甲局］", ("甲局",)),
        ("推进改革。【责任单位：甲局，乙局】", ("甲局", "乙局")),
        ("推进改革。【责任单位】甲局、乙局", ("甲局", "乙局")),
        ("推进改革。\n责任单位：甲局、乙局", ("甲局", "乙局")),
        ("推进改革。 责任单位:甲局、乙局 ", ("甲局", "乙局")),
        ("推进改革。\n责任部门：甲局 乙局\t丙局", ("甲局", "乙局", "丙局")),
        ("推进改革。\n责任主体：甲局；乙局", ("甲局", "乙局")),
        ("推进改革。\n承办单位：甲局\n完成时限：2025年", ("甲局",)),
        ("推进改革。\n负责单位：甲局", ("甲局",)),
        ("推进改革。\n实施单位：甲局", ("甲局",)),
        ("推进改革。\n落实单位：甲局", ("甲局",)),
        ("推进改革。\n主管部门：甲局", ("甲局",)),
        ("推进改革。（责任单位：市人社局、财政局、工信局）", ("市人社局", "财政局", "工信局")),
        ("推进改革。（责任单位：市人社、财政）", ("市人社", "财政")),
        ("推进改革。（责任单位：甲局、乙局，2025年底前完成）", ("甲局", "乙局")),
        ("推进改革。（甲局负责资金保障，乙局负责组织实施）", ("甲局", "乙局")),
        ("推进改革（甲市财政局、甲市教育局）。", ("甲市财政局", "甲市教育局")),
        ("推进改革。（甲局负责）加强监管。", ("甲局",)),
        ("推进改革。（甲局指导，乙局负责落实。以下不再列出）", ("甲局", "乙局")),
    ],
)
def test_a_list_gives_its_units_in_order(text, units):
    assert read_one(text).units == units


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("（省药监局、省财政厅和省教育厅负责）", ("省药监局", "省财政厅", "省教育厅")),
        ("（市规划和自然资源局及市残联负责）", ("市规划和自然资源局", "市残联")),
        ("（工业和信息化部、文化和旅游部负责）", ("工业和信息化部", "文化和旅游部")),
        ("（省发展和改革委、市场监管总局负责）", ("省发展和改革委", "市场监管总局")),
        ("（甲部（乙办）、丙部负责）", ("甲部（乙办）", "丙部")),
        ("（责任单位：市场监管局（知识产权局）、商务局）", ("市场监管局（知识产权局）", "商务局")),
    ],
)
def test_a_name_is_split_only_where_two_names_join(text, units):
    assert read_one(text).units == units


@pytest.mark.parametrize(
    ("text", "units", "qualifiers"),
    [
        ("（甲局、乙局按职责分工负责）", ("甲局", "乙局"), ("按职责分工负责",)),
        ("（甲局、乙局等负责）", ("甲局", "乙局"), ("等",)),
        ("（甲局、乙局等9部门负责）", ("甲局", "乙局"), ("等9部门",)),
        (
            "[甲局、乙局等，各县（市、区）党委和政府]",
            ("甲局", "乙局"),
            ("等", "各县（市、区）党委和政府"),
        ),
        (
            "（责任单位：甲局，各市、县〔市、区〕政府）",
            ("甲局",),
            ("各市、县〔市、区〕政府",),
        ),
        (
            "（甲局、乙局等和各有关省级人民政府负责）",
            ("甲局", "乙局"),
            ("等", "各有关省级人民政府"),
        ),
        ("（责任单位：各区政府、市直有关部门，甲局）", ("甲局",), ("各区政府", "市直有关部门")),
        ("责任单位：各银行机构", (), ("各银行机构",)),
        ("（甲局、乙局指导）", ("甲局", "乙局"), ("指导",)),
    ],
)
def test_generic_members_and_duty_words_are_qualifiers(text, units, qualifiers):
    found = read_one(text)
    assert (found.units, found.qualifiers) == (units, qualifiers)
    assert found.leads == ()


@pytest.mark.parametrize(
    ("text", "leads", "units", "words"),
    [
        ("（甲局牵头，乙局、丙局配合）", ("甲局",), ("甲局", "乙局", "丙局"), "甲局牵头"),
        ("（甲局牵头,乙局、丙局按职责分工负责）", ("甲局",), ("甲局", "乙局", "丙局"), "甲局牵头"),
        ("（由甲局牵头，乙局参加）", ("甲局",), ("甲局", "乙局"), "甲局牵头"),
        (
            "（牵头单位：甲局；配合单位：乙局、丙局）",
            ("甲局",),
            ("甲局", "乙局", "丙局"),
            "牵头单位:甲局",
        ),
        ("牵头单位：甲局\n责任单位：乙局", ("甲局",), ("甲局", "乙局"), "牵头单位:甲局"),
        ("主办：甲局 协办：乙局、丙局", ("甲局",), ("甲局", "乙局", "丙局"), "主办:甲局"),
        ("牵头：甲局　配合：乙局", ("甲局",), ("甲局", "乙局"), "牵头:甲局"),
        ("（甲局、乙局牵头负责）", ("甲局", "乙局"), ("甲局", "乙局"), "甲局、乙局牵头负责"),
        ("（甲局会同乙局、丙局负责）", ("甲局",), ("甲局", "乙局", "丙局"), "甲局会同"),
        ("（甲局牵头，会同乙局、丙局落实）", ("甲局",), ("甲局", "乙局", "丙局"), "甲局牵头"),
        ("（甲局为牵头单位，乙局为配合单位）", ("甲局",), ("甲局", "乙局"), "甲局为牵头单位"),
        ("（甲局总牵头，乙局协助）", ("甲局",), ("甲局", "乙局"), "甲局总牵头"),
        ("（甲局统筹，乙局、丙局落实）", ("甲局",), ("甲局", "乙局", "丙局"), "甲局统筹"),
        (
            "（双牵头单位：甲局、乙局；参与单位：丙局）",
            ("甲局", "乙局"),
            ("甲局", "乙局", "丙局"),
            None,
        ),
        ("（甲局、乙局、丙局，其中乙局牵头）", ("乙局",), ("甲局", "乙局", "丙局"), "乙局牵头"),
        ("（各区政府牵头，甲局配合）", ("各区政府",), ("各区政府", "甲局"), "各区政府牵头"),
        ("（牵头单位：甲局；责任人：张三；完成时限：2025年底）", ("甲局",), ("甲局",), None),
    ],
)
def test_a_lead_named_in_a_list_is_read_with_its_words(text, leads, units, words):
    found = read_one(text)
    assert (found.leads, found.units) == (leads, units)
    assert found.lead_words is not None
    if words is not None:
        assert fold(text)[slice(*found.lead_words)] == words


@pytest.mark.parametrize(
    "text",
    [
        "提高产能（疫苗）。",
        "合同研发生产组织（CDMO）。",
        "支持服务中心（以下简称中心）。",
        "（一）",
        "完成建设（15分）",
        "到期完成（2021—2025年）",
        "印发《办法》（乙府办〔2021〕16号）",
        "各类单位（含民营企业、科研机构）",
        "具体名单（见附件）",
        "【相关附件】",
        "责任人：张三",
        "（责任单位：/）",
        "加强对甲市市场监管部门的指导。",
        "明确牵头单位、责任单位和完成时限。",
        "抄送：甲委各部门，乙委办公室。",
        "（此件公开发布）",
        "（责任编辑：李四）",
    ],
)
def test_other_brackets_and_words_are_no_list(text):
    assert read_lists(fold(text)) == []


def test_two_lists_of_one_clause_are_two_records():
    text = fold("优化准入。（甲局负责）加强培训。（乙局、丙局负责）")
    assert [found.units for found in read_lists(text)] == [("甲局",), ("乙局", "丙局")]


def test_a_rule_inside_a_list_is_its_own_and_no_unit():
    text = fold("（责任单位：甲局、乙局。列第一位的为牵头单位，下同）")
    (found,) = read_lists(text)
    assert found.units == ("甲局", "乙局")
    assert found.rule is not None
    assert text[found.rule.start : found.rule.end] == "列第一位的为牵头单位,下同"


def test_a_rule_between_label_and_colon_is_read():
    found = read_one("责任单位（列首位的为牵头单位）：甲局、乙局")
    assert found.units == ("甲局", "乙局")
    assert found.rule is not None


def test_a_list_cut_off_at_the_end_of_a_truncated_text_is_not_read():
    text = fold("推进改革。（责任单位：甲局、乙")
    assert read_lists(text, truncated=True) == []
    closed = fold("推进改革。（责任单位：甲局、乙局）")
    assert len(read_lists(closed, truncated=True)) == 1


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("（责任单位：省药监局、省司法厅）", True),
        ("责任单位：市人社局、财政局", True),
        ("牵头单位：甲局；配合单位：乙局", True),
        ("牵头单位：甲局 配合单位：乙局 完成时限：2025年底", True),
        ("[市市场监管局、市编办]", True),
        ("（工业和信息化部、发展改革委等负责）", True),
        ("（责任单位：甲局、乙局。列第一位的为牵头单位，下同）", True),
        ("以上各项由甲市财政局牵头", True),
        ("甲局牵头，乙局配合。", True),
        ("责任单位：", True),
        ("【责任单位】甲局", True),
        ("甲省人民政府办公厅", False),
        ("各县人民政府，市政府各部门：", False),
        ("甲局负责项目审批。", False),
        ("推进改革。（责任单位：甲局）", False),
        ("（一）完善制度", False),
        ("（征求意见稿）", False),
        ("完成时限：2025年", False),
        ("", False),
    ],
)
def test_a_units_line_holds_nothing_but_units(line, expected):
    assert is_units_line(fold(line)) is expected


def test_a_body_is_known_by_its_form():
    bodies = [
        "甲省药监局",
        "乙市编办",
        "丙海关",
        "团市委",
        "市残联",
        "丁大学",
        "戊集团",
        "市委",
        "总队长队",
    ]
    assert [is_body(name) for name in bodies] == [True] * len(bodies)
    others = ["疫苗", "全部", "社会", "主办", "布局", "加强对药监局", "甲"]
    assert [is_body(name) for name in others] == [False] * len(others)


def test_a_class_of_bodies_is_generic_and_a_namesake_is_not():
    classes = [
        "各县(市、区)党委和政府",
        "有关部门",
        "市直有关单位",
        "县(市、区)政府",
        "各级人民政府",
        "各地",
    ]
    assert [is_generic(name) for name in classes] == [True] * len(classes)
    named = ["甲市财政局", "市政府", "国务院卫生主管部门", "相关附件", "同级财政部门"]
    assert [is_generic(name) for name in named] == [False] * len(named)


def test_a_generic_pair_is_one_member():
    assert split_joint("各县(市、区)党委和政府") == [(0, len("各县(市、区)党委和政府"))]


NAMES = st.lists(
    st.builds(
        "{}{}{}".format,
        st.sampled_from("甲乙丙丁戊己庚辛"),
        st.sampled_from(["市", "省", "县", ""]),
        st.sampled_from(
            ["财政局", "教育厅", "卫生健康委", "和平中心", "发展和改革委", "编办", "银行"]
        ),
    ),
    min_size=1,
    max_size=6,
    unique=True,
)


@given(
    NAMES,
    st.sampled_from(["（责任单位：{}）", "[{}]", "（{}负责）", "责任单位：{}", "（{}等负责）"]),
)
def test_any_names_come_back_as_written(names, frame):
    text = fold("推进改革。\n" + frame.format("、".join(names)))
    (found,) = read_lists(text)
    assert found.units == tuple(names)
    assert all(name in text[found.start : found.end] for name in found.units)


@given(
    st.text(
        alphabet="甲乙局厅委市（）()[]〔〕【】：、，。；责任单位牵头配合会同等负 \n\t|一1",
        max_size=60,
    )
)
def test_any_text_is_read_without_error_and_units_are_its_words(text):
    folded = fold(text)
    end = 0
    for found in read_lists(folded):
        assert end <= found.start < found.end <= len(folded)
        end = found.end
        words = re.sub(r"\s", "", folded[found.start : found.end])
        assert all(fold(unit) in words for unit in found.units)
    is_units_line(folded)
