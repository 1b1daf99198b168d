import csv
import io
import json
import logging
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api import responses
from api.app import create_app
from api.settings import Settings
from index.build import read_document
from index.errors import IndexDamagedError, IndexingError
from index.records import SourceText
from rag.errors import EmptyQuestionError, FilterError, QuestionNotTextError, QuestionTooLongError
from rag.records import Filters, Lang, Turn
from tests.api.fakes import CLAUSE, FakeAnswerer

JSON = {"Content-Type": "application/json"}
DOCUMENT = "zj-2021-68"


def client_of(answerer, **settings):
    app = create_app(answerer, Settings(**settings))
    return TestClient(app, raise_server_exceptions=False, follow_redirects=False)


@pytest.fixture
def fake(library):
    return FakeAnswerer(library)


@pytest.fixture
def client(fake):
    return client_of(fake)


@pytest.fixture(scope="module")
def real(answerer):
    return client_of(answerer)


def problem_of(response, status):
    """Check that a response is a problem by RFC 9457, and give it."""
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert "Traceback" not in response.text
    told = response.json()
    responses.Problem.model_validate(told)
    assert told["status"] == status
    assert told["type"].startswith("urn:yiju:problem:")
    assert told["detail"]
    return told


# Answers


def test_an_answer_is_what_the_schema_says(client):
    answer = client.post("/v1/ask", json={"question": "谁牵头？"}).json()
    responses.AnswerOut.model_validate(answer)
    assert answer["citations"][0]["clause_id"] == CLAUSE


def test_a_url_asks_the_same_question(client):
    posted = client.post("/v1/ask", json={"question": "谁牵头？"})
    assert client.get("/v1/ask", params={"question": "谁牵头？"}).content == posted.content


def test_all_that_is_asked_reaches_the_answerer(client, fake):
    client.post(
        "/v1/ask",
        json={
            "question": "谁牵头？",
            "top_k": 3,
            "filters": {"region": ["浙江"], "level": ["province", "city"]},
            "history": [{"role": "user", "content": "x"}],
            "lang": "en",
        },
    )
    assert fake.asked == {
        "top_k": 3,
        "filters": Filters(region=("浙江",), level=("province", "city")),
        "history": (Turn("user", "x"),),
        "lang": Lang.EN,
    }


def test_filters_in_a_url_may_be_repeated(client, fake):
    client.get("/v1/ask?question=x&region=浙江&region=330600&status=draft&top_k=9")
    assert fake.asked["filters"] == Filters(region=("浙江", "330600"), status=("draft",))
    assert fake.asked["top_k"] == 9


def test_a_stream_holds_the_answer_and_its_end(client):
    plain = client.post("/v1/ask", json={"question": "谁牵头？"}).json()
    stream = client.post("/v1/ask", json={"question": "谁牵头？", "stream": True})
    assert stream.headers["content-type"].startswith("text/event-stream")
    first, last, rest = stream.text.split("\n\n")
    assert first.split("\n")[0] == "event: answer"
    assert json.loads(first.split("\n")[1].removeprefix("data: ")) == plain
    assert (last, rest) == ("event: done\ndata: {}", "")


def test_hits_are_citations(client):
    body = client.get("/v1/search?q=疫苗").json()
    responses.HitsOut.model_validate(body)
    (hit,) = body["hits"]
    assert (hit["clause_id"], hit["score"]) == (CLAUSE, 0.5)
    assert "explanation" not in hit


def test_a_hit_is_explained_where_that_is_asked_for(client):
    body = client.get("/v1/search?q=疫苗&explain=true").json()
    responses.HitsOut.model_validate(body)
    features = [
        {"feature": "lexical", "value": 0.9, "adds": -3.25},
        {"feature": "dense", "value": 0.5, "adds": 0.5},
    ]
    assert body["hits"][0]["explanation"] == {
        "score": 2.5, "lexical": 7.25, "dense": 0.5, "features": features,
    }  # fmt: skip


