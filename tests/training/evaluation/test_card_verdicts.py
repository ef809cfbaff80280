import math
from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any

import numpy as np
import pytest

from lav_gui.records import ColorFacts, MediaInfo, TrackSeries, VerdictState
from lav_gui.settings import AnalysisSettings
from lav_gui.training.evaluation.card_evaluation import Judged
from lav_gui.training.evaluation.card_verdicts import (
    FAILURES,
    calibration_section,
    failures_section,
    false_positives_section,
    verdict_at,
    verdicts_section,
)
from lav_gui.training.evaluation.exposure import CALIBRATED
from lav_gui.training.evaluation.intervals import clopper_pearson
from lav_gui.training.evaluation.videos import VideoScore
from lav_gui.verdict.judge import judge
from model_zoo.weights_record import Calibration, Envelope, OperatingPoint, Weights

FAKE, UNSURE, REAL = VerdictState.LIKELY_FAKE, VerdictState.INCONCLUSIVE, VerdictState.LIKELY_REAL
SOURCE = (
    f"clips, split val, SHA-256 of its index {'1' * 64}; 4 fake and 20 real videos, platt; error rates cross-fitted"
)


def _logit(probability: float) -> float:
    return math.log(probability) - math.log1p(-probability)


@pytest.fixture
def ready(weights: Weights) -> Weights:
    """Two points, the second inside the band: 2 of 20 reals and 1 of 4 fakes, both calibrated by identity."""
    point = OperatingPoint(0.7, 0.1, clopper_pearson(2, 20), 0.25, clopper_pearson(1, 4), 0.05)
    return replace(
        weights,
        calibration=Calibration(1.0, 0.0, SOURCE),
        operating_points=(point, replace(point, threshold=0.6, asked_rate=0.1)),
        inconclusive=(0.4, 0.7),
        envelope=Envelope((40, 500), (10, 900), (0.01, 1.0), ("h264",)),
    )


@pytest.fixture
def make_judged(make_video: Callable[..., VideoScore]) -> Callable[..., Judged]:
    """Makes an evaluation from the probabilities of its reals by source, and of its fakes."""

    def judged(reals: dict[str, list[float]], fakes: list[float], notes: tuple[str, ...] = ()) -> Judged:
        videos = [
            make_video(f"home/{dataset}{i}", 0, _logit(probability), dataset=dataset)
            for dataset, own in reals.items()
            for i, probability in enumerate(own)
        ]
        videos += [make_video(f"home/{i}", 1, _logit(probability)) for i, probability in enumerate(fakes)]
        document: dict[str, Any] = {
            "set_name": "clips",
            "set_sha256": "2" * 64,
            "notes": list(notes),
            "settings": [["split", "val"], ["frames per track", "16"]],
            "videos": [asdict(video) for video in videos],
            "whole": {"reals": sum(map(len, reals.values())), "fakes": len(fakes)},
        }
        faces = [
            {"video": video.video, "track_id": "1", "frame_index": "7", "logit": str(video.logit)} for video in videos
        ]
        return Judged(document, faces)

    return judged


def _media() -> MediaInfo:
    color = ColorFacts("bt709", "tv", "bt709", "bt709", "bt709", "limited", False, False)
    given: dict[str, Any] = dict.fromkeys(MediaInfo.__dataclass_fields__)
    known = {"codec": "h264", "width": 640, "height": 360, "duration_seconds": 10.0, "bit_rate": 1_000_000}
    frames = {"fps_from_header": 30.0, "frame_count_from_content": 300, "frame_count_from_header": 300}
    return MediaInfo(**given | known | frames | {"color": color})


@pytest.mark.parametrize("probability", [0.1, 0.3999, 0.4001, 0.55, 0.65, 0.6999, 0.7001, 0.95])
@pytest.mark.parametrize("rate", [0.05, 0.1])
def test_the_verdict_of_a_score_is_that_of_the_analysis(ready: Weights, probability: float, rate: float) -> None:
    """Fails when the card's rule and the analysis's part: judged here is a face that is sure of itself."""
    ones = np.ones(30)
    series = TrackSeries(
        track_id=1, frame_index=np.arange(30), seconds=np.arange(30) / 3, logit=_logit(probability) * ones,
        face_px=100 * ones, sharpness=100 * ones, rgb=np.nan * ones, noise=np.nan * ones, interaction=np.nan * ones,
    )  # fmt: skip
    settings = replace(AnalysisSettings(), false_positive_rate=rate)
    wanted = judge([series], ready, settings, _media(), 30)
    point = ready.operating_point(rate)
    assert point is not None
    assert verdict_at(probability, point.threshold, ready.inconclusive) == wanted.state


