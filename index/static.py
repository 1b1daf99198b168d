"""The static model: the mean of token vectors, from tokenizers and NumPy, without torch."""

import hashlib
import json
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load_file
from tokenizers import Tokenizer
from tokenizers.models import Unigram

from index.errors import ModelNotFoundError
from index.model_folder import (
    ModelFolder,
    declared_prompts,
    read_config,
    read_modules,
    read_tokenizer,
)
from index.model_options import DEFAULTS, Backend, ModelOptions, stated
from index.rows import check_rows
from index.stores.base import FloatMatrix, IntVector

_STATIC_MODULES = (["StaticEmbedding"], ["StaticEmbedding", "Normalize"])


class StaticEmbedder:
    """A sentence-transformers folder of StaticEmbedding (and Normalize), without torch.

    A text's vector is the mean of its tokens' vectors, at unit length. The vectors equal those
    of sentence-transformers to 1e-6, but for a text of unknown tokens alone: here it is all
    zero. Nothing is cached; a question takes some 50 microseconds.

    Parameters
    ----------
    folder : Path or ModelFolder
        With modules.json, and model.safetensors and tokenizer.json in the layout of
        sentence-transformers or of model2vec.
    options : ModelOptions
        ``dim`` and the prompts count; device and batch size have nothing to change here.

    Raises
    ------
    ModelNotFoundError
        If the folder holds no static model that can be read, or an option does not fit it.
    """

    def __init__(self, folder: Path | ModelFolder, options: ModelOptions = DEFAULTS) -> None:
        path = folder.path if isinstance(folder, ModelFolder) else folder
        name = path.resolve().name
        found = folder if isinstance(folder, ModelFolder) else ModelFolder(path, name, f"./{name}")
        module = static_module(path)
        if module is None:
            advice = "name a folder whose modules.json lists StaticEmbedding"
            raise ModelNotFoundError(str(path), "no static model", advice)
        _check_options(found.given, options)
        self.name = found.name
        self._tokenizer = _read_tokenizer(module / "tokenizer.json")
        self._unknown = _unknown_id(self._tokenizer)
        tensors = _read_weights(module / "model.safetensors", self._tokenizer.get_vocab_size())
        self._vectors, self._mapping, self._weights = tensors
        width = int(self._vectors.shape[1])
        declared = read_config(path).get("truncate_dim") or width
        dim = chosen_dim(found.given, options.dim or declared, width=width)
        self._vectors = self._vectors[:, :dim]
        prompts = declared_prompts(path)
        self._question_prompt, self._passage_prompt = chosen_prompts(prompts, options)
        self.options = stated(options, model=found.given, commit=found.commit)
        self.fingerprint = with_choices(
            fingerprint(found),
            dim=(dim, declared),
            query_prompt=(self._question_prompt, prompts[0]),
            document_prompt=(self._passage_prompt, prompts[1]),
        )

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

    def embed_with_terms(self, texts: Sequence[str]) -> tuple[FloatMatrix, list[IntVector]]:
        """Embed texts to be found, and give the ids of the known words of each, int64."""
        encodings = self._encode([self._passage_prompt + text for text in texts])
        terms = [ids[ids != self._unknown] for ids in encodings]
        return self._rows(encodings), terms

    @property
    def known_terms(self) -> int:
        """How many words there are; ids lie below."""
        return len(self._vectors if self._mapping is None else self._mapping)

    def unit_term_vectors(self, ids: IntVector) -> FloatMatrix:
        """Give the vectors of words at unit length, float32 of shape (n, dim)."""
        return self._unit_terms[ids]

    @cached_property
    def _unit_terms(self) -> FloatMatrix:
        """All of them: matching words one by one reads thousands for each question."""
        vectors = self.term_vectors(np.arange(self.known_terms))
        lengths = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))
        vectors /= np.maximum(lengths, 1e-9)[:, None]
        return vectors

    def _embed(self, texts: list[str]) -> FloatMatrix:
        return self._rows(self._encode(texts))

    def _encode(self, texts: list[str]) -> list[IntVector]:
        encodings = self._tokenizer.encode_batch_fast(texts, add_special_tokens=False)
        return [np.array(each.ids, dtype=np.int64) for each in encodings]

    def _rows(self, encodings: Sequence[IntVector]) -> FloatMatrix:
        """Give the unit vector of each text; all zero where no token is known."""
        rows = np.zeros((len(encodings), self.dim), dtype=np.float32)
        every = np.concatenate([np.zeros(0, np.int64), *encodings])
        there = np.zeros(self.known_terms, dtype=np.bool_)
        there[every] = True
        words = np.flatnonzero(there)
        place = np.zeros(self.known_terms, dtype=np.int64)
        place[words] = np.arange(len(words))
        with np.errstate(invalid="ignore", over="ignore"):  # told below, with the text's position
            vectors = self.term_vectors(words)
            for row, ids in zip(rows, encodings, strict=True):
                if (ids != self._unknown).any():
                    # The sum has the direction of the mean, and its length goes the next moment.
                    total = vectors[place[ids]].sum(axis=0)
                    norm = np.sqrt(total @ total)
                    row[:] = total / norm if norm > 0 else total
        return check_rows(rows, model=self.name, may_be_zero=True)


