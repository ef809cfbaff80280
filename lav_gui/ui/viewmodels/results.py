"""The results of one run: what was said of each frame, and the verdict made of it, renewed while results come."""

import time
from array import array
from bisect import bisect_left, bisect_right, insort
from collections import OrderedDict
from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from lav_gui.errors import LavError
from lav_gui.records import FrameResult, Gap, MediaInfo, TrackSeries, Verdict
from lav_gui.settings import AnalysisSettings
from lav_gui.ui.jobs import Job, Jobs
from lav_gui.ui.viewmodels.series import join_series, joined_frames
from lav_gui.verdict.columns import SeriesBuilder
from lav_gui.verdict.edits import TrackEdit
from lav_gui.verdict.judge import judge_steps
from model_zoo.weights_record import Weights

KEPT_RESULTS = 8_000
"""Frame results kept in memory, each face of a frame beyond the first counted as another, about 2 kB each: 16 MB. Older
ones are looked up in the case."""

JUDGE_MILLISECONDS = 400
"""A verdict is renewed at most this often, and never takes more than a fifth of the time."""

Lookup = Callable[[int], FrameResult | None]


def _no_frames() -> NDArray[np.int64]:
    return np.empty(0, np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class RunFacts:
    """What a verdict needs beside the results; `planned` (P,) are the frame indices of the run, increasing.

    `rate` is the false-positive rate that the window judges by instead of the run's own; None judges as the run does.
    """

    run_id: int
    weights: Weights
    settings: AnalysisSettings
    media: MediaInfo
    planned: NDArray[np.int64]
    edits: tuple[TrackEdit, ...] = ()
    rate: float | None = None

    @property
    def judged_by(self) -> AnalysisSettings:
        """The settings by which the window judges: the run's own, at the rate that is asked for."""
        return self.settings if self.rate is None else replace(self.settings, false_positive_rate=self.rate)


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """A verdict, and the tracks as measured that it was made of.

    `analyzed` (N,) int64 are the frames that were looked at, `small` (M,) int64 those of them that show a face too
    small to be analyzed; both increasing.
    """

    verdict: Verdict
    measured: tuple[TrackSeries, ...]
    facts: RunFacts
    frames_analyzed: int
    analyzed: NDArray[np.int64] = field(default_factory=_no_frames)
    small: NDArray[np.int64] = field(default_factory=_no_frames)


class ResultsModel(QObject):
    """Takes in frame results in any order, finds them again, and has the verdict made beside the window.

    Parameters
    ----------
    jobs : Jobs
        Owns the threads in which verdicts are made.
    parent : QObject, optional
    """

    facts_changed = Signal(object)
    """`RunFacts`, or None when there is no run."""
    judged_changed = Signal(object)
    """`Judged`, or None."""
    frames_arrived = Signal()
    failed = Signal(object)
    """`LavError`: an edit cannot be applied."""

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._facts: RunFacts | None = None
        self._lookup: Lookup = _nothing
        self._loaded: tuple[TrackSeries, ...] = ()
        self._builder = SeriesBuilder()
        self._analyzed = array("q")
        self._gaps: dict[int, Gap] = {}
        self._small = array("q")
        self._recent: OrderedDict[int, FrameResult] = OrderedDict()
        self._weight = 0
        self._judged: Judged | None = None
        self._judging: Job | None = None
        self._stale = False
        self._generation = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._start_judging)

    @property
    def facts(self) -> RunFacts | None:
        """What run this is; None without one."""
        return self._facts

    @property
    def judged(self) -> Judged | None:
        """The latest verdict; None until there is one."""
        return self._judged

    @property
    def verdict(self) -> Verdict | None:
        """The latest verdict; None until there is one."""
        return None if self._judged is None else self._judged.verdict

    @property
    def analyzed(self) -> Sequence[int]:
        """Indices of the analyzed frames, increasing."""
        return self._analyzed

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """Frames of the run that yield no picture."""
        return tuple(self._gaps[index] for index in sorted(self._gaps))

    def begin(self, facts: RunFacts, lookup: Lookup) -> None:
        """Forget everything and take the results of another run; `lookup` finds those not kept in memory."""
        self._forget()
        self._facts, self._lookup = facts, lookup
        self.facts_changed.emit(facts)
        self.judged_changed.emit(None)

    def clear(self) -> None:
        """Forget everything."""
        if self._facts is not None:
            self._forget()
            self.facts_changed.emit(None)
            self.judged_changed.emit(None)

    def adopt(
        self, series: tuple[TrackSeries, ...], analyzed: Iterable[int], gaps: Iterable[Gap], small: Iterable[int] = ()
    ) -> None:
        """Take what was loaded from a case at once; results that came meanwhile stay.

        `small` are the frames that show a face too small to be analyzed.
        """
        self._loaded = series
        self._small = joined_frames(small, self._small)
        self._analyzed = joined_frames(analyzed, self._analyzed)
        self._gaps |= {gap.index: gap for gap in gaps}
        self._renew(0)

    def append(self, items: Iterable[FrameResult | Gap]) -> None:
        """Take in new results, also again; those of a run that is no longer on screen are dropped."""
        if self._facts is None:
            return
        for item in items:
            if isinstance(item, Gap):
                self._gaps[item.index] = item
                continue
            self._builder.append(item)
            self._keep(item)
            if item.faces_too_small:
                _put_in(self._small, item.index)
            _put_in(self._analyzed, item.index)
        self._renew(JUDGE_MILLISECONDS if self._judged is not None else 0)

    def find(self, frame_index: int) -> FrameResult | None:
        """What was said of a frame; None where it was not analyzed.

        Raises
        ------
        LavError
            If the case cannot be read.
        """
        if not self._has(frame_index):
            return None
        kept = self._recent.get(frame_index)
        if kept is None:
            kept = self._lookup(frame_index)
            if kept is not None:
                self._keep(kept)
        return kept

    def analyzed_before(self, frame_index: int) -> int | None:
        """The last analyzed frame before or at a frame."""
        place = bisect_right(self._analyzed, frame_index)
        return self._analyzed[place - 1] if place else None

    def analyzed_after(self, frame_index: int) -> int | None:
        """The first analyzed frame after a frame."""
        place = bisect_right(self._analyzed, frame_index)
        return self._analyzed[place] if place < len(self._analyzed) else None

    def set_edits(self, edits: tuple[TrackEdit, ...]) -> None:
        """Apply other edits to the tracks."""
        if self._facts is not None and edits != self._facts.edits:
            self._change_facts(replace(self._facts, edits=edits))

    def judge_at(self, false_positive_rate: float) -> None:
        """Judge the run on screen by another operating point; its results and its own settings stay."""
        if self._facts is None:
            return
        own = self._facts.settings.false_positive_rate
        rate = None if false_positive_rate == own else false_positive_rate
        if rate != self._facts.rate:
            self._change_facts(replace(self._facts, rate=rate))

    def _change_facts(self, facts: RunFacts) -> None:
        """Judge by other facts; what is being judged by the present ones is of no use any more."""
        self._facts = facts
        self.facts_changed.emit(facts)
        self._give_up_judging()
        self._renew(0)

    def _give_up_judging(self) -> None:
        self._timer.stop()
        if self._judging is not None:
            self._judging.cancel()

    def _forget(self) -> None:
        self._give_up_judging()
        self._generation += 1
        self._facts, self._lookup, self._judged = None, _nothing, None
        self._loaded, self._builder = (), SeriesBuilder()
        self._analyzed, self._gaps, self._small = array("q"), {}, array("q")
        self._recent.clear()
        self._weight = 0
        self._stale = False

    def is_planned(self, frame_index: int) -> bool:
        """Whether the run is to analyze a frame, or has done so."""
        planned = () if self._facts is None else self._facts.planned
        place = int(np.searchsorted(planned, frame_index))
        return place < len(planned) and int(planned[place]) == frame_index

    def _has(self, frame_index: int) -> bool:
        return _is_in(self._analyzed, frame_index)

    def _keep(self, result: FrameResult) -> None:
        before = self._recent.pop(result.index, None)
        self._recent[result.index] = result
        self._weight += _weight(result) - (0 if before is None else _weight(before))
        while self._weight > KEPT_RESULTS and len(self._recent) > 1:
            self._weight -= _weight(self._recent.popitem(last=False)[1])

    def _renew(self, milliseconds: int) -> None:
        self.frames_arrived.emit()
        self._stale = True
        if self._judging is None and not self._timer.isActive():
            self._timer.start(milliseconds)

    @Slot()
    def _start_judging(self) -> None:
        if self._facts is None:
            return
        facts, generation, begun = self._facts, self._generation, time.monotonic()
        given = (
            self._loaded,
            self._builder.copy(),
            np.array(self._analyzed, np.int64),
            np.array(self._small, np.int64),
        )
        job = self._jobs.make(lambda: judged_steps(facts, *given))
        job.succeeded.connect(lambda judged: self._take(judged, generation))
        job.failed.connect(lambda error: self._fail(error, generation))
        job.ended.connect(lambda: self._judging_ended(time.monotonic() - begun, stopped=job.is_cancelling))
        self._stale, self._judging = False, job
        job.start()

    def _take(self, judged: Judged, generation: int) -> None:
        if generation == self._generation:
            self._judged = judged
            self.judged_changed.emit(judged)

    def _fail(self, error: LavError, generation: int) -> None:
        if generation == self._generation:
            self.failed.emit(error)

    def _judging_ended(self, seconds: float, *, stopped: bool) -> None:
        self._judging = None
        if self._stale and self._facts is not None:
            self._timer.start(0 if stopped else max(JUDGE_MILLISECONDS, round(4000 * seconds)))


def judged_steps(
    facts: RunFacts,
    loaded: tuple[TrackSeries, ...],
    live: SeriesBuilder,
    analyzed: NDArray[np.int64],
    small: NDArray[np.int64],
) -> Generator[None, None, Judged]:
    """Make the verdict of a run from what a case held of it and what came since; it can be stopped at each yield."""
    yield None
    series = join_series(loaded, live.series())
    yield None
    verdict = yield from judge_steps(
        *(series, facts.weights, facts.judged_by, facts.media, len(analyzed)),
        edits=facts.edits,
        frames_with_small_faces=len(small),
        run_rate=facts.settings.false_positive_rate,
    )
    return Judged(verdict, series, facts, len(analyzed), analyzed, small)


def _is_in(frames: "array[int]", frame_index: int) -> bool:
    place = bisect_left(frames, frame_index)
    return place < len(frames) and frames[place] == frame_index


def _put_in(frames: "array[int]", frame_index: int) -> None:
    if not _is_in(frames, frame_index):
        insort(frames, frame_index)


def _weight(result: FrameResult) -> int:
    return max(len(result.faces), 1)


def _nothing(_: int) -> FrameResult | None:
    return None
