"""Which error becomes which problem (RFC 9457): the only such table."""

import json
import logging
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from api import error_page
from api.answering import NoSuchThingError, NotReadyError, NotUtf8Error
from api.feedback import FeedbackOffError, FeedbackUnwritableError
from api.task_workbook import TooManyTasksError
from index import errors as index_errors
from rag import errors as rag_errors

log = logging.getLogger(__name__)

_INTERNAL = 500
_BAD_REQUEST = 400
_WRONG_TYPE = 415
_WRONG_METHOD = 405
_INVALID = 422


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem: its status, the end of its type URI and its title."""

    status: int
    slug: str
    title: str


_UNREADY = Kind(503, "index-unavailable", "The index cannot be used")
_MODEL = Kind(503, "model-unavailable", "The model cannot be used")
_FILE = Kind(_INVALID, "unreadable-file", "The file cannot be taken in")
_QUESTION = Kind(_INVALID, "question", "The question cannot be read")

PROBLEMS: dict[type[Exception], Kind] = {
    rag_errors.AnsweringError: Kind(_INVALID, "refused", "The question cannot be answered"),
    rag_errors.QuestionError: _QUESTION,
    rag_errors.EmptyQuestionError: Kind(_INVALID, "empty-question", "The question is empty"),
    rag_errors.QuestionTooLongError: Kind(
        _INVALID, "question-too-long", "The question is too long"
    ),
    rag_errors.QuestionNotTextError: Kind(
        _INVALID, "question-not-text", "The question is not plain text"
    ),
    rag_errors.EmptyTopicError: Kind(_INVALID, "empty-topic", "The topic is empty"),
    rag_errors.FilterError: Kind(_INVALID, "unknown-filter-value", "A filter names nothing known"),
    rag_errors.FiltersConflictError: Kind(
        _INVALID, "contradictory-filters", "No document meets the filters"
    ),
    index_errors.IndexingError: Kind(_INTERNAL, "indexing", "The documents cannot be used"),
    index_errors.ReadError: _FILE,
    index_errors.UnreadableFileError: _FILE,
    index_errors.EmptyFileError: _FILE,
    index_errors.NotTextError: _FILE,
    index_errors.DocumentsManifestError: Kind(
        _INVALID, "documents-manifest", "The documents' manifest is wrong"
    ),
    index_errors.NoDocumentsError: Kind(_INVALID, "no-documents", "There is nothing to index"),
    index_errors.ConfirmedQuestionsError: Kind(
        _INVALID, "confirmed-questions", "The confirmed questions cannot be read"
    ),
    index_errors.ModelError: _MODEL,
    index_errors.ModelNotFoundError: _MODEL,
    index_errors.EmbeddingShapeError: _MODEL,
    index_errors.ModelValueError: _MODEL,
    index_errors.RerankerError: _MODEL,
    index_errors.StoreKindError: Kind(_INVALID, "store-kind", "There is no such vector store"),
    index_errors.IndexFolderError: _UNREADY,
    index_errors.IndexMissingError: _UNREADY,
    index_errors.IndexFormatError: _UNREADY,
    index_errors.IndexModelError: _UNREADY,
    index_errors.IndexDamagedError: _UNREADY,
    NotReadyError: _UNREADY,
    NoSuchThingError: Kind(404, "not-found", "There is no such thing"),
    FeedbackOffError: Kind(404, "feedback-off", "No feedback is kept"),
    FeedbackUnwritableError: Kind(503, "feedback-unwritable", "The feedback cannot be kept"),
    TooManyTasksError: Kind(_INVALID, "too-many-tasks", "There are too many tasks for a sheet"),
    NotUtf8Error: Kind(_BAD_REQUEST, "not-utf-8", "The request is not UTF-8"),
}
_OF_HTTP = {
    400: Kind(400, "malformed-body", "The body cannot be read"),
    404: Kind(404, "not-found", "There is no such thing"),
    405: Kind(405, "method-not-allowed", "The method does not fit"),
    413: Kind(413, "body-too-large", "The body is too large"),
}
_MALFORMED = _OF_HTTP[_BAD_REQUEST]
_UNEXPECTED = Kind(_INTERNAL, "internal", "Something went wrong here")
_MEDIA_TYPE = Kind(_WRONG_TYPE, "unsupported-media-type", "The body is of another type")
_FIELDS = Kind(_INVALID, "invalid-request", "The request does not fit")
_SHAPES = {
    "tuple_type": "this has to be a list; send [...]",
    "model_type": "this has to be an object; send {...}",
    "model_attributes_type": "this has to be an object; send {...}",
    "string_type": "this has to be a string",
}
_NOT_OURS_TO_TELL = "the service cannot answer for now; its log says why"


def install(app: FastAPI) -> None:
    """Answer every refusal with a problem, the framework's own among them."""
    for error_type in PROBLEMS:
        app.add_exception_handler(error_type, _known)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _of_http)