def fingerprint(folder: ModelFolder) -> str:
    """Tell one state of a model from another, the options aside.

    For a model of the hub that is its name and commit; for a folder of one's own the SHA-256
    over its files and their names, its card and hidden files aside.
    """
    if folder.commit is not None:
        return f"{folder.name}@{folder.commit}"
    digest = hashlib.sha256()
    for path in sorted(folder.path.rglob("*"), key=Path.as_posix):
        name = path.relative_to(folder.path)
        if path.is_file() and path.suffix != ".md" and not name.as_posix().startswith("."):
            with path.open("rb") as file:
                content = hashlib.file_digest(file, "sha256").hexdigest()
            digest.update(f"{name.as_posix()}\0{content}\n".encode())
    return digest.hexdigest()


def with_choices(state: str, **choices: tuple[object, object]) -> str:
    """Add to a fingerprint what was chosen, where it differs from what the model would do itself.

    Examples
    --------
    >>> with_choices("f", dim=(128, 256), query_prompt=("query: ", "query: "))
    'f;dim=128'
    """
    changed = (
        f"{name}={json.dumps(own)}"
        for name, (own, by_itself) in choices.items()
        if own != by_itself
    )
    return ";".join([state, *changed])


def chosen_dim(model: str, dim: int, *, width: int) -> int:
    """Give ``dim`` if a model of that width can be cut to it, else ``ModelNotFoundError``."""
    if not 1 <= dim <= width:
        problem = f"it has {width} dimensions and cannot be cut to {dim}"
        raise ModelNotFoundError(model, problem, f"set --model-dim to {width} or less")
    return dim


def chosen_prompts(declared: tuple[str, str], options: ModelOptions) -> tuple[str, str]:
    """Give the prompts of questions and of texts: those chosen, else those declared."""
    query, document = options.query_prompt, options.document_prompt
    return (
        declared[0] if query is None else query,
        declared[1] if document is None else document,
    )


def static_module(folder: Path) -> Path | None:
    """Give the folder of the StaticEmbedding, None where modules.json lists anything else.

    Raises
    ------
    ModelNotFoundError
        If modules.json is no list of modules.
    """
    modules = read_modules(folder)
    if modules is None:
        return None
    kinds = [module["type"].split(".") for module in modules]
    if any(kind[0] != "sentence_transformers" for kind in kinds):
        return None
    if [kind[-1] for kind in kinds] not in _STATIC_MODULES:
        return None
    path = folder / modules[0]["path"]
    return path if (path / "model.safetensors").is_file() else None


def _check_options(model: str, options: ModelOptions) -> None:
    if options.backend is not Backend.TORCH:
        raise ModelNotFoundError(model, "a static model has no backends", "leave the option out")
    if options.max_length is not None:
        problem = "a static model reads a text whole, whatever its length"
        raise ModelNotFoundError(model, problem, "leave out --model-max-length")


def _read_tokenizer(path: Path) -> Tokenizer:
    tokenizer = read_tokenizer(path)
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


def _read_weights(path: Path, vocabulary: int) -> tuple[Any, Any, Any]:
    """Give vectors, the vector's row for each token id (or None), a factor for each (or None)."""
    try:
        tensors = load_file(path)
    except (OSError, SafetensorError, TypeError) as error:  # TypeError: bfloat16, not in NumPy
        raise ModelNotFoundError(str(path), f"unreadable ({error})", "copy it again") from error
    vectors = tensors.get("embedding.weight")
    mapping = factors = None
    if vectors is None:
        vectors, mapping, factors = (
            tensors.get(name) for name in ("embeddings", "mapping", "weights")
        )
    if vectors is None:
        problem = f"no embeddings among {', '.join(tensors)}"
        raise ModelNotFoundError(str(path), problem, "export the model again")
    if not _fit(vectors, mapping, factors, vocabulary=vocabulary):
        problem = f"its tensors do not fit a tokenizer of {vocabulary} tokens"
        raise ModelNotFoundError(str(path), problem, "export the model again")
    return vectors, mapping, None if factors is None else factors.astype(np.float32)


def _fit(vectors: Any, mapping: Any, factors: Any, *, vocabulary: int) -> bool:  # noqa: ANN401
    """Tell whether there is a vector for each token."""
    fits = bool(vectors.ndim == 2)  # noqa: PLR2004 - a matrix has two axes
    if mapping is not None:
        fits = fits and 0 <= int(mapping.min()) <= int(mapping.max()) < len(vectors)
    lengths = [len(vectors) if mapping is None else len(mapping)]
    lengths += [] if factors is None else [len(factors)]
    return fits and min(lengths) >= vocabulary
