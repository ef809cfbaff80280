"""A second run of the video on screen, whose curves are laid over those of the first."""

from collections.abc import Generator
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from lav_gui.records import MediaInfo
from lav_gui.session.case import Case
from lav_gui.session.runs import RunRow
from lav_gui.ui.jobs import Job, Jobs
from lav_gui.ui.viewmodels.casefile import CaseModel, load_steps
from lav_gui.ui.viewmodels.lanes.tracks import TrackLines, lines_of
from lav_gui.ui.wording import say
from lav_gui.verdict.edits import EditKind, TrackEdit
from lav_gui.verdict.judge import judge


@dataclass(frozen=True, slots=True, eq=False)
class SecondRun:
    """Another run: its number and name, and its faces' curves. Its faces have numbers of their own."""

    run_id: int
    name: str
    lines: tuple[TrackLines, ...]


def judge_steps(case: Case, run: RunRow, media: MediaInfo) -> Generator[None, None, SecondRun]:
    """Read a run and judge it by its own settings, with the examiner's edits."""
    loaded = yield from load_steps(case, run)
    rows = case.track_edits(run.run_id)
    edits = tuple(TrackEdit(EditKind(row.kind), row.track_id, row.other, row.frame_index) for row in rows)
    yield None
    verdict = judge(loaded.series, run.weights, run.settings, media, len(loaded.analyzed), edits=edits)
    return SecondRun(run.run_id, run_name(run), lines_of(verdict))


def run_name(run: RunRow) -> str:
    """A run in few words: its number and its model."""
    return say("run {number}: {model}", number=run.run_id, model=run.weights.name)


class SecondRunModel(QObject):
    """Which other run is laid over the one on screen.

    Parameters
    ----------
    jobs : Jobs
        Owns the thread that reads and judges.
    casefile : CaseModel
    """

    choices_changed = Signal(object, object)
    """Tuple of (run id, name) of all other runs of this video, and the id of the chosen one or None."""
    changed = Signal(object)
    """`SecondRun`, or None."""

    def __init__(self, jobs: Jobs, casefile: CaseModel) -> None:
        super().__init__(casefile)
        self._jobs, self._casefile = jobs, casefile
        self._chosen: int | None = None
        self._job: Job | None = None
        casefile.runs_changed.connect(self._offer)
        casefile.shown.connect(self._offer)
        casefile.closed.connect(self._offer)

    @property
    def choices(self) -> tuple[tuple[int, str], ...]:
        """Number and name of every run of this video but the one on screen."""
        shown = self._casefile.run
        shown_id = None if shown is None else shown.run_id
        return tuple((run.run_id, run_name(run)) for run in self._casefile.runs if run.run_id != shown_id)

    def choose(self, run_id: int | None) -> None:
        """Lay a run over the one on screen; None lays none."""
        if run_id == self._chosen:
            return
        self._chosen, self._job = run_id, None
        self.changed.emit(None)
        self.choices_changed.emit(self.choices, run_id)
        case = self._casefile.case
        run = next((run for run in self._casefile.runs if run.run_id == run_id), None)
        if case is None or run is None:
            return
        media = next(row.evidence.media for row in self._casefile.evidences() if row.evidence_id == run.evidence_id)
        job = self._jobs.make(lambda: judge_steps(case, run, media))
        job.succeeded.connect(lambda second: self.changed.emit(second) if self._job is job else None)
        job.failed.connect(lambda error: self._casefile.failed.emit(error) if self._job is job else None)
        self._job = job
        job.start()

    def _offer(self) -> None:
        if self._chosen is not None and self._chosen not in [run_id for run_id, _ in self.choices]:
            self.choose(None)
        self.choices_changed.emit(self.choices, self._chosen)
