"""Figures in a text: numbers and dates, as values that can be compared."""

import re
from collections.abc import Iterator
from decimal import Decimal

from index.clean import fold
from index.numbering import parse_number

_MARKER = re.compile(r"\[\d+\]")  # a citation's mark, no figure of the answer
_DIGITS = re.compile(r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
# Of one character they are words more often than figures: 一致, 统一, 万一.
_CHINESE = re.compile("[〇零一二两三四五六七八九十百千]{2,}|十")
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january|jan",
            "february|feb",
            "march",
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
    return [value for _, value in sorted(_found(fold(_MARKER.sub(" ", text))))]


def _found(text: str) -> Iterator[tuple[int, Decimal]]:
    for match in _DIGITS.finditer(text):
        yield match.start(), _plain(Decimal(match[0].replace(",", "")))
    for match in _CHINESE.finditer(text):
        yield match.start(), Decimal(parse_number(match[0].replace("两", "二")))
    for match in _MONTH.finditer(text):
        name = match[1] or match[2]
        yield match.start(), Decimal(_MONTHS[name.lower()])


def _plain(value: Decimal) -> Decimal:
    """Drop zeros behind the point, which say nothing about the value: 99.50, 99.5."""
    return Decimal(int(value)) if value == value.to_integral_value() else value.normalize()
