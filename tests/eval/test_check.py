import json

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from eval.check import Severity, check_gold
from eval.command import app
from eval.documents import Documents
from rag.records import ReasonCode
from tests.eval.examples import DOCUMENTS, TEXTS
from tests.eval.gold_lines import write_lines

ERROR, WARNING = Severity.ERROR, Severity.WARNING
A, B = "000_a.txt", "001_b.txt"
FIRST = {"doc": A, "start": 0, "end": 17, "text": TEXTS[A][:17], "clause_id": "a:（一）"}
SECOND = {"doc": A, "start": 17, "end": 31, "text": TEXTS[A][17:], "clause_id": "a:（二）"}
OTHER = {"doc": B, "start": 0, "end": 11, "text": TEXTS[B][:11], "clause_id": "b:一"}

LEAD = {
    "id": "g1",
    "question": "管药谁牵头？",
    "type": "lead_unit",
    "behavior": "answer",
    "docs": [A],
    "evidence": [FIRST],
    "clause_ids": ["a:（一）"],
    "lead": "甲局",
    "units": ["甲局", "乙局"],
}
CONTENT = {
    "id": "g2",
    "question": "管械的责任单位有哪些要求？",
    "type": "content",
    "behavior": "answer",
    "docs": [A],
    "evidence": [SECOND],
    "clause_ids": ["a:（二）"],
}
NO_LEAD = {**LEAD, "id": "g3", "question": "请问管药是谁在负责？", "behavior": "units_no_lead"} | {
    "lead": None,
    "reason": "no_lead_designated",
}
PARTS = {
    "id": "g4",
    "question": "各地由谁管药？",
    "type": "units",
    "behavior": "answer_per_region",
    "docs": [A, B],
    "evidence": [FIRST, OTHER],
    "clause_ids": ["a:（一）", "b:一"],
    "parts": [
        {"doc": A, "clause_id": "a:（一）", "lead": "甲局", "units": ["甲局", "乙局"]},
        {"doc": B, "clause_id": "b:一", "lead": None, "units": ["丁局"]},
    ],
}
DECLINED = {
    "id": "g5",
    "question": "丙局办公室的电话是多少？",
    "type": "unanswerable",
    "behavior": "not_stated",
    "docs": [A],
    "reason": "fact_not_stated",
}
RIGHT = [LEAD, CONTENT, NO_LEAD, PARTS, DECLINED]


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


# ---- right rows --------------------------------------------------------------------------------


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


# ---- questions that come back ------------------------------------------------------------------


def asking(question, row_id="g9", **facts):
    return {**CONTENT, "id": row_id, "question": question, **facts}


@pytest.mark.parametrize(
    "question",
    ["管械的责任单位有哪些要求？", "管械的责任单位，有哪些要求", "管械的　责任单位有哪些要求?"],
)
def test_a_question_that_is_put_twice_is_an_error_and_the_first_place_is_named(told, question):
    assert told(LEAD, CONTENT, "", asking(question)) == [
        (ERROR, "the question is that of g2 (gold.jsonl:2)")
    ]


def test_a_question_of_another_file_is_an_error_and_its_place_is_named(tmp_path):
    first = write_lines(tmp_path / "first.jsonl", LEAD, CONTENT)
    second = write_lines(tmp_path / "second.jsonl", NO_LEAD, "", asking(CONTENT["question"]))
    (problem,) = check_gold([first, second], DOCUMENTS)
    assert (problem.path, problem.line, problem.row_id) == (second, 3, "g9")
    assert (problem.severity, problem.message) == (
        ERROR,
        "the question is that of g2 (first.jsonl:2)",
    )
    assert str(problem) == f"{second}:3: error: g9: the question is that of g2 (first.jsonl:2)"


def test_a_question_that_differs_by_a_word_is_a_warning_with_how_alike_it_is(told):
    assert told(CONTENT, asking("管药的责任单位有哪些要求？")) == [
        (WARNING, "the question is nearly that of g2 (gold.jsonl:1): 92 of 100")
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("浙江省实施意见第3项由谁牵头？", "浙江省实施意见第4项由谁牵头？"),
        ("到2025年抽检合格率要达到多少？", "到2030年抽检合格率要达到多少？"),
        ("浙政办发〔2021〕68号由谁印发？", "浙政办发〔2021〕６９号由谁印发？"),
        ("浙江省实施意见第三项由谁牵头？", "浙江省实施意见第四项由谁牵头？"),
        ("管药谁牵头？", "管械由哪个单位负责？"),
    ],
)
def test_questions_that_differ_in_a_number_or_altogether_are_two(told, one, other):
    assert told(asking(one, "g1"), asking(other, "g2")) == []