# Refusals


@pytest.mark.parametrize(
    ("error", "status", "slug"),
    [
        (EmptyQuestionError(), 422, "empty-question"),
        (QuestionTooLongError(length=9, limit=8), 422, "question-too-long"),
        (QuestionNotTextError("\ud800"), 422, "question-not-text"),
    ],
)
def test_a_refused_question_is_a_problem_that_says_what_to_do(library, error, status, slug):
    told = problem_of(
        client_of(FakeAnswerer(library, error=error)).post("/v1/ask", json={"question": "?"}),
        status,
    )
    assert told["type"] == f"urn:yiju:problem:{slug}"
    assert told["detail"] == str(error)
    assert told["instance"] == "/v1/ask"


def test_an_unknown_filter_value_lists_the_known_ones(library):
    refusing = FakeAnswerer(library, error=FilterError("region", "火星", ("浙江省", "绍兴市")))
    told = problem_of(client_of(refusing).get("/v1/search?q=x&region=火星"), 422)
    assert (told["key"], told["value"]) == ("region", "火星")
    assert told["known"] == ["浙江省", "绍兴市"]


def test_a_lone_surrogate_in_a_filter_is_told_back(library):
    refusing = FakeAnswerer(library, error=FilterError("region", "\ud800", ()))
    assert problem_of(client_of(refusing).get("/v1/search?q=x"), 422)["value"] == "\ud800"


def test_a_damaged_index_is_503_and_its_folder_is_not_told(library, caplog):
    error = IndexDamagedError(Path("/srv/secret"), "a file is gone", "build it again")
    with caplog.at_level(logging.ERROR):
        response = client_of(FakeAnswerer(library, error=error)).get("/v1/search?q=x")
    assert "/srv/secret" not in response.text
    problem_of(response, 503)
    assert "/srv/secret" in caplog.text


def test_an_error_newer_than_the_table_is_its_base(library):
    class NewError(IndexingError):
        pass

    problem_of(client_of(FakeAnswerer(library, error=NewError("x"))).get("/v1/search?q=x"), 500)


def test_an_unforeseen_error_is_500_and_is_logged_and_not_told(library, caplog):
    broken = FakeAnswerer(library, error=ZeroDivisionError("the secret"))
    response = client_of(broken).post("/v1/ask", json={"question": "x"})
    told = problem_of(response, 500)
    assert "secret" not in response.text
    assert "ZeroDivisionError" in caplog.text
    assert told["type"] == "urn:yiju:problem:internal"


def test_the_log_holds_no_question(client, caplog):
    with caplog.at_level(logging.INFO):
        client.get("/v1/ask?question=机密问题")
    lines = [each.getMessage() for each in caplog.records if each.name.startswith("api")]
    assert any("/v1/ask" in line for line in lines)
    assert not any("机密" in line or "%E6%9C%BA" in line for line in lines)


@pytest.mark.parametrize("body", [b"{", b"", b"{'question': 'x'}", b'{"question": "x"', b"null "])
def test_a_body_that_is_no_json_object_is_refused(client, body):
    response = client.post("/v1/ask", content=body, headers=JSON)
    problem_of(response, response.status_code)
    assert response.status_code == (422 if body.strip() in {b"", b"null"} else 400)


@pytest.mark.parametrize("body", [b'\xff\xfe{"q":1}', '{"question": "监管"}'.encode("gb18030")])
def test_a_body_that_is_not_utf_8_is_400(client, body):
    problem_of(client.post("/v1/ask", content=body, headers=JSON), 400)


def test_a_body_nested_without_end_is_400(client):
    problem_of(client.post("/v1/ask", content=b"[" * 200_000, headers=JSON), 400)


def test_a_form_is_415_and_the_right_type_named(client):
    told = problem_of(client.post("/v1/ask", data={"question": "x"}), 415)
    assert "application/json" in told["detail"]


def test_a_query_that_is_not_utf_8_is_400(client):
    problem_of(client.get("/v1/ask?question=%BC%E0%B9%DC"), 400)


