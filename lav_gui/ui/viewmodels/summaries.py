"""What the list of videos says of the latest run of each: faces, verdict, how far it came. Made beside the window."""

from collections.abc import Generator, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from lav_gui.errors import LavError
from lav_gui.records import VerdictState
from lav_gui.session.case import Case
from lav_gui.session.evidences import EvidenceRow
from lav_gui.session.runs import RunRow, RunState
from lav_gui.session.track_edits import EditKey
from lav_gui.ui.jobs import Job
from lav_gui.ui.viewmodels.models import Models
from lav_gui.ui.viewmodels.results import Judged
from lav_gui.verdict.edits import EditKind, TrackEdit
from lav_gui.verdict.judge import judge_steps


@dataclass(frozen=True, slots=True)
class Summary:
    """What the list says of a run.

    `faces` are those judged; `done` is the share of its frames, in [0, 1]. `faces` and `verdict` are None where they
    are not known.
    """

    faces: int | None
    verdict: VerdictState | None
    done: float


@dataclass(frozen=True, slots=True)
class Basis:
    """What a summary was made by: the run's state, its edits, and a false-positive rate that is not its own."""

    state: RunState
    edits: EditKey = ()
    rate: float | None = None


def summary_steps(path: Path, row: EvidenceRow, run: RunRow, edits: EditKey) -> Generator[None, None, Summary]:
    """Judge a run that is not on screen; read by a connection of its own, for which the window never waits."""
    yield None
    with Case.open(path, read_only=True) as case, case.snapshot():
        series = yield from case.series_steps(run.run_id)
        done = len((yield from case.done_index_steps(run.run_id)))
        analyzed = done - len(case.gaps(run.run_id))
        small = len((yield from case.small_face_steps(run.run_id)))
    yield None
    facts = (series, run.weights, run.settings, row.evidence.media, analyzed)
    applied = [TrackEdit(EditKind(kind), *place) for kind, *place in edits]
    verdict = yield from judge_steps(*facts, edits=applied, frames_with_small_faces=small)
    return Summary(len(verdict.tracks), verdict.state if analyzed else None, done / max(len(run.planned), 1))


class Summaries(QObject):
    """Judges the latest run of each video, one after the other, and again when its edits or its state change.

    The run on screen is judged there, and what is found is taken over.
    """

    changed = Signal()

    def __init__(self, models: Models, parent: QObject) -> None:
        super().__init__(parent)
        self._models = models
        self._rows: tuple[EvidenceRow, ...] = ()
        self._runs: dict[int, RunRow] = {}
        self._edits: dict[int, EditKey] = {}
        self._made: dict[int, tuple[Basis, Summary]] = {}
        self._job: Job | None = None
        models.casefile.closed.connect(self._forget)
        models.casefile.edited.connect(self._follow_edits)
        models.queue.changed.connect(self._go_on)
        models.results.facts_changed.connect(self._go_on)
        models.results.judged_changed.connect(self._take_judged)

    @property
    def runs(self) -> dict[int, RunRow]:
        """The latest run of each video that has one, by the id of the video."""
        return self._runs

    def follow(self, rows: Iterable[EvidenceRow]) -> None:
        """Read the latest runs of these videos anew, and judge what was not judged yet."""
        case = self._models.casefile.case
        self._rows = tuple(rows)
        try:
            runs = () if case is None else case.newest_runs()
        except LavError as error:
            self._models.messages.report(error)
            runs = ()
        self._runs, self._edits = {run.evidence_id: run for run in runs}, self._read_edits()
        self._take_judged(self._models.results.judged)
        self._go_on()

    def of(self, run: RunRow) -> Summary | None:
        """What is known of a run; without faces and verdict where those were found under other edits or another rate.

        The run on screen keeps them until it is judged anew, as the verdict beside the picture does.
        """
        basis, summary = self._made.get(run.run_id, (None, None))
        if basis is None or summary is None or basis.state is not run.state:
            return None
        holds = basis == self._basis(run) or self._is_on_screen(run)
        return summary if holds else replace(summary, faces=None, verdict=None)

    def _basis(self, run: RunRow) -> Basis:
        return Basis(run.state, self._edits.get(run.run_id, ()))

    def _is_on_screen(self, run: RunRow) -> bool:
        facts = self._models.results.facts
        return facts is not None and facts.run_id == run.run_id

    def _read_edits(self) -> dict[int, EditKey]:
        case = self._models.casefile.case
        try:
            return {} if case is None else case.edits_by_run()
        except LavError as error:
            self._models.messages.report(error)
            return self._edits

    def _follow_edits(self) -> None:
        """The examiner changed something, perhaps the faces of a video that is not on screen."""
        edits = self._read_edits()
        if edits != self._edits:
            self._edits = edits
            self.changed.emit()
            self._go_on()

    def _take_judged(self, judged: Judged | None) -> None:
        """The run on screen was judged anew; if it is the latest of its video, the list says the same."""
        run, results = self._models.casefile.run, self._models.results
        newest = None if run is None else self._runs.get(run.evidence_id)
        if judged is None or newest is None or newest.run_id != judged.facts.run_id:
            return
        if newest.state is not RunState.RUNNING and judged.frames_analyzed < len(results.analyzed):
            return  # of the last frames nothing was judged yet; that comes in a moment
        done = (len(results.analyzed) + len(results.gaps)) / max(len(newest.planned), 1)
        state = judged.verdict.state if judged.frames_analyzed else None
        edits = tuple((str(e.kind), e.track_id, e.other, e.frame_index) for e in judged.facts.edits)
        basis = Basis(newest.state, edits, judged.facts.rate)
        self._made[newest.run_id] = basis, Summary(len(judged.verdict.tracks), state, done)
        self.changed.emit()

    def _go_on(self) -> None:
        """Judge the next run that was not judged as it is now."""
        case, running = self._models.casefile.case, self._models.queue.current
        if case is None or self._job is not None:
            return
        for row in self._rows:
            run = self._runs.get(row.evidence_id)
            busy = running is not None and running.sha256 == row.evidence.hashes.sha256
            if run is None or busy or self._is_on_screen(run):
                continue
            if self._made.get(run.run_id, (None, None))[0] != self._basis(run):
                self._judge(case, row, run)
                return

    def _judge(self, case: Case, row: EvidenceRow, run: RunRow) -> None:
        basis = self._basis(run)
        job = self._models.jobs.make(lambda: summary_steps(case.path, row, run, basis.edits))
        job.succeeded.connect(lambda summary: self._take(case, run, basis, summary))
        job.failed.connect(lambda error: self._give_up(case, run, basis, error))
        job.ended.connect(self._judged)
        self._job = job
        job.start()

    def _take(self, case: Case, run: RunRow, basis: Basis, summary: Summary) -> None:
        if self._models.casefile.case is case and not self._is_on_screen(run):
            self._made[run.run_id] = basis, summary
            self.changed.emit()

    def _give_up(self, case: Case, run: RunRow, basis: Basis, error: LavError) -> None:
        """A run that cannot be read is told of once, and not tried again."""
        if self._models.casefile.case is case:
            self._made[run.run_id] = basis, Summary(None, None, 0.0)
            self._models.messages.report(error)

    def _judged(self) -> None:
        self._job = None
        self._go_on()

    def _forget(self) -> None:
        """The case is closed: what is judged of it now is of no use any more."""
        self._made.clear()
        if self._job is not None:
            self._job.cancel()
