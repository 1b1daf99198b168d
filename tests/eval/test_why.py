from typing import Any

import pytest

from eval.scores import ALL_MEASURES, JUDGED, best
from eval.why import NOTHING, Why, why_wrong
from tests.eval.examples import answer, entry, gold, lead_row, parts_row, right_parts
from tests.eval.runs import UNREACHABLE, measured, row_result

ON_A: dict[str, Any] = {"clause_ids": ("a:（一）",)}
LEADS = entry(1, "a:（一）", "甲局", "甲局", "乙局")
NO_LEAD_ROW = lead_row(None, behavior="units_no_lead", **ON_A)
CONTENT = gold("content", "answer", "a:（一）", docs=("000",), **ON_A)
NOT_STATED = gold("content", "not_stated", docs=("000",), abstain=True)


def why(row, given_answer):
    """What was wanted and what came, by measure."""
    return {each.name: (each.wanted, each.got) for each in why_wrong(measured(row, given_answer))}


def abstaining(status, code):
    return {**answer(status=status), "reason": {"code": code}}


@pytest.mark.parametrize(
    ("row", "entries", "pair"),
    [
        (lead_row(), [{**LEADS, "lead": "丙局"}], ("甲局", "丙局")),
        (lead_row(), [{**LEADS, "lead": None}], ("甲局", NOTHING)),
        (lead_row(), [{**LEADS, "lead": "丙局"}, LEADS], ("甲局", "丙局")),  # [0] answers
        (lead_row(), [], ("甲局", NOTHING)),
        (NO_LEAD_ROW, [LEADS], (NOTHING, "甲局")),
    ],
)
def test_a_wrong_lead_is_told_beside_the_gold_one(row, entries, pair):
    assert why(row, answer("a:（一）", entries=tuple(entries)))["lead_exact"] == pair


def test_false_leads_are_told_and_none_was_wanted():
    other = {**LEADS, "lead": "丙局"}
    given_answer = answer("a:（一）", entries=(LEADS, {**LEADS, "lead": None}, other))
    assert why(NO_LEAD_ROW, given_answer)["false_leads"] == (NOTHING, "甲局、丙局")


@pytest.mark.parametrize(
    ("units", "got"), [(["乙局", "甲局"], "乙局、甲局"), (["丙局"], "丙局"), ([], NOTHING)]
)
def test_wrong_units_are_told_in_their_order(units, got):
    given_answer = answer("a:（一）", entries=({**LEADS, "units": units}, LEADS))
    assert why(lead_row(), given_answer)["units_exact"] == ("甲局、乙局", got)


def test_units_of_an_answer_without_entries_are_nothing():
    assert why(lead_row(), answer("a:（一）"))["units_exact"] == ("甲局、乙局", NOTHING)
    unlisted = lead_row(None, units=())
    given_answer = answer("a:（一）", entries=({**LEADS, "lead": None},))
    assert why(unlisted, given_answer)["units_exact"] == (NOTHING, "甲局、乙局")


def test_units_of_parts_are_told_clause_by_clause():
    given_answer = right_parts()
    given_answer["responsibilities"][1]["units"] = []
    del given_answer["responsibilities"][1]["clause_id"]  # then the citation names it
    assert why(parts_row(), given_answer) == {
        "units_exact": ("a:（一）: 甲局、乙局\nb:一: 丁局", "a:（一）: 甲局、乙局\nb:一: —")
    }


def test_leads_of_parts_are_told_clause_by_clause():
    given_answer = right_parts()
    given_answer["responsibilities"][0]["lead"] = "乙局"
    assert why(parts_row(), given_answer) == {
        "parts_lead": ("a:（一）: 甲局\nb:一: —", "a:（一）: 乙局\nb:一: —")
    }


def test_parts_that_are_not_cited_as_the_answer_are_told():
    given_answer = right_parts()
    given_answer["citations"][1]["role"] = "related"
    assert why(parts_row(), given_answer) == {"parts_recall": ("a:（一）\nb:一", "a:（一）")}
    nothing = why(parts_row(), answer())
    assert nothing["parts_recall"] == ("a:（一）\nb:一", NOTHING)
    assert nothing["units_exact"] == ("a:（一）: 甲局、乙局\nb:一: 丁局", NOTHING)


@pytest.mark.parametrize(
    ("qualifiers", "got"),
    [({"qualifiers": ["等"]}, "等"), ({"qualifiers": []}, NOTHING)],
)
def test_qualifiers_left_out_are_told(qualifiers, got):
    row = lead_row(qualifier=("等", "按职责分工负责"), **ON_A)
    given_answer = answer("a:（一）", entries=({**LEADS, **qualifiers},))
    assert why(row, given_answer) == {"qualifiers_right": ("等、按职责分工负责", got)}


