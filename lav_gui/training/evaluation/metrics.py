"""The field's figures of merit, over videos or frames.

Labels are 0 (real) and 1 (fake), scores grow with fakeness. A figure that needs both classes is NaN where there is one
only, and `why_undefined` says so in words; a NaN is never averaged or drawn. Nothing here knows which scores belong
together: intervals do (`intervals`), and they must be asked with groups.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata
from sklearn.isotonic import IsotonicRegression
from sklearn.metrics import average_precision_score, brier_score_loss, roc_curve
from sklearn.metrics import log_loss as sklearn_log_loss

Labels = NDArray[np.int64]
Scores = NDArray[np.float64]

ECE_BINS = 15
"""Bins of equal width in which calibration is judged."""

_SMALLEST_PROBABILITY = 1e-12
"""Keeps the logarithm of a probability finite."""


def why_undefined(labels: Labels) -> str:
    """Why a figure that needs both classes cannot be computed; empty where it can."""
    fakes = int(np.sum(labels == 1))
    if fakes == 0:
        return "there is no fake"
    return "there is no real" if fakes == len(labels) else ""


def auc(labels: Labels, scores: Scores) -> float:
    """Area under the ROC curve: the chance that a fake scores above a real, a tie counting half.

    Computed from ranks (Mann and Whitney, 1947); equal to scikit-learn's `roc_auc_score` and much faster, which the
    bootstrap needs.

    Parameters
    ----------
    labels : ndarray of shape (N,), int64
    scores : ndarray of shape (N,), float64

    Returns
    -------
    float
        In [0, 1]; NaN where one class is missing.
    """
    is_fake = labels == 1
    fakes, reals = int(is_fake.sum()), int((~is_fake).sum())
    if fakes == 0 or reals == 0:
        return math.nan
    return float((rankdata(scores)[is_fake].sum() - fakes * (fakes + 1) / 2) / (fakes * reals))


def roc(labels: Labels, scores: Scores) -> tuple[Scores, Scores, Scores]:
    """False-positive rate, true-positive rate and threshold of each point of the ROC curve, from (0, 0) to (1, 1).

    The threshold of the first point is infinite. Both classes must be there.
    """
    false_positive, true_positive, threshold = roc_curve(labels, scores, drop_intermediate=False)
    return false_positive, true_positive, threshold


def eer(labels: Labels, scores: Scores) -> float:
    """Equal error rate: where the ROC curve, drawn with straight lines, has as many misses as false alarms.

    In [0, 1]; NaN where one class is missing.
    """
    if why_undefined(labels):
        return math.nan
    false_positive, true_positive, _ = roc(labels, scores)
    excess = false_positive + true_positive - 1.0  # grows from -1 to 1 along the curve
    after = int(np.argmax(excess >= 0))
    low, high = excess[after - 1], excess[after]
    share = -low / (high - low)
    return float(false_positive[after - 1] + share * (false_positive[after] - false_positive[after - 1]))


def average_precision(labels: Labels, scores: Scores) -> float:
    """Mean of the precision over the recall, as steps; depends on the share of fakes. NaN as in `auc`."""
    return math.nan if why_undefined(labels) else float(average_precision_score(labels, scores))


def accuracy_at(labels: Labels, scores: Scores, threshold: float) -> float:
    """Share of right answers where a score at or above the threshold says fake. NaN where there is no score."""
    return float(np.mean((scores >= threshold) == (labels == 1))) if len(labels) else math.nan


def balanced_accuracy_at(labels: Labels, scores: Scores, threshold: float) -> float:
    """Mean of both classes' shares of right answers, whatever their counts. NaN as in `auc`."""
    if why_undefined(labels):
        return math.nan
    right = (scores >= threshold) == (labels == 1)
    return float((right[labels == 1].mean() + right[labels == 0].mean()) / 2)


def tpr_at_fpr(labels: Labels, scores: Scores, false_positive_rate: float) -> float:
    """Highest share of fakes found by a threshold that calls at most this share of reals fake.

    No interpolation: a rate below one real's share means no real at all. NaN as in `auc`.
    """
    if why_undefined(labels):
        return math.nan
    false_positive, true_positive, _ = roc(labels, scores)
    return float(true_positive[false_positive <= false_positive_rate + 1e-12].max())


