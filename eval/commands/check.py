"""``yiju eval check``: look over gold files before they are trusted."""

from pathlib import Path
from typing import Annotated

import typer

from eval.check import Problem, Severity, check_gold
from eval.commands.options import DocumentsOption, IndexOption, index_folder
from eval.commands.output import in_a_sentence, tell
from eval.documents import Documents, of_folder, of_index
from eval.run_folder import dump
from index.folder import load_index


def check(
    *,
    gold: Annotated[
        list[Path],
        typer.Argument(metavar="GOLD...", exists=True, dir_okay=False, help="Gold files."),
    ],
    index: IndexOption = None,
    documents: DocumentsOption = None,
    against: Annotated[
        list[Path] | None,
        typer.Option(
            exists=True,
            dir_okay=False,
            help="File whose questions must not come back, as one trained on; may be repeated.",
        ),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Exit 1 on warnings too.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, nothing else.")] = False,
) -> None:
    """Check gold files line by line: form, evidence, units, repeated and leaked questions.

    Exit codes: 0 no error, 1 errors (with --strict, warnings too), 2 wrong use.
    """
    if index is not None and documents is not None:
        raise typer.BadParameter("give --index or --documents, not both")
    with in_a_sentence():
        texts = _documents(index, documents)
        problems = check_gold(gold, texts, against=against or ())
    errors = [each for each in problems if each.severity is Severity.ERROR]
    warnings = len(problems) - len(errors)
    if as_json:
        typer.echo(dump({"errors": len(errors), "warnings": warnings, "problems": _rows(problems)}))
    else:
        for each in problems:
            typer.echo(str(each))
    tell(f"{len(errors)} errors, {warnings} warnings in {len(gold)} files")
    if errors or (strict and warnings):
        raise typer.Exit(1)


def _documents(index: Path | None, documents: Path | None) -> Documents | None:
    if documents is not None:
        return of_folder(documents)
    folder = index_folder(index)
    if index is None and not folder.exists():
        tell("no index and no --documents: evidence is not looked up, only the rows are checked")
        return None
    return of_index(load_index(folder))


def _rows(problems: list[Problem]) -> list[dict[str, object]]:
    return [
        {
            "file": str(each.path),
            "line": each.line,
            "id": each.row_id,
            "severity": each.severity.value,
            "message": each.message,
        }
        for each in problems
    ]
