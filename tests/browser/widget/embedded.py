"""Pages of other sites with the widget in them, and what is done there."""

import json
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, Route

from tests.browser.conftest import Watched
from tests.browser.widget.hosts import Hosts

QUESTION = "浙江的药品安全专家库由谁牵头？"
EXAMPLES = ["浙江的药品安全专家库由谁牵头？", "市财政局参与哪些任务？"]
EVENTS = ("ready", "open", "close", "question", "answer", "error")


class Places(NamedTuple):
    """Where the service and the host page are, and what the host page is."""

    site: str
    host: str
    hosts: Hosts

    def strangers(self, one: Watched) -> list[str]:
        """Give the requests that went to neither."""
        ours = {urlsplit(each).netloc for each in (self.site, self.host)}
        return [each for each in one.requests if urlsplit(each).netloc not in ours]


def offer(page: Page, questions: list[str]) -> None:
    """Give these examples, whatever the documents are."""
    examples = {"examples": [{"question": each} for each in questions]}
    page.route("**/v1/examples*", lambda route: fulfil(route, json.dumps(examples)))


def fulfil(route: Route, body: str, *, status: int = 200, kind: str = "application/json") -> None:
    """Answer a request as a service does that allows every origin."""
    headers = {"Access-Control-Allow-Origin": "*"}
    route.fulfill(status=status, body=body, content_type=kind, headers=headers)


def chat(page: Page) -> Locator:
    """Give the first widget of a page."""
    return page.locator("yiju-chat").first


def ask(page: Page, question: str = QUESTION) -> Locator:
    """Ask, and give the answer when it is there."""
    put(page, question)
    answer = chat(page).locator(".turn").last.locator(".answer")
    answer.wait_for()
    return answer


def put(page: Page, question: str = QUESTION) -> Locator:
    """Ask, without waiting for what comes of it, and give the field."""
    field = chat(page).get_by_role("textbox")
    field.fill(question)
    field.press("Enter")
    return field


def marked(shown: Locator) -> list[str]:
    """Give the words that are highlighted."""
    return [str(each.text_content()) for each in shown.locator("mark").all()]


def highlighted(citation: dict[str, Any]) -> list[str]:
    """Give the words that a citation says are to be highlighted."""
    start, quote = citation["source"]["start"], citation["quote"]
    return [quote[each["start"] - start : each["end"] - start] for each in citation["highlights"]]


def answering(page: Page, answer: dict[str, Any], *sentences: str) -> None:
    """Answer every question so, after sentences of a language model."""
    mark = {"worded_by": "model", "mark": "AI生成"}
    told = [("sentence", {"text": each} | mark) for each in sentences]
    told += [("answer", answer), ("done", {})]
    body = "".join(f"event: {name}\ndata: {json.dumps(data)}\n\n" for name, data in told)
    page.route("**/v1/ask", lambda route: fulfil(route, body, kind="text/event-stream"))


def listen(page: Page) -> None:
    """Keep the events that a host hears in its global `events`."""
    names = json.dumps([f"yiju:{each}" for each in EVENTS])
    page.add_init_script(
        "globalThis.events = [];"
        f"for (const name of {names})"
        "  addEventListener(name, (event) => events.push([name.slice(5), event.detail]));"
    )


def press_until_focused(page: Page, key: str, wanted: Locator) -> None:
    """Press a key until an element has the focus, twenty times at most."""
    for _ in range(20):
        page.keyboard.press(key)
        if wanted.evaluate("e => e.getRootNode().activeElement === e"):
            return
    raise AssertionError(f"{key} never led to {wanted}")
