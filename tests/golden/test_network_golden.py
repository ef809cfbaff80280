"""The whole network against the reference: both precisions, both sides, evaluation and training mode."""

import copy
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import nn

from model_zoo import reference_names
from model_zoo.checkpoints import prepare_for_inference
from model_zoo.networks import LVNet, NetworkOutput, SemiOutput, build

Golden = Mapping[str, NDArray[Any]]
Images = Callable[[int], torch.Tensor]

EXACT = 1e-9
CLASS_TOLERANCE, MAP_TOLERANCE = 1e-5, 1e-3

# reference module -> ours, over the depth of the network
TAPS = {
    "srm_conv0": "srm",
    "rgb.block1": "rgb.block1",
    "srm.block1": "noise.block1",
    "rgb.block2": "rgb.block2",
    "srm.block2": "noise.block2",
    "rgb.block3": "rgb.block3",
    "srm.block3": "noise.block3",
    "lfe0": "lfga.0",
    "rgb.block7": "rgb.block7",
    "srm.block7": "noise.block7",
    "lfe1": "lfga.1",
    "rgb.block11": "rgb.block11",
    "srm.block11": "noise.block11",
    "lfe2": "lfga.2",
    "srm.bn4": "noise.bn4",
    "score0": "patch.0",
    "score3": "patch.3",
    "score5": "patch.5",
    "HBFusion": "fusion",
    "cls_header": "class_head",
    "seg_header": "map_head",
    "pro_header": "projection_head",
}


def _statistics(values: torch.Tensor) -> dict[str, float]:
    array = values.detach().double().contiguous().numpy().ravel()
    return {
        "mean": array.mean(),
        "std": array.std(),
        "min": array.min(),
        "max": array.max(),
        "l1": np.abs(array).sum(),
        "l2": np.sqrt((array**2).sum()),
        "dot": array @ np.cos(0.001 * np.arange(array.size)),
    }


def _largest_difference(ours: torch.Tensor, theirs: NDArray[Any]) -> float:
    return float(np.abs(ours.detach().double().numpy() - theirs).max())


@dataclass
class Pass:
    """One evaluation-mode pass in float64 with gradients of the reference's loss."""

    output: SemiOutput
    taps: dict[str, dict[str, Any]]
    gradients: dict[str, float | None]


@pytest.fixture(scope="module")
def double_network(semi_network: LVNet) -> LVNet:
    return copy.deepcopy(semi_network).double()


@pytest.fixture(scope="module")
def double_pass(double_network: LVNet, images: Images, golden: Golden, fast_double: None) -> Iterator[Pass]:
    taps: dict[str, dict[str, Any]] = {}
    handles = []
    for theirs, ours in TAPS.items():

        def keep(_module: nn.Module, _inputs: Any, output: torch.Tensor, theirs: str = theirs) -> None:
            taps[theirs] = {"shape": list(output.shape), **_statistics(output)}

        handles.append(double_network.get_submodule(ours).register_forward_hook(keep))
    rgb = images(299).double()
    output = double_network(rgb, double_network.residual(rgb))
    for handle in handles:
        handle.remove()
    mask = torch.from_numpy(golden["mask19_reference"][:, 0]).long()
    loss = F.cross_entropy(output.class_logits, torch.tensor([0, 1])) + F.cross_entropy(output.map_logits, mask)
    loss.backward()
    norms = {n: None if p.grad is None else float(p.grad.norm()) for n, p in double_network.named_parameters()}
    assert abs(float(loss.detach()) - golden["loss_ce_seg_f64"][2]) < EXACT
    yield Pass(output, taps, norms)
    double_network.zero_grad(set_to_none=True)


def test_the_input_is_the_golden_one(images: Images, golden: Golden) -> None:
    values = images(299).double()
    np.testing.assert_allclose([values.sum(), values.abs().sum()], golden["input_checksum"], rtol=1e-12)


def test_float64_equals_the_reference_at_299(double_pass: Pass, golden: Golden, golden_semi: Golden) -> None:
    assert _largest_difference(double_pass.output.class_logits, golden["cls_f64"]) < EXACT
    assert _largest_difference(double_pass.output.map_logits, golden["seg_f64"]) < EXACT
    assert _largest_difference(double_pass.output.class_logits, golden_semi["cls_f64"]) < EXACT
    assert _largest_difference(double_pass.output.map_logits, golden_semi["seg_f64"]) < EXACT


def test_the_projection_equals_the_reference(double_pass: Pass, golden_semi: Golden) -> None:
    projection = double_pass.output.projection
    assert _largest_difference(projection[:, ::32, ::6, ::6], golden_semi["pro_slice_f64"]) < EXACT
    expected = json.loads(str(golden_semi["meta_json"]))["pro_stats_f64"]
    for key, value in _statistics(projection).items():
        assert value == pytest.approx(expected[key], rel=1e-9), key


