"""The promises of VectorStore, as tests that every back end inherits.

``VectorStoreContract`` holds for all of them, ``ExactContract`` for those that find every nearest
row, ``ApproximateContract`` for those that find most.
"""

from abc import ABC, abstractmethod
from pathlib import Path
from typing import ClassVar

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from index.errors import EmbeddingShapeError, IndexDamagedError
from index.stores.base import FloatMatrix, IntVector, VectorStore
from index.stores.exact import ExactStore

# Few values, so that many rows tie; sums of their products are exact in float32.
LATTICE = arrays(
    np.float32,
    st.tuples(st.integers(1, 12), st.just(3)),
    elements=st.sampled_from([-0.5, 0.0, 0.5, 1.0]),
)
# Each back end runs the same test by inheritance, which is the point.
INHERITED = settings(
    suppress_health_check=[HealthCheck.differing_executors], max_examples=60, deadline=None
)


FloatArray = NDArray[np.floating]


def unit_rows(seed: int, shape: tuple[int, int]) -> FloatMatrix:
    rows = np.random.default_rng(seed).normal(size=shape).astype(np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def grouped_rows(seed: int, shape: tuple[int, int], *, groups: int = 40) -> FloatMatrix:
    """Give unit rows that lie in groups, as texts do that share a subject."""
    random = np.random.default_rng(seed)
    centres = unit_rows(0, (groups, shape[1]))
    rows = centres[random.integers(groups, size=shape[0])]
    rows = rows + random.normal(size=shape).astype(np.float32) * 0.8 / shape[1] ** 0.5
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def some_rows(*rows: int) -> IntVector:
    return np.array(rows, dtype=np.int64)


class VectorStoreContract(ABC):
    tolerance: ClassVar[float] = 1e-5
    """How far a score may be from the cosine."""

    @abstractmethod
    def make(self, vectors: FloatMatrix) -> VectorStore:
        """Give a store of the rows."""

    @abstractmethod
    def load(self, path: Path) -> VectorStore:
        """Give the store that was saved there."""

    def close(self, got: FloatArray, want: FloatArray) -> None:
        np.testing.assert_allclose(got, want, atol=self.tolerance, rtol=0)

    def test_a_stored_vector_finds_itself_with_score_one(self):
        vectors = unit_rows(0, (50, 8))
        found = self.make(vectors).search(vectors, k=1)
        assert found.rows[:, 0].tolist() == list(range(50))
        self.close(found.scores[:, 0], np.ones(50))
        assert found.rows.dtype == np.int64
        assert found.scores.dtype == np.float32

    @INHERITED
    @given(vectors=LATTICE, queries=LATTICE, k=st.integers(1, 14), data=st.data())
    def test_any_search_gives_k_different_allowed_rows_in_order(self, vectors, queries, k, data):
        allowed = data.draw(st.none() | st.lists(st.integers(0, len(vectors) - 1)))
        rows = set(range(len(vectors)) if allowed is None else allowed)
        found = self.make(vectors).search(
            queries, k=k, allowed=None if allowed is None else some_rows(*allowed)
        )
        truth = queries @ vectors.T
        for of_row, of_score, want in zip(found.rows, found.scores, truth, strict=True):
            assert len(set(of_row.tolist())) == len(of_row) == min(k, len(rows))
            assert set(of_row.tolist()) <= rows
            keys = list(zip(-of_score, of_row, strict=True))
            assert keys == sorted(keys)
            # The lattice's vectors are up to the root of 3 long, the promise is of unit vectors.
            self.close(of_score / 3, want[of_row] / 3)

    def test_a_search_repeats_exactly(self):
        store, queries = self.make(unit_rows(1, (200, 8))), unit_rows(2, (5, 8))
        for got, want in zip(store.search(queries, k=9), store.search(queries, k=9), strict=True):
            np.testing.assert_array_equal(got, want)

    def test_one_query_alone_finds_what_it_finds_among_others(self):
        store, queries = self.make(unit_rows(1, (200, 8))), unit_rows(2, (5, 8))
        together = store.search(queries, k=4)
        alone = [store.search(query[None], k=4) for query in queries]
        np.testing.assert_array_equal(np.vstack([each.rows for each in alone]), together.rows)

    def test_ties_that_go_past_k_are_cut_in_row_order(self):
        vectors = np.tile(unit_rows(3, (1, 32)), (3000, 1))
        assert self.make(vectors).search(vectors[:1], k=4).rows.tolist() == [[0, 1, 2, 3]]

    def test_all_zero_vectors_score_zero(self):
        vectors = np.zeros((5, 4), dtype=np.float32)
        found = self.make(vectors).search(unit_rows(1, (1, 4)), k=3)
        assert found.rows.tolist() == [[0, 1, 2]]
        self.close(found.scores, np.zeros((1, 3)))

    def test_the_filter_works_inside_the_search(self):
        vectors = unit_rows(4, (40, 8))
        found = self.make(vectors).search(vectors[:1], k=3, allowed=some_rows(31, 7, 19, 7))
        assert set(found.rows[0].tolist()) == {7, 19, 31}

    def test_nothing_allowed_finds_nothing(self):
        found = self.make(unit_rows(5, (3, 4))).search(
            unit_rows(6, (2, 4)), k=1, allowed=some_rows()
        )
        assert found.rows.shape == found.scores.shape == (2, 0)

    @pytest.mark.parametrize("row", [-1, 3])
    def test_a_row_that_does_not_exist_is_refused(self, row):
        store = self.make(unit_rows(5, (3, 4)))
        with pytest.raises(ValueError, match=r"\[0, 3\)"):
            store.search(unit_rows(6, (1, 4)), k=1, allowed=some_rows(row))
        with pytest.raises(ValueError, match=r"\[0, 3\)"):
            store.remove(some_rows(row))

    def test_k_is_capped_at_the_number_stored(self):
        found = self.make(unit_rows(3, (3, 4))).search(unit_rows(4, (2, 4)), k=10)
        assert found.rows.shape == found.scores.shape == (2, 3)

    def test_no_query_finds_nothing(self):
        found = self.make(unit_rows(3, (3, 4))).search(np.zeros((0, 4), np.float32), k=2)
        assert found.rows.shape == found.scores.shape == (0, 2)

    def test_k_below_one_is_refused(self):
        with pytest.raises(ValueError, match="k must be at least 1, got 0"):
            self.make(unit_rows(3, (3, 4))).search(unit_rows(4, (2, 4)), k=0)

    def test_wrong_width_is_refused_and_both_widths_are_named(self):
        store, wrong = self.make(unit_rows(5, (3, 4))), unit_rows(6, (1, 5))
        for ask in (
            lambda: store.search(wrong, k=1),
            lambda: store.score_rows(wrong, some_rows(0)),
            lambda: store.add(wrong),
        ):
            with pytest.raises(EmbeddingShapeError, match=r"\(n, 4\), got \(1, 5\)"):
                ask()
        assert len(store) == 3

    @pytest.mark.parametrize("value", [np.nan, np.inf])
    def test_values_that_are_not_finite_are_refused(self, value):
        bad = np.array([[value, 1]], dtype=np.float32)
        with pytest.raises(ValueError, match="not finite"):
            self.make(bad)
        store = self.make(unit_rows(1, (3, 2)))
        for ask in (
            lambda: store.search(bad, k=1),
            lambda: store.score_rows(bad, some_rows(0)),
            lambda: store.add(bad),
        ):
            with pytest.raises(ValueError, match="not finite"):
                ask()
        assert len(store) == 3

    def test_rows_are_scored_in_the_order_asked(self):
        vectors, queries = unit_rows(7, (30, 8)), unit_rows(8, (4, 8))
        rows = some_rows(29, 3, 3, 0)
        scores = self.make(vectors).score_rows(queries, rows)
        self.close(scores, queries @ vectors[rows].T)
        assert scores.dtype == np.float32
        assert self.make(vectors).score_rows(queries, some_rows()).shape == (4, 0)

    def test_scores_of_rows_are_those_of_the_search(self):
        store, queries = self.make(unit_rows(7, (30, 8))), unit_rows(8, (1, 8))
        found = store.search(queries, k=30)
        np.testing.assert_allclose(
            store.score_rows(queries, found.rows[0]), found.scores, atol=2e-6, rtol=0
        )

    def test_added_vectors_are_found_behind_those_that_were_there(self):
        vectors, added = unit_rows(9, (60, 8)), unit_rows(9, (60, 8))[::-1]
        store = self.make(vectors)
        store.add(added[:20])
        store.add(added[20:])
        assert len(store) == 120
        found = store.search(vectors, k=2)
        assert found.rows.tolist() == [[row, 119 - row] for row in range(60)]
        self.close(found.scores, np.ones((60, 2)))
        self.close(store.score_rows(added[:1], some_rows(59, 60)), np.ones((1, 2)))

    def test_adding_nothing_changes_nothing(self):
        store = self.make(unit_rows(9, (5, 4)))
        store.add(np.zeros((0, 4), np.float32))
        assert len(store) == 5

    def test_removed_rows_are_not_found_and_the_others_keep_their_numbers(self):
        vectors = unit_rows(10, (40, 8))
        store = self.make(vectors)
        store.remove(some_rows(3, 5))
        store.remove(some_rows(5, 7))
        assert len(store) == 40
        found = store.search(vectors, k=40)
        assert found.rows.shape == (40, 37)
        assert not {3, 5, 7} & set(found.rows.ravel().tolist())
        assert store.search(vectors[9:10], k=1).rows.tolist() == [[9]]

    def test_a_removed_row_is_not_found_though_it_is_allowed_but_still_scored(self):
        vectors = unit_rows(10, (40, 8))
        store = self.make(vectors)
        store.remove(some_rows(3))
        assert store.search(vectors[3:4], k=2, allowed=some_rows(3, 4)).rows.tolist() == [[4]]
        self.close(store.score_rows(vectors[3:4], some_rows(3)), np.ones((1, 1)))

    def test_rows_added_after_a_removal_are_found(self):
        vectors = unit_rows(11, (30, 8))
        store = self.make(vectors)
        store.remove(some_rows(0))
        store.add(vectors[:1])
        assert store.search(vectors[:1], k=1).rows.tolist() == [[30]]

    def test_everything_removed_finds_nothing(self):
        store = self.make(unit_rows(12, (3, 4)))
        store.remove(some_rows(0, 1, 2))
        assert store.search(unit_rows(13, (2, 4)), k=3).rows.shape == (2, 0)

    def test_saving_and_loading_changes_nothing(self, tmp_path):
        vectors, queries = unit_rows(10, (30, 8)), unit_rows(11, (4, 8))
        store = self.make(vectors)
        store.add(unit_rows(10, (30, 8))[:5])
        store.remove(some_rows(2, 32))
        store.save(tmp_path / "vectors")
        loaded = self.load(tmp_path / "vectors")
        assert (len(loaded), loaded.dim, loaded.kind) == (35, 8, store.kind)
        for got, want in zip(loaded.search(queries, k=5), store.search(queries, k=5), strict=True):
            np.testing.assert_array_equal(got, want)
        every = np.arange(35)
        np.testing.assert_array_equal(
            loaded.score_rows(queries, every), store.score_rows(queries, every)
        )
        loaded.add(vectors[2:3])
        assert loaded.search(vectors[2:3], k=1).rows.tolist() == [[35]]

    def test_what_was_removed_from_a_store_saved_before_comes_back(self, tmp_path):
        vectors = unit_rows(12, (6, 4))
        store = self.make(vectors)
        store.remove(some_rows(1))
        store.save(tmp_path / "vectors")
        self.make(vectors).save(tmp_path / "vectors")
        assert self.load(tmp_path / "vectors").search(vectors[1:2], k=1).rows.tolist() == [[1]]

    def test_equal_vectors_give_equal_bytes(self, tmp_path):
        for name in ("one", "other"):
            (tmp_path / name).mkdir()
            store = self.make(unit_rows(13, (300, 16)))
            store.remove(some_rows(4))
            store.save(tmp_path / name / "vectors")
        names = sorted(path.name for path in (tmp_path / "one").iterdir())
        assert names == sorted(path.name for path in (tmp_path / "other").iterdir())
        for name in names:
            one, other = (tmp_path / each / name for each in ("one", "other"))
            assert one.read_bytes() == other.read_bytes()

    def test_a_file_cut_short_or_missing_is_refused(self, tmp_path):
        path = tmp_path / "vectors"
        with pytest.raises(IndexDamagedError, match="build it again"):
            self.load(path)
        self.make(unit_rows(12, (30, 8))).save(path)
        path.write_bytes(path.read_bytes()[:-7])
        with pytest.raises(IndexDamagedError, match="build it again"):
            self.load(path)


class ExactContract(VectorStoreContract):
    """What a store promises that finds every nearest row."""

    def test_rows_and_scores_equal_the_exact_store(self):
        vectors, queries = unit_rows(1, (200, 16)), unit_rows(2, (20, 16))
        want = ExactStore(vectors).search(queries, k=10)
        got = self.make(vectors).search(queries, k=10)
        np.testing.assert_array_equal(got.rows, want.rows)
        self.close(got.scores, want.scores)

    @INHERITED
    @given(vectors=LATTICE, queries=LATTICE, k=st.integers(1, 14), data=st.data())
    def test_any_search_finds_the_best_by_score_then_row(self, vectors, queries, k, data):
        numbers = st.lists(st.integers(0, len(vectors) - 1))
        allowed, removed = data.draw(st.none() | numbers), data.draw(numbers)
        rows = set(range(len(vectors)) if allowed is None else allowed) - set(removed)
        store = self.make(vectors)
        store.remove(some_rows(*removed))
        found = store.search(queries, k=k, allowed=None if allowed is None else some_rows(*allowed))
        truth = queries @ vectors.T
        for query, of_row in enumerate(found.rows):
            want = sorted(rows, key=lambda row: (-truth[query, row], row))[:k]
            assert of_row.tolist() == want

    def test_adding_equals_building(self):
        vectors, queries = unit_rows(3, (50, 8)), unit_rows(4, (5, 8))
        store = self.make(vectors[:20])
        store.add(vectors[20:])
        want = self.make(vectors).search(queries, k=9)
        for got, expected in zip(store.search(queries, k=9), want, strict=True):
            np.testing.assert_array_equal(got, expected)

    def test_an_empty_store_finds_nothing_until_something_is_added(self, tmp_path):
        store = self.make(np.zeros((0, 4), dtype=np.float32))
        store.save(tmp_path / "vectors")
        store = self.load(tmp_path / "vectors")
        assert (len(store), store.dim) == (0, 4)
        assert store.search(unit_rows(9, (2, 4)), k=3).rows.shape == (2, 0)
        assert store.score_rows(unit_rows(9, (2, 4)), some_rows()).shape == (2, 0)
        store.add(unit_rows(9, (2, 4)))
        assert store.search(unit_rows(9, (2, 4)), k=1).rows.tolist() == [[0], [1]]


class ApproximateContract(VectorStoreContract):
    """What a store promises that finds most of the nearest rows, once it is tuned."""

    tolerance = 0.01
    recall: ClassVar[float] = 0.95

    @abstractmethod
    def tuned(self, vectors: FloatMatrix, queries: FloatMatrix) -> VectorStore:
        """Give a store of the rows, set to the recall promised for queries like these."""

    @pytest.fixture
    def vectors(self) -> FloatMatrix:
        return grouped_rows(1, (9000, 32))

    @pytest.fixture
    def queries(self) -> FloatMatrix:
        return grouped_rows(3, (100, 32))

    @pytest.fixture
    def store(self, vectors: FloatMatrix) -> VectorStore:
        return self.tuned(vectors, grouped_rows(2, (100, 32)))

    def found_share(
        self,
        store: VectorStore,
        vectors: FloatMatrix,
        queries: FloatMatrix,
        *,
        k: int,
        allowed: IntVector | None = None,
    ) -> float:
        got = store.search(queries, k=k, allowed=allowed).rows
        want = ExactStore(vectors).search(queries, k=k, allowed=allowed).rows
        assert got.shape == want.shape
        same = [len(np.intersect1d(a, b)) for a, b in zip(got, want, strict=True)]
        return sum(same) / want.size

    @pytest.mark.parametrize("k", [10, 100])
    def test_most_of_the_nearest_rows_are_found(self, store, vectors, queries, k):
        assert self.found_share(store, vectors, queries, k=k) >= self.recall

    @pytest.mark.parametrize("share", [0.9, 0.5, 0.1, 0.01, 0.002])
    def test_most_of_the_nearest_allowed_rows_are_found(self, store, vectors, queries, share):
        count = int(share * len(vectors))
        allowed = np.random.default_rng(4).permutation(len(vectors))[:count].astype(np.int64)
        found = self.found_share(store, vectors, queries, k=10, allowed=allowed)
        assert found >= self.recall

    def test_a_filter_on_rows_far_from_the_query_still_finds_them(self, store, vectors, queries):
        far = np.argsort(vectors @ queries[0])[:5000]
        found = store.search(queries[:1], k=50, allowed=far)
        assert found.rows.shape == (1, 50)
        assert set(found.rows[0].tolist()) <= set(far.tolist())

    def test_more_rows_than_the_lists_probed_hold_come_back_all_the_same(self, store, queries):
        found = store.search(queries[:2], k=len(store))
        assert [len(np.unique(each)) for each in found.rows] == [len(store)] * 2

    def test_scores_of_what_was_built_are_near_the_cosines(self, store, vectors, queries):
        every = np.arange(len(vectors))
        self.close(store.score_rows(queries[:20], every), queries[:20] @ vectors.T)

    def test_repeated_vectors_spoil_nothing(self):
        vectors = np.repeat(grouped_rows(5, (300, 16)), 20, axis=0)
        queries = vectors[::60]
        found = self.tuned(vectors, queries).search(queries, k=10)
        self.close(found.scores, np.ones((100, 10)))
