"""Hard negatives: articles that BM25 finds for a question and that do not answer it."""

from collections.abc import Collection, Iterable, Sequence

import numpy as np
from tokenizers import Tokenizer

from index.stores.base import FloatVector, IntVector
from index.stores.lexical import LexicalStore
from index.training.corpus import Article
from index.training.ragged import TokenIds
from index.training.sources import Mined

_CLOZES = 9_000
_CLOZE_CHARACTERS = (10, 28)
_SKIPPED_OF_CLOZE = 2
# Among the best for a real question stand articles that answer it and are not labelled.
_SKIPPED_OF_LABEL = 3
_KEPT = (20, 30)


def article_ranking(articles: Sequence[Article]) -> LexicalStore:
    """Index the articles' laws, last headings and texts by BM25."""
    return LexicalStore.build(
        [f"{each.law} {''.join(each.headings[-1:])} {each.text}" for each in articles]
    )


def mine_clozes(
    articles: Sequence[Article],
    ranking: LexicalStore,
    tokenizer: Tokenizer,
    *,
    seed: int,
    count: int = _CLOZES,
) -> tuple[Mined, ...]:
    """Cut chunks out of articles and find what else BM25 gives for them."""
    rng = np.random.default_rng(seed)
    rows = rng.choice(len(articles), min(count, len(articles)), replace=False)
    mined: list[Mined] = []
    for row in sorted(map(int, rows)):
        text = articles[row].text
        length = int(rng.integers(*_CLOZE_CHARACTERS))
        start = int(rng.integers(max(1, len(text) - length)))
        chunk = text[start : start + length]
        negatives = _best(ranking.scores_of(chunk), {row}, skip=_SKIPPED_OF_CLOZE, k=_KEPT[0])
        mined.append(Mined(_tokens(tokenizer, chunk), row, negatives))
    return tuple(mined)


def mine_labels(
    labels: Iterable[tuple[str, Collection[int]]], ranking: LexicalStore, tokenizer: Tokenizer
) -> tuple[Mined, ...]:
    """Find what BM25 gives for each question beside the articles that answer it.

    Parameters
    ----------
    labels : iterable of (str, collection of int)
        A question and the rows of its articles.
    ranking : LexicalStore
        Over all articles.
    tokenizer : Tokenizer

    Returns
    -------
    tuple of Mined
        One for each question and article.
    """
    mined: list[Mined] = []
    for question, rows in labels:
        tokens = _tokens(tokenizer, question)
        scores = ranking.scores_of(question)
        negatives = _best(scores, rows, skip=_SKIPPED_OF_LABEL, k=_KEPT[1])
        mined += (Mined(tokens, row, negatives) for row in sorted(rows))
    return tuple(mined)


def _best(scores: FloatVector, without: Collection[int], *, skip: int, k: int) -> IntVector:
    wanted = min(len(scores), skip + k + len(without))
    rows = np.argpartition(-scores, wanted - 1)[:wanted]
    rows = rows[np.lexsort((rows, -scores[rows]))]
    kept = [int(row) for row in rows if int(row) not in without and scores[row] > 0]
    return np.array(kept[skip:][:k], dtype=np.int64)


def _tokens(tokenizer: Tokenizer, text: str) -> TokenIds:
    return np.array(tokenizer.encode(text, add_special_tokens=False).ids, dtype=np.int32)
