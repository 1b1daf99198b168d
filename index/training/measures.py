"""Measures of how well vectors, alone and beside BM25, find what answers a question."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import log2
from typing import Final

import numpy as np

from index.stores.base import FloatMatrix, FloatVector, IntVector

K: Final = 10
_CANDIDATES = 300


@dataclass(frozen=True, slots=True)
class Scores:
    """Means over questions, each in [0, 1], better when higher; ``questions`` counts them.

    ``recall`` and ``ndcg`` are of the first k rows, ``mrr`` of all that were ranked.
    """

    questions: int
    recall: float
    ndcg: float
    mrr: float


def measure(
    orders: Sequence[Sequence[int] | IntVector], answers: Sequence[Collection[int]], *, k: int = K
) -> Scores:
    """Measure ranked rows against the rows that answer.

    Parameters
    ----------
    orders : sequence of sequences of int
        For each question the rows found, best first.
    answers : sequence of collections of int
        For each question the rows that answer it, at least one.
    k : int
        Rows that count for recall and nDCG.

    Examples
    --------
    >>> measure([[5, 3, 2]], [{3}], k=2)
    Scores(questions=1, recall=1.0, ndcg=0.6309297535714575, mrr=0.5)
    """
    if not orders:
        return Scores(0, 0.0, 0.0, 0.0)
    pairs = zip(orders, answers, strict=True)
    rows = [_measure_one(list(map(int, order)), right, k) for order, right in pairs]
    recall, ndcg, mrr = np.mean(rows, axis=0)
    return Scores(len(rows), float(recall), float(ndcg), float(mrr))


def _measure_one(order: list[int], right: Collection[int], k: int) -> tuple[float, float, float]:
    places = [place for place, row in enumerate(order, start=1) if row in right]
    first = 1 / places[0] if places else 0.0
    places = [place for place in places if place <= k]
    gain = sum(1 / log2(place + 1) for place in places)
    ideal = sum(1 / log2(place + 1) for place in range(1, min(k, len(right)) + 1))
    return len(places) / len(right), gain / ideal, first


def mean_scores(parts: Sequence[Scores]) -> Scores:
    """Give the scores over the questions of all parts.

    Examples
    --------
    >>> mean_scores([Scores(1, 1.0, 1.0, 1.0), Scores(3, 0.0, 0.0, 0.0)])
    Scores(questions=4, recall=0.25, ndcg=0.25, mrr=0.25)
    """
    total = sum(part.questions for part in parts)
    shares = [part.questions / max(total, 1) for part in parts]
    rows = [(part.recall, part.ndcg, part.mrr) for part in parts]
    recall, ndcg, mrr = np.array(shares) @ np.array(rows)
    return Scores(total, float(recall), float(ndcg), float(mrr))


def best_rows(scores: FloatVector, *, k: int = K) -> IntVector:
    """Give the ``k`` rows of the highest scores, best first, equal ones in row order."""
    wanted = min(k, len(scores))
    rows = np.argpartition(-scores, wanted - 1)[:wanted]
    return np.asarray(rows[np.lexsort((rows, -scores[rows]))], dtype=np.int64)


def fuse(lexical: FloatVector, dense: FloatVector, *, weight: float) -> FloatVector:
    """Join the scores of one question, each brought to [0, 1] first.

    Parameters
    ----------
    lexical : float32 array of shape (n,)
        BM25, 0 and up; divided by its highest.
    dense : float32 array of shape (n,)
        Cosines; the best becomes 1, the 300th best and all below it 0.
    weight : float
        Share of ``dense``, in [0, 1].
    """
    least = np.partition(dense, -min(_CANDIDATES, len(dense)))[-min(_CANDIDATES, len(dense))]
    spread = max(float(dense.max() - least), 1e-6)
    near = np.clip((dense - least) / spread, 0, 1)
    words = lexical / max(float(lexical.max()), 1e-6)
    return np.asarray((1 - weight) * words + weight * near, dtype=np.float32)


def measure_vectors(
    questions: FloatMatrix,
    passages: FloatMatrix,
    answers: Sequence[Collection[int]],
    *,
    lexical: FloatMatrix | None = None,
    weights: Sequence[float] = (1.0,),
) -> dict[float, Scores]:
    """Measure vectors at several weights beside BM25; weight 1 is the vectors alone.

    Parameters
    ----------
    questions : float32 array of shape (n_questions, dim)
    passages : float32 array of shape (n_passages, dim)
    answers : sequence of collections of int
        For each question the rows of ``passages`` that answer it.
    lexical : float32 array of shape (n_questions, n_passages), optional
        BM25 of every passage; needed for weights below 1.
    weights : sequence of float
    """
    orders: dict[float, list[IntVector]] = {weight: [] for weight in weights}
    for row, question in enumerate(questions):
        dense = passages @ question
        for weight, found in orders.items():
            if weight == 1 or lexical is None:
                scores = dense
            else:
                scores = fuse(lexical[row], dense, weight=weight)
            found.append(best_rows(scores))
    return {weight: measure(found, answers) for weight, found in orders.items()}
