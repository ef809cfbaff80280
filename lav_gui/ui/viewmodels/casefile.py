"""The case file beside the video: its runs, the run on screen, and what the examiner changes in it."""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from lav_gui.errors import LavError, SessionError
from lav_gui.records import Evidence, FrameResult, Gap, TrackSeries
from lav_gui.session.audit import AuditEntry
from lav_gui.session.case import Case
from lav_gui.session.evidences import EvidenceRow
from lav_gui.session.paths import default_case_path
from lav_gui.session.runs import RunRow, RunState
from lav_gui.ui.jobs import Jobs
from lav_gui.ui.viewmodels.results import ResultsModel, RunFacts
from lav_gui.ui.viewmodels.tracks import free_name
from lav_gui.verdict.edits import EditKind, TrackEdit, apply_edits

Answer = TypeVar("Answer")

UNFINISHED = (RunState.INTERRUPTED, RunState.CANCELLED)


@dataclass(frozen=True, slots=True, eq=False)
class LoadedRun:
    """What a case holds of a run."""

    run: RunRow
    series: tuple[TrackSeries, ...]
    analyzed: tuple[int, ...]
    gaps: tuple[Gap, ...]
    small: tuple[int, ...]


def open_steps(path: Path, create: bool = False) -> Generator[None, None, Case]:
    """Open a case as a window does, or make one; waiting for a busy file happens beside the window."""
    yield None
    return Case.open(path, create, window=True)


def make_steps(evidence: Evidence) -> Generator[None, None, Case]:
    """Open the case of a video where it goes by default, or make it there."""
    yield None
    return Case.open(default_case_path(evidence), create=True, window=True)


def load_steps(case: Case, run: RunRow) -> Generator[None, None, LoadedRun]:
    """Read a run, by a connection of its own: the window, which uses the other, must not wait for it."""
    yield None
    with Case.open(case.path, read_only=True) as reading:
        series = yield from reading.series_steps(run.run_id)
        gaps = reading.gaps(run.run_id)
        missing = {gap.index for gap in gaps}
        analyzed = tuple(index for index in reading.done_indices(run.run_id).tolist() if index not in missing)
        return LoadedRun(run, series, analyzed, gaps, reading.frames_with_small_faces(run.run_id))


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

    def __init__(self, jobs: Jobs, results: ResultsModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._results = jobs, results
        self._case: Case | None = None
        self._evidence_id: int | None = None
        self._runs: tuple[RunRow, ...] = ()
        self._run_id: int | None = None
        self._generation = 0

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
        self._start_opening(lambda: open_steps(path, create))

    def make(self, evidence: Evidence) -> None:
        """Open or make the case of a video that has none yet; answered by `opened` or `failed`."""
        self._start_opening(lambda: make_steps(evidence))

    def close(self) -> None:
        """Let go of the case."""
        self._generation += 1
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

    def choose_evidence(self, evidence_id: int) -> None:
        """Show the runs of one evidence."""
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
            found = () if self._case is None else self._case.runs(self._evidence_id)
        except LavError as error:
            self.failed.emit(error)
            return
        self._runs = found
        self.runs_changed.emit()

    def show_run(self, run_id: int, *, live: bool = False) -> None:
        """Bring a run on screen; `live` when its results are coming in already."""
        self._run_id = run_id
        run = self.run
        case = self._case
        if run is None or case is None:
            return
        if not live:
            self._results.begin(self._facts(run), self.lookup(run_id))
        generation = self._generation
        job = self._jobs.make(lambda: load_steps(case, run))
        job.succeeded.connect(lambda loaded: self._take_run(loaded, generation))
        job.failed.connect(lambda error: self.failed.emit(error) if generation == self._generation else None)
        job.start()
        self._results.set_edits(self._edits(run_id))
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
            self._results.set_edits(self._edits(self._run_id))
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
        elif run_id is not None:
            self._attempt(lambda case: _take_in(case, run_id, track_id))

    def merge(self, track_id: int, other: int) -> None:
        """Say that two faces are one person."""
        self._edit(TrackEdit(EditKind.MERGE, track_id, other))

    def split(self, track_id: int, frame_index: int) -> None:
        """Say that from a frame on a face is another person."""
        judged, run = self._results.judged, self.run
        if judged is not None and run is not None:
            number = free_name(judged, ended=run.state is RunState.FINISHED)
            self._edit(TrackEdit(EditKind.SPLIT, track_id, number, frame_index))

    def _start_opening(self, steps: Callable[[], Generator[None, None, Case]]) -> None:
        self.close()
        generation = self._generation
        job = self._jobs.make(steps)
        job.succeeded.connect(lambda case: self._take_case(case, generation))
        job.failed.connect(lambda error: self.failed.emit(error) if generation == self._generation else None)
        job.start()

    def _edit(self, edit: TrackEdit) -> None:
        judged, run_id = self._results.judged, self._run_id
        if run_id is None or judged is None:
            return

        def add(case: Case) -> None:
            apply_edits(judged.measured, (*judged.facts.edits, edit))
            case.add_track_edit(run_id, edit.kind, edit.track_id, edit.other, edit.frame_index)

        self._attempt(add)

    def _attempt(self, change: Callable[[Case], Answer]) -> Answer | None:
        """Change the case, and tell where that cannot be done."""
        try:
            return self.write(change) if self._case is not None else None
        except LavError as error:
            self.failed.emit(error)
            return None

    def _edits(self, run_id: int) -> tuple[TrackEdit, ...]:
        try:
            rows = () if self._case is None else self._case.track_edits(run_id)
        except LavError as error:
            self.failed.emit(error)
            return ()
        return tuple(TrackEdit(EditKind(row.kind), row.track_id, row.other, row.frame_index) for row in rows)

    def _facts(self, run: RunRow) -> RunFacts:
        media = next(row.evidence.media for row in self.evidences() if row.evidence_id == run.evidence_id)
        return RunFacts(run.run_id, run.weights, run.settings, media, run.planned)

    def _take_case(self, case: Case, generation: int) -> None:
        if generation != self._generation:
            case.close()
            return
        self._case = case
        self.opened.emit(case)

    def _take_run(self, loaded: LoadedRun, generation: int) -> None:
        if generation == self._generation and loaded.run.run_id == self._run_id:
            self._results.adopt(loaded.series, loaded.analyzed, loaded.gaps, loaded.small)


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
