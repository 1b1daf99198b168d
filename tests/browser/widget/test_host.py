"""What a host page is told of the widget, and may have it do."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.widget.embedded import EXAMPLES, QUESTION, chat, listen

pytestmark = pytest.mark.browser


def test_the_host_hears_what_happens_and_no_word_of_a_question(embed, told):
    one = embed("", before=listen)
    one.page.evaluate("q => document.querySelector('yiju-chat').ask(q)", QUESTION)
    one.page.evaluate("document.querySelector('yiju-chat').close()")
    events = one.page.evaluate("events")
    assert [name for name, _ in events] == ["ready", "open", "question", "answer", "close"]
    answer = events[3][1]
    assert answer["status"] == "answered"
    assert answer["citations"][0] == {
        "n": 1,
        "role": "answer",
        "clause_id": told["citations"][0]["clause_id"],
    }
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
