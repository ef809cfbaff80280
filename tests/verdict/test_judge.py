from dataclasses import replace

import numpy as np
import pytest

from lav_gui.records import Verdict, VerdictState
from lav_gui.settings import AnalysisSettings
from lav_gui.steps import run_to_end
from lav_gui.verdict.edits import EditKind, TrackEdit
from lav_gui.verdict.judge import judge, judge_steps
from model_zoo.weights_record import OperatingPoint

SETTINGS = AnalysisSettings()
FAKE, REAL = VerdictState.LIKELY_FAKE, VerdictState.LIKELY_REAL
UNSURE, OUT = VerdictState.INCONCLUSIVE, VerdictState.OUT_OF_SCOPE


def _codes(verdict: Verdict) -> list[str]:
    return [reason.code for reason in verdict.reasons]


@pytest.fixture
def noise() -> np.ndarray:
    return np.random.default_rng(0).normal(size=300) * 0.5


def test_a_face_well_above_the_threshold_is_likely_fake(make_series, weights, media, noise) -> None:
    verdict = judge([make_series(noise + 3), make_series(noise - 4, 2)], weights, SETTINGS, media, 300)
    assert (verdict.state, _codes(verdict)) == (FAKE, ["at_or_above_threshold"])
    assert verdict.fake_prob == verdict.tracks[0].fake_prob == pytest.approx(0.95, abs=0.01)
    assert verdict.interval == verdict.tracks[0].interval
    assert (verdict.threshold, verdict.false_positive_rate) == (0.6, 0.05)
    assert "in testing, 5 % of the real videos reached it" in verdict.reasons[0].text


def test_judging_step_by_step_gives_the_very_same_and_can_be_stopped(make_series, weights, media, noise) -> None:
    facts = ([make_series(noise + 3), make_series(noise - 4, 2)], weights, SETTINGS, media, 300)
    found, at_once = run_to_end(judge_steps(*facts)), judge(*facts)
    assert (found.state, found.reasons, found.interval) == (at_once.state, at_once.reasons, at_once.interval)
    assert found.tracks[0].smoothed.tobytes() == at_once.tracks[0].smoothed.tobytes()
    assert len(list(judge_steps(*facts))) >= 4


def test_an_operating_point_that_was_chosen_after_the_run_is_told(make_series, weights, media, noise) -> None:
    facts = ([make_series(noise + 3)], weights, replace(SETTINGS, false_positive_rate=0.04), media, 300)
    assert "chosen_after_the_run" not in _codes(judge(*facts))
    assert "chosen_after_the_run" not in _codes(judge(*facts, run_rate=0.04))
    told = judge(*facts, run_rate=0.05).reasons[-1].text
    assert told.endswith("a false-positive rate of 4 % instead of the run's own, 5 %.")


def test_faces_well_below_the_threshold_are_likely_real(make_series, weights, media, noise) -> None:
    verdict = judge([make_series(noise - 3), make_series(noise - 4, 2)], weights, SETTINGS, media, 300)
    assert (verdict.state, _codes(verdict)) == (REAL, ["below_threshold", "absence_is_no_proof"])
    assert verdict.fake_prob == verdict.tracks[0].fake_prob


def test_a_short_high_span_in_a_low_face_is_pointed_out(make_series, weights, media, noise) -> None:
    logits = noise - 5
    logits[100:130] += 9
    verdict = judge([make_series(logits)], weights, SETTINGS, media, 300)
    assert (verdict.state, _codes(verdict)) == (REAL, ["below_threshold", "high_spans_remain", "absence_is_no_proof"])
    assert verdict.reasons[1].text.startswith("Spans in which a face stays high: 1.")


def test_an_interval_on_both_sides_of_the_threshold_is_inconclusive(make_series, weights, media) -> None:
    wavering = np.repeat([3.0, -3.0, 3.0, -3.0, 2.0], 60)
    verdict = judge([make_series(wavering)], weights, SETTINGS, media, 300)
    assert (verdict.state, _codes(verdict)) == (UNSURE, ["interval_straddles"])


