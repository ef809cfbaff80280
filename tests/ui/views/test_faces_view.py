"""The table of faces on screen."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from lav_gui.ui.colors import face_color
from lav_gui.ui.viewmodels.faces import TRACK_ROLE, Column, FacesModel
from lav_gui.ui.viewmodels.results import Judged
from lav_gui.ui.viewmodels.thumbs import Thumb
from lav_gui.ui.views.faces_view import FacesView


@pytest.fixture
def model(judged: Judged) -> FacesModel:
    made = FacesModel()
    made.show(judged)
    return made


@pytest.fixture
def view(qtbot: QtBot, model: FacesModel) -> Iterator[FacesView]:
    made = FacesView(model)
    made.resize(240, 160)
    made.show()
    with qtbot.waitExposed(made):
        pass
    yield made
    made.close()
    made.deleteLater()


def order(view: FacesView) -> list[int]:
    shown = view.model()
    return [shown.data(shown.index(row, 0), TRACK_ROLE) for row in range(shown.rowCount())]


def test_a_click_picks_the_face(view: FacesView, qtbot: QtBot) -> None:
    cell = view.visualRect(view.model().index(1, Column.SCORE)).center()
    with qtbot.waitSignal(view.face_picked) as picked:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=cell)
    assert picked.args == [2]


def test_it_sorts_by_score(view: FacesView) -> None:
    view.sortByColumn(Column.SCORE, Qt.SortOrder.AscendingOrder)
    assert order(view) == [2, 1]
    view.sortByColumn(Column.SCORE, Qt.SortOrder.DescendingOrder)
    assert order(view) == [1, 2]


def test_a_selection_from_elsewhere_is_shown_and_not_told_back(view: FacesView, qtbot: QtBot) -> None:
    view.sortByColumn(Column.SCORE, Qt.SortOrder.AscendingOrder)
    with qtbot.assertNotEmitted(view.face_picked):
        view.show_selected(2)
    (row,) = view.selectionModel().selectedRows()
    assert row.row() == 0
    with qtbot.assertNotEmitted(view.face_picked):
        view.show_selected(None)
    assert view.selectionModel().selectedRows() == []


def test_the_selection_outlives_new_rows(view: FacesView, model: FacesModel, judged: Judged) -> None:
    view.show_selected(2)
    model.show(None)
    model.show(judged)
    assert [int(row.data(TRACK_ROLE)) for row in view.selectionModel().selectedRows()] == [2]


def test_more_room_shows_more_columns(view: FacesView) -> None:
    assert view.isColumnHidden(Column.SPAN)
    assert not view.isColumnHidden(Column.SCORE)
    view.resize(700, 160)
    assert not view.isColumnHidden(Column.SPAN)


def test_a_double_click_enters_the_face(view: FacesView, qtbot: QtBot) -> None:
    cell = view.visualRect(view.model().index(0, Column.SCORE)).center()
    with qtbot.waitSignal(view.face_entered) as entered:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=cell)
        qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=cell)
    assert entered.args == [1]


def test_the_right_button_offers_actions_on_a_face(view: FacesView) -> None:
    action = QAction("Split", view)
    view.set_menu([action])
    menu = view.menu_at(view.visualRect(view.model().index(0, 0)).center())
    assert menu is not None
    assert menu.actions() == [action]
    menu.deleteLater()
    assert view.menu_at(view.rect().bottomRight()) is None


def test_a_row_shows_the_picture_of_its_face(view: FacesView, model: FacesModel) -> None:
    def greens() -> int:
        image = view.grab().toImage()
        found = (image.pixelColor(x, y) for x in range(10, 90) for y in range(25, 90))
        return sum((each.red(), each.green(), each.blue()) == (0, 255, 0) for each in found)

    assert greens() == 0
    model.show_thumb(Thumb(1, 4, np.full((96, 96, 3), (0, 255, 0), np.uint8)))
    assert greens() > 900


def test_the_line_of_a_selected_face_is_still_its_own(view: FacesView) -> None:
    view.show_selected(1)
    image = view.grab().toImage()
    found = {image.pixelColor(x, y).name() for x in range(view.width()) for y in range(view.height())}
    assert face_color(1).lower() in found
