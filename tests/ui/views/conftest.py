"""Fixtures of the views' tests: a judged run, and records to paint."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from lav_gui.media.inspect import inspect_file
from lav_gui.media.reader import VideoReader
from lav_gui.records import Frame, FrameResult, Gap
from lav_gui.settings import AnalysisSettings
from lav_gui.ui.colors import LIGHT
from lav_gui.ui.style import apply_theme
from lav_gui.ui.viewmodels.results import Judged, RunFacts
from lav_gui.ui.viewmodels.scene import FaceMark, FrameStanding, Scene
from lav_gui.verdict.columns import series_from
from lav_gui.verdict.judge import judge
from model_zoo.weights_record import Weights


@pytest.fixture(autouse=True)
def _look(qapp: QApplication) -> None:
    apply_theme(qapp, LIGHT)


@pytest.fixture(scope="module")
def frames(request: pytest.FixtureRequest) -> list[Frame]:
    clip: Path = request.getfixturevalue("demo_clip")
    with VideoReader(clip) as reader:
        return [frame for frame in reader.frames(range(0, 56, 2)) if isinstance(frame, Frame)]


@pytest.fixture
def judged(
    frames: list[Frame],
    demo_clip: Path,
    make_result: Callable[..., FrameResult],
    trained_weights: Weights,
) -> Judged:
    """A run over the demo clip: face 1 high at first, face 2 low."""
    series = series_from(make_result(frame) for frame in frames)
    facts = RunFacts(1, trained_weights, AnalysisSettings(), inspect_file(demo_clip).media, np.arange(0, 56, 2))
    verdict = judge(series, trained_weights, facts.settings, facts.media, len(frames))
    return Judged(verdict, series, facts, len(frames))


@pytest.fixture
def mark() -> FaceMark:
    """A face in the middle of a 100 x 60 frame; its heatmap is 1 in the upper left cell, else 0."""
    heatmap = np.zeros((2, 2), np.float16)
    heatmap[0, 0] = 1
    affine = np.array([[20.0, 0, 30], [0, 20.0, 10]])
    return FaceMark(1, (32.0, 12.0, 68.0, 48.0), 0.9, False, True, False, True, heatmap, affine)


@pytest.fixture
def scene(mark: FaceMark) -> Scene:
    """The face over a gray frame."""
    frame = Frame(7, 7, Fraction(1, 25), np.full((60, 100, 3), 128, np.uint8), "P")
    return Scene(frame, None, 1.0, (mark,), FrameStanding.ANALYZED, 1.0, True, True)


@pytest.fixture
def gap_scene() -> Scene:
    """A frame that yields no picture."""
    return Scene(None, Gap(5, 5, "the packet is broken"), 1.0, (), FrameStanding.GAP, 0.0, False, True)
