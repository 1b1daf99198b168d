"""The task table (任务分解表): tasks as cells that a spreadsheet takes as words."""

import csv
import io

from api.spreadsheet import harmless
from rag.wire import Json

COLUMNS = (
    *("document_id", "title", "number", "region", "status", "clause_id", "label", "task"),
    *("lead", "units", "members", "qualifiers", "deadline", "target"),
    *("lead_basis", "inherited_from", "file", "start", "end", "url"),
)


def cells(row: Json) -> dict[str, str]:
    """Give a task as cells by column: lists joined, and nothing for what is not stated."""
    document, source, basis = row["document"], row["source"], row["lead_basis"]
    plain = ("clause_id", "label", "task", "lead", "inherited_from", "url")
    told = {
        **{key: row[key] for key in plain},
        **{key: "、".join(row[key]) for key in ("units", "members", "qualifiers")},
        **{key: source[key] for key in ("file", "start", "end")},
        "deadline": _joined(row["deadlines"]),
        "target": _joined(row["targets"]),
        "document_id": document["id"],
        "title": document["title"],
        "number": document["number"],
        "status": document["status"],
        "region": document["region"]["name"] if document["region"] else "",
        "lead_basis": f"{basis['kind']}: {basis['quote']}" if basis else "",
    }
    return {key: "" if value is None else str(value) for key, value in told.items()}


def tasks_csv(rows: list[Json]) -> str:
    """Give tasks as CSV for a spreadsheet: a BOM, and no cell that would run as a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for row in rows:
        told = cells(row)
        writer.writerow([harmless(told[column]) for column in COLUMNS])
    return "\ufeff" + out.getvalue()


def _joined(stated: list[Json]) -> str:
    return "；".join(each["quote"] for each in stated)
