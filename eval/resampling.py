"""How far a score can be trusted: intervals, and whether two runs differ by more than chance.

Every score here is a ratio of two sums over questions, Σ numerator / Σ denominator (a weighted
mean), or the plain sum of the numerators.
"""

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

LEVEL = 0.95
SIGNIFICANT = 0.05
RESAMPLES = 2_000
SHUFFLES = 10_000
SEED = 20_211
_BLOCK = 1_000  # shuffles held in memory at once
_ROUNDING = 1e-12  # a spread below it is that of binary fractions
_POWER_Z = 1.959964 + 0.841621  # normal quantiles of 0.975 and 0.8


def ratios(numerators: FloatArray, denominators: FloatArray, *, summed: FloatArray) -> FloatArray:
    """Give numerator / denominator, NaN where nothing counts; the numerator where ``summed``.

    Parameters
    ----------
    numerators, denominators : float64 arrays of shape (..., n_measures)
        Sums over questions.
    summed : float64 array of shape (n_measures,)
        1 for a measure that is a sum, 0 for one that is a mean.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        means = np.where(denominators > 0, numerators / denominators, np.nan)
    return np.where(summed > 0, np.where(denominators > 0, numerators, np.nan), means)


def cluster_intervals(
    numerators: FloatArray,
    denominators: FloatArray,
    clusters: NDArray[np.int64],
    *,
    summed: FloatArray,
    resamples: int = RESAMPLES,
) -> FloatArray:
    """Give the bootstrap interval of each measure, questions drawn by whole clusters.

    Questions over one document stand or fall together, so that documents are drawn, with
    replacement, not questions.

    Parameters
    ----------
    numerators, denominators : float64 arrays of shape (n_questions, n_measures)
        What each question adds; 0 and 0 where it does not bear on a measure.
    clusters : int64 array of shape (n_questions,)
        The cluster of each question, from 0.
    summed : float64 array of shape (n_measures,)
        1 for a measure that is a sum.
    resamples : int
        Draws, at least 1.

    Returns
    -------
    float64 array of shape (n_measures, 2)
        2.5th and 97.5th percentile; NaN where fewer than two clusters bear on a measure.

    Notes
    -----
    The seed is fixed: the same questions give the same interval. Source: the percentile
    interval of Efron and Tibshirani, An Introduction to the Bootstrap (1993), chapter 13, with
    clusters as units as in Davison and Hinkley, Bootstrap Methods (1997), section 3.8.
    """
    sums = [_by_cluster(each, clusters) for each in (numerators, denominators)]
    drawn = _drawn(len(sums[0]), resamples)
    return _percentiles(_scores(drawn, *sums, summed=summed), several=_several(sums[1]))


def difference_intervals(
    one: tuple[FloatArray, FloatArray],
    other: tuple[FloatArray, FloatArray],
    clusters: NDArray[np.int64],
    *,
    summed: FloatArray,
    resamples: int = RESAMPLES,
) -> FloatArray:
    """Give the interval of each measure's difference, other - one, over the same questions.

    The same clusters are drawn for both runs; else as :func:`cluster_intervals`, whose shapes
    hold: ``one`` and ``other`` are numerators and denominators.

    Returns
    -------
    float64 array of shape (n_measures, 2)
        NaN where fewer than two clusters bear on a measure in either run.
    """
    sums = [[_by_cluster(each, clusters) for each in run] for run in (one, other)]
    drawn = _drawn(len(sums[0][0]), resamples)
    before, after = (_scores(drawn, *run, summed=summed) for run in sums)
    several = _several(sums[0][1]) & _several(sums[1][1])
    return _percentiles(after - before, several=several)


def certain_bound(questions: int) -> float:
    """Give how far from 1 the share of right answers may be if all of ``questions`` are right.

    Resampling shows nothing there. The lower end of the exact binomial interval is
    (α/2)^(1/n); mirrored, it holds where all are wrong.

    Notes
    -----
    Source: Clopper and Pearson, Biometrika 26 (1934).

    Examples
    --------
    >>> round(certain_bound(25), 3)
    0.863
    """
    return float(((1 - LEVEL) / 2) ** (1 / questions))


def _by_cluster(values: FloatArray, clusters: NDArray[np.int64]) -> FloatArray:
    """Add up the rows of each cluster; shape (n_clusters, n_measures)."""
    count = int(clusters.max()) + 1 if len(clusters) else 0
    added = np.zeros((count, values.shape[1]))
    np.add.at(added, clusters, values)
    return added


def _drawn(clusters: int, resamples: int) -> FloatArray:
    """Give how often each cluster is drawn in each resample; shape (resamples, clusters)."""
    if not clusters:
        return np.zeros((resamples, 0))
    shares = np.full(clusters, 1 / clusters)
    drawn = np.random.default_rng(SEED).multinomial(clusters, shares, size=resamples)
    return drawn.astype(np.float64)


def _scores(
    drawn: FloatArray, added: FloatArray, weights: FloatArray, *, summed: FloatArray
) -> FloatArray:
    scores = ratios(drawn @ added, drawn @ weights, summed=summed)
    return np.where(summed > 0, drawn @ added, scores)  # a sum of no question is 0


def _several(weights: FloatArray) -> NDArray[np.bool_]:
    return np.asarray((weights > 0).sum(axis=0) > 1)


def _percentiles(scores: FloatArray, *, several: NDArray[np.bool_]) -> FloatArray:
    bounds = np.full((scores.shape[1], 2), np.nan)
    tail = (1 - LEVEL) / 2 * 100
    if several.any():
        bounds[several] = np.nanpercentile(scores[:, several], [tail, 100 - tail], axis=0).T
    return bounds


def randomisation_p(
    one: tuple[FloatArray, FloatArray],
    other: tuple[FloatArray, FloatArray],
    *,
    summed: bool = False,
    shuffles: int = SHUFFLES,
) -> float:
    """Give how probable a difference as large is if the two runs are alike, two-sided.

    Each question's two results change sides with probability one half.

    Parameters
    ----------
    one, other : pairs of float64 arrays of shape (n_questions,)
        Numerators and denominators of the same questions in each run.
    summed : bool
        Whether the measure is a sum.
    shuffles : int
        Random assignments, at least 1.

    Returns
    -------
    float
        In (0, 1]: (1 + assignments at least as far apart) / (1 + assignments).

    Notes
    -----
    The seed is fixed. Source: Smucker, Allan and Carterette, A comparison of statistical
    significance tests for information retrieval evaluation (CIKM 2007), with the correction of
    Phipson and Smyth (2010) that keeps p above 0.
    """
    differing = (one[0] != other[0]) | (one[1] != other[1])
    if not differing.any():
        return 1.0
    generator = np.random.default_rng(SEED)
    flag = np.array(float(summed))
    changes = [(other[i] - one[i])[differing] for i in (0, 1)]
    totals = [(float(one[i].sum()), float(other[i].sum())) for i in (0, 1)]

    def distance(swapped: FloatArray) -> FloatArray:
        moved = [swapped @ changes[i] for i in (0, 1)]
        first = ratios(totals[0][0] + moved[0], totals[1][0] + moved[1], summed=flag)
        second = ratios(totals[0][1] - moved[0], totals[1][1] - moved[1], summed=flag)
        return np.nan_to_num(np.abs(first - second))

    observed = distance(np.zeros((1, int(differing.sum()))))[0]
    reached = 0
    for start in range(0, shuffles, _BLOCK):
        size = (min(_BLOCK, shuffles - start), int(differing.sum()))
        swapped = generator.integers(0, 2, size=size).astype(np.float64)
        reached += int((distance(swapped) >= observed - 1e-12).sum())
    return (1 + reached) / (1 + shuffles)


def smallest_difference(questions: int) -> float | None:
    """Give the smallest difference of a yes-or-no mean that the set can show at p ≤ 0.05.

    If k questions change and all the same way, the two-sided test gives 2 / 2**k; 6 is the
    smallest k with p ≤ 0.05. Null where the set has fewer.

    Examples
    --------
    >>> smallest_difference(92)
    0.06521739130434782
    >>> smallest_difference(5) is None
    True
    """
    fewest = 6
    return fewest / questions if questions >= fewest else None


def detectable_difference(differences: FloatArray) -> float | None:
    """Give the difference found four times in five, by the spread seen between two runs.

    Parameters
    ----------
    differences : float64 array of shape (n_questions,)
        Each question's difference between the runs.

    Returns
    -------
    float or None
        (z(0.975) + z(0.8)) · s / √n; null with fewer than two questions, or no spread at all.

    Notes
    -----
    Source: sample size of a paired comparison, Cohen, Statistical Power Analysis (1988),
    chapter 2.
    """
    if len(differences) < 2:  # noqa: PLR2004 - a spread takes two
        return None
    spread = float(np.std(differences, ddof=1))
    if spread < _ROUNDING:
        return None
    return _POWER_Z * spread / float(np.sqrt(len(differences)))
