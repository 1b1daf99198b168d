import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.gold import ABSTAINING, Behavior, Evidence, GoldPart, QuestionType, parse_row
from eval.gold import unknown_fields as unknown
from eval.measures import EXPECTED_STATUS
from tests.eval.gold_lines import ROW

KNOWN = (
    *("id", "question", "lang", "type", "behavior", "docs", "evidence", "clause_ids"),
    *("support_clause_ids", "lead", "units", "qualifier", "parts", "answer", "abstain", "reason"),
    *("tags", "note", "reviewed"),
)


def test_a_row_with_four_facts_is_enough():
    row = parse_row(ROW)
    assert (row.id, row.question, row.lang) == ("g1", "谁牵头？", "zh-Hans")
    assert (row.type, row.behavior) == (QuestionType.LEAD_UNIT, Behavior.ANSWER)
    assert (row.docs, row.evidence, row.parts, row.units) == ((), (), (), ())
    assert (row.reason, row.answer, row.note, row.tags) == (None, "", "", ())
    assert not row.abstain
    assert row.reviewed


def test_every_fact_of_a_row_is_read():
    row = parse_row(
        {
            **ROW,
            "lang": "en",
            "docs": ["000"],
            "clause_ids": ["c"],
            "support_clause_ids": ["d"],
            "lead": "甲局",
            "units": ["甲局", "乙局"],
            "qualifier": ["等"],
            "answer": "甲局牵头。",
            "abstain": False,
            "reason": "no_lead_designated",
            "tags": ["rule"],
            "note": "下同",
            "reviewed": False,
        }
    )
    assert (row.lang, row.docs, row.clause_ids) == ("en", ("000",), ("c",))
    assert (row.support_clause_ids, row.lead, row.units) == (("d",), "甲局", ("甲局", "乙局"))
    assert (row.qualifier, row.answer, row.reason) == (("等",), "甲局牵头。", "no_lead_designated")
    assert (row.tags, row.note, row.reviewed) == (("rule",), "下同", False)


def test_a_null_lead_is_told_from_one_left_open():
    null, left_open = parse_row({**ROW, "lead": None}), parse_row(ROW)
    assert (null.lead, null.lead_stated) == (None, True)
    assert (left_open.lead, left_open.lead_stated) == (None, False)


def test_evidence_is_an_object_or_the_words_themselves():
    written = {"doc": "000", "start": 3, "end": 5, "text": "甲局", "clause_id": "c"}
    row = parse_row({**ROW, "evidence": [written, "乙局"]})
    assert row.evidence == (Evidence("甲局", "000", 3, 5, "c"), Evidence("乙局"))


def test_a_part_is_read_with_its_own_lead():
    part = {"doc": "000", "clause_id": "c", "lead": None, "units": ["甲局"], "answer": "甲局。"}
    row = parse_row({**ROW, "parts": [part, {"doc": "001", "clause_id": "d"}]})
    assert row.parts == (
        GoldPart(
            "000", "c", None, lead_stated=True, units=("甲局",), units_stated=True, answer="甲局。"
        ),
        GoldPart("001", "d"),
    )


