"""The panel on the right: the choices before the first analysis; the verdict once there is one."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from lav_gui.session.runs import RunRow, RunState
from lav_gui.ui.choice_words import sampling_words
from lav_gui.ui.style import UNIT
from lav_gui.ui.viewmodels.casefile import UNFINISHED
from lav_gui.ui.viewmodels.choices import ChoicesModel
from lav_gui.ui.views.start_panel import StartPanel
from lav_gui.ui.views.verdict_card import VerdictCard
from lav_gui.ui.wording import say

MINIMUM_WIDTH = 312


class Section(QFrame):
    """A card with a heading."""

    def __init__(self, title: str, *contents: QWidget) -> None:
        super().__init__()
        self.setProperty("card", True)
        self.setAccessibleName(title)
        heading = QLabel(title)
        heading.setProperty("section", True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(UNIT + 4, UNIT, UNIT + 4, UNIT + 4)
        layout.setSpacing(UNIT)
        layout.addWidget(heading)
        for content in contents:
            layout.addWidget(content)


class SidePanel(QScrollArea):
    """Shows what applies now: choices before the first run, the verdict once there is one."""

    run_asked = Signal(int)
    """Id of the run to show."""

    def __init__(self, choices: ChoicesModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Findings"))
        self.verdict = VerdictCard()
        self.start = StartPanel(choices)
        self._runs = QComboBox()
        self._runs.setAccessibleName(self.tr("Run on screen"))
        self._runs.setToolTip(self.tr("Runs of this video; each has its own settings, model and results"))
        self._runs.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._runs.activated.connect(lambda _: self.run_asked.emit(self._runs.currentData()))
        self._verdict_section = Section(self.tr("Verdict"), self._runs, self.verdict)
        self._start_section = Section(self.tr("Analysis"), self.start)
        self._has_run = False
        self._wants_choices = False
        self._lay_out()
        self._renew()

    def show_runs(self, runs: tuple[RunRow, ...], shown: int | None) -> None:
        """Offer the runs of the video; one alone needs no choice."""
        with QSignalBlocker(self._runs):
            self._runs.clear()
            for run in runs:
                self._runs.addItem(run_words(run), run.run_id)
            self._runs.setCurrentIndex(self._runs.findData(shown))
        self._runs.setVisible(len(runs) > 1)
        self.verdict.show_unfinished(any(run.run_id == shown and run.state in UNFINISHED for run in runs))

    def show_has_run(self, has_run: bool) -> None:
        """Whether there is a run on screen; another run hides the choices again."""
        self._has_run, self._wants_choices = has_run, False
        self._renew()

    def show_choices(self) -> None:
        """Bring the choices of the next analysis on screen, or hide them again beside a run."""
        self._wants_choices = not self._wants_choices
        self._renew()
        if self._wants_choices or not self._has_run:
            self.ensureWidgetVisible(self._start_section)

    def _renew(self) -> None:
        self._verdict_section.setVisible(self._has_run)
        self._start_section.setVisible(self._wants_choices or not self._has_run)

    def _lay_out(self) -> None:
        holder = QWidget()
        holder.setProperty("panel", True)
        layout = QVBoxLayout(holder)
        layout.setContentsMargins(UNIT, UNIT, UNIT, UNIT)
        layout.setSpacing(UNIT)
        for section in (self._start_section, self._verdict_section):
            layout.addWidget(section)
        layout.addStretch(1)
        self._runs.hide()
        self.setWidget(holder)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(MINIMUM_WIDTH)


def run_words(run: RunRow) -> str:
    """One run in a line: number, model, sampling, state."""
    states = {
        RunState.RUNNING: say("running"),
        RunState.FINISHED: say("finished"),
        RunState.CANCELLED: say("cancelled"),
        RunState.INTERRUPTED: say("interrupted"),
    }
    sampling = "" if run.settings.sampling is None else sampling_words(run.settings.sampling)
    return say(
        "Run {number}: {model}, {sampling}, {state}",
        number=run.run_id,
        model=run.weights.name,
        sampling=sampling,
        state=states[run.state],
    )
