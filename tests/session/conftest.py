"""Records for the case file: plain ones to work with, and drawn ones (hypothesis) for round trips."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

import lav_gui
from lav_gui.records import (
    ColorFacts,
    Contributions,
    Evidence,
    FaceResult,
    FileHashes,
    FrameResult,
    MediaInfo,
    MediaKind,
    Software,
    StreamInfo,
)
from lav_gui.session import Case, RunRow
from lav_gui.settings import AnalysisSettings, ColorPolicy, Sampling, SamplingMode
from model_zoo.weights_record import Calibration, Envelope, OperatingPoint, Weights

MakeFrame = Callable[..., FrameResult]

_words = st.text(max_size=12)
_whole = st.integers(0, 2**63 - 1)
_number = st.floats(allow_nan=False)
_measured = st.floats(allow_nan=True, allow_infinity=True)


def _pairs(strategy: st.SearchStrategy) -> st.SearchStrategy:
    return st.lists(st.tuples(strategy, strategy), max_size=3).map(tuple)


@st.composite
def _boxes(draw: st.DrawFn) -> tuple[float, float, float, float]:
    return tuple(draw(st.tuples(*[st.floats(-1e4, 1e4)] * 4)))


@st.composite
def _faces(draw: st.DrawFn, track_id: int) -> FaceResult:
    grid = draw(st.integers(0, 6))
    measured = st.builds(Contributions, _measured, _measured, _measured, _measured)
    return FaceResult(
        track_id=track_id,
        box_xyxy=draw(_boxes()),
        detection_score=draw(st.none() | _number),
        frame_from_crop=draw(npst.arrays(np.float64, (2, 3))),
        face_px=draw(_measured),
        sharpness=draw(_measured),
        logit=draw(_measured),
        fake_prob=draw(_measured),
        heatmap=draw(npst.arrays(np.uint16, (grid, grid))).view(np.float16),
        contributions=draw(st.none() | measured),
    )


@st.composite
def _frames(draw: st.DrawFn, index: int) -> FrameResult:
    tracks = draw(st.lists(st.integers(1, 2**40), unique=True, max_size=3))
    return FrameResult(
        index=index,
        pts=draw(st.integers(-(2**63), 2**63 - 1)),
        time_base=Fraction(draw(st.integers(1, 10**6)), draw(st.integers(1, 10**9))),
        picture_type=draw(st.sampled_from(["I", "P", "B", "?"])),
        digest=draw(st.binary(min_size=32, max_size=32)).hex(),
        faces=tuple(draw(_faces(track)) for track in tracks),
    )


@pytest.fixture(scope="session")
def frame_results() -> st.SearchStrategy:
    """Lists of frame results of increasing index, any value a field can have."""
    indices = st.lists(st.integers(0, 2**62), unique=True, max_size=4).map(sorted)
    return indices.flatmap(lambda found: st.tuples(*[_frames(index) for index in found])).map(list)


@pytest.fixture(scope="session")
def media_infos() -> st.SearchStrategy:
    """Media facts of any value, fractions and infinities included."""
    color = st.builds(ColorFacts, _words, _words, _words, _words, _words, _words, st.booleans(), st.booleans())
    length = st.none() | _number
    stream = st.builds(StreamInfo, _whole, _words, _words, st.none() | _words, st.none() | _whole, length, _words)
    ratio = st.fractions(min_value=Fraction(1, 10**6), max_value=10**6)
    return st.builds(
        MediaInfo,
        kind=st.sampled_from(MediaKind),
        container=_words,
        sample_aspect_ratio=ratio,
        time_base=ratio,
        start_seconds=_number,
        duration_seconds=_number,
        fps_from_header=st.none() | _number,
        frame_seconds=st.tuples(_number, _number, _number),
        gop_frames=st.tuples(_whole, _number, _whole),
        color=color,
        streams=st.lists(stream, max_size=2).map(tuple),
        metadata=_pairs(_words),
    )


@pytest.fixture(scope="session")
def softwares() -> st.SearchStrategy:
    """Software records of any value."""
    return st.builds(Software, versions=_pairs(_words))


@pytest.fixture(scope="session")
def all_settings() -> st.SearchStrategy:
    """Any allowed settings."""
    every = st.builds(Sampling, st.just(SamplingMode.EVERY), st.integers(1, 10**5).map(float))
    fps = st.builds(Sampling, st.just(SamplingMode.FPS), st.floats(1e-3, 999))
    return st.builds(
        AnalysisSettings,
        model=_words,
        sampling=st.none() | every | fps,
        from_seconds=st.none() | st.floats(-10, 0),
        to_seconds=st.none() | st.floats(0, 1e6),
        min_face_px=st.integers(16, 999),
        crop_margin=st.floats(1, 3),
        detector=st.sampled_from(["mtcnn", "yunet"]),
        contributions_every=st.integers(0, 99),
        batch_size=st.integers(1, 256),
        color=st.sampled_from(ColorPolicy),
        smoothing_seconds=st.floats(0, 100),
        false_positive_rate=st.floats(1e-9, 0.999),
    )


@pytest.fixture(scope="session")
def weights() -> Weights:
    """Calibrated weights with every field filled, an unbounded envelope among them."""
    return Weights(
        name="lvnet.self_blend",
        architecture="lvnet",
        sha256="ab" * 32,
        trained=True,
        files=(Path("/models/lvnet 李.safetensors"),),
        input_size=299,
        mean=(0.5, 0.5, 0.5),
        std=(0.1, 0.2, 0.30000000000000004),
        calibration=Calibration(1.1, -0.1, "held-out videos"),
        operating_points=(OperatingPoint(0.7, 0.05, (0.01, 0.11), 0.9, (0.85, 0.94)),),
        inconclusive=(0.4, 0.6),
        envelope=Envelope((40.0, float("inf")), (5.0, 900.0), (0.01, 2.0), ("h264", "hevc")),
        metrics=(("video_auc", "0.91 [0.88, 0.94]"),),
        license="Apache-2.0",
        source="trained here",
        created="2026-05-09",
    )


@pytest.fixture(scope="session")
def software() -> Software:
    """What produced the numbers."""
    return Software("cpu", "float32", True, "mtcnn", "cd" * 32, (("lav", "0.1.0"), ("torch", "2.14.1")))


@pytest.fixture(scope="session")
def make_evidence() -> Callable[..., Evidence]:
    """Evidence for a path, of 1,000 bytes where no content is given."""
    return _evidence


def _evidence(path: Path, sha256: str = "12" * 32, size: int = 1000, modified: float = 1.7e9) -> Evidence:
    color = ColorFacts("bt709", "limited", "bt709", "bt709", "bt709", "limited", False, False)
    media = MediaInfo(
        kind=MediaKind.VIDEO,
        container="mov",
        codec="h264",
        profile="High",
        pixel_format="yuv420p",
        bit_depth=8,
        width=640,
        height=360,
        sample_aspect_ratio=Fraction(1),
        rotation_degrees=0,
        interlaced=False,
        time_base=Fraction(1, 15360),
        start_seconds=0.0,
        duration_seconds=4.0,
        fps_from_header=30.0,
        frame_count_from_header=120,
        frame_count_from_content=120,
        frame_seconds=(1 / 30, 1 / 30, 1 / 30),
        is_vfr=False,
        keyframe_count=1,
        gop_frames=(120, 120.0, 120),
        bit_rate=2000,
        color=color,
        stream_index=0,
        streams=(StreamInfo(0, "video", "h264", None, 2000, 4.0, "640x360"),),
        metadata=(("title", "клип"),),
    )
    when = datetime.fromtimestamp(modified, UTC)
    return Evidence(path, path.name, size, when, FileHashes(sha256, "34" * 16), media)


@pytest.fixture(scope="session")
def make_frame() -> MakeFrame:
    """A frame result at an index with faces of the given tracks; each fourth frame has contributions."""
    return _frame


def _frame(index: int, tracks: tuple[int, ...] = (1,)) -> FrameResult:
    shares = Contributions(0.5, -0.25, 0.125, -1.0) if index % 4 == 0 else None
    heatmap = np.full((19, 19), index % 100 / 100, dtype=np.float16)
    affine = np.array([[1.5, 0, 10.25], [0, 1.5, 20.75]])
    faces = tuple(
        FaceResult(t, (10.5, 20.0, 90.0, 99.5), 0.99, affine, 79.5, 321.0, index / 7 - t, 0.25, heatmap, shares)
        for t in tracks
    )
    return FrameResult(index, index * 512, Fraction(1, 15360), "P", f"{index:064x}", faces)


@pytest.fixture
def case_path(tmp_path: Path) -> Path:
    """A place for a case, with spaces and several scripts in its name."""
    folder = tmp_path / "дело № 7 — 案件"
    folder.mkdir()
    return folder / "李小龙 Nguyễn محمد?#%20 देवनागरी.lav"


@pytest.fixture
def case(case_path: Path) -> Iterator[Case]:
    """A new case, open for writing."""
    with Case.open(case_path, create=True) as opened:
        yield opened


@pytest.fixture
def evidence_id(case: Case, tmp_path: Path) -> int:
    """One video in the case."""
    return case.add_evidence(_evidence(tmp_path / "clip.mp4"))


@pytest.fixture
def start(weights: Weights, software: Software) -> Callable[..., RunRow]:
    """Starts a run of some planned frames in a case."""

    def start_run(case: Case, evidence_id: int, frames: int = 10, **changes: object) -> RunRow:
        settings = AnalysisSettings(sampling=Sampling(SamplingMode.FPS, 29.97002997), **changes)
        return case.start_run(evidence_id, settings, weights, software, np.arange(frames, dtype=np.int64))

    return start_run


@pytest.fixture
def run(case: Case, evidence_id: int, start: Callable[..., RunRow]) -> RunRow:
    """One running run in the case."""
    return start(case, evidence_id)


@pytest.fixture
def writer(case_path: Path) -> Iterator[Callable[[str], subprocess.Popen[str]]]:
    """Starts `writer_process.py` on the case in a mode; whatever it started is killed at the end."""
    children: list[subprocess.Popen[str]] = []
    root = Path(lav_gui.__file__).resolve().parents[1]
    environment = {**os.environ, "PYTHONPATH": str(root), "PYTHONIOENCODING": "utf-8"}
    script = Path(__file__).with_name("writer_process.py")

    def begin(mode: str) -> subprocess.Popen[str]:
        command = [sys.executable, str(script), str(case_path), mode]
        child = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8", env=environment
        )
        children.append(child)
        return child

    yield begin
    for child in children:
        child.kill()
        child.communicate()


@pytest.fixture
def write_protected() -> Iterator[Callable[[Path], None]]:
    """Protects a folder from writing, for the superuser too: the test goes on as a user without rights."""
    if not hasattr(os, "geteuid"):
        pytest.skip("folders are protected in another way on this system")
    protected: list[Path] = []
    own = os.geteuid()

    def protect(folder: Path) -> None:
        for parent in folder.parents:
            if parent.stat().st_uid == own and not parent.stat().st_mode & 0o001:
                parent.chmod(parent.stat().st_mode | 0o011)
        folder.chmod(0o555)
        protected.append(folder)
        if own == 0:
            os.seteuid(65534)

    yield protect
    os.seteuid(own)
    for folder in protected:
        folder.chmod(0o755)
