"""Compare names of units as an evaluator would: by the office named, not by the way of writing."""

import re
from collections.abc import Iterable
from functools import lru_cache
from importlib import resources

from index.clean import fold


@lru_cache(maxsize=65536)
def fold_name(name: str) -> str:
    """Give a unit's name in one way of writing.

    Traditional becomes Simplified, full width half width, white space goes, and the well-known
    abbreviations of ``eval/data/unit_abbreviations.tsv`` stand for their long forms. A name's
    level (省, 市) and place stay: 省药监局 and 市药监局 are two offices.

    Examples
    --------
    >>> fold_name("省發展和改革委員會") == fold_name("省发改委")
    True
    >>> fold_name("省药监局") == fold_name("市药监局")
    False
    """
    folded = "".join(fold(name).split())
    for long, short in _abbreviations():
        folded = long.sub(short, folded)
    return folded


def fold_names(names: Iterable[str]) -> list[str]:
    """Fold each name, order kept."""
    return [fold_name(name) for name in names]


def same_name(one: str | None, other: str | None) -> bool:
    """Tell whether two names, or two absent ones, are the same office."""
    if not one or not other:
        return not one and not other
    return fold_name(one) == fold_name(other)


@lru_cache(maxsize=1)
def _abbreviations() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Read the table, longest forms first, so that none is cut by a shorter one within it."""
    written = resources.files("eval").joinpath("data/unit_abbreviations.tsv")
    lines = written.read_text(encoding="utf-8").splitlines()
    pairs = [line.split("\t") for line in lines if line and not line.startswith("#")]
    pairs.sort(key=lambda pair: len(pair[0].strip("^$")), reverse=True)
    return tuple((re.compile(long), short) for long, short in pairs)
