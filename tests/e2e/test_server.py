"""A real server in a process of its own, on a free port of this machine, asked over HTTP."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx2
import pytest

from rag.wire import answer_json

ROOT = Path(__file__).parent.parent.parent
QUESTION = "浙江省完善药品安全监管法规制度由谁牵头？"
JSON = {"Content-Type": "application/json"}


def _environment(**variables: str) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("YIJU_")}
    return kept | {"PYTHONUNBUFFERED": "1"} | variables


def _serve(*arguments: str, **variables: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-m", "api", "serve", *arguments],
        cwd=ROOT,
        env=_environment(**variables),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


@pytest.fixture(scope="module")
def greeting_and_address(seed_index: Path) -> Iterator[tuple[str, str]]:
    """Start a server on a free port; it takes requests once it has told its address."""
    server = _serve("--index", str(seed_index), "--port", "0", YIJU_LOG_LEVEL="error")
    assert server.stderr is not None
    greeting = server.stderr.readline() + server.stderr.readline()
    match = re.search(r"http://127\.0\.0\.1:\d+", greeting)
    assert match, greeting
    yield greeting, match[0]
    server.send_signal(signal.SIGINT)
    out, errors = server.communicate(timeout=20)
    assert out == ""
    assert "Traceback" not in errors


@pytest.fixture(scope="module")
def client(greeting_and_address: tuple[str, str]) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=greeting_and_address[1], timeout=30) as client:
        yield client


def test_the_greeting_has_a_line_to_paste_that_works(greeting_and_address):
    greeting, _ = greeting_and_address
    line = greeting.splitlines()[1].removeprefix("try: ")
    pasted = subprocess.run(["bash", "-c", line], capture_output=True, check=True, timeout=30)
    assert json.loads(pasted.stdout)["status"] == "answered"


def test_the_server_lives_and_is_ready(client):
    assert client.get("/livez").status_code == 200
    assert client.get("/readyz").json() == {"status": "ok"}


def test_an_answer_over_http_is_the_one_in_process(client, answerer):
    over_http = client.post("/v1/ask", json={"question": QUESTION}).json()
    in_process = answer_json(answerer.ask(QUESTION))
    for answer in (over_http, in_process):
        del answer["id"], answer["timings_ms"]
    assert over_http == in_process
    assert over_http["responsibilities"][0]["lead"] == "省药监局"


def test_every_citation_stands_in_the_text_that_is_served(client):
    answer = client.post("/v1/ask", json={"question": QUESTION}).json()
    assert answer["citations"]
    for citation in answer["citations"]:
        text = client.get(f"/v1/documents/{citation['document']['id']}/text").content.decode()
        source = citation["source"]
        assert text[source["start"] : source["end"]] == citation["quote"]
        clause = client.get(citation["url"], follow_redirects=True).json()
        assert clause["quote"] == citation["quote"]


def test_clause_ids_travel_in_the_path_however_they_are_encoded(client):
    path = "/v1/clauses/zj-2021-68:二/（三）"
    encoded = "/v1/clauses/zj-2021-68%3A%E4%BA%8C%2F%EF%BC%88%E4%B8%89%EF%BC%89"
    assert client.get(path).json()["clause_id"] == "zj-2021-68:二/（三）"
    assert client.get(encoded).content == client.get(path).content


def test_many_ask_at_once_and_all_get_the_same(client):
    def ask(_: int) -> str:
        answer = client.post("/v1/ask", json={"question": QUESTION}).json()
        del answer["id"], answer["timings_ms"]
        return json.dumps(answer)

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(ask, range(40)))) == 1


def test_a_stream_is_server_sent_events(client):
    body = {"question": QUESTION, "stream": True}
    with client.stream("POST", "/v1/ask", json=body) as response:
        lines = [line for line in response.iter_lines() if line.startswith("event:")]
    assert lines == ["event: answer", "event: done"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"\xff\xfe", 400),
        (b'{"question": ""}', 422),
        (b'{"question": "\\u0000"}', 422),
        (b'{"question": "' + b"x" * 100_000 + b'"}', 422),
        (b'{"question": "' + b"x" * 1_000_000 + b'"}', 413),
        (b'{"question": "x", "filters": {"colour": []}}', 422),
        ('{"question": "谁牵头？", "filters": {"region": ["火星"]}}'.encode(), 422),
    ],
)
def test_bad_bodies_are_problems(client, body, status):
    response = client.post("/v1/ask", content=body, headers=JSON)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["status"] == status


def test_the_server_does_not_say_what_it_runs_on(client):
    assert "server" not in client.get("/livez").headers


def test_a_taken_port_is_one_sentence(seed_index):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        server = _serve("--index", str(seed_index), "--port", port)
        _, errors = server.communicate(timeout=60)
    assert server.returncode == 1
    (line,) = errors.splitlines()
    assert port in line
    assert "--port" in line


def test_an_address_that_is_not_ours_is_one_sentence(seed_index):
    server = _serve("--index", str(seed_index), "--host", "192.0.2.1", "--port", "0")
    _, errors = server.communicate(timeout=60)
    assert server.returncode == 1
    assert len(errors.splitlines()) == 1


def test_a_missing_index_stops_the_start(tmp_path):
    server = _serve("--index", str(tmp_path / "nope"), "--port", "0")
    _, errors = server.communicate(timeout=60)
    assert server.returncode == 1
    assert errors.splitlines() == [
        f"yiju: index {tmp_path / 'nope'}: there is no index; "
        f"run `yiju index DIR --out {tmp_path / 'nope'}`"
    ]
