"""``yiju eval run``: put gold questions to an index, a server or an adapter."""

import hashlib
import json
import logging
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from os import environ
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from eval.asking import Question, Reply, ask_all
from eval.commands.output import fail, in_a_sentence, progress_bar, tell
from eval.documents import Documents, of_folder
from eval.environment import code_sha256, file_sha256, machine
from eval.errors import GoldFormatError, TargetGoneError, UnreviewedGoldError
from eval.gate import Bound, parse_bound
from eval.gold import GoldRow
from eval.gold_file import GoldLine, read_rows
from eval.locate import LocatedRow
from eval.run import RunResult, locate_all, measure
from eval.run_folder import RunFolder, dump
from eval.scores import Grouping, grouped
from eval.server import DEFAULT_RETRIES, DEFAULT_TIMEOUT_S, server_target
from eval.summary import summary
from eval.tables import scores_table, wrong_lines
from eval.targets import Target, adapter_target, index_target

Json = dict[str, Any]

DEFAULT_INDEX = ".yiju/index"
DEFAULT_RUNS = ".yiju/runs"
_SERVER_WORKERS = 4
_DIGITS = 12


@dataclass(frozen=True, slots=True)
class _Gold:
    """The rows of a run, and the lines and files they were read from."""

    rows: tuple[GoldRow, ...]
    lines: tuple[str, ...]
    paths: tuple[Path, ...]


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
    adapter: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="Python file whose ask(question) to call."),
    ] = None,
    documents: Annotated[
        Path | None,
        typer.Option(
            exists=True,
            file_okay=False,
            help="Folder of .txt files to check citations against, with --url or --adapter.",
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            file_okay=False, help="Run folder to write; an interrupted run in it goes on."
        ),
    ] = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace the run that --out holds.")
    ] = False,
    workers: Annotated[
        int | None,
        typer.Option(min=1, help=f"Questions at once; {_SERVER_WORKERS} for a server, else 1."),
    ] = None,
    timeout_s: Annotated[
        float, typer.Option("--timeout", min=0.1, help="Longest wait for a response, in seconds.")
    ] = DEFAULT_TIMEOUT_S,
    retries: Annotated[
        int, typer.Option(min=0, help="How often a failed request is sent again.")
    ] = DEFAULT_RETRIES,
    allow_unreviewed: Annotated[
        bool, typer.Option("--allow-unreviewed", help="Score drafts that no person has read too.")
    ] = False,
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
    """Put gold questions and print the measures.

    A question that gets no answer counts as wrong. Interrupted, the same command goes on where
    it stopped.

    Exit codes: 0 done, 1 failure or a bound not met, 2 wrong use.
    """
    if sum(each is not None for each in (index, url, adapter)) > 1:
        raise typer.BadParameter("give one of --index, --url and --adapter")
    if adapter is not None and documents is None:
        raise typer.BadParameter("--adapter needs --documents, to check its citations against")
    if documents is not None and url is None and adapter is None:
        raise typer.BadParameter("--documents goes with --url or --adapter; an index has its own")
    bounds = _bounds(minimum or (), maximum or ())
    logging.getLogger("urllib3").setLevel(logging.ERROR)  # a retry is no news
    with in_a_sentence():
        asked = _read_all(gold, allow_unreviewed=allow_unreviewed)
        workers = workers or (1 if url is None else _SERVER_WORKERS)
        texts = of_folder(documents) if documents is not None else None
        if url is not None:
            target = _server(url, texts, timeout_s=timeout_s, retries=retries, workers=workers)
        elif adapter is not None and texts is not None:
            target = adapter_target(adapter, texts)
        else:
            target = index_target(index or Path(environ.get("YIJU_INDEX") or DEFAULT_INDEX))
        located = locate_all(asked.rows, target.documents)
        elsewhere = url is not None or adapter is not None
        about = _about(asked, target, adapter=adapter, in_process=not elsewhere)
        about["settings"] = {"workers": workers, "timeout_s": timeout_s, "retries": retries}
        folder = _folder(out, about, asked, always=elsewhere, overwrite=overwrite)
        result = _ask(located, target, folder, workers=workers)
        scores = summary(result, by=by or [])
        if folder is not None:
            folder.finish(result, scores, **_finished(result, scores))
    if as_json:
        typer.echo(dump({**about, **_finished(result, scores), **scores}))
    else:
        _show(result, by or [], wrong=wrong)
    if folder is not None:
        tell(f"run written to {folder.folder}; look at it with: yiju eval report {folder.folder}")
    if result.failed:
        tell(_failures(result))
    fail([problem for bound in bounds if (problem := bound.problem(result))])


def _bounds(minimum: Sequence[str], maximum: Sequence[str]) -> list[Bound]:
    try:
        return [
            *(parse_bound(each, at_least=True) for each in minimum),
            *(parse_bound(each, at_least=False) for each in maximum),
        ]
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error


