"""What the routes answer from, and what they raise where there is nothing to give."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Protocol, runtime_checkable
from urllib.parse import unquote_to_bytes

from fastapi import Depends, Request

from rag.records import Filters, Lang, Turn
from rag.reworded import Answering, Step

NO_INDEX = "no index is loaded; run `yiju index DIR` and start the service again"


@runtime_checkable
class Stepwise(Protocol):
    """What an answerer has whose words come one after the other: `RewordingAnswerer`."""

    def steps(
        self,
        question: str,
        *,
        top_k: int = 5,
        filters: Filters = ...,
        history: Sequence[Turn] = (),
        lang: Lang | None = None,
    ) -> Iterator[Step]:
        """Answer sentence by sentence, the whole answer last."""
        ...


class NotReadyError(Exception):
    """No index is loaded; the message says why."""


class NoSuchThingError(Exception):
    """There is no document or clause of an id."""

    def __init__(self, kind: str, identifier: str) -> None:
        self.kind = kind
        self.identifier = identifier
        super().__init__(f"there is no {kind} {identifier!r}; /v1/documents lists what there is")


class NotUtf8Error(Exception):
    """A query string is not UTF-8."""

    def __init__(self) -> None:
        super().__init__("the query string is not UTF-8; encode it as UTF-8, then percent-encode")


def _answering(request: Request) -> Answering:
    """Give the answerer of the application, if it has one and the query can be read."""
    answerer: Answering | None = request.app.state.answerer
    if answerer is None:
        raise NotReadyError(request.app.state.unready)
    try:
        unquote_to_bytes(request.scope["query_string"]).decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotUtf8Error from error
    return answerer


Answerer = Annotated[Answering, Depends(_answering)]
