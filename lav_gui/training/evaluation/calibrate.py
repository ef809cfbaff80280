"""From raw video logits to probabilities, thresholds with error rates, and the tested conditions.

Fitted on the *video's* logit, the very one of the verdict, since that is what is calibrated there.

* **Scale and offset**, and the **threshold** of each operating point, are set on all videos, as `fitting` tells. A
  point for a false-positive rate f is refused where there are fewer than 1 / f reals: then not even one real may be
  called fake, and the rate is not measured but hoped for.
* **Error rates** of an operating point are cross-fitted over people (`cross_fit`): each video counts as the threshold
  that the other folds set would judge it, so that no video is judged by what it or its people have set. Where there are
  too few people for that, both rates are those of the videos that set the threshold, and the true ones are likely
  worse; the calibration's source says which. Intervals are Clopper and Pearson's, over videos.
* **Inconclusive band**: from the threshold below which at most the share `misses` of the fakes fall, up to the
  threshold of the operating point that was set for the rate nearest to `band_rate`. Between them neither "likely real"
  nor "likely fake" has its error rate. Where the two cross, both claims hold everywhere and there is no band.
* **Envelope**: face size, sharpness and bits per pixel of the videos, from the 2.5 % quantile, or from the least below
  40 videos, up to the greatest; and all codecs. Only the low ends leave extremes out: a face that is larger, sharper
  or less compressed than nearly all hides less.
* **Left out** of all this are videos below the least sharpness and face size of the settings; so these lie outside the
  tested conditions, and their verdict is out of scope. The calibration's source says how many, and how they rank.
"""

import math
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lav_gui.errors import TrainingError
from lav_gui.records import Stage
from lav_gui.training.evaluation import metrics
from lav_gui.training.evaluation.cross_fit import CrossFit, cross_fit
from lav_gui.training.evaluation.exposure import AND, TRAINED, SetUse
from lav_gui.training.evaluation.fitting import CalibrationSettings, fit, threshold_at
from lav_gui.training.evaluation.intervals import clopper_pearson
from lav_gui.training.evaluation.metrics import Labels, Scores
from lav_gui.training.evaluation.scoring import ScoringSettings, choose_rows
from lav_gui.training.evaluation.stand_ins import Scorers, told
from lav_gui.training.evaluation.videos import VideoScore, labels_of, logits_of, video_scores
from lav_gui.training.sets.store import PreparedSet
from model_zoo import registry
from model_zoo.errors import WeightsError
from model_zoo.weights_record import Calibration, Envelope, OperatingPoint, Weights

_LEAST = 0.025
QUANTILES_FROM = 40
"""Videos from which a quantile is the low end of the envelope instead of the least."""


@dataclass(frozen=True, slots=True)
class Calibrated:
    """Weights with their calibration, and what must be said of it.

    Attributes
    ----------
    weights : Weights
        Not yet written anywhere.
    reals, fakes : int
        Videos it rests on.
    refused : tuple of str
        One sentence for each operating point that the videos do not bear.
    notes : tuple of str
        Sentences on what else a reader must know.
    """

    weights: Weights
    reals: int
    fakes: int
    refused: tuple[str, ...]
    notes: tuple[str, ...]


def calibrate(
    scorers: Scorers, sets: Sequence[PreparedSet], scoring: ScoringSettings, settings: CalibrationSettings
) -> Generator[Stage, None, Calibrated]:
    """Score prepared sets and calibrate on the videos of them all.

    Parameters
    ----------
    scorers : Scorers
        The weights to be calibrated, with their stand-ins where they were trained on everybody.
    sets : sequence of PreparedSet
    scoring : ScoringSettings
    settings : CalibrationSettings

    Raises
    ------
    TrainingError
        If the sets have not both classes, or the scores do not rank fakes above reals.
    ModelError
        If the network cannot be run.
    """
    chosen = [choose_rows(prepared.rows, scoring) for prepared in sets]
    for prepared, rows in zip(sets, chosen, strict=True):
        if not rows:
            raise TrainingError(f"{prepared.folder} has no face in the split {scoring.split!r}; name another split.")
    videos: list[VideoScore] = []
    for prepared, rows in zip(sets, chosen, strict=True):
        faces = yield from scorers.score(prepared, rows, scoring)
        videos += video_scores(faces)
    return calibrate_on(scorers, videos, [SetUse.of(prepared.card, scoring.split) for prepared in sets], settings)


