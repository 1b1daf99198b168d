"""The commands under ``yiju eval``."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from os import environ
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from eval.errors import EvaluationError, GoldFormatError
from eval.gold import GoldRow, read_gold
from eval.measures import MEASURES
from eval.report import dump, measures_json, scores_table, write_run, wrong_lines
from eval.run import Grouping, RunResult, evaluate
from eval.targets import DEFAULT_TIMEOUT_S, Target, index_target, server_target
from index.errors import IndexingError
from rag.errors import AnsweringError

DEFAULT_INDEX = ".yiju/index"

app = typer.Typer(no_args_is_help=True, help="Put gold questions and measure the answers.")


@app.callback()
def _group() -> None:
    """Keep ``run`` a command of its own while there is no other."""


@dataclass(frozen=True, slots=True)
class _Gate:
    """A bound on a measure; a measure that no row bears on does not meet it."""

    name: str
    bound: float
    at_least: bool

    def problem(self, result: RunResult) -> str | None:
        score = result.score(self.name)
        sign = ">=" if self.at_least else "<="
        if score.value is None:
            return f"{self.name}: no row bears on it, wanted {sign} {self.bound:g}"
        met = score.value >= self.bound if self.at_least else score.value <= self.bound
        return None if met else f"{self.name} is {score.value:.4f}, wanted {sign} {self.bound:g}"


@app.command()
def run(  # noqa: PLR0913 - each is an option of the command line
    *,
    gold: Annotated[
        list[Path], typer.Option(exists=True, dir_okay=False, help="Gold file; may be repeated.")
    ],
    index: Annotated[
        Path | None,
        typer.Option(help=f"Index folder to ask; else YIJU_INDEX, else {DEFAULT_INDEX}."),
    ] = None,
    url: Annotated[str | None, typer.Option(help="Server to ask instead of an index.")] = None,
    timeout_s: Annotated[
        float, typer.Option("--timeout", min=0.1, help="Longest wait for the server, in seconds.")
    ] = DEFAULT_TIMEOUT_S,
    out: Annotated[
        Path | None, typer.Option(file_okay=False, help="Folder for answers and measures.")
    ] = None,
    by: Annotated[
        list[Grouping] | None, typer.Option(help="Measures of each group too; may be repeated.")
    ] = None,
    minimum: Annotated[
        list[str] | None, typer.Option("--min", metavar="NAME=VALUE", help="Exit 1 below it.")
    ] = None,
    maximum: Annotated[
        list[str] | None, typer.Option("--max", metavar="NAME=VALUE", help="Exit 1 above it.")
    ] = None,
    wrong: Annotated[bool, typer.Option("--wrong", help="List every wrong row.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, nothing else.")] = False,
) -> None:
    """Put gold questions to an index or a server and print the measures.

    Exit codes: 0 done, 1 failure or a bound not met, 2 wrong use.
    """
    if index is not None and url is not None:
        raise typer.BadParameter("give --index or --url, not both")
    gates = [*_gates(minimum or (), at_least=True), *_gates(maximum or (), at_least=False)]
    groupings = by or []
    try:
        rows = _read_all(gold)
        target = _target(index, url, timeout_s)
        result = evaluate(rows, target.ask, target.texts, clauses=target.clauses)
        measures = measures_json(
            result, gold=gold, target=target.name, command=sys.argv, by=groupings
        )
        if out is not None:
            write_run(out, result, measures)
    except (EvaluationError, IndexingError, AnsweringError, OSError) as error:
        _fail([str(error)])
    if as_json:
        typer.echo(dump(measures))
    else:
        _show(result, groupings, wrong=wrong)
    _fail([problem for gate in gates if (problem := gate.problem(result))])


def _gates(written: Sequence[str], *, at_least: bool) -> list[_Gate]:
    gates = []
    for each in written:
        name, _, bound = each.partition("=")
        if name not in MEASURES:
            raise typer.BadParameter(f"unknown measure {name!r}; known: {', '.join(MEASURES)}")
        try:
            gates.append(_Gate(name, float(bound), at_least))
        except ValueError as error:
            raise typer.BadParameter(f"expected {name}=NUMBER, got {each!r}") from error
    return gates


def _read_all(paths: Sequence[Path]) -> list[GoldRow]:
    rows: dict[str, GoldRow] = {}
    for path in paths:
        for row in read_gold(path):
            if row.id in rows:
                raise GoldFormatError(path, 0, f"id {row.id!r} stands in another gold file too")
            rows[row.id] = row
    return list(rows.values())


def _target(index: Path | None, url: str | None, timeout_s: float) -> Target:
    if url is None:
        return index_target(index or Path(environ.get("YIJU_INDEX") or DEFAULT_INDEX))
    try:
        return server_target(url, timeout_s=timeout_s)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error


def _show(result: RunResult, by: Sequence[Grouping], *, wrong: bool) -> None:
    console = Console()
    console.print(scores_table(result.scores, title=f"{len(result.rows)} questions"))
    for grouping in by:
        for name, scores in result.grouped(grouping).items():
            bearing = [score for score in scores if score.n]
            console.print(scores_table(bearing, title=f"{grouping}: {name}"))
    if wrong:
        for row in result.wrong:
            typer.echo("\n" + "\n".join(wrong_lines(row)))
        typer.echo(f"\n{len(result.wrong)} of {len(result.rows)} rows wrong")


def _fail(problems: Sequence[str]) -> None:
    """Print problems on stderr and exit 1, if there are any."""
    for problem in problems:
        typer.echo(problem, err=True)
    if problems:
        raise typer.Exit(1)


if __name__ == "__main__":
    app()
