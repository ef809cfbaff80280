"""Prints how fast each room and the whole walk are on this machine: ``python3 packaging/dev.py benchmark``.

Figures of one run on one machine; ratios within a run are what to quote.
"""

import argparse
import itertools
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import psutil
import torch
from av.video.frame import PictureType

from lav_gui.analysis import analyze_file
from lav_gui.engine.device import choose_device, describe_device
from lav_gui.engine.scorer import FaceScorer
from lav_gui.faces.detectors import build_detector
from lav_gui.faces.tracking import FaceTracker
from lav_gui.media.hashing import hash_file
from lav_gui.media.reader import VideoReader
from lav_gui.records import FaceCrop, Frame, MediaInfo
from lav_gui.settings import AnalysisSettings
from model_zoo.checkpoints import load_network
from model_zoo.registry import find_weights
from model_zoo.transforms import normalize
from tests.benchmarks.training import training

ROOT = Path(__file__).resolve().parents[2]
DEMO = ROOT / "resources" / "demo" / "swap_fake.mp4"
SHARED = Path(os.environ.get("LAV_SHARED", ROOT.parent / "shared"))
ORPHAN_SECONDS = 1.0
"""What Python itself started may take to see that its parent has gone."""

CLIP_1080P = "data/clips/dfd_actors_c40/08__podium_speech_happy.mp4"


def main() -> None:
    """Run all parts in turn."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=list(PARTS), help="one part alone")
    chosen = parser.parse_args().only
    print(f"device: {describe_device(choose_device('auto'))}")
    for name, part in PARTS.items():
        if chosen in (None, name):
            print(f"\n{name}")
            for figure, value in part():
                print(f"  {figure:58} {value}")


def timed(work: Callable[[], object], repeats: int = 1) -> float:
    """Median seconds of some calls, after one that warms up when there are several."""
    if repeats > 1:
        work()
    taken = []
    for _ in range(repeats):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def media() -> Iterator[tuple[str, str]]:
    """Decoding, index, hashing of the demo and of a long 1080p clip."""
    for name, path in _clips().items():
        with VideoReader(path) as reader:
            count = len(reader.index)
            seconds = timed(lambda reader=reader, count=count: sum(1 for _ in reader.frames(range(count))))
            yield f"{name}: frames decoded to RGB per second ({count})", f"{count / seconds:.0f}"
        yield f"{name}: open and index, ms", f"{1000 * timed(lambda path=path: VideoReader(path).close(), 5):.0f}"
        megabytes = path.stat().st_size / 1e6
        yield (
            f"{name}: SHA-256 and MD5, MB per second",
            f"{megabytes / timed(lambda path=path: hash_file(path), 3):.0f}",
        )


def seeking() -> Iterator[tuple[str, str]]:
    """Random access on 1080p with long and short groups of pictures."""
    source = _clips().get("1080p")
    if source is None:
        yield "skipped", "the shared clips are not there"
        return
    for gop, clip in _clips_of_gops(source):
        with VideoReader(clip) as reader:
            wanted = np.random.default_rng(0).integers(0, len(reader.index), 60)
            taken = [1000 * timed(lambda reader=reader, n=int(n): reader.frame(n)) for n in wanted]
        yield f"GOP {gop}: seek p50 / p95, ms", f"{np.percentile(taken, 50):.0f} / {np.percentile(taken, 95):.0f}"


def player() -> Iterator[tuple[str, str]]:
    """The window's decoder thread and its cache: seeks, steps back, a dragging hand, playing."""
    source = _clips().get("1080p")
    if source is None:
        yield "skipped", "the shared clips are not there"
        return
    for gop, clip in _clips_of_gops(source):
        command = [sys.executable, "-m", "tests.benchmarks.player", str(clip)]
        told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
        for line in told.splitlines():
            figure, value = line.split("\t")
            yield f"GOP {gop}: {figure}", value


