import time
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.typing import NDArray

from lav_gui.steps import run_to_end
from lav_gui.verdict import curve
from lav_gui.verdict.curve import curve_steps, moving_quantile_steps, sigmoid
from model_zoo.weights_record import Calibration

LEVELS = (0.5, 0.1, 0.9)

finite = st.floats(-50, 50)
steps = st.lists(st.tuples(finite, st.floats(0, 2)), min_size=1, max_size=60)


def moving_quantiles(
    values: NDArray[np.float64], seconds: NDArray[np.float64], width: float, levels: tuple[float, ...]
) -> NDArray[np.float64]:
    return run_to_end(moving_quantile_steps(values, seconds, width, levels))


def _columns(rows: list[tuple[float, float]]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    values, gaps = np.array(rows, dtype=np.float64).T
    return values, np.cumsum(gaps)


@given(steps, st.floats(0, 6))
def test_the_moving_quantiles_are_those_of_numpy_in_each_window(rows: list[tuple[float, float]], width: float) -> None:
    values, seconds = _columns(rows)
    apart = np.abs(np.subtract.outer(seconds, seconds))
    assume(not np.isclose(apart, width / 2 + 1e-9, rtol=0, atol=1e-12).any())  # there rounding decides
    found = moving_quantiles(values, seconds, width, LEVELS)
    for at in range(len(values)):
        inside = np.abs(seconds - seconds[at]) <= width / 2 + 1e-9
        np.testing.assert_allclose(found[:, at], np.quantile(values[inside], LEVELS), atol=1e-9)


@given(finite, st.lists(st.floats(0, 2), min_size=1, max_size=60), st.floats(0, 6))
def test_a_constant_curve_stays_as_it_is(value: float, gaps: list[float], width: float) -> None:
    constant = np.full(len(gaps), value)
    np.testing.assert_array_equal(moving_quantiles(constant, np.cumsum(gaps), width, LEVELS), [constant] * 3)


@given(steps, st.floats(0, 6))
def test_smoothing_commutes_with_reversing_time(rows: list[tuple[float, float]], width: float) -> None:
    values, seconds = _columns(rows)
    seconds = np.round(seconds, 3)
    there = moving_quantiles(values, seconds, width, LEVELS)
    back = moving_quantiles(values[::-1].copy(), (seconds[-1] - seconds)[::-1].copy(), width, LEVELS)
    if not np.isclose(np.abs(np.subtract.outer(seconds, seconds)), width / 2, atol=1e-6).any():
        np.testing.assert_allclose(back[:, ::-1], there, atol=1e-9)


def test_the_window_is_measured_in_seconds_not_in_frames() -> None:
    seconds = np.array([0.0, 0.1, 0.2, 5.0, 5.6])
    values = np.array([1.0, 9.0, 2.0, 100.0, 200.0])
    (median,) = moving_quantiles(values, seconds, 1.0, (0.5,))
    np.testing.assert_allclose(median, [2, 2, 2, 100, 200])


def test_a_single_outlier_is_dropped_and_a_step_is_kept() -> None:
    seconds = np.arange(60) / 30
    values = np.where(seconds < 1, -3.0, 3.0)
    values[10] = 40.0
    (median,) = moving_quantiles(values, seconds, 0.3, (0.5,))
    np.testing.assert_array_equal(median, np.where(seconds < 1, -3.0, 3.0))


@pytest.mark.parametrize(("values", "seconds"), [([np.nan, 0.0], [0.0, 1.0]), ([0.0, 0.0], [1.0, 0.0])])
def test_values_that_are_no_curve_are_refused(values: list[float], seconds: list[float]) -> None:
    with pytest.raises(ValueError, match=r"finite|decrease"):
        moving_quantiles(np.array(values), np.array(seconds), 1.0, (0.5,))


def test_a_hundred_thousand_frames_take_less_than_a_second_at_any_width() -> None:
    seconds = np.arange(100_000) / 30
    values = np.random.default_rng(0).normal(size=len(seconds))
    for width in (1.0, 60.0):
        start = time.process_time()
        moving_quantiles(values, seconds, width, LEVELS)
        assert time.process_time() - start < 1.0


@given(steps, st.floats(0, 6))
def test_narrow_windows_sorted_at_once_give_what_a_sliding_list_gives(
    rows: list[tuple[float, float]], width: float
) -> None:
    values, seconds = _columns(rows)
    at_once = moving_quantiles(values, seconds, width, LEVELS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(curve, "NARROW_POINTS", 0)
        np.testing.assert_array_equal(moving_quantiles(values, seconds, width, LEVELS), at_once)


@pytest.mark.parametrize("width", [1.0, 60.0])
def test_smoothing_a_long_curve_can_be_stopped_in_between(width: float) -> None:
    seconds = np.arange(100_000) / 30
    assert len(list(moving_quantile_steps(np.zeros(len(seconds)), seconds, width, LEVELS))) > 5


def test_the_sigmoid_is_stable_and_symmetric() -> None:
    x = np.array([-1e4, -3.0, 0.0, 3.0, 1e4])
    np.testing.assert_allclose(sigmoid(x), [0, 0.04742587, 0.5, 0.95257413, 1], atol=1e-8)
    np.testing.assert_allclose(sigmoid(x) + sigmoid(-x), 1.0)


def test_the_curve_is_made_of_calibrated_logits_and_lies_in_its_band(make_series, weights) -> None:
    series = make_series(np.random.default_rng(1).normal(size=200))
    calibrated = replace(weights, calibration=Calibration(2.0, -1.0, "test"))
    curve = run_to_end(curve_steps(series, calibrated, 1.0))
    np.testing.assert_allclose(curve.raw, calibrated.fake_prob(series.logit))
    assert np.all((curve.low <= curve.smoothed) & (curve.smoothed <= curve.high))
    assert np.all((curve.low >= 0) & (curve.high <= 1))
    assert np.ptp(curve.smoothed) < np.ptp(curve.raw)


def test_no_window_leaves_the_curve_as_it_is(make_series, weights) -> None:
    curve = run_to_end(curve_steps(make_series([-1.0, 4.0, 0.5]), weights, 0.0))
    np.testing.assert_array_equal([curve.smoothed, curve.low, curve.high], [curve.raw] * 3)


@given(st.lists(finite, min_size=2, max_size=50), st.floats(0.1, 5), st.floats(-3, 3))
def test_calibration_keeps_the_order_of_frames(logits: list[float], scale: float, offset: float) -> None:
    order = np.argsort(logits)
    calibrated = Calibration(scale, offset, "test")
    probs = sigmoid(calibrated.scale * np.array(logits) + calibrated.offset)
    assert np.all(np.diff(probs[order]) >= 0)
