"""How sure the mean of a track is: a circular block bootstrap over time.

Neighboring frames show nearly the same picture, so they are no independent witnesses; resampling single frames would
give an interval that is far too narrow. Blocks of consecutive frames keep their likeness together (Politis and Romano,
"A circular block-resampling procedure for stationary data", 1992).

With few blocks the percentile interval is still too narrow. It is stretched about the mean by
t(k - 1) / z * sqrt(k / (k - 1)) for k blocks, which makes it agree with Student's interval for independent normal
blocks (the expanded percentile interval of Hesterberg, *The American Statistician* 69, 2015). The interval tells how
the answer varies over the time of *this* track. It knows nothing of other videos: that is what the error rates of the
operating point are for.

Measured on first-order autoregressive scores (300 series each, correlation time 0.5 s / 1 s / 2 s): the interval covers
the true mean in 94 / 90 / 85 % of tracks of 30 s, in 96 / 91 / 80 % of tracks of 4 s and in 69 / 55 / 44 % of tracks of
half a second: too short a track hides its own variation.
"""

import math

import numpy as np
from numpy.typing import NDArray

BLOCK_SECONDS = 4.0
"""Length of a block, where the track is long enough for `MINIMUM_BLOCKS` of them; a third of the track otherwise."""

MINIMUM_BLOCKS = 3
MAXIMUM_BLOCKS = 1000
RESAMPLES = 2000
SEED = 0
CONFIDENCE = 0.95

_NORMAL_QUANTILE = 1.959963984540054


def mean_interval(
    values: NDArray[np.float64], seconds: NDArray[np.float64], block_seconds: float = BLOCK_SECONDS, *, seed: int = SEED
) -> tuple[float, float]:
    """95 % interval of the mean of a series in time; always contains the mean.

    Parameters
    ----------
    values : ndarray of shape (N,), float64
        N >= 1, in order of time.
    seconds : ndarray of shape (N,), float64
        Not decreasing; only the median step is used, to turn the block length into frames.
    block_seconds : float
        Length of a block, > 0.
    seed : int
        The same seed gives the same interval.

    Returns
    -------
    tuple of float
        Lower and upper end; (-inf, inf) for a single value, whose variation over time is unknown.

    Raises
    ------
    ValueError
        If there is no value.
    """
    count = len(values)
    if count == 0:
        raise ValueError("the mean of nothing has no interval")
    if count == 1:
        return -math.inf, math.inf
    length = block_frames(seconds, block_seconds)
    blocks = max(2, round(count / length))
    means = _circular_block_means(values, length)
    drawn = np.random.default_rng(seed).integers(0, count, size=(RESAMPLES, blocks))
    resampled = means[drawn].mean(axis=1)
    tail = 0.5 * (1.0 - CONFIDENCE)
    low, high = np.quantile(resampled, [tail, 1.0 - tail])
    mean = float(values.mean())
    stretch = student_quantile(blocks - 1) / _NORMAL_QUANTILE * math.sqrt(blocks / (blocks - 1))
    return mean - stretch * max(0.0, mean - float(low)), mean + stretch * max(0.0, float(high) - mean)


def block_frames(seconds: NDArray[np.float64], block_seconds: float) -> int:
    """Frames per block: `block_seconds` over the median step, so that there are between 3 and 1000 blocks.

    A track of fewer than 3 frames has blocks of one frame.
    """
    count = len(seconds)
    step = float(np.median(np.diff(seconds))) if count > 1 else 0.0
    longest = max(1, count // MINIMUM_BLOCKS)
    wanted = round(block_seconds / step) if step * longest > block_seconds else longest
    return max(1, min(wanted, longest), -(-count // MAXIMUM_BLOCKS))


def student_quantile(degrees_of_freedom: int) -> float:
    """97.5 % quantile of Student's t; exact for 1 and 2 degrees, within 0.004 above.

    Expansion 26.7.5 of Abramowitz and Stegun, *Handbook of Mathematical Functions*, 1964.

    Raises
    ------
    ValueError
        If there is not at least one degree of freedom.
    """
    if degrees_of_freedom < 1:
        raise ValueError("Student's t needs at least one degree of freedom")
    if degrees_of_freedom == 1:
        return math.tan(0.475 * math.pi)
    if degrees_of_freedom == 2:
        return 0.95 * math.sqrt(2.0 / (1.0 - 0.95**2))
    z = _NORMAL_QUANTILE
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return z + sum(term / float(degrees_of_freedom) ** power for power, term in enumerate(terms, start=1))


def _circular_block_means(values: NDArray[np.float64], length: int) -> NDArray[np.float64]:
    """Mean of the `length` values from each start on, going around the end; shape (N,)."""
    around = np.concatenate([[0.0], np.cumsum(np.concatenate([values, values[:length]]))])
    count = len(values)
    return np.asarray((around[length : length + count] - around[:count]) / length)
