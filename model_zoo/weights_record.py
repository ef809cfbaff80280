"""What is known of a set of weights: what they expect, how they were calibrated and tested. No torch."""

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Calibration:
    """Platt scaling: calibrated logit = scale * logit + offset (temperature scaling where offset = 0).

    Platt 1999; temperature: Guo et al., ICML 2017. `source` names the videos it was fitted on.
    """

    scale: float
    offset: float
    source: str


@dataclass(frozen=True, slots=True)
class OperatingPoint:
    """A threshold on the video's calibrated fake probability, with both error rates as measured.

    `asked_rate` is the false-positive rate that the threshold was set for; None where it is not known, as in cards of
    older versions. The measured rates may lie elsewhere: they are cross-fitted where that was possible (each video is
    judged by a threshold that was set without its people), and else those of the videos that set the threshold;
    `Calibration.source` says which. Intervals are Clopper-Pearson, 95 %, over videos.
    """

    threshold: float
    false_positive_rate: float
    false_positive_interval: tuple[float, float]
    true_positive_rate: float
    true_positive_interval: tuple[float, float]
    asked_rate: float | None = None

    @property
    def stands_for(self) -> float:
        """The false-positive rate by which a point is chosen: the one asked for, or the measured one."""
        return self.false_positive_rate if self.asked_rate is None else self.asked_rate


@dataclass(frozen=True, slots=True)
class Envelope:
    """The range of conditions the weights were really tested on; (low, high), both inclusive."""

    face_px: tuple[float, float]
    sharpness: tuple[float, float]
    bits_per_pixel: tuple[float, float]
    codecs: tuple[str, ...]

    def holds(self, face_px: float, sharpness: float, bits_per_pixel: float, codec: str) -> bool:
        """Whether nothing that is known of a video lies outside; NaN is not known."""
        pairs = ((face_px, self.face_px), (sharpness, self.sharpness), (bits_per_pixel, self.bits_per_pixel))
        ranged = all(math.isnan(value) or low <= value <= high for value, (low, high) in pairs)
        return ranged and codec in self.codecs


@dataclass(frozen=True, slots=True)
class Weights:
    """One registered set of weights.

    Attributes
    ----------
    name : str
        ``architecture.recipe``, as in ``lvnet.self_blend``.
    architecture : str
        Key of `model_zoo.networks.ARCHITECTURES`.
    sha256 : str
        Of the safetensors files, one after the other; of the generated tensors for `untrained` (see `registry`).
    trained : bool
        False for the seeded random initialization.
    files : tuple of Path
        Safetensors shards; empty for `untrained`, which is made from its seed.
    input_size : int
        Crop side in pixels.
    mean, std : tuple of 3 float
        Normalization of RGB in [0, 1].
    calibration : Calibration or None
    operating_points : tuple of OperatingPoint
    inconclusive : tuple of 2 float or None
        Band of the video fake probability in which no verdict leans to a side.
    envelope : Envelope or None
    metrics : tuple of (str, str)
        Name and printed figure with interval, from the card.
    license, source, created : str
    training : tuple of (str, str)
        How they were trained, name and value: recipe, commit, seed, data with hashes. Empty where it is not known, as
        for imported weights and in cards of older versions.
    map_contrast : float
        How much the contrast of the map counts in the logit (`model_zoo.margins`), at least 0; 0: the class head alone.
    """

    name: str
    architecture: str
    sha256: str
    trained: bool
    files: tuple[Path, ...]
    input_size: int
    mean: tuple[float, float, float]
    std: tuple[float, float, float]
    calibration: Calibration | None
    operating_points: tuple[OperatingPoint, ...]
    inconclusive: tuple[float, float] | None
    envelope: Envelope | None
    metrics: tuple[tuple[str, str], ...]
    license: str
    source: str
    created: str
    training: tuple[tuple[str, str], ...] = ()
    map_contrast: float = 0.0

    def calibrated(self, logit: NDArray[np.float64]) -> NDArray[np.float64]:
        """Calibrated logit; the raw one where there is no calibration. Any shape."""
        if self.calibration is None:
            return logit
        return self.calibration.scale * logit + self.calibration.offset

    def fake_prob(self, logit: NDArray[np.float64]) -> NDArray[np.float64]:
        """Fake probability in [0, 1] of a raw fake-minus-real logit. Any shape; stable at both ends."""
        return np.asarray(0.5 * (1.0 + np.tanh(0.5 * self.calibrated(logit))))

    def operating_point(self, false_positive_rate: float) -> OperatingPoint | None:
        """The operating point set for the nearest false-positive rate, or None where there is none."""
        if not self.operating_points:
            return None
        return min(self.operating_points, key=lambda p: abs(p.stands_for - false_positive_rate))

    def to_dict(self) -> dict[str, Any]:
        """Plain values for a card or a case file: `files` as text, what later versions added only where it is set."""
        plain = asdict(self)
        for point in plain["operating_points"]:
            if point["asked_rate"] is None:
                del point["asked_rate"]
        for name in ("training", "map_contrast"):
            if not plain[name]:
                del plain[name]
        plain["files"] = [str(path) for path in self.files]
        return plain

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> "Weights":
        """Read what `to_dict` wrote (lists may stand for tuples).

        Raises
        ------
        KeyError, TypeError, ValueError
            If a field is missing, unknown or of another form.
        """
        values = dict(plain)
        values["files"] = tuple(Path(path) for path in values["files"])
        for name in ("mean", "std"):
            values[name] = tuple(values[name])
        values["inconclusive"] = values["inconclusive"] and tuple(values["inconclusive"])
        values["metrics"] = tuple((name, figure) for name, figure in values["metrics"])
        values["training"] = tuple((name, value) for name, value in values.get("training", ()))
        values["calibration"] = values["calibration"] and Calibration(**values["calibration"])
        values["envelope"] = values["envelope"] and Envelope(**_tuples(values["envelope"]))
        values["operating_points"] = tuple(OperatingPoint(**_tuples(point)) for point in values["operating_points"])
        return cls(**values)


def _tuples(plain: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in plain.items()}
