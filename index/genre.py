"""The genre of an official document, read off the end of its title."""

import re
from typing import Final

GENRES: Final = (
    "law", "regulation", "rules", "interpretation", "reply", "amendment", "plan", "opinions",
    "notice", "other",
)  # fmt: skip
_ENDINGS: Final = (
    ("amendment", re.compile(r"修正案|修改|修订.{0,6}决定|\bamendment\b", re.IGNORECASE)),
    ("reply", re.compile(r"(?:批复|答复|复函|的函|电话答复)(?:\(|$)|\breply\b", re.IGNORECASE)),
    ("interpretation", re.compile(r"解释|适用.{0,60}(?:规定|意见)|\binterpretation\b", re.I)),
    ("plan", re.compile(r"(?:规划|方案|计划|要点|纲要|行动|清单)(?:\(|$)|\bplan\b", re.I)),
    ("opinions", re.compile(r"(?:意见|措施|政策)(?:\(|$)|\b(?:opinions?|measures)\b", re.I)),
    ("law", re.compile(r"(?:(?<![办方做])法|法典)(?:\(|$)|\b(?:law|code)\b", re.IGNORECASE)),
    ("regulation", re.compile(r"条例(?:\(|$)|\bregulations?\b", re.IGNORECASE)),
    ("rules", re.compile(r"(?:规定|办法|细则|规则|规程|标准)(?:\(|$)|\brules?\b", re.I)),
    ("notice", re.compile(r"(?:通知|公告|通告|决定|命令)(?:\(|$)|\bnotice\b", re.IGNORECASE)),
)


def genre_of(title: str | None) -> int:
    """Give the position in ``GENRES`` of a document with this title.

    Examples
    --------
    >>> [GENRES[genre_of(t)] for t in ("中华人民共和国刑法", "关于加强监管的实施意见", None)]
    ['law', 'opinions', 'other']
    """
    words = (title or "").strip().replace("（", "(")
    found = next((name for name, ending in _ENDINGS if ending.search(words)), "other")
    return GENRES.index(found)
