"""Exact inner-product search in FAISS, stored in FAISS's own file format."""

from pathlib import Path
from typing import Self

import faiss
import numpy as np

from index.errors import IndexDamagedError
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
    round_scores,
)

# Two scores this close may be equal once rounded.
_TIE = 2 * 10.0**-SCORE_DECIMALS


class FlatStore:
    """The same answers as :class:`index.stores.exact.ExactStore`, with less memory per query.

    FAISS's thread count is left alone: a flat search runs its queries in parallel, and a
    single query on one thread, so a small search starts no threads anyway.
    """

    def __init__(self, vectors: FloatMatrix) -> None:
        checked = check_vectors(vectors)
        self._index = faiss.IndexFlatIP(int(checked.shape[1]))
        self._index.add(checked)

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
        rows = None if allowed is None else check_allowed(allowed, count=len(self))
        count = len(self) if rows is None else rows.size
        width = min(k, count)
        found = SearchResult(
            np.empty((len(queries), width), np.int64), np.empty((len(queries), width), np.float32)
        )
        if width == 0 or len(queries) == 0:
            return found
        options = _only(rows)
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

    def scores(self, queries: FloatMatrix) -> FloatMatrix:
        """Score every stored vector; contract as in ``ExactStore.scores``."""
        checked = check_queries(queries, dim=self.dim)
        if len(self) == 0:
            return np.zeros((len(checked), 0), np.float32)
        # A view of the vectors FAISS holds: nothing is copied.
        flat = faiss.rev_swig_ptr(self._index.get_xb(), len(self) * self.dim)
        return round_scores(checked @ flat.reshape(len(self), self.dim).T)

    def save(self, path: Path) -> None:
        """Write the index to ``path`` by ``faiss.write_index``."""
        faiss.write_index(self._index, str(path))

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read what :meth:`save` wrote.

        FAISS notices a file cut short but not a flipped bit: compare a checksum first.

        Raises
        ------
        IndexDamagedError
            If FAISS cannot read the file, or it holds another kind of index.
        """
        try:
            index = faiss.read_index(str(path))
        except RuntimeError as error:
            problem = "FAISS cannot read it"
            raise IndexDamagedError(path, problem, "build it again") from error
        if not isinstance(index, faiss.IndexFlatIP):
            raise IndexDamagedError(path, f"holds a {type(index).__name__}", "build it again")
        store = cls.__new__(cls)
        store._index = index
        return store


def _only(rows: IntVector | None) -> faiss.SearchParameters | None:
    if rows is None:
        return None
    selector = faiss.IDSelectorBatch(rows)
    # The stubs do not know the keyword; unlike an assignment, it keeps the selector alive.
    return faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
