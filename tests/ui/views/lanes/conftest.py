"""A lane on a picture of its own, whose pixels and arrays can be looked at."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtGui import QImage, QPainter

from lav_gui.media.reader import VideoReader
from lav_gui.records import FrameIndex
from lav_gui.ui.colors import LIGHT
from lav_gui.ui.viewmodels.lanes.scale import AxisKind, Scale, axis_of
from lav_gui.ui.viewmodels.lanes.ticks import ticks_of
from lav_gui.ui.viewmodels.results import Judged
from lav_gui.ui.viewmodels.timeline_state import TimelineState
from lav_gui.ui.views.lanes.base import Lane
from lav_gui.ui.views.lanes.ink import Ink

WIDTH, HEIGHT = 560, 80


class TracedInk(Ink):
    """Notes what is filled: rows of left, top, width, height, and the paint."""

    def __init__(self, *options: object) -> None:
        super().__init__(*options)  # type: ignore[arg-type]
        self.filled: list[tuple[NDArray[np.float64], object]] = []
        self.written: list[str] = []

    def _fill(self, left, top, width, height, paint) -> None:  # type: ignore[no-untyped-def]
        self.filled.append((np.stack([left, top, width, height], axis=1), paint))
        super()._fill(left, top, width, height, paint)

    def bars(self, first, top, bottom, paint) -> None:  # type: ignore[no-untyped-def]
        kept = np.flatnonzero(bottom > top)
        width = np.full(len(kept), self._column)
        rows = np.stack([(first + kept) * self._column, top[kept], width, (bottom - top)[kept]], axis=1)
        self.filled.append((rows, paint))
        super().bars(first, top, bottom, paint)

    def text(self, place, words, paint, **options) -> None:  # type: ignore[no-untyped-def]
        self.written.append(words)
        super().text(place, words, paint, **options)


@pytest.fixture
def index(demo_clip: Path) -> FrameIndex:
    with VideoReader(demo_clip) as reader:
        return reader.index


@pytest.fixture
def state(index: FrameIndex, judged: Judged) -> TimelineState:
    """The demo clip with a judged run: 56 frames."""
    return TimelineState(theme=LIGHT).with_video(index).with_judged(judged)


@pytest.fixture
def draw(index: FrameIndex) -> Callable[..., TracedInk]:
    """Draw a lane over some frames, ten pixels each by default; gives what was drawn."""

    def drawn(lane: Lane, state: TimelineState, span: tuple[float, float] = (-0.5, 55.5)) -> TracedInk:
        scale = Scale(axis_of(state.index or index, AxisKind.FRAMES), *span, WIDTH)
        ticks = ticks_of(scale, state.index, 110)
        lane.renew(state)
        lane.place(0, WIDTH, HEIGHT, 1.0)
        lane.show_scale(scale, ticks)
        image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
        painter = QPainter(image)
        ink = TracedInk(painter, scale, (float(WIDTH), float(HEIGHT)), state.theme, ticks)
        ink.ground()
        lane.draw(ink)
        painter.end()
        ink.image = image  # type: ignore[attr-defined]
        return ink

    return drawn
