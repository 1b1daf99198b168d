import copy
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.answered import Answered
from eval.documents import Documents
from eval.gold import Behavior, Evidence
from eval.locate import locate
from eval.measures import EXPECTED_STATUS, MEASURES
from eval.ranking import RANKING_MEASURES, ranking_values
from eval.scores import BETTER_WHEN_LOWER, SUMMED
from tests.eval.examples import (
    CLAUSES,
    DOCUMENTS,
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
    one = answered(row, given_answer)
    if name in RANKING_MEASURES:
        return ranking_values([one]).get(row.id, {}).get(name)
    return MEASURES[name].value(one)


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
    unknown = Answered(locate(CONTENT, TEXTS), wide, Documents(TEXTS))
    assert MEASURES["citations_resolve"].value(unknown) == 1


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


def test_lead_named_counts_the_rows_with_a_designated_lead():
    assert value("lead_named", lead_row(), answer("a:（一）", entries=(LEADS,))) == 1
    assert value("lead_named", lead_row(), answer("a:（一）", entries=(NO_LEAD,))) == 0
    none = lead_row(None, behavior="units_no_lead")
    assert value("lead_named", none, answer("a:（一）", entries=(NO_LEAD,))) is None
    assert value("lead_exact", none, answer("a:（一）", entries=(NO_LEAD,))) == 1


def test_what_the_gold_leaves_open_is_not_measured():
    row = lead_row(units=(), units_stated=False)
    for name in ("units_exact", "units_f1"):
        assert value(name, row, answer("a:（一）", entries=(LEADS,))) is None
    parts = tuple(replace(part, units_stated=False) for part in parts_row().parts)
    assert value("units_exact", replace(parts_row(), parts=parts), right_parts()) is None
    one = (parts_row().parts[0], parts[1])
    right = right_parts()
    right["responsibilities"][1]["units"] = ["戊局"]
    assert value("units_exact", replace(parts_row(), parts=one), right) == 1


def test_what_a_system_does_not_give_is_not_measured():
    row = lead_row(qualifier=("等",), reason="no_lead_designated", behavior="units_no_lead")
    given_answer = answer("a:（一）", entries=(LEADS,))  # its entries have no qualifiers
    assert value("qualifiers_right", row, given_answer) is None
    assert value("qualifiers_right", row, answer("a:（一）")) == 0
    del given_answer["reason"]
    assert value("reason_right", row, given_answer) is None


def test_false_lead_rate_tells_whether_any_lead_is_named():
    row = lead_row(None, behavior="units_no_lead")
    assert value("false_lead_rate", row, answer("a:（一）", entries=(NO_LEAD,))) == 0
    assert value("false_lead_rate", row, answer("a:（一）", entries=(LEADS, LEADS))) == 1
    assert value("false_lead_rate", lead_row(), answer("a:（一）", entries=(LEADS,))) is None


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        (["甲局", "乙局"], 1),
        (["乙局", "甲局"], 1),
        (["甲局"], 2 / 3),
        (["甲局", "乙局", "丙局", "丁局"], 4 / 6),
        (["丙局"], 0),
        ([], 0),
    ],
)
def test_units_f1_compares_sets(named, expected):
    given_answer = answer("a:（一）", entries=(entry(1, "a:（一）", None, *named),))
    assert value("units_f1", lead_row(), given_answer) == pytest.approx(expected)


def test_units_f1_of_nothing_against_nothing_is_1():
    assert value("units_f1", lead_row(units=()), answer("a:（一）")) == 1


def test_units_f1_of_parts_is_the_mean_over_the_parts():
    right = right_parts()
    assert value("units_f1", parts_row(), right) == 1
    right["responsibilities"][1]["units"] = ["丁局", "甲局"]
    assert value("units_f1", parts_row(), right) == pytest.approx((1 + 2 / 3) / 2)
    del right["responsibilities"][1]
    assert value("units_f1", parts_row(), right) == 0.5


@pytest.mark.parametrize(
    ("wanted", "said", "expected"),
    [
        (("等",), ["等"], 1),
        (("等",), ["按职责分工负责", "等"], 1),
        (("等", "各县（市、区）政府"), ["等", "各县(市、區)人民政府"], 1),
        (("等", "各县政府"), ["等"], 0),
        (("等",), [], 0),
        ((), ["等"], None),
    ],
)
def test_qualifiers_right_wants_every_gold_qualifier_said(wanted, said, expected):
    given_answer = answer("a:（一）", entries=({**LEADS, "qualifiers": said},))
    assert value("qualifiers_right", lead_row(qualifier=wanted), given_answer) == expected


