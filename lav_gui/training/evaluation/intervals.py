"""How sure a figure is: 95 % intervals that do not take the frames of one person for independent witnesses.

What is resampled is the *group*: all videos or frames that show one person of one dataset (`videos.groups_of`). More
frames or more videos of the same people make no interval narrower; more people do. Groups are drawn within strata (only
real, only fake, both), so that each resample holds both classes. A stratum of one group would be the same in each
resample, as if nothing were unsure of it: it is pooled with the smallest stratum that shares a class with it, and
resamples without both classes are then drawn again.

With few groups the percentile interval is too narrow. It is stretched about the figure by
t(k - 1) / z * sqrt(k / (k - 1)) for k groups of the rarer class (the expanded percentile interval of Hesterberg, *The
American Statistician* 69, 2015, as in `verdict.bootstrap`), and cut at the ends of the figure's range.

Two ends of the scale need care. Where all resamples agree because the classes do not overlap at all, the bootstrap sees
no variation and would claim certainty; then the interval is Clopper and Pearson's for that many groups of the rarer
class, all on the right side. Where all of one class comes from one group, nothing is known of the variation: NaN.
"""

import math
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binomtest, norm
from scipy.stats import t as student

from lav_gui.training.evaluation.metrics import Labels, Scores

CONFIDENCE = 0.95
RESAMPLES = 1000

_ROUNDING = 1e-9
"""Figures nearer to an end than this are at it."""

Statistic = Callable[[Labels, Scores], float]
Interval = tuple[float, float]

UNKNOWN: Interval = (math.nan, math.nan)
"""Stands where the data cannot tell how sure a figure is."""


def clopper_pearson(hits: int, count: int, confidence: float = CONFIDENCE) -> Interval:
    """Exact interval of a rate from independent trials (Clopper and Pearson, 1934); (0, 1) without a trial.

    Raises
    ------
    ValueError
        If `hits` is negative or above `count`.
    """
    if not 0 <= hits <= count:
        raise ValueError(f"{hits} of {count} is no rate")
    if count == 0:
        return 0.0, 1.0
    found = binomtest(hits, count).proportion_ci(confidence, method="exact")
    return float(found.low), float(found.high)


def grouped_bootstrap(
    statistic: Statistic,
    labels: Labels,
    scores: Scores,
    groups: Sequence[str],
    *,
    rng: np.random.Generator,
    resamples: int = RESAMPLES,
    confidence: float = CONFIDENCE,
    highest: float = 1.0,
) -> Interval:
    """Expanded percentile interval of a figure over resampled groups (Davison and Hinkley, 1997, section 3.8).

    Parameters
    ----------
    statistic : callable
        Takes labels and scores; NaN where it is undefined.
    labels : ndarray of shape (N,), int64
    scores : ndarray of shape (N,), float64
    groups : sequence of N str
        What belongs together.
    rng : Generator
    resamples : int
    confidence : float
    highest : float
        Greatest value the figure can have; the least is 0.

    Returns
    -------
    tuple of float
        Lower and upper end; NaN twice where the figure is undefined or the groups are too few.
    """
    value = statistic(labels, scores) if len(labels) else math.nan
    members = _members(groups)
    if math.isnan(value) or len(members) < 2 or _has_lone_class(labels, members):
        return UNKNOWN
    strata = _strata(labels, members)
    drawn = np.array([_resampled(statistic, labels, scores, strata, rng) for _ in range(resamples)])
    drawn = drawn[~np.isnan(drawn)]
    if len(drawn) == 0:
        return UNKNOWN
    count = _rarer_class(labels, members)
    if min(abs(value), abs(value - 1.0)) < _ROUNDING and np.all(np.abs(drawn - value) < _ROUNDING):
        return clopper_pearson(round(value) * count, count, confidence)
    tail = 0.5 * (1.0 - confidence)
    low, high = np.quantile(drawn, [tail, 1.0 - tail])
    wider = float(student.ppf(1.0 - tail, count - 1) / norm.ppf(1.0 - tail)) * math.sqrt(count / (count - 1))
    return (
        max(0.0, value - wider * max(0.0, value - float(low))),
        min(highest, value + wider * max(0.0, float(high) - value)),
    )


def mean_interval(
    values: Scores,
    groups: Sequence[str],
    *,
    rng: np.random.Generator,
    resamples: int = RESAMPLES,
    confidence: float = CONFIDENCE,
) -> Interval:
    """The same for the mean of values in [0, 1], whatever their class."""
    ones = np.ones(len(values), dtype=np.int64)
    return grouped_bootstrap(
        _mean, ones, values, groups, rng=rng, resamples=resamples, confidence=confidence
    )  # fmt: skip


def _mean(_labels: Labels, values: Scores) -> float:
    return float(values.mean())


def _members(groups: Sequence[str]) -> list[NDArray[np.intp]]:
    """Rows of each group, groups in the order of their names."""
    _, place = np.unique(np.array(groups, dtype=str), return_inverse=True)
    order = np.argsort(place, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(place[order])) + 1) if len(order) else []


def _has_lone_class(labels: Labels, members: Sequence[NDArray[np.intp]]) -> bool:
    """Whether one of the classes that are there comes from a single group."""
    return _rarer_class(labels, members) < 2


def _rarer_class(labels: Labels, members: Sequence[NDArray[np.intp]]) -> int:
    """Groups that hold the class which the fewest groups hold."""
    return min(sum(bool(np.any(labels[rows] == label)) for rows in members) for label in np.unique(labels))


def _strata(labels: Labels, members: Sequence[NDArray[np.intp]]) -> list[list[NDArray[np.intp]]]:
    """Groups sorted by the classes they hold: only real, only fake, both; none is alone where others share a class."""
    kinds: dict[tuple[int, ...], list[NDArray[np.intp]]] = {}
    for rows in members:
        kinds.setdefault(tuple(np.unique(labels[rows]).tolist()), []).append(rows)
    while lonely := sorted(kind for kind, own in kinds.items() if len(own) == 1):
        near = [kind for kind in kinds if kind != lonely[0] and set(kind) & set(lonely[0])]
        if not near:
            break
        other = min(near, key=lambda kind: (len(kinds[kind]), kind))
        pooled = kinds.pop(lonely[0]) + kinds.pop(other)
        kinds.setdefault(tuple(sorted({*lonely[0], *other})), []).extend(pooled)
    return [kinds[kind] for kind in sorted(kinds)]


def _resampled(
    statistic: Statistic,
    labels: Labels,
    scores: Scores,
    strata: Sequence[Sequence[NDArray[np.intp]]],
    rng: np.random.Generator,
) -> float:
    """The figure of one resample: as many groups as there are, with replacement, within each stratum; all classes."""
    while True:
        rows = np.concatenate([kind[at] for kind in strata for at in rng.integers(0, len(kind), len(kind))])
        drawn = labels[rows]
        if (drawn.min(), drawn.max()) == (labels.min(), labels.max()):
            return statistic(drawn, scores[rows])
