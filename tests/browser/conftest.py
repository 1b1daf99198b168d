"""A headless Chromium of the system, and pages in it that tell what went wrong."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

# No sandbox: tests may run as root; the rest keeps Chromium from calling home.
_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@dataclass(frozen=True, slots=True)
class Watched:
    """A page, with every error and message of its console and every request it made."""

    page: Page
    told: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, found on the path."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.fail("there is no Chromium: install the system's package chromium", pytrace=False)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=_OPTIONS)
        yield chromium
        chromium.close()


@pytest.fixture(params=[1280, 390], ids=["wide", "phone"])
def watched(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Watched]:
    """An empty page, as wide as a screen and as a phone."""
    context = browser.new_context(viewport={"width": request.param, "height": 900})
    context.set_default_timeout(10_000)  # milliseconds
    one = Watched(context.new_page())
    one.page.on("console", lambda message: one.told.append(message.text))
    one.page.on("pageerror", lambda error: one.told.append(str(error)))
    one.page.on("dialog", lambda dialog: one.told.append(dialog.message))
    one.page.on("request", lambda made: one.requests.append(made.url))
    yield one
    context.close()
