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


def english_field(core: str) -> str | None:
    """Give in English what offices with this core in their Chinese name look after.

    Examples
    --------
    >>> english_field("财政"), english_field("湖泊")
    ('finance', None)
    """
    return _fields().get(core)


@lru_cache(maxsize=1)
def _fields() -> dict[str, str]:
    fields: dict[str, str] = {}
    for _, cores, shown in _rows():
        each = shown.split("|")
        fields |= dict(
            zip(cores, each if len(each) == len(cores) else each * len(cores), strict=False)
        )
    return fields


@lru_cache(maxsize=1)
def _table() -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    return tuple(
        (
            re.compile(
                rf"\b(?:(?:{english}) {_OFFICE}|{_OFFICE} (?:of|for) (?:{english}))\b",
                re.IGNORECASE,
            ),
            cores,
        )
        for english, cores, _ in _rows()
    )


def _rows() -> list[tuple[str, tuple[str, ...], str]]:
    written = resources.files("index").joinpath("data/unit_names_en.tsv")
    lines = written.read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return [(english, tuple(cores.split("|")), shown) for english, cores, shown in rows]
