from math import sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.compare import Fate, compare_runs
from eval.errors import ComparisonError
from eval.scores import ALL_MEASURES, JUDGED, SUMMED
from tests.eval.examples import gold, lead_row
from tests.eval.runs import measured, row_result, stored

Z = 1.959964 + 0.841621  # normal quantiles of 0.975 and 0.8


def compared(before, after):
    """Compare two runs, from each question's values in both; None for no answer."""
    runs = []
    for name, rows in (("A", before), ("B", after)):
        results = [
            row_result(f"g{i}", values or {}, failed=values is None)
            for i, values in enumerate(rows)
        ]
        runs.append(stored(*results, name=name))
    return compare_runs(*runs)


def of_measure(name, before, after):
    """Compare two runs by a measure, from its value for each question in both."""
    return compared(*([{name: value} for value in run] for run in (before, after))).change(name)


def fate_of(before, after):
    (row,) = compared([before], [after]).rows
    return row.fate, row.gained, row.lost


@pytest.mark.parametrize(
    ("before", "after", "fate", "gained", "lost"),
    [
        ({"hit@1": 0}, {"hit@1": 1}, Fate.BETTER, ("hit@1",), ()),
        ({"hit@1": 1}, {"hit@1": 0}, Fate.WORSE, (), ("hit@1",)),
        ({"hit@1": 1}, {"hit@1": 1}, Fate.STAYED_RIGHT, (), ()),
        ({"hit@1": 0}, {"hit@1": 0}, Fate.STAYED_WRONG, (), ()),
        (
            {"hit@1": 0, "units_exact": 1, "lead_exact": 1},
            {"hit@1": 1, "units_exact": 0, "lead_exact": 0},
            Fate.MIXED,
            ("hit@1",),
            ("lead_exact", "units_exact"),
        ),
        # better, yet not right
        ({"parts_lead": 0}, {"parts_lead": 0.5}, Fate.BETTER, ("parts_lead",), ()),
        ({"parts_lead": 1}, {"parts_lead": 0.5}, Fate.WORSE, (), ("parts_lead",)),
        # lower is better
        ({"false_leads": 2}, {"false_leads": 1}, Fate.BETTER, ("false_leads",), ()),
        ({"false_leads": 0}, {"false_leads": 1}, Fate.WORSE, (), ("false_leads",)),
        ({"region_leakage": 0}, {"region_leakage": 1}, Fate.WORSE, (), ("region_leakage",)),
        # not judged
        ({"mrr": 0.5, "units_f1": 1}, {"mrr": 1, "units_f1": 0}, Fate.STAYED_RIGHT, (), ()),
        ({}, {}, Fate.STAYED_RIGHT, (), ()),
    ],
)
def test_the_fate_of_a_question_is_what_it_gained_and_lost(before, after, fate, gained, lost):
    assert fate_of(before, after) == (fate, gained, lost)


def test_an_abstention_that_came_or_went_is_judged_by_the_run_it_is_in():
    wrongly = {"status_right": 0, "abstain_precision": 0}
    rightly = {"status_right": 1, "abstain_precision": None}
    assert fate_of(wrongly, rightly) == (Fate.BETTER, ("status_right", "abstain_precision"), ())
    assert fate_of(rightly, wrongly) == (Fate.WORSE, (), ("status_right", "abstain_precision"))


def test_a_right_abstention_that_went_is_lost_once_in_recall():
    kept = {"abstain_precision": 1, "abstain_recall": 1}
    gone = {"abstain_precision": None, "abstain_recall": 0}
    assert fate_of(kept, gone) == (Fate.WORSE, (), ("abstain_recall",))
    assert fate_of(gone, kept) == (Fate.BETTER, ("abstain_recall",), ())


def test_a_question_that_lost_its_answer_is_worse():
    row = lead_row()
    right = row_result("g1", {"lead_exact": 1, "false_leads": None}, gold=row)
    (change,) = compare_runs(stored(right), stored(measured(row, None))).rows
    assert change.fate is Fate.WORSE
    assert "lead_exact" in change.lost


def test_a_question_is_not_better_for_having_lost_its_wrong_answer():
    said = {"status_right": 0, "false_leads": 1, "region_leakage": 1}
    nothing = {"status_right": 0, "false_leads": None, "region_leakage": None}
    answered, failed = row_result("g0", said), row_result("g0", nothing, failed=True)
    (lost,) = compare_runs(stored(answered), stored(failed)).rows
    assert lost.fate is not Fate.BETTER
    assert lost.gained == ()
    (came,) = compare_runs(stored(failed), stored(answered)).rows
    assert came.fate is not Fate.WORSE


def test_questions_are_found_by_fate_in_the_order_of_the_later_run():
    values = {"a": (0, 1), "b": (1, 0), "c": (0, 1), "d": (0, 0), "e": (1, 1)}
    before = [row_result(key, {"hit@1": one}) for key, (one, _) in values.items()]
    after = [row_result(key, {"hit@1": other}) for key, (_, other) in values.items()]
    comparison = compare_runs(stored(*before), stored(*reversed(after)))
    assert {fate: [row.after.gold.id for row in comparison.of(fate)] for fate in Fate} == {
        Fate.WORSE: ["b"],
        Fate.MIXED: [],
        Fate.BETTER: ["c", "a"],
        Fate.STAYED_WRONG: ["d"],
        Fate.STAYED_RIGHT: ["e"],
    }
    assert [row.after.gold.id for row in comparison.rows] == ["e", "d", "c", "b", "a"]


