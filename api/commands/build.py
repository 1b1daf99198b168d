"""``yiju index``: folders of documents to an index."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api import output
from api.commands.model_options import with_model
from api.commands.options import DEFAULT_INDEX, JsonOption, check_environment
from index.model_options import ModelOptions

if TYPE_CHECKING:
    from index.build import BuildReport

HAD_PROBLEMS = 1


class StoreKind(StrEnum):
    """Kinds of vector store, as ``index.stores.choice`` has them (a test compares)."""

    AUTO = "auto"
    FLAT = "flat"
    IVF = "ivf"
    EXACT = "exact"


@with_model
def index(
    folders: Annotated[
        list[Path], typer.Argument(metavar="DIR...", help="Folders of .txt documents, or files.")
    ],
    *,
    model: ModelOptions,
    out: Annotated[
        Path, typer.Option("--out", envvar="YIJU_INDEX", help="Folder to write the index to.")
    ] = DEFAULT_INDEX,
    confirmed: Annotated[
        Path | None,
        typer.Option(
            "--confirmed", help="JSONL of questions and their clauses; they help find them again."
        ),
    ] = None,
    store: Annotated[
        StoreKind, typer.Option("--store", help="How vectors are searched; auto goes by number.")
    ] = StoreKind.AUTO,
    json: JsonOption = False,
) -> None:
    """Index folders of documents; exit code 1 if one of them could not be taken in."""
    check_environment()
    from index.build import BuildOptions, build_index  # noqa: PLC0415 - the whole pipeline
    from index.embed import load_embedder  # noqa: PLC0415
    from index.folder import load_index  # noqa: PLC0415

    started = time.perf_counter()
    embedder = load_embedder(model)
    with _progress() as progress:
        report = build_index(
            folders,
            out,
            embedder=embedder,
            options=BuildOptions(confirmed, store.value),
            progress=progress,
        )
    # Read back: what is counted is what will answer.
    written = load_index(out, embedder=embedder)
    lists = sum(len(clause.responsibilities) for clause in written.clauses)
    elapsed_s = time.perf_counter() - started
    for note in (*report.problems, *report.warnings):
        output.tell(note)
    if json:
        output.say_json(_report_json(report, out, lists=lists, elapsed_s=elapsed_s))
    else:
        output.say(_summary(report, out, lists=lists, elapsed_s=elapsed_s))
    if report.problems:
        raise typer.Exit(HAD_PROBLEMS)


def _report_json(
    report: "BuildReport", out: Path, *, lists: int, elapsed_s: float
) -> dict[str, object]:
    return {
        "index": str(out),
        "version": report.manifest.version,
        "model": report.manifest.model,
        **report.manifest.counts,
        "store": asdict(report.manifest.store),
        "responsibilities": lists,
        "elapsed_s": round(elapsed_s, 3),
        "problems": list(report.problems),
        "warnings": list(report.warnings),
    }


def _summary(report: "BuildReport", out: Path, *, lists: int, elapsed_s: float) -> str:
    counts, store = report.manifest.counts, report.manifest.store
    asked = f", {counts['asked']} confirmed questions" if counts["asked"] else ""
    kind = "" if store.queries == 0 else f", vectors {store.kind} (recall {store.recall:.3f})"
    return (
        f"{counts['documents']} documents, {counts['clauses']} clauses, {lists} lists of units"
        f"{asked}{kind} "
        f"in {out}, {elapsed_s:.1f} s ({len(report.problems)} problems, "
        f"{len(report.warnings)} warnings); version {report.manifest.version}"
    )


@contextmanager
def _progress() -> Iterator[Callable[[str, int, int], None] | None]:
    """Show how far the build is, where stderr is a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console  # noqa: PLC0415 - only for a terminal
    from rich.progress import Progress  # noqa: PLC0415

    with Progress(console=Console(stderr=True), transient=True) as bar:
        stages: dict[str, int] = {}

        def step(stage: str, done: int, total: int) -> None:
            if stage not in stages:
                stages[stage] = bar.add_task(stage, total=total)
            bar.update(stages[stage], completed=done, total=total)  # type: ignore[arg-type]

        yield step
