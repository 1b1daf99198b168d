"""The answer as a page that needs no script: whole, escaped, and with its refusals in words."""

import re
from html import unescape

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.marked_text import parts
from api.official_form import official_form
from api.settings import Settings
from rag.wire import answer_json

QUESTION = "浙江的药品安全专家库由谁牵头？"
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>谁牵头？"


@pytest.fixture(scope="module")
def client(answerer):
    return TestClient(create_app(answerer, Settings()), raise_server_exceptions=False)


def words(html):
    return unescape(re.sub(r"<[^>]+>", "", html))


def test_the_page_holds_the_answer_its_status_and_every_quotation_word_for_word(client, answerer):
    page = client.get("/answer", params={"q": QUESTION})
    assert page.status_code == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    answer = answer_json(answerer.ask(QUESTION))
    told = words(page.text)
    assert "有依据" in told
    for citation in answer["citations"]:
        assert citation["quote"] in told
        assert official_form(citation) in told
    marked = {unescape(each) for each in re.findall("<mark>(.*?)</mark>", page.text, re.DOTALL)}
    assert "（责任单位：省药监局、省科技厅、省卫生健康委按职责分工负责）" in marked
    assert "列第一位的为牵头单位，下同" in marked


def test_the_lead_its_members_and_its_rule_stand_in_a_card(client):
    told = words(client.get("/answer", params={"q": QUESTION}).text)
    card = re.sub(r"\s+", "", told[told.index("责任分工") :])
    assert "牵头单位省药监局其他责任单位省科技厅、省卫生健康委" in card
    assert "牵头依据列第一位的为牵头单位，下同2" in card


def test_units_without_a_lead_are_not_said_to_have_one(client):
    told = words(client.get("/answer", params={"q": "上海的药品全生命周期数智监管由谁牵头？"}).text)
    card = re.sub(r"\s+", "", told[told.index("责任分工") :])
    assert "部分有依据" in told
    assert "牵头单位文件未指定牵头单位责任单位市药品监管局、市卫生健康委" in card


def test_a_question_is_text_and_never_markup(client):
    page = client.get("/answer", params={"q": HOSTILE}).text
    assert "<script>alert" not in page
    assert "<img" not in page
    assert HOSTILE in words(page).replace("\n", "")


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({}, "请先输入问题。"),
        ({"q": "？？"}, "请先输入问题。"),
        ({"q": "谁" * 2001}, "问题太长，请缩短后再问。"),
        ({"q": "谁\x00牵头"}, "问题中含有无法识别的字符，请改用普通文字。"),
        ({"q": "谁牵头？", "region": "月球"}, "筛选条件已不适用，请重新选择后再问。"),
        (
            {"q": "谁牵头？", "region": "浙江", "level": "city"},
            "没有文件同时符合所选的全部条件，请减少一项。",
        ),
    ],
)
def test_a_refusal_says_what_to_do_and_keeps_the_question(client, query, message):
    page = client.get("/answer", params=query)
    assert page.status_code == 422
    assert message in page.text
    (kept,) = re.findall(r"<textarea[^>]*>(.*?)</textarea>", page.text, re.DOTALL)
    assert unescape(kept) == query.get("q", "")


def test_filters_hold_for_the_page_too(client):
    page = client.get("/answer", params={"q": "疫苗监管由谁牵头？", "region": "浙江"})
    assert "绍兴" not in words(page.text)


def test_without_an_index_the_page_says_so_and_in_english_too():
    client = TestClient(create_app(None, Settings()))
    page = client.get("/answer", params={"q": "x", "lang": "en"})
    assert page.status_code == 503
    assert "There are no documents yet." in page.text


def test_a_link_to_a_question_offers_the_page_without_a_script(client):
    page = client.get("/?q=谁牵头？&region=浙江").text
    (link,) = re.findall(r'<noscript>.*?href="([^"]+)"', page, re.DOTALL)
    assert client.get(unescape(link)).status_code == 200
    assert "noscript" not in client.get("/").text


def test_a_quotation_is_cut_without_losing_a_character():
    cut = list(parts("𠮷野家藏书", 10, [(12, 14), (13, 99)]))
    assert [(each.text, each.marked) for each in cut] == [("𠮷野", False), ("家藏书", True)]
