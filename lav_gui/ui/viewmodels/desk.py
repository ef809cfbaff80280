"""The examination desk: all view-models, what follows from what, and what can be done now."""

from pathlib import Path

from PySide6.QtCore import Signal

from lav_gui.settings import Settings
from lav_gui.ui.viewmodels.analysis import AnalysisState
from lav_gui.ui.viewmodels.casefile import UNFINISHED
from lav_gui.ui.viewmodels.models import Doors, Models
from lav_gui.ui.viewmodels.opening import Opening
from lav_gui.ui.viewmodels.running import Running

STOP_SECONDS = 3.0
"""How long closing may take; a child process that has not ended then is killed by its own guard."""

GRACE_SECONDS = 1.0
"""For killing it."""


class Desk(Models):
    """The view-models of one window, joined.

    Parameters
    ----------
    settings : Settings
        The user's choices.
    doors : Doors, optional
    """

    conditions_changed = Signal(object)
    """Frozenset of words that tell what can be done now; `actions` names them."""

    def __init__(self, settings: Settings, doors: Doors | None = None) -> None:
        super().__init__(settings, doors)
        self.opening = Opening(self)
        self.running = Running(self)
        self.opening.ready.connect(self.running.offer)
        self._conditions: frozenset[str] = frozenset()
        self._watch()
        self.frames.start()
        self.choices.load_weights()

    @property
    def conditions(self) -> frozenset[str]:
        """What can be done now."""
        return self._conditions

    def open(self, path: Path, *, analyze: bool = False) -> None:
        """Open a video or a case; `analyze` starts the analysis if its case holds no results yet."""
        if analyze:
            self.running.want()
        self.opening.open(path)

    def close(self) -> bool:
        """End all work and let go of everything; True when all threads ended in time."""
        ended = self.jobs.stop_all(STOP_SECONDS + GRACE_SECONDS)
        self.opening.close()
        return self.frames.stop(STOP_SECONDS) and ended

    def _watch(self) -> None:
        changes = (
            self.document.opened,
            self.document.identified,
            self.document.closed,
            self.playback.playing_changed,
            self.results.facts_changed,
            self.results.judged_changed,
            self.casefile.opened,
            self.casefile.closed,
            self.casefile.runs_changed,
            self.analysis.state_changed,
            self.selection.track_changed,
            self.selection.marks_changed,
            self.detail.changed,
            self.export.state_changed,
        )
        for signal in changes:
            signal.connect(self._renew_conditions)

    def _renew_conditions(self) -> None:
        found = frozenset(word for word, holds in self._facts().items() if holds)
        if found != self._conditions:
            self._conditions = found
            self.conditions_changed.emit(found)

    def _facts(self) -> dict[str, bool]:
        video = self.document.video is not None
        identified = video and self.document.evidence is not None
        idle = self.analysis.state is AnalysisState.IDLE
        case = self.casefile.case
        results = self.results.judged is not None
        selected = results and self.selection.track is not None
        can_edit = results and self.casefile.can_write
        run = self.casefile.run
        can_analyze = identified and idle and (case is None or not case.read_only)
        return {
            "video": video,
            "identified": identified,
            "can_analyze": can_analyze,
            "can_resume": can_analyze and run is not None and run.state in UNFINISHED,
            "running": self.analysis.state in (AnalysisState.PREPARING, AnalysisState.RUNNING),
            "results": results,
            "can_export": results and case is not None and not self.export.is_busy,
            "face": selected,
            "can_edit": can_edit,
            "can_edit_face": can_edit and selected,
            "crop": self.detail.value is not None and identified,
            "marks": video and self.selection.marks.set,
            "playing": self.playback.playing,
        }
