import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.scores import (
    ALL_MEASURES,
    BETTER_WHEN_LOWER,
    JUDGED,
    SUMMED,
    Grouping,
    Score,
    best,
    clusters,
    contributions,
    group_names,
    grouped,
    improvement,
    latency,
    reasons,
    score,
)
from tests.eval.examples import answer, gold
from tests.eval.runs import row_result

A, B = "000_a.txt", "001_b.txt"


def one(rows, name):
    """The score of one measure."""
    return {each.name: each for each in score(rows)}[name]


def rows_of(name, *values, files=()):
    return [row_result(f"g{i}", {name: v}, files=files) for i, v in enumerate(values)]


def test_a_score_is_the_mean_of_the_rows_that_bear_on_it():
    scored = one(rows_of("mrr", 1, 0.5, 0, None), "mrr")
    assert (scored.value, scored.n) == (0.5, 3)


def test_a_count_is_summed_and_a_row_of_0_bears_on_it():
    scored = one(rows_of("false_leads", 2, 0, 1, None), "false_leads")
    assert (scored.value, scored.n) == (3, 3)
    assert one(rows_of("false_lead_rate", 1, 0, 1, None), "false_lead_rate").value == 2 / 3


def test_a_measure_that_no_row_bears_on_has_no_value():
    assert one(rows_of("mrr", None, None), "mrr") == Score("mrr", None, 0)
    assert one([], "false_leads") == Score("false_leads", None, 0)


def test_every_measure_is_scored_in_the_order_shown():
    assert [each.name for each in score([])] == list(ALL_MEASURES)


@pytest.mark.parametrize(("right", "wrong_or_missing"), [(3, 1), (1, 3), (0, 2), (4, 0), (2, 5)])
def test_f1_of_abstention_is_that_of_its_counts(right, wrong_or_missing):
    scored = one(rows_of("abstain_f1", *[1] * right, *[0] * wrong_or_missing), "abstain_f1")
    assert scored.value == 2 * right / (2 * right + wrong_or_missing)
    assert scored.n == right + wrong_or_missing


def test_f1_of_abstention_is_the_harmonic_mean_of_precision_and_recall():
    # Three abstained from rightly, one wrongly, two that should have been.
    values = [(1, 1, 1)] * 3 + [(0, None, 0)] + [(None, 0, 0)] * 2
    names = ("abstain_precision", "abstain_recall", "abstain_f1")
    rows = [
        row_result(f"g{i}", dict(zip(names, each, strict=True))) for i, each in enumerate(values)
    ]
    precision, recall, f1 = (one(rows, name).value for name in names)
    assert (precision, recall) == (3 / 4, 3 / 5)
    assert f1 == pytest.approx(2 / (4 / 3 + 5 / 3))


def test_a_row_adds_value_times_weight_and_its_weight():
    names = ["mrr", "abstain_f1", "false_leads"]
    rows = [
        row_result("g1", {"mrr": 0.5, "abstain_f1": 1, "false_leads": 3}),
        row_result("g2", {"mrr": None, "abstain_f1": 0}),
    ]
    numerators, denominators = contributions(rows, names)
    assert numerators.tolist() == [[0.5, 2, 3], [0, 0, 0]]
    assert denominators.tolist() == [[1, 2, 1], [0, 1, 0]]


def test_an_interval_is_the_wider_of_those_by_documents_and_by_questions():
    scored = one(rows_of("mrr", 1, 0, files=(A,)), "mrr")  # of one document: by questions
    assert (scored.value, scored.low, scored.high) == (0.5, 0, 1)
    alike = [
        row_result(f"g{file}{i}", {"mrr": float(i % 2)}, files=(file,))
        for file in (A, B)
        for i in range(50)
    ]
    scored = one(alike, "mrr")  # the documents do not differ at all
    assert 0.36 < scored.low < 0.44
    assert 0.56 < scored.high < 0.64


def test_one_row_gives_no_interval_and_two_do():
    scored = one(rows_of("mrr", 0.5, files=(A,)), "mrr")
    assert (scored.value, scored.low, scored.high) == (0.5, None, None)
    rows = [
        row_result("g1", {"mrr": 1}, files=(A,)),
        row_result("g2", {"mrr": 0}, files=(B,)),
    ]
    scored = one(rows, "mrr")
    assert (scored.value, scored.low, scored.high) == (0.5, 0, 1)


def test_an_interval_is_by_documents_not_by_questions():
    rows = [
        row_result(f"g{file}{i}", {"mrr": float(file == A)}, files=(file,))
        for file in (A, B)
        for i in range(50)
    ]
    scored = one(rows, "mrr")
    assert (scored.low, scored.high) == (0, 1)  # of a hundred documents it would be 0.4 to 0.6


