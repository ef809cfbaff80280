"""What follows when a file is opened: video and case find each other, and what is known of them comes on screen."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from lav_gui.errors import LavError
from lav_gui.records import Evidence
from lav_gui.session.case import Case
from lav_gui.session.evidences import EvidenceRow
from lav_gui.session.paths import default_case_path
from lav_gui.session.runs import RunRow
from lav_gui.ui.viewmodels.document import Video, missing_words
from lav_gui.ui.viewmodels.finding import find_steps, relink_steps
from lav_gui.ui.viewmodels.messages import Message, MessageKind
from lav_gui.ui.viewmodels.models import Models
from lav_gui.ui.viewmodels.queueing import Queueing
from lav_gui.ui.viewmodels.selection import Marks
from lav_gui.ui.wording import say

CASE_SUFFIX = ".lav"

EMPTY_CASE = "empty"

INCOMPLETE = "incomplete"

OF_THE_VIDEO = ("missing", "unfinished", "again", INCOMPLETE)
"""Keys of messages that concern the video on screen."""


@dataclass(frozen=True, slots=True)
class Place:
    """How a video of the case was left: run, selected face and marks; its frame is known by its path."""

    run_id: int | None
    track: int | None
    marks: Marks


class Opening(QObject):
    """Opens one file at a time: a video brings its case, a case brings its videos, one of which is on screen."""

    ready = Signal()
    """All that is known is on its way to the screen; an analysis could start now."""
    missing = Signal(str)
    """Name of the evidence that is not where the case says; ask where it is, then call `relink`."""
    add_asked = Signal(object)
    """Path of a video that belongs to the open case."""

    def __init__(self, models: Models, queueing: Queueing) -> None:
        super().__init__(models)
        self._models, self._queueing = models, queueing
        self._afterwards: Callable[[], None] | None = None
        self._beside: Path | None = None
        self._row: EvidenceRow | None = None
        self._places: dict[int, Place] = {}
        self._frames: dict[Path, int] = {}
        self._wanted: str | None = None
        self._from_case = False
        self._awaits_case = False
        models.document.opened.connect(self._show_video)
        models.document.identified.connect(self._find_case)
        models.document.failed.connect(models.messages.report)
        models.playback.position_changed.connect(self._note_frame)
        models.casefile.opened.connect(self._take_case)
        models.casefile.failed.connect(models.messages.report)
        models.casefile.not_opened.connect(self._give_up_case)
        models.messages.chosen.connect(self._choose)
        queueing.freed.connect(self._go_on)

    @property
    def shows_case(self) -> bool:
        """Whether the analyst chose the case itself, so that further videos belong to it."""
        case = self._models.casefile.case
        return self._from_case and case is not None and not case.read_only

    def open(self, path: Path) -> None:
        """Open a case, or a video: in the open case if that was chosen itself, else in place of what is open."""
        case = self._models.casefile.case
        if case is not None and path.absolute() == case.path:
            return
        if path.suffix.lower() == CASE_SUFFIX:
            self.when_free(say("Stop it and open {name}", name=path.name), lambda: self.open_case(path))
            return
        path = path.absolute()
        known = next((r for r in self._models.casefile.evidences() if r.evidence.path == path), None)
        if known is not None:
            self.select(known.evidence_id)
        elif self.shows_case:
            self.add_asked.emit(path)
        else:
            self.when_free(say("Stop it and open {name}", name=path.name), lambda: self._open_video(path), path)

    def open_case(self, path: Path, *, create: bool = False, sha256: str | None = None) -> None:
        """Open a case in place of what is open, or make it; `sha256` names the video of it to show, as it was left."""
        frames = self._frames if sha256 is not None else {}
        self.close()
        self._frames, self._wanted = frames, sha256
        self._from_case = True
        self._open_case(path, create)

    def hold_case(self) -> None:
        """The open case is one with several videos now; further ones belong to it."""
        self._from_case = True

    def select(self, evidence_id: int) -> None:
        """Show another video of the case, as it was left; what is analyzed goes on."""
        rows = self._models.casefile.evidences()
        row = next((each for each in rows if each.evidence_id == evidence_id), None)
        is_there = self._models.document.video is not None or self._models.document.is_opening
        if row is None or (evidence_id == self._models.casefile.evidence_id and is_there):
            return
        self._from_case = True
        self._leave_video()
        self._show_row(row)

    def leave_removed(self, evidence_id: int) -> None:
        """A video is not in the case any more: show another one instead."""
        if evidence_id != self._models.casefile.evidence_id:
            return
        self._leave_video()
        self._places.pop(evidence_id, None)
        rows = self._models.casefile.evidences()
        if rows:
            self._show_row(rows[0])
        else:
            self._row = None
            self._models.casefile.choose_evidence(None)

    def leave(self) -> None:
        """Let go of video and case; asks first if an analysis is running."""
        self.when_free(say("Stop it and close"), self.close)

    def close(self) -> None:
        """Let go of video and case."""
        models = self._models
        self._row, self._awaits_case, self._from_case, self._wanted = None, False, False, None
        self._places, self._frames = {}, {}
        self._afterwards, self._beside = None, None
        models.messages.clear()
        models.document.close()
        models.casefile.close()
        models.queue.clear()
        self._clear_screen()

    def when_free(self, label: str, action: Callable[[], None], beside: Path | None = None) -> None:
        """Do something that ends the analysis; asks first if one runs.

        Parameters
        ----------
        label : str
            Of the button that stops it and does that.
        action : callable
        beside : Path, optional
            A video that can be put into the open case instead.
        """
        if self._models.queue.current is None:
            action()
            return
        self._afterwards, self._beside = action, beside
        text = say("An analysis is running. What is done stays in the case, and you can go on with it later.")
        add = (("add", say("Add it to this case")),) if beside is not None else ()
        self._models.messages.ask("stop", text, (("stop", label), *add, ("stay", say("Stay here"))))

    def relink(self, path: Path) -> None:
        """Take this file for the evidence that was not found."""
        case, row = self._models.casefile.case, self._row
        if case is None or row is None:
            return
        job = self._models.jobs.make(lambda: relink_steps(case, row, path))
        job.succeeded.connect(lambda found: self._open_evidence(row, found))
        job.failed.connect(lambda error: self._tell_not_found(row, error, asks=True))
        job.start()

    def _open_video(self, path: Path) -> None:
        self.close()
        self._models.document.open(path, self._models.choices.settings.color)

    def _clear_screen(self) -> None:
        models = self._models
        models.results.clear()
        models.playback.close()
        models.selection.clear()
        models.choices.set_video(None)

    def _leave_video(self) -> None:
        """Take the video off the screen, and keep in mind how it was left."""
        models = self._models
        evidence_id, run = models.casefile.evidence_id, models.casefile.run
        if evidence_id is not None and models.document.video is not None:
            run_id = None if run is None else run.run_id
            self._places[evidence_id] = Place(run_id, models.selection.track, models.selection.marks)
        for key in OF_THE_VIDEO:
            models.messages.dismiss(key)
        models.document.close()
        self._clear_screen()

    def _note_frame(self, frame_index: int) -> None:
        video = self._models.document.video
        if video is not None:
            self._frames[video.path] = frame_index

    def _show_video(self, video: Video) -> None:
        models = self._models
        place = self._places.pop(models.casefile.evidence_id or 0, None)
        missing = missing_words(video)
        if missing:
            models.messages.show(Message(INCOMPLETE, MessageKind.NOTICE, missing))
        models.scene.set_aspect(float(video.info.sample_aspect_ratio))
        models.choices.set_video(video.index)
        models.playback.open(video.index, self._frames.get(video.path, 0))
        if place is not None:
            models.selection.select(place.track)
            if place.marks.first is not None:
                models.selection.mark_in(place.marks.first)
            if place.marks.last is not None:
                models.selection.mark_out(place.marks.last)
        models.choices.set_marks(models.selection.marks)

    def _find_case(self, evidence: Evidence) -> None:
        """The video came first: its case is where it goes by default, if it is there."""
        if self._from_case or self._models.casefile.case is not None:
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

    def _open_case(self, path: Path, create: bool = False) -> None:
        self._awaits_case = True
        self._models.casefile.open(path, create=create)

    def _give_up_case(self) -> None:
        self._awaits_case = False

    def _take_case(self, case: Case) -> None:
        """A case that was opened here; one that an analysis made is followed in `running`."""
        models = self._models
        if not self._awaits_case:
            return
        self._awaits_case = False
        models.messages.warn("read_only", case.read_only_reason)
        row = self._pick_evidence()
        if row is not None:
            self._show_row(row, needs_video=self._from_case)
        elif not case.read_only:
            text = say("{name} holds no video yet; open a video, or drop one here.", name=case.path.name)
            models.messages.show(Message(EMPTY_CASE, MessageKind.NOTICE, text))

    def _pick_evidence(self) -> EvidenceRow | None:
        """The row of the open or wanted video, else the first of the case."""
        rows = self._models.casefile.evidences()
        evidence = self._models.document.evidence
        wanted = self._wanted if evidence is None else evidence.hashes.sha256
        first = rows[0] if rows and evidence is None else None
        return next((row for row in rows if row.evidence.hashes.sha256 == wanted), first)

    def _show_row(self, row: EvidenceRow, *, needs_video: bool = True) -> None:
        """Bring a video of the case on screen: its runs at once, its picture as soon as the file is found."""
        models, case = self._models, self._models.casefile.case
        if case is None:
            return
        self._row = row
        models.messages.dismiss(EMPTY_CASE)
        models.casefile.choose_evidence(row.evidence_id)
        shown = self._run_to_show(row)
        if shown is not None:
            models.casefile.show_run(shown)
        if not needs_video:
            self.ready.emit()
            return
        job = models.jobs.make(lambda: find_steps(case, row))
        job.succeeded.connect(lambda found: self._open_evidence(row, found))
        job.failed.connect(lambda error: self._tell_not_found(row, error))
        job.start()

    def _run_to_show(self, row: EvidenceRow) -> int | None:
        """The run that was on screen when the video was left, else the newest."""
        runs = self._models.casefile.runs
        place = self._places.get(row.evidence_id)
        newest = newest_run(runs)
        if place is not None and any(run.run_id == place.run_id for run in runs):
            return place.run_id
        return None if newest is None else newest.run_id

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

    def _tell_not_found(self, row: EvidenceRow, error: LavError, *, asks: bool = False) -> None:
        """A failure that concerns a video which was left meanwhile, perhaps with its case, concerns nobody."""
        if self._row is row:
            self._models.messages.report(error)
            if asks:
                self._ask_for(row)

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
        if key != "stop":
            return
        if choice != "stop":
            self._afterwards = None
            if choice == "add" and self._beside is not None:
                self.add_asked.emit(self._beside)
        elif self._models.queue.current is None:
            self._go_on()
        else:
            self._queueing.pause_now()

    def _go_on(self) -> None:
        """The analysis has ended: do what waited for it, if that was chosen."""
        asks = any(message.key == "stop" for message in self._models.messages.shown)
        if self._afterwards is not None and not asks:
            afterwards, self._afterwards = self._afterwards, None
            afterwards()


def newest_run(runs: tuple[RunRow, ...]) -> RunRow | None:
    """The run that comes on screen first."""
    return runs[-1] if runs else None
