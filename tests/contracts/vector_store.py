"""The promises of VectorStore, as tests that every back end inherits."""

from abc import ABC, abstractmethod
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from index.errors import EmbeddingShapeError, IndexDamagedError
from index.stores.base import FloatMatrix, VectorStore
from index.stores.exact import ExactStore

# Few values, so that many rows tie; sums of their products are exact in float32.
LATTICE = arrays(
    np.float32,
    st.tuples(st.integers(1, 12), st.just(3)),
    elements=st.sampled_from([-0.5, 0.0, 0.5, 1.0]),
)


def unit_rows(seed: int, shape: tuple[int, int]) -> FloatMatrix:
    rows = np.random.default_rng(seed).normal(size=shape).astype(np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


class VectorStoreContract(ABC):
    @abstractmethod
    def make(self, vectors: FloatMatrix) -> VectorStore:
        """Give a store of the rows."""

    @abstractmethod
    def load(self, path: Path) -> VectorStore:
        """Give the store that was saved there."""

    def test_a_stored_vector_finds_itself_with_score_one(self):
        vectors = unit_rows(0, (50, 8))
        found = self.make(vectors).search(vectors, k=1)
        assert found.rows[:, 0].tolist() == list(range(50))
        np.testing.assert_allclose(found.scores[:, 0], 1.0, atol=1e-5)

    def test_rows_and_scores_equal_the_exact_store(self):
        vectors, queries = unit_rows(1, (200, 16)), unit_rows(2, (20, 16))
        want = ExactStore(vectors).search(queries, k=10)
        got = self.make(vectors).search(queries, k=10)
        np.testing.assert_array_equal(got.rows, want.rows)
        np.testing.assert_allclose(got.scores, want.scores, atol=1e-5)
        assert got.rows.dtype == np.int64
        assert got.scores.dtype == np.float32

    # Each back end runs the same test by inheritance, which is the point.
    @settings(suppress_health_check=[HealthCheck.differing_executors])
    @given(vectors=LATTICE, queries=LATTICE, k=st.integers(1, 14), data=st.data())
    def test_any_search_is_sorted_by_score_then_row(self, vectors, queries, k, data):
        allowed = data.draw(st.none() | st.lists(st.integers(0, len(vectors) - 1)))
        rows = range(len(vectors)) if allowed is None else sorted(set(allowed))
        chosen = None if allowed is None else np.array(allowed, dtype=np.int64)
        found = self.make(vectors).search(queries, k=k, allowed=chosen)
        truth = queries @ vectors.T
        for query in range(len(queries)):
            want = sorted(rows, key=lambda row: (-truth[query, row], row))[:k]
            assert found.rows[query].tolist() == want
            np.testing.assert_allclose(found.scores[query], truth[query, want], atol=1e-5)

    def test_ties_that_go_past_k_are_cut_in_row_order(self):
        vectors = np.tile(unit_rows(3, (1, 32)), (3000, 1))
        assert self.make(vectors).search(vectors[:1], k=4).rows.tolist() == [[0, 1, 2, 3]]

    def test_the_filter_works_inside_the_search(self):
        vectors = unit_rows(4, (40, 8))
        allowed = np.array([31, 7, 19], dtype=np.int64)
        found = self.make(vectors).search(vectors[:1], k=3, allowed=allowed)
        assert set(found.rows[0].tolist()) == {7, 19, 31}

    def test_nothing_allowed_finds_nothing(self):
        store = self.make(unit_rows(5, (3, 4)))
        found = store.search(unit_rows(6, (2, 4)), k=1, allowed=np.array([], dtype=np.int64))
        assert found.rows.shape == found.scores.shape == (2, 0)

    @pytest.mark.parametrize("row", [-1, 3])
    def test_an_allowed_row_that_does_not_exist_is_refused(self, row):
        with pytest.raises(ValueError, match=r"\[0, 3\)"):
            self.make(unit_rows(5, (3, 4))).search(
                unit_rows(6, (1, 4)), k=1, allowed=np.array([row], dtype=np.int64)
            )

    def test_k_is_capped_at_the_number_stored(self):
        found = self.make(unit_rows(3, (3, 4))).search(unit_rows(4, (2, 4)), k=10)
        assert found.rows.shape == found.scores.shape == (2, 3)

    def test_k_below_one_is_refused(self):
        with pytest.raises(ValueError, match="k must be at least 1, got 0"):
            self.make(unit_rows(3, (3, 4))).search(unit_rows(4, (2, 4)), k=0)

    def test_wrong_width_is_refused_and_both_widths_are_named(self):
        store = self.make(unit_rows(5, (3, 4)))
        with pytest.raises(EmbeddingShapeError, match=r"\(n, 4\), got \(1, 5\)"):
            store.search(unit_rows(6, (1, 5)), k=1)
        with pytest.raises(EmbeddingShapeError, match=r"\(n, 4\), got \(1, 5\)"):
            store.scores(unit_rows(6, (1, 5)))

    def test_values_that_are_not_finite_are_refused(self):
        with pytest.raises(ValueError, match="not finite"):
            self.make(np.array([[np.nan, 1]], dtype=np.float32))

    def test_scores_are_the_cosines_in_row_order(self):
        vectors, queries = unit_rows(7, (30, 8)), unit_rows(8, (4, 8))
        scores = self.make(vectors).scores(queries)
        np.testing.assert_allclose(scores, queries @ vectors.T, atol=1e-5)

    def test_an_empty_store_finds_nothing(self):
        store = self.make(np.zeros((0, 4), dtype=np.float32))
        assert (len(store), store.dim) == (0, 4)
        assert store.search(unit_rows(9, (2, 4)), k=3).rows.shape == (2, 0)
        assert store.scores(unit_rows(9, (2, 4))).shape == (2, 0)

    def test_saving_and_loading_changes_nothing(self, tmp_path):
        vectors, queries = unit_rows(10, (30, 8)), unit_rows(11, (4, 8))
        store = self.make(vectors)
        store.save(tmp_path / "vectors")
        loaded = self.load(tmp_path / "vectors")
        assert (len(loaded), loaded.dim) == (30, 8)
        for got, want in zip(loaded.search(queries, k=5), store.search(queries, k=5), strict=True):
            np.testing.assert_array_equal(got, want)

    def test_a_file_cut_short_or_missing_is_refused(self, tmp_path):
        path = tmp_path / "vectors"
        with pytest.raises(IndexDamagedError, match="build it again"):
            self.load(path)
        self.make(unit_rows(12, (30, 8))).save(path)
        path.write_bytes(path.read_bytes()[:-7])
        with pytest.raises(IndexDamagedError, match="build it again"):
            self.load(path)
