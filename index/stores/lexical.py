"""BM25 over the tokens of :mod:`index.tokens`, kept as postings in NumPy arrays."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple, Self

import numpy as np
import numpy.typing as npt

from index.errors import IndexDamagedError
from index.stores.arrays import load_arrays, save_arrays
from index.stores.base import FloatVector, IntVector
from index.tokens import TOKEN_BITS, Sequences, TokenVector, sequences, tokens_in, tokens_of

K1: Final = 1.2
B: Final = 0.9
MOST_POSTINGS: Final = 100_000

# A token and a row travel in one 64-bit key, so that one sort makes the postings.
_ROW_BITS = np.uint64(63 - TOKEN_BITS)
_MOST_ROWS = 1 << int(_ROW_BITS)
_BATCH = 16_384
_MOST_SEGMENTS = 8
_IMPACT = 255
_NO_ROWS = np.zeros(0, dtype=np.int64)

BoolVector = npt.NDArray[np.bool_]


class LexicalResult(NamedTuple):
    """Rows (int64) and scores (float32), both of shape (n,), best first."""

    rows: IntVector
    scores: FloatVector


@dataclass(frozen=True, slots=True)
class _Segment:
    """Postings of some rows: token ``tokens[i]`` stands in ``rows[starts[i]:starts[i + 1]]``.

    ``impacts`` holds ``tf / (tf + norm)`` of each posting in 255ths, which is BM25 without its
    constant factor and without the token's rarity; that is known only when a question comes.
    """

    tokens: TokenVector
    starts: IntVector
    rows: npt.NDArray[np.int32]
    impacts: npt.NDArray[np.uint8]


class LexicalStore:
    """BM25 scores of weighted tokens against texts, k1 = 1.2 and b = 0.9.

    Build one with :meth:`build` or :meth:`load`. Rows are added at the end and removed where they
    are; what is there is not read again. Safe to read from many threads while nobody writes.

    Notes
    -----
    The mean length of a text, against which lengths are normalised, is that of the first build:
    it stays when rows are added, and is taken anew when the index is built again.
    Source: Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond",
    2009, with the rarity of Lucene, which is never negative.
    """

    def __init__(self) -> None:
        self._segments: list[_Segment] = []
        self._count = 0
        self._mean_length = 0.0
        self._removed = _NO_ROWS

    @classmethod
    def build(cls, texts: Sequence[str]) -> Self:
        """Index texts, in their order; an empty one keeps its row and scores 0 throughout.

        Raises
        ------
        ValueError
            If there are more than four million.
        """
        store = cls()
        store.add(texts)
        return store

    @classmethod
    def of(cls, batches: Iterable[Sequences]) -> Self:
        """Index texts that are read into sequences, a batch at a time."""
        store = cls()
        store.add_sequences(batches)
        return store

    def __len__(self) -> int:
        return self._count

    def add(self, texts: Sequence[str]) -> None:
        """Index further texts; their rows follow those that are there."""
        self.add_sequences(
            sequences(texts[start : start + _BATCH]) for start in range(0, len(texts), _BATCH)
        )

    def add_sequences(self, batches: Iterable[Sequences]) -> None:
        """Index further texts that are read into sequences, a batch at a time."""
        counted: list[_Counted] = []
        base = self._count
        for batch in batches:
            counted.append(_count_tokens(batch, base=base))
            base += len(batch.starts) - 1
        if base > _MOST_ROWS:
            raise ValueError(f"a lexical index holds {_MOST_ROWS} texts at most")
        if not self._mean_length:
            lengths = np.concatenate([_NO_ROWS, *(each.lengths for each in counted)])
            self._mean_length = float(lengths.mean()) if lengths.any() else 0.0
        self._count = base
        added = []
        while counted:  # what is done is let go: both at once are twice the memory
            added.append(_segment(counted.pop(0), self._mean_length or 1.0))
        self._segments.append(_merged(added))
        if len(self._segments) > _MOST_SEGMENTS:
            self._segments = [_merged(self._segments)]

    def remove(self, rows: IntVector) -> None:
        """Take rows out of every search; the numbers of the others stay.

        Raises
        ------
        ValueError
            If a row does not exist.
        """
        gone = np.asarray(rows, dtype=np.int64)
        if gone.size and (gone.min() < 0 or gone.max() >= self._count):
            raise ValueError(f"rows must lie in [0, {self._count})")
        self._removed = np.union1d(self._removed, gone)

    def frequencies(self, tokens: TokenVector) -> IntVector:
        """Give how many rows hold each token, removed ones counted, int64 of shape (n,)."""
        found = np.zeros(len(tokens), dtype=np.int64)
        for segment in self._segments:
            at, known = _find(segment, tokens)
            found[known] += segment.starts[at + 1] - segment.starts[at]
        return found

    def rarities(self, tokens: TokenVector) -> FloatVector:
        """Give the inverse document frequency of each token, float32 of shape (n,).

        0 for a token that no row holds: it tells none from another.
        """
        held = self.frequencies(tokens)
        rarity = np.log1p((self._count - held + 0.5) / (held + 0.5))
        return np.where(held > 0, rarity, 0.0).astype(np.float32)

    def scores(
        self,
        tokens: TokenVector,
        weights: FloatVector,
        *,
        most_postings: int | None = MOST_POSTINGS,
    ) -> FloatVector:
        """Score every row against weighted tokens.

        Parameters
        ----------
        tokens : uint64 array of shape (n,)
            Each once.
        weights : float32 array of shape (n,)
            How much each counts, 0 and up: how often it stands in the question.
        most_postings : int, optional
            From the rarest token on, tokens count until their postings are this many; the
            commonest of a long question over a large index are left out. All count if None.

        Returns
        -------
        float32 array of shape (len(self),)
            BM25, no unit, from 0 (no token in common) upwards without a bound, in row order;
            0 for a removed row. Each token that counts is off by half a 255th of the most that it
            can add: some 0.5 % in a text of mean length, more in one many times as long.

        Examples
        --------
        >>> from index.tokens import tokens_in
        >>> store = LexicalStore.build(["药品监管", "医疗保险"])
        >>> int(store.scores(*tokens_in("谁监管药品")).argmax())
        0
        """
        scores = np.zeros(self._count, dtype=np.float32)
        held = self.frequencies(tokens)
        rarity = np.log1p((self._count - held + 0.5) / (held + 0.5))
        chosen = _rarest(held, most_postings)
        factors = (rarity * weights * (K1 + 1) / _IMPACT).astype(np.float32)[chosen]
        for segment in self._segments:
            at, known = _find(segment, tokens[chosen])
            for token, factor in zip(at, factors[known], strict=True):
                span = slice(segment.starts[token], segment.starts[token + 1])
                scores[segment.rows[span]] += factor * segment.impacts[span]
        scores[self._removed] = 0
        return scores

    def scores_of(self, text: str) -> FloatVector:
        """Score every row against all tokens of a folded text, as plain BM25 does."""
        return self.scores(*tokens_in(text), most_postings=None)

    def save(self, path: Path) -> None:
        """Write the postings to one file; equal content gives equal bytes."""
        merged = _merged(self._segments)
        save_arrays(
            path,
            {
                "tokens": merged.tokens,
                "starts": merged.starts,
                "rows": merged.rows,
                "impacts": merged.impacts,
                "removed": self._removed,
                "count": np.array([self._count], dtype=np.int64),
                "mean_length": np.array([self._mean_length], dtype=np.float64),
            },
        )

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read what :meth:`save` wrote.

        Raises
        ------
        IndexDamagedError
            If the file is missing, cut short or holds no postings.
        """
        arrays = load_arrays(path)
        store = cls()
        try:
            segment = _Segment(*(arrays[name] for name in ("tokens", "starts", "rows", "impacts")))
            store._count = int(arrays["count"][0])
            store._mean_length = float(arrays["mean_length"][0])
            store._removed = arrays["removed"]
        except KeyError as error:
            raise IndexDamagedError(path, f"{error} is missing", "build it again") from error
        store._segments = [segment]
        return store


