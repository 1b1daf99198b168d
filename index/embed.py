"""Embedders: texts and questions to unit vectors, by a static model or by any other."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, Protocol, runtime_checkable

from index.errors import ModelNotFoundError
from index.model_folder import ModelFolder, find_model, may_be_on_hub
from index.model_options import EMBEDDED, Backend, ModelOptions
from index.static import StaticEmbedder, static_module
from index.stores.base import FloatMatrix, IntVector
from index.transformer import TransformerEmbedder, check_installed

__all__ = [
    "EMBEDDED",
    "Embedder",
    "StaticEmbedder",
    "TermEmbedder",
    "TransformerEmbedder",
    "load_embedder",
    "stated_options",
    "static_folder",
]

_SHIPPED: Final = Path(__file__).parent / "models" / "static-zh-en-256"


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

    @property
    def dim(self) -> int:
        """Length of one vector."""
        ...

    @property
    def known_terms(self) -> int:
        """How many words there are; ids lie below."""
        ...

    def unit_term_vectors(self, ids: IntVector) -> FloatMatrix:
        """Give the vectors of words at unit length, float32 of shape (n, dim)."""
        ...

    def embed_with_terms(self, texts: Sequence[str]) -> tuple[FloatMatrix, list[IntVector]]:
        """Embed texts to be found, and give the ids of the known words of each."""
        ...

    def term_words(self, ids: IntVector) -> list[str]:
        """Give the words of ids, as the model writes them."""
        ...

    def term_ids(self, text: str) -> IntVector:
        """Give the ids of the known words of ``text``, int64 of shape (n,)."""
        ...

    def term_vectors(self, ids: IntVector) -> FloatMatrix:
        """Give the vectors of words, float32 of shape (n, dim), longer for telling words."""
        ...


@runtime_checkable
class ChosenEmbedder(Protocol):
    """An embedder that says how to load it again: stated options, the model's name among them."""

    @property
    def options(self) -> Mapping[str, str]:
        """As :func:`index.model_options.stated` gives them."""
        ...


def stated_options(embedder: Embedder) -> dict[str, str]:
    """Give the options that an embedder was loaded with, none if it does not say."""
    return dict(embedder.options) if isinstance(embedder, ChosenEmbedder) else {}


def load_embedder(model: str | ModelOptions | None = None) -> Embedder:
    """Load the embedder of that name.

    Parameters
    ----------
    model : str or ModelOptions, optional
        A name stands for the options with that name and nothing else chosen. ``"embedded"``,
        or nothing, is the model that is shipped: no download, no torch. A folder with a static
        model needs no torch either. Anything else is a folder or a hub name for
        sentence-transformers, fetched if it is not there yet.

    Raises
    ------
    ModelNotFoundError
        If there is no such model, it may not be used, or what it needs is not installed.
    """
    options = model if isinstance(model, ModelOptions) else ModelOptions(model)
    name = options.model
    if name in {None, EMBEDDED} or (name == _SHIPPED.name and not Path(name).is_dir()):
        return StaticEmbedder(ModelFolder(_SHIPPED, _SHIPPED.name, EMBEDDED), options)
    assert name is not None
    if may_be_on_hub(name):
        check_installed(name, options.backend)  # before gigabytes are fetched for nothing
    found = find_model(name, revision=options.revision, onnx=options.backend is Backend.ONNX)
    if static_module(found.path) is not None:
        return StaticEmbedder(found, options)
    return TransformerEmbedder(options, found)


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
