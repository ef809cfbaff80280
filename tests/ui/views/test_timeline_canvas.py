"""The timeline under the mouse: seek, scrub, zoom, pan, the overview's window, and what is painted anew."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from pytestqt.qtbot import QtBot

from lav_gui.media.reader import VideoReader
from lav_gui.ui.colors import LIGHT
from lav_gui.ui.viewmodels.lanes.scale import AxisKind
from lav_gui.ui.viewmodels.results import Judged
from lav_gui.ui.viewmodels.selection import Marks
from lav_gui.ui.viewmodels.timeline_state import TimelineState
from lav_gui.ui.views.lanes.stack import LaneStack
from lav_gui.ui.views.timeline_canvas import HEAD_HEIGHT, TimelineCanvas

NO_BUTTON, LEFT, RIGHT = Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
PLAIN, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
LANE_Y, OVERVIEW_Y = HEAD_HEIGHT + 20, 10


@pytest.fixture
def canvas(qtbot: QtBot, demo_clip: Path) -> Iterator[TimelineCanvas]:
    """560 pixels over 56 frames."""
    with VideoReader(demo_clip) as reader:
        index = reader.index
    made = TimelineCanvas(LaneStack())
    made.resize(560, 260)
    made.show()
    with qtbot.waitExposed(made):
        made.show_video(TimelineState(theme=LIGHT).with_video(index), AxisKind.FRAMES)
    yield made
    made.hide()
    made.deleteLater()


def mouse(canvas: TimelineCanvas, kind: QEvent.Type, x: float, y: float, button: Qt.MouseButton = LEFT) -> None:
    event = QMouseEvent(kind, QPointF(x, y), canvas.mapToGlobal(QPointF(x, y)), button, button, PLAIN)
    {
        QEvent.Type.MouseButtonPress: canvas.mousePressEvent,
        QEvent.Type.MouseMove: canvas.mouseMoveEvent,
        QEvent.Type.MouseButtonRelease: canvas.mouseReleaseEvent,
        QEvent.Type.MouseButtonDblClick: canvas.mouseDoubleClickEvent,
    }[kind](event)


def drag(canvas: TimelineCanvas, begin: float, end: float, y: float, button: Qt.MouseButton = LEFT) -> None:
    mouse(canvas, QEvent.Type.MouseButtonPress, begin, y, button)
    mouse(canvas, QEvent.Type.MouseMove, end, y, button)
    mouse(canvas, QEvent.Type.MouseButtonRelease, end, y, button)


def wheel(canvas: TimelineCanvas, x: float, y: float, delta: int, keys: Qt.KeyboardModifier = PLAIN) -> None:
    place, angle = QPointF(x, y), QPoint(0, delta)
    canvas.wheelEvent(QWheelEvent(place, place, QPoint(), angle, NO_BUTTON, keys, Qt.ScrollPhase.NoScrollPhase, False))


def test_click_and_drag_seek_every_frame_on_the_way(canvas: TimelineCanvas) -> None:
    asked: list[int] = []
    canvas.seek_asked.connect(asked.append)
    drag(canvas, 105, 305, LANE_Y)
    mouse(canvas, QEvent.Type.MouseMove, 400, LANE_Y, NO_BUTTON)
    assert asked == [10, 30]
    drag(canvas, 555, 9000, HEAD_HEIGHT - 4)
    assert asked[-1] == 55


def test_a_drag_with_shift_draws_a_part_in_either_direction(canvas: TimelineCanvas, qtbot: QtBot) -> None:
    parts: list[tuple[int, int]] = []
    canvas.part_asked.connect(lambda first, last: parts.append((first, last)))
    place = canvas.viewport()
    with qtbot.assertNotEmitted(canvas.seek_asked):
        qtbot.mousePress(place, LEFT, SHIFT, QPoint(305, LANE_Y))
        mouse(canvas, QEvent.Type.MouseMove, 405, LANE_Y)
        mouse(canvas, QEvent.Type.MouseMove, 105, LANE_Y)
        qtbot.mouseRelease(place, LEFT, SHIFT, QPoint(105, LANE_Y))
    mouse(canvas, QEvent.Type.MouseMove, 505, LANE_Y, NO_BUTTON)
    assert parts == [(30, 40), (10, 30)]


def test_without_a_video_nothing_is_asked_for(canvas: TimelineCanvas, qtbot: QtBot) -> None:
    canvas.show_video(TimelineState(theme=LIGHT), AxisKind.FRAMES)
    with qtbot.assertNotEmitted(canvas.seek_asked), qtbot.assertNotEmitted(canvas.hovered):
        drag(canvas, 100, 200, LANE_Y)
        wheel(canvas, 100, LANE_Y, 120)


def test_the_wheel_zooms_about_the_pointer(canvas: TimelineCanvas) -> None:
    before = canvas.scale_now.axis.frame(canvas.scale_now.value_at(155))
    wheel(canvas, 155, LANE_Y, 240)
    low, high = canvas.span
    assert high - low == pytest.approx(56 / 1.2**2)
    assert canvas.scale_now.axis.frame(canvas.scale_now.value_at(155)) == pytest.approx(before)
    for _ in range(40):
        wheel(canvas, 155, LANE_Y, 120)
    assert canvas.span[1] - canvas.span[0] == pytest.approx(10)
    for _ in range(40):
        wheel(canvas, 155, LANE_Y, -120)
    assert canvas.span == pytest.approx((-0.5, 55.5))


def test_shift_and_the_wheel_or_another_button_pan(canvas: TimelineCanvas) -> None:
    canvas.show_frames(10, 29)
    wheel(canvas, 100, LANE_Y, -120, SHIFT)
    assert canvas.span == pytest.approx((9.5 + 2.4, 29.5 + 2.4))
    drag(canvas, 300, 300 + 56, LANE_Y, RIGHT)
    assert canvas.span == pytest.approx((9.5 + 0.4, 29.5 + 0.4))
    canvas.pan(-99)
    assert canvas.span == pytest.approx((-0.5, 19.5))


def test_the_window_of_the_overview_moves_grows_and_jumps(canvas: TimelineCanvas) -> None:
    canvas.show_frames(10, 29)
    drag(canvas, 200, 250, OVERVIEW_Y)
    assert canvas.span == pytest.approx((14.5, 34.5))
    drag(canvas, 350, 400, OVERVIEW_Y)
    assert canvas.span == pytest.approx((14.5, 39.5))
    drag(canvas, 150, 50, OVERVIEW_Y)
    assert canvas.span == pytest.approx((4.5, 39.5))
    mouse(canvas, QEvent.Type.MouseButtonPress, 480, OVERVIEW_Y)
    mouse(canvas, QEvent.Type.MouseButtonRelease, 480, OVERVIEW_Y)
    assert canvas.span == pytest.approx((20.5, 55.5))
    drag(canvas, 210, 9000, OVERVIEW_Y)
    assert canvas.span[1] - canvas.span[0] == pytest.approx(10)
    mouse(canvas, QEvent.Type.MouseButtonDblClick, 100, OVERVIEW_Y)
    assert canvas.span == pytest.approx((-0.5, 55.5))


def test_the_view_follows_the_cursor_and_keeps_its_length(canvas: TimelineCanvas) -> None:
    canvas.show_frames(0, 19)
    canvas.show_position(40)
    low, high = canvas.span
    assert low <= 40 <= high
    assert high - low == pytest.approx(20)
    assert canvas.cursor_line.x() == pytest.approx(canvas.scale_now.pixel(40), abs=1)
    assert canvas.overview_cursor.x() == pytest.approx(405, abs=1)


def test_a_moving_cursor_paints_no_lane_anew(
    canvas: TimelineCanvas, judged: Judged, monkeypatch: pytest.MonkeyPatch
) -> None:
    canvas.show_state(canvas._state.with_judged(judged))
    canvas.viewport().repaint()
    drawn: list[str] = []
    for lane in (*canvas._stack.lanes, canvas.axis, canvas.overview):
        monkeypatch.setattr(lane, "draw", lambda ink, name=lane.name: drawn.append(name))
    for frame in range(0, 50, 7):
        canvas.show_position(frame)
        canvas.viewport().repaint()
    assert drawn == []
    canvas.pan(0.1)
    canvas.zoom(0.5)
    canvas.viewport().repaint()
    assert "score" in drawn
    assert "overview" not in drawn


def test_all_lanes_show_the_same_frames(canvas: TimelineCanvas) -> None:
    canvas.show_frames(10, 29)
    scales = {id(lane._scale) for lane in (*canvas._stack.lanes, canvas.axis)}
    assert scales == {id(canvas.scale_now)}
    assert canvas.scale_now.edges[[0, -1]] == pytest.approx([9.5, 29.5])


def test_a_change_of_axis_keeps_what_is_seen(canvas: TimelineCanvas) -> None:
    canvas.show_frames(10, 29)
    canvas.show_axis(AxisKind.TIME)
    assert canvas.kind is AxisKind.TIME
    assert canvas.span == pytest.approx((9.5 / 12, 29.5 / 12))
    assert canvas.scale_now.edges[[0, -1]] == pytest.approx([9.5, 29.5])
    canvas.zoom(0.001)
    assert canvas.span[1] - canvas.span[0] == pytest.approx(10 / 12)


def test_on_an_axis_of_time_a_click_takes_the_frame_on_screen_then(canvas: TimelineCanvas, qtbot: QtBot) -> None:
    canvas.show_axis(AxisKind.TIME)
    for x, frame in ((1, 0), (38, 3), (40, 4), (49, 4), (558, 55)):
        with qtbot.waitSignal(canvas.seek_asked) as asked:
            mouse(canvas, QEvent.Type.MouseButtonPress, x, LANE_Y)
        assert asked.args == [frame]
        mouse(canvas, QEvent.Type.MouseButtonRelease, x, LANE_Y)
    canvas.show_position(4)
    assert canvas.cursor_line.pos().x() == 40.5
    canvas.show_marks(Marks(10, 19))
    assert canvas.part.ends == pytest.approx((100, 200))


def test_the_marked_part_moves_with_the_lanes(canvas: TimelineCanvas) -> None:
    canvas.show_marks(Marks(10, 19))
    assert canvas.part.ends == pytest.approx((100, 200))
    canvas.show_frames(10, 37)
    assert canvas.part.ends == pytest.approx((0, 200))


def test_lane_axis_and_overview_are_found_under_the_pointer(canvas: TimelineCanvas, qtbot: QtBot) -> None:
    assert canvas.lane_at(3) is canvas.overview
    assert canvas.lane_at(HEAD_HEIGHT - 3) is canvas.axis
    assert canvas.lane_at(LANE_Y) is canvas._stack.lanes[0]
    assert canvas.lane_at(9999) is None
    canvas.show_frames(20, 39)
    for y, frame in ((LANE_Y, 25), (OVERVIEW_Y, 15)):
        with qtbot.waitSignal(canvas.hovered) as told:
            mouse(canvas, QEvent.Type.MouseMove, 155, y, NO_BUTTON)
        assert told.args == [frame, 155]


def test_keys_are_left_to_the_window(canvas: TimelineCanvas, qtbot: QtBot) -> None:
    assert canvas.focusPolicy() is Qt.FocusPolicy.NoFocus
    assert not canvas.acceptDrops()
    assert canvas.viewport().hasMouseTracking()


@pytest.mark.parametrize(("first", "last"), [(0, 55), (10, 29), (3, 14)])
@pytest.mark.parametrize("width", [560, 557, 1001])
def test_a_click_leads_to_the_frame_whose_color_is_under_the_pointer(
    canvas: TimelineCanvas, width: int, first: int, last: int
) -> None:
    lane = next(lane for lane in canvas._stack.lanes if lane.name == "types")
    index = canvas._state.index
    assert index is not None
    is_key = np.arange(len(index)) % 3 == 0
    canvas.resize(width, 400)
    state = TimelineState(theme=LIGHT).with_video(replace(index, is_key=is_key))
    canvas.show_video(state, AxisKind.FRAMES)
    canvas.show_frames(first, last)
    image, asked = canvas.grab().toImage(), []
    canvas.seek_asked.connect(asked.append)
    for x in range(width):
        mouse(canvas, QEvent.Type.MouseButtonPress, x, LANE_Y)
        mouse(canvas, QEvent.Type.MouseButtonRelease, x, LANE_Y)
    y = round(lane.y() + 4)
    assert [image.pixelColor(x, y).name() == LIGHT.accent for x in range(width)] == is_key[asked].tolist()
    assert (asked[0], asked[-1]) == (first, last)


def test_the_cursor_stands_on_its_frame_and_no_two_frames_share_a_place(canvas: TimelineCanvas) -> None:
    canvas.resize(56, 260)
    canvas.show_all()
    places = []
    for frame in range(56):
        canvas.show_position(frame)
        places.append(canvas.cursor_line.x())
    assert places == [frame + 0.5 for frame in range(56)]
    assert canvas.overview_cursor.x() == 55.5


def test_the_part_covers_the_columns_of_its_frames(canvas: TimelineCanvas) -> None:
    canvas.resize(557, 260)
    canvas.show_marks(Marks(7, 9))
    left, right = canvas.part.ends
    frames = canvas.scale_now.frames
    assert [left, right] == [np.flatnonzero(frames == 7)[0], np.flatnonzero(frames == 9)[-1] + 1]
