"""``yiju eval compare``: what one run does better and worse than another."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from eval.commands.output import fail, in_a_sentence, tell
from eval.compare import Change, Comparison, Fate, RowChange, compare_runs
from eval.gate import Loss, parse_loss
from eval.junit import junit_xml
from eval.markdown import comparison_markdown
from eval.resampling import SIGNIFICANT
from eval.run_folder import dump, read_run
from eval.scores import BETTER_WHEN_LOWER, RowResult
from eval.tables import shown, shown_change, shown_p, shown_range
from eval.why import why_wrong

Json = dict[str, Any]

_TITLES = {
    Fate.WORSE: "worse",
    Fate.MIXED: "better in one respect, worse in another",
    Fate.BETTER: "better",
    Fate.STAYED_WRONG: "stayed wrong",
}


def compare(
    *,
    before: Annotated[Path, typer.Argument(metavar="A", help="Run folder to compare with.")],
    after: Annotated[Path, typer.Argument(metavar="B", help="Run folder that is looked at.")],
    fail_on: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME:CHANGE",
            help="Exit 1 on such a change for the worse, as lead_exact:-0.01 or false_leads:+1; "
            "0 for any. May be repeated.",
        ),
    ] = None,
    all_rows: Annotated[
        bool, typer.Option("--all", help="Show the questions that stayed wrong in full too.")
    ] = False,
    junit: Annotated[
        Path | None, typer.Option(dir_okay=False, help="Write JUnit XML to this file.")
    ] = None,
    markdown: Annotated[
        Path | None, typer.Option(dir_okay=False, help="Write Markdown to this file.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, nothing else.")] = False,
) -> None:
    """Show what run B does better and worse than run A, question by question.

    Exit codes: 0 done, 1 failure or a loss named by --fail-on, 2 wrong use.
    """
    try:
        losses = [parse_loss(each) for each in fail_on or ()]
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    with in_a_sentence():
        comparison = compare_runs(read_run(before), read_run(after))
        gates = {_demand(loss): _problem(comparison, loss) for loss in losses}
        if junit is not None:
            junit.write_text(junit_xml(comparison, gates), encoding="utf-8")
        if markdown is not None:
            markdown.write_text(comparison_markdown(comparison), encoding="utf-8")
    problems = [problem for problem in gates.values() if problem]
    if as_json:
        typer.echo(dump(comparison_json(comparison, problems)))
    else:
        _show(comparison, in_full=all_rows)
    toolkits = [
        run.about["environment"].get("toolkit") for run in (comparison.before, comparison.after)
    ]
    if toolkits[0] != toolkits[1]:
        tell("the runs were measured by two versions of this toolkit; run A again to be sure")
    if comparison.left_out:
        tell(f"{comparison.left_out} questions are not in both runs with the same gold row")
    fail(problems)


def comparison_json(comparison: Comparison, problems: Sequence[str]) -> Json:
    """Give a comparison as JSON: measures, the fate of each question, the gates missed."""
    return {
        "before": str(comparison.before.folder),
        "after": str(comparison.after.folder),
        "questions": len(comparison.rows),
        "left_out": comparison.left_out,
        "measures": {each.name: _change_json(each) for each in comparison.changes},
        "rows": [
            {
                "id": row.after.gold.id,
                "fate": row.fate.value,
                "gained": list(row.gained),
                "lost": list(row.lost),
                "before": _answer_words(row.before),
                "after": _answer_words(row.after),
            }
            for row in comparison.rows
        ],
        "gates_missed": list(problems),
    }


def _change_json(change: Change) -> Json:
    return {
        "before": change.before.value,
        "after": change.after.value,
        "n": change.after.n,
        "difference": change.difference,
        "low": change.low,
        "high": change.high,
        "p": change.p,
        "smallest_difference": change.smallest,
        "detectable_difference": change.detectable,
    }


def _demand(loss: Loss) -> str:
    return f"{loss.name} does not lose {loss.size:g}" if loss.size else f"{loss.name} loses nothing"


def _problem(comparison: Comparison, loss: Loss) -> str | None:
    change = comparison.change(loss.name)
    return loss.problem(change.before.value, change.after.value)


def _show(comparison: Comparison, *, in_full: bool) -> None:
    console = Console()
    names = f"A {comparison.before.name}, B {comparison.after.name}"
    console.print(_table(comparison, title=f"{len(comparison.rows)} questions: {names}"))
    for fate, title in _TITLES.items():
        rows = comparison.of(fate)
        typer.echo(f"\n{title}: {len(rows)}")
        if fate is Fate.STAYED_WRONG and not in_full:
            for row in rows:
                typer.echo(f"  {row.after.gold.id}  {', '.join(row.after.wrong)}")
            continue
        for row in rows:
            typer.echo("\n".join(_side_by_side(row)))
    typer.echo(f"\nstayed right: {len(comparison.of(Fate.STAYED_RIGHT))}")


def _table(comparison: Comparison, *, title: str) -> Table:
    table = Table(title=title, title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("measure", no_wrap=True)
    for name in ("A", "B", "B - A", "95 %", "p", "n"):
        table.add_column(name, justify="right", no_wrap=True)
    for each in comparison.changes:
        if each.difference is None or each.p is None:
            continue
        table.add_row(
            each.name + (" ↓" if each.name in BETTER_WHEN_LOWER else ""),
            shown(each.name, each.before.value),
            shown(each.name, each.after.value),
            shown_change(each.name, each.difference),
            shown_range(each.name, each.low, each.high),
            f"{shown_p(each.p)}{'*' if each.p <= SIGNIFICANT else ''}",
            str(each.after.n),
        )
    table.caption = (
        "↓ better when lower; * p ≤ 0.05 by paired randomisation. Report and Markdown say what "
        "differences so many questions can show at all."
    )
    table.caption_justify = "left"
    return table


def _side_by_side(row: RowChange) -> list[str]:
    gold = row.after.gold
    lines = [f"  {gold.id}  {gold.question}"]
    if row.gained:
        lines.append(f"    gained  {', '.join(row.gained)}")
    if row.lost:
        lines.append(f"    lost    {', '.join(row.lost)}")
    lines += [f"    gold    {gold.answer}"] if gold.answer else []
    lines.append(f"    A       {_answer_words(row.before)}")
    lines.append(f"    B       {_answer_words(row.after)}")
    lines += [
        f"    why     {why.name}: wanted {_one_line(why.wanted)}, got {_one_line(why.got)}"
        for why in why_wrong(row.after)
    ]
    return lines


def _answer_words(row: RowResult) -> str:
    if row.answer is None:
        return f"[no answer] {row.error}"
    return f"[{row.answer['status']}] {_one_line(str(row.answer['answer']))}"


def _one_line(words: str) -> str:
    return words.replace("\n", " / ")
