import math

import numpy as np
import pytest

from lav_gui.training.evaluation.intervals import Statistic, clopper_pearson, grouped_bootstrap, mean_interval
from lav_gui.training.evaluation.metrics import Labels, Scores, auc, average_precision, cllr_min


def _videos(people: int, frames: int) -> tuple[Labels, Scores, list[str]]:
    """As many real as fake people; the frames of one are copies of each other."""
    rng = np.random.default_rng(5)
    labels = np.arange(people) % 2
    scores = rng.normal(size=people) + labels
    groups = [f"person {i}" for i in range(people) for _ in range(frames)]
    return np.repeat(labels, frames), np.repeat(scores, frames), groups


def _width(interval: tuple[float, float]) -> float:
    return interval[1] - interval[0]


@pytest.mark.parametrize(
    ("hits", "count", "low", "high"),
    [(0, 10, 0.0, 0.3085), (5, 10, 0.1871, 0.8129), (10, 10, 0.6915, 1.0), (1, 20, 0.0013, 0.2487)],
)
def test_the_exact_interval_of_a_rate_is_that_of_the_tables(hits: int, count: int, low: float, high: float) -> None:
    assert clopper_pearson(hits, count) == pytest.approx((low, high), abs=5e-5)


def test_without_a_trial_nothing_is_known_of_a_rate() -> None:
    assert clopper_pearson(0, 0) == (0.0, 1.0)


def test_more_hits_than_trials_are_no_rate() -> None:
    with pytest.raises(ValueError, match="3 of 2 is no rate"):
        clopper_pearson(3, 2)


def test_more_frames_of_the_same_people_do_not_narrow_the_interval() -> None:
    """Fails when frames are treated as if they were independent."""
    one, many = (
        grouped_bootstrap(auc, *_videos(20, frames), rng=np.random.default_rng(1), resamples=300) for frames in (1, 30)
    )
    assert many == pytest.approx(one)
    labels, scores, _ = _videos(20, 30)
    as_if_independent = [str(i) for i in range(len(labels))]
    wrong = grouped_bootstrap(auc, labels, scores, as_if_independent, rng=np.random.default_rng(1), resamples=300)
    assert _width(wrong) < 0.4 * _width(many)


def test_more_people_narrow_the_interval() -> None:
    few, more = (
        grouped_bootstrap(auc, *_videos(people, 1), rng=np.random.default_rng(1), resamples=300) for people in (20, 200)
    )
    assert _width(more) < 0.6 * _width(few)


def test_the_interval_holds_the_figure_and_repeats_itself() -> None:
    labels, scores, groups = _videos(30, 2)
    first, again = (
        grouped_bootstrap(auc, labels, scores, groups, rng=np.random.default_rng(7), resamples=200) for _ in range(2)
    )
    assert first == again
    assert first[0] < auc(labels, scores) < first[1]


def test_few_groups_give_a_wider_interval_than_the_resamples_alone() -> None:
    values = np.array([0.4, 0.5, 0.6])
    low, high = mean_interval(values, list("abc"), rng=np.random.default_rng(0))
    # Student's interval for three: 0.5 +- 4.303 * 0.1 / sqrt(3)
    assert (low, high) == pytest.approx((0.5 - 0.248, 0.5 + 0.248), abs=0.03)


def test_an_interval_ends_where_the_figure_can_go_no_further() -> None:
    values = np.array([0.8, 0.95, 1.0])
    within, beyond = (
        grouped_bootstrap(
            lambda _, own: float(own.mean()), np.ones(3, np.int64), values, list("abc"),
            rng=np.random.default_rng(0), highest=highest,
        )
        for highest in (1.0, 2.0)
    )  # fmt: skip
    assert within[1] == 1.0 < beyond[1]
    assert within[0] == beyond[0]


