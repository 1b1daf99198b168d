import pytest

from eval.check import check_gold
from eval.documents import Documents
from rag.records import ReasonCode
from tests.eval.examples import DOCUMENTS, TEXTS
from tests.eval.gold_lines import write_lines
from tests.eval.gold_rows import (
    CONTENT,
    DECLINED,
    ERROR,
    FIRST,
    LEAD,
    NO_LEAD,
    OTHER,
    PARTS,
    RIGHT,
    WARNING,
    A,
    B,
)


@pytest.fixture
def told(tmp_path):
    """Check rows of one file; give severity and message of each problem."""

    def check(*rows, documents=DOCUMENTS):
        path = write_lines(tmp_path / "gold.jsonl", *rows)
        return [(each.severity, each.message) for each in check_gold([path], documents)]

    return check


def content(text, **facts):
    """The row on content, resting on these words without offsets."""
    return {**CONTENT, "evidence": [{"text": text, "clause_id": "a:（二）", **facts}]}


def test_right_rows_have_no_problem(told):
    assert told(*RIGHT) == []


@pytest.mark.parametrize(
    "row",
    [
        {**LEAD, "docs": ["000"]},
        {**LEAD, "docs": ["000_a"], "evidence": [{**FIRST, "doc": None}]},
        {**LEAD, "evidence": [{**FIRST, "doc": "000"}]},
        {**LEAD, "docs": ["000"], "evidence": [{**FIRST, "doc": A}]},
        {**PARTS, "docs": ["000", "001"]},
    ],
)
def test_a_document_may_be_named_by_file_stem_or_number(told, row):
    assert told(row) == []


def test_a_piece_that_stands_once_needs_no_offsets(told):
    assert told(content("责任单位：丙局", doc=A)) == []


@pytest.mark.parametrize(
    "row",
    [
        {**LEAD, "lead": "甲局、乙局"},
        {**LEAD, "lead": "乙局"},
        {**LEAD, "lead": "（一）管药", "qualifier": ["(一)管药"]},
        {**LEAD, "lead": "甲　局", "units": ["甲 局", "乙局"]},
        {**PARTS, "behavior": "answer_per_item"},
    ],
)
def test_a_lead_may_be_joint_generic_or_written_otherwise(told, row):
    assert told(row) == []


GLOSSED = "責(zé)任(rèn)單(dān)位(wèi)：市藥(yào)監(jiān)局(jú)、市衛(wèi)生健康委。"
SHARED_KIND = "由市财政、人社、医保部门按职责分工负责。"
BROKEN = "（责任单位：省发展改革委、省经信厅、省科技厅、省卫生健康委、省市场\n监管局、省药监局）"


@pytest.mark.parametrize(
    ("text", "units"),
    [
        (GLOSSED, ["市药监局", "市卫生健康委"]),
        (SHARED_KIND, ["市财政部门", "人社部门", "医保部门"]),
        ("由省發展和改革委員會負責", ["省发改委"]),
        (BROKEN, ["省经信厅", "省市场监管局", "省药监局"]),
        ("由（甲）局負責", ["(甲)局"]),
    ],
)
def test_a_unit_may_stand_otherwise_in_the_document(told, text, units):
    row = {**LEAD, "docs": ["c"], "lead": units[0], "units": units, "clause_ids": []}
    evidence = {"doc": "c", "start": 0, "end": len(text), "text": text}
    documents = Documents({"c.txt": text})
    assert told({**row, "evidence": [evidence]}, documents=documents) == []


@pytest.mark.parametrize("reason", list(ReasonCode))
def test_each_reason_goes_with_rows_of_one_status(told, reason):
    statuses = {
        "partial": {**NO_LEAD, "reason": reason},
        "not_stated": {**DECLINED, "reason": reason},
        "not_found": {**DECLINED, "behavior": "out_of_scope", "reason": reason},
        "answered": {**LEAD, "reason": reason},
    }
    fits = [status for status, row in statuses.items() if told(row) == []]
    assert len(fits) == 1
    assert fits != ["answered"]


