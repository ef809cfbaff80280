import numpy as np
import pytest
import torch

from model_zoo.networks import LVNet, NetworkOutput, build
from model_zoo.registry import UNTRAINED
from model_zoo.storage import state_sha256
from model_zoo.transforms import normalize
from model_zoo.untrained import untrained_state


@pytest.fixture(scope="module")
def state() -> dict[str, torch.Tensor]:
    return untrained_state("lvnet")


@pytest.fixture(scope="module")
def network(state: dict[str, torch.Tensor]) -> LVNet:
    with torch.device("meta"):
        network = build("lvnet")
    network.load_state_dict(state, strict=True, assign=True)
    return network.eval()


def _run(network: LVNet, rgb: torch.Tensor) -> NetworkOutput:
    with torch.inference_mode():
        output: NetworkOutput = network(rgb, network.residual(rgb))
    return output


def test_the_generated_tensors_have_the_hash_of_the_registry(state: dict[str, torch.Tensor]) -> None:
    assert state_sha256(state) == UNTRAINED.sha256


def test_a_convolution_is_filled_by_he_uniform_numbers(state: dict[str, torch.Tensor]) -> None:
    weight = state["rgb.block5.rep.1.pointwise.weight"]
    bound = np.sqrt(6 / 728)
    assert weight.abs().max() <= bound
    assert float(weight.std()) == pytest.approx(bound / np.sqrt(3), rel=0.01)
    assert abs(float(weight.mean())) < 1e-3


def test_each_tensor_has_numbers_of_its_own(state: dict[str, torch.Tensor]) -> None:
    same_shape = [tensor for name, tensor in state.items() if tensor.shape == (728, 728, 1, 1)]
    assert len({float(tensor[0, 0]) for tensor in same_shape}) == len(same_shape)


def test_the_signal_lives_in_both_answers(network: LVNet) -> None:
    random = np.random.default_rng(3)
    smooth = np.add.outer(np.arange(299), np.arange(299))[:, :, None] % 256 + np.zeros(3)
    noisy = smooth * 0.5 + random.integers(0, 100, (299, 299, 3))
    crops = torch.from_numpy(np.stack([smooth, noisy]).astype(np.uint8))
    output = _run(network, normalize(crops, UNTRAINED.mean, UNTRAINED.std))
    margins = output.class_logits[:, 1] - output.class_logits[:, 0]
    assert abs(float(margins[0] - margins[1])) > 0.01
    assert margins.abs().max() < 8
    fake = output.map_logits.softmax(dim=1)[:, 1]
    assert 0.01 < float(fake.min()) < float(fake.max()) < 0.99
    assert fake.flatten(1).std(dim=1).min() > 0.01


def test_the_flat_picture_gets_no_answer_at_all(network: LVNet) -> None:
    output = _run(network, torch.zeros(1, 3, 64, 64))
    assert torch.count_nonzero(output.class_logits) == torch.count_nonzero(output.map_logits) == 0


def test_the_architecture_must_be_known() -> None:
    with pytest.raises(ValueError, match="Unknown architecture"):
        untrained_state("resnet")
