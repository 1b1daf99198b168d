"""Records of responsibility: the scope of rules, inheritance, tables, offsets."""

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.clean import CleanText, clean, fold
from index.records import Clause, ClauseKind, LeadBasisKind, Responsibility, SourceText
from index.responsibility import assign

RULE = "列第一位的为牵头单位，下同"


class Sheet:
    """A document put together clause by clause, with exact offsets."""

    def __init__(self) -> None:
        self.text = ""
        self.clauses: list[Clause] = []

    def add(
        self,
        name: str,
        words: str,
        *,
        kind: ClauseKind = ClauseKind.ITEM,
        parent: str | None = None,
        truncated: bool = False,
    ) -> "Sheet":
        start = len(self.text)
        self.text += words + "\n"
        self.clauses.append(
            Clause(
                clause_id=f"d:{name}",
                document_id="d",
                kind=kind,
                start=start,
                end=start + len(words),
                search_text=fold(words),
                sha256=hashlib.sha256(words.encode()).hexdigest(),
                parent_id=f"d:{parent}" if parent else None,
                truncated=truncated,
            )
        )
        return self

    def cleaned(self) -> CleanText:
        return clean(SourceText("d.txt", self.text, "utf-8", ""))

    def records(self) -> dict[str, tuple[Responsibility, ...]]:
        clauses, _ = assign(self.clauses, self.cleaned())
        return {clause.clause_id[2:]: clause.responsibilities for clause in clauses}

    def one(self, name: str) -> Responsibility:
        (record,) = self.records()[name]
        return record

    def words(self, record: Responsibility) -> str:
        return self.text[record.start : record.end]


def test_a_list_without_a_rule_designates_no_lead():
    sheet = Sheet().add("一", "一、推进改革。（责任单位：甲局、乙局）")
    record = sheet.one("一")
    assert (record.units, record.lead, record.leads, record.lead_basis) == (
        ("甲局", "乙局"),
        None,
        (),
        None,
    )
    assert sheet.words(record) == "（责任单位：甲局、乙局）"


def test_a_rule_holds_for_its_own_list_and_onward_but_not_backward():
    sheet = (
        Sheet()
        .add("一", "一、前。（甲局、乙局负责）")
        .add("二", f"二、中。（丙局、甲局负责。{RULE}）")
        .add("三", "三、后。（丁局、甲局按职责分工负责）")
    )
    records = sheet.records()
    assert [records[name][0].lead for name in ("一", "二", "三")] == [None, "丙局", "丁局"]
    basis = records["三"][0].lead_basis
    assert basis is not None
    assert (basis.kind, basis.clause_id, basis.quote) == (
        LeadBasisKind.FIRST_LISTED,
        "d:二",
        RULE,
    )
    assert sheet.text[basis.start : basis.end] == RULE
    assert records["三"][0].qualifiers == ("按职责分工负责",)
    assert sheet.words(records["二"][0]) == f"（丙局、甲局负责。{RULE}）"


def test_a_rule_without_its_onward_word_holds_for_its_own_list_only():
    records = (
        Sheet()
        .add("一", "一、前。（甲局、乙局。列第一位的为牵头单位）")
        .add("二", "二、后。（丙局、乙局）")
        .records()
    )
    assert (records["一"][0].lead, records["二"][0].lead) == ("甲局", None)


@pytest.mark.parametrize(
    "rule",
    [
        "列第一位的为牵头单位，下同",
        "列第一位者为牵头单位，以下同",
        "列首位的为牵头单位，下同",
        "列首的为牵头单位，下同",
        "排第一位的为牵头单位，下同",
        "排在首位的为牵头单位，下同",
        "排名第一的为牵头单位，下同",
        "首位为牵头单位，下同",
        "第一个单位为牵头单位，下同",
        "首家单位牵头，下同",
        "排在第一位的责任单位为牵头部门，下同",
        "牵头单位列首位，下同",
    ],
)
def test_every_wording_of_the_rule_makes_the_first_listed_the_lead(rule):
    sheet = (
        Sheet().add("一", f"一、前。（甲局、乙局负责。{rule}）").add("二", "二、后。（丙局、丁局）")
    )
    records = sheet.records()
    assert (records["一"][0].lead, records["二"][0].lead) == ("甲局", "丙局")
    basis = records["二"][0].lead_basis
    assert basis is not None
    assert basis.quote == rule


@pytest.mark.parametrize(
    "note",
    [
        "注：各项任务责任单位中第一个为牵头单位。",
        "备注：以上责任单位排在首位的为牵头单位。",
    ],
)
def test_a_note_on_all_items_also_holds_for_the_lists_before_it(note):
    records = (
        Sheet()
        .add("一", "一、前。（责任单位：甲局、乙局）")
        .add("注", note, kind=ClauseKind.PARAGRAPH)
        .records()
    )
    assert records["一"][0].lead == "甲局"
    assert records["注"] == ()