def test_a_score_in_the_band_of_indecision_is_inconclusive(make_series, weights, media, noise) -> None:
    banded = replace(weights, inconclusive=(0.4, 0.97))
    verdict = judge([make_series(noise + 3)], banded, SETTINGS, media, 300)
    assert (verdict.state, _codes(verdict)) == (UNSURE, ["inconclusive_band"])


def test_one_clear_face_is_enough_even_below_a_wavering_one(make_series, weights, media, noise) -> None:
    wavering = make_series(np.repeat([20.0, -8.0, 20.0, -8.0, 2.0], 60), 2)
    verdict = judge([make_series(noise + 3), wavering], weights, SETTINGS, media, 300)
    assert verdict.state is FAKE
    assert dict(verdict.reasons[0].values)["track"] == "1"
    assert verdict.fake_prob == verdict.tracks[1].fake_prob


def test_a_wavering_low_face_keeps_a_video_from_being_likely_real(make_series, weights, media, noise) -> None:
    wavering = make_series(np.repeat([6.0, -9.0, 6.0, -9.0, -9.0], 60), 2)
    verdict = judge([make_series(noise - 1.5), wavering], weights, SETTINGS, media, 300)
    assert (verdict.state, _codes(verdict)) == (UNSURE, ["interval_straddles"])
    assert dict(verdict.reasons[0].values)["track"] == "2"


def test_untrained_weights_give_no_verdict_but_their_numbers(make_series, untrained, media, noise) -> None:
    verdict = judge([make_series(noise + 3)], untrained, SETTINGS, media, 300)
    assert (verdict.state, _codes(verdict)) == (OUT, ["untrained"])
    assert verdict.fake_prob is not None
    assert (verdict.threshold, verdict.false_positive_rate) == (0.5, None)


@pytest.mark.parametrize(
    ("lacking", "code"),
    [
        ({"calibration": None}, "uncalibrated"),
        ({"operating_points": ()}, "no_operating_point"),
        ({"envelope": None}, "no_envelope"),
    ],
)
def test_weights_that_lack_a_ground_give_no_verdict(make_series, weights, media, noise, lacking, code) -> None:
    verdict = judge([make_series(noise + 3)], replace(weights, **lacking), SETTINGS, media, 300)
    assert (verdict.state, _codes(verdict)) == (OUT, [code])
    assert "lvnet.test" in verdict.reasons[0].text


def test_a_video_without_a_face_has_no_probability(weights, media) -> None:
    verdict = judge([], weights, SETTINGS, media, 240)
    assert (verdict.state, verdict.fake_prob, verdict.interval) == (OUT, None, None)
    assert [reason.text for reason in verdict.reasons] == ["No face was found in any of the 240 analyzed frames."]


def test_no_frame_and_no_face_left_are_told_apart_from_no_face(make_series, weights, media) -> None:
    assert _codes(judge([], weights, SETTINGS, media, 0)) == ["no_frame"]
    left_out = judge([make_series([0.0] * 9)], weights, SETTINGS, media, 9, edits=[TrackEdit(EditKind.EXCLUDE, 1)])
    assert (left_out.state, _codes(left_out)) == (OUT, ["all_left_out"])


@pytest.mark.parametrize(
    ("facts", "columns", "text"),
    [
        ({"codec": "vp9"}, {}, "The video is coded as vp9, which was not tested."),
        ({"bit_rate": 20_000_000}, {}, "The video has 2.89 bits per pixel, outside the tested 0.01 to 1."),
        ({}, {"face_px": np.full(300, 31.2)}, "Face 1 measures 31.2 px, outside the tested 60 to 500 px."),
        ({}, {"sharpness": np.full(300, 5.0)}, "The sharpness of face 1 is 5, outside the tested 20 to 3000."),
    ],
)
def test_outside_the_envelope_the_check_is_named(make_series, weights, media, noise, facts, columns, text) -> None:
    verdict = judge([make_series(noise + 3, **columns)], weights, SETTINGS, replace(media, **facts), 300)
    assert verdict.state is OUT
    assert [reason.text for reason in verdict.reasons] == [text]


