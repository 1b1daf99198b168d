"""A comparison as cells: a row for each clause, one for each document without a clause."""

import csv
import io

from api.spreadsheet import harmless
from rag.wire import Json

COLUMNS = (
    *("n", "document_id", "title", "number", "region", "level", "status", "clause_id", "label"),
    *("says", "lead", "units", "qualifiers", "targets", "deadlines"),
    *("only_lead", "only_units", "only_targets", "only_deadlines"),
    *("file", "start", "end", "url"),
)


def cells(comparison: Json) -> list[dict[str, str]]:
    """Give the rows of a comparison as cells by column, then the documents without a clause.

    ``only_…`` holds what the clause states and no other document does.
    """
    rows = [_row(row, comparison["differences"]) for row in comparison["rows"]]
    return rows + [_blank(document) for document in comparison["lacking"]]


def comparison_csv(comparison: Json) -> str:
    """Give a comparison as CSV for a spreadsheet: a BOM, and no cell that runs as a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for told in cells(comparison):
        writer.writerow([harmless(told[column]) for column in COLUMNS])
    return "\ufeff" + out.getvalue()


def _row(row: Json, differences: Json) -> dict[str, str]:
    source = row["source"]
    told = {
        **_of_document(row["document"]),
        **{key: row[key] for key in ("n", "clause_id", "label", "lead", "url")},
        **{key: "、".join(row[key]) for key in ("units", "qualifiers")},
        **{
            key: "；".join(each["text"] for each in row[key])
            for key in ("says", "targets", "deadlines")
        },
        **{f"only_{key}": "、".join(_only(row["n"], differences[key])) for key in differences},
        **{key: source[key] for key in ("file", "start", "end")},
    }
    return {column: _text(told[column]) for column in COLUMNS}


def _only(n: int, points: list[Json]) -> list[str]:
    """Give the words that row ``n`` has and no other document."""
    alone = [point["held"][0] for point in points if len(point["held"]) == 1]
    return [held["words"] for held in alone if held["n"] == n]


def _blank(document: Json) -> dict[str, str]:
    told = _of_document(document)
    return {column: _text(told.get(column)) for column in COLUMNS}


def _of_document(document: Json) -> Json:
    region = document["region"]
    return {
        "document_id": document["id"],
        "region": region["name"] if region else None,
        **{key: document[key] for key in ("title", "number", "level", "status")},
    }


def _text(value: object) -> str:
    return "" if value is None else str(value)
