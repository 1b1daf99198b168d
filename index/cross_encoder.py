"""Cross-encoders: how well each text answers a question, read together; needs the extra ``models``.

More exact than comparing vectors and far slower, so only the best candidates of a search are
scored. Off unless one is named.
"""

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np

from index.errors import ModelNotFoundError, ModelValueError
from index.model_folder import ModelFolder, check_folder, find_model, model_types
from index.model_options import Backend, RerankerOptions
from index.rows import NOT_FINITE
from index.stores.base import FloatVector
from index.transformer import arguments, check_installed, loading, set_max_length

_KIND = "CrossEncoder"
_ARCHITECTURE = "ForSequenceClassification"


class PairScorer(Protocol):
    """What every cross-encoder promises; scores do not depend on the batch they are made in."""

    @property
    def name(self) -> str:
        """Name of the model: of its folder, or on the hub."""
        ...

    def score(self, question: str, texts: Sequence[str]) -> FloatVector:
        """Score each text against the question.

        Returns
        -------
        float32 array of shape (len(texts),)
            In [0, 1], better when higher; only the order within one model has a meaning.
        """
        ...


class CrossEncoderScorer:
    """A cross-encoder of sentence-transformers that gives one score a pair.

    The score is the logistic function of the model's own output, whatever activation the model
    declares: the order is the same.

    Parameters
    ----------
    options : RerankerOptions
        ``model`` is a local folder or a name on the hub; ``top`` has no meaning here.

    Raises
    ------
    ModelNotFoundError
        If what it needs is not installed, there is no such model, or it may not be used.
    """

    def __init__(self, options: RerankerOptions) -> None:
        check_installed(options.model)
        folder = find_model(options.model, revision=options.revision)
        _check(folder)
        self.name = folder.name
        self._batch_size = options.batch_size
        self._model = _load(folder, options.device)
        set_max_length(self._model, folder.given, options.max_length)

    def score(self, question: str, texts: Sequence[str]) -> FloatVector:
        """Score each text against the question; contract as in ``PairScorer.score``.

        Raises
        ------
        ModelValueError
            If the model gives a value that is not finite.
        """
        if not texts:
            return np.zeros(0, dtype=np.float32)
        pairs = [(question, text) for text in texts]
        given = self._model.predict(pairs, batch_size=self._batch_size, show_progress_bar=False)
        raw = np.asarray(given, dtype=np.float64)
        finite = np.isfinite(raw)
        if not finite.all():
            raise ModelValueError(self.name, int(np.argmin(finite)), NOT_FINITE)
        # Of the logistic function's two forms that which does not overflow; float32 at the end.
        return np.asarray(np.exp(-np.logaddexp(0, -raw)), dtype=np.float32)


def load_pair_scorer(options: RerankerOptions | None) -> PairScorer | None:
    """Load the cross-encoder that is named, if one is; ``ModelNotFoundError`` as in the class."""
    return None if options is None else CrossEncoderScorer(options)


def _check(folder: ModelFolder) -> None:
    kinds = list(model_types(folder.path))
    if not any(kind == _KIND or kind.endswith(_ARCHITECTURE) for kind in kinds):
        found = kinds[0] if kinds else "a folder without config.json"
        problem = f"it is {found}, no cross-encoder"
        advice = "name a model that scores pairs, such as BAAI/bge-reranker-v2-m3"
        raise ModelNotFoundError(folder.given, problem, advice)
    check_folder(folder.path)


def _load(folder: ModelFolder, device: str | None) -> Any:  # noqa: ANN401 - untyped
    from sentence_transformers import CrossEncoder  # noqa: PLC0415 - an extra, 7 s

    with loading(folder.given):
        safe = arguments(Backend.TORCH, device)
        model = CrossEncoder(str(folder.path), activation_fn=_as_it_is, **safe)
    if model.num_labels != 1:
        problem = f"it gives {model.num_labels} scores a pair"
        raise ModelNotFoundError(folder.given, problem, "name a model that gives one")
    return model


def _as_it_is(scores: Any) -> Any:  # noqa: ANN401 - a tensor
    return scores
