"""Make a clean search copy of a text, with an exact map back to the source.

The copy is never quoted: it exists so that searching, cutting and reading see one form of what
the web wrote in many. Pinyin glosses pushed between characters are dropped, Traditional becomes
Simplified, full-width becomes half-width, Markdown marks go, a sentence broken by a page break
is joined again. Real parentheses survive.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache

import opencc

from index.records import SourceText

_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
_GLOSS = re.compile(rf"(?<=[\u3400-\u9fff])[(（]([a-zü{_TONED}]{{1,7}})[)）]")
# A syllable without its tone mark (汉语拼音方案: initial, if any, and final).
_SYLLABLE = re.compile(
    r"(?:[bpmfdtnlgkhjqxrzcsyw]|zh|ch|sh)?"
    r"(?:a|o|e|i|u|ü|ai|ei|ui|ao|ou|iu|ie|üe|ue|er|an|en|in|un|ün|ang|eng|ing|ong"
    r"|ia|iao|ian|iang|iong|ua|uo|uai|uan|uang|üan)"
)
_DAMAGE = re.compile(
    rf"\?[a-zü]*[{_TONED}][a-zü]*\)?"  # a gloss whose bytes were shifted: ?zāng
    rf"|(?<=[{_TONED}a-z][)）]);[^\s]?"  # a character lost behind a gloss: 規(guī);l
    r"|\ufffd+|锟斤拷[\u4e00-\u9fff]*|(?:[ÃÂ][\x80-\xbf]){2,}"
    r"|(?<=[\u4e00-\u9fff])<(?=[\u4e00-\u9fff])"
)
# Zero-width characters, direction marks, fillers, variation selectors, tags, controls.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff"
    "\x00-\x08\x0e-\x1f\x7f]"
)
_CONTROL = re.compile("[\x0b\x0c\x80-\x9f\u2028\u2029\ud800-\udfff]")
_MARKDOWN = re.compile(r"\*{2,}|^[ \t]*#{1,6}[ \t]+|(?<=\n)[ \t]*#{1,6}[ \t]+|^\ufeff?#{1,6}[ \t]+")
_BREAK = re.compile(
    r"[ \t\u3000\xa0]*(?:\r\n|\r|\n)(?:[ \t\u3000\xa0]*(?:\r\n|\r"
    r"|\n))*[ \t\u3000\xa0]*"
)
# Line starts that open something new, so that the line before them is complete.
_OPENING = re.compile(
    r"[(（\[［〔【]|[一二三四五六七八九十百]+[、.．是]"
    r"|第[一二三四五六七八九十百零〇\d]+[编章节条款]|第\s*\d+\s*[条條]|[\d①-⑳Ⅰ-Ⅻ*#|]"
    r"|附件|附录|附:|附：|专栏|抄送|责任单位|牵头单位|配合单位|注[:：]|https?:|\*"
)
_COMPLETE = '。！？!?；;：:…）)》】〕]”’"|'
_PROSE = re.compile("[，,。；;]")  # titles, numbers and names have none
_SHORTEST_BROKEN_LINE = 30
_KEPT_WIDE = frozenset("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ…")


@dataclass(frozen=True, slots=True)
class CleanText:
    """A cleaned text and, for each of its characters, the source span it came from.

    ``starts[i]`` and ``ends[i]`` bound the source characters that ``text[i]`` stands for; both
    never decrease. ``damage`` lists source spans whose characters are lost.
    """

    source: SourceText
    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    damage: tuple[tuple[int, int], ...]

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """Give the source span of ``text[start:end]``; an empty span maps to an empty one."""
        if start >= end:
            at = self.starts[start] if start < len(self.starts) else len(self.source.text)
            return at, at
        return self.starts[start], self.ends[end - 1]

    def from_source(self, start: int, end: int) -> tuple[int, int]:
        """Give the clean span whose characters come from within ``source.text[start:end]``."""
        first = bisect_left(self.starts, start)
        return first, max(first, bisect_right(self.ends, end))

    def slice(self, start: int, end: int) -> str:
        """Give the clean characters of a source span."""
        first, last = self.from_source(start, end)
        return self.text[first:last]


@lru_cache(maxsize=1)
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def simplify(text: str) -> str:
    """Fold Traditional characters to Simplified, one character for one.

    Examples
    --------
    >>> simplify("國務院辦公廳")
    '国务院办公厅'
    """
    folded: str = _converter().convert(text)
    if len(folded) == len(text):
        return folded
    return "".join(_one_for_one(character) for character in text)


def _one_for_one(character: str) -> str:
    folded: str = _converter().convert(character)
    return folded if len(folded) == 1 else character


def visible(text: str) -> str:
    r"""Give ``text`` without what has no form of its own: it could hide or turn the words round.

    Examples
    --------
    >>> visible("\u202e省\u200b药监局")
    '省药监局'
    """
    return _CONTROL.sub(" ", _INVISIBLE.sub("", text))


def fold(text: str) -> str:
    """Fold a question or a name as documents are folded: Simplified, NFKC, no invisible marks.

    Examples
    --------
    >>> fold("國辦發〔２０２１〕１６號（試行）")
    '国办发〔2021〕16号(试行)'
    """
    seen = _INVISIBLE.sub("", text)
    return "".join(_narrow(character) for character in simplify(seen))


def _narrow(character: str) -> str:
    if character in _KEPT_WIDE:
        return character
    return unicodedata.normalize("NFKC", character)


def clean(source: SourceText) -> CleanText:
    """Clean ``source`` for searching; time and memory are linear in its length.

    Examples
    --------
    >>> made = clean(SourceText("a.txt", "國務(wù)院（疫苗）", "utf-8", ""))
    >>> made.text
    '国务院(疫苗)'
    >>> made.to_source(1, 2), made.source.text[1:2]
    ((1, 2), '務')
    """
    text = source.text
    damage = _damaged_spans(text)
    dropped = bytearray(len(text))
    for start, end in _dropped_spans(text):
        dropped[start:end] = b"\x01" * (end - start)
    folded = simplify(text)
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for at, character in enumerate(folded):
        if dropped[at]:
            continue
        narrow = _narrow(character)
        characters.append(narrow)
        starts.extend([at] * len(narrow))
        ends.extend([at + 1] * len(narrow))
    return CleanText(source, "".join(characters), tuple(starts), tuple(ends), damage)


def _damaged_spans(text: str) -> tuple[tuple[int, int], ...]:
    if "�" not in text and not _has_glosses(text) and "锟" not in text and "Ã" not in text:
        return ()
    return tuple(match.span() for match in _DAMAGE.finditer(text))


def _is_syllable(letters: str) -> bool:
    return bool(_SYLLABLE.fullmatch(letters))


def _is_toned(syllable: str) -> bool:
    return any(mark in syllable for mark in _TONED)


def _has_glosses(text: str) -> bool:
    found = 0
    for match in _GLOSS.finditer(text):
        found += _is_toned(match[1])
        if found >= 3:  # noqa: PLR2004 - one or two may be real parentheses
            return True
    return False


def _dropped_spans(text: str) -> list[tuple[int, int]]:
    spans = [match.span() for match in _INVISIBLE.finditer(text)]
    spans += [match.span() for match in _MARKDOWN.finditer(text)]
    many = _has_glosses(text)
    spans += [
        m.span() for m in _GLOSS.finditer(text) if _is_toned(m[1]) or (many and _is_syllable(m[1]))
    ]
    spans += _broken_lines(text)
    return spans


def _broken_lines(text: str) -> list[tuple[int, int]]:
    """Find line breaks inside a sentence, with a character that a page break doubled."""
    spans = []
    line_start = 0
    for match in _BREAK.finditer(text):
        start, end = match.span()
        if _is_broken(text, line_start, start, end):
            doubled = text[start - 1] == text[end] and text.count("\n", start, end) > 1
            spans.append((start, end + 1 if doubled else end))
        else:
            line_start = end
    return spans


def _is_broken(text: str, line_start: int, start: int, end: int) -> bool:
    if start - line_start < _SHORTEST_BROKEN_LINE or end >= len(text):
        return False
    last, following = text[start - 1], text[end]
    line = text[line_start:start]
    if "\t" in line or last in _COMPLETE or following.isspace() or not _PROSE.search(line):
        return False
    if last in "，,、":
        return not _OPENING.match(text, end) or following in "(（"
    return _is_han(last) and _is_han(following) and not _OPENING.match(text, end)


def _is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff"
