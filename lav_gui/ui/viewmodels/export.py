"""What leaves the window: the report as a PDF, made by a child process, and single pictures as PNG."""

from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from lav_gui import isolation
from lav_gui.errors import ReportError
from lav_gui.records import Evidence, Frame, Stage
from lav_gui.ui.jobs import Job, Jobs
from lav_gui.ui.snapshot import Snapshot, png_bytes, snapshot_crop, snapshot_frame
from lav_gui.ui.viewmodels.face_detail import FaceDetailModel
from lav_gui.ui.viewmodels.playback import PlaybackModel

ENTRY = "lav_gui.reporting:document_steps"

Render = Callable[[Path, int, Path, float | None], Generator[Any, None, Any]]
"""Sets the report on a run of a case at a place, by a false-positive rate that was chosen after it, or None."""


def render_in_child(case_path: Path, run_id: int, target: Path, rate: float | None) -> Generator[Any, None, Any]:
    """Set the report in a child process: type-setting holds Python's lock for long, and the window must stay fluid."""
    return isolation.run(ENTRY, case_path, run_id, {"pdf": target}, False, rate)


class ExportModel(QObject):
    """Exports one report at a time, and pictures at once."""

    state_changed = Signal()
    """A report is being set, has come further, or was."""
    exported = Signal(object)
    """Path of what was written."""
    failed = Signal(object)
    """`LavError`."""

    def __init__(self, jobs: Jobs, render: Render = render_in_child, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._render = jobs, render
        self._job: Job | None = None
        self._stage: Stage | None = None

    @property
    def stage(self) -> Stage | None:
        """What is being done for the report, and how far it is; None before the first is told."""
        return self._stage

    @property
    def is_busy(self) -> bool:
        """Whether a report is being set."""
        return self._job is not None

    def export_pdf(self, case_path: Path, run_id: int, target: Path, rate: float | None = None) -> None:
        """Write the report of a run; answered by `exported` or `failed`.

        `rate` is the false-positive rate that was chosen after the run, by which the window judges it.
        """
        if self._job is not None:
            return
        job = self._jobs.make(lambda: self._render(case_path, run_id, target, rate))
        job.progressed.connect(self._count)
        job.succeeded.connect(lambda _: self.exported.emit(target))
        job.failed.connect(self.failed)
        job.ended.connect(self._end)
        self._job = job
        self.state_changed.emit()
        job.start()

    def stop(self) -> None:
        """Set no further; a report is written whole or not at all."""
        if self._job is not None:
            self._job.cancel()

    def write_png(self, snapshot: Snapshot, target: Path) -> None:
        """Write a picture; answered by `exported` or `failed`."""
        try:
            target.write_bytes(png_bytes(snapshot))
        except OSError as error:
            failure = ReportError(f"{target.name} cannot be written to {target.parent}; choose another folder.")
            failure.__cause__ = error
            self.failed.emit(failure)
            return
        self.exported.emit(target)

    def _count(self, stages: tuple[Stage, ...]) -> None:
        self._stage = stages[-1]
        self.state_changed.emit()

    def _end(self) -> None:
        self._job, self._stage = None, None
        self.state_changed.emit()


def frame_snapshot(playback: PlaybackModel, evidence: Evidence | None) -> Snapshot | None:
    """The frame on screen; None where there is none, or the file is not identified yet."""
    shown = playback.shown
    return None if evidence is None or not isinstance(shown, Frame) else snapshot_frame(shown, evidence)


def crop_snapshot(detail: FaceDetailModel, evidence: Evidence | None) -> Snapshot | None:
    """The crop of the selected face in the frame at rest; None where there is none."""
    value = detail.value
    if evidence is None or value is None:
        return None
    return snapshot_crop(value.crop, value.track_id, value.frame, evidence)
