"""Documents that a test makes, each for what it has to show."""

from index.build import build_index
from index.embed import load_embedder
from index.folder import load_index
from rag.answer import Answerer


def answerer_of(folder, **texts: str) -> Answerer:
    """Index texts by their file's stem in a new folder, and give what answers from them."""
    sources = folder / "sources"
    sources.mkdir(parents=True)
    for stem, text in texts.items():
        (sources / f"{stem}.txt").write_bytes(text.encode("utf-8"))
    build_index([sources], folder / "index", embedder=load_embedder())
    return Answerer(load_index(folder / "index"))


def long_text(clauses: int) -> str:
    """Give a regulation of about so many clauses, of lengths that differ."""
    lines = ["某省公共数据管理办法", ""]
    for chapter in range(max(1, clauses // 50)):
        lines.append(f"第{_han(chapter + 1)}章 第{chapter + 1}类数据的管理")
        for article in range(chapter * 49 + 1, chapter * 49 + 50):
            words = "公共管理和服务机构应当按照规定收集、归集、共享和开放数据，保证数据准确、完整。"
            lines.append(f"第{_han(article)}条 {words * (1 + article * 7 % 5)}")
    return "\n".join(lines)


def _han(number: int) -> str:
    """Write a number up to 9999 as articles are numbered.

    Examples
    --------
    >>> _han(10), _han(105), _han(1260)
    ('十', '一百零五', '一千二百六十')
    """
    digits, units = "零一二三四五六七八九", ["", "十", "百", "千"]
    figures = str(number)
    told = "".join(
        digits[int(figure)] + (units[len(figures) - 1 - at] if figure != "0" else "")
        for at, figure in enumerate(figures)
    )
    while "零零" in told:
        told = told.replace("零零", "零")
    told = told.rstrip("零") if number else told
    return told.removeprefix("一") if told.startswith("一十") else told
