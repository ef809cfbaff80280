from dataclasses import replace

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from lav_gui.engine.runner import FaceAnswer, NetworkRunner
from lav_gui.engine.scorer import TOLERANCE
from lav_gui.errors import ModelError
from model_zoo.margins import margins
from model_zoo.networks import LVNet, NetworkOutput
from model_zoo.transforms import normalize
from model_zoo.weights_record import Weights


class GreedyNetwork(LVNet):
    """Stands in for a GPU whose memory holds `room` faces; counts its passes."""

    room = 8
    passes = 0

    def forward(self, rgb: torch.Tensor, residual: torch.Tensor) -> NetworkOutput:
        self.passes += 1
        if len(rgb) > self.room:
            raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB.")
        return super().forward(rgb, residual)


def _answers(
    runner: NetworkRunner, images: list[NDArray[np.uint8]], measured: list[bool] | None = None
) -> list[FaceAnswer]:
    return list(runner.answers(images, measured or [False] * len(images)))


def _same(one: FaceAnswer, other: FaceAnswer) -> bool:
    same_map = bool(np.array_equal(one.heatmap, other.heatmap))
    return same_map and (one.logit, one.contributions) == (other.logit, other.contributions)


def test_where_the_weights_say_so_the_map_counts_in_logit_and_contributions(
    make_network, weights: Weights, crops, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("model_zoo.margins.LIMIT", np.inf)  # a network that learned nothing is sure of all it says
    network, counted = make_network(), replace(weights, map_contrast=2.0)
    rgb = normalize(torch.from_numpy(np.stack(crops)), weights.mean, weights.std)
    with torch.inference_mode():
        output = network(rgb, network.residual(rgb))
    found = _answers(NetworkRunner(network, counted, "cpu", 8), crops, [True] * len(crops))
    np.testing.assert_allclose([answer.logit for answer in found], margins(output, 2.0).numpy(), atol=1e-5)
    plain = _answers(NetworkRunner(network, weights, "cpu", 8), crops)
    assert all(one.logit > other.logit for one, other in zip(found, plain, strict=True))
    for answer in found:
        parts = answer.contributions
        assert parts is not None
        assert parts.rgb + parts.noise + parts.baseline == pytest.approx(answer.logit)


def test_answers_are_those_of_the_network_itself(make_network, weights: Weights, crops) -> None:
    network = make_network()
    rgb = normalize(torch.from_numpy(np.stack(crops)), weights.mean, weights.std)
    with torch.inference_mode():
        output = network(rgb, network.residual(rgb))
    found = _answers(NetworkRunner(network, weights, "cpu", 8), crops)
    logits = (output.class_logits[:, 1] - output.class_logits[:, 0]).numpy()
    np.testing.assert_allclose([answer.logit for answer in found], logits, atol=1e-5)
    maps = output.map_logits.softmax(dim=1)[:, 1].numpy()
    np.testing.assert_allclose([answer.heatmap for answer in found], maps, atol=1e-3)
    assert {answer.heatmap.dtype for answer in found} == {np.dtype(np.float16)}
    assert np.ptp(logits) > 0.1
    assert all(answer.contributions is None for answer in found)


def test_the_normalization_is_that_of_the_weights_record(make_network, weights: Weights, crops) -> None:
    other = replace(weights, mean=(0.3, 0.4, 0.5), std=(0.2, 0.2, 0.2))
    one = _answers(NetworkRunner(make_network(), weights, "cpu", 8), crops)
    two = _answers(NetworkRunner(make_network(), other, "cpu", 8), crops)
    assert abs(one[0].logit - two[0].logit) > 1e-3


@pytest.mark.parametrize("batch", [1, 3, 8])
def test_the_same_crops_give_the_same_bits(make_network, weights: Weights, crops, batch: int) -> None:
    measured = [True, False] * 4
    one = _answers(NetworkRunner(make_network(), weights, "cpu", batch), crops, measured)
    runner = NetworkRunner(make_network(), weights, "cpu", batch)
    for _ in range(2):
        assert all(map(_same, one, _answers(runner, crops, measured)))


def test_a_batch_of_one_and_of_eight_agree_within_the_stated_tolerance(make_network, weights: Weights, crops) -> None:
    one = _answers(NetworkRunner(make_network(), weights, "cpu", 1), crops)
    eight = _answers(NetworkRunner(make_network(), weights, "cpu", 8), crops)
    np.testing.assert_allclose([a.logit for a in one], [a.logit for a in eight], atol=TOLERANCE)


@pytest.mark.parametrize("batch", [1, 4])
def test_a_face_does_not_depend_on_its_neighbors(make_network, weights: Weights, crops, batch: int) -> None:
    runner = NetworkRunner(make_network(), weights, "cpu", batch)
    together = _answers(runner, crops[:4], [True] * 4)
    (alone,) = _answers(runner, [crops[0]], [True])
    assert _same(alone, together[0])
    among_others = _answers(runner, [crops[0], *crops[5:8]], [True, False, True, False])
    assert _same(alone, among_others[0])


def test_a_list_that_goes_on_in_other_batches_gives_the_same_numbers(make_network, weights: Weights, crops) -> None:
    runner = NetworkRunner(make_network(), weights, "cpu", 4)
    whole = _answers(runner, crops, [True] * 8)
    assert all(map(_same, whole[3:], _answers(runner, crops[3:], [True] * 5)))


def test_contributions_come_where_they_were_asked_for(make_network, weights: Weights, crops) -> None:
    measured = [False, True, True, False, False, False, False, True]
    found = _answers(NetworkRunner(make_network(), weights, "cpu", 4), crops, measured)
    assert [answer.contributions is not None for answer in found] == measured
    everywhere = _answers(NetworkRunner(make_network(), weights, "cpu", 1), crops, [True] * 8)
    for answer, reference in zip(found, everywhere, strict=True):
        if answer.contributions is not None and reference.contributions is not None:
            parts = answer.contributions
            assert parts.rgb + parts.noise == pytest.approx(answer.logit - parts.baseline, abs=1e-9)
            assert parts.rgb == pytest.approx(reference.contributions.rgb, abs=TOLERANCE)
            assert parts.noise == pytest.approx(reference.contributions.noise, abs=TOLERANCE)


def test_each_batch_runs_only_when_it_is_wanted(make_network, weights: Weights, crops) -> None:
    network = make_network(GreedyNetwork)
    answers = NetworkRunner(network, weights, "cpu", 4).answers(crops, [False] * 8)
    assert network.passes == 0
    next(answers)
    assert network.passes == 1
    list(answers)
    assert network.passes == 2


def test_a_full_memory_halves_the_batch_and_says_so_once(make_network, weights: Weights, crops) -> None:
    network = make_network(GreedyNetwork)
    network.room = 3
    runner = NetworkRunner(network, weights, "cpu", 8)
    found = _answers(runner, crops)
    assert runner.take_notices() == (
        "The memory of cpu was full; it now takes 4 faces at a time.",
        "The memory of cpu was full; it now takes 2 faces at a time.",
    )
    assert runner.take_notices() == ()
    assert network.passes == 2 + 4
    reference = _answers(NetworkRunner(make_network(), weights, "cpu", 2), crops)
    assert all(map(_same, found, reference))


def test_a_memory_too_small_for_one_face_is_told(make_network, weights: Weights, crops) -> None:
    network = make_network(GreedyNetwork)
    network.room = 0
    with pytest.raises(ModelError, match="does not hold one face"):
        _answers(NetworkRunner(network, weights, "cpu", 2), crops)


def test_another_failure_of_the_device_is_translated(make_network, weights: Weights, crops) -> None:
    class BrokenNetwork(LVNet):
        def forward(self, rgb: torch.Tensor, residual: torch.Tensor) -> NetworkOutput:
            raise RuntimeError("CUDA error: unspecified launch failure")

    with pytest.raises(ModelError, match=r"lvnet\.narrow failed on cpu") as caught:
        _answers(NetworkRunner(make_network(BrokenNetwork), weights, "cpu", 2), crops)
    assert isinstance(caught.value.__cause__, RuntimeError)


def test_no_crops_give_no_answers(make_network, weights: Weights) -> None:
    assert _answers(NetworkRunner(make_network(), weights, "cpu", 2), []) == []
