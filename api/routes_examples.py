"""Questions to begin with, over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import JSONResponse, Response

from api.answering import Answerer
from api.examples import KnownExamples
from api.preferences import language
from api.problem_docs import REFUSALS
from api.responses import ExamplesOut
from api.schemas import ExampleParams
from rag.records import Lang

router = APIRouter(prefix="/v1", responses=REFUSALS)


# A plain function: the first request asks them all, in the thread pool.
@router.get("/examples", response_model=ExamplesOut)
def examples(
    answerer: Answerer, request: Request, params: Annotated[ExampleParams, Query()]
) -> Response:
    """Give questions that the loaded documents answer, of several kinds."""
    known: KnownExamples = request.app.state.examples
    lang = params.lang or language(request.headers.get("Accept-Language", "")) or Lang.HANS
    told = [
        {"question": each.question, "kind": each.kind, "document_ids": list(each.document_ids)}
        for each in known.of(answerer, lang)
    ]
    return JSONResponse({"examples": told}, headers={"Vary": "Accept-Language"})
