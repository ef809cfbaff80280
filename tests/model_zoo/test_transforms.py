import numpy as np
import pytest
import torch

from model_zoo.transforms import normalize

MEAN, STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)


def test_each_color_is_scaled_and_normalized_by_its_own_numbers() -> None:
    crops = np.random.default_rng(0).integers(0, 256, (2, 7, 7, 3), dtype=np.uint8)
    expected = ((crops / 255 - MEAN) / STD).transpose(0, 3, 1, 2)
    result = normalize(torch.from_numpy(crops), MEAN, STD)
    assert result.dtype == torch.float32
    np.testing.assert_allclose(result.numpy(), expected, atol=1e-6)


def test_both_orders_of_axes_give_the_same() -> None:
    crops = torch.from_numpy(np.random.default_rng(0).integers(0, 256, (2, 7, 7, 3), dtype=np.uint8))
    last = normalize(crops, MEAN, STD)
    first = normalize(crops.permute(0, 3, 1, 2).contiguous(), MEAN, STD)
    assert torch.equal(last, first)
    assert last.is_contiguous(memory_format=torch.channels_last)
    assert first.is_contiguous()


def test_black_and_white_are_minus_one_and_one_at_one_half() -> None:
    crops = torch.tensor([0, 255], dtype=torch.uint8).view(2, 1, 1, 1).expand(2, 4, 4, 3)
    result = normalize(crops, (0.5, 0.5, 0.5), (0.5, 0.5, 0.5))
    assert result[0].unique().tolist() == [-1.0]
    assert result[1].unique().tolist() == [1.0]


def test_the_crops_stay_as_they_are() -> None:
    crops = torch.full((1, 4, 4, 3), 9, dtype=torch.uint8)
    normalize(crops, MEAN, STD)
    assert crops.unique().tolist() == [9]


@pytest.mark.parametrize(
    "crops",
    [
        torch.zeros(4, 4, 3, dtype=torch.uint8),
        torch.zeros(1, 4, 4, 4, dtype=torch.uint8),
        torch.zeros(1, 4, 3, 4, dtype=torch.uint8),
        torch.zeros(1, 3, 4, 4),
    ],
)
def test_other_shapes_and_types_are_refused(crops: torch.Tensor) -> None:
    with pytest.raises(ValueError, match="uint8 of shape"):
        normalize(crops, MEAN, STD)
