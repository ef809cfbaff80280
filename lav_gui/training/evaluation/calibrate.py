"""From raw video logits to probabilities, thresholds with error rates, and the tested conditions.

Fitted on the *video's* logit, the very one of the verdict, since that is what is calibrated there.

* **Scale** (temperature; Guo et al., ICML 2017: offset 0) or **scale and offset** (Platt, 1999), by maximum likelihood.
  With balanced priors both classes weigh the same whatever their counts; the calibrated logit is then a log likelihood
  ratio. Targets are Platt's: (n + 1) / (n + 2) instead of 1, 1 / (n + 2) instead of 0 for n videos of the class, which
  keeps the scale finite where the classes do not overlap.
* **Operating point** for a false-positive rate f, with n reals: the lowest threshold that calls at most f * n of them
  fake, halfway (in logits) to the next lower real. Refused where n < 1 / f: then not even one real may be called fake,
  and the rate is not measured but hoped for. Both rates are those of the same videos on which the threshold was set,
  so the true ones are likely a little worse; the intervals (Clopper and Pearson) tell how much is not known.
* **Inconclusive band**: from the threshold below which at most the share `misses` of the fakes fall, up to the
  threshold of the operating point nearest to `band_rate`. Between them neither "likely real" nor "likely fake" has its
  error rate. Where the two thresholds cross, both claims hold everywhere and there is no band.
* **Envelope**: face size, sharpness and bits per pixel of the videos, from the 2.5 % to the 97.5 % quantile, or from
  the least to the greatest below 40 videos; and all codecs.
"""

import math
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from lav_gui.errors import TrainingError
from lav_gui.records import Stage
from lav_gui.training.evaluation import metrics
from lav_gui.training.evaluation.exposure import TRAINED, SetUse, exposures
from lav_gui.training.evaluation.intervals import clopper_pearson
from lav_gui.training.evaluation.metrics import Labels, Scores
from lav_gui.training.evaluation.scoring import ScoringSettings, choose_rows, open_runner, score_faces
from lav_gui.training.evaluation.videos import VideoScore, labels_of, logits_of, video_scores
from lav_gui.training.sets.store import PreparedSet
from model_zoo import registry
from model_zoo.errors import WeightsError
from model_zoo.weights_record import Calibration, Envelope, OperatingPoint, Weights

METHODS = ("temperature", "platt")
QUANTILES_FROM = 40
"""Videos from which quantiles bound the envelope instead of the extremes."""


@dataclass(frozen=True, slots=True)
class CalibrationSettings:
    """How weights are calibrated; the meaning of each stands in the module's docstring.

    Attributes
    ----------
    method : str
        ``temperature`` or ``platt``.
    balanced : bool
        Both classes weigh the same.
    rates : tuple of float
        False-positive rates of the operating points.
    misses : float
        Share of fakes that may fall below the inconclusive band.
    band_rate : float
        Which operating point bounds the band from above.
    """

    method: str = "platt"
    balanced: bool = True
    rates: tuple[float, ...] = (0.01, 0.05, 0.10)
    misses: float = 0.10
    band_rate: float = 0.05

    def __post_init__(self) -> None:
        if self.method not in METHODS:
            raise TrainingError(f"The calibration {self.method!r} is not known; choose {' or '.join(METHODS)}.")
        shares = (*self.rates, self.misses, self.band_rate)
        if not self.rates or not all(0 < share < 1 for share in shares):
            raise TrainingError("A calibration needs false-positive rates and shares between 0 and 1.")


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
    weights: Weights, prepared: PreparedSet, scoring: ScoringSettings, settings: CalibrationSettings
) -> Generator[Stage, None, Calibrated]:
    """Score a prepared set and calibrate on its videos.

    Raises
    ------
    TrainingError
        If the set has not both classes, or the scores do not rank fakes above reals.
    ModelError
        If the network cannot be run.
    """
    rows = choose_rows(prepared.rows, scoring)
    if not rows:
        raise TrainingError(f"{prepared.folder} has no face in the split {scoring.split!r}; name another split.")
    runner = open_runner(weights, scoring)
    faces = yield from score_faces(prepared, rows, weights, scoring, runner)
    return calibrate_on(weights, video_scores(faces), SetUse.of(prepared.card, scoring.split), settings)


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
    weights: Weights, videos: Sequence[VideoScore], source: SetUse, settings: CalibrationSettings
) -> Calibrated:
    """Calibrate on scored videos.

    Figures that the card of the weights holds are taken out: those of probabilities and thresholds no longer belong.

    Parameters
    ----------
    weights : Weights
        Whose raw logits these are.
    videos : sequence of VideoScore
    source : SetUse
        Where the videos are from, for the card.
    settings : CalibrationSettings

    Raises
    ------
    TrainingError
        If there are not both classes, or fakes do not score above reals.
    """
    labels, logits = labels_of(videos), logits_of(videos)
    fakes = int(labels.sum())
    scale, offset = fit(labels, logits, settings)
    told = f"{source.told()}; {fakes} fake and {len(labels) - fakes} real videos, {_way(settings)}"
    is_trained_on = TRAINED in exposures(weights, source)
    calibration = Calibration(scale, offset, f"{told}; {TRAINED}" if is_trained_on else told)
    ready = replace(weights, calibration=calibration, operating_points=(), inconclusive=None, metrics=())
    points, refused = _points(labels, logits, ready, settings.rates)
    ready = replace(
        ready, operating_points=points, inconclusive=_band(labels, logits, ready, points, settings),
        envelope=envelope_of(videos),
    )  # fmt: skip
    notes = [_TRAINED_NOTE] if is_trained_on else []
    notes += [_METRICS_NOTE] if weights.metrics else []
    return Calibrated(ready, len(labels) - fakes, fakes, refused, tuple(notes))