@pytest.mark.parametrize("tap", TAPS)
def test_inner_maps_have_the_reference_statistics(tap: str, double_pass: Pass, golden_semi: Golden) -> None:
    # the reference's statistics come from a float32 run
    expected = json.loads(str(golden_semi["meta_json"]))["taps"][tap]
    found = double_pass.taps[tap]
    assert found["shape"] == expected["shape"]
    for key in ("mean", "std", "min", "max", "l1", "l2", "dot"):
        assert found[key] == pytest.approx(expected[key], rel=2e-5, abs=1e-5 * expected["l2"]), key


def test_each_gradient_has_the_reference_norm(double_pass: Pass, golden: Golden) -> None:
    expected = json.loads(str(golden["meta_json"]))["grad_l2_f64"]
    ours = {reference_names.our_name(name): norm for name, norm in expected.items() if norm is not None}
    found = {name: norm for name, norm in double_pass.gradients.items() if norm is not None}
    assert found.keys() == ours.keys()
    for name, norm in found.items():
        assert norm == pytest.approx(ours[name], rel=1e-8), name


def test_tensors_without_gradient_are_exactly_the_unused_ones(golden: Golden) -> None:
    expected = json.loads(str(golden["meta_json"]))["grad_l2_f64"]
    without = {name for name, norm in expected.items() if norm is None}
    unused = {name for name in expected if reference_names.is_unused(name)}
    assert without - unused == {"srm_conv0.kernel"}
    assert unused <= without


@torch.no_grad()
def test_float64_equals_the_reference_at_256(
    double_network: LVNet, images: Images, golden: Golden, fast_double: None
) -> None:
    rgb = images(256).double()
    output = double_network(rgb, double_network.residual(rgb))
    assert output.map_logits.shape == (2, 2, 16, 16)
    assert _largest_difference(output.class_logits, golden["cls_256_f64"]) < EXACT
    assert _largest_difference(output.map_logits, golden["seg_256_f64"]) < EXACT


@torch.no_grad()
def test_training_mode_equals_the_reference_in_outputs_and_running_statistics(
    double_network: LVNet, images: Images, golden: Golden, fast_double: None
) -> None:
    network = copy.deepcopy(double_network).train()
    for module in network.modules():
        if isinstance(module, nn.Dropout):
            module.eval()
    rgb = images(299).double()
    output = network(rgb, network.residual(rgb))
    assert _largest_difference(output.class_logits, golden["cls_trainbn_f64"]) < EXACT
    assert _largest_difference(output.map_logits, golden["seg_trainbn_f64"]) < EXACT
    state = network.state_dict()
    for name, expected in json.loads(str(golden["meta_json"]))["bn_running_after_one_train_step"].items():
        our_name = reference_names.our_name(name)
        assert our_name is not None
        for key, value in _statistics(state[our_name]).items():
            assert value == pytest.approx(expected[key], rel=1e-9), (name, key)


def _run(network: LVNet, rgb: torch.Tensor) -> NetworkOutput:
    with torch.inference_mode():
        output: NetworkOutput = network(rgb, network.residual(rgb))
    return output


def test_float32_equals_the_reference_at_299(
    semi_state: Mapping[str, torch.Tensor], images: Images, golden: Golden
) -> None:
    network = build("lvnet")
    network.load_state_dict({n: t for n, t in semi_state.items() if not n.startswith("projection_head.")})
    output = _run(network.eval(), images(299))
    assert _largest_difference(output.class_logits, golden["cls_f64"]) < CLASS_TOLERANCE
    assert _largest_difference(output.map_logits, golden["seg_f64"]) < MAP_TOLERANCE


def test_float32_equals_the_reference_at_256(semi_network: LVNet, images: Images, golden: Golden) -> None:
    output = _run(semi_network, images(256))
    assert _largest_difference(output.class_logits, golden["cls_256_f64"]) < CLASS_TOLERANCE
    assert _largest_difference(output.map_logits, golden["seg_256_f64"]) < MAP_TOLERANCE


def test_the_network_prepared_for_inference_still_equals_the_reference(
    semi_network: LVNet, images: Images, golden: Golden
) -> None:
    network = prepare_for_inference(copy.deepcopy(semi_network))
    output = _run(network, images(299).contiguous(memory_format=torch.channels_last))
    assert _largest_difference(output.class_logits, golden["cls_f64"]) < CLASS_TOLERANCE
    assert _largest_difference(output.map_logits, golden["seg_f64"]) < 1e-4
