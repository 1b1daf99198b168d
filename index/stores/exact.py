"""Exact search in NumPy: the reference the other stores are measured against."""

from pathlib import Path
from typing import ClassVar, Self

import numpy as np

from index.errors import IndexDamagedError
from index.stores.arrays import load_arrays, save_arrays
from index.stores.base import (
    FloatMatrix,
    IntVector,
    SearchResult,
    best_first,
    check_allowed,
    check_queries,
    check_vectors,
    round_scores,
)


class ExactStore:
    """Brute-force cosine search; right for up to some 100 000 passages.

    Parameters
    ----------
    vectors : float32 array of shape (n, dim)
        Rows of unit L2 norm, or all zero for a text without meaning; ``n`` may be 0.

    Raises
    ------
    ValueError
        If ``vectors`` is no matrix or holds a value that is not finite.
    """

    kind: ClassVar[str] = "exact"

    def __init__(self, vectors: FloatMatrix) -> None:
        self._vectors = check_vectors(vectors)
        self._removed = np.zeros(0, dtype=np.int64)

    @property
    def dim(self) -> int:
        """Length of one embedding."""
        return int(self._vectors.shape[1])

    def __len__(self) -> int:
        return int(self._vectors.shape[0])

    def search(
        self, queries: FloatMatrix, *, k: int, allowed: IntVector | None = None
    ) -> SearchResult:
        """Find the ``k`` stored vectors closest to each query vector.

        Parameters
        ----------
        queries : float32 array of shape (n_queries, dim)
            Each row of unit L2 norm, as the embedder returns it.
        k : int
            Rows wanted per query, at least 1; capped at the number of rows allowed.
        allowed : int64 array, optional
            Row positions that may be returned, in any order; all when omitted. The filter
            works inside the search: ``k`` rows come back where so many are allowed.

        Returns
        -------
        SearchResult
            ``rows``, int64 of shape (n_queries, k): positions in the store, best first.
            ``scores``, float32 of the same shape: cosine similarity, no unit, in [-1, 1],
            rounded to six decimals. Equal scores keep row order, so a search repeats exactly.

        Raises
        ------
        EmbeddingShapeError
            If ``queries.shape[1] != self.dim``; the message gives both.
        ValueError
            If ``k < 1``, a value is not finite, or an allowed row does not exist.

        Notes
        -----
        Time O(n_queries * n * dim), memory O(n_queries * n).
        Source: for unit vectors the inner product equals the cosine; FAISS wiki,
        "MetricType and distances".

        Examples
        --------
        >>> store = ExactStore(np.array([[1, 0], [0, 1]], dtype=np.float32))
        >>> store.search(np.array([[0.6, 0.8]], dtype=np.float32), k=1).rows
        array([[1]])
        """
        queries = check_queries(queries, dim=self.dim, k=k)
        every = np.arange(len(self), dtype=np.int64)
        rows = every if allowed is None else check_allowed(allowed, count=len(self))
        rows = np.setdiff1d(rows, self._removed, assume_unique=True)
        scores = self.score_rows(queries, rows)
        shape = (len(queries), min(k, rows.size))
        found = SearchResult(np.empty(shape, np.int64), np.empty(shape, np.float32))
        for query, of_query in enumerate(scores):
            found.rows[query], found.scores[query] = best_first(rows, of_query, k=k)
        return found

    def score_rows(self, queries: FloatMatrix, rows: IntVector) -> FloatMatrix:
        """Score some rows against each query, removed ones too.

        Returns
        -------
        float32 array of shape (n_queries, len(rows))
            Cosine similarity in the order of ``rows``, rounded to six decimals.

        Raises
        ------
        EmbeddingShapeError
            If ``queries.shape[1] != self.dim``.
        """
        return round_scores(check_queries(queries, dim=self.dim) @ self._vectors[rows].T)

    def add(self, vectors: FloatMatrix) -> None:
        """Store further vectors; their rows follow those that are there.

        Raises
        ------
        EmbeddingShapeError
            If they are not of shape (n, dim).
        ValueError
            If a value is not finite.
        """
        added = check_queries(check_vectors(vectors), dim=self.dim)
        self._vectors = np.concatenate([self._vectors, added])

    def remove(self, rows: IntVector) -> None:
        """Take rows out of every search; the numbers of the others stay.

        Raises
        ------
        ValueError
            If a row does not exist.
        """
        self._removed = np.union1d(self._removed, check_allowed(rows, count=len(self)))

    def save(self, path: Path) -> None:
        """Write the vectors, and which were removed, to ``path``."""
        save_arrays(path, {"vectors": self._vectors, "removed": self._removed})

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read what :meth:`save` wrote.

        Raises
        ------
        IndexDamagedError
            If the file is missing, cut short or holds no vectors.
        """
        arrays = load_arrays(path)
        try:
            store = cls(arrays["vectors"])
            store.remove(arrays["removed"])
        except (KeyError, ValueError) as error:
            raise IndexDamagedError(path, f"no vectors ({error})", "build it again") from error
        return store
