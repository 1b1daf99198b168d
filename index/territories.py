"""Find countries and territories abroad that a text names as a place, from data/territories.tsv."""

import re
from functools import lru_cache
from importlib import resources

_BEFORE = r"(?:^|(?<=[,。、;:\s在问对据说那比和与及跟]))"
_BEHIND = r"(?=的|在|由|有|谁|对|怎|如何|规定|法律|法规|政府|国内|那边|呢|[,。、?]|$)"
_BEFORE_ENGLISH = r"\b(?:in|of|for|from|by|does|do|is|are|under)\s+(?:the\s+)?"


def find_territories(folded: str) -> tuple[tuple[int, int], ...]:
    """Give the spans of names of territories abroad in a folded text, in their order.

    A name counts where it stands as a place: 日本的…, 在法国, in Japan; not inside other words
    (依法国有资产) nor before other nouns (美国上市).

    Examples
    --------
    >>> find_territories("日本的专家库由谁牵头?"), find_territories("依法国有资产由谁管?")
    (((0, 2),), ())
    """
    lower = folded.lower()
    chinese = [name for name in _names()[0] if name in folded]
    english = [name for name in _names()[1] if name in lower]
    found = set()
    for name in chinese:
        found |= {m.span() for m in re.finditer(_BEFORE + re.escape(name) + _BEHIND, folded)}
    for name in english:
        pattern = rf"{_BEFORE_ENGLISH}({re.escape(name)})\b"
        found |= {match.span(1) for match in re.finditer(pattern, lower)}
    return tuple(sorted(found))


@lru_cache(maxsize=1)
def _names() -> tuple[tuple[str, ...], tuple[str, ...]]:
    file = resources.files("index") / "data" / "territories.tsv"
    rows = [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines()[1:]]
    english = [name.lower() for _, _, name in rows]
    spelt = [name.replace("&", "and") for name in english if "&" in name]
    return tuple(name for _, name, _ in rows), (*english, *spelt)
