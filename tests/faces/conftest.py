"""A little stage: people are colored figures whose face boxes are known, seen by a detector that reads the script."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from lav_gui.faces.detectors import FaceDetector
from lav_gui.faces.tracking import FaceTracker
from lav_gui.records import Box, Detection, Frame
from lav_gui.settings import AnalysisSettings

WIDTH, HEIGHT = 320, 180
TIME_BASE = Fraction(1, 1000)
Color = tuple[int, int, int]


@dataclass(frozen=True)
class Person:
    """A head over a torso; `place` gives its left edge at a time, or None while it is away or unseen."""

    place: Callable[[float], float | None]
    head: Color = (200, 160, 130)
    torso: Color = (40, 60, 120)
    top: float = 40.0
    side: float = 48.0
    score: Callable[[float], float] = lambda _: 0.99
    hidden: Callable[[float], bool] = lambda _: False

    def box(self, seconds: float) -> Box | None:
        left = self.place(seconds)
        return None if left is None else (left, self.top, left + self.side, self.top + self.side)


@dataclass
class ScriptedDetector:
    """Knows where the faces are: the frame's number stands in its first pixels. Counts where it was asked to look."""

    script: dict[int, tuple[Detection, ...]]
    looked: list[int] = field(default_factory=list)
    name: str = "scripted"
    weights_sha256: str = "0" * 64
    sure_score: float = 0.97

    def detect(
        self, images: Sequence[NDArray[np.uint8]], min_face_px: int, sample_aspect_ratio: Fraction
    ) -> list[tuple[Detection, ...]]:
        numbers = [int(image[0, 0, 0]) * 256 + int(image[0, 0, 1]) for image in images]
        self.looked += numbers
        return [self.script[number] for number in numbers]


@dataclass
class Stage:
    """Frames of a play and the detector that knows it."""

    frames: list[Frame]
    detector: ScriptedDetector

    def tracker(self, **settings: object) -> FaceTracker:
        detector: FaceDetector = self.detector
        return FaceTracker(detector, 64, AnalysisSettings(**settings), Fraction(1))  # type: ignore[arg-type]

    def ids(self, tracker: FaceTracker, batch: int) -> dict[int, dict[int, Box]]:
        """Boxes by track id of each frame, fed batch by batch."""
        found: dict[int, dict[int, Box]] = {frame.index: {} for frame in self.frames}
        for start in range(0, len(self.frames), batch):
            for crop in tracker.crops(self.frames[start : start + batch]):
                found[crop.frame_index][crop.track_id] = crop.box_xyxy
        return found


def wall(seed: int) -> NDArray[np.uint8]:
    """Scenery that differs from seed to seed in color and layout."""
    rng = np.random.default_rng(seed)
    coarse = rng.integers(0, 256, (3, 4, 3)).astype(np.float64)
    return np.kron(coarse, np.ones((HEIGHT // 3, WIDTH // 4, 1))).astype(np.uint8)


def draw(people: Sequence[Person], seconds: float, scenery: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Paint the scenery and the people, later ones in front."""
    image = scenery.copy()
    for person in people:
        box = person.box(seconds)
        if box is not None:
            left, top, right, bottom = (max(0, round(edge)) for edge in box)
            image[top:bottom, left:right] = person.head
            image[bottom : bottom + 60, max(0, left - 15) : right + 15] = person.torso
    return image


@pytest.fixture
def stage() -> Callable[..., Stage]:
    """Play `people` over `seconds` at `fps`; the scenery changes at each time in `cuts`."""

    def play(people: Sequence[Person], seconds: float, fps: float, cuts: Sequence[float] = ()) -> Stage:
        frames, script = [], {}
        for index in range(round(seconds * fps)):
            now = index / fps
            image = draw(people, now, wall(sum(now >= cut for cut in cuts)))
            image[0, 0] = (index // 256, index % 256, 0)
            frames.append(Frame(index, round(now * 1000), TIME_BASE, image))
            script[index] = tuple(
                Detection(box, person.score(now))
                for person in people
                if (box := person.box(now)) is not None and not person.hidden(now)
            )
        return Stage(frames, ScriptedDetector(script))

    return play


@pytest.fixture
def person() -> type[Person]:
    return Person


@pytest.fixture(scope="session")
def test_data() -> Path:
    return Path(__file__).resolve().parent.parent / "data"
