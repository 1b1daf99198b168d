import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.asked import AskedQuestions
from index.features import ASKED_FEATURES
from index.records import ClauseKind
from index.stores.base import FloatVector
from index.tokens import tokenize, tokens_in
from tests.index.documents import read_document, table_of

PARTS = ("药品监管由省药监局牵头", "疫苗接种率", "养老金提高", "医疗保险", "冷链物流", "追溯体系")
# Rows 0 to 5 are one document, 6 to 11 another with the same words.
ONE, OTHER = (
    read_document(name, *((ClauseKind.PARAGRAPH, words) for words in PARTS), title=name)
    for name in ("one", "other")
)
TABLE, LEXICAL = table_of(ONE, OTHER)
QUESTIONS = ("谁牵头药品监管", "养老金提高多少", "冷链物流体系")
ROWS = ((0,), (2, 8), (11,))


def asked(
    questions: tuple[str, ...] = QUESTIONS, rows: tuple[tuple[int, ...], ...] = ROWS
) -> AskedQuestions:
    return AskedQuestions(questions, rows, TABLE, LEXICAL)


def nearness(question: str, known: AskedQuestions | None = None) -> FloatVector:
    return (asked() if known is None else known).nearness(tokens_in(question)[0])


def features(near: list[float], rows: list[int]) -> dict[str, list[float]]:
    found = asked().features(np.array(near, dtype=np.float32), np.array(rows, dtype=np.int64))
    assert found.shape == (len(rows), len(ASKED_FEATURES))
    assert found.dtype == np.float32
    return {name: found[:, at].tolist() for at, name in enumerate(ASKED_FEATURES)}


def test_the_same_question_is_at_nearness_one():
    near = np.stack([nearness(question) for question in QUESTIONS])
    assert near.dtype == np.float32
    np.testing.assert_allclose(np.diag(near), 1, rtol=1e-5)
    assert (near[~np.eye(3, dtype=bool)] < 1).all()


def test_nearness_is_the_cosine_of_the_sets_of_tokens_weighted_by_rarity():
    def vector(question: str) -> dict[str, float]:
        words = sorted(set(tokenize(question)))
        codes = [tokens_in(word)[0].max() for word in words]  # of a pair, the pair
        return dict(zip(words, LEXICAL.rarities(np.array(codes)).tolist(), strict=True))

    new = "养老金与药品监管"
    one = vector(new)
    for question, got in zip(QUESTIONS, nearness(new), strict=True):
        other = vector(question)
        dot = sum(one[word] * other[word] for word in one.keys() & other.keys())
        lengths = [sum(value**2 for value in each.values()) ** 0.5 for each in (one, other)]
        assert got == pytest.approx(dot / (lengths[0] * lengths[1]), rel=1e-4)


@given(st.text(alphabet="药品监管养老金冷链谁，a1", max_size=12))
def test_nearness_lies_between_none_and_all(question):
    near = nearness(question)
    assert near.shape == (3,)
    assert ((near >= 0) & (near <= 1 + 1e-5)).all()


def test_order_and_repetition_of_words_in_a_question_make_no_difference():
    np.testing.assert_allclose(nearness("养老 药品"), nearness("药品 养老 药品"), rtol=1e-6)


@pytest.mark.parametrize("question", ["", "？！", "无关字样", "qzxv"])
def test_a_question_with_no_word_in_common_is_near_none_and_has_no_candidate(question):
    assert nearness(question).tolist() == [0, 0, 0]
    assert asked().candidates(nearness(question)).tolist() == []


def test_candidates_are_the_confirmed_clauses_and_two_around_them_in_their_document():
    def candidates(*near: float) -> list[int]:
        return [int(row) for row in asked().candidates(np.array(near, dtype=np.float32))]

    assert candidates(1, 0, 0) == [0, 1, 2]
    assert candidates(0, 0.1, 0) == [0, 1, 2, 3, 4, 6, 7, 8, 9, 10]
    assert candidates(0, 0, 1) == [9, 10, 11]
    assert candidates(1, 0, 1) == [0, 1, 2, 9, 10, 11]


def test_only_the_ten_nearest_questions_give_candidates():
    rows = tuple((row,) for row in range(12))
    known = asked(tuple("药品监管" for _ in rows), rows)
    near = np.zeros(12, dtype=np.float32)
    near[:11] = np.linspace(1, 0.5, 11)
    near[2] = 0.1
    alone = known.candidates(near)
    assert alone.tolist() == list(range(12))
    near = np.where(np.arange(12) == 0, 1, 0).astype(np.float32)
    assert known.candidates(near).tolist() == [0, 1, 2]


def test_what_was_confirmed_is_told_of_each_candidate():
    """One question for row 0, one for rows 2 and 8, one for row 11."""
    got = features([0.5, 0.8, 0.1], [0, 1, 2, 5, 8, 11])
    assert got["asked_nearest"] == pytest.approx([0.5, 0, 0.8, 0, 0.8, 0.1])
    squares = np.array([0.25, 0, 0.64, 0, 0.64, 0.01])
    assert got["asked_sum"] == pytest.approx(np.log1p(4 * squares), rel=1e-5)
    assert got["asked_count"] == pytest.approx(np.log1p([1, 0, 1, 0, 1, 1]))
    assert got["asked_ever"] == [1, 0, 1, 0, 1, 1]
    assert got["asked_near"] == pytest.approx([0.8, 0.8, 0.5, 0, 0, 0])


def test_what_was_confirmed_of_a_document_counts_for_all_its_clauses():
    got = features([0.5, 0.8, 0.1], [1, 7])
    assert got["asked_document_nearest"] == pytest.approx([0.8, 0.8])
    assert got["asked_section"] == pytest.approx([0.8, 0.8])  # no clause has a heading above it
    halves = np.array([0.25 + 0.64 / 2, 0.64 / 2 + 0.01])  # two clauses share a question
    assert got["asked_document_sum"] == pytest.approx(np.log1p(4 * halves), rel=1e-5)
    assert got["asked_document_count"] == pytest.approx(np.log1p([1.5, 1.5]))
    assert got["asked_document_ever"] == [1, 1]


def test_several_questions_for_one_clause_add_up_and_the_nearest_leads():
    known = asked(("药品", "监管", "疫苗"), ((0,), (0,), (1,)))
    rows = np.array([0, 1], dtype=np.int64)
    found = known.features(np.array([0.6, 0.9, 0.3], dtype=np.float32), rows)
    got = {name: found[:, at].tolist() for at, name in enumerate(ASKED_FEATURES)}
    assert got["asked_nearest"] == pytest.approx([0.9, 0.3])
    assert got["asked_sum"] == pytest.approx(np.log1p([4 * (0.36 + 0.81), 4 * 0.09]), rel=1e-5)
    assert got["asked_count"] == pytest.approx(np.log1p([2, 1]))
    assert got["asked_near"] == pytest.approx([0.3, 0.9])


def test_nothing_asked_before_is_near_nothing():
    known = asked((), ())
    assert len(known) == 0
    near = nearness("药品", known)
    assert near.shape == (0,)
    assert known.candidates(near).tolist() == []
    assert not known.features(near, np.array([0, 3])).any()
    assert known.document_counts.tolist() == [0, 0]


def test_a_question_without_a_word_may_have_been_confirmed():
    known = asked(("？！", "药品监管"), ((3,), (0,)))
    assert nearness("药品监管", known).tolist() == pytest.approx([0, 1])
    assert nearness("？！", known).tolist() == [0, 0]


def test_no_candidate_gives_no_row():
    assert features([1, 1, 1], [])["asked_nearest"] == []
