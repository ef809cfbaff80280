"""What follows when videos are put into a case or taken out, and what the list says of each of them."""

from collections import deque
from collections.abc import Generator, Iterable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from lav_gui.errors import LavError
from lav_gui.media.inspect import inspect_steps
from lav_gui.records import Stage
from lav_gui.session.case import Case
from lav_gui.session.evidences import EvidenceRow
from lav_gui.session.runs import RunRow, RunState
from lav_gui.settings import ColorPolicy
from lav_gui.ui.jobs import Job
from lav_gui.ui.viewmodels.models import Models
from lav_gui.ui.viewmodels.opening import Opening
from lav_gui.ui.viewmodels.queue import TurnState
from lav_gui.ui.viewmodels.summaries import Summaries, Summary
from lav_gui.ui.viewmodels.videos import VideoRow, VideoState
from lav_gui.ui.wording import say

_TURNS = {
    TurnState.PREPARING: VideoState.PREPARING,
    TurnState.RUNNING: VideoState.RUNNING,
    TurnState.STOPPING: VideoState.STOPPING,
}


def add_steps(case: Case, path: Path, color: ColorPolicy) -> Generator[Stage, None, int]:
    """Read a video to its last byte and record it in the case; its id."""
    evidence = yield from inspect_steps(path, color)
    return case.add_evidence(evidence)


