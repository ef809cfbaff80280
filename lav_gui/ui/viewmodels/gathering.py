"""What follows when videos are put into a case or taken out, and what the list says of each of them."""

from collections import deque
from collections.abc import Generator, Iterable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from lav_gui.errors import LavError
from lav_gui.media.inspect import inspect_steps
from lav_gui.records import Stage, VerdictState
from lav_gui.session.case import Case
from lav_gui.session.evidences import EvidenceRow
from lav_gui.session.runs import RunRow, RunState
from lav_gui.settings import ColorPolicy
from lav_gui.ui.jobs import Job
from lav_gui.ui.viewmodels.models import Models
from lav_gui.ui.viewmodels.opening import Opening, newest_run
from lav_gui.ui.viewmodels.queue import TurnState
from lav_gui.ui.viewmodels.results import Judged
from lav_gui.ui.viewmodels.videos import VideoRow, VideoState
from lav_gui.ui.wording import say
from lav_gui.verdict.edits import EditKind, TrackEdit
from lav_gui.verdict.judge import judge

_TURNS = {
    TurnState.PREPARING: VideoState.PREPARING,
    TurnState.RUNNING: VideoState.RUNNING,
    TurnState.STOPPING: VideoState.STOPPING,
}


@dataclass(frozen=True, slots=True)
class Summary:
    """What the list says of a run. `faces` are those judged; `done` is the share of its frames, in [0, 1]."""

    faces: int
    verdict: VerdictState | None
    done: float


def add_steps(case: Case, path: Path, color: ColorPolicy) -> Generator[Stage, None, int]:
    """Read a video to its last byte and record it in the case; its id."""
    evidence = yield from inspect_steps(path, color)
    return case.add_evidence(evidence)


def summary_steps(path: Path, row: EvidenceRow, run: RunRow) -> Generator[None, None, Summary]:
    """Judge a run that is not on screen; read by a connection of its own, for which the window never waits."""
    yield None
    with Case.open(path, read_only=True) as case:
        series = yield from case.series_steps(run.run_id)
        done = len(case.done_indices(run.run_id))
        analyzed = done - len(case.gaps(run.run_id))
        small = len(case.frames_with_small_faces(run.run_id))
        edits = [TrackEdit(EditKind(e.kind), e.track_id, e.other, e.frame_index) for e in case.track_edits(run.run_id)]
    yield None
    facts = (series, run.weights, run.settings, row.evidence.media, analyzed)
    verdict = judge(*facts, edits=edits, frames_with_small_faces=small)
    return Summary(len(verdict.tracks), verdict.state if analyzed else None, done / max(len(run.planned), 1))


