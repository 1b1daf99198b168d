"""The widget on pages of other origins: it works there, leaves them as they were, and goes nowhere."""

import copy
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from rag.wire import answer_json
from tests.browser.conftest import Visit, Watched, breaches
from tests.browser.hosts import OLD_LIBRARIES, RESETS, STRICT, Hosts
from tests.browser.site import serving, serving_app

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
QUESTION = "浙江的药品安全专家库由谁牵头？"
EXAMPLES = ["浙江的药品安全专家库由谁牵头？", "市财政局参与哪些任务？"]
HOSTILE = ["javascript:alert(1)", "https://evil.example/c/x", "//evil.example/c/x", "@evil.example/"]
EVENTS = ("ready", "open", "close", "question", "answer", "error")


class Places(NamedTuple):
    """Where the service and the host page are, and what the host page is."""

    site: str
    host: str
    hosts: Hosts


@pytest.fixture(scope="module")
def places(answerer) -> Iterator[Places]:
    hosts = Hosts()
    with (
        serving_app(hosts) as host,
        serving(answerer, allowed_origins=(host,)) as site,
    ):
        yield Places(site, host, hosts)


@pytest.fixture
def embed(places: Places, visit: Visit) -> Callable[..., Watched]:
    """Open a host page with a widget in it."""

    def opened(
        tag: str = "data-open",
        *,
        body: str = "",
        head: str = "",
        lang: str = "zh-CN",
        headers: dict[str, str] | None = None,
        before: Callable[[Page], None] | None = None,
        host: str | None = None,
        **options: Any,
    ) -> Watched:
        one = visit(**options)
        script = f'<script src="{places.site}/widget.js" {tag}></script>'
        hosts = places.hosts
        hosts.body, hosts.head, hosts.lang, hosts.html = body + script, head, lang, ""
        hosts.headers = headers or {}
        offer(one.page, EXAMPLES)
        if before is not None:
            before(one.page)
        one.page.goto(host or places.host)
        return one

    return opened


def offer(page: Page, questions: list[str]) -> None:
    """Give these examples, whatever the documents are."""
    examples = {"examples": [{"question": each} for each in questions]}
    page.route("**/v1/examples*", lambda route: fulfil(route, json.dumps(examples)))


def fulfil(route: Route, body: str, *, status: int = 200, kind: str = "application/json") -> None:
    headers = {"Access-Control-Allow-Origin": "*"}
    route.fulfill(status=status, body=body, content_type=kind, headers=headers)


def chat(page: Page) -> Locator:
    return page.locator("yiju-chat").first


def ask(page: Page, question: str = QUESTION) -> Locator:
    """Ask, and give the answer when it is there."""
    field = chat(page).get_by_role("textbox")
    field.fill(question)
    field.press("Enter")
    answer = chat(page).locator(".turn").last.locator(".answer")
    answer.wait_for()
    return answer


def marked(shown: Locator) -> list[str]:
    return shown.locator("mark").all_text_contents()


def highlighted(citation: dict[str, Any]) -> list[str]:
    start = citation["source"]["start"]
    quote = citation["quote"]
    return [quote[each["start"] - start : each["end"] - start] for each in citation["highlights"]]


def answering(page: Page, answer: dict[str, Any], *sentences: str) -> None:
    """Answer every question so, after sentences of a language model."""
    told = [("sentence", {"text": each, "worded_by": "model", "mark": "AI生成"}) for each in sentences]
    told += [("answer", answer), ("done", {})]
    body = "".join(f"event: {name}\ndata: {json.dumps(data)}\n\n" for name, data in told)
    page.route("**/v1/ask", lambda route: fulfil(route, body, kind="text/event-stream"))


@pytest.fixture(scope="module")
def told(answerer) -> dict[str, Any]:
    """A real answer, as the service sends it."""
    wire: dict[str, Any] = answer_json(answerer.ask(QUESTION))
    return wire


@pytest.fixture
def answer(told) -> dict[str, Any]:
    return copy.deepcopy(told)


