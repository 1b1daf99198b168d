"""Pages of documents and clauses as they come over HTTP, without a script."""

import re

import pytest
from starlette.testclient import TestClient

from api import responses
from api.app import create_app
from api.document_list import listing
from api.settings import Settings
from index.records import Document, Level, Region
from tests.api.fakes import CLAUSE, FakeAnswerer

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
HTML = "text/html; charset=utf-8"


def client_of(answerer):
    app = create_app(answerer, Settings())
    return TestClient(app, raise_server_exceptions=False, follow_redirects=False)


@pytest.fixture
def client(answerer):
    return client_of(answerer)


def page_of(response, status=200):
    assert (response.status_code, response.headers["content-type"]) == (status, HTML)
    assert "script-src 'self'" in response.headers["content-security-policy"]
    return response.text


def words(html):
    return re.sub(r"<[^>]*>", "", html)


# A clause


def test_a_browser_gets_the_clause_word_for_word_and_its_neighbours(client, library):
    html = page_of(client.get(f"/c/{CLAUSE}", headers=BROWSER))
    assert library.quote(library.clause(CLAUSE)) in words(html)
    assert "浙政办发〔2021〕68号 第二部分第（一）项" in html
    assert re.search(r'href="/c/[^"]+" rel="prev"', html)
    assert re.search(r'href="/c/[^"]+" rel="next"', html)


@pytest.mark.parametrize("accept", [None, "*/*", "application/json", "application/json, text/html"])
def test_any_other_client_is_led_to_the_clause_as_json(client, accept):
    headers = {"Accept": accept} if accept else {}
    response = client.get(f"/c/{CLAUSE}", headers=headers)
    assert response.status_code == 307
    assert response.headers["location"].startswith("/v1/clauses/zj-2021-68")
    assert "Accept" in response.headers["vary"]


def test_words_to_mark_are_marked_exactly(client, library):
    start = library.clause(CLAUSE).start + 3
    html = page_of(client.get(f"/c/{CLAUSE}?h={start}-{start + 9},1-2", headers=BROWSER))
    marked = re.findall("<mark>(.*?)</mark>", html)
    assert marked == [library.text("zj-2021-68")[start : start + 9]]


@pytest.mark.parametrize(
    "marks", ["x", "5", "9-5", "5-5", "-1-5", "1-99999999", "1-2;3-4", "1-2," * 99, "<b>", "１-９"]
)
def test_words_to_mark_that_are_none_are_left_out(client, marks):
    html = page_of(client.get(f"/c/{CLAUSE}", params={"h": marks}, headers=BROWSER))
    assert "<mark>" not in html
    assert 'spans="[]"' in html


def test_a_clause_that_is_gone_leads_a_browser_to_its_document(client):
    html = page_of(client.get("/c/zj-2021-68:九/（九）", headers=BROWSER), 404)
    assert "这一条款已不存在" in html
    assert 'href="/documents/zj-2021-68"' in html
    problem = client.get("/c/zj-2021-68:九/（九）")
    assert problem.headers["content-type"] == "application/problem+json"


# Pages that are not there


@pytest.mark.parametrize(
    ("method", "path", "status", "title"),
    [
        ("GET", "/c/none:x", 404, "没有这份文件"),
        ("GET", "/documents/none", 404, "没有这份文件"),
        ("GET", "/nothing/here", 404, "没有这个页面"),
        ("POST", "/documents", 405, "这个网址不能这样使用"),
    ],
)
def test_a_browser_is_told_what_to_do(client, method, path, status, title):
    html = page_of(client.request(method, path, headers=BROWSER), status)
    assert f"<h1>{title}</h1>" in html
    assert 'href="/documents"' in html
    other = client.request(method, path)
    assert (other.status_code, other.headers["content-type"]) == (
        status,
        "application/problem+json",
    )


@pytest.mark.parametrize("path", ["/v1/documents/none", "/v1/nothing", "/static/none.js", "/mcp/x"])
def test_what_programs_ask_for_stays_a_problem(client, path):
    response = client.get(path, headers=BROWSER)
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["/documents/x", "/c/x:y"])
def test_without_an_index_a_browser_is_told_so(path):
    html = page_of(client_of(None).get(path, headers=BROWSER), 503)
    assert "还没有可供查阅的文件" in html