def test_a_body_over_the_limit_is_413_whether_it_says_its_length_or_not(fake):
    small = client_of(fake, max_body_bytes=1000)
    body = json.dumps({"question": "x" * 1000}).encode()
    problem_of(small.post("/v1/ask", content=body, headers=JSON), 413)
    pieces = iter([body[:600], body[600:]])
    problem_of(small.post("/v1/ask", content=pieces, headers=JSON), 413)
    assert small.post("/v1/ask", json={"question": "x" * 900}).status_code == 200


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "question"),
        ({"question": None}, "question"),
        ({"question": "x", "top_k": 51}, "top_k"),
        ({"question": "x", "filters": {"colour": ["red"]}}, "filters.colour"),
        ({"question": "x", "lang": "fr"}, "lang"),
    ],
)
def test_a_field_that_does_not_fit_is_named(client, body, field):
    told = problem_of(client.post("/v1/ask", json=body), 422)
    assert [each["field"] for each in told["errors"]] == [field]
    assert field in told["detail"]


@pytest.mark.parametrize(
    "path",
    ["/v1/search?q=x&regoin=浙江", "/v1/documents?q=x", "/v1/responsibilities?rolle=lead"],
)
def test_an_unknown_parameter_is_not_ignored(client, path):
    assert problem_of(client.get(path), 422)["errors"][0]["message"] == "there is no such field"


@pytest.mark.parametrize(
    "path",
    [
        "/nope",
        "/v1/documents/nope",
        "/v1/documents/nope/text",
        "/v1/clauses/nope",
        "/v1/clauses/../../etc/passwd",
        "/c/nope",
        "/c//evil.example",
        "/docs",
        "/v1/documents/",
        "/v1/documents/%00",
    ],
)
def test_what_is_not_there_is_404(client, path):
    problem_of(client.get(path), 404)


@pytest.mark.parametrize(
    "path", ["/", "/documents", "/tasks", "/widget.js", "/v1/documents", "/livez", "/nowhere"]
)
def test_head_gives_the_headers_of_get_and_no_body(client, path):
    asked, got = client.head(path), client.get(path)
    assert asked.content == b""
    assert got.content
    assert (asked.status_code, asked.headers) == (got.status_code, got.headers)


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("DELETE", "/v1/ask", "GET, POST"),
        ("POST", "/v1/documents", "GET"),
        ("PUT", f"/v1/clauses/{CLAUSE}", "GET"),
    ],
)
def test_a_wrong_method_is_405_and_all_right_ones_are_named(client, method, path, allowed):
    response = client.request(method, path)
    problem_of(response, 405)
    assert response.headers["allow"] == allowed


def test_without_an_index_the_service_lives_and_says_why_it_cannot_answer():
    app = create_app(None, Settings(), unready="the index is being built")
    empty = TestClient(app)
    assert empty.get("/livez").json() == {"status": "ok"}
    ready = empty.get("/readyz")
    assert ready.status_code == 503
    assert ready.json() == {"status": "unready", "reason": "the index is being built"}
    for path in ("/v1/ask?question=x", "/v1/documents", f"/c/{CLAUSE}", "/v1/responsibilities"):
        assert problem_of(empty.get(path), 503)["detail"] == "the index is being built"


# Documents


def test_documents_are_listed_whole_or_by_filter(client):
    listed = client.get("/v1/documents").json()
    responses.DocumentsOut.model_validate(listed)
    assert len(listed["documents"]) == 5

    def ids(query):
        return [each["id"] for each in client.get(f"/v1/documents?{query}").json()["documents"]]

    assert ids("region=浙江") == ids("region=浙江省") == ids("region=330000") == [DOCUMENT]
    assert ids("region=紹興市") == ["shaoxing-draft"]
    assert ids("level=city") == ids("status=draft") == ["shaoxing-draft"]
    assert len(ids("level=city&level=province")) == 4


