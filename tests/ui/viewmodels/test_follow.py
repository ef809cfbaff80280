"""Where a face is at a moment."""

import math
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from lav_gui.records import FaceResult, Frame, FrameResult, MediaInfo
from lav_gui.settings import AnalysisSettings
from lav_gui.ui.jobs import Jobs
from lav_gui.ui.viewmodels.desk import Desk
from lav_gui.ui.viewmodels.follow import SIDE_OVER_BOX, follow_face
from lav_gui.ui.viewmodels.results import ResultsModel, RunFacts
from lav_gui.verdict.edits import EditKind, TrackEdit
from model_zoo.weights_record import Weights
from tests.ui.conftest import is_judged

TICKS = Fraction(1, 1000)
PIXELS = np.zeros((4, 4, 3), np.uint8)

Box = tuple[float, float, float, float]


def face(box: Box, track_id: int = 1) -> FaceResult:
    heat = np.zeros((19, 19), np.float16)
    return FaceResult(track_id, box, 0.9, np.eye(2, 3), 50.0, 1.0, 0.0, 0.5, heat, None)


def result(index: int, seconds: float, *faces: FaceResult) -> FrameResult:
    return FrameResult(index, round(seconds * 1000), TICKS, "P", "", faces)


def frame(index: int, seconds: float) -> Frame:
    return Frame(index, round(seconds * 1000), TICKS, PIXELS)


def square(x: float, y: float, side: float) -> Box:
    return (x - side / 2, y - side / 2, x + side / 2, y + side / 2)


@pytest.fixture
def results(qtbot: QtBot, trained_weights: Weights) -> Iterator[ResultsModel]:
    jobs = Jobs()
    made = ResultsModel(jobs)
    nothing: MediaInfo = None  # type: ignore[assignment]  # no verdict is waited for
    made.begin(RunFacts(1, trained_weights, AnalysisSettings(), nothing, np.arange(1000)), lambda _: None)
    made._renew = lambda _: None  # type: ignore[method-assign]
    yield made
    made.clear()


def test_a_face_that_moves_evenly_is_met_exactly_on_analyzed_and_on_other_frames(results: ResultsModel) -> None:
    times = [0.0, 0.1, 0.13, 0.4, 0.5, 0.9, 1.0]  # a frame rate that varies
    for place, seconds in enumerate(times):
        results.append([result(2 * place, seconds, face(square(100 + 50 * seconds, 80, 40)))])
    for index, seconds in ((6, 0.4), (7, 0.45)):
        found = follow_face(results, 1, frame(index, seconds), 1.0)
        assert found is not None
        assert found.x == pytest.approx(100 + 50 * seconds, abs=1e-6)
        assert found.y == pytest.approx(80)
        assert found.side == pytest.approx(40 * SIDE_OVER_BOX)
        assert found.seen


def test_a_box_that_trembles_is_held_still(results: ResultsModel) -> None:
    noise = np.random.default_rng(3).normal(0, 4, 60)
    for index in range(60):
        results.append([result(index, index / 25, face(square(100 + noise[index], 80, 40)))])
    path = [follow_face(results, 1, frame(index, index / 25), 1.0) for index in range(12, 48)]
    steps = np.diff([each.x for each in path if each is not None])
    assert len(steps) == 35
    assert np.std(steps) < np.std(np.diff(noise)) / 5


def test_a_pixel_that_is_wide_widens_the_box(results: ResultsModel) -> None:
    results.append([result(0, 0, face((80.0, 60.0, 120.0, 100.0)))])
    found = follow_face(results, 1, frame(0, 0), 1.5)
    assert found is not None
    assert found.side == pytest.approx(60 * SIDE_OVER_BOX)


def test_a_face_that_is_gone_is_shown_where_it_was_last_and_said_to_be_gone(results: ResultsModel) -> None:
    results.append([result(0, 0, face(square(10, 10, 8))), result(5, 0.2, face(square(30, 10, 8))), result(9, 0.36)])
    found = follow_face(results, 1, frame(9, 0.36), 1.0)
    assert found is not None
    assert not found.seen
    assert found.x == pytest.approx(30)
    assert follow_face(results, 1, frame(400, 16.0), 1.0) is None
    assert follow_face(results, 7, frame(5, 0.2), 1.0) is None


def test_between_two_analyzed_frames_far_apart_it_lies_on_the_line_between(results: ResultsModel) -> None:
    results.append([result(0, 0, face(square(0, 0, 8))), result(50, 2.0, face(square(100, 0, 8)))])
    found = follow_face(results, 1, frame(12, 0.5), 1.0)
    assert found is not None
    assert found.x == pytest.approx(25)
    assert found.seen


def test_the_faces_are_those_after_the_examiners_edits(results: ResultsModel) -> None:
    results.append([result(0, 0, face(square(10, 10, 8), 1), face(square(90, 10, 8), 2))])
    assert results.facts is not None
    results._facts = replace(results.facts, edits=(TrackEdit(EditKind.SPLIT, 2, 3, 0),))
    found = follow_face(results, 3, frame(0, 0), 1.0)
    assert found is not None
    assert found.x == pytest.approx(90)


def test_the_scene_follows_the_selected_face_else_the_highest(qtbot: QtBot, opened: Desk) -> None:
    opened.running.start()
    qtbot.waitUntil(lambda: is_judged(opened), timeout=10_000)
    opened.playback.seek(11)  # not analyzed itself
    qtbot.waitUntil(lambda: getattr(opened.playback.shown, "index", None) == 11, timeout=5000)
    assert opened.scene.scene.follow is None
    opened.display.set_following(True)
    follow = opened.scene.scene.follow
    assert follow is not None
    assert follow.track_id == 1
    opened.selection.select(2)
    follow = opened.scene.scene.follow
    assert follow is not None
    assert follow.track_id == 2
    assert math.hypot(follow.x - 714, follow.y - 202) < 12