def test_questions_of_one_run_or_with_another_gold_row_are_left_out_and_counted():
    before = [row_result(key, {"mrr": 1}) for key in ("only A", "changed", "shared")]
    after = [
        row_result("shared", {"mrr": 0}),
        row_result("changed", {"mrr": 0}, gold=gold(id="changed", lead="甲局")),
        row_result("only B", {"mrr": 0}),
        row_result("also only B", {"mrr": 0}),
    ]
    comparison = compare_runs(stored(*before), stored(*after))
    assert comparison.left_out == 4
    assert [row.before.gold.id for row in comparison.rows] == ["shared"]
    change = comparison.change("mrr")
    assert (change.before.n, change.after.n, change.difference) == (1, 1, -1)


def test_nothing_is_left_out_of_runs_of_the_same_gold_rows():
    assert compared([{"mrr": 1}] * 3, [{"mrr": 0}] * 3).left_out == 0


def test_runs_without_a_shared_gold_row_are_refused_and_both_are_named():
    before = stored(row_result("g1", {}), row_result("g2", {}), name="A")
    after = stored(row_result("g3", {}), row_result("g2", {}, gold=lead_row(id="g2")), name="B")
    with pytest.raises(ComparisonError, match=r"/runs/A and /runs/B share no question"):
        compare_runs(before, after)


def test_a_change_is_after_minus_before_of_the_means():
    change = of_measure("hit@1", [1, 0, 0, 0, None], [1, 1, 1, 0, None])
    assert change.name == "hit@1"
    assert (change.before.value, change.after.value) == (0.25, 0.75)
    assert (change.before.n, change.after.n) == (4, 4)
    assert change.difference == 0.5
    assert change.p == pytest.approx(2 / 4, abs=0.03)
    assert change.smallest is None
    # Differences 0, 1, 1, 0 about their mean 1/2.
    assert change.detectable == pytest.approx(Z * sqrt(4 * 0.25 / 3) / 2)


def test_six_of_ten_questions_changed_one_way_are_shown_and_five_are_not():
    six = of_measure("hit@1", [0] * 10, [1] * 6 + [0] * 4)
    assert (six.difference, six.smallest) == (0.6, 0.6)
    assert six.p == pytest.approx(2 / 64, abs=0.01)
    five = of_measure("hit@1", [0] * 10, [1] * 5 + [0] * 5)
    assert (five.difference, five.smallest) == (0.5, 0.6)
    assert five.p == pytest.approx(2 / 32, abs=0.01)


def test_of_counts_there_is_no_smallest_and_no_detectable_difference():
    change = of_measure("false_leads", [0, 0, 1, 0, 0, 0, 0], [3, 0, 0, 0, 0, 0, 2])
    assert (change.before.value, change.after.value, change.difference) == (1, 5, 4)
    # Of changes 3, 1 and 2 one of the sums 3+2+1, 3+2-1 is as large as 4, each with its mirror.
    assert change.p == pytest.approx(4 / 8, abs=0.03)
    assert (change.smallest, change.detectable) == (None, None)


def test_p_of_a_count_is_that_of_the_sum_not_of_the_mean():
    # Two questions had no answer before and no false lead after: they add 0 in either run, so
    # that every assignment is 2 apart.
    change = of_measure("false_leads", [3, None, None], [1, 0, 0])
    assert (change.before.n, change.after.n, change.difference) == (1, 3, -2)
    assert change.p == 1


def test_a_measure_that_did_not_change_has_p_1():
    change = of_measure("mrr", [1, 0.5, 0], [1, 0.5, 0])
    assert (change.difference, change.p, change.detectable) == (0, 1, None)


def test_a_measure_that_one_run_has_no_row_for_has_scores_and_no_difference():
    change = of_measure("abstain_precision", [None, None], [0, 1])
    assert (change.before.value, change.after.value) == (None, 0.5)
    assert (change.difference, change.p, change.smallest, change.detectable) == (None,) * 4


def test_every_measure_has_its_change_in_the_order_shown():
    comparison = compared([{"mrr": 1}], [{"mrr": 0}])
    assert [each.name for each in comparison.changes] == list(ALL_MEASURES)
    with pytest.raises(KeyError, match="beauty"):
        comparison.change("beauty")


def test_no_difference_of_a_share_is_shown_that_is_smaller_than_the_least_shown():
    # Each of six questions finds its clause a little earlier.
    change = of_measure("mrr", [0.25] * 6 + [1] * 6, [0.5] * 6 + [1] * 6)
    assert change.difference == 0.125
    assert change.p == pytest.approx(2 / 64, abs=0.01)
    assert change.smallest is None or change.smallest <= change.difference


