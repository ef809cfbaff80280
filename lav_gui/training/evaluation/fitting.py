"""The fit of a calibration, and the threshold of a false-positive rate: on some videos, for others to be judged by.

* **Scale** (temperature; Guo et al., ICML 2017: offset 0) or **scale and offset** (Platt, 1999), by maximum likelihood.
  With balanced priors both classes weigh the same whatever their counts; the calibrated logit is then a log likelihood
  ratio. Targets are Platt's: (n + 1) / (n + 2) instead of 1, 1 / (n + 2) instead of 0 for n videos of the class, which
  keeps the scale finite where the classes do not overlap.
* **Threshold** for a false-positive rate f, with n reals: the lowest that calls at most f * n of them fake, halfway (in
  logits) to the next lower real.
"""

import math
import re
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from lav_gui.errors import TrainingError
from lav_gui.training.evaluation import metrics
from lav_gui.training.evaluation.metrics import Labels, Scores
from model_zoo.weights_record import Weights

METHODS = ("temperature", "platt")

_BALANCED = "both classes weighing the same"
_SHARPNESS, _FACE_PX = "a sharpness of at least {}", "faces of at least {} px"
_NUMBER = r"([0-9.e+-]+)"


@dataclass(frozen=True, slots=True)
class CalibrationSettings:
    """How weights are calibrated; `calibrate` tells what follows from each.

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
    least_sharpness, least_face_px : float
        Conditions from which videos count (medians of the track that stands for the video, as in the envelope): where
        the weights rank no better than chance, a probability would claim what is not there.
    """

    method: str = "platt"
    balanced: bool = True
    rates: tuple[float, ...] = (0.01, 0.05, 0.10)
    misses: float = 0.10
    band_rate: float = 0.05
    least_sharpness: float = 0.0
    least_face_px: float = 0.0

    def __post_init__(self) -> None:
        if self.method not in METHODS:
            raise TrainingError(f"The calibration {self.method!r} is not known; choose {' or '.join(METHODS)}.")
        shares = (*self.rates, self.misses, self.band_rate)
        if not self.rates or not all(0 < share < 1 for share in shares):
            raise TrainingError("A calibration needs false-positive rates and shares between 0 and 1.")
        if not all(0 <= least < math.inf for least in (self.least_sharpness, self.least_face_px)):
            raise TrainingError("The least sharpness and face size of a calibration must not be negative.")

    @property
    def way(self) -> str:
        """In words, as cards of weights hold it; `settings_of` reads it back."""
        conditions = {_SHARPNESS: self.least_sharpness, _FACE_PX: self.least_face_px}
        exact = {words: np.format_float_positional(least, trim="-") for words, least in conditions.items()}
        stated = [words.format(exact[words]) for words, least in conditions.items() if least > 0]
        floors = f", of videos with {' and '.join(stated)}" if stated else ""
        return f"{self.method}, {_BALANCED if self.balanced else 'each video weighing 1'}{floors}"

    def counts(self, sharpness: float, face_px: float) -> bool:
        """Whether a video counts that was seen under these conditions."""
        return sharpness >= self.least_sharpness and face_px >= self.least_face_px


def settings_of(weights: Weights) -> CalibrationSettings:
    """The settings that weights were calibrated with, as far as their card tells; the usual ones where it does not.

    The rates are those that the operating points stand for.
    """
    usual = CalibrationSettings()
    told = "" if weights.calibration is None else weights.calibration.source
    found = [
        CalibrationSettings(method, balanced)
        for method in METHODS
        for balanced in (True, False)
        if CalibrationSettings(method, balanced).way in told
    ]
    rates = tuple(point.stands_for for point in weights.operating_points if 0 < point.stands_for < 1)
    used = found[0] if found else usual
    return CalibrationSettings(
        used.method,
        used.balanced,
        rates or usual.rates,
        least_sharpness=_least(_SHARPNESS, told),
        least_face_px=_least(_FACE_PX, told),
    )


def _least(words: str, told: str) -> float:
    found = re.search(words.format(_NUMBER), told)
    return float(found[1]) if found else 0.0


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


def threshold_at(labels: Labels, logits: Scores, rate: float) -> float:
    """The raw logit at and above which at most this share of the reals lies; halfway to the next lower real.

    Where no real may lie above, halfway from the highest real to the fake above it, or just above the real.
    """
    reals = np.sort(logits[labels == 0])[::-1]
    allowed = math.floor(rate * len(reals) + 1e-9)
    below = float(reals[allowed])
    above = reals[reals > below] if allowed else logits[logits > below]
    return (below + float(above.min())) / 2 if len(above) else float(np.nextafter(below, math.inf))
