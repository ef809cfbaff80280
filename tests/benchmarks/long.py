"""A long video and a run over all its frames: reading it, judging it anew, scrubbing, saving as; in its own process.

``case FOLDER`` works with 20,000 frames in a real case, ``results`` with a million frames in memory alone.
"""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import sys
import time
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import psutil
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from lav_gui.media.inspect import inspect_file
from lav_gui.records import FaceResult, FrameResult, Software
from lav_gui.session.case import Case
from lav_gui.session.rows import insert
from lav_gui.session.runs import RunState
from lav_gui.settings import AnalysisSettings, Settings
from lav_gui.ui.main_window import MainWindow
from lav_gui.ui.style import apply_theme, load_fonts, theme_of
from lav_gui.ui.viewmodels.curves import Curves
from lav_gui.ui.viewmodels.desk import Desk
from lav_gui.ui.viewmodels.results import RunFacts
from model_zoo.registry import find_weights
from tests.benchmarks.timeline import synthetic_index, synthetic_judged
from tests.benchmarks.window import SIZE, Heartbeat
from tests.event_loop import until, wait

FRAMES = 20_000
RUN_FRAMES = 1_000_000
SEEKS, SEEK_MILLISECONDS = 2_000, 12
SOFTWARE = Software("synthetic", "float32", True, "mtcnn", "1" * 64, (("lav", "test"),))


def make_video(path: Path, count: int) -> None:
    """A small moving picture at 25 frames a second, a key frame every 250."""
    ramp = np.arange(320, dtype=np.uint8)
    with av.open(str(path), "w") as file:
        stream = file.add_stream("libx264", rate=25, options={"preset": "ultrafast", "g": "250"})
        stream.width, stream.height, stream.pix_fmt = 320, 180, "yuv420p"
        for number in range(count):
            picture = np.broadcast_to(np.roll(ramp, number)[:, np.newaxis], (180, 320, 3))
            file.mux(stream.encode(av.VideoFrame.from_ndarray(np.ascontiguousarray(picture), format="rgb24")))
        file.mux(stream.encode(None))


def make_case(path: Path, video: Path, count: int) -> None:
    """A case with a finished run over all frames, a face in each."""
    weights = find_weights("default")
    logits = 2 * np.sin(np.arange(count) / 400) + np.random.default_rng(0).normal(0, 0.8, count)
    heatmap = np.zeros((8, 8), np.float16)
    with Case.open(path, create=True) as case:
        evidence_id = case.add_evidence(inspect_file(video))
        settings = AnalysisSettings(model=weights.name, device="cpu")
        run = case.start_run(evidence_id, settings, weights, SOFTWARE, np.arange(count))
        with case._database.write() as connection:  # a commit for each would take minutes
            for index, logit in enumerate(logits.tolist()):
                face = FaceResult(1, (9, 9, 99, 99), 0.9, np.eye(2, 3), 90.0, 50.0, logit, 0.5, heatmap, None)
                insert(connection, run.run_id, FrameResult(index, index, Fraction(1, 25), "P", "0" * 64, (face,)))
        case.finish_run(run.run_id, RunState.FINISHED)


class LongBench:
    """A window."""

    def __init__(self) -> None:
        self.application = QApplication(sys.argv[:1])
        load_fonts(self.application)
        apply_theme(self.application, theme_of(self.application, "light"))
        self.desk = Desk(Settings())
        self.window = MainWindow(self.desk, QSettings("", QSettings.Format.IniFormat))
        self.window.resize(*SIZE)
        self.window.show()
        self.heart = Heartbeat()

    def watched(self, begin: Callable[[], object], holds: Callable[[], bool]) -> str:
        """Do something and wait until it shows; seconds it took, and the longest that the event loop was late."""
        self.heart.start()
        begun = time.perf_counter()
        begin()
        until(holds)
        seconds = time.perf_counter() - begun
        wait(200)  # what follows is painted
        self.heart.stop()
        return f"{seconds:.2f} s; {self.heart.worst()}"


