"""What the report shows of a run, as plain values."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from eval.compare import Comparison, RowChange
from eval.report.words import LANGUAGES, WORDS
from eval.run_folder import StoredRun
from eval.scores import (
    BETTER_WHEN_LOWER,
    JUDGED,
    SUMMED,
    Grouping,
    RowResult,
    Score,
    grouped,
    score,
)
from eval.why import why_wrong

Json = dict[str, Any]

_FEW_DOCUMENTS = 10


def content(run: StoredRun, comparison: Comparison | None = None) -> Json:
    """Give all that the page shows and filters.

    A clause that several answers cite stands once, in ``clauses``; citations name it.
    """
    changes = {each.name: each for each in comparison.changes} if comparison else {}
    fates = {row.after.gold.id: row for row in comparison.rows} if comparison else {}
    clauses: Json = {}
    rows = [_row(row, fates.get(row.gold.id), clauses) for row in run.rows]
    return {
        "run": _about(run),
        "baseline": _about(comparison.before) if comparison else None,
        "few_documents": len({file for row in run.rows for file in row.files}) < _FEW_DOCUMENTS,
        "scores": [
            {
                **_score(each),
                "before": change.before.value if (change := changes.get(each.name)) else None,
                "difference": change.difference if change else None,
                "p": change.p if change else None,
                "smallest": change.smallest if change else None,
            }
            for each in score(run.rows)
            if each.n
        ],
        "groups": {by.value: _groups(run.rows, by) for by in Grouping},
        "reasons": run.scores["reasons"],
        "latency": run.scores["latency_ms"],
        "judged": sorted(JUDGED),
        "clauses": clauses,
        "rows": rows,
        "words": {
            language: {key: pair[i] for key, pair in WORDS.items()}
            for i, language in enumerate(LANGUAGES)
        },
    }


def _about(run: StoredRun) -> Json:
    about = run.about
    return {
        "name": run.name,
        "target": about["target"],
        "gold": "、".join(each["file"] for each in about["gold"]),
        "started": about["started"],
        "commit": about["environment"]["commit"],
        "index": " · ".join(value for value in about["index"].values() if value),
        "questions": about["questions"],
        "answered": about["answered"],
        "failed": about["failed"],
        "unreviewed": about.get("unreviewed", 0),
    }


def _score(each: Score) -> Json:
    return {
        "name": each.name,
        "value": each.value,
        "n": each.n,
        "low": each.low,
        "high": each.high,
        "lower": each.name in BETTER_WHEN_LOWER,
        "summed": each.name in SUMMED,
    }


def _groups(rows: Iterable[RowResult], by: Grouping) -> Json:
    return {
        name: {
            each.name: [each.value, each.n, each.low, each.high]
            for each in scores
            if each.n and each.name not in SUMMED
        }
        for name, scores in grouped(rows, by).items()
    }


def _row(row: RowResult, change: RowChange | None, clauses: Json) -> Json:
    gold, answer = row.gold, row.answer
    return {
        "id": gold.id,
        "question": gold.question,
        "type": gold.type.value,
        "lang": gold.lang,
        "behavior": gold.behavior.value,
        "document": list(row.files) or ["-"],
        "tags": list(gold.tags),
        "note": gold.note,
        "ms": row.ms,
        "error": row.error,
        "why": [{"name": why.name, "wanted": why.wanted, "got": why.got} for why in why_wrong(row)],
        "gold": {
            "answer": gold.answer,
            "lead": gold.lead,
            "units": list(gold.units),
            "qualifiers": list(gold.qualifier),
            "reason": gold.reason,
            "parts": [
                {"on": part.clause_id, "lead": part.lead, "units": list(part.units)}
                for part in gold.parts
            ],
            "evidence": [
                {"on": each.clause_id or each.doc or "", "text": each.text}
                for each in gold.evidence
            ],
        },
        "status": answer["status"] if answer else "failed",
        "answer": answer["answer"] if answer else None,
        "reason": ((answer or {}).get("reason") or {}).get("code"),
        "entries": [_entry(each) for each in (answer or {}).get("responsibilities", ())],
        "citations": [
            _citation(each, row, clauses) for each in (answer or {}).get("citations", ())
        ],
        "fate": change.fate.value if change else None,
        "before": _before(change) if change else None,
    }


def _entry(entry: Mapping[str, Any]) -> Json:
    return {
        "citation": entry["citation"],
        "lead": entry["lead"],
        "units": list(entry["units"]),
        "qualifiers": list(entry.get("qualifiers") or ()),
    }


def _citation(citation: Mapping[str, Any], row: RowResult, clauses: Json) -> Json:
    file, start, end = (citation["source"][key] for key in ("file", "start", "end"))
    quote = citation["quote"]
    # By its words too: two systems' citations of one place need not quote it alike.
    key = f"{file}:{start}-{end}:{hashlib.sha256(quote.encode()).hexdigest()[:8]}"
    label = citation.get("label") or citation.get("clause_id") or file
    clauses.setdefault(key, {"label": label, "quote": quote})
    marked = [(each["start"], each["end"]) for each in citation.get("highlights") or ()]
    proven = [(each.start, each.end) for each in row.evidence if each.file == file]
    resolves = citation["n"] not in row.unresolved
    return {
        "n": citation["n"],
        "role": citation["role"],
        "clause": key,
        "resolves": resolves,
        "highlights": _within(marked, start, end) if resolves else [],
        "evidence": _within(proven, start, end) if resolves else [],
    }


def _within(spans: Iterable[tuple[int, int]], start: int, end: int) -> list[list[int]]:
    """Cut spans to a clause and count them from its start, in code points."""
    cut = ((max(a, start) - start, min(b, end) - start) for a, b in spans)
    return sorted([a, b] for a, b in cut if a < b)


def _before(change: RowChange) -> Json:
    answer = change.before.answer
    return {
        "status": answer["status"] if answer else "failed",
        "answer": answer["answer"] if answer else change.before.error,
        "gained": list(change.gained),
        "lost": list(change.lost),
    }