@pytest.mark.parametrize("path", ["documents", "responsibilities"])
def test_filters_that_no_document_meets_are_refused_as_for_a_question(client, path):
    told = problem_of(client.get(f"/v1/{path}?level=national&status=draft"), 422)
    assert told["type"] == "urn:yiju:problem:contradictory-filters"
    assert told["detail"] == "no document meets all of the filters (status, level); drop one"


@pytest.mark.parametrize("query", ["region=火星", "region=广东", "level=town", "status=old"])
def test_an_unknown_value_of_a_document_filter_lists_the_known_ones(client, query):
    told = problem_of(client.get(f"/v1/documents?{query}"), 422)
    assert told["key"] == query.partition("=")[0]
    assert told["known"]


def test_a_document_has_its_outline_in_order(client, library):
    detail = client.get(f"/v1/documents/{DOCUMENT}").json()
    responses.DocumentDetail.model_validate(detail)
    own = [c.clause_id for c in library.clauses if c.document_id == DOCUMENT]
    assert [clause["clause_id"] for clause in detail["clauses"]] == own


def test_a_text_is_served_character_for_character(client, library):
    for document in library.documents:
        response = client.get(f"/v1/documents/{document.document_id}/text")
        assert response.headers["content-type"] == "text/plain; charset=utf-8"
        assert response.content.decode("utf-8") == library.text(document.document_id)


def test_a_byte_order_mark_and_carriage_returns_are_served_too():
    text = "\ufeff一、总则\r\n本办法\u2028自发布之日起施行。\r"
    read = read_document(SourceText("a.txt", text, "utf-8", "0" * 64))

    class OneText:
        index = type(
            "Texts",
            (),
            {"document": lambda _, i: read.document, "text": lambda _, i: read.text},
        )()

    assert client_of(OneText()).get("/v1/documents/a/text").content.decode("utf-8") == text


def test_every_clause_is_found_by_its_id_and_its_words_stand_where_it_says(client, library):
    for clause in library.clauses[:40]:
        detail = client.get(f"/v1/clauses/{clause.clause_id}").json()
        responses.ClauseDetail.model_validate(detail)
        source = detail["source"]
        text = library.text(clause.document_id)
        assert text[source["start"] : source["end"]] == detail["quote"]


def test_a_clause_knows_its_neighbours_and_children(client, library):
    detail = client.get(f"/v1/clauses/{CLAUSE}").json()
    assert (detail["previous"], detail["next"]) == (f"{DOCUMENT}:二", f"{DOCUMENT}:二/（二）")
    parent = client.get(f"/v1/clauses/{DOCUMENT}:二").json()
    assert parent["children"][0] == CLAUSE
    own = [c for c in library.clauses if c.document_id == DOCUMENT and not c.noise]
    assert client.get(f"/v1/clauses/{own[0].clause_id}").json()["previous"] is None
    assert client.get(f"/v1/clauses/{own[-1].clause_id}").json()["next"] is None


def test_a_citations_address_leads_to_its_clause(client):
    response = client.get(f"/c/{CLAUSE}")
    assert response.status_code == 307
    assert client.get(response.headers["location"]).json()["clause_id"] == CLAUSE


# The task table


def rows_of(client, query=""):
    body = client.get(f"/v1/responsibilities?{query}").json()
    responses.TasksOut.model_validate(body)
    return body["responsibilities"]


def test_the_task_table_has_a_row_for_each_list(client, library):
    assert len(rows_of(client)) == sum(len(c.responsibilities) for c in library.clauses)


def test_a_row_says_who_leads_and_where_it_is_written(client, library):
    row = rows_of(client, f"document_id={DOCUMENT}")[0]
    assert (row["clause_id"], row["task"]) == (CLAUSE, "完善药品安全监管法规制度")
    assert row["lead"] == "省药监局"
    assert row["members"] == ["省司法厅", "省农业农村厅", "省卫生健康委", "省市场监管局"]
    source = row["source"]
    assert "省司法厅" in library.text(DOCUMENT)[source["start"] : source["end"]]


