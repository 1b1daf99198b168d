import logging
import math
from pathlib import Path

import numpy as np
import pytest

from index.errors import IndexDamagedError
from index.stores.base import FloatMatrix
from index.stores.exact import ExactStore
from index.stores.flat import FlatStore
from index.stores.lexical import LexicalStore
from index.tokens import tokenize
from tests.contracts.vector_store import VectorStoreContract, unit_rows


class TestExactStore(VectorStoreContract):
    def make(self, vectors: FloatMatrix) -> ExactStore:
        return ExactStore(vectors)

    def load(self, path: Path) -> ExactStore:
        return ExactStore.load(path)


class TestFlatStore(VectorStoreContract):
    def make(self, vectors: FloatMatrix) -> FlatStore:
        return FlatStore(vectors)

    def load(self, path: Path) -> FlatStore:
        return FlatStore.load(path)


def test_flat_refuses_an_index_of_another_kind(tmp_path):
    import faiss  # noqa: PLC0415

    faiss.write_index(faiss.IndexFlatL2(4), str(tmp_path / "l2"))
    with pytest.raises(IndexDamagedError, match="IndexFlatL2"):
        FlatStore.load(tmp_path / "l2")


def test_flat_scores_outlive_the_array_they_were_built_from():
    vectors = unit_rows(0, (20, 8))
    store = FlatStore(vectors.copy())
    np.testing.assert_allclose(np.diag(store.scores(vectors)), 1, atol=1e-5)


TEXTS = ["省药监局牵头药品监管", "", "医疗保险基金监管", "药品、药品、药品 GMP 2025"]


def bm25(question: str, texts: list[str], *, k1: float = 1.2, b: float = 0.9) -> list[float]:
    """Lucene's formula, term by term."""
    documents = [tokenize(text) for text in texts]
    mean = sum(map(len, documents)) / len(documents)

    def score(document: list[str]) -> float:
        total = 0.0
        for token in tokenize(question):
            holding = sum(token in each for each in documents)
            idf = math.log(1 + (len(documents) - holding + 0.5) / (holding + 0.5))
            count = document.count(token)
            total += idf * count / (count + k1 * (1 - b + b * len(document) / mean))
        return total

    return [score(document) for document in documents]


@pytest.mark.parametrize("question", ["谁监管药品", "gmp", "药品药品", "", "无关"])
def test_lexical_scores_follow_the_formula(question):
    scores = LexicalStore.build(TEXTS).scores(question)
    assert scores.dtype == np.float32
    assert scores.shape == (4,)
    np.testing.assert_allclose(scores, bm25(question, TEXTS), rtol=1e-5, atol=1e-6)


def test_an_empty_text_keeps_its_row_and_scores_zero():
    store = LexicalStore.build(TEXTS)
    assert len(store) == 4
    assert store.scores("药品监管")[1] == 0


@pytest.mark.parametrize("texts", [[], [""], ["", "，。"]])
def test_texts_without_a_word_score_zero(texts, tmp_path):
    LexicalStore.build(texts).save(tmp_path / "lexical")
    store = LexicalStore.load(tmp_path / "lexical")
    assert len(store) == len(texts)
    assert store.scores("药品").tolist() == [0] * len(texts)


def test_lexical_survives_saving_and_gives_the_same_bytes_again(tmp_path):
    for name in ("a", "b"):
        LexicalStore.build(TEXTS).save(tmp_path / name)
    files = sorted(path.name for path in (tmp_path / "a").iterdir())
    for name in files:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    want = LexicalStore.build(TEXTS).scores("药品监管")
    np.testing.assert_array_equal(LexicalStore.load(tmp_path / "a").scores("药品监管"), want)


def test_a_lexical_folder_without_a_file_is_refused(tmp_path):
    LexicalStore.build(TEXTS).save(tmp_path)
    (tmp_path / "vocab.index.json").unlink()
    with pytest.raises(IndexDamagedError, match="build it again"):
        LexicalStore.load(tmp_path)


def test_bm25s_neither_logs_nor_prints(caplog, capfd):
    LexicalStore.build(TEXTS).scores("药品")
    assert logging.getLogger("bm25s").level == logging.NOTSET
    assert not caplog.records
    assert capfd.readouterr() == ("", "")
