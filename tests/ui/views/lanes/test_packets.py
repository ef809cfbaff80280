"""Packets: kinds in three heights, sizes on a stated scale."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PySide6.QtGui import QColor

from lav_gui.ui.colors import DARK, LIGHT, Theme, contrast
from lav_gui.ui.viewmodels.timeline_state import TimelineState
from lav_gui.ui.views.lanes.base import Lane
from lav_gui.ui.views.lanes.packets import FrameTypesLane, PacketSizeLane
from lav_gui.ui.wording import size

Draw = Callable[..., Any]


def test_kinds_differ_in_height(draw: Draw, state: TimelineState) -> None:
    ink = draw(FrameTypesLane(), state)
    heights = [rows[0, 3] for rows, _ in ink.filled]
    assert heights == sorted(heights)
    assert len(set(heights)) == len(heights) >= 2
    lane = FrameTypesLane()
    draw(lane, state)
    assert lane.told(0).startswith("Key packet")
    assert lane.told(1).startswith("Coded")


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize("kind", [FrameTypesLane, PacketSizeLane])
def test_every_bar_stands_out_from_the_ground(draw: Draw, state: TimelineState, kind: type[Lane], theme: Theme) -> None:
    ink = draw(kind(), state.with_theme(theme))
    assert ink.filled
    assert all(contrast(QColor(paint).name(), theme.plot) >= 3 for _, paint in ink.filled)


def test_sizes_are_logarithmic_and_say_so(draw: Draw, state: TimelineState) -> None:
    lane = PacketSizeLane()
    ink = draw(lane, state)
    rows = ink.filled[0][0]
    sizes = state.packets.size.values
    height = [rows[np.argmin(np.abs(rows[:, 0] - 10 * (frame + 0.5))), 3] for frame in range(len(sizes))]
    low, high = np.log(sizes.min()), np.log(sizes.max())
    assert height == pytest.approx(1 + (np.log(sizes) - low) / (high - low) * (80 - 2 - 4))
    assert "(log)" in lane.title
    assert lane.subtitle() == f"{size(int(sizes.min()))} – {size(int(sizes.max()))}"
    assert lane.told(0).endswith("compressed")
    assert lane.told(10_000) == lane.hint


def test_key_packets_are_painted_again(draw: Draw, state: TimelineState) -> None:
    ink = draw(PacketSizeLane(), state)
    assert state.index is not None
    assert len(ink.filled[1][0]) == 10 * int(state.index.is_key.sum())


def test_without_a_video_there_is_nothing(draw: Draw) -> None:
    assert draw(PacketSizeLane(), TimelineState()).filled == []
    assert PacketSizeLane().subtitle() == ""