def test_a_score_at_the_end_of_the_band_is_outside_it() -> None:
    assert verdict_at(0.7, 0.7, (0.4, 0.7)) == FAKE
    assert verdict_at(0.4, 0.7, (0.4, 0.7)) == REAL
    assert verdict_at(0.65, 0.6, (0.4, 0.7)) == UNSURE
    assert verdict_at(0.65, 0.6, None) == FAKE


def test_a_video_beyond_the_tested_conditions_is_out_of_scope_whatever_its_score(
    ready: Weights, make_judged: Callable[..., Judged]
) -> None:
    judged = make_judged({"talking": [0.9, 0.9]}, [0.1, 0.9])
    soft, unknown, small, _ = judged.document["videos"]
    soft["sharpness"], small["face_px"], unknown["bits_per_pixel"] = 9.0, 39.0, None
    text = verdicts_section(ready, [judged])
    assert "| likely_fake | inconclusive | likely_real | out_of_scope |" in text
    assert "| fakes | 1 of 2 | 0 of 2 | 0 of 2 | 1 of 2 |" in text
    assert "| reals | 1 of 2 | 0 of 2 | 0 of 2 | 1 of 2 |" in text
    assert "likely_real still holds" not in text
    assert "| talking | 1 of 2 [" in false_positives_section(ready, [judged])
    told = failures_section(ready, judged)
    assert "2 videos are out of scope and not listed." in told
    assert "1 real called fake." in told
    assert "No fake not called fake." in told


def test_the_worst_frame_is_of_the_track_that_stands_for_the_video(
    ready: Weights, make_judged: Callable[..., Judged]
) -> None:
    """Fails when a bystander's frame is told for a miss: the forged face scores higher, and the video by it."""
    judged = make_judged({"talking": [0.1]}, [0.5])
    (fake,) = (video["video"] for video in judged.document["videos"] if video["label"] == 1)
    rows = [("1", "7", 0.4), ("1", "9", 0.6), ("2", "8", 0.05)]
    faces = [
        {"video": fake, "track_id": track, "frame_index": frame, "logit": str(_logit(probability))}
        for track, frame, probability in rows
    ]
    assert "frame 7: 0.400" in failures_section(ready, replace(judged, faces=faces))


def test_an_operating_point_has_target_and_counts(ready: Weights) -> None:
    text = calibration_section(ready, [])
    low, high = clopper_pearson(2, 20)
    assert "| target FPR | fake probability from | FPR [95 %] | TPR [95 %] |" in text
    assert f"| 5 % | 0.700 | 0.100 [{low:.3f}, {high:.3f}] (2 of 20) |" in text
    assert "(1 of 4) |" in text
    assert "| 10 % | 0.600 |" in text
    assert "count the videos calibrated on (clips, split val)" in text
    assert "**not by the shipped threshold**" in text


def test_counts_that_are_not_those_of_the_rate_are_not_told(ready: Weights) -> None:
    """Fails when a count is made up of a rate and any number of videos."""
    point = replace(ready.operating_points[0], false_positive_rate=0.13, asked_rate=None)
    text = calibration_section(replace(ready, operating_points=(point,)), [])
    assert "| not recorded | 0.700 | 0.130 " in text
    assert "(counts not recorded) |" in text
    assert "(1 of 4) |" in text