def strangers(one: Watched, places: Places) -> list[str]:
    ours = {urlsplit(each).netloc for each in (places.site, places.host)}
    return [each for each in one.requests if urlsplit(each).netloc not in ours]


# On hosts of every kind

HOSTS = {
    "plain": {},
    "strict policy": {"headers": {"Content-Security-Policy": STRICT}},
    "resets": {"head": f"<style>{RESETS}</style>"},
    "old libraries": {"head": f"<script>{OLD_LIBRARIES}</script>"},
    "right to left": {"head": "<style>html { direction: rtl; }</style>"},
}


@pytest.mark.parametrize("tag", ["data-open", "data-mode=inline"], ids=["launcher", "inline"])
@pytest.mark.parametrize("kind", HOSTS)
def test_it_answers_and_shows_the_clause_on_any_host(embed, places, told, kind, tag):
    options = copy.deepcopy(HOSTS[kind])
    if "headers" in options:
        options["headers"] = {name: each.format(site=places.site) for name, each in options["headers"].items()}
    one = embed(tag, **options)
    shown = ask(one.page)
    expect(shown).to_contain_text("由省药监局牵头")
    shown.locator(".chip").first.click()
    clause = shown.locator(".clause")
    expect(clause).to_be_visible()
    assert marked(clause) == highlighted(told["citations"][0])
    assert clause.locator("blockquote").text_content() == told["citations"][0]["quote"]
    panel = chat(one.page).locator(".panel")
    assert panel.evaluate("e => getComputedStyle(e).fontSize") == "16px"
    assert panel.evaluate("e => getComputedStyle(e).letterSpacing") == "normal"
    assert panel.evaluate("e => getComputedStyle(e).direction") == "ltr"
    expect(chat(one.page).get_by_role("button", name="提问")).to_be_in_viewport()
    assert strangers(one, places) == []


@pytest.mark.parametrize("kind", ["plain", "old libraries"])
def test_a_follow_up_carries_the_conversation(embed, kind):
    bodies: list[dict[str, Any]] = []
    one = embed(**HOSTS[kind])  # type: ignore[arg-type]  # head alone
    one.page.on("request", lambda made: made.post_data and bodies.append(json.loads(made.post_data)))
    ask(one.page)
    ask(one.page, "它们还负责什么？")
    first, second = bodies
    assert (first["question"], first["history"], first["stream"]) == (QUESTION, [], True)
    assert [each["role"] for each in second["history"]] == ["user", "assistant"]
    assert second["history"][0]["content"] == QUESTION
    expect(chat(one.page).get_by_text("理解为：")).to_be_visible()


def test_marks_count_code_points_where_a_library_cuts_by_utf_16(embed, answer):
    first = answer["citations"][0]
    first["quote"] = "𠮷𠮷野家😀牵头。"
    first["source"] = first["source"] | {"start": 100, "end": 108}
    first["highlights"] = [{"start": 101, "end": 103}, {"start": 106, "end": 108}]
    one = embed(**HOSTS["old libraries"], before=lambda page: answering(page, answer))
    shown = ask(one.page)
    shown.locator(".chip").first.click()
    assert marked(shown.locator(".clause")) == ["𠮷野", "头。"]


def test_the_host_stays_as_it_was(embed):
    state = """() => [
      Object.getOwnPropertyNames(window).filter((name) => !/^(\\d+|__playwright.*)$/.test(name)),
      [Array, Object, String, Function, Element, Promise, JSON].flatMap((each) =>
        [...Object.getOwnPropertyNames(each), ...Object.getOwnPropertyNames(each.prototype ?? {})]),
      [...document.querySelectorAll("*")].map((each) => each.localName).filter((name) => name !== "script"),
      document.styleSheets.length + document.adoptedStyleSheets.length,
    ]"""
    one = embed(head=f"<script>var noted = ({state})();</script>")
    names, builtins, elements, sheets = one.page.evaluate(state)
    before = one.page.evaluate("noted")
    assert names == before[0]
    assert builtins == before[1]
    assert elements == [*"html head title meta body main h1 p a yiju-chat".split()]
    assert sheets == 0


