"""A run's scores as JSON."""

from collections.abc import Iterable, Sequence
from typing import Any

from eval.run import RunResult
from eval.scores import Grouping, Score, grouped, latency, reasons

Json = dict[str, Any]


def summary(result: RunResult, *, by: Sequence[Grouping] = ()) -> Json:
    """Give scores with intervals, by group and reason, times, and what is wrong in each row."""
    indexes = [(row.answer or {}).get("index") or {} for row in result.rows]
    return {
        "measures": _values(result.scores),
        "by": {
            each.value: {n: _values(scores) for n, scores in grouped(result.rows, each).items()}
            for each in by
        },
        "reasons": reasons(result.rows),
        "latency_ms": latency(result.rows),
        "wrong": {row.gold.id: list(row.wrong) for row in result.wrong},
        "index": {
            "version": _all_of(each.get("version") for each in indexes),
            "model": _all_of(each.get("model") for each in indexes),
        },
    }


def _values(scores: Iterable[Score]) -> Json:
    return {s.name: {"value": s.value, "n": s.n, "low": s.low, "high": s.high} for s in scores}


def _all_of(values: Iterable[object]) -> str | None:
    """Give what the answers name; more than one if the index changed during the run."""
    return ", ".join(sorted({str(value) for value in values if value is not None})) or None
