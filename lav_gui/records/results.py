"""Records of the analysis: what the network said of one frame, and the same turned into columns."""

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lav_gui.records.arrays import frozen_array
from lav_gui.records.media import Box, Evidence, Gap
from lav_gui.settings import AnalysisSettings
from model_zoo.weights_record import Weights


@dataclass(frozen=True, slots=True)
class Contributions:
    """Exact Shapley values of the two-player game "which stream carries the fake-minus-real margin".

    All in logit units. With v(S) the margin when only the streams in S see the face:
    ``rgb + noise == v(both) - v(none)``; ``interaction == v(both) - v(rgb) - v(noise) + v(none)``
    (half of it is inside each stream's value); ``baseline == v(none)``.
    """

    rgb: float
    noise: float
    interaction: float
    baseline: float


@dataclass(frozen=True, slots=True, eq=False)
class FaceResult:
    """What the network said of one face in one frame.

    Attributes
    ----------
    track_id : int
        Person, from 1.
    box_xyxy : Box
        Face box in upright stored pixels.
    detection_score : float or None
        Detector's confidence; None where the box was interpolated.
    frame_from_crop : ndarray of shape (2, 3), float64
        The crop's affine: brings the heatmap back to the frame.
    face_px : float
        Shorter side of the box in display pixels.
    sharpness : float
        Variance of the Laplacian of the crop's luma (8-bit scale), the field's blur measure.
    logit : float
        Fake minus real, raw: of the class head and, where the weights say so, of the map (`model_zoo.margins`).
    fake_prob : float
        Sigmoid of the calibrated logit, in [0, 1].
    heatmap : ndarray of shape (G, G), float16
        Softmax of the map's fake channel, in [0, 1]; row 0 is the top of the crop. 19 x 19 at 299 px.
    contributions : Contributions or None
        None where not measured on this frame (off the stride).
    """

    track_id: int
    box_xyxy: Box
    detection_score: float | None
    frame_from_crop: NDArray[np.float64]
    face_px: float
    sharpness: float
    logit: float
    fake_prob: float
    heatmap: NDArray[np.float16]
    contributions: Contributions | None

    def __post_init__(self) -> None:
        grid = self.heatmap.shape[0]
        object.__setattr__(self, "heatmap", frozen_array("heatmap", self.heatmap, (grid, grid), np.float16))
        object.__setattr__(
            self,
            "frame_from_crop",
            frozen_array("frame_from_crop", self.frame_from_crop, (2, 3), np.float64),
        )


@dataclass(frozen=True, slots=True)
class FrameResult:
    """One analyzed frame. No face found is a result: `faces` is then empty.

    `digest` is `frame_digest` of the very array the network saw. `faces_too_small` counts faces that the detector
    saw below the smallest side that is analyzed.
    """

    index: int
    pts: int
    time_base: Fraction
    picture_type: str
    digest: str
    faces: tuple[FaceResult, ...]
    faces_too_small: int = 0

    @property
    def seconds(self) -> float:
        """Presentation time in seconds, as the file states it."""
        return float(self.pts * self.time_base)


@dataclass(frozen=True, slots=True)
class Software:
    """What produced the numbers.

    `device` names the processor or GPU used; `detector_sha256` the face detector's weights; `versions` are
    (component, version) pairs: lav, Python, operating system, torch, PyAV, FFmpeg libraries, NumPy, ...
    """

    device: str
    precision: str
    deterministic: bool
    detector: str
    detector_sha256: str
    versions: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, eq=False)
class AnalysisStarted:
    """First thing an analysis yields: everything is known but the results.

    `planned` (P,) int64 are the frame indices of the whole run, increasing; `done` of them are
    already in the case from an earlier, interrupted call.
    """

    case_path: Path
    run_id: int
    evidence_id: int
    evidence: Evidence
    settings: AnalysisSettings
    weights: Weights
    software: Software
    planned: NDArray[np.int64]
    done: int

    def __post_init__(self) -> None:
        object.__setattr__(self, "planned", frozen_array("planned", self.planned, (None,), np.int64))


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence the analyst should read: something went on otherwise than planned, and nothing is lost."""

    text: str


@dataclass(frozen=True, slots=True)
class Stage:
    """Progress of a step before the first frame: what is being done, and how much of it."""

    text: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class AnalysisSummary:
    """Last thing an analysis yields."""

    run_id: int
    frames_done: int
    frames_planned: int
    gaps: tuple[Gap, ...]
    seconds_taken: float


@dataclass(frozen=True, slots=True, eq=False)
class TrackSeries:
    """All results of one track as columns, ordered by frame; what curves and verdicts are made of.

    Attributes
    ----------
    track_id : int
    frame_index : ndarray of shape (N,), int64, strictly increasing
    seconds, logit, face_px, sharpness : ndarray of shape (N,), float64
    rgb, noise, interaction : ndarray of shape (N,), float64
        Contributions in logit units; NaN where not measured.
    """

    track_id: int
    frame_index: NDArray[np.int64]
    seconds: NDArray[np.float64]
    logit: NDArray[np.float64]
    face_px: NDArray[np.float64]
    sharpness: NDArray[np.float64]
    rgb: NDArray[np.float64]
    noise: NDArray[np.float64]
    interaction: NDArray[np.float64]

    def __post_init__(self) -> None:
        n = len(self.frame_index)
        object.__setattr__(self, "frame_index", frozen_array("frame_index", self.frame_index, (n,), np.int64))
        for name in ("seconds", "logit", "face_px", "sharpness", "rgb", "noise", "interaction"):
            object.__setattr__(self, name, frozen_array(name, getattr(self, name), (n,), np.float64))
        if n > 1 and not bool(np.all(np.diff(self.frame_index) > 0)):
            raise ValueError(f"track {self.track_id}: frame_index must increase strictly")

    def __len__(self) -> int:
        return len(self.frame_index)
