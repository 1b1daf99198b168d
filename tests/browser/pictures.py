"""The pictures of the user guides, taken anew: python -m tests.browser.pictures OUT."""

import argparse
from collections import Counter
from collections.abc import Callable
from io import BytesIO
from itertools import chain
from pathlib import Path
from urllib.parse import quote

from PIL import Image
from playwright.sync_api import Page

from tests.browser.gallery import chromium, new_page, places
from tests.browser.gallery_states import CLAUSE, LED, asked

_COLOURS = 96
_SIZE = {"width": 1040, "height": 600}
_LANGS = ("zh-CN", "en")
_QUESTION = {"zh-CN": LED, "en": "Who leads the drug safety expert pool in Zhejiang?"}


def _answer(page: Page, site: str, lang: str) -> None:
    asked(page, site, _QUESTION[lang], f"&lang={lang}")
    page.locator(".words .chip").first.click()
    page.locator("yiju-document mark.cited").first.wait_for()


def _reader(page: Page, site: str, lang: str) -> None:
    page.set_viewport_size({"width": 1290, "height": 640})
    page.goto(f"{site}{CLAUSE}?lang={lang}")
    page.locator("yiju-document [aria-current=location]").wait_for()


def _tasks(page: Page, site: str, lang: str) -> None:
    page.set_viewport_size({"width": 1290, "height": 640})
    page.goto(f"{site}/tasks?region={quote('浙江省')}&lang={lang}")
    page.locator(".tabs").wait_for()


def _compare(page: Page, site: str, lang: str) -> None:
    both = "".join(f"&region={quote(each)}" for each in ("浙江省", "上海市"))
    page.goto(f"{site}/compare?topic={quote('药品追溯')}{both}&lang={lang}")
    page.locator(".points").wait_for()
    page.locator(".results h2").nth(1).evaluate("h2 => h2.scrollIntoView()")


PICTURES: dict[str, Callable[[Page, str, str], None]] = {
    "answer": _answer,
    "reader": _reader,
    "tasks": _tasks,
    "compare": _compare,
}


def take(page: Page, to: Path) -> None:
    """Take what is in sight, in the colours that most of it has: a page of text has few."""
    page.mouse.move(0, 0)
    page.wait_for_timeout(600)
    taken = Image.open(BytesIO(page.screenshot())).convert("RGB")
    parts = taken.tobytes()
    counted = Counter(zip(parts[::3], parts[1::3], parts[2::3], strict=True))
    palette = Image.new("P", (1, 1))
    palette.putpalette(list(chain.from_iterable(each for each, _ in counted.most_common(_COLOURS))))
    taken.quantize(palette=palette, dither=Image.Dither.NONE).save(to, optimize=True)


def main() -> None:
    """Take each picture in each language."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--index", type=Path, default=Path(".yiju/index"))
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    with places(options.index, None) as where, chromium() as browser:
        for name, reach in PICTURES.items():
            for lang in _LANGS:
                page = new_page(browser, "1100-light")
                page.set_viewport_size(_SIZE)
                reach(page, where.site, lang)
                take(page, options.out / f"{name}.{lang}.png")
                page.context.close()


if __name__ == "__main__":
    main()
