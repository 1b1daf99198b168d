import math

import numpy as np
import pytest

from index.training.measures import Scores, best_rows, fuse, measure, measure_vectors


def test_recall_ndcg_and_mrr_have_their_textbook_values():
    got = measure([[7, 1, 2], [5, 4, 6]], [{1, 9}, {5}], k=2)
    dcg = 1 / math.log2(3)
    ideal = 1 + 1 / math.log2(3)
    assert (got.questions, got.recall, got.mrr) == (2, 0.75, 0.75)
    assert got.ndcg == pytest.approx((dcg / ideal + 1) / 2)


def test_what_stands_beyond_k_counts_for_the_reciprocal_rank_only():
    assert measure([[1, 2, 3, 4]], [{4}], k=2) == Scores(1, 0.0, 0.0, 0.25)


def test_no_question_scores_nothing():
    assert measure([], []) == Scores(0, 0.0, 0.0, 0.0)


def test_equal_scores_keep_the_order_of_rows():
    scores = np.array([0.5, 1, 0.5, 1, 0.5], dtype=np.float32)
    assert best_rows(scores, k=5).tolist() == [1, 3, 0, 2, 4]


def test_fusing_brings_both_legs_to_one_scale():
    lexical = np.array([0, 10, 5], dtype=np.float32)
    dense = np.array([0.9, 0.1, 0.5], dtype=np.float32)
    np.testing.assert_allclose(fuse(lexical, dense, weight=0.25), [0.25, 0.75, 0.5], atol=1e-6)


def test_weight_one_is_the_vectors_alone():
    eye = np.eye(3, dtype=np.float32)
    lexical = np.roll(eye, 1, axis=1)
    got = measure_vectors(eye, eye, [{0}, {1}, {2}], lexical=lexical, weights=(1.0, 0.1))
    assert got[1.0].mrr == 1
    assert got[0.1].mrr == 0.5