class Gathering(QObject):
    """Adds videos to the case, removes them, and keeps the list of them up to date."""

    changed = Signal()
    """Videos are being added, or were."""

    def __init__(self, models: Models, opening: Opening) -> None:
        super().__init__(models)
        self._models, self._opening = models, opening
        self._paths: deque[Path] = deque()
        self._shows_next = False
        self._adding: tuple[Path, Job] | None = None
        self._fraction = 0.0
        self._rows: tuple[EvidenceRow, ...] = ()
        self._runs: dict[int, RunRow] = {}
        self._summaries: dict[tuple[int, RunState], Summary] = {}
        self._is_summing = False
        opening.add_asked.connect(lambda path: self.add([path], show=True))
        casefile = models.casefile
        for signal in (casefile.opened, casefile.closed, casefile.runs_changed):
            signal.connect(self._reload)
        for signal in (casefile.opened, models.document.identified):
            signal.connect(self._go_on)
        casefile.closed.connect(self._forget)
        casefile.failed.connect(self._forget_if_alone)
        models.document.closed.connect(self._forget_if_alone)
        for signal in (models.document.opened, models.document.closed, casefile.shown, models.queue.changed):
            signal.connect(self.renew)
        models.queue.changed.connect(self._sum_up)
        models.queue.dataChanged.connect(self.renew)
        models.results.judged_changed.connect(self._note_judged)

    @property
    def adding(self) -> tuple[str, float] | None:
        """Name of the video that is read now, and the share of it that is read; None while none is."""
        return None if self._adding is None else (self._adding[0].name, self._fraction)

    def add(self, paths: Iterable[Path], *, show: bool = False) -> None:
        """Put videos into the open case, one after the other; `show` brings the first of them on screen.

        A video on screen that has no case yet brings its own along, which is made now. Without any, the first video
        is opened, and the others go into its case.
        """
        self._paths.extend(path.absolute() for path in paths)
        self._shows_next = self._shows_next or show
        self._go_on()

    def stop_adding(self) -> None:
        """Leave out the video that is read now, and those that wait to be."""
        self._paths.clear()
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
        if self._adding is not None or not self._paths or self._opening.awaits_case:
            return
        if case is not None and case.read_only:
            self._paths.clear()
            models.messages.tell(case.read_only_reason or "")
        elif case is not None:
            self._opening.hold_case()
            self._begin(case, self._paths.popleft())
        elif models.document.evidence is not None:
            models.casefile.make(models.document.evidence)
        elif video is None and not models.document.is_opening:
            first, *others = self._paths
            self._forget_if_alone()
            self._opening.open(first)
            self._paths.extend(others)

    def _begin(self, case: Case, path: Path) -> None:
        self._keep_shown()
        color = self._models.choices.settings.color
        job = self._models.jobs.make(lambda: add_steps(case, path, color))
        job.progressed.connect(self._count)
        job.succeeded.connect(lambda evidence_id: self._take(case, path, evidence_id))
        job.failed.connect(self._models.messages.report)
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

    def _take(self, case: Case, path: Path, evidence_id: int) -> None:
        if self._models.casefile.case is not case:
            return
        known = any(row.evidence_id == evidence_id for row in self._rows)
        self._reload()
        if known:
            row = next(row for row in self._rows if row.evidence_id == evidence_id)
            text = say("{name} is in this case already, as {known}.", name=path.name, known=row.evidence.file_name)
            self._models.messages.tell(text)
        if self._shows_next or self._models.casefile.evidence_id is None:
            self._shows_next = False
            self._opening.select(evidence_id)

    def _end(self, job: Job) -> None:
        if self._adding is not None and self._adding[1] is job:
            self._adding = None
            self.renew()
            self._go_on()

    def _forget(self) -> None:
        """The case is closed: what was to be added is not any more."""
        self._paths.clear()
        if self._adding is not None:
            self._adding[1].cancel()
            self._adding = None
        self._summaries.clear()
        self.renew()

    def _forget_if_alone(self) -> None:
        """There is no case that the waiting videos could go into."""
        if self._models.casefile.case is None:
            self._paths.clear()
            self._shows_next = False

    def _reload(self) -> None:
        """Read videos and runs of the case anew."""
        casefile = self._models.casefile
        self._rows = casefile.evidences()
        try:
            runs = () if casefile.case is None else casefile.case.runs()
        except LavError as error:
            self._models.messages.report(error)
            runs = ()
        newest = {
            row.evidence_id: newest_run(tuple(r for r in runs if r.evidence_id == row.evidence_id))
            for row in self._rows
        }
        self._runs = {evidence_id: run for evidence_id, run in newest.items() if run is not None}
        self.renew()
        self._sum_up()

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

    def _row(self, row: EvidenceRow) -> VideoRow:
        facts = row.evidence
        made = VideoRow(
            evidence_id=row.evidence_id,
            name=facts.file_name,
            state=VideoState.NEW,
            is_shown=row.evidence_id == self._models.casefile.evidence_id,
            detail=f"{facts.path}\nSHA-256 {facts.hashes.sha256}",
        )
        return self._state(made, facts.hashes.sha256, self._runs.get(row.evidence_id))

    def _state(self, row: VideoRow, sha256: str, run: RunRow | None) -> VideoRow:
        """The row with what queue and runs say of it."""
        queue = self._models.queue
        item, summary = queue.item(sha256), None if run is None else self._summaries.get((run.run_id, run.state))
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

    def _note_judged(self, judged: Judged | None) -> None:
        """The run on screen was judged anew; if it is the latest of its video, the list says the same."""
        run = self._models.casefile.run
        if judged is None or run is None or run.run_id != judged.facts.run_id:
            return
        newest = self._runs.get(run.evidence_id)
        if newest is not None and newest.run_id == run.run_id:
            done = (judged.frames_analyzed + len(self._models.results.gaps)) / max(len(run.planned), 1)
            verdict = judged.verdict
            summary = Summary(len(verdict.tracks), verdict.state if judged.frames_analyzed else None, done)
            self._summaries[(newest.run_id, newest.state)] = summary
            self.renew()

    def _sum_up(self) -> None:
        """Judge the latest run of each video that was not judged yet, one after the other."""
        case, running = self._models.casefile.case, self._models.queue.current
        if case is None or self._is_summing:
            return
        for row in self._rows:
            run = self._runs.get(row.evidence_id)
            busy = running is not None and running.sha256 == row.evidence.hashes.sha256
            if run is not None and not busy and (run.run_id, run.state) not in self._summaries:
                self._summarize(case, row, run)
                return

    def _summarize(self, case: Case, row: EvidenceRow, run: RunRow) -> None:
        self._is_summing = True
        job = self._models.jobs.make(lambda: summary_steps(case.path, row, run))
        job.succeeded.connect(lambda summary: self._take_summary(case, run, summary))
        job.failed.connect(lambda error: self._give_up(case, run, error))
        job.ended.connect(self._summed)
        job.start()

    def _take_summary(self, case: Case, run: RunRow, summary: Summary) -> None:
        if self._models.casefile.case is case:
            self._summaries[(run.run_id, run.state)] = summary
            self.renew()

    def _give_up(self, case: Case, run: RunRow, error: LavError) -> None:
        """A run that cannot be read is told of once, and not tried again."""
        if self._models.casefile.case is case:
            self._summaries[(run.run_id, run.state)] = Summary(0, None, 0.0)
            self._models.messages.report(error)

    def _summed(self) -> None:
        self._is_summing = False
        self._sum_up()


def _resting(run: RunRow | None, summary: Summary | None) -> VideoState:
    """The state of a video whose turn it is not."""
    if run is None:
        return VideoState.NEW
    if run.state is RunState.FINISHED:
        return VideoState.DONE
    if run.state is RunState.RUNNING:
        return VideoState.ELSEWHERE
    return VideoState.PARTIAL if summary is None or summary.done > 0 else VideoState.NEW
