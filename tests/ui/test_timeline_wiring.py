"""The timeline and the tables meet the desk."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from lav_gui.session.notes import NoteCategory
from lav_gui.ui.main_window import MainWindow
from lav_gui.ui.viewmodels.desk import Desk
from lav_gui.ui.viewmodels.notes import NoteDraft
from lav_gui.ui.viewmodels.result_tables import PLACE_ROLE
from tests.ui.conftest import is_judged


@pytest.fixture
def desk(make_desk: Callable[..., Desk], analysis: object) -> Desk:
    return make_desk(analysis)


@pytest.fixture
def window(qtbot: QtBot, make_window: Callable[..., MainWindow], desk: Desk, demo_clip: Path) -> MainWindow:
    made = make_window(desk)
    with qtbot.waitSignal(desk.analysis.finished, timeout=15_000):
        desk.open(demo_clip, analyze=True)
    qtbot.waitUntil(lambda: is_judged(desk), timeout=5000)
    return made


def test_what_is_judged_is_in_lanes_and_tables(window: MainWindow, desk: Desk) -> None:
    timeline = window.views.timeline
    assert all(lane.state.judged is desk.results.judged for lane in timeline.lanes)
    assert [view.model().rowCount() for view in window.views.tables.tables] == [1, 2]
    desk.selection.select(2)
    assert timeline.lanes[0].state.selected == 2


def test_at_1280_by_720_overview_and_four_lanes_are_whole(window: MainWindow, qtbot: QtBot) -> None:
    window.showNormal()
    window.resize(1280, 720)
    timeline = window.views.timeline
    qtbot.waitUntil(lambda: window.height() == 720 and timeline.height() >= timeline.minimumHeight(), timeout=5000)
    whole = [lane for lane in timeline.lanes if lane.y() + lane.height <= timeline.height()]
    assert len(whole) >= 4


def test_seeking_moves_the_cursor_and_a_click_seeks(window: MainWindow, desk: Desk) -> None:
    timeline = window.views.timeline
    timeline.seek_asked.emit(20)
    assert desk.playback.position == 20
    scale = timeline.canvas.scale_now
    expected = scale.pixel(20) * timeline.canvas.width() / scale.columns
    assert timeline.canvas.cursor_line.x() == pytest.approx(expected, abs=1)


def test_a_part_that_is_drawn_is_marked(window: MainWindow, desk: Desk) -> None:
    for part in ((10, 20), (30, 40), (5, 8)):
        window.views.timeline.part_asked.emit(*part)
        assert (desk.selection.marks.first, desk.selection.marks.last) == part


def test_a_row_of_a_table_drives_the_timeline(window: MainWindow, desk: Desk) -> None:
    tables = window.views.tables
    place = tables.tables[0].model().index(0, 0).data(PLACE_ROLE)
    desk.playback.seek(50)
    tables.place_asked.emit(place)
    assert (desk.playback.position, desk.selection.track) == (place.first, place.track_id)
    tables.peak_asked.emit(place)
    assert desk.playback.position == place.peak


def test_the_end_of_a_way_is_told(window: MainWindow, desk: Desk) -> None:
    desk.playback.seek(50)
    desk.navigation.segment(1)
    assert desk.messages.shown[-1].text == "No further span that stays high."


def test_notes_are_marked_on_it(window: MainWindow, desk: Desk) -> None:
    desk.notes.add(NoteDraft(12, 20, NoteCategory.ARTIFACT, "#D55E00", "here"))
    lane = next(lane for lane in window.views.timeline.lanes if lane.name == "notes")
    assert lane.told(15) == "Artifact: here"


def test_unfolding_a_lane_looks_for_what_it_shows(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    timeline = window.views.timeline
    lane = next(lane for lane in timeline.lanes if lane.name == "content")
    assert lane.folded
    with qtbot.waitSignal(desk.content.changed, timeout=15_000):
        timeline.header(lane).click()
    qtbot.waitUntil(lambda: not desk.content.is_looking, timeout=15_000)
    assert "0 cuts" in lane.subtitle()


def test_folds_and_order_are_kept_with_the_window(window: MainWindow, desk: Desk, tmp_path: Path) -> None:
    timeline = window.views.timeline
    timeline.header(timeline.lanes[0]).click()
    timeline.header(timeline.lanes[0]).moved.emit(2)
    window.close()
    kept = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    assert kept.value("lanes") == timeline.layout_state()
