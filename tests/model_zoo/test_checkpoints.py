import copy
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import save_file
from torch import nn

from model_zoo import checkpoints, registry
from model_zoo.errors import WeightsError
from model_zoo.networks import LVNet, LVNetSemi, build
from model_zoo.networks.srm import SRM
from model_zoo.reference_names import our_name
from model_zoo.registry import UNTRAINED

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
State = dict[str, torch.Tensor]


@pytest.fixture(scope="module")
def reference() -> Callable[[str], State]:
    """A whole checkpoint under the reference's names; each tensor is one number of its own, repeated without memory."""

    def make(variant: str) -> State:
        state = {}
        for i, line in enumerate((GOLDEN / f"state_dict_{variant}.txt").read_text("utf-8").splitlines()):
            name, shape, kind, *_ = line.split("\t")
            number = torch.tensor(i, dtype=torch.int64 if kind == "int64" else torch.float32)
            state[name] = number.expand([int(side) for side in shape.strip("[]").split(",") if side])
        return state | {"srm_conv0.kernel": SRM().kernel}

    return make


def _parallel(state: State) -> State:
    return {f"module.{name}": tensor for name, tensor in state.items()}


def test_a_checkpoint_of_the_reference_is_imported_registered_and_loaded(
    reference: Callable[[str], State], models: Path, tmp_path: Path
) -> None:
    path = tmp_path / "LVNet-epoch_13.pth.tar"
    state = reference("LVNet")
    torch.save({"epoch": 13, "state_dict": _parallel(state)}, path)
    weights = checkpoints.import_checkpoint(path, None, models)
    assert (weights.name, weights.architecture) == ("lvnet.lvnet_epoch_13", "lvnet")
    assert (weights.trained, weights.calibration, weights.input_size) == (True, None, 299)
    assert len(weights.files) == 3
    assert registry.find_weights(weights.name) == weights
    network = checkpoints.load_network(weights)
    assert type(network) is LVNet
    assert not network.training
    loaded = network.state_dict()
    for name, tensor in state.items():
        ours = our_name(name)
        assert ours is None or torch.equal(loaded[ours], tensor), name
    with pytest.raises(WeightsError, match=r"named lvnet\.lvnet_epoch_13 already"):
        checkpoints.import_checkpoint(path, "lvnet.lvnet_epoch_13", models)
    weights.files[1].write_bytes(weights.files[1].read_bytes()[:-4] + b"ruin")
    with pytest.raises(WeightsError, match="not those of their card"):
        checkpoints.load_network(weights)


def test_our_own_file_of_the_semi_variant_is_imported_under_its_architecture(
    reference: Callable[[str], State], models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "semi.pth"
    torch.save(checkpoints.convert(reference("LVNet_semi"), "reference"), path)
    weights = checkpoints.import_checkpoint(path, "lvnet.mine", models)
    assert (weights.name, weights.architecture) == ("lvnet_semi.mine", "lvnet_semi")
    assert type(checkpoints.load_network(weights)) is LVNetSemi


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda s: s.pop("score2.bn.bias"), r"lacks tensors: patch\.2\.bn\.bias"),
        (lambda s: s.update({"extra.weight": torch.zeros(1)}), r"does not know: extra\.weight"),
        (lambda s: s.update({"conv1.module.weight": torch.zeros(1)}), r"does not know: conv1\.module\.weight"),
        (lambda s: s.update({"score0.conv2.weight": torch.zeros(1)}), r"does not know: patch\.0\.conv2\.weight"),
        (lambda s: s.update({"lfe0.gamma": torch.zeros(2)}), r"another shape or type: lfga\.0\.gamma"),
        (lambda s: s.update({"lfe0.gamma": torch.zeros(1, dtype=torch.int32)}), r"shape or type: lfga\.0\.gamma"),
        (lambda s: s.update({"lfe0.gamma": torch.tensor([float("nan")])}), r"no finite numbers: lfga\.0\.gamma"),
        (lambda s: s.update({"srm_conv0.kernel": torch.zeros(3, 3, 5, 5)}), "other noise filters"),
    ],
)
def test_a_checkpoint_that_does_not_fit_is_refused_and_its_tensors_named(
    change: Callable[[State], Any], fault: str, reference: Callable[[str], State], models: Path, tmp_path: Path
) -> None:
    state = reference("LVNet")
    change(state)
    torch.save(state, tmp_path / "model.pth")
    with pytest.raises(WeightsError, match=fault) as caught:
        checkpoints.import_checkpoint(tmp_path / "model.pth", None, models)
    assert str(caught.value).startswith("model.pth ")
    assert not list(models.iterdir())


def test_a_name_of_another_form_is_refused_before_anything_is_written(
    reference: Callable[[str], State], models: Path, tmp_path: Path
) -> None:
    torch.save(reference("LVNet"), tmp_path / "model.pth")
    with pytest.raises(WeightsError, match=r"write architecture\.recipe"):
        checkpoints.import_checkpoint(tmp_path / "model.pth", "no/where", models)
    assert not list(models.iterdir())


def test_module_is_taken_off_at_the_start_of_a_name_only() -> None:
    state = {"module.rgb.module.weight": torch.zeros(1)}
    assert list(checkpoints.convert(state, "x")) == ["rgb.module.weight"]


def test_a_tensor_with_and_without_module_is_an_error() -> None:
    state = {"module.lfe0.gamma": torch.zeros(1), "lfe0.gamma": torch.zeros(1)}
    with pytest.raises(WeightsError, match=r"twice.*lfe0\.gamma"):
        checkpoints.convert(state, "x")


