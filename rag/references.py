"""Where a document names other documents of the index, at the exact place in its text."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from weakref import WeakKeyDictionary

from index.library import Index
from index.records import Clause
from rag.document_names import DocumentNames, may_cite
from rag.sentences import cleaned


@dataclass(frozen=True, slots=True)
class Reference:
    """Another document that ``text[start:end]`` names."""

    start: int
    end: int
    document_id: str


_NAMES: WeakKeyDictionary[Index, DocumentNames] = WeakKeyDictionary()


def references(index: Index, document_id: str) -> tuple[Reference, ...]:
    """Give where a document names others of the index by number or title, in order.

    They do not overlap: where one stands within another, the outer one counts. Words that name
    several documents name none.
    """
    names = _NAMES.get(index) or _NAMES.setdefault(index, DocumentNames(index.documents))
    found = [
        each
        for clause in index.clauses
        if clause.document_id == document_id and may_cite(clause)
        for each in _in_clause(index, clause, names)
    ]
    return tuple(_apart(sorted(found, key=lambda each: (each.start, -each.end))))


def _in_clause(index: Index, clause: Clause, names: DocumentNames) -> Iterator[Reference]:
    text = cleaned(index, clause)
    for naming in names.namings(text.text):
        if naming.document_id != clause.document_id:
            start, end = text.to_source(naming.start, naming.end)
            yield Reference(clause.start + start, clause.start + end, naming.document_id)


def _apart(ordered: list[Reference]) -> Iterator[Reference]:
    at = 0
    for (start, end), here in groupby(ordered, key=lambda each: (each.start, each.end)):
        one, *others = here
        if start >= at and not others:
            at = end
            yield one
