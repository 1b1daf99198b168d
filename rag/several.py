"""Several questions put as one: take them apart, and join what is decided on each."""

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.finding import Decision
from rag.intent import Intent
from rag.question import Query
from rag.records import ReasonCode, Status

_MOST = 8  # questions that are taken apart; more are read as one
_END = re.compile(r"(?<=[?\n])\s*")
_ASKS = re.compile(r"[?]\s*$|谁|哪|什么|多少|\b(?:who|which|what|when|how)\b", re.IGNORECASE)
_SAID = frozenset((Status.ANSWERED, Status.PARTIAL))
_JOINED = frozenset((Intent.LEAD, Intent.UNITS, Intent.TARGET, Intent.CONTENT, Intent.DEFINITION))


def questions_in(query: Query) -> tuple[str, ...]:
    """Give the questions of a question that holds several; none where it is one."""
    pieces = [piece for piece in _END.split(query.folded) if _ASKS.search(piece)]
    return tuple(pieces) if 1 < len(pieces) <= _MOST else ()


def place_of(query: Query) -> str:
    """Give the words by which a question names a place or a document."""
    scope = query.scope
    pairs = zip(query.folded, scope.masked, strict=True)
    return "".join(a for a, b in pairs if a != b) if scope.named else ""


def unsettled(decision: Decision) -> bool:
    """Whether a decision found nothing, or nothing for one of the places asked about."""
    return decision.status is Status.NOT_FOUND or bool(decision.uncovered)


def joined(decisions: Sequence[Decision]) -> Decision | None:
    """Join the decisions on several questions; none where no question is answered."""
    found = [each for each in decisions if each.status in _SAID]
    if not found or not all(each.intent in _JOINED for each in decisions):
        return None
    short = next((each for each in decisions if each.status is not Status.ANSWERED), None)
    reason = short.reason if short else None
    if reason is ReasonCode.TOPIC_NOT_COVERED:
        reason = ReasonCode.FACT_NOT_STATED
    return replace(
        found[0],
        status=Status.PARTIAL if short else Status.ANSWERED,
        findings=tuple(dict.fromkeys(finding for each in found for finding in each.findings)),
        reason=reason,
        several=len(found) > 1 or found[0].several,
        units_asked=any(each.units_asked for each in found),
        related=tuple(dict.fromkeys(row for each in found for row in each.related)),
        missing=tuple(dict.fromkeys(name for each in decisions for name in each.missing)),
        uncovered=(),
        correction=None,
    )
