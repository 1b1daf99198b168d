"""Tell whether a sentence denies what was told, or states what was denied."""

import re

from rag.connecting import LEAD
from rag.parts import PART
from rag.support import HAN, share
from rag.told import Basis

_LEAST_SHARE = 0.5
_HARMLESS = re.compile(
    "不断|不仅|不同|不良反应|不少|不止|未来|非常|无论|无障碍|无人|无菌|非遗|非公|免费"
)
_DENIAL = re.compile(
    r"不|未|无|没|非|否|勿|禁|莫|免|除外"
    r"|\b(?:not|no|never|none|neither|nor|without|cannot|unless|except|fails?)\b|n't\b",
    re.IGNORECASE,
)


def denies(text: str) -> bool:
    """Tell whether folded words deny something."""
    return bool(_DENIAL.search(_HARMLESS.sub("", text)))


def wrong_denial(folded: str, basis: Basis) -> bool:
    """Tell whether a sentence denies what is told without a denial, or the other way round."""
    told = _HARMLESS.sub("", basis.told)
    said = _HARMLESS.sub("", folded)
    for match in _DENIAL.finditer(said):
        if not _denial_told(said, match, told):
            return True
    for segment in PART.split(told):
        if not denies(segment) or LEAD.search(segment):
            continue
        kept = share(_DENIAL.sub("", segment), said, places=basis.places)
        if kept is not None and kept >= _LEAST_SHARE and not denies(said):
            return True
        phrases = [segment[m.start() : m.end() + 1] for m in _DENIAL.finditer(segment)]
        han = HAN.search(said) is not None and kept is not None and kept >= _LEAST_SHARE
        if han and any(HAN.match(each) and each not in said for each in phrases):
            return True
    return False


def _denial_told(said: str, match: re.Match[str], told: str) -> bool:
    if not HAN.match(match[0]):
        return denies(told)
    around = said[match.start() : match.end() + 2]
    return (HAN.match(around) or match)[0] in told
