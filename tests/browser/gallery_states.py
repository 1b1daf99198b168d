"""Every state of every page that a designer looks at, and how it is reached."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from playwright.sync_api import Page, expect

from rag.answer import Answerer
from rag.wire import answer_json

LED = "浙江的药品安全专家库由谁牵头？"
UNLED = "上海的药品全生命周期数智监管由谁牵头？"
DRAFTED = "绍兴征求意见稿里打造医药创新雨林生态由谁负责？"
SEVERAL = "浙江和上海在药品追溯上有什么不同？"
UNSTATED = "上海生物医药产品注册指导服务的完成时限是哪一年？"
CLAUSE = "/c/" + quote("zj-2021-68:二/（二）")


@dataclass(frozen=True, slots=True)
class Places:
    """Where the pages are."""

    site: str
    empty: str
    host: str
    corpus: str
    answerer: Answerer


Reach = Callable[[Page, Places], None]


@dataclass(frozen=True, slots=True)
class State:
    """How a state is reached, and whether only what is in sight of it counts."""

    reach: Reach
    in_sight: bool = False
    widths: tuple[str, ...] = ("1440", "1024", "390")
    options: dict[str, Any] = field(default_factory=dict)


STATES: dict[str, State] = {}


def state(name: str, **options: Any) -> Callable[[Reach], Reach]:
    """Enter a state under its name."""

    def entered(reach: Reach) -> Reach:
        STATES[name] = State(reach, **options)
        return reach

    return entered


def answered(page: Page) -> None:
    """Wait for the last answer."""
    expect(page.locator("article.turn").last).to_have_attribute("aria-busy", "false")


def put(page: Page, question: str) -> None:
    """Ask without waiting."""
    page.locator("#question").fill(question)
    page.locator(".asking .button.main").click()


def asked(page: Page, site: str, question: str, extra: str = "") -> None:
    """Open the link to a question, and wait for its answer."""
    page.goto(f"{site}/?q={quote(question)}{extra}")
    answered(page)


def stream(*events: tuple[str, object]) -> dict[str, Any]:
    """Give a response of server-sent events."""
    body = "".join(f"event: {name}\ndata: {json.dumps(data)}\n\n" for name, data in events)
    return {"status": 200, "content_type": "text/event-stream", "body": body}


# The ask page


@state("ask-empty")
def _(page: Page, at: Places) -> None:
    page.goto(f"{at.site}/")
    expect(page.locator(".questions .question")).to_have_count(6)


@state("ask-empty-en")
def _(page: Page, at: Places) -> None:
    page.goto(f"{at.site}/?lang=en")
    expect(page.locator(".questions .question")).to_have_count(6)


@state("ask-answer")
def _(page: Page, at: Places) -> None:
    asked(page, at.site, LED)


@state("ask-answer-en")
def _(page: Page, at: Places) -> None:
    asked(page, at.site, "Who leads the drug safety expert pool in Zhejiang?", "&lang=en")


@state("ask-several")
def _(page: Page, at: Places) -> None:
    asked(page, at.site, SEVERAL)


@state("ask-partial")
def _(page: Page, at: Places) -> None:
    asked(page, at.site, UNLED)


@state("ask-not-stated")
def _(page: Page, at: Places) -> None:
    asked(page, at.site, UNSTATED)


@state("ask-not-found")
def _(page: Page, at: Places) -> None:
    asked(page, at.site, "北京的疫苗由谁牵头")


@state("ask-draft")
def _(page: Page, at: Places) -> None:
    asked(page, at.site, DRAFTED)


@state("ask-truncated-model")
def _(page: Page, at: Places) -> None:
    answer = answer_json(at.answerer.ask(LED)) | {"worded_by": "model"}
    answer["citations"][0] |= {"damaged": True, "truncated": True}
    answer["citations"][1]["document"]["status"] = "repealed"
    sole = {"lead": None, "leads": [], "units": ["省药监局"], "lead_basis": None}
    answer["responsibilities"].append(answer["responsibilities"][0] | sole)
    page.route("**/v1/ask", lambda route: route.fulfill(**stream(("answer", answer), ("done", {}))))
    asked(page, at.site, LED)


@state("ask-follow-up")
def _(page: Page, at: Places) -> None:
    asked(page, at.site, "浙江的药品安全协同监管机制由谁牵头？")
    put(page, "那上海呢？")
    answered(page)


@state("ask-follow-up-sight", in_sight=True)
def _(page: Page, at: Places) -> None:
    STATES["ask-follow-up"].reach(page, at)


@state("ask-filters", in_sight=True)
def _(page: Page, at: Places) -> None:
    page.goto(f"{at.site}/")
    page.locator(".filters > summary").click()
    page.get_by_role("checkbox", name="浙江省", exact=True).check()
    page.get_by_role("checkbox", name="现行", exact=True).check()


@state("ask-filtered", in_sight=True)
def _(page: Page, at: Places) -> None:
    asked(page, at.site, LED, f"&region={quote('浙江省')}&document={quote('zj-2021-68')}")


@state("ask-filters-many", in_sight=True)
def _(page: Page, at: Places) -> None:
    page.goto(f"{at.corpus}/")
    page.locator(".filters > summary").click()


@state("ask-preview", in_sight=True)
def _(page: Page, at: Places) -> None:
    asked(page, at.site, LED)
    page.locator(".words .chip").first.hover()
    expect(page.get_by_role("tooltip")).to_be_visible()


@state("ask-source", in_sight=True)
def _(page: Page, at: Places) -> None:
    asked(page, at.site, LED)
    page.locator(".words .chip").first.click()
    page.locator("yiju-document mark.cited").first.wait_for()
    page.wait_for_timeout(400)


@state("ask-recent")
def _(page: Page, at: Places) -> None:
    kept = json.dumps([LED, UNLED, SEVERAL])
    page.add_init_script(f"localStorage.setItem('yiju.recent', {json.dumps(kept)})")
    page.goto(f"{at.site}/")
    expect(page.locator(".questions.plain .question").first).to_be_visible()


@state("ask-too-long", in_sight=True)
def _(page: Page, at: Places) -> None:
    page.goto(f"{at.site}/")
    page.locator("#question").fill("谁牵头" * 700)


@state("ask-waiting", in_sight=True)
def _(page: Page, at: Places) -> None:
    page.route("**/v1/ask", lambda _: None)
    page.goto(f"{at.site}/")
    put(page, LED)
    expect(page.locator(".reply .loading")).to_be_visible()


@state("ask-slow", in_sight=True)
def _(page: Page, at: Places) -> None:
    page.clock.install()
    page.route("**/v1/ask", lambda _: None)
    page.goto(f"{at.site}/")
    put(page, LED)
    page.clock.fast_forward(6000)
    expect(page.locator(".reply .loading")).to_contain_text("仍在等待")


def _failing(name: str, **response: Any) -> None:
    @state(name, in_sight=True)
    def _(page: Page, at: Places) -> None:
        def fail(route: Any) -> None:
            route.fulfill(**response) if response else route.abort()

        page.route("**/v1/ask", fail)
        page.goto(f"{at.site}/")
        put(page, LED)
        answered(page)


_failing("ask-away")
_failing("ask-5xx", status=500, body="")
_failing("ask-broken", **stream(("sentence", {"text": "由某局", "mark": "AI生成"})))


@state("ask-no-index")
def _(page: Page, at: Places) -> None:
    page.goto(f"{at.empty}/")
    page.wait_for_timeout(300)


@state("ask-without-script", options={"java_script_enabled": False})
def _(page: Page, at: Places) -> None:
    page.goto(f"{at.site}/answer?q={quote(LED)}")


@state("ask-print")
def _(page: Page, at: Places) -> None:
    page.emulate_media(media="print")
    asked(page, at.site, LED)


@state("ask-focus", in_sight=True)
def _(page: Page, at: Places) -> None:
    asked(page, at.site, LED)
    page.locator(".words .chip").nth(1).focus()
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")


# Documents


@state("documents")
def _(page: Page, at: Places) -> None:
    page.goto(f"{at.site}/documents")


@state("documents-many")
def _(page: Page, at: Places) -> None:
    page.goto(f"{at.corpus}/documents")


@state("documents-filtered")
def _(page: Page, at: Places) -> None:
    page.goto(f"{at.site}/documents")
    page.locator("#region").select_option(label="浙江省（1）")
    page.wait_for_timeout(300)


@state("documents-none")
def _(page: Page, at: Places) -> None:
    page.goto(f"{at.site}/documents?q={quote('渔业')}")


@state("documents-en")
def _(page: Page, at: Places) -> None:
    page.goto(f"{at.site}/documents?lang=en")


@state("documents-no-index")
def _(page: Page, at: Places) -> None:
    page.goto(f"{at.empty}/documents")


def _read(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("yiju-document .clause").first.wait_for(state="attached")
    page.wait_for_timeout(500)


@state("reader", in_sight=True)
def _(page: Page, at: Places) -> None:
    _read(page, f"{at.site}/documents/zj-2021-68")


@state("reader-clause", in_sight=True)
def _(page: Page, at: Places) -> None:
    _read(page, f"{at.site}{CLAUSE}")


@state("reader-en", in_sight=True)
def _(page: Page, at: Places) -> None:
    _read(page, f"{at.site}{CLAUSE}?lang=en")


@state("reader-draft", in_sight=True)
def _(page: Page, at: Places) -> None:
    _read(page, f"{at.site}/documents/shaoxing-draft")


@state("reader-search", in_sight=True)
def _(page: Page, at: Places) -> None:
    _read(page, f"{at.site}/documents/zj-2021-68")
    page.get_by_role("searchbox").fill("药监局")
    page.wait_for_timeout(400)


@state("reader-outline", in_sight=True, widths=("1024", "390"))
def _(page: Page, at: Places) -> None:
    _read(page, f"{at.site}{CLAUSE}")
    button = page.get_by_role("button", name="目录", exact=True)
    if button.is_visible():
        button.click()


@state("reader-noise", in_sight=True)
def _(page: Page, at: Places) -> None:
    _read(page, f"{at.site}/documents/shaoxing-draft")
    page.locator("yiju-document .noise summary").first.click()
    page.locator("yiju-document .noise").first.scroll_into_view_if_needed()


@state("reader-units", in_sight=True)
def _(page: Page, at: Places) -> None:
    _read(page, f"{at.site}/c/{quote('shanghai-2025-30:六/（二十二）')}")


@state("reader-truncated", in_sight=True)
def _(page: Page, at: Places) -> None:
    _read(page, f"{at.site}/c/{quote('zj-2021-68:二/（五）')}")


@state("reader-without-script", options={"java_script_enabled": False})
def _(page: Page, at: Places) -> None:
    page.goto(f"{at.site}{CLAUSE}")


@state("reader-away", in_sight=True)
def _(page: Page, at: Places) -> None:
    page.route("**/v1/**", lambda route: route.abort())
    page.goto(f"{at.site}{CLAUSE}")
    page.get_by_role("alert").wait_for()


@state("reader-print")
def _(page: Page, at: Places) -> None:
    _read(page, f"{at.site}{CLAUSE}")
    page.emulate_media(media="print")


@state("error-clause", in_sight=True)
def _(page: Page, at: Places) -> None:
    page.goto(f"{at.site}/c/{quote('zj-2021-68:九')}")


@state("error-document", in_sight=True)
def _(page: Page, at: Places) -> None:
    page.goto(f"{at.site}/documents/none")


@state("error-page", in_sight=True)
def _(page: Page, at: Places) -> None:
    page.goto(f"{at.site}/nothing")


# Tasks


def _tasks(name: str, query: str, **options: Any) -> None:
    @state(name, **options)
    def _(page: Page, at: Places) -> None:
        page.goto(f"{at.site}/tasks?{query}")
        page.get_by_role("tablist").or_(page.locator(".note")).first.wait_for()
        page.wait_for_timeout(300)


_tasks("tasks", "")
_tasks("tasks-en", "lang=en")
_tasks("tasks-unit", f"unit={quote('药监局')}&role=lead&region={quote('浙江省')}")
_tasks("tasks-matrix", "view=matrix")
_tasks("tasks-matrix-sight", "view=matrix", in_sight=True)
_tasks("tasks-chart", "view=chart")
_tasks("tasks-none", f"unit={quote('渔业局')}&region={quote('山西省')}")
_tasks("tasks-wrong-filter", f"region={quote('火星')}")


@state("tasks-choices", in_sight=True)
def _(page: Page, at: Places) -> None:
    page.goto(f"{at.site}/tasks")
    page.get_by_role("tablist").wait_for()
    page.locator(".choice summary").first.click()


@state("tasks-no-index")
def _(page: Page, at: Places) -> None:
    page.goto(f"{at.empty}/tasks")
    page.wait_for_timeout(300)


@state("tasks-away", in_sight=True)
def _(page: Page, at: Places) -> None:
    page.route("**/v1/**", lambda route: route.abort())
    page.goto(f"{at.site}/tasks")
    page.wait_for_timeout(500)


@state("tasks-print")
def _(page: Page, at: Places) -> None:
    page.goto(f"{at.site}/tasks?region={quote('浙江省')}")
    page.get_by_role("tablist").wait_for()
    page.emulate_media(media="print")


# Compare


def _compare(name: str, query: str, **options: Any) -> None:
    @state(name, **options)
    def _(page: Page, at: Places) -> None:
        page.goto(f"{at.site}/compare?{query}")
        page.wait_for_timeout(900)


_compare("compare-start", "")
_compare("compare-five", f"topic={quote('药品追溯')}")
_compare("compare-five-sight", f"topic={quote('药品追溯')}", in_sight=True)
_compare(
    "compare-two",
    f"topic={quote('药品追溯')}&region={quote('浙江省')}&region={quote('上海市')}",
)
_compare("compare-none", f"topic={quote('渔船登记')}")
_compare("compare-en", f"topic={quote('药品追溯')}&lang=en")


@state("compare-no-index")
def _(page: Page, at: Places) -> None:
    page.goto(f"{at.empty}/compare")
    page.wait_for_timeout(300)


@state("compare-print")
def _(page: Page, at: Places) -> None:
    page.goto(f"{at.site}/compare?topic={quote('药品追溯')}")
    page.wait_for_timeout(900)
    page.emulate_media(media="print")


# The widget, on the page of another site


def _ask_widget(page: Page, at: int, question: str = LED) -> Any:
    chat = page.locator("yiju-chat").nth(at)
    box = chat.get_by_role("textbox")
    box.fill(question)
    box.press("Enter")
    return chat


@state("widget-demo", in_sight=True)
def _(page: Page, at: Places) -> None:
    page.goto(at.host)
    page.locator("yiju-chat").nth(1).get_by_role("button").wait_for()
    page.wait_for_timeout(400)


@state("widget-open", in_sight=True)
def _(page: Page, at: Places) -> None:
    page.goto(at.host)
    page.locator("yiju-chat").nth(1).get_by_role("button").click()
    page.wait_for_timeout(500)


@state("widget-answer", in_sight=True)
def _(page: Page, at: Places) -> None:
    page.goto(at.host)
    page.locator("yiju-chat").nth(1).get_by_role("button").click()
    _ask_widget(page, 1).locator(".answer").wait_for()
    page.wait_for_timeout(300)


@state("widget-preview", in_sight=True)
def _(page: Page, at: Places) -> None:
    STATES["widget-answer"].reach(page, at)
    page.locator("yiju-chat").nth(1).locator(".chip").first.click()
    page.wait_for_timeout(400)


@state("widget-inline")
def _(page: Page, at: Places) -> None:
    page.goto(at.host)
    _ask_widget(page, 0, UNLED).locator(".answer").wait_for()
    page.wait_for_timeout(300)


@state("widget-fault", in_sight=True)
def _(page: Page, at: Places) -> None:
    page.route("**/v1/ask", lambda route: route.abort())
    page.goto(at.host)
    page.locator("yiju-chat").nth(1).get_by_role("button").click()
    _ask_widget(page, 1).locator("[part=error]").wait_for()