def test_nothing_is_asked_of_the_service_before_the_launcher_is_opened(embed, places):
    one = embed("")
    assert [each for each in one.requests if places.site in each] == [f"{places.site}/widget.js"]
    chat(one.page).get_by_role("button", name="公文问答").click()
    expect(chat(one.page).get_by_role("button", name=EXAMPLES[1])).to_be_visible()
    assert [each for each in one.requests if places.site in each][1:] == [
        f"{places.site}/v1/examples?lang=zh-CN"
    ]


def test_nothing_is_stored_and_blocked_storage_is_no_matter(embed):
    blocked = "for (const name of ['localStorage', 'sessionStorage', 'indexedDB']) Object.defineProperty(window, name, { get() { throw new DOMException('blocked', 'SecurityError'); } });"
    one = embed(head=f"<script>{blocked}</script>")
    expect(ask(one.page)).to_contain_text("由省药监局牵头")
    assert one.page.context.cookies() == []


# Twice, removed, moved, several


def test_the_same_tag_twice_makes_one_launcher(embed, places):
    again = f'<script src="{places.site}/widget.js" data-open></script>'
    one = embed(body=again)
    expect(one.page.locator("yiju-chat")).to_have_count(1)
    expect(ask(one.page)).to_be_visible()


def test_an_element_that_is_removed_and_put_back_keeps_its_conversation(embed):
    one = embed()
    ask(one.page)
    one.page.evaluate(
        "() => { const e = document.querySelector('yiju-chat'); e.remove(); globalThis.kept = e; }"
    )
    expect(one.page.locator("yiju-chat")).to_have_count(0)
    one.page.evaluate("document.querySelector('main').append(kept)")
    expect(chat(one.page).locator(".answer")).to_have_count(1)
    expect(ask(one.page, "那上海呢？")).to_be_visible()
    expect(chat(one.page).locator(".answer")).to_have_count(2)


def test_several_elements_on_a_page_have_conversations_of_their_own(embed):
    body = '<div id="here"></div><yiju-chat heading="甲" region="浙江省"></yiju-chat>'
    one = embed("data-mode=inline data-target=#here data-title=乙", body=body)
    expect(one.page.locator("#here > yiju-chat[heading=乙]")).to_have_count(1)
    first = one.page.locator("yiju-chat[heading=乙]")
    second = one.page.locator("yiju-chat[heading=甲]")
    second.get_by_role("textbox").fill(QUESTION)
    with one.page.expect_request("**/v1/ask") as made:
        second.get_by_role("button", name="提问").click()
    assert made.value.post_data_json["filters"] == {"region": ["浙江省"]}
    expect(second.locator(".answer")).to_have_count(1)
    expect(first.locator(".turn")).to_have_count(0)
    assert breaches(one.page) == []


def test_a_target_that_is_not_there_is_told_in_the_console(embed):
    one = embed("data-mode=inline data-target=#nowhere", quiet=False)
    expect(one.page.locator("yiju-chat")).to_have_count(0)
    assert one.told == ["yiju: there is no element #nowhere in this page"]


# By keyboard, for screen readers, on small screens


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
    chip = chat(page).get_by_role("button", name="依据 1：浙政办发〔2021〕68号 第二部分第（二）项").first
    expect(chip).to_be_visible()
    for _ in range(20):
        keys.press("Shift+Tab")
        if chip.evaluate("e => e.getRootNode().activeElement === e"):
            break
    expect(chip).to_be_focused()
    keys.press("Enter")
    expect(chip).to_have_attribute("aria-expanded", "true")
    link = chat(page).get_by_role("link", name="阅读全文")
    for _ in range(6):
        keys.press("Tab")
        if link.evaluate("e => e.getRootNode().activeElement === e"):
            break
    expect(link).to_be_focused()
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
    pressed = "(e, init) => e.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', ...init }))"
    for init in ({"isComposing": True}, {"keyCode": 229}):
        field.evaluate(pressed, init)
    field.press("Shift+Enter")
    field.press_sequentially("追溯")
    expect(field).to_have_value("药品\n追溯")
    assert [each for each in one.requests if each.endswith("/v1/ask")] == []


