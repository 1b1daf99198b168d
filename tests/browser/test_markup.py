"""Text is never markup: whatever a document, its name or a question holds, no script of it runs,
no element of it appears and no request leaves the service."""

from collections.abc import Iterator, Sequence
from urllib.parse import quote

import pytest
from playwright.sync_api import Page

from rag.answer import Answerer
from tests.browser.conftest import Watched
from tests.browser.hostile_site import hostile_answerer
from tests.browser.payloads import LEAKS, SCRIPTS
from tests.browser.site import serving
from tests.browser.test_ask_page import answered, ask, chips

pytestmark = pytest.mark.browser

ALL = (*SCRIPTS, *LEAKS)
# What a payload would bring into a page and no page of ours has; scripts are those of the service.
FOREIGN = (
    "img, iframe, frame, object, embed, video, audio, base, portal, math, marquee, style,"
    " meta[http-equiv], [onerror], [onload], [onfocus], [onclick], [srcdoc], [style*=url],"
    " script:not([src^='/static/']):not([type='application/json'])"
)
LEADING_AWAY = """() => [...document.links, ...document.forms]
  .map((each) => each.href ?? each.action)
  .filter((address) => new URL(address).origin !== location.origin)"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    return hostile_answerer(tmp_path_factory.mktemp("hostile"), ALL)


@pytest.fixture(scope="module")
def hostile_site(hostile: Answerer) -> Iterator[str]:
    with serving(hostile) as address:
        yield address


def assert_plain(opened: Watched, site: str, payload: str = "") -> None:
    """Nothing ran, nothing was complained of, nothing foreign is there, nothing left."""
    assert opened.page.evaluate("window.ran") is None, payload
    assert opened.told == [], payload
    assert opened.page.locator(FOREIGN).count() == 0, payload
    assert opened.page.evaluate(LEADING_AWAY) == [], payload
    assert opened.strangers(site) == [], payload


def several(payloads: Sequence[str]) -> list[str]:
    """Put payloads together, so that each answer shows many."""
    return ["；".join(payloads[at : at + 10]) for at in range(0, len(payloads), 10)]


def settle(page: Page) -> None:
    page.wait_for_load_state("networkidle")


def test_there_are_enough_payloads():
    assert len(set(SCRIPTS)) >= 150
    assert len(set(LEAKS)) >= 50


def test_the_payloads_do_harm_where_text_is_markup(visit):
    """The control: put into a page as markup, they run and leak, so the checks can fail."""
    opened = visit(quiet=False)
    opened.page.route("http://away.example/**", lambda route: route.abort())
    harmful = [each for each in (*SCRIPTS[15:30], *LEAKS) if "refresh" not in each]
    opened.page.set_content("".join(f"<div>{payload}</div>" for payload in harmful))
    settle(opened.page)
    assert opened.page.evaluate("window.ran") == 1
    assert opened.strangers("http://127.0.0.1")
    assert opened.page.locator(FOREIGN).count() > 10


@pytest.mark.parametrize("path", ["/documents", "/tasks", "/compare?topic=湖泊巡查", "/"])
def test_pages_of_all_documents_show_them_as_text(visit, hostile_site, path):
    opened = visit()
    opened.page.goto(hostile_site + path)
    settle(opened.page)
    assert_plain(opened, hostile_site, path)


def test_every_document_is_read_as_text(visit, hostile_site, hostile):
    opened = visit()
    for document in hostile.index.documents:
        opened.page.goto(f"{hostile_site}/documents/{quote(document.document_id, safe='')}")
        opened.page.get_by_text("湖泊巡查").first.wait_for()
        settle(opened.page)
        assert_plain(opened, hostile_site, document.document_id)


def test_clauses_open_as_text(visit, hostile_site, hostile):
    opened = visit()
    clauses = [clause for clause in hostile.index.clauses if clause.responsibilities]
    assert len(clauses) >= 200
    for clause in clauses[::16]:
        opened.page.goto(f"{hostile_site}/c/{quote(clause.clause_id, safe='/')}")
        settle(opened.page)
        assert_plain(opened, hostile_site, clause.clause_id)


def test_questions_are_echoed_as_text_without_a_script(visit, hostile_site):
    opened = visit(java_script_enabled=False)
    for payload in several(ALL):
        asked = quote(f"湖泊巡查{payload}由谁牵头？", safe="")
        opened.page.goto(f"{hostile_site}/answer?q={asked}", wait_until="domcontentloaded")
        assert opened.page.locator(FOREIGN).count() == 0, payload
    assert opened.told == []
    assert opened.strangers(hostile_site) == []


@pytest.mark.parametrize("at", range(0, len(ALL), 60))
def test_questions_and_answers_are_shown_as_text(visit, hostile_site, at):
    opened = visit()
    opened.page.goto(hostile_site)
    for few in several(ALL[at : at + 60]):
        ask(opened.page, f"湖泊巡查{few}由谁牵头？")
        assert_plain(opened, hostile_site, few)


def test_the_source_beside_an_answer_is_text(visit, hostile_site):
    opened = visit()
    for payload in ALL[::16]:
        opened.page.goto(f"{hostile_site}/?q={quote(f'健全{payload}制度由谁牵头？', safe='')}")
        answered(opened.page)
        chips(opened.page).first.click()
        opened.page.locator("yiju-document mark").first.wait_for()
        assert_plain(opened, hostile_site, payload)


@pytest.mark.parametrize("path", ["/documents/", "/c/", "/nowhere/"])
def test_an_address_of_nothing_is_told_as_text(visit, hostile_site, path):
    opened = visit(quiet=False)  # the status is told of on the console
    for payload in several(ALL):
        opened.page.goto(hostile_site + path + quote(payload, safe=""))
        assert opened.page.evaluate("window.ran") is None
        assert opened.page.locator(FOREIGN).count() == 0
    assert not any("Content Security Policy" in line for line in opened.told)
    assert opened.strangers(hostile_site) == []


PARTS = ("#", "?lang=", "?q=", "?region=", "?unit=", "?topic=", "?h=", "?sort=")


@pytest.mark.parametrize("path", ["/", "/documents", "/tasks", "/compare", "/answer"])
def test_what_an_address_holds_is_text(visit, hostile_site, path):
    opened = visit(quiet=False)  # a refused filter is told of on the console
    for at, payload in enumerate(ALL[::11]):
        opened.page.goto(hostile_site + path + PARTS[at % len(PARTS)] + quote(payload, safe=""))
        assert opened.page.evaluate("window.ran") is None
        assert opened.page.locator(FOREIGN).count() == 0
    settle(opened.page)
    assert not any("Content Security Policy" in line for line in opened.told)
    assert opened.strangers(hostile_site) == []
