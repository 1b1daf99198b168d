"""Two runs side by side: each measure's change, and what became of each question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from eval.errors import ComparisonError
from eval.gold import GoldRow
from eval.resampling import (
    detectable_difference,
    difference_intervals,
    randomisation_p,
    smallest_difference,
)
from eval.run_folder import StoredRun
from eval.scores import (
    ALL_MEASURES,
    JUDGED,
    SAID,
    SUMMED,
    RowResult,
    Score,
    clusters,
    contributions,
    improvement,
    score,
    summed_flags,
    wider,
)


class Fate(StrEnum):
    """What became of a question between two runs."""

    WORSE = "worse"
    MIXED = "mixed"
    BETTER = "better"
    STAYED_WRONG = "stayed_wrong"
    STAYED_RIGHT = "stayed_right"


@dataclass(frozen=True, slots=True)
class Change:
    """A measure in both runs, over the questions that both asked.

    ``difference`` is after - before, ``low`` and ``high`` bound its 95 % interval, documents
    drawn as for scores, and ``p`` is the probability of one as large by chance; both
    are null where one run has no row that bears on the measure. ``smallest`` is the smallest
    difference that so many yes-or-no questions can show at all, ``detectable`` one that would be
    found four times in five by the spread seen here; null where the measure is no such thing.
    """

    before: Score
    after: Score
    difference: float | None
    low: float | None = None
    high: float | None = None
    p: float | None = None
    smallest: float | None = None
    detectable: float | None = None

    @property
    def name(self) -> str:
        """The measure."""
        return self.before.name


@dataclass(frozen=True, slots=True)
class RowChange:
    """A question in both runs, with the judged measures that it gained and lost on."""

    before: RowResult
    after: RowResult
    gained: tuple[str, ...]
    lost: tuple[str, ...]

    @property
    def fate(self) -> Fate:
        """What became of it."""
        if self.gained and self.lost:
            return Fate.MIXED
        if self.gained or self.lost:
            return Fate.BETTER if self.gained else Fate.WORSE
        return Fate.STAYED_WRONG if self.after.wrong else Fate.STAYED_RIGHT


@dataclass(frozen=True, slots=True)
class Comparison:
    """Run ``after`` against run ``before``, over the questions whose gold rows are the same.

    ``left_out`` counts the questions of only one run, or with another gold row in each.
    """

    before: StoredRun
    after: StoredRun
    changes: tuple[Change, ...]
    rows: tuple[RowChange, ...]
    left_out: int

    def of(self, fate: Fate) -> list[RowChange]:
        """Give the questions with one fate, in the order of the later run."""
        return [row for row in self.rows if row.fate is fate]

    def change(self, name: str) -> Change:
        """Give one measure's change; ``KeyError`` if there is none of that name."""
        return {each.name: each for each in self.changes}[name]


def compare_runs(before: StoredRun, after: StoredRun) -> Comparison:
    """Compare two complete runs.

    Raises
    ------
    ComparisonError
        If no question with the same gold row is in both.
    """
    earlier = {row.gold.id: row for row in before.rows}
    later = {row.gold.id: row for row in after.rows}
    shared = [
        key for key, row in later.items() if key in earlier and _same(earlier[key].gold, row.gold)
    ]
    if not shared:
        raise ComparisonError(
            f"{before.folder} and {after.folder} share no question with the same gold row; "
            "compare runs of the same gold file"
        )
    pairs = [(earlier[key], later[key]) for key in shared]
    return Comparison(
        before,
        after,
        _changes(pairs),
        tuple(_row_change(*pair) for pair in pairs),
        left_out=len(earlier.keys() | later.keys()) - len(shared),
    )


def _same(one: GoldRow, other: GoldRow) -> bool:
    """Tell whether two gold rows ask and want the same; remarks may differ."""
    bare = [replace(row, note="", tags=(), answer="") for row in (one, other)]
    return bare[0] == bare[1]


def _row_change(before: RowResult, after: RowResult) -> RowChange:
    moved = {
        name: improvement(name, old, new)
        for name in JUDGED
        if (old := before.values.get(name)) is not None
        and (new := after.values.get(name)) is not None
    }
    # An abstention that came or went bears on a measure in one run only. Where an answer came or
    # went, what is measured of the words said is no gain and no loss.
    came_or_went = (before.answer is None) is not (after.answer is None)
    for name in set(before.wrong) ^ set(after.wrong):
        if not (came_or_went and name in SAID):
            moved.setdefault(name, 1.0 if name in before.wrong else -1.0)
    order = [name for name in ALL_MEASURES if name in moved]
    return RowChange(
        before,
        after,
        gained=tuple(name for name in order if moved[name] > 0),
        lost=tuple(name for name in order if moved[name] < 0),
    )


def _changes(pairs: Sequence[tuple[RowResult, RowResult]]) -> tuple[Change, ...]:
    """Give every measure's change.

    Measures of what must not be said are compared over the questions that both runs answered:
    an answer that did not come is no change of theirs.
    """
    answered = [pair for pair in pairs if all(row.answer is not None for row in pair)]
    said = {each.name: each for each in _changes_over(answered)}
    return tuple(said[each.name] if each.name in SAID else each for each in _changes_over(pairs))


def _changes_over(pairs: Sequence[tuple[RowResult, RowResult]]) -> list[Change]:
    runs = [[pair[side] for pair in pairs] for side in (0, 1)]
    scores: list[Mapping[str, Score]] = [{s.name: s for s in score(rows)} for rows in runs]
    names = list(ALL_MEASURES)
    parts = [contributions(rows, names) for rows in runs]
    flags = summed_flags(names)
    bounds = wider(
        difference_intervals(parts[0], parts[1], drawn, summed=flags)
        for drawn in (clusters(runs[1]), np.arange(len(pairs)))
    )
    changes = []
    for j, name in enumerate(names):
        before, after = scores[0][name], scores[1][name]
        one, other = ((part[0][:, j], part[1][:, j]) for part in parts)
        if before.value is None or after.value is None:
            changes.append(Change(before, after, None))
            continue
        p = randomisation_p(one, other, summed=name in SUMMED)
        smallest = detectable = None
        bearing = one[1] > 0
        if name not in SUMMED and np.array_equal(one[1], other[1]):
            detectable = detectable_difference(np.asarray(other[0] - one[0])[bearing])
            if np.isin(np.concatenate([one[0][bearing], other[0][bearing]]), (0, 1)).all():
                smallest = smallest_difference(int(bearing.sum()))
        difference = after.value - before.value
        low, high = (None if np.isnan(bound) else float(bound) for bound in bounds[j])
        changes.append(Change(before, after, difference, low, high, p, smallest, detectable))
    return changes
