import pytest

from index.records import Clause
from tests.index.cutting import cut, ids, quotes, read


def clause(text: str, path: str) -> Clause:
    return next(each for each in cut(text).clauses if each.clause_id == f"d:{path}")


ITEMS = """一、总体要求
坚持统一领导。
二、重点任务
（一）完善制度。推动立法。

健全标准。
（责任单位：市药监局）
（二）强化监管
1.日常检查。加强检查。
2.专项检查。定期开展。
三、保障措施
（一）加强领导。压实责任。
（二）加强宣传。营造氛围。"""


def test_an_items_paragraphs_and_its_units_line_belong_to_it():
    assert quotes(ITEMS)["二/（一）"] == (
        "（一）完善制度。推动立法。\n\n健全标准。\n（责任单位：市药监局）"
    )


def test_headings_and_paths_name_the_place():
    found = clause(ITEMS, "二/（二）/1")
    assert found.number == "1"
    assert found.heading == "日常检查"
    assert found.path == ("二、重点任务", "（二）强化监管", "1. 日常检查")
    assert found.parent_id == "d:二/（二）"
    assert clause(ITEMS, "二").kind.value == "heading"
    assert clause(ITEMS, "一").kind.value == "item"


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("（一）完善制度。推动立法。", "完善制度"),
        ("（一）完善制度", "完善制度"),
        ("（一）净化市场，保障安全。持续开展行动。", "净化市场,保障安全"),
        ("（一）建立健全制度，推动立法。", None),
        ("第一条 为了规范管理，制定本办法。", None),
        ("第一条【适用范围】本办法适用于本市。", "适用范围"),
        ("第一条 （目的）为了规范管理。", "目的"),
        ("第一章 总则", "总则"),
        ("专栏1 重点工程", "重点工程"),
    ],
)
def test_a_heading_is_a_name_and_never_a_whole_sentence(line, heading):
    assert cut(f"{line}\n").clauses[0].heading == heading


def test_editing_one_clause_leaves_every_other_id_and_every_other_text():
    edited = ITEMS.replace("推动立法。", "加快推动立法，修订条例。")
    before, after = cut(ITEMS).clauses, cut(edited).clauses
    assert [each.clause_id for each in before] == [each.clause_id for each in after]
    changed = [
        one.clause_id
        for one, other in zip(before, after, strict=True)
        if one.sha256 != other.sha256
    ]
    assert changed == ["d:二/（一）"]


def test_removing_the_last_item_leaves_the_ids_before_it():
    shorter = ITEMS[: ITEMS.index("（二）加强宣传")]
    assert ids(shorter) == ids(ITEMS)[:-1]


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\r\n", "\n\u3000\u3000"])
def test_white_space_between_lines_changes_no_id(gap):
    assert ids(ITEMS.replace("\n", gap)) == ids(ITEMS)


def test_a_byte_order_mark_is_counted_and_stands_in_no_clause():
    marked = cut("\ufeff" + ITEMS).clauses
    assert [each.clause_id for each in marked] == [each.clause_id for each in cut(ITEMS).clauses]
    assert marked[0].start == 1


def test_markdown_marks_before_a_number_belong_to_its_clause():
    assert quotes("**一、总则**\n做好。\n## 二、任务\n抓好。") == {
        "一": "**一、总则**\n做好。",
        "二": "## 二、任务\n抓好。",
    }


UNDER_PARENT = """一、任务
（一）甲事
1.子事。办好子事。
2.丑事。办好丑事。
（责任单位：市药监局、市卫生健康委）
（二）乙事
1.寅事。办好寅事。
2.卯事。办好卯事。
（责任单位：市医保局）"""


def test_a_units_line_after_the_last_child_speaks_for_the_parent():
    assert quotes(UNDER_PARENT)["一/（一）/2"] == "2.丑事。办好丑事。"
    assert quotes(UNDER_PARENT)["一/（一）/paragraph"] == "（责任单位：市药监局、市卫生健康委）"
    assert quotes(UNDER_PARENT)["一/（二）/paragraph"] == "（责任单位：市医保局）"


def test_the_children_inherit_the_parents_units():
    found = {each.clause_id: each.responsibilities for each in read(UNDER_PARENT).clauses}
    (own,) = found["d:一/（一）"]
    (inherited,) = found["d:一/（一）/1"]
    assert own.units == inherited.units == ("市药监局", "市卫生健康委")
    assert (own.inherited_from, inherited.inherited_from) == (None, "d:一/（一）")
    assert found["d:一"] == ()


def test_a_units_line_of_each_item_stays_with_the_item():
    text = (
        "一、任务\n（一）甲。做好甲。\n（责任单位：市药监局）\n（二）乙。做好乙。\n"
        "（责任单位：市医保局）"
    )
    assert ids(text) == ["一", "一/（一）", "一/（二）"]


ANNEXES = """一、任务
（一）甲事。办甲。
二、保障
做好保障。
附件1
某市任务清单
一、清单任务
完成第一项。
二、清单要求
完成第二项。
附件2
某市单位名单
一、成员单位
市药监局。"""


