"""Which documents a listing is restricted to."""

from collections.abc import Iterable

from index.clean import fold
from index.divisions import named
from index.library import Index
from index.records import Document, DocumentStatus, Level
from rag.errors import FilterError
from rag.records import Filters


def select(index: Index, filters: Filters) -> tuple[Document, ...]:
    """Give the documents that fit every filter, in the order of the index.

    Raises
    ------
    FilterError
        If a filter names something that no document of the index is.
    """
    ids = tuple(document.document_id for document in index.documents)
    _check("document_id", filters.document_id, ids)
    _check("status", filters.status, tuple(DocumentStatus))
    _check("level", filters.level, tuple(Level))
    codes = [_code(index, name) for name in filters.region]
    return tuple(
        document
        for document in index.documents
        if _fits(document.document_id, filters.document_id)
        and _fits(document.status, filters.status)
        and _fits(document.level, filters.level)
        and _fits(document.region.code if document.region else None, codes)
    )


def _fits(value: str | None, wanted: Iterable[str]) -> bool:
    wanted = tuple(wanted)
    return not wanted or value in wanted


def _check(key: str, values: Iterable[str], known: tuple[str, ...]) -> None:
    for value in values:
        if value not in known:
            raise FilterError(key, value, known)


def _code(index: Index, name: str) -> str:
    """Give the code of a region of the index by its full name, short name or code."""
    known = {each.region.code: each.region.name for each in index.documents if each.region}
    division = named(fold(name))
    if division is not None and division.region.code in known:
        return division.region.code
    raise FilterError("region", name, tuple(known.values()))