@pytest.mark.parametrize("behavior", list(Behavior))
def test_abstaining_follows_from_the_behavior(behavior):
    abstain = EXPECTED_STATUS[behavior] in ("not_stated", "not_found")
    assert parse_row({**ROW, "behavior": behavior.value}).abstain is abstain
    assert parse_row({**ROW, "behavior": behavior.value, "abstain": abstain}).abstain is abstain
    assert (behavior in ABSTAINING) is abstain


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"id": ""}, "id is missing or empty"),
        ({"id": 7}, "expected id to be a string, got 7"),
        ({"question": None}, "question is missing or empty"),
        (
            {"type": "riddle"},
            "type 'riddle' is not known; it is one of lead_unit, units, task_of_unit, "
            "deadline_or_target, content, definition, comparison, cross_document, status, "
            "ambiguous, unanswerable",
        ),
        (
            {"behavior": "sing"},
            "behavior 'sing' is not known; it is one of answer, units_no_lead, "
            "no_units_show_clause, not_stated, out_of_scope, refuse_injection, "
            "answer_per_region, answer_per_item, correct_premise",
        ),
        ({"behavior": None}, "behavior is missing or empty"),
        ({"abstain": True}, "abstain is true, but behavior answer means false"),
        ({"abstain": 0}, "abstain is 0, but behavior answer means false"),
        ({"behavior": "not_stated", "abstain": False}, "behavior not_stated means true"),
        ({"lead": ["甲局"]}, "expected lead to be a string, got ["),
        ({"reason": 3}, "expected reason to be a string, got 3"),
        ({"reviewed": "no"}, 'expected reviewed to be true or false, got "no"'),
        ({"reviewed": None}, "expected reviewed to be true or false, got null"),
        ({"units": "甲局"}, "expected units to be a list"),
        ({"units": [1]}, "expected units to hold strings, got 1"),
        ({"evidence": 7}, "expected evidence to be a list, got 7"),
        ({"evidence": [""]}, "a piece of evidence is empty"),
        ({"evidence": [7]}, "expected a piece of evidence to be an object, got 7"),
        ({"evidence": [{"doc": "000"}]}, "text is missing or empty"),
        ({"evidence": [{"text": "甲", "start": 1}]}, "needs both or none"),
        (
            {"evidence": [{"text": "甲", "start": True, "end": 2}]},
            "start to be an offset, got true",
        ),
        ({"evidence": [{"text": "甲", "start": -1, "end": 2}]}, "start to be an offset, got -1"),
        ({"parts": ["甲"]}, "expected a part to be an object"),
        ({"parts": [{"doc": "000"}]}, "clause_id is missing or empty"),
    ],
)
def test_a_malformed_row_is_refused_and_the_field_is_named(change, problem):
    with pytest.raises(ValueError, match=re.escape(problem)):
        parse_row({**ROW, **change})


@pytest.mark.parametrize("value", [[1], "甲", None])
def test_what_is_no_object_is_no_row(value):
    with pytest.raises(ValueError, match="expected a row to be an object, got"):
        parse_row(value)


@pytest.mark.parametrize("field", KNOWN)
def test_a_field_of_gold_rows_is_known(field):
    assert unknown({field: None}) == []


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        *[("leed", "lead"), ("quesiton", "question"), ("unit", "units"), ("Question", "question")],
        *[("behaviour", "behavior"), ("clause_id", "clause_ids"), ("evidences", "evidence")],
        *[("support_clauses_ids", "support_clause_ids"), ("qualifiers", "qualifier")],
    ],
)
def test_a_slip_of_a_field_comes_with_the_one_that_is_meant(slip, meant):
    assert unknown({**ROW, slip: None}) == [(slip, meant)]


@pytest.mark.parametrize("field", ["difficulty", "author", "lead_stated", "来源"])
def test_a_foreign_field_is_a_slip_of_none(field):
    assert unknown({**ROW, field: None}) == [(field, None)]


def test_fields_of_evidence_and_parts_are_looked_at_too():
    evidence = [{"text": "甲", "strat": 1, "x_page": 3}, "乙局"]
    parts = [{"doc": "000", "clause_id": "c", "reason": None}, {"docs": ["001"]}]
    assert unknown({"evidence": evidence, "parts": parts}) == [
        ("strat", "start"),
        ("reason", None),
        ("docs", "doc"),
    ]


@pytest.mark.parametrize("field", ["evidence", "parts"])
@pytest.mark.parametrize("value", [7, True, "甲局", {"text": "甲"}, None])
def test_what_should_be_a_list_and_is_none_has_no_unknown_fields(field, value):
    assert unknown({field: value}) == []


@given(st.text().map("x_{}".format), st.sampled_from(["row", "evidence", "parts"]))
def test_fields_of_the_writer_are_never_unknown(name: str, where: str) -> None:
    own: dict[str, Any] = {name: 1}
    assert unknown(own if where == "row" else {where: [own]}) == []


@given(
    st.dictionaries(st.sampled_from(KNOWN), st.none() | st.integers() | st.text() | st.booleans())
)
def test_any_object_is_a_row_or_is_refused_with_a_reason(values: dict[str, object]) -> None:
    try:
        row = parse_row(values)
    except ValueError:  # any other error would leave a line of a file untold
        return
    assert (row.id, row.question) == (values["id"], values["question"])
