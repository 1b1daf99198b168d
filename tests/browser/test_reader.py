"""The reader of a document: found, followed, searched, cited, and what is seen when it fails."""

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import Locator, Page, expect

from eval.bench.reader_scroll import long_text
from tests.browser.conftest import barriers, breaches, until
from tests.browser.site import serving
from tests.made import answerer_of

pytestmark = pytest.mark.browser

CLAUSE = "/c/" + quote("zj-2021-68:二/（二）")
MARKED = """() => [...document.querySelectorAll("mark.cited")]
  .map((mark) => mark.textContent).join("")"""

# What comes near gets its height, which moves the rest: there when it is so for a second time.
SCROLLED = """() => {
  const clause = document.querySelector("[data-clause-id='shanxi-2021-101:三']");
  const { scrollPaddingTop } = getComputedStyle(document.documentElement);
  const there = Math.abs(clause.getBoundingClientRect().top - parseFloat(scrollPaddingTop)) < 60;
  clause.scrollIntoView();
  const current = document.querySelector("nav.outline-box [aria-current]");
  return there && current?.textContent.includes("三、");
}"""
FOUND = """() => {
  const box = document.querySelector("mark.now")?.getBoundingClientRect();
  return box && box.top >= 0 && box.bottom <= window.innerHeight;
}"""


@pytest.fixture(scope="module")
def long_site(tmp_path_factory):
    """A server of one document of 2,000 clauses."""
    with serving(
        answerer_of(tmp_path_factory.mktemp("long"), {"long": long_text(2000)})
    ) as address:
        yield address


def opened(page: Page, address: str) -> Page:
    """Open a page of the reader, and wait for its text."""
    page.goto(address)
    expect(page.locator("yiju-document .clause").first).to_be_attached()
    return page


def cited(page: Page) -> Locator:
    return page.locator("yiju-document [aria-current='location']")


def test_the_reader_fits_the_screen_and_passes_axe(visit, site):
    page = opened(visit(width=1440).page, f"{site}{CLAUSE}")
    expect(cited(page)).to_be_in_viewport()
    page.get_by_role("searchbox").fill("药品")
    expect(page.get_by_text(re.compile("第 .+ 处，共 .+ 处"))).to_be_visible()
    assert barriers(page, widths=(1440, 1024, 320)) == []


def test_a_citation_s_address_opens_at_the_clause_with_its_words_marked(visit, site, library):
    text = library.text("zj-2021-68")
    start = text.index("省药监局、省科技厅")
    page = visit().page
    opened(page, f"{site}{CLAUSE}?h={start}-{start + 4}")
    expect(cited(page)).to_contain_text("（二）构建药品安全科学监管体系")
    expect(page.locator("mark.cited")).to_be_in_viewport()
    assert page.evaluate(MARKED) == "省药监局"


def test_what_the_reader_is_read_as(visit, site):
    page = opened(visit(width=1440).page, f"{site}{CLAUSE}")
    expect(page.locator("main")).to_match_aria_snapshot(
        """
        - main:
          - paragraph:
            - link "文件"
          - heading "关于全面加强药品监管能力建设的实施意见" [level=1]
          - search:
            - searchbox "在文件中查找"
          - button "复制文件名称"
          - button "打印"
          - navigation "目录":
            - list:
              - listitem:
                - link "一、总体要求"
              - listitem:
                - button "收起二、重点任务" [expanded]
                - link "二、重点任务"
          - region "正文":
            - heading "二、重点任务" [level=2]
        """
    )


def test_the_outline_leads_to_a_clause_its_address_and_back(visit, site):
    page = opened(visit(width=1440).page, f"{site}/documents/shaoxing-draft")
    outline = page.get_by_role("navigation", name="目录")
    outline.get_by_role("button", name="展开附件1").or_(
        outline.get_by_role("button", name="收起附件1")
    ).first.focus()
    link = outline.get_by_role("link", name="四、组织保障")
    link.focus()
    page.keyboard.press("Enter")
    expect(cited(page)).to_contain_text("四、组织保障")
    expect(cited(page)).to_be_focused()
    expect(cited(page)).to_be_in_viewport()
    assert page.url.endswith(quote("shaoxing-draft:附件1/四", safe="/"))
    page.go_back()
    expect(cited(page)).to_have_count(0)
    assert page.url.endswith("/documents/shaoxing-draft")


def test_the_arrow_keys_go_through_the_outline(visit, site):
    page = opened(visit(width=1440).page, f"{site}/documents/state-council-2021-16")
    outline = page.get_by_role("navigation", name="目录")
    top = outline.get_by_role("link", name="二、重点任务")
    top.focus()
    page.keyboard.press("ArrowLeft")
    expect(outline.get_by_role("button", name="展开二、重点任务")).to_be_visible()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    expect(outline.locator(":focus")).to_contain_text("（一）")
    page.keyboard.press("ArrowUp")
    expect(top).to_be_focused()


def test_the_outline_follows_who_scrolls(visit, site):
    page = opened(visit(width=1440).page, f"{site}/documents/shanxi-2021-101")
    outline = page.get_by_role("navigation", name="目录")
    until(page, SCROLLED)
    expect(outline.locator("[aria-current]")).to_contain_text("三、")


def test_on_a_phone_the_outline_is_a_drawer(visit, site):
    page = opened(visit(width=390).page, f"{site}/documents/zj-2021-68")
    button = page.get_by_role("button", name="目录")
    button.click()
    drawer = page.get_by_role("dialog", name="目录")
    expect(drawer).to_be_visible()
    assert breaches(page) == []
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    expect(button).to_be_focused()
    button.click()
    drawer.get_by_role("link", name="二、重点任务").click()
    expect(drawer).to_be_hidden()
    expect(cited(page)).to_be_in_viewport()


