"""Chinese words that English words may stand for, from CC-CEDICT read backwards."""

import gzip
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources

_MOST_WORDS = 3
_ENDINGS = (("ies", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""))
_SHORTEST_STEM = 3


def stem(word: str) -> str:
    """Strip a word's ending, so that plans, planning and planned are one.

    Examples
    --------
    >>> [stem(w) for w in ("plans", "optimised", "agencies", "use")]
    ['plan', 'optimis', 'agency', 'use']
    """
    for ending, replacement in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            word = word[: len(word) - len(ending)] + replacement
            break
    return word[:-1] if word.endswith("e") and len(word) > _SHORTEST_STEM + 1 else word


def translate(words: Sequence[str]) -> list[tuple[str, ...]]:
    """Give, for each phrase of ``words`` that the glossary has, its Chinese words, best first.

    Phrases of three and two words go before single words; a word that is in none is left out.

    Examples
    --------
    >>> translate(["cold", "chain"])
    [('冷链',)]
    """
    table = _table()
    stems = [stem(word) for word in words]
    found = []
    at = 0
    while at < len(stems):
        for size in range(min(_MOST_WORDS, len(stems) - at), 0, -1):
            chinese = table.get(" ".join(stems[at : at + size]))
            if chinese:
                found.append(tuple(chinese.split(" ")))
                at += size
                break
        else:
            at += 1
    return found


@lru_cache(maxsize=1)
def _table() -> dict[str, str]:
    packed = resources.files("index").joinpath("data/glossary.tsv.gz").read_bytes()
    lines = gzip.decompress(packed).decode("utf-8").splitlines()
    pairs = (line.partition("\t") for line in lines)
    return {phrase: words for phrase, _, words in pairs}
