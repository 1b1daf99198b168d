"""Which documents filters leave: for answers, listings and tables alike."""

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace

from index.clean import fold
from index.divisions import named
from index.records import Document, DocumentStatus, Level
from rag.errors import FilterError, FiltersConflictError
from rag.records import Filters


def select(documents: Sequence[Document], filters: Filters) -> tuple[Document, ...]:
    """Give the documents that meet all filters, in their order; errors as in `checked`."""
    return filtered(documents, checked(documents, filters))


def checked(documents: Sequence[Document], filters: Filters) -> Filters:
    """Give filters whose values are known, with regions as their codes.

    Raises
    ------
    FilterError
        If a filter names something that no document is.
    FiltersConflictError
        If there are several filters, and no document meets them all.
    """
    _known("document_id", filters.document_id, tuple(d.document_id for d in documents))
    _known("status", filters.status, tuple(DocumentStatus))
    _known("level", filters.level, tuple(Level))
    codes = tuple(region_code(value, documents) for value in filters.region)
    known = replace(filters, region=codes)
    keys = tuple(field.name for field in fields(known) if getattr(known, field.name))
    if len(keys) > 1 and not filtered(documents, known):
        raise FiltersConflictError(keys)
    return known


def filtered(documents: Sequence[Document], filters: Filters) -> tuple[Document, ...]:
    """Give the documents that filters leave; their values are known to be valid."""
    return tuple(
        d
        for d in documents
        if (not filters.document_id or d.document_id in filters.document_id)
        and (not filters.status or d.status.value in filters.status)
        and (not filters.level or (d.level is not None and d.level.value in filters.level))
        and (not filters.region or (d.region is not None and d.region.code in filters.region))
    )


def _known(key: str, values: Sequence[str], known: tuple[str, ...]) -> None:
    for value in values:
        if value not in known:
            raise FilterError(key, value, known)


def region_code(value: str, documents: Iterable[Document]) -> str:
    """Give the code of a region of documents, named in full, in short, in English or by its code.

    Raises
    ------
    FilterError
        If no document is of such a region.
    """
    regions = {d.region.code: d.region.name for d in documents if d.region}
    words = fold(value).strip()
    if words in regions:
        return words
    for code, name in regions.items():
        if words == name:
            return code
    division = named(words)
    if division is None or division.region.code not in regions:
        raise FilterError("region", value, tuple(regions.values()))
    return division.region.code
