"""A server of the routes that a run needs, over the example documents; no rag behind it."""

import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote

from tests.eval.examples import CLAUSES, TEXTS

IDS = {"a b": "000_a.txt", "乙": "001_b.txt"}


def routes() -> dict[str, bytes]:
    found: dict[str, Any] = {
        "/v1/documents": {"documents": [{"id": key, "file": file} for key, file in IDS.items()]}
    }
    for key, file in IDS.items():
        found[f"/v1/documents/{key}"] = {
            "clauses": [
                {"clause_id": clause_id, "source": {"file": of, "start": start, "end": end}}
                for clause_id, (of, start, end) in CLAUSES.items()
                if of == file
            ]
        }
    bodies = {path: json.dumps(body).encode() for path, body in found.items()}
    return bodies | {f"/v1/documents/{key}/text": TEXTS[f].encode() for key, f in IDS.items()}


# What a fault sends instead of an answer: a status, a body, seconds to wait first.
Fault = tuple[int, bytes, float]


@contextmanager
def serving(
    answers: dict[str, Any],
    pages: dict[str, bytes] | None = None,
    *,
    fault: Callable[[str, int], Fault | None] = lambda question, attempt: None,
) -> Iterator[str]:
    """Serve ``answers`` by question; a question without one is a server error.

    ``fault`` gets each question and how often it was asked before, and says what goes wrong.
    """
    served = routes() if pages is None else pages
    attempts: Counter[str] = Counter()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._send(served.get(unquote(self.path)))

        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["question"]
            attempts[asked] += 1
            wrong = fault(asked, attempts[asked] - 1)
            if wrong is not None:
                status, body, wait_s = wrong
                time.sleep(wait_s)
                self._send(body, status)
                return
            given = answers.get(asked) if self.path == "/v1/ask" else None
            self._send(None if given is None else json.dumps(given).encode())

        def _send(self, body: bytes | None, status: int = 200) -> None:
            self.send_response(503 if body is None else status)
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            with suppress(BrokenPipeError):  # the client has given up waiting
                self.wfile.write(body or b"")

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
