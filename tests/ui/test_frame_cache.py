"""The cache stays within its bytes and drops what is farthest from the frame on screen."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lav_gui.records import Frame, Gap
from lav_gui.ui.frame_cache import FrameCache

FRAME_BYTES = 4 * 6 * 3


def frame(index: int) -> Frame:
    return Frame(index, index, Fraction(1, 25), np.full((4, 6, 3), index % 256, dtype=np.uint8))


def test_what_was_put_is_found_and_what_was_not_is_none() -> None:
    cache = FrameCache(10 * FRAME_BYTES)
    first = frame(1)
    cache.put(first)
    cache.put(Gap(2, 2, "broken"))
    assert cache.get(1) is first
    assert isinstance(cache.get(2), Gap)
    assert cache.get(3) is None
    assert 1 in cache
    assert 3 not in cache


@pytest.mark.parametrize(("backward", "left"), [(False, [9, 10, 11, 12, 13, 14]), (True, [7, 8, 9, 10, 11, 12])])
def test_what_is_farthest_goes_first_and_what_lies_behind_counts_as_farther(backward: bool, left: list[int]) -> None:
    cache = FrameCache(6 * FRAME_BYTES)
    cache.look_at(10, backward=backward)
    for index in (5, 15, 6, 14, 7, 13, 8, 12, 9, 11, 10):
        cache.put(frame(index))
    assert cache.indices() == left


def test_the_nearest_picture_is_found_and_gaps_are_none() -> None:
    cache = FrameCache(20 * FRAME_BYTES)
    assert cache.nearest(4) is None
    for index in (2, 10):
        cache.put(frame(index))
    cache.put(Gap(5, 5, "broken"))
    found = [cache.nearest(index) for index in (0, 5, 6, 7, 99)]
    assert [each.index for each in found if each is not None] == [2, 2, 2, 10, 10]


def test_the_rows_held_are_told_with_both_ends() -> None:
    cache = FrameCache(20 * FRAME_BYTES)
    assert cache.spans() == ()
    for index in (7, 3, 4, 5, 9, 10):
        cache.put(frame(index))
    assert cache.spans() == ((3, 5), (7, 7), (9, 10))


def test_putting_the_same_frame_again_does_not_count_twice() -> None:
    cache = FrameCache(10 * FRAME_BYTES)
    cache.put(frame(1))
    cache.put(frame(1))
    assert cache.used_bytes == FRAME_BYTES


def test_clearing_drops_everything() -> None:
    cache = FrameCache(10 * FRAME_BYTES)
    cache.put(frame(1))
    cache.clear()
    assert cache.used_bytes == 0
    assert cache.indices() == []


@given(st.lists(st.integers(0, 20), max_size=60), st.integers(1, 8))
def test_the_bound_is_never_passed_by_more_than_one_frame(indices: list[int], frames: int) -> None:
    cache = FrameCache(frames * FRAME_BYTES)
    for index in indices:
        cache.look_at(index, backward=False)
        cache.put(frame(index))
        assert cache.used_bytes <= max(frames * FRAME_BYTES, FRAME_BYTES)
        assert cache.used_bytes == FRAME_BYTES * len(cache.indices())
        assert cache.get(index) is not None
