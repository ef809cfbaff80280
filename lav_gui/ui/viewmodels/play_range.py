"""Which part of the video is played: all of it, or the loop between the marks."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlayRange:
    """The part of a video of `count` frames that is played.

    `first` and `last` are the marks, both inclusive, None for the end on that side; they count only while `looping`.
    """

    count: int = 0
    looping: bool = False
    first: int | None = None
    last: int | None = None

    @property
    def bounds(self) -> tuple[int, int]:
        """First and last frame that are played; the marks are clipped to the video."""
        end = max(self.count - 1, 0)
        if not self.looping:
            return 0, end
        return min(self.first or 0, end), end if self.last is None else min(self.last, end)

    def start(self, here: int, speed: int) -> int:
        """Where playing begins: here, unless here is where it would end, or outside of the loop."""
        first, last = self.bounds
        done = here >= last if speed > 0 else here <= first
        leaves = not first <= here <= last if self.looping else done
        return self.entry(speed) if leaves else here

    def entry(self, speed: int) -> int:
        """The frame with which the part begins in a direction of play."""
        return self.bounds[0 if speed > 0 else 1]

    def is_last(self, here: int, speed: int) -> bool:
        """Whether no other frame of the part follows in a direction of play."""
        first, last = self.bounds
        return here >= last if speed > 0 else here <= first

    def clip(self, frame_index: int, speed: int) -> int:
        """No farther than the part goes in a direction of play."""
        first, last = self.bounds
        return min(frame_index, last) if speed > 0 else max(frame_index, first)
