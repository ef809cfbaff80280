"""The way to YuNet: its model file, and the reading of its output, with a stand-in that sees faces in red cells."""

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from lav_gui.errors import FaceError
from lav_gui.faces.detectors import build_detector


@pytest.fixture
def detector(test_data: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("LAV_YUNET", str(test_data / "yunet_standin.onnx"))
    return build_detector("yunet", "cpu")


def red_cell(column: int, row: int, scale: int = 1, width: int = 160, height: int = 96):
    image = np.zeros((height * scale, width * scale, 3), np.uint8)
    image[8 * scale * row : 8 * scale * (row + 1), 8 * scale * column : 8 * scale * (column + 1), 0] = 255
    return image


def test_box_and_landmarks_are_read_in_frame_pixels(detector) -> None:
    ((found,),) = detector.detect([red_cell(8, 5)], 20, Fraction(1))
    assert found.box_xyxy == (56.0, 28.0, 80.0, 60.0)
    assert found.score == pytest.approx(1)
    np.testing.assert_allclose(found.landmarks, [[63.5, 39.5], [71.5, 39.5], [67.5, 43.5], [63.5, 47.5], [71.5, 47.5]])


def test_a_reduced_frame_gives_the_box_in_full_size(detector) -> None:
    ((found,),) = detector.detect([red_cell(8, 5, scale=2)], 40, Fraction(1))
    assert found.box_xyxy == (112.0, 56.0, 160.0, 120.0)


def test_wide_pixels_are_undone(detector) -> None:
    stored = red_cell(8, 5)[:, ::2].copy()
    ((found,),) = detector.detect([stored], 20, Fraction(2))
    assert found.box_xyxy == (28.0, 28.0, 40.0, 60.0)


def test_colors_reach_the_network_in_its_order(detector) -> None:
    blue = red_cell(8, 5)[..., ::-1].copy()
    assert detector.detect([blue, red_cell(2, 2)], 20, Fraction(1))[0] == ()


def test_the_hash_is_of_the_file(detector) -> None:
    assert detector.name == "yunet"
    assert detector.weights_sha256 == "83785b93ebd0cd86179091a0ccd6a46bf897d0736b16918f6200a846cf51c57d"


def test_without_its_file_the_sentence_says_which_and_where(monkeypatch, tmp_path) -> None:
    monkeypatch.delenv("LAV_YUNET", raising=False)
    monkeypatch.setenv("LAV_MODELS", str(tmp_path))
    with pytest.raises(FaceError, match=r"face_detection_yunet_2023mar\.onnx") as caught:
        build_detector("yunet", "cpu")
    assert str(tmp_path) in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"not a network"])
def test_a_damaged_file_is_one_sentence(monkeypatch, tmp_path, content) -> None:
    path = tmp_path / "face_detection_yunet_2023mar.onnx"
    path.write_bytes(content)
    monkeypatch.setenv("LAV_YUNET", str(path))
    with pytest.raises(FaceError, match="cannot be read"):
        build_detector("yunet", "cpu")
