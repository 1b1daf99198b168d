"""What can be chosen about the models: the settings and the command line fill these records."""

import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

EMBEDDED: Final = "embedded"


class Backend(StrEnum):
    """What runs a model of sentence-transformers."""

    TORCH = "torch"
    ONNX = "onnx"


@dataclass(frozen=True, slots=True)
class ModelOptions:
    """Which embedding model, and how it is used.

    ``model`` is a folder or a hub name; None is the model that is shipped. ``revision`` (branch,
    tag or commit) belongs to a hub name. ``dim`` cuts vectors to their first components, which
    only a model trained for it (Matryoshka) bears well. ``max_length`` is in tokens. A prompt
    that is None is the one the model declares; an empty one is none at all. ``device`` (as torch
    names it: ``cpu``, ``cuda:1``) and ``batch_size`` (texts at a time) change the speed alone.
    """

    model: str | None = None
    revision: str | None = None
    dim: int | None = None
    max_length: int | None = None
    query_prompt: str | None = None
    document_prompt: str | None = None
    backend: Backend = Backend.TORCH
    device: str | None = None
    batch_size: int = 32


DEFAULTS: Final = ModelOptions()


@dataclass(frozen=True, slots=True)
class RerankerOptions:
    """Which cross-encoder, and how it is used; fields as in :class:`ModelOptions`.

    ``top`` is how many candidates of a search are scored anew.
    """

    model: str
    revision: str | None = None
    top: int = 30
    max_length: int | None = None
    device: str | None = None
    batch_size: int = 32


# Options that change vectors: how each is called on the command line and as a setting.
_NAMES: Final = {
    "model": ("--model", "YIJU_MODEL"),
    "revision": ("--model-revision", "YIJU_MODEL_REVISION"),
    "dim": ("--model-dim", "YIJU_MODEL_DIM"),
    "max_length": ("--model-max-length", "YIJU_MODEL_MAX_LENGTH"),
    "query_prompt": ("--query-prompt", "YIJU_QUERY_PROMPT"),
    "document_prompt": ("--document-prompt", "YIJU_DOCUMENT_PROMPT"),
    "backend": ("--model-backend", "YIJU_MODEL_BACKEND"),
}


def stated(options: ModelOptions, *, model: str, commit: str | None = None) -> dict[str, str]:
    """Give the options that change vectors, as far as they are chosen, with how to name the model.

    ``commit`` stands for the revision of a model of the hub, so that it is found again when the
    branch has moved on.

    Examples
    --------
    >>> stated(ModelOptions("a/b", dim=128, device="cpu"), model="a/b")
    {'model': 'a/b', 'dim': '128'}
    """
    chosen = {"model": model}
    for name in _NAMES:
        value = getattr(options, name)
        if name != "model" and value is not None and value is not Backend.TORCH:
            chosen[name] = str(value)
    return chosen if commit is None else chosen | {"revision": commit}


def as_options(chosen: Mapping[str, str]) -> str:
    """Write stated options as the command line takes them.

    Examples
    --------
    >>> as_options({"model": "a/b", "query_prompt": "query: "})
    "--model a/b --query-prompt 'query: '"
    """
    return " ".join(f"{_NAMES[key][0]} {shlex.quote(chosen[key])}" for key in _known(chosen))


def as_variables(chosen: Mapping[str, str]) -> str:
    """Write stated options as settings.

    Examples
    --------
    >>> as_variables({"model": "a/b", "dim": "128"})
    'YIJU_MODEL=a/b YIJU_MODEL_DIM=128'
    """
    return " ".join(f"{_NAMES[key][1]}={shlex.quote(chosen[key])}" for key in _known(chosen))


def described(name: str, chosen: Mapping[str, str]) -> str:
    """Name a model with what is chosen about it.

    Examples
    --------
    >>> described("b", {"model": "./b", "dim": "128"})
    'b (dim 128)'
    """
    details = [
        f"{key} {chosen[key]!r}" if "prompt" in key else f"{key} {chosen[key]}"
        for key in _known(chosen)
        if key != "model"
    ]
    return f"{name} ({', '.join(details)})" if details else name


def _known(chosen: Mapping[str, str]) -> list[str]:
    """Give the options that this version knows, the model first; a newer one may know more."""
    return [key for key in _NAMES if key in chosen]