def test_a_question_that_was_trained_on_leaks(tmp_path):
    train = write_lines(
        tmp_path / "train.jsonl",
        "not even JSON",
        asking("管械的责任单位有哪些要求", "t1"),
        asking("管水的责任单位，有哪些要求？", "t2", evidence=["（三）"]),
        asking("别的问题", "t3", leed=1),
    )
    checked = write_lines(tmp_path / "gold.jsonl", LEAD, CONTENT)
    problems = check_gold([checked], DOCUMENTS, against=[train])
    told = [(each.path, each.line, each.severity, each.message) for each in problems]
    assert told[:2] == [
        (checked, 2, ERROR, "the question leaks from train.jsonl:2 (t1): 100 of 100"),
        (checked, 2, WARNING, "the question leaks from train.jsonl:3 (t2): 92 of 100"),
    ]
    # What cannot be read of the other file may be what leaks.
    assert [(path, line, severity) for path, line, severity, _ in told[2:]] == [
        (train, 1, ERROR),
        (train, 4, ERROR),
    ]
    assert check_gold([checked], DOCUMENTS) == []


def test_problems_come_in_the_order_of_files_and_lines(tmp_path):
    wrong = {**CONTENT, "reason": "x"}
    late = write_lines(
        tmp_path / "a.jsonl",
        asking(LEAD["question"], "h1"),
        "{",
        asking("别处问的是什么？", "h2", difficulty=3, reason="x"),
    )
    early = write_lines(tmp_path / "b.jsonl", LEAD, wrong, "", {**wrong, "id": "g1"}, "[")
    problems = check_gold([early, late], DOCUMENTS)
    assert [(each.path, each.line, each.row_id) for each in problems] == [
        (early, 2, "g2"),
        (early, 4, None),
        (early, 5, None),
        (late, 1, "h1"),
        (late, 2, None),
        (late, 3, "h2"),
        (late, 3, "h2"),
    ]


def test_a_problem_of_a_whole_file_names_no_line(tmp_path):
    path = write_lines(tmp_path / "gold.jsonl", "")
    (problem,) = check_gold([path])
    assert str(problem) == f"{path}: error: there is no row in it"


SPANS = st.sampled_from([A, B]).flatmap(
    lambda file: st.tuples(
        st.just(file),
        *[st.integers(0, len(TEXTS[file]))] * 2,
    )
)


@settings(deadline=None)  # files are written
@given(span=SPANS, moved=st.integers(-5, 5))
def test_evidence_is_right_where_it_stands_and_wrong_elsewhere(
    tmp_path_factory: pytest.TempPathFactory, span: tuple[str, int, int], moved: int
) -> None:
    file, start, end = span
    assume(start < end and start + moved >= 0)
    text = TEXTS[file][start:end]
    at = {"start": start + moved, "end": end + moved}
    row = {**CONTENT, "docs": [file], "clause_ids": [], "evidence": [{"text": text, **at}]}
    path = write_lines(tmp_path_factory.mktemp("gold") / "gold.jsonl", row)
    messages = [each.message for each in check_gold([path], DOCUMENTS)]
    if TEXTS[file][start + moved : end + moved] == text:
        assert messages == []
    else:
        (message,) = messages
        assert f" does not stand at {start + moved}-{end + moved}, but at " in message
        first = TEXTS[file].index(text)
        places = message.rpartition(" at ")[2].split(", ")
        assert f"{first}-{first + len(text)}" in places


@settings(deadline=None)  # files are written
@given(st.permutations(RIGHT))
def test_right_rows_are_right_in_any_order(
    tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, object]]
) -> None:
    path = write_lines(tmp_path_factory.mktemp("gold") / "gold.jsonl", *rows)
    assert check_gold([path], DOCUMENTS) == []


# ---- the command -------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path):
    documents = tmp_path / "documents"
    documents.mkdir()
    for name, text in TEXTS.items():
        (documents / name).write_text(text, encoding="utf-8")
    return documents


@pytest.fixture
def run(folder, tmp_path):
    """Check a file of these rows by the command, against the example documents."""

    def check(rows, *options, documents=folder):
        gold = write_lines(tmp_path / "gold.jsonl", *rows)
        named = ["--documents", str(documents)] if documents else []
        return CliRunner().invoke(app, ["check", str(gold), *named, *options])

    return check


DOUBTFUL = {**CONTENT, "id": "g5", "clause_ids": ["a:（二）", "a:二"]}
WRONG = {**LEAD, "units": ["乙局"]}


