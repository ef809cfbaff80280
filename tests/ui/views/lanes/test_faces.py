"""A row per face, and hatching where there is none."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor

from lav_gui.ui.colors import LIGHT, line_color
from lav_gui.ui.viewmodels.lanes.faces import FaceRowSpans, FaceSpans
from lav_gui.ui.viewmodels.lanes.spans import spans_of
from lav_gui.ui.viewmodels.timeline_state import TimelineState
from lav_gui.ui.views.lanes.faces import BAR, MOST_ROWS, FacesLane

Draw = Callable[..., Any]
FACES = FaceSpans(
    (
        FaceRowSpans(1, spans_of([(0, 19), (30, 40)]), spans_of([(20, 29)])),
        FaceRowSpans(2, spans_of([(10, 20)]), spans_of([])),
    ),
    spans_of([(50, 55)]),
    spans_of([(44, 46)]),
)


def test_bars_lie_where_the_faces_are(draw: Draw, state: TimelineState) -> None:
    ink = draw(FacesLane(), replace(state, faces=FACES))
    by_color = [(QColor(paint).name() if not isinstance(paint, QBrush) else "", rows) for rows, paint in ink.filled]
    of_first = [rows for name, rows in by_color if name == line_color(1, LIGHT).lower()]
    lost, present = of_first
    assert lost[:, [0, 2, 3]].tolist() == [[200, 100, 1]]
    assert present[:, [0, 2, 3]].tolist() == [[0, 200, BAR], [300, 110, BAR]]


def test_no_face_is_hatched_and_too_small_is_a_low_block(draw: Draw, state: TimelineState) -> None:
    ink = draw(FacesLane(), replace(state, faces=FACES))
    (empty, hatch), (small, _) = ink.filled[:2]
    assert isinstance(hatch, QBrush)
    assert hatch.style() is Qt.BrushStyle.BDiagPattern
    assert empty[:, [0, 2]].tolist() == [[500, 60]]
    assert small[:, [0, 2]].tolist() == [[440, 30]]


def test_a_frame_is_told_in_words(draw: Draw, state: TimelineState) -> None:
    lane = FacesLane()
    draw(lane, replace(state, faces=FACES))
    told = [lane.told(frame) for frame in (15, 45, 52, 42)]
    assert told[:3] == [
        "Seen in this frame: face 1, 2",
        "A face that is too small to be analyzed",
        "No face in this frame",
    ]
    assert told[3] == lane.hint


def test_it_grows_with_the_faces_up_to_a_bound(state: TimelineState) -> None:
    lane = FacesLane()
    lane.renew(replace(state, faces=FACES))
    two = lane.wanted()
    rows = tuple(FaceRowSpans(number, spans_of([(0, 1)]), spans_of([])) for number in range(1, 40))
    lane.renew(replace(state, faces=FaceSpans(rows)))
    assert two < lane.wanted() <= 110
    assert lane.subtitle() == f"{MOST_ROWS} of 39"
