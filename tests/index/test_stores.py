from pathlib import Path

import faiss
import numpy as np
import pytest

from index.errors import IndexDamagedError
from index.stores.base import FloatMatrix
from index.stores.exact import ExactStore
from index.stores.flat import FlatStore
from index.stores.ivf import TARGET_RECALL, IvfStore, tune
from tests.contracts.vector_store import (
    ApproximateContract,
    ExactContract,
    grouped_rows,
    some_rows,
    unit_rows,
)


class TestExactStore(ExactContract):
    def make(self, vectors: FloatMatrix) -> ExactStore:
        return ExactStore(vectors)

    def load(self, path: Path) -> ExactStore:
        return ExactStore.load(path)


class TestFlatStore(ExactContract):
    def make(self, vectors: FloatMatrix) -> FlatStore:
        return FlatStore(vectors)

    def load(self, path: Path) -> FlatStore:
        return FlatStore.load(path)


class TestIvfStore(ApproximateContract):
    def make(self, vectors: FloatMatrix) -> IvfStore:
        return IvfStore(vectors)

    def load(self, path: Path) -> IvfStore:
        return IvfStore.load(path)

    def tuned(self, vectors: FloatMatrix, queries: FloatMatrix) -> IvfStore:
        store = IvfStore(vectors)
        tune(store, queries, ExactStore(vectors).search(queries, k=10).rows, k=10)
        return store


@pytest.mark.parametrize("store", [FlatStore, IvfStore])
def test_an_index_of_another_kind_is_refused_by_name(tmp_path, store):
    faiss.write_index(faiss.IndexFlatL2(4), str(tmp_path / "l2"))
    with pytest.raises(IndexDamagedError, match="IndexFlatL2"):
        store.load(tmp_path / "l2")


@pytest.mark.parametrize("store", [FlatStore, IvfStore])
def test_scores_outlive_the_array_a_store_was_built_from(store):
    vectors = unit_rows(0, (20, 8))
    given = vectors.copy()
    built = store(given)
    given[:] = 0
    del given
    scores = built.score_rows(vectors, np.arange(20))
    np.testing.assert_allclose(np.diag(scores), 1, atol=0.01)


def test_an_approximate_store_of_nothing_is_refused():
    with pytest.raises(ValueError, match="one vector at least"):
        IvfStore(np.zeros((0, 4), np.float32))


def test_the_number_of_lists_grows_with_the_root_of_the_number_of_vectors():
    assert [IvfStore(unit_rows(0, (n, 4))).lists for n in (1, 2, 4, 100, 400)] == [1, 2, 4, 20, 40]
    assert IvfStore(unit_rows(0, (100, 4)), lists=7).lists == 7


@pytest.mark.parametrize("probes", [0, 8])
def test_a_number_of_probes_that_there_cannot_be_is_refused(probes):
    store = IvfStore(unit_rows(0, (100, 4)), lists=7)
    with pytest.raises(ValueError, match=rf"\[1, 7\], got {probes}"):
        store.probes = probes


def test_probes_survive_saving(tmp_path):
    store = IvfStore(unit_rows(0, (100, 4)), lists=7)
    store.probes = 5
    store.save(tmp_path / "vectors")
    assert (IvfStore.load(tmp_path / "vectors").probes, store.lists) == (5, 7)


def test_tuning_gives_the_recall_that_it_sets():
    vectors, queries = grouped_rows(1, (3000, 32)), grouped_rows(2, (50, 32))
    want = ExactStore(vectors).search(queries, k=10).rows
    store = IvfStore(vectors)
    told = tune(store, queries, want, k=10)
    found = store.search(queries, k=10).rows
    same = sum(len(np.intersect1d(a, b)) for a, b in zip(found, want, strict=True))
    assert told == same / want.size >= TARGET_RECALL
    assert 1 <= store.probes < store.lists


def test_tuning_ends_where_no_number_of_probes_is_enough():
    vectors = unit_rows(1, (500, 8))
    store = IvfStore(vectors)
    unfindable = np.full((20, 10), -1, dtype=np.int64)
    assert tune(store, unit_rows(2, (20, 8)), unfindable, k=10) == 0
    assert store.probes == store.lists


def test_added_vectors_unlike_those_that_were_there_score_near_their_cosines():
    vectors, added = grouped_rows(1, (900, 64), groups=5), unit_rows(7, (300, 64))
    store = IvfStore(vectors)
    store.add(added)
    scores = store.score_rows(added[:20], np.arange(900, 1200))
    np.testing.assert_allclose(scores, added[:20] @ added.T, atol=0.02, rtol=0)


def test_an_approximate_search_of_few_rows_left_scores_each_of_them():
    vectors = unit_rows(3, (6000, 16))
    store = IvfStore(vectors)
    store.remove(np.arange(5990))
    found = store.search(vectors[5995:5996], k=20)
    assert sorted(found.rows[0].tolist()) == list(range(5990, 6000))
    assert found.rows[0, 0] == 5995
    assert store.search(vectors[:1], k=3, allowed=some_rows(4)).rows.shape == (1, 0)
