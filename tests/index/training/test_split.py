import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.training.errors import TooFewPairsError
from index.training.pairs import Pair
from index.training.split import split_pairs


def pairs_of(rows):
    return [Pair(f"问{number}", frozenset(each)) for number, each in enumerate(rows)]


ROWS = st.lists(st.frozensets(st.integers(0, 60), min_size=1, max_size=2), max_size=60)


@given(ROWS)
def test_no_clause_is_trained_on_and_checked_with(rows):
    pairs = pairs_of(rows)
    try:
        trained, held_out = split_pairs(pairs)
    except TooFewPairsError:
        return
    seen = {row for pair in trained for row in pair.rows}
    assert not seen & {row for pair in held_out for row in pair.rows}
    assert sorted([*trained, *held_out], key=pairs.index) == pairs
    assert 4 <= len(held_out) <= 0.3 * len(pairs)


def test_a_fifth_is_held_out():
    trained, held_out = split_pairs(pairs_of([{row} for row in range(100)]))
    assert (len(trained), len(held_out)) == (80, 20)


def test_the_same_words_stay_on_one_side():
    pairs = [Pair("问", frozenset({row})) for row in range(5)]
    pairs += [Pair(f"问{row}", frozenset({row})) for row in range(5, 40)]
    held_out = split_pairs(pairs)[1]
    assert len({pair in held_out for pair in pairs[:5]}) == 1


@pytest.mark.parametrize("rows", [[{row} for row in range(19)], [{1, row} for row in range(50)]])
def test_too_few_or_one_clause_for_all_is_refused(rows):
    with pytest.raises(TooFewPairsError, match=f"^{len(rows)} questions .* at least 20 .*; add"):
        split_pairs(pairs_of(rows))