def test_words_are_found_whatever_their_case_and_width_and_gone_through(visit, site):
    page = opened(visit().page, f"{site}/documents/zj-2021-68")
    field = page.get_by_role("searchbox")
    field.fill("１５２”数字化 改革")
    status = page.locator("yiju-find [role=status]")
    expect(status).to_have_text("第 1 处，共 1 处")
    expect(page.locator("mark.now")).to_be_in_viewport()
    assert page.locator("mark.hit").all_inner_texts() == ["152”数字化改革"]
    field.fill("省药监局")
    expect(status).to_have_text(re.compile(r"共 \d\d? 处"))
    expect(status).not_to_have_text("第 1 处，共 1 处")
    count = page.locator("mark.hit").count()
    assert count > 3
    first = status.inner_text()
    page.keyboard.press("Enter")
    expect(status).not_to_have_text(first)
    expect(page.locator("mark.now")).to_be_in_viewport()
    page.keyboard.press("Shift+Enter")
    expect(status).to_have_text(first)
    page.keyboard.press("Escape")
    expect(field).to_have_value("")
    expect(page.locator("mark.hit")).to_have_count(0)
    field.fill("无此词句")
    expect(status).to_have_text("没有找到")


def test_a_document_named_in_the_text_is_a_link_to_it(visit, site):
    page = opened(visit().page, f"{site}/documents/zj-2021-68")
    link = page.get_by_role("link", name="国办发〔2021〕16号")
    expect(link).to_have_attribute("href", "/documents/state-council-2021-16")
    link.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("国务院办公厅")


def test_a_clause_is_cited_in_the_form_that_offices_use(visit, site):
    page = visit(permissions=["clipboard-read", "clipboard-write"]).page
    opened(page, f"{site}{CLAUSE}")
    cited(page).get_by_role("button", name="复制出处").click()
    expect(cited(page).get_by_role("button", name="已复制")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == (
        "《关于全面加强药品监管能力建设的实施意见》（浙政办发〔2021〕68号）第二部分第（二）项"
    )
    cited(page).get_by_role("button", name="复制链接").click()
    expect(cited(page).get_by_role("button", name="已复制")).to_have_count(2)
    link = page.evaluate("navigator.clipboard.readText()")
    opened(page, link)
    expect(cited(page)).to_contain_text("（二）构建药品安全科学监管体系")


def test_a_rule_that_makes_a_lead_is_one_click_away(visit, site):
    page = opened(visit().page, f"{site}{CLAUSE}")
    cited(page).get_by_role("link", name="列第一位的为牵头单位").click()
    expect(cited(page)).to_contain_text("（一）完善药品安全监管法规制度")
    expect(cited(page)).to_be_focused()


def test_a_clause_is_chosen_by_the_keyboard_alone(visit, site):
    page = opened(visit().page, f"{site}/documents/zj-2021-68")
    page.get_by_role("link", name="选中一、总体要求").focus()
    page.keyboard.press("Enter")
    expect(cited(page)).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="复制出处")).to_be_focused()


def test_without_a_script_the_clause_is_there(visit, site, library):
    page = visit(java_script_enabled=False).page
    page.goto(f"{site}{CLAUSE}")
    quoted = page.locator("blockquote").text_content()
    assert quoted == library.quote(library.clause("zj-2021-68:二/（二）"))
    assert [page.locator(level).count() for level in ("h1", "h2")] == [1, 1]
    page.get_by_role("link", name="下一条").click()
    expect(page.locator("blockquote")).to_contain_text("（三）优化数字药监体系架构")
    page.get_by_role("link", name="打开全文").click()
    expect(page.get_by_role("link", name="（一）完善药品安全监管法规制度")).to_be_visible()


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/c/" + quote("zj-2021-68:九"), "这一条款已不存在"),
        ("/documents/none", "没有这份文件"),
        ("/nothing", "没有这个页面"),
    ],
)
def test_what_is_not_there_has_a_page_that_leads_on(visit, site, path, title):
    page = visit(quiet=False, width=390).page
    page.goto(f"{site}{path}")
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    assert barriers(page) == []
    if path.startswith("/c/"):
        page.get_by_role("link", name="打开《关于全面加强").click()
    else:
        page.get_by_role("link", name="查看全部文件").click()
    expect(page).to_have_url(re.compile("/documents"))


def test_a_service_that_is_away_is_told_and_tried_again(visit, site):
    page = visit(quiet=False).page
    page.route("**/v1/**", lambda route: route.abort())
    page.goto(f"{site}{CLAUSE}")
    expect(page.get_by_role("alert")).to_contain_text("连不上服务")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert breaches(page) == []
    page.unroute("**/v1/**")
    page.get_by_role("button", name="重试").click()
    expect(cited(page)).to_be_in_viewport()
    expect(page.get_by_role("link", name="二、重点任务", exact=True)).to_be_visible()


def test_the_last_clause_of_2000_is_reached_and_found(visit, long_site):
    page = opened(visit().page, f"{long_site}/c/" + quote("long:第四十章/第一千九百六十条"))
    # An expectation that fails at first describes the whole page, which takes seconds here.
    page.locator("nav.outline-box [aria-current]").wait_for()
    expect(cited(page)).to_be_in_viewport()
    page.get_by_role("searchbox").fill("第一千条")
    until(page, FOUND)


def test_on_paper_there_are_the_text_and_its_name_alone(visit, site):
    page = opened(visit().page, f"{site}/documents/zj-2021-68")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("yiju-document b", has_text="（二）构建药品安全")).to_be_visible()
    for hidden in (page.get_by_role("searchbox"), page.locator("nav.outline-box")):
        expect(hidden).to_be_hidden()
