"""What a run is of: the same where its answers would be, so that an interrupted one can go on."""

import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from eval.environment import code_sha256, machine
from eval.run_folder import FORMAT
from eval.targets import Target
from index.generations import sha256

Json = dict[str, Any]


def about_run(
    gold: Sequence[Path], target: Target, *, adapter: Path | None, in_process: bool, **facts: object
) -> Json:
    """Say what a run is of and what it is made with, with further ``facts`` as given.

    Its ``identity`` are the gold files and documents by their hashes, the target with its
    revision, and the code that answers where that is this process or an adapter.
    """
    files = [{"file": path.name, "sha256": sha256(path)} for path in gold]
    identity = {
        "gold": [each["sha256"] for each in files],
        "documents": target.documents.sha256(),
        "target": without_secrets(target.name),
        "revision": target.revision,
        "code": code_sha256() if in_process else None,
        "adapter": sha256(adapter) if adapter else None,
    }
    return {
        "format": FORMAT,
        "identity": identity,
        "gold": files,
        "target": without_secrets(target.name),
        "started": now(),
        "command": _command(),
        "environment": machine(),
        **facts,
    }


def now() -> str:
    """Give the time, UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def without_secrets(words: str) -> str:
    """Drop a user's name and password from an address; other words stay.

    Examples
    --------
    >>> without_secrets("https://me:secret@example.org:8000/yiju")
    'https://example.org:8000/yiju'
    """
    parts = urlsplit(words)
    if "@" not in parts.netloc:
        return words
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


def _command() -> list[str]:
    """Give the command as it was typed, whatever started it."""
    typed = sys.argv[sys.argv.index("run") :] if "run" in sys.argv else sys.argv[1:]
    return ["yiju", "eval", *map(without_secrets, typed)]
