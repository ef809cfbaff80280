"""The timeline: seek, zoom, cursor, marks, axis."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lav_gui.media.reader import VideoReader
from lav_gui.records import FrameIndex
from lav_gui.ui.colors import DARK
from lav_gui.ui.style import apply_theme
from lav_gui.ui.viewmodels.results import Judged
from lav_gui.ui.viewmodels.selection import Marks
from lav_gui.ui.views.timeline import LANES, TimeAxis, TimelineView


@pytest.fixture
def index(demo_clip: Path) -> FrameIndex:
    with VideoReader(demo_clip) as reader:
        return reader.index


@pytest.fixture
def view(qtbot: QtBot, index: FrameIndex) -> Iterator[TimelineView]:
    made = TimelineView()
    made.resize(900, 220)
    made.show()
    with qtbot.waitExposed(made):
        made.show_video(index)
    yield made
    made.close()
    made.deleteLater()


def place(view: TimelineView, frame: float) -> QPoint:
    plot = view.lanes[0].plot
    scene: QPointF = plot.vb.mapViewToScene(QPointF(frame, 0.5))
    return view.canvas.mapFromScene(scene)


def seen(view: TimelineView) -> tuple[float, float]:
    low, high = view.lanes[0].plot.viewRange()[0]
    return low, high


def test_it_has_the_lanes_of_the_list(view: TimelineView) -> None:
    assert [type(lane) for lane in view.lanes] == list(LANES)


def test_a_click_seeks_the_frame_under_it(view: TimelineView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.seek_asked, timeout=2000) as asked:
        qtbot.mouseClick(view.canvas.viewport(), Qt.MouseButton.LeftButton, pos=place(view, 30))
    assert asked.args == [30]


def test_a_place_outside_the_video_is_its_end(view: TimelineView, qtbot: QtBot) -> None:
    for x, frame in ((-20.0, 0), (500.0, 55), (12.4, 12)):
        with qtbot.waitSignal(view.seek_asked) as asked:
            view.ask_seek(x)
        assert asked.args == [frame]


def test_without_a_video_nothing_is_asked_for(view: TimelineView, qtbot: QtBot) -> None:
    view.show_video(None)
    with qtbot.assertNotEmitted(view.seek_asked):
        view.ask_seek(3)


def test_the_cursor_runs_through_all_lanes_and_the_view_follows_it(view: TimelineView) -> None:
    view.lanes[0].plot.setXRange(0, 20, padding=0)
    view.show_position(40)
    low, high = seen(view)
    assert low <= 40 <= high
    assert high - low == pytest.approx(20)
    assert [cursor.value() for cursor in view.cursors] == [40, 40]


def test_all_lanes_show_the_same_span(view: TimelineView) -> None:
    view.lanes[0].plot.setXRange(10, 30, padding=0)
    ranges = [lane.plot.viewRange()[0] for lane in view.lanes]
    assert np.allclose(ranges[0], ranges[1])
    view.show_all()
    low, high = seen(view)
    assert low <= 0
    assert high >= 55


def test_marks_shade_the_part_between_them(view: TimelineView) -> None:
    view.show_marks(Marks(10, None))
    assert all(part.isVisible() and part.getRegion() == (9.5, 55.5) for part in view.parts)
    view.show_marks(Marks())
    assert not any(part.isVisible() for part in view.parts)


def test_results_are_described_in_words_too(view: TimelineView, judged: Judged) -> None:
    assert view.accessibleDescription() == "No results yet"
    view.show_judged(judged)
    view.show_selected(1)
    assert view.accessibleDescription() == "2 faces, 1 spans that stay high"


def test_it_follows_the_theme(view: TimelineView, qapp: QApplication, judged: Judged) -> None:
    view.show_judged(judged)
    apply_theme(qapp, DARK)
    assert view.canvas.backgroundBrush().color().name() == DARK.plot


def test_ticks_tell_frame_and_time_and_lie_on_frames(index: FrameIndex) -> None:
    axis = TimeAxis()
    assert axis.tickStrings([0, 10], 1, 10) == ["", ""]
    axis.index = index
    assert axis.tickStrings([0, 48, 56, 2.5, -1], 1, 48) == ["0 · 0:00", "48 · 0:04", "", "", ""]
    assert axis.tickStrings([6], 1, 2) == ["6 · 0:00.5"]
    for span, size in ((10, 900), (1e6, 900), (56, 300)):
        ((step, offset),) = axis.tickSpacing(0, span, size)
        assert step == int(step) >= 1
        assert step * size / span >= 90 or step == 1
        assert offset == 0
