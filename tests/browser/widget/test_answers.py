"""What the widget shows is what the service said, exactly, and leads nowhere else."""

import json
import re
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from rag.wire import answer_json
from tests.browser.conftest import breaches
from tests.browser.widget.embedded import EXAMPLES, answering, ask, chat, highlighted, marked, offer

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[3]
HOSTILE = [
    "javascript:alert(1)",
    "https://evil.example/c/x",
    "//evil.example/c/x",
    "@evil.example/",
]


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
    hrefs = chat(one.page).evaluate(
        "e => [...e.shadowRoot.querySelectorAll('[href], [src]')].map((each) => each.href)"
    )
    clause = "/".join(
        quote(part, safe="") for part in answer["citations"][0]["clause_id"].split("/")
    )
    assert f"{places.site}/c/{clause}" in hrefs
    assert [each for each in hrefs if not each.startswith(f"{places.site}/")] == []
    assert (
        chat(one.page).evaluate("e => e.shadowRoot.querySelectorAll('img, script, iframe').length")
        == 0
    )
    assert places.strangers(one) == []


def test_the_demo_page_works_as_it_stands_but_for_its_ports(places, visit):
    one = visit()
    demo = (ROOT / "docs/examples/widget/index.html").read_text(encoding="utf-8")
    places.hosts.html = demo.replace("http://127.0.0.1:8000", places.site)
    places.hosts.policy = ""
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
    probes = [each for each in questions if "[1]" in answers[each]["answer"]][:40]
    assert len(probes) == 40
    one = embed()
    wrong = []
    for question in probes:
        one.page.evaluate("document.querySelector('yiju-chat').reset()")
        shown = ask(one.page, question)
        shown.locator(".words .chip").first.click()
        mark = int(re.findall(r"\[(\d+)\]", answers[question]["answer"])[0])
        citation = answers[question]["citations"][mark - 1]
        if marked(shown.locator(".clause")) != highlighted(citation):
            wrong.append(question)
    assert wrong == []
