"""What each setting costs, in one line."""

from dataclasses import replace

from lav_gui.settings import AnalysisSettings, ColorPolicy, Sampling
from lav_gui.ui import costs
from lav_gui.ui.pace import Pace
from lav_gui.ui.viewmodels.choices import Estimate
from lav_gui.ui.viewmodels.preferences import Effect
from model_zoo.registry import UNTRAINED
from model_zoo.weights_record import Weights

GUESS, MEASURED = Pace(1.2, ""), Pace(0.25, "Intel CPU")


def test_time_is_told_from_the_measured_pace(trained_weights: Weights) -> None:
    assert "Not measured" in costs.device_cost(GUESS)
    assert "250 ms per frame in the last analysis (Intel CPU)" in costs.device_cost(MEASURED)
    estimate = Estimate(28, 7.0, "Intel CPU", Sampling.parse("every:2"))
    assert costs.sampling_cost(estimate, MEASURED).startswith("28 frames of this video, about 7 s")
    assert "250 ms" in costs.sampling_cost(None, MEASURED)
    assert "pace of the last analysis here" in costs.estimate_words(estimate)
    assert "a guess" in costs.estimate_words(replace(estimate, measured_on=""))
    assert costs.estimate_words(None) == ""


def test_streams_cost_what_their_passes_cost() -> None:
    assert "× 1.75" in costs.streams_cost(AnalysisSettings(contributions_every=4))
    assert "× 4" in costs.streams_cost(AnalysisSettings(contributions_every=1))
    assert costs.streams_cost(AnalysisSettings(contributions_every=0)).startswith("No extra time")


def test_the_tested_range_of_faces_is_told(trained_weights: Weights) -> None:
    assert "tested on 40 to 800 px" in costs.face_cost(trained_weights)
    assert "tested" not in costs.face_cost(UNTRAINED)


def test_an_operating_point_is_told_as_what_it_means_for_real_videos(trained_weights: Weights) -> None:
    (point,) = trained_weights.operating_points
    assert costs.point_words(point) == "Set for 5 % false alarms: real videos that reach the threshold"
    assert "and 90 % of manipulated ones (from 80 %)" in costs.point_detail(point)
    reached = f"of real videos reached the threshold {point.threshold:.2f} (95 % interval up to 10 %)"
    assert reached in costs.point_detail(point)


def test_weights_without_thresholds_say_why(trained_weights: Weights) -> None:
    assert "not calibrated" in costs.no_points_words(UNTRAINED)
    assert "not calibrated" in costs.no_points_words(replace(trained_weights, calibration=None))
    assert "state no threshold" in costs.no_points_words(replace(trained_weights, operating_points=()))
    assert "not registered" in costs.no_points_words(None)


def test_models_say_what_they_can(trained_weights: Weights) -> None:
    assert "UNTRAINED" in costs.model_cost(UNTRAINED)
    assert "1 measured" in costs.model_cost(trained_weights)
    assert "Not calibrated" in costs.model_cost(replace(trained_weights, calibration=None))
    assert "not registered" in costs.model_cost(None)


def test_rules_and_detectors_say_what_they_change() -> None:
    assert "obeyed" in costs.color_cost(AnalysisSettings())
    assert "Overrides" in costs.color_cost(AnalysisSettings(color=ColorPolicy.BT601))
    assert costs.detector_cost(AnalysisSettings()) != costs.detector_cost(AnalysisSettings(detector="yunet"))


def test_the_cache_is_told_in_frames_of_this_video() -> None:
    assert "about 82 frames" in costs.cache_cost(512, 1920 * 1080 * 3)
    assert "frames of this video" not in costs.cache_cost(512, None)


def test_every_effect_has_its_sentence() -> None:
    assert costs.effect_words(frozenset()) == ""
    for effect in Effect:
        assert costs.effect_words(frozenset({effect})).endswith(".")
    assert "at once" in costs.effect_words(frozenset(Effect))
