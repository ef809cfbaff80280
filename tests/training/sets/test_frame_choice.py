import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from lav_gui.training.sets.frame_choice import choose_frames, spread


def test_frames_reach_over_the_whole_video_and_not_its_first_part() -> None:
    assert spread(300, 3) == [50, 150, 250]
    assert spread(1000, 4)[-1] > 800


@given(st.integers(1, 2000), st.integers(1, 64))
def test_distances_differ_by_one_frame_at_most(count: int, wanted: int) -> None:
    frames = spread(count, wanted)
    assert len(frames) == min(count, wanted)
    assert all(0 <= frame < count for frame in frames)
    steps = np.diff(frames)
    assert len(steps) == 0 or (steps.min() >= 1 and steps.max() - steps.min() <= 1)


def test_frames_with_a_mask_come_first_and_others_fill_up() -> None:
    frames = choose_frames(100, 4, [3, 7, 400])
    assert frames == [3, 7, 25, 75]


def test_too_many_masked_frames_are_spread_among_themselves() -> None:
    assert choose_frames(100, 2, range(50, 60)) == [52, 57]


@given(st.integers(1, 60), st.integers(1, 70), st.sets(st.integers(0, 80)))
def test_as_many_frames_as_wanted_are_chosen_and_none_twice(count: int, wanted: int, masked: set[int]) -> None:
    frames = choose_frames(count, wanted, masked)
    assert len(frames) == min(count, wanted)
    assert frames == sorted(set(frames))
    assert len(set(frames) & masked) == min(wanted, len({m for m in masked if m < count}))
