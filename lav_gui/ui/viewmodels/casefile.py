"""The case file beside the video: its runs, the run on screen, and what the examiner changes in it."""

from collections.abc import Callable, Generator
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from lav_gui.errors import LavError, SessionError
from lav_gui.records import Evidence, FrameResult, MediaInfo
from lav_gui.session.audit import AuditEntry
from lav_gui.session.case import Case
from lav_gui.session.evidences import EvidenceRow
from lav_gui.session.paths import default_case_path
from lav_gui.session.runs import RunRow, RunState
from lav_gui.ui.jobs import Jobs
from lav_gui.ui.viewmodels.loading import LoadedRun, RunLoader
from lav_gui.ui.viewmodels.results import ResultsModel, RunFacts
from lav_gui.ui.viewmodels.tracks import free_name
from lav_gui.ui.wording import say
from lav_gui.verdict.edits import EditKind, TrackEdit, apply_edits

Answer = TypeVar("Answer")

UNFINISHED = (RunState.INTERRUPTED, RunState.CANCELLED)


def open_steps(path: Path, create: bool = False) -> Generator[None, None, Case]:
    """Open a case as a window does, or make one; waiting for a busy file happens beside the window."""
    yield None
    case = Case.open(path, create, window=True)
    with suppress(SessionError):  # is told once the history is asked for
        case.history()  # a long log is read here, so that the window need not
    return case


