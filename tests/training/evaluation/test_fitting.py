import math
from dataclasses import replace

import numpy as np
import pytest

from lav_gui.errors import TrainingError
from lav_gui.training.evaluation.fitting import CalibrationSettings, fit, settings_of, threshold_at
from model_zoo.weights_record import Calibration, OperatingPoint, Weights

PLATT, TEMPERATURE = CalibrationSettings(), CalibrationSettings(method="temperature")


def _drawn(count: int, scale: float, offset: float) -> tuple[np.ndarray, np.ndarray]:
    """Labels whose true logit is scale * logit + offset."""
    rng = np.random.default_rng(0)
    logits = rng.normal(0, 2, count)
    probabilities = 1 / (1 + np.exp(-(scale * logits + offset)))
    return (rng.random(count) < probabilities).astype(np.int64), logits


def test_the_scale_and_offset_that_made_the_labels_are_found() -> None:
    labels, logits = _drawn(20000, 1.5, -1.0)
    scale, offset = fit(labels, logits, replace(PLATT, balanced=False))
    assert scale == pytest.approx(1.5, rel=0.05)
    assert offset == pytest.approx(-1.0, rel=0.08)


def test_a_temperature_has_no_offset() -> None:
    labels, logits = _drawn(20000, 0.5, 0.0)
    scale, offset = fit(labels, logits, replace(TEMPERATURE, balanced=False))
    assert scale == pytest.approx(0.5, rel=0.05)
    assert offset == 0.0


def test_with_balanced_classes_the_share_of_fakes_does_not_move_the_answer() -> None:
    rng = np.random.default_rng(1)
    reals, fakes = rng.normal(-1, 1, 4000), rng.normal(1, 1, 4000)
    labels = np.repeat([0, 1], 4000)
    even = fit(labels, np.concatenate([reals, fakes]), PLATT)
    rare = fit(labels[:4400], np.concatenate([reals, fakes[:400]]), PLATT)
    assert even == pytest.approx((2.0, 0.0), abs=0.1)
    assert rare == pytest.approx(even, abs=0.2)


@pytest.mark.parametrize("settings", [PLATT, TEMPERATURE])
def test_classes_that_do_not_overlap_do_not_make_the_scale_infinite(settings: CalibrationSettings) -> None:
    labels, logits = np.repeat([0, 1], 10), np.concatenate([np.linspace(-3, -1, 10), np.linspace(1, 3, 10)])
    scale, offset = fit(labels, logits, settings)
    most = scale * 3 + offset
    assert 0.8 < 1 / (1 + math.exp(-most)) < 0.999


def test_the_answer_does_not_depend_on_the_unit_of_the_logits() -> None:
    labels, logits = _drawn(500, 1.0, 0.5)
    scale, offset = fit(labels, logits, PLATT)
    large_scale, large_offset = fit(labels, 1000 * logits, PLATT)
    assert large_scale * 1000 == pytest.approx(scale, rel=1e-3)
    assert large_offset == pytest.approx(offset, rel=1e-2)


def test_scores_that_do_not_rank_are_refused() -> None:
    with pytest.raises(TrainingError, match="do not score fakes above reals"):
        fit(np.array([0, 1]), np.array([1.0, 0.0]), PLATT)


def test_one_class_is_refused() -> None:
    with pytest.raises(TrainingError, match="there is no real"):
        fit(np.array([1, 1]), np.array([1.0, 0.0]), PLATT)


@pytest.mark.parametrize(("rate", "wanted"), [(0.25, 2.5), (0.5, 1.5), (0.3, 2.5)])
def test_the_threshold_lies_halfway_above_the_reals_that_must_stay_below(rate: float, wanted: float) -> None:
    labels, logits = np.array([0, 0, 0, 0, 1]), np.array([0.0, 1.0, 2.0, 3.0, 9.0])
    assert threshold_at(labels, logits, rate) == wanted


def test_where_no_real_may_be_called_fake_the_threshold_lies_below_the_next_fake() -> None:
    assert threshold_at(np.array([0, 0, 1]), np.array([0.0, 1.0, 2.0]), 0.1) == 1.5
    assert threshold_at(np.array([0, 0]), np.array([0.0, 1.0]), 0.1) == np.nextafter(1.0, 2.0)


def test_equal_reals_never_push_the_rate_above_what_is_asked() -> None:
    labels, logits = np.zeros(10, np.int64), np.array([0.0] * 7 + [5.0] * 3)
    assert np.mean(logits >= threshold_at(labels, logits, 0.2)) == 0.0
    assert np.mean(logits >= threshold_at(labels, logits, 0.3)) == 0.3


@pytest.mark.parametrize("values", [
    {"method": "isotonic"}, {"rates": ()}, {"misses": 0.0}, {"band_rate": 1.0},
    {"least_sharpness": -1.0}, {"least_face_px": float("nan")},
])  # fmt: skip
def test_what_makes_no_sense_is_refused(values: dict[str, object]) -> None:
    with pytest.raises(TrainingError):
        CalibrationSettings(**values)  # type: ignore[arg-type]


@pytest.mark.parametrize("method", ["platt", "temperature"])
@pytest.mark.parametrize("balanced", [True, False])
@pytest.mark.parametrize("least", [(0.0, 0.0), (27.5, 0.0), (0.0, 80.0), (1e-5, 1e6), (30.1234567, 0.1 + 0.2)])
def test_how_weights_were_calibrated_is_read_back_from_their_card(
    weights: Weights, method: str, balanced: bool, least: tuple[float, float]
) -> None:
    settings = CalibrationSettings(method, balanced, (0.2,), least_sharpness=least[0], least_face_px=least[1])
    point = OperatingPoint(0.6, 0.31, (0.1, 0.5), 0.9, (0.8, 1.0), asked_rate=0.2)
    source = f"set A; 20 fake and 20 real videos, {settings.way}; error rates cross-fitted"
    ready = replace(weights, calibration=Calibration(1.0, 0.0, source), operating_points=(point,))
    assert settings_of(ready) == settings


def test_where_a_card_tells_nothing_the_usual_settings_stand(weights: Weights) -> None:
    assert settings_of(weights) == CalibrationSettings()
    point = OperatingPoint(0.6, 0.05, (0.0, 0.1), 0.9, (0.8, 1.0))
    assert settings_of(replace(weights, operating_points=(point,))).rates == (0.05,)
