"""A gold row in draft: what every kind of draft has in common."""

import hashlib
from typing import Any

from eval.gold import ABSTAINING
from index.library import Index
from index.records import Clause, Document

Json = dict[str, Any]

TAG = "draft_row"


def draft_id(question: str) -> str:
    """Give a draft's id, which its question alone decides."""
    return f"draft-{hashlib.sha256(question.encode()).hexdigest()[:10]}"


def place(document: Document) -> str:
    """Name a document's region, as a question begins; empty if it is not known."""
    return document.region.name if document.region else ""


def draft_row(question: str, kind: str, behavior: str, document: Document, **facts: Any) -> Json:  # noqa: ANN401
    """Give a row that no person has reviewed, with what ``facts`` say of it.

    ``support`` are the clause ids of evidence that need not be found.
    """
    evidence = facts.pop("evidence", [])
    own = dict.fromkeys(each["clause_id"] for each in evidence)
    support = facts.pop("support", [])
    return {
        "question": question,
        "type": kind,
        "docs": [document.file],
        "evidence": evidence,
        "clause_ids": [each for each in own if each not in support],
        "support_clause_ids": support,
        "lead": None,
        "units": [],
        "qualifier": [],
        "parts": [],
        "answer": "",
        "abstain": behavior in ABSTAINING,
        "behavior": behavior,
        "tags": [TAG],
        "note": "",
        "reviewed": False,
        **facts,
    }


def evidence_at(index: Index, clause: Clause, start: int, end: int) -> Json:
    """Give ``text[start:end]`` of a clause's document as a piece of evidence."""
    text = index.text(clause.document_id)
    return {
        "doc": index.document(clause.document_id).file,
        "start": start,
        "end": end,
        "text": text[start:end],
        "clause_id": clause.clause_id,
    }
