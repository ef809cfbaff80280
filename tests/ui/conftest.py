"""Fixtures of the window's tests: no screen, a synthetic analysis at the child's door, and nothing left behind."""

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import gc
import math
import multiprocessing
import time
from collections.abc import Callable, Generator, Iterator
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings, QThread, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lav_gui.faces.geometry import crop_affine
from lav_gui.media.hashing import hash_file
from lav_gui.media.reader import VideoReader
from lav_gui.media.sampling import sample_indices
from lav_gui.records import (
    AnalysisStarted,
    AnalysisSummary,
    Contributions,
    Evidence,
    FaceResult,
    Frame,
    FrameResult,
    Gap,
    Software,
    Stage,
    frame_digest,
)
from lav_gui.session.case import Case, RunState
from lav_gui.session.paths import default_case_path
from lav_gui.settings import AnalysisSettings, Sampling, Settings
from lav_gui.ui.main_window import MainWindow
from lav_gui.ui.style import apply_theme, theme_of
from lav_gui.ui.viewmodels.desk import Desk
from lav_gui.ui.viewmodels.models import Doors
from model_zoo.registry import UNTRAINED
from model_zoo.weights_record import Calibration, Envelope, OperatingPoint, Weights

TRAINED = Weights(
    name="lvnet.synthetic",
    architecture="lvnet",
    sha256="0" * 64,
    trained=True,
    files=(),
    input_size=299,
    mean=(0.5, 0.5, 0.5),
    std=(0.5, 0.5, 0.5),
    calibration=Calibration(1.0, 0.0, "synthetic"),
    operating_points=(OperatingPoint(0.6, 0.05, (0.02, 0.1), 0.9, (0.8, 0.95)),),
    inconclusive=(0.45, 0.6),
    envelope=Envelope((40, 800), (0, 1e6), (0, 50), ("h264",)),
    metrics=(),
    license="test",
    source="test",
    created="2026-01-01",
)
SOFTWARE = Software("synthetic", "float32", True, "mtcnn", "1" * 64, (("lav", "test"),))
BOXES = ((150.0, 130.0, 250.0, 270.0), (660.0, 130.0, 765.0, 275.0))


def synthetic_face(place: int, index: int) -> FaceResult:
    """One of two faces: the first high in its middle, the second low."""
    left, top, right, bottom = BOXES[place]
    box = (left + index % 5, top, right + index % 5, bottom)
    logit = 3.0 * math.sin(index / 9) + 1.5 if place == 0 else -2.0 + 0.5 * math.sin(index / 4)
    y, x = np.mgrid[0:19, 0:19]
    heat = np.exp(-((x - 9) ** 2 + (y - 12) ** 2) / 30.0) / (1 + math.exp(-logit))
    return FaceResult(
        track_id=place + 1,
        box_xyxy=box,
        detection_score=0.99,
        frame_from_crop=crop_affine(box, 299, 1.35, Fraction(1)),
        face_px=right - left,
        sharpness=120.0,
        logit=logit,
        fake_prob=1 / (1 + math.exp(-logit)),
        heatmap=heat.astype(np.float16),
        contributions=Contributions(0.4 * logit, 0.6 * logit, 0.1, 0.0) if index % 2 == 0 else None,
    )


def synthetic_result(frame: Frame, faces: int = 2) -> FrameResult:
    """A result for a real frame."""
    found = tuple(synthetic_face(place, frame.index) for place in range(faces))
    return FrameResult(frame.index, frame.pts, frame.time_base, frame.picture_type, frame_digest(frame.image), found)


def describe(path: Path) -> Evidence:
    """The evidence of a real file."""
    with VideoReader(path) as reader:
        info = reader.info
    status = path.stat()
    modified = datetime.fromtimestamp(status.st_mtime, UTC)
    return Evidence(path.absolute(), path.name, status.st_size, modified, hash_file(path), info)


def is_judged(desk: Desk) -> bool:
    """Whether the verdict of all 28 frames of the demo stands; an earlier one may rest on fewer, even on none."""
    return desk.results.judged is not None and desk.results.judged.frames_analyzed == 28


class SyntheticAnalysis:
    """Stands at the door of the child process: walks a real video, writes a real case, and makes the numbers up.

    `pause` seconds per frame; `die_at` raises what it is given at that frame.
    """

    def __init__(self, weights: Weights = TRAINED, pause: float = 0.0) -> None:
        self.weights = weights
        self.pause = pause
        self.die_at: tuple[int, BaseException] | None = None
        self.calls = 0

    def __call__(
        self, video: Path, case_path: Path | None, settings: AnalysisSettings
    ) -> Generator[Any, None, AnalysisSummary]:
        self.calls += 1
        settings = AnalysisSettings.from_dict(
            {**settings.to_dict(), "sampling": str(settings.sampling or Sampling.parse("every:2")), "device": "cpu"}
        )
        yield Stage("Hashing", 1, 1)
        evidence = describe(video)
        with (
            VideoReader(video, settings.color) as reader,
            Case.open(case_path or default_case_path(evidence), create=True) as case,
        ):
            planned = sample_indices(reader.index, settings.sampling, settings.from_seconds, settings.to_seconds)
            evidence_id = case.add_evidence(evidence)
            run = case.start_run(evidence_id, settings, self.weights, SOFTWARE, planned)
            done = case.done_indices(run.run_id)
            facts = (evidence, settings, self.weights, SOFTWARE, planned, len(done))
            yield AnalysisStarted(case.path, run.run_id, evidence_id, *facts)
            state = RunState.CANCELLED
            try:
                for item in reader.frames([i for i in planned.tolist() if i not in set(done.tolist())]):
                    yield from self._step(case, run.run_id, item)
                state = RunState.FINISHED
            finally:
                case.finish_run(run.run_id, state)
            return AnalysisSummary(run.run_id, len(planned), len(planned), case.gaps(run.run_id), 1.0)

    def _step(self, case: Case, run_id: int, item: Frame | Gap) -> Generator[Any, None, None]:
        if self.die_at is not None and item.index >= self.die_at[0]:
            raise self.die_at[1]
        time.sleep(self.pause)
        step = item if isinstance(item, Gap) else synthetic_result(item)
        case.append(run_id, step)
        yield step


