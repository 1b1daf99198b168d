"""Which vector store an index gets: exact while that is fast enough, approximate beyond."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from index.errors import StoreKindError
from index.stores.base import FloatMatrix, VectorStore
from index.stores.exact import ExactStore
from index.stores.flat import FlatStore
from index.stores.ivf import IvfStore, tune

AUTO: Final = "auto"
EXACT_UP_TO: Final = 20_000
"""Vectors; eval/bench/scale.py has the times on either side."""
RECALL_AT: Final = 10

_KINDS: Final[dict[str, type[VectorStore]]] = {
    FlatStore.kind: FlatStore,
    IvfStore.kind: IvfStore,
    ExactStore.kind: ExactStore,
}
KINDS: Final = (AUTO, *_KINDS)


@dataclass(frozen=True, slots=True)
class StoreReport:
    """What was built: ``recall`` at ``RECALL_AT`` against an exact search, over ``queries``."""

    kind: str
    vectors: int
    recall: float
    queries: int = 0
    lists: int = 0
    probes: int = 0


def build_store(
    vectors: FloatMatrix, queries: FloatMatrix, *, kind: str = AUTO
) -> tuple[VectorStore, StoreReport]:
    """Store vectors in the kind of store that fits their number, and measure its recall.

    Parameters
    ----------
    vectors : float32 array of shape (n, dim)
        Rows of unit L2 norm or all zero.
    queries : float32 array of shape (n_queries, dim)
        Like those that will be asked; read for an approximate store only.
    kind : str
        One of ``KINDS``; ``auto`` chooses by ``n``.

    Raises
    ------
    StoreKindError
        If there is no such kind.
    """
    check_kind(kind)
    if kind == AUTO:
        kind = FlatStore.kind if len(vectors) <= EXACT_UP_TO else IvfStore.kind
    if kind != IvfStore.kind or not len(vectors):
        exact: VectorStore = ExactStore(vectors) if kind == ExactStore.kind else FlatStore(vectors)
        return exact, StoreReport(exact.kind, len(vectors), recall=1.0)
    depth = min(RECALL_AT, len(vectors))
    store = IvfStore(vectors)
    recall = tune(store, queries, FlatStore(vectors), k=depth) if len(queries) else 0.0
    report = StoreReport(
        store.kind, len(vectors), round(recall, 4), len(queries), store.lists, store.probes
    )
    return store, report


def load_store(path: Path, kind: str) -> VectorStore:
    """Read a store of that kind.

    Raises
    ------
    StoreKindError
        If there is no such kind.
    IndexDamagedError
        If the file is missing or damaged.
    """
    check_kind(kind)
    return _KINDS[kind].load(path)


def check_kind(kind: str) -> None:
    """Refuse a kind of store that there is not.

    Raises
    ------
    StoreKindError
        Always then.
    """
    if kind not in KINDS:
        raise StoreKindError(kind, KINDS)
