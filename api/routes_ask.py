"""Questions and searches over HTTP."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.responses import JSONResponse, Response

from api.answering import Answerer, Stepwise
from api.events import EventStream
from api.problem_docs import REFUSALS
from api.responses import AnswerOut, HitsOut
from api.schemas import AskParams, AskRequest, FiltersIn, SearchParams
from rag.wire import answer_json, hit_json

router = APIRouter(prefix="/v1", responses=REFUSALS)

_NO_FILTERS = FiltersIn()


# Plain functions: they embed, and run in the thread pool.
@router.post("/ask", response_model=AnswerOut)
def ask(answerer: Answerer, request: AskRequest) -> Response:
    """Answer a question, with the clauses that the answer rests on."""
    asked: dict[str, Any] = {
        "top_k": request.top_k,
        "filters": (request.filters or _NO_FILTERS).record(),
        "history": tuple(turn.record() for turn in request.history or ()),
        "lang": request.lang,
    }
    if request.stream and isinstance(answerer, Stepwise):
        return EventStream(answerer.steps(request.question, **asked))
    answer = answerer.ask(request.question, **asked)
    return EventStream([answer]) if request.stream else JSONResponse(answer_json(answer))


@router.get("/ask", response_model=AnswerOut, operation_id="ask_by_url")
def ask_by_url(answerer: Answerer, params: Annotated[AskParams, Query()]) -> Response:
    """Answer a question that stands in the URL."""
    answer = answerer.ask(
        params.question, top_k=params.top_k, filters=params.record(), lang=params.lang
    )
    return JSONResponse(answer_json(answer))


@router.get("/search", response_model=HitsOut)
def search(answerer: Answerer, params: Annotated[SearchParams, Query()]) -> Response:
    """Find clauses, best first, without an answer."""
    hits = answerer.search(params.q, top_k=params.top_k, filters=params.record())
    return JSONResponse({"hits": [hit_json(hit, explain=params.explain) for hit in hits]})
