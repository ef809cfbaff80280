"""A small world of forgeries: people are rectangles of one color, seen by a detector that knows the color."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from lav_gui.faces.detectors import FaceDetector
from lav_gui.records import Detection
from lav_gui.training.sets import family, prepare
from lav_gui.training.sets.index import FaceRow
from lav_gui.training.sets.landmarks import canonical_shape, five_of

WIDTH, HEIGHT = 240, 160
MARK = (240, 40, 60)
FORGED = (240, 40, 140)

Face = tuple[int, int, int, int]


@dataclass
class MarkDetector:
    """Finds rectangles in the color of the mark, forged or not; counts the pictures it was shown."""

    looked: int = 0
    name: str = "marks"
    weights_sha256: str = "0" * 64
    sure_score: float = 0.9
    score: float = 0.99

    def detect(
        self, images: Sequence[NDArray[np.uint8]], min_face_px: int, sample_aspect_ratio: Fraction
    ) -> list[tuple[Detection, ...]]:
        self.looked += len(images)
        return [self._detect_one(image) for image in images]

    def _detect_one(self, image: NDArray[np.uint8]) -> tuple[Detection, ...]:
        marked = ((image[..., 0] > 200) & (image[..., 1] < 90)).astype(np.uint8)
        count, _, stats, _ = cv2.connectedComponentsWithStats(marked)
        found = []
        for left, top, width, height, area in stats[1:count].tolist():
            if area > 50:
                box = (float(left), float(top), float(left + width), float(top + height))
                points = five_of(canonical_shape()) * width / 3 + [left + width / 2, top + height / 3]
                found.append(Detection(box, self.score, points))
        return tuple(sorted(found, key=lambda d: d.box_xyxy))


def wall(number: int, size: tuple[int, int] = (WIDTH, HEIGHT)) -> NDArray[np.uint8]:
    """A smooth pattern (H, W, 3) that differs from scene to scene."""
    rng = np.random.default_rng(number)
    coarse = rng.integers(20, 160, (6, 8, 3), dtype=np.uint8)
    coarse[..., 0] //= 2
    return np.asarray(cv2.resize(coarse, size, interpolation=cv2.INTER_LINEAR), np.uint8)


def paint(
    scene: int, faces: Sequence[Face], *, forged: Sequence[Face] = (), size: tuple[int, int] = (WIDTH, HEIGHT)
) -> NDArray[np.uint8]:
    """Picture of a scene with faces (left, top, right, bottom)."""
    image = wall(scene, size)
    for left, top, right, bottom in faces:
        image[top:bottom, left:right] = MARK
    for left, top, right, bottom in forged:
        image[top:bottom, left:right] = FORGED
    return image


def write_film(path: Path, images: Sequence[NDArray[np.uint8]], sample_aspect_ratio: Fraction = Fraction(1)) -> Path:
    """Write pictures as a lossless video (QuickTime, PNG)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with av.open(str(path), "w", format="mov") as container:
        stream = container.add_stream("png", rate=10)
        stream.height, stream.width = images[0].shape[:2]
        stream.pix_fmt = "rgb24"
        stream.codec_context.sample_aspect_ratio = sample_aspect_ratio
        for number, image in enumerate(images):
            frame = av.VideoFrame.from_ndarray(image, format="rgb24")
            frame.pts, frame.time_base = number, Fraction(1, 10)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def write_picture(path: Path, image: NDArray[np.uint8]) -> Path:
    """Write a picture (RGB or gray)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(path), image if image.ndim == 2 else image[:, :, ::-1])
    return path


@dataclass(frozen=True)
class World:
    """What tests paint with."""

    paint: Callable[..., NDArray[np.uint8]] = paint
    film: Callable[..., Path] = write_film
    picture: Callable[..., Path] = write_picture
    size: tuple[int, int] = (HEIGHT, WIDTH)
    detector: MarkDetector = field(default_factory=MarkDetector)


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    """The painted world; `build_detector` gives its detector."""
    made = World()

    def build(name: str, device: str) -> FaceDetector:
        return made.detector

    monkeypatch.setattr(family, "build_detector", build)
    monkeypatch.setattr(prepare, "build_detector", build)
    family._eyes.cache_clear()
    yield made
    family._eyes.cache_clear()


@pytest.fixture
def make_row() -> Callable[..., FaceRow]:
    """A plausible row; named fields replace its own."""

    def make(**fields: object) -> FaceRow:
        plain: dict[str, object] = {
            "patch": "a.png", "mask": "", "label": 0, "split": "train", "dataset": "d", "method": "real",
            "compression": "", "source": "s", "identity": "i", "group": "g", "pair": "", "frame_index": 0,
            "track_id": 1, "box_xyxy": (10.0, 8.0, 30.0, 34.0), "landmarks": tuple(float(n) for n in range(136)),
            "sample_aspect_ratio": "1/1", "face_px": 20.0, "codec": "h264", "bits_per_pixel": 0.1,
        }  # fmt: skip
        return FaceRow(**(plain | fields))  # type: ignore[arg-type]

    return make
