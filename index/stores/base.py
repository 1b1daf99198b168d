"""What every vector store promises."""

from pathlib import Path
from typing import ClassVar, NamedTuple, Protocol, Self

import numpy as np
from numpy.typing import NDArray

from index.distinct import distinct
from index.errors import EmbeddingShapeError

FloatMatrix = NDArray[np.float32]
FloatVector = NDArray[np.float32]
IntMatrix = NDArray[np.int64]
IntVector = NDArray[np.int64]

SCORE_DECIMALS = 6


class SearchResult(NamedTuple):
    """Rows (int64) and scores (float32), both of shape (n_queries, k), best first."""

    rows: IntMatrix
    scores: FloatMatrix


class VectorStore(Protocol):
    """Nearest-neighbour search over unit-length vectors; the contract of ``ExactStore``."""

    kind: ClassVar[str]
    """The name under which an index's manifest remembers the store."""

    @property
    def dim(self) -> int:
        """Length of one embedding."""
        ...

    def __len__(self) -> int: ...

    def search(
        self, queries: FloatMatrix, *, k: int, allowed: IntVector | None = None
    ) -> SearchResult:
        """Find the ``k`` stored vectors closest to each query, among ``allowed`` if given."""
        ...

    def score_rows(self, queries: FloatMatrix, rows: IntVector) -> FloatMatrix:
        """Score some rows against each query: shape (n_queries, n_rows)."""
        ...

    def add(self, vectors: FloatMatrix) -> None:
        """Store further vectors behind those that are there."""
        ...

    def remove(self, rows: IntVector) -> None:
        """Take rows out of every search; the numbers of the others stay."""
        ...

    def save(self, path: Path) -> None:
        """Write the store to one file, and what goes with it beside."""
        ...

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read a store that :meth:`save` wrote."""
        ...


def check_vectors(vectors: FloatMatrix) -> FloatMatrix:
    """Give ``vectors`` as a C-contiguous float32 matrix.

    Raises
    ------
    ValueError
        If it has not two axes, or a value is not finite.
    """
    if vectors.ndim != 2:  # noqa: PLR2004 - a matrix has two axes
        raise ValueError(f"expected vectors of shape (n, dim), got {vectors.shape}")
    if not np.isfinite(vectors).all():
        raise ValueError("a vector holds a value that is not finite")
    return np.ascontiguousarray(vectors, dtype=np.float32)


def check_queries(queries: FloatMatrix, *, dim: int, k: int = 1) -> FloatMatrix:
    """Give ``queries`` as C-contiguous float32, or refuse what a store cannot answer.

    Raises
    ------
    EmbeddingShapeError
        If ``queries`` is not of shape (n_queries, dim).
    ValueError
        If ``k`` is below 1, or a value is not finite.
    """
    if queries.ndim != 2 or queries.shape[1] != dim:  # noqa: PLR2004 - a matrix has two axes
        raise EmbeddingShapeError(expected_dim=dim, got_shape=queries.shape)
    if k < 1:
        raise ValueError(f"k must be at least 1, got {k}")
    if not np.isfinite(queries).all():
        raise ValueError("a query holds a value that is not finite")
    return np.ascontiguousarray(queries, dtype=np.float32)


def check_allowed(allowed: IntVector, *, count: int) -> IntVector:
    """Give the row positions sorted and without repetition.

    Raises
    ------
    ValueError
        If one lies outside ``range(count)``.
    """
    rows = distinct(np.asarray(allowed, dtype=np.int64))
    if rows.size and (rows[0] < 0 or rows[-1] >= count):
        raise ValueError(f"allowed rows must lie in [0, {count}), got {rows[0]} to {rows[-1]}")
    return rows


def left(allowed: IntVector | None, removed: IntVector, *, count: int) -> IntVector | None:
    """Give the rows that may be found: those allowed less those removed, None for all."""
    if allowed is None and not removed.size:
        return None
    there = np.ones(count, dtype=np.bool_)
    there[removed] = False
    if allowed is None:
        return np.flatnonzero(there)
    rows = check_allowed(allowed, count=count)
    return rows[there[rows]]


def round_scores(scores: FloatMatrix) -> FloatMatrix:
    """Round to six decimals, so that equal vectors tie whatever order a machine adds in."""
    return np.round(scores, SCORE_DECIMALS)


def best_first(rows: IntVector, scores: FloatVector, *, k: int) -> tuple[IntVector, FloatVector]:
    """Order candidates by rounded score, then by row, and keep ``k`` of them."""
    rounded = round_scores(scores)
    order = np.lexsort((rows, -rounded))[:k]
    return rows[order], rounded[order]
