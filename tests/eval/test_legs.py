import pytest

from eval.bench.laws import read_laws
from eval.bench.legs import by_meaning, by_words
from index.embed import load_embedder
from index.folder import load_index, write_index
from tests.eval.law_kit import write_kit


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    folder = tmp_path_factory.mktemp("legs")
    write_index(folder / "index", read_laws(write_kit(folder)), embedder=load_embedder())
    return load_index(folder / "index")


def test_words_find_the_clauses_that_share_them_best_first(index):
    found = by_words(index.stores, "抢劫财物", k=5)
    assert [index.clauses[row].clause_id for row in found] == ["刑法-1", "刑法-0"]
    assert by_words(index.stores, "搶劫財物", k=1) == found[:1]


def test_words_that_no_clause_has_find_nothing(index):
    assert by_words(index.stores, "xyz", k=5) == []


def test_meaning_finds_each_clause_once_best_first(index):
    found = by_meaning(index.stores, index.embedder, "theft", k=3)
    assert index.clauses[found[0]].clause_id in {"刑法-0", "刑法-1"}
    assert len(found) == len(set(found)) <= 3