def test_each_resample_holds_both_classes_however_rare_one_is() -> None:
    labels = np.array([0, 0] + [1] * 40)
    seen: list[set[int]] = []

    def statistic(drawn: Labels, _scores: Scores) -> float:
        seen.append(set(drawn.tolist()))
        return 0.5

    grouped_bootstrap(statistic, labels, np.zeros(42), [str(i) for i in range(42)], rng=np.random.default_rng(0))
    assert all(classes == {0, 1} for classes in seen)


def test_a_group_of_both_classes_is_drawn_as_a_whole() -> None:
    labels = np.array([0, 1, 0, 1, 0, 1])
    scores = np.array([1.0, 1.0, 2.0, 2.0, 3.0, 3.0])

    def statistic(drawn: Labels, values: Scores) -> float:
        assert sorted(values[drawn == 0]) == sorted(values[drawn == 1])
        return 0.5

    grouped_bootstrap(statistic, labels, scores, list("aabbcc"), rng=np.random.default_rng(0), resamples=50)


def test_a_perfect_separation_of_few_people_is_not_called_certain() -> None:
    labels = np.repeat([0, 1], 10)
    interval = grouped_bootstrap(
        auc, labels, labels.astype(float), [str(i) for i in range(20)], rng=np.random.default_rng(0), resamples=50
    )
    assert interval == clopper_pearson(10, 10)


@pytest.mark.parametrize("statistic", [auc, average_precision, cllr_min])
def test_no_figure_claims_certainty_because_of_rounding(statistic: Statistic) -> None:
    """Average precision and the best Cllr of a perfect order may miss 1 and 0 by the last digits."""
    labels = np.repeat([0, 1], [6, 17])
    scores = np.linspace(-1, 1, 23)
    groups = [str(i) for i in range(6)] + [str(i % 6) for i in range(17)]
    low, high = grouped_bootstrap(statistic, labels, scores, groups, rng=np.random.default_rng(0), resamples=50)
    assert high - low > 0.3


def test_one_group_of_a_class_tells_nothing_of_its_variation() -> None:
    labels = np.array([0, 0, 1, 1])
    found = grouped_bootstrap(auc, labels, np.arange(4.0), ["a", "a", "b", "c"], rng=np.random.default_rng(0))
    assert all(math.isnan(end) for end in found)


def test_a_lone_group_of_both_classes_is_drawn_like_the_others_of_its_class() -> None:
    """As the only member of its stratum it would be the same in each resample, and the interval too narrow."""
    labels, groups = np.array([0, 1, 0, 0, 1, 1]), list("aabcde")
    scores = np.array([0.0, 9.0, 1.0, 2.0, 3.0, 4.0])
    seen: list[int] = []

    def statistic(drawn: Labels, values: Scores) -> float:
        assert set(drawn.tolist()) == {0, 1}
        seen.append(int(np.sum(values == 9.0)))
        return 0.5

    grouped_bootstrap(statistic, labels, scores, groups, rng=np.random.default_rng(0), resamples=100)
    assert set(seen[1:]) >= {0, 1, 2}


def test_three_lone_groups_are_drawn_together_and_no_resample_lacks_a_class() -> None:
    labels = np.array([0, 0, 1, 1])
    drawn: list[tuple[int, ...]] = []

    def statistic(own: Labels, _: Scores) -> float:
        drawn.append(tuple(own.tolist()))
        return 0.5

    grouped_bootstrap(statistic, labels, np.arange(4.0), list("abbc"), rng=np.random.default_rng(0), resamples=60)
    assert len(set(drawn)) > 3
    assert all(set(own) == {0, 1} for own in drawn)


def test_an_undefined_figure_has_no_interval() -> None:
    found = grouped_bootstrap(auc, np.ones(3, np.int64), np.arange(3.0), list("abc"), rng=np.random.default_rng(0))
    assert all(math.isnan(end) for end in found)


def test_the_mean_of_values_is_grouped_too() -> None:
    values = np.repeat([0.0, 1.0, 0.0, 1.0], 25)
    low, high = mean_interval(values, list("a" * 25 + "b" * 25 + "c" * 25 + "d" * 25), rng=np.random.default_rng(0))
    assert (low, high) == (0.0, 1.0)