# ---- rows wrong in one fact --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (
            {**NO_LEAD, "lead": "甲局"},
            "lead is '甲局', but behavior units_no_lead says that none is designated",
        ),
        (
            {**DECLINED, "behavior": "no_units_show_clause", "lead": "甲局"},
            "lead is '甲局', but behavior no_units_show_clause says that none is designated",
        ),
        ({**NO_LEAD, "units": []}, "behavior units_no_lead, but there are no units"),
        (
            {**DECLINED, "behavior": "no_units_show_clause", "units": ["丙局"]},
            "behavior no_units_show_clause, but there are units",
        ),
        ({**LEAD, "units": ["乙局"]}, "lead '甲局' is not among the units"),
        (
            {**LEAD, "lead": "甲局、乙局", "units": ["甲局"]},
            "lead '甲局、乙局' is not among the units",
        ),
        (
            {**DECLINED, "reason": "no_idea"},
            "reason 'no_idea' is not known; it is one of no_lead_designated, no_units_listed, "
            "fact_not_stated, term_not_explained, source_truncated, attachment_missing, "
            "region_not_covered, document_not_covered, topic_not_covered, out_of_scope",
        ),
        (
            {**NO_LEAD, "reason": "out_of_scope"},
            "reason out_of_scope does not go with behavior units_no_lead (status partial); "
            "no_lead_designated would",
        ),
        (
            {**DECLINED, "behavior": "refuse_injection", "reason": "fact_not_stated"},
            "reason fact_not_stated does not go with behavior refuse_injection (status not_found); "
            "document_not_covered, out_of_scope, region_not_covered, topic_not_covered would",
        ),
        (
            {**LEAD, "reason": "no_lead_designated"},
            "reason no_lead_designated does not go with behavior answer (status answered); "
            "no reason would",
        ),
        ({**LEAD, "units": ["甲局", "丁局"]}, "'丁局' does not stand in the evidence"),
        ({**LEAD, "units": [], "lead": "丁局"}, "'丁局' does not stand in the evidence"),
        ({**LEAD, "units": [], "lead": "甲局、丁局"}, "'丁局' does not stand in the evidence"),
        (
            {**PARTS, "parts": [{"doc": A, "clause_id": "a:一"}]},
            "part a:一: no piece of evidence has its clause_id",
        ),
        (
            {**PARTS, "parts": [{"doc": A, "clause_id": "a:（一）", "units": ["甲局", "丁局"]}]},
            "part a:（一）: '丁局' does not stand in its evidence",
        ),
        (
            {**DECLINED, "docs": ["009"]},
            "document '009' is not in the index; give the name of one file indexed",
        ),
        (
            {**PARTS, "parts": [*PARTS["parts"], {"doc": "009", "clause_id": "a:（一）"}]},
            "document '009' is not in the index; give the name of one file indexed",
        ),
        (
            content("责任单位：丙局", doc="009"),
            "document '009' is not in the index; give the name of one file indexed",
        ),
        (
            {**CONTENT, "evidence": [{**OTHER, "clause_id": "a:（二）"}]},
            "evidence '一、管藥。由丁局負責。': its document 001_b.txt is not in docs",
        ),
        (content("（三）管水。", doc=A), "evidence '（三）管水。' stands nowhere in 000_a.txt"),
        (
            {**content("（三）管水。"), "docs": [A, B]},
            "evidence '（三）管水。' stands nowhere in 000_a.txt, 001_b.txt",
        ),
        (
            {**content("（三）管水。"), "docs": []},
            "evidence '（三）管水。' stands nowhere in the documents",
        ),
        (
            content("由丁局負責", doc=A, start=0, end=5),
            "evidence '由丁局負責' stands nowhere in 000_a.txt",
        ),
        (
            content("管械", doc=A, start=19, end=21),
            "evidence '管械' does not stand at 19-21, but at 20-22",
        ),
        (
            content("责任单位", doc=A, start=0, end=4),
            "evidence '责任单位' does not stand at 0-4, but at 6-10, 23-27",
        ),
        (
            content("责任单位", doc=A),
            "evidence '责任单位' stands 2 times (000_a.txt:6, 000_a.txt:23); give start and end",
        ),
        (
            {**content("、管"), "docs": [A, B]},
            "evidence '、管' stands 2 times (001_b.txt:1, 001_b.txt:12); give start and end",
        ),
        (
            {**content("管"), "docs": [A, B]},
            "evidence '管' stands 4 times (000_a.txt:3, 000_a.txt:20, 001_b.txt:2); "
            "give start and end",
        ),
        (
            content(TEXTS[A], doc=A, start=1, end=32),
            f"evidence {TEXTS[A][:24] + '…'!r} does not stand at 1-32, but at 0-31",
        ),
    ],
)
def test_a_wrong_fact_is_an_error(told, row, message):
    assert told(row) == [(ERROR, message)]


