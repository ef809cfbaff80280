"""What follows when a file is opened: video and case find each other, and what is known of them comes on screen."""

from collections.abc import Callable, Generator
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from lav_gui.errors import LavError
from lav_gui.records import Evidence
from lav_gui.session.case import Case
from lav_gui.session.evidences import EvidenceRow
from lav_gui.session.paths import default_case_path
from lav_gui.session.runs import RunRow
from lav_gui.ui.viewmodels.analysis import AnalysisState
from lav_gui.ui.viewmodels.document import Video
from lav_gui.ui.viewmodels.models import Models
from lav_gui.ui.wording import say

CASE_SUFFIX = ".lav"


def find_steps(case: Case, row: EvidenceRow) -> Generator[None, None, Path | None]:
    """Look where the evidence lies now; it may have to be hashed."""
    yield None
    return case.find_evidence(row.evidence_id)


def relink_steps(case: Case, row: EvidenceRow, path: Path) -> Generator[None, None, Path]:
    """Note in the case where the evidence lies now, after checking that it is the same file."""
    yield None
    case.relink(row.evidence_id, path)
    return path


class Opening(QObject):
    """Opens one file at a time: a video brings its case, a case brings its video."""

    ready = Signal()
    """All that is known is on its way to the screen; an analysis could start now."""
    missing = Signal(str)
    """Name of the evidence that is not where the case says; ask where it is, then call `relink`."""

    def __init__(self, models: Models) -> None:
        super().__init__(models)
        self._models = models
        self._afterwards: Callable[[], None] | None = None
        self._row: EvidenceRow | None = None
        self._from_case = False
        self._awaits_case = False
        models.document.opened.connect(self._show_video)
        models.document.identified.connect(self._find_case)
        models.document.failed.connect(models.messages.report)
        models.casefile.opened.connect(self._take_case)
        models.casefile.failed.connect(models.messages.report)
        models.messages.chosen.connect(self._choose)
        models.analysis.state_changed.connect(self._go_on)

    def open(self, path: Path) -> None:
        """Open a video or a case in place of what is open; asks first if an analysis is running."""
        if self._models.analysis.state is not AnalysisState.IDLE:
            self._ask_to_stop(say("Stop it and open {name}", name=path.name), lambda: self.open(path))
            return
        self.close()
        self._from_case = path.suffix.lower() == CASE_SUFFIX
        if self._from_case:
            self._open_case(path)
        else:
            self._models.document.open(path.absolute(), self._models.choices.settings.color)

    def leave(self) -> None:
        """Let go of video and case; asks first if an analysis is running."""
        if self._models.analysis.state is not AnalysisState.IDLE:
            self._ask_to_stop(say("Stop it and close"), self.close)
        else:
            self.close()

    def close(self) -> None:
        """Let go of video and case."""
        models = self._models
        self._row, self._awaits_case = None, False
        models.messages.clear()
        models.document.close()
        models.casefile.close()
        models.results.clear()
        models.playback.close()
        models.selection.clear()
        models.choices.set_video(None)

    def relink(self, path: Path) -> None:
        """Take this file for the evidence that was not found."""
        case, row = self._models.casefile.case, self._row
        if case is None or row is None:
            return
        job = self._models.jobs.make(lambda: relink_steps(case, row, path))
        job.succeeded.connect(lambda found: self._open_evidence(row, found))
        job.failed.connect(self._models.messages.report)
        job.failed.connect(lambda _: self._ask_for(row))
        job.start()

    def _show_video(self, video: Video) -> None:
        models = self._models
        models.scene.set_aspect(float(video.info.sample_aspect_ratio))
        models.choices.set_video(video.index)
        models.playback.open(video.index)

    def _find_case(self, evidence: Evidence) -> None:
        """The video came first: its case is where it goes by default, if it is there."""
        if self._from_case:
            return
        try:
            path = default_case_path(evidence)
        except LavError as error:
            self._models.messages.report(error)
            self.ready.emit()
            return
        if path.exists():
            self._open_case(path)
        else:
            self.ready.emit()

    def _open_case(self, path: Path) -> None:
        self._awaits_case = True
        self._models.casefile.open(path)

    def _take_case(self, case: Case) -> None:
        """A case that was opened here; one that an analysis made is followed in `running`."""
        models = self._models
        if not self._awaits_case:
            return
        self._awaits_case = False
        models.messages.warn("read_only", case.read_only_reason)
        models.faces.set_editable(not case.read_only)
        row = self._pick_evidence()
        if row is None:
            text = say("{name} holds no video yet; open a video to analyze it.", name=case.path.name)
            models.messages.tell(text)
            return
        self._row = row
        models.casefile.choose_evidence(row.evidence_id)
        shown = newest_run(models.casefile.runs)
        if shown is not None:
            models.casefile.show_run(shown.run_id)
        if not self._from_case:
            self.ready.emit()
            return
        job = models.jobs.make(lambda: find_steps(case, row))
        job.succeeded.connect(lambda found: self._open_evidence(row, found))
        job.failed.connect(models.messages.report)
        job.start()

    def _pick_evidence(self) -> EvidenceRow | None:
        """The row of the open video, else the first of the case."""
        rows = self._models.casefile.evidences()
        evidence = self._models.document.evidence
        if evidence is None:
            return rows[0] if rows else None
        return next((row for row in rows if row.evidence.hashes.sha256 == evidence.hashes.sha256), None)

    def _open_evidence(self, row: EvidenceRow, path: Path | None) -> None:
        if self._row is not row:
            return
        if path is None:
            self._ask_for(row)
            return
        run = self._models.casefile.run
        color = self._models.choices.settings.color if run is None else run.settings.color
        self._models.document.open(path, color, row.evidence)
        self.ready.emit()

    def _ask_for(self, row: EvidenceRow) -> None:
        text = say(
            "The video {name} is not at {folder} any more. Its results can be read without it, but no picture shown.",
            name=row.evidence.file_name,
            folder=str(row.evidence.path.parent),
        )
        self._models.messages.ask("missing", text, (("find", say("Find it…")), ("leave", say("Go on without it"))))

    def _choose(self, key: str, choice: str) -> None:
        if key == "missing" and choice == "find" and self._row is not None:
            self.missing.emit(self._row.evidence.file_name)
        elif key == "stop" and choice == "stop":
            self._models.analysis.cancel()
            self._go_on(self._models.analysis.state)
        elif key == "stop":
            self._afterwards = None

    def _ask_to_stop(self, label: str, afterwards: Callable[[], None]) -> None:
        self._afterwards = afterwards
        text = say("An analysis is running. What is done stays in the case, and you can go on with it later.")
        self._models.messages.ask("stop", text, (("stop", label), ("stay", say("Stay here"))))

    def _go_on(self, state: AnalysisState) -> None:
        """The analysis has ended: do what waited for it, if that was chosen."""
        asks = any(message.key == "stop" for message in self._models.messages.shown)
        if state is AnalysisState.IDLE and self._afterwards is not None and not asks:
            afterwards, self._afterwards = self._afterwards, None
            afterwards()


def newest_run(runs: tuple[RunRow, ...]) -> RunRow | None:
    """The run that comes on screen first."""
    return runs[-1] if runs else None
