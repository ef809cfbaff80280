"""What is painted, and where."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from lav_gui.faces.geometry import crop_affine
from lav_gui.records import FaceResult, Frame, FrameResult
from lav_gui.ui.viewmodels.desk import Desk
from lav_gui.ui.viewmodels.scene import EMPTY, FrameStanding, frame_from_heatmap
from lav_gui.verdict.sentences import say


def face(box: tuple[float, float, float, float], affine: object) -> FaceResult:
    heat = np.zeros((19, 19), np.float16)
    return FaceResult(1, box, 0.9, affine, 50.0, 1.0, 0.0, 0.5, heat, None)  # type: ignore[arg-type]


@given(st.floats(0, 500), st.floats(0, 500), st.floats(20, 300), st.sampled_from([Fraction(1), Fraction(4, 3)]))
def test_a_heatmap_covers_exactly_the_crops_square(left: float, top: float, side: float, ratio: Fraction) -> None:
    box = (left, top, left + side, top + side * 1.2)
    size = 299
    affine = crop_affine(box, size, 1.35, ratio)
    to_frame = frame_from_heatmap(face(box, affine), size)
    for cell, crop_pixel in (
        ((0, 0), (-0.5, -0.5)),
        ((19, 19), (size - 0.5, size - 0.5)),
        ((9.5, 9.5), (149.0, 149.0)),
    ):
        placed = to_frame @ np.array([*cell, 1.0])
        expected = affine @ np.array([*crop_pixel, 1.0]) + 0.5
        np.testing.assert_allclose(placed, expected, atol=1e-6)


@pytest.fixture
def done(qtbot: QtBot, opened: Desk) -> Desk:
    with qtbot.waitSignal(opened.analysis.finished, timeout=10_000):
        opened.running.start()
    return opened


def go_to(qtbot: QtBot, desk: Desk, index: int) -> None:
    desk.playback.seek(index)
    qtbot.waitUntil(lambda: isinstance(desk.playback.shown, Frame) and desk.playback.shown.index == index, timeout=5000)


def test_an_analyzed_frame_bears_its_faces(qtbot: QtBot, done: Desk) -> None:
    go_to(qtbot, done, 10)
    scene = done.scene.scene
    assert scene.standing is FrameStanding.ANALYZED
    assert [mark.track_id for mark in scene.marks] == [1, 2]
    assert not any(mark.held for mark in scene.marks)
    assert scene.heatmap_opacity == 0.5


def test_a_frame_that_was_not_analyzed_bears_nothing_while_it_is_at_rest(qtbot: QtBot, done: Desk) -> None:
    go_to(qtbot, done, 11)
    assert done.scene.scene.standing is FrameStanding.NOT_PLANNED
    assert done.scene.scene.marks == ()
    assert done.scene.result() is None


def test_while_playing_the_last_marks_are_held_and_said_to_be(qtbot: QtBot, done: Desk) -> None:
    go_to(qtbot, done, 10)
    held: list[bool] = []
    done.scene.changed.connect(lambda scene: held.extend(mark.held for mark in scene.marks))
    done.playback.play()
    qtbot.waitUntil(lambda: any(held), timeout=5000)
    done.playback.pause()


def test_blinking_and_switches_take_the_marks_away(qtbot: QtBot, done: Desk) -> None:
    go_to(qtbot, done, 10)
    done.display.set_blink(True)
    assert done.scene.scene.marks == ()
    done.display.set_blink(False)
    done.display.set_heatmap(False)
    assert done.scene.scene.heatmap_opacity == 0
    assert len(done.scene.scene.marks) == 2


def test_the_selected_and_the_left_out_face_are_told_apart(qtbot: QtBot, done: Desk) -> None:
    go_to(qtbot, done, 10)
    qtbot.waitUntil(lambda: done.results.judged is not None and done.casefile.run is not None, timeout=5000)
    done.selection.select(2)
    done.casefile.include(1, False)
    marks = {mark.track_id: mark for mark in done.scene.scene.marks}
    assert marks[2].selected
    assert not marks[1].selected
    assert not marks[1].included
    assert marks[2].included


def test_a_face_that_the_verdict_did_not_judge_is_marked_as_soon_as_the_verdict_says_so(
    qtbot: QtBot, done: Desk
) -> None:
    go_to(qtbot, done, 10)
    qtbot.waitUntil(lambda: done.results.judged is not None, timeout=5000)
    assert all(mark.judged for mark in done.scene.scene.marks)
    judged = done.results.judged
    assert judged is not None
    verdict = replace(judged.verdict, unjudged=((2, say("faces_outside", tracks="2")),))
    done.results._judged = replace(judged, verdict=verdict)  # as the renewed verdict leaves it
    done.results.judged_changed.emit(done.results.judged)
    assert {mark.track_id: mark.judged for mark in done.scene.scene.marks} == {1: True, 2: False}


def test_a_result_that_comes_late_is_shown_without_a_move(
    qtbot: QtBot, opened: Desk, make_result: Callable[..., FrameResult]
) -> None:
    go_to(qtbot, opened, 0)
    assert opened.scene.scene.standing is FrameStanding.NO_RUN
    with qtbot.waitSignal(opened.analysis.finished, timeout=10_000):
        opened.running.start()
    qtbot.waitUntil(lambda: opened.scene.scene.standing is FrameStanding.ANALYZED, timeout=2000)


def test_without_a_video_the_scene_is_empty(qtbot: QtBot, done: Desk, demo_clip: Path) -> None:
    done.opening.close()
    assert done.scene.scene is EMPTY
