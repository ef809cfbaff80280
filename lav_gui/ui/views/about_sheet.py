"""What this program is: versions, licenses, method, and the cards of the registered models."""

from collections.abc import Callable, Sequence
from html import escape

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QBrush, QColor, QTextDocument, QTextLength, QTextOption, QTextTable, QTextTableFormat
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from lav_gui import __version__
from lav_gui.ui.about_facts import components, versions
from lav_gui.ui.colors import LIGHT
from lav_gui.ui.style import UNIT, current_theme, icon
from lav_gui.ui.views.sheets import Sheet
from lav_gui.ui.wording import say
from model_zoo.weights_record import Weights

SIZE = (720, 560)
TABLE_WIDTH = 99
"""Of the tables of a model card, in percent; at 100 they are rounded up to a pixel too much."""
METHOD = (
    "Method: Shuai et al., Locate and Verify: A Two-Stream Network for Improved Deepfake Detection, ACM MM 2023, "
    "arXiv 2309.11131; written anew from the description."
)
LICENSE = (
    "LAV's source is licensed under Apache-2.0, and so are its icons. The fonts are under the SIL Open Font License "
    "1.1, the demo clip under CC BY 4.0. A bundled program that carries x264 and x265 is as a whole under "
    "GPL-3.0-or-later."
)

ReadCard = Callable[[Weights], str]
"""Markdown of the model card of weights."""


class AboutSheet(Sheet):
    """Versions, licenses and model cards, each on a page.

    Parameters
    ----------
    parent : QWidget
    weights : tuple of Weights
        The registered ones.
    read_card : callable
    """

    def __init__(self, parent: QWidget, weights: tuple[Weights, ...], read_card: ReadCard) -> None:
        super().__init__(parent, say("About LAV"))
        symbol = QLabel()
        symbol.setPixmap(icon("lav", LIGHT).pixmap(64, 64))
        title = QLabel(
            f"<b>LAV {escape(__version__)}</b><br>{say('Locate and Verify: examine a video for face forgery')}"
        )
        top = QHBoxLayout()
        top.setSpacing(2 * UNIT)
        top.addWidget(symbol)
        top.addWidget(title, 1)
        self.body.addLayout(top)
        pages = QTabWidget()
        pages.addTab(_page(_text(say(METHOD)), _table([say("Component"), say("Version")], versions())), say("Versions"))
        rows = [(each.name, each.version, each.license) for each in components()]
        headings = [say("Package"), say("Version"), say("License")]
        pages.addTab(_page(_text(say(LICENSE)), _table(headings, rows)), say("Licenses"))
        pages.addTab(CardPage(weights, read_card), say("Models"))
        self.body.addWidget(pages, 1)
        self.resize(*SIZE)


class CardPage(QWidget):
    """Shows the model card of the weights that are chosen."""

    def __init__(self, weights: tuple[Weights, ...], read_card: ReadCard) -> None:
        super().__init__()
        self._weights, self._read_card = weights, read_card
        self._names = QComboBox()
        self._names.setAccessibleName(say("Model"))
        self._names.addItems([_title(each) for each in weights])
        self._card = QTextBrowser()
        self._card.setAccessibleName(say("Model card"))
        self._card.setOpenExternalLinks(True)
        self._card.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout = QVBoxLayout(self)
        layout.setSpacing(UNIT)
        layout.addWidget(self._names)
        layout.addWidget(self._card, 1)
        self._names.currentIndexChanged.connect(self._show)
        self._show(self._names.currentIndex())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_card"):
            self._show(self._names.currentIndex())
        super().changeEvent(event)

    def _show(self, place: int) -> None:
        if place < 0:
            self._card.setPlainText(say("No model is registered; import one: lav models import FILE."))
        else:
            self._card.setMarkdown(self._read_card(self._weights[place]))
            tidy_tables(self._card.document())


def tidy_tables(document: QTextDocument) -> None:
    """Take headings without a word off the tables of a document, and let the tables fill its width with thin lines."""
    for frame in document.rootFrame().childFrames():
        if not isinstance(frame, QTextTable):
            continue
        headings = [frame.cellAt(0, column).firstCursorPosition() for column in range(frame.columns())]
        if frame.rows() > 1 and not any(heading.block().text().strip() for heading in headings):
            frame.removeRows(0, 1)
        form = frame.format().toTableFormat()
        form.setWidth(QTextLength(QTextLength.Type.PercentageLength, TABLE_WIDTH))
        form.setBorderBrush(QBrush(QColor(current_theme().border)))
        form.setBorderStyle(QTextTableFormat.BorderStyle.BorderStyle_Solid)
        form.setBorderCollapse(True)
        form.setCellPadding(UNIT // 2)
        frame.setFormat(form)


def _title(weights: Weights) -> str:
    return weights.name if weights.trained else say("{name}, untrained", name=weights.name)


def _page(*contents: QWidget) -> QWidget:
    page = QWidget()
    layout = QVBoxLayout(page)
    layout.setSpacing(UNIT)
    for content in contents:
        layout.addWidget(content)
    return page


def _text(text: str) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def _table(headings: list[str], rows: Sequence[tuple[str, ...]]) -> QTableWidget:
    table = QTableWidget(len(rows), len(headings))
    table.setAccessibleName(" / ".join(headings))
    table.setHorizontalHeaderLabels(headings)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setTabKeyNavigation(False)
    table.setShowGrid(False)
    table.verticalHeader().hide()
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            item = QTableWidgetItem(text)
            item.setToolTip(text)
            table.setItem(number, column, item)
    header = table.horizontalHeader()
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    for column in range(len(headings) - 1):
        header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
    header.setSectionResizeMode(len(headings) - 1, QHeaderView.ResizeMode.Stretch)
    return table