def _read_all(paths: Sequence[Path], *, allow_unreviewed: bool) -> _Gold:
    read: dict[str, tuple[GoldRow, GoldLine]] = {}
    for path in paths:
        for row, line in read_rows(path):
            if row.id in read:
                raise GoldFormatError(
                    path, line.line, f"id {row.id!r} stands in another gold file too"
                )
            read[row.id] = row, line
            for warning in line.warnings:
                tell(f"{path}:{line.line}: {warning}")
    drafts = [row.id for row, _ in read.values() if not row.reviewed]
    if drafts and not allow_unreviewed:
        raise UnreviewedGoldError(drafts)
    rows, lines = zip(*read.values(), strict=True)
    return _Gold(rows, tuple(line.raw for line in lines), tuple(paths))


def _server(
    url: str, documents: Documents | None, *, timeout_s: float, retries: int, workers: int
) -> Target:
    try:
        return server_target(
            url, timeout_s=timeout_s, retries=retries, connections=workers, documents=documents
        )
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error


def _about(gold: _Gold, target: Target, *, adapter: Path | None, in_process: bool) -> Json:
    """Say what a run is of: its ``identity`` is the same where its answers would be."""
    files = [{"file": path.name, "sha256": file_sha256(path)} for path in gold.paths]
    identity = {
        "gold": [each["sha256"] for each in files],
        "target": target.name,
        "index": target.revision,
        "code": code_sha256() if in_process else None,
        "adapter": file_sha256(adapter) if adapter else None,
    }
    return {
        "format": 1,
        "identity": identity,
        "gold": files,
        "target": target.name,
        "started": _now(),
        "command": ["yiju", "eval", *sys.argv[sys.argv.index("run") :]]
        if "run" in sys.argv
        else list(sys.argv),
        "environment": machine(),
    }


def _folder(
    out: Path | None, about: Json, gold: _Gold, *, always: bool, overwrite: bool
) -> RunFolder | None:
    """Open the run folder; answers of another system are kept in one even if none is named."""
    if out is None and not always:
        return None
    if out is None:
        identity = json.dumps(about["identity"], sort_keys=True).encode()
        out = Path(DEFAULT_RUNS) / hashlib.sha256(identity).hexdigest()[:_DIGITS]
        overwrite = overwrite or _is_complete(out)
    folder = RunFolder.begin(out, about, gold.lines, overwrite=overwrite)
    if folder.kept:
        tell(f"going on with the run in {out}: {len(folder.kept)} answers are there already")
    return folder


def _is_complete(folder: Path) -> bool:
    try:
        return bool(json.loads((folder / "run.json").read_bytes())["complete"])
    except (OSError, ValueError, KeyError):
        return False


def _ask(
    rows: Sequence[LocatedRow], target: Target, folder: RunFolder | None, *, workers: int
) -> RunResult:
    """Put the questions that have no answer yet; every reply is kept as it comes."""
    replies: dict[str, Reply] = dict(folder.kept) if folder else {}
    left = [Question(row.gold.id, row.gold.question) for row in rows if row.gold.id not in replies]
    try:
        with progress_bar("asking", len(left)) as bar:

            def keep(question_id: str, reply: Reply) -> None:
                replies[question_id] = reply
                if folder is not None:
                    folder.keep(question_id, reply)
                bar.advance(bar.task_ids[0])

            ask_all(left, target.ask, keep=keep, workers=workers)
    except (KeyboardInterrupt, TargetGoneError) as error:
        why = "interrupted" if isinstance(error, KeyboardInterrupt) else str(error)
        fail([f"{why}; {_so_far(replies, len(rows), folder)}"])
    result = measure(rows, replies, target.documents)
    if len(result.failed) == len(rows):
        first = result.failed[0].error
        fail([f"no question got an answer, the first one: {first}; nothing is scored"])
    return result


def _so_far(replies: dict[str, Reply], questions: int, folder: RunFolder | None) -> str:
    answered = sum(reply.answer is not None for reply in replies.values())
    done = f"{answered} of {questions} questions answered, nothing is scored"
    if folder is None:
        return f"{done}; with --out DIR the same command goes on where it stopped"
    return f"{done}; they are kept in {folder.folder}: give the same command again to go on"


def _finished(result: RunResult, scores: Json) -> Json:
    return {
        "finished": _now(),
        "index": scores["index"],
        "questions": len(result.rows),
        "answered": len(result.rows) - len(result.failed),
        "failed": len(result.failed),
    }


def _show(result: RunResult, by: Sequence[Grouping], *, wrong: bool) -> None:
    console = Console()
    title = f"{len(result.rows)} questions"
    if result.failed:
        title += f", {len(result.failed)} of them without an answer"
    console.print(scores_table(result.scores, title=title))
    for grouping in by:
        for name, scores in grouped(result.rows, grouping).items():
            bearing = [score for score in scores if score.n]
            console.print(scores_table(bearing, title=f"{grouping}: {name}"))
    if wrong:
        for row in result.wrong:
            typer.echo("\n" + "\n".join(wrong_lines(row)))
        typer.echo(f"\n{len(result.wrong)} of {len(result.rows)} rows wrong")


def _failures(result: RunResult) -> str:
    named = ", ".join(row.gold.id for row in result.failed[:5])
    more = ", …" if len(result.failed) > 5 else ""  # noqa: PLR2004 - five are enough to go on
    return (
        f"{len(result.failed)} of {len(result.rows)} questions got no answer and count as wrong "
        f"({named}{more}); the first one: {result.failed[0].error}"
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
