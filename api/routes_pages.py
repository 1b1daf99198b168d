"""The pages that people use in a browser."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.compare_page import compare_page
from api.modules import modules
from api.page_query import PageQuery
from api.pages import Page, show
from api.task_page import task_page
from rag.question import LONGEST_QUESTION

router = APIRouter(include_in_schema=False)

_ASK = Page("ask.html.jinja", ("ask", "document", "filters"), menu="ask")
_TASKS = Page("tasks.html.jinja", ("filters", "tasks"), menu="tasks")
_COMPARE = Page("compare.html.jinja", ("filters", "compare"), menu="compare")


@router.get("/")
def ask_page(request: Request) -> Response:
    """Show where questions are asked; ``?q=`` asks one at once, by a script."""
    state = request.app.state
    return show(
        request,
        _ASK,
        question=request.query_params.get("q", "").strip(),
        query=request.url.query,
        longest=LONGEST_QUESTION,
        modules=modules("pages/ask.js"),
        ready=state.answerer is not None,
        feedback=state.feedback is not None,
    )


@router.get("/tasks")
def tasks(request: Request) -> Response:
    """Show the task table."""
    answerer = request.app.state.answerer
    told = task_page(answerer.index if answerer else None, PageQuery(request.query_params))
    status = told.trouble.status if told.trouble else 200
    return show(request, _TASKS, status_code=status, told=told)


@router.get("/compare")
def compare(request: Request) -> Response:
    """Show a subject side by side."""
    told = compare_page(request.app.state.answerer, PageQuery(request.query_params))
    status = told.trouble.status if told.trouble else 200
    return show(request, _COMPARE, status_code=status, view=told)
