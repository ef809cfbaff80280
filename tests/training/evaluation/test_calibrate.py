import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from lav_gui.errors import TrainingError
from lav_gui.steps import run_to_end
from lav_gui.training.evaluation import stand_ins
from lav_gui.training.evaluation.calibrate import (
    calibrate,
    calibrate_on,
    envelope_of,
    measure_point,
    save_calibrated,
)
from lav_gui.training.evaluation.cross_fit import CrossFit, cross_fit
from lav_gui.training.evaluation.exposure import CALIBRATED, SetUse, exposures
from lav_gui.training.evaluation.fitting import CalibrationSettings, settings_of, threshold_at
from lav_gui.training.evaluation.intervals import clopper_pearson
from lav_gui.training.evaluation.scoring import ScoringSettings
from lav_gui.training.evaluation.stand_ins import Scorers
from lav_gui.training.evaluation.videos import VideoScore, labels_of, logits_of
from lav_gui.training.sets.store import PreparedSet
from model_zoo import registry
from model_zoo.weights_record import Weights

VideoMaker = Callable[..., VideoScore]
HERE = SetUse("set A", "a" * 64, "", "val")
PLATT = CalibrationSettings()


def test_both_rates_of_a_point_are_measured_with_exact_intervals() -> None:
    point = measure_point(np.array([0, 0, 1, 1]), np.array([False, True, True, True]), 0.6, 0.4)
    assert (point.threshold, point.asked_rate) == (0.6, 0.4)
    assert (point.false_positive_rate, point.true_positive_rate) == (0.5, 1.0)
    assert point.false_positive_interval == clopper_pearson(1, 2)
    assert point.true_positive_interval == clopper_pearson(2, 2)


def _videos(make_video: VideoMaker, reals: int, fakes: int) -> list[VideoScore]:
    return [make_video(f"r{i}", 0, -2 + 3 * i / reals) for i in range(reals)] + [
        make_video(f"f{i}", 1, -0.5 + 3 * i / fakes) for i in range(fakes)
    ]


def test_a_rate_that_the_reals_do_not_bear_is_refused_in_words(weights: Weights, make_video: VideoMaker) -> None:
    found = calibrate_on(Scorers(weights), _videos(make_video, 25, 30), [HERE], PLATT)
    assert found.refused == (
        "No operating point at 1 % false positives: that takes at least 100 real videos, and there are 25.",
    )
    assert [point.asked_rate for point in found.weights.operating_points] == [0.05, 0.10]
    assert (found.reals, found.fakes) == (25, 30)


def test_exactly_enough_reals_bear_a_rate(weights: Weights, make_video: VideoMaker) -> None:
    settings = CalibrationSettings(rates=(0.05,))
    assert calibrate_on(Scorers(weights), _videos(make_video, 20, 20), [HERE], settings).refused == ()
    assert calibrate_on(Scorers(weights), _videos(make_video, 19, 20), [HERE], settings).weights.operating_points == ()


def test_the_band_runs_from_the_fakes_that_may_be_missed_to_the_threshold(
    weights: Weights, make_video: VideoMaker
) -> None:
    videos = _videos(make_video, 40, 20)
    ready = calibrate_on(Scorers(weights), videos, [HERE], PLATT).weights
    assert ready.inconclusive is not None
    low, high = ready.inconclusive
    probabilities = ready.fake_prob(np.array([video.logit for video in videos if video.label]))
    assert np.sum(probabilities < low) == 2
    assert high == ready.operating_points[0].threshold


def _in_sample(weights: Weights, videos: list[VideoScore], threshold: float) -> float:
    return float(np.mean([weights.fake_prob(np.array(v.logit)) >= threshold for v in videos if v.label == 0]))


def test_thresholds_are_those_of_all_videos_and_rates_are_cross_fitted(
    weights: Weights, make_video: VideoMaker
) -> None:
    videos = _videos(make_video, 25, 30)
    found = calibrate_on(Scorers(weights), videos, [HERE], PLATT).weights
    loose = found.operating_point(0.10)
    assert loose is not None
    reals = labels_of(videos) == 0
    threshold = threshold_at(labels_of(videos), logits_of(videos), 0.10)
    assert loose.threshold == found.fake_prob(np.array(threshold))
    crossed = cross_fit(labels_of(videos), logits_of(videos), [video.group for video in videos], PLATT)
    assert isinstance(crossed, CrossFit)
    assert loose.false_positive_rate == crossed.called[2, reals].mean()
    assert loose.false_positive_interval == clopper_pearson(int(crossed.called[2, reals].sum()), 25)
    assert loose.true_positive_rate == crossed.called[2, ~reals].mean()
    assert loose.false_positive_rate > _in_sample(found, videos, loose.threshold) == 2 / 25