def save_calibrated(calibrated: Calibrated) -> Path:
    """Write the card of calibrated weights anew, beside their shards.

    Returns
    -------
    Path
        The card.

    Raises
    ------
    TrainingError
        If the weights have no files, or the card cannot be written.
    """
    weights = calibrated.weights
    if not weights.files:
        raise TrainingError(f"{weights.name} has no files of its own; there is no card to write.")
    try:
        return registry.save_card(weights, weights.files[0].parent)
    except WeightsError as error:
        raise TrainingError(str(error)) from error


def calibrate_on(
    scorers: Scorers, videos: Sequence[VideoScore], sources: Sequence[SetUse], settings: CalibrationSettings
) -> Calibrated:
    """Calibrate on scored videos.

    Figures that the card of the weights holds are taken out: those of probabilities and thresholds no longer belong.

    Parameters
    ----------
    scorers : Scorers
        Whose raw logits these are.
    videos : sequence of VideoScore
    sources : sequence of SetUse
        Where the videos are from, for the card.
    settings : CalibrationSettings

    Raises
    ------
    TrainingError
        If there are not both classes, or fakes do not score above reals.
    """
    left_out = [video for video in videos if not settings.counts(video.sharpness, video.face_px)]
    videos = [video for video in videos if settings.counts(video.sharpness, video.face_px)]
    weights, labels, logits = scorers.weights, labels_of(videos), logits_of(videos)
    fakes = int(labels.sum())
    scale, offset = fit(labels, logits, settings)
    crossed = cross_fit(labels, logits, [video.group for video in videos], settings)
    source = AND.join(use.told() for use in sources)
    source += f"; {fakes} fake and {len(labels) - fakes} real videos, {settings.way}; {_rates_of(crossed)}"
    source += _told_left_out(left_out)
    is_trained_on = any(TRAINED in scorers.seen(use) for use in sources)
    clauses = [TRAINED] if is_trained_on else []
    clauses += dict.fromkeys(clause for use in sources if (clause := told(scorers.used(use))))
    calibration = Calibration(scale, offset, "; ".join((source, *clauses)))
    ready = replace(weights, calibration=calibration, operating_points=(), inconclusive=None, metrics=())
    points, refused = _points(labels, logits, ready, settings.rates, crossed)
    ready = replace(
        ready, operating_points=points, inconclusive=_band(labels, logits, ready, points, settings),
        envelope=envelope_of(videos),
    )  # fmt: skip
    notes = [_TRAINED_NOTE] if is_trained_on else []
    notes += [_IN_SAMPLE_NOTE.format(reason=crossed)] if isinstance(crossed, str) and points else []
    notes += [_METRICS_NOTE] if weights.metrics else []
    return Calibrated(ready, len(labels) - fakes, fakes, refused, tuple(notes))


def _told_left_out(videos: Sequence[VideoScore]) -> str:
    """What the card says of videos that do not count; nothing where all do."""
    if not videos:
        return ""
    labels = labels_of(videos)
    fakes = int(labels.sum())
    ranked = "" if metrics.why_undefined(labels) else f" (AUC {metrics.auc(labels, logits_of(videos)):.2f})"
    return f"; {fakes} fake and {len(labels) - fakes} real videos below these limits left out{ranked}"


_TRAINED_NOTE = "These videos were trained on: on others, probabilities will be too sure and error rates higher."
_IN_SAMPLE_NOTE = (
    "The error rates are those of the very videos that set the thresholds, likely better than on others: {reason}."
)
_METRICS_NOTE = (
    "The figures in the card were those of the calibration before and are taken out; run lav evaluate again."
)


