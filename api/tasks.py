"""The task table (任务分解表): every clause with a list of units, and who leads it."""

import csv
import io
from collections.abc import Iterator
from typing import Literal

from api.selection import select
from index.clean import fold
from index.library import Index
from index.records import Clause, Document, Responsibility
from rag.cite import label
from rag.records import Filters
from rag.wire import Json, document_json, responsibility_json

Role = Literal["lead", "member"]

CSV_TYPE = "text/csv; charset=utf-8"
_COLUMNS = (
    *("document_id", "title", "number", "region", "clause_id", "label", "task"),
    *("lead", "units", "members", "qualifiers", "lead_basis", "inherited_from"),
    *("file", "start", "end", "url"),
)
# A spreadsheet takes a cell that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_LONGEST_TASK = 40


def tasks(
    index: Index, *, unit: str | None = None, role: Role | None = None, filters: Filters
) -> list[Json]:
    """List the tasks of the selected documents, in document order.

    Parameters
    ----------
    index : Index
        Where to look.
    unit : str, optional
        A unit's name or its end (药监局 is 省药监局 too), in Simplified or Traditional
        characters.
    role : str, optional
        ``lead``: the unit (any, when none is named) leads. ``member``: it is listed and does
        not lead.
    filters : Filters
        Which documents.

    Raises
    ------
    FilterError
        If a filter names nothing of the index.
    """
    wanted = {document.document_id: document for document in select(index, filters)}
    asked = fold(unit).strip() if unit else ""
    return [
        _task(index, wanted[clause.document_id], clause, record)
        for clause in index.clauses
        if clause.document_id in wanted
        for record in clause.responsibilities
        if _takes_part(record, asked, role)
    ]


def tasks_csv(rows: list[Json]) -> str:
    """Give tasks as CSV for a spreadsheet: a BOM, and no cell that would run as a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_COLUMNS)
    for row in rows:
        cells = _cells(row)
        writer.writerow([_harmless(cells[column]) for column in _COLUMNS])
    return "\ufeff" + out.getvalue()


def _takes_part(record: Responsibility, unit: str, role: Role | None) -> bool:
    candidates: Iterator[str] | tuple[str, ...] = (*record.units, *record.leads)
    if role == "lead":
        candidates = record.leads
    elif role == "member":
        candidates = _members(record)
    elif not unit:
        return True
    return any(fold(name).endswith(unit) for name in candidates)


def _members(record: Responsibility) -> tuple[str, ...]:
    return tuple(name for name in record.units if name not in record.leads)


def _task(index: Index, document: Document, clause: Clause, record: Responsibility) -> Json:
    known = responsibility_json(record)
    start, end = known.pop("start"), known.pop("end")
    told = document_json(document)
    cited = {key: told[key] for key in told if key not in {"file", "sha256", "inferred"}}
    return {
        "document": cited,
        "clause_id": clause.clause_id,
        "path": list(clause.path),
        "label": label(index, clause),
        "task": clause.heading or _opening(index.quote(clause)),
        **known,
        "members": list(_members(record)),
        "source": {"file": document.file, "start": start, "end": end, "page": None},
        "url": f"/c/{clause.clause_id}",
    }


def _opening(quote: str) -> str:
    words = " ".join(quote.split())
    return words if len(words) <= _LONGEST_TASK else words[:_LONGEST_TASK] + "…"


def _cells(row: Json) -> dict[str, str]:
    document, source, basis = row["document"], row["source"], row["lead_basis"]
    lists = ("units", "members", "qualifiers")
    cells = {
        **{
            key: row[key] for key in ("clause_id", "label", "task", "lead", "inherited_from", "url")
        },
        **{key: "、".join(row[key]) for key in lists},
        **{key: source[key] for key in ("file", "start", "end")},
        "document_id": document["id"],
        "title": document["title"],
        "number": document["number"],
        "region": document["region"]["name"] if document["region"] else "",
        "lead_basis": f"{basis['kind']}: {basis['quote']}" if basis else "",
    }
    return {key: "" if value is None else str(value) for key, value in cells.items()}


def _harmless(cell: str) -> str:
    return "'" + cell if cell.startswith(_FORMULA) else cell
