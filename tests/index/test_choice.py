import numpy as np
import pytest

import index.stores.choice
from index.errors import IndexDamagedError, StoreKindError
from index.stores.base import FloatMatrix
from index.stores.choice import AUTO, KINDS, StoreReport, build_store, check_kind, load_store
from index.stores.exact import ExactStore
from index.stores.ivf import TARGET_RECALL, IvfStore
from tests.contracts.vector_store import grouped_rows, unit_rows

VECTORS, QUERIES = grouped_rows(1, (2000, 16)), grouped_rows(2, (40, 16))


@pytest.fixture(autouse=True)
def exact_up_to_a_thousand(monkeypatch):
    monkeypatch.setattr(index.stores.choice, "EXACT_UP_TO", 1000)


@pytest.mark.parametrize(
    ("count", "kind"), [(0, "flat"), (1, "flat"), (1000, "flat"), (1001, "ivf"), (2000, "ivf")]
)
def test_the_number_of_vectors_chooses_the_kind(count, kind):
    store, report = build_store(VECTORS[:count], QUERIES)
    assert (store.kind, report.kind, report.vectors, len(store)) == (kind, kind, count, count)


@pytest.mark.parametrize("kind", ["flat", "exact"])
def test_an_exact_store_misses_nothing_and_needs_no_question(kind):
    _, report = build_store(VECTORS, np.zeros((0, 16), np.float32), kind=kind)
    assert report == StoreReport(kind, 2000, recall=1.0)


def test_the_report_of_an_approximate_store_says_what_it_is():
    store, report = build_store(VECTORS, QUERIES)
    assert isinstance(store, IvfStore)
    assert (report.lists, report.probes, report.queries) == (store.lists, store.probes, 40)
    found = store.search(QUERIES, k=10).rows
    want = ExactStore(VECTORS).search(QUERIES, k=10).rows
    same = sum(len(np.intersect1d(a, b)) for a, b in zip(found, want, strict=True))
    assert report.recall == pytest.approx(same / want.size, abs=1e-4)
    assert report.recall >= TARGET_RECALL


def test_few_vectors_are_stored_approximately_where_that_is_asked_for():
    store, report = build_store(VECTORS[:3], QUERIES, kind="ivf")
    assert (store.kind, report.kind, report.recall) == ("ivf", "ivf", 1.0)


def test_no_vector_is_stored_exactly_whatever_is_asked_for():
    store, report = build_store(VECTORS[:0], QUERIES, kind="ivf")
    assert (store.kind, report.kind) == ("flat", "flat")


def test_without_a_question_no_recall_is_claimed():
    _, report = build_store(VECTORS, QUERIES[:0])
    assert (report.kind, report.recall, report.queries) == ("ivf", 0.0, 0)


def test_an_unknown_kind_is_refused_with_those_there_are(tmp_path):
    message = r"no vector store 'hnsw'; use one of auto, flat, ivf, exact"
    for ask in (
        lambda: build_store(VECTORS, QUERIES, kind="hnsw"),
        lambda: load_store(tmp_path, "hnsw"),
        lambda: check_kind("hnsw"),
    ):
        with pytest.raises(StoreKindError, match=message):
            ask()


@pytest.mark.parametrize("kind", [each for each in KINDS if each != AUTO])
def test_a_store_is_read_back_by_its_kind(tmp_path, kind):
    store, _ = build_store(VECTORS, QUERIES, kind=kind)
    store.save(tmp_path / "vectors")
    loaded = load_store(tmp_path / "vectors", kind)
    np.testing.assert_array_equal(loaded.search(QUERIES, k=5).rows, store.search(QUERIES, k=5).rows)


@pytest.mark.parametrize(("saved", "asked"), [("flat", "ivf"), ("ivf", "flat"), ("exact", "flat")])
def test_a_store_of_another_kind_is_refused(tmp_path, saved, asked):
    vectors: FloatMatrix = unit_rows(1, (20, 4))
    build_store(vectors, vectors, kind=saved)[0].save(tmp_path / "vectors")
    with pytest.raises(IndexDamagedError, match="build it again"):
        load_store(tmp_path / "vectors", asked)
