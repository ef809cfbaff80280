"""Thumbnails are of keyframes, small, in the shape that is seen, and come coarse to fine."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lav_gui.media.reader import VideoReader
from lav_gui.media.thumbnails import MOST, SIDE, chosen_keyframes, coarse_to_fine, thumbnails
from lav_gui.records import FrameIndex


def index_of(keys: list[int], count: int) -> FrameIndex:
    zeros, flags, order = np.zeros(count, np.int64), np.zeros(count, np.bool_), np.arange(count, dtype=np.int64)
    is_key = flags.copy()
    is_key[keys] = True
    return FrameIndex(Fraction(1, 25), order, order, zeros, is_key, zeros, order, flags)


def test_each_is_the_keyframe_made_small(demo_clip: Path) -> None:
    with VideoReader(demo_clip) as reader:
        keys = np.flatnonzero(reader.index.is_key).tolist()
        made = [each for each in thumbnails(demo_clip) if each is not None]
        assert sorted(each.frame_index for each in made) == keys
        for each in made:
            assert each.image.shape == (90, SIDE, 3)
            whole = reader.frame(each.frame_index).image.reshape(90, 6, SIDE, 6, 3).mean(axis=(1, 3))
            assert np.abs(whole - each.image).mean() < 3


@pytest.mark.parametrize("rotation", [0.0, 90.0, -90.0, 180.0])
@pytest.mark.parametrize("ratio", [Fraction(2), Fraction(16, 11), Fraction(3, 4)])
def test_it_has_the_shape_in_which_the_turned_picture_is_shown(
    make_clip: Callable[[Any], Path], recipe: type[Any], rotation: float, ratio: Fraction
) -> None:
    """A player stretches the stored pixels by their ratio, then turns them; so does the picture on screen."""
    name = f"shape{rotation:.0f}_{ratio.numerator}_{ratio.denominator}.mp4"
    path = make_clip(recipe(name, count=2, rotation=(rotation, False, False), sample_aspect_ratio=ratio))
    stored_width, stored_height = 128 * float(ratio), 96
    across = rotation in (90.0, -90.0)
    expected = stored_height / stored_width if across else stored_width / stored_height
    (made,) = [each for each in thumbnails(path) if each is not None]
    height, width = made.image.shape[:2]
    assert max(width, height) == SIDE
    assert width / height == pytest.approx(expected, rel=0.02)
    with VideoReader(path) as reader:
        shown = reader.info.width * float(reader.info.sample_aspect_ratio) / reader.info.height
    assert shown == pytest.approx(expected)


def test_keyframes_are_taken_all_or_evenly_spread() -> None:
    assert chosen_keyframes(index_of([0, 12, 30], 50)) == [0, 12, 30]
    assert chosen_keyframes(index_of([], 50)) == [0]
    many = chosen_keyframes(index_of(list(range(5000)), 5000))
    assert len(many) == MOST
    assert (many[0], many[-1]) == (0, 4999)
    assert set(np.diff(many).tolist()) <= {12, 13}


@pytest.mark.parametrize("count", [1, 2, 3, 7, 8, 9, 400])
def test_every_place_comes_once_and_beginnings_are_spread(count: int) -> None:
    places = [10 * place for place in range(count)]
    order = coarse_to_fine(places)
    assert sorted(order) == places
    if count == 9:
        assert order[:5] == [0, 80, 40, 20, 60]


def test_closing_early_frees_the_file(demo_clip: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.mp4"
    copy.write_bytes(demo_clip.read_bytes())
    steps = thumbnails(copy)
    next(steps)
    steps.close()
    copy.unlink()
    assert not copy.exists()
