"""``yiju serve``: the HTTP service."""

import json
import logging
import shlex
import socket
from typing import TYPE_CHECKING, Annotated

import typer

from api import output
from api.commands.language_model import LlmModel, LlmUrl, worded
from api.commands.model_options import as_settings, with_model, with_reranker
from api.commands.options import IndexOption, open_answerer
from api.environment import DEFAULT_INDEX
from index.model_options import ModelOptions, RerankerOptions

if TYPE_CHECKING:
    from api.settings import Settings
    from rag.reworded import Answering

_OUR_LOGGERS = ("api", "rag", "index", "uvicorn")
_BACKLOG = 2048
_FALLBACK = "谁牵头？"


@with_reranker
@with_model
def serve(
    *,
    model: ModelOptions,
    reranker: RerankerOptions | None,
    index: IndexOption = DEFAULT_INDEX,
    host: Annotated[
        str | None, typer.Option("--host", help="Address to listen on (YIJU_HOST).")
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(
            "--port",
            min=0,
            max=65535,
            help="Port, 0 for a free one (YIJU_PORT).",
        ),
    ] = None,
    llm_url: LlmUrl = None,
    llm_model: LlmModel = None,
) -> None:
    """Serve an index over HTTP."""
    from api.settings import SettingsError, load_settings  # noqa: PLC0415 - pydantic

    try:
        settings = load_settings(
            index=index,
            host=host,
            port=port,
            llm_url=llm_url,
            llm_model=llm_model,
            **as_settings(model, reranker),
        )
    except SettingsError as error:
        output.fail(error, code=2)
    for name in _OUR_LOGGERS:
        logging.getLogger(name).setLevel(settings.log_level.upper())
    with _bind(settings.host, settings.port) as bound:
        answerer = open_answerer(settings.index, settings.model_options, settings.reranker_options)
        answerer.ask(_example(answerer))  # so that the first user does not wait for caches
        _run(worded(answerer, settings.language_model_options), settings, bound)


def _bind(host: str, port: int) -> socket.socket:
    """Take the port before the index is loaded, so that a taken one is told at once."""
    bound: socket.socket | None = None
    try:
        family, kind, proto, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        bound = socket.socket(family, kind, proto)
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(address)
    except OSError as error:
        if bound is not None:
            bound.close()
        problem = error.strerror or str(error)
        advice = "name another with --host or --port"
        output.fail(f"cannot listen on {host} port {port}: {problem}; {advice}")
    return bound


def _run(answerer: "Answering", settings: "Settings", bound: socket.socket) -> None:
    import uvicorn  # noqa: PLC0415 - only a server needs it

    from api.app import create_app  # noqa: PLC0415

    config = uvicorn.Config(
        create_app(answerer, settings),
        log_level=settings.log_level,
        log_config=None,
        access_log=False,  # it would log the questions
        server_header=False,
        root_path=settings.root_path,
    )
    bound.listen(_BACKLOG)  # who follows the greeting at once waits, and is not refused
    _greet(answerer, settings, _address(settings.host, bound))
    uvicorn.Server(config).run(sockets=[bound])


def _address(host: str, bound: socket.socket) -> str:
    port = bound.getsockname()[1]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _greet(answerer: "Answering", settings: "Settings", address: str) -> None:
    count = len(answerer.index.documents)
    output.tell(f"Yiju answers from {count} documents at {address}{settings.root_path}/")
    body = shlex.quote(json.dumps({"question": _example(answerer)}, ensure_ascii=False))
    output.tell(
        f"try: curl -s {address}/v1/ask -H 'Content-Type: application/json' -d {body}",
    )


def _example(answerer: "Answering") -> str:
    """Ask for the lead of the first task that has one."""
    for clause in answerer.index.clauses:
        if clause.heading and any(record.lead for record in clause.responsibilities):
            return f"{clause.heading.rstrip('。')}由谁牵头？"
    return _FALLBACK
