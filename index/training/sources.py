"""Sources of training pairs: each draws a question and the passage that should be near it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

import numpy as np

from index.stores.base import IntVector
from index.training.ragged import TokenIds
from index.training.tables import PASSAGE_TOKENS, Tables

_MANY = 4
_LABELLED_TOKENS = 256


class Source(StrEnum):
    """Where a batch of pairs comes from."""

    CLOZE = "cloze"
    KEYWORDS = "keywords"
    HEADING = "heading"
    TEMPLATE = "template"
    GLOSS = "gloss"
    GLOSS_KEYWORDS = "gloss_keywords"
    PASSAGE_QUESTION = "passage_question"
    PAIR = "pair"
    DICTIONARY = "dictionary"
    HARD_CLOZE = "hard_cloze"
    LABEL = "label"


class Example(NamedTuple):
    """A question, its passage, and perhaps a passage that only looks like it.

    Examples of one ``group`` are no negatives of one another.
    """

    question: TokenIds
    passage: TokenIds
    group: int
    negative: TokenIds | None = None


@dataclass(frozen=True, slots=True)
class Mined:
    """A question whose article is known, and articles that BM25 takes for it."""

    question: TokenIds
    article: int
    negatives: IntVector


@dataclass(frozen=True, slots=True)
class Pool:
    """All there is to draw from: the corpus and what was mined in it."""

    tables: Tables
    hard_clozes: tuple[Mined, ...] = ()
    labels: tuple[Mined, ...] = ()


def draw_batch(pool: Pool, source: Source, size: int, rng: np.random.Generator) -> list[Example]:
    """Draw at most ``size`` examples of one source, without repetition where it has few."""
    count, draw = _SOURCES[source]
    there = count(pool)
    rows = rng.integers(there, size=size) if there > _MANY * size else rng.permutation(there)[:size]
    drawn = (draw(pool, int(row), rng) for row in rows)
    return [each for each in drawn if len(each.question) and len(each.passage)]


def _cloze(pool: Pool, row: int, rng: np.random.Generator) -> Example:
    sentence, chunk = _chunk(pool.tables, row, rng)
    if rng.random() < 0.15:  # noqa: PLR2004 - shares of variants stand where they are used
        chunk = np.concatenate([pool.tables.articles.laws[row], chunk])
    return _beside(pool.tables, row, sentence, chunk, rng)


def _template(pool: Pool, row: int, rng: np.random.Generator) -> Example:
    tables = pool.tables
    sentence, chunk = _chunk(tables, row, rng)
    if len(chunk) > 12:  # noqa: PLR2004
        start = int(rng.integers(len(chunk) - 8))
        chunk = chunk[start : start + 12]
    if rng.random() < 0.4:  # noqa: PLR2004
        words = tables.before[int(rng.integers(len(tables.before)))]
        question = np.concatenate([words, chunk])
    else:
        words = tables.after[int(rng.integers(len(tables.after)))]
        question = np.concatenate([chunk, words])
    return _beside(tables, row, sentence, question, rng)


def _chunk(tables: Tables, row: int, rng: np.random.Generator) -> tuple[int, TokenIds]:
    """Give a sentence of the article and a part of it that misses some tokens."""
    sentence = int(rng.integers(*tables.articles.sentences_of(row)))
    tokens = tables.articles.sentences[sentence]
    if len(tokens) > 24:  # noqa: PLR2004
        length = int(rng.integers(8, 32))
        start = int(rng.integers(max(1, len(tokens) - length)))
        tokens = tokens[start : start + length]
    return sentence, _drop(tokens, float(rng.choice([0, 0.2, 0.4])), rng)


def _beside(
    tables: Tables, row: int, sentence: int, question: TokenIds, rng: np.random.Generator
) -> Example:
    """Pair a question with its article, mostly without the sentence that it was made of."""
    first, last = tables.articles.sentences_of(row)
    without = sentence if last - first > 1 and rng.random() < 0.6 else None  # noqa: PLR2004
    passage = tables.articles.text(row, law=rng.random() < 0.8, without=without)  # noqa: PLR2004
    return Example(question, passage, int(tables.articles.groups[row]))


def _keywords(pool: Pool, row: int, rng: np.random.Generator) -> Example:
    tables = pool.tables
    passage = tables.articles.text(row)
    if not len(passage):
        return Example(passage, passage, row)
    weights = tables.telling[passage].astype(np.float64) ** 2
    wanted = min(int(rng.integers(3, 10)), len(passage))
    picked = rng.choice(len(passage), wanted, replace=False, p=weights / weights.sum())
    return Example(passage[picked], passage, int(tables.articles.groups[row]))


def _heading(pool: Pool, row: int, rng: np.random.Generator) -> Example:
    articles = pool.tables.articles
    heading = articles.headings[row]
    if len(heading) < 2 or rng.random() < 0.5:  # noqa: PLR2004
        heading = np.concatenate([articles.laws[row], heading])
    return Example(heading, articles.text(row, law=False), int(articles.groups[row]))


def _gloss(pool: Pool, row: int, rng: np.random.Generator) -> Example:
    sentence, words = _glossed(pool.tables, row, rng)
    length = int(rng.integers(4, 14))
    start = int(rng.integers(max(1, len(words) - length)))
    return _translated(pool.tables, row, sentence, words[start : start + length], rng)


def _gloss_keywords(pool: Pool, row: int, rng: np.random.Generator) -> Example:
    sentence, words = _glossed(pool.tables, row, rng)
    if len(words):
        words = rng.choice(words, min(len(words), int(rng.integers(2, 6))), replace=False)
    return _translated(pool.tables, row, sentence, words, rng)


def _glossed(tables: Tables, row: int, rng: np.random.Generator) -> tuple[int, TokenIds]:
    sentence = int(rng.integers(*tables.articles.sentences_of(row)))
    return sentence, tables.glossed[sentence]


def _translated(
    tables: Tables, row: int, sentence: int, words: TokenIds, rng: np.random.Generator
) -> Example:
    """Pair the English of some of a sentence's words with its article or with itself."""
    articles = tables.articles
    question = english(tables, words, rng, between=0.25)
    whole = rng.random() < 0.6  # noqa: PLR2004
    passage = (
        articles.text(row, law=rng.random() < 0.5)  # noqa: PLR2004
        if whole
        else articles.sentences[sentence]
    )
    return Example(question, passage, int(articles.groups[row]))