def test_with_too_few_people_rates_are_those_of_the_same_videos_and_it_is_told(
    weights: Weights, make_video: VideoMaker
) -> None:
    videos = [replace(video, group="one") for video in _videos(make_video, 25, 30)]
    found = calibrate_on(Scorers(weights), videos, [HERE], PLATT)
    assert [point.false_positive_rate for point in found.weights.operating_points] == [1 / 25, 2 / 25]
    assert found.weights.calibration is not None
    assert found.weights.calibration.source.endswith("; error rates are those of the videos that set the thresholds")
    assert found.notes == (
        "The error rates are those of the very videos that set the thresholds, likely better than on others: their"
        " reals are of 1 group of people, and cross-fitting takes 3 at least.",
    )


def test_rates_with_one_threshold_make_one_point_that_stands_for_the_lowest(
    weights: Weights, make_video: VideoMaker
) -> None:
    settings = CalibrationSettings(rates=(0.09, 0.05, 0.06))
    points = calibrate_on(Scorers(weights), _videos(make_video, 20, 20), [HERE], settings).weights.operating_points
    assert [point.asked_rate for point in points] == [0.05]


def test_the_band_ends_at_the_point_that_was_set_for_its_rate_whatever_was_measured(
    weights: Weights, make_video: VideoMaker
) -> None:
    settings = CalibrationSettings(rates=(0.05, 0.10), band_rate=0.10)
    ready = calibrate_on(Scorers(weights), _videos(make_video, 40, 20), [HERE], settings).weights
    assert ready.inconclusive is not None
    assert ready.inconclusive[1] == ready.operating_points[1].threshold


def test_where_the_classes_do_not_overlap_there_is_no_band(weights: Weights, make_video: VideoMaker) -> None:
    videos = [make_video(f"{label}{i}", label, 4.0 * label + i / 100) for i in range(30) for label in (0, 1)]
    assert calibrate_on(Scorers(weights), videos, [HERE], PLATT).weights.inconclusive is None


def test_the_card_names_the_videos_of_the_calibration(weights: Weights, make_video: VideoMaker) -> None:
    calibration = calibrate_on(Scorers(weights), _videos(make_video, 20, 22), [HERE], PLATT).weights.calibration
    assert calibration is not None
    assert calibration.source == (
        f"{HERE.told()}; 22 fake and 20 real videos, platt, both classes weighing the same;"
        " error rates cross-fitted over 10 folds of people"
    )


def test_videos_below_the_least_conditions_do_not_count_and_it_is_told(
    weights: Weights, make_video: VideoMaker
) -> None:
    videos = _videos(make_video, 20, 22)
    soft = [make_video("soft", 0, 40.0, sharpness=29.9), make_video("blurred", 1, -40.0, sharpness=5.0)]
    small = make_video("small", 1, -40.0, face_px=39.0)
    settings = CalibrationSettings(least_sharpness=30.0, least_face_px=40.0)
    found = calibrate_on(Scorers(weights), [*soft, *videos, small], [HERE], settings)
    plain = calibrate_on(Scorers(weights), videos, [HERE], PLATT)
    assert (found.reals, found.fakes) == (20, 22)
    told, without = found.weights.calibration, plain.weights.calibration
    assert told is not None
    assert without is not None
    assert (told.scale, told.offset) == (without.scale, without.offset)
    assert found.weights.operating_points == plain.weights.operating_points
    assert found.weights.envelope == plain.weights.envelope
    assert told.source == (
        f"{HERE.told()}; 22 fake and 20 real videos, platt, both classes weighing the same, of videos with a sharpness"
        " of at least 30 and faces of at least 40 px; error rates cross-fitted over 10 folds of people;"
        " 2 fake and 1 real videos below these limits left out (AUC 0.00)"
    )
    assert settings_of(found.weights) == replace(settings, rates=(0.05, 0.10))


def test_figures_of_an_earlier_calibration_are_taken_out_of_the_card(weights: Weights, make_video: VideoMaker) -> None:
    videos = _videos(make_video, 20, 20)
    assert calibrate_on(Scorers(weights), videos, [HERE], PLATT).notes == ()
    found = calibrate_on(Scorers(replace(weights, metrics=(("video Brier", "0.1"),))), videos, [HERE], PLATT)
    assert found.weights.metrics == ()
    assert "taken out; run lav evaluate again" in found.notes[0]


