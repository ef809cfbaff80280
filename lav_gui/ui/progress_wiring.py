"""What goes on and takes long: the header tells of it, how far it is, and stops it."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Slot

from lav_gui.session.runs import RunRow
from lav_gui.ui.case_wiring import name_progress
from lav_gui.ui.viewmodels.analysis import AnalysisState
from lav_gui.ui.viewmodels.desk import Desk
from lav_gui.ui.views.header import HeaderView, progress_words
from lav_gui.ui.wording import say


@dataclass(frozen=True, slots=True)
class Work:
    """Something that takes long.

    Attributes
    ----------
    words : str
        What it is, and how far, for the reader.
    fraction : float or None
        How much is done, in [0, 1]; None where that is not known.
    stop : callable or None
        Stops it; None where the tool bar has a button for that, or closing the file is the way.
    stop_words : str
        What stopping does.
    """

    words: str
    fraction: float | None
    stop: Callable[[], None] | None = None
    stop_words: str = ""


def work_of(desk: Desk) -> Work | None:
    """What goes on now; of several things what came first in this order."""
    if desk.analysis.state is not AnalysisState.IDLE:
        return Work(name_progress(desk, progress_words(desk.analysis)), desk.analysis.fraction)
    if desk.gathering.adding is not None:
        name, fraction = desk.gathering.adding
        words = say("Reading {name}…", name=name)
        return Work(words, fraction, desk.gathering.stop_adding, say("Leave out the videos that are not read yet"))
    if (work := stoppable_of(desk)) is not None:
        return work
    if desk.document.is_hashing:
        return Work(say("Reading the file…"), desk.document.hashed_fraction)
    return None


def stoppable_of(desk: Desk) -> Work | None:
    """What one action stops: a copy or a report is written, or a run is read."""
    if desk.case_files.is_copying:
        copied = desk.case_files.copied_fraction
        words = say("Saving the copy… {percent} %", percent=round(100 * copied))
        return Work(words, copied, desk.case_files.stop_copying, say("Stop saving; nothing is left of the copy"))
    if desk.export.is_busy:
        stage = desk.export.stage
        fraction = stage.done / stage.total if stage is not None and stage.done and stage.total else None
        return Work(
            say("Setting the report…"), fraction, desk.export.stop, say("Stop setting the report; nothing is written")
        )
    read = desk.casefile.loading.fraction
    if read is not None:
        words = say("Reading the results… {percent} %", percent=round(100 * read))
        stop_words = say("Read no further; the run on screen stays without its results")
        return Work(words, read, desk.casefile.loading.stop, stop_words)
    return None


def stop_now(desk: Desk) -> None:
    """Stop what is read or written."""
    work = stoppable_of(desk)
    if work is not None and work.stop is not None:
        work.stop()


class ProgressWiring(QObject):
    """Keeps the header up to date, and does what its button asks for; it ends with the header.

    Parameters
    ----------
    header : HeaderView
        Its parent.
    desk : Desk
    """

    def __init__(self, header: HeaderView, desk: Desk) -> None:
        super().__init__(header)
        self._header, self._desk = header, desk
        for signal in (
            desk.document.hashed,
            desk.document.identified,
            desk.document.opened,
            desk.document.closed,
            desk.analysis.progress_changed,
            desk.export.state_changed,
            desk.gathering.changed,
            desk.case_files.state_changed,
            desk.case_files.progressed,
            desk.casefile.loading.changed,
        ):
            signal.connect(self._show)
        header.stop_asked.connect(self._stop)
        desk.casefile.loading.stopped.connect(self._tell_stopped)

    @Slot()
    def _show(self) -> None:
        work = work_of(self._desk)
        if work is None:
            self._header.show_progress("", 0.0, busy=False)
        else:
            self._header.show_progress(work.words, work.fraction, busy=True, stop=work.stop_words)

    @Slot()
    def _stop(self) -> None:
        work = work_of(self._desk)
        if work is not None and work.stop is not None:
            work.stop()

    @Slot(object)
    def _tell_stopped(self, run: RunRow) -> None:
        self._desk.messages.tell(
            say("Run {number} was not read to its end; choose it again to see its results.", number=run.run_id)
        )
