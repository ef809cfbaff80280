"""The report as a record: everything its documents need, and nothing that must be looked up anywhere else."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from lav_gui.records import Evidence, FaceResult, FrameResult, Gap, Software, TrackSeries, Verdict
from lav_gui.records.arrays import frozen_array
from lav_gui.settings import AnalysisSettings
from model_zoo.weights_record import Weights


class ReportStatus(StrEnum):
    """Whether the report may still change."""

    DRAFT = "draft"
    FINAL = "final"


class EvidenceState(StrEnum):
    """What was found where the evidence should lie when the report was made."""

    UNCHANGED = "unchanged"
    CHANGED = "changed"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Examination:
    """What only people know; an empty text prints as a line to be filled in by hand."""

    case_number: str = ""
    exhibit_number: str = ""
    laboratory: str = ""
    requested_by: str = ""
    examiner: str = ""
    reviewer: str = ""
    received: str = ""
    classification: str = ""
    question: str = ""
    opinion: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceCheck:
    """The evidence as it was found for this report; `sha256_now` is None where it could not be read."""

    state: EvidenceState
    sha256_now: str | None
    sentence: str


@dataclass(frozen=True, slots=True)
class RunFacts:
    """One run in figures. `faces_measured` counts faces over all frames."""

    run_id: int
    state: str
    started: datetime
    finished: datetime | None
    frames_planned: int
    frames_analyzed: int
    frames_without_face: int
    faces_measured: int


@dataclass(frozen=True, slots=True, eq=False)
class FacePictures:
    """Pictures of a shown face, decoded again for the report.

    Attributes
    ----------
    frame : ndarray of shape (H, W, 3), uint8
        The whole frame, RGB, upright stored pixels.
    crop : ndarray of shape (S, S, 3), uint8
        What the network saw.
    residual : ndarray of shape (S, S, 3), float32
        Noise residual of the crop, in [-3, 3], one channel per filter.
    """

    frame: NDArray[np.uint8]
    crop: NDArray[np.uint8]
    residual: NDArray[np.float32]

    def __post_init__(self) -> None:
        size = self.crop.shape[0]
        object.__setattr__(self, "frame", frozen_array("frame", self.frame, (None, None, 3), np.uint8))
        object.__setattr__(self, "crop", frozen_array("crop", self.crop, (size, size, 3), np.uint8))
        object.__setattr__(self, "residual", frozen_array("residual", self.residual, (size, size, 3), np.float32))


@dataclass(frozen=True, slots=True, eq=False)
class ShownFace:
    """One face of one frame that the report shows.

    Attributes
    ----------
    result : FrameResult
        The frame, with the track numbers after the examiner's edits.
    face : FaceResult
        The shown one of its faces.
    smoothed : float
        The track's smoothed curve at this frame, in [0, 1].
    digest_now : str or None
        SHA-256 of the picture decoded for this report; None where there is none.
    pictures : FacePictures or None
        None where the video was not there or the frame could not be decoded.
    remark : str
        A sentence on what is out of the ordinary; empty where nothing is.
    """

    result: FrameResult
    face: FaceResult
    smoothed: float
    digest_now: str | None
    pictures: FacePictures | None
    remark: str

    @property
    def other_faces(self) -> tuple[FaceResult, ...]:
        """The other faces in the same frame."""
        return tuple(other for other in self.result.faces if other is not self.face)


@dataclass(frozen=True, slots=True)
class EditLine:
    """One change of the tracks by hand; `kind` is "exclude", "merge" or "split"."""

    kind: str
    track_id: int
    other: int | None
    frame_index: int | None


@dataclass(frozen=True, slots=True)
class NoteLine:
    """One note or marker of the analyst; `kind` is what it is about, in one word."""

    kind: str
    text: str
    author: str
    created: str
    first_frame: int | None
    last_frame: int | None


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One entry of the audit log; `details` is JSON text, `time` UTC in ISO 8601."""

    number: int
    time: str
    actor: str
    action: str
    details: str


@dataclass(frozen=True, slots=True)
class AuditExtract:
    """The audit log of the case in the report: its newest lines, and what a check of the whole chain found."""

    lines: tuple[AuditLine, ...]
    total: int
    head: str
    is_intact: bool
    finding: str


@dataclass(frozen=True, slots=True)
class FrameRow:
    """One row of the printed frame table; the face's values are None where the frame shows no face."""

    index: int
    pts: int
    seconds: float
    picture_type: str
    digest: str
    track_id: int | None
    face_px: float | None
    logit: float | None
    fake_prob: float | None


@dataclass(frozen=True, slots=True)
class FrameTable:
    """The printed part of the frame results: every `stride`-th analyzed frame of `frames` in all."""

    rows: tuple[FrameRow, ...]
    stride: int
    frames: int


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside the PDF."""

    name: str
    media_type: str
    description: str
    content: bytes

    @property
    def sha256(self) -> str:
        """Digest of the content, lower-case hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True, eq=False)
class Report:
    """One report on one run over one piece of evidence.

    Attributes
    ----------
    report_id : str
        UUID.
    created : datetime
        When the report was made, with time zone.
    method_rules : tuple of str
        How curves, segments, scores and intervals were made, in words.
    series : tuple of TrackSeries
        The measurements behind `verdict.tracks`, after the examiner's edits.
    keyframe_seconds : ndarray of shape (K,), float64
        Presentation times of the key frames; empty where the video was not there.
    faces : tuple of ShownFace
    notices : tuple of str
        Sentences on what went otherwise than planned.
    """

    report_id: str
    status: ReportStatus
    created: datetime
    case_name: str
    examination: Examination
    evidence: Evidence
    check: EvidenceCheck
    settings: AnalysisSettings
    weights: Weights
    software: Software
    run: RunFacts
    verdict: Verdict
    method_rules: tuple[str, ...]
    series: tuple[TrackSeries, ...]
    faces: tuple[ShownFace, ...]
    gaps: tuple[Gap, ...]
    edits: tuple[EditLine, ...]
    notes: tuple[NoteLine, ...]
    audit: AuditExtract
    frame_table: FrameTable
    attachments: tuple[Attachment, ...]
    keyframe_seconds: NDArray[np.float64] = field(default_factory=lambda: np.empty(0))
    notices: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(
            self, "keyframe_seconds", frozen_array("keyframe_seconds", self.keyframe_seconds, (None,), np.float64)
        )
