"""What an English name of an office says it looks after, in the words of Chinese names."""

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

_OFFICE = (
    r"(?:bureaus?|departments?|administrations?|commissions?|committees?|offices?|authorit(?:y|ies)"
    r"|agenc(?:y|ies)|ministr(?:y|ies)|dept\.?)"
)


@dataclass(frozen=True, slots=True)
class EnglishUnit:
    """An office named in English at ``[start, end)``, with the cores that its name may have."""

    start: int
    end: int
    words: str
    cores: tuple[str, ...]


def english_units(text: str) -> tuple[EnglishUnit, ...]:
    """Find offices named in English, in their order; of two that overlap, the longer one.

    Examples
    --------
    >>> [(unit.words, unit.cores[0]) for unit in english_units("Does the finance bureau lead it?")]
    [('finance bureau', '财政')]
    >>> english_units("Who leads financing?")
    ()
    """
    found = [
        EnglishUnit(match.start(), match.end(), match[0], cores)
        for pattern, cores in _table()
        for match in pattern.finditer(text)
    ]
    found.sort(key=lambda unit: (unit.start - unit.end, unit.start))
    kept: list[EnglishUnit] = []
    for unit in found:
        if all(unit.end <= other.start or other.end <= unit.start for other in kept):
            kept.append(unit)
    return tuple(sorted(kept, key=lambda unit: unit.start))


@lru_cache(maxsize=1)
def _table() -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    written = resources.files("index").joinpath("data/unit_names_en.tsv")
    rows = []
    for line in written.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            english, cores = line.split("\t")
            named = rf"\b(?:(?:{english}) {_OFFICE}|{_OFFICE} (?:of|for) (?:{english}))\b"
            rows.append((re.compile(named, re.IGNORECASE), tuple(cores.split("|"))))
    return tuple(rows)