def refusal(request: Request, kind: Kind, detail: str, **members: Any) -> Response:  # noqa: ANN401
    """Give the response to a refused request: a page where a browser asked for a page."""
    if error_page.fits(request):
        return error_page.show_error(request, kind.status)
    return problem(kind, detail, path=request.url.path, **members)


def problem(kind: Kind, detail: str, *, path: str, **members: Any) -> Response:  # noqa: ANN401
    """Give the response that tells of a problem; ``members`` travel beside RFC 9457's own."""
    body = {
        "type": f"urn:yiju:problem:{kind.slug}",
        "title": kind.title,
        "status": kind.status,
        "detail": detail,
        "instance": quote(path, safe="/:"),
        **members,
    }
    # A lone surrogate, which JSON may smuggle in, has no UTF-8: it goes back as its escape.
    data = json.dumps(body, ensure_ascii=False).encode("utf-8", "backslashreplace")
    return Response(data, kind.status, media_type="application/problem+json")


def unexpected(request: Request) -> Response:
    """Give the response to an error that nobody foresaw; the log has the rest."""
    return refusal(request, _UNEXPECTED, _NOT_OURS_TO_TELL)


def too_large(path: str, limit_bytes: int) -> Response:
    """Give the response to a body over the limit."""
    return problem(_OF_HTTP[413], too_large_detail(limit_bytes), path=path)


def too_large_detail(limit_bytes: int) -> str:
    """Say what the limit of a body is."""
    return f"the body is over {limit_bytes} bytes; send a shorter one"


def _known(request: Request, error: Exception) -> Response:
    kind = PROBLEMS[next(each for each in type(error).__mro__ if each in PROBLEMS)]
    if kind.status >= _INTERNAL and not isinstance(error, NotReadyError):
        # The message names folders of this machine.
        log.error("%s", error, extra={"yiju_error": type(error).__name__})
        return refusal(request, kind, _NOT_OURS_TO_TELL)
    if isinstance(error, rag_errors.FilterError):
        members = {"key": error.key, "value": error.value, "known": list(error.known)}
        return refusal(request, kind, str(error), **members)
    return refusal(request, kind, str(error))


def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    found = error.errors()
    path = request.url.path
    if any(each["type"] == "json_invalid" for each in found):
        return problem(_MALFORMED, "the body is not JSON; send a JSON object", path=path)
    if any(each["loc"] == ("body",) for each in found) and not _says_json(request):
        detail = "the body is not marked as JSON; send `Content-Type: application/json`"
        return problem(_MEDIA_TYPE, detail, path=path)
    errors = [{"field": _field(each["loc"]), "message": _message(each)} for each in found]
    detail = "; ".join(f"{each['field']}: {each['message']}" for each in errors[:5])
    return refusal(request, _FIELDS, detail, errors=errors)


def _says_json(request: Request) -> bool:
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return media_type == "application/json" or media_type.endswith("+json")


def _field(loc: tuple[int | str, ...]) -> str:
    """Name a field as its sender does: without where it came in, ``body`` or ``query``."""
    return ".".join(str(part) for part in loc[1:]) or str(loc[0])


def _message(error: dict[str, Any]) -> str:
    if error["type"] == "extra_forbidden":
        return "there is no such field"
    message: str = _SHAPES.get(error["type"]) or error["msg"]
    return message.removeprefix("Value error, ")


def _of_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    status = error.status_code
    kind = _OF_HTTP.get(status) or Kind(status, f"http-{status}", "The request was refused")
    details = {
        400: "the body cannot be read as JSON in UTF-8; send a JSON object",
        404: "there is nothing at this address; /openapi.json lists what there is",
        405: f"{request.method} does not fit here; the header Allow says what does",
    }
    response = refusal(request, kind, details.get(status, str(error.detail)))
    response.headers.update(error.headers or {})
    if status == _WRONG_METHOD:
        response.headers["Allow"] = ", ".join(_methods(request))
    return response


def _methods(request: Request) -> list[str]:
    """Give the methods of all routes at an address: the framework names those of the first."""
    path = request.scope["path"].removeprefix(request.scope.get("root_path", ""))
    matching = [each for each in request.app.state.routes if each.path_regex.match(path)]
    return sorted({method for each in matching for method in each.methods})
