"""A server on this machine that speaks the protocol of chat completions, and misbehaves.

A behaviour is called with the body of each request and gives what is sent, as a :class:`Reply`.
"""

import json
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Reply:
    """What is sent: a number among ``parts`` is a pause in seconds."""

    parts: Iterable[bytes | float]
    status: int = 200
    kind: str = "text/event-stream"
    headers: dict[str, str] = field(default_factory=dict)


Behaviour = Callable[[dict[str, Any]], Reply]


def event(content: str | None, finish: str | None = None) -> bytes:
    """Give one chunk of a streamed completion."""
    delta = {} if content is None else {"content": content}
    chunk = {
        "id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m",
        "choices": [{"index": 0, "delta": delta, "finish_reason": finish}],
    }  # fmt: skip
    return f"data: {json.dumps(chunk)}\n\n".encode()


DONE = b"data: [DONE]\n\n"


def streamed(text: str, *, size: int = 4, finish: str | None = "stop") -> Reply:
    """Say ``text`` in pieces of ``size`` characters."""
    pieces = [event(text[at : at + size]) for at in range(0, len(text), size)]
    return Reply([*pieces, event(None, finish), DONE])


def whole(text: str) -> Reply:
    """Say ``text`` in one response that is no stream."""
    message = {"role": "assistant", "content": text}
    body = {
        "id": "c", "object": "chat.completion", "created": 1, "model": "m",
        "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
    }  # fmt: skip
    return Reply([json.dumps(body).encode()], kind="application/json")


def saying(text: str) -> Behaviour:
    """Always say ``text``, streamed if that is asked for."""
    return lambda body: streamed(text) if body.get("stream") else whole(text)


class Server:
    """Serves what ``behaviour`` gives; ``bodies`` and ``headers`` hold what was asked."""

    def __init__(self, behaviour: Behaviour) -> None:
        self.behaviour = behaviour
        self.bodies: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.stopped = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/v1"

    @property
    def data(self) -> str:
        """What was told of documents and question in the last request."""
        message: str = self.bodies[-1]["messages"][1]["content"]
        return message

    def run(self) -> None:
        """Serve until stopped."""
        self._server.serve_forever(poll_interval=0.01)

    def stop(self) -> None:
        """Stop, pauses too."""
        self.stopped.set()
        self._server.shutdown()
        self._server.server_close()


@contextmanager
def serving(behaviour: Behaviour) -> Iterator[Server]:
    """Run a server that behaves so."""
    server = Server(behaviour)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.stop()
        thread.join()


def _handler(server: Server) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            server.bodies.append(body)
            server.headers.append({k.lower(): v for k, v in self.headers.items()})
            reply = server.behaviour(body)
            try:
                self._send(reply)
            except OSError:
                self.close_connection = True  # whoever asked is gone

        def _send(self, reply: Reply) -> None:
            self.send_response(reply.status)
            for name, value in {"Content-Type": reply.kind, **reply.headers}.items():
                self.send_header(name, value)
            self.send_header("Connection", "close")
            self.end_headers()
            self.close_connection = True
            for part in reply.parts:
                if isinstance(part, float):
                    self._pause(part)
                else:
                    self.wfile.write(part)
                    self.wfile.flush()

        def _pause(self, pause_s: float) -> None:
            until = time.monotonic() + pause_s
            while time.monotonic() < until and not server.stopped.is_set():
                time.sleep(0.01)

        def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
            """Say nothing."""

    return Handler