def english(
    tables: Tables, words: TokenIds, rng: np.random.Generator, *, between: float
) -> TokenIds:
    """Give English for words, commoner senses more often, function words strewn between.

    Parameters
    ----------
    tables : Tables
    words : int32 array of shape (n,)
        Rows of ``tables.words``.
    rng : Generator
    between : float
        Share of words that a function word follows, in [0, 1].
    """
    parts = [np.zeros(0, dtype=np.int32)]
    for word in words:
        first, after = tables.words.first_forms[word : word + 2]
        form = int(first + int((after - first) * rng.random() ** 1.5))
        parts.append(tables.words.forms[form])
        if rng.random() < between:
            parts.append(tables.function_words[int(rng.integers(len(tables.function_words)))])
    return np.concatenate(parts)


def _passage_question(pool: Pool, row: int, _rng: np.random.Generator) -> Example:
    tables = pool.tables
    passage = tables.passage_answers[row][:_LABELLED_TOKENS]
    return Example(tables.passage_questions[row], passage, int(tables.answered[row]))


def _pair(pool: Pool, row: int, _rng: np.random.Generator) -> Example:
    return Example(pool.tables.english[row], pool.tables.chinese[row], row)


def _dictionary(pool: Pool, row: int, rng: np.random.Generator) -> Example:
    words = np.array([row], dtype=np.int32)
    question = english(pool.tables, words, rng, between=0)
    return Example(question, pool.tables.words.words[row], row)


def _hard_cloze(pool: Pool, row: int, rng: np.random.Generator) -> Example:
    return _mined(pool, pool.hard_clozes[row], 0.25, rng)


def _label(pool: Pool, row: int, rng: np.random.Generator) -> Example:
    return _mined(pool, pool.labels[row], float(rng.choice([0, 0, 0.15])), rng)


def _mined(pool: Pool, mined: Mined, share: float, rng: np.random.Generator) -> Example:
    passages = pool.tables.articles.passages
    negative = None
    if len(mined.negatives):
        negative = passages[int(rng.choice(mined.negatives))][:PASSAGE_TOKENS]
    question = _drop(mined.question, share, rng)
    passage = passages[mined.article][:_LABELLED_TOKENS]
    return Example(question, passage, int(pool.tables.articles.groups[mined.article]), negative)


def _drop(tokens: TokenIds, share: float, rng: np.random.Generator) -> TokenIds:
    """Drop about a share of the tokens, but never all."""
    kept = rng.random(len(tokens)) > share
    return tokens[kept] if kept.any() else tokens


def _of_articles(pool: Pool) -> int:
    return len(pool.tables.articles)


_Count = Callable[[Pool], int]
_Draw = Callable[[Pool, int, np.random.Generator], Example]
_SOURCES: Final[dict[Source, tuple[_Count, _Draw]]] = {
    Source.CLOZE: (_of_articles, _cloze),
    Source.KEYWORDS: (_of_articles, _keywords),
    Source.HEADING: (_of_articles, _heading),
    Source.TEMPLATE: (_of_articles, _template),
    Source.GLOSS: (_of_articles, _gloss),
    Source.GLOSS_KEYWORDS: (_of_articles, _gloss_keywords),
    Source.PASSAGE_QUESTION: (lambda pool: len(pool.tables.answered), _passage_question),
    Source.PAIR: (lambda pool: len(pool.tables.english), _pair),
    Source.DICTIONARY: (lambda pool: len(pool.tables.words.words), _dictionary),
    Source.HARD_CLOZE: (lambda pool: len(pool.hard_clozes), _hard_cloze),
    Source.LABEL: (lambda pool: len(pool.labels), _label),
}
