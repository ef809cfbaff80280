"""A made-up report: two faces in an 8 s clip, one with two segments; nothing of it was measured."""

import shutil
import subprocess
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lav_gui.records import (
    ColorFacts,
    Contributions,
    EnvelopeCheck,
    EnvelopeStatus,
    Evidence,
    FaceResult,
    FileHashes,
    FrameResult,
    Gap,
    MediaInfo,
    MediaKind,
    Reason,
    Segment,
    Software,
    StreamInfo,
    TrackSeries,
    TrackVerdict,
    Verdict,
    VerdictState,
)
from lav_gui.report.pdf import pdf_bytes
from lav_gui.report.record import (
    Attachment,
    AuditExtract,
    AuditLine,
    EvidenceCheck,
    EvidenceState,
    Examination,
    FacePictures,
    FrameRow,
    FrameTable,
    NoteLine,
    Report,
    ReportStatus,
    RunFacts,
    ShownFace,
)
from lav_gui.settings import AnalysisSettings, Sampling
from model_zoo.weights_record import Calibration, Envelope, OperatingPoint, Weights

BASE = Fraction(1, 12800)
STEP = 2560  # every 0.2 s
FRAMES = 40
SHA = "3fa9c2d1e07b5846" * 4
NOW = datetime(2026, 5, 9, 7, 35, 25, tzinfo=UTC)
POINTS = (
    OperatingPoint(0.71, 0.05, (0.031, 0.076), 0.87, (0.83, 0.9)),
    OperatingPoint(0.88, 0.01, (0.003, 0.025), 0.74, (0.69, 0.79)),
)


def _weights(**changes: Any) -> Weights:
    values: dict[str, Any] = {
        "name": "lvnet.self_blend",
        "architecture": "lvnet",
        "sha256": "b4" * 32,
        "trained": True,
        "files": (),
        "input_size": 299,
        "mean": (0.5, 0.5, 0.5),
        "std": (0.5, 0.5, 0.5),
        "calibration": Calibration(1.2, -0.3, "400 videos of the calibration set, 2026-03"),
        "operating_points": POINTS,
        "inconclusive": (0.6, 0.8),
        "envelope": Envelope((60, 400), (20, 2000), (0.02, 0.6), ("h264", "hevc")),
        "metrics": (("video AUC, own test set", "0.91 (0.88 to 0.94)"),),
        "training": (("recipe", "self_blend"), ("commit", "c0ffee" * 6)),
        "license": "Apache-2.0",
        "source": "trained for these tests",
        "created": "2026-04-01",
    }
    return Weights(**(values | changes))


def _media() -> MediaInfo:
    return MediaInfo(
        kind=MediaKind.VIDEO,
        container="mov,mp4,m4a,3gp,3g2,mj2",
        codec="h264",
        profile="High",
        pixel_format="yuv420p",
        bit_depth=8,
        width=640,
        height=360,
        sample_aspect_ratio=Fraction(1),
        rotation_degrees=0,
        interlaced=False,
        time_base=BASE,
        start_seconds=0.0,
        duration_seconds=8.0,
        fps_from_header=25.0,
        frame_count_from_header=201,
        frame_count_from_content=200,
        frame_seconds=(0.04, 0.04, 0.04),
        is_vfr=False,
        keyframe_count=4,
        gop_frames=(50, 50.0, 50),
        bit_rate=812_000,
        color=ColorFacts("unspecified", "tv", "unspecified", "unspecified", "bt601", "limited", True, False),
        stream_index=0,
        streams=(
            StreamInfo(0, "video", "h264", "und", 812_000, 8.0, "640x360 yuv420p"),
            StreamInfo(1, "audio", "aac", None, None, None, "48000 Hz, stereo"),
        ),
        metadata=(("encoder", "Lavf58.45.100"), ("title", "李小龙 #1 *draft*")),
    )


def _evidence(file_name: str = "interview_李小龙.mp4") -> Evidence:
    hashes = FileHashes(SHA, "9e107d9d372bb6826bd81d3542a419d6")
    return Evidence(Path("/evidence") / file_name, file_name, 812_345, NOW, hashes, _media())


