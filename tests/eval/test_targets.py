import pytest

from eval.errors import ServerError
from eval.targets import server_target
from tests.eval.examples import SPANS, TEXTS, answer
from tests.eval.server import routes, serving


def test_a_server_gives_its_texts_its_clauses_and_its_answers():
    with serving({"谁？": answer("a:（一）")}) as url:
        target = server_target(f"{url}/")
        assert target.texts == TEXTS
        assert target.clauses == SPANS
        assert target.ask("谁？") == answer("a:（一）")


def test_an_error_of_the_server_is_named_with_its_address():
    with serving({}) as url:
        target = server_target(url)
        with pytest.raises(ServerError, match=rf"{url}/v1/ask: 503 Service Unavailable"):
            target.ask("谁？")


def test_a_server_that_is_not_there_is_named():
    with serving({}) as url:
        pass
    with pytest.raises(ServerError, match=r"/v1/documents: .*refused"):
        server_target(url, timeout_s=1)


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
