import random
from fractions import Fraction
from itertools import product
from math import isnan, nan, sqrt
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.resampling import (
    SHUFFLES,
    cluster_intervals,
    detectable_difference,
    randomisation_p,
    ratios,
    smallest_difference,
)

MEAN, SUM = np.zeros(1), np.ones(1)
MONTE_CARLO = 0.03  # six standard errors of p at 10,000 shuffles


def array(*values):
    return np.array(values, dtype=np.float64)


def intervals(numerators, denominators, clusters, summed=MEAN):
    """The interval of one measure, or of several side by side."""
    added, weights = (
        np.array(each, dtype=np.float64).reshape(len(clusters), -1)
        for each in (numerators, denominators)
    )
    numbered = np.array(clusters, dtype=np.int64)
    return cluster_intervals(added, weights, numbered, summed=summed).tolist()


def test_a_ratio_is_numerator_over_denominator_and_a_sum_its_numerator():
    given_ratios = ratios(array(3, 1, 3), array(4, 8, 4), summed=array(0, 0, 1))
    assert given_ratios.tolist() == [0.75, 0.125, 3]


def test_where_nothing_counts_there_is_no_ratio_and_no_sum():
    assert np.isnan(ratios(array(0, 0), array(0, 0), summed=array(0, 1))).all()
    assert ratios(array(0, 0), array(2, 2), summed=array(0, 1)).tolist() == [0, 0]


def test_ratios_of_several_draws_are_taken_at_once():
    numerators, denominators = np.array([[1.0, 5], [2, 0]]), np.array([[2.0, 5], [8, 1]])
    assert ratios(numerators, denominators, summed=array(0, 1)).tolist() == [[0.5, 5], [0.25, 0]]


def test_clusters_that_are_alike_give_an_interval_without_width():
    right, clusters = [1, 1, 0, 1] * 3, [0] * 4 + [1] * 4 + [2] * 4
    assert intervals(right, [1] * 12, clusters) == [[0.75, 0.75]]
    assert intervals(right, [1] * 12, clusters, SUM) == [[9, 9]]


def test_the_interval_is_that_of_the_binomial_where_a_cluster_is_one_question():
    # X of Bin(10, 1/2): P(X <= 1) = 0.011, P(X <= 2) = 0.055, and the same from above.
    assert intervals([1] * 5 + [0] * 5, [1] * 10, range(10)) == [[0.2, 0.8]]
    assert intervals([1] * 5 + [0] * 5, [1] * 10, range(10), SUM) == [[2, 8]]


def test_questions_of_one_cluster_are_drawn_together():
    # Two clusters of ten: both the right one, both the wrong one, or one of each.
    assert intervals([1] * 10 + [0] * 10, [1] * 20, [0] * 10 + [1] * 10) == [[0, 1]]


def test_a_draw_without_any_cluster_that_bears_on_a_sum_adds_a_sum_of_0():
    # Two of forty clusters add 1 each, so that a draw adds X of Bin(40, 1/20):
    # P(X = 0) = 0.129, P(X <= 4) = 0.952, P(X <= 5) = 0.986.
    bearing = [1] * 2 + [0] * 38
    assert intervals(bearing, bearing, range(40), SUM) == [[0, 5]]


def test_fewer_than_two_clusters_give_no_interval():
    assert np.isnan(intervals([1, 0, 1], [1, 1, 1], [0, 0, 0])).all()
    assert np.isnan(intervals([1, 0, 1], [1, 1, 1], [0, 0, 0], SUM)).all()


def test_clusters_that_do_not_bear_on_a_measure_do_not_count_for_it():
    numerators = [[1, 1], [0, 1], [0, 1], [0, 1]]
    denominators = [[1, 1], [1, 1], [0, 1], [0, 1]]
    clusters = [0, 0, 1, 2]
    first, second = intervals(numerators, denominators, clusters, np.zeros(2))
    assert np.isnan(first).all()
    assert second == [1, 1]


def test_no_questions_give_no_interval():
    none = np.zeros((0, 3))
    bounds = cluster_intervals(none, none, np.zeros(0, dtype=np.int64), summed=np.zeros(3))
    assert bounds.shape == (3, 2)
    assert np.isnan(bounds).all()


def quarters(most=4):
    return st.integers(0, most).map(lambda value: value / 4)


QUESTIONS = st.lists(st.tuples(quarters(), st.integers(0, 5)), min_size=1, max_size=12)


