"""The folder of a model: found here or on the hub, and checked before anything of it is loaded.

Two things are never done, whatever a folder asks for: a pickle is not opened (unpickling runs
code), and code that comes with a model is not imported.
"""

import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, Final

from safetensors import SafetensorError, safe_open
from tokenizers import Tokenizer

from index.errors import ModelNotFoundError

log = logging.getLogger(__name__)

PICKLES: Final = frozenset({".bin", ".ckpt", ".pickle", ".pkl", ".pt", ".pth"})
_FETCHED = ("*.json", "*.safetensors", "*.txt", "*.model", "*.jinja")
_TOKENIZERS = ("tokenizer.json", "vocab.txt", "vocab.json", "*.model")
_PASSAGE_PROMPTS = ("document", "passage", "corpus")
_PATIENCE_S: Final = 5.0
_OUR_MODULES = "sentence_transformers."
_OFFLINE = (
    "connect, name a mirror in HF_ENDPOINT, or copy a folder here that "
    "`hf download {model} --local-dir DIR` made elsewhere and name that folder"
)


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """Where a model lies.

    ``given`` is how to name it again: a hub name, or ``./name`` for a folder. ``commit`` is
    that of the hub, None for a folder of one's own.
    """

    path: Path
    name: str
    given: str
    commit: str | None = None


def find_model(model: str, *, revision: str | None = None, onnx: bool = False) -> ModelFolder:
    """Find a model's folder, or fetch it from the hub.

    Of a hub's model only settings, tokenizer and weights in safetensors are fetched (with
    ``onnx``, the ONNX files instead of these), never pickles or code.

    Raises
    ------
    ModelNotFoundError
        If there is no such folder, or the hub has no such model or cannot be reached.
    """
    folder = Path(model).expanduser()
    if folder.is_dir():
        if revision is not None:
            problem = "a folder has no revision"
            raise ModelNotFoundError(model, problem, "leave it out, or give the name on the hub")
        name = folder.resolve().name
        return ModelFolder(folder, name, f"./{name}")
    if not may_be_on_hub(model):
        advice = "name a folder, a sentence-transformers model on the hub or 'embedded'"
        raise ModelNotFoundError(model, "there is no such folder", advice)
    path = _fetch(model, revision, (*_FETCHED, "*.onnx*") if onnx else _FETCHED)
    return ModelFolder(path, model, model, path.name)


def may_be_on_hub(model: str) -> bool:
    """Tell whether a name may be one of a hub, ``owner/name``, and is not the path of a folder."""
    path = model.startswith((".", "/", "~")) or "\\" in model or model.count("/") > 1
    return not path and not Path(model).expanduser().is_dir()


def _fetch(model: str, revision: str | None, wanted: tuple[str, ...]) -> Path:
    from huggingface_hub import errors, snapshot_download  # noqa: PLC0415 - 0.3 s

    commit = _commit(model, revision)
    # Weights in ONNX are large, and so are those in safetensors: one of them is enough.
    ignored = "model*.safetensors" if "*.onnx*" in wanted else "onnx/*"
    try:
        folder = snapshot_download(
            model,
            revision=commit or revision,
            allow_patterns=list(wanted),
            ignore_patterns=[ignored],
            local_files_only=commit is None,
        )
    except (OSError, errors.HfHubHTTPError) as error:
        problem = "it is not in the cache of this machine, and the hub is out of reach"
        raise ModelNotFoundError(model, problem, _OFFLINE.format(model=model)) from error
    return Path(folder)


def _commit(model: str, revision: str | None) -> str | None:
    """Ask the hub for the commit of a revision; None where it does not answer in time.

    What is in the cache may do then. This one question has a time limit; those that
    ``snapshot_download`` puts have none, and wait for ever where a firewall swallows them.
    """
    from huggingface_hub import HfApi, errors  # noqa: PLC0415

    try:
        return HfApi().model_info(model, revision=revision, timeout=_PATIENCE_S).sha
    except errors.RevisionNotFoundError as error:
        problem = f"the hub has no revision {revision} of it"
        raise ModelNotFoundError(model, problem, "name a branch, a tag or a commit") from error
    except (errors.RepositoryNotFoundError, errors.HFValidationError) as error:
        advice = "check the name; a private model needs HF_TOKEN"
        raise ModelNotFoundError(model, "the hub has no such model", advice) from error
    except (OSError, errors.HfHubHTTPError) as error:
        log.info("the hub does not answer: %s", error)
    except Exception as error:  # of whichever HTTP library the hub's client stands on
        if not type(error).__module__.startswith("http"):
            raise
        log.info("the hub does not answer: %s", error)
    return None


def check_folder(folder: Path, *, onnx: bool = False) -> None:
    """Check what can be known of a transformer's folder without loading it.

    Raises
    ------
    ModelNotFoundError
        If the folder holds no model, pickled weights, code of its own, a damaged file, or,
        with ``onnx``, no ONNX file.
    """
    _check_pickles(folder)
    _check_code(folder)
    if onnx:
        if not any(folder.rglob("*.onnx")):
            advice = "export it once (docs/models.md), or leave out --model-backend"
            raise ModelNotFoundError(str(folder), "it holds no ONNX file", advice)
    else:
        _check_weights(folder)
    _check_tokenizer(folder)


