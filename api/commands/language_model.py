"""The options of the language model, and an answerer whose answers it words."""

from typing import TYPE_CHECKING, Annotated

import typer

from api import output
from api.language_model_options import LanguageModelError, LanguageModelOptions

if TYPE_CHECKING:
    from rag.reworded import Answering
    from rag.writer import Writer

_PANEL = "Language model"
_MISSING = "openai is missing; install the extra `llm`: pip install 'yiju[llm]'"

LlmUrl = Annotated[
    str | None,
    typer.Option(
        "--llm-url",
        envvar="YIJU_LLM_URL",
        help="Endpoint with OpenAI's chat completions that words answers; none if none.",
        rich_help_panel=_PANEL,
    ),
]
LlmModel = Annotated[
    str | None,
    typer.Option(
        "--llm-model",
        envvar="YIJU_LLM_MODEL",
        help="Name of the model there; its key is YIJU_LLM_KEY.",
        rich_help_panel=_PANEL,
    ),
]


def chosen(url: str | None, model: str | None) -> LanguageModelOptions | None:
    """Give what the options and the environment say of a language model; None if nothing."""
    if not url and not model:
        return None
    from api.settings import SettingsError, load_settings  # noqa: PLC0415 - pydantic

    try:
        return load_settings(llm_url=url, llm_model=model).language_model_options
    except SettingsError as error:
        output.fail(error, code=2)


def worded(answerer: "Answering", options: LanguageModelOptions | None) -> "Answering":
    """Let a language model word what ``answerer`` answers, if one is chosen."""
    if options is None:
        return answerer
    from rag.reworded import RewordingAnswerer  # noqa: PLC0415 - seldom needed

    try:
        return RewordingAnswerer(answerer, _writer(options))
    except LanguageModelError as error:
        output.fail(error)


def _writer(options: LanguageModelOptions) -> "Writer":
    try:
        from api.language_model import LanguageModel  # noqa: PLC0415 - an extra
    except ModuleNotFoundError as error:
        raise LanguageModelError(_MISSING) from error
    return LanguageModel(options)
