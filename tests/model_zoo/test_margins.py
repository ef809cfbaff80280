import math

import pytest
import torch

from model_zoo.margins import LIMIT, margins
from model_zoo.networks import NetworkOutput


def _output(cells: list[float], real: float = 0.0, fake: float = 1.5) -> NetworkOutput:
    """One crop with a map of these cell margins, split evenly over both channels."""
    side = round(len(cells) ** 0.5)
    half = torch.tensor(cells).view(1, side, side) / 2
    return NetworkOutput(torch.tensor([[real, fake]]), torch.stack([-half, half], dim=1))


def test_without_the_map_the_logit_is_the_class_heads() -> None:
    assert margins(_output([9.0] * 16, real=-0.5, fake=1.0)).tolist() == [1.5]


def test_the_contrast_is_the_highest_quarter_minus_the_lowest() -> None:
    cells = [value / 4 for value in range(16)]  # 3 to 3.75 above, 0 to 0.75 below
    assert margins(_output(cells[::-1]), 2.0).item() == pytest.approx(1.5 + 2 * (3.375 - 0.375))


def test_a_cell_counts_no_further_than_to_the_limit() -> None:
    assert margins(_output([-50.0, 0.0, 0.0, 80.0]), 1.0).item() == pytest.approx(1.5 + 2 * LIMIT)
    assert 1 / (1 + math.exp(LIMIT)) == pytest.approx(0.001)


def test_what_all_cells_have_alike_does_not_count_while_none_reaches_the_limit() -> None:
    cells = [-6.0, -5.0, -4.0, -3.0, -2.0, -1.0, 0.0, 1.0, 1.5]
    shifted = [value + 5 for value in cells]
    assert margins(_output(cells), 1.0).item() == pytest.approx(margins(_output(shifted), 1.0).item())
    assert margins(_output([4.0] * 9), 1.0).item() == pytest.approx(1.5)
    beyond = [value + 8 for value in cells]
    assert margins(_output(beyond), 1.0).item() < margins(_output(cells), 1.0).item() - 1


def test_a_map_of_one_cell_has_no_contrast() -> None:
    assert margins(_output([3.0]), 1.0).item() == pytest.approx(1.5)


def test_each_crop_has_its_own() -> None:
    one, other = _output([0.0, 0.0, 0.0, 4.0]), _output([0.0, 0.0, 0.0, 0.0], fake=-1.0)
    both = NetworkOutput(
        torch.cat([one.class_logits, other.class_logits]), torch.cat([one.map_logits, other.map_logits])
    )
    assert margins(both, 1.0).tolist() == pytest.approx([5.5, -1.0])
