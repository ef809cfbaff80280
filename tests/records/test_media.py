import hashlib
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lav_gui.records import Frame, FrameIndex, frame_digest

SIXTIETH = Fraction(1, 60)


def _index(pts: list[int]) -> FrameIndex:
    n = len(pts)
    return FrameIndex(
        time_base=SIXTIETH,
        pts=np.array(pts, np.int64),
        dts=np.array(pts, np.int64),
        duration=np.ones(n, np.int64),
        is_key=np.ones(n, np.bool_),
        packet_bytes=np.full(n, 100, np.int64),
        decode_order=np.arange(n, dtype=np.int64),
        pts_derived=np.zeros(n, np.bool_),
    )


def test_the_digest_is_plain_sha256_of_the_rgb_bytes() -> None:
    image = np.arange(24, dtype=np.uint8).reshape(2, 4, 3)
    assert frame_digest(image) == hashlib.sha256(bytes(range(24))).hexdigest()
    assert frame_digest(image[:, ::-1]) != frame_digest(image)


def test_the_digest_does_not_depend_on_the_memory_layout() -> None:
    image = np.arange(24, dtype=np.uint8).reshape(2, 4, 3)
    assert frame_digest(np.asfortranarray(image)) == frame_digest(image)


def test_a_frame_tells_its_time_and_cannot_be_painted_on() -> None:
    frame = Frame(3, 90, SIXTIETH, np.zeros((2, 2, 3), np.uint8))
    assert frame.seconds == 1.5
    with pytest.raises(ValueError, match="read-only"):
        frame.image[0, 0, 0] = 1


@pytest.mark.parametrize("image", [np.zeros((2, 2), np.uint8), np.zeros((2, 2, 3), np.float32)])
def test_a_frame_refuses_what_is_not_an_rgb_picture(image: np.ndarray) -> None:
    with pytest.raises(ValueError, match="image must be uint8"):
        Frame(0, 0, SIXTIETH, image)


@given(st.lists(st.integers(-1000, 100_000), min_size=1, max_size=50, unique=True).map(sorted), st.floats(-50, 2000))
def test_the_frame_at_a_time_is_the_last_one_shown_by_then(pts: list[int], seconds: float) -> None:
    index = _index(pts)
    found = index.at_seconds(seconds)
    shown = [n for n, value in enumerate(pts) if value / 60 <= seconds + 1e-9]
    assert found == (shown[-1] if shown else 0)


@given(st.lists(st.integers(-1000, 100_000), min_size=1, max_size=50, unique=True).map(sorted))
def test_each_frame_is_found_at_its_own_time(pts: list[int]) -> None:
    index = _index(pts)
    assert [index.at_seconds(index.seconds(n)) for n in range(len(index))] == list(range(len(index)))


def test_columns_of_different_length_are_refused() -> None:
    with pytest.raises(ValueError, match="dts"):
        FrameIndex(
            SIXTIETH,
            np.zeros(2, np.int64),
            np.zeros(3, np.int64),
            *(np.zeros(2, np.int64),),
            is_key=np.zeros(2, np.bool_),
            packet_bytes=np.zeros(2, np.int64),
            decode_order=np.zeros(2, np.int64),
            pts_derived=np.zeros(2, np.bool_),
        )
