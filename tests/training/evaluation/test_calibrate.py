import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from lav_gui.errors import TrainingError
from lav_gui.steps import run_to_end
from lav_gui.training.evaluation import calibrate as calibrate_module
from lav_gui.training.evaluation.calibrate import (
    CalibrationSettings,
    calibrate,
    calibrate_on,
    envelope_of,
    fit,
    measure_point,
    save_calibrated,
    threshold_at,
)
from lav_gui.training.evaluation.exposure import SetUse
from lav_gui.training.evaluation.intervals import clopper_pearson
from lav_gui.training.evaluation.scoring import ScoringSettings
from lav_gui.training.evaluation.videos import VideoScore
from lav_gui.training.sets.store import PreparedSet
from model_zoo import registry
from model_zoo.weights_record import Weights

VideoMaker = Callable[..., VideoScore]
HERE = SetUse("set A", "a" * 64, "", "val")
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


def test_both_rates_of_a_point_are_measured_with_exact_intervals() -> None:
    point = measure_point(np.array([0, 0, 1, 1]), np.array([0.1, 0.6, 0.6, 0.9]), 0.6)
    assert (point.false_positive_rate, point.true_positive_rate) == (0.5, 1.0)
    assert point.false_positive_interval == clopper_pearson(1, 2)
    assert point.true_positive_interval == clopper_pearson(2, 2)


def _videos(make_video: VideoMaker, reals: int, fakes: int) -> list[VideoScore]:
    return [make_video(f"r{i}", 0, -2 + 3 * i / reals) for i in range(reals)] + [
        make_video(f"f{i}", 1, -0.5 + 3 * i / fakes) for i in range(fakes)
    ]


def test_a_rate_that_the_reals_do_not_bear_is_refused_in_words(weights: Weights, make_video: VideoMaker) -> None:
    found = calibrate_on(weights, _videos(make_video, 25, 30), HERE, PLATT)
    assert found.refused == (
        "No operating point at 1 % false positives: that takes at least 100 real videos, and there are 25.",
    )
    assert [point.false_positive_rate for point in found.weights.operating_points] == [1 / 25, 2 / 25]
    assert (found.reals, found.fakes) == (25, 30)


def test_exactly_enough_reals_bear_a_rate(weights: Weights, make_video: VideoMaker) -> None:
    settings = CalibrationSettings(rates=(0.05,))
    assert calibrate_on(weights, _videos(make_video, 20, 20), HERE, settings).refused == ()
    assert calibrate_on(weights, _videos(make_video, 19, 20), HERE, settings).weights.operating_points == ()


def test_the_band_runs_from_the_fakes_that_may_be_missed_to_the_threshold(
    weights: Weights, make_video: VideoMaker
) -> None:
    videos = _videos(make_video, 40, 20)
    ready = calibrate_on(weights, videos, HERE, PLATT).weights
    assert ready.inconclusive is not None
    low, high = ready.inconclusive
    probabilities = ready.fake_prob(np.array([video.logit for video in videos if video.label]))
    assert np.sum(probabilities < low) == 2
    assert high == ready.operating_points[0].threshold


def test_where_the_classes_do_not_overlap_there_is_no_band(weights: Weights, make_video: VideoMaker) -> None:
    videos = [make_video(f"{label}{i}", label, 4.0 * label + i / 100) for i in range(30) for label in (0, 1)]
    assert calibrate_on(weights, videos, HERE, PLATT).weights.inconclusive is None


def test_the_card_names_the_videos_of_the_calibration(weights: Weights, make_video: VideoMaker) -> None:
    calibration = calibrate_on(weights, _videos(make_video, 20, 22), HERE, PLATT).weights.calibration
    assert calibration is not None
    assert calibration.source == f"{HERE.told()}; 22 fake and 20 real videos, platt, both classes weighing the same"


def test_figures_of_an_earlier_calibration_are_taken_out_of_the_card(weights: Weights, make_video: VideoMaker) -> None:
    videos = _videos(make_video, 20, 20)
    assert calibrate_on(weights, videos, HERE, PLATT).notes == ()
    found = calibrate_on(replace(weights, metrics=(("video Brier", "0.1"),)), videos, HERE, PLATT)
    assert found.weights.metrics == ()
    assert "taken out; run lav evaluate again" in found.notes[0]


def test_a_calibration_on_videos_that_were_trained_on_says_so(weights: Weights, make_video: VideoMaker) -> None:
    seen = replace(weights, training=(("data (train)", HERE.told()),))
    found = calibrate_on(seen, _videos(make_video, 20, 20), HERE, PLATT)
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


def test_of_many_videos_the_extremes_do_not_bound_the_envelope(make_video: VideoMaker) -> None:
    envelope = envelope_of([make_video(str(i), 0, 0.0, face_px=float(i)) for i in range(101)])
    assert envelope.face_px == pytest.approx((2.5, 97.5))


def test_a_prepared_set_is_scored_and_calibrated_on(
    prepared: PreparedSet, weights: Weights, brightness_runner: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calibrate_module, "open_runner", lambda *_: brightness_runner)
    settings = CalibrationSettings(rates=(0.25,))
    found = run_to_end(calibrate(weights, prepared, ScoringSettings(device="cpu"), settings))
    calibration = found.weights.calibration
    assert calibration is not None
    assert calibration.source.startswith("four people, split test, SHA-256 of its index ")
    assert found.weights.operating_points[0].true_positive_rate == 1.0
    assert (found.reals, found.fakes) == (4, 4)


def test_the_card_beside_the_shards_is_written_anew(weights: Weights, make_video: VideoMaker, tmp_path: Path) -> None:
    shard = tmp_path / "lvnet.narrow-1-of-1.safetensors"
    shard.write_bytes(b"tensors")
    found = calibrate_on(replace(weights, files=(shard,)), _videos(make_video, 20, 20), HERE, PLATT)
    card = save_calibrated(found)
    assert card == tmp_path / "lvnet.narrow.json"
    assert registry.read_card(card, tmp_path) == found.weights


def test_weights_without_files_have_no_card_to_write(weights: Weights, make_video: VideoMaker) -> None:
    found = calibrate_on(weights, _videos(make_video, 20, 20), HERE, PLATT)
    with pytest.raises(TrainingError, match="no files of its own"):
        save_calibrated(found)
    with pytest.raises(TrainingError, match="cannot name weights"):
        save_calibrated(replace(found, weights=replace(found.weights, name="X", files=(Path("/nowhere/x"),))))


def test_an_empty_split_is_refused(prepared: PreparedSet, weights: Weights) -> None:
    with pytest.raises(TrainingError, match="no face in the split 'train'"):
        run_to_end(calibrate(weights, prepared, ScoringSettings(split="train"), PLATT))


@pytest.mark.parametrize("values", [{"method": "isotonic"}, {"rates": ()}, {"misses": 0.0}, {"band_rate": 1.0}])
def test_what_makes_no_sense_is_refused(values: dict[str, object]) -> None:
    with pytest.raises(TrainingError):
        CalibrationSettings(**values)  # type: ignore[arg-type]
