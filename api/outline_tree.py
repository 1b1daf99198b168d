"""A document's outline as a tree on a terminal."""

from collections.abc import Sequence

from rich.text import Text
from rich.tree import Tree

from api.output import printable
from index.records import Clause, Document, Responsibility


def outline_tree(document: Document, clauses: Sequence[Clause]) -> Tree:
    """Draw the clauses under their parents, each with its lead or units and its marks."""
    title = document.title or document.file
    root = Tree(Text(printable(f"{document.document_id}  {title}"), "bold"))
    branches: dict[str, Tree] = {}
    for clause in clauses:
        parent = branches.get(clause.parent_id or "", root)
        branches[clause.clause_id] = parent.add(_line(clause))
    return root


def _line(clause: Clause) -> Text:
    name = clause.path[-1] if clause.number and clause.path else clause.kind.value
    line = Text(printable(name), "dim" if clause.noise else "")
    for mark in _marks(clause):
        line.append(f"  [{mark}]", "yellow")
    for record in clause.responsibilities:
        line.append(f"  {printable(_units(record))}", "cyan")
    return line


def _marks(clause: Clause) -> list[str]:
    marks = {"noise": clause.noise, "damaged": clause.damaged, "truncated": clause.truncated}
    return [mark for mark, holds in marks.items() if holds]


def _units(record: Responsibility) -> str:
    units = "、".join((*record.units, *record.qualifiers))
    return f"牵头 {record.lead} | {units}" if record.lead else units
