"""The adapter in the documents, run as its reader would, against a fake of such a server."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from eval.command import app

ROOT = Path(__file__).parents[2]
ADAPTER = ROOT / "docs" / "examples" / "openai_adapter.py"
QUESTION = "浙江的药品安全专家库由谁牵头？"
SAID = {
    "status": "answered",
    "answer": "由省药监局牵头。",
    "lead": "浙江省药品监督管理局".removeprefix("浙江"),
    "units": ["省药监局", "省科技厅", "省卫生健康委员会"],
    "quotes": ["建立统一、高效的药品安全专家库，规范和强化专家管理"],
}


@contextmanager
def chat(said: dict[str, Any], asked: list[dict[str, Any]]) -> Iterator[str]:
    """Serve one chat completion, whatever is asked."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            asked.append({"path": self.path, "key": self.headers["Authorization"], **body})
            choice = {"message": {"role": "assistant", "content": json.dumps(said)}}
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps({"choices": [choice]}).encode())

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/v1"
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.parametrize("page", ["docs/evaluation.md", "docs/evaluation.zh-CN.md"])
def test_the_code_in_the_documents_is_the_example(page):
    assert ADAPTER.read_text(encoding="utf-8").rstrip() in (ROOT / page).read_text(encoding="utf-8")


def test_a_system_behind_a_chat_api_is_scored_by_the_example(tmp_path, monkeypatch):
    row = next(
        line
        for line in (ROOT / "eval/gold/dev.jsonl").read_text(encoding="utf-8").splitlines()
        if "药品安全专家库" in line and '"type": "lead_unit"' in line
    )
    gold = tmp_path / "gold.jsonl"
    gold.write_text(row + "\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    asked: list[dict[str, Any]] = []
    with chat(SAID, asked) as url:
        monkeypatch.setenv("RAG_URL", url)
        monkeypatch.setenv("RAG_MODEL", "m1")
        monkeypatch.setenv("RAG_KEY", "secret")
        options = ["--adapter", str(ADAPTER), "--documents", str(ROOT / "seeds"), "--json"]
        done = CliRunner().invoke(app, ["run", "--gold", str(gold), *options])
    assert done.exit_code == 0, done.output
    (request,) = asked
    assert request["path"] == "/v1/chat/completions"
    assert (request["model"], request["key"]) == ("m1", "Bearer secret")
    assert request["messages"][-1] == {"role": "user", "content": json.loads(row)["question"]}
    measures = json.loads(done.stdout)["measures"]
    for name in ("lead_exact", "units_exact", "status_right", "hit@1", "citations_resolve"):
        assert measures[name]["value"] == 1, name