def megabytes() -> float:
    """Resident memory of this process."""
    return float(psutil.Process().memory_info().rss) / 1e6


def case_figures(bench: LongBench, folder: Path) -> Iterator[tuple[str, str]]:
    """Open, read, judge anew, scrub, save as."""
    video, path, desk = folder / "long.mp4", folder / "long.lav", bench.desk
    make_video(video, FRAMES)
    make_case(path, video, FRAMES)

    def judged() -> bool:
        return desk.results.judged is not None and desk.results.judged.frames_analyzed == FRAMES

    yield "open the case, read and judge its run", bench.watched(lambda: desk.open(path), judged)
    until(lambda: desk.document.evidence is not None and desk.playback.shown is not None)
    wait(1000)
    rate = desk.results.judged.facts.settings.false_positive_rate * 2  # type: ignore[union-attr]

    def anew() -> bool:
        return desk.results.judged is not None and desk.results.judged.facts.rate == rate

    yield "judge anew at another operating point", bench.watched(lambda: desk.results.judge_at(rate), anew)
    draw = np.random.default_rng(0).integers(0, FRAMES, SEEKS)
    taken = []
    for index in draw.tolist():
        begun = time.perf_counter()
        desk.results.find(index)
        taken.append(1000 * (time.perf_counter() - begun))
    yield "find a frame's result, ms p50 / p99 / max", _ends(taken)
    before = megabytes()
    for part in range(4):
        bench.heart.start()
        for index in draw[part * SEEKS // 4 : (part + 1) * SEEKS // 4].tolist():
            desk.playback.seek(index)
            wait(SEEK_MILLISECONDS)
        bench.heart.stop()
        told = f"{megabytes() - before:+.0f} MB of {desk.settings.cache_megabytes} for frames; {bench.heart.worst()}"
        yield f"after {(part + 1) * SEEKS // 4} random seeks", told
    copy = folder / "copy.lav"
    yield "save as", bench.watched(lambda: desk.case_files.save_as(copy), lambda: _is_open(desk, copy))


def _is_open(desk: Desk, path: Path) -> bool:
    return desk.casefile.case is not None and desk.casefile.case.path == path


def result_figures(bench: LongBench) -> Iterator[tuple[str, str]]:
    """Take in a million analyzed frames, and judge them anew."""
    judged, desk = synthetic_judged(RUN_FRAMES), bench.desk
    facts = judged.facts
    shown: list[Curves | None] = []
    desk.curves.changed.connect(shown.append)
    bench.window.views.timeline.show_video(synthetic_index(RUN_FRAMES))
    wait(500)

    def take_in() -> None:
        desk.results.begin(RunFacts(1, facts.weights, facts.settings, facts.media, facts.planned), lambda _: None)
        desk.results.adopt(judged.measured, judged.analyzed, (), judged.small)

    def is_shown() -> bool:
        return bool(shown) and shown[-1] is not None

    yield "take in and judge a million frames", bench.watched(take_in, is_shown)
    shown.clear()
    yield "judge them anew", bench.watched(lambda: desk.results.judge_at(0.01), is_shown)
    shown.clear()

    def change_often() -> None:
        for rate in (0.02, 0.05, 0.1):
            desk.results.judge_at(rate)
            wait(30)

    yield "change the operating point three times", bench.watched(change_often, is_shown)


def _ends(taken: list[float]) -> str:
    return f"{np.percentile(taken, 50):.2f} / {np.percentile(taken, 99):.2f} / {max(taken):.2f}"


def main() -> None:
    """Print the figures, tab-separated."""
    bench = LongBench()
    figures = result_figures(bench) if sys.argv[1] == "results" else case_figures(bench, Path(sys.argv[2]))
    for figure, value in figures:
        print(f"{figure}\t{value}", flush=True)
    bench.window.close()


if __name__ == "__main__":
    main()
