"""Ticks lie on whole frames or round times, and not too near to each other."""

from fractions import Fraction

import numpy as np
import pytest

from lav_gui.records import FrameIndex
from lav_gui.ui.viewmodels.lanes.scale import AxisKind, Scale, axis_of
from lav_gui.ui.viewmodels.lanes.ticks import ticks_of


@pytest.fixture
def index() -> FrameIndex:
    n = 12_000
    ones, flags = np.ones(n, np.int64), np.zeros(n, np.bool_)
    return FrameIndex(Fraction(1, 12), np.arange(n), ones, ones, flags, ones, np.arange(n), flags)


def test_ticks_of_frames_tell_frame_and_time(index: FrameIndex) -> None:
    axis = axis_of(index, AxisKind.FRAMES)
    ticks = ticks_of(Scale(axis, -0.5, 11_999.5, 1000), index, 110)
    assert ticks.texts[:2] == ("0 · 0:00", "2000 · 2:47")
    assert np.diff(ticks.pixels) == pytest.approx(2000 * 1000 / 12_000)
    fine = ticks_of(Scale(axis, 0, 40, 1000), index, 110)
    assert fine.texts[1] == "5 · 0:00.4"


def test_ticks_of_time_are_round(index: FrameIndex) -> None:
    axis = axis_of(index, AxisKind.TIME)
    ticks = ticks_of(Scale(axis, 0, 100, 1000), index, 110)
    assert ticks.texts[:3] == ("0:00", "0:15", "0:30")
    assert ticks.pixels[:3] == pytest.approx([0, 150, 300])


@pytest.mark.parametrize("kind", list(AxisKind))
@pytest.mark.parametrize("span", [(0, 1), (0, 12), (3, 800)])
def test_they_never_crowd(index: FrameIndex, kind: AxisKind, span: tuple[float, float]) -> None:
    ticks = ticks_of(Scale(axis_of(index, kind), *span, 1000), index, 110)
    assert np.all(np.diff(ticks.pixels) >= 99)
    assert len(ticks.texts) == len(ticks.pixels) <= 11


def test_without_a_video_there_are_none() -> None:
    assert ticks_of(Scale(axis_of(None, AxisKind.FRAMES), 0, 1, 100), None, 110).texts == ()
