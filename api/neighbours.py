"""One clause with what stands around it."""

from index.library import Index
from index.records import Clause
from rag.cite import label
from rag.wire import Json, clause_json, document_json


def clause_detail(index: Index, clause: Clause) -> Json:
    """Give a clause with its words, its document, and the ids next to and under it.

    ``previous`` and ``next`` are those of the clauses before and after it in the document,
    noise left out.
    """
    document = index.document(clause.document_id)
    return {
        **clause_json(clause, document),
        "label": label(index, clause),
        "document": document_json(document),
        "quote": index.quote(clause),
        "url": f"/c/{clause.clause_id}",
        "previous": neighbour(index, clause, step=-1),
        "next": neighbour(index, clause, step=1),
        "children": [child.clause_id for child in index.children(clause.clause_id)],
    }


def neighbour(index: Index, clause: Clause, *, step: int) -> str | None:
    """Give the id of the clause before (-1) or after (1), noise left out."""
    row = index.row(clause.clause_id) + step
    while 0 <= row < len(index.clauses):
        other = index.clauses[row]
        if other.document_id != clause.document_id:
            return None
        if not other.noise:
            return other.clause_id
        row += step
    return None
