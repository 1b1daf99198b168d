"""Tell a document's own word on who is responsible from what it only reports.

A designation, or a rule on lists, may stand in a document without being stated by it: quoted,
denied, left open, said of another document, or pasted in with the marks of a chat or a page.
"""

import re

from index.divisions import within
from index.records import Region
from index.regions import find_regions

_PAIRS = {"“": "”", "‘": "’", "「": "」", "『": "』", '"': '"'}
_LONGEST_QUOTE = 300
# What a document adds to another by quoting it is stated: 第三条修改为:“由甲局牵头…”.
_AMENDS = re.compile(r"(?:修改|改|增加|增写|调整)(?:一[款项条])?(?:为|成|作|[:,])+[^“”]{0,12}$")
_NEAR = 24
_OPEN = re.compile(
    r"(?:是否|如果?|假如|若|倘若|要是|建议|主张|误传|谣传|网传|传言|不)(?:都|均)?[“\"]?$"
)
_OF_ANOTHER = re.compile(
    r"(?:(?:其他|其它|外省|外市|外地|原|旧|有的|某些|兄弟)[^,。;:]{0,10}|(?:有人|有的)[^,。;:]{0,2}"
    r"|(?:省|市|县|区|州|盟|国务院)的?[^,。;:]{0,4}(?:文件|方案|通知|意见|办法)|《[^《》]{2,60}》)"
    r"(?:中|里)?(?:曾|已|也|均|都)?(?:规定|写明|明确|载明|提出|要求|采用)的?[:,]*$"
)
_OWN = re.compile(r"(?:本|此|该|这个?)(?:文件|方案|通知|意见|办法|规定)[^,。;:]{0,6}$")
_REFUSED = re.compile(
    r"[”\"]?的?(?:说法|传言|建议|做法|意见|规定|要求|字样|内容)?,?(?:均|都|同时|现|已经?|一律|并|属|系)?"
    r"(?:未予?采纳|未被采纳|不予采纳|没有依据|不属实|误传|虚假|现予更正|予以更正|不采用|不适用|不再适用"
    r"|同时废止|予以废止|已经?废止|另行(?:研究|规定|确定|明确))"
)
# [1] behind a designation is the mark of an answer, copied in; <|…|> that of a chat.
_MARK_BEFORE = re.compile(r"(?:\[\d{1,3}\]|\|>[\sa-z]*)\s*[由以]?$")
_MARK_BEHIND = re.compile(r" ?(?:\[\d{1,3}\]|<\|)")
_MARK_INSIDE = re.compile(r"\[\d{1,3}\]")
_SENTENCE_START = re.compile(r"(?:^|[。;!?\n])[\s\d一二三四五六七八九十、.()]*$")
_HIDDEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|iframe|system|assistant)\b[^<>]*>.*?(?:</\1\s*>|\Z)",
    re.DOTALL | re.IGNORECASE,
)


def is_reported(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]``, a designation or a rule, is not the document's own word.

    Examples
    --------
    >>> [is_reported(text, text.index("甲局"), text.index("头") + 1)
    ...  for text in ("由甲局牵头。", "网传“由甲局牵头”。", "是否由甲局牵头,另行研究。")]
    [False, True, True]
    """
    before = text[max(0, start - _NEAR) : start]
    behind = text[end : end + _NEAR]
    bare = before.rstrip("由以")
    if _MARK_INSIDE.search(text, start, end):
        return True
    if _MARK_BEFORE.search(before) or _MARK_BEHIND.match(behind) or _REFUSED.match(behind):
        return True
    if _OPEN.search(bare) or (_OF_ANOTHER.search(before) and not _OWN.search(before)):
        return True
    return _is_quoted(text, start, end) or any(
        match.start() <= start < match.end() for match in _HIDDEN.finditer(text)
    )


def is_elsewhere(text: str, start: int, region: Region | None) -> bool:
    """Whether the sentence of ``text[start:]`` opens with a place outside the document's own.

    A place above it or within it is not outside; nor is any where ``region`` is not known.
    """
    if region is None:
        return False
    floor = max(text.rfind(mark, 0, start) for mark in "。;!?\n") + 1
    for mention in find_regions(text[floor:start]):
        if _SENTENCE_START.search(text[floor : floor + mention.start]):
            return not any(_related(each.region, region) for each in mention.divisions)
    return False


def _related(one: Region, other: Region) -> bool:
    return within(one.code, other.code) or within(other.code, one.code)


def _is_quoted(text: str, start: int, end: int) -> bool:
    """Whether a quotation holds all of it; what amends another document is no quotation."""
    floor = max(0, start - _LONGEST_QUOTE)
    for opening, closing in _PAIRS.items():
        at = text.rfind(opening, floor, start)
        if at < 0 or closing in text[at + 1 : start]:
            continue
        if (
            opening == closing
            and text.count(opening, text.rfind("\n", 0, start) + 1, start) % 2 == 0
        ):
            continue
        until = text.find(closing, at + 1)
        if until >= end - 1 and not _AMENDS.search(text[max(0, at - _NEAR) : at]):
            return True
    return False
