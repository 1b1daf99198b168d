"""The widget by keyboard, for screen readers, on small and enlarged screens."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import barriers
from tests.browser.widget.embedded import EXAMPLES, QUESTION, ask, chat, press_until_focused

pytestmark = pytest.mark.browser


def test_everything_is_reached_by_keyboard_and_nothing_traps(embed):
    one = embed("")
    page, keys = one.page, one.page.keyboard
    launcher = chat(page).get_by_role("button", name="公文问答")
    page.get_by_role("link", name="通知").focus()
    keys.press("Tab")
    expect(launcher).to_be_focused()
    keys.press("Enter")
    field = chat(page).get_by_role("textbox", name="问题")
    expect(field).to_be_focused()
    keys.type(QUESTION)
    keys.press("Enter")
    chip = (
        chat(page)
        .get_by_role("button", name="依据 1：浙政办发〔2021〕68号 第二部分第（二）项")
        .first
    )
    expect(chip).to_be_visible()
    press_until_focused(page, "Shift+Tab", chip)
    keys.press("Enter")
    expect(chip).to_have_attribute("aria-expanded", "true")
    link = chat(page).get_by_role("link", name="阅读全文")
    press_until_focused(page, "Tab", link)
    keys.press("Escape")
    expect(chip).to_be_focused()
    expect(chip).to_have_attribute("aria-expanded", "false")
    keys.press("Escape")
    expect(launcher).to_be_focused()
    expect(launcher).to_have_attribute("aria-expanded", "false")
    keys.press("Shift+Tab")
    expect(page.get_by_role("link", name="通知")).to_be_focused()


def test_an_input_method_is_left_its_enter_and_shift_enter_breaks_the_line(embed, places):
    one = embed()
    field = chat(one.page).get_by_role("textbox")
    field.fill("药品")
    pressed = (
        "(e, init) => e.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', ...init }))"
    )
    for init in ({"isComposing": True}, {"keyCode": 229}):
        field.evaluate(pressed, init)
    field.press("Shift+Enter")
    field.press_sequentially("追溯")
    expect(field).to_have_value("药品\n追溯")
    assert [each for each in one.requests if each.endswith("/v1/ask")] == []


def test_keys_typed_into_it_are_no_shortcuts_of_the_host(embed):
    shortcuts = """
      var pressed = [];
      document.addEventListener("keydown", (event) => {
        pressed.push(event.key);
        event.preventDefault();
      });"""
    one = embed(head=f"<script>{shortcuts}</script>")
    chat(one.page).get_by_role("textbox").press_sequentially("s/")
    expect(chat(one.page).get_by_role("textbox")).to_have_value("s/")
    assert one.page.evaluate("pressed") == []


def test_screen_readers_hear_what_it_is_and_one_announcement_an_answer(embed):
    one = embed("")
    expect(one.page.locator("yiju-chat")).to_match_aria_snapshot(
        """
        - region "公文问答":
          - button "公文问答"
        """
    )
    chat(one.page).get_by_role("button", name="公文问答").click()
    one.page.evaluate(
        """() => {
          globalThis.heard = [];
          const { shadowRoot } = document.querySelector("yiju-chat");
          const status = shadowRoot.querySelector(".panel > [role=status]");
          new MutationObserver(() => status.textContent && heard.push(status.textContent))
            .observe(status, { childList: true });
        }"""
    )
    ask(one.page)
    expect(one.page.locator("yiju-chat")).to_match_aria_snapshot(
        """
        - region "公文问答":
          - button "公文问答" [expanded]
          - dialog "公文问答":
            - heading "公文问答" [level=2]
            - button "新的对话"
            - button "关闭"
            - log "对话记录":
              - heading "你问： 浙江的药品安全专家库由谁牵头？" [level=3]
              - paragraph: 有依据
              - paragraph:
                - text: 由省药监局牵头
                - button "依据 1：浙政办发〔2021〕68号 第二部分第（二）项"
                - text: （依据：文件写明“列第一位的为牵头单位，下同”
                - button "依据 2：浙政办发〔2021〕68号 第二部分第（一）项"
              - group:
                - text: 责任分工
                - term: 牵头单位
                - definition: 省药监局
                - term: 其他责任单位
                - definition: 省科技厅、省卫生健康委
              - group: 依据和相关条款（5）
              - paragraph:
                - button "复制"
            - status: /有依据。由省药监局牵头（依据：/
            - textbox "问题"
            - button "提问"
            - paragraph:
              - link "打开完整页面 （在新标签页打开）"
        """
    )
    heard = one.page.evaluate("heard")
    assert len(heard) == 1
    assert "[1]" not in heard[0]


@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_in_any_state_and_nothing_is_cut_off(embed, width):
    one = embed("", width=width, height=640)
    page = one.page
    assert barriers(page) == []
    chat(page).get_by_role("button", name="公文问答").click()
    expect(chat(page).get_by_role("button", name=EXAMPLES[1])).to_be_visible()
    assert barriers(page) == []
    shown = ask(page)
    shown.locator(".chip").first.click()
    shown.get_by_text("依据和相关条款").click()
    assert barriers(page) == []
    wider = """e => [...e.shadowRoot.querySelectorAll(":not(.unseen)")]
      .filter((each) => each.getBoundingClientRect().right > innerWidth + 1)
      .map((each) => each.outerHTML.slice(0, 80))"""
    assert chat(page).evaluate(wider) == []


def test_a_panel_that_covers_a_phone_gives_way_to_the_page(embed):
    one = embed(width=320, height=640)
    chat(one.page).get_by_role("textbox").focus()
    box = chat(one.page).locator(".panel").bounding_box()
    assert box == {"x": 0, "y": 0, "width": 320, "height": 640}
    one.page.get_by_role("link", name="通知").focus()
    expect(chat(one.page).locator(".panel")).to_be_hidden()
    expect(one.page.get_by_role("link", name="通知")).to_be_focused()


def test_at_400_percent_all_of_it_can_be_reached(embed):
    one = embed(width=320, height=256)  # 1280 by 1024, enlarged fourfold
    shown = ask(one.page)
    for each in (shown.locator(".chip").first, chat(one.page).get_by_role("button", name="提问")):
        each.scroll_into_view_if_needed()
        expect(each).to_be_in_viewport()
