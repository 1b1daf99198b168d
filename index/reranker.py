"""The learned order of candidates: a weight for each feature, from a file with a version."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any, Final

import numpy as np

from index.errors import RerankerError
from index.features import PLACE_FEATURES, WORD_FEATURES
from index.stores.base import FloatMatrix, FloatVector

FORMAT_VERSION: Final = 1
_FILE: Final = "data/reranker.json"


@dataclass(frozen=True, slots=True)
class LinearModel:
    """A score that is the sum of weighted features; arrays of shape (n_features,)."""

    features: tuple[str, ...]
    mean: FloatVector
    scale: FloatVector
    weights: FloatVector

    def scores(self, matrix: FloatMatrix) -> FloatVector:
        """Score rows of features: float32 of shape (n,), better when higher, without a bound."""
        # In double precision: equal rows then score alike, wherever they lie in memory.
        total = self.contributions(matrix).sum(axis=1, dtype=np.float64)
        return np.asarray(total, dtype=np.float32)

    def contributions(self, matrix: FloatMatrix) -> FloatMatrix:
        """Give what each feature adds to each score, float32 of the shape of ``matrix``."""
        return np.asarray((matrix - self.mean) / self.scale * self.weights, dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Reranker:
    """Two models: ``first`` orders all candidates, ``second`` the best of them by their words."""

    first: LinearModel
    second: LinearModel


def untrained_reranker() -> Reranker:
    """Give weights of zero, to collect features with before there are weights for them."""
    return Reranker(_zeros(PLACE_FEATURES), _zeros((*PLACE_FEATURES, *WORD_FEATURES)))


@lru_cache(maxsize=1)
def shipped_reranker() -> Reranker:
    """Give the weights that the package ships with."""
    return read_reranker(Path(str(resources.files("index").joinpath(_FILE))))


def read_reranker(path: Path) -> Reranker:
    """Read weights.

    Raises
    ------
    RerankerError
        If the file is missing, of another format, or knows other features than this program.
    """
    try:
        values = json.loads(path.read_bytes())
        version = values["format_version"]
        if version != FORMAT_VERSION:
            raise RerankerError(path, f"it has format {version}, this program {FORMAT_VERSION}")
        return Reranker(
            _model(values["first"], PLACE_FEATURES),
            _model(values["second"], (*PLACE_FEATURES, *WORD_FEATURES)),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RerankerError(path, f"no weights can be read from it ({error})") from error


def _zeros(features: tuple[str, ...]) -> LinearModel:
    zeros = np.zeros(len(features), dtype=np.float32)
    return LinearModel(features, mean=zeros, scale=zeros + 1, weights=zeros)


def write_reranker(path: Path, reranker: Reranker, notes: Mapping[str, Any]) -> None:
    """Write weights with notes on how they were made; equal weights give equal bytes."""
    values = {
        "format_version": FORMAT_VERSION,
        **notes,
        "first": _values(reranker.first),
        "second": _values(reranker.second),
    }
    path.write_text(json.dumps(values, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _model(values: Mapping[str, Sequence[float]], features: tuple[str, ...]) -> LinearModel:
    """Read a model: for each feature its mean, its scale and its weight."""
    if set(values) != set(features):
        odd = sorted(set(values) ^ set(features))
        raise ValueError(f"its features are not those of this program: {', '.join(odd)}")
    rows = np.array([values[name] for name in features], dtype=np.float32)
    if rows.shape != (len(features), 3) or not np.isfinite(rows).all() or (rows[:, 1] <= 0).any():
        raise ValueError("a feature needs a mean, a scale above 0 and a weight")
    return LinearModel(features, rows[:, 0], rows[:, 1], rows[:, 2])


def _values(model: LinearModel) -> dict[str, list[float]]:
    columns = zip(model.features, model.mean, model.scale, model.weights, strict=True)
    return {
        name: [round(float(value), 6) for value in (mean, scale, weight)]
        for name, mean, scale, weight in columns
    }
