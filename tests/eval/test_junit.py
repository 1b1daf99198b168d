from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from eval.compare import compare_runs
from eval.junit import junit_xml
from tests.eval.examples import answer, entry, gold, lead_row
from tests.eval.runs import UNREACHABLE, measured, row_result, stored

REPLACED = "\ufffd"


def entry_answer(lead):
    return answer("a:（一）", entries=(entry(1, "a:（一）", lead, "甲局", "乙局"),))


def suites(before, after, gates=None):
    """The suites of questions and of gates, parsed from the XML as bytes."""
    xml = junit_xml(compare_runs(stored(*before), stored(*after)), gates or {})
    root = ET.fromstring(xml.encode("utf-8"))
    assert root.tag == "testsuites"
    questions, bounds = root
    assert (questions.get("name"), bounds.get("name")) == ("questions", "gates")
    return questions, bounds


def case(before, after):
    """The test of one question: its element, and what stands in it."""
    (found,) = suites([before], [after])[0]
    return found, [(each.tag, each.get("message"), each.text) for each in found]


def counts(suite):
    return {key: suite.get(key) for key in ("tests", "failures", "errors", "skipped")}


def test_a_question_that_got_worse_fails_in_junit():
    row = lead_row(clause_ids=("a:（一）",))
    right, wrong = (
        measured(row, entry_answer("甲局")),
        measured(row, entry_answer("乙局"), ms=1234.5),
    )
    found, told = case(right, wrong)
    assert found.tag == "testcase"
    assert found.attrib == {"classname": "lead_unit", "name": "g1 谁牵头？", "time": "1.234"}
    assert told == [("failure", "worse: lead_exact", "lead_exact: wanted 甲局, got 乙局")]


def test_a_question_better_in_one_respect_and_worse_in_another_fails():
    row = lead_row(clause_ids=("a:（一）",))
    before = measured(row, answer("b:一", entries=(entry(1, "b:一", "甲局", "甲局", "乙局"),)))
    after = measured(row, entry_answer("乙局"))
    _, told = case(before, after)
    assert [(tag, message) for tag, message, _ in told] == [("failure", "worse: lead_exact")]


def test_a_question_that_stayed_wrong_is_skipped_with_what_is_wrong():
    row = lead_row(clause_ids=("a:（一）",))
    wrong = measured(row, entry_answer("乙局"))
    _, told = case(wrong, wrong)
    assert told == [("skipped", "stayed wrong: lead_exact", "lead_exact: wanted 甲局, got 乙局")]


def test_a_question_that_got_better_or_stayed_right_passes():
    row = lead_row()
    right, wrong = measured(row, entry_answer("甲局")), measured(row, entry_answer("乙局"))
    assert case(wrong, right)[1] == []
    assert case(right, right)[1] == []


@pytest.mark.parametrize("before", ["甲局", "乙局", None])
def test_a_question_without_an_answer_is_an_error_whatever_it_was_before(before):
    row = gold("content", "answer", "a:（一）", docs=("000",), clause_ids=("a:（一）",))
    earlier = measured(row, entry_answer(before) if before else None)
    found, told = case(earlier, measured(row, None))
    assert found.get("time") == "0.000"
    ((tag, message, text),) = told
    assert (tag, message) == ("error", f"no answer: {UNREACHABLE}")
    assert text.splitlines() == [
        f"status_right: wanted —, got {UNREACHABLE}",
        "hit@1: wanted —, got —",
        "hit@5: wanted —, got —",
    ]


def test_questions_and_gates_are_counted_by_what_became_of_them():
    fates = {"right": (1, 1), "better": (0, 1), "worse": (1, 0), "wrong": (0, 0), "worse2": (1, 0)}
    before = [row_result(key, {"hit@1": one}) for key, (one, _) in fates.items()]
    after = [row_result(key, {"hit@1": other}) for key, (_, other) in fates.items()]
    before.append(row_result("failed", {"hit@1": 1}))
    after.append(row_result("failed", {"hit@1": 0}, failed=True))
    gates = {"mrr loses nothing": None, "hit@1 loses nothing": "hit@1 went from 1 to 0"}
    questions, bounds = suites(before, after, gates)
    assert counts(questions) == {"tests": "6", "failures": "2", "errors": "1", "skipped": "1"}
    assert counts(bounds) == {"tests": "2", "failures": "1", "errors": "0", "skipped": "0"}


def test_a_gate_missed_fails_with_its_problem():
    row = row_result("g1", {"hit@1": 1})
    gates = {"mrr loses nothing": None, "hit@1 loses nothing": "hit@1 went from 1 to 0 <&>"}
    _, bounds = suites([row], [row], gates)
    assert [(each.get("classname"), each.get("name")) for each in bounds] == [
        ("gate", "mrr loses nothing"),
        ("gate", "hit@1 loses nothing"),
    ]
    assert [[(one.tag, one.get("message")) for one in each] for each in bounds] == [
        [],
        [("failure", "hit@1 went from 1 to 0 <&>")],
    ]


def test_without_gates_their_suite_is_empty():
    row = row_result("g1", {})
    assert counts(suites([row], [row])[1]) == {
        "tests": "0",
        "failures": "0",
        "errors": "0",
        "skipped": "0",
    }


def test_markup_in_questions_and_answers_survives():
    words = "<b>&amp; \"甲\" ]]> '乙' <![CDATA[ 🙂"
    row = lead_row(question=words, clause_ids=("a:（一）",))
    found, told = case(measured(row, entry_answer("甲局")), measured(row, entry_answer(words)))
    assert found.get("name") == f"g1 {words}"
    assert told[0][2] == f"lead_exact: wanted 甲局, got {words}"


@pytest.mark.parametrize(
    "forbidden", ["\x00", "\x08", "\x0b", "\x1b", "\ud800", "\ufffe", "\uffff"]
)
def test_characters_that_xml_has_no_form_for_are_replaced_everywhere(forbidden):
    words, plain = f"丙{forbidden}局", f"丙{REPLACED}局"
    row = lead_row(question=words)
    right = row_result("g1", {"lead_exact": 1}, gold=row)
    wrong = row_result("g1", {"lead_exact": 0}, gold=row, answer=entry_answer(words))
    found, told = case(right, wrong)
    assert found.get("name") == f"g1 {plain}"
    assert told == [("failure", "worse: lead_exact", f"lead_exact: wanted 甲局, got {plain}")]
    _, told = case(right, row_result("g1", {"lead_exact": 0}, gold=row, answer=None, error=words))
    assert told == [("error", f"no answer: {plain}", f"lead_exact: wanted —, got {plain}")]


CHARACTERS = st.integers(0, 0x10FFFF).map(chr) | st.sampled_from(
    "\x00\t\n\r\x1f<>&'\"]\ud800\uffff"
)
ANY_WORDS = st.lists(CHARACTERS, max_size=8).map("".join)


@settings(max_examples=60)
@given(words=ANY_WORDS, error=ANY_WORDS)
@example(words="\t\r\n ", error="\r\n")
def test_whatever_a_question_or_error_holds_the_xml_can_be_read_back(words, error):
    row = gold(question=words)
    failed = row_result("g1", {"status_right": 0}, gold=row, answer=None, error=error)
    found, told = case(failed, failed)
    name = found.get("name")
    assert name is not None
    assert len(name) == len(f"g1 {words}")
    expected = f"g1 {words}"
    assert all(one in (other, REPLACED) for one, other in zip(name, expected, strict=True))
    assert [tag for tag, _, _ in told] == ["error"]
