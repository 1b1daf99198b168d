"""Any model of sentence-transformers behind the protocol of embedders; needs the extra ``models``.

Nothing is loaded here before :func:`index.model_folder.check_folder` has let it pass, and what is
loaded comes from that folder: sentence-transformers itself never asks the hub.
"""

import logging
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any, Final

import numpy as np

from index.errors import ModelNotFoundError
from index.model_folder import (
    ModelFolder,
    check_folder,
    declared_prompts,
    find_model,
    read_config,
    read_modules,
)
from index.model_options import Backend, ModelOptions, stated
from index.rows import unit_rows
from index.static import chosen_dim, chosen_prompts, fingerprint, with_choices
from index.stores.base import FloatMatrix

_KIND: Final = "SentenceTransformer"
_INSTALL: Final = {
    Backend.TORCH: "pip install 'yiju[models]'",
    Backend.ONNX: "pip install 'yiju[onnx]' in an environment of its own (docs/models.md)",
}
_OTHER: Final = "name a model that gives one vector a text"
_LONGEST_REASON: Final = 200
# What transformers reports of weights that a file lacks, since version 5 and before.
_MISSING: Final = re.compile(r"^(\S+)\s*\|\s*(?:\x1b\[\d+m)*MISSING", re.MULTILINE)
_MISSING_BEFORE: Final = re.compile(r"newly initialized: \[(.*?)\]")


class TransformerEmbedder:
    """A sentence-transformers model, with the prompts it declares or those chosen.

    Vectors are computed in float32 on whatever device, so that they depend neither on it nor on
    the batch. Prompts go to the model as they are, without a space added.

    Parameters
    ----------
    options : ModelOptions
        ``model`` is a local folder or a name on the hub.
    folder : ModelFolder, optional
        The folder of that model, where it is known already.

    Raises
    ------
    ModelNotFoundError
        If what it needs is not installed, there is no such model, or it may not be used.
    """

    def __init__(self, options: ModelOptions, folder: ModelFolder | None = None) -> None:
        onnx = options.backend is Backend.ONNX
        if folder is None:
            folder = find_model(options.model or "", revision=options.revision, onnx=onnx)
        self._check(folder, onnx=onnx)
        check_installed(folder.given, options.backend)
        self.name = folder.name
        self._batch_size = options.batch_size
        self._model, width = _load(folder, options)
        declared = read_config(folder.path).get("truncate_dim") or width
        self.dim = chosen_dim(folder.given, options.dim or declared, width=width)
        length, longest = set_max_length(self._model, folder.given, options.max_length)
        prompts = declared_prompts(folder.path)
        self._query_prompt, self._document_prompt = chosen_prompts(prompts, options)
        self.options = stated(options, model=folder.given, commit=folder.commit)
        self.fingerprint = with_choices(
            fingerprint(folder),
            dim=(self.dim, declared),
            max_length=(length, longest),
            query_prompt=(self._query_prompt, prompts[0]),
            document_prompt=(self._document_prompt, prompts[1]),
            backend=(options.backend, Backend.TORCH),
        )

    def embed_passages(self, texts: Sequence[str]) -> FloatMatrix:
        """Embed texts to be found; contract as in ``Embedder.embed_passages``."""
        return self._unit(texts, self._model.encode_document, self._document_prompt)

    def embed_questions(self, texts: Sequence[str]) -> FloatMatrix:
        """Embed questions; contract as in ``Embedder.embed_questions``."""
        return self._unit(texts, self._model.encode_query, self._query_prompt)

    def _unit(self, texts: Sequence[str], encode: Callable[..., Any], prompt: str) -> FloatMatrix:
        if not texts:
            return np.zeros((0, self.dim), dtype=np.float32)
        rows = encode(
            list(texts),
            prompt=prompt,
            batch_size=self._batch_size,
            truncate_dim=self.dim,
            show_progress_bar=False,
        )
        return unit_rows(np.asarray(rows, dtype=np.float32), model=self.name)

    @staticmethod
    def _check(folder: ModelFolder, *, onnx: bool) -> None:
        if read_modules(folder.path) is None:
            problem = "it has no modules.json, so it is no model of sentence-transformers"
            advice = "name the folder that holds modules.json, or another model"
            raise ModelNotFoundError(folder.given, problem, advice)
        kind = read_config(folder.path).get("model_type", _KIND)
        if kind != _KIND:
            advice = "a CrossEncoder is for --reranker" if kind == "CrossEncoder" else _OTHER
            raise ModelNotFoundError(folder.given, f"it is a {kind}, no embedding model", advice)
        check_folder(folder.path, onnx=onnx)


