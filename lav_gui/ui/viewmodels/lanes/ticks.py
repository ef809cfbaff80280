"""Where the axis of the timeline has its ticks, and what stands beside them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lav_gui.records import FrameIndex
from lav_gui.ui.viewmodels.lanes.scale import AxisKind, Scale
from lav_gui.ui.wording import short_clock

FINE_SECONDS = 2.0
"""Ticks nearer than this show tenths of a second."""

TIME_STEPS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 43200, 86400)
"""Distances of ticks on the axis of time, in seconds; the last where more is needed."""


@dataclass(frozen=True, slots=True, eq=False)
class Ticks:
    """Ticks of the shown part: distance from the left end in columns, shape (T,), and a text for each."""

    pixels: NDArray[np.float64]
    texts: tuple[str, ...]


NO_TICKS = Ticks(np.empty(0), ())


def ticks_of(scale: Scale, index: FrameIndex | None, apart: float) -> Ticks:
    """The ticks of a scale, at least `apart` columns from each other; none without a video."""
    if index is None or not len(index):
        return NO_TICKS
    per_column = (scale.high - scale.low) / scale.columns
    if scale.axis.kind is AxisKind.TIME:
        return _in_time(scale, per_column * apart)
    return _in_frames(scale, index, per_column * apart)


def _in_frames(scale: Scale, index: FrameIndex, wanted: float) -> Ticks:
    power = 10 ** np.floor(np.log10(max(wanted, 1.0)))
    step = next(int(power * m) for m in (1, 2, 5, 10) if power * m >= max(wanted, 1.0))
    first, last = max(int(np.ceil(scale.low / step)), 0), min(int(scale.high // step), (len(index) - 1) // step)
    frames = np.arange(first, last + 1) * step
    whole = index.seconds(len(index) - 1) - index.seconds(0)
    fine = step * whole / max(len(index) - 1, 1) < FINE_SECONDS
    texts = tuple(f"{n} · {short_clock(index.seconds(n), tenths=fine)}" for n in frames.tolist())
    return Ticks(scale.pixels(frames.astype(np.float64)), texts)


def _in_time(scale: Scale, wanted: float) -> Ticks:
    step = next((s for s in TIME_STEPS if s >= wanted), TIME_STEPS[-1])
    first, last = int(np.ceil(scale.low / step)), int(scale.high // step)
    seconds = np.arange(first, last + 1) * step
    pixels = (seconds - scale.low) * (scale.columns / (scale.high - scale.low))
    return Ticks(pixels.astype(np.float64), tuple(short_clock(at, tenths=step < 1) for at in seconds.tolist()))
