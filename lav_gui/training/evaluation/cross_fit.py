"""Cross-fitting over people: each video is judged by a calibration and by thresholds that were set without its people.

Figures of the very videos that a calibration was fitted on flatter it. Where videos are too few to be divided, they are
dealt into folds by `FaceRow.group` (all who are joined by a swap, a pair or a scene stay together), and each fold is
judged by what the other folds alone give: scikit-learn's `CalibratedClassifierCV` with `StratifiedGroupKFold` does the
same, but keeps the calibrations of all folds; here that of all videos is kept, and the folds tell how well the way to
it works (Stone, "Cross-validatory choice and assessment of statistical predictions", *JRSS B* 36, 1974).

What that leaves open: the calibration kept rests on a few more videos than those that were judged, the folds share most
of their videos, so that intervals are a little too narrow, and who trained the network is another matter.

A threshold of few reals can only call whole reals fake: 2 of 40 at 5 %, but 1 of 36 in a fold. A fold's threshold is
therefore set for the share that the threshold of all videos really allows, to the nearest number of its reals; with the
rate as asked, folds would be judged by stricter thresholds than the one that is kept, and false positives understated.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import StratifiedGroupKFold

from lav_gui.training.evaluation import metrics
from lav_gui.training.evaluation.exposure import CALIBRATED, TRAINED, SetUse, read_uses
from lav_gui.training.evaluation.fitting import CalibrationSettings, fit, settings_of, threshold_at
from lav_gui.training.evaluation.metrics import Labels, Scores
from lav_gui.training.evaluation.tables import Judge, Part, probability_figures, rate
from lav_gui.training.evaluation.videos import VideoScore, groups_of, labels_of, logits_of
from lav_gui.training.sets.index import FAKE, REAL

FOLDS = 10
FEWEST_FOLDS = 3
"""With fewer, most videos are missing from each fit, and nothing is said of the one that is kept."""

_SEED = 0


@dataclass(frozen=True, slots=True, eq=False)
class CrossFit:
    """What each video gets from the folds that its people are not in.

    Attributes
    ----------
    fold : ndarray of shape (N,), int64
        Which fold each video is in, from 0.
    logits : ndarray of shape (N,), float64
        Calibrated logit, by the calibration of the other folds.
    rates : tuple of R float
        False-positive rates asked for.
    called : ndarray of shape (R, N), bool
        Whether each video is called fake at each rate, by the threshold of the other folds.
    """

    fold: NDArray[np.int64]
    logits: Scores
    rates: tuple[float, ...]
    called: NDArray[np.bool_]

    @property
    def folds(self) -> int:
        """How many folds there are."""
        return int(self.fold.max()) + 1


def cross_fit(
    labels: Labels, logits: Scores, groups: Sequence[str], settings: CalibrationSettings, folds: int = FOLDS
) -> CrossFit | str:
    """Judge each video by the other folds.

    Parameters
    ----------
    labels : ndarray of shape (N,), int64
    logits : ndarray of shape (N,), float64
        Raw, of videos.
    groups : sequence of N str
        What must not be in two folds.
    settings : CalibrationSettings
    folds : int
        At most; fewer where fewer groups hold one of the classes.

    Returns
    -------
    CrossFit or str
        A clause that says why, where it cannot be done.
    """
    fold = folds_of(labels, groups, folds)
    if isinstance(fold, str):
        return fold
    judged, called = np.empty(len(labels)), np.empty((len(settings.rates), len(labels)), np.bool_)
    for number in range(int(fold.max()) + 1):
        own, others = fold == number, fold != number
        if reason := metrics.why_undefined(labels[others]):
            return f"without the people of one of {int(fold.max()) + 1} folds {reason}"
        if metrics.auc(labels[others], logits[others]) <= 0.5:
            return f"without the people of one of {int(fold.max()) + 1} folds fakes do not score above reals"
        scale, offset = fit(labels[others], logits[others], settings)
        judged[own] = scale * logits[own] + offset
        for place, asked in enumerate(settings.rates):
            share = _allowed_share(labels, labels[others], asked)
            threshold = threshold_at(labels[others], logits[others], share)
            called[place, own] = judged[own] >= scale * threshold + offset
    return CrossFit(fold, judged, settings.rates, called)


def folds_of(labels: Labels, groups: Sequence[str], folds: int = FOLDS) -> NDArray[np.int64] | str:
    """The fold of each video, from 0; a clause that says why, where there are not `FEWEST_FOLDS`.

    Depends on the groups' names and classes only, not on the order of the videos.
    """
    names = np.array(groups, dtype=str)
    for label, word in ((REAL, "reals"), (FAKE, "fakes")):
        count = len(np.unique(names[labels == label]))
        folds = min(folds, count)
        if count < FEWEST_FOLDS:
            counted = "1 group" if count == 1 else f"{count} groups"
            return f"their {word} are of {counted} of people, and cross-fitting takes {FEWEST_FOLDS} at least"
    dealer = StratifiedGroupKFold(folds, shuffle=True, random_state=_SEED)
    fold = np.zeros(len(labels), np.int64)
    for number, (_, own) in enumerate(dealer.split(names, labels, names)):
        fold[own] = number
    kept, fold = np.unique(fold, return_inverse=True)
    if len(kept) < FEWEST_FOLDS:
        return f"their people make {len(kept)} folds, and cross-fitting takes {FEWEST_FOLDS} at least"
    return fold.astype(np.int64)


def _allowed_share(labels: Labels, others: Labels, asked: float) -> float:
    """The share of the other folds' reals that may be called fake, as all videos' threshold allows it."""
    reals, here = int(np.sum(labels == REAL)), int(np.sum(others == REAL))
    allowed = math.floor(asked * reals + 1e-9)
    return min(math.floor(allowed * here / reals + 0.5), here - 1) / here


def cross_fitted(
    videos: Sequence[VideoScore], judged: SetUse, judge: Judge, seen: Sequence[str]
) -> tuple[Part | None, tuple[str, ...]]:
    """Figures of the videos that weights were calibrated on, each by a calibration without its people.

    Videos that do not count for the calibration (`CalibrationSettings.counts`) do not count here.

    Parameters
    ----------
    videos : sequence of VideoScore
    judged : SetUse
        Where they are from.
    judge : Judge
        With the calibrated weights.
    seen : sequence of str
        What the networks that scored had seen of them (`exposure`).

    Returns
    -------
    Part or None
        None where the weights were not calibrated on these very videos, or who scored had been trained on them, or it
        cannot be done.
    tuple of str
        In the last case, a note that says why.
    """
    weights = judge.weights
    uses = () if weights.calibration is None else read_uses(weights.calibration.source)
    wholly = any(use.overlaps(judged) and use.split == judged.split for use in uses)
    if CALIBRATED not in seen or TRAINED in seen or not wholly:
        return None, ()
    settings = settings_of(weights)
    videos = [video for video in videos if settings.counts(video.sharpness, video.face_px)]
    crossed = cross_fit(labels_of(videos), logits_of(videos), [video.group for video in videos], settings)
    if isinstance(crossed, str):
        return None, (f"no figure is cross-fitted, since {crossed}",)
    return cross_fitted_part(videos, crossed, judge), ()


def cross_fitted_part(videos: Sequence[VideoScore], crossed: CrossFit, judge: Judge) -> Part:
    """Figures of probabilities, and both rates at each operating point; the bootstrap keeps the folds as they are."""
    labels, people = labels_of(videos), groups_of(videos)
    plain = replace(judge, weights=replace(judge.weights, calibration=None))
    figures = [
        plain.figure(name, metric, labels, crossed.logits, people)
        for name, metric in probability_figures(plain).items()
    ]
    stated = {point.stands_for for point in judge.weights.operating_points}
    for asked, called in zip(crossed.rates, crossed.called, strict=True):
        if asked in stated:
            figures += [
                rate(f"{word} at asked rate {100 * asked:g} %", int(called[own].sum()), int(own.sum()))
                for word, own in (("false positives", labels == REAL), ("true positives", labels == FAKE))
            ]
    fakes = int(labels.sum())
    name = f"{crossed.folds} folds of people"
    return Part("cross-fitted", name, len(labels) - fakes, fakes, len(set(people)), tuple(figures))