@pytest.mark.parametrize(
    ("rows", "options", "code"),
    [
        (RIGHT, [], 0),
        (RIGHT, ["--strict"], 0),
        ([LEAD, DOUBTFUL], [], 0),
        ([LEAD, DOUBTFUL], ["--strict"], 1),
        ([WRONG], [], 1),
        ([WRONG], ["--json"], 1),
        (["{"], [], 1),
        ([LEAD], ["--index", "somewhere"], 2),
        ([LEAD], ["no-such-file.jsonl"], 2),
        ([LEAD], ["--against", "no-such-file.jsonl"], 2),
        ([LEAD], ["--documents", "no-such-folder"], 2),
        ([LEAD], ["--loud"], 2),
    ],
)
def test_the_exit_code_tells_errors_and_wrong_use(run, rows, options, code):
    assert run(rows, *options).exit_code == code


def test_problems_go_to_stdout_and_their_number_to_stderr(run, tmp_path):
    done = run([WRONG, DOUBTFUL])
    gold = tmp_path / "gold.jsonl"
    assert done.stdout.splitlines() == [
        f"{gold}:1: error: g1: lead '甲局' is not among the units",
        f"{gold}:2: warning: g5: no piece of evidence has the clause id a:二",
    ]
    assert done.stderr == "1 errors, 1 warnings in 1 files\n"


def test_json_is_all_there_is_on_stdout(run, tmp_path):
    done = run([WRONG, DOUBTFUL, "{"], "--json")
    printed = json.loads(done.stdout)
    assert (printed["errors"], printed["warnings"]) == (2, 1)
    assert printed["problems"][:2] == [
        {
            "file": str(tmp_path / "gold.jsonl"),
            "line": 1,
            "id": "g1",
            "severity": "error",
            "message": "lead '甲局' is not among the units",
        },
        {
            "file": str(tmp_path / "gold.jsonl"),
            "line": 2,
            "id": "g5",
            "severity": "warning",
            "message": "no piece of evidence has the clause id a:二",
        },
    ]
    assert (printed["problems"][2]["line"], printed["problems"][2]["id"]) == (3, None)
    assert json.loads(run(RIGHT, "--json").stdout) == {"errors": 0, "warnings": 0, "problems": []}


def test_leaks_are_looked_for_in_every_file_named(run, tmp_path):
    first = write_lines(tmp_path / "first.jsonl", asking("别的问题"))
    second = write_lines(tmp_path / "second.jsonl", asking("管药谁牵头", "t1"))
    done = run(RIGHT, "--against", str(first), "--against", str(second))
    assert done.exit_code == 1
    assert "g1: the question leaks from second.jsonl:1 (t1)" in done.stdout


def test_evidence_is_looked_up_in_an_index(run, seed_index, library):
    (document,) = (each for each in library.documents if each.document_id == "zj-2021-68")
    clause = library.clause("zj-2021-68:二/（一）")
    at = {"doc": document.file, "start": clause.start, "end": clause.end}
    evidence = [{**at, "text": library.quote(clause)}]
    right = {**DECLINED, "docs": [document.file], "evidence": evidence}
    options = ("--index", str(seed_index))
    assert run([right], *options, documents=None).exit_code == 0
    done = run([LEAD], *options, documents=None)
    assert done.exit_code == 1
    assert "document '000_a.txt' is not in the index" in done.stdout


def test_the_index_of_the_environment_is_used(run, seed_index, monkeypatch):
    monkeypatch.setenv("YIJU_INDEX", str(seed_index))
    assert run([DECLINED], documents=None).exit_code == 1
    assert run([{**DECLINED, "docs": ["000"]}], documents=None).exit_code == 0


def test_without_documents_only_rows_are_checked_and_that_is_said(run, tmp_path, monkeypatch):
    monkeypatch.delenv("YIJU_INDEX", raising=False)
    monkeypatch.chdir(tmp_path)
    done = run([{**DECLINED, "docs": ["009"]}], documents=None)
    assert (done.exit_code, done.stdout) == (0, "")
    assert "evidence is not looked up, only the rows are checked" in done.stderr


def test_an_index_that_is_not_there_ends_with_1_and_is_named(run, tmp_path):
    missing = tmp_path / "none"
    done = run([LEAD], "--index", str(missing), documents=None)
    assert done.exit_code == 1
    assert str(missing) in done.stderr


def test_a_folder_without_documents_ends_with_1(run, tmp_path):
    (tmp_path / "empty").mkdir()
    done = run([LEAD], documents=tmp_path / "empty")
    assert done.exit_code == 1
    assert "there is no .txt file in it" in done.stderr
