"""Decide what it means to stand first in a list of units: only a rule that a document states."""

import re

from index.clean import fold
from index.library import Index
from index.records import LeadBasis, LeadBasisKind
from rag.finding import Decision, Finding, unstated
from rag.intent import Intent
from rag.question import Query
from rag.records import ReasonCode, Status
from rag.sentences import Piece

_FIRST = re.compile(
    r"(?:列|排|位列|位居|写|放)(?:在|于)?(?:第一|首|最前|前头)|第一(?:位|个)(?:的)?(?:责任)?(?:单位|部门)"
    r"|(?:单位|部门)的?(?:排列|先后|排名|列名)?(?:顺序|次序|先后)"
    r"|\bfirst[- ](?:listed|named)|\bfirst (?:in|on) (?:the|a) list|\b(?:listed|named) first"
    r"|\border of (?:the )?units",
    re.IGNORECASE,
)
_MEANING = re.compile(
    r"什么意思|意味|含义|含意|说明什么|代表什么|表示什么|算不算|意义|怎么理解"
    r"|\b(?:mean|meaning|signify|imply)",
    re.IGNORECASE,
)


def asks_of_order(query: Query) -> bool:
    """Tell whether it is asked what the order of units in lists means."""
    return bool(_FIRST.search(query.folded) and _MEANING.search(query.folded))


def decide_order(index: Index, query: Query) -> Decision:
    """Give each document's rule about the unit listed first; without one the order says nothing."""
    found = tuple(
        finding
        for document_id in query.scope.document_ids
        for finding in _rules(index, document_id)
    )
    if not found:
        rows = [row for row, c in enumerate(index.clauses) if c.document_id in _asked(query)]
        listed = [row for row in rows if index.clauses[row].responsibilities]
        return unstated(Intent.DEFINITION, listed[:1], ReasonCode.FACT_NOT_STATED)
    return Decision(Status.ANSWERED, Intent.CONTENT, found, several=len(found) > 1)


def _asked(query: Query) -> frozenset[str]:
    return frozenset(query.scope.document_ids)


def _rules(index: Index, document_id: str) -> list[Finding]:
    """Find the sentences in which a document states its rules, each once."""
    bases: dict[tuple[int, int], LeadBasis] = {
        (basis.start, basis.end): basis
        for clause in index.clauses
        if clause.document_id == document_id
        for record in clause.responsibilities
        if (basis := record.lead_basis) and basis.kind is LeadBasisKind.FIRST_LISTED
    }
    found = []
    for (start, end), basis in sorted(bases.items()):
        told = Piece(start, end, fold(basis.quote), basis.quote)
        found.append(Finding(index.row(basis.clause_id), 1.0, pieces=(told,)))
    return found
