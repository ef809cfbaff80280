"""Fixtures that every test may use."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from model_zoo.networks import LVNet

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # as in lav_gui.engine, whichever test imports torch first

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """The folder of shared data (LAV_SHARED, default ../shared); the test is skipped where it is absent."""
    folder = Path(os.environ.get("LAV_SHARED", ROOT.parent / "shared"))
    if not (folder / "data" / "CLIPS.tsv").is_file():
        pytest.skip(f"the shared data folder is not there: {folder}")
    return folder


@pytest.fixture(scope="session")
def demo_clip() -> Path:
    """The bundled clip: two people, the left face swapped."""
    return ROOT / "resources" / "demo" / "swap_fake.mp4"


@pytest.fixture(autouse=True)
def _private_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test touches the user's own cases, models, settings or logs."""
    home = tmp_path_factory.mktemp("home")
    for name in ("LAV_CASES", "LAV_MODELS"):
        monkeypatch.setenv(name, str(home / name.lower()))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(home / name.lower()))


@pytest.fixture(scope="session")
def make_network() -> "Callable[..., LVNet]":
    """Makes the same narrow network each time, in evaluation mode; its answers really depend on both streams."""
    import torch
    from torch import nn

    from model_zoo.networks import LVNet

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
def narrow_lvnet(make_network: "Callable[..., LVNet]", monkeypatch: pytest.MonkeyPatch) -> "Callable[..., LVNet]":
    """`make_network`, whose network stands in for the full one wherever weights of an ``lvnet`` are loaded."""
    from model_zoo.networks import ARCHITECTURES, Architecture, LVNet

    monkeypatch.setitem(ARCHITECTURES, "lvnet", Architecture(LVNet, 1 / 16))
    return make_network
