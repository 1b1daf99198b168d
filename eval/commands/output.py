"""How the commands speak: results on stdout, all else on stderr, one sentence for an error."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from eval.errors import EvaluationError
from index.errors import IndexingError
from rag.errors import AnsweringError

FAILURE = 1


def tell(message: str) -> None:
    """Say something on stderr."""
    typer.echo(message, err=True)


def fail(problems: Sequence[str]) -> None:
    """Print problems on stderr and exit 1, if there are any."""
    for problem in problems:
        tell(problem)
    if problems:
        raise typer.Exit(FAILURE)


@contextmanager
def in_a_sentence() -> Iterator[None]:
    """Turn the errors that a user can do something about into a sentence and exit code 1."""
    try:
        yield
    except (EvaluationError, IndexingError, AnsweringError, OSError) as error:
        fail([str(error)])


@contextmanager
def progress_bar(description: str, total: int) -> Iterator[Progress]:
    """Show a bar on stderr, where that is a terminal; gone when done."""
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as progress:
        progress.add_task(description, total=total)
        yield progress
