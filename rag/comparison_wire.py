"""The JSON form of a comparison: copied from its records here only."""

from rag.compare import ChainStep, Comparison, Row
from rag.contrast import Column, Point, trimmed
from rag.sentences import Piece
from rag.trace import LEAST_ALIGNMENT
from rag.wire import Json, citation_json, cited_document, lead_basis_json


def comparison_json(comparison: Comparison) -> Json:
    """Give the body of a ``/v1/compare`` response."""
    numbers = {row.entry.row: row.citation.n for row in comparison.rows}
    contrasts = {each.column: each for each in comparison.contrasts}
    shared = {column: contrasts[column].shared for column in contrasts}
    differing = {column: contrasts[column].differing for column in contrasts}
    return {
        "topic": comparison.topic,
        "rows": [_compared(row) for row in comparison.rows],
        "lacking": [cited_document(document) for document in comparison.lacking],
        "missing": list(comparison.missing),
        "differences": {c.value: _points(differing.get(c, ()), numbers) for c in Column},
        "shared": {c.value: _points(shared.get(c, ()), numbers) for c in Column},
        "chain": [_chain_step(step, n) for n, step in enumerate(comparison.chain, start=1)],
    }


def _compared(row: Row) -> Json:
    record = row.record
    return {
        **citation_json(row.citation),
        "says": [_piece(piece) for piece in row.says],
        "lead": record.lead if record else None,
        "leads": list(record.leads) if record else [],
        "units": list(record.units) if record else [],
        "qualifiers": list(record.qualifiers) if record else [],
        "lead_basis": lead_basis_json(record.lead_basis) if record else None,
        "inherited_from": record.inherited_from if record else None,
        "targets": [_piece(piece) for piece in row.entry.targets],
        "deadlines": [_piece(piece) for piece in row.entry.deadlines],
    }


def _piece(piece: Piece) -> Json:
    """Give words of a clause: ``text`` legible, ``quote`` as published at the offsets."""
    return {
        "text": trimmed(piece.text),
        "quote": piece.quote,
        "start": piece.start,
        "end": piece.end,
    }


def _points(points: tuple[Point, ...], numbers: dict[int, int]) -> list[Json]:
    return [
        {
            "held": [
                {"n": numbers[h.row], "document_id": h.document_id, "words": h.words}
                for h in point.held
            ],
            "lacking": list(point.lacking),
        }
        for point in points
    ]


def _chain_step(told: ChainStep, n: int) -> Json:
    step, link = told.step, told.link
    piece = step.link.piece if step.link else None
    return {
        "n": n,
        "above": step.above + 1 if step.above is not None else None,
        "score": step.score,
        "aligned": step.score is None or step.score >= LEAST_ALIGNMENT,
        "document": cited_document(told.document),
        "citation": citation_json(told.citation) if told.citation else None,
        "link": {
            "clause_id": link.clause.clause_id,
            "label": link.label,
            "quote": piece.quote,
            "start": piece.start,
            "end": piece.end,
        }
        if link and piece
        else None,
    }
