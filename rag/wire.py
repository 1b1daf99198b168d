"""The JSON form of answers, citations, documents and clauses: copied from the records here only.

The API serves it, the command line prints it with ``--json``, and the evaluation reads it, so
that an answer in process and one over HTTP are the same bytes.
"""

from typing import Any

from index.records import Clause, Document, LeadBasis, Region, Responsibility
from rag.records import Answer, AnswerResponsibility, Citation, SearchHit

Json = dict[str, Any]


def answer_json(answer: Answer) -> Json:
    """Give the body of a ``/v1/ask`` response."""
    reason = answer.reason
    return {
        "id": answer.id,
        "question": answer.question,
        "interpreted_as": answer.interpreted_as,
        "lang": answer.lang.value,
        "status": answer.status.value,
        "answer": answer.answer,
        "reason": {"code": reason.code.value, "message": reason.message} if reason else None,
        "worded_by": answer.worded_by,
        "responsibilities": [_answer_responsibility(r) for r in answer.responsibilities],
        "citations": [citation_json(citation) for citation in answer.citations],
        "index": {"version": answer.index_version, "model": answer.model},
        "timings_ms": {"total": round(answer.total_ms, 2)},
    }


def _answer_responsibility(record: AnswerResponsibility) -> Json:
    basis = record.lead_basis
    return {
        "citation": record.citation,
        "document_id": record.document_id,
        "clause_id": record.clause_id,
        "lead": record.lead,
        "leads": list(record.leads),
        "units": list(record.units),
        "qualifiers": list(record.qualifiers),
        "lead_basis": {
            "kind": basis.kind.value,
            "clause_id": basis.clause_id,
            "citation": basis.citation,
            "quote": basis.quote,
        }
        if basis
        else None,
    }


def citation_json(citation: Citation) -> Json:
    """Give a citation, or a search hit, as it travels."""
    clause = citation.clause
    return {
        "n": citation.n,
        "role": citation.role.value,
        "clause_id": clause.clause_id,
        "document": cited_document(citation.document),
        "path": list(clause.path),
        "label": citation.label,
        "quote": citation.quote,
        "source": _source(citation.document, clause),
        "highlights": [{"start": h.start, "end": h.end} for h in citation.highlights],
        "score": round(citation.score, 4),
        "url": f"/c/{clause.clause_id}",
        "damaged": clause.damaged,
        "truncated": clause.truncated,
    }


def hit_json(hit: SearchHit, *, explain: bool = False) -> Json:
    """Give a search hit as it travels, with why it stands where it stands if wanted."""
    citation = citation_json(hit.citation)
    if not explain:
        return citation
    told = [
        {"feature": each.feature, "value": round(each.value, 4), "adds": round(each.adds, 4)}
        for each in hit.explanation
    ]
    parts = {"score": hit.score, "lexical": hit.lexical, "dense": hit.dense}
    rounded = {name: round(value, 4) for name, value in parts.items()}
    return {**citation, "explanation": {**rounded, "features": told}}


def document_json(document: Document) -> Json:
    """Give a document's metadata, with its file and what was inferred."""
    return {
        **cited_document(document),
        "file": document.file,
        "sha256": document.sha256,
        "inferred": dict(document.inferred),
    }


def cited_document(document: Document) -> Json:
    """Give a document's metadata as it stands beside a citation."""
    return {
        "id": document.document_id,
        "title": document.title,
        "number": document.number,
        "issuer": document.issuer,
        "region": _region(document.region),
        "level": document.level.value if document.level else None,
        "date": document.date,
        "status": document.status.value,
    }


def _region(region: Region | None) -> Json | None:
    return {"name": region.name, "code": region.code} if region else None


def _source(document: Document, clause: Clause) -> Json:
    return {"file": document.file, "start": clause.start, "end": clause.end, "page": None}


def clause_json(clause: Clause, document: Document) -> Json:
    """Give a clause of a document's outline, without its text."""
    records = [responsibility_json(record) for record in clause.responsibilities]
    return {
        "clause_id": clause.clause_id,
        "parent_id": clause.parent_id,
        "kind": clause.kind.value,
        "number": clause.number,
        "heading": clause.heading,
        "path": list(clause.path),
        "source": _source(document, clause),
        "sha256": clause.sha256,
        "noise": clause.noise,
        "damaged": clause.damaged,
        "truncated": clause.truncated,
        "responsibility": records[0] if records else None,
        "responsibilities": records,
    }


def responsibility_json(record: Responsibility) -> Json:
    """Give a responsibility record as a clause carries it."""
    return {
        "lead": record.lead,
        "leads": list(record.leads),
        "units": list(record.units),
        "qualifiers": list(record.qualifiers),
        "lead_basis": lead_basis_json(record.lead_basis),
        "inherited_from": record.inherited_from,
        "start": record.start,
        "end": record.end,
    }


def lead_basis_json(basis: LeadBasis | None) -> Json | None:
    """Give the words that make a lead the lead, with their offsets."""
    if basis is None:
        return None
    return {
        "kind": basis.kind.value,
        "clause_id": basis.clause_id,
        "quote": basis.quote,
        "start": basis.start,
        "end": basis.end,
    }
