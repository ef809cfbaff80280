"""Cases as files: a new one, a copy under another name, and the list of those that were open lately."""

from collections.abc import Callable, Generator
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from lav_gui.errors import SessionError
from lav_gui.session.case import Case
from lav_gui.ui.jobs import Job
from lav_gui.ui.viewmodels.gathering import Gathering
from lav_gui.ui.viewmodels.models import Models
from lav_gui.ui.viewmodels.opening import Opening
from lav_gui.ui.wording import say


class CaseFiles(QObject):
    """Makes and copies case files, and notes which were open."""

    state_changed = Signal()
    """A copy is being written, or was."""
    progressed = Signal()
    """More of the copy is written."""

    _grown = Signal(float)

    def __init__(self, models: Models, opening: Opening, gathering: Gathering) -> None:
        super().__init__(models)
        self._models, self._opening, self._gathering = models, opening, gathering
        self._job: Job | None = None
        self._copied = 0.0
        self._grown.connect(self._count)
        models.casefile.opened.connect(self._note)
        gathering.changed.connect(self._note_videos)
        models.recent.look()

    @property
    def is_copying(self) -> bool:
        """Whether a copy is being written."""
        return self._job is not None

    @property
    def copied_fraction(self) -> float:
        """How much of the copy is written, in [0, 1]."""
        return self._copied

    def stop_copying(self) -> None:
        """Write no further; nothing is left of the copy, and one goes on in the case."""
        if self._job is not None:
            self._job.cancel()

    def new(self, path: Path) -> None:
        """Make a case and open it; a video on screen that has no case yet goes into it."""
        if path.exists():
            self._refuse(path)
            return
        self._opening.when_free(say("Stop it and make a new case"), lambda: self._make(path))

    def save_as(self, path: Path) -> None:
        """Write a copy of the case, and go on in the copy; asks first if an analysis is running."""
        if path.exists():
            self._refuse(path)
        elif self._models.casefile.case is not None and self._job is None:
            self._opening.when_free(say("Stop it and save"), lambda: self._copy(path))

    def _refuse(self, path: Path) -> None:
        """Nothing is ever written over: the file may be another case."""
        folder = path.parent
        self._models.messages.report(
            SessionError(f"There is a file {path.name} in {folder} already; choose another name.")
        )

    def _make(self, path: Path) -> None:
        video = self._models.document.video
        alone = video is not None and self._models.casefile.case is None
        brought = [video.path] if video is not None and alone else []
        self._opening.open_case(path, create=True)
        if brought:
            self._gathering.add(brought, show=True)

    def _copy(self, path: Path) -> None:
        case = self._models.casefile.case
        if case is None or self._job is not None:
            return
        job = self._models.jobs.make(lambda: copy_steps(case, path, heed))

        def heed(fraction: float) -> bool:
            self._grown.emit(fraction)  # in the job's thread, which the copying does not leave until its end
            return job.is_cancelling

        job.succeeded.connect(lambda made: self._go_on_in(case, path, made))
        job.failed.connect(self._models.messages.report)
        job.ended.connect(self._end)
        self._job, self._copied = job, 0.0
        self.state_changed.emit()
        job.start()

    def _go_on_in(self, case: Case, path: Path, made: bool) -> None:
        if not made:
            self._models.messages.tell(say("The copy was stopped; nothing is left of it."))
            return
        label = say("Stop it and go on in the copy")  # one that was begun while the copy was written
        self._opening.when_free(label, lambda: self._change_to(case, path))

    def _change_to(self, case: Case, path: Path) -> None:
        if self._models.casefile.case is not case:
            return
        shown, rows = self._models.casefile.evidence_id, self._models.casefile.evidences()
        sha256 = next((row.evidence.hashes.sha256 for row in rows if row.evidence_id == shown), "")
        self._opening.open_case(path, sha256=sha256)
        self._models.messages.tell(say("Saved as {name}; you are working in the copy now.", name=path.name))

    @Slot(float)
    def _count(self, fraction: float) -> None:
        self._copied = fraction
        self.progressed.emit()

    def _end(self) -> None:
        self._job = None
        self.state_changed.emit()

    def _note(self, case: Case) -> None:
        names = tuple(row.evidence.file_name for row in self._models.casefile.evidences())
        self._models.recent.note(case.path, names)

    def _note_videos(self) -> None:
        """Videos were added to the case or taken out."""
        case, recent = self._models.casefile.case, self._models.recent
        known = next((each.videos for each in recent.cases if case is not None and each.path == case.path), None)
        names = tuple(row.name for row in self._models.videos.rows if row.evidence_id is not None)
        if case is not None and known is not None and names and known != names:
            recent.note(case.path, names)


def copy_steps(case: Case, path: Path, heed: Callable[[float], bool]) -> Generator[None, None, bool]:
    """Copy a case; `heed` is told the fraction now and then, and once it says True nothing is left of the copy."""
    yield None
    return case.save_copy(path, heed)
