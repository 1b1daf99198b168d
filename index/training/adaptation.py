"""Adaptation: vectors moved by pairs of question and clause, and by the clauses themselves."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np
from tokenizers import Tokenizer

from index.clean import fold
from index.library import Index
from index.passages import split_passages
from index.stores.base import FloatMatrix, IntVector
from index.stores.lexical import LexicalStore
from index.training.composition import compose
from index.training.contrastive import Stage, train
from index.training.measures import best_rows
from index.training.pairs import Pair
from index.training.ragged import Ragged, TokenIds, encode
from index.training.sources import Example, Source

STAGE: Final = Stage(
    "pairs",
    steps=120,
    batch_size=256,
    rate=0.01,
    mix=((Source.LABEL, 2), (Source.CLOZE, 1)),
    composed=True,
)


_KEPT_SHARE = 0.3
_NEGATIVES = 10


@dataclass(frozen=True, slots=True)
class Passages:
    """The passages of an index in tokens; ``owners`` holds the row of each one's clause."""

    texts: tuple[str, ...]
    tokens: Ragged
    owners: IntVector
    clauses: int


def passages_of(index: Index, tokenizer: Tokenizer) -> Passages:
    """Cut the clauses of an index into passages, as the index embeds them."""
    titles = {each.document_id: each.title or "" for each in index.documents}
    passages = [
        passage
        for row, clause in enumerate(index.clauses)
        if not clause.noise
        for passage in split_passages(
            clause.search_text,
            clause_row=row,
            prefix=fold(" ".join(filter(None, (titles[clause.document_id], *clause.path)))),
        )
    ]
    texts = tuple(passage.text for passage in passages)
    owners = np.array([passage.clause_row for passage in passages], dtype=np.int64)
    return Passages(texts, encode(tokenizer, texts), owners, len(index.clauses))


def adapt(
    vectors: FloatMatrix,
    tokenizer: Tokenizer,
    passages: Passages,
    pairs: Sequence[Pair],
    *,
    seed: int,
    stage: Stage = STAGE,
) -> FloatMatrix:
    """Train vectors on pairs and on chunks of the index's own passages.

    Returns
    -------
    float32 array of shape (n_tokens, dim)
        Three tenths of what was there and seven of what came out, so that what the pairs do
        not speak of is not lost.
    """
    tokens = [tokenizer.id_to_token(row) or "" for row in range(len(vectors))]
    labels = _mine(passages, tokenizer, pairs)
    trained = train(
        vectors,
        stage,
        partial(_draw, passages, labels),
        seed=seed,
        composition=compose(tokens),
        rows=np.unique(np.concatenate([passages.tokens.ids, *(each.question for each in labels)])),
    )
    mean = _KEPT_SHARE * vectors + (1 - _KEPT_SHARE) * trained
    return np.asarray(mean, dtype=np.float32)


@dataclass(frozen=True, slots=True)
class _Label:
    question: TokenIds
    clause: int
    passages: IntVector
    negatives: IntVector


def _mine(passages: Passages, tokenizer: Tokenizer, pairs: Sequence[Pair]) -> list[_Label]:
    """Give each question and clause, with passages of other clauses that BM25 finds for it."""
    ranking = LexicalStore.build(passages.texts)
    labels = []
    for pair in pairs:
        question = fold(pair.question)
        tokens = np.array(tokenizer.encode(question, add_special_tokens=False).ids, dtype=np.int32)
        found = best_rows(ranking.scores_of(question), k=_NEGATIVES + len(pair.rows))
        other = np.array(
            [row for row in found if passages.owners[row] not in pair.rows], dtype=np.int64
        )
        for clause in sorted(pair.rows):
            own = np.flatnonzero(passages.owners == clause)
            if len(own) and len(tokens):
                labels.append(_Label(tokens, clause, own, other))
    return labels


def _draw(
    passages: Passages,
    labels: Sequence[_Label],
    source: Source,
    size: int,
    rng: np.random.Generator,
) -> list[Example]:
    one: Callable[[int], Example]
    if source is Source.LABEL:
        count, one = len(labels), lambda row: _labelled(passages, labels[row], rng)
    else:
        count, one = len(passages.tokens), lambda row: _cloze(passages, row, rng)
    drawn = map(one, map(int, rng.permutation(count)[:size]))
    return [each for each in drawn if len(each.question) and len(each.passage)]


def _labelled(passages: Passages, label: _Label, rng: np.random.Generator) -> Example:
    passage = passages.tokens[int(rng.choice(label.passages))]
    negative = passages.tokens[int(rng.choice(label.negatives))] if len(label.negatives) else None
    kept = rng.random(len(label.question)) > float(rng.choice([0, 0.15]))
    question = label.question[kept] if kept.any() else label.question
    return Example(question, passage, label.clause, negative)


def _cloze(passages: Passages, row: int, rng: np.random.Generator) -> Example:
    tokens = passages.tokens[row]
    length = min(len(tokens), int(rng.integers(6, 20)))
    start = int(rng.integers(len(tokens) - length + 1))
    chunk, rest = tokens[start : start + length], np.delete(tokens, slice(start, start + length))
    return Example(chunk, rest if len(rest) else tokens, int(passages.owners[row]))