@pytest.fixture
def analysis() -> SyntheticAnalysis:
    """A synthetic analysis with trained weights."""
    return SyntheticAnalysis()


@pytest.fixture
def untrained_analysis() -> SyntheticAnalysis:
    """A synthetic analysis with the untrained weights."""
    return SyntheticAnalysis(UNTRAINED)


@pytest.fixture
def make_result() -> Callable[..., FrameResult]:
    """Make a synthetic result for a frame."""
    return synthetic_result


@pytest.fixture
def trained_weights() -> Weights:
    """Weights that may give a verdict."""
    return TRAINED


@pytest.fixture(autouse=True)
def _nothing_is_left(qapp: QApplication) -> Iterator[None]:
    """Fail a test that leaves a window, a running thread, a running timer or a child process behind."""
    gc.freeze()  # what was there before is not looked at again: that would take most of the time
    yield
    qapp.clipboard().clear()  # the offscreen platform frees it after Python has ended, and crashes
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    windows = [widget for widget in qapp.topLevelWidgets() if widget.isVisible()]
    assert windows == [], f"windows left: {windows}"
    objects = gc.get_objects()
    threads = [each for each in objects if isinstance(each, QThread) and _runs(each)]
    assert threads == [], f"running threads left: {threads}"
    timers = [each for each in objects if isinstance(each, QTimer) and _ticks(each)]
    assert timers == [], f"running timers left: {[(timer, timer.parent()) for timer in timers]}"
    left = multiprocessing.active_children()
    assert left == [], f"child processes left: {left}"


def _runs(thread: QThread) -> bool:
    try:
        return thread.isRunning()
    except RuntimeError:  # its Qt half is gone
        return False


def _ticks(timer: QTimer) -> bool:
    try:
        return timer.isActive()
    except RuntimeError:  # its Qt half is gone
        return False


@pytest.fixture
def make_desk(tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    """Make a desk with a synthetic analysis; it is closed afterwards."""
    made: list[Desk] = []

    def make(launch: Any, render: Any = None) -> Desk:
        doors = Doors(
            launch=launch,
            render=render or launch,
            pace_file=lambda: tmp_path / "pace.json",
            settings_file=lambda: tmp_path / "settings.toml",
        )
        made.append(Desk(Settings(), doors))
        return made[-1]

    yield make
    for desk in made:
        assert desk.close(), "the desk did not close in time"


@pytest.fixture
def make_window(
    qapp: QApplication, tmp_path: Path, make_desk: Callable[..., Desk]
) -> Iterator[Callable[..., MainWindow]]:
    """Make a main window on a desk; it is closed afterwards."""
    made: list[MainWindow] = []
    apply_theme(qapp, theme_of(qapp, "light"))

    def make(desk: Desk) -> MainWindow:
        window = MainWindow(desk, QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))
        window.show()
        made.append(window)
        return window

    yield make
    for window in made:
        window.close()
        window.deleteLater()


@pytest.fixture
def opened(qtbot: QtBot, make_desk: Callable[..., Desk], analysis: SyntheticAnalysis, demo_clip: Path) -> Desk:
    """A desk with the demo clip open and identified."""
    desk = make_desk(analysis)
    with qtbot.waitSignal(desk.opening.ready, timeout=10_000):
        desk.open(demo_clip)
    return desk


@pytest.fixture
def clips(demo_clip: Path, tmp_path: Path) -> list[Path]:
    """Three videos of the same pictures and different bytes."""
    folder = tmp_path / "clips"
    folder.mkdir()
    paths = [folder / name for name in ("a.mp4", "b 电梯.mp4", "c.mp4")]
    for number, path in enumerate(paths, start=1):
        path.write_bytes(demo_clip.read_bytes() + b"\0\0\0\x08free" * number)
    return paths


@pytest.fixture
def gathered(qtbot: QtBot, make_desk: Callable[..., Desk], analysis: SyntheticAnalysis, clips: list[Path]) -> Desk:
    """A desk with a case of three videos, the first of them on screen."""
    desk = make_desk(analysis)
    desk.case_files.new(clips[0].parent / "three.lav")
    desk.gathering.add(clips)
    qtbot.waitUntil(
        lambda: (
            len(desk.casefile.evidences()) == 3 and desk.document.evidence is not None and not desk.gathering.adding
        ),
        timeout=20_000,
    )
    return desk
