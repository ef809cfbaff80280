"""Looks through a whole video beside the window for what a lane of the timeline shows."""

from collections.abc import Callable, Generator, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal

from lav_gui.media.audio import sound_chunks
from lav_gui.media.reader import VideoReader
from lav_gui.ui.jobs import Job, Jobs
from lav_gui.ui.viewmodels.document import DocumentModel, Video
from lav_gui.ui.viewmodels.lanes.content import ContentLines, content_lines, content_steps
from lav_gui.ui.viewmodels.lanes.sound import WaveLines, wave_lines, wave_steps

GROWTH = 1.2
"""What was found is told anew when it has grown by this factor, so that long videos do not cost more and more."""

Look = Callable[[Video], Generator[Any, None, Any]]
Sum = Callable[[Sequence[Any], Video], Any]


class SurveyModel(QObject):
    """Looks through the open video while somebody wants to see it; what was found is kept until another is opened.

    Parameters
    ----------
    jobs : Jobs
        Owns the thread.
    document : DocumentModel
    look : callable
        Makes the generator that looks through a video; it yields parts, or None.
    sum_up : callable
        What all parts together tell.
    """

    changed = Signal(object)
    """What is known by now, or None."""

    def __init__(self, jobs: Jobs, document: DocumentModel, look: Look, sum_up: Sum) -> None:
        super().__init__(document)
        self._jobs, self._document, self._look, self._sum_up = jobs, document, look, sum_up
        self._wanted = False
        self._job: Job | None = None
        self._looked = False
        self._parts: list[Any] = []
        self._told = 0
        document.opened.connect(self._begin_anew)
        document.closed.connect(self._begin_anew)

    @property
    def is_looking(self) -> bool:
        """Whether it is at work."""
        return self._job is not None

    def want(self, wanted: bool) -> None:
        """Look through the video, or stop where nobody looks on any more."""
        self._wanted = wanted
        if not wanted and self._job is not None:
            self._begin_anew()
        self._start()

    def _begin_anew(self) -> None:
        if self._job is not None:
            self._job.cancel()
        had = bool(self._parts)
        self._job, self._looked, self._parts, self._told = None, False, [], 0
        if had:
            self.changed.emit(None)
        self._start()

    def _start(self) -> None:
        video = self._document.video
        if not self._wanted or self._looked or video is None:
            return
        self._looked = True
        job = self._jobs.make(lambda: self._look(video))
        self._job = job
        job.progressed.connect(lambda parts: self._take(job, parts, video))
        job.ended.connect(lambda: self._end(job, video))
        job.start()

    def _take(self, job: Job, parts: tuple[Any, ...], video: Video) -> None:
        if job is self._job:
            self._parts += parts
            if len(self._parts) >= GROWTH * self._told:
                self._tell(video)

    def _end(self, job: Job, video: Video) -> None:
        if job is self._job:
            self._job = None
            if len(self._parts) > self._told:
                self._tell(video)

    def _tell(self, video: Video) -> None:
        self._told = len(self._parts)
        self.changed.emit(self._sum_up(self._parts, video))


def sound_survey(jobs: Jobs, document: DocumentModel) -> SurveyModel:
    """Looks for the sound wave; a file without sound has none."""

    def look(video: Video) -> Generator[Any, None, None]:
        if any(stream.kind == "audio" for stream in video.info.streams) and len(video.index):
            yield from wave_steps(sound_chunks(video.path, video.index.seconds(0)))

    def sum_up(parts: Sequence[Any], video: Video) -> WaveLines | None:
        return wave_lines(parts, video.index)

    return SurveyModel(jobs, document, look, sum_up)


def content_survey(jobs: Jobs, document: DocumentModel) -> SurveyModel:
    """Looks for scene cuts and repeated pictures."""

    def look(video: Video) -> Generator[Any, None, None]:
        with VideoReader(video.path, video.color) as reader:
            yield from content_steps(reader.frames(range(len(reader.index))))

    def sum_up(parts: Sequence[Any], _: Video) -> ContentLines | None:
        return content_lines(parts)

    return SurveyModel(jobs, document, look, sum_up)
