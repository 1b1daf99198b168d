"""``yiju responsibilities``: the task table of an index."""

import re
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api import output
from api.commands.ask import LangOption
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
from rag.records import Lang
from rag.wire import Json

if TYPE_CHECKING:
    from rich.table import Table


class Role(StrEnum):
    """What a unit does in a task."""

    LEAD = "lead"
    MEMBER = "member"


class Format(StrEnum):
    """How the table is given."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"


def _base_url(value: str) -> str:
    if not re.fullmatch(r"https?://[^\s/?#]+[^\s?#]*", value):
        raise typer.BadParameter(f"{value!r} is no address such as https://yiju.example.gov.cn")
    return value.rstrip("/")


@with_model
def responsibilities(  # noqa: PLR0913 - an option each
    *,
    model: ModelOptions,
    index: IndexOption = DEFAULT_INDEX,
    unit: Annotated[
        str | None, typer.Option("--unit", help="A name, its end, or in English.")
    ] = None,
    role: Annotated[Role | None, typer.Option("--role", help="What the unit does.")] = None,
    region: RegionOption = None,
    document: DocumentOption = None,
    status: StatusOption = None,
    level: LevelOption = None,
    form: Annotated[
        Format | None,
        typer.Option("--format", help="As the name of --out ends, else table, when not given."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="File to write it to.")
    ] = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Write the file anew if it is there.")
    ] = False,
    base_url: Annotated[
        str | None,
        typer.Option(
            "--base-url",
            parser=_base_url,
            metavar="URL",
            help="Address of the service, for links in xlsx.",
        ),
    ] = None,
    lang: LangOption = None,
) -> None:
    """List the tasks with their lead, their units, deadlines and targets."""
    form = form or _of_name(out)
    if out is not None:
        output.check_file(out, overwrite=overwrite)
    elif form is Format.XLSX and output.stdout_is_a_terminal():
        raise typer.BadParameter("an xlsx file is not for a terminal; give --out FILE")
    from api.tasks import tasks  # noqa: PLC0415 - with the index

    rows = tasks(
        open_index(index, model),
        unit=unit,
        role=role.value if role else None,
        filters=filters(region, document, status, level),
    )
    if not rows:
        output.tell("no task fits; `yiju responsibilities` lists all of them")
    data = _written(rows, form, lang=lang or Lang.EN, base_url=base_url)
    if out is not None:
        output.write_file(out, _table_text(rows) if data is None else data, overwrite=overwrite)
        output.tell(f"{len(rows)} tasks written to {out}")
    elif data is None:
        output.show(_table(rows))
    else:
        output.write_bytes(data)


def _of_name(out: Path | None) -> Format:
    ending = out.suffix.removeprefix(".").lower() if out is not None else ""
    return Format(ending) if ending in {*Format} else Format.TABLE


def _written(rows: list[Json], form: Format, *, lang: Lang, base_url: str | None) -> bytes | None:
    """Give the bytes of a form; None for the table, which is as wide as where it is shown."""
    from api.task_table import tasks_csv  # noqa: PLC0415 - with the index

    if form is Format.JSON:
        return output.json_text({"responsibilities": rows}).encode()
    if form is Format.CSV:
        return tasks_csv(rows).encode()
    if form is Format.XLSX:
        from api.task_workbook import tasks_xlsx  # noqa: PLC0415 - seldom needed

        return tasks_xlsx(rows, lang=lang, base_url=base_url)
    return None


def _table_text(rows: list[Json]) -> bytes:
    return output.rendered(_table(rows)).encode()


def _table(rows: list[Json]) -> "Table":
    from rich.table import Table  # noqa: PLC0415 - not needed for JSON
    from rich.text import Text  # noqa: PLC0415

    from api.task_table import cells  # noqa: PLC0415 - with the index

    table = Table(box=None, header_style="bold")
    columns = ["clause_id", "task", "lead", "members", "qualifiers"]
    told = [cells(row) for row in rows]
    columns += [name for name in ("deadline", "target") if any(each[name] for each in told)]
    for column in columns:
        table.add_column(column.removesuffix("_id"), overflow="fold")
    for each in told:
        words = [output.printable(each[column]) for column in columns]
        words[2] = words[2] or "–"
        table.add_row(*map(Text, words))
    return table
