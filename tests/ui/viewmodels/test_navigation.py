"""From one remarkable place to the next."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from lav_gui.records import Gap
from lav_gui.ui.viewmodels import navigation as module
from lav_gui.ui.viewmodels.desk import Desk
from lav_gui.ui.viewmodels.lanes.streams import stream_lines
from tests.ui.conftest import is_judged


@pytest.fixture
def analyzed(qtbot: QtBot, make_desk: Callable[..., Desk], analysis: object, demo_clip: Path) -> Desk:
    """The demo clip with results: face 1 high in 0 to 34, both faces from frame 0 on."""
    desk = make_desk(analysis)
    with qtbot.waitSignal(desk.analysis.finished, timeout=15_000):
        desk.open(demo_clip, analyze=True)
    qtbot.waitUntil(lambda: is_judged(desk), timeout=5000)
    return desk


def test_spans_are_reached_and_the_last_is_told(qtbot: QtBot, analyzed: Desk) -> None:
    navigation, playback = analyzed.navigation, analyzed.playback
    assert analyzed.results.verdict is not None
    segment = analyzed.results.verdict.tracks[0].segments[0]
    playback.seek(50)
    navigation.segment(-1)
    assert playback.position == segment.first_frame
    with qtbot.waitSignal(navigation.ended) as told:
        navigation.segment(1)
    assert told.args == ["No further span that stays high."]


def test_the_selected_face_alone_is_looked_at(qtbot: QtBot, analyzed: Desk) -> None:
    analyzed.playback.seek(50)
    analyzed.selection.select(2)
    with qtbot.waitSignal(analyzed.navigation.ended):
        analyzed.navigation.segment(-1)
    analyzed.selection.select(1)
    analyzed.navigation.segment(-1)
    assert analyzed.playback.position == 0


def test_faces_begin_somewhere(qtbot: QtBot, analyzed: Desk) -> None:
    analyzed.playback.seek(9)
    analyzed.navigation.track_start(-1)
    assert analyzed.playback.position == 0
    with qtbot.waitSignal(analyzed.navigation.ended):
        analyzed.navigation.track_start(1)


def test_disagreements_and_gaps_are_looked_for_in_the_run(
    qtbot: QtBot, analyzed: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for go in (analyzed.navigation.disagreement, analyzed.navigation.gap):
        with qtbot.waitSignal(analyzed.navigation.ended):
            go(1)

    def contrary(_: object) -> object:
        assert analyzed.results.judged is not None
        real = analyzed.results.judged.measured[0]
        measured = real.frame_index == 24
        value = np.where(measured, 3.0, 0.0)
        return stream_lines(replace(real, rgb=value, noise=-value, interaction=0 * value))

    monkeypatch.setattr(module, "stream_lines", contrary)
    analyzed.selection.select(1)
    analyzed.navigation.disagreement(1)
    assert analyzed.playback.position == 24
    analyzed.results.append([Gap(40, 40, "broken")])
    analyzed.navigation.gap(1)
    assert analyzed.playback.position == 40


def test_without_results_nothing_moves(qtbot: QtBot, opened: Desk) -> None:
    for go in (opened.navigation.segment, opened.navigation.disagreement, opened.navigation.track_start):
        with qtbot.waitSignal(opened.navigation.ended):
            go(1)
    assert opened.playback.position == 0
