from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from lav_gui.training.evaluation import metrics
from lav_gui.training.evaluation.calibrate import calibrate_on
from lav_gui.training.evaluation.cross_fit import CrossFit, cross_fit, cross_fitted, folds_of
from lav_gui.training.evaluation.exposure import SetUse, exposures
from lav_gui.training.evaluation.fitting import CalibrationSettings, fit, threshold_at
from lav_gui.training.evaluation.metrics import Labels, Scores
from lav_gui.training.evaluation.stand_ins import Scorers
from lav_gui.training.evaluation.tables import Judge
from lav_gui.training.evaluation.videos import VideoScore, labels_of, logits_of
from model_zoo.weights_record import Weights

VideoMaker = Callable[..., VideoScore]
HERE = SetUse("set A", "a" * 64, "", "val")
PLATT = CalibrationSettings(rates=(0.05, 0.1))


def _drawn(people: int, shift: float, seed: int) -> tuple[Labels, Scores, list[str]]:
    """A real and a fake of each person."""
    rng = np.random.default_rng(seed)
    labels = np.tile([0, 1], people)
    return labels, rng.normal(shift * labels, 1.0), [f"p{i // 2}" for i in range(2 * people)]


def _crossed(labels: Labels, logits: Scores, groups: list[str]) -> CrossFit:
    found = cross_fit(labels, logits, groups, PLATT)
    assert isinstance(found, CrossFit)
    return found


def _probability(logits: Scores) -> Scores:
    return np.asarray(1 / (1 + np.exp(-logits)))


def test_nobody_is_in_two_folds() -> None:
    rng = np.random.default_rng(3)
    groups = [f"p{number}" for number in rng.integers(0, 30, 200)]
    fold = folds_of(rng.integers(0, 2, 200), groups)
    assert not isinstance(fold, str)
    assert sorted(set(fold.tolist())) == list(range(10))
    assert all(len({f for f, g in zip(fold.tolist(), groups, strict=True) if g == group}) == 1 for group in set(groups))


def test_the_folds_are_the_same_each_time_and_in_any_order_of_the_videos() -> None:
    labels, _, groups = _drawn(30, 1.0, 0)
    first, order = folds_of(labels, groups), np.random.default_rng(1).permutation(60)
    np.testing.assert_array_equal(folds_of(labels, groups), first)
    np.testing.assert_array_equal(folds_of(labels[order], [groups[i] for i in order]), np.asarray(first)[order])


def test_a_fold_is_judged_by_what_the_other_folds_alone_give() -> None:
    labels, logits, groups = _drawn(40, 1.5, 0)
    found = _crossed(labels, logits, groups)
    own, others = found.fold == 4, found.fold != 4
    scale, offset = fit(labels[others], logits[others], PLATT)
    np.testing.assert_allclose(found.logits[own], scale * logits[own] + offset)
    assert int(np.sum(labels[others] == 0)) == 36
    threshold = threshold_at(labels[others], logits[others], 2 / 36)  # 5 % of all 40 reals are 2
    np.testing.assert_array_equal(found.called[0, own], logits[own] >= threshold)


def test_what_a_video_gets_does_not_depend_on_its_own_score() -> None:
    """Fails when a video takes part in its own calibration."""
    labels, logits, groups = _drawn(40, 1.5, 0)
    moved = logits.copy()
    moved[:2] += 3.0
    before, after = _crossed(labels, logits, groups), _crossed(labels, moved, groups)
    together = before.fold == before.fold[0]
    np.testing.assert_array_equal(after.logits[together][2:], before.logits[together][2:])
    assert not np.array_equal(after.logits[~together], before.logits[~together])


def test_chance_that_looks_like_skill_on_its_own_videos_does_not_when_cross_fitted() -> None:
    labels, logits, groups = _drawn(40, 0.0, 8)
    assert metrics.auc(labels, logits) > 0.54
    scale, offset = fit(labels, logits, PLATT)
    base = metrics.brier(labels, metrics.base_rate(labels))
    assert metrics.brier(labels, _probability(scale * logits + offset)) < base
    assert metrics.brier(labels, _probability(_crossed(labels, logits, groups).logits)) > base


def test_false_positives_are_not_understated() -> None:
    """With thresholds for the rate as asked, folds are stricter than the threshold that is kept: 3.9 % were told."""
    told = []
    for seed in range(8):
        labels, logits, groups = _drawn(40, 2.0, seed)
        told.append(_crossed(labels, logits, groups).called[0, labels == 0].mean())
    assert 0.05 < np.mean(told) < 0.09


def test_all_who_are_joined_make_one_fold_however_many_they_are() -> None:
    labels, _, groups = _drawn(40, 1.0, 0)
    groups = ["giant"] * 50 + groups[50:]
    fold = folds_of(labels, groups)
    assert not isinstance(fold, str)
    assert len(set(fold[:50].tolist())) == 1
    assert int(fold.max()) >= 2


