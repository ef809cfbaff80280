"""The sound wave."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from lav_gui.ui.viewmodels.lanes.sound import WavePart, wave_lines
from lav_gui.ui.viewmodels.timeline_state import TimelineState
from lav_gui.ui.views.lanes.sound import EDGE, SoundLane


def test_a_loud_place_reaches_top_and_bottom(draw: Callable[..., Any], state: TimelineState) -> None:
    assert state.index is not None
    high = np.zeros(230, np.float32)
    high[100:110] = 1
    lane = SoundLane()
    ink = draw(lane, replace(state, wave=wave_lines([WavePart(-high, high)], state.index)))
    rows = ink.filled[-1][0]
    assert rows[:, 3].max() == pytest.approx(80 - 2 * EDGE + 1)
    loudest = rows[np.argmax(rows[:, 3]), 0]
    assert loudest == pytest.approx(10 * (12 * 2.01 + 0.5), abs=2)
    assert lane.subtitle() == "peak 0 dB"
    quiet = draw(lane, replace(state, wave=wave_lines([WavePart(-high / 100, high / 100)], state.index)))
    assert np.allclose(quiet.filled[-1][0], rows)
    assert lane.subtitle() == "peak −40 dB"


def test_silence_and_nothing_look_different(draw: Callable[..., Any], state: TimelineState) -> None:
    lane = SoundLane()
    assert draw(lane, state).filled == []
    assert lane.subtitle()
    assert state.index is not None
    silent = np.zeros(230, np.float32)
    assert draw(lane, replace(state, wave=wave_lines([WavePart(silent, silent)], state.index))).filled
    assert lane.subtitle() == "silent"
