"""Embedders: texts and questions to unit vectors, by a static model or by any other."""

import hashlib
import json
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import Any, Final, Protocol

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load_file
from tokenizers import Tokenizer
from tokenizers.models import Unigram

from index.errors import ModelNotFoundError
from index.stores.base import FloatMatrix, FloatVector

EMBEDDED: Final = "embedded"
_SHIPPED = Path(__file__).parent / "models" / "static-zh-en-256"
_STATIC_MODULES = (["StaticEmbedding"], ["StaticEmbedding", "Normalize"])
_PASSAGE_PROMPTS = ("document", "passage", "corpus")
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


class StaticEmbedder:
    """A sentence-transformers folder of StaticEmbedding (and Normalize), without torch.

    A text's vector is the mean of its tokens' vectors, at unit length. The vectors equal those
    of sentence-transformers to 1e-6, but for a text of unknown tokens alone: here it is all
    zero. Nothing is cached; a question takes some 50 microseconds.

    Parameters
    ----------
    path : Path
        The folder: modules.json, model.safetensors and tokenizer.json in the layout of
        sentence-transformers or of model2vec.

    Raises
    ------
    ModelNotFoundError
        If the folder holds no static model that can be read.
    """

    def __init__(self, path: Path) -> None:
        self.name = path.resolve().name
        module = _static_module(path)
        if module is None:
            advice = "name a folder whose modules.json lists StaticEmbedding"
            raise ModelNotFoundError(str(path), "no static model", advice)
        self.fingerprint = fingerprint(path)
        self._tokenizer = _read_tokenizer(module / "tokenizer.json")
        self._unknown = _unknown_id(self._tokenizer)
        self._vectors, self._mapping, self._weights = _read_weights(module / "model.safetensors")
        prompts = _prompts(path)
        self._question_prompt = _first_prompt(prompts, ("query",))
        self._passage_prompt = _first_prompt(prompts, _PASSAGE_PROMPTS)

    @property
    def dim(self) -> int:
        """Length of one embedding."""
        return int(self._vectors.shape[1])

    def embed_passages(self, texts: Sequence[str]) -> FloatMatrix:
        """Embed texts to be found; contract as in ``Embedder.embed_passages``."""
        return self._embed([self._passage_prompt + text for text in texts])

    def embed_questions(self, texts: Sequence[str]) -> FloatMatrix:
        """Embed questions; contract as in ``Embedder.embed_questions``."""
        return self._embed([self._question_prompt + text for text in texts])

    def _embed(self, texts: list[str]) -> FloatMatrix:
        rows = np.zeros((len(texts), self.dim), dtype=np.float32)
        encodings = self._tokenizer.encode_batch_fast(texts, add_special_tokens=False)
        for row, encoding in zip(rows, encodings, strict=True):
            ids = encoding.ids
            if len(ids) > ids.count(self._unknown):
                row[:] = self._mean(np.array(ids))
        return rows

    def _mean(self, ids: np.ndarray[Any, np.dtype[np.int64]]) -> FloatVector:
        picked = ids if self._mapping is None else self._mapping[ids]
        vectors = self._vectors[picked].astype(np.float32)
        # The sum has the direction of the mean, and its length goes the next moment.
        total = vectors.sum(axis=0) if self._weights is None else self._weights[ids] @ vectors
        norm = np.sqrt(total @ total)
        return np.asarray(total / norm if norm > 0 else total, dtype=np.float32)


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
        static = _static_module(folder) is not None
        return StaticEmbedder(folder) if static else TransformerEmbedder(str(folder))
    if model == _SHIPPED.name:
        return StaticEmbedder(_SHIPPED)
    if _looks_like_path(model):
        advice = f"name a folder, a sentence-transformers model or {EMBEDDED!r}"
        raise ModelNotFoundError(model, "there is no such folder", advice)
    return TransformerEmbedder(model)


def fingerprint(folder: Path) -> str:
    """Give the SHA-256 over a model's files and their names, its card and hidden files aside."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        if path.is_file() and path.suffix != ".md" and not name.as_posix().startswith("."):
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            digest.update(f"{name.as_posix()}\0{content}\n".encode())
    return digest.hexdigest()


def _looks_like_path(model: str) -> bool:
    return model.startswith((".", "/", "~")) or "\\" in model or model.count("/") > 1


def _static_module(folder: Path) -> Path | None:
    """Give the folder of the StaticEmbedding, or None where modules.json lists anything else."""
    try:
        modules = json.loads((folder / "modules.json").read_bytes())
    except FileNotFoundError:
        return None
    except ValueError as error:
        raise ModelNotFoundError(str(folder), f"modules.json: {error}", "restore it") from error
    if [module["type"].rpartition(".")[2] for module in modules] not in _STATIC_MODULES:
        return None
    path = folder / modules[0]["path"]
    return path if (path / "model.safetensors").is_file() else None


def _read_tokenizer(path: Path) -> Tokenizer:
    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:  # noqa: BLE001 - tokenizers raises nothing narrower
        raise ModelNotFoundError(str(path), f"unreadable ({error})", "restore it") from error
    tokenizer.no_padding()
    return tokenizer


def _unknown_id(tokenizer: Tokenizer) -> int | None:
    """Give the id that stands for an unknown token, None where the model has none."""
    if isinstance(tokenizer.model, Unigram):
        # It does not tell; a code point that is no character, and never will be, shows it.
        return next((token.id for token in tokenizer.model.tokenize("\U0010ffff")), None)
    unknown = getattr(tokenizer.model, "unk_token", None)
    return None if unknown is None else tokenizer.token_to_id(unknown)


def _read_weights(path: Path) -> tuple[Any, Any, Any]:
    """Give vectors, the vector's row for each token id (or None), a factor for each (or None)."""
    try:
        tensors = load_file(path)
    except (OSError, SafetensorError) as error:
        raise ModelNotFoundError(str(path), f"unreadable ({error})", "restore it") from error
    if "embedding.weight" in tensors:
        return tensors["embedding.weight"], None, None
    if "embeddings" in tensors:
        factors = tensors.get("weights")
        as_float = None if factors is None else factors.astype(np.float32)
        return tensors["embeddings"], tensors.get("mapping"), as_float
    found = ", ".join(tensors)
    raise ModelNotFoundError(str(path), f"no embeddings among {found}", "export the model again")


def _prompts(folder: Path) -> dict[str, str | None]:
    try:
        config = json.loads((folder / "config_sentence_transformers.json").read_bytes())
    except FileNotFoundError:
        return {}
    prompts: dict[str, str | None] = config.get("prompts") or {}
    return prompts | {"": prompts.get(config.get("default_prompt_name") or "")}


def _first_prompt(prompts: dict[str, str | None], names: tuple[str, ...]) -> str:
    """Give the prompt under the first name there is, else the default one."""
    return next((prompts[name] or "" for name in chain(names, [""]) if name in prompts), "")


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
