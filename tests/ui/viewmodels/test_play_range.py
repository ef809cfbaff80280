"""The whole video is played, or the loop between the marks."""

import pytest

from lav_gui.ui.viewmodels.play_range import PlayRange

WHOLE = PlayRange(10, False, 3, 6)
LOOP = PlayRange(10, True, 3, 6)


def test_the_marks_count_only_while_it_loops() -> None:
    assert WHOLE.bounds == (0, 9)
    assert LOOP.bounds == (3, 6)
    assert PlayRange(10, True).bounds == (0, 9)


def test_marks_beyond_the_video_are_clipped() -> None:
    assert PlayRange(5, True, 2, 40).bounds == (2, 4)
    assert PlayRange(5, True, 8, None).bounds == (4, 4)
    assert PlayRange(0, True).bounds == (0, 0)


@pytest.mark.parametrize(
    ("part", "here", "speed", "start"),
    [
        (WHOLE, 4, 1, 4),
        (WHOLE, 9, 1, 0),
        (WHOLE, 0, -1, 9),
        (WHOLE, 9, -1, 9),
        (LOOP, 4, 1, 4),
        (LOOP, 6, 1, 6),
        (LOOP, 8, 1, 3),
        (LOOP, 1, -1, 6),
    ],
)
def test_where_playing_begins(part: PlayRange, here: int, speed: int, start: int) -> None:
    assert part.start(here, speed) == start


def test_the_end_depends_on_the_direction() -> None:
    assert LOOP.is_last(6, 1)
    assert LOOP.is_last(7, 2)
    assert not LOOP.is_last(6, -1)
    assert LOOP.is_last(3, -1)
    assert not LOOP.is_last(3, 1)
    assert LOOP.clip(8, 1) == 6
    assert LOOP.clip(1, 1) == 1
    assert LOOP.clip(1, -1) == 3