@settings(max_examples=30)
@given(questions=QUESTIONS, shuffler=st.randoms(use_true_random=False))
def test_the_order_of_questions_does_not_change_an_interval(questions, shuffler):
    shuffled = list(questions)
    shuffler.shuffle(shuffled)
    found = []
    for each in (questions, questions, shuffled):
        values, clusters = zip(*each, strict=True)
        found.append(np.array(intervals([*values, 1], [1] * (len(values) + 1), [*clusters, 5])))
    assert np.array_equal(found[0], found[1], equal_nan=True)
    assert np.array_equal(found[0], found[2], equal_nan=True)


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("summed", [MEAN, SUM])
def test_the_interval_holds_the_score(seed, summed):
    chooser = random.Random(seed)
    clusters = [cluster for cluster in range(15) for _ in range(chooser.randint(1, 6))]
    right = [float(chooser.random() < 0.7) for _ in clusters]
    ((low, high),) = intervals(right, [1] * len(right), clusters, summed)
    score = sum(right) if summed[0] else sum(right) / len(right)
    assert low < score < high


def reference_interval(questions, *, summed, resamples, chooser):
    """Draw whole clusters with replacement, one by one, and take the percentiles."""
    clusters = sorted({cluster for _, _, cluster in questions})
    drawn_scores = []
    for _ in range(resamples):
        drawn = [
            (numerator, denominator)
            for chosen in chooser.choices(clusters, k=len(clusters))
            for numerator, denominator, cluster in questions
            if cluster == chosen
        ]
        counted = sum(denominator for _, denominator in drawn)
        total = sum(numerator for numerator, _ in drawn)
        if counted or summed:
            drawn_scores.append(total if summed else total / counted)
    drawn_scores.sort()
    return [percentile(drawn_scores, share) for share in (0.025, 0.975)]


def percentile(ordered, share):
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


@pytest.mark.parametrize(("summed", "tolerance"), [(False, 0.03), (True, 0.8)])
def test_the_interval_is_that_of_a_bootstrap_written_out(summed, tolerance):
    chooser = random.Random(7)
    questions = []
    for cluster in range(9):
        for _ in range(chooser.randint(1, 4)):
            weight = chooser.choice([0, 1, 1, 2])  # as those of abstain_f1
            questions.append((weight * chooser.choice([0, 0.5, 1]), weight, cluster))
    expected = reference_interval(questions, summed=summed, resamples=4_000, chooser=chooser)
    numerators, denominators, clusters = zip(*questions, strict=True)
    (found,) = intervals(numerators, denominators, clusters, SUM if summed else MEAN)
    assert found == pytest.approx(expected, abs=tolerance)
    assert found[1] - found[0] > 5 * tolerance  # wide enough for the tolerance to mean something


def pairs(*questions):
    """Each run's numerators and denominators, from (before, after), each (value, weight)."""
    return tuple(
        (
            array(*(value * weight for value, weight in run)),
            array(*(weight for _, weight in run)),
        )
        for run in zip(*questions, strict=True)
    )


def exact_p(questions, *, summed=False):
    """Of all ways to let questions change sides, the share with as large a difference."""
    observed = distance(questions, summed=summed)
    sides = [{(before, after), (after, before)} for before, after in questions]
    ways = list(product(*sides))
    return sum(distance(way, summed=summed) >= observed for way in ways) / len(ways)


def distance(questions, *, summed):
    """|score - score| of the two runs, exactly; 0 where one of them has nothing that counts."""
    totals = []
    for run in zip(*questions, strict=True):
        counted = sum(weight for _, weight in run)
        if not counted:
            return Fraction(0)
        total = sum(Fraction(value) * weight for value, weight in run)
        totals.append(total if summed else total / counted)
    return abs(totals[0] - totals[1])


RESULT = st.sampled_from([(0, 1), (0.5, 1), (1, 1), (1, 2), (0, 0)])
PAIRED = st.lists(st.tuples(RESULT, RESULT), min_size=1, max_size=7)


@settings(max_examples=60)
@given(questions=PAIRED, summed=st.booleans())
def test_p_is_near_that_of_every_assignment_counted(questions, summed):
    found = randomisation_p(*pairs(*questions), summed=summed)
    assert found == pytest.approx(exact_p(questions, summed=summed), abs=MONTE_CARLO)


@settings(max_examples=30)
@given(questions=PAIRED, summed=st.booleans())
def test_p_is_the_same_whichever_run_comes_first(questions, summed):
    one, other = pairs(*questions)
    p = randomisation_p(one, other, summed=summed)
    assert p == randomisation_p(other, one, summed=summed)
    assert p == randomisation_p(one, other, summed=summed)
    assert 0 < p <= 1


