"""The packets of a long video made ready for the timeline beside the window."""

from collections.abc import Generator

from PySide6.QtCore import QObject, Signal

from lav_gui.records import FrameIndex
from lav_gui.ui.jobs import Job, Jobs
from lav_gui.ui.viewmodels.document import DocumentModel, Video
from lav_gui.ui.viewmodels.lanes.packets import DIRECT_FRAMES, PacketLines, packet_lines


def packet_steps(index: FrameIndex) -> Generator[None, None, PacketLines]:
    """Make the packets of a video ready."""
    yield None
    lines = packet_lines(index)
    yield None
    lines.prepare()
    return lines


class PacketsModel(QObject):
    """Follows the open video; those of a short one need no thread, and are made where they are shown.

    Parameters
    ----------
    jobs : Jobs
        Owns the thread.
    document : DocumentModel
    """

    made = Signal(object)
    """`PacketLines` of the open video."""

    def __init__(self, jobs: Jobs, document: DocumentModel) -> None:
        super().__init__(document)
        self._jobs = jobs
        self._job: Job | None = None
        document.opened.connect(self._start)
        document.closed.connect(self._forget)

    def _start(self, video: Video) -> None:
        self._forget()
        if len(video.index) <= DIRECT_FRAMES:
            return
        job = self._jobs.make(lambda: packet_steps(video.index))
        job.succeeded.connect(lambda lines: self.made.emit(lines) if self._job is job else None)
        self._job = job
        job.start()

    def _forget(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self._job = None