def _series(track_id: int, level: float) -> TrackSeries:
    index = np.arange(FRAMES, dtype=np.int64) * 5
    seconds = index * 0.04
    logit = level + 1.5 * np.sin(seconds * 1.7) + 0.3 * np.cos(seconds * 31)
    measured = np.where(np.arange(FRAMES) % 4 == 0, logit, np.nan)
    return TrackSeries(
        track_id=track_id,
        frame_index=index,
        seconds=seconds,
        logit=logit,
        face_px=np.full(FRAMES, 118.0),
        sharpness=np.full(FRAMES, 240.0),
        rgb=0.7 * measured,
        noise=0.3 * measured,
        interaction=-0.1 * measured,
    )


def _track(series: TrackSeries, threshold: float) -> TrackVerdict:
    curve = 1 / (1 + np.exp(-series.logit))
    smoothed = np.convolve(np.pad(curve, 2, mode="edge"), np.full(5, 0.2), mode="valid")
    high = np.flatnonzero(smoothed >= threshold)
    segments = ()
    if len(high):
        first, last, peak = int(high[0]), int(high[-1]), int(np.argmax(smoothed))
        segments = (
            Segment(
                int(series.frame_index[first]),
                int(series.frame_index[last]),
                float(series.seconds[first]),
                float(series.seconds[last]),
                int(series.frame_index[peak]),
                float(smoothed[peak]),
            ),
        )
    logit = float(series.logit.mean())
    prob = float(1 / (1 + np.exp(-logit)))
    return TrackVerdict(
        track_id=series.track_id,
        first_frame=int(series.frame_index[0]),
        last_frame=int(series.frame_index[-1]),
        frame_count=len(series),
        track_logit=logit,
        fake_prob=prob,
        interval=(prob * 0.93, 1 - (1 - prob) * 0.8),
        frame_index=series.frame_index,
        seconds=series.seconds,
        curve=curve,
        smoothed=smoothed,
        low=smoothed * 0.9,
        high=1 - (1 - smoothed) * 0.9,
        segments=segments,
        rgb=float(np.nanmean(series.rgb)),
        noise=float(np.nanmean(series.noise)),
        interaction=float(np.nanmean(series.interaction)),
        strongest_frame=int(series.frame_index[np.argmax(smoothed)]),
    )


def _verdict(series: tuple[TrackSeries, ...], **changes: Any) -> Verdict:
    tracks = tuple(_track(one, 0.71) for one in series)
    values: dict[str, Any] = {
        "state": VerdictState.LIKELY_FAKE,
        "fake_prob": tracks[0].fake_prob if tracks else None,
        "interval": tracks[0].interval if tracks else None,
        "threshold": 0.71,
        "false_positive_rate": 0.05,
        "reasons": (Reason("at_or_above_threshold", "Face {track} scores {p}, not below the threshold 0.71.",
                           (("track", "1"), ("p", "0.87"))),),
        "speaks_for": tuple(Reason(f"for{n}", f"Finding {n} that speaks for it.") for n in range(3)),
        "speaks_against": (Reason("against", "Face 2 nowhere stays high and as a whole scores 0.10."),),
        "not_judged": (Reason("frames", "40 of the 200 frames of the file were analyzed."),),
        "envelope": (
            EnvelopeCheck("face_px", "px", 118.0, 60, 400, EnvelopeStatus.INSIDE),
            EnvelopeCheck("sharpness", "", 240.0, 20, 2000, EnvelopeStatus.INSIDE),
            EnvelopeCheck("bits_per_pixel", "bit", 0.141, 0.02, 0.6, EnvelopeStatus.INSIDE),
            EnvelopeCheck("codec", "", "h264", None, None, EnvelopeStatus.INSIDE),
        ),
        "tracks": tracks,
    }  # fmt: skip
    return Verdict(**(values | changes))


