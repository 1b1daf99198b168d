"""Figures in a text: numbers and dates, as values that can be compared."""

import re
from collections.abc import Iterator
from decimal import Decimal

from index.clean import fold
from index.numbering import parse_number

_MARKER = re.compile(r"\[\d+\]")  # a citation's mark, no figure of the answer
_DIGITS = re.compile(r"(?<![\d,])\d{1,3}(?:,\d{3})+(?![\d,])(?:\.\d+)?|\d+(?:\.\d+)?")
# A full-width comma is punctuation but between digits as wide: 2023，2024年, １，０００家.
_PUNCTUATION = re.compile("(?<![０-９])，|，(?![０-９])")
# Of one character they are words more often than figures: 一致, 统一, 万一; so is 十分.
_CHINESE = re.compile("(?!一一)[〇零一二两三四五六七八九十百千]{2,}|十(?!分(?!钟|之))")
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january|jan",
            "february|feb",
            "march|mar",
            "april|apr",
            "may",
            "june|jun",
            "july|jul",
            "august|aug",
            "september|sept|sep",
            "october|oct",
            "november|nov",
            "december|dec",
        ),
        start=1,
    )
    for name in names.split("|")
}
# A month's name beside a day or a year; alone, "may" and "march" are words.
_MONTH = re.compile(
    rf"(?:\b\d{{1,2}}(?:st|nd|rd|th)?\s+)({'|'.join(_MONTHS)})\b"
    rf"|\b({'|'.join(_MONTHS)})\.?\s+\d",
    re.IGNORECASE,
)


def figures(text: str) -> list[Decimal]:
    """Give the numbers that a text writes, in order; a date gives year, month and day.

    Digits of any width, with or without thousands separators, Chinese numerals of two and more
    characters (and 十), and English months beside a day or year. Citation marks ``[1]`` are none.

    Examples
    --------
    >>> [str(each) for each in figures("到2025年达到99.50%[1]，十五个工作日内，1,000家")]
    ['2025', '99.5', '15', '1000']
    """
    words = _PUNCTUATION.sub("、", _MARKER.sub(" ", text))
    return [value for _, value in sorted(_found(fold(words)))]


def _found(text: str) -> Iterator[tuple[int, Decimal]]:
    for match in _DIGITS.finditer(text):
        yield match.start(), _plain(Decimal(match[0].replace(",", "")))
    for match in _CHINESE.finditer(text):
        yield match.start(), Decimal(parse_number(match[0].replace("两", "二")))
    for match in _MONTH.finditer(text):
        group = 1 if match[1] else 2
        yield match.start(group), Decimal(_MONTHS[match[group].lower()])


def _plain(value: Decimal) -> Decimal:
    """Drop zeros behind the point, which say nothing about the value: 99.50, 99.5."""
    return Decimal(int(value)) if value == value.to_integral_value() else value.normalize()
