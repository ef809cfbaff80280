import numpy as np
import pytest
import torch

from model_zoo.networks.srm import SRM
from model_zoo.residual import LIMIT, SHOWN_RANGE, noise_residual, residual_picture, srm_filters
from model_zoo.transforms import normalize

HALF = (0.5, 0.5, 0.5)


@pytest.mark.parametrize(
    ("mean", "std"), [(HALF, HALF), ((0.485, 0.456, 0.406), (0.229, 0.224, 0.225)), ((0.1, 0.9, 0.4), (1.0, 0.2, 0.5))]
)
@pytest.mark.parametrize("side", [1, 4, 64, 299])
def test_the_twin_equals_the_layer(
    side: int, mean: tuple[float, float, float], std: tuple[float, float, float]
) -> None:
    image = np.random.default_rng(side).integers(0, 256, (side, side, 3), dtype=np.uint8)
    image[: side // 2] = image[: side // 2] // 16 + 90  # one half calm, so that not all is at the limit
    layer = SRM()(normalize(torch.from_numpy(image)[None], mean, std))[0].permute(1, 2, 0).numpy()
    twin = noise_residual(image, mean, std)
    assert twin.dtype == np.float32
    assert twin.shape == (side, side, 3)
    np.testing.assert_allclose(twin, layer, rtol=0, atol=3e-5)


def test_the_twin_takes_pictures_that_are_not_square() -> None:
    image = np.random.default_rng(1).integers(0, 256, (20, 31, 3), dtype=np.uint8)
    layer = SRM()(normalize(torch.from_numpy(image)[None].permute(0, 3, 1, 2), HALF, HALF))[0].permute(1, 2, 0).numpy()
    np.testing.assert_allclose(noise_residual(image, HALF, HALF), layer, rtol=0, atol=3e-5)


def test_a_flat_picture_has_no_residual_away_from_its_border() -> None:
    residual = noise_residual(np.full((16, 16, 3), 200, dtype=np.uint8), HALF, HALF)
    np.testing.assert_allclose(residual[2:-2, 2:-2], 0, atol=1e-5)
    assert np.abs(residual[0]).max() > 0.1


def test_the_residual_stays_in_its_range_and_reaches_both_ends() -> None:
    checkers = (np.indices((16, 16)).sum(axis=0) % 2 * 255).astype(np.uint8)
    residual = noise_residual(np.repeat(checkers[:, :, None], 3, axis=2), HALF, HALF)
    assert (residual.min(), residual.max()) == (-LIMIT, LIMIT)


def test_each_filter_sums_to_zero() -> None:
    np.testing.assert_allclose(srm_filters().sum(axis=(1, 2)), 0, atol=1e-6)


@pytest.mark.parametrize(
    "image", [np.zeros((8, 8), np.uint8), np.zeros((8, 8, 4), np.uint8), np.zeros((8, 8, 3), np.float32)]
)
def test_another_kind_of_picture_is_refused(image: np.ndarray) -> None:
    with pytest.raises(ValueError, match="uint8"):
        noise_residual(image, HALF, HALF)


def test_the_picture_of_a_residual_shows_zero_as_mid_gray_and_the_sign_on_a_fixed_scale() -> None:
    residual = np.zeros((5, 5, 3), np.float32)
    assert set(np.unique(residual_picture(residual))) <= {127, 128}
    residual[0, :3, 0] = SHOWN_RANGE / 4, -SHOWN_RANGE / 4, 3.0
    picture = residual_picture(residual)
    assert picture[0, :3, 0].tolist() == [191, 64, 255]
    assert picture[0, 0, 1] in (127, 128)
