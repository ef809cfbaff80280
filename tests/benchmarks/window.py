"""How fluid the window is while a real analysis runs, what it takes to close it, and its memory; in its own process.

``stalls VIDEO [--one-core]`` measures the event loop, ``exit VIDEO idle|analyzing|playing`` begins to close the window
and tells when. With ``--one-core`` the child may use one core alone.
"""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import argparse
import gc
import sys
import time
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import psutil
from PySide6.QtCore import QSettings, Qt, QTimer
from PySide6.QtWidgets import QApplication

from lav_gui.settings import AnalysisSettings, Sampling, Settings
from lav_gui.ui.main_window import MainWindow
from lav_gui.ui.style import apply_theme, load_fonts, theme_of
from lav_gui.ui.viewmodels.analysis import AnalysisState, launch_child
from lav_gui.ui.viewmodels.desk import Desk
from lav_gui.ui.viewmodels.models import Doors
from tests.event_loop import until, wait

BEAT_MILLISECONDS = 5
PHASE_MILLISECONDS = 6000
STEP_MILLISECONDS, PAN_MILLISECONDS = 40, 16
SIZE = (1280, 720)
SCHEDULED = Path("/proc/thread-self/schedstat")


class Heartbeat:
    """A timer that notes by how much each of its beats is late, in milliseconds.

    Where the system tells (Linux), `own` is that without the time in which the thread could have run and no core was
    free for it: what other programs take is none of the window's doing.
    """

    def __init__(self) -> None:
        self.late: list[float] = []
        self.own: list[float] = []
        self._last, self._waited = time.perf_counter(), waited_milliseconds()
        self._timer = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=BEAT_MILLISECONDS)
        self._timer.timeout.connect(self._beat)

    def during(self, milliseconds: int) -> str:
        """Let the event loop run; p50 / p99 / maximum."""
        self.start()
        wait(milliseconds)
        self.stop()
        p50, p99 = np.percentile(self.late, (50, 99))
        told = f"{p50:.1f} / {p99:.1f} / {max(self.late):.1f}"
        return f"{told} (with a core at once: {np.percentile(self.own, 99):.1f} / {max(self.own):.1f})"

    def start(self) -> None:
        """Begin to note."""
        self.late, self.own = [], []
        self._last, self._waited = time.perf_counter(), waited_milliseconds()
        self._timer.start()

    def stop(self) -> None:
        """Note no more."""
        self._timer.stop()

    def worst(self) -> str:
        """Say how late the latest beat was."""
        return f"late by {max(self.late):.0f} ms at most (with a core at once: {max(self.own):.0f})"

    def _beat(self) -> None:
        now, waited = time.perf_counter(), waited_milliseconds()
        late = max(1000 * (now - self._last) - BEAT_MILLISECONDS, 0.0)
        self.late.append(late)
        self.own.append(max(late - (waited - self._waited), 0.0))
        self._last, self._waited = now, waited


def waited_milliseconds() -> float:
    """How long this thread has waited for a core so far; 0 where the system does not tell."""
    try:
        return int(SCHEDULED.read_text().split()[1]) / 1e6
    except (OSError, IndexError, ValueError):
        return 0.0


class Bench:
    """A window on a video; its child may be held on one core."""

    def __init__(self, video: Path, one_core: bool = False) -> None:
        self.application = QApplication(sys.argv[:1])
        load_fonts(self.application)
        apply_theme(self.application, theme_of(self.application, "light"))
        sampling = Sampling.parse("every:1")
        self.desk = Desk(
            Settings(AnalysisSettings(device="cpu", sampling=sampling)),
            Doors(launch=launch_on_one_core if one_core else launch_child),
        )
        self.window = MainWindow(self.desk, QSettings("", QSettings.Format.IniFormat))
        self.window.resize(*SIZE)
        self.window.show()
        self.frames = 0
        self.desk.analysis.results.connect(self._count)
        self.desk.open(video)
        until(lambda: self.desk.document.evidence is not None)
        gc.freeze()  # as the application does

    def analyze(self) -> None:
        """Start, and wait for the first results."""
        self.desk.running.start()
        until(lambda: self.frames > 0)

    def _count(self, results: Any) -> None:
        self.frames += len(results)


def launch_on_one_core(video: Path, case_path: Path | None, settings: AnalysisSettings) -> Generator[Any, None, Any]:
    """The child inherits from the job's thread, and the network takes a thread per allowed core."""
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    return (yield from launch_child(video, case_path, settings))


def stalls(bench: Bench) -> Iterator[tuple[str, str]]:
    """Measure at rest, and what goes on while frames arrive."""
    heart, desk = Heartbeat(), bench.desk
    wait(1000)
    yield memory("with the video open")
    yield "at rest", heart.during(2000)
    bench.analyze()
    begun, before = time.perf_counter(), bench.frames
    yield "frames arrive", heart.during(PHASE_MILLISECONDS)
    canvas = bench.window.views.timeline.canvas
    canvas.show_frames(0, 30)
    for name, milliseconds, step in (
        ("frames arrive, stepping", STEP_MILLISECONDS, Turning(desk.playback.step, 25)),
        ("frames arrive, panning", PAN_MILLISECONDS, Turning(lambda way: canvas.pan(0.004 * way), 40)),
    ):
        timer = QTimer(interval=milliseconds)
        timer.timeout.connect(step)
        timer.start()
        yield name, heart.during(PHASE_MILLISECONDS)
        timer.stop()
    desk.playback.play(1)
    yield "frames arrive, playing", heart.during(PHASE_MILLISECONDS)
    if desk.analysis.state is AnalysisState.IDLE:
        yield "too short", "the analysis ended before the last of these"
    yield "frames analyzed per second meanwhile", f"{(bench.frames - before) / (time.perf_counter() - begun):.2f}"
    yield memory("at the end")
    yield "torch in the window's process, which must not be", str("torch" in sys.modules)


class Turning:
    """Does something forward some times, then backward as often, and so on."""

    def __init__(self, step: Callable[[int], object], times: int) -> None:
        self._step, self._times, self._done = step, times, 0

    def __call__(self) -> None:
        self._step(1 if self._done // self._times % 2 == 0 else -1)
        self._done += 1


def memory(when: str) -> tuple[str, str]:
    """Resident memory of this process and of its largest child."""
    own = psutil.Process()
    children = [child.memory_info().rss for child in own.children(recursive=True)]
    return (
        f"memory {when}: window, child, MB",
        f"{own.memory_info().rss / 1e6:.0f}, {max(children, default=0) / 1e6:.0f}",
    )


def leave(bench: Bench, state: str) -> None:
    """Print the ids of the children and when the closing began, and close."""
    if state == "analyzing":
        bench.analyze()
    if state == "playing":
        bench.desk.playback.set_looping(True)
        bench.desk.playback.play(1)
    wait(1000)
    children = [child.pid for child in psutil.Process().children(recursive=True)]
    print(time.time(), *children, flush=True)
    bench.window.close()


def main() -> None:
    """Print the figures, tab-separated; or close."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["stalls", "exit"])
    parser.add_argument("video", type=Path)
    parser.add_argument("state", nargs="?", choices=["idle", "analyzing", "playing"], default="idle")
    parser.add_argument("--one-core", action="store_true")
    options = parser.parse_args()
    bench = Bench(options.video, options.one_core)
    if options.what == "exit":
        leave(bench, options.state)
        return
    for figure, value in stalls(bench):
        print(f"{figure}\t{value}", flush=True)
    bench.window.close()


if __name__ == "__main__":
    main()
