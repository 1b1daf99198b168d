from functools import partial

import numpy as np
import pytest

from index.training.composition import compose
from index.training.contrastive import Stage, train
from index.training.negatives import article_ranking, mine_labels
from index.training.ragged import Ragged, mean_vectors
from index.training.recipe import BROAD, scaled
from index.training.sources import Pool, Source, draw_batch
from index.training.start import start_vectors

pytestmark = pytest.mark.models

MIX = ((Source.LABEL, 2.0), (Source.CLOZE, 1.0))
PLAIN = Stage("plain", steps=60, batch_size=24, rate=0.02, mix=MIX)
COMPOSED = Stage("composed", steps=60, batch_size=24, rate=0.02, mix=MIX, composed=True)


@pytest.fixture(scope="module")
def start(tables):
    size = len(tables.frequencies)
    return 0.1 * np.random.default_rng(0).standard_normal((size, 32)).astype(np.float32)


@pytest.fixture(scope="module")
def draw(corpus, tables, tokenizer):
    rows = {article.article_id: row for row, article in enumerate(corpus.articles)}
    labels = [(each.question, {rows[each.article_ids[0]]}) for each in corpus.questions]
    mined = mine_labels(labels, article_ranking(corpus.articles), tokenizer)
    return partial(draw_batch, Pool(tables, labels=mined))


@pytest.fixture(scope="module")
def composition(tokenizer):
    return compose([tokenizer.id_to_token(row) for row in range(tokenizer.get_vocab_size())])


def margin(weights, batch):
    """By how much a question's cosine with its own article exceeds that with the others."""
    questions = mean_vectors(weights, Ragged.of(each.question for each in batch))
    cosines = questions @ mean_vectors(weights, Ragged.of(each.passage for each in batch)).T
    return np.diag(cosines).mean() - cosines[~np.eye(len(batch), dtype=bool)].mean()


@pytest.mark.parametrize("stage", [PLAIN, COMPOSED])
def test_training_brings_questions_nearer_to_their_articles(
    start, draw, tables, composition, stage
):
    losses = []
    before = start.copy()
    trained = train(
        start,
        stage,
        draw,
        seed=1,
        composition=composition,
        report=lambda name, step, each: losses.append((name, step, each)),
    )
    batch = draw(Source.LABEL, 30, np.random.default_rng(9))
    assert margin(trained, batch) > margin(start, batch) + 0.1
    np.testing.assert_array_equal(start, before)
    assert losses[-1][:2] == (stage.name, 60)


def test_equal_seeds_give_equal_vectors(start, draw, composition):
    one, other, third = (
        train(start, COMPOSED, draw, seed=seed, composition=composition) for seed in (1, 1, 2)
    )
    np.testing.assert_array_equal(one, other)
    assert not np.array_equal(one, third)


def test_a_source_with_nothing_to_draw_is_left_out(start, tables):
    trained = train(start, PLAIN, partial(draw_batch, Pool(tables)), seed=1)
    assert not np.array_equal(trained, start)


def test_a_source_is_kept_though_its_first_example_is_empty(start, draw):
    asked = []

    def halting(source, size, rng):
        asked.append(size)
        return [] if len(asked) in (1, 3) else draw(source, size, rng)

    stage = Stage("one", steps=3, batch_size=24, rate=0.02, mix=((Source.CLOZE, 1.0),))
    assert not np.array_equal(train(start, stage, halting, seed=1), start)
    assert asked == [1, 24, 24, 24, 24]


def test_tokens_that_stand_together_start_closer(tables, tokenizer):
    vectors = start_vectors(tables, dim=16, seed=0)
    assert vectors.shape == (tokenizer.get_vocab_size(), 16)
    assert np.isfinite(vectors).all()
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    one, other, apart = (unit[tokenizer.token_to_id(each)] for each in ("药", "medicine", "road"))
    assert one @ other > one @ apart + 0.1
    np.testing.assert_array_equal(vectors, start_vectors(tables, dim=16, seed=0))


def test_a_scale_shortens_every_stage_but_none_away():
    assert [stage.steps for stage in scaled((BROAD, PLAIN), 0.01)] == [9, 1]
