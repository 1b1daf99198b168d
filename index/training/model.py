"""Model folders: vectors and tokenizer in the layout of sentence-transformers."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import numpy as np
from safetensors.numpy import save
from tokenizers import Tokenizer

from index.errors import ModelNotFoundError
from index.static import StaticEmbedder, static_module
from index.stores.base import FloatMatrix
from index.training.errors import OutputFolderError

UNFINISHED: Final = ".unfinished"
_PACKAGE = "sentence_transformers"
_MODULES = [
    {
        "idx": 0,
        "name": "0",
        "path": "",
        "type": f"{_PACKAGE}.sentence_transformer.modules.static_embedding.StaticEmbedding",
    },
    {
        "idx": 1,
        "name": "1",
        "path": "1_Normalize",
        "type": f"{_PACKAGE}.base.modules.normalize.Normalize",
    },
]
_NORMALIZE = {
    "module_input_name": "sentence_embedding",
    "module_output_name": "sentence_embedding",
}
_CONFIG = {
    "__version__": {
        "pytorch": "2.13.0+cpu",
        "sentence_transformers": "6.2.0",
        "transformers": "5.23.0",
    },
    "default_prompt_name": None,
    "model_type": "SentenceTransformer",
    "prompts": {"document": "", "query": ""},
    "similarity_fn_name": "cosine",
}


def check_output(out: Path) -> None:
    """Refuse a folder that holds anything.

    Raises
    ------
    OutputFolderError
        If ``out`` is a file or a folder that is not empty.
    """
    if out.is_dir():
        if any(out.iterdir()):
            raise OutputFolderError(out, "the folder is not empty", "name another, or empty it")
    elif out.exists():
        raise OutputFolderError(out, "this is a file", "name a folder that is not there yet")


def write_folder(out: Path, fill: Callable[[Path], None]) -> None:
    """Fill a folder beside ``out`` and put it in its place, whole or not at all.

    Raises
    ------
    OutputFolderError
        As in :func:`check_output`.
    OSError
        If the disk refuses.
    """
    check_output(out)
    out = out.resolve()  # "." has no name of its own
    out.parent.mkdir(parents=True, exist_ok=True)
    unfinished = out.with_name(f".{out.name}{UNFINISHED}")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir()
    try:
        fill(unfinished)
        unfinished.replace(out)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def write_model(folder: Path, vectors: FloatMatrix, tokenizer: Tokenizer) -> None:
    """Write a model's files into an empty folder.

    Parameters
    ----------
    folder : Path
    vectors : float32 array of shape (n_tokens, dim)
        Kept as float16, with a float32 factor of 1 for each: the layout of model2vec, which
        sentence-transformers reads as a float32 model.
    tokenizer : Tokenizer
        Has one id for each row.
    """
    rows = np.ascontiguousarray(vectors, dtype=np.float16)
    tensors: dict[str, Any] = {"embeddings": rows, "weights": np.ones(len(rows), dtype=np.float32)}
    # Not save_file, whose files nobody else may read.
    (folder / "model.safetensors").write_bytes(save(tensors))
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    _write_json(folder / "modules.json", _MODULES)
    _write_json(folder / "config_sentence_transformers.json", _CONFIG)
    (folder / "1_Normalize").mkdir()
    _write_json(folder / "1_Normalize" / "config.json", _NORMALIZE)


def read_model(folder: Path) -> tuple[FloatMatrix, Tokenizer]:
    """Read the vectors and the tokenizer of a static model.

    Returns
    -------
    vectors : float32 array of shape (n_tokens, dim)
    tokenizer : Tokenizer

    Raises
    ------
    ModelNotFoundError
        If the folder holds no static model that can be read, or one with prompts.
    """
    embedder = StaticEmbedder(folder)
    module = static_module(folder) or folder
    if any(_prompts(folder)):
        advice = "name one without prompts"
        raise ModelNotFoundError(str(folder), "a model with prompts cannot be trained on", advice)
    tokenizer = Tokenizer.from_file(str(module / "tokenizer.json"))
    tokenizer.no_padding()
    return embedder.term_vectors(np.arange(tokenizer.get_vocab_size())), tokenizer


def _prompts(folder: Path) -> list[str]:
    path = folder / "config_sentence_transformers.json"
    config = json.loads(path.read_bytes()) if path.is_file() else {}
    return list((config.get("prompts") or {}).values())


def _write_json(path: Path, value: object) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=2)
    path.write_text(f"{text}\n", encoding="utf-8")