def test_counts_that_the_calibration_does_not_tell_are_those_of_the_sets_calibrated_on(
    ready: Weights, make_judged: Callable[..., Judged]
) -> None:
    silent = replace(ready, calibration=Calibration(1.0, 0.0, "some videos"))
    sets = [make_judged({"talking": [0.5] * 10}, [0.5] * 2, (CALIBRATED,)) for _ in range(2)]
    unseen = make_judged({"talking": [0.5] * 9}, [0.5])
    assert "(2 of 20)" in calibration_section(silent, [*sets, unseen])
    assert "(2 of 20)" not in calibration_section(silent, [unseen])
    assert "out-of-fold" not in calibration_section(silent, sets)


def test_verdicts_are_counted_by_class_at_each_point(ready: Weights, make_judged: Callable[..., Judged]) -> None:
    own = make_judged({"talking": [0.1, 0.2, 0.65], "DFDC": [0.9]}, [0.1, 0.2, 0.3, 0.5, 0.65, 0.8])
    text = verdicts_section(ready, [own])
    assert "| likely_fake | inconclusive | likely_real |" in text
    assert "| clips, split val | 5 % | 0.700 | fakes | 1 of 6 | 2 of 6 | 3 of 6 |" in text
    assert "| clips, split val | 10 % | 0.600 | reals | 1 of 4 | 1 of 4 | 2 of 4 |" in text
    assert "The threshold 0.600 lies inside it: there likely_fake begins at 0.700." in text
    assert "likely_real still holds 3 of 6 fakes of clips, split val: it is no proof" in text
    assert "set on the very videos" not in text


def test_sets_that_set_the_thresholds_are_named(ready: Weights, make_judged: Callable[..., Judged]) -> None:
    own = make_judged({"talking": [0.1]}, [0.9], (CALIBRATED,))
    for section in (verdicts_section, false_positives_section):
        assert "**These thresholds were set on the very videos of clips, split val**" in section(ready, [own])
    assert "likely_real still holds" not in verdicts_section(ready, [own])


def test_false_positives_are_told_by_source_at_each_point(ready: Weights, make_judged: Callable[..., Judged]) -> None:
    own = make_judged({"talking": [0.1, 0.2, 0.65], "DFDC": [0.9, 0.71]}, [0.99])
    text = false_positives_section(ready, [own])
    head = (
        "| source of the reals | likely_fake, target FPR 5 %, threshold 0.700 | likely_fake, target FPR 10 %, "
        "threshold 0.600 | at or above 0.600 (likely_fake or inconclusive) |"
    )
    assert head in text
    none, one, both = (f"[{low:.3f}, {high:.3f}]" for low, high in map(clopper_pearson, (0, 1, 2), (3, 3, 2)))
    assert f"| DFDC | 2 of 2 {both} | 2 of 2 {both} | 2 of 2 {both} |" in text
    assert f"| talking | 0 of 3 {none} | 0 of 3 {none} | 1 of 3 {one} |" in text
    assert "| all | 2 of 5 [" in text


def test_without_thresholds_or_sets_there_is_no_verdict(
    weights: Weights, ready: Weights, make_judged: Callable[..., Judged]
) -> None:
    own = make_judged({"talking": [0.1]}, [0.9])
    for section in (verdicts_section, false_positives_section):
        assert section(weights, [own]) == section(ready, []) == ""
    assert failures_section(weights, own) == ""
    assert false_positives_section(ready, [make_judged({}, [0.9])]) == ""


def test_all_failures_are_named_one_a_line(ready: Weights, make_judged: Callable[..., Judged]) -> None:
    own = make_judged({"talking": [0.9, 0.1]}, [0.1 + i / 100 for i in range(31)])
    text = failures_section(ready, own)
    assert "1 real called fake." in text
    assert "31 fakes not called fake.\n" in text
    assert text.count("\n| `FF++/Deepfakes/c23/") == 31
    assert "| `FF++/Deepfakes/c23/0` | 0.100 | frame 7: 0.100 |" in text


def test_of_very_many_failures_the_furthest_off_are_named(ready: Weights, make_judged: Callable[..., Judged]) -> None:
    own = make_judged({"talking": [0.1]}, [0.1 + i / 1000 for i in range(FAILURES + 1)])
    text = failures_section(ready, own)
    assert "61 fakes not called fake. The 60 furthest off of 61." in text
    assert text.count("\n| `FF++/Deepfakes/c23/") == 60
    assert "No real called fake." in text
