"""Embedders: texts and questions to unit vectors, by a static model or by any other."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, Protocol, runtime_checkable

import numpy as np

from index.errors import ModelNotFoundError
from index.static import StaticEmbedder, fingerprint, static_module
from index.stores.base import FloatMatrix, IntVector

__all__ = [
    "EMBEDDED",
    "Embedder",
    "StaticEmbedder",
    "TermEmbedder",
    "TransformerEmbedder",
    "load_embedder",
    "static_folder",
]

EMBEDDED: Final = "embedded"
_SHIPPED = Path(__file__).parent / "models" / "static-zh-en-256"
_INSTALL = "pip install 'yiju[models]'"


class Embedder(Protocol):
    """What every embedder promises; rows do not depend on the batch they are made in."""

    @property
    def name(self) -> str:
        """Name of the model: of its folder, or on the hub."""
        ...

    @property
    def fingerprint(self) -> str:
        """What tells one state of the model from another; equal where vectors are equal."""
        ...

    @property
    def dim(self) -> int:
        """Length of one embedding."""
        ...

    def embed_passages(self, texts: Sequence[str]) -> FloatMatrix:
        """Embed texts to be found.

        Returns
        -------
        float32 array of shape (len(texts), dim)
            Rows of unit L2 norm, so that the inner product of two is their cosine; all zero
            for a text in which a static model knows no token, such as an empty one.
        """
        ...

    def embed_questions(self, texts: Sequence[str]) -> FloatMatrix:
        """Embed questions; shape and norm as in :meth:`embed_passages`."""
        ...


@runtime_checkable
class TermEmbedder(Protocol):
    """An embedder that has a vector for each word, so that words can be matched one by one."""

    def term_ids(self, text: str) -> IntVector:
        """Give the ids of the known words of ``text``, int64 of shape (n,)."""
        ...

    def term_vectors(self, ids: IntVector) -> FloatMatrix:
        """Give the vectors of words, float32 of shape (n, dim), longer for telling words."""
        ...


class TransformerEmbedder:
    """Any sentence-transformers model, with the prompts it declares; needs the extra ``models``.

    Parameters
    ----------
    model : str
        A local folder or a name on the hub, which is downloaded if it is not there yet. Code
        that comes with a model is never run.
    revision : str, optional
        Branch, tag or commit on the hub.
    device : str, optional
        Where torch computes; its own choice when omitted.
    batch_size : int
        Texts embedded at a time.

    Raises
    ------
    ModelNotFoundError
        If the extra is not installed, the folder holds no model, or the hub has none of
        that name or cannot be reached.
    """

    def __init__(
        self,
        model: str,
        *,
        revision: str | None = None,
        device: str | None = None,
        batch_size: int = 32,
    ) -> None:
        self._model = _load_transformer(model, revision=revision, device=device)
        self._batch_size = batch_size
        self.dim = int(self._model.get_embedding_dimension())
        folder = Path(model)
        if folder.is_dir():
            self.name = folder.resolve().name
            self.fingerprint = fingerprint(folder)
        else:
            self.name = model
            self.fingerprint = f"{model}@{revision or _commit(self._model)}"

    def embed_passages(self, texts: Sequence[str]) -> FloatMatrix:
        """Embed texts to be found; contract as in ``Embedder.embed_passages``."""
        return self._unit(texts, self._model.encode_document)

    def embed_questions(self, texts: Sequence[str]) -> FloatMatrix:
        """Embed questions; contract as in ``Embedder.embed_questions``."""
        return self._unit(texts, self._model.encode_query)

    def _unit(self, texts: Sequence[str], encode: Any) -> FloatMatrix:  # noqa: ANN401 - untyped
        if not texts:
            return np.zeros((0, self.dim), dtype=np.float32)
        encoded = encode(list(texts), batch_size=self._batch_size, show_progress_bar=False)
        rows = np.asarray(encoded, dtype=np.float32)
        norms = np.linalg.norm(rows, axis=1, keepdims=True)
        return np.asarray(rows / np.where(norms > 0, norms, 1), dtype=np.float32)


def load_embedder(model: str | None = None) -> Embedder:
    """Load the embedder of that name.

    Parameters
    ----------
    model : str, optional
        ``"embedded"``, or nothing, for the model that is shipped: no download, no torch.
        A folder with a static model needs no torch either. Anything else is a folder or a hub
        name for sentence-transformers, which downloads what is not there yet.

    Raises
    ------
    ModelNotFoundError
        If there is no such model, or what it needs is not installed.
    """
    if model is None or model == EMBEDDED:
        return StaticEmbedder(_SHIPPED)
    folder = Path(model).expanduser()
    if folder.is_dir():
        static = static_module(folder) is not None
        return StaticEmbedder(folder) if static else TransformerEmbedder(str(folder))
    if model == _SHIPPED.name:
        return StaticEmbedder(_SHIPPED)
    if _looks_like_path(model):
        advice = f"name a folder, a sentence-transformers model or {EMBEDDED!r}"
        raise ModelNotFoundError(model, "there is no such folder", advice)
    return TransformerEmbedder(model)


def static_folder(model: str | None = None) -> Path:
    """Give the folder of a static model: the one shipped when nothing is named.

    Raises
    ------
    ModelNotFoundError
        If ``model`` is neither the shipped one nor a folder.
    """
    if model in (None, EMBEDDED, _SHIPPED.name):
        return _SHIPPED
    folder = Path(str(model)).expanduser()
    if not folder.is_dir():
        raise ModelNotFoundError(str(model), "there is no such folder", "name a static model's")
    return folder


def _looks_like_path(model: str) -> bool:
    return model.startswith((".", "/", "~")) or "\\" in model or model.count("/") > 1


def _load_transformer(model: str, *, revision: str | None, device: str | None) -> Any:  # noqa: ANN401
    try:
        from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - an extra, 7 s
    except ImportError as error:
        raise ModelNotFoundError(model, "sentence-transformers is missing", _INSTALL) from error
    try:
        return SentenceTransformer(model, revision=revision, device=device, trust_remote_code=False)
    except (OSError, ValueError) as error:
        problem = f"cannot be loaded ({error})"
        advice = "check its name, or name a local folder; the hub may be out of reach"
        raise ModelNotFoundError(model, problem, advice) from error


def _commit(model: Any) -> str:  # noqa: ANN401 - sentence-transformers is untyped
    """Give the commit that transformers noted when it fetched the model, else ``main``."""
    config = getattr(getattr(model[0], "auto_model", None), "config", None)
    return getattr(config, "_commit_hash", None) or "main"
