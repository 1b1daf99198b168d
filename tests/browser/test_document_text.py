"""`<yiju-document>`: the whole text as published, and exactly what is cited marked in it."""

from urllib.parse import quote

import pytest
from playwright.sync_api import Page, Route, expect

from eval.bench.reader_scroll import long_text
from tests.browser.conftest import barriers, breaches, until
from tests.browser.site import serving
from tests.made import answerer_of

pytestmark = pytest.mark.browser

ODD = (
    "\ufeff某市关于保护古籍的意见\r\n\r\n各区人民政府：\r\n\r\n"
    "一、总体要求\r\n保护𠮷野家\U0001f4dc藏书，𠀀部古籍。\r\n第二段：\t整理，\t出版。\r\n\r\n"
    "二、重点任务\r\n（一）普查登记。由市文化局牵头，市财政局、市档案局配合。\r\n"
)
MOUNT = """([source, at]) => import(source).then(() => {
  const element = document.createElement("yiju-document");
  window.heard = [];
  for (const name of ["yiju-ready", "yiju-failed"]) {
    document.addEventListener(name, (event) => window.heard.push([name, event.detail]));
  }
  Object.assign(element, at);
  document.querySelector("main").replaceChildren(document.querySelector("h1"), element);
})"""
READY = """() => window.heard.some(([name]) => name === "yiju-ready")"""
SHOWN = """(all) => all.map((clause) => [
  clause.dataset.clauseId,
  [...clause.querySelectorAll(".line")].map((line) => line.textContent).join(""),
])"""
MARKED = """() => [...document.querySelectorAll("yiju-document mark.cited")]
  .map((mark) => mark.textContent).join("")"""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Answers from a document with every odd character, and from one of 2,000 clauses."""
    folder = tmp_path_factory.mktemp("made")
    return answerer_of(
        folder, {"odd": ODD, "long": long_text(2000), "plain": "某县通知\n\n一、办理。\n"}
    )


@pytest.fixture(scope="module")
def place(made):
    with serving(made) as address:
        yield address


def mount(page: Page, site: str, **at: object) -> None:
    """Put the element into the page of a document in place of its reader."""
    page.route("**/pages/reader.js", lambda route: route.fulfill(content_type="text/javascript"))
    first = page.request.get(f"{site}/v1/documents").json()["documents"][0]["id"]
    page.goto(f"{site}/documents/{first}")
    source = page.locator("link[href$='base.css']").get_attribute("href") or ""
    static = source.removesuffix("/styles/base.css")
    page.evaluate(MOUNT, [f"{static}/components/document-text.js", at])


def change(page: Page, **at: object) -> None:
    page.evaluate("() => (window.heard = [])")
    page.evaluate("(at) => Object.assign(document.querySelector('yiju-document'), at)", at)


def ready(page: Page) -> None:
    until(page, READY)


def test_the_text_of_every_clause_is_that_of_the_document(visit, made, place):
    page = visit().page
    mount(page, place, documentId="odd")
    ready(page)
    shown = page.locator("yiju-document [data-clause-id]").evaluate_all(SHOWN)
    text = made.index.text("odd")
    assert shown == [
        [each.clause_id, text[each.start : each.end]]
        for each in made.index.clauses
        if each.document_id == "odd"
    ]


@pytest.mark.parametrize(
    "words",
    ["𠮷野家\U0001f4dc藏书", "，𠀀部", "第二段：\t整理，\t出版", "总体要求\r\n保护𠮷", "市档案局"],
)
def test_exactly_the_cited_characters_are_marked(visit, made, place, words):
    page = visit().page
    start = made.index.text("odd").index(words)
    spans = [{"start": start, "end": start + len(words)}]
    mount(page, place, documentId="odd", spans=spans)
    ready(page)
    assert page.evaluate(MARKED) == words
    expect(page.locator("mark.cited").first).to_be_in_viewport()


def test_spans_may_overlap_and_run_over_several_clauses(visit, made, place):
    page = visit().page
    text = made.index.text("odd")
    start, end = text.index("出版"), text.index("市财政局")
    spans = [{"start": start + 1, "end": end}, {"start": start, "end": start + 3}]
    mount(page, place, documentId="odd", spans=spans)
    ready(page)
    between = "".join(
        text[max(start, each.start) : min(end, each.end)]
        for each in made.index.clauses
        if each.document_id == "odd" and each.end > start and each.start < end
    )
    assert page.evaluate(MARKED) == between
    assert page.evaluate(MARKED).startswith("出版。")


def test_without_spans_the_clause_itself_is_the_one_cited(visit, place):
    page = visit().page
    mount(page, place, documentId="odd", clauseId="odd:二/（一）")
    ready(page)
    cited = page.locator("yiju-document [aria-current='location']")
    expect(cited).to_contain_text("（一）普查登记。")
    assert page.evaluate(MARKED) == ""


def test_a_clause_far_down_a_long_document_lands_at_the_top(visit, place):
    page = visit().page
    wanted = "long:第三十一章/第一千五百条"
    mount(page, place, documentId="long", clauseId=wanted)
    ready(page)
    clause = page.locator(f"[data-clause-id='{wanted}']")
    padding = page.evaluate(
        "parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop)"
    )
    for at in (wanted, "long:第二章/第六十条", "long:第三十九章/第一千九百条"):
        change(page, clauseId=at)
        if at != wanted:
            ready(page)
        clause = page.locator(f"[data-clause-id='{at}']")
        top = clause.evaluate(
            "e => e.getBoundingClientRect().top - parseFloat(getComputedStyle(e).scrollMarginTop)"
        )
        assert abs(top - padding) < 2


def test_another_citation_of_the_same_document_loads_nothing(visit, place):
    opened = visit()
    mount(opened.page, place, documentId="odd", clauseId="odd:一")
    ready(opened.page)
    before = len(opened.requests)
    change(opened.page, clauseId="odd:二/（一）")
    ready(opened.page)
    change(opened.page, documentId="plain", clauseId=None)
    ready(opened.page)
    assert len(opened.requests) == before + 3  # what is known of it, its text, whom it names
    change(opened.page, documentId="odd", clauseId="odd:一")
    ready(opened.page)
    assert len(opened.requests) == before + 3


def test_a_clause_that_is_gone_is_told_and_the_text_is_shown(visit, place):
    page = visit().page
    mount(page, place, documentId="odd", clauseId="odd:九")
    ready(page)
    assert page.evaluate("window.heard") == [["yiju-ready", {"found": False}]]
    expect(page.get_by_role("status")).to_contain_text("所引条款在现有文本中已不存在")
    expect(page.get_by_role("heading", name="二、重点任务")).to_be_visible()


@pytest.mark.parametrize(
    ("fault", "words"),
    [("away", "连不上服务"), ("busy", "服务暂时无法答复"), ("cut", "文件在读取时更新了")],
)
def test_a_failure_says_what_to_do_and_trying_again_helps(visit, place, fault, words):
    page = visit(quiet=False).page

    def fail(route: Route) -> None:
        if fault == "away":
            route.abort()
        elif fault == "busy":
            route.fulfill(status=500, body="{}", content_type="application/problem+json")
        else:
            route.fulfill(status=200, body="短了", content_type="text/plain; charset=utf-8")

    page.route("**/v1/documents/odd/text", fail)
    mount(page, place, documentId="odd", clauseId="odd:一")
    expect(page.get_by_role("alert")).to_contain_text(words)
    assert page.evaluate("window.heard.map(([name]) => name)") == ["yiju-failed"]
    assert breaches(page) == []
    page.unroute("**/v1/documents/odd/text")
    page.get_by_role("button", name="重试").click()
    expect(page.locator("[aria-current='location']")).to_contain_text("一、总体要求")


def test_an_index_exchanged_between_the_two_requests_is_read_again(visit, place):
    page = visit().page
    times = []

    def once(route: Route) -> None:
        times.append(1)
        if len(times) == 1:
            route.fulfill(status=200, body="某县", content_type="text/plain; charset=utf-8")
        else:
            route.continue_()

    page.route("**/v1/documents/odd/text", once)
    mount(page, place, documentId="odd", clauseId="odd:一")
    ready(page)
    assert len(times) == 2
    expect(page.locator("[aria-current='location']")).to_contain_text("一、总体要求")


def test_a_document_that_is_gone_leads_to_the_list(visit, place):
    page = visit(quiet=False).page
    mount(page, place, documentId="no/such", clauseId=None)
    expect(page.get_by_role("alert")).to_contain_text("已不在文件库中")
    expect(page.get_by_role("link", name="查看全部文件")).to_have_attribute("href", "/documents")


def test_units_noise_damage_and_truncation_are_told_in_words(visit, site):
    page = visit().page
    mount(page, site, documentId="zj-2021-68", clauseId="zj-2021-68:二/（二）")
    ready(page)
    clause = page.locator("[aria-current='location']")
    expect(clause).to_contain_text("牵头单位")
    expect(clause.get_by_role("link")).to_have_attribute(
        "href", "/c/" + quote("zj-2021-68:二/", safe="/").replace(":", "%3A") + quote("（一）")
    )
    expect(page.get_by_text("原文在此中断")).to_be_visible()
    expect(page.get_by_text("网页文字，不属于文件内容")).to_be_visible()
    expect(page.get_by_text("预览已结束")).to_be_hidden()
    page.get_by_text("网页文字，不属于文件内容").click()
    expect(page.get_by_text("预览已结束")).to_be_visible()
    assert barriers(page) == []


def test_a_script_in_a_document_stays_text(visit, tmp_path):
    hostile = "<img src=x onerror=alert(1)>某县通知\n\n一、<script>alert(1)</script>办理。\n"
    with serving(answerer_of(tmp_path, {"bad": hostile})) as address:
        opened = visit()
        mount(opened.page, address, documentId="bad")
        ready(opened.page)
        expect(opened.page.locator("yiju-document")).to_contain_text("<script>alert(1)</script>")
        assert opened.page.locator("yiju-document img, yiju-document script").count() == 0
        assert opened.strangers(address) == []
