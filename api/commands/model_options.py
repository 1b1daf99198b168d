"""The options of models, put on a command in place of the records that they fill.

A command that is decorated takes ``model: ModelOptions`` or ``reranker: RerankerOptions | None``;
whoever types it sees ``--model``, ``--model-dim`` and so on. So a signature names a model once.
"""

import functools
import inspect
from collections.abc import Callable
from dataclasses import asdict
from typing import Annotated, Any

import typer

from index.model_options import Backend, ModelOptions, RerankerOptions

_PANEL = "Embedding model"
_RERANKER_PANEL = "Cross-encoder"


def _option(name: str, variable: str, told: str, panel: str = _PANEL, **limits: Any) -> Any:  # noqa: ANN401
    return typer.Option(name, envvar=variable, help=told, rich_help_panel=panel, **limits)


# By field of ModelOptions: how it is called, and what it is.
_MODEL: dict[str, tuple[Any, Any]] = {
    "model": (
        str | None,
        _option("--model", "YIJU_MODEL", "A folder or a hub name; the embedded one if none."),
    ),
    "revision": (
        str | None,
        _option("--model-revision", "YIJU_MODEL_REVISION", "Branch, tag or commit on the hub."),
    ),
    "dim": (
        int | None,
        _option("--model-dim", "YIJU_MODEL_DIM", "Cut vectors to so many dimensions.", min=1),
    ),
    "max_length": (
        int | None,
        _option("--model-max-length", "YIJU_MODEL_MAX_LENGTH", "Tokens that count.", min=1),
    ),
    "query_prompt": (
        str | None,
        _option("--query-prompt", "YIJU_QUERY_PROMPT", "Put before each question."),
    ),
    "document_prompt": (
        str | None,
        _option("--document-prompt", "YIJU_DOCUMENT_PROMPT", "Put before each text."),
    ),
    "backend": (
        Backend,
        _option("--model-backend", "YIJU_MODEL_BACKEND", "What runs a transformer."),
    ),
    "device": (
        str | None,
        _option("--model-device", "YIJU_MODEL_DEVICE", "Where it computes, such as cpu or cuda."),
    ),
    "batch_size": (
        int,
        _option("--model-batch-size", "YIJU_MODEL_BATCH_SIZE", "Texts at a time.", min=1),
    ),
}
_RERANKER: dict[str, tuple[Any, Any]] = {
    "reranker": (
        str | None,
        _option(
            "--reranker",
            "YIJU_RERANKER",
            "Cross-encoder that scores the best candidates anew; none if none.",
            _RERANKER_PANEL,
        ),
    ),
    "reranker_revision": (
        str | None,
        _option(
            "--reranker-revision",
            "YIJU_RERANKER_REVISION",
            "Branch, tag or commit on the hub.",
            _RERANKER_PANEL,
        ),
    ),
    "reranker_top": (
        int,
        _option(
            "--reranker-top",
            "YIJU_RERANKER_TOP",
            "Candidates scored.",
            _RERANKER_PANEL,
            min=1,
            max=1000,
        ),
    ),
}
_MODEL_DEFAULTS = {name: getattr(ModelOptions(), name) for name in _MODEL}
_RERANKER_DEFAULTS = {"reranker": None, "reranker_revision": None, "reranker_top": 30}


def with_model(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of the embedding model, for its argument ``model``."""

    @functools.wraps(command)
    def run(*args: Any, **given: Any) -> None:  # noqa: ANN401 - as the command has it
        chosen = {name: given.pop(name) for name in _MODEL}
        command(*args, model=ModelOptions(**chosen), **given)

    return _signed(run, command, "model", _MODEL, _MODEL_DEFAULTS)


def with_reranker(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of the cross-encoder, for its argument ``reranker``.

    Outside of :func:`with_model`: device and batch size are those of the embedding model.
    """

    @functools.wraps(command)
    def run(*args: Any, **given: Any) -> None:  # noqa: ANN401 - as the command has it
        name, revision, top = (given.pop(each) for each in _RERANKER)
        options = (
            None
            if not name
            else RerankerOptions(
                name, revision, top, device=given["device"], batch_size=given["batch_size"]
            )
        )
        command(*args, reranker=options, **given)

    return _signed(run, command, "reranker", _RERANKER, _RERANKER_DEFAULTS)


def as_settings(model: ModelOptions, reranker: RerankerOptions | None) -> dict[str, Any]:
    """Give what the options say under the names of the settings."""
    whole = {"model", "query_prompt", "document_prompt"}
    chosen = {
        name if name in whole else f"model_{name}": value for name, value in asdict(model).items()
    }
    if reranker is None:
        return chosen
    return chosen | {
        "reranker": reranker.model,
        "reranker_revision": reranker.revision,
        "reranker_top": reranker.top,
    }


def _signed(
    run: Callable[..., None],
    command: Callable[..., None],
    replaced: str,
    options: dict[str, tuple[Any, Any]],
    defaults: dict[str, Any],
) -> Callable[..., None]:
    """Sign ``run`` as ``command``, with ``options`` in place of the parameter ``replaced``."""
    hints = inspect.get_annotations(command)
    before = inspect.signature(command)
    shown = [each for each in before.parameters.values() if each.name != replaced]
    added = [
        inspect.Parameter(
            name,
            inspect.Parameter.KEYWORD_ONLY,
            default=defaults[name],
            annotation=Annotated[kind, option],
        )
        for name, (kind, option) in options.items()
    ]
    as_keywords = [each.replace(kind=inspect.Parameter.KEYWORD_ONLY) for each in shown]
    run.__dict__["__signature__"] = before.replace(parameters=[*as_keywords, *added])
    run.__annotations__ = {name: hint for name, hint in hints.items() if name != replaced} | {
        each.name: each.annotation for each in added
    }
    return run
