import json
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model_zoo.weights_record import Calibration, Envelope, OperatingPoint, Weights


def _weights(calibration: Calibration | None) -> Weights:
    return Weights(
        name="lvnet.test",
        architecture="lvnet",
        sha256="0" * 64,
        trained=True,
        files=(Path("a.safetensors"),),
        input_size=299,
        mean=(0.5, 0.5, 0.5),
        std=(0.5, 0.5, 0.5),
        calibration=calibration,
        operating_points=(
            OperatingPoint(0.7, 0.05, (0.01, 0.12), 0.9, (0.8, 0.95)),
            OperatingPoint(0.6, 0.10, (0.04, 0.2), 0.95, (0.85, 0.99)),
        ),
        inconclusive=(0.4, 0.6),
        envelope=Envelope((60, 400), (10, 900), (0.01, 0.4), ("h264",)),
        metrics=(("video AUC", "0.90 [0.85, 0.94]"),),
        license="research only",
        source="test",
        created="2026-11-24",
    )


@pytest.mark.parametrize("calibration", [None, Calibration(0.8, -0.1, "ten videos")])
def test_a_record_survives_json(calibration: Calibration | None) -> None:
    weights = _weights(calibration)
    assert Weights.from_dict(json.loads(json.dumps(weights.to_dict()))) == weights


def test_how_they_were_trained_survives_json_and_older_cards_need_not_say_it() -> None:
    weights = replace(_weights(None), training=(("recipe", "self_blend"), ("commit", "abc")))
    assert Weights.from_dict(json.loads(json.dumps(weights.to_dict()))) == weights
    assert "training" not in _weights(None).to_dict()
    assert Weights.from_dict(_weights(None).to_dict()).training == ()


def test_the_part_of_the_map_is_kept_and_left_out_where_it_has_none() -> None:
    weights = replace(_weights(None), map_contrast=2.0)
    assert Weights.from_dict(weights.to_dict()) == weights
    assert "map_contrast" not in _weights(None).to_dict()


def test_without_calibration_the_probability_is_the_plain_sigmoid() -> None:
    assert _weights(None).fake_prob(np.array([0.0, np.log(3.0)])) == pytest.approx([0.5, 0.75])


def test_calibration_scales_and_shifts_the_logit() -> None:
    weights = _weights(Calibration(0.5, 1.0, "ten videos"))
    assert weights.calibrated(np.array([2.0])) == pytest.approx([2.0])
    assert weights.fake_prob(np.array([-2.0])) == pytest.approx([0.5])


@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=20).map(sorted))
def test_the_probability_grows_with_the_logit_and_stays_between_0_and_1(logits: list[float]) -> None:
    probabilities = _weights(Calibration(0.7, 0.2, "x")).fake_prob(np.array(logits))
    assert np.all(np.diff(probabilities) >= 0)
    assert np.all((probabilities >= 0) & (probabilities <= 1))


def test_the_rate_that_was_asked_for_survives_json_and_older_cards_need_not_say_it() -> None:
    old, point = _weights(None), OperatingPoint(0.7, 0.12, (0.01, 0.2), 0.9, (0.8, 0.95), asked_rate=0.05)
    new = replace(old, operating_points=(point,))
    assert Weights.from_dict(json.loads(json.dumps(new.to_dict()))) == new
    assert "asked_rate" not in old.to_dict()["operating_points"][0]


def test_a_point_is_chosen_by_the_rate_it_was_set_for_where_that_is_known() -> None:
    strict = OperatingPoint(0.9, 0.05, (0.0, 0.2), 0.5, (0.3, 0.7), asked_rate=0.01)
    loose = OperatingPoint(0.7, 0.12, (0.0, 0.3), 0.9, (0.8, 1.0), asked_rate=0.05)
    assert replace(_weights(None), operating_points=(strict, loose)).operating_point(0.05) == loose


@pytest.mark.parametrize(
    ("seen", "held"),
    [
        ((60.0, 10.0, 0.01, "h264"), True),
        ((400.0, 900.0, 0.4, "h264"), True),
        ((math.nan, math.nan, math.nan, "h264"), True),
        ((59.9, 100.0, 0.1, "h264"), False),
        ((100.0, 9.9, 0.1, "h264"), False),
        ((100.0, 100.0, 0.41, "h264"), False),
        ((100.0, 100.0, 0.1, "vp9"), False),
    ],
)
def test_tested_conditions_hold_up_to_their_ends_and_what_is_not_known_lies_not_outside(
    seen: tuple[float, float, float, str], held: bool
) -> None:
    assert Envelope((60, 400), (10, 900), (0.01, 0.4), ("h264",)).holds(*seen) is held


def test_the_nearest_operating_point_is_taken() -> None:
    point = _weights(None).operating_point(0.01)
    assert point is not None
    assert point.threshold == 0.7
