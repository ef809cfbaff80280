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


class Jobs(QObject):
    """Owns every running job, so that none is destroyed while it runs and closing can end them all."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._running: list[Job] = []

    def make(self, steps: Steps) -> Job:
        """Make a job; connect its signals, then `start` it."""
        job = Job(steps, self)
        self._running.append(job)
        job.ended.connect(self._forget)
        return job

    @property
    def count(self) -> int:
        """How many jobs have not ended."""
        return len(self._running)

    def stop_all(self, seconds: float) -> bool:
        """Cancel all jobs and wait for their threads; True when all have ended in time."""
        deadline = QDeadlineTimer(int(seconds * 1000))
        waiting = list(self._running)
        for job in waiting:
            job.cancel()
        ended = [job.wait(deadline) for job in waiting]
        return all(ended)

    @Slot()
    def _forget(self) -> None:
        ended = [job for job in self._running if job.isFinished()]
        for job in ended:
            self._running.remove(job)
            job.deleteLater()


def details_of(error: BaseException) -> str:
    """Everything known of an error, as text to copy: sentence, notes of the child process, traceback."""
    return "".join(traceback.format_exception(error)).strip()