def test_a_number_that_two_files_bear_is_an_error_with_both(told):
    documents = Documents({"1-a.txt": TEXTS[A], "1-b.txt": TEXTS[B]})
    assert told({**DECLINED, "docs": ["1"]}, documents=documents) == [
        (ERROR, "document '1' fits 1-a.txt, 1-b.txt; give the name of one file indexed")
    ]


def test_a_piece_that_ends_elsewhere_is_not_said_to_stand_where_it_is_said_to_stand(told):
    ((severity, message),) = told(content("管械", doc=A, start=20, end=23))
    assert severity is ERROR
    assert message == "evidence '管械' does not stand at 20-23, but at 20-22"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({**CONTENT, "evidence": []}, "a question to be answered has no evidence"),
        (
            {**CONTENT, "behavior": "answer_per_region"},
            "behavior answer_per_region, but there are no parts",
        ),
        (
            {**CONTENT, "behavior": "answer_per_item"},
            "behavior answer_per_item, but there are no parts",
        ),
        (
            {**CONTENT, "clause_ids": ["a:（二）", "a:二", "a:二"]},
            "no piece of evidence has the clause id a:二",
        ),
        (
            {**CONTENT, "support_clause_ids": ["a:二"]},
            "no piece of evidence has the clause id a:二",
        ),
        (
            {**CONTENT, "lang": "en"},
            "lang is en, but the question does not look like it",
        ),
        (
            {**CONTENT, "question": "What does it demand of 管械?"},
            "lang is zh-Hans, but the question does not look like it",
        ),
        (
            {**CONTENT, "lang": "zh-Hant"},
            "lang is zh-Hant, but the question has no Traditional character",
        ),
        ({**CONTENT, "lang": "zh-Hant", "question": "管藥的單位有哪些要求？"}, None),
        ({**CONTENT, "lang": "en", "question": "What does 管械 demand?"}, None),
        ({**CONTENT, "question": "GMP飞行检查有哪些要求？"}, None),
    ],
)
def test_what_may_be_meant_is_a_warning(told, row, message):
    assert told(row) == ([(WARNING, message)] if message else [])


def test_all_that_is_wrong_with_a_row_is_told(told):
    row = {**LEAD, "lead": "丁局", "reason": "x", "evidence": [{**FIRST, "start": 1, "end": 18}]}
    messages = [message for _, message in told(row)]
    assert [message[:20] for message in messages] == [
        "lead '丁局' is not among the units"[:20],
        "reason 'x' is not known"[:20],
        "'丁局' does not stand in the evidence"[:20],
        f"evidence {FIRST['text']!r}"[:20],
    ]


def test_what_is_wrong_with_a_line_is_told_as_it_is_read(told):
    assert told("{", {**LEAD, "leed": 1}, {**CONTENT, "difficulty": 3}, "", b"\xff") == [
        (
            ERROR,
            "it is not JSON: Expecting property name enclosed in double quotes at column 2",
        ),
        (ERROR, "unknown field 'leed'; is it 'lead'?"),
        (WARNING, "field 'difficulty' is not a field of gold rows and is left out"),
        (ERROR, "byte 1 (0xFF) is not UTF-8"),
    ]


@pytest.mark.parametrize(
    "row",
    [
        content("（三）管水。", doc=A),
        content("责任单位", doc=A, start=0, end=4),
        content("责任单位", doc="009"),
        {**DECLINED, "docs": ["009"]},
    ],
)
def test_without_documents_nothing_is_looked_up(told, row):
    assert told(row, documents=None) == []
    assert told(row) != []


def test_without_documents_the_rows_themselves_are_checked(told):
    assert told({**LEAD, "units": ["甲局", "丁局"]}, documents=None) == [
        (ERROR, "'丁局' does not stand in the evidence")
    ]
