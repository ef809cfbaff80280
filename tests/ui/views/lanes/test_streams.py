"""Streams and their disagreement."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush

from lav_gui.ui.viewmodels.lanes.streams import stream_lines
from lav_gui.ui.viewmodels.timeline_state import TimelineState
from lav_gui.ui.views.lanes.streams import DisagreementLane, StreamsLane

Draw = Callable[..., Any]


def contrary(state: TimelineState) -> TimelineState:
    """The same, with streams that point opposite ways."""
    assert state.judged is not None
    series = state.judged.measured[0]
    return replace(state, streams=stream_lines(replace(series, rgb=np.abs(series.rgb), noise=-np.abs(series.rgb))))


def test_the_parts_differ_in_pattern_and_not_in_color_alone(draw: Draw, state: TimelineState) -> None:
    ink = draw(StreamsLane(), state)
    patterns = [paint.style() for _, paint in ink.filled if isinstance(paint, QBrush)]
    assert set(patterns) >= {Qt.BrushStyle.SolidPattern, Qt.BrushStyle.BDiagPattern, Qt.BrushStyle.DiagCrossPattern}


def test_the_parts_are_stacked_without_holes(draw: Draw, state: TimelineState) -> None:
    ink = draw(StreamsLane(), state)
    up = [rows for rows, paint in ink.filled if isinstance(paint, QBrush)][:3]
    first = {round(left): (top, top + height) for left, top, _, height in up[0].tolist()}
    second = {round(left): (top, top + height) for left, top, _, height in up[1].tolist()}
    shared = set(first) & set(second)
    assert len(shared) > 100
    assert all(abs(second[left][1] - first[left][0]) < 1e-6 for left in shared)


def test_the_lane_tells_the_face_its_scale_and_the_parts(draw: Draw, state: TimelineState) -> None:
    lane = StreamsLane()
    draw(lane, state)
    assert lane.subtitle() == "face 1"
    assert [text for _, text in lane.marks()][1] == "0"
    assert lane.told(4).startswith("RGB +")
    assert lane.told(5) == lane.hint
    draw(lane, state.with_selected(9))
    assert lane.subtitle() == "—"
    assert lane.marks() == ()


def test_agreement_leaves_the_lane_empty_and_contradiction_fills_it(draw: Draw, state: TimelineState) -> None:
    agreeing = draw(DisagreementLane(), state)
    assert all(np.all(rows[:, 3] < 1) for rows, _ in agreeing.filled)
    against = draw(DisagreementLane(), contrary(state))
    assert max(rows[:, 3].max() for rows, _ in against.filled) > 40
    notable = against.filled[-1][0]
    assert notable[0, 1] == 1
    assert draw(DisagreementLane(), TimelineState(index=state.index)).filled == []
