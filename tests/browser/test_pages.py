"""Every page: nothing is refused by its own policy, axe finds nothing, and both languages show."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import barriers

pytestmark = pytest.mark.browser

PAGES = ["/", "/documents", "/tasks", "/compare"]
COMING = ".loading:visible, .expected:visible, [aria-busy=true]"


@pytest.mark.parametrize("lang", ["zh-CN", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_opens_without_a_word_of_complaint(visit, site, path, lang):
    opened = visit()
    opened.page.goto(f"{site}{path}?lang={lang}")
    expect(opened.page.locator(COMING)).to_have_count(0)
    expect(opened.page.locator("html")).to_have_attribute("lang", lang)
    assert barriers(opened.page) == []
    assert opened.strangers(site) == []
