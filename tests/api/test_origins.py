"""Other sites: who may call the API, and what each of them may load."""

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings, SettingsError, load_settings
from index.library import Index
from rag.records import Status
from tests.api.fakes import FakeAnswerer

ALLOWED = "https://www.example.gov.cn"
OTHERS = [
    "null",
    "",
    "*",
    "http://www.example.gov.cn",  # scheme
    "https://www.example.gov.cn:8443",  # port
    "https://www.example.gov.cn:443",  # browsers leave it out
    "https://www.example.gov.cn.evil.example",  # suffix
    "https://www.example.gov.cn@evil.example",
    "https://evil-www.example.gov.cn",  # prefix
    "https://evilwww.example.gov.cn",
    "https://example.gov.cn",
    "https://sub.www.example.gov.cn",
    "https://wwwxexample.gov.cn",  # a dot is no wildcard
    "https://www.example.gov.cn/",
    "https://www.example.gov.cn/path",
    "https://www.example.gov.cn?",
    "https://www.example.gov.cn#",
    "https://WWW.EXAMPLE.GOV.CN",  # browsers write lower case
    " https://www.example.gov.cn",
    "https://www.example.gov.cn, https://evil.example",
    "https://evil.example, https://www.example.gov.cn",
    "https://www.example.gov.cn https://evil.example",
    "https://www.example.gov.cn\thttps://evil.example",
    "https://www.example.gov.cn.",
    "https://www.exämple.gov.cn".encode().decode("latin-1"),
    "https://xn--www-exmple-r5a.gov.cn",
    "https://127.0.0.1",
    "https://[::1]",
    "http://localhost",
    "https://localhost",
    "file://",
    "file:///etc/passwd",
    "data:text/html,x",
    "blob:https://www.example.gov.cn/1",
    "chrome-extension://abc",
    "about:blank",
    "javascript:alert(1)",
    "https://",
    "www.example.gov.cn",
    "//www.example.gov.cn",
    "https:www.example.gov.cn",
    "ftp://www.example.gov.cn",
    "wss://www.example.gov.cn",
]
PREFLIGHT = {
    "Access-Control-Request-Method": "POST",
    "Access-Control-Request-Headers": "content-type",
}


@pytest.fixture
def service(library: Index) -> TestClient:
    return client(FakeAnswerer(library))


def client(answerer: FakeAnswerer | None, origins: tuple[str, ...] = (ALLOWED,)) -> TestClient:
    settings = Settings(allowed_origins=origins)
    return TestClient(create_app(answerer, settings), raise_server_exceptions=False)


def access(response: Response) -> dict[str, str]:
    return {
        name: each for name, each in response.headers.items() if name.startswith("access-control")
    }


@pytest.mark.parametrize("origin", OTHERS)
def test_another_origin_is_refused(service, origin):
    headers = {"Origin": origin.encode("latin-1")}
    assert "access-control-allow-origin" not in access(
        service.get("/v1/documents", headers=headers)
    )
    asked = service.post("/v1/ask", json={"question": "谁牵头？"}, headers=headers)
    assert "access-control-allow-origin" not in access(asked)
    preflight = service.options("/v1/ask", headers=headers | PREFLIGHT)
    assert preflight.status_code == 400
    assert "access-control-allow-origin" not in access(preflight)


def test_by_default_no_origin_may_call(library):
    closed = client(FakeAnswerer(library), ())
    headers = {"Origin": ALLOWED}
    assert access(closed.get("/v1/documents", headers=headers)) == {}
    assert access(closed.options("/v1/ask", headers=headers | PREFLIGHT)) == {}


def test_an_allowed_origin_may_ask_without_credentials(service):
    preflight = service.options("/v1/ask", headers={"Origin": ALLOWED} | PREFLIGHT)
    assert preflight.status_code == 200
    told = access(preflight)
    assert told["access-control-allow-origin"] == ALLOWED
    assert "Content-Type" in told["access-control-allow-headers"]
    assert told["access-control-allow-methods"] == "GET, POST"
    assert "access-control-allow-credentials" not in told
    assert "Origin" in preflight.headers["vary"].split(", ")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_an_allowed_origin_may_do_nothing_but_get_and_post(service, method):
    headers = {"Origin": ALLOWED, "Access-Control-Request-Method": method}
    assert service.options("/v1/documents", headers=headers).status_code == 400


def test_an_allowed_origin_reads_refusals_and_failures_too(library):
    headers = {"Origin": ALLOWED}
    question = {"question": "谁牵头？"}
    broken = FakeAnswerer(library, error=RuntimeError("nobody foresaw it"))
    for service, body, status in (
        (client(FakeAnswerer(library)), {"question": "谁牵头？", "other": 1}, 422),
        (client(FakeAnswerer(library)), {"question": "谁" * 2_000_000}, 413),
        (client(None), question, 503),
        (client(broken), question, 500),
    ):
        response = service.post("/v1/ask", json=body, headers=headers)
        assert (response.status_code, access(response)) == (
            status,
            {"access-control-allow-origin": ALLOWED},
        )
        assert response.headers["content-type"] == "application/problem+json"


def test_an_allowed_origin_reads_events(library):
    service = client(FakeAnswerer(library, Status.ANSWERED))
    body = {"question": "谁牵头？", "stream": True}
    response = service.post("/v1/ask", json=body, headers={"Origin": ALLOWED})
    assert response.headers["content-type"].startswith("text/event-stream")
    assert access(response) == {"access-control-allow-origin": ALLOWED}


@pytest.mark.parametrize(
    ("told", "meant"),
    [
        ("https://A.gov.cn", "https://a.gov.cn"),
        ("https://a.gov.cn:443", "https://a.gov.cn"),
        ("http://a.gov.cn:80", "http://a.gov.cn"),
        ("http://a.gov.cn:443", "http://a.gov.cn:443"),
        ("http://[::1]:8001", "http://[::1]:8001"),
    ],
)
def test_an_origin_is_kept_as_browsers_send_it(told, meant):
    assert load_settings(allowed_origins=told).allowed_origins == (meant,)


@pytest.mark.parametrize(
    "told",
    [
        "https://*.gov.cn",
        "https://a.gov.cn/",
        "a.gov.cn",
        "null",
        "https://政务.cn",
        "https://u@a.cn",
    ],
)
def test_an_origin_that_no_browser_would_send_stops_the_start(told):
    with pytest.raises(SettingsError, match=r"YIJU_ALLOWED_ORIGINS.* is not an origin"):
        load_settings(allowed_origins=told)


# The script


def test_every_site_may_load_the_script_and_check_it_with_a_hash(service):
    for headers in ({}, {"Origin": "https://any.example"}):
        response = service.get("/widget.js", headers=headers)
        assert response.headers["content-type"] == "text/javascript; charset=utf-8"
        assert response.headers["cross-origin-resource-policy"] == "cross-origin"
        assert response.headers["access-control-allow-origin"] == "*"
        assert response.headers["cache-control"] == "no-cache"


def test_a_browser_that_has_the_script_gets_it_only_when_it_has_changed(service):
    first = service.get("/widget.js")
    tag = first.headers["etag"]
    again = service.get("/widget.js", headers={"If-None-Match": f'"other", W/{tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert service.get("/widget.js", headers={"If-None-Match": '"other"'}).content == first.content
    assert service.head("/widget.js").headers["content-length"] == str(len(first.content))
