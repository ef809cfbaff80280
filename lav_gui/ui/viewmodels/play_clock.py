"""Which frame is due: by the file's own presentation times, at the analyst's speed, or as the sound tells."""

from collections.abc import Callable

import numpy as np

from lav_gui.records import FrameIndex

USUAL_SECONDS = 1 / 25
"""How long a frame stays where the file does not tell."""

EARLY_SECONDS = 0.0005
"""A frame is due this much before its time, so that a timer in whole milliseconds never wakes up too soon."""

Lead = Callable[[], float | None]
"""Presentation time in seconds that the sound has come to; None while it does not lead."""


class PlayClock:
    """Runs forward or backward over the presentation times of one video.

    Forward, a frame is due from its own time on. Backward, it is due as soon as the clock has come down to its time.

    Parameters
    ----------
    clock : callable
        Monotonic seconds.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._times = np.zeros(0)
        self._usual = self._last = USUAL_SECONDS
        self._speed = 0
        self._origin = (0.0, 0.0)
        self._lead: Lead = lambda: None

    @property
    def speed(self) -> int:
        """Times real time, negative backward; 0 while it stands."""
        return self._speed

    @property
    def is_led(self) -> bool:
        """Whether the sound leads now."""
        return self._speed == 1 and self._lead() is not None

    @property
    def seconds(self) -> float:
        """Presentation time now."""
        begun, seconds = self._origin
        now = self._clock()
        led = self._lead() if self._speed == 1 else None
        if led is not None:
            self._origin = (now, led)
            return led
        return seconds + (now - begun) * self._speed

    def use(self, index: FrameIndex | None) -> None:
        """Take the times of a video, or of none; the clock stands."""
        self._times = np.zeros(0) if index is None else index.all_seconds()
        steps = np.diff(self._times)
        steps = steps[steps > 0]
        self._usual = float(np.median(steps)) if len(steps) else USUAL_SECONDS
        own = 0.0 if index is None or not len(index) else float(index.duration[-1] * index.time_base)
        self._last = own if own > 0 else self._usual
        self.stop()

    def follow(self, lead: Lead) -> None:
        """Let something else lead at normal speed forward, whenever it tells a time."""
        self._lead = lead

    def start(self, seconds: float, speed: int) -> None:
        """Run from a presentation time on."""
        self._origin = (self._clock(), seconds)
        self._speed = speed

    def stop(self) -> None:
        """Stand still."""
        self._speed = 0

    def due(self, position: int) -> int:
        """The frame that is due now; never against the direction of play, so `position` at the least."""
        now = self.seconds
        if self._speed > 0:
            found = int(np.searchsorted(self._times, now + EARLY_SECONDS, side="right")) - 1
            return max(found, position)
        found = int(np.searchsorted(self._times, now - EARLY_SECONDS, side="left"))
        return min(found, position)

    def wait_seconds(self, position: int) -> float:
        """Real time until the frame after `position`, in the direction of play, is due."""
        following = position + (1 if self._speed > 0 else -1)
        inside = 0 <= following < len(self._times)
        return self._real(float(self._times[following]) if inside else self._turn_seconds(position))

    def wait_at_turn(self, position: int) -> float:
        """Real time until `position`, the last frame before a turn, has been shown for its whole time."""
        return self._real(self._turn_seconds(position))

    def _turn_seconds(self, position: int) -> float:
        following = position + 1
        has_next = following < len(self._times)
        stays = float(self._times[following] - self._times[position]) if has_next else self._last
        return float(self._times[position]) + (stays if self._speed > 0 else -stays)

    def _real(self, seconds: float) -> float:
        return max(0.0, (seconds - self.seconds) / self._speed) if self._speed else 0.0
