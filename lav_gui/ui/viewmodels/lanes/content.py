"""How much each picture differs from the one before: scene cuts, and pictures that are shown twice."""

from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lav_gui.records import Frame, Gap
from lav_gui.ui.viewmodels.lanes.envelope import Places, Series
from lav_gui.ui.viewmodels.lanes.spans import Spans, spans_where

SMALL = 64
"""Changes are measured on about so many rows and columns of a picture."""

CUT_LEVELS, CUT_RATIO = 20.0, 3.0
"""A cut changes a picture by at least so many gray levels of 256, and so many times as much as its surroundings."""

AROUND = 12
"""Frames on either side that count as the surroundings of a cut."""

PART_FRAMES = 24


@dataclass(frozen=True, slots=True, eq=False)
class ContentPart:
    """What was found in some frames in a row.

    Attributes
    ----------
    frame_index : ndarray of shape (N,), int64
    change : ndarray of shape (N,), float64
        Mean absolute difference to the frame before, in gray levels of 256; 0 for the first frame.
    repeated : ndarray of shape (N,), bool
        Every pixel is that of the frame before.
    """

    frame_index: NDArray[np.int64]
    change: NDArray[np.float64]
    repeated: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class ContentLines:
    """Changes, ready to be cut into columns, and the places that they make."""

    places: Places
    change: Series
    cuts: Spans
    repeated: Spans


def content_steps(items: Iterable[Frame | Gap]) -> Generator[ContentPart | None, None, None]:
    """Compare each frame of a walk with the one before."""
    before: Frame | None = None
    small_before = np.empty((0, 0))
    rows: list[tuple[int, float, bool]] = []
    for item in items:
        if isinstance(item, Frame):
            small = _small(item.image)
            if before is None or before.image.shape != item.image.shape:
                rows.append((item.index, 0.0, False))
            else:
                change = float(np.abs(small - small_before).mean())
                repeated = change == 0 and np.array_equal(item.image, before.image)
                rows.append((item.index, change, repeated))
            before, small_before = item, small
        if len(rows) >= PART_FRAMES:
            yield _part(rows)
            rows = []
        else:
            yield None
    if rows:
        yield _part(rows)


def content_lines(parts: Sequence[ContentPart]) -> ContentLines | None:
    """All that was found by now; None where nothing was."""
    if not parts:
        return None
    frames, change, repeated = (
        np.concatenate([getattr(part, name) for part in parts]) for name in ("frame_index", "change", "repeated")
    )
    cuts = is_cut(change)
    return ContentLines(
        Places(frames), Series(change), Spans(frames[cuts], frames[cuts]), spans_where(frames, repeated)
    )


def is_cut(change: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Where a picture has nothing to do with the one before, shape (N,): large, and far above its surroundings."""
    cuts = change >= CUT_LEVELS
    for at in np.flatnonzero(cuts).tolist():
        around = np.concatenate([change[max(at - AROUND, 0) : at], change[at + 1 : at + 1 + AROUND]])
        cuts[at] = change[at] >= CUT_RATIO * float(np.median(around)) if len(around) else True
    return cuts


def _small(image: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Some rows and columns of a picture as gray levels."""
    down, across = (max(side // SMALL, 1) for side in image.shape[:2])
    return np.asarray(image[::down, ::across].mean(axis=2), dtype=np.float64)


def _part(rows: Sequence[tuple[int, float, bool]]) -> ContentPart:
    index, change, repeated = zip(*rows, strict=True)
    return ContentPart(np.array(index, np.int64), np.array(change, np.float64), np.array(repeated, np.bool_))