def test_an_annex_restarts_the_numbers_under_its_own_id():
    assert ids(ANNEXES) == [
        "一",
        "一/（一）",
        "二",
        "附件1",
        "附件1/title",
        "附件1/一",
        "附件1/二",
        "附件2",
        "附件2/title",
        "附件2/一",
    ]
    assert cut(ANNEXES).warnings == ()


def test_boxes_hold_their_own_lists():
    text = "专栏1 重点工程\n1.甲工程。\n2.乙工程。\n专栏2 重点项目\n1.丙项目。\n2.丁项目。"
    assert ids(text) == ["专栏1", "专栏1/1", "专栏1/2", "专栏2", "专栏2/1", "专栏2/2"]
    assert clause(text, "专栏1").kind.value == "box"
    assert clause(text, "专栏1").heading == "重点工程"


def test_a_second_regulation_in_one_file_gets_ids_of_its_own():
    text = (
        "甲市药品管理办法\n第一条 为了规范管理，制定本办法。\n第二条 本办法自发布之日起施行。\n"
        "甲市疫苗管理办法\n第一条 为了规范疫苗，制定本办法。\n第二条 本办法自发布之日起施行。"
    )
    assert ids(text) == ["title", "第一条", "第二条", "title~2", "第一条~2", "第二条~2"]


def test_rows_of_a_task_table_are_clauses_under_their_heading():
    text = (
        "一、任务分工\n下列任务由各单位负责。\n序号\t任务\t责任单位\n1\t完善制度\t市药监局\n"
        "2\t强化检查\t市卫生健康委\n二、工作要求\n抓好落实。"
    )
    assert quotes(text) == {
        "一": "一、任务分工\n下列任务由各单位负责。",
        "一/table_row": "序号\t任务\t责任单位",
        "一/table_row/1": "1\t完善制度\t市药监局",
        "一/table_row/2": "2\t强化检查\t市卫生健康委",
        "二": "二、工作要求\n抓好落实。",
    }


CONTENTS = """目  录
1 总则
1.1 编制目的
1.2 编制依据
2 组织体系
2.1 领导机构
1 总则
1.1 编制目的
为建立健全应急机制，制定本预案。
1.2 编制依据
依据有关法律，制定本预案。
2 组织体系
2.1 领导机构
设立指挥部，统一领导。
2.1.1 职责
负责指挥协调。"""


def test_decimal_numbers_nest_and_the_table_of_contents_is_one_paragraph():
    found = quotes(CONTENTS)
    assert list(found) == [
        "paragraph",
        "1",
        "1/1.1",
        "1/1.2",
        "2",
        "2/2.1",
        "2/2.1/2.1.1",
    ]
    assert found["paragraph"] == CONTENTS[: CONTENTS.index("1 总则\n1.1 编制目的\n为")].strip()
    assert found["1/1.1"] == "1.1 编制目的\n为建立健全应急机制，制定本预案。"


def test_a_document_that_ends_inside_a_clause_is_truncated_there():
    text = "一、任务\n（一）甲事。办好甲事。\n（二）乙事。加快推进乙事，着力提升"
    made = cut(text)
    assert [each.clause_id for each in made.clauses if each.truncated] == ["d:一/（二）"]
    assert made.warnings == ("the text ends inside d:一/（二）",)


def test_a_preview_cut_off_by_its_site_is_truncated_before_the_noise():
    text = (
        "一、任务\n（一）甲事。办好甲事。\n（二）乙事。加快长三角医疗器械\n"
        "预览已结束，完整报告链接如下："
    )
    assert [each.truncated for each in cut(text).clauses] == [False, False, True, False]


@pytest.mark.parametrize("end", ["。", "）", "”", "；", "！", "》"])
def test_a_document_that_ends_a_sentence_is_whole(end):
    text = f"一、任务\n（一）甲事。办好甲事，落实责任{end}"
    assert not any(each.truncated for each in cut(text).clauses)


def test_a_document_that_ends_with_its_signature_is_whole():
    text = "一、任务\n做好工作。\n二、要求\n抓好落实。\n某市药监局\n2021年3月4日"
    assert not any(each.truncated for each in cut(text).clauses)


def test_lost_characters_mark_the_clause_that_lost_them():
    text = "一、任务\n（一）甲事。办好甲\ufffd\ufffd事。\n（二）乙事。办好乙事。"
    assert {each.clause_id: each.damaged for each in cut(text).clauses} == {
        "d:一": False,
        "d:一/（一）": True,
        "d:一/（二）": False,
    }


def test_glosses_change_no_id_and_stay_in_the_quote():
    text = "一、總體(tǐ)要求\n堅持統(tǒng)一領(lǐng)導(dǎo)。\n二、任務(wù)\n抓好落實(shí)。"
    assert ids(text) == ["一", "二"]
    assert quotes(text)["二"] == "二、任務(wù)\n抓好落實(shí)。"
    assert clause(text, "二").search_text == "二、任务\n抓好落实。"
