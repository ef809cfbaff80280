import math

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from lav_gui.training.evaluation import metrics

LABELS = np.array([0, 0, 0, 0, 1, 1, 1, 1])
SCORES = np.array([0.1, 0.2, 0.3, 0.7, 0.4, 0.6, 0.8, 0.9])


def test_auc_counts_the_pairs_in_which_the_fake_is_higher() -> None:
    # of 16 pairs, 0.7 stands above 0.4 and 0.6: two are wrong
    assert metrics.auc(LABELS, SCORES) == pytest.approx(14 / 16)


def test_a_tie_counts_half() -> None:
    assert metrics.auc(np.array([0, 1]), np.array([0.5, 0.5])) == 0.5


def test_auc_is_scikit_learns() -> None:
    rng = np.random.default_rng(0)
    labels, scores = rng.integers(0, 2, 200), rng.integers(0, 30, 200).astype(float)
    assert metrics.auc(labels, scores) == pytest.approx(roc_auc_score(labels, scores))


def test_the_equal_error_rate_is_where_misses_equal_false_alarms() -> None:
    # at a threshold of 0.6 one real of four is above and one fake of four below
    assert metrics.eer(LABELS, SCORES) == pytest.approx(0.25)


def test_the_equal_error_rate_lies_between_the_points_of_the_curve_where_none_is_equal() -> None:
    # curve (0,0) (0,.5) (1,.5) (1,1): x + y = 1 on the flat part at x = .5
    assert metrics.eer(np.array([0, 1, 1]), np.array([0.5, 0.4, 0.6])) == pytest.approx(0.5)


@pytest.mark.parametrize(("scores", "wanted"), [([0.1, 0.9], 0.0), ([0.9, 0.1], 1.0)])
def test_the_equal_error_rate_of_a_perfect_and_of_an_inverted_detector(scores: list[float], wanted: float) -> None:
    assert metrics.eer(np.array([0, 1]), np.array(scores)) == pytest.approx(wanted)


def test_average_precision_is_the_mean_precision_at_each_fake() -> None:
    # from the top: F F R F F R R R -> precisions 1, 1, 3/4, 4/5
    assert metrics.average_precision(LABELS, SCORES) == pytest.approx((1 + 1 + 3 / 4 + 4 / 5) / 4)


def test_a_score_at_the_threshold_says_fake() -> None:
    assert metrics.accuracy_at(LABELS, SCORES, 0.7) == pytest.approx(5 / 8)
    assert metrics.accuracy_at(LABELS, SCORES, 0.4) == pytest.approx(7 / 8)


def test_balanced_accuracy_does_not_depend_on_the_counts() -> None:
    labels = np.array([0, 1, 1, 1])
    assert metrics.balanced_accuracy_at(labels, np.array([0.9, 0.9, 0.9, 0.1]), 0.5) == pytest.approx((0 + 2 / 3) / 2)


@pytest.mark.parametrize(("rate", "wanted"), [(0.05, 0.5), (0.24, 0.5), (0.25, 1.0), (1.0, 1.0)])
def test_the_true_positive_rate_keeps_the_false_alarms_at_or_below_what_is_asked(rate: float, wanted: float) -> None:
    assert metrics.tpr_at_fpr(LABELS, SCORES, rate) == wanted


def test_brier_is_the_mean_square() -> None:
    assert metrics.brier(np.array([0, 1]), np.array([0.2, 0.6])) == pytest.approx((0.04 + 0.16) / 2)


def test_log_loss_is_the_mean_surprise_and_stays_finite() -> None:
    assert metrics.log_loss(np.array([0, 1]), np.array([0.2, 0.6])) == pytest.approx(-np.log([0.8, 0.6]).mean())
    assert metrics.log_loss(np.array([1]), np.array([0.0])) == pytest.approx(-math.log(1e-12))


def test_the_base_rate_is_the_share_of_fakes() -> None:
    assert metrics.base_rate(np.array([0, 1, 1, 1])).tolist() == [0.75] * 4


def test_ece_weighs_the_gap_of_each_bin_by_its_count() -> None:
    # two bins: [0, .5) with 0.2, 0.4 and one fake; [.5, 1] with 0.9 and one fake
    value = metrics.ece(np.array([0, 1, 1]), np.array([0.2, 0.4, 0.9]), bins=2)
    assert value == pytest.approx((2 * abs(0.5 - 0.3) + 1 * abs(1 - 0.9)) / 3)


def test_a_probability_of_one_belongs_to_the_last_bin() -> None:
    parts = metrics.reliability(np.array([1, 1]), np.array([1.0, 0.99]))
    assert parts.count.tolist() == [2]
    assert parts.share.tolist() == [1]


def test_cllr_of_ratios_that_say_nothing_is_one_bit() -> None:
    assert metrics.cllr(LABELS, np.zeros(8)) == pytest.approx(1.0)


def test_cllr_is_the_mean_of_both_classes_costs() -> None:
    value = metrics.cllr(np.array([0, 1, 1]), np.log([1 / 3, 3.0, 1.0]))
    assert value == pytest.approx((math.log2(1 + 1 / 3) + (math.log2(1 + 1 / 3) + 1) / 2) / 2)


def test_the_best_calibration_never_costs_more_and_misleading_ratios_are_seen() -> None:
    wrong = 100.0 * (SCORES - 0.65)
    assert metrics.cllr(LABELS, wrong) > 1.0
    assert metrics.cllr_min(LABELS, wrong) < metrics.cllr(LABELS, wrong)
    assert metrics.cllr_min(LABELS, wrong) == pytest.approx(metrics.cllr_min(LABELS, SCORES))


def test_a_perfect_ranking_costs_nothing_at_its_best() -> None:
    assert metrics.cllr_min(np.array([0, 1]), np.array([0.1, 0.2])) == pytest.approx(0.0, abs=1e-9)


@pytest.mark.parametrize(("labels", "reason"), [([1, 1], "there is no real"), ([0, 0], "there is no fake")])
def test_of_one_class_a_figure_that_needs_both_is_not_told(labels: list[int], reason: str) -> None:
    truth, scores = np.array(labels), np.array([0.2, 0.8])
    assert metrics.why_undefined(truth) == reason
    for metric in (metrics.auc, metrics.eer, metrics.average_precision, metrics.cllr, metrics.cllr_min):
        assert math.isnan(metric(truth, scores))
    assert math.isnan(metrics.tpr_at_fpr(truth, scores, 0.05))
    assert math.isnan(metrics.balanced_accuracy_at(truth, scores, 0.05))


def test_of_nothing_nothing_is_told() -> None:
    none, no_scores = np.empty(0, np.int64), np.empty(0)
    assert metrics.why_undefined(none) == "there is no fake"
    for metric in (metrics.brier, metrics.log_loss, metrics.ece):
        assert math.isnan(metric(none, no_scores))
    assert math.isnan(metrics.accuracy_at(none, no_scores, 0.5))
