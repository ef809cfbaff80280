from collections.abc import Callable

import numpy as np

from lav_gui.steps import run_to_end
from lav_gui.training.evaluation.samples import TILE_PX, choose_samples, draw
from lav_gui.training.evaluation.scoring import ScoredFace, ScoringSettings, open_runner, score_faces
from lav_gui.training.sets.store import PreparedSet
from model_zoo.networks import LVNet
from model_zoo.weights_record import Weights

CPU = ScoringSettings(device="cpu")


def _faces(prepared: PreparedSet, weights: Weights, network: LVNet) -> tuple[ScoredFace, ...]:
    return run_to_end(score_faces(prepared, prepared.rows, weights, CPU, open_runner(weights, CPU, network)))


def test_each_method_and_the_reals_are_shown_at_their_lowest_middle_and_highest(
    prepared: PreparedSet, weights: Weights, make_network: Callable[[], LVNet]
) -> None:
    samples = choose_samples(prepared, _faces(prepared, weights, make_network()), weights, CPU, 12)
    assert [sample.kind for sample in samples] == [
        f"{kind}: {word}" for kind in ("FF++, Deepfakes", "real") for word in ("lowest", "middle", "highest")
    ]
    probabilities = {sample.kind: sample.fake_prob for sample in samples}
    assert probabilities["real: lowest"] <= probabilities["real: middle"] <= probabilities["real: highest"]
    assert all(0 <= sample.pixel_auc <= 1 for sample in samples if "Deepfakes" in sample.kind)


def test_a_limit_is_shared_among_the_kinds(
    prepared: PreparedSet, weights: Weights, make_network: Callable[[], LVNet]
) -> None:
    faces = _faces(prepared, weights, make_network())
    kinds = [sample.kind for sample in choose_samples(prepared, faces, weights, CPU, 2)]
    assert kinds == ["FF++, Deepfakes: middle", "real: middle"]
    assert choose_samples(prepared, faces, weights, CPU, 0) == ()


def test_crop_mask_and_heatmap_stand_side_by_side() -> None:
    image = np.full((32, 32, 3), 200, np.uint8)
    mask = np.zeros((32, 32), np.uint8)
    mask[:16] = 255
    heatmap = np.array([[1.0, 0.0], [0.0, 0.0]], np.float16)
    picture = draw(image, mask, heatmap)
    assert picture.shape[0] == TILE_PX
    face, masked, heated = picture[:, :TILE_PX], picture[:, TILE_PX + 6 : 2 * TILE_PX + 6], picture[:, -TILE_PX:]
    assert np.all(face == 200)
    assert masked[10, 10, 1] > masked[10, 10, 0]  # green above
    assert masked[-10, 10].tolist() == [200, 200, 200]
    assert abs(int(heated[10, 10, 2]) - 200) > 20  # the hot cell is colored
    assert abs(int(heated[-10, -10].mean()) - 200) < 20


def test_a_mask_that_is_not_known_leaves_its_tile_gray() -> None:
    picture = draw(np.zeros((32, 32, 3), np.uint8), None, np.zeros((2, 2), np.float16))
    assert np.all(picture[:, TILE_PX + 6 : 2 * TILE_PX + 6] == 235)
