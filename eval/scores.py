"""What the rows of a run measure together: scores with intervals, by group, by reason, in time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np

from eval.gold import GoldRow
from eval.locate import Span
from eval.measures import EXPECTED_STATUS, MEASURES, Measure, reason_code
from eval.ranking import RANKING_MEASURES
from eval.resampling import FloatArray, certain_bound, cluster_intervals, ratios

Json = dict[str, Any]

_RANKING_JUDGED = frozenset({"hit@1", "hit@5"})
# Every measure, in the order shown.
ALL_MEASURES: Mapping[str, Measure | None] = {**MEASURES, **dict.fromkeys(RANKING_MEASURES)}
SUMMED = frozenset(name for name, measure in MEASURES.items() if measure.summed)
BETTER_WHEN_LOWER = frozenset(n for n, measure in MEASURES.items() if measure.lower_is_better)
JUDGED = frozenset(n for n, measure in MEASURES.items() if measure.judged) | _RANKING_JUDGED
# Measures of what must not be said: a question without an answer does not bear on them.
SAID = frozenset(n for n, measure in MEASURES.items() if measure.said)
_PERCENTILES = (50, 90, 95, 99)


class Grouping(StrEnum):
    """What rows are told apart by."""

    TYPE = "type"
    LANG = "lang"
    BEHAVIOR = "behavior"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class RowResult:
    """One question's answer, with each measure's value; None where it does not bear on it.

    ``answer`` is null where the question got none, and ``error`` says why. ``files`` are those
    of the gold row, by their full names, ``evidence`` where its evidence stands; ``unresolved``
    are the numbers of citations that do not quote their file; ``ms`` is how long the answer took.
    """

    gold: GoldRow
    answer: Json | None
    values: Mapping[str, float | None]
    files: tuple[str, ...] = ()
    evidence: tuple[Span, ...] = ()
    unresolved: tuple[int, ...] = ()
    error: str | None = None
    ms: float | None = None

    @property
    def wrong(self) -> tuple[str, ...]:
        """The measures that the answer does not meet in full."""
        return tuple(
            name
            for name, value in self.values.items()
            if name in JUDGED and value is not None and value != best(name)
        )


@dataclass(frozen=True, slots=True)
class Score:
    """A measure over ``n`` rows that bear on it: ``value`` is their mean, or sum of a count.

    ``value`` is null where ``n`` is 0. ``low`` and ``high`` bound the 95 % interval, null where
    ``n`` is less than 2.
    """

    name: str
    value: float | None
    n: int
    low: float | None = None
    high: float | None = None


def best(name: str) -> float:
    """Give the value that a measure of a right answer has."""
    return 0.0 if name in BETTER_WHEN_LOWER else 1.0


def improvement(name: str, before: float, after: float) -> float:
    """Give how much better ``after`` is; negative where it is worse."""
    return before - after if name in BETTER_WHEN_LOWER else after - before


def contributions(rows: Sequence[RowResult], names: Sequence[str]) -> tuple[FloatArray, FloatArray]:
    """Give what each row adds to numerator and denominator of each measure.

    Returns
    -------
    two float64 arrays of shape (n_rows, n_measures)
        Value × weight, and weight; 0 and 0 where a row does not bear on a measure.
    """
    numerators, denominators = (np.zeros((len(rows), len(names))) for _ in range(2))
    for i, row in enumerate(rows):
        for j, name in enumerate(names):
            value = row.values.get(name)
            if value is not None:
                measure = ALL_MEASURES[name]
                weight = measure.weight(value) if measure else 1.0
                numerators[i, j], denominators[i, j] = value * weight, weight
    return numerators, denominators


def score(rows: Iterable[RowResult], *, intervals: bool = True) -> tuple[Score, ...]:
    """Give every measure over rows, whose order changes nothing."""
    rows = sorted(rows, key=lambda row: row.gold.id)
    names = list(ALL_MEASURES)
    summed = summed_flags(names)
    numerators, denominators = contributions(rows, names)
    values = ratios(numerators.sum(axis=0), denominators.sum(axis=0), summed=summed)
    bounds = np.full((len(names), 2), np.nan)
    if intervals:
        bounds = wider(
            cluster_intervals(numerators, denominators, drawn, summed=summed)
            for drawn in (clusters(rows), np.arange(len(rows)))
        )
    counts = (denominators > 0).sum(axis=0)
    for j in range(len(names)):
        bounds[j] = _widened(values[j], bounds[j], int(counts[j]), summed=bool(summed[j]))
    return tuple(
        Score(
            name, _number(values[j]), int(counts[j]), _number(bounds[j, 0]), _number(bounds[j, 1])
        )
        for j, name in enumerate(names)
    )


def wider(intervals: Iterable[FloatArray]) -> FloatArray:
    """Take the lowest low and the highest high of intervals of the same measures.

    Drawn by documents an interval is too narrow where there are few, drawn by questions where
    those over one document stand or fall together.
    """
    stacked = np.stack(list(intervals))
    return np.stack([np.fmin.reduce(stacked[..., 0]), np.fmax.reduce(stacked[..., 1])], axis=1)


def _widened(value: float, bounds: FloatArray, n: int, *, summed: bool) -> FloatArray:
    """Give the exact bound where every row is right, or every one wrong."""
    if summed or np.isnan(bounds).any() or bounds[0] != bounds[1] or value not in (0, 1):
        return bounds
    return np.array([certain_bound(n), 1.0] if value else [0.0, 1 - certain_bound(n)])


def summed_flags(names: Sequence[str]) -> FloatArray:
    """Tell the measures that are sums, as 1 and 0."""
    return np.array([float(name in SUMMED) for name in names])


def grouped(rows: Iterable[RowResult], by: Grouping) -> dict[str, tuple[Score, ...]]:
    """Give every measure for each group of rows, groups in alphabetical order.

    A row that rests on several documents counts in the group of each.
    """
    groups: dict[str, list[RowResult]] = {}
    for row in rows:
        for name in group_names(row, by):
            groups.setdefault(name, []).append(row)
    return {name: score(groups[name]) for name in sorted(groups)}


def group_names(row: RowResult, by: Grouping) -> tuple[str, ...]:
    """Give the groups that a row stands in; ``-`` for a row of no document."""
    if by is Grouping.DOCUMENT:
        return row.files or ("-",)
    return (str(getattr(row.gold, by.value)),)


def reasons(rows: Iterable[RowResult]) -> dict[str, Json]:
    """Give precision, recall and F1 of each reason code.

    Over the rows whose gold gives a reason, and those to be answered in full, for which none is
    right.
    """
    pairs = [
        (row.gold.reason, reason_code(row.answer) if row.answer else None)
        for row in rows
        if row.gold.reason or EXPECTED_STATUS[row.gold.behavior] == "answered"
    ]
    found = {}
    for code in sorted({code for pair in pairs for code in pair if code}):
        right = sum(wanted == given == code for wanted, given in pairs)
        wanted_n = sum(wanted == code for wanted, _ in pairs)
        given_n = sum(given == code for _, given in pairs)
        found[code] = {
            "precision": right / given_n if given_n else None,
            "recall": right / wanted_n if wanted_n else None,
            "f1": 2 * right / (wanted_n + given_n),
            "gold": wanted_n,
            "given": given_n,
        }
    return found


def latency(rows: Iterable[RowResult]) -> Json:
    """Give percentiles of the time an answer took, in milliseconds, over those that came."""
    times = [row.ms for row in rows if row.ms is not None and row.answer is not None]
    if not times:
        return {"n": 0}
    values = np.percentile(np.array(times), _PERCENTILES)
    named = {f"p{p}": round(float(v), 3) for p, v in zip(_PERCENTILES, values, strict=True)}
    return {**named, "max": round(max(times), 3), "n": len(times)}


def clusters(rows: Sequence[RowResult]) -> "np.typing.NDArray[np.int64]":
    """Number the sets of documents that rows rest on; a row of none is a cluster of its own."""
    numbers: dict[tuple[str, ...], int] = {}
    keys = [tuple(sorted(row.files)) or ("", row.gold.id) for row in rows]
    return np.array([numbers.setdefault(key, len(numbers)) for key in keys], dtype=np.int64)


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
