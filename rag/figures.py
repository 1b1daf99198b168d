"""Read the figures of a text: values however they are written, with what they count.

二〇二五年, 2025年 and "2025" are one figure; 90% and 百分之九十 are; 3个工作日 and 3天 are not.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {
    c: n for n, c in enumerate("〇壹贰叁肆伍陆柒捌玖")
}
_DIGITS |= {"○": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}
_TWENTIES = str.maketrans({"廿": "二十", "卅": "三十"})
NUMERALS: Final = "".join({**_DIGITS, **_TENS, **_MYRIADS, "廿": 20, "卅": 30, "半": 0})
_WORDS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20,
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90, "hundred": 100, "thousand": 1000, "first": 1, "second": 2, "third": 3,
    "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
}  # fmt: skip
_MONTHS = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
]  # fmt: skip
_SCALES = {
    "百": 100, "千": 1000, "万": 10**4, "亿": 10**8,
    "hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9,
}  # fmt: skip
_FIGURE = re.compile(
    r"(?P<arabic>\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)"
    rf"|(?P<percent>百分之)?(?P<han>[{NUMERALS}]+(?:点[{NUMERALS}]+)?)"
    rf"|\b(?P<month>{'|'.join(_MONTHS[:4] + _MONTHS[5:])}|May(?= \d)|(?<=\d )May)\b"
    rf"|\b(?P<word>{'|'.join(_WORDS)})\b",
    re.IGNORECASE,
)
_SCALE = re.compile(r"\s*(hundred|thousand|million|billion)\b|[百千]?[万亿]|[百千]", re.IGNORECASE)
_KINDS = (
    ("point", r"个?百分点|percentage points?\b"),
    ("%", r"%|per ?cent\b"),
    ("‰", "‰"),
    ("workday", r"个?工作日|(?:working|business)[ -]days?\b"),
    ("year", r"年|years?\b"),
    ("months", r"个月|months?\b"),
    ("month", "月"),
    ("week", r"个?(?:周|星期)|weeks?\b"),
    ("day", r"个?(?:日|天|自然日)|(?:calendar )?days?\b"),
    ("hour", r"个?小时|hours?\b"),
    ("minute", r"分钟|minutes?\b"),
    ("yuan", r"元|yuan\b|rmb\b"),
)
_KIND = re.compile(
    r"\s*-?(?:" + "|".join(f"(?P<k{at}>{words})" for at, (_, words) in enumerate(_KINDS)) + ")",
    re.IGNORECASE,
)
_COUNTED = re.compile("[余多]?([个项家名份条次人座艘部批类种位期款章节台件所亩公吨户批套])")
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_IN_CHINESE = re.compile(r"[\u3400-\u9fff]\s*\Z")
_JOINTS = ("-", "/", "—", "–")
_ORDINAL = ("第", "(")
_RELATIVE = frozenset({"%", "‰", "point"})


@dataclass(frozen=True, slots=True)
class Figure:
    """A value at ``[start, end)`` of a folded text; ``kind`` is what it counts.

    It is ``ordinal`` where it counts parts of a text, ``joined`` between dashes, ``bare`` behind
    Chinese words that it counts nothing for, and empty elsewhere.
    """

    start: int
    end: int
    value: Decimal
    kind: str

    @property
    def dated(self) -> bool:
        """Whether it is a year of the calendar."""
        return self.kind in ("year", "") and 1900 <= self.value <= 2100  # noqa: PLR2004

    def repeats(self, told: "Figure") -> bool:
        """Tell whether this says what ``told`` does: its value, and what it counts or nothing."""
        if self.value != told.value:
            return False
        if self.kind == told.kind:
            return True
        if not self.kind:
            return told.kind not in _RELATIVE
        return not told.kind and self.dated


def figures(folded: str) -> tuple[Figure, ...]:
    """Give the figures of a folded text, in their order.

    Examples
    --------
    >>> [(str(f.value), f.kind) for f in figures("到二〇二五年达到百分之九十,3个工作日,8万元")]
    [('2025', 'year'), ('90', '%'), ('3', 'workday'), ('80000', 'yuan')]
    >>> [(str(f.value), f.kind) for f in figures("within 3 working days, by May 2025: 1,000")]
    [('3', 'workday'), ('5', 'month'), ('2025', ''), ('1000', '')]
    """
    text = _ISO.sub(_in_words, folded)
    found: list[Figure] = []
    at = 0
    while match := _FIGURE.search(text, at):
        at, value = match.end(), _value(match)
        if match["arabic"] and (scale := _SCALE.match(text, at)):
            at = scale.end()
            for part in re.findall(r"[百千万亿]|[a-z]+", scale[0].lower()):
                value *= _SCALES[part]
        kind, at = _kind(text, match, at)
        if kind == "day" and found and found[-1].kind == "month" and found[-1].end == match.start():
            kind = "day of month"
        found.append(Figure(match.start(), at, value, kind))
    return tuple(found)


def _in_words(date: re.Match[str]) -> str:
    """Write 2021-12-30 as 2021年12月30日 in as many characters, so that places stay right."""
    year, month, day = date.groups()
    return f"{year}年{month}月{day}"


def _kind(text: str, match: re.Match[str], at: int) -> tuple[str, int]:
    """Give what a figure counts and where the words for that end."""
    if match["percent"] or match["month"]:
        return "%" if match["percent"] else "month", at
    listed = match["han"] and text[at : at + 1] == "、"
    if listed or text.endswith(_ORDINAL, 0, match.start()):
        return "ordinal", at
    if text[at : at + 1] in _JOINTS or text.endswith(_JOINTS, 0, match.start()):
        return "joined", at
    if counted := _KIND.match(text, at):
        return _KINDS[int((counted.lastgroup or "k0")[1:])][0], counted.end()
    if counted := _COUNTED.match(text, at):
        return counted[1], counted.end()
    return "bare" if _IN_CHINESE.search(text, 0, match.start()) else "", at


def _value(match: re.Match[str]) -> Decimal:
    if arabic := match["arabic"]:
        return Decimal(arabic.replace(",", ""))
    if month := match["month"]:
        return Decimal([each.lower() for each in _MONTHS].index(month.lower()) + 1)
    if word := match["word"]:
        return Decimal(_WORDS[word.lower()])
    whole, _, part = match["han"].translate(_TWENTIES).partition("点")
    if part:
        digits = "".join(str(_DIGITS.get(each, 0)) for each in part)
        return Decimal(f"{_han(whole)}.{digits}")
    return Decimal("0.5") if whole == "半" else Decimal(_han(whole))


def _han(run: str) -> int:
    """Give the value of Chinese numerals; without a unit they are digits side by side."""
    if not any(each in _TENS or each in _MYRIADS for each in run):
        return int("".join(str(_DIGITS.get(each, 0)) for each in run) or 0)
    total = section = digit = 0
    for each in run:
        if each in _DIGITS:
            digit = _DIGITS[each]
        elif each in _TENS:
            section += (digit or 1) * _TENS[each]
            digit = 0
        elif each in _MYRIADS:
            total += ((section + digit) or 1) * _MYRIADS[each]
            section = digit = 0
    return total + section + digit
