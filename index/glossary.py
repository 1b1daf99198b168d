"""Chinese words for English ones and English for Chinese, from CC-CEDICT read both ways."""

import gzip
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources

from index.stemming import one_spelling, root, stem

_MOST_WORDS = 3
_LONGEST = 8


def key(words: Sequence[str]) -> str:
    """Give the form in which a phrase is looked up: the stems of its words, in one spelling."""
    return " ".join(stem(one_spelling(word)) for word in words)


def translate(words: Sequence[str]) -> list[tuple[str, ...]]:
    """Give, for each phrase of ``words`` that the glossary has, its Chinese words, best first.

    Phrases of three and two words go before single words; a word that is in none is left out.

    Examples
    --------
    >>> translate(["cold", "chain"])
    [('冷链',)]
    """
    table = _table()
    found = []
    at = 0
    while at < len(words):
        for size in range(min(_MOST_WORDS, len(words) - at), 0, -1):
            chinese = table.get(key(words[at : at + size]))
            if chinese:
                found.append(tuple(chinese.split(" ")))
                at += size
                break
        else:
            family = _families().get(root(words[at]))
            if family:
                found.append(family)
            at += 1
    return found


def translate_back(run: str) -> list[tuple[str, ...]]:
    """Give, for each word of a run of Chinese characters, the English phrases for it, in stems.

    The longest word that the glossary has is taken at each place; a character that begins none
    is left out.

    Examples
    --------
    >>> translate_back("冷链")
    [('cold chain',)]
    """
    table = _table_back()
    found = []
    at = 0
    while at < len(run):
        for size in range(min(_LONGEST, len(run) - at), 1, -1):
            english = table.get(run[at : at + size])
            if english:
                found.append(english)
                at += size
                break
        else:
            at += 1
    return found


@lru_cache(maxsize=1)
def _table_back() -> dict[str, tuple[str, ...]]:
    back: dict[str, tuple[str, ...]] = {}
    for phrase, words in _table().items():
        for word in words.split(" "):
            back[word] = (*back.get(word, ()), phrase)
    return back


@lru_cache(maxsize=1)
def _families() -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for phrase, words in _table().items():
        if " " not in phrase:
            found.setdefault(root(phrase), {}).update(dict.fromkeys(words.split(" ")))
    return {each: tuple(words) for each, words in found.items()}


@lru_cache(maxsize=1)
def _table() -> dict[str, str]:
    packed = resources.files("index").joinpath("data/glossary.tsv.gz").read_bytes()
    lines = gzip.decompress(packed).decode("utf-8").splitlines()
    pairs = (line.partition("\t") for line in lines)
    return {phrase: words for phrase, _, words in pairs}
