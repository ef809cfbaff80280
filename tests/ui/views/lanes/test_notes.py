"""Notes on the timeline."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from lav_gui.session.notes import NoteCategory
from lav_gui.ui.viewmodels.notes import NoteMark
from lav_gui.ui.viewmodels.timeline_state import TimelineState
from lav_gui.ui.views.lanes.notes import NotesLane

Draw = Callable[..., Any]
MARKS = (
    NoteMark(1, 5, 5, NoteCategory.QUESTION, "#E69F00", "why?"),
    NoteMark(2, 20, 30, NoteCategory.ARTIFACT, "#D55E00", "blurred\nmouth"),
)


def test_a_span_has_a_bar_and_each_note_a_shape(draw: Draw, state: TimelineState) -> None:
    ink = draw(NotesLane(), replace(state, notes=MARKS))
    (rows, _), *_ = [each for each in ink.filled if len(each[0])]
    assert rows[:, [0, 2]].tolist() == [[200, 110]]
    for mark in MARKS:
        assert ink.image.pixelColor(10 * mark.frame_first + 5, 40).name() == mark.color.lower()


def test_the_notes_on_a_frame_are_told(draw: Draw, state: TimelineState) -> None:
    lane = NotesLane()
    draw(lane, replace(state, notes=MARKS))
    assert lane.told(5) == "Question: why?"
    assert lane.told(25) == "Artifact: blurred\nmouth"
    assert lane.told(40) == lane.hint
    assert lane.subtitle() == "2"


def test_crowded_shapes_are_thinned_out(draw: Draw, state: TimelineState) -> None:
    lane = NotesLane()
    many = tuple(NoteMark(n, n % 56, n % 56, NoteCategory.OTHER, "#E69F00", "") for n in range(56))
    ink = draw(lane, replace(state, notes=many), (0.0, 5600.0))
    assert len(list(lane._badges(ink))) <= 2
