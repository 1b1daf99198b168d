"""Results of rows and stored runs, made in a line: from values as given, or from real answers."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from eval.asking import Reply
from eval.gold import GoldRow
from eval.locate import locate
from eval.run import measure
from eval.run_folder import StoredRun
from eval.scores import RowResult
from tests.eval.examples import DOCUMENTS, TEXTS, answer, gold

UNREACHABLE = "http://localhost/v1/ask: 503 Service Unavailable"


def row_result(
    row_id: str, values: Mapping[str, float | None], *, failed: bool = False, **facts: Any
) -> RowResult:
    """A result with exactly these values of measures; other facts as in ``RowResult``."""
    facts.setdefault("gold", gold(id=row_id))
    facts.setdefault("answer", None if failed else answer())
    facts.setdefault("error", UNREACHABLE if failed else None)
    return RowResult(values=values, **facts)


def measured(
    row: GoldRow, given: dict[str, Any] | None, error: str | None = None, ms: float | None = None
) -> RowResult:
    """What a row measures with an answer, or with none."""
    reply = Reply(given, error or (UNREACHABLE if given is None else None), ms)
    (result,) = measure([locate(row, TEXTS)], {row.id: reply}, DOCUMENTS).rows
    return result


def stored(*rows: RowResult, name: str = "1", **about: Any) -> StoredRun:
    """A complete run of these rows, in a folder of that name."""
    known = {
        "questions": len(rows),
        "failed": sum(row.answer is None for row in rows),
        "gold": [{"file": "gold.jsonl", "sha256": "0"}],
        "index": {"version": "v1", "model": "m1"},
        "environment": {"commit": "abc123"},
    }
    return StoredRun(Path("/runs") / name, {**known, **about}, {}, tuple(rows))
