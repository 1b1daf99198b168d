"""Which YIJU_ variables there are, so that a misspelt one is reported and not ignored."""

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import Final

PREFIX: Final = "YIJU_"
DEFAULT_INDEX: Final = Path(".yiju/index")

# One for each field of api.settings.Settings (a test compares): kept here so that a command
# which needs no other setting starts without pydantic.
VARIABLES: Final = frozenset(
    PREFIX + name
    for name in (
        "INDEX",
        "MODEL",
        "MODEL_REVISION",
        "MODEL_DIM",
        "MODEL_MAX_LENGTH",
        "MODEL_BACKEND",
        "MODEL_DEVICE",
        "MODEL_BATCH_SIZE",
        "QUERY_PROMPT",
        "DOCUMENT_PROMPT",
        "RERANKER",
        "RERANKER_REVISION",
        "RERANKER_TOP",
        "LLM_URL",
        "LLM_MODEL",
        "LLM_KEY",
        "LLM_FIRST_S",
        "LLM_TOTAL_S",
        "LLM_RETRIES",
        "LLM_CONCURRENT",
        "LLM_FAILURES",
        "LLM_PAUSE_S",
        "HOST",
        "PORT",
        "ROOT_PATH",
        "ALLOWED_ORIGINS",
        "FEEDBACK",
        "MAX_BODY_BYTES",
        "LOG_LEVEL",
    )
)
# Read by the test suite, see pyproject.toml.
_OF_THE_TESTS: Final = frozenset({"YIJU_CORPUS"})


def unknown_variables(names: Iterable[str]) -> tuple[str, ...]:
    """Say of each name with our prefix that means nothing to us what it may have meant.

    Examples
    --------
    >>> unknown_variables(["HOME", "YIJU_INDEX", "YIJU_PROT"])
    ('YIJU_PROT is not a setting, did you mean YIJU_PORT?',)
    """
    known = VARIABLES | _OF_THE_TESTS
    return tuple(
        _report(name)
        for name in sorted(names)
        if name.upper().startswith(PREFIX) and name.upper() not in known
    )


def _report(name: str) -> str:
    close = get_close_matches(name.upper(), sorted(VARIABLES), n=1)
    hint = f"did you mean {close[0]}?" if close else f"known: {', '.join(sorted(VARIABLES))}"
    return f"{name} is not a setting, {hint}"