def test_a_wrong_status_is_told_with_the_reason_given():
    assert why(NOT_STATED, answer("a:（一）")) == {
        "status_right": ("not_stated", "answered"),
        "abstain_recall": ("not_stated", "answered"),
    }
    assert why(gold("content", "answer"), abstaining("not_found", "no_match")) == {
        "status_right": ("answered", "not_found (no_match)"),
        "abstain_precision": ("answered", "not_found (no_match)"),
    }


def test_a_miss_is_told_with_the_gold_clauses_and_those_that_were_ranked_first():
    row = gold("content", "answer", "a:（一）", clause_ids=("a:（一）", "a:（二）"))
    cited = ["b:一", "b:二", "a:（二）", "b:一", "b:二", "a:（一）"]
    told = why(row, answer(*cited))
    assert told == {
        "hit@1": ("a:（一）、a:（二）", "b:一"),
        "hit@5": ("a:（一）、a:（二）", "b:一\nb:二\na:（二）\nb:一\nb:二"),
    }
    assert why(row, answer()) == {
        "hit@1": ("a:（一）、a:（二）", NOTHING),
        "hit@5": ("a:（一）、a:（二）", NOTHING),
    }


def test_a_miss_of_evidence_without_a_clause_is_told_with_its_words():
    row = gold("content", "answer", "a:（一）", docs=("000",))
    words = row.evidence[0].text
    assert words.startswith("（一）管药。")
    assert why(row, answer("a:（二）"))["hit@1"] == (words, "a:（二）")


def test_citations_that_name_no_clause_are_told_all_the_same():
    # As those of an adapter to a system without clauses.
    given_answer = answer("b:一", "a:（二）")
    for each in given_answer["citations"]:
        each["clause_id"] = ""
    told = why(lead_row(**ON_A), given_answer)
    first, second = "一、管藥。由丁局負責。", "（二）管械。责任单位：丙局。"
    assert told["hit@1"] == ("a:（一）", first)
    assert told["hit@5"] == ("a:（一）", f"{first}\n{second}")


def test_citations_that_do_not_resolve_are_told_by_their_share():
    given_answer = answer("a:（一）", "a:（二）", "a:（一）", "a:（一）")
    given_answer["citations"][1]["quote"] += "。"
    assert why(CONTENT, given_answer) == {"citations_resolve": ("1", "0.750")}


def test_figures_that_stand_in_no_citation_are_told():
    given_answer = {**answer("a:（一）"), "answer": "到2027年达到99.50%，依据1条[1]。"}
    assert why(CONTENT, given_answer) == {"figures_faithful": (NOTHING, "2027、99.5")}


def test_leakage_is_told_by_the_files_cited_each_once():
    given_answer = answer("a:（一）", "b:一", "b:二")
    assert why(CONTENT, given_answer) == {"region_leakage": ("000_a.txt", "000_a.txt、001_b.txt")}


def test_a_row_without_an_answer_is_told_by_its_error():
    failed = measured(lead_row(), None)
    assert why_wrong(failed) == [
        Why("lead_exact", NOTHING, UNREACHABLE),  # said once
        *(Why(n, NOTHING, NOTHING) for n in ("units_exact", "status_right", "hit@1", "hit@5")),
    ]
    silent = row_result("g1", {"lead_exact": 0}, answer=None)
    assert why_wrong(silent) == [Why("lead_exact", NOTHING, NOTHING)]


def test_a_right_answer_has_nothing_wrong():
    assert why(lead_row(), answer("a:（一）", entries=(LEADS,))) == {}
    assert why(parts_row(), right_parts()) == {}
    assert why(NOT_STATED, abstaining("not_stated", "no_units")) == {}


def test_what_is_wrong_comes_in_the_order_of_the_measures():
    told = why(lead_row(), {**answer("b:一", status="not_found"), "answer": "2027年"})
    assert list(told) == [name for name in ALL_MEASURES if name in told]
    assert list(told) == [
        "lead_exact",
        "units_exact",
        "status_right",
        "abstain_precision",
        "figures_faithful",
        "region_leakage",
        "hit@1",
        "hit@5",
    ]


@pytest.mark.parametrize("name", sorted(JUDGED))
def test_every_judged_measure_that_is_missed_is_told(name):
    row = row_result("g1", {name: 1 - best(name)}, gold=lead_row())
    assert [each.name for each in why_wrong(row)] == [name]
