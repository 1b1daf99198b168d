"""Split a clean text into lines, also where a web copy has flattened the line breaks.

A line is a piece of the clean text that its publisher set on a line of its own. In a text
flattened to one line the breaks survive as white space between a sentence's end and the next
line's first character, or not at all; the latter are found at the document number and the
addressee.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

_LONGEST_SET_LINE = 200  # a longer line without a break is taken to be flattened
_NEWLINE = re.compile(r"[\n\r]+")
_LOST_BREAK = re.compile(
    r"(?<![A-Za-z0-9 \t\u3000\xa0])[ \t\u3000\xa0]+"
    r"|(?<=[A-Za-z0-9])[ \t\u3000\xa0]{2,}"
)
_ONLY_NUMBER = re.compile(
    r"[(]?[\d.]{1,8}[)、.]?|[(]?[一二三四五六七八九十百零〇]{1,6}[)、.]?|[①-⑳]|第[\d一二三四五六七八九十百零〇\s]{1,9}[编章节条]"
)
_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,14}[〔\[【(]\d{4}[〕\]】)]\s*(?:第\s*)?\d{1,5}\s*号")
_ADDRESSEE_END = re.compile(r"(?:政府|机构|单位|部门|委员会|[局委厅院部办行])[^:。;,]{0,4}:")
_LETTERHEAD_REACH = 260  # how far into a flattened text its letterhead may run


@dataclass(frozen=True, slots=True)
class Line:
    """``text`` is a clean text's ``[start:end]``, without white space around it."""

    start: int
    end: int
    text: str


def split_lines(text: str) -> tuple[Line, ...]:
    r"""Give the lines of a clean text, in order, empty ones left out.

    Examples
    --------
    >>> [line.text for line in split_lines("一、总则\n\n 为了规范。")]
    ['一、总则', '为了规范。']
    """
    lines: list[Line] = []
    at = 0
    for match in [*_NEWLINE.finditer(text), None]:
        end = match.start() if match else len(text)
        lines.extend(_pieces(text, at, end))
        at = match.end() if match else end
    return tuple(lines)


def _pieces(text: str, start: int, end: int) -> list[Line]:
    if end - start <= _LONGEST_SET_LINE or "\t" in text[start:end]:
        cuts = [start, end]
    else:
        cuts = [start, *_lost_breaks(text, start, end), end]
    cuts = _letterhead_cuts(text, cuts)
    found = (_line(text, a, b) for a, b in pairwise(cuts))
    return [line for line in found if line.text]


def _lost_breaks(text: str, start: int, end: int) -> Iterator[int]:
    """Find where lines began; the gap between a number and its words (1. 落实…) is no break."""
    last = start
    for match in _LOST_BREAK.finditer(text, start, end):
        if not _ONLY_NUMBER.fullmatch(text[last : match.start()].strip()):
            last = match.end()
            yield last


def _letterhead_cuts(text: str, cuts: list[int]) -> list[int]:
    """Cut title, number and addressee apart where nothing at all stands between them."""
    first, last = cuts[0], cuts[-1]
    if last - first <= _LONGEST_SET_LINE and first > _LETTERHEAD_REACH:
        return cuts
    number = _NUMBER.search(text, first, min(last, first + _LETTERHEAD_REACH))
    if number is None or first > _LETTERHEAD_REACH or "根据" in text[first : number.start()]:
        return cuts
    start = _number_start(text, number)
    if start is None or ("《" in text[first:start] and "》" not in text[first:start]):
        return cuts
    extra = [start, number.end()] if text[start - 1 : start] not in "(（《" else []
    addressee = _ADDRESSEE_END.search(text, number.end(), min(last, number.end() + 120))
    if addressee and extra:
        extra.append(addressee.end())
    return sorted({*cuts, *extra})


def _number_start(text: str, number: re.Match[str]) -> int | None:
    """Find where a document number begins that a title runs into (…的通知国办函〔2014〕119号)."""
    if text[number.end() : number.end() + 1] in ")）》,、和":
        return None
    words = text[number.start() : number.end()]
    for ending in (
        "通知",
        "意见",
        "办法",
        "方案",
        "措施",
        "规定",
        "的函",
        "批复",
        "通报",
        "公告",
        "决定",
    ):
        at = words.rfind(ending)
        if at >= 0:
            return number.start() + at + len(ending)
    return None


def _line(text: str, start: int, end: int) -> Line:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    right = len(piece.rstrip())
    if right <= left:
        return Line(start, start, "")
    return Line(start + left, start + right, piece[left:right])
