"""Mend a mistyped character by the words of the documents: 追朔体系 → 追溯体系.

A character is doubted only where neither pair it stands in occurs in any document. It is
replaced only where the characters around it occur in the documents with one other character
between them, always the same one, and where that sounds alike or the doubted one occurs nowhere.
"""

import re
from collections import Counter
from collections.abc import Callable

from index.readings import sound_alike
from index.small_words import is_function_character

_HAN_RUN = re.compile(r"[\u3400-\u9fff]{3,}")
# Another level, number or denial is another question, not a slip.
_TELLING = frozenset("国家省市县区州盟旗乡镇村一二三四五六七八九十百千万亿不无非未")
_SHARE = 0.8  # of the places found that must agree
_LEAST_ALONE = 2  # places needed where only one character stands on either side


def mend(words: str, *, text: str, seen: Callable[[str], bool]) -> str:
    """Give ``words`` with mistyped characters replaced; unchanged where nothing is certain.

    Parameters
    ----------
    words : str
        Folded words of a question.
    text : str
        The folded text of the documents.
    seen : callable
        Whether a pair of characters occurs in the documents.

    Examples
    --------
    >>> text = "建设药品追溯体系。追溯体系由省药监局建设。"
    >>> mend("追朔体系", text=text, seen=lambda pair: pair in text)
    '追溯体系'
    """
    mended = list(words)
    for run in _HAN_RUN.finditer(words):
        for at in range(run.start(), run.end()):
            if _doubtful(words, at, run.start(), run.end(), seen):
                right = _replacement(words, at, run.start(), run.end(), text)
                mended[at] = right or mended[at]
    return "".join(mended)


def _doubtful(words: str, at: int, start: int, end: int, seen: Callable[[str], bool]) -> bool:
    if words[at] in _TELLING:
        return False
    pairs = [words[i : i + 2] for i in (at - 1, at) if start <= i and i + 2 <= end]
    telling = [pair for pair in pairs if not any(map(is_function_character, pair))]
    return len(telling) == len(pairs) and not any(seen(pair) for pair in telling)


def _replacement(words: str, at: int, start: int, end: int, text: str) -> str | None:
    left, right = words[max(start, at - 3) : at], words[at + 1 : min(end, at + 4)]
    for before, after in ((2, 2), (2, 1), (1, 2), (3, 0), (0, 3), (1, 1)):
        if len(left) < before or len(right) < after:
            continue
        context = re.escape(left[len(left) - before :]), re.escape(right[:after])
        found = Counter(
            m[1] for m in re.finditer(f"{context[0]}([\u3400-\u9fff]){context[1]}", text)
        )
        if not found:
            continue
        alike = Counter({c: n for c, n in found.items() if sound_alike(words[at], c)})
        if not alike and words[at] in text:
            continue
        best, count = (alike or found).most_common(1)[0]
        enough = before + after > 2 or count >= _LEAST_ALONE  # noqa: PLR2004
        if enough and count >= _SHARE * (alike or found).total():
            return None if best in _TELLING else best
    return None