def test_a_unit_is_found_by_its_name_its_end_and_in_traditional_characters(client):
    by_name = rows_of(client, "unit=省药监局&role=lead")
    assert by_name
    assert all("省药监局" in row["leads"] for row in by_name)
    ended = rows_of(client, f"unit=药监局&role=lead&document_id={DOCUMENT}")
    assert ended == rows_of(client, f"unit=省药監局&role=lead&document_id={DOCUMENT}")
    assert rows_of(client, "unit=火星局") == []


def test_a_member_is_listed_and_does_not_lead(client):
    rows = rows_of(client, f"unit=省药监局&role=member&document_id={DOCUMENT}")
    assert [row["lead"] for row in rows] == ["省委组织部"]


def test_the_task_table_comes_as_csv_for_a_spreadsheet(client):
    response = client.get(f"/v1/responsibilities?format=csv&document_id={DOCUMENT}")
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert response.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[0]["lead"] == "省药监局"


# The rest


def test_the_front_page_has_a_form_that_asks_without_a_script(client):
    response = client.get("/")
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    policy = response.headers["content-security-policy"]
    assert "default-src 'none'; script-src 'self'; style-src 'self'" in policy
    assert "unsafe" not in policy
    form = response.text[response.text.index("<form") : response.text.index("</form>")]
    assert 'action="/answer" method="get"' in form
    assert '<textarea id="question" name="q"' in form
    assert 'data-longest="2000"' in form


def test_every_response_has_the_security_headers(client):
    for path in ("/", "/livez", "/nope", "/v1/documents", "/v1/ask"):
        headers = client.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]


def test_other_origins_may_call_only_if_allowed(fake, client):
    origin = {"Origin": "https://a.gov.cn"}
    assert "access-control-allow-origin" not in client.get("/livez", headers=origin).headers
    allowing = client_of(fake, allowed_origins=("https://a.gov.cn",))
    allowed = allowing.get("/livez", headers=origin).headers["access-control-allow-origin"]
    assert allowed == "https://a.gov.cn"
    other = allowing.get("/livez", headers={"Origin": "https://b.example"})
    assert "access-control-allow-origin" not in other.headers


def test_openapi_names_every_route_and_its_refusals(client):
    described = client.get("/openapi.json").json()
    assert {"/v1/ask", "/v1/search", "/v1/documents", "/v1/responsibilities"} < set(
        described["paths"]
    )
    refusals = described["paths"]["/v1/ask"]["post"]["responses"]
    assert "application/problem+json" in refusals["422"]["content"]
    assert "HTTPValidationError" not in described["components"]["schemas"]


def test_a_root_path_leads_links_and_redirects(fake):
    app = create_app(fake, Settings())
    behind = TestClient(app, root_path="/yiju", follow_redirects=False)
    assert 'action="/yiju/answer"' in behind.get("/").text
    assert behind.get(f"/c/{CLAUSE}").headers["location"].startswith("/yiju/v1/clauses/")
    assert behind.delete("/v1/ask").headers["allow"] == "GET, POST"


# The real answerer


def test_real_answers_and_hits_are_what_the_schema_says(real):
    for question in ("浙江省完善药品安全监管法规制度由谁牵头？", "今天天气怎么样？"):
        responses.AnswerOut.model_validate(real.post("/v1/ask", json={"question": question}).json())
    hits = real.get("/v1/search?q=疫苗监管&top_k=3").json()
    responses.HitsOut.model_validate(hits)
    assert 1 <= len(hits["hits"]) <= 3


def test_the_same_question_gives_the_same_bytes_apart_from_id_and_timings(real):
    def asked():
        body = real.post("/v1/ask", json={"question": "上海市打造协同创新生态由谁负责？"}).json()
        del body["id"], body["timings_ms"]
        return json.dumps(body)

    assert asked() == asked()


