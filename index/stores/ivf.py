"""Approximate search in FAISS: inverted lists of 8-bit vectors, probed as far as recall asks."""

from pathlib import Path
from typing import Any, ClassVar, Final, Self

import faiss
import numpy as np

from index.stores.base import (
    FloatMatrix,
    IntVector,
    SearchResult,
    VectorStore,
    best_first,
    check_allowed,
    check_queries,
    check_vectors,
    left,
    round_scores,
)
from index.stores.faiss_support import only, read_index, write_index

TARGET_RECALL: Final = 0.95
_SEED: Final = 20_211
_FEWEST_TO_TRAIN: Final = 39  # vectors for each list, below which FAISS warns
_ROUNDS: Final = 4  # further ones change the lists little, and how far to probe is tuned
# So few rows are scored one by one: quicker than probing lists that hold hardly one of them.
_SCAN: Final = 4_000
_FIRST_PROBE: Final = 32  # of the lists, where tuning begins
_FINENESS: Final = 12  # of the probes, to which it goes
_TIE: Final = 2e-6
_ROOM: Final = 0.3  # of the range, on either side
_NO_ROWS: Final = np.zeros(0, dtype=np.int64)


class IvfStore:
    """Search over vectors in 8 bits a number, in the lists nearest to a query.

    Scores are within 0.01 of the exact cosine. ``probes`` says how many lists are searched.

    Parameters
    ----------
    vectors : float32 array of shape (n, dim)
        Rows of unit L2 norm, or all zero; one at least.
    lists : int, optional
        Number of lists; about two times the root of ``n`` when omitted.

    Notes
    -----
    Source: FAISS wiki, "Guidelines to choose an index"; the scalar quantizer costs no
    measurable recall at 256 dimensions. Training is seeded, so equal vectors give equal bytes.
    """

    kind: ClassVar[str] = "ivf"

    def __init__(self, vectors: FloatMatrix, *, lists: int | None = None) -> None:
        checked = check_vectors(vectors)
        if not len(checked):
            raise ValueError("an approximate index needs one vector at least")
        count = lists or max(1, min(2 * round(len(checked) ** 0.5), len(checked)))
        dim = int(checked.shape[1])
        index: Any = faiss.index_factory(dim, f"IVF{count},SQ8", faiss.METRIC_INNER_PRODUCT)
        self._index = index
        # Numbers of vectors themselves, in a range with room: vectors that are added later and
        # unlike those trained on would be cut off.
        self._index.by_residual = False
        self._index.sq.rangestat_arg = _ROOM
        self._index.cp.seed = _SEED
        self._index.cp.niter = _ROUNDS
        self._index.cp.min_points_per_centroid = 1
        self._index.cp.max_points_per_centroid = _FEWEST_TO_TRAIN
        self._index.train(checked)
        self._index.add(checked)
        self._index.make_direct_map()
        self._index.nprobe = max(1, count // 16)
        self._removed = _NO_ROWS

    @property
    def dim(self) -> int:
        """Length of one embedding."""
        return int(self._index.d)

    @property
    def lists(self) -> int:
        """How many lists there are."""
        return int(self._index.nlist)

    @property
    def probes(self) -> int:
        """How many lists a search looks into."""
        return int(self._index.nprobe)

    @probes.setter
    def probes(self, count: int) -> None:
        if not 1 <= count <= self.lists:
            raise ValueError(f"probes must lie in [1, {self.lists}], got {count}")
        self._index.nprobe = count

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def search(
        self, queries: FloatMatrix, *, k: int, allowed: IntVector | None = None
    ) -> SearchResult:
        """Find the ``k`` closest rows to each query, most of them; else as ``ExactStore.search``.

        The filter works inside: lists are probed until ``k`` rows of those allowed are found.
        """
        queries = check_queries(queries, dim=self.dim, k=k)
        rows = left(allowed, self._removed, count=len(self))
        count = len(self) if rows is None else rows.size
        width = min(k, count)
        if rows is not None and count <= max(_SCAN, k):
            return self._scan(queries, rows, width)
        found = SearchResult(
            np.empty((len(queries), width), np.int64), np.empty((len(queries), width), np.float32)
        )
        probes = min(self.lists, -(-self.probes * len(self) // max(count, 1)))
        scores, candidates = self._probe(queries, width, rows, probes)
        if (candidates < 0).any():
            scores, candidates = self._probe(queries, width, rows, self.lists)
        for query, (of_row, of_score) in enumerate(zip(candidates, scores, strict=True)):
            found.rows[query], found.scores[query] = best_first(of_row, of_score, k=width)
        return found

    def score_rows(self, queries: FloatMatrix, rows: IntVector) -> FloatMatrix:
        """Score some rows, removed ones too; contract as in ``ExactStore.score_rows``."""
        queries = check_queries(queries, dim=self.dim)
        if not len(rows):
            return np.zeros((len(queries), 0), dtype=np.float32)
        return round_scores(queries @ self._index.reconstruct_batch(rows).T)

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
        """Read what :meth:`save` wrote; errors as in ``FlatStore.load``."""
        store = cls.__new__(cls)
        store._index, store._removed = read_index(path, faiss.IndexIVFScalarQuantizer)
        return store

    def _scan(self, queries: FloatMatrix, rows: IntVector, width: int) -> SearchResult:
        scores = self.score_rows(queries, rows)
        best = [best_first(rows, of_query, k=width) for of_query in scores]
        shape = (len(queries), width)
        return SearchResult(
            np.array([each[0] for each in best], dtype=np.int64).reshape(shape),
            np.array([each[1] for each in best], dtype=np.float32).reshape(shape),
        )

    def _probe(
        self, queries: FloatMatrix, width: int, rows: IntVector | None, probes: int
    ) -> tuple[FloatMatrix, IntVector]:
        selector = only(rows, count=len(self))
        # The stubs do not know the keywords.
        options = faiss.SearchParametersIVF(nprobe=probes, sel=selector)  # type: ignore[call-arg]
        scores, candidates = self._index.search(queries, width, params=options)
        return scores, candidates


def tune(store: IvfStore, queries: FloatMatrix, exact: VectorStore, *, k: int) -> float:
    """Set the fewest probes that reach ``TARGET_RECALL``, and give the recall that they reach.

    Parameters
    ----------
    store : IvfStore
        Its ``probes`` are set.
    queries : float32 array of shape (n_queries, dim)
        Like those that will be asked.
    exact : VectorStore
        An exact store of the same vectors.
    k : int
        Depth at which recall is measured.

    Notes
    -----
    What counts as found is a row as near as the ``k`` nearest, whichever of equals it is: a law's
    “本法自公布之日起施行。” stands in a thousand others too.
    """
    least = exact.search(queries, k=k).scores[:, -1] - _TIE

    def recall(probes: int) -> float:
        store.probes = probes
        found = store.search(queries, k=k).rows
        near = [
            (exact.score_rows(queries[at : at + 1], rows)[0] >= least[at]).mean()
            for at, rows in enumerate(found)
        ]
        return float(np.mean(near))

    few, enough = 0, max(1, store.lists // _FIRST_PROBE)
    while recall(enough) < TARGET_RECALL and enough < store.lists:
        few, enough = enough, min(2 * enough, store.lists)
    while enough - few > max(1, enough // _FINENESS):
        middle = (few + enough) // 2
        if recall(middle) < TARGET_RECALL:
            few = middle
        else:
            enough = middle
    return recall(enough)
