"""The list of documents: chosen, sorted and linked to, with a script and without one."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import barriers, breaches
from tests.browser.site import serving

pytestmark = pytest.mark.browser


def rows(page):
    return page.get_by_role("row").filter(has=page.get_by_role("rowheader"))


def test_every_state_of_the_list_fits_the_screen_and_passes_axe(visit, site):
    page = visit().page
    page.goto(f"{site}/documents")
    page.get_by_text("5 项信息为推断").click()
    expect(page.get_by_text("the preamble says 经省政府同意").first).to_be_visible()
    assert barriers(page, widths=(1440, 320)) == []
    page.get_by_role("searchbox").fill("没有这样的文件")
    expect(page.get_by_text("没有符合条件的文件")).to_be_visible()
    assert barriers(page, widths=(1440, 320)) == []


def test_the_list_is_read_as_a_table(visit, site):
    page = visit(width=390).page
    page.goto(f"{site}/documents?region=330600")
    expect(page.get_by_role("table")).to_match_aria_snapshot(
        """
        - table "文件":
          - caption: 文件
          - rowgroup:
            - row "文件 发文机关 地区 日期 效力":
              - columnheader "文件"
          - rowgroup:
            - row /关于改革和完善/:
              - rowheader /关于改革和完善/:
                - link "关于改革和完善市域药品安全治理与高质量发展体系的意见（征求意见稿）"
              - cell "未载明"
              - cell "绍兴市 · 市级"
              - cell "未载明日期"
              - cell "征求意见稿"
        """
    )


def test_what_is_chosen_stands_in_the_address_and_is_there_after_going_back(visit, site):
    page = visit().page
    page.goto(f"{site}/documents")
    page.get_by_label("层级").select_option("province")
    page.get_by_role("searchbox").fill("通知")
    expect(page.get_by_role("status")).to_have_text("5 份文件中的 2 份")
    expect(rows(page)).to_have_count(2)
    assert parse_qs(urlsplit(page.url).query) == {"level": ["province"], "q": ["通知"]}
    page.get_by_role("link", name="山西省人民政府办公厅").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("山西省")
    page.go_back()
    expect(rows(page)).to_have_count(2)
    expect(page.get_by_role("searchbox")).to_have_value("通知")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("status")).to_have_text("2 of 5 documents")


def test_words_are_found_whatever_their_width_and_the_filters_are_cleared(visit, site):
    page = visit().page
    page.goto(f"{site}/documents?status=draft")
    expect(rows(page)).to_have_count(1)
    page.get_by_label("效力").select_option("")
    page.get_by_role("searchbox").fill("浙政办发〔２０２１〕 68")
    expect(rows(page)).to_have_count(1)
    page.get_by_role("searchbox").fill("无此文件")
    page.get_by_role("link", name="清除筛选").click()
    expect(rows(page)).to_have_count(5)
    expect(page.get_by_role("searchbox")).to_be_focused()
    assert page.url.endswith("/documents")


def test_the_order_is_the_one_chosen(visit, site):
    page = visit().page
    page.goto(f"{site}/documents")
    expect(rows(page).first).to_contain_text("2025年10月23日")
    page.get_by_label("排序").select_option("region")
    expect(rows(page).first).to_contain_text("国务院办公厅")
    expect(rows(page).last).to_contain_text("绍兴市")


def test_the_keyboard_alone_chooses_and_opens_a_document(visit, site):
    page = visit().page
    page.goto(f"{site}/documents")
    page.get_by_role("searchbox").focus()
    page.keyboard.type("征求意见稿")
    expect(rows(page)).to_have_count(1)
    for _ in range(5):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/documents/shaoxing-draft$"))


def test_without_a_script_a_form_chooses(visit, site):
    page = visit(java_script_enabled=False).page
    page.goto(f"{site}/documents")
    expect(rows(page)).to_have_count(5)
    page.get_by_label("效力").select_option("draft")
    page.get_by_role("button", name="筛选").click()
    expect(rows(page)).to_have_count(1)


@pytest.mark.parametrize("lang", ["zh-CN", "en"])
def test_without_documents_the_page_says_what_to_do(visit, lang):
    with serving(None) as empty:
        page = visit().page
        page.goto(f"{empty}/documents?lang={lang}")
        expect(page.get_by_role("status")).to_contain_text("yiju index")
        assert breaches(page) == []
