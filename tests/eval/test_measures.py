from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.answered import Answered
from eval.gold import Behavior, Evidence
from eval.locate import locate
from eval.measures import EXPECTED_STATUS, MEASURES, SUMMED
from tests.eval.examples import (
    CLAUSES,
    SPANS,
    TEXTS,
    answer,
    answered,
    citation,
    entry,
    gold,
    lead_row,
    parts_row,
    right_parts,
)

OUT_OF_SCOPE = gold("unanswerable", "out_of_scope")
CONTENT = gold("content", "answer", "a:（一）", docs=("000",))
LEADS = entry(1, "a:（一）", "甲局", "甲局", "乙局")
NO_LEAD = entry(1, "a:（一）", None, "甲局", "乙局")


def value(name, row, given_answer):
    return MEASURES[name](answered(row, given_answer))


@pytest.mark.parametrize(
    ("row", "entries", "expected"),
    [
        (lead_row(), [LEADS], 1),
        (lead_row(), [{**LEADS, "lead": "乙局"}], 0),
        (lead_row(), [NO_LEAD], 0),
        (lead_row(), [], 0),
        (lead_row(), [LEADS, {**LEADS, "lead": "丙局"}], 1),  # [0] answers
        (lead_row(None, behavior="units_no_lead"), [NO_LEAD], 1),
        (lead_row(None, behavior="units_no_lead"), [LEADS], 0),
        (lead_row(None, behavior="no_units_show_clause", abstain=True), [], 1),
        (lead_row(lead_stated=False), [LEADS], None),
        (lead_row("衛生 （甲） 局"), [{**LEADS, "lead": "卫生(甲)局"}], 1),
        (CONTENT, [LEADS], None),
        (replace(CONTENT, lead_stated=True), [LEADS], None),
        (replace(CONTENT, lead_stated=True, lead="甲局"), [LEADS], 1),
    ],
)
def test_lead_exact_compares_the_first_lead_with_the_gold_one(row, entries, expected):
    assert value("lead_exact", row, answer("a:（一）", entries=tuple(entries))) == expected


def test_parts_lead_is_the_share_of_parts_with_their_lead():
    right = right_parts()
    assert value("parts_lead", parts_row(), right) == 1
    assert value("lead_exact", parts_row(), right) is None
    first, second = right["responsibilities"]
    assert value("parts_lead", parts_row(), {**right, "responsibilities": [second, first]}) == 1
    assert value("parts_lead", parts_row(), {**right, "responsibilities": [first]}) == 0.5
    invented = [first, {**second, "lead": "丁局"}]
    assert value("parts_lead", parts_row(), {**right, "responsibilities": invented}) == 0.5
    swapped = [{**first, "citation": 2}, {**second, "citation": 1}]
    assert value("parts_lead", parts_row(), {**right, "responsibilities": swapped}) == 0


@pytest.mark.parametrize(
    ("row", "entries", "expected"),
    [
        (lead_row(None, behavior="units_no_lead"), [NO_LEAD], 0),
        (lead_row(None, behavior="units_no_lead"), [LEADS, NO_LEAD, LEADS], 2),
        (lead_row(None, behavior="not_stated", abstain=True), [LEADS], 1),
        (lead_row(), [LEADS], None),
        (replace(OUT_OF_SCOPE, abstain=True), [LEADS], 1),
        (replace(OUT_OF_SCOPE, abstain=True), [], 0),
        (CONTENT, [LEADS], None),
    ],
)
def test_false_leads_counts_leads_where_there_is_none(row, entries, expected):
    assert value("false_leads", row, answer("a:（一）", entries=tuple(entries))) == expected


def test_false_leads_of_parts_looks_at_the_parts_without_a_lead():
    right = right_parts()
    assert value("false_leads", parts_row(), right) == 0
    first, second = right["responsibilities"]
    invented = [first, {**second, "lead": "丁局"}]
    assert value("false_leads", parts_row(), {**right, "responsibilities": invented}) == 1
    with_leads = replace(parts_row(), parts=parts_row().parts[:1])
    assert value("false_leads", with_leads, right) is None


