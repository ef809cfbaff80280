"""How long the timeline takes for one picture, on synthetic results of any length; run offscreen in its own process."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import sys
import time
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np
from PySide6.QtWidgets import QApplication

from lav_gui.media.inspect import inspect_file
from lav_gui.records import FrameIndex, Segment, TrackSeries, TrackVerdict, Verdict, VerdictState
from lav_gui.settings import AnalysisSettings
from lav_gui.steps import run_to_end
from lav_gui.ui.colors import LIGHT
from lav_gui.ui.style import apply_theme, load_fonts
from lav_gui.ui.viewmodels.curves import curve_steps
from lav_gui.ui.viewmodels.lanes.packets import DIRECT_FRAMES
from lav_gui.ui.viewmodels.packets import packet_steps
from lav_gui.ui.viewmodels.results import Judged, RunFacts
from lav_gui.ui.views.timeline import TimelineView
from model_zoo.registry import find_weights

CLOCK = time.thread_time
"""What the window's thread itself takes: other programs do not count."""

LENGTHS = (10_000, 100_000, 1_000_000)
SIZES = ((1160, 260), (2440, 620))
PICTURES = 60
DEMO = Path(__file__).resolve().parents[2] / "resources" / "demo" / "swap_fake.mp4"


def synthetic_index(count: int) -> FrameIndex:
    """A video of 25 frames a second with a key packet every 250 frames and every other frame reordered."""
    n = np.arange(count, dtype=np.int64)
    key = n % 250 == 0
    order = np.where(n % 2 == 1, np.minimum(n + 1, count - 1), np.maximum(n - 1, 0)) if count > 1 else n
    rng = np.random.default_rng(1)
    size = np.where(key, 60_000, 4_000 + 9_000 * rng.random(count)).astype(np.int64)
    return FrameIndex(
        Fraction(1, 25), n, n, np.ones(count, np.int64), key, size, np.argsort(np.argsort(order, kind="stable")),
        np.zeros(count, np.bool_),
    )  # fmt: skip


def synthetic_judged(count: int, faces: int = 3) -> Judged:
    """A run over all frames with some faces, each seen in most of the video."""
    rng = np.random.default_rng(0)
    tracks, measured = [], []
    for number in range(1, faces + 1):
        frames = np.arange(count // 20 * (number - 1), count - count // 30 * (faces - number), dtype=np.int64)
        frames = frames[(frames // max(count // 40, 1)) % (5 + number) != 0]
        seconds = frames / 25
        wave = 2.5 * np.sin(frames / max(count / (7 + 3 * number), 1)) - 0.6 * number
        logit = wave + rng.normal(0, 0.8, len(frames))
        curve, smoothed = (1 / (1 + np.exp(-values)) for values in (logit, wave))
        tracks.append(_verdict(number, frames, seconds, (curve, smoothed)))
        rgb = np.where(frames % 5 == 0, 0.6 * logit + rng.normal(0, 0.5, len(frames)), np.nan)
        noise, both = 0.5 * wave - 0.3 * rgb, 0.2 * rgb
        size = np.full(len(frames), 120.0)
        measured.append(TrackSeries(number, frames, seconds, logit, size, size.copy(), rgb, noise, both))
    verdict = Verdict(VerdictState.INCONCLUSIVE, 0.7, (0.6, 0.8), 0.6, 0.05, (), (), (), (), (), tuple(tracks))
    facts = RunFacts(1, find_weights("default"), AnalysisSettings(), inspect_file(DEMO).media, np.arange(count))
    return Judged(verdict, tuple(measured), facts, count, np.arange(count), np.arange(0, count, 997))


def _verdict(
    number: int, frames: np.ndarray, seconds: np.ndarray, curves: tuple[np.ndarray, np.ndarray]
) -> TrackVerdict:
    curve, smoothed = curves
    high = np.flatnonzero(np.diff(np.concatenate([[0], (smoothed > 0.6).astype(int), [0]])))
    segments = tuple(
        Segment(
            int(frames[a]), int(frames[b - 1]), float(seconds[a]), float(seconds[b - 1]), int(frames[a]),
            float(smoothed[a:b].max()),
        )
        for a, b in zip(high[::2], high[1::2], strict=True)
    )  # fmt: skip
    ends = (int(frames[0]), int(frames[-1]), len(frames), 0.0, float(curve.mean()), (0.4, 0.8))
    low, top = np.clip(smoothed - 0.1, 0, 1), np.clip(smoothed + 0.1, 0, 1)
    strongest = int(frames[np.argmax(smoothed)])
    return TrackVerdict(number, *ends, frames, seconds, curve, smoothed, low, top, segments, 0.1, 0.1, 0.0, strongest)


def figures(lengths: tuple[int, ...] = LENGTHS) -> Iterator[tuple[str, str]]:
    """Milliseconds for one picture, in CPU time: median and 95th percentile."""
    application = QApplication.instance() or QApplication(sys.argv[:1])
    load_fonts(application)
    apply_theme(application, LIGHT)
    for count in lengths:
        index, judged = synthetic_index(count), synthetic_judged(count)
        for size in SIZES:
            view = TimelineView()
            view.resize(*size)
            view.show()
            application.processEvents()
            begun = CLOCK()
            view.show_video(index)
            shown = 1000 * (CLOCK() - begun)
            if count > DIRECT_FRAMES:
                view.show_packets(run_to_end(packet_steps(index)))
            begun = CLOCK()
            curves = run_to_end(curve_steps(judged))
            ready = 1000 * (CLOCK() - begun)
            begun = CLOCK()
            view.show_curves(curves)
            view.canvas.viewport().repaint()
            first = 1000 * (CLOCK() - begun)
            name = f"{count:,} frames, {size[0]} x {size[1]}"
            yield f"{name}: video shown, ms", f"{shown:.1f}"
            yield f"{name}: made ready (beside the window), ms", f"{ready:.1f}"
            yield f"{name}: first picture, ms", f"{first:.1f}"
            for what, step in _steps(view, count):
                yield f"{name}: {what}, ms p50 / p95", _measured(view, step)
            view.close()
            view.deleteLater()


def _steps(view: TimelineView, count: int) -> Iterator[tuple[str, Callable[[int], None]]]:
    canvas = view.canvas
    for share in (0.8, 0.05):
        canvas.show_frames(0, share * count)
        yield f"pan at {share:.0%}", lambda n: canvas.pan(0.004 if n % 40 < 20 else -0.004)
    canvas.show_all()
    yield "zoom", lambda n: canvas.zoom(1 / 1.1 if n % 60 < 30 else 1.1, count / 3)
    canvas.show_all()
    yield "cursor", lambda n: view.show_position(n * count // PICTURES)


def _measured(view: TimelineView, step: Callable[[int], None]) -> str:
    taken = []
    for number in range(PICTURES):
        begun = CLOCK()
        step(number)
        view.canvas.viewport().repaint()
        taken.append(1000 * (CLOCK() - begun))
    return f"{np.percentile(taken, 50):.1f} / {np.percentile(taken, 95):.1f}"


def main() -> None:
    """Print all figures, tab-separated."""
    for figure, value in figures():
        print(f"{figure}\t{value}", flush=True)


if __name__ == "__main__":
    main()
