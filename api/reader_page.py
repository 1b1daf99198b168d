"""The page on which a document is read, and what of it is there without a script."""

import json
import re
from collections.abc import Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from api.clause_address import clause_address
from api.marked_text import parts
from api.neighbours import neighbour
from api.pages import Page, show
from index.library import Index
from index.records import Clause, Document
from rag.cite import label

_READER = Page("reader.html.jinja", ("documents", "document"), menu="documents")
_MARKS = re.compile(r"\d{1,9}-\d{1,9}(?:,\d{1,9}-\d{1,9}){0,63}", re.ASCII)
_START = 24
"""How many characters stand for a clause that has no heading."""


def reader_page(
    request: Request, index: Index, at: Clause | Document, *, marks: str = ""
) -> Response:
    """Show a document, opened at a clause if one is given.

    ``marks`` names words to mark, ``START-END,…``, as offsets in the document's text; what names
    none is left out.
    """
    document = index.document(at.document_id)
    length = len(index.text(document.document_id))
    spans = [span for span in _spans(marks) if span[1] <= length]
    values: dict[str, Any] = {"clause": None, "entries": []}
    if isinstance(at, Clause):
        values["clause"] = _shown(index, at, spans)
    else:
        values["entries"] = [
            {"address": clause_address(clause), "words": _name(index, clause)}
            for clause in index.clauses
            if clause.document_id == document.document_id and not clause.noise
        ]
    return show(
        request,
        _READER,
        document=document,
        clause_id=at.clause_id if isinstance(at, Clause) else None,
        spans=json.dumps([{"start": start, "end": end} for start, end in spans]),
        **values,
    )


def _shown(index: Index, clause: Clause, spans: Sequence[tuple[int, int]]) -> dict[str, Any]:
    """Give what the page says of a clause by itself."""
    before, after = (neighbour(index, clause, step=step) for step in (-1, 1))
    return {
        "place": label(index, clause),
        "path": clause.path,
        "words": list(parts(index.quote(clause), clause.start, spans)),
        "damaged": clause.damaged,
        "truncated": clause.truncated,
        "previous": clause_address(index.clause(before)) if before else None,
        "next": clause_address(index.clause(after)) if after else None,
    }


def _name(index: Index, clause: Clause) -> str:
    """Name a clause in a list: by its own label, else by how it begins."""
    if clause.number is not None and clause.path:
        return clause.path[-1]
    words = " ".join(index.quote(clause).split())
    return words if len(words) <= _START else f"{words[:_START]}…"


def _spans(marks: str) -> list[tuple[int, int]]:
    """Read ``START-END,…``; anything else is none.

    Examples
    --------
    >>> _spans("3-9,12-12,20-15"), _spans("3-9;x"), _spans("")
    ([(3, 9)], [], [])
    """
    if not _MARKS.fullmatch(marks):
        return []
    pairs = [each.split("-") for each in marks.split(",")]
    return [(int(start), int(end)) for start, end in pairs if int(start) < int(end)]