def _face_result(track_id: int, logit: float, number: int) -> FaceResult:
    heatmap = np.random.default_rng(number).random((19, 19)).astype(np.float16)
    parts = Contributions(0.7 * logit, 0.3 * logit, -0.1 * logit, 0.0) if number % 4 == 0 else None
    return FaceResult(
        track_id=track_id,
        box_xyxy=(100.5 * track_id, 80.25, 100.5 * track_id + 118, 210.0),
        detection_score=0.987 if number % 2 == 0 else None,
        frame_from_crop=np.array([[0.5, 0.0, 80.0], [0.0, 0.5, 60.0]]),
        face_px=118.0,
        sharpness=240.5,
        logit=logit,
        fake_prob=float(1 / (1 + np.exp(-logit))),
        heatmap=heatmap,
        contributions=parts,
    )


def _results(series: tuple[TrackSeries, ...], frames: int = FRAMES) -> list[FrameResult]:
    """Frame results that fit the series; one more frame without a face at the end."""
    found = []
    for at in range(frames):
        faces = tuple(_face_result(one.track_id, float(one.logit[at % FRAMES]), at) for one in series)
        found.append(FrameResult(at * 5, at * STEP, BASE, "IPB"[at % 3], f"{at:064x}", faces))
    found.append(FrameResult(frames * 5, frames * STEP, BASE, "P", f"{frames:064x}", ()))
    return found


