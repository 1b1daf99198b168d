"""Tell whether the units and document numbers of a sentence are those of its clauses."""

import re

from rag.connecting import ENGLISH, HANS
from rag.support import HAN, covered
from rag.told import Basis

UNIT = re.compile(
    r"(?:[局厅委办署]|政府|中心|委员会|办公室|办公厅|人民法院|检察院|集团|公司|协会|研究院|学院"
    r"|大学|分局|海关|银行|总队|支队|[\u3400-\u9fff]部)(?=$|[^\u3400-\u9fff]|和|与|及|以|等|为"
    r"|牵|负|按|参|的|是|承|共|会|并|也)"
)
"""The end of what looks like a unit's name."""

_ENGLISH_UNIT = re.compile(
    r"\b(?:[A-Za-z]+(?: of| for| and| the)* ){0,8}(?:bureaus?|departments?|administrations?"
    r"|commissions?|committees?|offices?|authorit(?:y|ies)|agenc(?:y|ies)|ministr(?:y|ies)"
    r"|governments?|councils?|cent(?:er|re)s?|institutes?|compan(?:y|ies)|associations?)\b",
    re.IGNORECASE,
)
NUMBER = re.compile(r"(?P<sign>[\u3400-\u9fffA-Za-z]*)(?P<tail>[〔\[(【]\d+[〕\])】]\s*第?\d+号?)")
"""A document number: the sign of its office, year and number."""

_JOINING = tuple(HANS - set("个项家份年月日第位所之以至从") - {"部分"})
_JOINS = ("据", "照", "由", "的", "和", "与", "及", "是", "为", "在", "按", "于", "号", "即")


def strange_unit(folded: str, basis: Basis) -> bool:
    """Tell whether a sentence has what looks like a unit's name and is none of its clauses'."""
    texts = (basis.words, basis.evidence)
    if any(
        not all(_stands(folded, match.end(), each, basis.places) for each in texts)
        for match in UNIT.finditer(folded)
    ):
        return True
    lower = [each.lower() for each in texts]
    return any(not _stands_in_english(m[0].lower(), lower) for m in _ENGLISH_UNIT.finditer(folded))


def _stands_in_english(name: str, texts: list[str]) -> bool:
    """Tell whether a name, after the words that lead up to it, stands in all texts."""
    words = name.split(" ")
    for at in range(len(words)):
        if all(" ".join(words[at:]) in each for each in texts):
            return at == 0 or words[at - 1] in ENGLISH
    return False


def _stands(folded: str, end: int, basis: str, places: str) -> bool:
    """Tell whether the name that ends at ``end`` stands in ``basis`` from its beginning on.

    The region may stand before it.
    """
    start = end
    while start > 0 and HAN.fullmatch(folded[start - 1]) and folded[start - 1 : end] in basis:
        start -= 1
    return any(_begins(folded, at, places) for at in range(start, end - 1))


def _begins(folded: str, at: int, places: str) -> bool:
    """Tell whether a name may begin at ``at``: after a mark, a joining word or a region."""
    before = folded[:at]
    if not before or not HAN.fullmatch(before[-1]) or before.endswith(_JOINING):
        return True
    return bool(covered(before, places, connecting=False)[-1])


def strange_number(folded: str, basis: Basis) -> bool:
    """Tell whether a sentence has a document number that its clauses do not have."""
    known = list(NUMBER.finditer(f"{basis.places}\n{basis.told}"))
    return any(
        not any(_same_number(found, other) for other in known) for found in NUMBER.finditer(folded)
    )


def _same_number(one: re.Match[str], other: re.Match[str]) -> bool:
    """Tell whether two numbers are one, whatever words stand before their signs."""
    if _digits(one["tail"]) != _digits(other["tail"]):
        return False
    a, b = one["sign"], other["sign"]
    same = 0
    while same < min(len(a), len(b)) and a[-1 - same] == b[-1 - same]:
        same += 1
    before, rest = a[: len(a) - same], b[: len(b) - same]
    if not same or (before and not before.endswith(_JOINS)):
        return False
    return not rest or not before or rest.endswith(_JOINS)


def _digits(tail: str) -> list[str]:
    return re.findall(r"\d+", tail)
