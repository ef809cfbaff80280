"""Small networks and a private folder of weights for the tests of `model_zoo`."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
from torch import nn

from model_zoo.networks import LVNet, build

SMALL = 1 / 16


@pytest.fixture(scope="session", autouse=True)
def _one_thread() -> Iterator[None]:
    # On a busy machine two threads wait for each other at every layer.
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture
def small_network() -> LVNet:
    """A narrow semi-supervised network in evaluation mode, no tensor of which is neutral."""
    torch.manual_seed(5)
    network = build("lvnet_semi", SMALL).eval()
    for module in network.modules():
        if isinstance(module, nn.BatchNorm2d):
            nn.init.uniform_(module.weight, 0.5, 1.5)
            nn.init.normal_(module.bias, std=0.1)
            assert module.running_mean is not None
            assert module.running_var is not None
            module.running_mean.normal_(std=0.1)
            module.running_var.uniform_(0.5, 1.5)
    for attention in network.lfga:
        nn.init.constant_(attention.get_parameter("gamma"), 0.5)
    return network


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's folder of weights, empty."""
    folder = tmp_path / "models"
    folder.mkdir()
    monkeypatch.setenv("LAV_MODELS", str(folder))
    return folder
