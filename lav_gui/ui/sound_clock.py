"""Where the sound is: written by the thread that plays it, read by the picture that follows it."""

import threading
import time
from collections.abc import Callable

PATIENCE_SECONDS = 1.0
"""So long the picture waits for the sound to begin, and for a sound that hangs."""

EXTRAPOLATE_SECONDS = 0.1
"""Between two reports the sound is taken to go on for so long."""


class SoundClock:
    """The presentation time that is heard now. Each start has a ticket; what belongs to an older one is not heard.

    Parameters
    ----------
    clock : callable
        Monotonic seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._ticket = 0
        self._told: tuple[float, float] | None = None
        self._running = False

    @property
    def ticket(self) -> int:
        """The newest ticket."""
        return self._ticket

    @property
    def seconds(self) -> float | None:
        """Presentation time that is heard now; the beginning while the sound is on its way; None without sound."""
        with self._lock:
            told, running = self._told, self._running
        if told is None:
            return None
        seconds, at = told
        passed = self._clock() - at
        if passed > PATIENCE_SECONDS:
            return None
        return seconds + min(passed, EXTRAPOLATE_SECONDS) if running else seconds

    def begin(self, seconds: float) -> int:
        """The sound is about to begin at a presentation time; gives the ticket of this start."""
        with self._lock:
            self._ticket += 1
            self._told, self._running = (seconds, self._clock()), False
            return self._ticket

    def end(self) -> int:
        """Nothing is heard any more; gives a new ticket, so that reports of the start before count no more."""
        with self._lock:
            self._ticket += 1
            self._told = None
            return self._ticket

    def report(self, ticket: int, seconds: float | None) -> None:
        """Tell what is heard now, None for nothing; in any thread."""
        with self._lock:
            if ticket == self._ticket:
                self._told = None if seconds is None else (seconds, self._clock())
                self._running = True
