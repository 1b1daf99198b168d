"""Build the service around one answerer."""

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware

from api import (
    errors,
    routes_answer_page,
    routes_ask,
    routes_documents,
    routes_examples,
    routes_feedback,
    routes_pages,
    routes_reader,
    routes_service,
    routes_widget,
)
from api.answering import NO_INDEX
from api.examples import KnownExamples
from api.feedback import FeedbackFile
from api.middleware import BodyLimit, HeadAsGet, LastResort, SecurityHeaders
from api.pages import build_id
from api.settings import Settings
from api.static_files import VersionedFiles
from api.version import program_version
from rag.reworded import Answering


def create_app(
    answerer: Answering | None, settings: Settings, *, unready: str = NO_INDEX
) -> FastAPI:
    """Make the service; tests pass their own answerer, ``yiju serve`` the loaded one.

    Parameters
    ----------
    answerer : Answering or None
        What answers; with None the service lives and says ``unready`` wherever an answer is
        wanted.
    settings : Settings
        Host, port and root path are the server's matter.
    unready : str
        Why there is no answerer.
    """
    app = FastAPI(
        title="Yiju",
        summary="Answers questions about official documents, with the clause behind every word.",
        version=program_version(),
        docs_url=None,  # they load scripts from other sites
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.answerer = answerer
    app.state.unready = unready
    app.state.examples = KnownExamples()
    app.state.feedback = FeedbackFile(settings.feedback) if settings.feedback else None
    routers = (
        routes_answer_page.router,
        routes_ask.router,
        routes_documents.router,
        routes_examples.router,
        routes_feedback.router,
        routes_pages.router,
        routes_reader.router,
        routes_service.router,
        routes_widget.router,
    )
    app.state.routes = [route for router in routers for route in router.routes]
    errors.install(app)
    for router in routers:
        app.include_router(router)
    app.mount(f"/static/{build_id()}", VersionedFiles())
    # The last one added stands outermost.
    app.add_middleware(BodyLimit, limit_bytes=settings.max_body_bytes)
    app.add_middleware(HeadAsGet)
    app.add_middleware(LastResort)
    if settings.allowed_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.allowed_origins,
            allow_methods=["GET", "POST"],
            allow_headers=["Content-Type"],
        )
    app.add_middleware(SecurityHeaders)
    return app
