import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.gate import Bound, Loss, parse_bound, parse_loss
from eval.run import RunResult
from eval.scores import ALL_MEASURES, BETTER_WHEN_LOWER
from tests.eval.runs import row_result


def run_of(name, *values):
    return RunResult(tuple(row_result(f"g{i}", {name: value}) for i, value in enumerate(values)))


@pytest.mark.parametrize(
    ("name", "values", "bound", "problem"),
    [
        ("mrr", [1, 0.5], ">= 0.75", None),
        ("mrr", [1, 0.5], ">= 0.76", "mrr is 0.7500, wanted >= 0.76"),
        ("mrr", [1, 0.5], "<= 0.75", None),
        ("mrr", [1, 0.5], "<= 0.74", "mrr is 0.7500, wanted <= 0.74"),
        ("hit@1", [1] * 3 + [0] * 7, ">= 0.3", None),
        ("false_leads", [1, 0, 1], "<= 2", None),
        ("false_leads", [1, 0, 2], "<= 2", "false_leads is 3.0000, wanted <= 2"),
        ("false_leads", [0, 0], "<= 0", None),
        ("mrr", [None, None], ">= 0", "mrr: no row bears on it, wanted >= 0"),
        ("region_leakage", [None], "<= 0", "region_leakage: no row bears on it, wanted <= 0"),
    ],
)
def test_a_bound_is_met_by_its_own_value_and_by_no_worse_one(name, values, bound, problem):
    sign, _, value = bound.partition(" ")
    demanded = Bound(name, float(value), at_least=sign == ">=")
    assert demanded.problem(run_of(name, *values)) == problem


@pytest.mark.parametrize(
    ("value", "rows", "at_least"), [(0.2, 6, True), (0.1, 6, True), (1 / 3, 15, True)]
)
def test_a_bound_is_met_by_its_own_value_whatever_binary_fractions_make_of_it(
    value, rows, at_least
):
    assert Bound("mrr", value, at_least).problem(run_of("mrr", *[value] * rows)) is None


@pytest.mark.parametrize(
    ("name", "size", "before", "after", "problem"),
    [
        ("mrr", 0.25, 0.75, 0.5, "mrr went from 0.7500 to 0.5000, a loss of 0.2500"),
        ("mrr", 0.25, 0.75, 0.51, None),
        ("mrr", 0.25, 0.75, 0.25, "mrr went from 0.7500 to 0.2500, a loss of 0.5000"),
        ("mrr", 0.25, 0.5, 0.75, None),
        (
            "mrr",
            0.1,
            0.8,
            0.7,
            "mrr went from 0.8000 to 0.7000, a loss of 0.1000",
        ),  # 0.8 - 0.7 < 0.1
        ("mrr", 0, 0.5, 0.499, "mrr went from 0.5000 to 0.4990, a loss of 0.0010"),
        ("mrr", 0, 0.5, 0.5, None),
        ("mrr", 0, 0.3, 0.1 + 0.2, None),
        ("mrr", 0, 0.1 + 0.2, 0.3, None),  # by a binary fraction smaller
        ("mrr", 0, 0.5, 0.6, None),
        ("false_leads", 1, 2, 3, "false_leads went from 2.0000 to 3.0000, a loss of 1.0000"),
        ("false_leads", 2, 2, 3, None),
        ("false_leads", 0, 3, 2, None),
        (
            "region_leakage",
            0,
            0.0,
            0.01,
            "region_leakage went from 0.0000 to 0.0100, a loss of 0.0100",
        ),
        ("mrr", 0, None, None, "mrr: no row of either run bears on it"),
        ("mrr", 0, 0.5, None, "mrr: only one of the runs has rows that bear on it"),
        ("mrr", 0, None, 0.5, "mrr: only one of the runs has rows that bear on it"),
    ],
)
def test_a_loss_is_reached_by_the_size_named(name, size, before, after, problem):
    assert Loss(name, size).problem(before, after) == problem


VALUE = st.integers(0, 100).map(lambda value: value / 100)


