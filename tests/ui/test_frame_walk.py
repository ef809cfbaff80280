"""Which frames are decoded: the wanted one always comes, and little is decoded twice."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import cast

import pytest

from lav_gui.media.reader import VideoReader
from lav_gui.records import Frame, Gap
from lav_gui.ui.frame_cache import FrameCache
from lav_gui.ui.frame_walk import AHEAD_FRAMES, STRIDE, FrameWalk


class CountingReader:
    """Passes everything to a real reader and counts what it decodes."""

    def __init__(self, reader: VideoReader) -> None:
        self._reader = reader
        self.info, self.index = reader.info, reader.index
        self.decoded: list[int] = []
        self.passed: list[int] = []

    def frames(self, indices: Iterable[int]) -> Iterator[Frame | Gap]:
        for item in self._reader.frames(indices):
            self.decoded.append(item.index)
            yield item

    def picture_type(self, index: int) -> str | None:
        self.passed.append(index)
        return self._reader.picture_type(index)

    def first_to_decode(self, index: int) -> int:
        return self._reader.first_to_decode(index)


@pytest.fixture
def reader(demo_clip: Path) -> Iterator[CountingReader]:
    with VideoReader(demo_clip) as real:
        yield CountingReader(real)


def walk_on(reader: CountingReader, cache_frames: int = 60) -> FrameWalk:
    size = 3 * reader.info.width * reader.info.height
    return FrameWalk(cast(VideoReader, reader), FrameCache(cache_frames * size))


def never() -> bool:
    return False


def test_each_fetch_gives_the_very_frame(reader: CountingReader) -> None:
    walk = walk_on(reader)
    for wanted in (0, 1, 2, 30, 29, 28, 55, 3):
        found = walk.fetch(wanted, never)
        assert isinstance(found, Frame)
        assert found.index == wanted


def test_going_forward_decodes_each_frame_once(reader: CountingReader) -> None:
    walk = walk_on(reader)
    for wanted in range(20):
        walk.fetch(wanted, never)
    assert reader.decoded == list(range(20))
    assert reader.passed == []


def test_a_step_back_keeps_the_whole_run_so_that_the_next_steps_cost_nothing(reader: CountingReader) -> None:
    walk = walk_on(reader)
    walk.fetch(40, never)
    walk.fetch(39, never)
    after_first = len(reader.decoded)
    for wanted in range(38, 34, -1):
        walk.fetch(wanted, never)
    assert len(reader.decoded) == after_first


def test_a_step_back_with_a_small_cache_still_gives_the_frame(reader: CountingReader) -> None:
    walk = walk_on(reader, cache_frames=2)
    walk.fetch(40, never)
    found = walk.fetch(20, never)
    assert isinstance(found, Frame)
    assert found.index == 20


def test_stale_work_is_given_up(reader: CountingReader) -> None:
    walk = walk_on(reader)
    walk.fetch(50, never)
    assert walk.fetch(10, lambda: True) is None
    assert len(reader.decoded) <= 2


def test_on_a_long_way_the_wishes_are_looked_at_and_the_next_fetch_goes_on_from_there(reader: CountingReader) -> None:
    walk = walk_on(reader)
    looks: list[bool] = []

    def at_the_third_look() -> bool:
        looks.append(True)
        return len(looks) >= 3

    assert walk.fetch(50, at_the_third_look) is None
    assert reader.passed == [STRIDE, 2 * STRIDE]
    assert reader.decoded == []
    found = walk.fetch(51, never)
    assert isinstance(found, Frame)
    assert found.index == 51
    assert reader.passed == [STRIDE, 2 * STRIDE, 3 * STRIDE, 4 * STRIDE]


def test_a_run_that_was_given_up_is_not_begun_anew(reader: CountingReader) -> None:
    walk = walk_on(reader)
    walk.fetch(40, never)
    assert walk.fetch(20, lambda: len(reader.decoded) > 6) is None
    walk.fetch(19, never)
    assert reader.decoded == [40, *range(20)]


def test_a_picture_on_the_way_is_the_keyframe_or_the_one_after_what_was_reached(reader: CountingReader) -> None:
    walk = walk_on(reader)
    walk.fetch_on_the_way(30)
    walk.fetch(30, lambda: len(reader.passed) == 1)
    walk.fetch_on_the_way(30)
    assert reader.decoded == [0, STRIDE + 1]


def test_playing_backward_through_a_small_cache_decodes_each_run_before_it_is_needed(reader: CountingReader) -> None:
    walk = walk_on(reader, cache_frames=24)
    walk.fetch(55, never)
    walk.fetch(54, never)
    missed = 0
    for wanted in range(53, -1, -1):
        while walk.prefetch(never):
            pass
        missed += walk.turn_to(wanted) is None
    assert missed == 0
    assert len(reader.decoded) < 80


def test_prefetching_runs_ahead_as_far_as_it_may_and_then_rests(reader: CountingReader) -> None:
    walk = walk_on(reader)
    walk.fetch(5, never)
    steps = 0
    while walk.prefetch(never):
        steps += 1
    assert steps == AHEAD_FRAMES
    decoded = len(reader.decoded)
    walk.fetch(5 + AHEAD_FRAMES, never)
    assert len(reader.decoded) == decoded


def test_prefetching_follows_the_direction_of_travel(reader: CountingReader) -> None:
    walk = walk_on(reader)
    walk.fetch(30, never)
    walk.fetch(29, never)
    while walk.prefetch(never):
        pass
    decoded = len(reader.decoded)
    walk.fetch(29 - AHEAD_FRAMES, never)
    assert len(reader.decoded) == decoded


def test_a_cache_of_one_frame_is_left_alone_while_nobody_asks(reader: CountingReader) -> None:
    walk = walk_on(reader, cache_frames=1)
    walk.fetch(5, never)
    assert not walk.prefetch(never)
    walk.fetch(4, never)
    assert not walk.prefetch(never)


def test_at_the_ends_there_is_nothing_to_prefetch(reader: CountingReader) -> None:
    walk = walk_on(reader)
    walk.fetch(len(reader.index) - 1, never)
    assert not walk.prefetch(never)
