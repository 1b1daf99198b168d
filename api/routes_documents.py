"""Documents, clauses and the task table over HTTP."""

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response

from api.answering import Answerer, NoSuchThingError
from api.comparison_table import comparison_csv
from api.neighbours import clause_detail
from api.problem_docs import REFUSALS
from api.responses import ClauseDetail, ComparisonOut, DocumentDetail, DocumentsOut, TasksOut
from api.schemas import CompareParams, DocumentParams, ResponsibilityParams
from api.selection import select
from api.tasks import CSV_TYPE, tasks, tasks_csv
from index.library import Index
from index.records import Clause, Document
from rag.comparison_wire import comparison_json
from rag.wire import clause_json, document_json

router = APIRouter(responses=REFUSALS)


@router.get("/v1/documents", response_model=DocumentsOut)
def documents(answerer: Answerer, params: Annotated[DocumentParams, Query()]) -> Response:
    """List the documents."""
    chosen = select(answerer.index, params.record())
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


@router.get("/v1/clauses/{clause_id:path}", response_model=ClauseDetail)
def clause(answerer: Answerer, clause_id: str) -> Response:
    """Give a clause word for word, with its document and its neighbours."""
    return JSONResponse(clause_detail(answerer.index, _clause(answerer.index, clause_id)))


@router.get("/c/{clause_id:path}", status_code=307, response_class=RedirectResponse)
def clause_page(answerer: Answerer, request: Request, clause_id: str) -> Response:
    """Lead from a citation's address to its clause."""
    found = _clause(answerer.index, clause_id)
    prefix = request.scope.get("root_path", "")
    return RedirectResponse(f"{prefix}/v1/clauses/{quote(found.clause_id, safe='/:')}")


@router.get("/v1/responsibilities", response_model=TasksOut)
def responsibilities(
    answerer: Answerer, params: Annotated[ResponsibilityParams, Query()]
) -> Response:
    """List the tasks with their units, in document order, as JSON or CSV."""
    rows = tasks(answerer.index, unit=params.unit, role=params.role, filters=params.record())
    if params.format == "csv":
        return Response(tasks_csv(rows), media_type=CSV_TYPE)
    return JSONResponse({"responsibilities": rows})


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
