"""The packets of the video as its index tells: their size, and in which order they were coded."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lav_gui.records import FrameIndex
from lav_gui.ui.viewmodels.lanes.envelope import Places, Series
from lav_gui.ui.viewmodels.lanes.spans import NO_SPANS, Spans, spans_where

DIRECT_FRAMES = 100_000
"""The packets of videos with at most this many frames are made ready at once, which takes some milliseconds."""


@dataclass(frozen=True, slots=True, eq=False)
class PacketLines:
    """Sizes and kinds of all packets.

    Attributes
    ----------
    places : Places
        All frames.
    size : Series
        Compressed bytes.
    smallest, largest : float
        The range of sizes in bytes, of packets that hold anything; largest > smallest > 0.
    key, forward, reordered : Spans
        Frames whose packet is flagged as a key; that are coded in the order in which they are shown; and that were
        coded after a frame that is shown later (as B frames are).
    """

    places: Places
    size: Series
    smallest: float
    largest: float
    key: Spans
    forward: Spans
    reordered: Spans

    def prepare(self) -> None:
        """Find the extremes of all blocks now, rather than when they are first drawn."""
        self.places.prepare()
        self.size.prepare()


NO_PACKETS = PacketLines(Places(np.empty(0, np.int64)), Series(np.empty(0)), 1.0, 2.0, NO_SPANS, NO_SPANS, NO_SPANS)


def packet_lines(index: FrameIndex | None) -> PacketLines:
    """Sizes and kinds of a video's packets."""
    if index is None or not len(index):
        return NO_PACKETS
    frames = np.arange(len(index), dtype=np.int64)
    late = is_reordered(index.decode_order) & ~index.is_key
    filled = index.packet_bytes[index.packet_bytes > 0]
    smallest, largest = (float(filled.min()), float(filled.max())) if len(filled) else (1.0, 1.0)
    return PacketLines(
        places=Places(frames),
        size=Series(index.packet_bytes),
        smallest=smallest,
        largest=max(largest, 2 * smallest),
        key=spans_where(frames, index.is_key),
        forward=spans_where(frames, ~index.is_key & ~late),
        reordered=spans_where(frames, late),
    )


def is_reordered(decode_order: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which frames were coded after a frame that is shown later, shape (N,)."""
    later = np.minimum.accumulate(decode_order[::-1])[::-1]
    return np.append(decode_order[:-1] > later[1:], False)