def test_unused_tensors_are_dropped_and_half_precision_is_widened() -> None:
    state = {"cmc0.stage1.0.weight": torch.zeros(1), "lfe0.gamma": torch.tensor([0.5], dtype=torch.float16)}
    converted = checkpoints.convert(state, "x")
    assert list(converted) == ["lfga.0.gamma"]
    assert converted["lfga.0.gamma"].dtype == torch.float32


def test_the_untrained_network_is_generated_and_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    state = checkpoints.untrained_state("lvnet")
    monkeypatch.setattr(checkpoints, "untrained_state", lambda _: state)
    network = checkpoints.load_network(UNTRAINED)
    assert torch.equal(network.rgb.conv1.weight, state["rgb.conv1.weight"])
    with pytest.raises(WeightsError, match=r"lvnet\.untrained are not those of their card"):
        checkpoints.load_network(replace(UNTRAINED, sha256="0" * 64))


def test_weights_for_an_unknown_architecture_are_refused() -> None:
    with pytest.raises(WeightsError, match="'resnet', which this version lacks"):
        checkpoints.load_network(replace(UNTRAINED, architecture="resnet"))


def _trunk(network: LVNet) -> State:
    torch.manual_seed(11)
    return {
        name: torch.randn_like(tensor) if tensor.is_floating_point() else tensor
        for name, tensor in network.noise.state_dict().items()
    }


def _assert_both_streams_are(network: LVNet, trunk: State) -> None:
    for stream in (network.rgb, network.noise):
        for name, tensor in stream.state_dict().items():
            assert name.endswith("num_batches_tracked") or torch.equal(tensor, trunk[name].float()), name


def test_both_streams_start_from_a_safetensors_trunk(small_network: LVNet, tmp_path: Path) -> None:
    trunk = {n: t.half() if t.is_floating_point() else t for n, t in _trunk(small_network).items()}
    save_file(trunk, tmp_path / "trunk.safetensors")
    before = {n: t.clone() for n, t in small_network.state_dict().items() if not n.startswith(("rgb.", "noise."))}
    checkpoints.initialize_from_imagenet(small_network, tmp_path / "trunk.safetensors")
    _assert_both_streams_are(small_network, trunk)
    assert all(torch.equal(small_network.state_dict()[name], tensor) for name, tensor in before.items())


def test_both_streams_start_from_the_classic_form(small_network: LVNet, tmp_path: Path) -> None:
    trunk = _trunk(small_network)
    classic = {n: t[:, :, 0, 0] if "pointwise" in n else t for n, t in trunk.items() if "num_batches" not in n}
    classic |= {"fc.weight": torch.zeros(1000, 128), "fc.bias": torch.zeros(1000)}
    torch.save(classic, tmp_path / "xception.pth", _use_new_zipfile_serialization=False)
    checkpoints.initialize_from_imagenet(small_network, tmp_path / "xception.pth")
    _assert_both_streams_are(small_network, trunk)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda t: t.pop("bn4.bias"), r"lacks tensors: bn4\.bias"),
        (lambda t: t.update({"head.weight": torch.zeros(1)}), r"does not know: head\.weight"),
        (lambda t: t.update({"conv1.weight": torch.zeros(1, 3, 3, 3)}), r"shape or type: conv1\.weight"),
    ],
)
def test_a_trunk_that_does_not_fit_changes_nothing(
    change: Callable[[State], Any], fault: str, small_network: LVNet, tmp_path: Path
) -> None:
    trunk, before = _trunk(small_network), copy.deepcopy(small_network.state_dict())
    change(trunk)
    torch.save(trunk, tmp_path / "trunk.pth")
    with pytest.raises(WeightsError, match=fault):
        checkpoints.initialize_from_imagenet(small_network, tmp_path / "trunk.pth")
    assert all(torch.equal(small_network.state_dict()[name], tensor) for name, tensor in before.items())


def test_the_shared_imagenet_trunk_fits_the_network_of_the_paper(shared_dir: Path) -> None:
    network = build("lvnet")
    checkpoints.initialize_from_imagenet(network, shared_dir / "weights" / "xception_imagenet_trunk_fp16.safetensors")
    assert torch.equal(network.rgb.conv1.weight, network.noise.conv1.weight)
    assert network.rgb.bn1.running_var.std() > 0


@torch.no_grad()
def test_preparing_for_inference_keeps_the_results_and_folds_all_that_can_be(small_network: LVNet) -> None:
    rgb = torch.rand(2, 3, 96, 96) * 2 - 1
    residual = small_network.residual(rgb)
    before = small_network(rgb, residual)
    prepared = checkpoints.prepare_for_inference(small_network.train())
    assert prepared is small_network
    after = prepared(rgb, residual)
    for ours, theirs in ((after.class_logits, before.class_logits), (after.map_logits, before.map_logits)):
        assert (ours - theirs).abs().max() < 1e-4
        assert theirs.std() > 1e-3
    left = [name for name, module in prepared.named_modules() if isinstance(module, nn.BatchNorm2d)]
    assert left == ["map_head.norm", "class_head.norm", "projection_head.norm"]
    assert not prepared.training
    assert not any(parameter.requires_grad for parameter in prepared.parameters())


@torch.no_grad()
def test_a_prepared_network_keeps_its_memory_order_from_end_to_end(small_network: LVNet) -> None:
    orders = {}
    network = checkpoints.prepare_for_inference(small_network)
    for name, module in network.named_modules():
        if isinstance(module, nn.Conv2d):

            def see(_module: nn.Module, inputs: tuple[torch.Tensor, ...], name: str = name) -> None:
                orders[name] = inputs[0].is_contiguous(memory_format=torch.channels_last)

            module.register_forward_pre_hook(see)
    rgb = torch.rand(2, 3, 96, 96).contiguous(memory_format=torch.channels_last)
    network(rgb, network.residual(rgb))
    assert [name for name, kept in orders.items() if not kept] == []
    assert len(orders) > 150