def test_an_unforeseen_error_is_a_page_that_tells_nothing(library, monkeypatch):
    def fail(*_args, **_values):
        raise ZeroDivisionError("the secret")

    monkeypatch.setattr("api.routes_reader.reader_page", fail)
    html = page_of(
        client_of(FakeAnswerer(library)).get("/documents/zj-2021-68", headers=BROWSER), 500
    )
    assert "页面暂时打不开" in html
    assert "secret" not in html


def test_an_error_speaks_the_reader_s_language(client):
    html = page_of(client.get("/nothing?lang=en", headers=BROWSER), 404)
    assert "<h1>There is no such page</h1>" in html


# The list


def shown(html):
    rows = re.findall(r"<tr [^>]*data-title=\"([^\"]*)\"[^>]*?( hidden)?>", html)
    return [title for title, hidden in rows if not hidden]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 5),
        ("region=330000", 1),
        ("level=province", 3),
        ("status=draft", 1),
        ("q=药品 浙政办", 1),
        ("q=〔２０２１〕", 3),
        ("region=330000&status=draft", 0),
        ("region=nowhere", 0),
    ],
)
def test_documents_are_chosen_without_a_script(client, query, count):
    html = page_of(client.get(f"/documents?{query}"))
    assert len(shown(html)) == count


def test_a_row_says_what_is_inferred_and_from_what(client):
    html = page_of(client.get("/documents"))
    assert "5 项信息为推断" in html
    assert "the preamble says 经省政府同意" in html


def test_without_an_index_the_list_says_what_to_do():
    assert "yiju index" in page_of(client_of(None).get("/documents"))


def _document(name, date=None, level=None, code=None):
    region = Region(name, code) if code else None
    return Document(name, f"{name}.txt", "", title=name, date=date, level=level, region=region)


@pytest.mark.parametrize(
    ("sort", "order"), [("", "bcad"), ("title", "abcd"), ("region", "acbd"), ("nothing", "bcad")]
)
def test_documents_are_sorted_and_those_without_a_fact_stand_last(sort, order):
    documents = [
        _document("a", None, Level.NATIONAL, "000000"),
        _document("b", "2021-12-30", Level.CITY, "330600"),
        _document("c", "2020-01-02", Level.PROVINCE, "330000"),
        _document("d"),
    ]
    rows = listing(documents, {"sort": sort}).rows
    assert "".join(row.document.document_id for row in rows) == order


@pytest.mark.parametrize("region", ["330000", "浙江省", "浙江", "Zhejiang"])
def test_a_region_is_chosen_by_any_of_its_names(region):
    documents = [
        Document("z", "z.txt", "", region=Region("浙江省", "330000")),
        Document("s", "s.txt", "", region=Region("上海市", "310000")),
    ]
    listed = listing(documents, {"region": region})
    assert [row.document.document_id for row in listed.rows if row.shown] == ["z"]
    assert listed.chosen["region"] == "330000"


def test_a_region_that_no_document_is_of_chooses_nothing():
    listed = listing([Document("z", "z.txt", "")], {"region": "浙江"})
    assert (listed.shown, listed.chosen["region"]) == (0, "浙江")


# References


def test_references_are_what_the_schema_says_and_slice_out_of_the_text(client):
    body = client.get("/v1/documents/zj-2021-68/references").json()
    responses.ReferencesOut.model_validate(body)
    text = client.get("/v1/documents/zj-2021-68/text").text
    first = body["references"][0]
    assert text[first["start"] : first["end"]] == (
        "《国务院办公厅关于全面加强药品监管能力建设的实施意见》"
    )
    assert first["document_id"] == "state-council-2021-16"
    assert client.get("/v1/documents/none/references").status_code == 404


def test_a_document_without_a_script_has_links_to_its_clauses(client):
    html = page_of(client.get("/documents/zj-2021-68"))
    assert "（一）完善药品安全监管法规制度</a>" in html
    assert 'href="/v1/documents/zj-2021-68/text"' in html
