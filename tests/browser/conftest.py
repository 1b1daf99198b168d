"""A headless Chromium of the system, and pages in it that tell what went wrong."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from rag.answer import Answerer
from tests.browser.site import serving

# Long enough for a busy machine: what never comes is a fault, what comes late is none.
PATIENCE_MS = 30_000
expect.set_options(timeout=PATIENCE_MS)

# No sandbox: tests may run as root; the rest keeps Chromium from calling home.
OPTIONS = [
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

    def strangers(self, site: str) -> list[str]:
        """Give the requests that left the site; data: and blob: addresses go nowhere."""
        ours = urlsplit(site).netloc
        parts = [urlsplit(url) for url in self.requests]
        return [
            each.geturl()
            for each in parts
            if each.scheme in {"http", "https", "ws", "wss"} and each.netloc != ours
        ]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, found on the path."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.fail("there is no Chromium: install the system's package chromium", pytrace=False)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=OPTIONS)
        yield chromium
        chromium.close()


Visit = Callable[..., Watched]


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """Make empty pages of any width, language and colour scheme: ``visit(width=390, dark=True)``.

    What they tell and ask for is noted; nothing may have been told when the test ends, but for
    pages made with ``quiet=False``.
    """
    opened = []

    def make(
        *,
        width: int = 1280,
        height: int = 900,
        dark: bool = False,
        quiet: bool = True,
        **options: object,
    ) -> Watched:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            **options,
        )
        context.set_default_timeout(PATIENCE_MS)
        one = watch(context.new_page())
        opened.append((context, one, quiet))
        return one

    yield make
    for context, one, quiet in opened:
        context.close()
        if quiet:
            assert one.told == []


def watch(page: Page) -> Watched:
    """Note what a page tells and asks for."""
    one = Watched(page)
    page.on("console", lambda message: one.told.append(message.text))
    page.on("pageerror", lambda error: one.told.append(str(error)))
    page.on("dialog", lambda dialog: one.told.append(dialog.message))
    page.on("request", lambda made: one.requests.append(made.url))
    return one


@pytest.fixture(scope="session")
def site(answerer: Answerer) -> Iterator[str]:
    """The address of a server of the seed documents."""
    with serving(answerer) as address:
        yield address


_AXE = Axe()
# The rest of what axe tells of a big page takes longer to hand over than to find out.
_VIOLATIONS = """(rules) => axe
  .run({resultTypes: ["violations"], ...(rules && {runOnly: {type: "rule", values: rules}})})
  .then(({violations}) => violations)"""
_ABOUT_COLOURS = ("color-contrast", "link-in-text-block")


def breaches(page: Page, *, rules: Sequence[str] | None = None) -> list[str]:
    """Give what axe finds against WCAG 2.2 AA and its best practices, a line for each element.

    ``rules`` names those to look at; all, when there are none.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(_AXE.axe_script)
    found = page.evaluate(_VIOLATIONS, rules)
    return [
        f"{each['id']}: {node['html'][:200]} ({node['failureSummary']})"
        for each in found
        for node in each["nodes"]
    ]


def barriers(page: Page, *, widths: Sequence[int] = ()) -> list[object]:
    """Give what axe finds in the light and in the dark, and what is wider than the screen."""
    found: list[object] = []
    height = (page.viewport_size or {"height": 900})["height"]
    for width in widths or [(page.viewport_size or {"width": 1280})["width"]]:
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme="dark")  # there only the colours are others
        found += [(width, "dark", each) for each in breaches(page, rules=_ABOUT_COLOURS)]
        page.emulate_media(color_scheme="light")
        found += [(width, "light", each) for each in breaches(page)]
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            found.append((width, "wide", wide))
    return found


def until(page: Page, test: str) -> None:
    """Wait until a function of JavaScript gives something true; it is asked at every frame."""
    page.evaluate(
        f"""() => new Promise((done, failed) => {{
          const end = performance.now() + {PATIENCE_MS};
          const look = () => {{
            if (({test})()) done();
            else if (performance.now() > end) failed(new Error("it never came to that"));
            else requestAnimationFrame(look);
          }};
          look();
        }})"""
    )


@pytest.fixture(params=[1280, 390], ids=["wide", "phone"])
def watched(visit: Visit, request: pytest.FixtureRequest) -> Watched:
    """An empty page, as wide as a screen and as a phone."""
    return visit(width=request.param)
