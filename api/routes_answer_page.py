"""The page of an answer for who has no script: a plain form leads to it."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.answer_page import shown
from api.page_query import PageQuery
from api.pages import Page, show
from rag.errors import (
    AnsweringError,
    EmptyQuestionError,
    FilterError,
    FiltersConflictError,
    QuestionTooLongError,
)
from rag.question import LONGEST_QUESTION
from rag.reworded import Answering
from rag.wire import answer_json

router = APIRouter(include_in_schema=False)

_PAGE = Page("answer.html.jinja", ("ask",), menu="ask")
_UNPROCESSABLE, _UNAVAILABLE = 422, 503
_MESSAGES: dict[type[AnsweringError], str] = {
    EmptyQuestionError: "ask.error_empty",
    QuestionTooLongError: "ask.error_too_long",
    FilterError: "ask.error_filter",
    FiltersConflictError: "ask.error_filters_conflict",
}


@router.get("/answer")
def answer_page(request: Request, q: str = "") -> Response:
    """Answer a question in a page that needs no script."""
    answerer: Answering | None = request.app.state.answerer
    if answerer is None:
        return _refused(request, q, "common.no_index", status_code=_UNAVAILABLE)
    try:
        answer = answerer.ask(q, filters=PageQuery(request.query_params).filters)
    except AnsweringError as error:
        message = _MESSAGES.get(type(error), "ask.error_not_text")
        return _refused(request, q, message, status_code=_UNPROCESSABLE)
    told = shown(answer_json(answer))
    return show(request, _PAGE, question=q, longest=LONGEST_QUESTION, error=None, **told)


def _refused(request: Request, question: str, message: str, *, status_code: int) -> Response:
    """Say what is wrong above the form, which keeps the question."""
    told = {"question": question, "error": message, "answer": None}
    return show(request, _PAGE, status_code=status_code, longest=LONGEST_QUESTION, **told)
