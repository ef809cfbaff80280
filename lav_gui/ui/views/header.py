"""The right end of the tool bar: which file, what the analysis is doing, how long it still takes."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QSizePolicy, QToolButton, QWidget

from lav_gui.records import Evidence
from lav_gui.ui.style import UNIT, current_theme, figures, icon
from lav_gui.ui.viewmodels.analysis import AnalysisModel, AnalysisState
from lav_gui.ui.viewmodels.document import Video
from lav_gui.ui.wording import duration, say, short_clock, size

SMALLEST_LABEL = 48


class ElidedLabel(QLabel):
    """A label with an ellipsis where there is too little room; the tool tip tells all.

    Parameters
    ----------
    wants_room : bool
        It asks for as much room as its text needs, and takes less; otherwise it takes what others leave.
    mode : Qt.TextElideMode
        Where the ellipsis stands.
    """

    def __init__(self, *, wants_room: bool = False, mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight) -> None:
        super().__init__()
        self._mode = mode
        wide = QSizePolicy.Policy.Preferred if wants_room else QSizePolicy.Policy.Ignored
        self.setSizePolicy(wide, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        """A few letters."""
        return QSize(SMALLEST_LABEL if self.text() else 0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  Qt's signature
        """Paint as much of the text as there is room for."""
        painter = QPainter(self)
        text = self.fontMetrics().elidedText(self.text(), self._mode, self.width())
        painter.drawText(self.rect(), self.alignment(), text)
        painter.end()


class HeaderView(QWidget):
    """File name on the left, progress on the right, with a button to stop what can be stopped."""

    stop_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._name = ElidedLabel(wants_room=True, mode=Qt.TextElideMode.ElideMiddle)
        self._name.setProperty("heading", True)
        self._facts = ElidedLabel()
        self._facts.setProperty("muted", True)
        self._state = ElidedLabel(wants_room=True)
        self._state.setFont(figures(self._state.font()))
        self._state.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(160)
        self._bar.setAccessibleName(self.tr("Progress of the analysis"))
        self._stop = QToolButton()
        self._stop.setIcon(icon("stop", current_theme()))
        self._stop.setAccessibleName(say("Stop what is shown here"))
        self._stop.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._stop.clicked.connect(self.stop_asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(UNIT, 0, UNIT, 0)
        row.setSpacing(UNIT)
        row.addWidget(self._name)
        row.addWidget(self._facts, 1)
        row.addWidget(self._state)
        row.addWidget(self._bar)
        row.addWidget(self._stop)
        self.show_progress("", None, busy=False)

    def show_file(self, name: str, facts: str) -> None:
        """Show the name and main facts of the open file."""
        self._name.setText(name)
        self._name.setToolTip(name)
        self._facts.setText(facts)
        self._facts.setToolTip(facts)

    def show_progress(self, text: str, fraction: float | None, *, busy: bool, stop: str = "") -> None:
        """Show how far something is; without a fraction the bar runs to and fro.

        `stop` says what the button that stops it does; without it there is none.
        """
        self._state.setText(text)
        self._state.setToolTip(text)
        self._bar.setVisible(busy)
        if fraction is None:
            self._bar.setRange(0, 0)
        else:
            self._bar.setRange(0, 1000)
            self._bar.setValue(round(fraction * 1000))
        self._bar.setAccessibleDescription(text)
        self._stop.setVisible(busy and bool(stop))
        if stop:
            self._stop.setToolTip(stop)
            self._stop.setAccessibleName(stop)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_stop"):
            self._stop.setIcon(icon("stop", current_theme()))
        super().changeEvent(event)


def file_words(video: Video | None, evidence: Evidence | None) -> tuple[str, str]:
    """Name and main facts of the open file."""
    if video is None:
        return "", ""
    info = video.info
    facts = [f"{info.width}×{info.height}", info.codec, say("{count} frames", count=len(video.index))]
    if info.duration_seconds > 0:
        facts.append(short_clock(info.duration_seconds, tenths=True))
    if info.is_vfr:
        facts.append(say("variable rate"))
    if info.rotation_degrees:
        facts.append(say("turned by {degrees}°", degrees=info.rotation_degrees))
    if evidence is not None:
        facts += [size(evidence.bytes), f"SHA-256 {evidence.hashes.sha256[:12]}…"]
    return video.path.name, " · ".join(facts)


def progress_words(analysis: AnalysisModel) -> str:
    """What an analysis is doing, in words; empty when it does nothing."""
    if analysis.state is AnalysisState.CANCELLING:
        return say("Stopping…")
    if analysis.state is AnalysisState.PREPARING:
        return say("Preparing…") if analysis.stage is None else f"{say(analysis.stage.text)}…"
    if analysis.state is not AnalysisState.RUNNING:
        return ""
    percent = round(100 * (analysis.fraction or 0.0))
    words = say(
        "Frame {done} of {planned} · {percent} %", done=analysis.done, planned=analysis.planned, percent=percent
    )
    left = analysis.seconds_left
    return words if left is None else say("{progress} · {time} left", progress=words, time=duration(left))
