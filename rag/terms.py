"""Match a question's words with a clause's one by one, across languages and synonyms.

The embedded model has a vector for each word. For every word of the question the closest word
of the clause is sought; how close it is, weighted by how telling the word is, sums up to the
share of the question that the clause covers. That is what finds 冷链 for “cold chain”, and 罕见病
for 孤儿药, where no character is shared.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from index.embed import TermEmbedder
from index.library import Index
from index.term_table import SAME, UNRELATED

FloatMatrix = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Terms:
    """A question's words: unit vectors, and how telling each is."""

    vectors: FloatMatrix
    weights: FloatMatrix


class TermMatcher:
    """Covers questions by clauses word by word; without word vectors it covers nothing."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._embedder = index.embedder if isinstance(index.embedder, TermEmbedder) else None
        self._of_clause = lru_cache(maxsize=4096)(self._clause_vectors)

    def read(self, words: Sequence[str]) -> Terms | None:
        """Give the vectors of a question's words; None if the model knows none of them."""
        if self._embedder is None:
            return None
        sums = []
        for word in words:
            ids = self._embedder.term_ids(word)
            if len(ids):
                sums.append(self._embedder.term_vectors(ids).sum(axis=0))
        if not sums:
            return None
        vectors = np.stack(sums)
        lengths = np.linalg.norm(vectors, axis=1)
        unit = vectors / np.maximum(lengths, 1e-9)[:, None]
        return Terms(np.asarray(unit, dtype=np.float32), np.asarray(lengths, dtype=np.float32))

    def split(self, text: str) -> list[str]:
        """Give the words that the model sees in a Chinese text."""
        if self._embedder is None:
            return []
        ids = self._embedder.term_ids(text)
        return self._embedder.term_words(ids)

    def is_word(self, text: str) -> bool:
        """Tell whether the model knows a Chinese text as one word."""
        return self.split(text) == [text]

    def coverage(self, terms: Terms, row: int) -> float:
        """Give the share, 0 to 1, of ``terms`` that the words of clause ``row`` stand for."""
        return self.coverages(terms, (row,))[0]

    def coverages(self, terms: Terms, rows: Sequence[int]) -> list[float]:
        """Give ``coverage`` for each of several clauses."""
        return _covered(terms, [self._of_clause(row) for row in rows])

    def size(self, row: int) -> int:
        """Give how many different words clause ``row`` has."""
        return len(self._of_clause(row))

    def text_coverage(self, terms: Terms, text: str) -> float:
        """Give the share, 0 to 1, of ``terms`` that the words of any folded text stand for."""
        return _covered(terms, [self._vectors(text)])[0]

    def _clause_vectors(self, row: int) -> FloatMatrix:
        clause = self._index.clauses[row]
        return self._vectors(f"{' '.join(clause.path)} {clause.search_text}")

    def _vectors(self, text: str) -> FloatMatrix:
        if self._embedder is None:
            return np.zeros((0, 1), dtype=np.float32)
        ids = np.unique(self._embedder.term_ids(text))
        vectors = self._embedder.term_vectors(ids)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.maximum(lengths, 1e-9), dtype=np.float32)


def _covered(terms: Terms, texts: Sequence[FloatMatrix]) -> list[float]:
    """Give the covered share for each text, whose words are the rows of a matrix."""
    closest = np.zeros((len(texts), len(terms.weights)), dtype=np.float32)
    for held, row in zip(texts, closest, strict=True):
        if len(held):
            np.maximum.reduce(terms.vectors @ held.T, axis=1, out=row)
    share = np.clip((closest - UNRELATED) / (SAME - UNRELATED), 0.0, 1.0)
    return [float(x) for x in (share * terms.weights).sum(axis=1) / terms.weights.sum()]
