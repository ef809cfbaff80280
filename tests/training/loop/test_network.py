import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from torch import nn

from lav_gui.errors import TrainingError
from lav_gui.training.evaluation.run_record import read_candidate
from lav_gui.training.loop.config import TrainingConfig
from lav_gui.training.loop.network import begin_network, build_optimizer
from lav_gui.training.loop.options import NetworkConfig, OptimizerConfig
from lav_gui.training.loop.trainer import train
from model_zoo.checkpoints import load_network
from model_zoo.networks import ARCHITECTURES, Architecture, LVNet, LVNetSemi, XceptionNoise

Change = Callable[..., TrainingConfig]


def test_the_same_seed_gives_the_same_network_in_training_mode(tmp_path: Path) -> None:
    options = NetworkConfig(architecture="lvnet_eighth")
    first, second, other = (begin_network(options, seed, tmp_path) for seed in (1, 1, 2))
    assert isinstance(first, LVNet)
    assert first.training
    pairs = zip(first.state_dict().values(), second.state_dict().values(), strict=True)
    assert all(torch.equal(a, b) for a, b in pairs)
    assert not torch.equal(first.rgb.conv1.weight, other.rgb.conv1.weight)


@pytest.mark.shared
def test_imagenet_fills_both_streams(shared_dir: Path) -> None:
    file = shared_dir / "weights" / "xception_imagenet_trunk_fp16.safetensors"
    network = begin_network(NetworkConfig(start=f"imagenet:{file}"), 0, Path("/"))
    assert torch.equal(network.rgb.conv1.weight, network.noise.conv1.weight)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (NetworkConfig(architecture="resnet"), "no architecture 'resnet'; known are: lvnet"),
        (NetworkConfig(architecture="lvnet_eighth", start="luck"), "cannot start from 'luck'"),
        (NetworkConfig(architecture="lvnet_eighth", start="weights:lvnet.none"), "no weights named"),
        (NetworkConfig(architecture="lvnet_eighth", start="run:nowhere"), "nowhere"),
        (NetworkConfig(architecture="lvnet_eighth", start="imagenet:none.pth"), "none.pth"),
        (NetworkConfig(architecture="lvnet_eighth", noise_start="run:nowhere"), "nowhere"),
        (
            NetworkConfig(architecture="lvnet_eighth", start="weights:lvnet.untrained"),
            "is of the architecture lvnet, not",
        ),
    ],
)
def test_a_start_that_cannot_be_is_refused(options: NetworkConfig, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match=sentence):
        begin_network(options, 0, tmp_path)


def test_nothing_is_fetched_without_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "huggingface_hub", None)
    with pytest.raises(TrainingError, match="needs the package timm"):
        begin_network(NetworkConfig(architecture="lvnet_eighth", start="imagenet:timm"), 0, tmp_path)


def test_weight_decay_spares_biases_and_normalization() -> None:
    network = nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4))
    optimizer = build_optimizer(network, OptimizerConfig(weight_decay=0.1))
    decayed, free = optimizer.param_groups
    assert [p.ndim for p in decayed["params"]] == [4]
    assert [p.ndim for p in free["params"]] == [1, 1, 1]
    assert (decayed["weight_decay"], free["weight_decay"]) == (0.1, 0.0)
    assert isinstance(build_optimizer(network, OptimizerConfig(decoupled=True)), torch.optim.AdamW)


def test_a_semi_network_takes_over_a_plain_one(tmp_path: Path) -> None:
    network = begin_network(NetworkConfig(architecture="lvnet_semi", start="weights:lvnet.untrained"), 0, tmp_path)
    plain = begin_network(NetworkConfig(start="weights:lvnet.untrained"), 1, tmp_path)
    assert isinstance(network, LVNetSemi)
    assert torch.equal(network.rgb.conv1.weight, plain.rgb.conv1.weight)


def test_a_run_of_a_single_stream_begins_both_streams(
    tmp_path: Path, config: TrainingConfig, change: Change, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ARCHITECTURES, "xception_noise", Architecture(XceptionNoise, 1 / 8))
    short = change(config, network={"architecture": "xception_noise"}, run={"images": 8, "select": "last"})
    list(train(short, tmp_path, tmp_path / "alone", lambda: False))
    trunk = load_network(read_candidate(tmp_path / "alone")).state_dict()
    network = begin_network(NetworkConfig(architecture="lvnet_eighth", start="run:alone"), 0, tmp_path)
    begun = network.state_dict()
    assert torch.equal(begun["noise.conv4.pointwise.weight"], trunk["trunk.conv4.pointwise.weight"])
    for name in ("block11.rep.8.running_var", "conv1.weight"):
        assert torch.equal(begun[f"rgb.{name}"], trunk[f"trunk.{name}"])
        assert torch.equal(begun[f"noise.{name}"], trunk[f"trunk.{name}"])
    parted = NetworkConfig(architecture="lvnet_eighth", noise_start="run:alone")
    begun, plain = (
        begin_network(given, 0, tmp_path).state_dict() for given in (parted, NetworkConfig(architecture="lvnet_eighth"))
    )
    assert torch.equal(begun["noise.conv1.weight"], trunk["trunk.conv1.weight"])
    assert all(torch.equal(begun[name], plain[name]) for name in plain if not name.startswith("noise."))
