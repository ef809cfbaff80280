"""Which frames are analyzed: a rule over the presentation times of the index."""

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from lav_gui.errors import SettingsError
from lav_gui.records import FrameIndex
from lav_gui.settings import Sampling, SamplingMode


def sample_indices(
    index: FrameIndex,
    sampling: Sampling,
    from_seconds: float | None = None,
    to_seconds: float | None = None,
) -> NDArray[np.int64]:
    """Frames to analyze.

    ``every:N`` takes the first frame of the part and each N-th after it. ``fps:X`` cuts the time since the first frame
    of the part into slots of 1/X seconds and takes the first frame of each slot that has one; so no frame is taken
    twice, and with X above the frame rate every frame is taken.

    Parameters
    ----------
    index : FrameIndex
    sampling : Sampling
    from_seconds, to_seconds : float or None
        Part of the video by PTS as the file states it, both ends inclusive; None is the end on that side.

    Returns
    -------
    ndarray of shape (P,), int64
        Frame indices, strictly increasing, at least one.

    Raises
    ------
    SettingsError
        If the part holds no frame.
    """
    seconds = index.all_seconds()
    half_tick = float(index.time_base) / 2
    inside = np.ones(len(index), bool)
    if from_seconds is not None:
        inside &= seconds >= from_seconds - half_tick
    if to_seconds is not None:
        inside &= seconds <= to_seconds + half_tick
    part = np.flatnonzero(inside).astype(np.int64)
    if not len(part):
        raise SettingsError(
            f"The part to analyze holds no frame; choose one between {seconds[0]:.2f} s and {seconds[-1]:.2f} s."
        )
    if sampling.mode is SamplingMode.EVERY:
        return part[:: int(sampling.value)]
    per_tick = Fraction(sampling.value).limit_denominator(1_000_000) * index.time_base
    start = int(index.pts[part[0]])
    slots = np.array([(int(pts) - start) * per_tick.numerator // per_tick.denominator for pts in index.pts[part]])
    return part[np.unique(slots, return_index=True)[1]]