def test_a_sentence_in_the_preamble_states_the_rule_for_what_follows():
    records = (
        Sheet()
        .add("前言", "责任单位列第一位的为牵头单位。", kind=ClauseKind.PREAMBLE)
        .add("一", "一、前。（责任单位：甲局、乙局）")
        .records()
    )
    assert records["一"][0].lead == "甲局"
    assert records["前言"] == ()


def test_a_note_in_an_annex_does_not_reach_back_into_the_main_text():
    records = (
        Sheet()
        .add("一", "一、前。（责任单位：甲局、乙局）")
        .add("附件", "附件", kind=ClauseKind.ANNEX)
        .add("附件/一", "一、任务。（责任单位：丙局、乙局）", parent="附件")
        .add("附件/注", "注：以上列第一位的为牵头单位。", kind=ClauseKind.PARAGRAPH, parent="附件")
        .records()
    )
    assert (records["一"][0].lead, records["附件/一"][0].lead) == (None, "丙局")


def test_a_rule_never_makes_a_single_unit_the_lead():
    records = (
        Sheet()
        .add("一", f"一、前。（甲局、乙局。{RULE}）")
        .add("二", "二、后。（责任单位：丙局）")
        .add("三", "三、后。（丙局、各县（市、区）政府）")
        .records()
    )
    assert (records["二"][0].units, records["二"][0].lead) == (("丙局",), None)
    assert (records["三"][0].units, records["三"][0].lead) == (("丙局",), "丙局")


def test_a_rule_makes_a_class_listed_first_the_lead():
    sheet = Sheet().add("一", f"一、前。（各区政府、甲局、乙局。{RULE}）")
    record = sheet.one("一")
    assert (record.lead, record.units, record.qualifiers) == (
        "各区政府",
        ("各区政府", "甲局", "乙局"),
        (),
    )


def test_an_explicit_lead_wins_over_the_rule():
    records = (
        Sheet()
        .add("一", f"一、前。（甲局、乙局。{RULE}）")
        .add("二", "二、后。（丙局、丁局牵头，甲局配合）")
        .add("三", "三、后。（配合单位：丙局、丁局）")
        .records()
    )
    (record,) = records["二"]
    assert (record.lead, record.leads) == ("丙局、丁局", ("丙局", "丁局"))
    assert record.lead_basis is not None
    assert record.lead_basis.kind is LeadBasisKind.EXPLICIT
    assert records["三"][0].lead is None


def test_children_without_a_list_inherit_their_parents():
    records = (
        Sheet()
        .add("一", "一、总任务（责任单位：甲局牵头，乙局配合）", kind=ClauseKind.HEADING)
        .add("一/1", "1.子任务。", parent="一")
        .add("一/2", "2.子任务。（责任单位：丙局）", parent="一")
        .add("一/3", "3.子任务。", parent="一")
        .add("一/3/①", "①孙任务。", parent="一/3")
        .records()
    )
    (own,) = records["一"]
    assert own.inherited_from is None
    for name in ("一/1", "一/3", "一/3/①"):
        (record,) = records[name]
        assert (record.inherited_from, record.lead, record.units) == (
            "d:一",
            "甲局",
            ("甲局", "乙局"),
        )
        assert (record.start, record.end) == (own.start, own.end)
        assert record.lead_basis is not None
        assert (record.lead_basis.kind, record.lead_basis.clause_id) == (
            LeadBasisKind.INHERITED,
            "d:一",
        )
    assert records["一/2"][0].units == ("丙局",)


def test_a_line_behind_the_last_child_speaks_for_the_parent_and_its_children():
    sheet = (
        Sheet()
        .add("一", "一、总任务", kind=ClauseKind.HEADING)
        .add("一/1", "1.子任务。", parent="一")
        .add("一/2", "2.子任务。（责任单位：丙局）", parent="一")
        .add("一/尾", "以上各项由甲局牵头", kind=ClauseKind.PARAGRAPH, parent="一")
    )
    records = sheet.records()
    assert records["一"][0].lead == "甲局"
    assert sheet.words(records["一"][0]).endswith("甲局牵头")
    assert records["一/尾"] == records["一"]
    (handed,) = records["一/1"]
    assert (handed.inherited_from, handed.lead) == ("d:一", "甲局")
    assert records["一/2"][0].units == ("丙局",)


