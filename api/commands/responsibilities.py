"""``yiju responsibilities``: the task table of an index."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from api import output
from api.commands.model_options import with_model
from api.commands.options import (
    DEFAULT_INDEX,
    DocumentOption,
    IndexOption,
    LevelOption,
    RegionOption,
    StatusOption,
    filters,
    open_index,
)
from index.model_options import ModelOptions
from rag.wire import Json

if TYPE_CHECKING:
    from rich.table import Table


class Role(StrEnum):
    """What a unit does in a task."""

    LEAD = "lead"
    MEMBER = "member"


class Format(StrEnum):
    """How the table is printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


@with_model
def responsibilities(  # noqa: PLR0913 - an option each
    *,
    model: ModelOptions,
    index: IndexOption = DEFAULT_INDEX,
    unit: Annotated[str | None, typer.Option("--unit", help="A name, or its end.")] = None,
    role: Annotated[Role | None, typer.Option("--role", help="What the unit does.")] = None,
    region: RegionOption = None,
    document: DocumentOption = None,
    status: StatusOption = None,
    level: LevelOption = None,
    form: Annotated[Format, typer.Option("--format", help="How to print it.")] = Format.TABLE,
) -> None:
    """List the tasks with their lead and their units."""
    from api.tasks import tasks, tasks_csv  # noqa: PLC0415 - with the index

    rows = tasks(
        open_index(index, model),
        unit=unit,
        role=role.value if role else None,
        filters=filters(region, document, status, level),
    )
    if form is Format.JSON:
        output.say_json({"responsibilities": rows})
    elif form is Format.CSV:
        output.write(tasks_csv(rows))
    else:
        output.show(_table(rows))


def _table(rows: list[Json]) -> "Table":
    from rich.table import Table  # noqa: PLC0415 - not needed for JSON
    from rich.text import Text  # noqa: PLC0415

    table = Table(box=None, header_style="bold")
    for column in ("clause", "task", "lead", "units", "qualifiers"):
        table.add_column(column, overflow="fold")
    for row in rows:
        units, qualifiers = "、".join(row["units"]), "、".join(row["qualifiers"])
        cells = (row["clause_id"], row["task"], row["lead"] or "–", units, qualifiers)
        table.add_row(*(Text(output.printable(cell)) for cell in cells))
    return table
