"""``yiju documents`` and ``yiju clauses``: what an index holds."""

from typing import TYPE_CHECKING, Annotated

import typer

from api import output
from api.commands.model_options import with_model
from api.commands.options import DEFAULT_INDEX, IndexOption, JsonOption, open_index
from index.model_options import ModelOptions
from index.records import Document
from rag.wire import clause_json, document_json

if TYPE_CHECKING:
    from rich.table import Table


@with_model
def documents(
    *, model: ModelOptions, index: IndexOption = DEFAULT_INDEX, json: JsonOption = False
) -> None:
    """List the documents."""
    library = open_index(index, model)
    if json:
        output.say_json({"documents": [document_json(each) for each in library.documents]})
    else:
        output.show(_table(library.documents))


@with_model
def clauses(
    document: Annotated[str, typer.Argument(metavar="DOC", help="Id of a document.")],
    *,
    model: ModelOptions,
    index: IndexOption = DEFAULT_INDEX,
    json: JsonOption = False,
) -> None:
    """Show a document's outline, with who leads what."""
    library = open_index(index, model)
    try:
        found = library.document(document)
    except KeyError:
        known = ", ".join(each.document_id for each in library.documents)
        output.fail(f"there is no document {document!r}; known: {known}", code=2)
    own = [clause for clause in library.clauses if clause.document_id == document]
    if json:
        outline = [clause_json(clause, found) for clause in own]
        output.say_json({**document_json(found), "clauses": outline})
    else:
        from api.outline_tree import outline_tree  # noqa: PLC0415 - rich

        output.show(outline_tree(found, own))


def _table(listed: tuple[Document, ...]) -> "Table":
    from rich.table import Table  # noqa: PLC0415 - not needed for JSON
    from rich.text import Text  # noqa: PLC0415

    table = Table(box=None, header_style="bold")
    columns = ("id", "number", "region", "level", "date", "status", "title")
    for column in columns:
        table.add_column(column, overflow="fold")
    for each in listed:
        cells = (
            each.document_id,
            each.number,
            each.region.name if each.region else None,
            each.level,
            each.date,
            each.status,
            each.title,
        )
        table.add_row(*(Text(output.printable(cell or "–")) for cell in cells))
    return table
