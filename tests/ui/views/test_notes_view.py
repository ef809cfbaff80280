"""The table of notes, and what it says while there are none."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QToolButton
from pytestqt.qtbot import QtBot

from lav_gui.session.notes import NoteCategory
from lav_gui.ui.viewmodels.desk import Desk
from lav_gui.ui.viewmodels.notes import NoteColumn, NoteDraft
from lav_gui.ui.views.notes_view import NotesView


@pytest.fixture
def view(qtbot: QtBot, opened: Desk) -> NotesView:
    with qtbot.waitSignal(opened.notes.changed, timeout=5000):
        opened.notes.add(NoteDraft(20, 30, NoteCategory.ARTIFACT, text="The edge flickers."))
    opened.notes.add(NoteDraft(5))
    made = NotesView(opened.notes)
    qtbot.addWidget(made)
    made.resize(600, 300)
    made.show()
    return made


def frames(view: NotesView) -> list[str]:
    model = view.table.model()
    return [model.index(row, NoteColumn.FRAMES).data() for row in range(model.rowCount())]


def test_it_lists_notes_by_frame_and_sorts_them_otherwise_too(view: NotesView) -> None:
    assert frames(view) == ["5", "20–30"]
    view.table.sortByColumn(NoteColumn.TEXT, Qt.SortOrder.DescendingOrder)
    assert frames(view) == ["20–30", "5"]


def test_a_double_click_goes_there(view: NotesView, qtbot: QtBot) -> None:
    table = view.table
    place = table.visualRect(table.model().index(1, NoteColumn.TEXT)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    with qtbot.waitSignal(view.note_entered, timeout=1000) as told:
        qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert told.args == [1]


def test_a_click_picks_a_note_and_showing_one_does_not(view: NotesView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.note_picked, timeout=1000) as told:
        view.table.selectRow(0)
    assert told.args == [2]
    with qtbot.assertNotEmitted(view.note_picked):
        view.show_selected(1)
    assert [index.row() for index in view.table.selectionModel().selectedRows()] == [1]
    view.show_selected(None)
    assert view.table.selectionModel().selectedRows() == []


def test_its_keys_go_before_those_of_the_window(view: NotesView, qtbot: QtBot) -> None:
    pressed: list[str] = []
    action = QAction("Leave out", view)
    action.setShortcut("Delete")
    action.triggered.connect(lambda: pressed.append("window"))
    view.addAction(action)
    view.note_picked.connect(view.show_selected)
    view.table.setFocus()
    view.table.selectRow(0)
    with qtbot.waitSignal(view.delete_asked, timeout=1000):
        qtbot.keyClick(view.table, Qt.Key.Key_Delete)
    with qtbot.waitSignal(view.edit_asked, timeout=1000):
        qtbot.keyClick(view.table, Qt.Key.Key_F2)
    with qtbot.waitSignal(view.copy_asked, timeout=1000):
        qtbot.keyClick(view.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(view.note_entered, timeout=1000) as told:
        qtbot.keyClick(view.table, Qt.Key.Key_Return)
    assert told.args == [2]
    assert pressed == []


def test_without_notes_it_says_how_to_add_one(opened: Desk, qtbot: QtBot) -> None:
    view = NotesView(opened.notes)
    qtbot.addWidget(view)
    view.show()
    (hint,) = [label for label in view.findChildren(QLabel) if label.isVisible()]
    assert hint.text() == (
        "No notes yet. Press N to write a note on this frame, or on the marked part. Shift+M drops a marker at once."
    )
    view.show_add_keys("Ctrl+N", "")
    assert hint.text().endswith("Press Ctrl+N to write a note on this frame, or on the marked part.")
    with qtbot.waitSignal(opened.notes.changed, timeout=5000):
        opened.notes.add(NoteDraft(1))
    assert view.table.isVisible()
    assert not hint.isVisible()


def test_actions_are_offered_above_and_by_the_right_button(view: NotesView) -> None:
    edit, delete = QAction("Edit"), QAction("Delete")
    view.set_actions([edit, delete], [delete])
    assert [button.defaultAction() for button in view.findChildren(QToolButton)][:2] == [edit, delete]
    menu = view.menu_at(view.table.visualRect(view.table.model().index(0, 0)).center())
    assert menu is not None
    assert menu.actions() == [delete]
    menu.deleteLater()
    assert view.menu_at(QPoint(10, 290)) is None


def test_a_narrow_panel_shows_what_matters(view: NotesView) -> None:
    view.resize(260, 300)
    assert not view.table.isColumnHidden(NoteColumn.TEXT)
    assert view.table.isColumnHidden(NoteColumn.AUTHOR)
    view.resize(700, 300)
    assert not view.table.isColumnHidden(NoteColumn.AUTHOR)