def _rarest(held: IntVector, most_postings: int | None) -> IntVector:
    """Give the positions of the known tokens, rarest first, until their postings are too many."""
    order = np.argsort(held, kind="stable")
    order = order[held[order] > 0]
    if most_postings is None:
        return order
    total = np.cumsum(held[order])
    count = max(1, int(np.searchsorted(total, most_postings, side="right")))
    return order[:count]


def _find(segment: _Segment, tokens: TokenVector) -> tuple[IntVector, BoolVector]:
    """Give the places in a segment of the tokens that it knows, and which those are."""
    if not len(segment.tokens):
        return _NO_ROWS, np.zeros(len(tokens), dtype=np.bool_)
    at = np.minimum(np.searchsorted(segment.tokens, tokens), len(segment.tokens) - 1)
    known = segment.tokens[at] == tokens
    return at[known], known


class _Counted(NamedTuple):
    """A key for each token of each row, in order, and how often it stands there."""

    keys: TokenVector
    counts: npt.NDArray[np.uint8]
    lengths: IntVector
    base: int


def _count_tokens(texts: Sequences, *, base: int) -> _Counted:
    tokens, owners = tokens_of(texts)
    keys = (tokens << _ROW_BITS) | (owners + base).astype(np.uint64)
    once, counts = np.unique(keys, return_counts=True)
    lengths = np.bincount(owners, minlength=len(texts.starts) - 1)
    return _Counted(once, np.minimum(counts, _IMPACT).astype(np.uint8), lengths, base)


def _segment(counted: _Counted, mean_length: float) -> _Segment:
    rows = (counted.keys & np.uint64(_MOST_ROWS - 1)).astype(np.int32)
    tokens, firsts = np.unique(counted.keys >> _ROW_BITS, return_index=True)
    norms = (K1 * (1 - B + B * counted.lengths / mean_length)).astype(np.float32)
    share = counted.counts / (counted.counts + norms[rows - counted.base])
    impacts = np.clip(np.round(_IMPACT * share), 1, _IMPACT).astype(np.uint8)
    return _Segment(tokens, np.append(firsts, len(rows)), rows, impacts)


def _merged(segments: Sequence[_Segment]) -> _Segment:
    """Put segments into one: each token's postings on end, which keeps rows in order."""
    if len(segments) == 1:
        return segments[0]
    every = np.concatenate([np.zeros(0, np.uint64), *(each.tokens for each in segments)])
    tokens = np.unique(every)
    sizes = np.zeros(len(tokens), dtype=np.int64)
    places = [np.searchsorted(tokens, each.tokens) for each in segments]
    for each, place in zip(segments, places, strict=True):
        sizes[place] += np.diff(each.starts)
    starts = np.zeros(len(tokens) + 1, dtype=np.int64)
    np.cumsum(sizes, out=starts[1:])
    rows = np.empty(starts[-1], dtype=np.int32)
    impacts = np.empty(starts[-1], dtype=np.uint8)
    next_free = starts[:-1].copy()
    for each, place in zip(segments, places, strict=True):
        lengths = np.diff(each.starts)
        shift = next_free[place] - each.starts[:-1]
        target = np.arange(len(each.rows)) + np.repeat(shift, lengths)
        rows[target] = each.rows
        impacts[target] = each.impacts
        next_free[place] += lengths
    return _Segment(tokens, starts, rows, impacts)