def test_keys_typed_into_it_are_no_shortcuts_of_the_host(embed):
    head = "<script>var pressed = []; document.addEventListener('keydown', (e) => { pressed.push(e.key); e.preventDefault(); });</script>"
    one = embed(head=head)
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
          const status = document.querySelector("yiju-chat").shadowRoot.querySelector(".panel > [role=status]");
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
                - text: 分工
                - term: 牵头
                - definition: 省药监局
                - term: 参与
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


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_in_any_state_and_nothing_is_cut_off(embed, dark, width):
    one = embed("", dark=dark, width=width, height=640)
    page = one.page
    assert breaches(page) == []
    chat(page).get_by_role("button", name="公文问答").click()
    expect(chat(page).get_by_role("button", name=EXAMPLES[1])).to_be_visible()
    assert breaches(page) == []
    shown = ask(page)
    shown.locator(".chip").first.click()
    shown.get_by_text("依据和相关条款").click()
    assert breaches(page) == []
    wider = "e => [...e.shadowRoot.querySelectorAll('*')].filter((each) => each.getBoundingClientRect().right > innerWidth + 1 && !each.closest('.unseen')).map((each) => each.outerHTML.slice(0, 80))"
    assert chat(page).evaluate(wider) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


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


# How it looks and speaks


@pytest.mark.parametrize(
    ("tag", "page_lang", "name"),
    [
        ("", "zh-CN", "公文问答"),
        ("", "zh-HK", "公文問答"),
        ("", "en-GB", "Ask the documents"),
        ("data-lang=zh-TW", "en", "公文問答"),
        ("data-lang=en data-title=Policies", "zh-CN", "Policies"),
        ("", "", "公文问答"),
    ],
)
def test_it_speaks_the_language_of_its_place(embed, tag, page_lang, name):
    one = embed(tag, lang=page_lang)
    expect(chat(one.page).get_by_role("button", name=name)).to_be_visible()


def test_an_answer_is_in_the_language_of_its_question(embed):
    one = embed("data-lang=zh-TW data-open")
    shown = ask(one.page, "Who leads the drug safety expert pool in Zhejiang?")
    expect(shown.locator(".words")).to_have_attribute("lang", "en")
    expect(shown).to_contain_text("leads")
    expect(shown).to_contain_text("有依據")


def test_the_host_themes_it_by_properties_and_parts(embed):
    head = "<style>yiju-chat { --yiju-accent: rgb(1, 2, 3); --yiju-font: monospace; } yiju-chat::part(launcher) { border-radius: 0; }</style>"
    one = embed("", head=head)
    launcher = chat(one.page).get_by_role("button")
    look = launcher.evaluate("e => { const s = getComputedStyle(e); return [s.backgroundColor, s.fontFamily, s.borderRadius]; }")
    assert look == ["rgb(1, 2, 3)", "monospace", "0px"]


@pytest.mark.parametrize(
    ("tag", "direction", "left"),
    [("", "ltr", False), ("", "rtl", True), ("data-position=start", "ltr", True), ("data-position=right", "rtl", False)],
)
def test_it_stands_where_the_host_says(embed, tag, direction, left):
    one = embed(tag, head=f"<style>html {{ direction: {direction}; }}</style>")
    box = chat(one.page).get_by_role("button").bounding_box()
    assert (box["x"] < 640) == left


@pytest.mark.parametrize(("theme", "dark"), [("dark", False), ("light", True)])
def test_a_theme_leads_over_the_readers_choice(embed, theme, dark):
    one = embed(f"data-theme={theme} data-open", dark=dark)
    colour = chat(one.page).locator(".panel").evaluate("e => getComputedStyle(e).colorScheme")
    assert colour == theme


