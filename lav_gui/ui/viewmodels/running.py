"""What follows when an analysis is started, comes to its end, is cancelled, dies, or was left unfinished."""

from dataclasses import replace

from PySide6.QtCore import QObject

from lav_gui.errors import LavError
from lav_gui.records import AnalysisStarted, AnalysisSummary
from lav_gui.session.runs import RunRow, RunState
from lav_gui.settings import AnalysisSettings
from lav_gui.ui.jobs import details_of
from lav_gui.ui.viewmodels.analysis import AnalysisState
from lav_gui.ui.viewmodels.casefile import UNFINISHED
from lav_gui.ui.viewmodels.identity import Identity
from lav_gui.ui.viewmodels.messages import Message, MessageKind
from lav_gui.ui.viewmodels.models import Models
from lav_gui.ui.viewmodels.results import Judged, RunFacts
from lav_gui.ui.wording import say

AGAIN = "again"


class Running(QObject):
    """Starts analyses and joins them with case, results and messages."""

    def __init__(self, models: Models) -> None:
        super().__init__(models)
        self._models = models
        self._started: AnalysisStarted | None = None
        self._wanted = False
        analysis = models.analysis
        analysis.started.connect(self._begin)
        analysis.results.connect(models.results.append)
        analysis.noticed.connect(models.messages.tell)
        analysis.finished.connect(self._finish)
        analysis.cancelled.connect(self._end)
        analysis.failed.connect(self._fail)
        analysis.died.connect(self._mourn)
        models.casefile.opened.connect(self._follow)
        models.casefile.shown.connect(self._adopt_color)
        models.results.facts_changed.connect(self._warn)
        models.results.judged_changed.connect(self._show)
        models.results.failed.connect(models.messages.report)
        models.scene.failed.connect(models.messages.report)
        models.choices.failed.connect(models.messages.report)
        models.export.failed.connect(models.messages.report)
        models.identity.changed.connect(self._tell_identity)
        models.faces.include_asked.connect(models.casefile.include)
        models.selection.marks_changed.connect(models.choices.set_marks)
        models.messages.chosen.connect(self._choose)

    def want(self) -> None:
        """Start an analysis as soon as the file is identified, unless its case holds results."""
        self._wanted = True

    def start(self) -> None:
        """Start an analysis with the present choices; asks first if it would repeat a finished one."""
        same = self._finished_alike()
        if same is None:
            self._launch(self._models.choices.settings)
            return
        text = say(
            "This video was analyzed with these very settings before; its results are run {number}.", number=same
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
        wanted, self._wanted = self._wanted, False
        run = self._models.casefile.run
        if run is None:
            if wanted:
                self.start()
        elif run.state is RunState.RUNNING:
            self._models.messages.tell(
                say("This video is being analyzed in another process; its results so far are shown.")
            )
        elif run.state in UNFINISHED and self._models.casefile.can_write:
            self._ask_to_go_on(run)

    def _finished_alike(self) -> int | None:
        """The latest finished run that the present choices would repeat, on this or another device."""
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
            and replace(run.settings, device=wanted.device, batch_size=wanted.batch_size) == wanted
        ]
        return alike[-1] if alike else None

    def _launch(self, settings: AnalysisSettings) -> None:
        models = self._models
        video = models.document.video
        if video is None or models.document.evidence is None:
            return
        for key in ("unfinished", "died", AGAIN):
            models.messages.dismiss(key)
        path = None if models.casefile.case is None else models.casefile.case.path
        models.analysis.start(video.path, path, settings)

    def _begin(self, started: AnalysisStarted) -> None:
        models = self._models
        self._started = started
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
        if started is None or models.analysis.state is AnalysisState.IDLE:
            return
        models.casefile.choose_evidence(started.evidence_id)
        models.casefile.show_run(started.run_id, live=True)

    def _finish(self, summary: AnalysisSummary) -> None:
        models = self._models
        pace = models.analysis.seconds_per_frame
        if pace is not None and self._started is not None:
            models.choices.learn(pace, self._started.software.device)
        if summary.gaps:
            models.messages.tell(
                say("{count} frames yield no picture; they are listed as gaps in the report.", count=len(summary.gaps))
            )
        self._end()

    def _end(self) -> None:
        self._started = None
        self._models.casefile.refresh()

    def _fail(self, error: LavError) -> None:
        self._end()
        self._models.messages.report(error)

    def _mourn(self, error: LavError) -> None:
        self._end()
        choices = (("resume", say("Go on")), ("keep", say("Keep what is there")))
        self._models.messages.show(Message("died", MessageKind.QUESTION, str(error), details_of(error), choices))

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
        if key in ("died", "unfinished") and choice == "resume":
            if self._models.casefile.run is None:
                self.start()
            else:
                self.resume()

    def _adopt_color(self, run: RunRow) -> None:
        self._models.document.set_color(run.settings.color)

    def _warn(self, facts: RunFacts | None) -> None:
        text = None
        if facts is not None and not facts.weights.trained:
            text = say("UNTRAINED: the network has random weights. Curves, heatmaps and scores mean nothing.")
        elif facts is not None and facts.weights.calibration is None:
            text = say("Not calibrated: the scores of {name} are not probabilities.", name=facts.weights.name)
        self._models.messages.warn("weights", text)

    def _show(self, judged: Judged | None) -> None:
        self._models.faces.show(judged)

    def _tell_identity(self, value: Identity, frame_index: int) -> None:
        text = None
        if value is Identity.DIFFERENT:
            text = say(
                "Frame {index} on the screen is not the picture that was analyzed: their digests differ. "
                "The file, the decoder or the color rule has changed since; analyze the video again.",
                index=frame_index,
            )
        self._models.messages.warn("identity", text)
