"""The pages on which documents are found and read."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.answering import Answerer, NoSuchThingError
from api.document_list import listing
from api.pages import Page, show
from api.reader_page import reader_page
from rag.reworded import Answering

router = APIRouter(include_in_schema=False)

_DOCUMENTS = Page("documents.html.jinja", ("documents",), menu="documents")


@router.get("/documents")
def documents_page(request: Request) -> Response:
    """Show the list of documents; none where there is no index yet."""
    answerer: Answering | None = request.app.state.answerer
    documents = answerer.index.documents if answerer else ()
    return show(request, _DOCUMENTS, listing=listing(documents, request.query_params))


@router.get("/documents/{document_id}")
def document_page(answerer: Answerer, request: Request, document_id: str) -> Response:
    """Show a document from its beginning."""
    try:
        document = answerer.index.document(document_id)
    except KeyError as error:
        raise NoSuchThingError("document", document_id) from error
    return reader_page(request, answerer.index, document)
