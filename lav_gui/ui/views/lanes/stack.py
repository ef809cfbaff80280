"""The lanes in their order on the screen, which of them are folded, and how the room is shared among them."""

import json
from collections.abc import Sequence
from typing import Any

import numpy as np

from lav_gui.ui.views.lanes.base import Lane
from lav_gui.ui.views.lanes.content import ContentLane
from lav_gui.ui.views.lanes.faces import FacesLane
from lav_gui.ui.views.lanes.notes import NotesLane
from lav_gui.ui.views.lanes.packets import FrameTypesLane, PacketSizeLane
from lav_gui.ui.views.lanes.score import ScoreLane
from lav_gui.ui.views.lanes.sound import SoundLane
from lav_gui.ui.views.lanes.streams import DisagreementLane, StreamsLane

LANES: tuple[type[Lane], ...] = (
    ScoreLane,
    FacesLane,
    StreamsLane,
    DisagreementLane,
    NotesLane,
    PacketSizeLane,
    FrameTypesLane,
    ContentLane,
    SoundLane,
)
"""From top to bottom, until the analyst moves them."""

LEAST_WHOLE = 4
"""So many lanes are shown whole before one of them becomes easy to read, where there is room for them."""


class LaneStack:
    """The lanes of one timeline."""

    def __init__(self) -> None:
        self._lanes: list[Lane] = [kind() for kind in LANES]

    @property
    def lanes(self) -> tuple[Lane, ...]:
        """From top to bottom."""
        return tuple(self._lanes)

    @property
    def unfolded(self) -> frozenset[str]:
        """Names of the lanes that show their content."""
        return frozenset(lane.name for lane in self._lanes if not lane.folded)

    def move(self, lane: Lane, place: int) -> None:
        """Put a lane at a place, counted from the top."""
        self._lanes.remove(lane)
        self._lanes.insert(min(max(place, 0), len(self._lanes)), lane)

    def reset(self) -> None:
        """Put all lanes in their first order, folded and unfolded as at first."""
        self._lanes.sort(key=lambda lane: LANES.index(type(lane)))
        for lane in self._lanes:
            lane.folded = lane.folded_first

    def layout(self, **more: str) -> str:
        """Order and folds, and what else is given, to be kept."""
        names = [lane.name for lane in self._lanes]
        folded = [lane.name for lane in self._lanes if lane.folded]
        return json.dumps({"order": names, "folded": folded, **more})

    def restore(self, layout: str) -> dict[str, Any]:
        """Take order and folds that were kept; lanes that are new since then go to the end.

        Returns
        -------
        dict
            All that was kept; empty where it is nonsense, which is ignored.
        """
        try:
            kept = json.loads(layout)
            order, folded = [str(name) for name in kept["order"]], {str(name) for name in kept["folded"]}
        except (ValueError, KeyError, TypeError):
            return {}
        self._lanes.sort(key=lambda lane: order.index(lane.name) if lane.name in order else len(order))
        for lane in self._lanes:
            lane.folded = lane.name in folded if lane.name in order else lane.folded_first
        return dict(kept)


def shared_heights(lanes: Sequence[Lane], room: float) -> list[int]:
    """Height of each lane in pixels: what it needs, and what is left over by their stretch.

    Where there is no room for all, those at the top that fit fill it, so that none below is cut; it is scrolled to.
    """
    heights = [lane.wanted() for lane in lanes]
    ample = [height if lane.folded else max(height, lane.ample) for lane, height in zip(lanes, heights, strict=True)]
    fitting = max(_count_fitting(ample, room), min(_count_fitting(heights, room), LEAST_WHOLE))
    stretches = [0.0 if lane.folded or place >= fitting else lane.stretch for place, lane in enumerate(lanes)]
    spare, whole = max(room - sum(heights[:fitting]), 0.0), sum(stretches)
    if whole == 0:
        return heights
    return [height + int(spare * stretch / whole) for height, stretch in zip(heights, stretches, strict=True)]


def _count_fitting(heights: Sequence[int], room: float) -> int:
    """How many lanes from the top are whole in the room."""
    return int(np.searchsorted(np.cumsum(heights), room, side="right"))
