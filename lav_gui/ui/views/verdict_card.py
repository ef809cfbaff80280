"""The verdict in plain words: state, score with interval, what speaks for and against, what was not judged."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from lav_gui.records import Reason, Verdict
from lav_gui.ui.style import UNIT, current_theme, figures, icon
from lav_gui.ui.viewmodels.results import Judged
from lav_gui.ui.wording import interval, reason, say, score, verdict_title

MOST_REASONS = 6

Sentences = tuple[tuple[str, bool], ...]
"""Texts, and whether each is a heading."""


class VerdictCard(QFrame):
    """Shows a verdict; never says that something is fake or real."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._judged: Judged | None = None
        self._running = False
        self._said: Sentences = ()
        self.setAccessibleName(self.tr("Verdict"))
        self._symbol = QLabel()
        self._symbol.setFixedSize(24, 24)
        self._title = QLabel()
        self._title.setWordWrap(True)
        font = self._title.font()
        font.setPointSizeF(font.pointSizeF() * 1.25)
        font.setBold(True)
        self._title.setFont(font)
        self._score = QLabel()
        self._score.setFont(figures(self._score.font()))
        self._score.setToolTip(self.tr("Fake probability of the highest face, with its 95 % interval over time"))
        self._state = QLabel()
        self._state.setProperty("muted", True)
        self._state.setWordWrap(True)
        self._reasons = QVBoxLayout()
        self._reasons.setSpacing(UNIT // 2)
        self._lay_out()
        self.show_judged(None)

    def show_judged(self, judged: Judged | None) -> None:
        """Show a verdict, or that there is none."""
        self._judged = judged
        self._renew()

    def show_running(self, running: bool) -> None:
        """Say that the verdict is provisional while the analysis runs."""
        self._running = running
        self._renew()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_reasons"):
            self._renew()
        super().changeEvent(event)

    def _renew(self) -> None:
        judged = self._judged
        if judged is not None and self._running and not judged.frames_analyzed:
            judged = None
        self._symbol.setVisible(judged is not None)
        self._score.setVisible(judged is not None)
        if judged is None:
            self._say(None)
            self._title.setText(say("No verdict yet"))
            self._state.setText(say("The first results are on their way.") if self._running else "")
            return
        verdict = judged.verdict
        self._symbol.setPixmap(icon(f"verdict_{verdict.state}", current_theme()).pixmap(24, 24))
        self._title.setText(verdict_title(verdict.state))
        self._score.setText(_score_text(verdict, judged.facts.weights.trained))
        self._state.setText(_state_text(judged, self._running))
        self._say(verdict)
        self.setAccessibleDescription(f"{self._title.text()}. {self._score.text()}. {self._state.text()}")

    def _say(self, verdict: Verdict | None) -> None:
        """Write the reasons anew, but only where they changed: what is selected for copying stays."""
        said = _sentences(verdict)
        if said == self._said:
            return
        self._said = said
        _clear(self._reasons)
        for text, is_heading in said:
            label = QLabel(text)
            label.setWordWrap(True)
            if is_heading:
                label.setProperty("section", True)
                label.setContentsMargins(0, UNIT // 2, 0, 0)
            else:
                label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._reasons.addWidget(label)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(UNIT)
        top.addWidget(self._symbol, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self._title, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT // 2)
        layout.addLayout(top)
        layout.addWidget(self._score)
        layout.addWidget(self._state)
        layout.addLayout(self._reasons)


def _sentences(verdict: Verdict | None) -> Sentences:
    if verdict is None:
        return ()
    parts = (
        (say("Why"), verdict.reasons),
        (say("Speaks for manipulation"), verdict.speaks_for),
        (say("Speaks against"), verdict.speaks_against),
        (say("Not judged"), verdict.not_judged),
    )
    return tuple(line for heading, reasons in parts if reasons for line in ((heading, True), *_told(reasons)))


def _told(reasons: Sequence[Reason]) -> list[tuple[str, bool]]:
    lines = [(reason(each), False) for each in reasons[:MOST_REASONS]]
    if len(reasons) > MOST_REASONS:
        lines.append((say("and {count} more, in the report", count=len(reasons) - MOST_REASONS), False))
    return lines


def _score_text(verdict: Verdict, trained: bool) -> str:
    if verdict.fake_prob is None:
        return say("No score")
    text = f"{score(verdict.fake_prob)}  {interval(verdict.interval)}"
    return text if trained else say("{numbers}  (means nothing)", numbers=text)


def _state_text(judged: Judged, running: bool) -> str:
    frames = say("{count} frames analyzed", count=judged.frames_analyzed)
    return say("Provisional: {frames} so far", frames=frames) if running else frames


def _clear(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.deleteLater()
