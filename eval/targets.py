"""What a run asks: an index in this process, or a server by its address."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit
from urllib.request import Request, urlopen

from eval.errors import ServerError
from index.folder import load_index
from index.library import Index
from rag.answer import Answerer
from rag.wire import answer_json

Json = dict[str, Any]

DEFAULT_TIMEOUT_S = 60.0


@dataclass(frozen=True, slots=True)
class Target:
    """What can be asked, with what its citations are checked against.

    ``texts`` maps files to their text as published, ``clauses`` clause ids to (start, end).
    """

    name: str
    ask: Callable[[str], Json]
    texts: Mapping[str, str]
    clauses: Mapping[str, tuple[int, int]]


def index_target(folder: Path) -> Target:
    """Load an index folder, to be asked in this process.

    Raises
    ------
    IndexFolderError
        If there is no index, or it cannot be used.
    """
    index = load_index(folder)
    return library_target(Answerer(index), index, name=str(folder))


def library_target(answerer: Answerer, index: Index, *, name: str = "library") -> Target:
    """Ask an answerer in this process, about the documents of ``index``."""
    return Target(
        name,
        lambda question: answer_json(answerer.ask(question)),
        {each.file: index.text(each.document_id) for each in index.documents},
        {each.clause_id: (each.start, each.end) for each in index.clauses},
    )


def server_target(url: str, *, timeout_s: float = DEFAULT_TIMEOUT_S) -> Target:
    """Ask a server, whose documents are fetched first.

    Parameters
    ----------
    url : str
        Where the server's root is, ``http`` or ``https``, no ``/v1``.
    timeout_s : float
        Longest wait for one response, in seconds.

    Raises
    ------
    ValueError
        If ``url`` is not an HTTP address.
    ServerError
        If the server cannot be reached, refuses, or sends what is not in the contract; here or
        when it is asked.
    """
    if urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).netloc:
        raise ValueError(f"expected an address like http://127.0.0.1:8000, got {url!r}")
    server = _Server(url.rstrip("/"), timeout_s)
    documents = server.documents()
    return Target(
        url,
        server.ask,
        {file: server.text(document_id) for document_id, file in documents.items()},
        {key: span for each in documents for key, span in server.clauses(each).items()},
    )


@dataclass(frozen=True, slots=True)
class _Server:
    """The routes of a Yiju server that a run needs."""

    url: str
    timeout_s: float

    def ask(self, question: str) -> Json:
        return self._json("/v1/ask", json.dumps({"question": question}).encode())

    def documents(self) -> dict[str, str]:
        listed = self._json("/v1/documents")
        try:
            return {each["id"]: each["file"] for each in listed["documents"]}
        except (KeyError, TypeError) as error:
            raise ServerError(f"{self.url}/v1/documents", f"it lacks {error}") from error

    def text(self, document_id: str) -> str:
        path = f"{_document_path(document_id)}/text"
        try:
            return self._bytes(path).decode("utf-8")
        except UnicodeDecodeError as error:
            raise ServerError(f"{self.url}{path}", f"it is not UTF-8 ({error})") from error

    def clauses(self, document_id: str) -> dict[str, tuple[int, int]]:
        path = _document_path(document_id)
        document = self._json(path)
        try:
            sources = {each["clause_id"]: each["source"] for each in document["clauses"]}
            return {key: (each["start"], each["end"]) for key, each in sources.items()}
        except (KeyError, TypeError) as error:
            raise ServerError(f"{self.url}{path}", f"it lacks {error}") from error

    def _json(self, path: str, body: bytes | None = None) -> Json:
        try:
            values = json.loads(self._bytes(path, body))
        except ValueError as error:
            raise ServerError(f"{self.url}{path}", f"it is not JSON ({error})") from error
        if not isinstance(values, dict):
            raise ServerError(f"{self.url}{path}", "it is not a JSON object")
        return values

    def _bytes(self, path: str, body: bytes | None = None) -> bytes:
        headers = {"Content-Type": "application/json"} if body is not None else {}
        request = Request(f"{self.url}{path}", data=body, headers=headers)
        try:
            with urlopen(request, timeout=self.timeout_s) as response:
                content: bytes = response.read()
        except HTTPError as error:
            with error:
                problem = f"{error.code} {HTTPStatus(error.code).phrase}"
            raise ServerError(request.full_url, problem) from error
        except (URLError, TimeoutError, ConnectionError) as error:
            raise ServerError(request.full_url, str(error)) from error
        return content


def _document_path(document_id: str) -> str:
    return f"/v1/documents/{quote(document_id, safe='')}"
