from collections.abc import Callable

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from lav_gui.engine.contributions import ContributionMeter, contributions_from
from lav_gui.records import Contributions
from model_zoo.networks import LVNet
from model_zoo.transforms import normalize

margins = st.floats(-50, 50)
tables = st.tuples(margins, margins, margins, margins)


@given(tables)
def test_both_values_add_up_to_what_the_faces_change(values: tuple[float, float, float, float]) -> None:
    both, rgb, noise, none = values
    found = contributions_from(both, rgb, noise, none)
    assert found.rgb + found.noise == pytest.approx(both - none, abs=1e-9)
    assert found.interaction == pytest.approx(both - rgb - noise + none, abs=1e-9)
    assert found.baseline == none


@given(tables)
def test_each_value_is_the_mean_gain_over_both_orders(values: tuple[float, float, float, float]) -> None:
    both, rgb, noise, none = values
    found = contributions_from(both, rgb, noise, none)
    assert found.rgb == pytest.approx(np.mean([rgb - none, both - noise]), abs=1e-9)
    assert found.noise == pytest.approx(np.mean([noise - none, both - rgb]), abs=1e-9)


@given(tables)
def test_swapping_the_names_swaps_the_values(values: tuple[float, float, float, float]) -> None:
    both, rgb, noise, none = values
    one, other = contributions_from(both, rgb, noise, none), contributions_from(both, noise, rgb, none)
    assert (one.rgb, one.noise) == (other.noise, other.rgb)
    assert one.interaction == pytest.approx(other.interaction, abs=1e-9)


@given(margins, margins)
def test_a_stream_that_any_function_ignores_gets_nothing(with_noise: float, without: float) -> None:
    found = contributions_from(both=with_noise, rgb=without, noise=with_noise, none=without)
    assert found.rgb == found.interaction == 0.0
    assert found.noise == with_noise - without


@given(margins, margins, margins)
def test_streams_that_merely_add_up_have_no_interaction(rgb: float, noise: float, none: float) -> None:
    found = contributions_from(none + rgb + noise, none + rgb, none + noise, none)
    assert found.interaction == pytest.approx(0, abs=1e-9)
    assert (found.rgb, found.noise) == pytest.approx((rgb, noise), abs=1e-9)


def _margin(network: LVNet) -> Callable[[torch.Tensor, torch.Tensor], NDArray[np.float64]]:
    def margin(rgb: torch.Tensor, residual: torch.Tensor) -> NDArray[np.float64]:
        with torch.inference_mode():
            logits = network(rgb, residual).class_logits.double()
        return (logits[:, 1] - logits[:, 0]).numpy()

    return margin


def _measured(network: LVNet, crops: list[NDArray[np.uint8]]) -> tuple[NDArray[np.float64], tuple[Contributions, ...]]:
    rgb = normalize(torch.from_numpy(np.stack(crops)), (0.5,) * 3, (0.5,) * 3)
    residual = network.residual(rgb)
    margin = _margin(network)
    both = margin(rgb, residual)
    return both, ContributionMeter(margin).measure(rgb, residual, both)


def test_in_the_network_both_streams_carry_evidence_that_adds_up(make_network, crops) -> None:
    both, found = _measured(make_network(), crops)
    baseline = found[0].baseline
    assert {parts.baseline for parts in found} == {baseline}
    np.testing.assert_allclose([parts.rgb + parts.noise for parts in found], both - baseline, atol=1e-9)
    assert all(abs(parts.rgb) > 1e-3 and abs(parts.noise) > 1e-3 for parts in found)
    assert any(abs(parts.interaction) > 1e-3 for parts in found)


@pytest.mark.parametrize(("stream", "other"), [("rgb", "noise"), ("noise", "rgb")])
def test_a_stream_whose_path_is_cut_gets_nothing(make_network, crops, stream: str, other: str) -> None:
    network = make_network()
    network.get_parameter(f"{stream}.conv1.weight").zero_()
    both, found = _measured(network, crops)
    for margin, parts in zip(both, found, strict=True):
        assert abs(getattr(parts, stream)) < 1e-6
        assert abs(parts.interaction) < 1e-6
        assert getattr(parts, other) == pytest.approx(margin - parts.baseline, abs=1e-6)
    assert np.ptp([getattr(parts, other) for parts in found]) > 1e-3


def test_a_flat_gray_picture_carries_nothing(make_network) -> None:
    network = make_network()
    flat = torch.zeros(1, 3, 64, 64)
    residual = network.residual(flat)
    assert not residual.any()
    margin = _margin(network)
    (parts,) = ContributionMeter(margin).measure(flat, residual, margin(flat, residual))
    assert parts.rgb == parts.noise == parts.interaction == 0.0


def test_the_margin_of_neither_stream_is_computed_once_per_size() -> None:
    seen: list[tuple[bool, bool, int]] = []

    def margin(rgb: torch.Tensor, residual: torch.Tensor) -> NDArray[np.float64]:
        seen.append((bool(rgb.any()), bool(residual.any()), rgb.shape[-1]))
        return np.zeros(len(rgb))

    meter = ContributionMeter(margin)
    for side in (8, 8, 16, 8):
        inputs = torch.ones(2, 3, side, side)
        assert len(meter.measure(inputs, inputs, np.zeros(2))) == 2
    assert [side for has_rgb, has_noise, side in seen if not (has_rgb or has_noise)] == [8, 16]
    assert len(seen) == 4 * 2 + 2


def test_faces_that_only_fill_the_batch_are_not_reported() -> None:
    meter = ContributionMeter(lambda rgb, residual: np.arange(float(len(rgb))))
    inputs = torch.ones(4, 3, 8, 8)
    found = meter.measure(inputs, inputs, np.array([5.0, 7.0]))
    assert [parts.rgb + parts.noise for parts in found] == [5.0, 7.0]
