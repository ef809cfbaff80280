"""Long work beside the window: one generator in one thread with one end. `frames` and `sound` start threads, too."""

import logging
import threading
import traceback
from collections.abc import Callable, Generator
from typing import Any

from PySide6.QtCore import QDeadlineTimer, QObject, QThread, QTimer, Signal, Slot

from lav_gui.errors import LavError

BATCH_MILLISECONDS = 50
"""Items are handed over together, at most this often: a fast generator cannot flood the event loop."""

HELD_ITEMS = 20_000
"""The generator waits when this many items have not been taken yet."""

Steps = Callable[[], Generator[Any, None, Any]]
"""Makes the generator; called in the job's thread."""

_kept: list[QThread] = []
"""Threads that did not end when they were told to; see `keep_while_running`."""

_log = logging.getLogger(__name__)


class UnforeseenError(LavError):
    """A fault of the program itself; its cause is attached."""


class Job(QThread):
    """Runs one generator in a thread; ends with exactly one of `succeeded`, `failed`, `cancelled`.

    Each value the generator yields is progress and a place to stop; None is only the latter. All signals
    come in the thread that owns the job, the end after all progress, `ended` last.

    Parameters
    ----------
    steps : callable
        Makes the generator.
    parent : QObject, optional
        Keeps the job alive.
    """

    progressed = Signal(object)
    """A tuple of what was yielded since the last one."""
    succeeded = Signal(object)
    """What the generator returned."""
    failed = Signal(object)
    """The `LavError` it raised."""
    cancelled = Signal()
    ended = Signal()

    _arrived = Signal()

    def __init__(self, steps: Steps, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._steps = steps
        self._items: list[object] = []
        self._lock = threading.Condition()
        self._stop = False
        self._returned: tuple[object] | None = None
        self._error: LavError | None = None
        self._hand_over = QTimer(self)
        self._hand_over.setSingleShot(True)
        self._hand_over.setInterval(BATCH_MILLISECONDS)
        self._hand_over.timeout.connect(self._drain)
        self._arrived.connect(self._schedule)
        self.finished.connect(self._finish)

    def cancel(self) -> None:
        """Ask the generator to stop at its next yield; comes back at once."""
        self._hand_over.stop()
        with self._lock:
            self._stop = True
            self._lock.notify_all()

    @property
    def is_cancelling(self) -> bool:
        """Whether `cancel` was called."""
        return self._stop

    def run(self) -> None:
        """Walk the generator to its end; the thread's main function."""
        try:
            self._walk()
        except LavError as error:
            _log.info("job failed: %s", error)
            self._error = error
        except Exception as error:  # noqa: BLE001  Job.run is one of the three places that catch all
            _log.exception("job met an unforeseen error")
            self._error = UnforeseenError(
                f"The program met an error it did not expect ({type(error).__name__}); copy the details and report it."
            )
            self._error.__cause__ = error

    def _walk(self) -> None:
        steps = self._steps()
        try:
            while not self._stop:
                try:
                    item = next(steps)
                except StopIteration as end:
                    self._returned = (end.value,)
                    return
                if item is not None:
                    self._put(item)
        finally:
            steps.close()

    def _put(self, item: object) -> None:
        with self._lock:
            while len(self._items) >= HELD_ITEMS and not self._stop:
                self._lock.wait()
            self._items.append(item)
            first = len(self._items) == 1
        if first:
            self._arrived.emit()

    @Slot()
    def _schedule(self) -> None:
        if not self._stop and not self._hand_over.isActive():
            self._hand_over.start()

    @Slot()
    def _drain(self) -> None:
        with self._lock:
            items, self._items = tuple(self._items), []
            self._lock.notify_all()
        if items:
            self.progressed.emit(items)

    @Slot()
    def _finish(self) -> None:
        self._hand_over.stop()
        self._drain()
        if self._error is not None:
            self.failed.emit(self._error)
        elif self._returned is not None:
            self.succeeded.emit(self._returned[0])
        else:
            self.cancelled.emit()
        self.ended.emit()


class _StillJob(Job):
    """A job that came too late: it never starts, so it never ends."""

    def start(self, _: QThread.Priority = QThread.Priority.InheritPriority) -> None:
        """Do nothing."""
        _log.debug("a job was made after the end")


class Jobs(QObject):
    """Owns every running job, so that none is destroyed while it runs and closing can end them all."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._running: list[Job] = []
        self._closed = False

    def make(self, steps: Steps) -> Job:
        """Make a job; connect its signals, then `start` it. After `stop_all` no job is run any more."""
        if self._closed:
            return _StillJob(steps, self)
        job = Job(steps, self)
        self._running.append(job)
        job.ended.connect(self._forget)
        return job

    @property
    def count(self) -> int:
        """How many jobs have not ended."""
        return len(self._running)

    def ask_all_to_stop(self) -> None:
        """Cancel all jobs, let them tell nothing more, and start no other from now on; comes back at once."""
        self._closed = True
        for job in self._running:
            job.cancel()
            job.blockSignals(True)  # whoever would hear of it may be gone by then

    def stop_all(self, seconds: float) -> bool:
        """Cancel all jobs for good and wait for their threads; True when all have ended in time."""
        self.ask_all_to_stop()
        deadline = QDeadlineTimer(int(seconds * 1000))
        self._running = [job for job in self._running if not keep_while_running(job, deadline.remainingTime() / 1000)]
        return not self._running

    @Slot()
    def _forget(self) -> None:
        """Let go of the job that has told its end; of no other, whose end may still be on its way."""
        job = self.sender()
        if isinstance(job, Job):
            self._running.remove(job)
            job.deleteLater()


def keep_while_running(thread: QThread, seconds: float) -> bool:
    """Wait for a thread; True when it has ended in time.

    Otherwise (a disk that does not answer) it is taken from its parent and kept for good: Qt ends the whole process
    when a running thread is destroyed. Whoever ends the program then has to leave without clearing up.
    """
    if thread.wait(max(0, int(seconds * 1000))):
        return True
    _log.warning("a thread does not end: %s", thread)
    thread.setParent(None)
    if thread not in _kept:
        _kept.append(thread)
    return False


def details_of(error: BaseException) -> str:
    """Everything known of an error, as text to copy: sentence, notes of the child process, traceback."""
    return "".join(traceback.format_exception(error)).strip()
