"""The pages that people use in a browser."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.modules import modules
from api.pages import Page, show
from rag.question import LONGEST_QUESTION

router = APIRouter(include_in_schema=False)

_ASK = Page("ask.html.jinja", ("ask", "document"), menu="ask")
_TASKS = Page("tasks.html.jinja", ("tasks",), menu="tasks")
_COMPARE = Page("compare.html.jinja", ("compare",), menu="compare")


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
def tasks_page(request: Request) -> Response:
    """Show the task table."""
    return show(request, _TASKS)


@router.get("/compare")
def compare_page(request: Request) -> Response:
    """Show a subject side by side."""
    return show(request, _COMPARE)