def test_a_row_of_no_document_is_drawn_by_itself():
    scored = one(rows_of("mrr", *[1] * 5, *[0] * 5), "mrr")
    assert (scored.low, scored.high) == (pytest.approx(0.2), pytest.approx(0.8))


def test_rows_over_the_same_two_documents_are_one_cluster_in_any_order():
    rows = [row_result("g1", {}, files=(A, B)), row_result("g2", {}, files=(B, A))]
    others = [row_result("g3", {}, files=(A,)), row_result("g4", {}), row_result("g5", {})]
    assert clusters([*rows, *others]).tolist() == [0, 0, 1, 2, 3]


@pytest.mark.parametrize(
    ("values", "bounds"),
    [([1] * 25, (0.025 ** (1 / 25), 1)), ([0] * 25, (0, 1 - 0.025 ** (1 / 25)))],
)
def test_where_all_rows_are_right_or_wrong_the_exact_bound_stands(values, bounds):
    scored = one(rows_of("mrr", *values), "mrr")
    assert (scored.low, scored.high) == (pytest.approx(bounds[0]), pytest.approx(bounds[1]))


def test_intervals_can_be_left_out():
    rows = rows_of("mrr", 1, 0)
    assert {each.name: each for each in score(rows, intervals=False)}["mrr"] == Score("mrr", 0.5, 2)


VALUES = st.fixed_dictionaries(
    {},
    optional={
        name: st.sampled_from([None, 0, 1 / 3, 0.1, 1]) for name in ("mrr", "units_f1", "hit@1")
    }
    | {name: st.sampled_from([None, 0.0, 1.0]) for name in ("abstain_f1", "false_leads")},
)
FILES = st.sampled_from([(), (A,), (B,), (A, B)])


@settings(max_examples=20)
@given(
    facts=st.lists(st.tuples(VALUES, FILES), max_size=8), shuffler=st.randoms(use_true_random=False)
)
def test_the_order_of_rows_changes_no_score(facts, shuffler):
    rows = [row_result(f"g{i}", values, files=files) for i, (values, files) in enumerate(facts)]
    shuffled = list(rows)
    shuffler.shuffle(shuffled)
    assert score(shuffled) == score(rows)
    for by in Grouping:
        assert grouped(shuffled, by) == grouped(rows, by)


@settings(max_examples=30)
@given(st.lists(st.sampled_from([None, 0, 0.25, 0.5, 1]), max_size=8))
def test_a_mean_lies_between_its_values_and_a_sum_is_theirs(values):
    bearing = [value for value in values if value is not None]
    mean, total = (one(rows_of(n, *values), n).value for n in ("mrr", "false_leads"))
    assert total == (sum(bearing) if bearing else None)
    assert (mean is None) is (not bearing)
    assert mean is None or min(bearing) <= mean <= max(bearing)


def test_counts_and_rates_of_what_must_not_be_are_better_when_lower():
    assert {"false_leads", "false_lead_rate", "region_leakage"} == BETTER_WHEN_LOWER
    assert {"false_leads"} == SUMMED


@pytest.mark.parametrize(
    ("name", "before", "after", "gain"),
    [
        ("mrr", 0.5, 0.75, 0.25),
        ("mrr", 0.75, 0.5, -0.25),
        ("false_leads", 3, 1, 2),
        ("false_leads", 1, 3, -2),
        ("region_leakage", 0, 1, -1),
        ("hit@1", 1, 1, 0),
    ],
)
def test_an_improvement_is_positive_where_after_is_better(name, before, after, gain):
    assert improvement(name, before, after) == gain


@pytest.mark.parametrize("name", list(ALL_MEASURES))
def test_the_best_value_cannot_be_improved_on(name):
    assert improvement(name, 0.5, best(name)) == 0.5
    assert improvement(name, best(name), 0.5) == -0.5


def test_a_row_is_wrong_in_the_judged_measures_that_it_misses():
    values = {
        "lead_exact": 0,
        "false_leads": 1,
        "units_exact": 1,
        "units_f1": 0.5,  # not judged
        "parts_lead": 0.5,
        "status_right": None,
        "reason_right": 0,  # not judged
        "region_leakage": 0,
        "hit@1": 0,
        "hit@5": 1,
        "mrr": 0.5,  # not judged
    }
    row = row_result("g1", values)
    assert row.wrong == ("lead_exact", "false_leads", "parts_lead", "hit@1")


