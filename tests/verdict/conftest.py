"""Makers of tracks, weights and media facts for the verdict's tests."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from lav_gui.records import ColorFacts, MediaInfo, MediaKind, TrackSeries
from lav_gui.steps import run_to_end
from lav_gui.verdict.basis import Basis, gather_steps
from model_zoo.weights_record import Calibration, Envelope, OperatingPoint, Weights

SeriesMaker = Callable[..., TrackSeries]

COLOR = ColorFacts("bt709", "tv", "bt709", "bt709", "bt709", "limited", False, False)
MEDIA = MediaInfo(
    kind=MediaKind.VIDEO,
    container="mov,mp4",
    codec="h264",
    profile="High",
    pixel_format="yuv420p",
    bit_depth=8,
    width=640,
    height=360,
    sample_aspect_ratio=Fraction(1),
    rotation_degrees=0,
    interlaced=False,
    time_base=Fraction(1, 90000),
    start_seconds=0.0,
    duration_seconds=10.0,
    fps_from_header=30.0,
    frame_count_from_header=300,
    frame_count_from_content=300,
    frame_seconds=(1 / 30, 1 / 30, 1 / 30),
    is_vfr=False,
    keyframe_count=2,
    gop_frames=(50, 150.0, 250),
    bit_rate=1_000_000,
    color=COLOR,
    stream_index=0,
    streams=(),
    metadata=(),
)
WEIGHTS = Weights(
    name="lvnet.test",
    architecture="lvnet",
    sha256="0" * 64,
    trained=True,
    files=(),
    input_size=299,
    mean=(0.5, 0.5, 0.5),
    std=(0.5, 0.5, 0.5),
    calibration=Calibration(1.0, 0.0, "test"),
    operating_points=(OperatingPoint(0.6, 0.05, (0.02, 0.09), 0.9, (0.85, 0.94)),),
    inconclusive=None,
    envelope=Envelope((60.0, 500.0), (20.0, 3000.0), (0.01, 1.0), ("h264", "hevc")),
    metrics=(),
    license="Apache-2.0",
    source="test",
    created="2026-01-01",
)


@pytest.fixture
def media() -> MediaInfo:
    return MEDIA


@pytest.fixture
def weights() -> Weights:
    """Weights that may judge: trained, calibrated by identity, threshold 0.6 at 5 %."""
    return WEIGHTS


@pytest.fixture
def untrained() -> Weights:
    return replace(WEIGHTS, trained=False, calibration=None, operating_points=(), envelope=None)


@pytest.fixture
def gather() -> Callable[..., Basis]:
    """`gather_steps` at once."""
    return lambda *given, **more: run_to_end(gather_steps(*given, **more))


@pytest.fixture
def make_series() -> SeriesMaker:
    """Makes a track from its logits; `step_seconds` apart, from frame `first` on, inside the test envelope."""

    def make(
        logit: Any, track_id: int = 1, first: int = 0, step_seconds: float = 1 / 30, **columns: Any
    ) -> TrackSeries:
        values = np.asarray(logit, dtype=np.float64)
        index = np.arange(first, first + len(values), dtype=np.int64)
        empty = np.full(len(values), np.nan)
        given: dict[str, Any] = {
            "frame_index": index,
            "seconds": index * step_seconds,
            "face_px": np.full(len(values), 120.0),
            "sharpness": np.full(len(values), 300.0),
            "rgb": empty,
            "noise": empty,
            "interaction": empty,
        }
        return TrackSeries(track_id=track_id, logit=values, **(given | columns))

    return make
