"""Feedback on answers, kept in a file that `yiju eval draft --feedback` reads."""

import json
import os
import threading
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

_MODE = 0o600  # questions are personal


class FeedbackOffError(Exception):
    """Feedback is not kept here."""

    def __init__(self) -> None:
        super().__init__(
            "this service keeps no feedback; whoever runs it can set YIJU_FEEDBACK to a file"
        )


class FeedbackUnwritableError(Exception):
    """The file of feedback cannot be written; what was said is not kept."""

    def __init__(self) -> None:
        super().__init__("the feedback could not be kept; try again later")


class FeedbackFile:
    """A file of JSON lines that only grows, one line for each feedback."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()

    def add(self, said: Mapping[str, object]) -> str:
        """Append what was said with an id and the time; it is on disk when this returns.

        Raises
        ------
        FeedbackUnwritableError
            If the file cannot be written; nothing of it is kept then.
        """
        feedback_id = uuid.uuid4().hex
        told = {"id": feedback_id, "time": datetime.now(UTC).isoformat(timespec="seconds"), **said}
        line = (json.dumps(told, ensure_ascii=False) + "\n").encode("utf-8", "replace")
        try:
            with self._lock:
                self._append(line)
        except OSError as error:
            raise FeedbackUnwritableError from error
        return feedback_id

    def _append(self, line: bytes) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, _MODE)
        try:
            before = os.fstat(handle).st_size
            try:
                _write_all(handle, line)
                os.fsync(handle)
            except OSError:
                os.ftruncate(handle, before)  # no half line that the next one would run on from
                raise
        finally:
            os.close(handle)


def _write_all(handle: int, line: bytes) -> None:
    while line:
        line = line[os.write(handle, line) :]