@pytest.mark.parametrize(
    ("row", "units", "expected"),
    [
        (lead_row(), ["甲局", "乙局"], 1),
        (lead_row(), ["乙局", "甲局"], 0),
        (lead_row(), ["甲局"], 0),
        (lead_row(), ["甲局", "乙局", "丙局"], 0),
        (lead_row(units=("衛健委",)), ["卫健委"], 1),
        (lead_row(behavior="not_stated", abstain=True), ["甲局", "乙局"], None),
        (CONTENT, ["甲局"], None),
    ],
)
def test_units_exact_wants_the_units_in_their_order(row, units, expected):
    given_answer = answer("a:（一）", entries=(entry(1, "a:（一）", None, *units),))
    assert value("units_exact", row, given_answer) == expected


def test_units_exact_without_an_entry_is_right_where_no_unit_is_listed():
    assert value("units_exact", lead_row(units=()), answer("a:（一）")) == 1
    assert value("units_exact", lead_row(), answer("a:（一）")) == 0


def test_units_exact_of_parts_wants_each_part_right():
    right = right_parts()
    assert value("units_exact", parts_row(), right) == 1
    right["responsibilities"][1]["units"] = ["丁局", "甲局"]
    assert value("units_exact", parts_row(), right) == 0


@pytest.mark.parametrize("behavior", list(Behavior))
def test_status_right_wants_the_status_of_the_behavior(behavior):
    row = gold("content", behavior)
    right = EXPECTED_STATUS[behavior]
    for status in ("answered", "partial", "not_stated", "not_found"):
        assert value("status_right", row, answer(status=status)) == (status == right)


@pytest.mark.parametrize(
    ("row", "right"),
    [
        (gold("content", "not_stated", abstain=True), {"not_stated", "not_found"}),
        (replace(OUT_OF_SCOPE, abstain=True), {"not_stated", "not_found"}),
        (gold("task_of_unit", "units_no_lead"), {"partial"}),
        (CONTENT, {"answered"}),
    ],
)
def test_status_lenient_takes_one_abstention_for_the_other(row, right):
    for status in ("answered", "partial", "not_stated", "not_found"):
        assert value("status_lenient", row, answer(status=status)) == (status in right)


@pytest.mark.parametrize(
    ("cited", "first", "within", "reciprocal"),
    [
        (["a:（一）"], 1, 1, 1),
        (["a:（二）", "a:（一）"], 0, 1, 1 / 2),
        (["b:一", "b:二", "a:（二）", "b:一", "a:（一）"], 0, 1, 1 / 5),
        (["b:一", "b:二", "a:（二）", "b:一", "b:一", "a:（一）"], 0, 0, 1 / 6),
        (["b:一"], 0, 0, 0),
        ([], 0, 0, 0),
    ],
)
def test_hits_are_ranked_by_the_order_of_citations(cited, first, within, reciprocal):
    given_answer = answer(*cited)
    assert value("hit@1", lead_row(), given_answer) == first
    assert value("hit@5", lead_row(), given_answer) == within
    assert value("mrr", lead_row(), given_answer) == pytest.approx(reciprocal)


def test_rows_without_evidence_do_not_count_for_hits():
    only_support = gold("units", "answer", "a:（一）", support_clause_ids=("a:（一）",))
    for row in (OUT_OF_SCOPE, only_support):
        for name in ("hit@1", "hit@5", "mrr"):
            assert value(name, row, answer("a:（一）")) is None


@pytest.mark.parametrize(("start", "hit"), [(0, 1), (13, 1), (15, 1), (16, 0), (17, 0)])
def test_a_hit_covers_at_least_half_of_the_evidence(start, hit):
    text = TEXTS["000_a.txt"][start:17] or "管"
    row = replace(CONTENT, evidence=(Evidence(TEXTS["000_a.txt"][13:17], "000", 13, 17),))
    cited = citation(1, "a:（一）")
    cited["source"]["start"] = start
    assert value("hit@1", row, {**answer(), "citations": [{**cited, "quote": text}]}) == hit


