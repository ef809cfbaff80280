"""Sheets to read: the keyboard shortcuts, and what this program is."""

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from lav_gui import __version__
from lav_gui.resources import resource_path
from lav_gui.ui.actions import shortcut_rows
from lav_gui.ui.colors import LIGHT
from lav_gui.ui.style import UNIT, icon
from lav_gui.ui.wording import say
from model_zoo.weights_record import Weights

COLUMNS = 3
TEXT_WIDTH = 264
METHOD = (
    "Method: Shuai et al., Locate and Verify: A Two-Stream Network for Improved Deepfake Detection, ACM MM 2023, "
    "arXiv 2309.11131; written anew from the description."
)


class Sheet(QDialog):
    """A window-modal sheet with a close button."""

    def __init__(self, parent: QWidget, title: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.body = QVBoxLayout()
        self.body.setSpacing(UNIT)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
        layout.setSpacing(2 * UNIT)
        layout.addLayout(self.body)
        layout.addWidget(buttons)


class ShortcutSheet(Sheet):
    """All keys, by menu."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, say("Keyboard shortcuts"))
        columns = QHBoxLayout()
        columns.setSpacing(4 * UNIT)
        groups = shortcut_rows()
        lengths = [len(rows) + 2 for _, rows in groups]
        share = sum(lengths) / COLUMNS
        grids = [QGridLayout() for _ in range(COLUMNS)]
        filled = 0
        for (title, rows), length in zip(groups, lengths, strict=True):
            _fill(grids[min(int((filled + length / 2) / share), COLUMNS - 1)], title, rows)
            filled += length
        for grid in grids:
            grid.setHorizontalSpacing(2 * UNIT)
            grid.setVerticalSpacing(UNIT // 2)
            grid.setRowStretch(grid.rowCount(), 1)
            columns.addLayout(grid)
        self.body.addLayout(columns)


class AboutSheet(Sheet):
    """Version, licenses, method, and the registered models."""

    def __init__(self, parent: QWidget, weights: tuple[Weights, ...]) -> None:
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
        for text in (
            say(METHOD),
            say("LAV's source is licensed under Apache-2.0. Fonts: SIL Open Font License 1.1. Icons: Apache-2.0."),
            say("Models: {names}", names=", ".join(_model_words(each) for each in weights)),
            say("Shipped files: {folder}", folder=str(resource_path("icons").parent)),
        ):
            label = QLabel(text)
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self.body.addWidget(label)
        self.setMinimumWidth(480)


def _fill(grid: QGridLayout, title: str, rows: list[tuple[str, str]]) -> None:
    row = grid.rowCount()
    heading = QLabel(title)
    heading.setProperty("section", True)
    heading.setContentsMargins(0, UNIT, 0, 0)
    grid.addWidget(heading, row, 0, 1, 2)
    for keys, text in rows:
        row += 1
        name = QLabel(keys)
        name.setProperty("heading", True)
        grid.addWidget(name, row, 0)
        words = QLabel(text)
        words.setWordWrap(True)
        words.setFixedWidth(TEXT_WIDTH)
        grid.addWidget(words, row, 1)


def _model_words(weights: Weights) -> str:
    state = "" if weights.trained else say(", untrained")
    return f"{weights.name} ({weights.architecture}{state}, {weights.license})"