def _rates_of(crossed: CrossFit | str) -> str:
    if isinstance(crossed, str):
        return "error rates are those of the videos that set the thresholds"
    return f"error rates cross-fitted over {crossed.folds} folds of people"


def _points(
    labels: Labels, logits: Scores, weights: Weights, rates: Sequence[float], crossed: CrossFit | str
) -> tuple[tuple[OperatingPoint, ...], tuple[str, ...]]:
    """Operating points by rate, and a sentence for each rate that cannot be measured.

    Rates that lead to one threshold make one point, which stands for the lowest of them.
    """
    reals = int(np.sum(labels == 0))
    points: dict[float, OperatingPoint] = {}
    refused = []
    for rate in sorted(rates):
        if reals < 1 / rate - 1e-9:
            least = math.ceil(1 / rate - 1e-9)
            refused.append(
                f"No operating point at {100 * rate:g} % false positives: that takes at least {least} real videos, and"
                f" there are {reals}."
            )
            continue
        threshold = float(weights.fake_prob(np.array(threshold_at(labels, logits, rate))))
        if threshold not in points:
            called = (
                weights.fake_prob(logits) >= threshold
                if isinstance(crossed, str)
                else crossed.called[crossed.rates.index(rate)]
            )
            points[threshold] = measure_point(labels, called, threshold, rate)
    return tuple(points.values()), tuple(refused)


def measure_point(
    labels: Labels, called: NDArray[np.bool_], threshold: float, asked_rate: float | None = None
) -> OperatingPoint:
    """Both error rates of the videos that were called fake, with Clopper and Pearson's intervals.

    Parameters
    ----------
    labels : ndarray of shape (N,), int64
    called : ndarray of shape (N,), bool
    threshold : float
        On the calibrated probability, for the point to state.
    asked_rate : float or None
        False-positive rate that the threshold was set for.
    """
    false, true = int(called[labels == 0].sum()), int(called[labels == 1].sum())
    reals, fakes = int(np.sum(labels == 0)), int(np.sum(labels == 1))
    return OperatingPoint(
        threshold=threshold,
        false_positive_rate=false / reals,
        false_positive_interval=clopper_pearson(false, reals),
        true_positive_rate=true / fakes,
        true_positive_interval=clopper_pearson(true, fakes),
        asked_rate=asked_rate,
    )


def _band(
    labels: Labels, logits: Scores, weights: Weights, points: Sequence[OperatingPoint], settings: CalibrationSettings
) -> tuple[float, float] | None:
    if not points:
        return None
    high = min(points, key=lambda point: abs(point.stands_for - settings.band_rate)).threshold
    fakes = np.sort(logits[labels == 1])
    lowest_kept = fakes[math.floor(settings.misses * len(fakes) + 1e-9)]
    low = float(weights.fake_prob(np.array(lowest_kept)))
    return (low, high) if low < high else None


def envelope_of(videos: Sequence[VideoScore]) -> Envelope:
    """The conditions of these videos; of those only that tell their bits per pixel, so pictures do not count.

    Raises
    ------
    TrainingError
        If not one of them tells its bits per pixel, as in a set of pictures.
    """
    known = [video for video in videos if not math.isnan(video.bits_per_pixel)]
    if not known:
        raise TrainingError("Not one source tells its bits per pixel; calibrate on videos, not on pictures.")
    return Envelope(
        face_px=_range([video.face_px for video in known]),
        sharpness=_range([video.sharpness for video in known]),
        bits_per_pixel=_range([video.bits_per_pixel for video in known]),
        codecs=tuple(sorted({video.codec for video in known})),
    )


def _range(values: Sequence[float]) -> tuple[float, float]:
    least = float(np.quantile(np.array(values), _LEAST if len(values) >= QUANTILES_FROM else 0.0))
    return least, max(values)
