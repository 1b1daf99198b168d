"""Pictures of every page in every state, to be looked at.

    python -m tests.browser.gallery OUT [--only WORDS] [--views 1440-light,390-dark]

OUT gets a folder for each view, a picture for each state, and sheets of many of them.
"""

import argparse
import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from index.folder import load_index
from rag.answer import Answerer
from tests.browser.conftest import OPTIONS
from tests.browser.demo_host import DemoHost
from tests.browser.gallery_states import STATES, Places, State
from tests.browser.site import serving, serving_app

VIEWS = tuple(f"{width}-{scheme}" for width in (1440, 1024, 390) for scheme in ("light", "dark"))
_TALLEST = 3000
_ON_A_SHEET = 12
_ACROSS_PX = 1900


@contextmanager
def places(index: Path, corpus: Path | None) -> Iterator[Places]:
    """Serve the documents, no documents, and a page of another site that has the widget."""
    with ExitStack() as open_:
        demo = DemoHost()
        host = open_.enter_context(serving_app(demo))
        answerer = Answerer(load_index(index))
        site = open_.enter_context(serving(answerer, allowed_origins=(host,)))
        demo.service = site
        empty = open_.enter_context(serving(None))
        many = site
        if corpus is not None:
            many = open_.enter_context(serving(Answerer(load_index(corpus))))
        yield Places(site=site, empty=empty, host=host, corpus=many, answerer=answerer)


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser of the system."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        raise SystemExit("there is no Chromium: install the system's package chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=OPTIONS)
        yield browser
        browser.close()


def new_page(browser: Browser, view: str, **options: Any) -> Page:
    """Open an empty page, as wide and as bright as a view says."""
    width, scheme = view.split("-")
    context = browser.new_context(
        viewport={"width": int(width), "height": 844 if int(width) < 500 else 900},
        color_scheme=scheme,
        reduced_motion="reduce",
        **options,
    )
    context.set_default_timeout(15_000)  # milliseconds
    return context.new_page()


def take(page: Page, state: State, to: Path) -> None:
    """Take a picture of the whole page, or of what is in sight of it."""
    if state.in_sight:
        page.screenshot(path=to, type="jpeg", quality=85)
        return
    width = page.viewport_size["width"] if page.viewport_size else 0
    tall = page.evaluate("document.documentElement.scrollHeight")
    clip = {"x": 0, "y": 0, "width": width, "height": min(tall, _TALLEST)}
    page.screenshot(path=to, type="jpeg", quality=85, full_page=True, clip=clip)


def take_all(browser: Browser, where: Places, view: str, out: Path, only: str) -> None:
    """Take every state in a view; tell of those that cannot be reached."""
    out.mkdir(parents=True, exist_ok=True)
    for name, state in STATES.items():
        if only not in name or view.split("-", maxsplit=1)[0] not in state.widths:
            continue
        page = new_page(browser, view, **state.options)
        try:
            state.reach(page, where)
            page.wait_for_timeout(150)
            take(page, state, out / f"{name}.jpg")
        except Exception as failure:  # noqa: BLE001 - the other states are wanted all the same
            told = str(failure).splitlines()[0]
            sys.stderr.write(f"{view} {name}: {told}\n")
        page.context.close()


def sheets(browser: Browser, folder: Path) -> None:
    """Lay the pictures of a view beside each other, a dozen on a sheet."""
    pictures = sorted(folder.glob("*.jpg"))
    columns = 6 if folder.name.startswith("390") else 4
    page = browser.new_page(viewport={"width": _ACROSS_PX, "height": 900})
    for at in range(0, len(pictures), _ON_A_SHEET):
        sheet = folder / "sheet.html"
        sheet.write_text(_sheet(pictures[at : at + _ON_A_SHEET], columns), encoding="utf-8")
        page.goto(sheet.as_uri())
        name = f"{folder.name}-{at // _ON_A_SHEET + 1}.png"
        page.screenshot(path=folder.parent / name, full_page=True)
        sheet.unlink()
    page.close()


def _sheet(pictures: list[Path], columns: int) -> str:
    cells = "".join(
        f"<figure><img src={each.name}><figcaption>{each.stem}</figcaption></figure>"
        for each in pictures
    )
    style = (
        f"body {{ columns: {columns}; column-gap: 12px; margin: 12px; font: 15px sans-serif }}"
        "figure { margin: 0 0 12px; break-inside: avoid }"
        "img { width: 100%; max-height: 1100px; object-fit: cover; object-position: top }"
    )
    return f"<!doctype html><meta charset=utf-8><style>{style}</style>{cells}"


def main() -> None:
    """Take the pictures that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--index", type=Path, default=Path(".yiju/index"))
    parser.add_argument("--corpus", type=Path, help="an index of many documents, with damaged ones")
    parser.add_argument("--only", default="", help="states whose name holds these words")
    parser.add_argument("--views", default=",".join(VIEWS))
    options = parser.parse_args()
    with places(options.index, options.corpus) as where, chromium() as browser:
        for view in options.views.split(","):
            take_all(browser, where, view, options.out / view, options.only)
            sheets(browser, options.out / view)


if __name__ == "__main__":
    main()
