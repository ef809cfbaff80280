"""The list of videos: picking, dropping, columns, drawing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QLabel, QMenu, QStyle, QToolButton
from pytestqt.qtbot import QtBot

from lav_gui.records import VerdictState
from lav_gui.ui.viewmodels.videos import VideoColumn, VideoRow, VideosModel, VideoState, state_words
from lav_gui.ui.views.videos_view import WIDTHS, VideosTable, VideosView

ROWS = (
    VideoRow(1, "a.mp4", VideoState.DONE, is_shown=True, faces=2, verdict=VerdictState.LIKELY_FAKE),
    VideoRow(2, "b.mp4", VideoState.RUNNING, fraction=0.5),
    VideoRow(None, "c.mp4", VideoState.READING, fraction=0.1),
)


@pytest.fixture
def model() -> VideosModel:
    return VideosModel()


@pytest.fixture
def view(qtbot: QtBot, model: VideosModel) -> Iterator[VideosView]:
    made = VideosView(model, QLabel("queue"))
    made.resize(560, 300)
    made.show()
    model.show(ROWS)
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def table(view: VideosView) -> VideosTable:
    return view.table


def selected(table: VideosTable) -> list[int]:
    return [index.row() for index in table.selectionModel().selectedRows()]


def test_the_video_on_screen_is_highlighted(table: VideosTable, model: VideosModel) -> None:
    assert selected(table) == [0]
    model.show((VideoRow(1, "a.mp4", VideoState.DONE), VideoRow(2, "b.mp4", VideoState.NEW, is_shown=True)))
    assert selected(table) == [1]
    model.show(())
    assert selected(table) == []


def test_a_click_or_enter_picks_a_video_of_the_case(qtbot: QtBot, table: VideosTable) -> None:
    picked: list[int] = []
    table.picked.connect(picked.append)
    for row in (1, 2):
        place = table.visualRect(table.model().index(row, VideoColumn.NAME)).center()
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert picked == [2]
    table.setCurrentIndex(table.model().index(0, 0))
    table.activated.emit(table.currentIndex())
    assert picked == [2, 1]


def test_files_that_are_dropped_are_asked_to_be_added(table: VideosTable) -> None:
    dropped: list[tuple[Path, ...]] = []
    table.dropped.connect(dropped.append)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/v/x.mp4"), QUrl("https://example.org/a.mp4"), QUrl.fromLocalFile("/v/y.mp4")])
    action, button, key = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), action, data, button, key)
    enter.ignore()
    table.dragEnterEvent(enter)
    assert enter.isAccepted()
    table.dropEvent(QDropEvent(QPointF(5, 5), action, data, button, key))
    assert dropped == [(Path("/v/x.mp4"), Path("/v/y.mp4"))]


@pytest.mark.parametrize(("width", "columns"), [(240, 2), (320, 3), (560, 4)])
def test_it_shows_as_many_columns_as_there_is_room_for(view: VideosView, width: int, columns: int) -> None:
    view.resize(width, 300)
    view.grab()
    assert sum(not view.table.isColumnHidden(column) for column in VideoColumn) == columns
    assert not view.table.isColumnHidden(VideoColumn.NAME)


def test_progress_and_the_symbol_of_a_verdict_are_drawn(view: VideosView, model: VideosModel) -> None:
    before = view.grab().toImage()
    model.show((ROWS[0], VideoRow(2, "b.mp4", VideoState.RUNNING, fraction=0.9), ROWS[2]))
    assert view.grab().toImage() != before
    verdict = view.table.visualRect(model.index(0, VideoColumn.VERDICT))
    plain = view.table.grab().toImage()
    model.show(
        (VideoRow(1, "a.mp4", VideoState.DONE, is_shown=True, faces=2, verdict=VerdictState.LIKELY_REAL), *ROWS[1:])
    )
    assert verdict.width() > 0
    assert view.table.grab().toImage() != plain


def test_an_empty_list_says_what_to_do(view: VideosView, model: VideosModel) -> None:
    model.show(())
    image = view.table.viewport().grab().toImage()
    assert len({image.pixel(x, y) for x in range(0, image.width(), 2) for y in range(image.height())}) > 1


def test_actions_stand_above_it_and_in_its_menu(view: VideosView) -> None:
    action = QAction("Add &videos…", view)
    view.set_actions([action], [action])
    assert [button.accessibleName() for button in view.findChildren(QToolButton)] == ["Add videos…"]
    place = view.table.visualRect(view.table.model().index(0, 0)).center()
    menu = view.table.menu_at(place)
    assert isinstance(menu, QMenu)
    assert menu.actions() == [action]
    menu.deleteLater()
    assert view.table.menu_at(QPoint(5, 5000)) is None


@pytest.mark.parametrize("state", VideoState)
def test_the_column_of_states_has_room_for_each_of_them(table: VideosTable, state: VideoState) -> None:
    words = state_words(VideoRow(1, "a.mp4", state, fraction=1.0, place=99))
    margins = 2 * (table.style().pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin) + 1)
    assert table.fontMetrics().horizontalAdvance(words) + margins <= WIDTHS[VideoColumn.STATE]
