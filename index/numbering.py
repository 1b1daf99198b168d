"""Recognise the numbers that open clauses: 一、（一）1. 第三条 1.2.1 ① 附件2 专栏1 Article 5.

A number alone proves little: “第三条规定的条件” opens nothing. This module only proposes
candidates; :mod:`index.sequence` decides which of them follow one another.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

_CN = "一二三四五六七八九十百千零〇"
_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0}
_TENS = {"十": 10, "百": 100, "千": 1000}


class Style(StrEnum):
    """How a number is written; one outline level uses one style."""

    PART = "编"
    CHAPTER = "章"
    SECTION = "节"
    ARTICLE = "条"
    ANNEX = "附件"
    BOX = "专栏"
    DUN = "一、"
    PAREN = "（一）"
    DECIMAL = "1.1"
    DOT = "1."
    DIGIT_PAREN = "（1）"
    HALF_PAREN = "1）"
    CIRCLED = "①"
    LETTER = "(a)"


# Ranks of the styles that legislation fixes (立法技术规范: 编、章、节、条); others nest freely.
RANK = {Style.ANNEX: 0, Style.PART: 1, Style.CHAPTER: 2, Style.SECTION: 3, Style.ARTICLE: 4}


@dataclass(frozen=True, slots=True)
class Marker:
    """A candidate number at ``text[start:end]`` of a clean text.

    ``value`` is its position in its list, ``prefix`` the outer part of a decimal number
    (``(1, 2)`` of 1.2.3), ``label`` its normal form in a path (``（三）``, ``第三条``, ``1.2``),
    ``strong`` whether it opens a line.
    """

    style: Style
    value: int
    start: int
    end: int
    label: str
    strong: bool
    prefix: tuple[int, ...] = ()


def parse_number(words: str) -> int:
    """Read a Chinese or Arabic number below ten thousand.

    Examples
    --------
    >>> [parse_number(n) for n in ("三", "十", "二十三", "一千二百六十", "二〇", "17", "一百零一")]
    [3, 10, 23, 1260, 20, 17, 101]
    """
    if words.isdigit():
        return int(words)
    if not any(character in _TENS for character in words):
        return int("".join(str(_DIGITS[character]) for character in words))
    total = digit = 0
    for character in words:
        if character in _TENS:
            total += (digit or 1) * _TENS[character]
            digit = 0
        else:
            digit = _DIGITS[character]
    return total + digit


_GAP = r"[ \t\u3000\xa0]*"
_PATTERNS: tuple[tuple[Style, re.Pattern[str]], ...] = (
    (
        Style.ARTICLE,
        re.compile(
            rf"第{_GAP}([{_CN}]+|\d+){_GAP}条((?:之[一二三四五六七八九十]+)?)"
            r"(?!(?:第?[一二三四五六七八九十\d]+[款项])|规定|所[称列指规]|的|和|至|或|及|与|之"
            r"|以[外上下])"
        ),
    ),
    (Style.PART, re.compile(rf"第{_GAP}([{_CN}]+|\d+){_GAP}编(?=[\s\u4e00-\u9fff]|$)")),
    (Style.CHAPTER, re.compile(rf"第{_GAP}([{_CN}]+|\d+){_GAP}章(?=[\s\u4e00-\u9fff]|$)(?!规定)")),
    (Style.SECTION, re.compile(rf"第{_GAP}([{_CN}]+|\d+){_GAP}节(?=[\s\u4e00-\u9fff]|$)(?!规定)")),
    (Style.ARTICLE, re.compile(r"(?:Article|ARTICLE)\s+(\d+)(-\d+)?(?=[\s.:]|$)")),
    (Style.CHAPTER, re.compile(r"(?:Chapter|CHAPTER)\s+(\d+|[IVX]+)()(?=[\s.:]|$)")),
    (Style.SECTION, re.compile(r"(?:Section|SECTION)\s+(\d+)()(?=[\s:]|\.\s|$)")),
    (Style.DUN, re.compile(rf"([{_CN}]{{1,4}}){_GAP}[、.](?=\s*\S)")),
    (Style.PAREN, re.compile(rf"\({_GAP}([{_CN}]{{1,4}}){_GAP}\)[、.]?")),
    (
        Style.DECIMAL,
        re.compile(
            r"(\d{1,2}(?:\.\d{1,2}){1,4})\.?(?=[\s\u3000:]"
            r"|[\u4e00-\u9fff“])(?![年月日%万亿元倍个千米])"
        ),
    ),
    (Style.DOT, re.compile(r"(\d{1,3})(?:[.、](?!\d)|\.(?=\d+[GM]))(?=\s*\S)")),
    (Style.DIGIT_PAREN, re.compile(rf"\({_GAP}(\d{{1,2}}){_GAP}\)(?=\s*\S)")),
    (Style.HALF_PAREN, re.compile(r"(\d{1,2})\)(?=\s*\S)")),
    (Style.CIRCLED, re.compile(r"([①-⑳])(?=\s*\S)")),
    (Style.LETTER, re.compile(r"\(([a-z])\)(?=\s*[A-Z a-z])")),
)
_BARE = re.compile(r"(\d{1,2})[ \t\u3000]+(?=[\u4e00-\u9fff])")
_ANNEX = re.compile(
    rf"附{_GAP}([件录]){_GAP}((?:\d{{1,2}}|[{_CN}]{{1,3}})?)"
    # 附件:1.… and 附件1:… list what is attached; 附件1 alone, or 附件1: alone, opens an annex
    rf"(?:(?<=[\d{_CN}]){_GAP}:(?={_GAP}(?:\n|$))|(?!{_GAP}[:\d]"
    rf"|{_GAP}[一-龥]{{0,6}}:)(?=[\s《\u4e00-\u9fff]|$))"
)
_BOX = re.compile(rf"专栏{_GAP}(\d{{1,2}}|[{_CN}]{{1,3}})(?=[\s:《\u4e00-\u9fff]|$)")
_ROMAN = {"I": 1, "V": 5, "X": 10}
_LABELS = {
    Style.PAREN: "（{}）",
    Style.DIGIT_PAREN: "（{}）",
    Style.HALF_PAREN: "{}）",
    Style.LETTER: "（{}）",
}
_CHINESE_ORDINAL = (Style.PART, Style.CHAPTER, Style.SECTION, Style.ARTICLE)


def marker_at(text: str, at: int, *, strong: bool, decimals: bool = False) -> Marker | None:
    """Read the number that stands at ``text[at]``, if one does.

    ``strong`` says that a line begins there; ``decimals`` that the document numbers its
    sections 1, 1.1, 1.2, so that “1　总则” is a number too.
    """
    if strong and (opening := _opening_at(text, at)):
        return opening
    for style, pattern in _PATTERNS:
        if match := pattern.match(text, at):
            return _marker(style, match, strong=strong)
    if decimals and (match := _BARE.match(text, at)):
        value = int(match[1])
        return Marker(Style.DECIMAL, value, at, match.end(), match[1], strong)
    return None


def _opening_at(text: str, at: int) -> Marker | None:
    if match := _ANNEX.match(text, at):
        value = parse_number(match[2]) if match[2] else 1
        label = f"附{match[1]}{match[2]}"
        return Marker(Style.ANNEX, value, at, match.end(), label, strong=True)
    if match := _BOX.match(text, at):
        label = f"专栏{match[1]}"
        return Marker(Style.BOX, parse_number(match[1]), at, match.end(), label, strong=True)
    return None


def _marker(style: Style, match: re.Match[str], *, strong: bool) -> Marker:
    words = match[1]
    prefix: tuple[int, ...] = ()
    if style is Style.DECIMAL:
        *outer, last = (int(part) for part in words.split("."))
        prefix, value = tuple(outer), last
    else:
        value = _value(style, words)
    label = _label(style, match, words)
    return Marker(style, value, match.start(), match.end(), label, strong, prefix)


def _value(style: Style, words: str) -> int:
    if style is Style.CIRCLED:
        return ord(words) - ord("①") + 1
    if style is Style.LETTER:
        return ord(words) - ord("a") + 1
    if words[0] in _ROMAN:
        return _roman(words)
    return parse_number(words)


def _roman(words: str) -> int:
    values = [_ROMAN[character] for character in words]
    following = [*values[1:], 0]
    return sum(-v if v < n else v for v, n in zip(values, following, strict=True))


def _label(style: Style, match: re.Match[str], words: str) -> str:
    if style in _CHINESE_ORDINAL:
        if match[0][0] != "第":
            return re.sub(r"\s+", " ", match[0]).strip()
        inserted = match[2] if style is Style.ARTICLE else ""
        return f"第{words}{style.value}{inserted or ''}"
    return _LABELS.get(style, "{}").format(words)
