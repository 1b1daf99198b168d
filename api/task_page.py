"""The task table as a page shows it without scripts: the same rows, a hundred at a time."""

from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlencode

from api.answer_page import is_sole
from api.page_query import KEYS, Choice, PageQuery
from api.page_trouble import NO_INDEX, Trouble, trouble
from api.tasks import Role, tasks
from index.library import Index
from rag.errors import AnsweringError, FilterError
from rag.wire import Json

ROWS = 100
_FILTERS = ("unit", "role", *KEYS)
_ROLES: tuple[Literal["lead"], Literal["member"]] = ("lead", "member")


@dataclass(frozen=True, slots=True)
class TaskPage:
    """One page of the table; ``units`` are all that documents list, to choose from."""

    query: PageQuery
    choices: dict[str, list[Choice]]
    units: tuple[str, ...]
    rows: list[Json]
    count: int
    page: int
    trouble: Trouble | None

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.count // ROWS))

    @property
    def filtered(self) -> bool:
        """Whether any filter holds."""
        return any(key in _FILTERS for key, _ in self._asked)

    def at(self, page: int) -> str:
        """Give the query of another page of the same table."""
        others = [(key, value) for key, value in self._asked if key != "page"]
        return urlencode([*others, ("page", page)])

    def export(self, form: str, lang: str) -> str:
        """Give the query of an export of the same tasks."""
        filters = [(key, value) for key, value in self._asked if key in _FILTERS]
        return urlencode([*filters, ("format", form), ("lang", lang)])

    @property
    def _asked(self) -> list[tuple[str, str]]:
        return [(key, value) for key, value in self.query.params.multi_items() if value.strip()]

    def sole(self, row: Json) -> bool:
        """Tell whether a task lists one unit alone."""
        return is_sole(row)


def task_page(index: Index | None, query: PageQuery) -> TaskPage:
    """Give the page of the table that an address asks for."""
    if index is None:
        return TaskPage(query, query.choices(()), (), [], 0, 1, NO_INDEX)
    choices, units = query.choices(index.documents), _units(index)
    try:
        rows = tasks(index, unit=query.one("unit"), role=_role(query), filters=query.filters)
    except AnsweringError as error:
        return TaskPage(query, choices, units, [], 0, 1, trouble(error))
    asked = query.one("page") or ""
    last = max(1, -(-len(rows) // ROWS))
    page = min(max(1, int(asked)), last) if asked.isdecimal() else 1
    shown = rows[(page - 1) * ROWS : page * ROWS]
    return TaskPage(query, choices, units, shown, len(rows), page, None)


def _role(query: PageQuery) -> Role | None:
    role = query.one("role")
    if role is None or role in _ROLES:
        return role
    raise FilterError("role", role, _ROLES)


def _units(index: Index) -> tuple[str, ...]:
    """Give the units that lists name, those of most lists first."""
    counts: dict[str, int] = {}
    for clause in index.clauses:
        for record in clause.responsibilities:
            for unit in dict.fromkeys((*record.units, *record.leads)):
                counts[unit] = counts.get(unit, 0) + 1
    return tuple(sorted(counts, key=lambda unit: (-counts[unit], unit)))
