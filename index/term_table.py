"""The model's words of every clause, so that a question's words are matched one by one.

For each word of a question the closest word of a clause is sought, whatever the language: that
finds 冷链 for “cold chain” where no character is shared.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final, Self

import numpy as np
import numpy.typing as npt

from index.embed import TermEmbedder
from index.errors import IndexDamagedError
from index.small_words import ENGLISH, is_function_character
from index.stores.arrays import load_arrays, save_arrays
from index.stores.base import FloatMatrix, IntVector

_DECIMALS: Final = 6
TERM_FEATURES: Final = ("terms", "terms_mean", "terms_least")
# Cosines of unrelated words lie below the first, of translations near the second (of the
# shipped model's vocabulary: cold/冷 .61, drug/药品 .74, building/建设 .59, review/审 .49).
UNRELATED: Final = 0.2
SAME: Final = 0.7
_TINY: Final = 1e-9
_WORD: Final = re.compile(r"[\u3400-\u9fff]+|[A-Za-z]+|\d+")


class QuestionTerms:
    """The words of a question that carry its subject: unit vectors, and how telling each is.

    Parameters
    ----------
    vectors : float32 array of shape (n_words, dim)
        Longer for telling words.
    """

    __slots__ = ("unit", "weights")

    def __init__(self, vectors: FloatMatrix) -> None:
        self.weights = np.linalg.norm(vectors, axis=1)
        """Float32 of shape (n_words,)."""
        self.unit = vectors / np.maximum(self.weights, _TINY)[:, None]
        """Float32 of shape (n_words, dim)."""

    @classmethod
    def of(cls, question: str, embedder: TermEmbedder) -> Self:
        """Read a folded question; an English word is the sum of its pieces."""
        vectors = [np.zeros((0, embedder.dim), dtype=np.float32)]
        for word in _WORD.findall(question):
            ids = embedder.term_ids(word)
            if not len(ids) or word.lower() in ENGLISH:
                continue
            found = embedder.term_vectors(ids)
            if word.isascii():
                found = found.sum(axis=0, keepdims=True)
            else:
                names = embedder.term_words(ids)
                found = found[[not all(map(is_function_character, name)) for name in names]]
            vectors.append(found)
        return cls(np.concatenate(vectors))


class TermTable:
    """The ids of the model's words in every clause.

    Parameters
    ----------
    ids : uint16 or uint32 array of shape (n_ids,)
        Of all clauses on end.
    starts : int64 array of shape (n_clauses + 1,)
        Where the ids of each clause begin.
    """

    def __init__(self, ids: npt.NDArray[np.unsignedinteger], starts: IntVector) -> None:
        self._ids = ids
        self._starts = starts

    @classmethod
    def of(cls, passages: Sequence[IntVector], owners: IntVector, *, clauses: int) -> Self:
        """Put the ids of passages on end; ``owners`` are the rows of their clauses, rising."""
        ends = np.cumsum([0, *(len(each) for each in passages)])
        ids = np.concatenate([np.zeros(0, np.int64), *passages])
        small = ids.max(initial=0) <= np.iinfo(np.uint16).max
        starts = ends[np.searchsorted(owners, np.arange(clauses + 1))]
        return cls(ids.astype(np.uint16 if small else np.uint32), starts)

    def features(
        self, question: QuestionTerms, rows: IntVector, embedder: TermEmbedder
    ) -> FloatMatrix:
        """Give ``TERM_FEATURES`` of some clauses.

        Returns
        -------
        float32 array of shape (n, len(TERM_FEATURES))
            The share of the question's words that the clause's words stand for, weighted by how
            telling they are; the mean of their closest cosines; the share of the least word.
        """
        features = np.zeros((len(rows), len(TERM_FEATURES)), dtype=np.float32)
        firsts = self._starts[rows]
        lengths = self._starts[rows + 1] - firsts
        some = lengths > 0
        if not question.weights.any() or not some.any():
            return features
        ends = np.cumsum(lengths)
        at = np.repeat(firsts - (ends - lengths), lengths) + np.arange(ends[-1])
        words, place = _placed(self._ids[at], embedder.known_terms)
        unit = embedder.unit_term_vectors(words)
        cosines = (question.unit @ unit.T)[:, place]
        closest = np.maximum.reduceat(cosines, (ends - lengths)[some], axis=1)
        shares = np.clip((closest - UNRELATED) / (SAME - UNRELATED), 0, 1)
        weights = question.weights / question.weights.sum()
        found = np.stack([weights @ shares, weights @ closest, shares.min(axis=0)], axis=1)
        # A product of matrices may differ in the last digit from column to column.
        features[some] = found.round(_DECIMALS)
        return features

    def save(self, path: Path) -> None:
        """Write the table to one file; equal content gives equal bytes."""
        save_arrays(path, {"ids": self._ids, "starts": self._starts})

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read what :meth:`save` wrote.

        Raises
        ------
        IndexDamagedError
            If the file is missing, cut short or holds no such table.
        """
        arrays = load_arrays(path)
        try:
            return cls(arrays["ids"], arrays["starts"])
        except KeyError as error:
            raise IndexDamagedError(path, f"{error} is missing", "build it again") from error


def _placed(ids: npt.NDArray[np.unsignedinteger], known: int) -> tuple[IntVector, IntVector]:
    """Give the different ids, and the place of each id among them."""
    there = np.zeros(known, dtype=np.bool_)
    there[ids] = True
    words = np.flatnonzero(there)
    place = np.empty(known, dtype=np.int64)
    place[words] = np.arange(len(words))
    return words, place[ids]
