"""How smoothly the reader scrolls through thousands of clauses, in a headless Chromium.

Run it as ``python -m eval.bench.reader_scroll``; it makes the document, serves it and reads it.
"""

import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any
from urllib.error import URLError
from urllib.request import urlopen

import typer

from eval.bench.results import RESULTS, report, tell
from index.build import build_index
from index.embed import load_embedder

FRAME_MS = 1000 / 60
_START_S = 60.0
_TASKS = """() => {
  window.tasks = [];
  new PerformanceObserver((list) => list.getEntries().forEach((task) => tasks.push(task.duration)))
    .observe({ type: "longtask", buffered: true });
}"""
_READY = """() => new Promise((done) => {
  const look = () => document.querySelector("yiju-document .clause")
    ? requestAnimationFrame(() => done(performance.now())) : setTimeout(look, 5);
  look();
})"""
_SCROLL = """([frames, step]) => new Promise((done) => {
  tasks.length = 0;
  const deltas = [];
  let last = performance.now();
  const frame = (now) => {
    deltas.push(now - last);
    last = now;
    if (deltas.length > frames) return done({ deltas: deltas.slice(1), tasks, at: scrollY });
    scrollBy(0, step);
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
})"""
_DIGITS, _UNITS = "零一二三四五六七八九", ("", "十", "百", "千")

Json = dict[str, Any]


def long_text(clauses: int) -> str:
    """Give a regulation of about so many clauses, of lengths that differ."""
    lines = ["某省公共数据管理办法", ""]
    words = "公共管理和服务机构应当按照规定收集、归集、共享和开放数据，保证数据准确、完整。"
    for chapter in range(max(1, clauses // 50)):
        lines.append(f"第{chinese(chapter + 1)}章 第{chapter + 1}类数据的管理")
        articles = range(chapter * 49 + 1, chapter * 49 + 50)
        lines += [f"第{chinese(each)}条 {words * (1 + each * 7 % 5)}" for each in articles]
    return "\n".join(lines)


def chinese(number: int) -> str:
    """Write a number, 1 to 9999, as articles are numbered.

    Examples
    --------
    >>> chinese(10), chinese(105), chinese(110), chinese(1260)
    ('十', '一百零五', '一百一十', '一千二百六十')
    """
    figures = [int(each) for each in str(number)]
    places = reversed(range(len(figures)))
    told = "".join(
        _DIGITS[figure] + (_UNITS[place] if figure else "")
        for figure, place in zip(figures, places, strict=True)
    )
    while "零零" in told:
        told = told.replace("零零", "零")
    told = told.rstrip("零")
    return told.removeprefix("一") if told.startswith("一十") else told


def dropped(deltas: list[float]) -> int:
    """Count the frames of a 60 Hz screen that were not drawn, by the times between those that were.

    Examples
    --------
    >>> dropped([16.7, 16.6, 33.4, 50.1])
    3
    """
    return sum(max(0, round(delta / FRAME_MS) - 1) for delta in deltas)


def measure(address: str, *, frames: int, step: int) -> Json:
    """Open a page of the reader and scroll ``frames`` frames, ``step`` pixels each."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - an extra, browser

    path = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(address, wait_until="commit")
        ready_ms = page.evaluate(_READY)
        page.evaluate(_TASKS)
        page.wait_for_timeout(1500)  # what loading left to do is not scrolling
        opening = page.evaluate("tasks")
        told = page.evaluate(_SCROLL, [frames, step])
        clauses = page.locator("yiju-document .clause").count()
        browser.close()
    return {
        "clauses": clauses,
        "ready_ms": round(ready_ms, 1),
        "longest_task_opening_ms": max(opening, default=0),
        "frames": frames,
        "pixels": round(told["at"]),
        "dropped": dropped(told["deltas"]),
        "longest_frame_ms": round(max(told["deltas"]), 1),
        "longest_task_scrolling_ms": max(told["tasks"], default=0),
    }


@contextmanager
def served(index: Path) -> Iterator[str]:
    """Serve an index folder in a process of its own, and give the address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "api", "serve", "--index", str(index), "--port", str(port)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as server:
        try:
            _wait(f"http://127.0.0.1:{port}/readyz")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def _wait(address: str) -> None:
    end = time.monotonic() + _START_S
    while time.monotonic() < end:
        try:
            urlopen(address, timeout=5).close()
        except URLError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"the service at {address} is not ready after {_START_S:.0f} s")


def main(
    *,
    clauses: Annotated[int, typer.Option(min=50, help="Clauses of the document.")] = 2000,
    frames: Annotated[int, typer.Option(min=1, help="Frames scrolled.")] = 600,
    step: Annotated[int, typer.Option(min=1, help="Pixels a frame.")] = 120,
    out: Annotated[Path, typer.Option(help="Folder of the results.")] = RESULTS,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, not the table.")] = False,
) -> None:
    """Measure how smoothly a long document scrolls."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "documents"
        source.mkdir()
        (source / "long.txt").write_text(long_text(clauses), encoding="utf-8")
        build_index([source], Path(folder) / "index", embedder=load_embedder())
        tell("reading in a browser")
        with served(Path(folder) / "index") as address:
            found = measure(f"{address}/documents/long", frames=frames, step=step)
    report("reader_scroll", found, [found], out=out, as_json=as_json)


if __name__ == "__main__":
    typer.run(main)
