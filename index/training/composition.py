"""Composition: parts of words that share what is learnt of one word with those like it."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.stores.base import IntVector

_HAN = re.compile("[\u4e00-\u9fff]")
_LATIN = re.compile("[a-z]{5,}")
_PREFIXES = (4, 5, 6)
_PAIR = 2


@dataclass(frozen=True, slots=True)
class Composition:
    """Which parts each token has: token ``tokens[i]`` has part ``parts[i]``, of ``count``."""

    tokens: IntVector
    parts: IntVector
    count: int


def compose(tokens: Sequence[str]) -> Composition:
    """Find the parts that at least two tokens have.

    A word of Han characters has its characters and, where it is longer than two, its pairs of
    neighbours; a Latin word of five letters and more has its first four, five and six.
    """
    having = [parts_of(token) for token in tokens]
    counts = Counter(part for parts in having for part in parts)
    numbers: dict[str, int] = {}
    cells = [
        (row, numbers.setdefault(part, len(numbers)))
        for row, parts in enumerate(having)
        for part in parts
        if counts[part] > 1
    ]
    table = np.array(cells, dtype=np.int64).reshape(-1, 2)
    return Composition(table[:, 0], table[:, 1], len(numbers))


def parts_of(token: str) -> list[str]:
    """Give the parts of one token.

    Examples
    --------
    >>> parts_of("监管局"), parts_of("管"), parts_of("agencies"), parts_of("tax")
    (['监', '管', '局', '监管', '管局'], ['管'], ['^agen', '^agenc', '^agenci'], [])
    """
    if _HAN.search(token):
        pairs = [token[at : at + _PAIR] for at in range(len(token) - 1)]
        return [*token, *(pairs if len(token) > _PAIR else ())]
    if _LATIN.fullmatch(token):
        return [f"^{token[:size]}" for size in _PREFIXES if len(token) >= size]
    return []
