import numpy as np
import pytest

from eval.bench.build_rate import build, dense_recall, kept_vectors
from eval.bench.laws import read_laws
from index.embed import load_embedder
from index.folder import load_index
from index.stores.base import SearchResult
from index.stores.exact import ExactStore
from tests.eval.law_kit import write_kit


class Blind(ExactStore):
    """Finds the first rows, whatever is asked."""

    def search(self, queries, *, k, allowed=None):
        rows = np.tile(np.arange(k), (len(queries), 1))
        return SearchResult(rows, np.zeros(rows.shape, np.float32))


def unit(rows):
    vectors = np.random.default_rng(3).normal(size=(rows, 8)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_an_exact_store_finds_all_and_a_blind_one_what_it_hits():
    vectors = unit(50)
    queries = vectors[[0, 49]]
    assert dense_recall(ExactStore(vectors), vectors, queries) == 1
    nearest = np.argsort(-(queries @ vectors.T), axis=1)[:, :10]
    expected = (nearest < 10).mean()
    assert dense_recall(Blind(vectors), vectors, queries) == pytest.approx(expected)


def test_vectors_that_are_as_near_count_as_found():
    vectors = np.tile(unit(1), (30, 1))
    assert dense_recall(Blind(vectors), vectors, vectors[:1]) == 1


def test_fewer_vectors_than_the_depth_are_all_found():
    vectors = unit(4)
    assert dense_recall(ExactStore(vectors), vectors, vectors) == 1


def test_a_build_tells_its_stages_and_makes_the_same_index(tmp_path):
    documents = read_laws(write_kit(tmp_path))
    embedder = load_embedder()
    with kept_vectors() as kept:
        told = build(tmp_path / "index", documents, embedder)
    index = load_index(tmp_path / "index", embedder=embedder)
    assert told["clauses"] == len(index.clauses) == 6
    assert told["store"]["kind"] == "flat"
    assert kept[0].shape == (told["passages"], embedder.dim)
    assert told["stages_s"]["embed"] > 0
    assert sum(told["stages_s"].values()) == pytest.approx(told["cpu_s"], abs=1e-3)
