"""Records of the judgement: curves, segments, the verdict and its reasons."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from lav_gui.records.arrays import frozen_array


class VerdictState(StrEnum):
    """The four answers. None of them says "is fake"."""

    LIKELY_REAL = "likely_real"
    INCONCLUSIVE = "inconclusive"
    LIKELY_FAKE = "likely_fake"
    OUT_OF_SCOPE = "out_of_scope"


@dataclass(frozen=True, slots=True)
class Reason:
    """One stated reason: a code, the English sentence template and the values that fill it.

    The window translates `template`; JSON and report print `text`.
    """

    code: str
    template: str
    values: tuple[tuple[str, str], ...] = ()

    @property
    def text(self) -> str:
        """The English sentence."""
        return self.template.format(**dict(self.values))


@dataclass(frozen=True, slots=True)
class Segment:
    """A span of one track in which the smoothed curve stays high (hysteresis); both ends inclusive."""

    first_frame: int
    last_frame: int
    first_seconds: float
    last_seconds: float
    peak_frame: int
    peak_fake_prob: float


class EnvelopeStatus(StrEnum):
    """How a measured condition compares with what the weights were tested on."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    UNTESTED = "untested"


@dataclass(frozen=True, slots=True)
class EnvelopeCheck:
    """One condition of this video against the validated range of the weights.

    `value` is what was measured, in `unit`; `low` and `high` bound the tested range (None: not tested).
    """

    name: str
    unit: str
    value: float | str
    low: float | None
    high: float | None
    status: EnvelopeStatus


@dataclass(frozen=True, slots=True, eq=False)
class TrackVerdict:
    """The judgement of one face track. Arrays have the length N of its series.

    Attributes
    ----------
    track_id, first_frame, last_frame, frame_count : int
    track_logit : float
        The stated function of the frame logits (their mean), raw.
    fake_prob : float
        Sigmoid of the calibrated `track_logit`.
    interval : tuple of float
        95 % block-bootstrap interval of `fake_prob` over time.
    curve, smoothed, low, high : ndarray of shape (N,), float64
        Frame fake probability, raw; the same smoothed; and the band of the smoothed curve, all in [0, 1].
    segments : tuple of Segment
    rgb, noise, interaction : float or None
        Mean contributions over the measured frames, in logit units.
    strongest_frame : int
        Frame index of the highest smoothed value.
    """

    track_id: int
    first_frame: int
    last_frame: int
    frame_count: int
    track_logit: float
    fake_prob: float
    interval: tuple[float, float]
    frame_index: NDArray[np.int64]
    seconds: NDArray[np.float64]
    curve: NDArray[np.float64]
    smoothed: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    segments: tuple[Segment, ...]
    rgb: float | None
    noise: float | None
    interaction: float | None
    strongest_frame: int

    def __post_init__(self) -> None:
        n = len(self.frame_index)
        object.__setattr__(self, "frame_index", frozen_array("frame_index", self.frame_index, (n,), np.int64))
        for name in ("seconds", "curve", "smoothed", "low", "high"):
            object.__setattr__(self, name, frozen_array(name, getattr(self, name), (n,), np.float64))


@dataclass(frozen=True, slots=True)
class Verdict:
    """The judgement of one run over one video.

    `fake_prob` and `interval` are those of the highest track; None where there is no face.
    `threshold` is the video-level fake probability at and above which a verdict leans to fake,
    `false_positive_rate` the rate the weights record states for it (None: no operating point, no verdict).
    `reasons` say why the state is what it is; `speaks_for`, `speaks_against` and `not_judged` list findings.
    `unjudged` are the faces that have no part in it, by track id, each with the reason; those left out are in no track.
    """

    state: VerdictState
    fake_prob: float | None
    interval: tuple[float, float] | None
    threshold: float
    false_positive_rate: float | None
    reasons: tuple[Reason, ...]
    speaks_for: tuple[Reason, ...]
    speaks_against: tuple[Reason, ...]
    not_judged: tuple[Reason, ...]
    envelope: tuple[EnvelopeCheck, ...]
    tracks: tuple[TrackVerdict, ...]
    unjudged: tuple[tuple[int, Reason], ...] = ()
