"""``yiju compare``: one subject side by side over documents."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from api import output
from api.commands.ask import NOTHING_STATED
from api.commands.model_options import with_model
from api.commands.options import (
    DEFAULT_INDEX,
    DocumentOption,
    IndexOption,
    LevelOption,
    RegionOption,
    StatusOption,
    filters,
    open_answerer,
)
from index.model_options import ModelOptions
from rag.wire import Json

if TYPE_CHECKING:
    from rich.table import Table

_MOST_NAMED = 8
_COLUMNS = ("lead", "units", "targets", "deadlines")


class Format(StrEnum):
    """How the comparison is given."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


@with_model
def compare(  # noqa: PLR0913 - an option each
    topic: Annotated[str, typer.Argument(metavar="TOPIC", help="A subject, in a few words.")],
    *,
    model: ModelOptions,
    index: IndexOption = DEFAULT_INDEX,
    region: RegionOption = None,
    document: DocumentOption = None,
    status: StatusOption = None,
    level: LevelOption = None,
    form: Annotated[Format, typer.Option("--format", help="How to print it.")] = Format.TABLE,
) -> None:
    """Set what documents say on a subject side by side; exit code 3 if none says anything."""
    from api.comparison_table import comparison_csv  # noqa: PLC0415 - with the index
    from rag.comparison_wire import comparison_json  # noqa: PLC0415 - with the index

    comparison = open_answerer(index, model).compare(
        topic, filters=filters(region, document, status, level)
    )
    told = comparison_json(comparison)
    if form is Format.JSON:
        output.say_json(told)
    elif form is Format.CSV:
        output.write(comparison_csv(told))
    else:
        _say(told)
    if not told["rows"]:
        raise typer.Exit(NOTHING_STATED)


def _say(told: Json) -> None:
    """Print the rows as a table, and below it what differs, what lacks, and the chain."""
    if told["rows"]:
        output.show(_table(told["rows"]))
        _say_points("all state", told["shared"], told)
        _say_points("not all state", told["differences"], told)
        output.say()
    if told["lacking"]:
        output.say(f"nothing on it: {_named(told['lacking'])}")
    if told["missing"]:
        output.say(f"not held: {'、'.join(told['missing'])}")
    if told["chain"]:
        output.say()
        output.say("chain (alignment 0 to 1):", style="bold")
        for step in told["chain"]:
            _say_step(step, told["chain"])


def _table(rows: list[Json]) -> "Table":
    from rich.table import Table  # noqa: PLC0415 - not needed for JSON
    from rich.text import Text  # noqa: PLC0415

    table = Table(box=None, header_style="bold", pad_edge=False)
    for column in ("n", "region", "level", "status", "clause", "says", *_COLUMNS):
        table.add_column(column, overflow="fold")
    for row in rows:
        document = row["document"]
        cells = (
            f"[{row['n']}]",
            document["region"]["name"] if document["region"] else "–",
            document["level"] or "–",
            document["status"],
            row["label"],
            _texts(row["says"]),
            row["lead"] or "–",
            "、".join((*row["units"], *row["qualifiers"])) or "–",
            _texts(row["targets"]),
            _texts(row["deadlines"]),
        )
        table.add_row(*(Text(output.printable(cell)) for cell in cells))
    return table


def _texts(pieces: list[Json]) -> str:
    return "；".join(each["text"] for each in pieces) or "–"


def _say_points(title: str, columns: Json, told: Json) -> None:
    """Print what documents have in common, or what only some have, those alike on one line."""
    numbers: dict[str, str] = {}
    for row in told["rows"]:
        numbers[row["document"]["id"]] = numbers.get(row["document"]["id"], "") + f"[{row['n']}]"
    lines = []
    for column in _COLUMNS:
        alike: dict[str, list[str]] = {}
        for point in columns[column]:
            alike.setdefault("".join(numbers[i] for i in point["lacking"]), []).append(_held(point))
        for lacking, held in alike.items():
            lines.append(f"  {column}: {'、'.join(held)}" + (f"; not in {lacking}" * bool(lacking)))
    if lines:
        output.say()
        output.say(f"{title}:", style="bold")
        output.say("\n".join(lines))


def _held(point: Json) -> str:
    return " / ".join(f"{each['words']} [{each['n']}]" for each in point["held"])


def _name(document: Json) -> str:
    region = document["region"]
    number = document["number"] or document["title"] or document["id"]
    return f"{region['name']} {number}" if region else str(number)


def _named(documents: list[Json]) -> str:
    names = [_name(each) for each in documents[:_MOST_NAMED]]
    more = len(documents) - len(names)
    return "、".join(names) + (f", and {more} more" if more > 0 else "")


def _say_step(step: Json, chain: list[Json]) -> None:
    """Print one document of the chain under the one that it cites."""
    depth, at = 0, step["above"]
    while at is not None:
        depth, at = depth + 1, chain[at - 1]["above"]
    indent = "  " * (depth + 1)
    citation = step["citation"]
    place = citation["label"] if citation else f"{_name(step['document'])}: no clause like it"
    score = "" if step["score"] is None else f"  {step['score']:.2f}"
    weak = "" if step["aligned"] or not citation else " (weak)"
    output.say(f"{indent}{place}{score}{weak}")
    if step["link"]:
        output.say(f"{indent}  {step['link']['label']}: {step['link']['quote']}", style="dim")
