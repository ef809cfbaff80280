"""The examination desk: all view-models, what follows from what, and what can be done now."""

from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, Signal

from lav_gui.settings import Settings
from lav_gui.ui.viewmodels.analysis import AnalysisState
from lav_gui.ui.viewmodels.case_files import CaseFiles
from lav_gui.ui.viewmodels.casefile import UNFINISHED
from lav_gui.ui.viewmodels.display import settings_from
from lav_gui.ui.viewmodels.gathering import Gathering
from lav_gui.ui.viewmodels.models import Doors, Models
from lav_gui.ui.viewmodels.opening import CASE_SUFFIX, Opening
from lav_gui.ui.viewmodels.queueing import Queueing
from lav_gui.ui.viewmodels.running import Running

STOP_SECONDS = 2.75
"""How long closing may take altogether; what has not ended then (a disk that does not answer) is left to itself."""


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
        self.running = Running(self)
        self.queueing = Queueing(self)
        self.opening = Opening(self, self.queueing)
        self.gathering = Gathering(self, self.opening)
        self.case_files = CaseFiles(self, self.opening, self.gathering)
        self.running.launch_asked.connect(self.queueing.analyze)
        self.opening.ready.connect(self.running.offer)
        self.opening.ready.connect(self.queueing.offer)
        self._conditions: frozenset[str] = frozenset()
        self._until: QDeadlineTimer | None = None
        self._watch()
        self.frames.start()
        self.choices.load_weights()

    @property
    def conditions(self) -> frozenset[str]:
        """What can be done now."""
        return self._conditions

    def open(self, path: Path, *, analyze: bool = False) -> None:
        """Open a video or a case; `analyze` starts the analysis if its case holds no results yet."""
        self.running.want(path if analyze else None)
        self.opening.open(path)

    def open_all(self, paths: list[Path]) -> None:
        """Open a file; of several videos the first, and the others go into its case."""
        self.opening.open(paths[0])
        others = [path for path in paths[1:] if path.suffix.lower() != CASE_SUFFIX]
        if others and (self.opening.shows_case or self.queue.current is None):
            self.gathering.add(others)

    def close(self) -> bool:
        """Keep how the picture is shown, end all work and let go; True when all threads ended in time.

        All are asked before any is waited for. A second call only has the time that the first one left, and tells
        nothing any more: the window may be gone.
        """
        if self._until is None:
            self._until = QDeadlineTimer(round(STOP_SECONDS * 1000))
            self.preferences.save_picture(settings_from(self.display.value))
            self.jobs.ask_all_to_stop()
            for each in (self.compare, self.sounds, self.frames):
                each.ask_to_stop()
            self.jobs.stop_all(self._until.remainingTime() / 1000)
            self.opening.close()
        stops = (self.jobs.stop_all, self.compare.close, self.sounds.stop, self.frames.stop)
        ended = [stop(self._until.remainingTime() / 1000) for stop in stops]
        return all(ended)

    def _watch(self) -> None:
        changes = (
            self.document.opened,
            self.document.identified,
            self.document.closed,
            self.compare.changed,
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
            self.notes.changed,
            self.notes.selected_changed,
            self.history.changed,
            self.queue.changed,
            self.videos.dataChanged,
            self.videos.modelReset,
            self.case_files.state_changed,
            self.casefile.loading.changed,
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
        case = self.casefile.case
        results = self.results.judged is not None
        selected = results and self.selection.track is not None
        run = self.casefile.run
        can_edit = results and run is not None and self.casefile.can_write
        can_analyze = identified and not self._is_queued() and (case is None or not case.read_only)
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
            "comparing": video and self.compare.path is not None,
            "playing": self.playback.playing,
            "can_note": identified and (case is None or not case.read_only),
            "can_describe": self.casefile.can_write,
            "marked": bool(self.notes.marks),
            "note": self.notes.selected is not None,
            "can_edit_note": self.notes.selected is not None and self.casefile.can_write,
            "can_undo": self.history.can_undo,
            "can_redo": self.history.can_redo,
            **self._facts_of_case(),
        }

    def _is_queued(self) -> bool:
        """Whether the video on screen is analyzed now, or will be."""
        evidence = self.document.evidence
        item = None if evidence is None else self.queue.item(evidence.hashes.sha256)
        return item is not None and not item.reason and (item is self.queue.current or not self.queue.paused)

    def _facts_of_case(self) -> dict[str, bool]:
        case, queue = self.casefile.case, self.queue
        can_write = case is not None and not case.read_only
        something = self.document.video is not None or case is not None
        return {
            "open": something,
            "queued": self._is_queued(),
            "stoppable": self.casefile.loading.fraction is not None
            or self.case_files.is_copying
            or self.export.is_busy,
            "adding": self.gathering.adding is not None,
            "case": case is not None and not self.case_files.is_copying,
            "can_add": can_write or (case is None and something),
            "can_remove": can_write and self.casefile.evidence_id is not None,
            "several": len(self.videos.rows) > 1,
            "can_analyze_all": can_write and bool(self.videos.rows),
            "queue_runs": queue.current is not None,
            "queue_rests": queue.paused and bool(queue.waiting),
            "queue_goes_on": queue.current is not None and not queue.paused,
        }
