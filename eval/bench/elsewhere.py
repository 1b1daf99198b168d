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

from eval.report import dump
from index.folder import load_index
from index.library import Index
from index.records import Document
from rag.answer import Answerer

_SHORTEST = 6  # characters; a shorter heading (总体要求) names no subject

Json = dict[str, Any]


def questions(index: Index) -> Iterator[str]:
    """Ask for each heading of each place in whose document it does not stand."""
    texts: dict[str, str] = {}
    for clause in index.clauses:
        texts[clause.document_id] = texts.get(clause.document_id, "") + clause.search_text
    for clause in index.clauses:
        heading = (clause.heading or "").rstrip("。:：")
        if clause.noise or len(heading) < _SHORTEST:
            continue
        for document in index.documents:
            place = _place(document)
            if place and document.document_id != clause.document_id:
                if heading in texts.get(document.document_id, ""):
                    continue
                yield f"{place}{heading}由谁牵头？"


def _place(document: Document) -> str | None:
    return document.region.name if document.region else None


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
