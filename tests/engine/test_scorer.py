import hashlib
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from lav_gui.engine.scorer import TOLERANCE, FaceScorer
from lav_gui.errors import ModelError
from lav_gui.records import FaceCrop, Frame
from model_zoo.checkpoints import load_network
from model_zoo.registry import UNTRAINED
from model_zoo.transforms import normalize
from model_zoo.weights_record import Calibration, Weights

SQUARE = Fraction(1)


def _frame(index: int) -> Frame:
    image = np.random.default_rng(index).integers(0, 256, (20, 30, 3), dtype=np.uint8)
    return Frame(index, 100 * index, Fraction(1, 1000), image, "B")


def _crop(image: NDArray[np.uint8], frame_index: int, track_id: int = 1) -> FaceCrop:
    affine = np.array([[0.5, 0, 3], [0, 0.5, 4]])
    return FaceCrop(frame_index, track_id, (10.0, 20.0, 40.0, 70.0), 0.97, image, affine)


@pytest.fixture
def scorer(make_network, weights: Weights) -> FaceScorer:
    return FaceScorer(weights, "cpu", 2, 4, network=make_network())


def test_a_frame_becomes_a_result_with_all_its_faces(scorer: FaceScorer, crops) -> None:
    frames = [_frame(5), _frame(9), _frame(12)]
    faces = [_crop(crops[0], 12, 2), _crop(crops[1], 5, 1), _crop(crops[2], 5, 2)]
    five, nine, twelve = scorer.results(frames, faces, SQUARE, ordinals=[0, 1, 2])
    assert (five.index, five.pts, five.time_base, five.picture_type) == (5, 500, Fraction(1, 1000), "B")
    assert five.digest == hashlib.sha256(frames[0].image.tobytes()).hexdigest()
    assert [face.track_id for face in five.faces] == [1, 2]
    assert nine.faces == ()
    assert [face.track_id for face in twelve.faces] == [2]
    face = five.faces[0]
    assert (face.box_xyxy, face.detection_score, face.face_px) == ((10.0, 20.0, 40.0, 70.0), 0.97, 30.0)
    np.testing.assert_array_equal(face.frame_from_crop, [[0.5, 0, 3], [0, 0.5, 4]])
    assert face.sharpness > 1000
    assert 0 < face.fake_prob < 1
    assert face.heatmap.shape == (4, 4)
    assert 0 <= face.heatmap.min() <= face.heatmap.max() <= 1


def test_crops_go_to_their_own_frames(scorer: FaceScorer, crops) -> None:
    frames = [_frame(0), _frame(1)]
    one, two = scorer.results(frames, [_crop(crops[1], 1), _crop(crops[0], 0)], SQUARE, ordinals=[0, 1])
    (zero,) = scorer.results([frames[0]], [_crop(crops[0], 0)], SQUARE, ordinals=[0])
    assert one.faces[0].logit == zero.faces[0].logit
    assert one.faces[0].logit != two.faces[0].logit


def test_the_size_of_a_face_is_measured_in_display_pixels(scorer: FaceScorer, crops) -> None:
    for ratio, expected in ((Fraction(1), 30.0), (Fraction(4, 3), 40.0), (Fraction(3), 50.0)):
        (result,) = scorer.results([_frame(0)], [_crop(crops[0], 0)], ratio, ordinals=[0])
        assert result.faces[0].face_px == pytest.approx(expected)


def test_the_probability_is_that_of_the_calibrated_logit(make_network, weights: Weights, crops) -> None:
    calibrated = replace(weights, calibration=Calibration(2.0, -0.5, "test"))
    scorer = FaceScorer(calibrated, "cpu", 0, 4, network=make_network())
    (result,) = scorer.results([_frame(0)], [_crop(crops[0], 0)], SQUARE, ordinals=[0])
    face = result.faces[0]
    assert face.fake_prob == pytest.approx(1 / (1 + np.exp(-(2 * face.logit - 0.5))))


