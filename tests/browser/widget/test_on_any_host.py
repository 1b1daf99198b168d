"""The widget works on hosts of every kind, and leaves them as they were."""

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import breaches
from tests.browser.widget.embedded import (
    EXAMPLES,
    QUESTION,
    answering,
    ask,
    chat,
    highlighted,
    marked,
    put,
)
from tests.browser.widget.hosts import HOSTS

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("tag", ["data-open", "data-mode=inline"], ids=["launcher", "inline"])
@pytest.mark.parametrize("kind", HOSTS)
def test_it_answers_and_shows_the_clause_on_any_host(embed, places, told, kind, tag):
    one = embed(tag, **HOSTS[kind])
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
    assert places.strangers(one) == []


@pytest.mark.parametrize("kind", ["plain", "old libraries"])
def test_a_follow_up_carries_the_conversation(embed, kind):
    one = embed(**HOSTS[kind])
    with one.page.expect_request("**/v1/ask") as asked:
        ask(one.page)
    first = asked.value.post_data_json
    with one.page.expect_request("**/v1/ask") as asked:
        ask(one.page, "它们还负责什么？")
    second = asked.value.post_data_json
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
      [...document.querySelectorAll(":not(script)")].map((each) => each.localName),
      document.styleSheets.length + document.adoptedStyleSheets.length,
    ]"""
    one = embed(head=f"<script>var noted = ({state})();</script>")
    names, builtins, elements, sheets = one.page.evaluate(state)
    before = one.page.evaluate("noted")
    assert names == before[0]
    assert builtins == before[1]
    assert elements == [
        "html",
        "head",
        "title",
        "meta",
        "body",
        "main",
        "h1",
        "p",
        "a",
        "yiju-chat",
    ]
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
    blocked = """
      for (const name of ["localStorage", "sessionStorage", "indexedDB"]) {
        const get = () => { throw new DOMException("blocked", "SecurityError"); };
        Object.defineProperty(window, name, { get });
      }"""
    one = embed(head=f"<script>{blocked}</script>")
    expect(ask(one.page)).to_contain_text("由省药监局牵头")
    assert one.page.context.cookies() == []


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


def test_an_element_that_is_moved_while_it_waits_still_gets_its_answer(embed):
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    one = embed(before=lambda page: page.route("**/v1/ask", hold))
    with one.page.expect_request("**/v1/ask"):
        put(one.page)
    one.page.evaluate("document.querySelector('main').append(document.querySelector('yiju-chat'))")
    one.page.evaluate("new Promise((done) => setTimeout(done))")
    held[0].continue_()
    expect(chat(one.page).locator(".answer")).to_contain_text("由省药监局牵头")


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
