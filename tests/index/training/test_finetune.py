from pathlib import Path

import numpy as np
import pytest

from index.embed import static_folder
from index.training.adaptation import adapt, passages_of
from index.training.errors import TooFewPairsError
from index.training.finetune import Verdict, finetune, judge
from index.training.measures import Scores
from index.training.model import read_model
from index.training.pairs import Pair, read_pairs
from index.training.split import split_pairs

GOLD = Path(__file__).parent.parent.parent.parent / "eval" / "gold" / "seeds.jsonl"


@pytest.fixture(scope="module")
def model():
    return read_model(static_folder())


@pytest.fixture(scope="module")
def pairs(library):
    return read_pairs(GOLD, library).pairs


def scores(*, recall, mrr):
    return Scores(10, recall, 0.5, mrr)


@pytest.mark.parametrize(
    ("recall", "mrr", "better"), [(0.8, 0.6, True), (0.8, 0.5, False), (0.7, 0.9, False)]
)
def test_better_is_a_higher_rank_without_a_lost_clause(recall, mrr, better):
    verdict = Verdict(40, 10, scores(recall=0.8, mrr=0.5), scores(recall=recall, mrr=mrr))
    assert verdict.better is better


def test_too_few_pairs_are_refused(library, model):
    vectors, tokenizer = model
    with pytest.raises(TooFewPairsError):
        finetune(vectors, tokenizer, library, [Pair("谁？", frozenset({3}))], seed=0)


@pytest.mark.models
def test_confirmed_questions_help_to_find_clauses_of_others(library, model, pairs):
    vectors, tokenizer = model
    verdict, trained = finetune(vectors, tokenizer, library, pairs, seed=0)
    assert verdict.better
    assert verdict.after.mrr > verdict.before.mrr + 0.03
    assert verdict.k == 10
    assert trained.shape == vectors.shape
    assert not np.array_equal(trained, vectors)


@pytest.mark.models
def test_wrong_pairs_are_not_learnt(library, model, pairs):
    vectors, tokenizer = model
    half = len(pairs) // 2
    wrong = [
        Pair(pair.question, other.rows)
        for pair, other in zip(pairs, [*pairs[half:], *pairs[:half]], strict=True)
    ]
    # The check must be of true pairs: what was learnt wrongly shows there.
    passages = passages_of(library, tokenizer)
    held_out = split_pairs(pairs)[1]
    after = adapt(vectors, tokenizer, passages, wrong, seed=0)
    verdict = judge(vectors, after, tokenizer, passages, held_out=held_out, trained=len(wrong))
    assert not verdict.better
