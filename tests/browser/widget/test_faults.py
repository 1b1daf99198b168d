"""Whatever fails, the widget says what to do."""

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import breaches
from tests.browser.widget.embedded import answering, ask, chat, fulfil, listen, put

pytestmark = pytest.mark.browser


def problem(slug: str, status: int) -> dict[str, Any]:
    body = {"type": f"urn:yiju:problem:{slug}", "status": status, "detail": "细节"}
    return {"body": json.dumps(body), "status": status, "kind": "application/problem+json"}


FAULTS = {
    "away": (None, "连不上问答服务", "network"),
    "no index": (problem("index-unavailable", 503), "还没有可供查阅的文件", "no_index"),
    "5xx": (problem("internal", 500), "暂时无法答复", "busy"),
    "5xx of a proxy": (
        {"body": "<html>Bad gateway", "status": 502, "kind": "text/html"},
        "暂时无法答复",
        "busy",
    ),
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
    field = put(one.page)
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
    put(one.page)
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
    put(one.page)
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