# What the host is told, and may do


def listen(page: Page) -> None:
    names = json.dumps([f"yiju:{each}" for each in EVENTS])
    page.add_init_script(
        f"globalThis.events = []; for (const name of {names}) addEventListener(name, (e) => events.push([name.slice(5), e.detail]));"
    )


def test_the_host_hears_what_happens_and_no_word_of_a_question(embed, told):
    one = embed("", before=listen)
    one.page.evaluate("q => document.querySelector('yiju-chat').ask(q)", QUESTION)
    one.page.evaluate("document.querySelector('yiju-chat').close()")
    events = one.page.evaluate("events")
    assert [name for name, _ in events] == ["ready", "open", "question", "answer", "close"]
    answer = events[3][1]
    assert answer["status"] == "answered"
    assert answer["citations"][0] == {"n": 1, "role": "answer", "clause_id": told["citations"][0]["clause_id"]}
    assert QUESTION not in json.dumps(events, ensure_ascii=False)
    assert "省药监局" not in json.dumps(events, ensure_ascii=False)


def test_the_host_opens_asks_closes_and_begins_anew(embed):
    one = embed("")
    panel = chat(one.page).locator(".panel")
    one.page.evaluate("document.querySelector('yiju-chat').open()")
    expect(panel).to_be_visible()
    one.page.evaluate("q => document.querySelector('yiju-chat').ask(q)", QUESTION)
    expect(chat(one.page).locator(".answer")).to_have_count(1)
    one.page.evaluate("document.querySelector('yiju-chat').reset()")
    expect(chat(one.page).locator(".turn")).to_have_count(0)
    expect(chat(one.page).get_by_role("button", name=EXAMPLES[0])).to_be_visible()
    one.page.evaluate("document.querySelector('yiju-chat').close()")
    expect(panel).to_be_hidden()


# Faults


def problem(slug: str, status: int) -> dict[str, Any]:
    body = {"type": f"urn:yiju:problem:{slug}", "status": status, "detail": "细节"}
    return {"body": json.dumps(body), "status": status, "kind": "application/problem+json"}


