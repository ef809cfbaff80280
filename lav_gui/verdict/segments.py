"""Segments: the spans of a track in which its smoothed curve stays high.

Two levels (hysteresis, as in edge tracking: Canny, IEEE TPAMI 1986) keep a curve near the threshold from flickering.
A segment begins where the curve reaches the threshold. It lasts until the curve falls below a lower level: there the
odds are half the odds of the threshold. Neighbors with a short gap become one; a segment that stays too short is
dropped.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lav_gui.records import Segment

MINIMUM_SECONDS = 0.2
"""Segments shorter than this are dropped. A frame lasts until the next analyzed one (median step of the track)."""

MERGE_SECONDS = 0.5
"""Two segments not farther apart than this become one."""

_HOLE_STEPS = 3.0
_SLACK_SECONDS = 1e-9


@dataclass(frozen=True, slots=True)
class SegmentRule:
    """When a segment begins, ends, is merged and is dropped. Levels in [0, 1], leave <= enter; times in seconds."""

    enter: float
    leave: float
    minimum_seconds: float = MINIMUM_SECONDS
    merge_seconds: float = MERGE_SECONDS

    def __post_init__(self) -> None:
        if not 0 <= self.leave <= self.enter <= 1:
            raise ValueError(f"levels must fulfil 0 <= leave <= enter <= 1: {self.leave}, {self.enter}")


def rule_for(threshold: float) -> SegmentRule:
    """The rule at a threshold in [0, 1]: it is left where the odds have fallen to half, p / (2 - p)."""
    return SegmentRule(enter=threshold, leave=threshold / (2.0 - threshold))


def find_segments(
    smoothed: NDArray[np.float64], frame_index: NDArray[np.int64], seconds: NDArray[np.float64], rule: SegmentRule
) -> tuple[Segment, ...]:
    """Spans in which the curve is high, disjoint and in order of time.

    A track that is out of sight for longer than `rule.merge_seconds` and three of its median steps ends its segment:
    nothing is said of time in which the face was not seen.

    Parameters
    ----------
    smoothed : ndarray of shape (N,), float64
        Smoothed fake probability in [0, 1].
    frame_index : ndarray of shape (N,), int64
    seconds : ndarray of shape (N,), float64
        Not decreasing.
    rule : SegmentRule

    Returns
    -------
    tuple of Segment
    """
    steps = np.diff(seconds)
    step = float(np.median(steps)) if len(steps) else np.inf
    after_hole = np.append(False, steps > max(rule.merge_seconds, _HOLE_STEPS * step))
    first, last = _runs(smoothed, after_hole, rule)
    apart = seconds[first[1:]] - seconds[last[:-1]] > rule.merge_seconds
    first, last = first[np.append(True, apart)[: len(first)]], last[np.append(apart, True)[: len(last)]]
    long_enough = seconds[last] - seconds[first] + step >= rule.minimum_seconds - _SLACK_SECONDS
    spans = zip(first[long_enough].tolist(), last[long_enough].tolist(), strict=True)
    return tuple(_segment(smoothed, frame_index, seconds, begin, end) for begin, end in spans)


def _runs(
    smoothed: NDArray[np.float64], after_hole: NDArray[np.bool_], rule: SegmentRule
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """First and last row of each stretch that entered at the upper level and did not fall below the lower one."""
    high = smoothed >= rule.leave
    begins = high & (after_hole | ~np.append(False, high[:-1]))
    run = np.cumsum(begins)
    entered = np.flatnonzero(smoothed >= rule.enter)
    is_new = np.diff(run[entered], prepend=0) > 0  # the runs are numbered from 1 and in order
    runs, at = run[entered][is_new], np.flatnonzero(is_new)
    ends = np.flatnonzero(high & np.append(~high[1:] | begins[1:], True))
    return entered[at], ends[runs - 1]


def _segment(
    smoothed: NDArray[np.float64], frame_index: NDArray[np.int64], seconds: NDArray[np.float64], begin: int, end: int
) -> Segment:
    peak = begin + int(np.argmax(smoothed[begin : end + 1]))
    return Segment(
        first_frame=int(frame_index[begin]),
        last_frame=int(frame_index[end]),
        first_seconds=float(seconds[begin]),
        last_seconds=float(seconds[end]),
        peak_frame=int(frame_index[peak]),
        peak_fake_prob=float(smoothed[peak]),
    )