class Gathering(QObject):
    """Adds videos to the case, removes them, and keeps the list of them up to date."""

    changed = Signal()
    """Videos are being added, or were."""

    def __init__(self, models: Models, opening: Opening) -> None:
        super().__init__(models)
        self._models, self._opening = models, opening
        self._waiting: deque[tuple[Path, bool]] = deque()
        self._adding: tuple[Path, Job] | None = None
        self._fraction = 0.0
        self._rows: tuple[EvidenceRow, ...] = ()
        self._summaries = Summaries(models, self)
        opening.add_asked.connect(lambda path: self.add([path], show=True))
        casefile = models.casefile
        for signal in (casefile.opened, casefile.closed, casefile.runs_changed):
            signal.connect(self._reload)
        for signal in (casefile.opened, models.document.identified):
            signal.connect(self._go_on)
        models.document.failed.connect(self._skip)
        casefile.closed.connect(self._forget)
        casefile.not_opened.connect(self._forget_if_alone)
        models.document.closed.connect(self._forget_if_alone)
        for signal in (models.document.opened, models.document.closed, casefile.shown, models.queue.changed):
            signal.connect(self.renew)
        models.queue.dataChanged.connect(self._show_turn)
        self._summaries.changed.connect(self.renew)

    @property
    def adding(self) -> tuple[str, float] | None:
        """Name of the video that is read now, and the share of it that is read; None while none is."""
        return None if self._adding is None else (self._adding[0].name, self._fraction)

    def add(self, paths: Iterable[Path], *, show: bool = False) -> None:
        """Put videos into the open case, one after the other; `show` brings the first of them on screen.

        A video on screen that has no case yet brings its own along, which is made now. Without any, the first video
        is opened, and the others go into its case.
        """
        self._waiting.extend((path.absolute(), show and not place) for place, path in enumerate(paths))
        self._go_on()

    def stop_adding(self) -> None:
        """Leave out the video that is read now, and those that wait to be."""
        self._waiting.clear()
        if self._adding is not None:
            self._adding[1].cancel()

    def remove(self, evidence_id: int) -> None:
        """Take a video out of the case; one with results or notes stays, which is said."""
        models = self._models
        row = next((each for each in self._rows if each.evidence_id == evidence_id), None)
        if row is None:
            return
        current = models.queue.current
        if current is not None and current.sha256 == row.evidence.hashes.sha256:
            models.messages.tell(say("{name} is being analyzed, so it stays.", name=row.evidence.file_name))
            return
        try:
            models.casefile.write(lambda case: case.remove_evidence(evidence_id))
        except LavError as error:
            models.messages.report(error)
            return
        models.queue.remove(row.evidence.hashes.sha256)
        self._opening.leave_removed(evidence_id)
        self._reload()

    def step(self, places: int) -> None:
        """Show the video after (1) or before (-1) the one on screen, round and round."""
        ids = [row.evidence_id for row in self._rows]
        shown = self._models.casefile.evidence_id
        if len(ids) > 1:
            here = ids.index(shown) if shown in ids else 0
            self._opening.select(ids[(here + places) % len(ids)])

    def _go_on(self) -> None:
        """Begin the next video that waits to be added."""
        models = self._models
        case, video = models.casefile.case, models.document.video
        if self._adding is not None or not self._waiting or models.casefile.is_opening:
            return
        if case is not None and case.read_only:
            self._waiting.clear()
            models.messages.tell(case.read_only_reason or "")
        elif case is not None:
            self._opening.hold_case()
            self._begin(case, *self._waiting.popleft())
        elif models.document.evidence is not None:
            models.casefile.make(models.document.evidence)
        elif video is None and not models.document.is_opening:
            (first, _), *others = self._waiting
            self._waiting.clear()
            self._opening.open(first)
            self._waiting.extend(others)

    def _skip(self, error: LavError) -> None:
        """The first of several files cannot be opened: the next takes its place, which must not hide why."""
        waits = bool(self._waiting)
        self._go_on()
        if waits:
            self._models.messages.report(error)

    def _begin(self, case: Case, path: Path, show: bool) -> None:
        self._keep_shown()
        color = self._models.choices.settings.color
        job = self._models.jobs.make(lambda: add_steps(case, path, color))
        job.progressed.connect(self._count)
        job.succeeded.connect(lambda evidence_id: self._take(case, path, evidence_id, show=show))
        job.failed.connect(lambda error: self._tell(case, error))
        job.ended.connect(lambda: self._end(job))
        self._adding, self._fraction = (path, job), 0.0
        self.renew()
        job.start()

    def _keep_shown(self) -> None:
        """A video on screen that the case does not know is put into it first."""
        casefile, evidence = self._models.casefile, self._models.document.evidence
        if evidence is None or casefile.evidence_id is not None:
            return
        try:
            casefile.take_evidence(evidence)
        except LavError as error:
            self._models.messages.report(error)

    def _count(self, stages: tuple[Stage, ...]) -> None:
        self._fraction = stages[-1].done / max(stages[-1].total, 1)
        self.renew()

    def _tell(self, case: Case, error: LavError) -> None:
        """A failure that concerns a case which is not open any more concerns nobody."""
        if self._models.casefile.case is case:
            self._models.messages.report(error)

    def _take(self, case: Case, path: Path, evidence_id: int, *, show: bool) -> None:
        if self._models.casefile.case is not case:
            return
        known = any(row.evidence_id == evidence_id for row in self._rows)
        self._reload()
        if known:
            row = next(row for row in self._rows if row.evidence_id == evidence_id)
            text = say("{name} is in this case already, as {known}.", name=path.name, known=row.evidence.file_name)
            self._models.messages.tell(text)
        if show or self._models.casefile.evidence_id is None:
            self._opening.select(evidence_id)

    def _end(self, job: Job) -> None:
        if self._adding is not None and self._adding[1] is job:
            self._adding = None
            self.renew()
            self._go_on()

    def _forget(self) -> None:
        """The case is closed: what was to be added is not any more."""
        self._waiting.clear()
        if self._adding is not None:
            self._adding[1].cancel()
            self._adding = None
        self.renew()

    def _forget_if_alone(self) -> None:
        """There is no case that the waiting videos could go into."""
        if self._models.casefile.case is None:
            self._waiting.clear()

    def _reload(self) -> None:
        """Read videos and runs of the case anew."""
        self._rows = self._models.casefile.evidences()
        self._summaries.follow(self._rows)
        self.renew()

    def renew(self) -> None:
        """Tell the list what is known now."""
        video, evidence = self._models.document.video, self._models.document.evidence
        rows = [self._row(row) for row in self._rows]
        known = {row.evidence.hashes.sha256 for row in self._rows}
        if video is not None and not any(row.is_shown for row in rows):
            sha256 = "" if evidence is None else evidence.hashes.sha256
            if sha256 not in known:
                rows.append(self._state(VideoRow(None, video.path.name, VideoState.NEW, is_shown=True), sha256, None))
        if self._adding is not None:
            rows.append(VideoRow(None, self._adding[0].name, VideoState.READING, fraction=self._fraction))
        self._models.videos.show(rows)
        self.changed.emit()

    def _show_turn(self) -> None:
        """Progress of what is analyzed, many times a second: only its own row is made anew."""
        current, rows = self._models.queue.current, list(self._models.videos.rows)
        sha256 = "" if current is None else current.sha256
        row = next((each for each in self._rows if each.evidence.hashes.sha256 == sha256), None)
        places = [place for place, each in enumerate(rows) if row is not None and each.evidence_id == row.evidence_id]
        if row is None or not places:
            self.renew()
            return
        rows[places[0]] = self._row(row)
        self._models.videos.show(rows)

    def _row(self, row: EvidenceRow) -> VideoRow:
        facts = row.evidence
        made = VideoRow(
            evidence_id=row.evidence_id,
            name=facts.file_name,
            state=VideoState.NEW,
            is_shown=row.evidence_id == self._models.casefile.evidence_id,
            detail=f"{facts.path}\nSHA-256 {facts.hashes.sha256}",
        )
        return self._state(made, facts.hashes.sha256, self._summaries.runs.get(row.evidence_id))

    def _state(self, row: VideoRow, sha256: str, run: RunRow | None) -> VideoRow:
        """The row with what queue and runs say of it."""
        queue = self._models.queue
        item, summary = queue.item(sha256), None if run is None else self._summaries.of(run)
        state, fraction, place, reason = _resting(run, summary), None, 0, ""
        if item is not None and item is queue.current:
            state, fraction = _TURNS.get(queue.turn.state, VideoState.PREPARING), queue.turn.fraction
        elif item is not None and item.reason:
            state, reason = VideoState.FAILED, item.reason
        elif item is not None:
            state, place = VideoState.WAITING, queue.place(sha256)
        if state is VideoState.PARTIAL and summary is not None:
            fraction = summary.done
        faces, verdict = (None, None) if summary is None else (summary.faces, summary.verdict)
        return VideoRow(
            *(row.evidence_id, row.name, state, row.is_shown, fraction, place, faces, verdict, reason, row.detail)
        )


def _resting(run: RunRow | None, summary: Summary | None) -> VideoState:
    """The state of a video whose turn it is not."""
    if run is None:
        return VideoState.NEW
    if run.state is RunState.FINISHED:
        return VideoState.DONE
    if run.state is RunState.RUNNING:
        return VideoState.ELSEWHERE
    return VideoState.PARTIAL if summary is None or summary.done > 0 else VideoState.NEW