def brier(labels: Labels, probabilities: Scores) -> float:
    """Mean square of probability minus truth (Brier, 1950); 0 is best. NaN where there is no score."""
    if len(labels) == 0:
        return math.nan
    return float(brier_score_loss(labels, probabilities, pos_label=1, labels=[0, 1]))


def log_loss(labels: Labels, probabilities: Scores) -> float:
    """Mean negative natural logarithm of the probability of the truth; probabilities keep 1e-12 from 0 and 1."""
    if len(labels) == 0:
        return math.nan
    kept = np.clip(probabilities, _SMALLEST_PROBABILITY, 1 - _SMALLEST_PROBABILITY)
    return float(sklearn_log_loss(labels, kept, labels=[0, 1]))


def base_rate(labels: Labels) -> Scores:
    """The probability that knows nothing but the share of fakes, for each row: what a calibration must beat."""
    return np.full(len(labels), labels.mean() if len(labels) else math.nan)


def ece(labels: Labels, probabilities: Scores, bins: int = ECE_BINS) -> float:
    """Expected calibration error over bins of equal width: mean of |share of fakes - mean probability| by count.

    Naeini et al., AAAI 2015; Guo et al., ICML 2017. Small sets give a high value by chance alone. NaN where there is no
    score.
    """
    if len(labels) == 0:
        return math.nan
    parts = reliability(labels, probabilities, bins)
    return float(np.sum(parts.count * np.abs(parts.share - parts.mean)) / len(labels))


@dataclass(frozen=True, slots=True, eq=False)
class Reliability:
    """Bins of a reliability diagram that hold at least one score: count, mean probability, share of fakes."""

    count: Scores
    mean: Scores
    share: Scores


def reliability(labels: Labels, probabilities: Scores, bins: int = ECE_BINS) -> Reliability:
    """Sort probabilities into bins of equal width over [0, 1]; 1 itself belongs to the last."""
    place = np.minimum((probabilities * bins).astype(np.int64), bins - 1)
    count = np.bincount(place, minlength=bins).astype(np.float64)
    filled = count > 0
    mean = np.bincount(place, probabilities, minlength=bins)[filled] / count[filled]
    share = np.bincount(place, labels, minlength=bins)[filled] / count[filled]
    return Reliability(count[filled], mean, share)


def cllr(labels: Labels, log_likelihood_ratios: Scores) -> float:
    """Cost of log likelihood ratios in bits: 0 is perfect, 1 is what "says nothing" costs, above 1 misleads.

    Brümmer and du Preez, "Application-independent evaluation of speaker detection", 2006, equation 5. A calibrated
    logit is a log likelihood ratio where the calibration was fitted with both classes weighing the same, as
    ``lav calibrate`` does.

    Parameters
    ----------
    labels : ndarray of shape (N,), int64
    log_likelihood_ratios : ndarray of shape (N,), float64
        Natural logarithms; positive speaks for fake.

    Returns
    -------
    float
        NaN where one class is missing.
    """
    if why_undefined(labels):
        return math.nan
    of_fakes = np.logaddexp(0.0, -log_likelihood_ratios[labels == 1]).mean()
    of_reals = np.logaddexp(0.0, log_likelihood_ratios[labels == 0]).mean()
    return float((of_fakes + of_reals) / (2 * math.log(2)))


def cllr_min(labels: Labels, scores: Scores) -> float:
    """Cllr after the best monotone calibration (pool adjacent violators): what the ranking alone costs.

    The distance from `cllr` is what the calibration costs. NaN as in `auc`.
    """
    if why_undefined(labels):
        return math.nan
    weight = np.where(labels == 1, 0.5 / np.sum(labels == 1), 0.5 / np.sum(labels == 0))
    fitted = IsotonicRegression(y_min=0, y_max=1).fit_transform(scores, labels, sample_weight=weight)
    kept = np.clip(fitted, _SMALLEST_PROBABILITY, 1 - _SMALLEST_PROBABILITY)
    return cllr(labels, np.log(kept) - np.log1p(-kept))
