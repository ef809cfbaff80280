import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lav_gui.errors import MediaError
from lav_gui.media.recompress import VideoCodec, recompress


def _picture(height: int = 96, width: int = 128, seed: int = 0) -> np.ndarray:
    """Smooth colors, so that halved chroma loses little."""
    coarse = np.random.default_rng(seed).uniform(0, 255, (2, 2, 3))
    y, x = np.linspace(0, 1, height)[:, None, None], np.linspace(0, 1, width)[None, :, None]
    rows = coarse[:1] * (1 - y) + coarse[1:] * y
    return np.rint(rows[:, :1] * (1 - x) + rows[:, 1:] * x).astype(np.uint8)


def _apart(a: np.ndarray, b: np.ndarray) -> float:
    return float(np.abs(a.astype(int) - b).mean())


@pytest.mark.parametrize("codec", ["h264", "hevc"])
@pytest.mark.parametrize("height", [96, 720])
def test_colors_survive_a_good_quality_for_both_matrices(codec: VideoCodec, height: int) -> None:
    image = _picture(height, 64)
    assert _apart(recompress([image], codec, 10, "ultrafast")[0], image) < 2


@pytest.mark.parametrize("color", [(200, 40, 60), (20, 180, 40), (30, 40, 220), (128, 128, 128)])
def test_plain_colors_come_back(color: tuple[int, int, int]) -> None:
    image = np.full((64, 64, 3), color, np.uint8)
    np.testing.assert_allclose(recompress([image], "h264", 18)[0].mean((0, 1)), color, atol=3)


@pytest.mark.parametrize("codec", ["h264", "hevc"])
def test_a_higher_crf_loses_more(codec: VideoCodec) -> None:
    image = np.random.default_rng(0).integers(100, 156, (64, 64, 1)).astype(np.uint8).repeat(3, axis=2)
    apart = [_apart(recompress([image], codec, crf, "ultrafast")[0], image) for crf in (5, 25, 45)]
    assert apart == sorted(apart)
    assert apart[2] > 1.5 * apart[0]


def test_frames_come_back_in_their_order() -> None:
    frames = [np.full((64, 80, 3), level, np.uint8) for level in (20, 120, 220)]
    back = recompress(frames, "h264", 20, "medium")
    assert [round(float(frame.mean()) / 10) * 10 for frame in back] == [20, 120, 220]


@settings(max_examples=12, deadline=None)
@given(st.integers(1, 90), st.integers(1, 90))
def test_any_size_comes_back(height: int, width: int) -> None:
    image = np.full((height, width, 3), (90, 140, 60), np.uint8)
    back = recompress([image, image], "h264", 20)
    assert [frame.shape for frame in back] == [image.shape, image.shape]
    assert _apart(back[1], image) < 4


def test_the_answer_is_always_the_same() -> None:
    image = np.random.default_rng(1).integers(0, 256, (70, 66, 3)).astype(np.uint8)
    first, second = (recompress([image, image[::-1]], "h264", 35) for _ in range(2))
    np.testing.assert_array_equal(first, second)


def test_pictures_that_are_not_one_clip_are_refused() -> None:
    with pytest.raises(MediaError, match="one size"):
        recompress([_picture(64, 64), _picture(64, 66)], "h264", 20)
    with pytest.raises(MediaError, match="one size"):
        recompress([], "h264", 20)
    with pytest.raises(MediaError, match="8 bits"):
        recompress([_picture().astype(np.float32)], "h264", 20)  # type: ignore[list-item]


@pytest.mark.parametrize(("codec", "crf"), [("h264", 52), ("h264", -1), ("vp9", 30)])
def test_unknown_settings_are_refused(codec: VideoCodec, crf: int) -> None:
    with pytest.raises(MediaError, match="no compression"):
        recompress([_picture()], codec, crf)


def test_an_unknown_preset_is_refused() -> None:
    with pytest.raises(MediaError, match="cannot be compressed"):
        recompress([_picture()], "h264", 20, "leisurely")