def _check_pickles(folder: Path) -> None:
    """Refuse weights that are pickled; beside weights in safetensors they are never opened."""
    for path in sorted(folder.rglob("*")):
        if path.suffix in PICKLES and not any(path.parent.glob("*.safetensors")):
            name = path.relative_to(folder).as_posix()
            problem = f"{name} is a pickle, which may run code when it is loaded"
            advice = "take a revision with model.safetensors, or convert it (docs/models.md)"
            raise ModelNotFoundError(str(folder), problem, advice)


def _check_code(folder: Path) -> None:
    """Refuse a model that asks for code of its own."""
    asked = [each["type"] for each in read_modules(folder) or ()]
    foreign = [kind for kind in asked if not kind.startswith(_OUR_MODULES)]
    for path in sorted(folder.rglob("*config.json")):
        config = read_json(path)
        if isinstance(config, dict) and config.get("auto_map"):
            foreign.append(f"auto_map in {path.relative_to(folder).as_posix()}")
    if foreign:
        problem = f"it asks for code of its own ({foreign[0]}), which is never run"
        advice = "take a model that sentence-transformers and transformers know by themselves"
        raise ModelNotFoundError(str(folder), problem, advice)


def _check_weights(folder: Path) -> None:
    found = sorted(folder.rglob("*.safetensors"))
    if not found:
        problem = "it holds no weights in safetensors"
        advice = "take a revision with model.safetensors, or convert it (docs/models.md)"
        raise ModelNotFoundError(str(folder), problem, advice)
    for path in found:
        try:
            with safe_open(path, framework="numpy"):
                pass
        except (OSError, SafetensorError) as error:
            raise ModelNotFoundError(str(path), f"damaged ({error})", "copy it again") from error


def _check_tokenizer(folder: Path) -> None:
    if not any(any(folder.rglob(pattern)) for pattern in _TOKENIZERS):
        raise ModelNotFoundError(str(folder), "it holds no tokenizer", "copy the whole folder")
    for path in sorted(folder.rglob("tokenizer.json")):
        read_tokenizer(path)


def read_tokenizer(path: Path) -> Tokenizer:
    """Read a tokenizer.json; ``ModelNotFoundError`` if it is none."""
    try:
        return Tokenizer.from_file(str(path))
    except Exception as error:  # tokenizers raises nothing narrower
        raise ModelNotFoundError(str(path), f"unreadable ({error})", "copy it again") from error


def read_json(path: Path) -> Any:  # noqa: ANN401 - a JSON value
    """Read a JSON file of a model; None where there is none."""
    try:
        return json.loads(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise ModelNotFoundError(str(path), f"unreadable ({error})", "copy it again") from error


def read_modules(folder: Path) -> list[dict[str, str]] | None:
    """Read modules.json, the list of a model's parts; None where there is none.

    Raises
    ------
    ModelNotFoundError
        If it is no JSON, or has not the shape that sentence-transformers writes.
    """
    path = folder / "modules.json"
    modules = read_json(path)
    if modules is None:
        return None
    if not isinstance(modules, list) or not modules or not all(map(_is_module, modules)):
        problem = "expected a list of objects with `name`, `type` and a `path` inside the folder"
        raise ModelNotFoundError(str(path), problem, "copy it again")
    return modules


def _is_module(value: object) -> bool:
    if not isinstance(value, dict):
        return False
    if not all(isinstance(value.get(key), str) for key in ("name", "type", "path")):
        return False
    path = value["path"]
    return not Path(path).is_absolute() and ".." not in Path(path).parts


def read_config(folder: Path) -> dict[str, Any]:
    """Read config_sentence_transformers.json, where prompts are declared; empty if there is none.

    Raises
    ------
    ModelNotFoundError
        If it is no JSON, or the prompts are no texts under names.
    """
    path = folder / "config_sentence_transformers.json"
    config: dict[str, Any] | None = read_json(path)
    if config is None:
        return {}
    prompts = (config.get("prompts") or {}) if isinstance(config, dict) else None
    if not isinstance(prompts, dict) or not all(map(_is_prompt, prompts.values())):
        problem = "expected an object whose `prompts` are texts under names"
        raise ModelNotFoundError(str(path), problem, "copy it again")
    return config


def _is_prompt(value: object) -> bool:
    return value is None or isinstance(value, str)


def declared_prompts(folder: Path) -> tuple[str, str]:
    """Give the prompts that a model declares for questions and for texts, empty where it has none.

    Texts take the first of ``document``, ``passage`` and ``corpus``; where a name is not
    declared, the model's default prompt counts.
    """
    config = read_config(folder)
    prompts: dict[str, str | None] = config.get("prompts") or {}
    default = prompts.get(config.get("default_prompt_name") or "") or ""
    return _first(prompts, ("query",), default), _first(prompts, _PASSAGE_PROMPTS, default)


def _first(prompts: dict[str, str | None], names: tuple[str, ...], default: str) -> str:
    return next(chain((prompts[name] or "" for name in names if name in prompts), [default]))


def model_types(folder: Path) -> Iterator[str]:
    """Give what a folder says that it is: sentence-transformers' kind of model, transformers'."""
    yield from filter(None, [read_config(folder).get("model_type")])
    config = read_json(folder / "config.json")
    if isinstance(config, dict):
        yield from map(str, config.get("architectures") or ())
