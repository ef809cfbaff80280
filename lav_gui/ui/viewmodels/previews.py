"""What lies at the pointer on the timeline: a small picture of the nearest keyframe, and which frame it would be."""

from bisect import bisect_right, insort
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal, Slot

from lav_gui.media.thumbnails import thumbnails
from lav_gui.records import Thumbnail
from lav_gui.ui.jobs import Job, Jobs
from lav_gui.ui.viewmodels.document import DocumentModel, Video
from lav_gui.ui.wording import exact_clock, say


@dataclass(frozen=True, slots=True, eq=False)
class Preview:
    """One place on the timeline. `image` is RGB, (h, w, 3), or None; `x` is where the pointer is, in pixels."""

    x: int
    image: NDArray[np.uint8] | None
    words: str


class PreviewsModel(QObject):
    """Has thumbnails of the keyframes made once a video is identified, and tells what lies at the pointer.

    Parameters
    ----------
    jobs : Jobs
        Owns the thread that makes them.
    document : DocumentModel
    """

    changed = Signal(object)
    """`Preview`, or None while the pointer is elsewhere."""

    def __init__(self, jobs: Jobs, document: DocumentModel) -> None:
        super().__init__(document)
        self._jobs, self._document = jobs, document
        self._made: dict[int, Thumbnail] = {}
        self._order: list[int] = []
        self._job: Job | None = None
        self._pointed: tuple[int, int] | None = None
        document.opened.connect(self._clear)
        document.closed.connect(self._clear)
        document.identified.connect(self._start)

    @property
    def count(self) -> int:
        """How many thumbnails there are by now."""
        return len(self._made)

    def nearest(self, frame_index: int) -> Thumbnail | None:
        """The thumbnail of the last keyframe up to a frame, else of the first one after it; None without any."""
        if not self._order:
            return None
        return self._made[self._order[max(bisect_right(self._order, frame_index) - 1, 0)]]

    @Slot(int, int)
    def point(self, frame_index: int, x: int) -> None:
        """The pointer is over a frame of the timeline; -1 when it is elsewhere."""
        self._pointed = None if frame_index < 0 else (frame_index, x)
        self._tell()

    def _tell(self) -> None:
        video = self._document.video
        if video is None or self._pointed is None:
            self.changed.emit(None)
            return
        frame_index, x = self._pointed
        if frame_index < len(video.index):
            near = self.nearest(frame_index)
            words = _words(video, frame_index, near)
            self.changed.emit(Preview(x, None if near is None else near.image, words))

    @Slot()
    def _clear(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self._made.clear()
        self._order.clear()
        self._pointed = None
        self.changed.emit(None)

    @Slot()
    def _start(self) -> None:
        video = self._document.video
        if video is None or self._job is not None or self._made:
            return
        job = self._jobs.make(lambda: thumbnails(video.path, video.color))
        job.progressed.connect(lambda made: self._take(made) if self._job is job else None)
        job.ended.connect(lambda: self._forget(job))
        self._job = job
        job.start()

    def _forget(self, job: Job) -> None:
        if self._job is job:
            self._job = None

    def _take(self, made: tuple[Thumbnail, ...]) -> None:
        for each in made:
            insort(self._order, each.frame_index)
            self._made[each.frame_index] = each
        if self._pointed is not None:
            self._tell()


def _words(video: Video, frame_index: int, near: Thumbnail | None) -> str:
    """Which frame it is, and which one the picture is of where that is another."""
    index = video.index
    here = say(
        "Frame {frame} · {time}", frame=frame_index, time=exact_clock(int(index.pts[frame_index]), index.time_base)
    )
    if near is None or near.frame_index == frame_index:
        return here
    return here + "\n" + say("picture of {frame}", frame=near.frame_index)