@pytest.mark.parametrize(
    ("groups", "reason"),
    [
        (["a", "a", "b", "b"] * 2, "their reals are of 2 groups of people, and cross-fitting takes 3 at least"),
        (["a", "d", "b", "d", "c", "d", "c", "d"], "their fakes are of 1 group of people"),
    ],
)
def test_with_too_few_people_it_is_told_why_not(groups: list[str], reason: str) -> None:
    labels, logits, _ = _drawn(4, 3.0, 0)
    assert str(cross_fit(labels, logits, groups, PLATT)).startswith(reason)


def test_few_people_make_few_folds() -> None:
    labels, logits, groups = _drawn(4, 5.0, 0)
    assert _crossed(labels, logits, groups).folds == 4


def test_weights_that_rank_by_one_persons_videos_only_are_not_cross_fitted() -> None:
    labels = np.tile([0, 1], 4)
    logits = np.array([-9.0, 9.0, 0.2, 0.1, 0.2, 0.1, 0.2, 0.1])
    groups = [f"p{i // 2}" for i in range(8)]
    assert metrics.auc(labels, logits) > 0.4
    found = cross_fit(labels, logits + 0.02 * labels * 4, groups, PLATT)
    assert found == "without the people of one of 4 folds fakes do not score above reals"


def _videos(make_video: VideoMaker, people: int = 40) -> list[VideoScore]:
    labels, logits, groups = _drawn(people, 1.5, 0)
    return [
        make_video(f"{group}_{label}", label, logit, group=group, identity=group)
        for label, logit, group in zip(labels.tolist(), logits.tolist(), groups, strict=True)
    ]


def test_videos_that_were_calibrated_on_have_cross_fitted_figures(weights: Weights, make_video: VideoMaker) -> None:
    videos = _videos(make_video)
    ready = calibrate_on(Scorers(weights), videos, [HERE], PLATT).weights
    part, notes = cross_fitted(videos, HERE, Judge(ready, 100), exposures(ready, HERE))
    assert part is not None
    assert notes == ()
    assert [figure.name for figure in part.figures] == [
        "Brier", "Brier of the base rate", "log loss", "log loss of the base rate", "ECE (15 equal bins)", "Cllr",
        "false positives at asked rate 5 %", "true positives at asked rate 5 %",
        "false positives at asked rate 10 %", "true positives at asked rate 10 %",
    ]  # fmt: skip
    crossed = _crossed(labels_of(videos), logits_of(videos), [video.group for video in videos])
    brier = part.figure("Brier")
    assert brier.value == pytest.approx(metrics.brier(labels_of(videos), _probability(crossed.logits)))
    assert brier.low < brier.value < brier.high
    for point in ready.operating_points:
        told = part.figure(f"false positives at asked rate {100 * point.stands_for:g} %")
        assert (told.value, (told.low, told.high)) == (point.false_positive_rate, point.false_positive_interval)
    assert (part.name, part.reals, part.fakes, part.groups) == ("10 folds of people", 40, 40, 40)


def test_videos_that_did_not_count_for_the_calibration_do_not_count_here(
    weights: Weights, make_video: VideoMaker
) -> None:
    videos = _videos(make_video)
    soft = [make_video(f"soft{i}", i % 2, 50.0 * (-1) ** i, sharpness=10.0) for i in range(20)]
    ready = calibrate_on(Scorers(weights), [*soft, *videos], [HERE], CalibrationSettings(least_sharpness=20.0)).weights
    judge, seen = Judge(ready, 20), exposures(ready, HERE)
    part, notes = cross_fitted([*soft, *videos], HERE, judge, seen)
    assert (part, notes) == cross_fitted(videos, HERE, judge, seen)
    assert part is not None
    assert (part.reals, part.fakes) == (40, 40)


def test_other_videos_or_videos_that_were_trained_on_have_none(weights: Weights, make_video: VideoMaker) -> None:
    videos = _videos(make_video)
    ready = calibrate_on(Scorers(weights), videos, [HERE], PLATT).weights
    trained = replace(ready, training=(("data (train)", HERE.told()),))
    others = SetUse("set B", "b" * 64, "", "val")
    whole = replace(HERE, split="all")
    for own, judged in ((weights, HERE), (ready, others), (ready, whole), (trained, HERE)):
        assert cross_fitted(videos, judged, Judge(own, 100), exposures(own, judged)) == (None, ())


def test_too_few_people_are_told_in_a_note(weights: Weights, make_video: VideoMaker) -> None:
    videos = [replace(video, group="one") for video in _videos(make_video)]
    ready = calibrate_on(Scorers(weights), videos, [HERE], PLATT).weights
    part, notes = cross_fitted(videos, HERE, Judge(ready, 100), exposures(ready, HERE))
    assert part is None
    assert notes == (
        "no figure is cross-fitted, since their reals are of 1 group of people, and cross-fitting takes 3 at least",
    )
