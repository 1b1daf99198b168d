"""``yiju read``: what the reader makes of one file."""

from pathlib import Path
from typing import Annotated

import typer

from api import output
from api.commands.options import JsonOption
from rag.wire import clause_json, document_json


def read(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A .txt document.")],
    json: JsonOption = False,
) -> None:
    """Show what is read from one file: its metadata and its outline."""
    from api.outline_tree import outline_tree  # noqa: PLC0415 - with the whole pipeline
    from index.build import read_document  # noqa: PLC0415
    from index.read import read as read_text  # noqa: PLC0415

    found = read_document(read_text(file))
    known = document_json(found.document)
    for warning in found.warnings:
        output.tell(warning)
    if json:
        outline = [clause_json(clause, found.document) for clause in found.clauses]
        output.say_json({**known, "clauses": outline, "warnings": list(found.warnings)})
        return
    for key in ("title", "number", "issuer", "level", "date", "status", "file"):
        output.say(f"{key:8}{known[key] or '–'}")
    region = found.document.region
    output.say(f"{'region':8}{region.name if region else '–'}")
    output.show(outline_tree(found.document, found.clauses))
