import json
import os
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.feedback import FeedbackFile, FeedbackUnwritableError
from api.settings import Settings
from eval.feedback import read_feedback
from tests.api.fakes import FakeAnswerer

SAID = {"question": "谁牵头？", "rating": "down", "comment": "应是市局", "answer_id": "a1"}


@pytest.fixture
def path(tmp_path):
    return tmp_path / "kept" / "feedback.jsonl"


def client_of(library, **settings):
    app = create_app(FakeAnswerer(library), Settings(**settings))
    return TestClient(app, raise_server_exceptions=False)


def lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_what_is_said_is_kept_with_an_id_and_a_time(library, path):
    client = client_of(library, feedback=path)
    kept = client.post("/v1/feedback", json=SAID)
    assert kept.status_code == 201
    (line,) = lines(path)
    assert {**SAID, "id": kept.json()["id"], "time": line["time"]} == line
    assert client.post("/v1/feedback", json={"question": "谁？", "rating": "up"}).status_code == 201
    assert [each["rating"] for each in lines(path)] == ["down", "up"]
    assert path.stat().st_mode & 0o077 == 0


def test_the_toolkit_reads_what_the_service_keeps(library, path):
    client_of(library, feedback=path).post("/v1/feedback", json=SAID)
    (said,) = read_feedback(path)
    assert (said.question, said.rating, said.comment) == ("谁牵头？", "down", "应是市局")


def test_a_service_that_is_not_set_to_keeps_none_and_says_so(library):
    refused = client_of(library).post("/v1/feedback", json=SAID)
    assert refused.status_code == 404
    assert refused.json()["type"] == "urn:yiju:problem:feedback-off"
    assert "YIJU_FEEDBACK" in refused.json()["detail"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"rating": "up"},
        {"question": "", "rating": "up"},
        {"question": " \n", "rating": "up"},
        {"question": "谁？", "rating": "great"},
        {"question": "谁？", "rating": "up", "comment": "长" * 4001},
        {"question": "谁？", "rating": "up", "phone": "110"},
    ],
)
def test_what_is_no_feedback_is_refused_and_not_kept(library, path, wrong):
    assert client_of(library, feedback=path).post("/v1/feedback", json=wrong).status_code == 422
    assert not path.exists()


def test_lines_of_many_at_once_do_not_mix(path):
    file = FeedbackFile(path)
    with ThreadPoolExecutor(8) as pool:
        ids = set(pool.map(lambda i: file.add({"question": "问" * 500, "n": i}), range(200)))
    assert {each["id"] for each in lines(path)} == ids
    assert sorted(each["n"] for each in lines(path)) == list(range(200))


def test_a_full_disk_keeps_no_half_line_and_is_told(library, path, monkeypatch):
    file = FeedbackFile(path)
    file.add({"question": "一"})
    write = os.write

    def full(handle, data):
        write(handle, data[: len(data) // 2])
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "write", full)
        with pytest.raises(FeedbackUnwritableError):
            file.add({"question": "二"})
        refused = client_of(library, feedback=path).post("/v1/feedback", json=SAID)
        assert refused.status_code == 503
        assert str(path) not in refused.text
    file.add({"question": "三"})
    assert [each["question"] for each in lines(path)] == ["一", "三"]
