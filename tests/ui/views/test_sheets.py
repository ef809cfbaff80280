"""Sheets to read."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from lav_gui import __version__
from lav_gui.ui.action_table import ACTIONS
from lav_gui.ui.views.sheets import AboutSheet, Sheet, ShortcutSheet
from model_zoo.registry import UNTRAINED


@pytest.fixture
def parent(qtbot: QtBot) -> Iterator[QWidget]:
    made = QWidget()
    yield made
    made.deleteLater()


def texts(sheet: Sheet) -> list[str]:
    return [label.text() for label in sheet.findChildren(QLabel)]


def test_the_sheet_of_keys_holds_every_action_with_a_key(parent: QWidget) -> None:
    shown = texts(ShortcutSheet(parent))
    assert all(spec.hint in shown for spec in ACTIONS if spec.keys)
    assert "Space" in shown


def test_the_sheet_fits_a_small_screen(parent: QWidget) -> None:
    size = ShortcutSheet(parent).sizeHint()
    assert size.width() <= 1280
    assert size.height() <= 680


def test_about_tells_version_license_method_and_models(parent: QWidget) -> None:
    shown = " ".join(texts(AboutSheet(parent, (UNTRAINED,))))
    for word in (__version__, "Apache-2.0", "arXiv 2309.11131", "lvnet.untrained", "untrained"):
        assert word in shown


def test_a_sheet_closes_by_its_button(parent: QWidget, qtbot: QtBot) -> None:
    sheet = AboutSheet(parent, ())
    sheet.open()
    with qtbot.waitSignal(sheet.finished):
        sheet.findChild(QDialogButtonBox).rejected.emit()
