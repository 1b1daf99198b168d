"""A real server of an index, for pages in a browser."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from api.app import create_app
from api.settings import Settings
from rag.reworded import Answering


@contextmanager
def serving(answerer: Answering | None, **settings: object) -> Iterator[str]:
    """Serve on a free port of this machine, and give the address."""
    app = create_app(answerer, Settings.model_validate(settings))
    with serving_app(app) as address:
        yield address


@contextmanager
def serving_app(app: object) -> Iterator[str]:
    """Serve any application, such as a page on another origin."""
    config = uvicorn.Config(app, port=0, log_level="warning", server_header=False)  # type: ignore[arg-type]  # any ASGI application
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        if not thread.is_alive():
            raise RuntimeError("the server did not start")
        thread.join(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)