def check_installed(model: str, backend: Backend = Backend.TORCH) -> None:
    """Refuse a model if the extra that it needs is not installed."""
    needed = ["sentence_transformers", "torch"]
    if backend is Backend.ONNX:
        needed += ["onnxruntime", "optimum"]
    for module in needed:
        if find_spec(module) is None:
            problem = f"{module.replace('_', '-')} is missing"
            raise ModelNotFoundError(model, problem, _INSTALL[backend])


def arguments(backend: Backend, device: str | None) -> dict[str, Any]:
    """Give what every model of sentence-transformers is loaded with, for safety's sake."""
    of_torch = {"use_safetensors": True, "dtype": "float32"}
    return {
        "device": device,
        "trust_remote_code": False,
        "local_files_only": True,
        "backend": backend.value,
        "model_kwargs": of_torch if backend is Backend.TORCH else {"export": False},
    }


@contextmanager
def loading(model: str) -> Iterator[None]:
    """Turn whatever goes wrong while a model is loaded into one sentence.

    Raises
    ------
    ModelNotFoundError
        If loading fails, or the file lacks weights, which would then be made up at random.
    """
    reports = _Reports()
    reporter = logging.getLogger("transformers.modeling_utils")
    reporter.addHandler(reports)
    reporter.propagate = False  # what it reports is told below, in one sentence
    try:
        with _no_bars():
            yield
    except Exception as error:  # transformers and torch raise whatever their parts raise
        reason = " ".join(str(error).split())[:_LONGEST_REASON]
        problem = f"cannot be loaded ({type(error).__name__}: {reason})"
        advice = "copy the whole folder again, or check --model-device"
        raise ModelNotFoundError(model, problem, advice) from error
    finally:
        reporter.propagate = True
        reporter.removeHandler(reports)
    missing = _missing("\n".join(reports.messages))
    if missing:
        problem = f"its weights are incomplete ({missing[0]} is missing)"
        raise ModelNotFoundError(model, problem, "take a model trained for this use")


def _missing(report: str) -> list[str]:
    """Give the names of weights that are missing; a pooler's are of no use to us."""
    before = _MISSING_BEFORE.search(report)
    names = _MISSING.findall(report) + (re.findall(r"'(.*?)'", before[1]) if before else [])
    return [name for name in names if "pooler." not in name]


@contextmanager
def _no_bars() -> Iterator[None]:
    """Keep transformers from drawing on stderr how far it has read a file."""
    from transformers.utils import logging as shown  # noqa: PLC0415 - with the extra

    drawn = shown.is_progress_bar_enabled()
    shown.disable_progress_bar()
    try:
        yield
    finally:
        if drawn:
            shown.enable_progress_bar()


class _Reports(logging.Handler):
    """Keeps what is logged."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a message."""
        self.messages.append(record.getMessage())


def set_max_length(
    model: Any,  # noqa: ANN401 - untyped
    name: str,
    length: int | None,
) -> tuple[int, int]:
    """Set how many tokens of a text count; give that number and the model's own, its bound."""
    longest = int(min(model.max_seq_length or np.inf, np.iinfo(np.int32).max))
    if length is None:
        return longest, longest
    if not 1 <= length <= longest:
        problem = f"it takes texts of up to {longest} tokens, not {length}"
        raise ModelNotFoundError(name, problem, f"set the maximum length to {longest} or less")
    model.max_seq_length = length
    return length, longest


def _load(folder: ModelFolder, options: ModelOptions) -> tuple[Any, int]:
    """Load a model; give it with the width of its vectors when they are not cut."""
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - an extra, 7 s

    with loading(folder.given):
        safe = arguments(options.backend, options.device)
        model = SentenceTransformer(str(folder.path), **safe)
        with model.truncate_embeddings(None):
            return model, len(model.encode("", show_progress_bar=False))
