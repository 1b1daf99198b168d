"""Train the re-ranker: weights of features from questions whose clauses are known."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from index.asked import AskedQuestions
from index.features import ASKED_FEATURES, PLACE_FEATURES, WORD_FEATURES
from index.reranker import LinearModel, Reranker
from index.search import Searcher

Matrix = npt.NDArray[np.float32]
Vector = npt.NDArray[np.float64]
IntVector = npt.NDArray[np.int64]

ALL_FEATURES = (*PLACE_FEATURES, *WORD_FEATURES)
_PENALTY = 3e-3
_ASKED = [PLACE_FEATURES.index(name) for name in ASKED_FEATURES]
_TINY = 1e-6


@dataclass(frozen=True, slots=True)
class Example:
    """The candidates of one question.

    ``features`` is float32 of shape (n, len(ALL_FEATURES)), ``rows`` int64 of shape (n,) and
    ``relevant`` bool of shape (n,); ``weight`` says how much the question counts.
    """

    rows: IntVector
    features: Matrix
    relevant: npt.NDArray[np.bool_]
    weight: float = 1.0

    def with_asked(self, asked: Matrix) -> "Example":
        """Give the example with other features of earlier questions, (n, len(ASKED_FEATURES))."""
        features = self.features.copy()
        features[:, _ASKED] = asked
        return Example(self.rows, features, self.relevant, self.weight)


def example(
    searcher: Searcher, question: str, relevant: Sequence[int], *, weight: float = 1.0
) -> Example:
    """Search for a question and read the features of all its candidates."""
    rows, features = searcher.candidates(searcher.read(question))
    return Example(rows, features, np.isin(rows, np.asarray(relevant)), weight)


def asked_features(
    asked: AskedQuestions, searcher: Searcher, question: str, rows: IntVector
) -> Matrix:
    """Give the features that other earlier questions would lend the candidates."""
    query = searcher.read(question)
    return asked.features(asked.nearness(query.tokens), rows)


def train(examples: Sequence[Example]) -> Reranker:
    """Fit both models of the re-ranker; examples without a relevant candidate do not count."""
    return Reranker(
        fit(examples, PLACE_FEATURES),
        fit(examples, ALL_FEATURES),
    )


def fit(examples: Sequence[Example], features: tuple[str, ...]) -> LinearModel:
    """Fit the weights of some features.

    Notes
    -----
    Listwise softmax: the loss of a question is the cross-entropy between its relevant candidates
    and the softmax of the scores of all, with a quadratic penalty on the weights; L-BFGS from
    zero, so that equal examples give equal weights.
    Source: Cao et al., "Learning to Rank: From Pairwise Approach to Listwise Approach", 2007
    (ListNet's top-one probability).
    """
    columns = [ALL_FEATURES.index(name) for name in features]
    used = [each for each in examples if each.relevant.any()]
    if not used:
        raise ValueError("no question has a relevant candidate")
    matrix = np.concatenate([each.features[:, columns] for each in used]).astype(np.float64)
    mean, scale = matrix.mean(axis=0), matrix.std(axis=0)
    scale = np.where(scale > _TINY, scale, 1.0)
    matrix = (matrix - mean) / scale
    starts = np.concatenate([[0], np.cumsum([len(each.rows) for each in used])])
    wanted = np.concatenate([each.weight * each.relevant / each.relevant.sum() for each in used])
    weights = np.array([each.weight for each in used])

    def loss(parameters: Vector) -> tuple[float, Vector]:
        scores = matrix @ parameters
        highest = np.maximum.reduceat(scores, starts[:-1])
        powers = np.exp(scores - np.repeat(highest, np.diff(starts)))
        sums = np.add.reduceat(powers, starts[:-1])
        log_sums = np.log(sums) + highest
        probability = powers / np.repeat(sums, np.diff(starts))
        value = (weights * log_sums).sum() - wanted @ scores
        slope = matrix.T @ (np.repeat(weights, np.diff(starts)) * probability - wanted)
        total = weights.sum()
        value = value / total + _PENALTY * (parameters @ parameters)
        return float(value), slope / total + 2 * _PENALTY * parameters

    fitted = minimize(
        loss, np.zeros(len(features)), jac=True, method="L-BFGS-B", options={"maxiter": 300}
    )
    return LinearModel(
        features,
        mean.astype(np.float32),
        scale.astype(np.float32),
        fitted.x.astype(np.float32),
    )
