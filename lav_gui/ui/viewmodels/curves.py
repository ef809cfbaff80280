"""A verdict made ready for the timeline; that of a long run beside the window."""

from collections.abc import Generator
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from lav_gui.ui.jobs import Job, Jobs
from lav_gui.ui.viewmodels.lanes.faces import FaceSpans, face_spans
from lav_gui.ui.viewmodels.lanes.streams import StreamLines, Streams, stream_steps, streams_of
from lav_gui.ui.viewmodels.lanes.tracks import TrackLines, track_lines
from lav_gui.ui.viewmodels.results import Judged, ResultsModel

DIRECT_ROWS = 50_000
"""Runs with fewer rows in all their curves are made ready at once, which takes less than a picture's time."""


@dataclass(frozen=True, slots=True, eq=False)
class Curves:
    """A verdict, the curves of its faces, where they were seen, and what the streams contribute."""

    judged: Judged
    lines: tuple[TrackLines, ...]
    faces: FaceSpans
    streams: Streams


def curve_steps(judged: Judged) -> Generator[None, None, Curves]:
    """Make a verdict ready, face by face."""
    lines = []
    for track in judged.verdict.tracks:
        made = track_lines(track)
        yield None
        made.prepare()
        lines.append(made)
        yield None
    streams = yield from _ready(stream_steps(judged))
    return Curves(judged, tuple(lines), face_spans(judged), streams)


def _ready(steps: Generator[StreamLines, None, Streams]) -> Generator[None, None, Streams]:
    while True:
        try:
            made = next(steps)
        except StopIteration as end:
            streams: Streams = end.value
            return streams
        made.prepare()
        yield None


def curves_of(judged: Judged) -> Curves:
    """The same at once; long curves find their extremes when they are first drawn."""
    lines = tuple(track_lines(track) for track in judged.verdict.tracks)
    return Curves(judged, lines, face_spans(judged), streams_of(judged))


class CurvesModel(QObject):
    """Follows the verdict of the run on screen; of several that come while one is made ready, the newest is next.

    Parameters
    ----------
    jobs : Jobs
        Owns the thread.
    results : ResultsModel
    """

    changed = Signal(object)
    """`Curves`, or None."""

    def __init__(self, jobs: Jobs, results: ResultsModel) -> None:
        super().__init__(results)
        self._jobs = jobs
        self._waiting: Judged | None = None
        self._job: Job | None = None
        results.judged_changed.connect(self._take)

    def _take(self, judged: Judged | None) -> None:
        if judged is None:
            if self._job is not None:
                self._job.cancel()
            self._job, self._waiting = None, None
            self.changed.emit(None)
        elif self._job is None and sum(len(series) for series in judged.measured) <= DIRECT_ROWS:
            self.changed.emit(curves_of(judged))
        else:
            self._waiting = judged
            self._start()

    def _start(self) -> None:
        judged = self._waiting
        if judged is None or self._job is not None:
            return
        self._waiting = None
        job = self._jobs.make(lambda: curve_steps(judged))
        self._job = job
        job.succeeded.connect(lambda curves: self.changed.emit(curves) if self._job is job else None)
        job.ended.connect(lambda: self._end(job))
        job.start()

    def _end(self, job: Job) -> None:
        if self._job is job:
            self._job = None
            self._start()
