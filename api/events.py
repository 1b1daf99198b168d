"""Answers as server-sent events."""

import json
from collections.abc import Iterable, Iterator

from starlette.responses import StreamingResponse

from rag.records import Answer
from rag.reworded import MODEL, Sentence, Step, Withdrawn
from rag.wire import Json, answer_json

MARK = "AI生成"
"""What stands beside each sentence of a language model, for who shows it as it comes."""


class EventStream(StreamingResponse):
    """Sends the steps of an answer: ``sentence`` and ``withdrawn``, then ``answer``, ``done``."""

    media_type = "text/event-stream"

    def __init__(self, steps: Iterable[Step]) -> None:
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        super().__init__(_events(steps), headers=headers)


def _events(steps: Iterable[Step]) -> Iterator[str]:
    for step in steps:
        if isinstance(step, Answer):
            yield _event("answer", answer_json(step))
        elif isinstance(step, Sentence):
            yield _event("sentence", {"text": step.text, "worded_by": MODEL, "mark": MARK})
        elif isinstance(step, Withdrawn):
            yield _event("withdrawn", {})
    yield _event("done", {})


def _event(name: str, data: Json) -> str:
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"event: {name}\ndata: {written}\n\n"
