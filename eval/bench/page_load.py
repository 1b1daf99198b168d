"""How soon the ask page can be used, and how far its layout shifts while it loads.

Starts the server and the system's Chromium, and opens the page with nothing kept from before:
empty, and by a link that asks a question. Run it as
``python -m eval.bench.page_load --index DIR``; it needs the extra ``browser``.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import quote

import typer

from eval.bench.results import RESULTS, report

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

QUESTION = "浙江的药品安全专家库由谁牵头？"
WIDTHS = (1440, 390)
_ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")
_USABLE = "performance.getEntriesByName('usable')[0]?.startTime"
# Layout shifts are told from the first one on; those right after the reader's own act do not count
# (Layout Instability API, hadRecentInput).
_SHIFTS = """() => new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => {
    for (const each of list.getEntries()) if (!each.hadRecentInput) sum += each.value;
  }).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 200);
})"""

Json = dict[str, Any]


@contextmanager
def served(index: Path) -> Iterator[str]:
    """Serve an index in a process of its own, and give the address."""
    command = [sys.executable, "-m", "api", "serve", "--index", str(index), "--port", "0"]
    quiet = {
        **os.environ,
        "YIJU_LOG_LEVEL": "error",
    }  # nobody reads on, and a full pipe would block
    with subprocess.Popen(command, stderr=subprocess.PIPE, encoding="utf-8", env=quiet) as server:
        try:
            assert server.stderr is not None
            for line in server.stderr:
                if match := _ADDRESS.search(line):
                    yield match[0]
                    return
            raise RuntimeError("the server did not start")
        finally:
            server.terminate()
            server.communicate()


@contextmanager
def chromium() -> Iterator["Browser"]:
    """Start the Chromium on the path."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - of the extra `browser`

    path = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


def opened(page: "Page", address: str, done: str) -> Json:
    """Open a page, and measure it once what ``done`` selects is there."""
    page.goto(address)
    page.wait_for_function(f"() => {_USABLE} !== undefined")
    page.locator(done).first.wait_for()
    return {"usable_ms": page.evaluate(_USABLE), "shift": page.evaluate(_SHIFTS)}


def measure(browser: "Browser", site: str, *, runs: int) -> list[Json]:
    """Open each page at each width, every time as a visitor who never came before.

    Returns
    -------
    list of dict
        ``page``, ``width`` in pixels, ``usable_ms`` (median, milliseconds from the beginning of
        the navigation until the script has taken over the form), ``slowest_ms``, and ``shift``,
        the largest sum of layout shifts, no unit.
    """
    pages = (("empty", "/", ".question"), ("link", f"/?q={quote(QUESTION)}", ".status"))
    rows = []
    for name, path, done in pages:
        for width in WIDTHS:
            found = [_fresh(browser, width, site + path, done) for _ in range(runs)]
            usable = [each["usable_ms"] for each in found]
            rows.append(
                {
                    "page": name,
                    "width": width,
                    "usable_ms": round(median(usable), 1),
                    "slowest_ms": round(max(usable), 1),
                    "shift": round(max(each["shift"] for each in found), 4),
                }
            )
    return rows


def _fresh(browser: "Browser", width: int, address: str, done: str) -> Json:
    context = browser.new_context(viewport={"width": width, "height": 900})
    try:
        return opened(context.new_page(), address, done)
    finally:
        context.close()


def main(
    index: Annotated[Path, typer.Option(help="Index folder.")],
    runs: Annotated[int, typer.Option(min=1, help="Times each page is opened.")] = 5,
    out: Annotated[Path, typer.Option(help="Folder of the results.")] = RESULTS,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Open the ask page in Chromium and tell how soon it can be used."""
    with served(index) as site, chromium() as browser:
        rows: Sequence[Json] = measure(browser, site, runs=runs)
    report("page_load", {"runs": runs, "pages": list(rows)}, rows, out=out, as_json=as_json)


if __name__ == "__main__":
    typer.run(main)
