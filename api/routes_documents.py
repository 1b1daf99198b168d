"""Documents, clauses and the task table over HTTP."""

import re
from dataclasses import asdict
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response

from api.answering import Answerer, NoSuchThingError
from api.comparison_table import comparison_csv
from api.neighbours import clause_detail
from api.preferences import language, media_type, prefers_html
from api.problem_docs import REFUSALS
from api.reader_page import reader_page
from api.responses import (
    ClauseDetail,
    ComparisonOut,
    DocumentDetail,
    DocumentsOut,
    ReferencesOut,
    TasksOut,
)
from api.schemas import CompareParams, DocumentParams, ResponsibilityParams
from api.spreadsheet import CSV_TYPE
from api.task_table import tasks_csv
from api.task_workbook import XLSX_TYPE, tasks_xlsx
from api.tasks import tasks
from index.library import Index
from index.records import Clause, Document
from rag.comparison_wire import comparison_json
from rag.filtering import select
from rag.records import Lang
from rag.references import references
from rag.wire import clause_json, document_json

router = APIRouter(responses=REFUSALS)

_FORMATS = {"json": "application/json", "csv": "text/csv", "xlsx": XLSX_TYPE}
_ORIGIN = re.compile(r"https?://(?:[\w.-]+|\[[\da-f:.]+\])(?::\d+)?", re.IGNORECASE | re.ASCII)


@router.get("/v1/documents", response_model=DocumentsOut)
def documents(answerer: Answerer, params: Annotated[DocumentParams, Query()]) -> Response:
    """List the documents."""
    chosen = select(answerer.index.documents, params.record())
    return JSONResponse({"documents": [document_json(document) for document in chosen]})


@router.get("/v1/documents/{document_id}", response_model=DocumentDetail)
def document(answerer: Answerer, document_id: str) -> Response:
    """Give what is known about a document, and its outline."""
    found = _document(answerer.index, document_id)
    clauses = [
        clause_json(clause, found)
        for clause in answerer.index.clauses
        if clause.document_id == document_id
    ]
    return JSONResponse({**document_json(found), "clauses": clauses})


@router.get(
    "/v1/documents/{document_id}/text",
    response_class=PlainTextResponse,
    responses={200: {"description": "The text as published; offsets refer to it."}},
)
def text(answerer: Answerer, document_id: str) -> Response:
    """Give a document's text, character for character."""
    _document(answerer.index, document_id)
    return PlainTextResponse(answerer.index.text(document_id))


@router.get("/v1/documents/{document_id}/references", response_model=ReferencesOut)
def document_references(answerer: Answerer, document_id: str) -> Response:
    """Give where a document's text names other documents of the index."""
    _document(answerer.index, document_id)
    found = references(answerer.index, document_id)
    return JSONResponse({"references": [asdict(each) for each in found]})


@router.get("/v1/clauses/{clause_id:path}", response_model=ClauseDetail)
def clause(answerer: Answerer, clause_id: str) -> Response:
    """Give a clause word for word, with its document and its neighbours."""
    return JSONResponse(clause_detail(answerer.index, _clause(answerer.index, clause_id)))


@router.get(
    "/c/{clause_id:path}",
    status_code=307,
    response_class=RedirectResponse,
    responses={
        200: {
            "description": "For a browser: the document, opened at the clause.",
            "content": {"text/html": {"schema": {"type": "string"}}},
        }
    },
)
def clause_page(
    answerer: Answerer,
    request: Request,
    clause_id: str,
    h: Annotated[str | None, Query(description="Words to mark, as START-END,START-END.")] = None,
) -> Response:
    """Show a browser the document at the clause; lead any other client to the clause."""
    found = _clause(answerer.index, clause_id)
    if prefers_html(request):
        response = reader_page(request, answerer.index, found, marks=h or "")
    else:
        prefix = request.scope.get("root_path", "")
        response = RedirectResponse(f"{prefix}/v1/clauses/{quote(found.clause_id, safe='/:')}")
    response.headers.add_vary_header("Accept")
    return response


@router.get(
    "/v1/responsibilities",
    response_model=TasksOut,
    responses={
        200: {
            "description": "The tasks, as `format` or the header Accept asks.",
            "content": {
                "text/csv": {"schema": {"type": "string"}},
                XLSX_TYPE: {"schema": {"type": "string", "format": "binary"}},
            },
        }
    },
)
def responsibilities(
    answerer: Answerer, request: Request, params: Annotated[ResponsibilityParams, Query()]
) -> Response:
    """List the tasks with their units, in document order, as JSON, CSV or an Excel workbook."""
    rows = tasks(answerer.index, unit=params.unit, role=params.role, filters=params.record())
    accept, liked = (request.headers.get(name, "") for name in ("Accept", "Accept-Language"))
    wanted = media_type(accept, tuple(_FORMATS.values()))
    if params.format is not None:
        wanted = _FORMATS[params.format]
    vary = {"Vary": "Accept, Accept-Language"}
    if wanted == XLSX_TYPE:
        lang = params.lang or language(liked) or Lang.EN
        book = tasks_xlsx(rows, lang=lang, base_url=_base_url(request))
        return Response(book, media_type=XLSX_TYPE, headers=vary | _as_file("xlsx"))
    if wanted == _FORMATS["csv"]:
        return Response(tasks_csv(rows), media_type=CSV_TYPE, headers=vary | _as_file("csv"))
    return JSONResponse({"responsibilities": rows}, headers=vary)


def _as_file(ending: str) -> dict[str, str]:
    """Give the header that names a download, for old clients in ASCII (RFC 6266)."""
    name = quote(f"任务分解表.{ending}")
    told = f"attachment; filename=\"responsibilities.{ending}\"; filename*=UTF-8''{name}"
    return {"Content-Disposition": told}


def _base_url(request: Request) -> str | None:
    """Give the address by which the client reached us; None if it sent none that is one."""
    origin = f"{request.url.scheme}://{request.headers.get('host', '')}"
    root: str = request.scope.get("root_path", "")
    return origin + root if _ORIGIN.fullmatch(origin) else None


@router.get("/v1/compare", response_model=ComparisonOut)
def compare(answerer: Answerer, params: Annotated[CompareParams, Query()]) -> Response:
    """Set what documents say on a subject side by side, as JSON or CSV."""
    told = comparison_json(answerer.compare(params.topic, filters=params.record()))
    if params.format == "csv":
        return Response(comparison_csv(told), media_type=CSV_TYPE)
    return JSONResponse(told)


def _document(index: Index, document_id: str) -> Document:
    try:
        return index.document(document_id)
    except KeyError as error:
        raise NoSuchThingError("document", document_id) from error


def _clause(index: Index, clause_id: str) -> Clause:
    try:
        return index.clause(clause_id)
    except KeyError as error:
        raise NoSuchThingError("clause", clause_id) from error
