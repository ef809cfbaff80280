"""A narrow network whose answers really depend on both streams, and crops to show it."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import psutil
import pytest
import torch
from numpy.typing import NDArray
from torch import nn

from model_zoo.networks import LVNet
from model_zoo.registry import UNTRAINED
from model_zoo.weights_record import Weights

SIDE = 64


@pytest.fixture
def weights() -> Weights:
    """A record for the narrow network: small crops, otherwise as the untrained default."""
    return replace(UNTRAINED, name="lvnet.narrow", input_size=SIDE)


@pytest.fixture
def make_network() -> Callable[[], LVNet]:
    """Makes the same narrow network each time, in evaluation mode."""

    def make(kind: type[LVNet] = LVNet) -> LVNet:
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(3)
            network = kind(1 / 16).eval()
            for layer in network.modules():
                if isinstance(layer, nn.Conv2d):
                    nn.init.kaiming_normal_(layer.weight)
                elif isinstance(layer, nn.Linear):
                    nn.init.normal_(layer.weight, std=layer.in_features**-0.5)
                    nn.init.normal_(layer.bias)
                elif isinstance(layer, nn.BatchNorm2d):
                    nn.init.normal_(layer.bias, std=0.1)
                    nn.init.uniform_(layer.running_var, 0.5, 2.0)
            for attention in network.lfga:
                nn.init.constant_(attention.get_parameter("gamma"), 0.3)
        return network.requires_grad_(False)

    return make


@pytest.fixture
def crops() -> list[NDArray[np.uint8]]:
    rng = np.random.default_rng(0)
    return [rng.integers(0, 256, (SIDE, SIDE, 3), dtype=np.uint8) for _ in range(8)]


@pytest.fixture(autouse=True)
def _one_core(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """One thread: two that wait for each other make tests crawl where other programs want the cores too."""
    monkeypatch.setattr(psutil, "cpu_count", lambda logical=True: 1)
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)
