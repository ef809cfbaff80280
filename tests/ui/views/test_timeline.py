"""The timeline as a whole: seek, marks, folds, moves, axis, comparison."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from lav_gui.media.reader import VideoReader
from lav_gui.records import FrameIndex
from lav_gui.ui.colors import DARK
from lav_gui.ui.style import apply_theme
from lav_gui.ui.viewmodels.lanes.tracks import lines_of
from lav_gui.ui.viewmodels.results import Judged
from lav_gui.ui.viewmodels.second_run import SecondRun
from lav_gui.ui.viewmodels.selection import Marks
from lav_gui.ui.views.lane_headers import GUTTER
from lav_gui.ui.views.lanes.base import FOLDED
from lav_gui.ui.views.lanes.stack import LANES
from lav_gui.ui.views.timeline import TimelineView
from lav_gui.ui.views.timeline_canvas import HEAD_HEIGHT


@pytest.fixture
def index(demo_clip: Path) -> FrameIndex:
    with VideoReader(demo_clip) as reader:
        return reader.index


@pytest.fixture
def view(qtbot: QtBot, index: FrameIndex) -> Iterator[TimelineView]:
    made = TimelineView()
    made.resize(900, 260)
    made.show()
    with qtbot.waitExposed(made):
        made.show_video(index)
    yield made
    made.close()
    made.deleteLater()


def place(view: TimelineView, frame: float) -> QPoint:
    scale = view.canvas.scale_now
    return QPoint(round(scale.pixel(frame) * view.canvas.width() / scale.columns), HEAD_HEIGHT + 30)


def names(view: TimelineView) -> list[str]:
    return [lane.name for lane in view.lanes]


def test_it_has_the_lanes_of_the_list(view: TimelineView) -> None:
    assert [type(lane) for lane in view.lanes] == list(LANES)


def test_a_click_seeks_the_frame_under_it(view: TimelineView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.seek_asked, timeout=2000) as asked:
        qtbot.mouseClick(view.canvas.viewport(), Qt.MouseButton.LeftButton, pos=place(view, 30))
    assert asked.args == [30]


def test_the_pointer_is_told_from_the_left_end_of_the_whole_view(view: TimelineView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.hovered) as told:
        qtbot.mouseMove(view.canvas.viewport(), place(view, 12))
    assert told.args == [12, place(view, 12).x() + GUTTER]
    with qtbot.waitSignal(view.hovered) as told:
        view.canvas.leaveEvent(QEvent(QEvent.Type.Leave))
    assert told.args == [-1, 0]


def test_four_lanes_have_room_in_the_smallest_view(view: TimelineView, judged: Judged) -> None:
    view.show_judged(judged)
    view.resize(900, view.minimumHeight())
    whole = [lane for lane in view.lanes if lane.y() + lane.height <= view.height()]
    assert len(whole) >= 4


def test_marks_shade_the_part_between_them(view: TimelineView) -> None:
    view.show_marks(Marks(10, None))
    assert view.canvas.part.isVisible()
    left, right = view.canvas.part.ends
    assert left == pytest.approx(place(view, 9.5).x(), abs=1)
    assert right == pytest.approx(place(view, 55.5).x(), abs=1)
    view.show_marks(Marks())
    assert not view.canvas.part.isVisible()


def test_results_are_described_in_words_too(view: TimelineView, judged: Judged) -> None:
    assert view.accessibleDescription() == "No results yet"
    view.show_judged(judged)
    view.show_selected(1)
    assert view.accessibleDescription() == "2 faces, 1 spans that stay high"


def test_it_follows_the_theme(view: TimelineView, qapp: QApplication, judged: Judged) -> None:
    view.show_judged(judged)
    apply_theme(qapp, DARK)
    assert view.canvas.backgroundBrush().color().name() == DARK.plot
    assert view.grab().toImage().pixelColor(500, view.height() - 2).name() != "#ffffff"


def test_a_header_folds_its_lane_and_says_so(view: TimelineView, qtbot: QtBot) -> None:
    lane = view.lanes[0]
    before = lane.height
    with qtbot.waitSignal(view.unfolded_changed) as told:
        view.header(lane).click()
    assert "score" not in told.args[0]
    assert (lane.height, view.header(lane).height()) == (FOLDED, FOLDED)
    assert view.header(lane).accessibleName().endswith(", folded")
    view.header(lane).click()
    assert lane.height == pytest.approx(before, abs=2)


def test_lanes_move_by_keys_and_by_the_mouse(view: TimelineView, qtbot: QtBot) -> None:
    score, faces = view.lanes[:2]
    qtbot.keyClick(view.header(score), Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert names(view)[:2] == ["faces", "score"]
    assert view.header(score).y() > view.header(faces).y()
    view.header(score).dragged.emit(0)
    assert names(view)[:2] == ["score", "faces"]
    view.header(score).dragged.emit(10_000)
    assert names(view)[-1] == "score"
    view.header(score).reset_asked.emit()
    assert [type(lane) for lane in view.lanes] == list(LANES)


def test_all_others_can_be_folded(view: TimelineView) -> None:
    view.header(view.lanes[2]).others_asked.emit()
    assert [lane.folded for lane in view.lanes].count(False) == 1
    assert not view.lanes[2].folded


def test_order_folds_and_axis_are_kept(view: TimelineView, qtbot: QtBot) -> None:
    view.header(view.lanes[0]).moved.emit(1)
    view.header(view.lanes[0]).click()
    view.set_in_time(True)
    kept = view.layout_state()
    assert json.loads(kept)["order"] == names(view)
    other = TimelineView()
    qtbot.addWidget(other)
    with qtbot.waitSignal(other.axis_asked) as asked:
        other.restore_layout(kept)
    assert asked.args == [True]
    assert names(other) == names(view)
    assert other.lanes[0].folded


def test_more_lanes_than_room_can_be_scrolled(view: TimelineView) -> None:
    view.resize(900, 190)
    last = view.lanes[-1]
    assert not last.isVisible()
    view._scroll.setValue(view._scroll.maximum())
    assert last.isVisible()
    assert view.header(last).y() + view.header(last).height() <= view.height() - HEAD_HEIGHT + 1


def test_a_header_that_the_tab_key_leads_to_is_scrolled_into_sight(view: TimelineView) -> None:
    view.resize(900, 200)
    last, first = view.header(view.lanes[-1]), view.header(view.lanes[0])
    assert last.visibleRegion().isEmpty()
    for header in (last, first):
        header.setFocus(Qt.FocusReason.TabFocusReason)
        assert header.parentWidget().rect().contains(header.geometry())


def test_the_axis_can_count_time(view: TimelineView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.axis_asked) as asked:
        view._axis_button.click()
    assert asked.args == [True]
    seen = view.canvas.scale_now.frame_at(0), view.canvas.scale_now.frame_at(view.canvas.width())
    view.set_in_time(True)
    assert view.in_time
    assert (view.canvas.scale_now.frame_at(0), view.canvas.scale_now.frame_at(view.canvas.width())) == seen
    assert view.canvas.span[1] == pytest.approx(56 / 12, abs=0.05)


def test_zoom_goes_to_the_marked_part_else_to_the_selected_face(view: TimelineView, judged: Judged) -> None:
    view.show_selection()
    assert view.canvas.span == pytest.approx((-0.5, 55.5))
    view.zoom_in()
    assert view.canvas.span[1] - view.canvas.span[0] == pytest.approx(28)
    view.zoom_out()
    view.show_marks(Marks(20, 40))
    view.show_selection()
    assert view.canvas.span == pytest.approx((19.5 - 1.05, 40.5 + 1.05))
    view.show_marks(Marks())
    view.show_judged(judged)
    view.show_selected(1)
    view.show_selection()
    assert view.canvas.span == pytest.approx((-0.5, 55.5))
    view.show_marks(Marks(20, 40))
    view.show_all()
    assert view.canvas.span == pytest.approx((-0.5, 55.5))


def test_frames_in_memory_are_drawn_on_the_axis(view: TimelineView) -> None:
    view.show_cached(((0, 9), (30, 39)))
    assert view.canvas.axis.cached.first.tolist() == [0, 30]
    shot = view.canvas.grab().toImage()
    line = [shot.pixelColor(place(view, frame).x(), HEAD_HEIGHT - 1) for frame in (5, 20, 35)]
    assert line[0] == line[2] != line[1]


def test_other_runs_can_be_laid_over(view: TimelineView, qtbot: QtBot, judged: Judged) -> None:
    combo = view.findChild(QComboBox)
    assert combo.isHidden()
    view.show_second_choices(((3, "run 3: other"),), None)
    assert not combo.isHidden()
    combo.setCurrentIndex(1)
    with qtbot.waitSignal(view.second_asked) as asked:
        combo.activated.emit(1)
    assert asked.args == [3]
    view.show_second_choices(((3, "run 3: other"),), 3)
    assert combo.currentText() == "run 3: other"
    view.show_second(SecondRun(3, "run 3: other", lines_of(judged.verdict)))
    assert "run 3" in view.header(view.lanes[0]).accessibleName()


def test_what_comes_from_elsewhere_reaches_its_lane(view: TimelineView, judged: Judged) -> None:
    view.show_judged(judged)
    view.show_content(None)
    view.show_wave(None)
    view.show_notes(())
    assert all(lane.state.judged is judged for lane in view.lanes)
    view.show_video(None)
    assert view.canvas.overview.state.index is None
    assert not view.canvas.cursor_line.isVisible()
