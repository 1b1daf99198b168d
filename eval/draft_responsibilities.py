"""Drafts of what a document says of units: one for each of its responsibility records."""

import re
from collections.abc import Iterator
from typing import Any

from eval.draft_row import draft_row, evidence_at, place
from index.library import Index
from index.records import Clause, LeadBasisKind, Responsibility
from rag.records import ReasonCode
from rag.sentences import Piece, parts, sentences

Json = dict[str, Any]

_LONGEST_TOPIC, _SHORTEST_TOPIC = 30, 4
_END = "。:：;；,，"


def of_responsibilities(index: Index) -> Iterator[Json]:
    """Ask for the lead, or the units, of each list of units that an index has read."""
    for clause in index.clauses:
        topic = _topic(index, clause)
        own = [each for each in clause.responsibilities if each.inherited_from is None]
        for nth, record in enumerate(own, start=1):
            if topic:
                which = f"（第{nth}处责任单位）" if len(own) > 1 else ""
                yield _responsibility_row(index, clause, topic, record, which=which)


def _responsibility_row(
    index: Index, clause: Clause, topic: Piece, record: Responsibility, *, which: str
) -> Json:
    document = index.document(clause.document_id)
    basis = record.lead_basis
    evidence = [
        evidence_at(index, clause, topic.start, topic.end),
        evidence_at(index, clause, record.start, record.end),
    ]
    support: list[str] = []
    if basis is not None and basis.kind is LeadBasisKind.FIRST_LISTED:
        rule = index.clause(basis.clause_id)
        evidence.append(evidence_at(index, rule, basis.start, basis.end))
        support = [rule.clause_id] if rule.clause_id != clause.clause_id else []
    asked = f"{place(document)}{topic.text.rstrip(_END)}{which}"
    sole = record.lead is None and len(record.units) == 1
    facts: Json = {
        "evidence": evidence,
        "support": support,
        "lead": record.lead,
        "units": list(record.units),
        "qualifier": list(record.qualifiers),
    }
    if sole or not record.units:
        return draft_row(f"{asked}由哪个单位负责？", "units", "answer", document, **facts)
    if record.lead is None:
        facts["reason"] = ReasonCode.NO_LEAD_DESIGNATED.value
        return draft_row(f"{asked}由谁牵头？", "lead_unit", "units_no_lead", document, **facts)
    return draft_row(f"{asked}由谁牵头？", "lead_unit", "answer", document, **facts)


def _topic(index: Index, clause: Clause) -> Piece | None:
    """Give the words that name what a clause is about: its heading, or its first words."""
    first = next(iter(sentences(index, clause)), None)
    if first is None:
        return None
    pieces = [first, *parts(index, clause, first)]
    named = (_without_number(each, clause) for each in pieces)
    fitting = (
        each for each in named if _SHORTEST_TOPIC <= len(each.text.rstrip(_END)) <= _LONGEST_TOPIC
    )
    return next(fitting, None)


def _without_number(piece: Piece, clause: Clause) -> Piece:
    """Drop the clause's number from the front of a piece of its source."""
    match = re.match(
        r"[（(]?[\d一二三四五六七八九十百]+[)）.．、]+\s*|第[^\s]{1,6}[条章节]\s*", piece.quote
    )
    if match is None or clause.number is None:
        return piece
    cut = len(match[0])
    return Piece(piece.start + cut, piece.end, piece.text[cut:].lstrip(), piece.quote[cut:])
