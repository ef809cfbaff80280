"""Cuts and repeats found in pictures."""

from collections.abc import Iterator
from fractions import Fraction

import numpy as np
import pytest

from lav_gui.records import Frame, Gap
from lav_gui.ui.viewmodels.lanes.content import PART_FRAMES, content_lines, content_steps, is_cut


def film(gap_at: int | None = None) -> Iterator[Frame | Gap]:
    """60 noisy frames; another scene from 30 on, frame 10 shown three times."""
    rng = np.random.default_rng(0)
    picture = np.zeros((120, 200, 3), np.uint8)
    for index in range(60):
        if index not in (11, 12):
            base = 40 if index < 30 else 180
            picture = (base + rng.integers(0, 6, picture.shape)).astype(np.uint8)
        if index == gap_at:
            yield Gap(index, index, "broken")
        else:
            yield Frame(index, index, Fraction(1, 25), picture)


def test_cuts_and_repeats_are_found() -> None:
    parts = [part for part in content_steps(film()) if part is not None]
    assert [len(part.frame_index) for part in parts] == [PART_FRAMES, PART_FRAMES, 60 - 2 * PART_FRAMES]
    lines = content_lines(parts)
    assert lines is not None
    assert lines.cuts.first.tolist() == [30]
    assert (lines.repeated.first.tolist(), lines.repeated.last.tolist()) == ([11], [12])
    assert lines.change.values[30] == pytest.approx(140, abs=1)


def test_a_frame_without_a_picture_is_passed_over() -> None:
    parts = [part for part in content_steps(film(gap_at=20)) if part is not None]
    assert 20 not in np.concatenate([part.frame_index for part in parts])
    assert content_lines([]) is None


def test_a_shaking_scene_is_no_row_of_cuts() -> None:
    change = np.full(100, 30.0)
    assert not is_cut(change).any()
    change[50] = 120
    assert np.flatnonzero(is_cut(change)).tolist() == [50]
    assert is_cut(np.array([25.0])).tolist() == [True]