def test_running_text_of_a_parent_is_not_handed_down():
    records = (
        Sheet()
        .add("一", "第一条 甲部会同乙部制定办法：", kind=ClauseKind.ARTICLE)
        .add("一/1", "（一）内容。", parent="一")
        .records()
    )
    assert records["一"][0].lead == "甲部"
    assert records["一/1"] == ()


TABLE = [
    ("头", "序号\t任务\t牵头单位\t配合单位"),
    ("1", "1\t建机制\t甲局\t乙局、丙局"),
    ("2", "建平台\t各区政府、甲局\t/"),
    ("3", "2\t建制度\t—\t乙局"),
    ("4", "小计\t100"),
]


def test_a_table_gives_each_row_its_units_by_column():
    sheet = Sheet()
    for name, row in TABLE:
        sheet.add(name, row, kind=ClauseKind.TABLE_ROW)
    records = sheet.records()
    assert records["头"] == ()
    assert (records["1"][0].lead, records["1"][0].units) == ("甲局", ("甲局", "乙局", "丙局"))
    assert (records["2"][0].lead, records["2"][0].leads) == ("各区政府、甲局", ("各区政府", "甲局"))
    assert (records["3"][0].lead, records["3"][0].units) == (None, ("乙局",))
    assert records["4"] == ()


def test_a_plain_unit_column_lists_units_without_a_lead():
    records = (
        Sheet()
        .add("头", "| 任务 | 负责考核部门 |", kind=ClauseKind.TABLE_ROW)
        .add("线", "|---|---|", kind=ClauseKind.TABLE_ROW)
        .add("1", "| 巡河 | 甲局 乙站 |", kind=ClauseKind.TABLE_ROW)
        .records()
    )
    assert (records["1"][0].units, records["1"][0].lead) == (("甲局", "乙站"), None)
    assert records["线"] == ()


@pytest.mark.parametrize(
    "kind",
    [
        ClauseKind.COPY_LIST,
        ClauseKind.ADDRESSEE,
        ClauseKind.SIGNATURE,
        ClauseKind.NOISE,
        ClauseKind.TITLE,
        ClauseKind.IMPRINT,
    ],
)
def test_parts_that_assign_nothing_have_no_records(kind):
    assert Sheet().add("x", "责任单位：甲局、乙局", kind=kind).records()["x"] == ()


def test_a_document_cut_inside_a_list_gives_no_record():
    sheet = Sheet().add("一", "一、推进改革。（责任单位：甲局、乙", truncated=True)
    assert sheet.records()["一"] == ()


def test_traditional_text_with_glosses_gives_simplified_units_at_source_offsets():
    words = "(責(zé)任單位:市藥品監(jiān)管局、市衛(wèi)生健康委、市經(jīng)濟(jì)信息化委)"
    sheet = Sheet().add("一", f"一、推進(jìn)改革。{words}")
    record = sheet.one("一")
    assert record.units == ("市药品监管局", "市卫生健康委", "市经济信息化委")
    assert sheet.words(record) == words


@pytest.mark.parametrize(
    ("seed", "lists"),
    [("000", 4), ("001", 18), ("002", 0), ("003", 22), ("004", 0)],
)
def test_the_seeds_hold_forty_four_lists(seed, lists):
    path = next(Path("seeds").glob(f"{seed}_*.txt"))
    text = path.read_bytes().decode("utf-8")
    whole = Sheet()
    for number, line in enumerate(text.split("\n")):
        whole.add(str(number), line)
    records = [record for found in whole.records().values() for record in found]
    assert len(records) == lists
    ruled = [record for record in records if record.lead is not None]
    assert len(ruled) == (lists if seed in ("000", "001") else 0)


NAMES = st.lists(
    st.sampled_from(["甲局", "乙市財政局", "丙厅", "丁中心", "戊委", "各县（市、区）政府"]),
    min_size=1,
    max_size=5,
    unique=True,
)


@given(st.lists(NAMES, min_size=1, max_size=4), st.booleans())
def test_every_record_holds_its_units_and_its_lead_is_one_of_them(lists, ruled):
    sheet = Sheet()
    for number, names in enumerate(lists):
        rule = f"。{RULE}" if ruled and number == 0 else ""
        sheet.add(str(number), f"{number}.推进改革。（责任单位：{'、'.join(names)}{rule}）")
    for number, names in enumerate(lists):
        record = sheet.one(str(number))
        words = fold(sheet.words(record))
        assert all(fold(unit) in words for unit in (*record.units, *record.qualifiers))
        assert set(record.leads) <= set(record.units)
        assert (record.lead is not None) == (ruled and len(names) > 1)
        if record.lead_basis is not None:
            basis = record.lead_basis
            assert sheet.text[basis.start : basis.end] == basis.quote
