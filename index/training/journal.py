"""The journal of a training: losses and scores, told as they come and kept as JSON lines."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Final

JOURNAL: Final = "training.jsonl"

Tell = Callable[[str], None]


class Journal:
    """Keeps events in their order and tells each in one line.

    No event holds a time or a path, so that equal trainings leave equal journals.
    """

    def __init__(self, tell: Tell | None = None) -> None:
        self._tell = tell
        self.events: list[dict[str, object]] = []

    def note(self, event: str, **values: object) -> None:
        """Keep an event and tell it."""
        self.events.append({"event": event, **values})
        if self._tell is not None:
            self._tell(" ".join([event, *(f"{name} {value}" for name, value in values.items())]))

    def losses(self, stage: str, step: int, losses: dict[str, float]) -> None:
        """Keep the mean losses of a stage's sources at a step."""
        self.note("loss", stage=stage, step=step, losses=losses)

    def write(self, folder: Path) -> None:
        """Write ``training.jsonl`` into a folder."""
        lines = (json.dumps(event, ensure_ascii=False) for event in self.events)
        (folder / JOURNAL).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
