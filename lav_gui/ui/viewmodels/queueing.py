"""What follows in the queue when an analysis is asked for, ends, fails, is paused, or was left by the last window."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from lav_gui.errors import LavError
from lav_gui.records import AnalysisStarted, AnalysisSummary, Evidence, MediaInfo
from lav_gui.session.case import Case
from lav_gui.session.evidences import EvidenceRow
from lav_gui.session.queue import QueueRow
from lav_gui.session.runs import RunRow, RunState
from lav_gui.settings import AnalysisSettings, SamplingMode
from lav_gui.ui.viewmodels.analysis import AnalysisState
from lav_gui.ui.viewmodels.casefile import UNFINISHED
from lav_gui.ui.viewmodels.finding import find_steps
from lav_gui.ui.viewmodels.models import Models
from lav_gui.ui.viewmodels.queue import QueueItem, Turn, TurnState
from lav_gui.ui.wording import say

LEFT_OVER = "queue"
"""Key of the question about a queue that an earlier window left."""

_TURNS = {
    AnalysisState.PREPARING: TurnState.PREPARING,
    AnalysisState.RUNNING: TurnState.RUNNING,
    AnalysisState.CANCELLING: TurnState.STOPPING,
}


class Queueing(QObject):
    """Has the videos of a case analyzed one at a time; the queue is kept in the case."""

    freed = Signal()
    """Nothing is analyzed now, and nothing is begun by itself."""

    def __init__(self, models: Models) -> None:
        super().__init__(models)
        self._models = models
        self._keeps = False
        self._is_left = False
        self._ended = [0, 0]
        self._saved: tuple[QueueRow, ...] = ()
        analysis = models.analysis
        analysis.started.connect(self._note_start)
        analysis.progress_changed.connect(self._show_turn)
        analysis.finished.connect(self._finish)
        analysis.cancelled.connect(self._leave)
        analysis.failed.connect(self._fail)
        analysis.died.connect(self._fail)
        models.casefile.opened.connect(self._load)
        models.casefile.closed.connect(self._forget)
        models.casefile.runs_changed.connect(self._save)
        models.queue.changed.connect(self._save)
        models.messages.chosen.connect(self._choose)
        models.choices.changed.connect(self._set_pace)
        self._set_pace()

    def analyze(self, evidence: Evidence, settings: AnalysisSettings) -> None:
        """Analyze a video at once, or after what is analyzed now and waits."""
        queue = self._models.queue
        item = self._item(evidence, settings)
        if queue.current is None:
            queue.add(item, first=True)
            self._start(item)
        elif queue.current.sha256 != item.sha256:
            queue.add(item)
            self._models.messages.tell(say("{name} is analyzed when its turn comes.", name=item.name))

    def add_all(self) -> None:
        """Put every video of the case that is not analyzed to its end in the queue, and begin."""
        models = self._models
        settings = replace(models.choices.settings, from_seconds=None, to_seconds=None)
        added = 0
        for row in models.casefile.evidences():
            wanted = self._wanted(row, settings)
            if wanted is not None and not self._is_queued(row):
                models.queue.add(self._item(row.evidence, wanted))
                added += 1
        if not added and not models.queue.waiting:
            models.messages.tell(say("Every video of this case is analyzed to its end already."))
        self.resume()

    def resume(self) -> None:
        """Go on with the queue."""
        self._models.messages.dismiss(LEFT_OVER)
        self._models.queue.pause(False)
        self._go_on()

    def pause_after(self) -> None:
        """Finish the present video and begin no other."""
        self._models.queue.pause(True)

    def pause_now(self) -> None:
        """Stop the present video, which is gone on with later, and begin no other."""
        queue, analysis = self._models.queue, self._models.analysis
        queue.pause(True)
        if queue.current is not None and analysis.state is AnalysisState.IDLE:  # its file is being looked for
            queue.end(keep=True)
            self.freed.emit()
        elif queue.current is not None:
            self._keeps = True
            analysis.cancel()

    def cancel(self, sha256: str) -> None:
        """Take a video out of the queue; what is done of it stays in the case."""
        queue, analysis = self._models.queue, self._models.analysis
        if queue.current is None or queue.current.sha256 != sha256:
            queue.remove(sha256)
        elif analysis.state is AnalysisState.IDLE:
            queue.end()
            self._go_on()
        else:
            self._keeps = False
            analysis.cancel()

    def retry(self, sha256: str) -> None:
        """Give a video that failed another turn."""
        item = self._models.queue.item(sha256)
        if item is not None and item.reason:
            self._models.queue.add(replace(item, reason=""))
            self._go_on()

    def offer(self) -> None:
        """All is on screen: ask about a queue that was left, unless `Running` asks about the only video in it."""
        waiting, is_left = self._models.queue.waiting, self._is_left
        run = self._models.casefile.run
        self._is_left = False
        alone = len(waiting) == 1 and self._is_on_screen(waiting[0].sha256)
        if not is_left or not waiting or not self._models.queue.paused or self._models.queue.current is not None:
            return
        if alone and run is not None and run.state in UNFINISHED:
            return
        names = ", ".join(each.name for each in waiting[:3]) + (", …" if len(waiting) > 3 else "")
        text = say("One video of the queue is still to be analyzed: {names}.", names=names)
        if len(waiting) > 1:
            text = say(
                "{count} videos of the queue are still to be analyzed: {names}.", count=len(waiting), names=names
            )
        self._models.messages.ask(LEFT_OVER, text, (("go on", say("Go on")), ("later", say("Later"))))

    def frames(self, media: MediaInfo, settings: AnalysisSettings) -> float:
        """How many frames an analysis will take, about: the file itself need not be open."""
        sampling = settings.sampling or self._models.choices.automatic_sampling(settings)
        share = 1.0
        if media.duration_seconds > 0:
            first = settings.from_seconds or 0.0
            last = media.duration_seconds if settings.to_seconds is None else settings.to_seconds
            share = min(max((last - first) / media.duration_seconds, 0.0), 1.0)
        frames = media.frame_count_from_content * share
        if sampling.mode is SamplingMode.EVERY:
            frames = frames / sampling.value
        elif media.duration_seconds > 0:
            frames = min(frames, media.duration_seconds * share * sampling.value)
        return max(frames, 1.0)

    def _item(self, evidence: Evidence, settings: AnalysisSettings, reason: str = "") -> QueueItem:
        frames = self.frames(evidence.media, settings)
        return QueueItem(evidence.hashes.sha256, evidence.file_name, settings, frames, reason)

    def _wanted(self, row: EvidenceRow, settings: AnalysisSettings) -> AnalysisSettings | None:
        """With which settings a video is to be analyzed; None where it has been, or another process is at it."""
        runs = self._runs(row)
        if any(run.state is RunState.FINISHED for run in runs):
            return None
        if not runs:
            return settings
        return runs[-1].settings if runs[-1].state in UNFINISHED else None

    def _runs(self, row: EvidenceRow) -> tuple[RunRow, ...]:
        case = self._models.casefile.case
        try:
            return () if case is None else case.runs(row.evidence_id)
        except LavError as error:
            self._models.messages.report(error)
            return ()

    def _is_queued(self, row: EvidenceRow) -> bool:
        found = self._models.queue.item(row.evidence.hashes.sha256)
        return found is not None and not found.reason

    def _is_on_screen(self, sha256: str) -> bool:
        row = self._row(sha256)
        return row is not None and row.evidence_id == self._models.casefile.evidence_id

    def _row(self, sha256: str) -> EvidenceRow | None:
        rows = self._models.casefile.evidences()
        return next((row for row in rows if row.evidence.hashes.sha256 == sha256), None)

    def _start(self, item: QueueItem) -> None:
        """Begin a video whose turn it is; its file may have to be looked for."""
        models = self._models
        models.queue.begin(item.sha256)
        self._keeps = False
        video, evidence, case = models.document.video, models.document.evidence, models.casefile.case
        if video is not None and evidence is not None and evidence.hashes.sha256 == item.sha256:
            trouble = models.document.trouble()
            if trouble is None:
                self._launch(item.sha256, video.path)
            else:
                models.messages.report(trouble)
                self._fail(trouble)
            return
        row = self._row(item.sha256)
        if case is None or row is None:
            self._fail(LavError(say("{name} is not in the case any more; add it to analyze it.", name=item.name)))
            return
        job = models.jobs.make(lambda: find_steps(case, row))
        job.succeeded.connect(lambda path: self._take_path(case, item, row, path))
        job.failed.connect(lambda error: self._fail(error) if self._is_turn_of(case, item.sha256) else None)
        job.start()

    def _is_turn_of(self, case: Case, sha256: str) -> bool:
        """Whether a video that was looked for is still the one to begin, in the same case."""
        current = self._models.queue.current
        idle = self._models.analysis.state is AnalysisState.IDLE and self._models.casefile.case is case
        return idle and current is not None and current.sha256 == sha256

    def _take_path(self, case: Case, item: QueueItem, row: EvidenceRow, path: Path | None) -> None:
        if not self._is_turn_of(case, item.sha256):
            return
        if path is None:
            text = say(
                "{name} is not at {folder} any more; choose it in the list of videos to say where it is.",
                name=item.name,
                folder=str(row.evidence.path.parent),
            )
            self._fail(LavError(text))
        else:
            self._launch(item.sha256, path)

    def _launch(self, sha256: str, path: Path) -> None:
        case, item = self._models.casefile.case, self._models.queue.item(sha256)
        if item is not None:
            self._models.analysis.start(path, None if case is None else case.path, item.settings)

    def _note_start(self, started: AnalysisStarted) -> None:
        self._models.queue.amend(started.settings)

    def _show_turn(self) -> None:
        analysis = self._models.analysis
        state = _TURNS.get(analysis.state)
        if state is not None:
            fraction = analysis.fraction if analysis.planned else None
            self._set_pace()
            self._models.queue.show_turn(Turn(state, fraction, analysis.seconds_left))

    def _set_pace(self) -> None:
        """Times are told by the pace of what runs, else by that of the last analysis."""
        pace = self._models.analysis.seconds_per_frame
        self._models.queue.set_pace(self._models.choices.pace.seconds_per_frame if pace is None else pace)

    def _finish(self, _: AnalysisSummary) -> None:
        if self._models.queue.current is not None:
            self._ended[0] += 1
            self._models.queue.end()
            self._go_on()

    def _leave(self) -> None:
        """It was cancelled: for good, or to be gone on with."""
        keeps, self._keeps = self._keeps, False
        analysis = self._models.analysis
        left = float(analysis.planned - analysis.done) if analysis.planned else None
        if self._models.queue.current is not None:
            self._models.queue.end(keep=keeps, frames=left)
            self._go_on()

    def _fail(self, error: LavError) -> None:
        if self._models.queue.current is not None:
            self._ended[1] += 1
            self._models.queue.end(reason=str(error))
            self._go_on()

    def _go_on(self) -> None:
        """Begin the next one, if nothing stands against it."""
        queue = self._models.queue
        if queue.current is not None:
            return
        following = None if queue.paused else next(iter(queue.waiting), None)
        if following is not None:
            self._start(following)
            return
        if not queue.waiting:
            self._tell_end()
        self.freed.emit()

    def _tell_end(self) -> None:
        (analyzed, failed), self._ended = self._ended, [0, 0]
        if analyzed + failed > 1:
            text = say("The queue is done: {analyzed} analyzed, {failed} failed.", analyzed=analyzed, failed=failed)
            self._models.messages.tell(text)

    def _choose(self, key: str, choice: str) -> None:
        if key == LEFT_OVER and choice == "go on":
            self.resume()

    def _load(self, case: Case) -> None:
        """Take over what the case kept; one that was left waits until it is wanted."""
        rows = {row.evidence_id: row for row in self._models.casefile.evidences()}
        try:
            kept = () if case.read_only else case.queue()
        except LavError as error:
            self._models.messages.report(error)
            kept = ()
        known = [row for row in kept if row.evidence_id in rows]
        items = [self._item(rows[row.evidence_id].evidence, row.settings, row.reason) for row in known]
        self._saved, self._is_left = kept, True
        self._models.queue.show(items, paused=any(not item.reason for item in items))

    def _forget(self) -> None:
        self._saved, self._ended, self._is_left = (), [0, 0], False
        self._models.queue.clear()

    def _save(self) -> None:
        """Keep the queue in the case. A video that the case does not know yet is kept as soon as it does."""
        case, queue = self._models.casefile.case, self._models.queue
        if case is None or case.read_only or (not queue.items and not self._saved):
            return
        ids = {row.evidence.hashes.sha256: row.evidence_id for row in self._models.casefile.evidences()}
        rows = tuple(
            QueueRow(ids[each.sha256], each.settings, each.reason) for each in queue.items if each.sha256 in ids
        )
        if rows != self._saved:
            try:
                case.set_queue(rows)
                self._saved = rows
            except LavError as error:
                self._models.messages.report(error)
