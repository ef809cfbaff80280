"""The verdict in plain words: state, score with interval, what speaks for and against, what was not judged."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from lav_gui.records import Reason, Verdict
from lav_gui.ui.style import UNIT, current_theme, figures, icon
from lav_gui.ui.verdict_words import judged_by_words, state_words
from lav_gui.ui.viewmodels.results import Judged
from lav_gui.ui.views.score_scale import ScoreScale
from lav_gui.ui.wording import interval, reason, say, score, verdict_meaning, verdict_title

MOST_REASONS = 6
TOLD_ABOVE = ("measured_rate",)
"""Reasons that the line of the threshold states already, with its interval."""

SYMBOL, SMALL_SYMBOL = 28, 16


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the findings: a heading with its symbol, or a sentence with the place it speaks of."""

    text: str
    symbol: str = ""
    track_id: int | None = None
    frame_index: int | None = None


class VerdictCard(QFrame):
    """Shows a verdict; never says that something is fake or real. The keyboard reaches it; it is read as a whole."""

    place_asked = Signal(int, int)
    """Track id and frame index that a finding speaks of."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._judged: Judged | None = None
        self._running = False
        self._unfinished = False
        self._said: tuple[Line, ...] = ()
        self.setProperty("reading", True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(self.tr("Verdict"))
        self._symbol = QLabel()
        self._symbol.setFixedSize(SYMBOL, SYMBOL)
        self._title = _heading(1.3)
        self._meaning = QLabel()
        self._meaning.setWordWrap(True)
        self._caption = QLabel(self.tr("Fake probability, 95 % interval"))
        self._caption.setProperty("muted", True)
        self._caption.setWordWrap(True)
        self._score = _heading(1.15)
        self._score.setFont(figures(self._score.font()))
        self._score.setToolTip(self.tr("Fake probability of the highest face, with its 95 % interval over time"))
        self._scale = ScoreScale()
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
        if running != self._running:
            self._running = running
            self._renew()

    def show_unfinished(self, unfinished: bool) -> None:
        """Say that the run on screen was stopped before its end."""
        if unfinished != self._unfinished:
            self._unfinished = unfinished
            self._renew()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_reasons"):
            self._said = ()
            self._renew()
        super().changeEvent(event)

    def _renew(self) -> None:
        judged = self._judged
        if judged is not None and self._running and not judged.frames_analyzed:
            judged = None
        for part in (self._symbol, self._caption, self._score, self._scale, self._meaning):
            part.setVisible(judged is not None)
        if judged is None:
            self._say(None)
            self._title.setText(say("No verdict yet"))
            self._state.setText(say("The first results are on their way.") if self._running else "")
        else:
            self._show(judged)
        self._state.setVisible(bool(self._state.text()))
        self._tell_readers(judged is not None)

    def _show(self, judged: Judged) -> None:
        verdict, trained = judged.verdict, judged.facts.weights.trained
        self._symbol.setPixmap(icon(f"verdict_{verdict.state}", current_theme()).pixmap(SYMBOL, SYMBOL))
        self._title.setText(verdict_title(verdict.state))
        self._meaning.setText(verdict_meaning(verdict.state))
        self._score.setText(_score_text(verdict, trained))
        self._caption.setVisible(verdict.fake_prob is not None)
        self._scale.setVisible(trained and verdict.fake_prob is not None)
        threshold = None if verdict.false_positive_rate is None else verdict.threshold
        self._scale.show_score(verdict.fake_prob, verdict.interval, threshold)
        lines = (state_words(judged, self._running, self._unfinished), judged_by_words(judged))
        self._state.setText("\n".join(line for line in lines if line))
        self._say(verdict)

    def _tell_readers(self, has_verdict: bool) -> None:
        """Give the whole card to a screen reader as one text."""
        labels = (self._title, self._meaning, self._caption, self._score, self._state)
        shown = labels if has_verdict else (self._title, self._state)
        texts = [label.text() for label in shown if not label.isHidden()] + [line.text for line in self._said]
        self.setAccessibleDescription(" ".join(f"{text.rstrip('.:')}." for text in texts if text))

    def _say(self, verdict: Verdict | None) -> None:
        """Write the reasons anew, but only where they changed: what is selected for copying stays."""
        said = _lines(verdict)
        if said == self._said:
            return
        self._said = said
        _clear(self._reasons)
        for line in said:
            self._reasons.addWidget(self._heading_row(line) if line.symbol else self._reason_row(line))

    def _heading_row(self, line: Line) -> QWidget:
        symbol = QLabel()
        symbol.setPixmap(icon(line.symbol, current_theme()).pixmap(SMALL_SYMBOL, SMALL_SYMBOL))
        heading = QLabel(line.text)
        heading.setProperty("section", True)
        return _row(symbol, heading, top=UNIT)

    def _reason_row(self, line: Line) -> QWidget:
        label = QLabel(line.text)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row = _row(None, label, top=0)
        layout = row.layout()
        if line.track_id is not None and line.frame_index is not None and layout is not None:
            layout.addWidget(self._place_button(line.track_id, line.frame_index))
        return row

    def _place_button(self, track_id: int, frame_index: int) -> QToolButton:
        button = QToolButton()
        button.setIcon(icon("strongest", current_theme()))
        name = say("Show face {track} in frame {frame}", track=track_id, frame=frame_index)
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self.place_asked.emit(track_id, frame_index))
        return button

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(UNIT)
        top.addWidget(self._symbol, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self._title, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(UNIT // 2, UNIT // 2, UNIT // 2, UNIT // 2)
        layout.setSpacing(UNIT // 2)
        layout.addLayout(top)
        layout.addWidget(self._meaning)
        layout.addSpacing(UNIT // 2)
        layout.addWidget(self._caption)
        layout.addWidget(self._score)
        layout.addWidget(self._scale)
        layout.addWidget(self._state)
        layout.addLayout(self._reasons)


def _heading(factor: float) -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    font = label.font()
    font.setPointSizeF(font.pointSizeF() * factor)
    font.setBold(True)
    label.setFont(font)
    return label


def _row(symbol: QLabel | None, text: QLabel, top: int) -> QWidget:
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(SMALL_SYMBOL + UNIT if symbol is None else 0, top, 0, 0)
    layout.setSpacing(UNIT)
    if symbol is not None:
        symbol.setFixedSize(SMALL_SYMBOL, SMALL_SYMBOL)
        layout.addWidget(symbol)
    layout.addWidget(text, 1)
    return row


def _lines(verdict: Verdict | None) -> tuple[Line, ...]:
    if verdict is None:
        return ()
    parts = (
        (say("Why"), "why", tuple(each for each in verdict.reasons if each.code not in TOLD_ABOVE)),
        (say("Speaks for manipulation"), "speaks_for", verdict.speaks_for),
        (say("Speaks against"), "speaks_against", verdict.speaks_against),
        (say("Not judged"), "not_judged", verdict.not_judged),
    )
    return tuple(
        line for heading, symbol, reasons in parts if reasons for line in (Line(heading, symbol), *_told(reasons))
    )


def _told(reasons: Sequence[Reason]) -> list[Line]:
    lines = [Line(reason(each), "", *_place_of(each)) for each in reasons[:MOST_REASONS]]
    if len(reasons) > MOST_REASONS:
        lines.append(Line(say("and {count} more, in the report", count=len(reasons) - MOST_REASONS)))
    return lines


def _place_of(stated: Reason) -> tuple[int | None, int | None]:
    """The face and frame that a reason speaks of."""
    values = dict(stated.values)
    if "track" not in values or "peak_frame" not in values:
        return None, None
    return int(values["track"]), int(values["peak_frame"])


def _score_text(verdict: Verdict, trained: bool) -> str:
    if verdict.fake_prob is None:
        return say("No score")
    text = f"{score(verdict.fake_prob)}  {interval(verdict.interval)}"
    return text if trained else say("{numbers}  (means nothing)", numbers=text)


def _clear(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
