"""What leaves the window: the report as a PDF, made by a child process, and single pictures as PNG."""

from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from lav_gui import isolation
from lav_gui.errors import ReportError
from lav_gui.records import Evidence, Frame
from lav_gui.ui.jobs import Job, Jobs
from lav_gui.ui.snapshot import Snapshot, png_bytes, snapshot_crop, snapshot_frame
from lav_gui.ui.viewmodels.face_detail import FaceDetailModel
from lav_gui.ui.viewmodels.playback import PlaybackModel

ENTRY = "lav_gui.reporting:document_steps"

Render = Callable[[Path, int, Path], Generator[Any, None, Any]]


def render_in_child(case_path: Path, run_id: int, target: Path) -> Generator[Any, None, Any]:
    """Set the report in a child process: type-setting holds Python's lock for long, and the window must stay fluid."""
    return isolation.run(ENTRY, case_path, run_id, {"pdf": target})


class ExportModel(QObject):
    """Exports one report at a time, and pictures at once."""

    state_changed = Signal()
    exported = Signal(object)
    """Path of what was written."""
    failed = Signal(object)
    """`LavError`."""

    def __init__(self, jobs: Jobs, render: Render = render_in_child, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._render = jobs, render
        self._job: Job | None = None

    @property
    def is_busy(self) -> bool:
        """Whether a report is being set."""
        return self._job is not None

    def export_pdf(self, case_path: Path, run_id: int, target: Path) -> None:
        """Write the report of a run; answered by `exported` or `failed`."""
        if self._job is not None:
            return
        job = self._jobs.make(lambda: self._render(case_path, run_id, target))
        job.succeeded.connect(lambda _: self.exported.emit(target))
        job.failed.connect(self.failed)
        job.ended.connect(self._end)
        self._job = job
        self.state_changed.emit()
        job.start()

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

    def _end(self) -> None:
        self._job = None
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