def _clips_of_gops(source: Path) -> Iterator[tuple[int, Path]]:
    """The same 500 frames with long and with short groups of pictures; each is gone when the next is asked for."""
    for gop in (250, 30):
        with tempfile.TemporaryDirectory() as folder:
            clip = Path(folder) / f"gop{gop}.mp4"
            _encode(source, clip, gop)
            yield gop, clip


def _encode(source: Path, target: Path, gop: int) -> None:
    with av.open(str(source)) as read, av.open(str(target), "w") as written:
        video = read.streams.video[0]
        stream = written.add_stream("libx264", rate=video.average_rate, options={"preset": "veryfast", "g": str(gop)})
        stream.width, stream.height, stream.pix_fmt = video.width, video.height, "yuv420p"
        for frame in itertools.islice(read.decode(video), 500):
            frame.pict_type = PictureType.NONE
            written.mux(stream.encode(frame))
        written.mux(stream.encode(None))


def faces() -> Iterator[tuple[str, str]]:
    """Detection and cropping on sparse frames (each is detected)."""
    for name, path in _clips().items():
        frames, reader_info = _some_frames(path, 24)
        settings = AnalysisSettings()
        detector = build_detector(settings.detector, "cpu")
        tracker = FaceTracker(detector, 299, settings, reader_info.sample_aspect_ratio)
        tracker.crops(frames[:4])
        crops: list[FaceCrop] = []
        seconds = timed(lambda: crops.extend(c for i in range(4, 24, 4) for c in tracker.crops(frames[i : i + 4])))
        yield f"{name}: frames per second, detect, track and cut", f"{20 / seconds:.1f}  ({len(crops)} faces)"


def network() -> Iterator[tuple[str, str]]:
    """Time per face as shipped, beside a plain eager float32 forward in the same run."""
    weights = find_weights("default")
    device = choose_device("auto")
    crop = np.random.default_rng(0).integers(0, 256, (299, 299, 3), dtype=np.uint8)
    plain = load_network(weights).eval().to(device)
    images = torch.from_numpy(np.stack([crop])).to(device)

    def eager() -> None:
        with torch.inference_mode():
            rgb = normalize(images, weights.mean, weights.std)
            plain(rgb, plain.residual(rgb)).class_logits.cpu()

    base = timed(eager, 5)
    yield "plain eager float32, ms per face", f"{1000 * base:.0f}"
    frame = Frame(0, 0, _some_frames(DEMO, 1)[1].time_base, crop)
    face = FaceCrop(0, 1, (50, 50, 250, 250), 0.9, crop, np.eye(2, 3))
    for name, every in (("as shipped", 0), ("as shipped, with contributions", 1)):
        scorer = FaceScorer(weights, device, every, 4)
        ours = timed(lambda s=scorer: list(s.results([frame], [face], Fraction(1), ordinals=[0])), 5)
        yield f"{name}, ms per face", f"{1000 * ours:.0f}  (x {ours / base:.2f})"


def walk() -> Iterator[tuple[str, str]]:
    """The whole analysis of the demo with default settings, in this process."""
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        first = None
        frames = 0
        for step in analyze_file(DEMO, Path(folder) / "demo.lav", AnalysisSettings()):
            if type(step).__name__ == "FrameResult":
                frames += 1
                first = first or time.perf_counter() - begun
        seconds = time.perf_counter() - begun
    yield "demo: first point on the curve, s", f"{first:.1f}"
    yield "demo: whole analysis, s", f"{seconds:.1f}  ({frames} frames, {frames / seconds:.2f} per second)"
    yield "demo: peak memory of this process, MB", f"{_peak_megabytes():.0f}"


def window() -> Iterator[tuple[str, str]]:
    """From the command to the first painted frame, offscreen."""
    command = [sys.executable, "-m", "tests.benchmarks.first_frame", str(DEMO)]
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "LAV_CASES": folder, "XDG_CONFIG_HOME": folder}
        taken = []
        for _ in range(3):
            begun = time.time()
            result = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
            taken.append(float(result.stdout) - begun)
    yield "process start to first painted frame, s (median of 3)", f"{statistics.median(taken):.2f}"


