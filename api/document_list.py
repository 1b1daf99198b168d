"""The list of documents as its page shows it: chosen by region, level, status and words."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from index.records import Document, DocumentStatus, Level
from rag.errors import FilterError
from rag.filtering import region_code

_UNKNOWN = "unknown"
_LEVELS: dict[Level | None, int] = {level: at for at, level in enumerate(Level)}


@dataclass(frozen=True, slots=True)
class Choice:
    """A value to choose documents by; how many there are."""

    value: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Row:
    """A document of the list, with what it is chosen and sorted by."""

    document: Document
    region: str
    level: str
    words: str
    shown: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """All documents, those first that are newest; ``chosen`` is what was asked for."""

    rows: tuple[Row, ...]
    regions: tuple[Choice, ...]
    levels: tuple[Choice, ...]
    statuses: tuple[Choice, ...]
    chosen: Mapping[str, str]

    @property
    def shown(self) -> int:
        """How many fit."""
        return sum(row.shown for row in self.rows)


def listing(documents: Sequence[Document], chosen: Mapping[str, str]) -> Listing:
    """List documents; ``chosen`` may have ``region``, ``level``, ``status``, ``q`` and ``sort``."""
    wanted = {key: chosen.get(key, "") for key in ("region", "level", "status", "q", "sort")}
    if wanted["region"]:
        wanted["region"] = _region(wanted["region"], documents)
    rows = _ordered((_row(document, wanted) for document in documents), wanted["sort"])
    names = {row.region: row.document.region.name for row in rows if row.document.region}
    return Listing(
        rows=tuple(rows),
        regions=_choices((row.region for row in rows), sorted(names), names),
        levels=_choices((row.level for row in rows), [*Level, _UNKNOWN], {}),
        statuses=_choices((row.document.status for row in rows), DocumentStatus, {}),
        chosen=wanted,
    )


def _region(value: str, documents: Sequence[Document]) -> str:
    """Give the code of a region that an address names in any way; what names none stays."""
    try:
        return region_code(value, documents)
    except FilterError:
        return value


def _row(document: Document, wanted: Mapping[str, str]) -> Row:
    region = document.region.code if document.region else ""
    level = document.level or _UNKNOWN
    held = (document.title, document.number, document.issuer, document.document_id)
    words = folded(" ".join(each for each in held if each))
    fits = (
        wanted["region"] in ("", region)
        and wanted["level"] in ("", level)
        and wanted["status"] in ("", document.status)
        and all(folded(each) in words for each in wanted["q"].split())
    )
    return Row(document, region, str(level), words, fits)


def folded(words: str) -> str:
    """Give words without what width, case and spaces make of them; the page's script does the same.

    Examples
    --------
    >>> folded("浙政办发 [２０２１] Ａ")
    '浙政办发[2021]a'
    """
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", words).lower())


def _ordered(rows: Iterable[Row], sort: str) -> list[Row]:
    """Give the newest first, those without a date last; or by title, or by region."""
    if sort == "title":
        return sorted(rows, key=lambda row: row.document.title or row.document.document_id)
    newest = sorted(rows, key=lambda row: row.document.date or "", reverse=True)
    return sorted(newest, key=_place) if sort == "region" else newest


def _place(row: Row) -> tuple[int, str]:
    return _LEVELS.get(row.document.level, len(_LEVELS)), row.region


def _choices(
    values: Iterable[str], order: Iterable[str], names: Mapping[str, str]
) -> tuple[Choice, ...]:
    counts = Counter(values)
    return tuple(
        Choice(str(value), names.get(value, ""), counts[value]) for value in order if counts[value]
    )
