"""Cuts and repeats."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from lav_gui.ui.viewmodels.lanes.content import ContentPart, content_lines
from lav_gui.ui.viewmodels.timeline_state import TimelineState
from lav_gui.ui.views.lanes.content import ContentLane

Draw = Callable[..., Any]


def test_cuts_are_high_and_repeats_low(draw: Draw, state: TimelineState) -> None:
    change = np.full(56, 1.0)
    change[20], change[30:32] = 60, 0
    content = content_lines([ContentPart(np.arange(56), change, change == 0)])
    lane = ContentLane()
    ink = draw(lane, replace(state, content=content))
    _, (cuts, _), (repeats, _) = ink.filled
    assert cuts[:, [0, 2]].tolist() == [[200, 10]]
    assert repeats[:, [0, 2]].tolist() == [[300, 20]]
    assert cuts[0, 3] > 10 * repeats[0, 3]
    assert lane.subtitle() == "1 cuts, 1 repeats"
    assert [lane.told(frame) for frame in (20, 30)] == ["A scene begins here", "The very same picture as before"]


def test_it_says_that_it_was_not_looked_for(draw: Draw, state: TimelineState) -> None:
    lane = ContentLane()
    assert draw(lane, state).filled == []
    assert lane.subtitle() == "not looked for yet"
    assert lane.folded
