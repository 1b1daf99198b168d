"""A run on a terminal: tables of scores, and what is wrong in a row."""

from collections.abc import Iterable, Sequence
from typing import Any

from rich.table import Table

from eval.gold import GoldRow
from eval.scores import BETTER_WHEN_LOWER, SUMMED, RowResult, Score

Json = dict[str, Any]

_TOP_CITATIONS = 3
_LEAST_P = 0.001


def scores_table(scores: Iterable[Score], *, title: str) -> Table:
    """Make a table of measures: name, value, 95 % interval, number of rows that bear on it."""
    table = Table(title=title, title_justify="left")
    table.add_column("measure")
    table.add_column("value", justify="right")
    table.add_column("95 %", justify="right")
    table.add_column("n", justify="right")
    for score in scores:
        lower = " (lower is better)" if score.name in BETTER_WHEN_LOWER else ""
        bounds = shown_range(score.name, score.low, score.high)
        table.add_row(score.name + lower, shown(score.name, score.value), bounds, str(score.n))
    return table


def shown(name: str, value: float | None) -> str:
    """Write a measure's value: a count as such, a share with three places."""
    if value is None:
        return "-"
    return f"{value:.0f}" if name in SUMMED else f"{value:.3f}"


def shown_range(name: str, low: float | None, high: float | None) -> str:
    """Write an interval."""
    if low is None:
        return "-"
    between = " to " if low < 0 else "–"  # a dash beside a sign is hard to read
    return f"{shown(name, low)}{between}{shown(name, high)}"


def shown_p(p: float | None) -> str:
    """Write a probability."""
    if p is None:
        return "-"
    return "<0.001" if p < _LEAST_P else f"{p:.3f}"


def shown_change(name: str, difference: float | None) -> str:
    """Write a difference with its sign; 0 where there is none to be seen."""
    if difference is None:
        return "-"
    words = f"{difference:+.0f}" if name in SUMMED else f"{difference:+.3f}"
    return words if words.strip("+-0.") else "0"


def wrong_lines(row: RowResult) -> Iterable[str]:
    """Give what is needed to see why a row is wrong, in a few lines."""
    gold, answer = row.gold, row.answer
    yield f"{gold.id}  {gold.type} / {gold.behavior} / {gold.lang}  wrong: {', '.join(row.wrong)}"
    yield f"  question  {gold.question}"
    yield f"  gold      {_gold_words(gold)}"
    for part in gold.parts:
        yield f"    part    {part.clause_id}  {_responsible(part.lead, part.units)}"
    if answer is None:
        yield f"  no answer {row.error}"
        return
    reason = answer.get("reason") or {}
    words = str(answer.get("answer", "")).replace("\n", " / ")
    yield f"  answer    [{answer['status']} {reason.get('code', '')}] {words}"
    for entry in answer["responsibilities"]:
        named = entry.get("clause_id", "")
        yield f"    entry   {named}  {_responsible(entry['lead'], entry['units'])}"
    for citation in _top(answer["citations"]):
        yield f"    [{citation['n']}] {citation['role']:8}{citation.get('clause_id', '')}"


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
