import json

import pytest
from typer.testing import CliRunner

from eval.check import Severity, check_gold
from eval.command import app
from eval.documents import of_index
from eval.draft_row import draft_id
from eval.errors import FeedbackFormatError
from eval.feedback import Feedback, feedback_drafts, read_feedback
from eval.gold import parse_row
from eval.targets import library_target
from tests.eval.gold_lines import write_lines

LEAD = "浙江省完善药品安全监管法规制度由谁牵头？"
NO_LEAD = "上海市打造协同创新生态由谁牵头？"
TARGET = "绍兴市公众满意度达到多少？"
GREETING = "你好"
ABSENT = "绍兴市教育局参与哪些任务？"
SEVERAL = "这几份文件里，哪几份提到了“三医联动”？"
ONE_OF_THREE = "Who handles hospital-made TCM preparations in Zhejiang, Shaoxing and Shanghai?"


def never(said: Feedback, why: str) -> None:
    raise AssertionError(f"{said} was left out: {why}")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "feedback.jsonl"


@pytest.fixture(scope="session")
def ask(library, answerer):
    return library_target(library, answerer).ask


@pytest.fixture(scope="session")
def propose(library, ask):
    """The one draft of some ratings, each with its comment, of one question."""

    def draft(question, *ratings):
        given = [
            Feedback(question, rating, comment, i) for i, (rating, comment) in enumerate(ratings, 1)
        ]
        (row,) = feedback_drafts(given, ask, library, skip=never)
        return row

    return draft


UP, DOWN = ("up", ""), ("down", "")


# ---- reading -----------------------------------------------------------------------------------


def test_feedback_is_read_in_its_order_with_its_lines(path):
    write_lines(
        path,
        {"question": LEAD, "rating": "up", "comment": "对"},
        "",
        {"at": "2025-01-01", "rating": "down", "answer_id": "7", "question": GREETING},
        {"question": LEAD, "rating": "down", "comment": None},
        "\r",
    )
    assert read_feedback(path) == [
        Feedback(LEAD, "up", "对", 1),
        Feedback(GREETING, "down", "", 3),
        Feedback(LEAD, "down", "", 4),
    ]


def test_an_empty_file_has_no_feedback(path):
    assert read_feedback(write_lines(path, "")) == []


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        ("{", "it is not JSON ("),
        (b"\xff", "it is not JSON ("),
        ("[1]", "it has no question"),
        ({"rating": "up"}, "it has no question"),
        ({"question": 7, "rating": "up"}, "it has no question"),
        ({"question": "", "rating": "up"}, "it has no question"),
        ({"question": " ", "rating": "up"}, "it has no question"),
        ({"question": LEAD}, "rating is null, expected up or down"),
        ({"question": LEAD, "rating": "good"}, 'rating is "good", expected up or down'),
        ({"question": LEAD, "rating": ["up"]}, 'rating is ["up"], expected up or down'),
        ({"question": LEAD, "rating": True}, "rating is true, expected up or down"),
    ],
)
def test_a_line_that_is_no_feedback_is_refused_with_file_and_line(path, wrong, problem):
    write_lines(path, {"question": LEAD, "rating": "up"}, "", wrong)
    with pytest.raises(FeedbackFormatError, match=r"feedback\.jsonl:3: ") as caught:
        read_feedback(path)
    assert caught.value.line == 3
    assert str(caught.value).startswith(f"{path}:3: {problem}")


# ---- drafts ------------------------------------------------------------------------------------


def test_several_ratings_of_a_question_make_one_row_with_every_comment(propose):
    row = propose(LEAD, ("up", "对"), ("down", "少了一个单位"), UP, ("down", "第一行\n第二行"))
    assert row["note"] == "\n".join(
        ["thumb up: 对", "thumb down: 少了一个单位", "thumb up", "thumb down: 第一行\n第二行"]
    )
    assert row["question"] == LEAD


def test_questions_make_rows_in_their_order_and_are_put_once(library, ask):
    put = []

    def counted(question):
        put.append(question)
        return ask(question)

    given = [
        Feedback(each, "up", "", i) for i, each in enumerate((LEAD, GREETING, LEAD, TARGET), 1)
    ]
    rows = list(feedback_drafts(given, counted, library, skip=never))
    assert [row["question"] for row in rows] == put == [LEAD, GREETING, TARGET]


def test_with_every_thumb_up_the_answer_is_kept(propose, ask):
    row = propose(LEAD, UP, ("up", "对"))
    assert row["lead"] == "省药监局"
    assert row["units"] == ["省药监局", "省司法厅", "省农业农村厅", "省卫生健康委", "省市场监管局"]
    assert row["answer"] == ask(LEAD)["answer"]
    assert row["answer"].startswith("由省药监局牵头[1]")


@pytest.mark.parametrize("ratings", [[DOWN], [UP, DOWN], [DOWN, UP, UP]])
def test_with_a_thumb_down_the_answer_is_left_open_and_the_citations_are_kept(propose, ratings):
    liked, row = propose(LEAD, UP), propose(LEAD, *ratings)
    assert row["answer"] == ""
    assert not {"lead", "units", "qualifier"} & set(row)
    assert row["evidence"] == liked["evidence"] != []
    assert (row["docs"], row["clause_ids"]) == (liked["docs"], liked["clause_ids"])