FAULTS = {
    "away": (None, "连不上问答服务", "network"),
    "no index": (problem("index-unavailable", 503), "还没有可供查阅的文件", "no_index"),
    "5xx": (problem("internal", 500), "暂时无法答复", "busy"),
    "5xx of a proxy": ({"body": "<html>Bad gateway", "status": 502, "kind": "text/html"}, "暂时无法答复", "busy"),
    "4xx": (problem("unknown-filter-value", 422), "没有接受这个问题：细节", "refused"),
    "no such route": (problem("not-found", 404), "这个地址没有问答服务", "missing"),
    "broken in the middle": (
        {"body": 'event: answer\ndata: {"id": "x", "ans', "kind": "text/event-stream"},
        "答复不完整",
        "broken",
    ),
    "not what was asked for": ({"body": "<html>登录", "kind": "text/html"}, "答复不完整", "broken"),
    "an answer of another form": (
        {"body": 'event: answer\ndata: {"status": "ok"}\n\n', "kind": "text/event-stream"},
        "答复不完整",
        "broken",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_says_what_to_do_and_can_be_tried_again(embed, fault):
    response, words, failure = FAULTS[fault]

    def failing(page: Page) -> None:
        listen(page)
        if response is None:
            page.route("**/v1/ask", lambda route: route.abort())
            page.route("**/livez", lambda route: route.abort())
        else:
            page.route("**/v1/ask", lambda route: fulfil(route, **response))

    one = embed(before=failing, quiet=False)
    field = chat(one.page).get_by_role("textbox")
    field.fill(QUESTION)
    field.press("Enter")
    fault_shown = chat(one.page).locator("[part=error]")
    expect(fault_shown).to_contain_text(words)
    expect(chat(one.page).locator(".panel > [role=status]")).to_contain_text(words)
    assert one.page.evaluate("events.at(-1)[1].failure") == failure
    assert breaches(one.page) == []
    one.page.unroute("**/v1/ask")
    chat(one.page).get_by_role("button", name="重试").click()
    expect(chat(one.page).locator(".answer")).to_contain_text("由省药监局牵头")
    expect(field).to_be_focused()


def test_an_origin_that_is_not_allowed_is_told_so_by_name(embed, places):
    other = places.host.replace("127.0.0.1", "localhost")
    one = embed(host=other, quiet=False)
    field = chat(one.page).get_by_role("textbox")
    field.fill(QUESTION)
    field.press("Enter")
    expect(chat(one.page).locator("[part=error]")).to_contain_text(f"服务没有允许 {other}")
    assert breaches(one.page) == []


def test_no_documents_are_told_before_anything_is_asked(embed):
    nothing = problem("index-unavailable", 503)
    before = lambda page: page.route("**/v1/examples*", lambda route: fulfil(route, **nothing))  # noqa: E731
    one = embed(before=before, quiet=False)
    expect(chat(one.page).get_by_text("还没有可供查阅的文件")).to_be_visible()


def test_a_service_that_says_nothing_is_given_up_and_waiting_can_be_stopped(embed):
    def silent(page: Page) -> None:
        page.clock.install()
        page.route("**/v1/ask", lambda route: None)

    one = embed(before=silent)
    field = chat(one.page).get_by_role("textbox")
    field.fill(QUESTION)
    field.press("Enter")
    expect(chat(one.page).get_by_text("正在查阅文件")).to_be_visible()
    one.page.clock.run_for(9_000)
    expect(chat(one.page).get_by_text("比平时久一些")).to_be_visible()
    one.page.clock.run_for(22_000)
    expect(chat(one.page).locator("[part=error]")).to_contain_text("超过 30 秒没有答复")
    chat(one.page).get_by_role("button", name="重试").click()
    chat(one.page).get_by_role("button", name="停止").click()
    expect(chat(one.page).get_by_text("已停止").first).to_be_visible()


@pytest.mark.parametrize("service", ["", "javascript:alert(1)", "ftp://x.example"])
def test_a_wrong_address_of_the_service_is_told_and_nothing_is_asked(embed, service):
    body = f'<yiju-chat service="{service}"></yiju-chat>'
    one = embed("data-mode=element", body=body)
    expect(chat(one.page).get_by_text("没有写明问答服务的地址，或地址有误")).to_be_visible()
    ask_address = [each for each in one.requests if "/v1/" in each]
    assert ask_address == []


def test_a_question_that_is_too_long_is_not_sent_and_an_endless_answer_stays_inside(embed, answer):
    answer["answer"] = "药" * 20_000 + "[1]\n" + "x" * 20_000
    one = embed(before=lambda page: answering(page, answer))
    field = chat(one.page).get_by_role("textbox")
    field.fill("𠮷" * 2001)
    field.press("Enter")
    expect(chat(one.page).get_by_text("问题有 2,001 字，最多 2,000 字，请缩短。")).to_be_visible()
    expect(chat(one.page).locator(".turn")).to_have_count(0)
    shown = ask(one.page, "𠮷" * 2000)
    log = chat(one.page).get_by_role("log")
    assert log.evaluate("e => e.scrollWidth <= e.clientWidth")
    expect(field).to_be_in_viewport()
    expect(shown).to_be_visible()


# What a model words, what is copied


def test_what_a_language_model_worded_is_marked_while_it_comes_and_after(embed, answer):
    answer |= {"worded_by": "model", "answer": "由省药监局牵头[1]。（AI生成）"}
    one = embed(before=lambda page: answering(page, answer, "由省药监局牵头[1]。"))
    shown = ask(one.page)
    expect(shown.locator(".tag.ai")).to_have_text("AI生成")


def test_an_answer_is_copied_with_its_clauses_in_official_form(embed, told):
    one = embed(permissions=["clipboard-read", "clipboard-write"])
    shown = ask(one.page)
    shown.get_by_role("button", name="复制").click()
    expect(shown.get_by_text("已复制")).to_be_visible()
    assert one.page.evaluate("navigator.clipboard.readText()") == (
        f"{told['answer']}\n\n依据：\n"
        "[1] 《关于全面加强药品监管能力建设的实施意见》（浙政办发〔2021〕68号）第二部分第（二）项\n"
        "[2] 《关于全面加强药品监管能力建设的实施意见》（浙政办发〔2021〕68号）第二部分第（一）项"
    )


def test_a_page_that_may_not_copy_says_what_to_do(embed):
    block = "<script>Object.defineProperty(navigator, 'clipboard', { value: undefined });</script>"
    one = embed(head=block)
    shown = ask(one.page)
    shown.get_by_role("button", name="复制").click()
    expect(shown.get_by_text("请选中文字后手动复制")).to_be_visible()


# Nothing runs, nothing leads astray


@pytest.mark.parametrize("url", HOSTILE)
def test_links_lead_to_the_service_whatever_an_answer_says(embed, places, answer, url):
    markup = "<img src=x onerror=alert(1)><script>alert(2)</script>[x](javascript:alert(3))"
    answer["answer"] += markup
    answer["interpreted_as"] = markup
    answer["reason"] = {"code": "x", "message": markup}
    for each in answer["citations"]:
        each |= {"url": url, "quote": markup + each["quote"], "label": markup}
        each["document"] |= {"title": markup, "number": markup}
    answer["responsibilities"][0]["units"].append(markup)
    one = embed(before=lambda page: answering(page, answer))
    shown = ask(one.page, markup)
    shown.locator(".chip").first.click()
    shown.get_by_text("依据和相关条款").click()
    hrefs = chat(one.page).evaluate("e => [...e.shadowRoot.querySelectorAll('[href], [src]')].map((each) => each.href)")
    clause = "/".join(quote(part, safe="") for part in answer["citations"][0]["clause_id"].split("/"))
    assert f"{places.site}/c/{clause}" in hrefs
    assert [each for each in hrefs if not each.startswith(f"{places.site}/")] == []
    assert chat(one.page).evaluate("e => e.shadowRoot.querySelectorAll('img, script, iframe').length") == 0
    assert strangers(one, places) == []


def test_the_demo_page_works_as_it_stands_but_for_its_ports(places, visit):
    one = visit()
    demo = (ROOT / "docs/examples/widget/index.html").read_text(encoding="utf-8")
    places.hosts.html = demo.replace("http://127.0.0.1:8000", places.site)
    places.hosts.headers = {}
    offer(one.page, EXAMPLES)
    one.page.goto(places.host)
    expect(one.page.locator("yiju-chat")).to_have_count(2)
    expect(ask(one.page)).to_contain_text("由省药监局牵头")
    one.page.locator("yiju-chat[mode=launcher]").get_by_role("button").click()
    expect(one.page.get_by_role("dialog", name="问公文")).to_be_visible()
    assert breaches(one.page) == []


def test_forty_questions_lead_to_exactly_the_characters_that_count(embed, answerer):
    rows = (ROOT / "eval/gold/dev.jsonl").read_text(encoding="utf-8").splitlines()
    questions = [json.loads(row)["question"] for row in rows]
    answers = {each: answer_json(answerer.ask(each)) for each in questions}
    marked_ones = [each for each in questions if re.search(r"\[1\]", answers[each]["answer"])][:40]
    assert len(marked_ones) == 40
    one = embed()
    wrong = []
    for question in marked_ones:
        one.page.evaluate("document.querySelector('yiju-chat').reset()")
        shown = ask(one.page, question)
        shown.locator(".words .chip").first.click()
        mark = int(re.search(r"\[(\d+)\]", answers[question]["answer"])[1])
        citation = answers[question]["citations"][mark - 1]
        if "".join(marked(shown.locator(".clause"))) != "".join(highlighted(citation)):
            wrong.append(question)
    assert wrong == []
