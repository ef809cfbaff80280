"""The video on the desk: opened for the screen at once, identified by its hashes meanwhile."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from lav_gui.errors import LavError, MediaError
from lav_gui.media.inspect import inspect_steps
from lav_gui.media.source import file_stamp
from lav_gui.records import Evidence, FrameIndex, MediaInfo, Stage
from lav_gui.settings import ColorPolicy
from lav_gui.ui.frames import FrameServer
from lav_gui.ui.jobs import Job, Jobs
from lav_gui.ui.wording import say


@dataclass(frozen=True, slots=True, eq=False)
class Video:
    """An open video: where it lies, what it is, its frames, and the color rule it is shown with."""

    path: Path
    info: MediaInfo
    index: FrameIndex
    color: ColorPolicy


class DocumentModel(QObject):
    """Opens one video at a time.

    Parameters
    ----------
    frames : FrameServer
        Shows it.
    jobs : Jobs
        Owns the thread that hashes.
    parent : QObject, optional
    """

    opening = Signal(object)
    """Path."""
    opened = Signal(object)
    """`Video`."""
    hashed = Signal(float)
    """Fraction of the file that is hashed."""
    identified = Signal(object)
    """`Evidence`."""
    closed = Signal()
    failed = Signal(object)
    """`LavError`."""

    def __init__(self, frames: FrameServer, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._frames, self._jobs = frames, jobs
        self._wanted: tuple[Path, ColorPolicy] | None = None
        self._known: Evidence | None = None
        self._video: Video | None = None
        self._evidence: Evidence | None = None
        self._job: Job | None = None
        self._hashed = 0.0
        self._stamp: tuple[int, int] | None = None
        frames.opened.connect(self._take)
        frames.failed.connect(self._fail)

    @property
    def video(self) -> Video | None:
        """The open video; None without one."""
        return self._video

    def folder(self, otherwise: Path) -> Path:
        """Where a dialog begins: beside the video on screen, `otherwise` without one."""
        return otherwise if self._video is None else self._video.path.parent

    @property
    def evidence(self) -> Evidence | None:
        """What the file is; None until its hashes are known."""
        return self._evidence

    @property
    def is_hashing(self) -> bool:
        """Whether the file is being hashed."""
        return self._job is not None

    @property
    def hashed_fraction(self) -> float:
        """How much of the file is hashed, in [0, 1]."""
        return self._hashed

    @property
    def is_opening(self) -> bool:
        """Whether a file is being opened."""
        return self._wanted is not None

    def trouble(self) -> LavError | None:
        """Tell that the file on the disk is another one by now than the one that was opened; None while it is not."""
        if self._video is None:
            return None
        stamp = file_stamp(self._video.path)
        if stamp is None or stamp == self._stamp:  # what cannot be read is told by whoever reads it
            return None
        name = self._video.path.name
        return MediaError(
            say("{name} was replaced or changed on the disk since it was opened; open it again.", name=name)
        )

    def open(self, path: Path, color: ColorPolicy, known: Evidence | None = None) -> None:
        """Open a video; `known` is its evidence where a case has told and checked it, and it need not be hashed."""
        self.close()
        self._wanted, self._known = (path, color), known
        self._stamp = file_stamp(path)
        self.opening.emit(path)
        self._frames.open(path, color)

    def close(self) -> None:
        """Let go of the video."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
        was_open = self._video is not None
        self._wanted, self._known, self._video, self._evidence = None, None, None, None
        if was_open:
            self._frames.close_file()
            self.closed.emit()

    def set_color(self, color: ColorPolicy) -> None:
        """Show the video under another color rule, such as the one of the run on screen."""
        if self._video is None or self._video.color is color:
            return
        trouble = self.trouble()
        if trouble is None:
            self.open(self._video.path, color, self._evidence)
        else:
            self.failed.emit(trouble)

    @Slot(object, object, object)
    def _take(self, info: MediaInfo, index: FrameIndex, source: tuple[Path, ColorPolicy]) -> None:
        if source != self._wanted:  # a file that was wanted before and took long to open
            return
        (path, color), self._wanted = source, None
        self._video = Video(path, info, index, color)
        self.opened.emit(self._video)
        if self._known is not None:
            self._identify(self._known)
            return
        job = self._jobs.make(lambda: inspect_steps(path, color))
        job.progressed.connect(self._count)
        job.succeeded.connect(lambda evidence: self._take_evidence(evidence) if self._job is job else None)
        job.failed.connect(lambda error: self._give_up(error) if self._job is job else None)
        self._job, self._hashed = job, 0.0
        self.hashed.emit(0.0)
        job.start()

    @Slot(object)
    def _count(self, stages: tuple[Stage, ...]) -> None:
        self._hashed = stages[-1].done / max(stages[-1].total, 1)
        self.hashed.emit(self._hashed)

    def _take_evidence(self, evidence: Evidence) -> None:
        """What was hashed must be what is on screen."""
        trouble = self.trouble()
        if trouble is None:
            self._identify(evidence)
        else:
            self._give_up(trouble)

    def _identify(self, evidence: Evidence) -> None:
        self._job = None
        self._evidence = evidence
        self.identified.emit(evidence)

    def _give_up(self, error: LavError) -> None:
        self._job = None
        self.failed.emit(error)

    @Slot(object)
    def _fail(self, error: LavError) -> None:
        self._wanted = None
        self.failed.emit(error)


def missing_words(video: Video) -> str:
    """That fewer frames can be read than the file lists, as of one that was cut off; "" where that is not so."""
    listed, found = video.info.frame_count_from_header, video.info.frame_count_from_content
    if listed is None or listed <= found:
        return ""
    return say(
        "{name} lists {listed} frames, but {found} can be read: it is incomplete, or an edit list leaves some out.",
        name=video.path.name, listed=listed, found=found,
    )  # fmt: skip
