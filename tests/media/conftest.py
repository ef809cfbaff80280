"""Clips for the media room, written with PyAV: tiny, with a number in each picture that a machine can read."""

import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

WIDTH, HEIGHT = 128, 96
COLUMNS, ROWS = 4, 3  # twelve blocks of 32 x 32 pixels carry twelve bits


@dataclass(frozen=True)
class Recipe:
    """How a clip is coded."""

    file: str
    codec: str = "libx264"
    count: int = 60
    rate: int = 25
    gop: int = 12
    pixel_format: str = "yuv420p"
    time_base: Fraction = Fraction(1, 12800)
    pts: Sequence[int] | None = None
    options: dict[str, str] = field(default_factory=dict)
    mux: dict[str, str] = field(default_factory=dict)
    rotation: tuple[float, bool, bool] | None = None
    sample_aspect_ratio: Fraction | None = None
    size: tuple[int, int] = (WIDTH, HEIGHT)
    lying_keys: bool = False


def _picture(number: int, size: tuple[int, int], pixel_format: str) -> av.VideoFrame:
    width, height = size
    image = np.zeros((height, width, 3), np.uint8)
    for bit in range(COLUMNS * ROWS):
        row, column = divmod(bit, COLUMNS)
        area = image[
            row * height // ROWS : (row + 1) * height // ROWS,
            column * width // COLUMNS : (column + 1) * width // COLUMNS,
        ]
        area[:] = 230 if number >> bit & 1 else 25
    return av.VideoFrame.from_ndarray(image, format="rgb24").reformat(format=pixel_format)


def _write(path: Path, recipe: Recipe) -> None:
    with av.open(str(path), "w", options=recipe.mux) as container:
        stream = container.add_stream(recipe.codec, rate=recipe.rate, options=dict(recipe.options))
        stream.width, stream.height = recipe.size
        stream.pix_fmt = recipe.pixel_format
        stream.gop_size = recipe.gop
        if recipe.rotation is not None:
            stream.set_display_rotation(*recipe.rotation)
        if recipe.sample_aspect_ratio is not None:
            stream.codec_context.sample_aspect_ratio = recipe.sample_aspect_ratio
        if recipe.pts is not None:
            stream.codec_context.time_base = recipe.time_base
        for number in range(recipe.count):
            picture = _picture(number, recipe.size, recipe.pixel_format)
            if recipe.pts is not None:
                picture.pts, picture.time_base = recipe.pts[number], recipe.time_base
            else:
                picture.pts, picture.time_base = number, Fraction(1, recipe.rate)
            container.mux(stream.encode(picture))
        container.mux(stream.encode(None))
    if recipe.lying_keys:  # an mp4 without this box claims that every packet is a keyframe
        path.write_bytes(path.read_bytes().replace(b"stss", b"free"))


@pytest.fixture(scope="session")
def recipe() -> type[Recipe]:
    """The class that describes a clip."""
    return Recipe


@pytest.fixture(scope="session")
def make_clip(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Recipe], Path]:
    """Write a clip once per session for each recipe."""
    written: dict[str, Path] = {}

    def make(recipe: Recipe) -> Path:
        key = repr(recipe)
        if key not in written:
            path = tmp_path_factory.mktemp("clips") / recipe.file
            _write(path, recipe)
            written[key] = path
        return written[key]

    return make


@pytest.fixture(scope="session")
def read_number() -> Callable[[NDArray[np.uint8]], int]:
    """Read the number that is drawn into a picture."""

    def read(image: NDArray[np.uint8]) -> int:
        height, width = image.shape[:2]
        number = 0
        for bit in range(COLUMNS * ROWS):
            row, column = divmod(bit, COLUMNS)
            y, x = (2 * row + 1) * height // (2 * ROWS), (2 * column + 1) * width // (2 * COLUMNS)
            number |= int(image[y - 4 : y + 4, x - 4 : x + 4].mean() > 127) << bit
        return number

    return read


@pytest.fixture(scope="session")
def uneven_pts() -> Callable[[int], list[int]]:
    """Presentation times of a variable frame rate: steps of 20 to 120 ms in an order that never repeats soon."""

    def times(count: int) -> list[int]:
        steps = [20 + (7 * i * i + 3 * i) % 101 for i in range(count)]
        return [sum(steps[:i]) for i in range(count)]

    return times


@pytest.fixture(scope="session")
def ffmpeg() -> Callable[..., bytes]:
    """Run the ffmpeg program and return what it prints."""
    program = shutil.which("ffmpeg")
    if program is None:
        pytest.skip("the ffmpeg program is not installed")

    def run(*arguments: str) -> bytes:
        done = subprocess.run([program, "-v", "error", "-nostdin", *arguments], capture_output=True, check=True)
        return done.stdout

    return run
