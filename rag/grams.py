"""Cut folded text into the character pairs and words that carry meaning."""

import re

from index.small_words import is_function_character

_WORD = re.compile(r"[a-z][a-z\-]+|\d+(?:\.\d+)?%?")
# 中药, 能力: particles that open many a word; 中国 tells nothing from nothing.
_OPENING = frozenset("中能")
_HAN_RUN = re.compile(r"[\u3400-\u9fff]+")


def grams(text: str) -> tuple[str, ...]:
    """Give the character pairs and words of a folded text that carry meaning.

    Examples
    --------
    >>> grams("药品的追溯 gmp 99.5%")
    ('药品', '追溯', 'gmp', '99.5%')
    """
    found = [
        run[at : at + 2]
        for run in _HAN_RUN.findall(text)
        for at in range(len(run) - 1)
        if _opens_word(run[at : at + 2]) and not is_function_character(run[at + 1])
    ]
    found += _WORD.findall(text.lower())
    return tuple(dict.fromkeys(found))


def _opens_word(pair: str) -> bool:
    return not is_function_character(pair[0]) or (pair[0] in _OPENING and pair != "中国")
