"""The promises of PairScorer, as tests that every implementation inherits."""

from abc import ABC, abstractmethod

import numpy as np
import pytest

from index.cross_encoder import PairScorer
from tests.contracts.embedder import TEXTS


class PairScorerContract(ABC):
    @pytest.fixture
    @abstractmethod
    def scorer(self) -> PairScorer:
        """The implementation under test."""

    def test_each_text_has_a_score_between_0_and_1(self, scorer):
        scores = scorer.score("谁牵头", [*TEXTS, ""])
        assert scores.shape == (len(TEXTS) + 1,)
        assert scores.dtype == np.float32
        assert ((scores >= 0) & (scores <= 1)).all()

    def test_one_alone_equals_one_in_a_batch(self, scorer):
        alone = [scorer.score("谁牵头", [text])[0] for text in TEXTS]
        np.testing.assert_allclose(alone, scorer.score("谁牵头", TEXTS), atol=1e-6)

    def test_the_order_of_the_texts_changes_nothing(self, scorer):
        backwards = scorer.score("谁牵头", TEXTS[::-1])[::-1]
        np.testing.assert_allclose(backwards, scorer.score("谁牵头", TEXTS), atol=1e-6)

    def test_both_the_question_and_the_text_count(self, scorer):
        first, second = (scorer.score(question, TEXTS) for question in ("谁牵头", "who leads"))
        assert len(np.unique(np.round(first, 5))) > 1
        assert np.abs(first - second).max() > 1e-4

    def test_no_text_gives_no_score(self, scorer):
        assert scorer.score("谁牵头", []).shape == (0,)

    def test_it_says_which_model_it_is(self, scorer):
        assert scorer.name