@given(name=st.sampled_from(sorted(ALL_MEASURES)), size=VALUE, before=VALUE, after=VALUE)
def test_a_change_and_its_reverse_are_never_both_a_loss(name, size, before, after):
    there, back = Loss(name, size).problem(before, after), Loss(name, size).problem(after, before)
    assert there is None or back is None
    assert (there or back) is None or before != after


@given(
    name=st.sampled_from(sorted(ALL_MEASURES)), steps=st.integers(1, 100), of=st.integers(1, 100)
)
def test_a_change_by_so_many_questions_reaches_a_loss_of_that_share(name, steps, of):
    lost, kept = min(steps, of), max(of - steps, 0)
    before, after = (0, lost / of) if name in BETTER_WHEN_LOWER else (1, kept / of)
    assert Loss(name, lost / of).problem(before, after) is not None
    assert Loss(name, (lost + 1) / of).problem(before, after) is None


def test_a_bound_is_read_from_name_and_value():
    assert parse_bound("lead_exact=0.9", at_least=True) == Bound("lead_exact", 0.9, at_least=True)
    assert parse_bound("hit@5=1", at_least=True) == Bound("hit@5", 1, at_least=True)
    assert parse_bound("false_leads=0", at_least=False) == Bound("false_leads", 0, at_least=False)


@pytest.mark.parametrize(
    ("written", "loss"),
    [
        ("lead_exact:-0.01", Loss("lead_exact", 0.01)),
        ("lead_exact:0", Loss("lead_exact", 0)),
        ("false_leads:+1", Loss("false_leads", 1)),
        ("false_leads:1", Loss("false_leads", 1)),
        ("false_leads:0", Loss("false_leads", 0)),
        ("hit@5:-1e-3", Loss("hit@5", 0.001)),
    ],
)
def test_a_loss_is_read_with_the_sign_of_a_change_for_the_worse(written, loss):
    assert parse_loss(written) == loss


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("lead_exact:0.01", "lead_exact:-0.01"),
        ("lead_exact:+0.01", "lead_exact:-0.01"),
        ("false_leads:-1", "false_leads:1"),
        ("region_leakage:-0.5", "region_leakage:0.5"),
    ],
)
def test_a_change_for_the_better_is_refused_with_the_one_that_is_meant(written, right):
    with pytest.raises(ValueError, match=f"is a change for the better; write {right}$"):
        parse_loss(written)


@pytest.mark.parametrize("written", ["beauty=1", "=1", "lead_exact:-0.1", "Lead_exact=1"])
def test_a_bound_on_an_unknown_measure_is_refused_with_those_that_are_known(written):
    with pytest.raises(ValueError, match=r"unknown measure .*; known: lead_exact, lead_named, "):
        parse_bound(written, at_least=True)


def test_a_bound_may_be_set_on_questions_without_an_answer():
    bound = parse_bound("failed=0", at_least=False)
    answered = RunResult((row_result("g1", {"mrr": 1}),))
    assert bound.problem(answered) is None
    one = RunResult((*answered.rows, row_result("g2", {"mrr": 0}, failed=True)))
    assert bound.problem(one) == "failed is 1.0000, wanted <= 0"
    with pytest.raises(ValueError, match="unknown measure 'failed'"):
        parse_loss("failed:1")


@pytest.mark.parametrize("written", ["beauty:-1", ":0", "lead_exact=0.1"])
def test_a_loss_of_an_unknown_measure_is_refused_with_those_that_are_known(written):
    with pytest.raises(ValueError, match=r"unknown measure .*; known: lead_exact, lead_named, "):
        parse_loss(written)


@pytest.mark.parametrize("written", ["mrr=", "mrr=high", "mrr=0,5", "mrr=nan", "mrr"])
def test_a_bound_that_is_no_number_is_refused_with_the_form_expected(written):
    with pytest.raises(ValueError, match=f"^expected mrr=NUMBER, got '{written}'$"):
        parse_bound(written, at_least=True)


@pytest.mark.parametrize("written", ["mrr:", "mrr:any", "mrr:nan", "mrr"])
def test_a_loss_that_is_no_number_is_refused_with_the_form_expected(written):
    with pytest.raises(ValueError, match=f"^expected mrr:NUMBER, got '{written}'$"):
        parse_loss(written)