@pytest.mark.parametrize(
    "question",
    ["", " \t\n", "\u3000", "😀😀😀", "？！。", "谁" * 100_000, "谁\x00牵头", "谁\x1b[31m牵头"],
)
def test_a_question_that_is_none_is_422_by_url_and_by_body(real, question):
    problem_of(real.post("/v1/ask", json={"question": question}), 422)
    if len(question) < 1000:
        problem_of(real.get("/v1/ask", params={"question": question}), 422)
        problem_of(real.get("/v1/search", params={"q": question}), 422)


def test_a_lone_surrogate_is_422(real):
    body = b'{"question": "\\ud800\xe8\xb0\x81"}'
    problem_of(real.post("/v1/ask", content=body, headers=JSON), 422)


def test_real_filters_are_checked(real):
    for filters in ({"region": ["火星"]}, {"document_id": ["nope"]}, {"status": ["old"]}):
        told = problem_of(
            real.post("/v1/ask", json={"question": "谁牵头？", "filters": filters}), 422
        )
        assert told["known"]


# Comparisons


def compared(client, query):
    response = client.get(f"/v1/compare?{query}")
    assert response.status_code == 200
    told = response.json()
    responses.ComparisonOut.model_validate(told)
    return told


def test_a_subject_comes_side_by_side_with_what_differs_and_the_chain(real):
    told = compared(real, "topic=药品追溯体系")
    assert set(told) == {
        "topic",
        "rows",
        "lacking",
        "missing",
        "differences",
        "shared",
        "chain",
    }
    assert told["topic"] == "药品追溯体系"
    assert [row["n"] for row in told["rows"]] == list(range(1, len(told["rows"]) + 1))
    assert told["rows"][0]["clause_id"] == "state-council-2021-16:二/（十三）"
    assert told["chain"][1]["link"]["clause_id"] == "shanxi-2021-101:preamble"


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("region=浙江&region=上海", {"zj-2021-68", "shanghai-2025-30"}),
        ("document_id=zj-2021-68", {"zj-2021-68"}),
        ("level=city", {"shaoxing-draft"}),
        ("status=draft", {"shaoxing-draft"}),
    ],
)
def test_a_comparison_keeps_to_the_documents_asked_for(real, query, ids):
    told = compared(real, f"topic=药品追溯&{query}")
    assert {row["document"]["id"] for row in told["rows"]} == ids


def test_a_comparison_comes_as_csv_with_the_documents_that_lack_it(real):
    response = real.get("/v1/compare?topic=疫苗批签发&format=csv")
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert response.content.startswith("\ufeff".encode())
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    shanghai = next(row for row in rows if row["document_id"] == "shanghai-2025-30")
    assert shanghai["only_units"] == "市药品监管局"
    assert shanghai["only_deadlines"] == "季节性流感疫苗的批签发时限缩短至30个工作日"
    lacking = next(row for row in rows if row["document_id"] == "zj-2021-68")
    assert (lacking["n"], lacking["clause_id"], lacking["units"]) == ("", "", "")


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        ("topic=", "empty-topic"),
        ("topic=%20%3F", "empty-topic"),
        ("topic=谁牵头", "empty-topic"),
        (f"topic={'药' * 2001}", "question-too-long"),
        ("topic=药%00", "question-not-text"),
        ("topic=药品追溯&region=火星", "unknown-filter-value"),
        ("topic=药品追溯&document_id=none", "unknown-filter-value"),
        ("", "invalid-request"),
        ("topic=药品追溯&regoin=浙江", "invalid-request"),
        ("topic=药品追溯&format=xml", "invalid-request"),
    ],
)
def test_a_comparison_that_cannot_be_made_is_refused_with_the_reason(real, query, kind):
    told = problem_of(real.get(f"/v1/compare?{query}"), 422)
    assert told["type"] == f"urn:yiju:problem:{kind}"


def test_without_an_index_nothing_is_compared():
    problem_of(client_of(None).get("/v1/compare?topic=药品追溯"), 503)
