"""The packets of the video: kinds and sizes."""

import numpy as np

from lav_gui.ui.views.lanes.base import Lane
from lav_gui.ui.views.lanes.ink import Ink, mixed
from lav_gui.ui.wording import DASH, say, size

EDGE = 3.0


class FrameTypesLane(Lane):
    """Three heights: key packets high, those coded in the order of showing middle, reordered ones low."""

    name = "types"
    title = "Frame types"
    hint = "High: key packet. Middle: coded in the order of showing (P). Low: coded after a later frame (B)."
    least = 18

    def told(self, frame: int) -> str:
        """Return the kind of a frame."""
        packets = self.state.packets
        kinds = (
            (packets.key, say("Key packet: can be decoded on its own")),
            (packets.forward, say("Coded in the order of showing (as P frames are)")),
            (packets.reordered, say("Coded after a later frame (as B frames are)")),
        )
        return next((words for spans, words in kinds if spans.holds(frame)), say(self.hint))

    def draw(self, ink: Ink) -> None:
        """Draw the low ones first."""
        packets, theme = self.state.packets, self.state.theme
        floor, room = self.height - 2, self.height - 2 - EDGE
        for spans, share, paint in (
            (packets.reordered, 0.3, mixed(theme.muted, theme.plot, 0.7)),
            (packets.forward, 0.6, mixed(theme.muted, theme.plot, 0.85)),
            (packets.key, 1.0, theme.accent),
        ):
            ink.spans(spans, floor - share * room, share * room, paint)


class PacketSizeLane(Lane):
    """Compressed bytes of each frame on a logarithmic scale; of several in a pixel the largest."""

    name = "sizes"
    title = "Packet size (log)"
    hint = "Compressed bytes of each frame, logarithmic; key packets in the accent's color."
    least = 32
    stretch = 1.0

    def subtitle(self) -> str:
        """Return the ends of its scale."""
        packets = self.state.packets
        if not len(packets.places):
            return ""
        return f"{size(round(packets.smallest))} {DASH} {size(round(packets.largest))}"

    def told(self, frame: int) -> str:
        """Return the size of a frame's packet."""
        sizes = self.state.packets.size.values
        return say("{size} compressed", size=size(round(sizes[frame]))) if frame < len(sizes) else say(self.hint)

    def draw(self, ink: Ink) -> None:
        """Draw bars, those of key packets again on top."""
        packets, theme = self.state.packets, self.state.theme
        cut = packets.places.cut(ink.scale, 0.5)
        if cut is None:
            return
        columns = cut.peaks(packets.size)
        floor = self.height - 2
        low, high = np.log(packets.smallest), np.log(packets.largest)
        share = (np.log(np.maximum(columns.high, packets.smallest)) - low) / (high - low)
        top = floor - 1 - share * (floor - EDGE - 1)
        bottom = np.full(len(top), floor)
        ink.bars(columns.first, top, bottom, mixed(theme.muted, theme.plot, 0.7))
        is_key = packets.key.columns(ink.scale)[columns.first : columns.first + len(columns)]
        ink.bars(columns.first, np.where(is_key, top, np.nan), bottom, theme.accent)
