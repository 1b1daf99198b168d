import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from eval.check import check_gold
from tests.eval.examples import DOCUMENTS, TEXTS
from tests.eval.gold_lines import write_lines
from tests.eval.gold_rows import CONTENT, ERROR, LEAD, NO_LEAD, RIGHT, WARNING, A, B, asking


@pytest.fixture
def told(tmp_path):
    """Check rows of one file; give severity and message of each problem."""

    def check(*rows, documents=DOCUMENTS):
        path = write_lines(tmp_path / "gold.jsonl", *rows)
        return [(each.severity, each.message) for each in check_gold([path], documents)]

    return check


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
