"""What a browser is shown where there is no page, or where one cannot be shown."""

import re
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response

from api.clause_address import document_address
from api.pages import Page, show
from api.preferences import prefers_html
from index.records import Document
from rag.reworded import Answering

_ERROR = Page("error.html.jinja", ("errors",))
# What programs ask for, whatever they say that they accept.
_NO_PAGE = re.compile(r"/(?:v1|static|mcp|livez|readyz|metrics|openapi\.json)(?:/|$)")
_TOLD = {
    HTTPStatus.NOT_FOUND: "missing",
    HTTPStatus.METHOD_NOT_ALLOWED: "method",
    HTTPStatus.SERVICE_UNAVAILABLE: "unready",
}
_REFUSED_BELOW = 500


def fits(request: Request) -> bool:
    """Whether a browser asks for a page; programs get a problem (RFC 9457)."""
    return _NO_PAGE.match(_path(request)) is None and prefers_html(request)


def show_error(request: Request, status: int) -> Response:
    """Say in the reader's language what went wrong, and lead on."""
    told = _TOLD.get(HTTPStatus(status), "refused" if status < _REFUSED_BELOW else "broken")
    document = _document(request) if told == "missing" else None
    if told == "missing" and _path(request).startswith(("/c/", "/documents/")):
        told = "clause" if document else "document"
    where = document_address(document.document_id) if document else None
    response = show(
        request, _ERROR, status_code=status, told=told, document=document, address=where
    )
    response.headers.add_vary_header("Accept")
    return response


def _document(request: Request) -> Document | None:
    """Give the document that holds the clause asked for, or held it once."""
    answerer: Answering | None = request.app.state.answerer
    path = _path(request)
    if answerer is None or not path.startswith("/c/"):
        return None
    parts = path.removeprefix("/c/").split(":")
    ids = {":".join(parts[:count]) for count in range(1, len(parts))}
    return next((each for each in answerer.index.documents if each.document_id in ids), None)


def _path(request: Request) -> str:
    path: str = request.scope["path"]
    return path.removeprefix(request.scope.get("root_path", ""))
