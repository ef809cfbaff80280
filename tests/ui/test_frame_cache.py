"""The cache stays within its bytes and drops the longest unused."""

from fractions import Fraction

import numpy as np
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


def test_the_longest_unused_goes_first() -> None:
    cache = FrameCache(3 * FRAME_BYTES)
    for index in range(3):
        cache.put(frame(index))
    cache.get(0)
    cache.put(frame(3))
    assert cache.indices() == [0, 2, 3]


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
        cache.put(frame(index))
        assert cache.used_bytes <= max(frames * FRAME_BYTES, FRAME_BYTES)
        assert cache.used_bytes == FRAME_BYTES * len(cache.indices())
        assert cache.get(index) is not None
