"""A question's words as a pattern that is looked for in sequences of codes."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from index.distinct import distinct
from index.tokens import CodeVector, IntVector, TokenVector, pair_code

FloatVector = npt.NDArray[np.float32]
FloatMatrix = npt.NDArray[np.float32]

_FIRST_CODE = 2
_WORD_FLAG = 1 << 31


class Found(NamedTuple):
    """Where the pattern stands in codes: positions, and which single, pair or triple it is."""

    single_at: IntVector
    singles: IntVector
    pair_at: IntVector
    pairs: IntVector
    triple_at: IntVector
    triples: IntVector


class Pattern:
    """The characters and words of a question, their pairs and triples, each with its rarity.

    Parameters
    ----------
    codes : uint32 array of shape (n,)
        The question's sequence.
    rarities : callable
        Gives the rarity of tokens, as :meth:`index.stores.lexical.LexicalStore.rarities` does;
        a token that no clause holds weighs nothing.
    """

    def __init__(self, codes: CodeVector, rarities: Callable[[TokenVector], FloatVector]) -> None:
        self._known = distinct(codes[codes >= _FIRST_CODE])
        count = len(self._known)
        han = (codes >= _FIRST_CODE) & (codes < _WORD_FLAG)
        at = np.flatnonzero(han[:-1] & han[1:])
        first, second = (np.searchsorted(self._known, codes[at + by]) for by in (0, 1))
        keys, pairs = np.unique(first * count + second, return_inverse=True)
        self._pair_of = _lookup(keys, count)
        tokens = pair_code(*(self._known[k].astype(np.uint64) for k in np.divmod(keys, count or 1)))
        self.single_rarity = rarities(self._known.astype(np.uint64))
        """Float32 of shape (n_singles,)."""
        self.pair_rarity = rarities(tokens)
        """Float32 of shape (n_pairs,)."""
        next_to = np.flatnonzero(np.diff(at) == 1)
        triples = distinct(pairs[next_to] * len(keys) + pairs[next_to + 1])
        self._triple_of = _lookup(triples, len(keys))
        first, second = np.divmod(triples, len(keys) or 1)
        self.triple_rarity = self.pair_rarity[first] + self.pair_rarity[second]
        """Float32 of shape (n_triples,)."""
        singles, pairs = float(self.single_rarity.sum()), float(self.pair_rarity.sum())
        self.total_rarity = max(singles + pairs, 1e-6)
        """What the question's singles and pairs weigh together, more than 0."""
        self.length = int(np.count_nonzero(codes >= _FIRST_CODE))
        """Characters and words of the question."""

    def find(self, codes: CodeVector) -> Found:
        """Find the pattern's singles, pairs and triples in codes."""
        at = np.minimum(np.searchsorted(self._known, codes), max(len(self._known) - 1, 0))
        single_at = np.flatnonzero(self._known[at] == codes) if len(self._known) else at[:0]
        singles = at[single_at]
        pair_at, pairs = _joined(single_at, singles, self._pair_of)
        triple_at, triples = _joined(pair_at, pairs, self._triple_of)
        return Found(single_at, singles, pair_at, pairs, triple_at, triples)


def _lookup(keys: IntVector, count: int) -> npt.NDArray[np.int32]:
    """Give a square table of what follows what: the position of a key, -1 where there is none."""
    table = np.full(count * count, -1, dtype=np.int32)
    table[keys] = np.arange(len(keys))
    return table.reshape(count, count)


def _joined(
    at: IntVector, which: IntVector, table: npt.NDArray[np.int32]
) -> tuple[IntVector, IntVector]:
    """Join neighbours: give where two on end stand in the table, and as what."""
    first = np.flatnonzero(np.diff(at) == 1)
    joined = table[which[first], which[first + 1]] if len(first) else first
    there = joined >= 0
    return at[first[there]], joined[there].astype(np.int64)