def test_a_citation_in_another_file_hits_nothing():
    cited = citation(1, "a:（一）")
    cited["source"]["file"] = "001_b.txt"
    assert value("hit@1", CONTENT, {**answer(), "citations": [cited]}) == 0


def test_a_citation_wider_than_its_clause_counts_for_nothing():
    cited = citation(1, "a:（一）")
    cited["source"]["end"] += 1
    cited["quote"] = TEXTS["000_a.txt"][:18]
    wide = {**answer(), "citations": [cited]}
    assert value("hit@1", CONTENT, wide) == 0
    assert value("citations_resolve", CONTENT, wide) == 0
    unknown = Answered(locate(CONTENT, TEXTS), wide, TEXTS)
    assert MEASURES["citations_resolve"](unknown) == 1


def test_citations_resolve_is_the_share_quoted_word_for_word():
    given_answer = answer("a:（一）", "a:（二）", "b:一", "b:二")
    assert value("citations_resolve", CONTENT, given_answer) == 1
    given_answer["citations"][1]["quote"] += "。"
    assert value("citations_resolve", CONTENT, given_answer) == 3 / 4
    given_answer["citations"][2]["source"]["file"] = "other.txt"
    assert value("citations_resolve", CONTENT, given_answer) == 2 / 4
    assert value("citations_resolve", CONTENT, answer()) is None


@pytest.mark.parametrize(
    ("abstain", "status", "precision", "recall"),
    [
        (True, "not_stated", 1, 1),
        (True, "not_found", 1, 1),
        (True, "answered", None, 0),
        (False, "not_found", 0, None),
        (False, "partial", None, None),
    ],
)
def test_abstention_is_judged_on_the_rows_that_bear_on_it(abstain, status, precision, recall):
    row = gold("content", "not_stated" if abstain else "answer", abstain=abstain)
    assert value("abstain_precision", row, answer(status=status)) == precision
    assert value("abstain_recall", row, answer(status=status)) == recall


def test_parts_recall_is_the_share_of_parts_cited_as_the_answer():
    given_answer = right_parts()
    assert value("parts_recall", parts_row(), given_answer) == 1
    given_answer["citations"][1]["role"] = "related"
    assert value("parts_recall", parts_row(), given_answer) == 1 / 2
    assert value("parts_recall", parts_row(), answer()) == 0
    assert value("parts_recall", lead_row(), given_answer) is None


def test_region_leakage_is_an_answer_from_another_document():
    assert value("region_leakage", lead_row(), answer("a:（一）")) == 0
    mixed = answer("a:（一）", "b:一")
    assert value("region_leakage", lead_row(), mixed) == 1
    mixed["citations"][1]["role"] = "related"
    assert value("region_leakage", lead_row(), mixed) == 0
    assert value("region_leakage", parts_row(), right_parts()) is None


CITED = st.lists(st.sampled_from(sorted(CLAUSES)), max_size=7)
ENTRIES = st.lists(
    st.builds(entry, st.integers(1, 7), st.just("x"), st.sampled_from([None, "甲局"])), max_size=4
)
ROWS = st.sampled_from([lead_row(), parts_row(), CONTENT, replace(OUT_OF_SCOPE, abstain=True)])
STATUSES = st.sampled_from(["answered", "partial", "not_stated", "not_found"])


@given(row=ROWS, cited=CITED, entries=ENTRIES, status=STATUSES)
def test_every_measure_lies_between_0_and_1(row, cited, entries, status):
    one = Answered(
        locate(row, TEXTS), answer(*cited, status=status, entries=tuple(entries)), TEXTS, SPANS
    )
    for name, measure in MEASURES.items():
        measured = measure(one)
        if measured is not None:
            assert 0 <= measured <= (len(entries) * 2 if name in SUMMED else 1), name
