"""How fast the player is on one clip: seeks, steps back, a dragging hand, playing; run offscreen in its own process."""

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer

from lav_gui.records import Frame, FrameIndex
from lav_gui.settings import ColorPolicy, Settings
from lav_gui.ui.frames import FrameServer
from lav_gui.ui.viewmodels.playback import PlaybackModel

SEEKS = 60
MOVES, MOVE_MILLISECONDS = 120, 16
PLAY_MILLISECONDS = 3000


class Bench:
    """A decoder and a player on one clip, without a window."""

    def __init__(self, clip: Path) -> None:
        self.frames = FrameServer(Settings().cache_megabytes * 1_000_000)
        self.player = PlaybackModel(self.frames)
        self.index: FrameIndex | None = None
        self.frames.opened.connect(self._take)
        self.frames.start()
        self.frames.open(clip, ColorPolicy.AUTO)
        while self.index is None:
            wait(5)

    def _take(self, _: object, index: FrameIndex) -> None:
        self.index = index
        self.player.open(index)

    def seek(self, wanted: int) -> float:
        """Go to a frame and wait for it; milliseconds."""
        begun = time.perf_counter()
        self.player.seek(wanted)
        while not (isinstance(self.player.shown, Frame) and self.player.shown.index == wanted):
            wait(1)
        return 1000 * (time.perf_counter() - begun)


def wait(milliseconds: int) -> None:
    """Let the event loop run."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def figures(bench: Bench) -> Iterator[tuple[str, str]]:
    """Measure one thing after the other."""
    count = len(bench.index or ())
    draw = np.random.default_rng(0)
    cold = [bench.seek(int(wanted)) for wanted in draw.integers(0, count, SEEKS)]
    yield "seek p50 / p95, ms", _ends(cold)
    last = bench.player.position
    near = [min(max(last + int(step), 0), count - 1) for step in draw.integers(-4, 5, SEEKS)]
    bench.seek(last)
    for place in sorted(set(near)):
        bench.seek(place)
    yield "seek in the cache p50 / p95, ms", _ends([bench.seek(place) for place in near])
    bench.seek(count // 2 + 160)
    back = [bench.seek(count // 2 + 100 - step) for step in range(60)]
    yield "step back: first, then p50 / p95, ms", f"{back[0]:.0f}, then {_ends(back[1:])}"
    yield from _drag(bench, count)
    for speed in (1, -1, 4, -4):
        yield from _play(bench, count, speed)


def _drag(bench: Bench, count: int) -> Iterator[tuple[str, str]]:
    shown: list[int] = []

    def note(item: Any) -> None:
        shown.append(item.index)

    bench.player.shown_changed.connect(note)
    for move in range(MOVES):
        bench.player.seek(move * (count - 1) // MOVES)
        wait(MOVE_MILLISECONDS)
    rest = bench.seek(count - 2)
    bench.player.shown_changed.disconnect(note)
    pictures = len(shown) / (MOVES * MOVE_MILLISECONDS / 1000)
    yield "dragging over all: pictures a second; the exact one, ms", f"{pictures:.0f}; {rest:.0f}"


def _play(bench: Bench, count: int, speed: int) -> Iterator[tuple[str, str]]:
    bench.seek(0 if speed > 0 else count - 1)
    bench.player.set_looping(True)
    bench.player.play(speed)
    wait(PLAY_MILLISECONDS)
    dropped = bench.player.dropped
    bench.player.pause()
    yield f"playing {speed}×: frames dropped in {PLAY_MILLISECONDS / 1000:.0f} s", str(dropped)


def _ends(taken: list[float]) -> str:
    return f"{np.percentile(taken, 50):.0f} / {np.percentile(taken, 95):.0f}"


def main() -> None:
    """Print the figures of a clip, one a line, tab between name and value."""
    application = QCoreApplication(sys.argv[:1])
    bench = Bench(Path(sys.argv[1]))
    for figure, value in figures(bench):
        print(f"{figure}\t{value}", flush=True)
    bench.player.close()
    bench.frames.stop(3)
    del application


if __name__ == "__main__":
    main()
