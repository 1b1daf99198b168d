"""Bounds on measures, for a run to meet and for a change to keep."""

from dataclasses import dataclass
from math import isfinite, nan

from eval.run import RunResult
from eval.scores import ALL_MEASURES, BETTER_WHEN_LOWER, Score, improvement

FAILED = "failed"  # questions that got no answer: a bound may be set on their number too
_EXACT = 1e-9  # a change of the size named counts, whatever binary fractions make of it


@dataclass(frozen=True, slots=True)
class Bound:
    """A bound on a measure; a measure that no row bears on does not meet it."""

    name: str
    value: float
    at_least: bool

    def problem(self, result: RunResult) -> str | None:
        """Say how a run does not meet it; None if it does."""
        failed = Score(FAILED, float(len(result.failed)), len(result.rows))
        score = failed if self.name == FAILED else result.score(self.name)
        sign = ">=" if self.at_least else "<="
        if score.value is None:
            return f"{self.name}: no row bears on it, wanted {sign} {self.value:g}"
        short = self.value - score.value if self.at_least else score.value - self.value
        return (
            None
            if short <= _EXACT
            else f"{self.name} is {score.value:.4f}, wanted {sign} {self.value:g}"
        )


@dataclass(frozen=True, slots=True)
class Loss:
    """A loss that a change must not reach; of 0, any loss at all."""

    name: str
    size: float

    def problem(self, before: float | None, after: float | None) -> str | None:
        """Say how the second value falls behind the first by as much; None if it does not."""
        if before is None and after is None:
            return f"{self.name}: no row of either run bears on it"
        if before is None or after is None:
            return f"{self.name}: only one of the runs has rows that bear on it"
        lost = improvement(self.name, after, before)
        if lost < max(self.size - _EXACT, _EXACT):
            return None
        return f"{self.name} went from {before:.4f} to {after:.4f}, a loss of {lost:.4f}"


def parse_bound(written: str, *, at_least: bool) -> Bound:
    """Read ``NAME=VALUE``; ``ValueError`` says what is wrong with it."""
    name, value = _parts(written, "=", also=(FAILED,))
    return Bound(name, value, at_least)


def parse_loss(written: str) -> Loss:
    """Read ``NAME:CHANGE``, the change with the sign of a change for the worse, or 0.

    Examples
    --------
    >>> parse_loss("lead_exact:-0.01"), parse_loss("false_leads:1")
    (Loss(name='lead_exact', size=0.01), Loss(name='false_leads', size=1.0))
    """
    name, change = _parts(written, ":")
    worse = change if name in BETTER_WHEN_LOWER else -change
    if worse < 0:
        raise ValueError(f"{written!r} is a change for the better; write {name}:{-change:g}")
    return Loss(name, worse)


def _parts(written: str, sign: str, *, also: tuple[str, ...] = ()) -> tuple[str, float]:
    name, _, value = written.partition(sign)
    known = (*ALL_MEASURES, *also)
    if name not in known:
        raise ValueError(f"unknown measure {name!r}; known: {', '.join(known)}")
    try:
        number = float(value)
    except ValueError:
        number = nan
    if not isfinite(number):
        raise ValueError(f"expected {name}{sign}NUMBER, got {written!r}")
    return name, number