def test_no_difference_of_a_precision_is_shown_that_is_smaller_than_the_least_shown():
    # Six abstentions came, all wrong, beside the hundred right ones.
    change = of_measure("abstain_precision", [1] * 100 + [None] * 6, [1] * 100 + [0] * 6)
    assert change.difference == pytest.approx(100 / 106 - 1)
    assert change.p == pytest.approx(2 / 64, abs=0.01)
    assert change.smallest is None or change.smallest <= 6 / 106


def test_a_right_abstention_does_not_count_twice_in_what_is_detectable():
    # Of eight rows to abstain from, four were abstained from, then six: the values differ by
    # 0, 0, 0, 0, 1, 1, 0, 0 about their mean 1/4, whatever a right one weighs.
    change = of_measure("abstain_f1", [1] * 4 + [0] * 4, [1] * 6 + [0] * 2)
    assert (change.before.value, change.after.value) == (8 / 12, 12 / 14)
    of_values = Z * sqrt((6 * 0.25**2 + 2 * 0.75**2) / 7) / sqrt(8)
    assert change.detectable is None or change.detectable <= of_values + 1e-9


JUDGED_VALUES = st.fixed_dictionaries(
    {
        name: st.sampled_from([None, 0.0, 2.0] if name in SUMMED else [None, 0.0, 0.5, 1.0])
        for name in ("lead_exact", "false_leads", "abstain_precision", "region_leakage", "hit@5")
    }
)
RUNS = st.lists(st.tuples(JUDGED_VALUES, JUDGED_VALUES), min_size=1, max_size=5)
SWAPPED = {fate: fate for fate in Fate} | {Fate.BETTER: Fate.WORSE, Fate.WORSE: Fate.BETTER}


@settings(max_examples=15)
@given(RUNS)
def test_swapping_the_runs_swaps_better_and_worse(rows):
    before, after = map(list, zip(*rows, strict=True))
    there, back = compared(before, after), compared(after, before)
    assert [row.fate for row in back.rows] == [SWAPPED[row.fate] for row in there.rows]
    assert [(row.lost, row.gained) for row in back.rows] == [
        (row.gained, row.lost) for row in there.rows
    ]
    for one, other in zip(there.changes, back.changes, strict=True):
        assert other.difference == (None if one.difference is None else -one.difference)
        assert (other.p, other.smallest) == (one.p, one.smallest)
        assert other.detectable == pytest.approx(one.detectable)


@settings(max_examples=15)
@given(RUNS)
def test_a_run_against_itself_leaves_every_question_as_it_is(rows):
    values = [before for before, _ in rows]
    comparison = compared(values, values)
    stayed = {Fate.STAYED_WRONG, Fate.STAYED_RIGHT}
    assert {row.fate for row in comparison.rows} <= stayed
    assert [bool(row.before.wrong) for row in comparison.rows] == [
        row.fate is Fate.STAYED_WRONG for row in comparison.rows
    ]
    assert {(each.difference, each.p) for each in comparison.changes} <= {(0, 1), (None, None)}


@settings(max_examples=15)
@given(RUNS)
def test_only_judged_measures_are_gained_or_lost_and_none_is_both(rows):
    comparison = compared(*map(list, zip(*rows, strict=True)))
    for row in comparison.rows:
        assert set(row.gained) | set(row.lost) <= JUDGED
        assert not set(row.gained) & set(row.lost)


def test_answers_that_did_not_come_are_no_change_of_what_was_said():
    said = {"false_lead_rate": 0.0, "status_right": 1.0}
    before = [row_result("g0", {"false_lead_rate": 1.0, "status_right": 1.0})]
    before += [row_result(f"g{i}", said) for i in range(1, 40)]
    nothing = {"false_lead_rate": None, "status_right": 0.0}
    after = [row_result(row.gold.id, dict(row.values)) for row in before[:25]]
    after += [row_result(row.gold.id, nothing, failed=True) for row in before[25:]]
    comparison = compare_runs(stored(*before), stored(*after))
    change = comparison.change("false_lead_rate")
    assert (change.before.n, change.after.n) == (25, 25)
    assert (change.difference, change.p) == (0, 1)
    assert comparison.change("status_right").difference == pytest.approx(-15 / 40)


def test_a_difference_has_an_interval_that_holds_it():
    comparison = comparison_of_hits((0, 1), (0, 1), (1, 1), (1, 1), (0, 0), (1, 0), (0, 1), (1, 1))
    change = comparison.change("hit@1")
    assert change.difference == pytest.approx(2 / 8)
    assert -0.5 < change.low < change.difference < change.high < 1


def comparison_of_hits(*pairs):
    runs = (
        stored(*(row_result(f"g{i}", {"hit@1": pair[side]}) for i, pair in enumerate(pairs)))
        for side in (0, 1)
    )
    return compare_runs(*runs)


def test_remarks_on_a_question_do_not_make_it_another_one():
    row = lead_row(note="an early remark", tags=("a",))
    same = lead_row(note="a later remark", tags=("b",), answer="甲局")
    one, other = (row_result("g1", {"mrr": 1}, gold=each) for each in (row, same))
    assert len(compare_runs(stored(one), stored(other)).rows) == 1
