"""``yiju eval run``: put gold questions to an index, a server or an adapter."""

import hashlib
import json
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import count
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from eval.asking import Question, Reply, ask_all
from eval.commands.options import DocumentsOption, IndexOption, index_folder
from eval.commands.output import fail, in_a_sentence, progress_bar, tell
from eval.documents import Documents, of_folder
from eval.errors import GoldError, TargetGoneError, UnreviewedGoldError
from eval.gate import Bound, parse_bound
from eval.gold_file import PlacedRow, read_all
from eval.identity import about_run, now
from eval.locate import LocatedRow, locate
from eval.run import RunResult, measure
from eval.run_folder import RunFolder, dump, is_complete
from eval.scores import Grouping, grouped
from eval.server import DEFAULT_RETRIES, DEFAULT_TIMEOUT_S, server_target
from eval.summary import summary
from eval.tables import scores_table, wrong_lines
from eval.targets import Target, adapter_target, index_target

Json = dict[str, Any]

DEFAULT_RUNS = ".yiju/runs"
_SERVER_WORKERS = 4
_DIGITS = 12


def run(  # noqa: PLR0913 - each is an option of the command line
    *,
    gold: Annotated[
        list[Path], typer.Option(exists=True, dir_okay=False, help="Gold file; may be repeated.")
    ],
    index: IndexOption = None,
    url: Annotated[str | None, typer.Option(help="Server to ask instead of an index.")] = None,
    adapter: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="Python file whose ask(question) to call."),
    ] = None,
    documents: DocumentsOption = None,
    out: Annotated[
        Path | None,
        typer.Option(
            file_okay=False, help="Run folder to write; an interrupted run in it goes on."
        ),
    ] = None,
    overwrite: Annotated[
        bool,
        typer.Option("--overwrite", help="Run anew; the run that --out holds goes to OUT.before."),
    ] = False,
    retry_failed: Annotated[
        bool,
        typer.Option(
            "--retry-failed", help="Ask the questions again that got no answer in a finished run."
        ),
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
    elsewhere = url is not None or adapter is not None
    workers = workers or (1 if url is None else _SERVER_WORKERS)
    with in_a_sentence():
        rows = _reviewed(read_all(gold), allow_unreviewed=allow_unreviewed)
        texts = of_folder(documents) if documents is not None else None
        if url is not None:
            target = _server(url, texts, timeout_s=timeout_s, retries=retries, workers=workers)
        elif adapter is not None and texts is not None:
            target = adapter_target(adapter, texts)
        else:
            target = index_target(index_folder(index))
        located = _located(rows, target.documents)
        about = about_run(
            gold,
            target,
            adapter=adapter,
            in_process=not elsewhere,
            unreviewed=sum(not each.row.reviewed for each in rows),
            settings={"workers": workers, "timeout_s": timeout_s, "retries": retries},
        )
        out = out or (_own_folder(about, finished=retry_failed) if elsewhere else None)
        begin = partial(RunFolder.begin, overwrite=overwrite, retry_failed=retry_failed)
        with _folder(out, about, rows, begin) as folder:
            result = _ask(located, target, folder, workers=workers)
            scores = summary(result, by=by or [])
            if folder is not None:
                folder.finish(result, scores, **_finished(result, scores))
    if as_json:
        typer.echo(dump({**about, **_finished(result, scores), **scores}))
    else:
        _show(result, by or [], unreviewed=about["unreviewed"], wrong=wrong)
    if folder is not None:
        tell(f"run written to {folder.folder}; look at it with: yiju eval report {folder.folder}")
    for warning in _warnings(result, scores):
        tell(warning)
    fail([problem for bound in bounds if (problem := bound.problem(result))])


def _bounds(minimum: Sequence[str], maximum: Sequence[str]) -> list[Bound]:
    try:
        return [
            *(parse_bound(each, at_least=True) for each in minimum),
            *(parse_bound(each, at_least=False) for each in maximum),
        ]
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error


def _reviewed(rows: list[PlacedRow], *, allow_unreviewed: bool) -> list[PlacedRow]:
    for each in rows:
        for warning in each.warnings:
            tell(f"{each.place}: {warning}")
    drafts = [each.row.id for each in rows if not each.row.reviewed]
    if drafts and not allow_unreviewed:
        raise UnreviewedGoldError(drafts)
    return rows


def _located(rows: Sequence[PlacedRow], documents: Documents) -> list[LocatedRow]:
    """Find every row's documents and evidence; tell of all that are not to be found."""
    located, problems = [], []
    for each in rows:
        try:
            located.append(locate(each.row, documents.texts))
        except GoldError as error:
            problems.append(f"{each.place}: {error}")
    if problems:
        fail([*problems, "nothing was asked; yiju eval check looks the gold over line by line"])
    return located


def _server(
    url: str, documents: Documents | None, *, timeout_s: float, retries: int, workers: int
) -> Target:
    try:
        return server_target(
            url, timeout_s=timeout_s, retries=retries, connections=workers, documents=documents
        )
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error


@contextmanager
def _folder(
    out: Path | None,
    about: Json,
    rows: Sequence[PlacedRow],
    begin: Callable[[Path, Json, list[str]], RunFolder],
) -> Iterator[RunFolder | None]:
    """Open the run folder, if there is to be one, and let go of it in the end."""
    if out is None:
        yield None
        return
    folder = begin(out, about, [each.raw for each in rows])
    if folder.kept:
        tell(
            f"going on with the run in {folder.folder}: "
            f"{len(folder.kept)} answers are there already"
        )
    try:
        yield folder
    finally:
        folder.close()


def _own_folder(about: Json, *, finished: bool) -> Path:
    """Name the folder of a run of another system, whose answers are always kept.

    It is named by what the run is of; that of a finished run is left as it is, unless it is to
    go on.
    """
    identity = json.dumps(about["identity"], sort_keys=True).encode()
    name = hashlib.sha256(identity).hexdigest()[:_DIGITS]
    folders = (Path(DEFAULT_RUNS) / (f"{name}-{n}" if n > 1 else name) for n in count(1))
    return next(folder for folder in folders if finished or not is_complete(folder))


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

            ask_all(left, target.ask, keep=keep, waiting=_tell_waiting, workers=workers)
    except (KeyboardInterrupt, TargetGoneError) as error:
        why = "interrupted" if isinstance(error, KeyboardInterrupt) else str(error)
        fail([f"{why}; {_so_far(replies, len(rows), folder)}"])
    result = measure(rows, replies, target.documents)
    if len(result.failed) == len(rows):
        first = result.failed[0].error
        fail([f"no question got an answer, the first one: {first}; nothing is scored"])
    return result


def _tell_waiting(questions: int) -> None:
    tell(f"waiting for {questions} questions under way, so that their answers are kept …")


def _so_far(replies: dict[str, Reply], questions: int, folder: RunFolder | None) -> str:
    answered = sum(reply.answer is not None for reply in replies.values())
    done = f"{answered} of {questions} questions answered, nothing is scored"
    if folder is None:
        return f"{done}; with --out DIR the same command goes on where it stopped"
    return f"{done}; they are kept in {folder.folder}: give the same command again to go on"


def _finished(result: RunResult, scores: Json) -> Json:
    return {
        "finished": now(),
        "index": scores["index"],
        "questions": len(result.rows),
        "answered": len(result.rows) - len(result.failed),
        "failed": len(result.failed),
    }


def _show(result: RunResult, by: Sequence[Grouping], *, unreviewed: int, wrong: bool) -> None:
    console = Console()
    title = f"{len(result.rows)} questions"
    if unreviewed:
        title += f", {unreviewed} of them drafts that no person has reviewed"
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


def _warnings(result: RunResult, scores: Json) -> list[str]:
    """Say what a reader of the scores should know."""
    warnings = []
    if result.failed:
        named = ", ".join(row.gold.id for row in result.failed[:5])
        more = ", …" if len(result.failed) > 5 else ""  # noqa: PLR2004 - five are enough to go on
        warnings.append(
            f"{len(result.failed)} of {len(result.rows)} questions got no answer and count as "
            f"wrong ({named}{more}); the first one: {result.failed[0].error}. "
            "Of a run folder, --retry-failed asks them again"
        )
    if ", " in (scores["index"]["version"] or ""):
        warnings.append(f"the index changed during the run: {scores['index']['version']}")
    return warnings
