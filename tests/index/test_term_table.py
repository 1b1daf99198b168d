import re
from collections.abc import Sequence

import numpy as np
import pytest

from index.errors import IndexDamagedError
from index.stores.arrays import save_arrays
from index.stores.base import FloatMatrix, IntVector
from index.term_table import SAME, TERM_FEATURES, UNRELATED, QuestionTerms, TermTable

# 寒 lies as near to cold as a translation, 药 as far as an unrelated word; 空 means nothing.
VECTORS = {
    "cold": (2.0, 0.0),
    "寒": (SAME, (1 - SAME**2) ** 0.5),
    "药": (0.0, 3.0),
    "近": (0.45, (1 - 0.45**2) ** 0.5),
    "空": (0.0, 0.0),
    "的": (1.0, 1.0),
    "the": (1.0, 1.0),
    "co": (1.0, 0.0),
    "ld": (1.0, 0.0),
}


class Words:
    """Knows nine words, and knows ``coold`` as two pieces."""

    dim = 2
    known_terms = len(VECTORS)

    def unit_term_vectors(self, ids: IntVector) -> FloatMatrix:
        vectors = self.term_vectors(ids)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.maximum(lengths, 1e-9), dtype=np.float32)

    def embed_with_terms(self, texts: Sequence[str]) -> tuple[FloatMatrix, list[IntVector]]:
        raise NotImplementedError

    def term_ids(self, text: str) -> IntVector:
        found = re.findall("|".join(VECTORS), text.lower())
        return np.array([list(VECTORS).index(word) for word in found], dtype=np.int64)

    def term_words(self, ids: IntVector) -> list[str]:
        return [list(VECTORS)[at] for at in ids]

    def term_vectors(self, ids: IntVector) -> FloatMatrix:
        return np.array(list(VECTORS.values()), dtype=np.float32)[ids].reshape(len(ids), 2)


EMBEDDER = Words()


def features(question: str, *clauses: str) -> FloatMatrix:
    table = TermTable.of(
        [EMBEDDER.term_ids(each) for each in clauses],
        np.arange(len(clauses), dtype=np.int64),
        clauses=len(clauses),
    )
    terms = QuestionTerms.of(question, EMBEDDER)
    return table.features(terms, np.arange(len(clauses)), EMBEDDER)


def test_a_word_is_matched_by_the_closest_of_a_clause():
    got = features("cold", "cold", "寒", "药 寒", "药", "")
    assert got.shape == (5, len(TERM_FEATURES))
    assert got.dtype == np.float32
    want = np.array([[1, 1, 1], [1, SAME, 1], [1, SAME, 1], [0, 0, 0], [0, 0, 0]])
    np.testing.assert_allclose(got, want, atol=1e-6)


def test_a_cosine_between_unrelated_and_same_counts_by_its_place_between_them():
    share = (0.45 - UNRELATED) / (SAME - UNRELATED)
    np.testing.assert_allclose(features("cold", "近"), [[share, 0.45, share]], atol=1e-6)


def test_words_count_by_how_telling_they_are():
    """Of cold, of length 2, and 药, of length 3, the clause holds one."""
    got = features("cold 药", "cold", "药", "cold 药")
    np.testing.assert_allclose(got, np.array([[0.4, 0.4, 0], [0.6, 0.6, 0], [1, 1, 1]]), atol=1e-6)


def test_the_pieces_of_an_english_word_are_one_word():
    terms = QuestionTerms.of("coold", EMBEDDER)
    np.testing.assert_allclose(terms.unit, [[1, 0]])
    np.testing.assert_allclose(terms.weights, [2])
    assert len(QuestionTerms.of("寒药", EMBEDDER).weights) == 2


@pytest.mark.parametrize("question", ["", "？", "the", "的", "的的 the", "qzxv", "无"])
def test_words_that_carry_no_subject_or_are_not_known_count_for_nothing(question):
    assert len(QuestionTerms.of(question, EMBEDDER).weights) == 0
    assert not features(question, "cold", "").any()


def test_words_whose_vectors_are_all_zero_count_for_nothing():
    assert features("空", "cold", "空").tolist() == [[0, 0, 0]] * 2
    np.testing.assert_array_equal(features("空 cold", "寒")[:, 0], features("cold", "寒")[:, 0])
    assert features("cold", "空").tolist() == [[0, 0, 0]]


def test_a_clause_has_the_words_of_all_its_passages_and_one_without_passages_none():
    passages = [EMBEDDER.term_ids(each) for each in ("cold", "", "药", "寒")]
    table = TermTable.of(passages, np.array([0, 0, 0, 2]), clauses=4)
    question = QuestionTerms.of("cold 药", EMBEDDER)
    got = table.features(question, np.array([2, 0, 1, 3]), EMBEDDER)
    alone = features("cold 药", "寒", "cold 药")
    np.testing.assert_allclose(got, [alone[0], alone[1], [0, 0, 0], [0, 0, 0]], atol=1e-6)


def test_a_table_of_nothing_gives_nothing():
    table = TermTable.of([], np.zeros(0, np.int64), clauses=0)
    rows = np.zeros(0, dtype=np.int64)
    assert table.features(QuestionTerms.of("cold", EMBEDDER), rows, EMBEDDER).shape == (0, 3)
    table = TermTable.of([], np.zeros(0, np.int64), clauses=3)
    got = table.features(QuestionTerms.of("cold", EMBEDDER), np.arange(3), EMBEDDER)
    assert got.tolist() == [[0, 0, 0]] * 3


@pytest.mark.parametrize("largest", [8, 65_535, 65_536, 250_000])
def test_saving_and_loading_changes_nothing_however_many_words_there_are(tmp_path, largest):
    class Many(Words):
        known_terms = largest + 1

        def term_vectors(self, ids: IntVector) -> FloatMatrix:
            return np.stack([np.ones(len(ids)), ids / largest], axis=1).astype(np.float32)

    passages = [np.array([largest, 3]), np.array([0], dtype=np.int64)]
    for name in ("one", "other"):
        table = TermTable.of(passages, np.array([0, 1]), clauses=2)
        table.save(tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()
    question, rows = QuestionTerms(np.array([[0, 1]], dtype=np.float32)), np.arange(2)
    loaded = TermTable.load(tmp_path / "one")
    got = loaded.features(question, rows, Many())
    np.testing.assert_array_equal(got, table.features(question, rows, Many()))
    np.testing.assert_allclose(got[:, 1], [0.5**0.5, 0], atol=1e-6)  # the id came back whole


def test_a_missing_file_and_one_without_a_part_are_refused(tmp_path):
    with pytest.raises(IndexDamagedError, match="build it again"):
        TermTable.load(tmp_path / "terms")
    save_arrays(tmp_path / "terms", {"ids": np.zeros(1, np.uint16)})
    with pytest.raises(IndexDamagedError, match="'starts' is missing"):
        TermTable.load(tmp_path / "terms")
