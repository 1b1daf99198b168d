"""Tell whether what a sentence says of leading is what the answer says."""

from index.clean import fold
from rag.connecting import LEAD
from rag.denials import denies
from rag.parts import CLAIM
from rag.records import AnswerResponsibility
from rag.stated_units import UNIT
from rag.told import Basis

_SHORTEST_QUOTE = 5


def wrong_lead(folded: str, basis: Basis) -> bool:
    """Tell whether a sentence makes a lead of whom the answer does not, or denies one.

    A part of it with a word of leading must name leads of the cited clauses and no other unit,
    or quote what the answer says of leading.
    """
    leads = {fold(lead) for each in basis.responsibilities for lead in each.leads}
    named = {fold(u) for each in basis.responsibilities for u in (*each.units, *each.leads)}
    for quote in basis.rules:
        for part in (quote, *(each for each in quote.split(",") if len(each) >= _SHORTEST_QUOTE)):
            folded = folded.replace(part, "")
    told = [each for each in CLAIM.split(basis.told) if LEAD.search(each)]
    return any(
        not _lead_holds(segment.strip(), leads, named, told)
        for segment in CLAIM.split(folded)
        if LEAD.search(segment)
    )


def _lead_holds(segment: str, leads: set[str], named: set[str], told: list[str]) -> bool:
    """Tell whether a part of a sentence that speaks of leading says what the answer says."""
    if denies(segment):
        units = {name for name in named if name in segment}
        return any(denies(each) and all(u in each for u in units) for each in told) and not (
            units & leads
        )
    if len(segment) >= _SHORTEST_QUOTE and any(segment in each for each in told):
        return True
    rest = segment
    for lead in sorted(leads, key=len, reverse=True):
        rest = rest.replace(lead, "\x00")
    if "\x00" not in rest:
        return False
    return not UNIT.search(rest) and not any(name in rest for name in named)


def lead_left_out(folded: str, told: str, entry: AnswerResponsibility) -> bool:
    """Tell whether ``told`` says of a lead that it leads, or that none does, and a text not."""
    if any(_says(told, lead) and not _says(folded, lead) for lead in map(fold, entry.leads)):
        return True
    return _denied(told) and not _denied(folded)


def _says(text: str, lead: str) -> bool:
    return any(lead in part and LEAD.search(part) for part in CLAIM.split(text))


def _denied(text: str) -> bool:
    return any(LEAD.search(part) and denies(part) for part in CLAIM.split(text))
