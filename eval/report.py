"""What a run leaves behind: tables on a terminal, JSON, and a folder that can be checked."""

import hashlib
import json
import platform
from collections.abc import Iterable, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from rich.table import Table

from eval.gold import GoldRow
from eval.measures import BETTER_WHEN_LOWER, SUMMED
from eval.run import Grouping, RowResult, RunResult, Score

Json = dict[str, Any]

_PACKAGES = ("yiju", "bm25s", "faiss-cpu", "numpy", "opencc", "safetensors", "tokenizers")
_TOP_CITATIONS = 3


def scores_table(scores: Iterable[Score], *, title: str) -> Table:
    """Make a table of measures: name, value, number of rows that bear on it."""
    table = Table(title=title, title_justify="left")
    table.add_column("measure")
    table.add_column("value", justify="right")
    table.add_column("n", justify="right")
    for score in scores:
        lower = " (lower is better)" if score.name in BETTER_WHEN_LOWER else ""
        table.add_row(score.name + lower, _shown(score), str(score.n))
    return table


def _shown(score: Score) -> str:
    if score.value is None:
        return "-"
    return f"{score.value:.0f}" if score.name in SUMMED else f"{score.value:.3f}"


def wrong_lines(row: RowResult) -> Iterable[str]:
    """Give what is needed to see why a row is wrong, in a few lines."""
    gold, answer = row.gold, row.answer
    yield f"{gold.id}  {gold.type} / {gold.behavior} / {gold.lang}  wrong: {', '.join(row.wrong)}"
    yield f"  question  {gold.question}"
    yield f"  gold      {_gold_words(gold)}"
    for part in gold.parts:
        yield f"    part    {part.clause_id}  {_responsible(part.lead, part.units)}"
    reason = answer.get("reason") or {}
    words = str(answer.get("answer", "")).replace("\n", " / ")
    yield f"  answer    [{answer['status']} {reason.get('code', '')}] {words}"
    for entry in answer["responsibilities"]:
        yield f"    entry   {entry['clause_id']}  {_responsible(entry['lead'], entry['units'])}"
    for citation in _top(answer["citations"]):
        yield f"    [{citation['n']}] {citation['role']:8}{citation['clause_id']}"


def _gold_words(gold: GoldRow) -> str:
    clauses = ", ".join(gold.clause_ids) or "no clause"
    return f"{gold.answer}  {_responsible(gold.lead, gold.units)}  {clauses}"


def _responsible(lead: str | None, units: Sequence[str]) -> str:
    return f"lead={lead} units={'、'.join(units) or '-'}"


def _top(citations: Sequence[Json]) -> list[Json]:
    """Give the citations that the answer consists of, at least the first few."""
    return [
        each
        for rank, each in enumerate(citations)
        if rank < _TOP_CITATIONS or each["role"] == "answer"
    ]


def measures_json(
    result: RunResult,
    *,
    gold: Sequence[Path],
    target: str,
    command: Sequence[str],
    by: Sequence[Grouping] = (),
) -> Json:
    """Give a run's measures with all that is needed to repeat it.

    The gold files stand with their SHA-256, the index with its version and model as the answers
    name them, and the packages with their versions.
    """
    indexes = [row.answer.get("index") or {} for row in result.rows]
    return {
        "measures": _values(result.scores),
        "by": {
            each.value: {name: _values(scores) for name, scores in result.grouped(each).items()}
            for each in by
        },
        "wrong": {row.gold.id: list(row.wrong) for row in result.wrong},
        "gold": [
            {"file": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
            for path in gold
        ],
        "target": target,
        "index": {
            "version": _all_of(each.get("version") for each in indexes),
            "model": _all_of(each.get("model") for each in indexes),
        },
        "versions": versions(),
        "command": list(command),
    }


def _values(scores: Iterable[Score]) -> Json:
    return {each.name: {"value": each.value, "n": each.n} for each in scores}


def _all_of(values: Iterable[object]) -> str | None:
    """Give what the answers name; more than one if the index changed during the run."""
    return ", ".join(sorted({str(value) for value in values if value is not None})) or None


def versions() -> dict[str, str]:
    """Give the versions of Python and of the packages that an answer depends on."""
    found = {"python": platform.python_version()}
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:  # run from a checkout, or engines of another build
            found[package] = "not installed"
    return found


def write_run(folder: Path, result: RunResult, measures: Json) -> None:
    """Write ``answers.jsonl``, a line for each question in order, and ``measures.json``."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = [
        json.dumps(
            {"id": row.gold.id, "values": dict(row.values), "answer": row.answer},
            ensure_ascii=False,
        )
        for row in result.rows
    ]
    _write(folder / "answers.jsonl", "".join(f"{line}\n" for line in lines))
    _write(folder / "measures.json", dump(measures) + "\n")


def dump(values: Json) -> str:
    """Give JSON to be read by people too."""
    return json.dumps(values, ensure_ascii=False, indent=2)


def _write(path: Path, text: str) -> None:
    path.write_bytes(text.encode("utf-8"))
