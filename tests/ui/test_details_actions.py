"""The details of a case through the window, and back by undo."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QDialogButtonBox, QLineEdit
from pytestqt.qtbot import QtBot

from lav_gui.errors import SessionError
from lav_gui.session.case import Case
from lav_gui.ui.main_window import MainWindow
from lav_gui.ui.viewmodels.desk import Desk
from lav_gui.ui.viewmodels.notes import NoteDraft
from lav_gui.ui.views.details_dialog import DetailsDialog


@pytest.fixture
def window(qtbot: QtBot, make_window: Callable[..., MainWindow], opened: Desk) -> MainWindow:
    """A window on a video whose case is there."""
    with qtbot.waitSignal(opened.notes.changed, timeout=5000):
        opened.notes.add(NoteDraft(1))
    return make_window(opened)


def case_of(desk: Desk) -> Case:
    case = desk.casefile.case
    assert case is not None
    return case


def write(window: MainWindow, **values: str) -> None:
    window.named_actions["file.details"].trigger()
    (sheet,) = [each for each in window.findChildren(DetailsDialog) if each.isVisible()]
    for line in sheet.findChildren(QLineEdit):
        name = line.accessibleName().replace(" ", "_").lower()
        line.setText(values.get(name, line.text()))
    sheet.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Save).click()


def test_details_are_written_logged_and_undone(window: MainWindow, opened: Desk) -> None:
    write(window, examiner="A. Nguyen", exhibit_number="X-7")
    case = case_of(opened)
    assert (case.details().examiner, case.evidence(1).exhibit_number) == ("A. Nguyen", "X-7")
    assert [entry.action for entry in case.audit_log()][-2:] == ["case.details", "evidence.exhibit_number"]
    assert window.named_actions["edit.undo"].text() == "Undo: change exhibit number"
    opened.history.undo()
    opened.history.undo()
    assert (case.details().examiner, case.evidence(1).exhibit_number) == ("", "")


def test_what_did_not_change_leaves_no_entry(window: MainWindow, opened: Desk) -> None:
    count = len(case_of(opened).audit_log())
    write(window)
    assert len(case_of(opened).audit_log()) == count


def test_a_case_that_cannot_be_written_is_told(
    window: MainWindow, opened: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise SessionError("The disk is full; free some space.")

    monkeypatch.setattr(Case, "set_details", fail)
    write(window, examiner="A")
    assert opened.messages.shown[-1].text == "The disk is full; free some space."


def test_there_are_no_details_without_a_case(opened: Desk, make_window: Callable[..., MainWindow]) -> None:
    assert not make_window(opened).named_actions["file.details"].isEnabled()
