"""Everything the service reads from its environment, in one place."""

import os
import re
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from api.environment import DEFAULT_INDEX, PREFIX, unknown_variables
from api.language_model_options import LanguageModelOptions
from index.model_options import Backend, ModelOptions, RerankerOptions

LogLevel = Literal["debug", "info", "warning", "error"]

_ADDRESS = re.compile(r"https?://[^/\s@?#]+(?:/[^\s@?#]*)?")
_SECRET = frozenset({"llm_key", "llm_url"})  # an address may hold a key by mistake
_HOST = r"[a-z0-9-]+(?:\.[a-z0-9-]+)*|\[[0-9a-f:.]+\]"
_ORIGIN = re.compile(rf"\*|https?://(?:{_HOST})(?::\d{{1,5}})?")
_DEFAULT_PORT = re.compile(r"(?<=^http)(://.+):80$|(?<=^https)(://.+):443$")


class SettingsError(Exception):
    """A setting is wrong or unknown; the message is one sentence that names its variable."""


class Settings(BaseSettings):
    """Settings of the service; each is an environment variable with the prefix ``YIJU_``."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, extra="forbid", frozen=True
    )

    index: Path = Field(default=DEFAULT_INDEX, description="Folder written by `yiju index`.")
    model: str | None = Field(
        default=None,
        description="Embedding model the index was built with: a folder or a hub name; "
        "the embedded one when not set.",
    )
    model_revision: str | None = Field(
        default=None, description="Branch, tag or commit of a model on the hub."
    )
    model_dim: int | None = Field(
        default=None, ge=1, description="Dimensions that vectors are cut to; all when not set."
    )
    model_max_length: int | None = Field(
        default=None, ge=1, description="Tokens of a text that count; the model's own when not set."
    )
    model_backend: Backend = Field(
        default=Backend.TORCH, description="What runs a transformer: torch or onnx."
    )
    model_device: str | None = Field(
        default=None,
        description="Where a model computes: cpu, cuda, cuda:1, …; torch's own choice if not set.",
    )
    model_batch_size: int = Field(default=32, ge=1, description="Texts embedded at a time.")
    query_prompt: str | None = Field(
        default=None, description="Put before each question; the model's own when not set."
    )
    document_prompt: str | None = Field(
        default=None, description="Put before each text; the model's own when not set."
    )
    reranker: str | None = Field(
        default=None,
        description="Cross-encoder that scores the best candidates anew: a folder or a hub name; "
        "none when not set.",
    )
    reranker_revision: str | None = Field(
        default=None, description="Branch, tag or commit of a cross-encoder on the hub."
    )
    reranker_top: int = Field(
        default=30, ge=1, le=1000, description="Candidates that the cross-encoder scores."
    )
    llm_url: str | None = Field(
        default=None,
        description="Base of an endpoint with OpenAI's chat completions, such as "
        "http://127.0.0.1:8080/v1; answers are worded without a model when not set.",
    )
    llm_model: str | None = Field(default=None, description="Name of the model there.")
    llm_key: SecretStr | None = Field(default=None, description="Key for it, if it asks for one.")
    llm_first_s: float = Field(
        default=8, gt=0, le=600, description="Seconds to wait for a model's first words."
    )
    llm_total_s: float = Field(
        default=20, gt=0, le=600, description="Seconds to wait for its last, retries included."
    )
    llm_retries: int = Field(default=1, ge=0, le=5, description="Times to try again.")
    llm_concurrent: int = Field(
        default=8, ge=1, le=1000, description="Answers that it words at a time; others it does not."
    )
    llm_failures: int = Field(
        default=5, ge=1, description="Failures in a row after which it is left alone."
    )
    llm_pause_s: float = Field(
        default=60, gt=0, description="Seconds for which it is left alone then."
    )
    host: str = Field(default="127.0.0.1", min_length=1, description="Address to listen on.")
    port: int = Field(
        default=8000, ge=0, le=65535, description="TCP port to listen on; 0 takes a free one."
    )
    root_path: str = Field(
        default="",
        pattern=r"^(/[A-Za-z0-9._~-]+)*$",
        description="Path under which a proxy serves us, such as /yiju.",
    )
    allowed_origins: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Origins whose pages may call the API, as browsers send them, separated by "
        "commas; * is all.",
    )
    max_body_bytes: int = Field(
        default=1_000_000,
        ge=1_000,
        le=100_000_000,
        description="Longest request body, in bytes; a longer one gets a 413.",
    )
    feedback: Path | None = Field(
        default=None,
        description="File that feedback on answers is added to; none is kept when not set.",
    )
    log_level: LogLevel = Field(default="info", description="Least severity that is logged.")

    @property
    def model_options(self) -> ModelOptions:
        """What is chosen about the embedding model."""
        return ModelOptions(
            model=self.model,
            revision=self.model_revision,
            dim=self.model_dim,
            max_length=self.model_max_length,
            query_prompt=self.query_prompt,
            document_prompt=self.document_prompt,
            backend=self.model_backend,
            device=self.model_device,
            batch_size=self.model_batch_size,
        )

    @property
    def reranker_options(self) -> RerankerOptions | None:
        """What is chosen about the cross-encoder, None where there is none."""
        if self.reranker is None:
            return None
        return RerankerOptions(
            model=self.reranker,
            revision=self.reranker_revision,
            top=self.reranker_top,
            device=self.model_device,
            batch_size=self.model_batch_size,
        )

    @property
    def language_model_options(self) -> LanguageModelOptions | None:
        """What is chosen about the language model, None where there is none."""
        if self.llm_url is None or self.llm_model is None:
            return None
        return LanguageModelOptions(
            url=self.llm_url,
            model=self.llm_model,
            key=self.llm_key.get_secret_value() if self.llm_key else None,
            first_s=self.llm_first_s,
            total_s=self.llm_total_s,
            retries=self.llm_retries,
            concurrent=self.llm_concurrent,
            failures=self.llm_failures,
            pause_s=self.llm_pause_s,
        )

    @field_validator("llm_url")
    @classmethod
    def _is_address(cls, value: str | None) -> str | None:
        if value is not None and not _ADDRESS.fullmatch(value):
            raise ValueError("it must be an http or https address without a key or query in it")
        return value

    @model_validator(mode="after")
    def _names_a_model(self) -> Self:
        if (self.llm_url is None) != (self.llm_model is None):
            raise ValueError("YIJU_LLM_URL and YIJU_LLM_MODEL go together; set both or none")
        return self

    @field_validator("allowed_origins", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(re.split(r"[,\s]+", value.strip())) if isinstance(value, str) else value

    @field_validator("allowed_origins")
    @classmethod
    def _as_browsers_send_them(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        origins = tuple(_DEFAULT_PORT.sub(r"\1\2", origin.lower()) for origin in value)
        for origin in origins:
            if not _ORIGIN.fullmatch(origin):
                raise ValueError(
                    f"{origin!r} is not an origin such as https://www.example.gov.cn: a scheme and "
                    "a host, in Punycode if it is not ASCII, without a path or wildcard"
                )
        return origins

    @field_validator("log_level", mode="before")
    @classmethod
    def _in_lower_case(cls, value: object) -> object:
        return value.lower() if isinstance(value, str) else value


def load_settings(**given: Any) -> Settings:  # noqa: ANN401 - one value a field
    """Read the settings from the environment; what is ``given`` and not None leads.

    Raises
    ------
    SettingsError
        If a value is wrong or a variable unknown.
    """
    unknown = unknown_variables(os.environ)
    if unknown:
        raise SettingsError("; ".join(unknown))
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        raise SettingsError(_sentence(error)) from error


def _sentence(error: ValidationError) -> str:
    return "; ".join(_part(each["loc"], each["input"], each["msg"]) for each in error.errors())


def _part(loc: tuple[int | str, ...], given: object, message: str) -> str:
    if not loc:
        return message.removeprefix("Value error, ")
    name = str(loc[0])
    value = "" if name in _SECRET else f"={given!r}"
    return f"{PREFIX}{name.upper()}{value} is wrong: {message}"
