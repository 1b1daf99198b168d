"""What can be chosen about the language model that words answers."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class LanguageModelOptions:
    """Where a language model is and how long it is waited for; times in seconds.

    ``first_s`` bounds the wait for the first words, ``total_s`` that for the last, retries
    included. ``concurrent`` answers are worded at a time, others not. After ``failures`` in a
    row the model is left alone for ``pause_s``.
    """

    url: str
    model: str
    key: str | None = field(default=None, repr=False)
    first_s: float = 8
    total_s: float = 20
    retries: int = 1
    concurrent: int = 8
    failures: int = 5
    pause_s: float = 60


class LanguageModelError(Exception):
    """A language model is configured and cannot be used; the message says what to do."""
