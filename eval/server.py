"""A server that speaks ``/v1/ask``, asked over HTTP."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urlsplit

import urllib3
from urllib3.exceptions import HTTPError, MaxRetryError
from urllib3.util import Retry, Timeout

from eval.documents import Documents
from eval.errors import ServerError
from eval.locate import Span
from eval.shape import checked
from eval.targets import Target

Json = Mapping[str, Any]

DEFAULT_TIMEOUT_S = 60.0
DEFAULT_RETRIES = 2
_TRY_AGAIN = (429, 500, 502, 503, 504)
_BACKOFF_S = 0.25
_OK = 200
_PIECE = 65_536  # bytes read at once


def server_target(
    url: str,
    *,
    timeout_s: float = DEFAULT_TIMEOUT_S,
    retries: int = DEFAULT_RETRIES,
    connections: int = 1,
    documents: Documents | None = None,
) -> Target:
    """Ask a server.

    Parameters
    ----------
    url : str
        Where the server's root is, ``http`` or ``https``, no ``/v1``.
    timeout_s : float
        Longest wait for one response, in seconds.
    retries : int
        How often a request is sent again that was refused, broken off or answered with 429 or
        5xx; the wait doubles, and ``Retry-After`` is kept to, up to ``timeout_s``.
    connections : int
        Requests under way at once.
    documents : Documents, optional
        What citations are checked against; else they are fetched from the server.

    Raises
    ------
    ValueError
        If ``url`` is not an HTTP address.
    ServerError
        If the server cannot be reached, refuses, or sends what is not in the contract; here or
        when it is asked.
    AnswerShapeError
        When it is asked, and what it answers cannot be measured.
    """
    if urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).netloc:
        raise ValueError(f"expected an address like http://127.0.0.1:8000, got {url!r}")
    retry = Retry(
        retries,
        status_forcelist=_TRY_AGAIN,
        allowed_methods=None,  # asking twice does no harm
        backoff_factor=_BACKOFF_S,
        retry_after_max=max(1, int(timeout_s)),
        raise_on_status=False,
    )
    pool = urllib3.PoolManager(
        maxsize=connections, block=True, retries=retry, timeout=Timeout(timeout_s)
    )
    server = _Server(url.rstrip("/"), pool, timeout_s)
    return Target(server.url, server.ask, documents or server.documents())


@dataclass(frozen=True, slots=True)
class _Server:
    """The routes of a server that a run needs."""

    url: str
    pool: urllib3.PoolManager
    timeout_s: float

    def ask(self, question: str) -> Json:
        return checked(self._json("/v1/ask", json.dumps({"question": question}).encode()))

    def documents(self) -> Documents:
        files, regions = {}, {}
        listed = self._json("/v1/documents")
        try:
            for each in listed["documents"]:
                files[each["id"]] = each["file"]
                if region := each.get("region"):
                    regions[each["file"]] = region.get("code") or region["name"]
        except (KeyError, TypeError, AttributeError) as error:
            raise ServerError(f"{self.url}/v1/documents", f"it lacks {error}") from error
        return Documents(
            {file: self._text(document_id) for document_id, file in files.items()},
            {key: span for each in files for key, span in self._clauses(each).items()},
            regions,
        )

    def _text(self, document_id: str) -> str:
        path = f"{_document_path(document_id)}/text"
        try:
            return self._bytes(path).decode("utf-8")
        except UnicodeDecodeError as error:
            raise ServerError(f"{self.url}{path}", f"it is not UTF-8 ({error})") from error

    def _clauses(self, document_id: str) -> dict[str, Span]:
        path = _document_path(document_id)
        document = self._json(path)
        try:
            sources = {each["clause_id"]: each["source"] for each in document["clauses"]}
            return {
                k: Span(each["file"], each["start"], each["end"]) for k, each in sources.items()
            }
        except (KeyError, TypeError) as error:
            raise ServerError(f"{self.url}{path}", f"it lacks {error}") from error

    def _json(self, path: str, body: bytes | None = None) -> Json:
        try:
            values = json.loads(self._bytes(path, body), parse_constant=_refused)
        except (ValueError, RecursionError) as error:
            raise ServerError(f"{self.url}{path}", f"it is not JSON ({error})") from error
        if not isinstance(values, dict):
            raise ServerError(f"{self.url}{path}", "it is not a JSON object")
        return values

    def _bytes(self, path: str, body: bytes | None = None) -> bytes:
        url = f"{self.url}{path}"
        headers = {"Content-Type": "application/json"} if body is not None else {}
        method = "GET" if body is None else "POST"
        try:
            response = self.pool.request(
                method, url, body=body, headers=headers, preload_content=False
            )
            content = self._content(response)
        except MaxRetryError as error:
            raise ServerError(url, _plain(error.reason or error)) from error
        except (HTTPError, TimeoutError) as error:
            raise ServerError(url, _plain(error)) from error
        if response.status != _OK:
            problem = f"{response.status} {_phrase(response.status)}{_detail(content)}"
            raise ServerError(url, problem)
        return content

    def _content(self, response: urllib3.BaseHTTPResponse) -> bytes:
        """Read a body; ``TimeoutError`` if it comes in drips and does not end in time."""
        deadline = time.monotonic() + self.timeout_s
        pieces = []
        while piece := response.read1(_PIECE):
            pieces.append(piece)
            if time.monotonic() > deadline:
                response.close()  # not to be used for the next request
                raise TimeoutError(f"timed out: its body did not end in {self.timeout_s:g} s")
        response.release_conn()
        return b"".join(pieces)


def _plain(error: Exception) -> str:
    """Say what went wrong without the connection's own name."""
    return (
        str(error)
        if isinstance(error, TimeoutError)
        else str(error).partition(": ")[2] or str(error)
    )


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:  # of the server's own making
        return ""


def _refused(constant: str) -> float:
    """Refuse NaN and Infinity, which JSON does not have."""
    raise ValueError(f"{constant} is no number of JSON")


def _detail(content: bytes) -> str:
    """Give what a problem (RFC 9457) says, if it is one."""
    try:
        detail = json.loads(content)["detail"]
    except (ValueError, KeyError, TypeError):
        return ""
    return f" ({detail})" if isinstance(detail, str) else ""


def _document_path(document_id: str) -> str:
    return f"/v1/documents/{quote(document_id, safe='')}"
