"""A run: gold questions put one after the other, each answer measured."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from eval.answered import Answered
from eval.errors import AnswerShapeError
from eval.gold import GoldRow
from eval.locate import locate
from eval.measures import BETTER_WHEN_LOWER, MEASURES, SUMMED

Json = dict[str, Any]
Ask = Callable[[str], Json]
Progress = Callable[[int, int], None]

_NEEDED = ("status", "responsibilities", "citations")
# Softer forms of other measures: a row is not wrong for these alone.
_NOT_JUDGED = frozenset({"mrr", "status_lenient"})


class Grouping(StrEnum):
    """What rows are told apart by."""

    TYPE = "type"
    LANG = "lang"
    BEHAVIOR = "behavior"


@dataclass(frozen=True, slots=True)
class Score:
    """A measure over ``n`` rows that bear on it: ``value`` is their mean, or sum of a count.

    ``value`` is null where ``n`` is 0.
    """

    name: str
    value: float | None
    n: int


@dataclass(frozen=True, slots=True)
class RowResult:
    """One question's answer, with each measure's value; None where it does not bear on it."""

    gold: GoldRow
    answer: Json
    values: Mapping[str, float | None]

    @property
    def wrong(self) -> tuple[str, ...]:
        """The measures that the answer does not meet in full."""
        judged = ((name, v) for name, v in self.values.items() if name not in _NOT_JUDGED)
        return tuple(
            name
            for name, value in judged
            if value is not None and value != (0 if name in BETTER_WHEN_LOWER else 1)
        )


@dataclass(frozen=True, slots=True)
class RunResult:
    """Every row of a run, in the order asked, and what they measure together."""

    rows: tuple[RowResult, ...]

    @property
    def scores(self) -> tuple[Score, ...]:
        """Every measure over all rows."""
        return total(self.rows)

    def score(self, name: str) -> Score:
        """Give one measure over all rows; ``KeyError`` if there is none of that name."""
        return {each.name: each for each in self.scores}[name]

    def grouped(self, by: Grouping) -> dict[str, tuple[Score, ...]]:
        """Give every measure for each group of rows, groups in alphabetical order."""
        groups: dict[str, list[RowResult]] = {}
        for row in self.rows:
            groups.setdefault(str(getattr(row.gold, by.value)), []).append(row)
        return {name: total(groups[name]) for name in sorted(groups)}

    @property
    def wrong(self) -> tuple[RowResult, ...]:
        """The rows that do not meet a measure in full."""
        return tuple(row for row in self.rows if row.wrong)


def evaluate(
    rows: Sequence[GoldRow],
    ask: Ask,
    texts: Mapping[str, str],
    *,
    clauses: Mapping[str, tuple[int, int]] | None = None,
    progress: Progress | None = None,
) -> RunResult:
    """Put every gold question, and measure the answers.

    Parameters
    ----------
    rows : sequence of GoldRow
        Asked in this order; each stands alone, so the order changes no measure.
    ask : callable
        From a question to the JSON of ``/v1/ask``.
    texts : mapping of str to str
        Each file's text as published.
    clauses : mapping of str to (int, int), optional
        Each clause's start and end: a citation wider than its clause counts for nothing.
    progress : callable, optional
        Called with the number of questions answered and their total.

    Raises
    ------
    GoldError
        If a row's documents or evidence are not in ``texts``; before anything is asked.
    AskError
        If an answer lacks a field that is measured, or ``ask`` raises it.
    """
    located = [locate(row, texts) for row in rows]
    results = []
    for done, row in enumerate(located, start=1):
        answer = ask(row.gold.question)
        missing = [key for key in _NEEDED if key not in answer]
        if missing:
            raise AnswerShapeError(row.gold.id, missing)
        answered = Answered(row, answer, texts, clauses or {})
        values = {name: measure(answered) for name, measure in MEASURES.items()}
        results.append(RowResult(row.gold, answer, values))
        if progress is not None:
            progress(done, len(located))
    return RunResult(tuple(results))


def total(rows: Iterable[RowResult]) -> tuple[Score, ...]:
    """Give every measure over rows: ``sum(values) / n`` of those not None, or the sum."""
    rows = tuple(rows)
    return tuple(_score(name, rows) for name in MEASURES)


def _score(name: str, rows: Sequence[RowResult]) -> Score:
    values = [value for row in rows if (value := row.values[name]) is not None]
    if not values:
        return Score(name, None, 0)
    added = sum(sorted(values))  # sorted, so that the order of rows cannot change a digit
    return Score(name, added if name in SUMMED else added / len(values), len(values))