def test_a_calibration_on_videos_that_were_trained_on_says_so(weights: Weights, make_video: VideoMaker) -> None:
    seen = replace(weights, training=(("data (train)", HERE.told()),))
    found = calibrate_on(Scorers(seen), _videos(make_video, 20, 20), [HERE], PLATT)
    assert "were trained on" in found.notes[0]
    assert found.weights.calibration is not None
    assert found.weights.calibration.source.endswith("; these videos were trained on")


def test_the_envelope_is_what_was_seen_and_pictures_do_not_count(make_video: VideoMaker) -> None:
    videos = [make_video("a", 0, 0.0, face_px=50.0, bits_per_pixel=0.05), make_video("b", 0, 0.0, codec="hevc")]
    still = make_video("c", 0, 0.0, face_px=900.0, codec="png", bits_per_pixel=math.nan)
    envelope = envelope_of([*videos, still])
    assert envelope.face_px == (50.0, 120.0)
    assert envelope.bits_per_pixel == (0.05, 0.1)
    assert envelope.codecs == ("h264", "hevc")
    with pytest.raises(TrainingError, match="calibrate on videos"):
        envelope_of([still])


def test_of_many_videos_the_least_does_not_bound_the_envelope_but_the_greatest_does(make_video: VideoMaker) -> None:
    videos = [make_video(str(i), 0, 0.0, face_px=float(i), bits_per_pixel=i / 100) for i in range(101)]
    envelope = envelope_of(videos)
    assert envelope.face_px == pytest.approx((2.5, 100.0))
    assert envelope.bits_per_pixel == pytest.approx((0.025, 1.0))
    assert envelope_of(videos[:39]).face_px == (0.0, 38.0)


def test_a_prepared_set_is_scored_and_calibrated_on(
    prepared: PreparedSet, weights: Weights, brightness_runner: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stand_ins, "open_runner", lambda *_: brightness_runner)
    settings = CalibrationSettings(rates=(0.25,))
    found = run_to_end(calibrate(Scorers(weights), [prepared], ScoringSettings(device="cpu"), settings))
    calibration = found.weights.calibration
    assert calibration is not None
    assert calibration.source.startswith("four people, split test, SHA-256 of its index ")
    assert found.weights.operating_points[0].true_positive_rate == 1.0
    assert (found.reals, found.fakes) == (4, 4)


def test_several_sets_are_calibrated_on_together(
    prepared: PreparedSet,
    make_prepared: Callable[[Path], PreparedSet],
    tmp_path: Path,
    weights: Weights,
    brightness_runner: object,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(stand_ins, "open_runner", lambda *_: brightness_runner)
    settings, scoring = CalibrationSettings(rates=(0.25,)), ScoringSettings(device="cpu")
    second = make_prepared(tmp_path / "second")
    found = run_to_end(calibrate(Scorers(weights), [prepared, second], scoring, settings))
    assert (found.reals, found.fakes) == (8, 8)
    for one in (prepared, second):
        assert CALIBRATED in exposures(found.weights, SetUse.of(one.card, "test"))
    with pytest.raises(TrainingError, match="no face in the split 'val'"):
        run_to_end(calibrate(Scorers(weights), [prepared, second], ScoringSettings(split="val"), settings))


def test_the_card_beside_the_shards_is_written_anew(weights: Weights, make_video: VideoMaker, tmp_path: Path) -> None:
    shard = tmp_path / "lvnet.narrow-1-of-1.safetensors"
    shard.write_bytes(b"tensors")
    found = calibrate_on(Scorers(replace(weights, files=(shard,))), _videos(make_video, 20, 20), [HERE], PLATT)
    card = save_calibrated(found)
    assert card == tmp_path / "lvnet.narrow.json"
    assert registry.read_card(card, tmp_path) == found.weights


def test_weights_without_files_have_no_card_to_write(weights: Weights, make_video: VideoMaker) -> None:
    found = calibrate_on(Scorers(weights), _videos(make_video, 20, 20), [HERE], PLATT)
    with pytest.raises(TrainingError, match="no files of its own"):
        save_calibrated(found)
    with pytest.raises(TrainingError, match="cannot name weights"):
        save_calibrated(replace(found, weights=replace(found.weights, name="X", files=(Path("/nowhere/x"),))))


def test_an_empty_split_is_refused(prepared: PreparedSet, weights: Weights) -> None:
    with pytest.raises(TrainingError, match="no face in the split 'train'"):
        run_to_end(calibrate(Scorers(weights), [prepared], ScoringSettings(split="train"), PLATT))