def test_with_a_thumb_down_no_row_says_that_no_lead_is_designated(propose):
    parsed = parse_row(propose(LEAD, DOWN))
    assert (parsed.lead, parsed.lead_stated) == (None, False)


@pytest.mark.parametrize(
    ("question", "kind", "behavior", "reason"),
    [
        (LEAD, "lead_unit", "answer", None),
        (NO_LEAD, "lead_unit", "units_no_lead", "no_lead_designated"),
        (TARGET, "content", "answer", None),
        (GREETING, "unanswerable", "out_of_scope", "out_of_scope"),
        (ABSENT, "unanswerable", "not_stated", "fact_not_stated"),
    ],
)
def test_type_behavior_and_reason_are_those_of_the_answer(
    propose, question, kind, behavior, reason
):
    for ratings in ([UP], [DOWN]):
        row = propose(question, *ratings)
        assert (row["type"], row["behavior"], row.get("reason")) == (kind, behavior, reason)
        assert row["abstain"] is (behavior in ("not_stated", "out_of_scope"))


@pytest.mark.parametrize("question", [LEAD, NO_LEAD, TARGET, SEVERAL, ONE_OF_THREE])
def test_evidence_is_what_the_answer_marks_word_for_word(propose, library, ask, question):
    row = propose(question, UP)
    texts = of_index(library).texts
    cited = {each["clause_id"] for each in ask(question)["citations"] if each["role"] == "answer"}
    assert {each["clause_id"] for each in row["evidence"]} == cited == set(row["clause_ids"])
    for each in row["evidence"]:
        assert texts[each["doc"]][each["start"] : each["end"]] == each["text"] != ""
        assert each["doc"] in row["docs"]


def test_the_words_marked_are_the_evidence_and_not_all_of_the_clause(propose):
    assert [each["text"] for each in propose(LEAD, UP)["evidence"]] == [
        "（责任单位：省药监局、省司法厅、省农业农村厅、省卫生健康委、省市场监管局。"
        "列第一位的为牵头单位，下同）"
    ]


@pytest.mark.parametrize("question", [LEAD, NO_LEAD, TARGET, GREETING, SEVERAL, ONE_OF_THREE])
@pytest.mark.parametrize("ratings", [[UP], [DOWN]])
def test_every_draft_is_a_gold_row_that_no_person_has_reviewed(propose, question, ratings):
    row = propose(question, *ratings)
    parsed = parse_row(row)
    assert (parsed.id, parsed.question) == (draft_id(question), question)
    assert parsed.reviewed is False
    assert parsed.tags == ("draft_row", "feedback")


@pytest.mark.parametrize("question", [LEAD, NO_LEAD, TARGET, GREETING, SEVERAL, ONE_OF_THREE])
def test_an_answer_that_is_liked_makes_a_row_without_errors(propose, library, path, question):
    problems = check_gold([write_lines(path, propose(question, UP))], of_index(library))
    assert [each.message for each in problems if each.severity is Severity.ERROR] == []


# ---- the command -------------------------------------------------------------------------------


@pytest.fixture
def draft(seed_index, path):
    def run(*options):
        arguments = ["draft", "--index", str(seed_index), "--feedback", str(path), *options]
        return CliRunner().invoke(app, arguments)

    return run


def test_the_command_drafts_from_feedback(draft, path, tmp_path, propose):
    write_lines(
        path,
        {"question": LEAD, "rating": "up", "comment": "对"},
        {"question": GREETING, "rating": "down", "comment": "无关"},
    )
    out = tmp_path / "drafts.jsonl"
    done = draft("--out", str(out))
    assert (done.exit_code, done.stderr) == (0, "2 drafts, none of them reviewed\n")
    assert list(map(json.loads, out.read_text(encoding="utf-8").splitlines())) == [
        propose(LEAD, ("up", "对")),
        propose(GREETING, ("down", "无关")),
    ]


def test_the_command_leaves_known_questions_out(draft, path, tmp_path, propose):
    write_lines(path, *({"question": each, "rating": "up"} for each in (LEAD, TARGET)))
    known = write_lines(tmp_path / "known.jsonl", propose(LEAD, UP))
    done = draft("--without", str(known))
    assert [json.loads(line) for line in done.stdout.splitlines()] == [propose(TARGET, UP)]


def test_a_line_that_is_no_feedback_ends_with_1_and_writes_nothing(draft, path, tmp_path):
    write_lines(path, {"question": LEAD, "rating": "up"}, "{")
    out = tmp_path / "drafts.jsonl"
    done = draft("--out", str(out))
    assert done.exit_code == 1
    assert f"{path}:2: it is not JSON" in done.stderr
    assert not out.exists()


def test_a_question_that_cannot_be_asked_is_told_and_left_out(library, answerer):
    ask = library_target(library, answerer).ask
    given = [Feedback("？？？", "up", "", 1), Feedback(LEAD, "up", "", 2)]
    told = []
    rows = feedback_drafts(given, ask, library, skip=lambda said, why: told.append((said, why)))
    assert [row["question"] for row in rows] == [LEAD]
    ((said, why),) = told
    assert said.line == 1
    assert why
