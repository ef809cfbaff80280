"""What the window shows before a file is open: what to do, and what will happen."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from lav_gui.ui.style import UNIT, current_theme, icon
from lav_gui.ui.wording import say

STEPS = (
    ("Open a video", "Drop it here, or press {key}. The file is only read, never changed."),
    ("Analyze it", "Faces are found and scored in the background; you can look around meanwhile."),
    ("Look where and why", "Follow the curves to the high frames, and see in the face where the network finds traces."),
    ("Report", "Export a PDF that another expert can check."),
)


class EmptyView(QWidget):
    """Explains itself; its buttons open a file or the demo clip, and below them is room for what was open lately."""

    open_asked = Signal()
    demo_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._open_step, self._keys = QLabel(), QLabel()
        self._keys.setProperty("muted", True)
        self._keys.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._recent = QVBoxLayout()
        self._symbol = QLabel()
        self._symbol.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        title = QLabel(say("Drop a video or a case here"))
        font = title.font()
        font.setPointSizeF(font.pointSizeF() * 1.5)
        font.setBold(True)
        title.setFont(font)
        title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        layout = QVBoxLayout(self)
        layout.setSpacing(UNIT)
        layout.addStretch(2)
        layout.addWidget(self._symbol)
        layout.addWidget(title)
        layout.addWidget(_purpose())
        layout.addSpacing(UNIT)
        layout.addLayout(self._buttons())
        layout.addLayout(self._recent)
        layout.addSpacing(3 * UNIT)
        layout.addLayout(self._steps())
        layout.addSpacing(2 * UNIT)
        layout.addWidget(self._keys)
        layout.addStretch(3)
        self.show_open_key("Ctrl+O")
        self.show_help_keys("F1", "Shift+F1")
        self._restyle()

    def show_open_key(self, key: str) -> None:
        """Name the key that opens a file; "" where there is none."""
        without = say("Drop it here. The file is only read, never changed.")
        self._open_step.setText(say(STEPS[0][1], key=key) if key else without)

    def show_help_keys(self, all_keys: str, explain: str) -> None:
        """Name the keys that show all keys, and that explain what is clicked; "" where there is none."""
        sheet = say("{key} shows all keys.", key=all_keys) if all_keys else ""
        what = say("{key}, then a click, explains what is clicked.", key=explain) if explain else ""
        self._keys.setText("  ".join(part for part in (sheet, what) if part))

    def set_recent(self, recent: QWidget) -> None:
        """Put what was open lately under the buttons; the widget hides itself while it has nothing to offer."""
        self._recent.addWidget(recent, 0, Qt.AlignmentFlag.AlignHCenter)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        if event.type() == QEvent.Type.PaletteChange:
            self._restyle()
        super().changeEvent(event)

    def _buttons(self) -> QHBoxLayout:
        opener = QPushButton(say("Open…"))
        opener.setProperty("primary", True)
        opener.clicked.connect(self.open_asked)
        demo = QPushButton(say("Try the demo clip"))
        demo.setToolTip(say("Two people; the left face was swapped. It comes with the program."))
        demo.clicked.connect(self.demo_asked)
        row = QHBoxLayout()
        row.setSpacing(UNIT)
        row.addStretch(1)
        row.addWidget(opener)
        row.addWidget(demo)
        row.addStretch(1)
        return row

    def _steps(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4 * UNIT)
        row.addStretch(1)
        for number, (heading, text) in enumerate(STEPS, start=1):
            column = QVBoxLayout()
            column.setSpacing(UNIT // 2)
            title = QLabel(f"{number}  {say(heading)}")
            title.setProperty("heading", True)
            words = self._open_step if number == 1 else QLabel(say(text))
            words.setProperty("muted", True)
            words.setWordWrap(True)
            words.setFixedWidth(184)
            words.setAlignment(Qt.AlignmentFlag.AlignTop)
            column.addWidget(title)
            column.addWidget(words, 1)
            row.addLayout(column)
        row.addStretch(1)
        return row

    def _restyle(self) -> None:
        self._symbol.setPixmap(icon("drop", current_theme()).pixmap(64, 64))


def _purpose() -> QLabel:
    """What the program is for, in a sentence."""
    words = say("LAV looks for traces of face forgery, shows where they are, and keeps what it finds in a case file.")
    label = QLabel(words)
    label.setProperty("muted", True)
    label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    return label
