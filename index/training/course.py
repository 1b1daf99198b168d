"""The course: the stages of the recipe run in their order over one material."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from index.stores.base import FloatMatrix
from index.training.benchmark import Benchmark, fold_of, rounded
from index.training.contrastive import Stage, train
from index.training.corpus import LawQuestion
from index.training.journal import Journal
from index.training.material import Material
from index.training.measures import Scores, mean_scores
from index.training.recipe import (
    BROAD,
    COMPOSED,
    COMPOSED_SHARE,
    FOLDS,
    HARD,
    LABELS,
    LABELS_SHARE,
    scaled,
)
from index.training.sources import Pool, draw_batch
from index.training.start import start_vectors


@dataclass(frozen=True, slots=True)
class Course:
    """Trains vectors on a material; what it gives depends on nothing but its parts.

    Attributes
    ----------
    material : Material
    journal : Journal
        Told of losses and scores.
    seed : int
        Of every draw.
    steps_scale : float
        Factor on the steps of every stage, above 0.
    """

    material: Material
    journal: Journal
    seed: int = 0
    steps_scale: float = 1.0

    def unlabelled(self, benchmark: Benchmark, *, dim: int) -> FloatMatrix:
        """Train from the start through every stage that needs no labels.

        Returns
        -------
        float32 array of shape (n_tokens, dim)
            The weighted mean of what the last stage and the broad one gave.
        """
        pool = self.material.pool()
        vectors = start_vectors(self.material.tables, dim=dim, seed=self.seed)
        self._note("start", benchmark.scores(vectors))
        trained = []
        for number, stage in enumerate((BROAD, HARD, COMPOSED), start=1):
            vectors = self._train(vectors, stage, pool, seed=self.seed + number)
            trained.append(vectors)
            self._note(stage.name, benchmark.scores(vectors))
        vectors = _mean(trained[-1], trained[0], share=COMPOSED_SHARE)
        self._note("mean", benchmark.scores(vectors))
        return vectors

    def labelled(self, vectors: FloatMatrix, questions: Sequence[LawQuestion]) -> FloatMatrix:
        """Go on with labelled questions and what BM25 mistakes for their answers.

        Returns
        -------
        float32 array of shape (n_tokens, dim)
            The weighted mean of what comes out and what went in.
        """
        pool = self.material.pool(questions)
        trained = self._train(vectors, LABELS, pool, seed=self.seed)
        return _mean(trained, vectors, share=LABELS_SHARE)

    def folded(
        self, vectors: FloatMatrix, questions: Sequence[LawQuestion], benchmark: Benchmark
    ) -> tuple[FloatMatrix, Mapping[float, Scores]]:
        """Go on with labelled questions once for each fold, without those of the fold.

        Returns
        -------
        vectors : float32 array of shape (n_tokens, dim)
            The mean over the folds.
        unseen : mapping of float to Scores
            Of every question, by the vectors trained without it, by the weight of the dense leg.
        """
        folds = [fold_of(each.question_id, folds=FOLDS) for each in questions]
        trained, unseen = [], []
        for fold in sorted(set(folds)):
            others = [each for each, of in zip(questions, folds, strict=True) if of != fold]
            trained.append(self.labelled(vectors, others))
            held_out = [row for row, of in enumerate(folds) if of == fold]
            unseen.append(benchmark.scores(trained[-1], held_out))
            self._note(f"fold {fold}", unseen[-1])
        mean = np.asarray(np.mean(trained, axis=0), dtype=np.float32)
        return mean, {
            weight: mean_scores([scores[weight] for scores in unseen]) for weight in unseen[0]
        }

    def _train(self, vectors: FloatMatrix, stage: Stage, pool: Pool, *, seed: int) -> FloatMatrix:
        (wanted,) = scaled((stage,), self.steps_scale)
        return train(
            vectors,
            wanted,
            partial(draw_batch, pool),
            seed=seed,
            composition=self.material.composition,
            report=self.journal.losses,
        )

    def _note(self, stage: str, scores: Mapping[float, Scores]) -> None:
        self.journal.note("scores", stage=stage, **rounded(scores))


def _mean(one: FloatMatrix, other: FloatMatrix, *, share: float) -> FloatMatrix:
    return np.asarray(share * one + (1 - share) * other, dtype=np.float32)
