"""MTCNN on a real picture of two people."""

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from lav_gui.errors import FaceError
from lav_gui.faces import geometry
from lav_gui.faces.detectors import build_detector
from lav_gui.records import face_px

SQUARE = Fraction(1)


@pytest.fixture(scope="module")
def detector():
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield build_detector("mtcnn", "cpu")
    torch.set_num_threads(threads)


@pytest.fixture(scope="module")
def picture(test_data: Path):
    with Image.open(test_data / "two_faces.jpg") as image:
        return np.asarray(image.convert("RGB"))


def boxes(found):
    return np.array([detection.box_xyxy for detection in found])


def test_both_faces_are_found_from_left_to_right(detector, picture) -> None:
    (found,) = detector.detect([picture], 60, SQUARE)
    assert len(found) == 2
    for detection, (center_x, center_y) in zip(found, [(195, 210), (715, 190)], strict=True):
        left, top, right, bottom = detection.box_xyxy
        assert abs((left + right) / 2 - center_x) < 25
        assert abs((top + bottom) / 2 - center_y) < 25
        assert 80 < right - left < 160
        assert detection.score > detector.sure_score


def test_landmarks_stand_in_order_inside_the_box(detector, picture) -> None:
    for detection in detector.detect([picture], 60, SQUARE)[0]:
        eye_left, eye_right, nose, mouth_left, mouth_right = detection.landmarks
        assert eye_left[0] < eye_right[0]
        assert mouth_left[0] < mouth_right[0]
        assert max(eye_left[1], eye_right[1]) < nose[1] < min(mouth_left[1], mouth_right[1])
        left, top, right, bottom = detection.box_xyxy
        assert np.all((detection.landmarks > [left - 10, top - 10]) & (detection.landmarks < [right + 10, bottom + 10]))


def test_a_face_as_small_as_stated_is_found(detector, picture) -> None:
    (large,) = detector.detect([picture], 60, SQUARE)
    shrink = 40 / min(face_px(found.box_xyxy) for found in large)
    size = (round(picture.shape[1] * shrink), round(picture.shape[0] * shrink))
    small = np.asarray(Image.fromarray(picture).resize(size, Image.Resampling.BOX))
    (found,) = detector.detect([small], 40, SQUARE)
    assert len(found) == 2
    for a, b in zip(boxes(found) / shrink, boxes(large), strict=True):
        assert geometry.iou(tuple(a), tuple(b)) > 0.7


def test_wide_pixels_are_undone_and_boxes_return_in_stored_pixels(detector, picture) -> None:
    stored = np.asarray(Image.fromarray(picture).resize((480, 540), Image.Resampling.BOX))
    (square,) = detector.detect([picture], 60, SQUARE)
    (wide,) = detector.detect([stored], 60, Fraction(2))
    assert len(wide) == 2
    for a, b in zip(boxes(wide) * [2, 1, 2, 1], boxes(square), strict=True):
        assert geometry.iou(tuple(a), tuple(b)) > 0.85


def test_a_picture_is_judged_alike_alone_and_among_others(detector, picture) -> None:
    others = [np.zeros((200, 300, 3), np.uint8), picture, picture[:, 480:].copy()]
    together = detector.detect(others, 60, SQUARE)
    (alone,) = detector.detect([picture], 60, SQUARE)
    assert together[0] == ()
    np.testing.assert_array_equal(boxes(together[1]), boxes(alone))
    assert len(together[2]) == 1


def test_pictures_smaller_than_a_face_have_none(detector) -> None:
    assert detector.detect([np.zeros((9, 300, 3), np.uint8)], 40, SQUARE) == [()]
    assert detector.detect([np.zeros((1, 1, 3), np.uint8)], 16, SQUARE) == [()]
    assert detector.detect([], 40, SQUARE) == []


def test_the_weights_have_the_hash_of_the_wheel(detector) -> None:
    assert detector.name == "mtcnn"
    assert detector.weights_sha256 == "31147cacffb567e42d3c56882b07d45c854b46a488d3816afcd2a1403e1f9f03"


@pytest.mark.skipif(torch.cuda.is_available(), reason="there is a GPU here")
def test_a_device_that_is_not_there_is_one_sentence() -> None:
    with pytest.raises(FaceError, match="cuda:0"):
        build_detector("mtcnn", "cuda:0")


def test_on_mps_the_detector_runs_on_the_cpu() -> None:
    assert build_detector("mtcnn", "mps").device == "cpu"
