"""Drafts of questions to be declined, hard ones: another region's matters, absent units."""

import re
from collections.abc import Iterator
from typing import Any

from eval.draft_row import draft_row, place
from eval.names import fold_name
from index.library import Index
from index.records import ClauseKind, Document
from rag.records import ReasonCode

Json = dict[str, Any]

_SHORTEST_HEADING = 6  # characters; a shorter one (总体要求) names no subject
_SHORTEST_UNIT = 3
_LEVEL = re.compile("^(?:自治区|[省市县区])")
_END = "。:：;；,，"
# Their heading is the document's name, or no heading of the document at all.
_NO_TASK = frozenset({ClauseKind.TITLE, ClauseKind.NOISE})


def _texts(index: Index) -> dict[str, str]:
    texts: dict[str, str] = {}
    for clause in index.clauses:
        texts[clause.document_id] = texts.get(clause.document_id, "") + clause.search_text
    return texts


def _headings_elsewhere(index: Index) -> Iterator[tuple[str, Document]]:
    """Give each heading with each document of a region that lacks the words of it."""
    texts = _texts(index)
    for clause in index.clauses:
        heading = (clause.heading or "").rstrip(_END)
        if clause.kind in _NO_TASK or len(heading) < _SHORTEST_HEADING:
            continue
        for document in index.documents:
            if _is_elsewhere(
                document, index.document(clause.document_id)
            ) and heading not in texts.get(document.document_id, ""):
                yield heading, document


def _is_elsewhere(document: Document, other: Document) -> bool:
    return document.region is not None and document.region != other.region


def elsewhere(index: Index) -> Iterator[Json]:
    """Ask each region for the lead of what only another region's document has a heading for."""
    for heading, document in _headings_elsewhere(index):
        yield draft_row(
            f"{place(document)}{heading}由谁牵头？",
            "unanswerable",
            "out_of_scope",
            document,
            reason=ReasonCode.TOPIC_NOT_COVERED.value,
            note="Another region's heading: does this document say it in other words?",
        )


def absent_units(index: Index) -> Iterator[Json]:
    """Ask a document for the tasks of a unit that only other regions' documents name."""
    named: dict[str, dict[str, None]] = {}
    for clause in index.clauses:
        units = named.setdefault(clause.document_id, {})
        units.update(dict.fromkeys(u for r in clause.responsibilities for u in r.units))
    folded = {document_id: fold_name(text) for document_id, text in _texts(index).items()}
    for document in index.documents:
        if document.region is None or not named.get(document.document_id):
            continue
        others = dict.fromkeys(
            unit
            for other, units in named.items()
            if other != document.document_id
            for unit in units
        )
        for unit in others:
            core = _LEVEL.sub("", unit)
            if len(core) >= _SHORTEST_UNIT and fold_name(core) not in folded[document.document_id]:
                yield draft_row(
                    f"{place(document)}{core}参与哪些任务？",
                    "task_of_unit",
                    "not_stated",
                    document,
                    reason=ReasonCode.FACT_NOT_STATED.value,
                    note="A unit that only other documents name: has it another name here?",
                )
