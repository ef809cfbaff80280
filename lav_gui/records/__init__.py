"""The nouns: every value that crosses a wall between rooms, as a frozen record that checks itself.

A package of four files instead of one (HOUSE limits a file to 400 lines):
`media` (file facts, frames, sound, the packet index), `faces` (detections and crops),
`results` (what the network said of one frame, and the same as columns), `judgement` (curves, segments, verdict).
"""

from lav_gui.records.faces import Detection, FaceCrop, face_px
from lav_gui.records.judgement import (
    EnvelopeCheck,
    EnvelopeStatus,
    Reason,
    Segment,
    TrackVerdict,
    Verdict,
    VerdictState,
)
from lav_gui.records.media import (
    Box,
    ColorFacts,
    Evidence,
    FileHashes,
    Frame,
    FrameIndex,
    Gap,
    MediaInfo,
    MediaKind,
    SoundChunk,
    StreamInfo,
    Thumbnail,
    frame_digest,
)
from lav_gui.records.results import (
    AnalysisStarted,
    AnalysisSummary,
    Contributions,
    FaceResult,
    FrameResult,
    Notice,
    Software,
    Stage,
    TrackSeries,
)

__all__ = [
    "AnalysisStarted",
    "AnalysisSummary",
    "Box",
    "ColorFacts",
    "Contributions",
    "Detection",
    "EnvelopeCheck",
    "EnvelopeStatus",
    "Evidence",
    "FaceCrop",
    "FaceResult",
    "FileHashes",
    "Frame",
    "FrameIndex",
    "FrameResult",
    "Gap",
    "MediaInfo",
    "MediaKind",
    "Notice",
    "Reason",
    "Segment",
    "Software",
    "SoundChunk",
    "Stage",
    "StreamInfo",
    "Thumbnail",
    "TrackSeries",
    "TrackVerdict",
    "Verdict",
    "VerdictState",
    "face_px",
    "frame_digest",
]
