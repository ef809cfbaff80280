"""What follows when an analysis is started, comes to its end, is cancelled, dies, or was left unfinished.

The video that is analyzed need not be the one on screen: its results are shown only where it is, and are in its case.
"""

from collections import deque
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from lav_gui.errors import LavError
from lav_gui.records import AnalysisStarted, AnalysisSummary, Evidence, FrameResult, Gap
from lav_gui.session.runs import RunRow, RunState
from lav_gui.settings import AnalysisSettings
from lav_gui.ui.jobs import details_of
from lav_gui.ui.viewmodels.analysis import AnalysisState
from lav_gui.ui.viewmodels.casefile import UNFINISHED
from lav_gui.ui.viewmodels.identity import Identity
from lav_gui.ui.viewmodels.messages import Message, MessageKind
from lav_gui.ui.viewmodels.models import Models
from lav_gui.ui.viewmodels.results import RunFacts
from lav_gui.ui.wording import say

AGAIN = "again"

TAIL = 512
"""Results kept for a video that comes back on screen: a case without WAL has them only after a second."""


class Running(QObject):
    """Starts analyses and joins them with case, results and messages."""

    launch_asked = Signal(object, object)
    """`Evidence` and `AnalysisSettings` of an analysis that is to run, now or when its turn comes."""

    def __init__(self, models: Models) -> None:
        super().__init__(models)
        self._models = models
        self._started: AnalysisStarted | None = None
        self._tail: deque[FrameResult | Gap] = deque(maxlen=TAIL)
        self._dead: tuple[Evidence, AnalysisSettings] | None = None
        self._asked: set[int] = set()
        self._unfinished: RunRow | None = None
        self._wanted: Path | None = None
        self._known: dict[int, str] = {}
        analysis = models.analysis
        analysis.started.connect(self._begin)
        analysis.results.connect(self._take)
        analysis.noticed.connect(lambda text: models.messages.tell(self._named(text)))
        analysis.finished.connect(self._finish)
        analysis.cancelled.connect(self._end)
        analysis.failed.connect(self._fail)
        analysis.died.connect(self._mourn)
        models.casefile.opened.connect(self._follow)
        models.casefile.closed.connect(self._asked.clear)
        models.casefile.closed.connect(self._known.clear)
        models.casefile.shown.connect(self._adopt_color)
        models.casefile.shown.connect(self._rejoin)
        casefile = models.casefile
        for signal in (casefile.opened, casefile.closed, casefile.runs_changed, casefile.shown):
            signal.connect(self._allow_edits)
        models.document.identified.connect(self._start_late)
        models.results.facts_changed.connect(self._warn)
        models.results.judged_changed.connect(models.faces.show)
        for model in (models.results, models.scene, models.choices, models.export):
            model.failed.connect(models.messages.report)
        models.identity.changed.connect(self._tell_identity)
        models.faces.include_asked.connect(models.casefile.include)
        models.selection.marks_changed.connect(models.choices.set_marks)
        models.messages.chosen.connect(self._choose)

    @property
    def started(self) -> AnalysisStarted | None:
        """The analysis that runs; None before its first frame and after its end."""
        return self._started

    @property
    def is_on_screen(self) -> bool:
        """Whether the video that is analyzed now is the one on screen."""
        started, shown = self._started, self._models.casefile.evidence_id
        if started is None:
            return False
        if self._models.casefile.case is not None and shown is not None:
            return shown == started.evidence_id
        evidence = self._models.document.evidence
        return evidence is not None and evidence.hashes.sha256 == started.evidence.hashes.sha256

    @property
    def other_name(self) -> str:
        """Name of the video that is analyzed now and is not on screen; "" where it is, or there is none."""
        item = self._models.queue.current
        return "" if item is None or item.sha256 == self._shown_sha256() else item.name

    def want(self, path: Path | None) -> None:
        """Start an analysis of this file as soon as it is identified, unless its case holds results; None: of none."""
        self._wanted = None if path is None else path.absolute()

    def start(self) -> None:
        """Start an analysis with the present choices; asks first if it would repeat a finished one."""
        same = self._finished_alike()
        if same is None:
            self._launch(self._models.choices.settings)
            return
        text = say(
            "This video was analyzed with these settings before; its results are run {number}. "
            "A threshold that was chosen since judges them at once.",
            number=same,
        )
        choices = ((str(same), say("Show them")), (AGAIN, say("Analyze again")))
        self._models.messages.ask(AGAIN, text, choices)

    def resume(self) -> None:
        """Go on with the run on screen where it stopped, with its own settings."""
        run = self._models.casefile.run
        if run is not None:
            self._launch(run.settings)

    def offer(self) -> None:
        """All is on screen: ask about an unfinished run, or start what was wanted."""
        run = self._models.casefile.run
        if run is None:
            self._start_wanted()
            return
        self._wanted = None
        if run.state is RunState.RUNNING:
            self._models.messages.tell(
                say("This video is being analyzed in another process; its results so far are shown.")
            )
        elif run.state in UNFINISHED and self._models.casefile.can_write and self._may_ask(run):
            self._asked.add(run.run_id)
            self._unfinished = run
            self._ask_to_go_on(run)

    def _start_wanted(self) -> None:
        """Start what was wanted; a video of a case may not be open yet, and is waited for."""
        document, wanted = self._models.document, self._wanted
        if wanted is None or document.is_opening:
            return
        self._wanted = None
        if document.video is not None and document.video.path.absolute() == wanted:
            self.start()

    def _start_late(self) -> None:
        """A video of a case is open now; one that came without a case waits until that was looked for."""
        casefile = self._models.casefile
        if casefile.evidence_id is not None and casefile.run is None:
            self._start_wanted()

    def _finished_alike(self) -> int | None:
        """The latest finished run whose results the present choices would give again, on this or another device."""
        choices = self._models.choices
        estimate = choices.estimate()
        name = choices.default_name if choices.settings.model == "default" else choices.settings.model
        hash_of = {weights.name: weights.sha256 for weights in choices.weights}
        if estimate is None:
            return None
        wanted = replace(choices.settings, model=name, sampling=estimate.sampling)
        alike = [
            run.run_id
            for run in self._models.casefile.runs
            if run.state is RunState.FINISHED
            and run.weights.sha256 == hash_of.get(name)
            and _measures_alike(run.settings, wanted)
        ]
        return alike[-1] if alike else None

    def _launch(self, settings: AnalysisSettings) -> None:
        models = self._models
        video = models.document.video
        if video is None or models.document.evidence is None:
            return
        for key in ("unfinished", "died", AGAIN):
            models.messages.dismiss(key)
        self.launch_asked.emit(models.document.evidence, settings)

    def _may_ask(self, run: RunRow) -> bool:
        """Once for each run, and not where its turn in the queue will come, or a question about the queue is asked."""
        waiting = [item.sha256 for item in self._models.queue.waiting]
        evidence = next(
            (r.evidence for r in self._models.casefile.evidences() if r.evidence_id == run.evidence_id), None
        )
        alone = evidence is not None and waiting == [evidence.hashes.sha256] and self._models.queue.paused
        return run.run_id not in self._asked and (not waiting or alone) and self._models.queue.current is None

    def _begin(self, started: AnalysisStarted) -> None:
        models = self._models
        self._started = started
        self._tail.clear()
        if not self.is_on_screen:
            return
        facts = RunFacts(started.run_id, started.weights, started.settings, started.evidence.media, started.planned)
        models.results.begin(facts, models.casefile.lookup(started.run_id))
        models.document.set_color(started.settings.color)
        if models.casefile.case is None:
            models.casefile.open(started.case_path)
        else:
            self._follow()

    def _follow(self) -> None:
        """The case is open: show the run that is going on, with what it held before."""
        started, models = self._started, self._models
        if started is None or models.analysis.state is AnalysisState.IDLE or not self.is_on_screen:
            return
        models.casefile.choose_evidence(started.evidence_id)
        models.casefile.show_run(started.run_id, live=True)

    def _take(self, items: tuple[FrameResult | Gap, ...]) -> None:
        """Results came: they are shown where their run is on screen."""
        self._tail.extend(items)
        started, facts = self._started, self._models.results.facts
        if started is not None and facts is not None and facts.run_id == started.run_id:
            self._models.results.append(items)

    def _rejoin(self, run: RunRow) -> None:
        """The run that goes on came back on screen: what the case may not hold yet is added to what is loaded."""
        if self._started is not None and run.run_id == self._started.run_id:
            self._models.results.append(tuple(self._tail))

    def _finish(self, summary: AnalysisSummary) -> None:
        models = self._models
        pace = models.analysis.seconds_per_frame
        if pace is not None and self._started is not None:
            models.choices.learn(pace, self._started.software.device)
        if summary.gaps:
            text = say(
                "{count} frames yield no picture; they are listed as gaps in the report.", count=len(summary.gaps)
            )
            models.messages.tell(self._named(text))
        self._end()

    def _end(self) -> None:
        self._started = None
        self._models.casefile.refresh()

    def _fail(self, error: LavError) -> None:
        item, text = self._models.queue.current, self._named(str(error))
        key = "failed" if item is None else f"failed {item.sha256}"
        self._end()
        self._models.messages.show(Message(key, MessageKind.ERROR, text, details_of(error)))

    def _mourn(self, error: LavError) -> None:
        started, text = self._started, self._named(str(error))
        self._dead = None if started is None else (started.evidence, started.settings)
        if self._dead is None and text != str(error):  # of another video, before anything was begun
            self._fail(error)
            return
        self._end()
        choices = (("resume", say("Go on")), ("keep", say("Keep what is there")))
        self._models.messages.show(Message("died", MessageKind.QUESTION, text, details_of(error), choices))

    def _shown_sha256(self) -> str:
        """Of the video on screen, whose file may be missing; "" where it is not known."""
        shown, evidence = self._models.casefile.evidence_id, self._models.document.evidence
        if evidence is not None:
            return evidence.hashes.sha256
        if shown is not None and shown not in self._known:
            rows = self._models.casefile.evidences()
            self._known |= {row.evidence_id: row.evidence.hashes.sha256 for row in rows}
        return "" if shown is None else self._known.get(shown, "")

    def _named(self, text: str) -> str:
        """A sentence about the analysis of now; it names a video that is not on screen."""
        return f"{self.other_name}: {text}" if self.other_name else text

    def _ask_to_go_on(self, run: RunRow) -> None:
        if run.state is RunState.CANCELLED:
            text = say(
                "This analysis of {count} frames was cancelled; what it had done is shown.", count=len(run.planned)
            )
        else:
            text = say(
                "This analysis of {count} frames was interrupted; what it had done is shown.", count=len(run.planned)
            )
        self._models.messages.ask("unfinished", text, (("resume", say("Go on")), ("keep", say("Keep what is there"))))

    def _choose(self, key: str, choice: str) -> None:
        if key == AGAIN:
            if choice == AGAIN:
                self._launch(self._models.choices.settings)
            else:
                self._models.casefile.show_run(int(choice))
                self._models.results.judge_at(self._models.choices.settings.false_positive_rate)
        elif key == "died":
            self._answer_death(choice)
        elif key == "unfinished" and choice == "resume" and self._unfinished is not None:
            self._launch(self._unfinished.settings)  # another run may be on screen by now
        elif key == "unfinished":
            self._drop_shown()

    def _answer_death(self, choice: str) -> None:
        dead, self._dead = self._dead, None
        if choice == "resume" and dead is not None:
            self.launch_asked.emit(*dead)
        elif choice == "resume":
            self.start()

    def _drop_shown(self) -> None:
        """What is there is enough: the video on screen is not to be analyzed on by the queue."""
        evidence = self._models.document.evidence
        if evidence is not None:
            self._models.queue.remove(evidence.hashes.sha256)

    def _adopt_color(self, run: RunRow) -> None:
        self._models.document.set_color(run.settings.color)

    def _warn(self, facts: RunFacts | None) -> None:
        text = None
        if facts is not None and not facts.weights.trained:
            text = say("UNTRAINED: the network has random weights. Curves, heatmaps and scores mean nothing.")
        elif facts is not None and facts.weights.calibration is None:
            text = say("Not calibrated: the scores of {name} are not probabilities.", name=facts.weights.name)
        self._models.messages.warn("weights", text)

    def _allow_edits(self) -> None:
        """Faces may be left out where a run of a case is on screen that can be written."""
        casefile = self._models.casefile
        self._models.faces.set_editable(casefile.can_write and casefile.run is not None)

    def _tell_identity(self, value: Identity, frame_index: int) -> None:
        text = None
        if value is Identity.DIFFERENT:
            text = say(
                "Frame {index} on the screen is not the picture that was analyzed: their digests differ. "
                "The file, the decoder or the color rule has changed since; analyze the video again.",
                index=frame_index,
            )
        self._models.messages.warn("identity", text)


def _measures_alike(settings: AnalysisSettings, wanted: AnalysisSettings) -> bool:
    """Whether two choices give the same results; the threshold is applied to results and measures nothing."""
    rate = wanted.false_positive_rate
    return replace(settings, device=wanted.device, batch_size=wanted.batch_size, false_positive_rate=rate) == wanted
