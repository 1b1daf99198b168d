"""The static model: the mean of token vectors, from tokenizers and NumPy, without torch."""

import hashlib
import json
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load_file
from tokenizers import Tokenizer
from tokenizers.models import Unigram

from index.errors import ModelNotFoundError
from index.stores.base import FloatMatrix, FloatVector, IntVector

_STATIC_MODULES = (["StaticEmbedding"], ["StaticEmbedding", "Normalize"])
_PASSAGE_PROMPTS = ("document", "passage", "corpus")


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
        module = static_module(path)
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

    def term_ids(self, text: str) -> IntVector:
        """Give the ids of the known words that ``text`` is made of, int64 of shape (n,)."""
        ids = self._tokenizer.encode(text, add_special_tokens=False).ids
        return np.array([i for i in ids if i != self._unknown], dtype=np.int64)

    def term_words(self, ids: IntVector) -> list[str]:
        """Give the words of ids, as the tokenizer writes them."""
        return [self._tokenizer.id_to_token(int(i)) or "" for i in ids]

    def term_vectors(self, ids: IntVector) -> FloatMatrix:
        """Give the vectors of words, float32 of shape (n, dim), not normalised.

        The length of a word's vector grows with how rare and telling the word is: training
        weights rows by ``a / (a + frequency)``.
        """
        picked = ids if self._mapping is None else self._mapping[ids]
        vectors = self._vectors[picked].astype(np.float32)
        if self._weights is None:
            return np.asarray(vectors, dtype=np.float32)
        return np.asarray(vectors * self._weights[ids][:, None], dtype=np.float32)

    def _embed(self, texts: list[str]) -> FloatMatrix:
        rows = np.zeros((len(texts), self.dim), dtype=np.float32)
        encodings = self._tokenizer.encode_batch_fast(texts, add_special_tokens=False)
        for row, encoding in zip(rows, encodings, strict=True):
            ids = encoding.ids
            if len(ids) > ids.count(self._unknown):
                row[:] = self._mean(np.array(ids, dtype=np.int64))
        return rows

    def _mean(self, ids: IntVector) -> FloatVector:
        picked = ids if self._mapping is None else self._mapping[ids]
        vectors = self._vectors[picked].astype(np.float32)
        # The sum has the direction of the mean, and its length goes the next moment.
        total = vectors.sum(axis=0) if self._weights is None else self._weights[ids] @ vectors
        norm = np.sqrt(total @ total)
        return np.asarray(total / norm if norm > 0 else total, dtype=np.float32)


def fingerprint(folder: Path) -> str:
    """Give the SHA-256 over a model's files and their names, its card and hidden files aside."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*"), key=Path.as_posix):
        name = path.relative_to(folder)
        if path.is_file() and path.suffix != ".md" and not name.as_posix().startswith("."):
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            digest.update(f"{name.as_posix()}\0{content}\n".encode())
    return digest.hexdigest()


def static_module(folder: Path) -> Path | None:
    """Give the folder of the StaticEmbedding, None where modules.json lists anything else.

    Raises
    ------
    ModelNotFoundError
        If modules.json is no JSON.
    """
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
    except Exception as error:  # tokenizers raises nothing narrower
        raise ModelNotFoundError(str(path), f"unreadable ({error})", "restore it") from error
    tokenizer.no_padding()
    return tokenizer


def _unknown_id(tokenizer: Tokenizer) -> int:
    """Give the id that stands for an unknown token, -1 where the model has none."""
    if isinstance(tokenizer.model, Unigram):
        # It does not tell; a code point that is no character, and never will be, shows it.
        return next((token.id for token in tokenizer.model.tokenize("\U0010ffff")), -1)
    unknown = getattr(tokenizer.model, "unk_token", None)
    found = None if unknown is None else tokenizer.token_to_id(unknown)
    return -1 if found is None else found


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
