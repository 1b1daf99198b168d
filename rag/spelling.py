"""Mend a mistyped character by the words of the documents: 追朔体系 → 追溯体系.

A character is doubted only where neither pair it stands in occurs in any document. It is
replaced only where the characters around it occur in the documents with one other character
between them, always the same one, and where that sounds alike (企业账款 is no slip for 企业贷款)
or the doubted one is a variant that no table of readings has.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable

from index.readings import is_common, sound_alike
from index.small_words import is_function_character

_HAN_RUN = re.compile(r"[\u3400-\u9fff]{3,}")
# Another level, number or denial is another question, not a slip.
_TELLING = frozenset("国家省市县区州盟旗乡镇村一二三四五六七八九十百千万亿不无非未")
_SHARE = 0.8  # of the places found that must agree
_LEAST_ALONE = 2  # places needed where only one character stands on either side, or on one


def mend(
    words: str, *, text: str, seen: Callable[[str], bool], is_word: Callable[[str], bool]
) -> str:
    """Give ``words`` with mistyped characters replaced; unchanged where nothing is certain.

    Parameters
    ----------
    words : str
        Folded words of a question.
    text : str
        The folded text of the documents.
    seen : callable
        Whether a pair of characters occurs in the documents.
    is_word : callable
        Whether a pair is a word of the language: where nothing follows the doubted character,
        it must end no word, and the one put in its place must.

    Examples
    --------
    >>> text = "建设药品追溯体系。追溯体系由省药监局建设。"
    >>> known = {"追溯", "体系"}.__contains__
    >>> mend("追朔体系", text=text, seen=lambda pair: pair in text, is_word=known)
    '追溯体系'
    """
    mended = list(words)
    for run in _HAN_RUN.finditer(words):
        for at in range(run.start(), run.end()):
            if _doubtful(words, at, run.start(), run.end(), seen):
                right = _replacement(words, at, run.start(), run.end(), text)
                if right is None and at == run.end() - 1:
                    right = _ending(words[at - 1 : at + 1], text, is_word)
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
        between = re.finditer(f"{context[0]}([\u3400-\u9fff]){context[1]}", text)
        least = 1 if before + after > 2 else _LEAST_ALONE  # noqa: PLR2004
        if best := _agreed(words[at], (m[1] for m in between), least):
            return best
    return None


def _ending(pair: str, text: str, is_word: Callable[[str], bool]) -> str | None:
    """Give what a word must end in, where the two characters typed are none: 管空 → 管控."""
    if is_word(pair):
        return None
    behind = (m[1] for m in re.finditer(f"{re.escape(pair[0])}([\u3400-\u9fff])", text))
    return _agreed(pair[1], (c for c in behind if is_word(pair[0] + c)), _LEAST_ALONE)


def _agreed(typed: str, found: Iterable[str], least: int) -> str | None:
    """Give the character that nearly all of those found are, of those that may be meant."""
    variant = not is_common(typed)
    meant = Counter(each for each in found if variant or sound_alike(typed, each))
    best, count = meant.most_common(1)[0] if meant else ("", 0)
    agreed = count >= least and count >= _SHARE * meant.total()
    return best if agreed and best not in _TELLING else None
