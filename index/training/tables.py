"""Tables of tokens: the corpus as the training loop reads it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from tokenizers import Tokenizer

from index.stores.base import FloatVector, IntVector
from index.training.corpus import Article, Corpus, PassageQuestion
from index.training.glosses import Glossary
from index.training.ragged import Ragged, TokenIds, encode, join

PASSAGE_TOKENS: Final = 192

_ARTICLE_CHARACTERS = 700
_LONGEST_PAIR = (500, 300)
_WINDOW = 400
_BEFORE_ANSWER = 180
_SENTENCE_END = re.compile(r"(?<=[。；])|\n")
_SHORTEST_SENTENCE = 4
_STATE = "中华人民共和国"

_BEFORE = "请问 什么情况下 哪些 谁 如何 怎么 什么是 是否 哪个部门 谁来"
_AFTER = (
    "怎么办 如何处理 由谁负责 由哪个部门负责 谁负责 有什么规定 怎么处罚 如何处罚 需要什么条件 "
    "期限是多久 要多长时间 可以吗 合法吗 是什么 包括哪些 有哪些 应该怎么做 要承担什么责任 "
    "怎么赔偿 如何申请 需要哪些材料 多少钱 由谁承担 是否有效 能不能"
)
_FUNCTION_WORDS = (
    "the of a an in for to and which who how what is are does do shall must when under be by on "
    "with department responsible whose"
)


@dataclass(frozen=True, slots=True)
class Articles:
    """Articles of laws in tokens.

    Attributes
    ----------
    laws, headings, passages : Ragged of n_articles rows
        Name of the law; the two innermost headings; title and text.
    sentences : Ragged of n_sentences rows
    first_sentences : int64 array of shape (n_articles + 1,)
        Article ``i`` has the sentences from ``first_sentences[i]`` to the next one's.
    groups : int64 array of shape (n_articles,)
        Equal for articles that start alike, which are no negatives of one another.
    """

    laws: Ragged
    headings: Ragged
    passages: Ragged
    sentences: Ragged
    first_sentences: IntVector
    groups: IntVector

    def __len__(self) -> int:
        return len(self.groups)

    def sentences_of(self, row: int) -> tuple[int, int]:
        """Give the article's first sentence and the one after its last."""
        return int(self.first_sentences[row]), int(self.first_sentences[row + 1])

    def text(self, row: int, *, law: bool = True, without: int | None = None) -> TokenIds:
        """Give an article's tokens, behind the law's name, without one of its sentences."""
        first, last = self.sentences_of(row)
        parts = [self.laws[row]] if law else []
        if without is None:
            parts.append(self.sentences.span(first, last))
        else:
            parts.append(self.sentences.span(first, without))
            parts.append(self.sentences.span(without + 1, last))
        return np.concatenate(parts)[:PASSAGE_TOKENS]


@dataclass(frozen=True, slots=True)
class Words:
    """A dictionary in tokens: word ``i`` has the forms ``first_forms[i]`` to the next one's."""

    words: Ragged
    forms: Ragged
    first_forms: IntVector


@dataclass(frozen=True, slots=True)
class Tables:
    """The corpus in tokens.

    Attributes
    ----------
    glossed : Ragged of n_sentences rows
        For each sentence of ``articles``, the rows of its words in ``words``.
    telling : float32 array of shape (n_tokens,)
        Inverse document frequency of each token over the sentences, no unit, above 0.
    frequencies : float32 array of shape (n_tokens,)
        Share of each token among those of the sentences, smoothed by one.
    answered : int64 array of shape (n_passage_questions,)
        Equal for questions about the same passage.
    """

    articles: Articles
    words: Words
    glossed: Ragged
    telling: FloatVector
    frequencies: FloatVector
    passage_questions: Ragged
    passage_answers: Ragged
    answered: IntVector
    english: Ragged
    chinese: Ragged
    before: Ragged
    after: Ragged
    function_words: Ragged