def test_parts_precision_is_the_share_of_entries_on_a_part():
    right = right_parts()
    assert value("parts_precision", parts_row(), right) == 1
    right["citations"].append(citation(3, "b:二"))
    right["responsibilities"].append(entry(3, "b:二", None, "丁局"))
    assert value("parts_precision", parts_row(), right) == 2 / 3
    assert value("parts_precision", parts_row(), answer()) == 0
    assert value("parts_precision", lead_row(), right) is None


def test_reason_right_compares_the_code_where_the_row_gives_one():
    row = gold("content", "not_stated", abstain=True, reason="fact_not_stated")
    stated = {**answer(status="not_stated"), "reason": {"code": "fact_not_stated", "message": ""}}
    assert value("reason_right", row, stated) == 1
    other = {**stated, "reason": {"code": "term_not_explained", "message": ""}}
    assert value("reason_right", row, other) == 0
    assert value("reason_right", row, answer(status="not_stated")) == 0
    assert value("reason_right", replace(row, reason=None), stated) is None


@pytest.mark.parametrize(
    ("abstain", "status", "f1", "weight"),
    [
        (True, "not_stated", 1, 2),
        (True, "answered", 0, 1),
        (False, "not_found", 0, 1),
        (False, "answered", None, None),
    ],
)
def test_abstain_f1_weighs_a_right_abstention_twice(abstain, status, f1, weight):
    row = gold("content", "not_stated" if abstain else "answer", abstain=abstain)
    measured = value("abstain_f1", row, answer(status=status))
    assert measured == f1
    if measured is not None:
        assert MEASURES["abstain_f1"].weight(measured) == weight


def test_citation_precision_is_the_share_of_answer_citations_that_are_evidence():
    row = gold("units", "answer", "a:（一）", "a:（二）", support_clause_ids=("a:（二）",))
    assert value("citation_precision", row, answer("a:（一）", "a:（二）")) == 1
    assert value("citation_precision", row, answer("a:（一）", "b:一")) == 1 / 2
    related = answer("a:（一）", "b:一")
    related["citations"][1]["role"] = "related"
    assert value("citation_precision", row, related) == 1
    assert value("citation_precision", row, answer()) == 0
    assert value("citation_precision", OUT_OF_SCOPE, answer("b:一")) is None


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("由甲局负责[1]。", None),
        ("到2025年达到99.5％[1]", 1),
        ("到2025年12月达到99.50%", 2 / 3),
        ("到二〇二五年达到九十八", 1 / 2),
        ("共2条[1][2]", 1),
        ("第7号文[1]", 1),
    ],
)
def test_figures_faithful_is_the_share_of_figures_that_stand_in_what_is_cited(words, expected):
    one, other = citation(1, "a:（一）"), citation(2, "a:（二）", "answer")
    one["quote"] = "到2025年，合格率达到99.5%"
    one["label"] = "甲政发〔2020〕7号 第一项"
    related = {**citation(3, "b:一", "related"), "quote": "12 98"}
    given_answer = {**answer(), "answer": words, "citations": [one, other, related]}
    assert value("figures_faithful", CONTENT, given_answer) == (
        None if expected is None else pytest.approx(expected)
    )


def test_an_abstention_may_repeat_the_figures_of_the_question_and_an_answer_may_not():
    row = replace(CONTENT, question="到2030年的目标是多少？")
    abstained = {**answer("a:（一）", status="not_stated"), "answer": "没有写明2030年的目标"}
    assert value("figures_faithful", row, abstained) == 1
    assert value("figures_faithful", row, {**abstained, "status": "answered"}) == 0


def test_region_leakage_is_by_region_where_documents_have_one():
    same = Documents(TEXTS, SPANS, {"000_a.txt": "330000", "001_b.txt": "330000"})
    apart = Documents(TEXTS, SPANS, {"000_a.txt": "330000", "001_b.txt": "310000"})
    mixed = answer("a:（一）", "b:一")
    row = locate(lead_row(), TEXTS)
    assert MEASURES["region_leakage"].value(Answered(row, mixed, same)) == 0
    assert MEASURES["region_leakage"].value(Answered(row, mixed, apart)) == 1
    both = locate(parts_row(), TEXTS)
    assert MEASURES["region_leakage"].value(Answered(both, mixed, same)) == 0
    assert MEASURES["region_leakage"].value(Answered(both, mixed, apart)) is None


def test_region_leakage_sees_the_units_of_another_region():
    mixed = answer("a:（一）", "b:一", entries=(entry(2, "b:一", "丁局", "丁局"),))
    mixed["citations"][1]["role"] = "related"
    assert value("region_leakage", lead_row(), mixed) == 1