class CaseModel(QObject):
    """One open case, and the run of it that is on screen.

    Parameters
    ----------
    jobs : Jobs
        Owns the threads that read.
    results : ResultsModel
        Gets the results of the run on screen.
    parent : QObject, optional
    """

    opened = Signal(object)
    """`Case`."""
    closed = Signal()
    runs_changed = Signal()
    shown = Signal(object)
    """`RunRow` whose results are on screen now."""
    edited = Signal()
    """Notes, edits of faces or details of the case are others now."""
    failed = Signal(object)
    """`LavError`."""
    not_opened = Signal()
    """The case that was to be opened or made is not there; `failed` told why."""

    def __init__(self, jobs: Jobs, results: ResultsModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._results = jobs, results
        self._case: Case | None = None
        self._evidence_id: int | None = None
        self._runs: tuple[RunRow, ...] = ()
        self._run_id: int | None = None
        self._generation = 0
        self._wanted: tuple[Path, bool] | None = None
        self._waits = False
        self._busy: set[Path] = set()
        self.loading = RunLoader(jobs, self)
        self.loading.loaded.connect(self._take_run)
        self.loading.failed.connect(self.failed)

    @property
    def is_opening(self) -> bool:
        """Whether a case is being opened or made."""
        return self._wanted is not None

    @property
    def case(self) -> Case | None:
        """The open case."""
        return self._case

    @property
    def evidence_id(self) -> int | None:
        """The evidence on the desk."""
        return self._evidence_id

    @property
    def runs(self) -> tuple[RunRow, ...]:
        """Runs of this evidence, oldest first."""
        return self._runs

    @property
    def run(self) -> RunRow | None:
        """The run on screen."""
        return next((run for run in self._runs if run.run_id == self._run_id), None)

    @property
    def can_write(self) -> bool:
        """Whether edits can be kept."""
        return self._case is not None and not self._case.read_only

    def open(self, path: Path, *, create: bool = False) -> None:
        """Open a case file, or make it; answered by `opened` or `failed`."""
        self.close()
        self._wanted = path.absolute(), create
        self._waits = self._wanted[0] in self._busy
        if not self._waits:
            self._open_wanted()

    def make(self, evidence: Evidence) -> None:
        """Open or make the case of a video that has none yet; answered by `opened` or `failed`."""
        try:
            path = default_case_path(evidence)
        except LavError as error:
            self.close()
            self._give_up(error, self._generation)
            return
        self.open(path, create=True)

    def close(self) -> None:
        """Let go of the case."""
        self._generation += 1
        self._wanted = None
        self.loading.forget()
        case, self._case = self._case, None
        self._evidence_id, self._runs, self._run_id = None, (), None
        if case is not None:
            try:
                case.close()
            except LavError as error:
                self.failed.emit(error)
            self.closed.emit()

    def evidences(self) -> tuple[EvidenceRow, ...]:
        """All evidence of the case; none where it cannot be read, which is told."""
        try:
            return () if self._case is None else self._case.evidences()
        except LavError as error:
            self.failed.emit(error)
            return ()

    def media(self, run: RunRow) -> MediaInfo | None:
        """What the case says of the file that a run was made of; None where it cannot be read, which is told."""
        try:
            return None if self._case is None else self._case.evidence(run.evidence_id).evidence.media
        except LavError as error:
            self.failed.emit(error)
            return None

    def choose_evidence(self, evidence_id: int | None) -> None:
        """Show the runs of one evidence; None shows none."""
        if evidence_id != self._evidence_id:
            self._evidence_id, self._run_id = evidence_id, None
        self.refresh()

    def take_evidence(self, evidence: Evidence) -> int:
        """Record the video on the desk in the case, if it is not there, and show its runs; its id.

        Raises
        ------
        LavError
            If the case cannot be written.
        """
        evidence_id = self.write(lambda case: case.add_evidence(evidence))
        if evidence_id != self._evidence_id:
            self.choose_evidence(evidence_id)
        return evidence_id

    def refresh(self) -> None:
        """Read the list of runs anew."""
        try:
            case, shown = self._case, self._evidence_id
            found = () if case is None or shown is None else case.runs(shown)
        except LavError as error:
            self.failed.emit(error)
            return
        self._runs = found
        self.runs_changed.emit()

    def show_run(self, run_id: int, *, live: bool = False) -> None:
        """Bring a run on screen; `live` when its results are coming in already.

        A run that is not there, or of whose file the case can tell nothing, leaves the screen as it was.
        """
        run = next((run for run in self._runs if run.run_id == run_id), None)
        case = self._case
        if live:
            self._run_id = run_id
        if run is None or case is None:
            return
        media = None if live else self.media(run)
        if media is None and not live:
            return
        self._run_id = run_id
        if media is not None:
            facts = RunFacts(run.run_id, run.weights, run.settings, media, run.planned)
            self._results.begin(facts, self.lookup(run_id))
        self.loading.start(case, run)
        self._apply_edits(run_id)
        self.shown.emit(run)

    def lookup(self, run_id: int) -> "CaseLookup":
        """A way to find single results of a run once the case is open."""
        return CaseLookup(self, run_id)

    def write(self, change: Callable[[Case], Answer]) -> Answer:
        """Change the case by one call; it is saved at once, and all who show the case are told.

        Raises
        ------
        LavError
            If no case is open, or it cannot be written.
        """
        if self._case is None:
            raise SessionError("No case is open; open a video or a case first.")
        answer = change(self._case)
        if self._run_id is not None:
            self._apply_edits(self._run_id)
        self.edited.emit()
        return answer

    def undo(self) -> AuditEntry | None:
        """Take the latest change of the case back; the change, or None where there is none or it failed."""
        return self._attempt(lambda case: case.undo())

    def redo(self) -> AuditEntry | None:
        """Make the change again that was taken back last; the change, or None where there is none or it failed."""
        return self._attempt(lambda case: case.redo())

    def include(self, track_id: int, included: bool) -> None:
        """Leave a face out of the analysis, or take it in again; logged in the case."""
        run_id = self._run_id
        if not included:
            self._edit(TrackEdit(EditKind.EXCLUDE, track_id))
        elif run_id is None:
            self._refuse_edit()
        else:
            self._attempt(lambda case: _take_in(case, run_id, track_id))

    def merge(self, track_id: int, other: int) -> None:
        """Say that two faces are one person."""
        self._edit(TrackEdit(EditKind.MERGE, track_id, other))

    def split(self, track_id: int, frame_index: int) -> None:
        """Say that from a frame on a face is another person."""
        judged, run = self._results.judged, self.run
        if judged is None or run is None:
            self._refuse_edit()
            return
        number = free_name(judged, ended=run.state is RunState.FINISHED)
        self._edit(TrackEdit(EditKind.SPLIT, track_id, number, frame_index))

    def _open_wanted(self) -> None:
        """Open what was wanted last. The same file is never opened twice at once: that would lock the window out."""
        if self._wanted is None:
            return
        (path, create), generation, self._waits = self._wanted, self._generation, False
        self._busy.add(path)
        job = self._jobs.make(lambda: open_steps(path, create))
        job.succeeded.connect(lambda case: self._take_case(case, generation))
        job.failed.connect(lambda error: self._give_up(error, generation))
        job.ended.connect(lambda: self._free(path))
        job.start()

    def _free(self, path: Path) -> None:
        self._busy.discard(path)
        if self._waits and self._wanted is not None and self._wanted[0] == path:
            self._open_wanted()

    def _edit(self, edit: TrackEdit) -> None:
        judged, run_id = self._results.judged, self._run_id
        if run_id is None or judged is None:
            self._refuse_edit()
            return

        def add(case: Case) -> None:
            apply_edits(judged.measured, (*judged.facts.edits, edit))
            case.add_track_edit(run_id, edit.kind, edit.track_id, edit.other, edit.frame_index)

        self._attempt(add)

    def _refuse_edit(self) -> None:
        text = say("The faces of this video have no results on screen yet; wait for them, and try again.")
        self.failed.emit(SessionError(text))

    def _attempt(self, change: Callable[[Case], Answer]) -> Answer | None:
        """Change the case, and tell where that cannot be done."""
        try:
            return self.write(change) if self._case is not None else None
        except LavError as error:
            self.failed.emit(error)
            return None

    def _apply_edits(self, run_id: int) -> None:
        """Show the edits of the run on screen; where they cannot be read, which is told, those shown stay."""
        try:
            edits = () if self._case is None else edits_of(self._case, run_id)
        except LavError as error:
            self.failed.emit(error)
            return
        self._results.set_edits(edits)

    def _take_case(self, case: Case, generation: int) -> None:
        if generation == self._generation:
            self._case, self._wanted = case, None
            self.opened.emit(case)
            return
        try:
            case.close()
        except LavError as error:
            self.failed.emit(error)

    def _give_up(self, error: LavError, generation: int) -> None:
        if generation == self._generation:
            self._wanted = None
            self.failed.emit(error)
            self.not_opened.emit()

    def _take_run(self, loaded: LoadedRun) -> None:
        if loaded.run.run_id == self._run_id:
            self._results.adopt(loaded.series, loaded.analyzed, loaded.gaps, loaded.small)


def edits_of(case: Case, run_id: int) -> tuple[TrackEdit, ...]:
    """The examiner's edits of the faces of a run, in the order in which they apply.

    Raises
    ------
    SessionError
        If the case cannot be read.
    """
    rows = case.track_edits(run_id)
    return tuple(TrackEdit(EditKind(row.kind), row.track_id, row.other, row.frame_index) for row in rows)


def _take_in(case: Case, run_id: int, track_id: int) -> None:
    """Take back that a face is left out."""
    for row in case.track_edits(run_id):
        if row.kind == EditKind.EXCLUDE and row.track_id == track_id:
            case.remove_track_edit(row.edit_id)


class CaseLookup:
    """Finds the result of one frame in the case; nothing while the case is not open."""

    def __init__(self, model: CaseModel, run_id: int) -> None:
        self._model, self._run_id = model, run_id

    def __call__(self, frame_index: int) -> FrameResult | None:
        """Find the result of a frame.

        Raises
        ------
        SessionError
            If the case cannot be read.
        """
        case = self._model.case
        return None if case is None else case.frame_result(self._run_id, frame_index)
