"""The split of pairs into those to train on and those to check with."""

from collections.abc import Sequence
from hashlib import sha256
from itertools import chain
from typing import Final

from index.training.errors import TooFewPairsError
from index.training.pairs import Pair

LEAST_PAIRS: Final = 20
_LEAST_HELD_OUT = 4
_HELD_OUT_SHARE = 0.2
_MOST_SHARE = 0.3


def split_pairs(pairs: Sequence[Pair]) -> tuple[list[Pair], list[Pair]]:
    """Split pairs, about four to train on for one to check with.

    Pairs that share a clause or their words stay together, so that no clause of a check was
    trained on. Which side a pair comes to depends on the rows of its clauses alone.

    Raises
    ------
    TooFewPairsError
        If there are fewer than 20 pairs, or they hang together so much that fewer than four
        can be held out.
    """
    held: set[int] = set()
    for group in sorted(_groups(pairs), key=lambda group: _mixed(pairs, group)):
        after = len(held) + len(group)
        if len(held) < _HELD_OUT_SHARE * len(pairs) and after <= _MOST_SHARE * len(pairs):
            held.update(group)
    if len(pairs) < LEAST_PAIRS or len(held) < _LEAST_HELD_OUT:
        raise TooFewPairsError(pairs=len(pairs), least=LEAST_PAIRS)
    trained = [pair for number, pair in enumerate(pairs) if number not in held]
    return trained, [pairs[number] for number in sorted(held)]


def _groups(pairs: Sequence[Pair]) -> list[list[int]]:
    """Give the numbers of pairs that share a clause or their words, directly or through others."""
    group_of: dict[int | str, list[int]] = {}
    for number, pair in enumerate(pairs):
        found = [group_of[key] for key in (*pair.rows, pair.question) if key in group_of]
        joined = sorted({number, *chain(*found)})
        for each in joined:
            group_of.update(dict.fromkeys((*pairs[each].rows, pairs[each].question), joined))
    return sorted({id(group): group for group in group_of.values()}.values())


def _mixed(pairs: Sequence[Pair], group: list[int]) -> str:
    first = min(row for number in group for row in pairs[number].rows)
    return sha256(str(first).encode("ascii")).hexdigest()