@pytest.mark.parametrize("name", list(ALL_MEASURES))
def test_only_a_judged_measure_makes_a_row_wrong(name):
    missed = 1 - best(name)
    assert row_result("g1", {name: missed}).wrong == ((name,) if name in JUDGED else ())
    assert row_result("g1", {name: best(name)}).wrong == ()
    assert row_result("g1", {name: None}).wrong == ()


def test_a_row_without_an_answer_is_wrong_in_what_counts_as_0_for_it():
    row = row_result("g1", {"lead_exact": 0, "mrr": 0, "citations_resolve": None}, failed=True)
    assert row.wrong == ("lead_exact",)


def test_groups_come_in_alphabetical_order_with_scores_of_their_own_rows():
    rows = [
        row_result("g1", {"mrr": 1}, gold=gold("units", "answer", id="g1")),
        row_result("g2", {"mrr": 0}, gold=gold("units", "answer", id="g2", lang="en")),
        row_result("g3", {"mrr": 0.25}, gold=gold("content", "not_stated", id="g3", lang="en")),
    ]
    found = {
        by: {
            name: one_group[list(ALL_MEASURES).index("mrr")].value for name, one_group in g.items()
        }
        for by, g in ((by, grouped(rows, by)) for by in Grouping)
    }
    assert found == {
        Grouping.TYPE: {"content": 0.25, "units": 0.5},
        Grouping.LANG: {"en": 0.125, "zh-Hans": 1},
        Grouping.BEHAVIOR: {"answer": 0.5, "not_stated": 0.25},
        Grouping.DOCUMENT: {"-": pytest.approx(1.25 / 3)},
    }
    assert [list(each) for each in found.values()] == [
        ["content", "units"],
        ["en", "zh-Hans"],
        ["answer", "not_stated"],
        ["-"],
    ]


def test_a_row_of_two_documents_stands_in_the_group_of_each():
    both = row_result("g1", {"mrr": 1}, files=(A, B))
    rows = [both, row_result("g2", {"mrr": 0}, files=(B,)), row_result("g3", {"mrr": 0.5})]
    assert group_names(both, Grouping.DOCUMENT) == (A, B)
    groups = grouped(rows, Grouping.DOCUMENT)
    found = {
        name: [(s.value, s.n) for s in scores if s.name == "mrr"] for name, scores in groups.items()
    }
    assert found == {"-": [(0.5, 1)], A: [(1, 1)], B: [(0.5, 2)]}


def reason_row(row_id, wanted, given_code):
    given_answer = {**answer(), "reason": {"code": given_code} if given_code else None}
    return row_result(row_id, {}, gold=gold(id=row_id, reason=wanted), answer=given_answer)


def test_reasons_are_told_apart_by_precision_recall_and_f1():
    rows = [
        reason_row("g1", "no_units", "no_units"),
        reason_row("g2", "no_units", "no_units"),
        reason_row("g3", "no_units", "no_match"),
        reason_row("g4", "no_match", "no_match"),
        reason_row("g5", "no_match", None),
        reason_row("g6", "no_lead", "joint"),
        reason_row("g7", None, "no_units"),  # to be answered in full: a false alarm
        reason_row("g8", None, None),
    ]
    failed = row_result("g9", {}, gold=gold(id="g9", reason="no_match"), failed=True)
    assert reasons([*rows, failed]) == {
        "joint": {"precision": 0, "recall": None, "f1": 0, "gold": 0, "given": 1},
        "no_lead": {"precision": None, "recall": 0, "f1": 0, "gold": 1, "given": 0},
        "no_match": {
            "precision": 1 / 2,
            "recall": 1 / 3,
            "f1": 2 / 5,
            "gold": 3,
            "given": 2,
        },
        "no_units": {
            "precision": 2 / 3,
            "recall": 2 / 3,
            "f1": 2 / 3,
            "gold": 3,
            "given": 3,
        },
    }


def test_rows_without_reasons_give_no_table_of_them():
    assert reasons([row_result("g1", {})]) == {}


def test_latency_is_given_in_percentiles_of_the_answers_that_came():
    times = [30.0, 10.0, 50.0, 20.0, 40.0]
    rows = [row_result(f"g{i}", {}, ms=ms) for i, ms in enumerate(times)]
    late = row_result("g8", {}, ms=60_000.0, failed=True)
    unknown = row_result("g9", {}, ms=None)
    # Between neighbours by the share of the way: 0.9 · (5 - 1) = 3.6 steps from the first.
    assert latency([*rows, late, unknown]) == {
        "p50": 30,
        "p90": 46,
        "p95": 48,
        "p99": 49.6,
        "max": 50,
        "n": 5,
    }


def test_without_an_answer_there_is_no_latency():
    assert latency([row_result("g1", {}, ms=60_000.0, failed=True)]) == {"n": 0}