def fluidity() -> Iterator[tuple[str, str]]:
    """How late the window's event loop is while a real analysis runs, and how long closing takes; offscreen."""
    for name, options in {"": (), "child on one core: ": ("--one-core",)}.items():
        with _desk_process("stalls", *options) as process:
            told = process.communicate()[0]
        for line in told.splitlines():
            figure, value = line.split("\t")
            unit = "" if " / " not in value else ", late by p50 / p99 / max, ms"
            yield f"{name}{figure}{unit}", value
    for state in ("idle", "analyzing", "playing"):
        with _desk_process("exit", state) as process:
            told, ended = process.communicate()[0], time.time()
        begun, *children = told.split()
        orphans = psutil.wait_procs(_living(map(int, children)), timeout=ORPHAN_SECONDS)[1]
        yield f"closing while {state}, s; orphans", f"{ended - float(begun):.2f}; {len(orphans)}"


def _living(numbers: Iterable[int]) -> list[psutil.Process]:
    found = [psutil.Process(number) for number in numbers if psutil.pid_exists(number)]
    return [process for process in found if process.status() != psutil.STATUS_ZOMBIE]  # nobody fetches those here


@contextmanager
def _desk_process(what: str, *arguments: str) -> Iterator["subprocess.Popen[str]"]:
    """A process of `tests.benchmarks.window` on the demo, with folders of its own."""
    with _own_process("tests.benchmarks.window", what, str(DEMO), *arguments) as process:
        yield process


@contextmanager
def _own_process(module: str, *arguments: str) -> Iterator["subprocess.Popen[str]"]:
    """A process of a module of ours, with folders of its own."""
    with tempfile.TemporaryDirectory() as folder:
        places = ("LAV_CASES", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", **dict.fromkeys(places, folder)}
        command = [sys.executable, "-m", module, *arguments]
        yield subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)


def long() -> Iterator[tuple[str, str]]:
    """A long video and a run over all its frames; offscreen."""
    for what in ("results", "case"):
        with tempfile.TemporaryDirectory() as folder, _own_process("tests.benchmarks.long", what, folder) as process:
            told = process.communicate()[0]
        for line in told.splitlines():
            figure, value = line.split("\t")
            yield figure, value


def timeline() -> Iterator[tuple[str, str]]:
    """Time for one picture of the timeline, in CPU time of its thread, offscreen."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "tests.benchmarks.timeline"]
    result = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    for line in result.stdout.splitlines():
        figure, value = line.split("\t")
        yield figure, value


def _clips() -> dict[str, Path]:
    large = SHARED / CLIP_1080P
    return {"demo 540p": DEMO} | ({"1080p": large} if large.exists() else {})


def _some_frames(path: Path, count: int) -> tuple[list[Frame], MediaInfo]:
    with VideoReader(path) as reader:
        step = max(len(reader.index) // count, 1)
        wanted = list(range(0, len(reader.index), step))[:count]
        return [item for item in reader.frames(wanted) if isinstance(item, Frame)], reader.info


def _peak_megabytes() -> float:
    info = psutil.Process().memory_info()
    return float(getattr(info, "peak_wset", info.rss)) / 1e6


def train() -> Iterator[tuple[str, str]]:
    """A training step beside the released code's."""
    with tempfile.TemporaryDirectory() as folder:
        yield from training(DEMO, Path(folder))


PARTS = {
    "media": media,
    "seeking": seeking,
    "player": player,
    "faces": faces,
    "network": network,
    "walk": walk,
    "window": window,
    "fluidity": fluidity,
    "timeline": timeline,
    "long": long,
    "training": train,
}

if __name__ == "__main__":
    main()