_TRAINED_NOTE = "These videos were trained on: on others, probabilities will be too sure and error rates higher."
_METRICS_NOTE = (
    "The figures in the card were those of the calibration before and are taken out; run lav evaluate again."
)


def _way(settings: CalibrationSettings) -> str:
    return f"{settings.method}, {'both classes weighing the same' if settings.balanced else 'each video weighing 1'}"


def fit(labels: Labels, logits: Scores, settings: CalibrationSettings) -> tuple[float, float]:
    """Scale and offset of the most likely calibration.

    Raises
    ------
    TrainingError
        If there are not both classes, or fakes do not score above reals (their AUC is not above 0.5).
    """
    if reason := metrics.why_undefined(labels):
        raise TrainingError(f"A calibration needs real and fake videos, and {reason}; choose a set that has both.")
    if metrics.auc(labels, logits) <= 0.5:
        raise TrainingError("These weights do not score fakes above reals on this set; there is nothing to calibrate.")
    fakes, reals = float(labels.sum()), float(np.sum(labels == 0))
    target = np.where(labels == 1, (fakes + 1) / (fakes + 2), 1 / (reals + 2))
    weight = (
        np.where(labels == 1, 0.5 / fakes, 0.5 / reals) if settings.balanced else np.full(len(labels), 1 / len(labels))
    )
    spread = float(logits.std())
    center = float(np.sum(weight * logits)) if settings.method == "platt" else 0.0
    standard = (logits - center) / spread

    def cost(parameters: Scores) -> tuple[float, Scores]:
        scale = math.exp(parameters[0])
        value = scale * standard + (parameters[1] if settings.method == "platt" else 0.0)
        loss = np.sum(weight * (np.logaddexp(0.0, value) - target * value))
        slope = weight * (0.5 * (1.0 + np.tanh(0.5 * value)) - target)
        return float(loss), np.array([np.sum(slope * standard) * scale, np.sum(slope)])

    found = minimize(cost, np.zeros(2), jac=True, method="L-BFGS-B", bounds=[(-20.0, 20.0), (-100.0, 100.0)])
    scale = math.exp(found.x[0]) / spread
    return scale, float(found.x[1]) - scale * center if settings.method == "platt" else 0.0


def _points(
    labels: Labels, logits: Scores, weights: Weights, rates: Sequence[float]
) -> tuple[tuple[OperatingPoint, ...], tuple[str, ...]]:
    """Operating points by rate, and a sentence for each rate that cannot be measured."""
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
        points[threshold] = measure_point(labels, weights.fake_prob(logits), threshold)
    return tuple(points.values()), tuple(refused)


def threshold_at(labels: Labels, logits: Scores, rate: float) -> float:
    """The raw logit at and above which at most this share of the reals lies; halfway to the next lower real.

    Where no real may lie above, halfway from the highest real to the fake above it, or just above the real.
    """
    reals = np.sort(logits[labels == 0])[::-1]
    allowed = math.floor(rate * len(reals) + 1e-9)
    below = float(reals[allowed])
    above = reals[reals > below] if allowed else logits[logits > below]
    return (below + float(above.min())) / 2 if len(above) else float(np.nextafter(below, math.inf))


def measure_point(labels: Labels, probabilities: Scores, threshold: float) -> OperatingPoint:
    """Both error rates of a threshold on the calibrated probability, with Clopper and Pearson's intervals."""
    called = probabilities >= threshold
    false, true = int(called[labels == 0].sum()), int(called[labels == 1].sum())
    reals, fakes = int(np.sum(labels == 0)), int(np.sum(labels == 1))
    return OperatingPoint(
        threshold=threshold,
        false_positive_rate=false / reals,
        false_positive_interval=clopper_pearson(false, reals),
        true_positive_rate=true / fakes,
        true_positive_interval=clopper_pearson(true, fakes),
    )


def _band(
    labels: Labels, logits: Scores, weights: Weights, points: Sequence[OperatingPoint], settings: CalibrationSettings
) -> tuple[float, float] | None:
    if not points:
        return None
    high = min(points, key=lambda point: abs(point.false_positive_rate - settings.band_rate)).threshold
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
    ends = [0.025, 0.975] if len(values) >= QUANTILES_FROM else [0.0, 1.0]
    low, high = np.quantile(np.array(values), ends)
    return float(low), float(high)
