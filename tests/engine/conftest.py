"""A record for the narrow network of `tests/conftest.py`, and crops to show it."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import psutil
import pytest
import torch
from numpy.typing import NDArray

from model_zoo.registry import UNTRAINED
from model_zoo.weights_record import Weights

SIDE = 64


@pytest.fixture
def weights() -> Weights:
    """A record for the narrow network: small crops, otherwise as the untrained default."""
    return replace(UNTRAINED, name="lvnet.narrow", input_size=SIDE)


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