def test_high_dynamic_range_is_out_of_scope(make_series, weights, media, noise) -> None:
    hdr = replace(media, color=replace(media.color, high_dynamic_range=True))
    verdict = judge([make_series(noise + 3)], weights, SETTINGS, hdr, 300)
    assert (verdict.state, _codes(verdict)) == (OUT, ["high_dynamic_range"])


def test_a_still_image_is_too_short_to_be_judged(make_series, weights, media) -> None:
    verdict = judge([make_series([4.0])], weights, SETTINGS, media, 1)
    assert (verdict.state, _codes(verdict)) == (UNSURE, ["too_short"])
    assert verdict.interval == (0.0, 1.0)


def test_a_flash_of_a_false_face_changes_nothing(make_series, weights, media, noise) -> None:
    calm = judge([make_series(noise - 3)], weights, SETTINGS, media, 300)
    with_flash = judge([make_series(noise - 3), make_series([9.0], 2)], weights, SETTINGS, media, 300)
    assert (with_flash.state, with_flash.fake_prob) == (calm.state, calm.fake_prob)


def test_an_operating_point_far_from_the_wanted_one_is_pointed_out(make_series, weights, media, noise) -> None:
    strict = replace(weights, operating_points=(OperatingPoint(0.6, 0.2, (0.1, 0.3), 0.9, (0.8, 1.0)),))
    verdict = judge([make_series(noise + 3)], strict, SETTINGS, media, 300)
    assert verdict.reasons[-1].text == (
        "A false-positive rate of 5 % was asked for; the nearest that the weights state is 20 %."
    )


def test_a_measured_rate_far_from_the_one_that_was_asked_for_is_pointed_out(make_series, weights, media, noise) -> None:
    point = OperatingPoint(0.6, 0.12, (0.05, 0.2), 0.9, (0.8, 1.0), asked_rate=0.05)
    verdict = judge(
        [make_series(noise + 3)], replace(weights, operating_points=(point,)), SETTINGS, media, 300
    )  # fmt: skip
    assert verdict.false_positive_rate == 0.12
    assert [reason.text for reason in verdict.reasons if "false-positive rate" in reason.text] == [
        "The threshold was set for a false-positive rate of 5 %; in testing, 12 % of the real videos reached it."
    ]
    near = replace(point, false_positive_rate=0.075)
    told = judge([make_series(noise + 3)], replace(weights, operating_points=(near,)), SETTINGS, media, 300)
    assert "measured_rate" not in _codes(told)


def test_the_order_of_tracks_does_not_matter(make_series, weights, media, noise) -> None:
    tracks = [make_series(noise + level, track_id) for track_id, level in enumerate((-3.0, 0.4, 2.0), 1)]
    one, other = (judge(order, weights, SETTINGS, media, 300) for order in (tracks, tracks[::-1]))
    assert (one.state, one.fake_prob, one.reasons, one.speaks_for) == (
        other.state,
        other.fake_prob,
        other.reasons,
        other.speaks_for,
    )


def test_no_verdict_says_that_a_face_is_fake_or_real(make_series, weights, untrained, media, noise) -> None:
    for used in (weights, untrained):
        for level in (-3.0, 0.4, 3.0):
            verdict = judge([make_series(noise + level)], used, SETTINGS, media, 300)
            lists = (verdict.reasons, verdict.speaks_for, verdict.speaks_against, verdict.not_judged)
            text = " ".join(reason.text for reasons in lists for reason in reasons)
            assert "is fake" not in text
            assert "is real" not in text