@given(results=st.lists(RESULT, min_size=1, max_size=7), summed=st.booleans())
def test_p_of_a_run_with_itself_is_1(results, summed):
    one, other = pairs(*zip(results, results, strict=True))
    assert randomisation_p(one, other, summed=summed) == 1


RIGHT, WRONG, SILENT = (1, 1), (0, 1), (0, 0)


@pytest.mark.parametrize(
    ("questions", "p"),
    [
        ([(WRONG, RIGHT)], 1),
        ([(WRONG, RIGHT)] * 4, 2 / 16),
        ([(WRONG, RIGHT)] * 6, 2 / 64),
        ([(WRONG, RIGHT)] * 6 + [(RIGHT, RIGHT)] * 30, 2 / 64),
        ([(WRONG, RIGHT)] * 4 + [(RIGHT, WRONG)], 12 / 32),  # 4 or 5 of 5 on one side
        ([(WRONG, RIGHT)] * 3 + [(RIGHT, WRONG)] * 3, 1),
    ],
)
def test_p_of_a_mean_is_that_of_the_sign_test(questions, p):
    assert exact_p(questions) == p
    assert randomisation_p(*pairs(*questions)) == pytest.approx(p, abs=MONTE_CARLO)


def test_p_of_a_sum_counts_the_size_of_each_change():
    # Changes of 3, 1 and 1 all one way: only that and its mirror image are 5 apart.
    questions = [((0, 1), (3, 1)), ((0, 1), (1, 1)), ((2, 1), (3, 1))]
    assert exact_p(questions, summed=True) == 2 / 8
    found = randomisation_p(*pairs(*questions), summed=True)
    assert found == pytest.approx(2 / 8, abs=MONTE_CARLO)


def test_p_of_a_weighted_mean_swaps_weights_with_values():
    # abstain_f1 of eight rows to abstain from: 2·8 / 16 against 2·2 / (4 + 6).
    twice = (1, 2)
    questions = [(twice, WRONG)] * 6 + [(twice, twice)] * 2
    assert distance(questions, summed=False) == 1 - Fraction(4, 10)
    assert exact_p(questions) == 2 / 64
    assert randomisation_p(*pairs(*questions)) == pytest.approx(2 / 64, abs=MONTE_CARLO)


def test_a_question_that_bears_on_the_measure_in_one_run_only_is_swapped_too():
    # abstain_precision: the later run abstains seven times more, each time wrongly.
    questions = [(RIGHT, RIGHT)] * 4 + [(SILENT, WRONG)] * 7
    assert exact_p(questions) == 2 / 128
    assert randomisation_p(*pairs(*questions)) == pytest.approx(2 / 128, abs=MONTE_CARLO)


def test_p_is_never_0():
    one, other = pairs(*[(WRONG, RIGHT)] * 40)
    assert randomisation_p(one, other) == 1 / (1 + SHUFFLES)
    assert randomisation_p(one, other, shuffles=1) == 1 / 2


def test_six_questions_changed_one_way_are_the_fewest_that_can_be_shown():
    def p(changed):
        ends = [abs(sum(signs)) == changed for signs in product((-1, 1), repeat=changed)]
        return sum(ends) / len(ends)

    fewest = next(changed for changed in range(1, 20) if p(changed) <= 0.05)
    assert fewest == 6
    assert [smallest_difference(n) for n in range(fewest)] == [None] * fewest
    assert [smallest_difference(n) for n in (6, 7, 60, 92)] == [1, 6 / 7, 0.1, 6 / 92]


def test_the_detectable_difference_is_by_the_spread_and_the_number_of_questions():
    z = NormalDist().inv_cdf(0.975) + NormalDist().inv_cdf(0.8)
    spread = sqrt(4 * 0.25 / 3)  # of 0, 0, 1, 1 about their mean 1/2
    assert detectable_difference(array(0, 0, 1, 1)) == pytest.approx(z * spread / 2, rel=1e-5)
    four_times = detectable_difference(array(*[-1, 1] * 8))
    assert four_times == pytest.approx(z * sqrt(16 / 15) / 4, rel=1e-5)


@pytest.mark.parametrize("differences", [[], [1], [0, 0, 0], [1, 1], [1 / 3] * 7, [0.1] * 6])
def test_without_spread_there_is_no_detectable_difference(differences):
    assert detectable_difference(array(*differences)) is None


@given(st.lists(quarters(), min_size=2, max_size=20))
def test_the_sign_of_the_differences_does_not_change_what_is_detectable(differences):
    one = detectable_difference(array(*differences))
    other = detectable_difference(-array(*differences))
    assert (nan if one is None else one) == pytest.approx(
        nan if other is None else other, nan_ok=True
    )
    assert one is None or not isnan(one)
