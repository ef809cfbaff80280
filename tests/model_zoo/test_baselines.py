import inspect

import pytest
import torch

from model_zoo.baselines import BASELINES, baseline
from model_zoo.networks import LVNet
from model_zoo.networks.srm import SRM


def test_the_absent_noise_is_exactly_the_residual_of_the_absent_picture() -> None:
    rgb = baseline("rgb", torch.rand(2, 3, 40, 40))
    residual = SRM()(rgb)
    assert torch.count_nonzero(residual) == 0
    assert torch.equal(residual, baseline("residual", torch.rand(2, 3, 40, 40)))


def test_a_flat_picture_of_another_color_would_not_do() -> None:
    residual = SRM()(torch.full((1, 3, 40, 40), 0.4))
    assert residual.abs().max() > 0.1


def test_there_is_one_baseline_for_each_input_of_the_network() -> None:
    assert ["self", *BASELINES] == list(inspect.signature(LVNet.forward).parameters)


def test_the_baseline_is_like_the_input_it_stands_for() -> None:
    inputs = torch.rand(2, 3, 8, 8, dtype=torch.float64).contiguous(memory_format=torch.channels_last)
    absent = baseline("rgb", inputs)
    assert absent.dtype == torch.float64
    assert absent.is_contiguous(memory_format=torch.channels_last)


def test_another_stream_has_no_baseline() -> None:
    with pytest.raises(KeyError):
        baseline("depth", torch.zeros(1, 3, 8, 8))
