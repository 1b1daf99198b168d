from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest

from eval.asking import Reply
from eval.errors import AnswerShapeError
from eval.locate import locate
from eval.run import measure
from eval.shape import checked
from eval.why import why_wrong
from tests.eval.examples import DOCUMENTS, TEXTS, answer, gold, lead_row, parts_row, right_parts

DROPPED = object()
ROWS = (
    lead_row(id="g1", qualifier=("等",), reason="no_lead_designated"),
    parts_row(id="g2"),
    gold("content", "not_stated", "a:（一）", id="g3", docs=("000",), abstain=True),
)


def full() -> dict[str, Any]:
    """A right answer that has every field that a measure reads."""
    given = right_parts()
    given["answer"] = "甲局牵头2项[1]。"
    given["reason"] = {"code": "no_lead_designated", "message": "未载明"}
    for each in given["citations"]:
        each["label"] = "甲发〔2021〕2号"
        each["document"] = {"title": "意见", "number": "甲发〔2021〕2号", "date": "2021-12-30"}
    for each in given["responsibilities"]:
        each["qualifiers"] = ["等"]
    return given


def changed(place: tuple[str | int, ...], value: object) -> dict[str, Any]:
    """A full answer with one value changed, or dropped."""
    given = full()
    held: Any = given
    for key in place[:-1]:
        held = held[key]
    if value is DROPPED:
        del held[place[-1]]
    else:
        held[place[-1]] = value
    return given


def places(held: object, place: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every place in an answer where a value stands."""
    if place:
        yield place
    inner: list[tuple[str | int, object]] = []
    if isinstance(held, dict):
        inner = list(held.items())
    elif isinstance(held, list):
        inner = list(enumerate(held))
    for key, each in inner:
        yield from places(each, (*place, key))


def problems(given: object) -> tuple[str, ...]:
    try:
        checked(given)
    except AnswerShapeError as error:
        return error.problems
    return ()


@pytest.mark.parametrize("status", ["answered", "partial", "not_stated", "not_found"])
def test_a_right_answer_is_given_back_as_it_is(status):
    given = {**full(), "status": status}
    before = deepcopy(given)
    assert checked(given) is given
    assert given == before


@pytest.mark.parametrize(
    "given",
    [
        answer(),
        {"status": "not_found", "answer": "", "citations": [], "responsibilities": []},
        {**answer("a:（一）"), "reason": None},
        changed(("responsibilities", 0, "lead"), None),
        changed(("responsibilities", 0, "qualifiers"), DROPPED),
        changed(("citations", 0, "document"), DROPPED),
        {**full(), "more": {"of": ["our", 1]}},
    ],
)
def test_what_no_measure_needs_may_be_absent(given):
    assert problems(given) == ()


@pytest.mark.parametrize(
    ("place", "value", "problem"),
    [
        (
            ("status",),
            "done",
            "status: expected one of answered, partial, not_stated, not_found, got 'done'",
        ),
        (
            ("status",),
            DROPPED,
            "status: expected one of answered, partial, not_stated, not_found, got nothing",
        ),
        (("answer",), DROPPED, "answer: expected a string, got nothing"),
        (("answer",), None, "answer: expected a string, got None"),
        (("citations",), DROPPED, "citations: expected a list, got nothing"),
        (("citations",), {}, "citations: expected a list, got {}"),
        (("responsibilities",), None, "responsibilities: expected a list, got None"),
        (("reason",), "none", "reason: expected an object, got 'none'"),
        (("citations", 1, "n"), "2", "citations[1].n: expected a whole number, got '2'"),
        (("citations", 1, "n"), 2.0, "citations[1].n: expected a whole number, got 2.0"),
        (("citations", 1, "n"), True, "citations[1].n: expected a whole number, got True"),
        (("citations", 0, "quote"), None, "citations[0].quote: expected a string, got None"),
        (
            ("citations", 0, "source"),
            DROPPED,
            "citations[0].source: expected an object, got nothing",
        ),
        (
            ("citations", 0, "role"),
            "basis",
            "citations[0].role: expected one of answer, rule, related, got 'basis'",
        ),
        (
            ("citations", 0, "source", "file"),
            None,
            "citations[0].source.file: expected a string, got None",
        ),
        (
            ("citations", 0, "source", "start"),
            "0",
            "citations[0].source.start: expected a whole number, got '0'",
        ),
        (
            ("citations", 0, "source", "end"),
            DROPPED,
            "citations[0].source.end: expected a whole number, got nothing",
        ),
        (
            ("responsibilities", 1, "units"),
            DROPPED,
            "responsibilities[1].units: expected a list, got nothing",
        ),
        (
            ("responsibilities", 0, "units"),
            ["甲局", 2],
            "responsibilities[0].units: expected strings only",
        ),
        (
            ("responsibilities", 0, "qualifiers"),
            [None],
            "responsibilities[0].qualifiers: expected strings only",
        ),
        (
            ("responsibilities", 0, "lead"),
            ["甲局"],
            "responsibilities[0].lead: expected a string, got ['甲局']",
        ),
        (
            ("responsibilities", 0, "citation"),
            "1",
            "responsibilities[0].citation: expected a whole number, got '1'",
        ),
    ],
)
def test_a_wrong_field_is_named_with_what_was_expected_and_what_came(place, value, problem):
    with pytest.raises(AnswerShapeError, match=r"the answer is not one of /v1/ask: ") as caught:
        checked(changed(place, value))
    assert caught.value.problems == (problem,)
    assert problem in str(caught.value)


@pytest.mark.parametrize("field", ["citations", "responsibilities"])
def test_an_entry_that_is_no_object_is_told_as_such(field):
    given = {**answer(), field: ["甲局"]}
    assert problems(given) == (f"{field}[0]: expected an object, got '甲局'",)


@pytest.mark.parametrize(
    ("given", "shown"),
    [([], "a list"), ("甲局", "a string"), (7, "a whole number"), (None, "None"), (True, "True")],
)
def test_what_is_no_object_is_no_answer(given, shown):
    assert problems(given) == (f"expected an object, got {shown}",)


def test_every_wrong_field_is_told_at_once():
    given = {**changed(("citations", 0, "quote"), 7), "answer": None, "status": "x"}
    told = problems(given)
    assert [each.partition(":")[0] for each in told] == ["status", "answer", "citations[0].quote"]


def test_a_long_value_is_cut():
    (problem,) = problems({**answer(), "status": "很" * 1000})
    assert len(problem) < 120


@pytest.mark.parametrize("place", list(places(full())), ids=lambda place: ".".join(map(str, place)))
def test_whatever_passes_can_be_measured_and_explained(place):
    wrong: tuple[object, ...] = (None, True, 5, 1.5, "x", "", [], {}, ["x"], [5], {"x": 1})
    for value in (DROPPED, *wrong):
        given = changed(place, value)
        if problems(given):
            continue
        located = [locate(row, TEXTS) for row in ROWS]
        replies = {row.id: Reply(given) for row in ROWS}
        for result in measure(located, replies, DOCUMENTS).rows:
            assert result.values
            assert [why.name for why in why_wrong(result)] == list(result.wrong)


@pytest.mark.parametrize(
    ("value", "problem"),
    [("\ud800", "half of a surrogate pair"), (object(), "cannot be written as JSON")],
)
def test_what_cannot_be_kept_is_refused(value, problem):
    with pytest.raises(AnswerShapeError, match=problem):
        checked({**full(), "answer": value} if isinstance(value, str) else {**full(), "x": value})
