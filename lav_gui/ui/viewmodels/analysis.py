"""The analysis that runs in a child process: its state, progress and time left."""

import time
from collections import deque
from collections.abc import Callable, Generator
from enum import StrEnum
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from lav_gui import isolation
from lav_gui.errors import LavError, WorkerError
from lav_gui.records import AnalysisStarted, AnalysisSummary, FrameResult, Gap, Notice, Stage
from lav_gui.settings import AnalysisSettings
from lav_gui.ui.jobs import Job, Jobs

ENTRY = "lav_gui.analysis:analyze_file"

RATE_SECONDS = 20.0
"""The time left is told from the pace of this many last seconds."""

Launch = Callable[[Path, Path | None, AnalysisSettings], Generator[Any, None, Any]]


class AnalysisState(StrEnum):
    """What the analysis is doing."""

    IDLE = "idle"
    PREPARING = "preparing"
    RUNNING = "running"
    CANCELLING = "cancelling"


def launch_child(video: Path, case_path: Path | None, settings: AnalysisSettings) -> Generator[Any, None, Any]:
    """Run the analysis in a child process; the entry is a name, so that nothing heavy is loaded here."""
    return isolation.run(ENTRY, video, case_path, settings)


class AnalysisModel(QObject):
    """Starts, follows and cancels one analysis at a time.

    Parameters
    ----------
    jobs : Jobs
        Owns the thread.
    launch : callable
        Makes the generator of an analysis.
    clock : callable
        Monotonic seconds.
    parent : QObject, optional
    """

    state_changed = Signal(object)
    progress_changed = Signal()
    started = Signal(object)
    """`AnalysisStarted`."""
    results = Signal(object)
    """Tuple of `FrameResult` and `Gap`."""
    noticed = Signal(str)
    finished = Signal(object)
    """`AnalysisSummary`."""
    cancelled = Signal()
    failed = Signal(object)
    """`LavError`."""
    died = Signal(object)
    """`WorkerError`: the child process is gone; the analysis can go on from what is in the case."""

    def __init__(
        self,
        jobs: Jobs,
        launch: Launch = launch_child,
        clock: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._launch = launch
        self._clock = clock
        self._job: Job | None = None
        self._state = AnalysisState.IDLE
        self._stage: Stage | None = None
        self._done = 0
        self._planned = 0
        self._pace: deque[tuple[float, int]] = deque()

    @property
    def state(self) -> AnalysisState:
        """What the analysis is doing."""
        return self._state

    @property
    def stage(self) -> Stage | None:
        """What is prepared before the first frame; None once frames come."""
        return self._stage

    @property
    def done(self) -> int:
        """Frames done, those of an earlier, interrupted call included."""
        return self._done

    @property
    def planned(self) -> int:
        """Frames planned; 0 while it is not known."""
        return self._planned

    @property
    def fraction(self) -> float | None:
        """Progress in [0, 1], None while it is not known."""
        if self._planned:
            return self._done / self._planned
        return self._stage.done / self._stage.total if self._stage and self._stage.total else None

    @property
    def seconds_left(self) -> float | None:
        """Estimated from the latest pace; None while there is too little to tell."""
        pace = self.seconds_per_frame
        return None if pace is None else pace * (self._planned - self._done)

    @property
    def seconds_per_frame(self) -> float | None:
        """The latest pace; None while there is too little to tell."""
        if len(self._pace) < 2:
            return None
        (first_time, first_done), (last_time, last_done) = self._pace[0], self._pace[-1]
        return (last_time - first_time) / (last_done - first_done) if last_done > first_done else None

    def start(self, video: Path, case_path: Path | None, settings: AnalysisSettings) -> None:
        """Start an analysis; does nothing while one runs."""
        if self._job is not None:
            return
        self._stage, self._done, self._planned = None, 0, 0
        self._pace.clear()
        job = self._jobs.make(lambda: self._launch(video, case_path, settings))
        job.progressed.connect(self._take)
        job.succeeded.connect(self._succeed)
        job.failed.connect(self._fail)
        job.cancelled.connect(self._cancel)
        self._job = job
        self._set_state(AnalysisState.PREPARING)
        job.start()

    def cancel(self) -> None:
        """Ask the analysis to stop; what is done stays in the case."""
        if self._job is not None and self._state is not AnalysisState.CANCELLING:
            self._job.cancel()
            self._set_state(AnalysisState.CANCELLING)

    def _set_state(self, state: AnalysisState) -> None:
        self._state = state
        self.state_changed.emit(state)
        self.progress_changed.emit()

    @Slot(object)
    def _take(self, items: tuple[object, ...]) -> None:
        results: list[FrameResult | Gap] = []
        for item in items:
            if isinstance(item, FrameResult | Gap):
                results.append(item)
            elif isinstance(item, AnalysisStarted):
                self._begin(item)
            elif isinstance(item, Notice):
                self.noticed.emit(item.text)
            elif isinstance(item, Stage):
                self._stage = item
        if results:
            self._count(len(results))
            self.results.emit(tuple(results))
        self.progress_changed.emit()

    def _begin(self, started: AnalysisStarted) -> None:
        self._stage = None
        self._planned, self._done = len(started.planned), started.done
        if self._state is AnalysisState.PREPARING:
            self._set_state(AnalysisState.RUNNING)
        self.started.emit(started)

    def _count(self, frames: int) -> None:
        now = self._clock()
        self._done += frames
        self._pace.append((now, self._done))
        while now - self._pace[0][0] > RATE_SECONDS and len(self._pace) > 2:
            self._pace.popleft()

    @Slot(object)
    def _succeed(self, summary: AnalysisSummary) -> None:
        self._end()
        self.finished.emit(summary)

    @Slot(object)
    def _fail(self, error: LavError) -> None:
        self._end()
        (self.died if isinstance(error, WorkerError) else self.failed).emit(error)

    @Slot()
    def _cancel(self) -> None:
        self._end()
        self.cancelled.emit()

    def _end(self) -> None:
        self._job = None
        self._set_state(AnalysisState.IDLE)
