import numpy as np
import pytest

from index.training.negatives import article_ranking, mine_clozes, mine_labels
from index.training.sources import Pool, Source, draw_batch, english


@pytest.fixture(scope="module")
def pool(corpus, tables, tokenizer):
    ranking = article_ranking(corpus.articles)
    labels = mine_labels([("药品由谁监督？", {0}), ("食品由谁登记？", {6})], ranking, tokenizer)
    return Pool(tables, mine_clozes(corpus.articles, ranking, tokenizer, seed=0), labels)


def words(tokenizer, ids):
    return [tokenizer.id_to_token(int(each)) for each in ids]


@pytest.mark.parametrize("source", Source)
def test_every_source_gives_examples_and_no_more_than_asked(pool, source):
    batch = draw_batch(pool, source, 8, np.random.default_rng(0))
    assert 2 <= len(batch) <= 8
    assert all(len(each.question) and len(each.passage) for each in batch)


@pytest.mark.parametrize("source", Source)
def test_equal_seeds_draw_equal_examples(pool, source):
    one, other = (draw_batch(pool, source, 8, np.random.default_rng(3)) for _ in range(2))
    assert [each.question.tolist() for each in one] == [each.question.tolist() for each in other]
    assert [each.passage.tolist() for each in one] == [each.passage.tolist() for each in other]


def test_a_small_source_is_not_drawn_from_twice(pool):
    batch = draw_batch(pool, Source.LABEL, 50, np.random.default_rng(0))
    assert sorted(each.group for each in batch) == [0, 6]


def test_without_labels_there_is_nothing_to_draw(tables):
    assert draw_batch(Pool(tables), Source.LABEL, 5, np.random.default_rng(0)) == []


def test_mined_sources_bring_a_negative(pool):
    for source in (Source.LABEL, Source.HARD_CLOZE):
        batch = draw_batch(pool, source, 2, np.random.default_rng(0))
        assert all(each.negative is not None for each in batch)


def test_a_cloze_comes_from_its_article(pool, tables, tokenizer):
    for each in draw_batch(pool, Source.CLOZE, 40, np.random.default_rng(1)):
        row = int(np.flatnonzero(tables.articles.groups == each.group)[0])
        whole = set(tables.articles.text(row).tolist())
        assert set(each.question.tolist()) <= whole
        assert set(each.passage.tolist()) <= whole


def test_a_gloss_is_english_for_words_of_its_article(pool, tables, tokenizer):
    for each in draw_batch(pool, Source.GLOSS_KEYWORDS, 20, np.random.default_rng(1)):
        assert all(word.isascii() for word in words(tokenizer, each.question))


def test_english_prefers_the_first_senses(tables, tokenizer):
    rng = np.random.default_rng(0)
    row = np.array([0], dtype=np.int32)
    drawn = [" ".join(words(tokenizer, english(tables, row, rng, between=0))) for _ in range(200)]
    forms = [drawn.count(each) for each in ("medicine", "medicines")]
    assert forms[0] > forms[1] > 20


def test_a_dictionary_word_stands_beside_its_english(pool, tokenizer):
    (each,) = draw_batch(pool, Source.DICTIONARY, 1, np.random.default_rng(0))
    assert all(not word.isascii() for word in words(tokenizer, each.passage))


def test_an_article_s_text_can_miss_a_sentence(tables, tokenizer):
    first, last = tables.articles.sentences_of(0)
    assert last - first == 3
    whole = words(tokenizer, tables.articles.text(0))
    missing = words(tokenizer, tables.articles.text(0, law=False, without=first))
    assert "".join(whole).startswith("药品法县级")
    assert "".join(missing).startswith("任何单位")