def _pictures(number: int) -> FacePictures:
    rng = np.random.default_rng(number)
    x, y = np.meshgrid(np.linspace(0, 255, 640), np.linspace(0, 255, 360))
    frame = np.stack([x, y, 255 - x], axis=-1).astype(np.uint8)
    crop = np.ascontiguousarray(np.asarray(frame[20:319, 100:399]) // 2 + rng.integers(0, 40, (299, 299, 3), np.uint8))
    residual = rng.normal(0, 0.4, (299, 299, 3)).astype(np.float32).clip(-3, 3)
    return FacePictures(frame, crop, residual)


def _shown(result: FrameResult, face: FaceResult, number: int) -> ShownFace:
    return ShownFace(result, face, face.fake_prob, result.digest, _pictures(number), "")


def _rows(results: list[FrameResult]) -> tuple[FrameRow, ...]:
    rows = []
    for one in results:
        row = partial(FrameRow, one.index, one.pts, one.seconds, one.picture_type, one.digest)
        rows += [row(face.track_id, face.face_px, face.logit, face.fake_prob) for face in one.faces] or [
            row(None, None, None, None)
        ]
    return tuple(rows)


def _report(**changes: Any) -> Report:
    series = (_series(1, 2.0), _series(2, -2.2))
    found = _results(series)
    lines = tuple(
        AuditLine(n, "2026-05-09T07:35:25.123456+00:00", "alice@lab", "run.start", '{"run": 1}') for n in (4, 5, 6)
    )
    values: dict[str, Any] = {
        "report_id": str(uuid.UUID(int=0x1F0C2D3E4A5B4C6D8E9FA0B1C2D3E4F5)),
        "status": ReportStatus.DRAFT,
        "created": NOW,
        "case_name": "interview.lav",
        "examination": Examination(case_number="2026/117", examiner="Nguyễn Владимир"),
        "evidence": _evidence(),
        "check": EvidenceCheck(EvidenceState.UNCHANGED, SHA, "The file was read again; its SHA-256 is the same."),
        "settings": AnalysisSettings(device="cpu", sampling=Sampling.parse("every:5"), min_face_px=60),
        "weights": _weights(),
        "software": Software("Intel Xeon, 2 threads", "float32", True, "MTCNN of facenet-pytorch", "c1" * 32,
                             (("lav", "0.1.0"), ("Python", "3.12.4"), ("torch", "2.14.1"))),
        "run": RunFacts(1, "finished", NOW, NOW, FRAMES + 1, FRAMES + 1, 1, 2 * FRAMES),
        "verdict": _verdict(series),
        "method_rules": ("The smoothed curve is the moving median.", "The interval is a block bootstrap."),
        "series": series,
        "faces": tuple(_shown(found[at], found[at].faces[track], at) for at, track in ((4, 0), (20, 0), (5, 1))),
        "gaps": (),
        "edits": (),
        "notes": (NoteLine("Observation", "Look at the hair line.", "alice", "2026-05-09 08:00", 20, 25),),
        "audit": AuditExtract(lines, 6, "ab" * 32, True, "All 6 entries are intact."),
        "frame_table": FrameTable(_rows(found), 1, len(found)),
        "attachments": (
            Attachment("result.json", "application/json", "All results", b'{"schema": "lav.analysis/1"}\n'),
            Attachment("frames.csv", "text/csv", "One row per face and frame", b"frame_index\n0\n"),
        ),
        "keyframe_seconds": np.array([0.0, 2.0, 4.0, 6.0]),
    }  # fmt: skip
    return Report(**(values | changes))


def _page_texts(content: bytes, folder: Path) -> list[str]:
    """Text of each page, as pdftotext (poppler) reads it."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext of poppler-utils is not installed")
    (folder / "report.pdf").write_bytes(content)
    command = ["pdftotext", "-layout", str(folder / "report.pdf"), "-"]
    text = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    return text.split("\f")[:-1]


@pytest.fixture(scope="session")
def pdf() -> bytes:
    """The PDF of the report."""
    return pdf_bytes(_report())


@pytest.fixture(scope="session")
def untrained_pdf() -> bytes:
    """The PDF of the report with random weights."""
    return pdf_bytes(_untrained())


@pytest.fixture
def page_texts(tmp_path: Path) -> Callable[[bytes], list[str]]:
    """Reads the text of each page of a PDF."""
    return lambda content: _page_texts(content, tmp_path)


@pytest.fixture
def make_report() -> Callable[..., Report]:
    """A report whose fields can be replaced by keyword."""
    return _report


@pytest.fixture
def make_weights() -> Callable[..., Weights]:
    """Trained, calibrated and tested weights whose fields can be replaced by keyword."""
    return _weights


@pytest.fixture
def make_verdict() -> Callable[..., Verdict]:
    """The verdict on some series, whose fields can be replaced by keyword."""
    return _verdict


@pytest.fixture
def make_evidence() -> Callable[[str], Evidence]:
    """The evidence under some file name."""
    return _evidence


@pytest.fixture
def report() -> Report:
    """A report with trained weights, a video at hand and two faces."""
    return _report()


def _untrained() -> Report:
    series = (_series(1, 2.0), _series(2, -2.2))
    weights = _weights(
        name="untrained",
        trained=False,
        calibration=None,
        operating_points=(),
        inconclusive=None,
        envelope=None,
        metrics=(),
    )
    reasons = (Reason("untrained", "The network is untrained (random weights): its numbers mean nothing."),)
    untested = tuple(
        replace(check, low=None, high=None, status=EnvelopeStatus.UNTESTED) for check in _verdict(series).envelope
    )
    verdict = _verdict(
        series, state=VerdictState.OUT_OF_SCOPE, reasons=reasons, threshold=0.5, false_positive_rate=None,
        envelope=untested, speaks_for=(), speaks_against=(),
    )  # fmt: skip
    return _report(weights=weights, verdict=verdict)


@pytest.fixture
def untrained_report() -> Report:
    """The same report with the random weights."""
    return _untrained()


@pytest.fixture
def uncalibrated_report() -> Report:
    """The same with trained weights of which nothing more is known, as after an import."""
    weights = _weights(calibration=None, operating_points=(), inconclusive=None, envelope=None, metrics=())
    return replace(_untrained(), weights=weights)


@pytest.fixture
def faceless_report() -> Report:
    """A run that found no face, with two gaps."""
    gaps = (Gap(3, 3 * 512, "the packet is damaged"), Gap(9, 9 * 512, "the packet is damaged"))
    found = _results((), 5)
    reasons = (Reason("no_face", "No face was found in any of the 5 analyzed frames."),)
    verdict = _verdict(
        (), state=VerdictState.OUT_OF_SCOPE, reasons=reasons, speaks_for=(), speaks_against=(), envelope=()
    )
    return _report(
        verdict=verdict,
        series=(), faces=(), gaps=gaps, frame_table=FrameTable(_rows(found), 1, len(found)),
        run=RunFacts(1, "finished", NOW, NOW, 8, 6, 6, 0),
    )  # fmt: skip


@pytest.fixture
def results() -> list[FrameResult]:
    """Frame results of the report: 40 frames with two faces, then one without."""
    return _results((_series(1, 2.0), _series(2, -2.2)))
