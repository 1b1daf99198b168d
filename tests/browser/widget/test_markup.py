"""Text is never markup in the widget either, on a page that has no policy of its own."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from tests.browser.hostile_site import hostile_answerer
from tests.browser.payloads import LEAKS, SCRIPTS
from tests.browser.site import serving, serving_app
from tests.browser.widget.embedded import Places, ask, chat
from tests.browser.widget.hosts import Hosts

pytestmark = pytest.mark.browser

ALL = (*SCRIPTS, *LEAKS)
# Of the host page there is the tag of the widget alone.
FOREIGN = (
    "img, iframe, object, embed, video, audio, base, math, form[action], meta[http-equiv],"
    " [onerror], [onload], [onfocus], [onclick], [srcdoc], script:not([src$='/widget.js'])"
)


@pytest.fixture(scope="module")
def hostile_places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Places]:
    answerer = hostile_answerer(tmp_path_factory.mktemp("hostile"), ALL)
    hosts = Hosts()
    with (
        serving_app(hosts) as host,
        serving(answerer, allowed_origins=(host,)) as site,
    ):
        hosts.body = f'<script src="{site}/widget.js" data-open></script>'
        yield Places(site, host, hosts)


def test_questions_answers_and_clauses_are_shown_as_text(visit, hostile_places):
    one = visit()
    one.page.goto(hostile_places.host)
    for at in range(0, len(ALL), 10):
        payload = "；".join(ALL[at : at + 10])
        shown = ask(one.page, f"湖泊巡查{payload}由谁牵头？")
        if shown.locator("button.chip, .chip").count():
            shown.locator("button.chip, .chip").first.click()
        assert one.page.evaluate("window.ran") is None, payload
        assert chat(one.page).locator(FOREIGN).count() == 0, payload
    links = [str(link.get_attribute("href")) for link in chat(one.page).locator("a").all()]
    assert links
    assert {urlsplit(link).netloc for link in links} == {urlsplit(hostile_places.site).netloc}
    assert hostile_places.strangers(one) == []
