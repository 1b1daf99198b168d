"""The tasks that documents give to units: every clause with a list of them, and who leads it."""

from typing import Literal

from index.library import Index
from index.records import Clause, Document, Responsibility
from rag.cite import label
from rag.filtering import select
from rag.goals import Stated, goals_of
from rag.records import Filters
from rag.unit_filter import UnitFilter
from rag.wire import Json, document_json, responsibility_json

Role = Literal["lead", "member"]

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
        A unit's name, full or short, or its end (药监局 is 省药监局 too), in Simplified or
        Traditional characters, or in English.
    role : str, optional
        ``lead``: the unit (any, when none is named) leads. ``member``: it is listed and does
        not lead.
    filters : Filters
        Which documents.

    Raises
    ------
    FilterError
        If a filter names nothing of the index.
    FiltersConflictError
        If no document meets all of them.
    """
    wanted = {document.document_id: document for document in select(index.documents, filters)}
    rows = [
        (wanted[clause.document_id], clause, record)
        for clause in index.clauses
        if clause.document_id in wanted
        for record in clause.responsibilities
    ]
    asked = None
    if unit is not None:
        asked = UnitFilter(unit, {name for *_, record in rows for name in _named(record)})
    return [_task(index, *row) for row in rows if _takes_part(*row, asked, role)]


def _takes_part(
    document: Document,
    _clause: Clause,
    record: Responsibility,
    asked: UnitFilter | None,
    role: Role | None,
) -> bool:
    if role is None and asked is None:
        return True
    parts = {None: _named, "lead": _leads, "member": _members}
    names = parts[role](record)
    return any(asked is None or asked.means(name, document.level) for name in names)


def _named(record: Responsibility) -> tuple[str, ...]:
    return (*record.units, *record.leads)


def _leads(record: Responsibility) -> tuple[str, ...]:
    return record.leads


def _members(record: Responsibility) -> tuple[str, ...]:
    return tuple(name for name in record.units if name not in record.leads)


def _task(index: Index, document: Document, clause: Clause, record: Responsibility) -> Json:
    known = responsibility_json(record)
    set_here = goals_of(index, clause, record)
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
        "deadlines": _stated(set_here.deadlines),
        "targets": _stated(set_here.targets),
        "source": {"file": document.file, "start": start, "end": end, "page": None},
        "url": f"/c/{clause.clause_id}",
    }


def _opening(quote: str) -> str:
    words = " ".join(quote.split())
    return words if len(words) <= _LONGEST_TASK else words[:_LONGEST_TASK] + "…"


def _stated(found: tuple[Stated, ...]) -> list[Json]:
    return [{"quote": each.quote, "start": each.start, "end": each.end} for each in found]
