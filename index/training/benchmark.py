"""The benchmark: questions about laws, answered by vectors alone and beside BM25."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Final

import numpy as np

from index.stores.base import FloatMatrix
from index.training.corpus import LawQuestion
from index.training.material import Material
from index.training.measures import Scores, best_rows, measure, measure_vectors
from index.training.ragged import encode, mean_vectors

WEIGHTS: Final = (1.0, 0.2, 0.3)


class Benchmark:
    """Questions with known articles, to be found among all articles of the corpus."""

    def __init__(self, questions: Sequence[LawQuestion], material: Material) -> None:
        self._questions = encode(material.tokenizer, [each.question for each in questions])
        self._answers = material.answers(questions)
        self._articles = material.tables.articles.passages
        self._lexical = np.stack([material.ranking.scores_of(each.question) for each in questions])

    def scores(
        self, vectors: FloatMatrix, rows: Sequence[int] | None = None
    ) -> dict[float, Scores]:
        """Measure token vectors by the weight of the dense leg; 1 is the vectors alone.

        Parameters
        ----------
        vectors : float32 array of shape (n_tokens, dim)
        rows : sequence of int, optional
            The questions that count; all when omitted.
        """
        counted = list(range(len(self._answers))) if rows is None else list(rows)
        return measure_vectors(
            mean_vectors(vectors, self._questions)[counted],
            mean_vectors(vectors, self._articles),
            [self._answers[row] for row in counted],
            lexical=self._lexical[counted],
            weights=WEIGHTS,
        )

    def lexical_scores(self) -> Scores:
        """Measure BM25 alone."""
        return measure([best_rows(scores) for scores in self._lexical], self._answers)


def fold_of(question_id: str, *, folds: int) -> int:
    """Give the fold that a question is held out in: SHA-256 of its id, modulo ``folds``.

    Examples
    --------
    >>> fold_of("q0000", folds=5)
    2
    """
    return int(sha256(question_id.encode("utf-8")).hexdigest(), 16) % folds


def rounded(scores: Mapping[float, Scores]) -> dict[str, dict[str, float]]:
    """Give scores as a journal keeps them, by the dense weight."""
    return {
        f"{weight:g}": {"recall@10": round(each.recall, 4), "ndcg@10": round(each.ndcg, 4)}
        for weight, each in scores.items()
    }
