"""A second run of the video on screen, whose curves are laid over those of the first."""

from collections.abc import Generator
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from lav_gui.errors import LavError
from lav_gui.records import MediaInfo
from lav_gui.session.case import Case
from lav_gui.session.runs import RunRow
from lav_gui.ui.jobs import Job, Jobs
from lav_gui.ui.viewmodels.casefile import CaseModel, edits_of
from lav_gui.ui.viewmodels.lanes.tracks import TrackLines, lines_of
from lav_gui.ui.viewmodels.loading import load_steps
from lav_gui.ui.wording import say
from lav_gui.verdict import judge
from lav_gui.verdict.edits import TrackEdit


@dataclass(frozen=True, slots=True, eq=False)
class SecondRun:
    """Another run: its number and name, and its faces' curves. Its faces have numbers of their own."""

    run_id: int
    name: str
    lines: tuple[TrackLines, ...]


def judge_steps(
    case: Case, run: RunRow, media: MediaInfo, edits: tuple[TrackEdit, ...]
) -> Generator[float | None, None, SecondRun]:
    """Read a run and judge it by its own settings, with the examiner's edits."""
    loaded = yield from load_steps(case, run)
    yield None
    facts = (loaded.series, run.weights, run.settings, media, len(loaded.analyzed))
    verdict = yield from judge.judge_steps(*facts, edits=edits)
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
        self._edits: tuple[TrackEdit, ...] = ()
        self._job: Job | None = None
        casefile.edited.connect(self._follow_edits)
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
        self._drop()
        self._chosen = run_id
        self.changed.emit(None)
        self.choices_changed.emit(self.choices, run_id)
        if run_id is not None:
            self._judge(run_id)

    def _judge(self, run_id: int) -> None:
        """Read and judge the chosen run; where that cannot be done, none is chosen any more."""
        case, run = self._casefile.case, next((run for run in self._casefile.runs if run.run_id == run_id), None)
        media = None if run is None else self._casefile.media(run)
        if case is None or run is None or media is None:
            self.choose(None)
            return
        try:
            self._edits = edits = edits_of(case, run_id)
        except LavError as error:
            self._give_up(error)
            return
        self._drop()
        job = self._jobs.make(lambda: judge_steps(case, run, media, edits))
        job.succeeded.connect(lambda second: self._take(job, second))
        job.failed.connect(lambda error: self._give_up(error) if self._job is job else None)
        self._job = job
        job.start()

    def _drop(self) -> None:
        """Nobody waits any more for what is judged now."""
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _take(self, job: Job, second: SecondRun) -> None:
        if self._job is job:
            self._job = None
            self.changed.emit(second)

    def _give_up(self, error: LavError) -> None:
        self.choose(None)
        self._casefile.failed.emit(error)

    def _follow_edits(self) -> None:
        """The examiner changed something: the curves follow where it was in the faces of this run."""
        case, run_id = self._casefile.case, self._chosen
        if case is None or run_id is None:
            return
        try:
            changed = edits_of(case, run_id) != self._edits
        except LavError as error:
            self._give_up(error)
            return
        if changed:
            self._judge(run_id)

    def _offer(self) -> None:
        if self._chosen is not None and self._chosen not in [run_id for run_id, _ in self.choices]:
            self.choose(None)
        self.choices_changed.emit(self.choices, self._chosen)
