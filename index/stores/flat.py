"""Exact inner-product search in FAISS, stored in FAISS's own file format."""

from pathlib import Path
from typing import ClassVar, Self

import faiss
import numpy as np

from index.stores.base import (
    SCORE_DECIMALS,
    FloatMatrix,
    FloatVector,
    IntVector,
    SearchResult,
    best_first,
    check_allowed,
    check_queries,
    check_vectors,
    left,
    round_scores,
)
from index.stores.faiss_support import only, read_index, write_index

# Two scores this close may be equal once rounded.
_TIE = 2 * 10.0**-SCORE_DECIMALS


class FlatStore:
    """The same answers as :class:`index.stores.exact.ExactStore`, with less memory per query.

    FAISS's thread count is left alone: a flat search runs its queries in parallel, and a
    single query on one thread, so a small search starts no threads anyway.
    """

    kind: ClassVar[str] = "flat"

    def __init__(self, vectors: FloatMatrix) -> None:
        checked = check_vectors(vectors)
        self._index = faiss.IndexFlatIP(int(checked.shape[1]))
        self._index.add(checked)
        self._removed = np.zeros(0, dtype=np.int64)

    @property
    def dim(self) -> int:
        """Length of one embedding."""
        return int(self._index.d)

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def search(
        self, queries: FloatMatrix, *, k: int, allowed: IntVector | None = None
    ) -> SearchResult:
        """Find the ``k`` closest rows to each query; contract as in ``ExactStore.search``.

        Notes
        -----
        FAISS keeps any of the rows that tie at rank ``k``. One row more is asked for, and
        where it ties, a range search fetches all of its equals, so that row order decides.
        """
        queries = check_queries(queries, dim=self.dim, k=k)
        rows = left(allowed, self._removed, count=len(self))
        count = len(self) if rows is None else rows.size
        width = min(k, count)
        found = SearchResult(
            np.empty((len(queries), width), np.int64), np.empty((len(queries), width), np.float32)
        )
        if width == 0 or len(queries) == 0:
            return found
        options = None
        if rows is not None:
            selector = only(rows, count=len(self))
            # The stubs do not know the keyword; unlike an assignment, it keeps the selector alive.
            options = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
        scores, candidates = self._index.search(queries, min(k + 1, count), params=options)
        for query, (of_row, of_score) in enumerate(zip(candidates, scores, strict=True)):
            if count > k and of_score[k - 1] - of_score[k] < _TIE:
                pair = self._at_least(queries[query : query + 1], of_score[k - 1], options)
            else:
                pair = of_row, of_score
            found.rows[query], found.scores[query] = best_first(*pair, k=width)
        return found

    def _at_least(
        self, query: FloatMatrix, score: float, options: faiss.SearchParameters | None
    ) -> tuple[IntVector, FloatVector]:
        """Fetch every row that scores ``score``, one tie less, or more."""
        _, scores, rows = self._index.range_search(query, float(score) - _TIE, params=options)
        return rows, scores

    def score_rows(self, queries: FloatMatrix, rows: IntVector) -> FloatMatrix:
        """Score some rows, removed ones too; contract as in ``ExactStore.score_rows``."""
        checked = check_queries(queries, dim=self.dim)
        if len(self) == 0:
            return np.zeros((len(checked), 0), np.float32)
        # A view of the vectors FAISS holds: only the rows asked for are copied.
        flat = faiss.rev_swig_ptr(self._index.get_xb(), len(self) * self.dim)
        return round_scores(checked @ flat.reshape(len(self), self.dim)[rows].T)

    def add(self, vectors: FloatMatrix) -> None:
        """Store further vectors; contract as in ``ExactStore.add``."""
        self._index.add(check_queries(check_vectors(vectors), dim=self.dim))

    def remove(self, rows: IntVector) -> None:
        """Take rows out of every search; contract as in ``ExactStore.remove``."""
        self._removed = np.union1d(self._removed, check_allowed(rows, count=len(self)))

    def save(self, path: Path) -> None:
        """Write the index to ``path`` by ``faiss.write_index``, what was removed beside it."""
        write_index(self._index, self._removed, path)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read what :meth:`save` wrote.

        FAISS notices a file cut short but not a flipped bit: compare a checksum first.

        Raises
        ------
        IndexDamagedError
            If FAISS cannot read the file, or it holds another kind of index.
        """
        store = cls.__new__(cls)
        store._index, store._removed = read_index(path, faiss.IndexFlatIP)
        return store
