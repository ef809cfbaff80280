"""What this program is."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtGui import QTextDocument, QTextTable
from PySide6.QtWidgets import QComboBox, QLabel, QTableWidget, QTabWidget, QTextBrowser, QWidget
from pytestqt.qtbot import QtBot

from lav_gui import __version__
from lav_gui.ui.views.about_sheet import AboutSheet, tidy_tables
from model_zoo.registry import UNTRAINED
from model_zoo.weights_record import Weights


@pytest.fixture
def sheet(qtbot: QtBot) -> Iterator[AboutSheet]:
    parent = QWidget()
    weights = (replace(UNTRAINED, name="lvnet.mine", trained=True), UNTRAINED)
    yield AboutSheet(parent, weights, read)
    parent.deleteLater()


def read(weights: Weights) -> str:
    return f"# Card of {weights.name}\n\nTold **plainly**."


def cells(table: QTableWidget) -> list[str]:
    return [table.item(row, column).text() for row in range(table.rowCount()) for column in range(table.columnCount())]


def test_it_tells_versions_licenses_and_method(sheet: AboutSheet) -> None:
    pages = sheet.findChild(QTabWidget)
    assert [pages.tabText(place) for place in range(pages.count())] == ["Versions", "Licenses", "Models"]
    versions, licenses = sorted(sheet.findChildren(QTableWidget), key=lambda table: table.columnCount())
    assert {"LAV", __version__, "Python", "PySide6", "PyTorch", "PyAV", "libavcodec"} <= set(cells(versions))
    assert {"pyqtgraph", "MIT"} <= set(cells(licenses))
    shown = " ".join(label.text() for label in sheet.findChildren(QLabel))
    for word in (__version__, "Apache-2.0", "GPL-3.0-or-later", "arXiv 2309.11131"):
        assert word in shown


def test_the_card_of_each_model_can_be_read(sheet: AboutSheet) -> None:
    names, card = sheet.findChild(QComboBox), sheet.findChild(QTextBrowser)
    assert [names.itemText(place) for place in range(names.count())] == ["lvnet.mine", "lvnet.untrained, untrained"]
    assert card.toPlainText().startswith("Card of lvnet.mine")
    names.setCurrentIndex(1)
    assert card.toPlainText().startswith("Card of lvnet.untrained")
    assert "**" not in card.toPlainText()


def test_without_a_model_it_says_how_to_get_one(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    assert "lav models import" in AboutSheet(parent, (), read).findChild(QTextBrowser).toPlainText()


def test_tables_of_a_card_lose_headings_without_words_and_fill_the_width() -> None:
    document = QTextDocument()
    document.setMarkdown("|  |  |\n|---|---|\n| crop | 128 |\n\n| a | b |\n|---|---|\n| c | d |\n")
    tidy_tables(document)
    tables = [frame for frame in document.rootFrame().childFrames() if isinstance(frame, QTextTable)]
    assert [table.rows() for table in tables] == [1, 2]
    assert tables[0].cellAt(0, 0).firstCursorPosition().block().text() == "crop"
    assert {table.format().toTableFormat().width().rawValue() for table in tables} == {99}