def test_a_question_without_an_answer_is_wrong_in_all_that_it_bears_on():
    rows = [
        lead_row(),
        lead_row(None, behavior="units_no_lead", units=()),
        parts_row(),
        CONTENT,
        gold("content", "not_stated", abstain=True, reason="fact_not_stated"),
    ]
    said = {name for name, measure in MEASURES.items() if measure.said}
    assert said == {
        "false_leads",
        "false_lead_rate",
        "citations_resolve",
        "figures_faithful",
        "region_leakage",
    }
    for row in rows:
        failed = answered(row, None)
        measured = {name: measure.value(failed) for name, measure in MEASURES.items()}
        assert all(measured[name] is None for name in said)
        assert {each for name, each in measured.items() if name not in said} <= {0, None}
        assert measured["status_right"] == 0
    assert measured["abstain_recall"] == measured["reason_right"] == 0
    assert MEASURES["lead_exact"].value(answered(rows[1], None)) == 0
    assert MEASURES["units_exact"].value(answered(rows[1], None)) == 0


# ---- a worse answer never scores higher ------------------------------------------------------

RIGHT = {
    "lead": (
        lead_row(qualifier=("等",)),
        answer("a:（一）", entries=({**LEADS, "qualifiers": ["等"]},)),
    ),
    "parts": (parts_row(), right_parts()),
    "content": (CONTENT, {**answer("a:（一）"), "answer": "有1条[1]"}),
    "abstaining": (
        gold("content", "not_stated", "a:（一）", abstain=True, reason="fact_not_stated"),
        {
            **answer("a:（一）", status="not_stated"),
            "reason": {"code": "fact_not_stated", "message": ""},
        },
    ),
}


def _lose_lead(given_answer):
    for each in given_answer["responsibilities"]:
        each["lead"] = "戊局"


def _lose_units(given_answer):
    for each in given_answer["responsibilities"]:
        each["units"] = [*each["units"], "戊局"]
        each["qualifiers"] = []


def _lose_entries(given_answer):
    given_answer["responsibilities"] = []


def _cite_elsewhere(given_answer):
    given_answer["citations"] = [
        {**citation(each["n"], "b:二")} for each in given_answer["citations"]
    ]


def _misquote(given_answer):
    for each in given_answer["citations"]:
        each["quote"] += "。"


def _invent_figures(given_answer):
    given_answer["answer"] += "，达到77%"


def _change_status(given_answer):
    answering = given_answer["status"] in ("answered", "partial")
    given_answer["status"] = "not_found" if answering else "answered"
    given_answer["reason"] = None


HARMS = [
    _lose_lead,
    _lose_units,
    _lose_entries,
    _cite_elsewhere,
    _misquote,
    _invent_figures,
    _change_status,
]


@pytest.mark.parametrize("kind", sorted(RIGHT))
@given(harms=st.lists(st.sampled_from(HARMS), min_size=1, max_size=4, unique=True))
def test_a_worse_answer_never_scores_higher(kind, harms):
    row, right = RIGHT[kind]
    worse = copy.deepcopy(right)
    for name in (*MEASURES, *RANKING_MEASURES):
        assert value(name, row, right) in (None, 0 if name in BETTER_WHEN_LOWER else 1), name
    for harm in harms:
        harm(worse)
    for name in (*MEASURES, *RANKING_MEASURES):
        before, after = value(name, row, right), value(name, row, worse)
        if before is not None and after is not None:
            assert after >= before if name in BETTER_WHEN_LOWER else after <= before, name


CITED = st.lists(st.sampled_from(sorted(CLAUSES)), max_size=7)
ENTRIES = st.lists(
    st.builds(entry, st.integers(1, 7), st.just("x"), st.sampled_from([None, "甲局"])), max_size=4
)
ROWS = st.sampled_from([lead_row(), parts_row(), CONTENT, replace(OUT_OF_SCOPE, abstain=True)])
STATUSES = st.sampled_from(["answered", "partial", "not_stated", "not_found"])


@given(row=ROWS, cited=CITED, entries=ENTRIES, status=STATUSES)
def test_every_measure_lies_between_0_and_1(row, cited, entries, status):
    one = Answered(
        locate(row, TEXTS), answer(*cited, status=status, entries=tuple(entries)), DOCUMENTS
    )
    for name, measure in MEASURES.items():
        measured = measure.value(one)
        if measured is not None:
            assert 0 <= measured <= (len(entries) * 2 if name in SUMMED else 1), name