def make_tables(corpus: Corpus, tokenizer: Tokenizer, *, seed: int) -> Tables:
    """Cut the whole corpus into tokens and gloss its sentences."""
    sentences, first_sentences = _sentences(corpus.articles)
    articles = _articles(corpus.articles, tokenizer, encode(tokenizer, sentences), first_sentences)
    glossary = Glossary.of(corpus.entries)
    size = tokenizer.get_vocab_size()
    pairs = [
        pair
        for pair in corpus.pairs
        if len(pair.english) < _LONGEST_PAIR[0] and len(pair.chinese) < _LONGEST_PAIR[1]
    ]
    passages = _windows(corpus.passage_questions, seed=seed)
    whole = [each.passage for each in corpus.passage_questions]
    return Tables(
        articles=articles,
        words=_words(glossary, tokenizer),
        glossed=Ragged.of(glossary.rows_in(sentence) for sentence in sentences),
        telling=_telling(articles.sentences, size),
        frequencies=_frequencies(articles.sentences, size),
        passage_questions=encode(tokenizer, [each.question for each in corpus.passage_questions]),
        passage_answers=encode(tokenizer, passages),
        answered=_groups(whole),
        english=encode(tokenizer, [pair.english for pair in pairs]),
        chinese=encode(tokenizer, [pair.chinese for pair in pairs]),
        before=encode(tokenizer, _BEFORE.split()),
        after=encode(tokenizer, _AFTER.split()),
        function_words=encode(tokenizer, _FUNCTION_WORDS.split()),
    )


def _sentences(articles: Sequence[Article]) -> tuple[list[str], IntVector]:
    sentences: list[str] = []
    starts = [0]
    for article in articles:
        text = article.text[:_ARTICLE_CHARACTERS]
        cut = [each for each in _SENTENCE_END.split(text) if len(each) >= _SHORTEST_SENTENCE]
        sentences += cut or [text]
        starts.append(len(sentences))
    return sentences, np.array(starts, dtype=np.int64)


def _articles(
    articles: Sequence[Article], tokenizer: Tokenizer, sentences: Ragged, starts: IntVector
) -> Articles:
    bodies = (sentences.span(*starts[row : row + 2]) for row in range(len(articles)))
    titles = encode(tokenizer, [each.title for each in articles])
    return Articles(
        laws=encode(tokenizer, [each.law.removeprefix(_STATE) for each in articles]),
        headings=encode(tokenizer, [" ".join(each.headings[-2:]) for each in articles]),
        passages=join(titles, Ragged.of(bodies)),
        sentences=sentences,
        first_sentences=starts,
        groups=_groups([each.text[:200] for each in articles]),
    )


def _groups(texts: Sequence[str]) -> IntVector:
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(text, len(numbers)) for text in texts], dtype=np.int64)


def _words(glossary: Glossary, tokenizer: Tokenizer) -> Words:
    starts = np.zeros(len(glossary.words) + 1, dtype=np.int64)
    np.cumsum([len(forms) for forms in glossary.forms], out=starts[1:])
    forms = [form for of_word in glossary.forms for form in of_word]
    return Words(encode(tokenizer, glossary.words), encode(tokenizer, forms), starts)


def _windows(questions: Sequence[PassageQuestion], *, seed: int) -> list[str]:
    """Give of each passage some 400 characters around the answer."""
    rng = np.random.default_rng(seed)
    windows = []
    for each in questions:
        start = max(0, each.start) - int(rng.integers(80, _BEFORE_ANSWER + 120))
        start = max(0, min(start, len(each.passage) - _WINDOW))
        windows.append(each.passage[start : start + _WINDOW])
    return windows


def _telling(sentences: Ragged, size: int) -> FloatVector:
    counts = np.bincount(sentences.ids, minlength=size)
    return np.log(1 + len(sentences) / (1 + counts)).astype(np.float32)


def _frequencies(sentences: Ragged, size: int) -> FloatVector:
    counts = np.bincount(sentences.ids, minlength=size) + 1
    return np.asarray(counts / counts.sum(), dtype=np.float32)
