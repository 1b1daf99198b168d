"""Everything the service reads from its environment, in one place."""

import os
import re
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from api.environment import DEFAULT_INDEX, PREFIX, unknown_variables

LogLevel = Literal["debug", "info", "warning", "error"]

_ORIGIN = re.compile(r"\*|https?://[^/\s,]+")


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
        description="Origins whose pages may call the API, separated by commas; * is all.",
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

    @field_validator("allowed_origins", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(re.split(r"[,\s]+", value.strip())) if isinstance(value, str) else value

    @field_validator("allowed_origins")
    @classmethod
    def _are_origins(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for origin in value:
            if not _ORIGIN.fullmatch(origin):
                raise ValueError(f"{origin!r} is not an origin such as https://www.example.gov.cn")
        return value

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
    return "; ".join(
        f"{PREFIX}{str(each['loc'][0]).upper()}={each['input']!r} is wrong: {each['msg']}"
        for each in error.errors()
    )
