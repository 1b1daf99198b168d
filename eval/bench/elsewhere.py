"""How often a place is given units for a heading of another place's document.

Every heading of every document is asked of every other place (“上海…由谁牵头？”). Where the other
place's documents do say something on the subject in words of their own, units are right; the
share is therefore not to reach 0, but to fall. Run it as
``python -m eval.bench.elsewhere --index DIR``.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from eval.draft_declined import elsewhere
from eval.run_folder import dump
from index.folder import load_index
from index.library import Index
from rag.answer import Answerer

Json = dict[str, Any]


def questions(index: Index) -> Iterator[str]:
    """Ask for each heading of each place in whose document it does not stand."""
    yield from (row["question"] for row in elsewhere(index))


def measure(index: Index, named: Callable[[str], bool]) -> Json:
    """Count the questions, and those for which ``named`` tells that units were named."""
    asked = list(questions(index))
    units = sum(map(named, asked))
    return {"questions": len(asked), "with_units": units}


def main(
    *,
    index: Annotated[Path, typer.Option(exists=True, file_okay=False, help="Index folder.")],
) -> None:
    """Print how many questions were asked and how many got units, as JSON."""
    library = load_index(index)
    answerer = Answerer(library)

    def named(question: str) -> bool:
        return any(r.units for r in answerer.ask(question).responsibilities)

    typer.echo(dump({**measure(library, named), "index": library.manifest.version}))


if __name__ == "__main__":
    typer.run(main)
