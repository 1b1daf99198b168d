"""Questions and searches over HTTP."""

import json
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import JSONResponse, Response

from api.answering import Answerer
from api.problem_docs import REFUSALS
from api.responses import AnswerOut, HitsOut
from api.schemas import AskParams, AskRequest, FiltersIn, SearchParams
from rag.wire import Json, answer_json, hit_json

router = APIRouter(prefix="/v1", responses=REFUSALS)

_NO_FILTERS = FiltersIn()


# Plain functions: they embed, and run in the thread pool.
@router.post("/ask", response_model=AnswerOut)
def ask(answerer: Answerer, request: AskRequest) -> Response:
    """Answer a question, with the clauses that the answer rests on."""
    answer = answerer.ask(
        request.question,
        top_k=request.top_k,
        filters=(request.filters or _NO_FILTERS).record(),
        history=tuple(turn.record() for turn in request.history or ()),
        lang=request.lang,
    )
    body = answer_json(answer)
    return _events(body) if request.stream else JSONResponse(body)


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


def _events(answer: Json) -> Response:
    """Give an answer as server-sent events: ``answer`` with all of it, then ``done``."""
    data = json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
    events = f"event: answer\ndata: {data}\n\nevent: done\ndata: {{}}\n\n"
    headers = {"Cache-Control": "no-store"}
    return Response(events, headers=headers, media_type="text/event-stream")
