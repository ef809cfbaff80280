"""Which frames of a source become faces: spread evenly over the whole video, those with a mask first."""

from collections.abc import Iterable

import numpy as np


def spread(count: int, wanted: int) -> list[int]:
    """Frames spread evenly over the whole video: the middle of each of `wanted` equal parts.

    Parameters
    ----------
    count : int
        Frames of the video, at least 1.
    wanted : int
        How many; all of them where the video has no more.

    Returns
    -------
    list of int
        Increasing.
    """
    if wanted >= count:
        return list(range(count))
    return [(2 * part + 1) * count // (2 * wanted) for part in range(wanted)]


def choose_frames(count: int, wanted: int, masked: Iterable[int]) -> list[int]:
    """Frames with a mask first (spread among themselves where they are too many), then others to fill up.

    Parameters
    ----------
    count : int
        Frames of the video.
    wanted : int
        How many frames at most.
    masked : iterable of int
        Frames that have a mask; those beyond the video are ignored.

    Returns
    -------
    list of int
        Increasing, at most `wanted`.
    """
    inside = sorted({frame for frame in masked if 0 <= frame < count})
    chosen = [inside[place] for place in spread(len(inside), wanted)] if inside else []
    lacking = min(wanted, count) - len(chosen)
    if lacking <= 0:
        return chosen
    free = np.setdiff1d(np.arange(count), chosen)
    aims = np.array(spread(count, lacking))
    taken: set[int] = set()
    for aim in aims.tolist():  # the nearest frame that is still free
        order = np.argsort(np.abs(free - aim), kind="stable")
        taken.add(next(int(free[place]) for place in order if int(free[place]) not in taken))
    return sorted([*chosen, *taken])
