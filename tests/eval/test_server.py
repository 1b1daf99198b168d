import pytest

from eval.documents import Documents
from eval.errors import AnswerShapeError, ServerError
from eval.server import server_target
from tests.eval.examples import SPANS, TEXTS, answer
from tests.eval.server import routes, serving

ANSWER = answer("a:（一）")


def test_a_server_gives_its_texts_its_clauses_and_its_answers():
    with serving({"谁？": ANSWER}) as url:
        target = server_target(f"{url}/")
        assert target.documents.texts == TEXTS
        assert target.documents.clauses == SPANS
        assert target.documents.regions == {}
        assert target.ask("谁？") == ANSWER


def test_the_regions_of_documents_are_kept_by_code_or_name():
    listed = b"""{"documents": [
        {"id": "a b", "file": "000_a.txt", "region": {"name": "A", "code": "330000"}},
        {"id": "\xe4\xb9\x99", "file": "001_b.txt", "region": {"name": "B"}}]}"""
    with serving({}, {**routes(), "/v1/documents": listed}) as url:
        regions = server_target(url).documents.regions
    assert regions == {"000_a.txt": "330000", "001_b.txt": "B"}


def test_documents_that_are_given_are_not_asked_of_the_server():
    given = Documents({"x.txt": "甲"})
    with serving({"谁？": ANSWER}, {}) as url:
        target = server_target(url, documents=given)
        assert target.documents is given
        assert target.ask("谁？") == ANSWER


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_request_that_fails_for_a_while_is_sent_again(status):
    def twice(_, attempt):
        return (status, b"", 0.0) if attempt < 2 else None

    with serving({"谁？": ANSWER}, fault=twice) as url:
        assert server_target(url, retries=2).ask("谁？") == ANSWER
        with pytest.raises(ServerError, match=f"/v1/ask: {status} "):
            server_target(url, retries=1).ask("谁还？")


def test_a_refusal_is_not_sent_again():
    asked = []

    def refuse(question, _):
        asked.append(question)
        return 422, b"{}", 0.0

    with serving({}, fault=refuse) as url, pytest.raises(ServerError, match="422 Unprocessable"):
        server_target(url, retries=3).ask("谁？")
    assert asked == ["谁？"]


def test_a_slow_server_is_waited_for_no_longer_than_asked():
    with serving({"谁？": ANSWER}, fault=lambda *_: (200, b"{}", 0.6)) as url:
        target = server_target(url, timeout_s=0.1, retries=0)
        with pytest.raises(ServerError, match="timed out"):
            target.ask("谁？")


def test_an_error_of_the_server_is_named_with_its_address():
    with serving({}) as url:
        target = server_target(url, retries=0)
        with pytest.raises(ServerError, match=rf"{url}/v1/ask: 503 Service Unavailable"):
            target.ask("谁？")


def test_a_server_that_is_not_there_is_named():
    with serving({}) as url:
        pass
    with pytest.raises(ServerError, match=r"/v1/documents: .*refused"):
        server_target(url, timeout_s=1, retries=0)


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b"<html>", "it is not JSON"),
        (b"\xff", "it is not JSON"),
        (b"[]", "it is not a JSON object"),
    ],
)
def test_an_answer_that_is_no_json_object_is_refused(body, problem):
    with serving({}, fault=lambda *_: (200, body, 0.0)) as url:
        target = server_target(url)
        with pytest.raises(ServerError, match=problem):
            target.ask("谁？")


def test_an_answer_of_another_schema_is_refused_field_by_field():
    with serving({"谁？": {"answer": "甲局", "sources": []}}) as url:
        target = server_target(url)
        with pytest.raises(AnswerShapeError, match=r"status: expected one of answered.*citations:"):
            target.ask("谁？")


@pytest.mark.parametrize(
    ("path", "body", "problem"),
    [
        ("/v1/documents", b"<html>", "it is not JSON"),
        ("/v1/documents", b"[]", "it is not a JSON object"),
        ("/v1/documents", b"{}", "it lacks 'documents'"),
        ("/v1/documents/a b", b"{}", "it lacks 'clauses'"),
        ("/v1/documents/a b/text", b"\xff", "it is not UTF-8"),
    ],
)
def test_what_is_not_in_the_contract_is_refused(path, body, problem):
    with serving({}, {**routes(), path: body}) as url, pytest.raises(ServerError, match=problem):
        server_target(url)


@pytest.mark.parametrize("url", ["localhost:8000", "file:///etc/passwd", "http://", ""])
def test_only_an_http_address_is_asked(url):
    with pytest.raises(ValueError, match="expected an address like http"):
        server_target(url)
