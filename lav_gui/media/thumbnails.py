"""Small pictures of keyframes, made slowly beside other work: first a few over the whole video, then those between."""

import time
from collections.abc import Generator
from pathlib import Path

import numpy as np
from av.video.frame import VideoFrame
from numpy.typing import NDArray

from lav_gui.media.reader import VideoReader
from lav_gui.records import Frame, FrameIndex, MediaInfo, Thumbnail
from lav_gui.settings import ColorPolicy

SIDE = 160
"""Pixels of the longer side."""

MOST = 400
"""Of a video with more keyframes, as many are taken, evenly spread."""

_REST = 1.0  # rests as long as it works, so that it takes half of one core at most
_LONGEST_REST = 0.2  # seconds


def thumbnails(path: Path, color: ColorPolicy = ColorPolicy.AUTO) -> Generator[Thumbnail | None, None, int]:
    """Make the thumbnails of a video.

    Parameters
    ----------
    path : Path
    color : ColorPolicy
        Rule by which untagged pixels become RGB.

    Yields
    ------
    Thumbnail or None
        None where a keyframe yields no picture.

    Returns
    -------
    int
        How many were made.

    Raises
    ------
    MediaError
        If the file is not a readable video.
    """
    made = 0
    with VideoReader(path, color) as reader:
        for index in coarse_to_fine(chosen_keyframes(reader.index)):
            begun = time.monotonic()
            item = next(reader.frames((index,)))
            if isinstance(item, Frame):
                made += 1
                yield Thumbnail(index, _shrunk(item.image, reader.info))
            else:
                yield None
            time.sleep(min(_REST * (time.monotonic() - begun), _LONGEST_REST))
    return made


def chosen_keyframes(index: FrameIndex) -> list[int]:
    """Frame indices of the keyframes that get a thumbnail, increasing; the first frame where none is flagged."""
    keys = np.flatnonzero(index.is_key)
    if not len(keys):
        return [0]
    places = np.unique(np.linspace(0, len(keys) - 1, min(MOST, len(keys))).round().astype(np.int64))
    return [int(key) for key in keys[places]]


def coarse_to_fine(places: list[int]) -> list[int]:
    """The same places in an order in which every beginning is spread over the whole: ends, middle, quarters, ..."""
    order: list[int] = []
    step = 1
    while step < len(places):
        step *= 2
    seen: set[int] = set()
    while step >= 1:
        for place in range(0, len(places), step):
            if place not in seen:
                seen.add(place)
                order.append(places[place])
        step //= 2
    return order


def _shrunk(image: NDArray[np.uint8], info: MediaInfo) -> NDArray[np.uint8]:
    """At most `SIDE` pixels wide and high, with square pixels."""
    height, width = image.shape[:2]
    shown = width * float(info.sample_aspect_ratio)
    scale = SIDE / max(shown, height)
    size = (max(2, round(shown * scale)), max(2, round(height * scale)))
    small = VideoFrame.from_ndarray(image, format="rgb24").reformat(*size, interpolation="AREA")
    return small.to_ndarray(format="rgb24").astype(np.uint8, copy=False)
