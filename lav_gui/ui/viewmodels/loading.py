"""A run is read from the case beside the window: how far that is, and how it is stopped."""

from collections.abc import Generator
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from lav_gui.errors import LavError
from lav_gui.records import Gap, TrackSeries
from lav_gui.session.case import Case
from lav_gui.session.results import PIECE_ROWS
from lav_gui.session.runs import RunRow
from lav_gui.ui.jobs import Job, Jobs

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True, eq=False)
class LoadedRun:
    """What a case holds of a run.

    Attributes
    ----------
    run : RunRow
    series : tuple of TrackSeries
    analyzed, small : ndarray of shape (N,) and (S,), int64
        Frames that were looked at, and those of them with a face too small to be analyzed; both increasing.
    gaps : tuple of Gap
    """

    run: RunRow
    series: tuple[TrackSeries, ...]
    analyzed: NDArray[np.int64]
    gaps: tuple[Gap, ...]
    small: NDArray[np.int64]


def load_steps(case: Case, run: RunRow) -> Generator[float | None, None, LoadedRun]:
    """Read a run, by a connection of its own: the window, which uses the other, must not wait for it.

    Yields
    ------
    float or None
        Fraction of the rows that is read, in [0, 1]; None is only a place to stop.
    """
    yield None
    with Case.open(case.path, read_only=True) as reading, reading.snapshot():
        run_id = run.run_id
        pieces = reading.face_count(run_id) / PIECE_ROWS
        series = yield from counted(reading.series_steps(run_id), pieces)
        gaps = reading.gaps(run_id)
        done = yield from reading.done_index_steps(run_id)
        analyzed = np.setdiff1d(done, [gap.index for gap in gaps], assume_unique=True) if gaps else done
        return LoadedRun(run, series, analyzed, gaps, (yield from reading.small_face_steps(run_id)))


def counted(steps: Generator[None, None, Answer], expected: float) -> Generator[float, None, Answer]:
    """Some steps, with the fraction of the expected number that is done after each."""
    done = 0
    while True:
        try:
            next(steps)
        except StopIteration as end:
            answer: Answer = end.value
            return answer
        done += 1
        yield min(done / max(expected, 1.0), 1.0)


class RunLoader(QObject):
    """Reads one run at a time; when another is asked for meanwhile, the earlier is given up.

    Parameters
    ----------
    jobs : Jobs
        Owns the thread.
    parent : QObject, optional
    """

    changed = Signal()
    """It is at work, has come further, or is at its end."""
    loaded = Signal(object)
    """`LoadedRun`."""
    stopped = Signal(object)
    """`RunRow` whose reading was stopped."""
    failed = Signal(object)
    """`LavError`."""

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._job: Job | None = None
        self._run: RunRow | None = None
        self._fraction: float | None = None

    @property
    def fraction(self) -> float | None:
        """How much is read, in [0, 1]; None while nothing is read, or has only just begun."""
        return self._fraction

    def start(self, case: Case, run: RunRow) -> None:
        """Read a run; answered by `loaded`, `failed`, or `stopped`."""
        self.forget()
        job = self._jobs.make(lambda: load_steps(case, run))
        job.progressed.connect(lambda fractions: self._count(job, fractions))
        job.succeeded.connect(lambda found: self._take(job, found))
        job.failed.connect(lambda error: self._fail(job, error))
        self._job, self._run = job, run
        job.start()

    def stop(self) -> None:
        """Read no further; `stopped` tells of which run results are missing now."""
        run = self._run
        if run is not None:
            self.forget()
            self.stopped.emit(run)

    def forget(self) -> None:
        """Give up what is read now, without a word."""
        job = self._job
        self._end()
        if job is not None:
            job.cancel()

    def _count(self, job: Job, fractions: tuple[float, ...]) -> None:
        if job is self._job:
            self._fraction = fractions[-1]
            self.changed.emit()

    def _take(self, job: Job, found: LoadedRun) -> None:
        if job is self._job:
            self._end()
            self.loaded.emit(found)

    def _fail(self, job: Job, error: LavError) -> None:
        if job is self._job:
            self._end()
            self.failed.emit(error)

    def _end(self) -> None:
        was_told = self._fraction is not None
        self._job, self._run, self._fraction = None, None, None
        if was_told:
            self.changed.emit()
