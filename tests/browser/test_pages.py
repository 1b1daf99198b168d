"""Every page: nothing is refused by its own policy, axe finds nothing, and both languages show."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import breaches

pytestmark = pytest.mark.browser

PAGES = ["/", "/documents", "/tasks", "/compare"]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("lang", ["zh-CN", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_opens_without_a_word_of_complaint(visit, site, path, lang, dark):
    opened = visit(dark=dark)
    opened.page.goto(f"{site}{path}?lang={lang}")
    opened.page.wait_for_load_state("networkidle")
    expect(opened.page.locator("html")).to_have_attribute("lang", lang)
    assert breaches(opened.page) == []
    assert opened.strangers(site) == []