@pytest.mark.parametrize(("every", "expected"), [(0, []), (1, [4, 5, 6, 7, 8]), (2, [4, 6, 8]), (3, [6])])
def test_contributions_fall_on_multiples_of_the_stride(make_network, weights, crops, every, expected) -> None:
    scorer = FaceScorer(weights, "cpu", every, 4, network=make_network())
    ordinals = [4, 5, 6, 7, 8]
    frames = [_frame(10 * ordinal) for ordinal in ordinals]
    faces = [_crop(crop, frame.index) for crop, frame in zip(crops, frames, strict=False)]
    results = scorer.results(frames, faces, SQUARE, ordinals=ordinals)
    assert [r.index // 10 for r in results if r.faces[0].contributions is not None] == expected


def test_a_run_that_goes_on_later_measures_the_same_frames_with_the_same_numbers(scorer: FaceScorer, crops) -> None:
    frames = [_frame(i) for i in range(8)]
    faces = [_crop(crop, i) for i, crop in enumerate(crops)]
    whole = list(scorer.results(frames, faces, SQUARE, ordinals=range(8)))
    first = list(scorer.results(frames[:3], faces[:3], SQUARE, ordinals=range(3)))
    rest = list(scorer.results(frames[3:], faces[3:], SQUARE, ordinals=range(3, 8)))
    for one, other in zip(whole, first + rest, strict=True):
        assert one.faces[0].logit == other.faces[0].logit
        assert one.faces[0].contributions == other.faces[0].contributions
        np.testing.assert_array_equal(one.faces[0].heatmap, other.faces[0].heatmap)


def test_a_crop_without_its_frame_or_of_the_wrong_size_is_refused(scorer: FaceScorer, crops) -> None:
    with pytest.raises(ValueError, match="crop of frame 3 came without its frame"):
        list(scorer.results([_frame(2)], [_crop(crops[0], 3)], SQUARE, ordinals=[0]))
    small = np.zeros((32, 32, 3), np.uint8)
    with pytest.raises(ValueError, match="side of 64, not 32"):
        list(scorer.results([_frame(2)], [_crop(small, 2)], SQUARE, ordinals=[0]))
    with pytest.raises(ValueError, match="zip"):
        list(scorer.results([_frame(2)], [], SQUARE, ordinals=[0, 1]))


def test_an_answer_that_is_no_number_is_an_error(make_network, weights: Weights, crops) -> None:
    network = make_network()
    network.class_head.linear.bias.fill_(torch.nan)
    scorer = FaceScorer(weights, "cpu", 0, 4, network=network)
    with pytest.raises(ModelError, match="frame 6 is not a number"):
        list(scorer.results([_frame(6)], [_crop(crops[0], 6)], SQUARE, ordinals=[0]))


def test_weights_that_cannot_be_loaded_are_an_error_of_this_room(weights: Weights) -> None:
    with pytest.raises(ModelError, match="lvnet"):
        FaceScorer(replace(weights, architecture="of_tomorrow"), "cpu", 0, 4)


def test_nothing_happened_gives_no_notice(scorer: FaceScorer) -> None:
    assert scorer.notices() == ()


def test_the_shipped_weights_score_as_their_plain_network_does() -> None:
    image = np.random.default_rng(2).integers(0, 256, (299, 299, 3), dtype=np.uint8)
    scorer = FaceScorer(UNTRAINED, "cpu", 0, 8)
    (result,) = scorer.results([_frame(0)], [_crop(image, 0)], SQUARE, ordinals=[0])
    network = load_network(UNTRAINED)
    rgb = normalize(torch.from_numpy(image[None]), UNTRAINED.mean, UNTRAINED.std)
    with torch.inference_mode():
        output = network(rgb, network.residual(rgb))
    face = result.faces[0]
    assert face.logit == pytest.approx(float(output.class_logits[0, 1] - output.class_logits[0, 0]), abs=TOLERANCE)
    assert face.heatmap.shape == (19, 19)
    np.testing.assert_allclose(face.heatmap, output.map_logits.softmax(dim=1)[0, 1], atol=2e-3)
