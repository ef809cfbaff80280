"""What pictures suffer between the camera and the analyst: one kind at a time, with a level.

Levels are in the units of each kind (`KINDS`), so that a curve over them can be read. For the random mixture of
training see `chain`.
"""

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow

from lav_gui.errors import TrainingError
from lav_gui.media.recompress import recompress

Image = NDArray[np.uint8]
BLOCK_PX, BLOCK_GRAY, BLOCK_SIDE = 8, 128, 256


@dataclass(frozen=True, slots=True)
class Degradation:
    """One kind of damage at one level.

    Attributes
    ----------
    kind : str
        One of `KINDS`.
    level : float
        In the unit of the kind.

    Raises
    ------
    TrainingError
        If the kind is not known, or the level lies outside its range.
    """

    kind: str
    level: float

    def __post_init__(self) -> None:
        if self.kind not in _RANGES:
            raise TrainingError(f"There is no degradation {self.kind}; choose one of {', '.join(_RANGES)}.")
        low, high = _RANGES[self.kind]
        if not low <= self.level <= high:
            raise TrainingError(f"The degradation {self.kind} takes levels from {low:g} to {high:g}.")


_RANGES: dict[str, tuple[float, float]] = {
    "jpeg": (1, 100),
    "h264": (0, 51),
    "h265": (0, 51),
    "palette": (2, 256),
    "resize": (0.01, 1),
    "pixelate": (1, 64),
    "noise": (0, 255),
    "color_noise": (0, 255),
    "blur": (0, 64),
    "brightness": (-255, 255),
    "exposure": (0, 8),
    "contrast": (0, 8),
    "gamma": (0.05, 20),
    "saturation": (0, 8),
    "blocks": (0, 10_000),
}

KINDS = tuple(_RANGES)
"""All kinds, with the unit of their level:

jpeg
    quality (libjpeg), 4:2:0.
h264, h265
    CRF of libx264 or libx265; the second frame of a clip of two, the first of which is moved a little.
palette
    number of colors, chosen for the picture by median cut and mixed by error diffusion (Floyd & Steinberg), as in GIF.
resize
    side kept when reduced (area average) before enlarging (bicubic), as a share.
pixelate
    divisor of the side, bilinear both ways without averaging (DeeperForensics calls it JPEG).
noise, color_noise
    standard deviation in gray levels: in RGB, or in limited-range YCbCr.
blur
    sigma of a Gaussian in pixels.
brightness
    gray levels added.
exposure, contrast, saturation
    factor: of all levels, of the distance from the mean gray, of the distance from each pixel's gray.
gamma
    exponent.
blocks
    gray squares of 8 pixels per 256 pixels of the shorter side.
"""


def _levels(kind: str, *levels: float) -> tuple[Degradation, ...]:
    return tuple(Degradation(kind, level) for level in levels)


DEEPER_FORENSICS: dict[str, tuple[Degradation, ...]] = {
    "color saturation": _levels("saturation", 0.4, 0.3, 0.2, 0.1, 0.0),
    "color contrast": _levels("exposure", 0.85, 0.725, 0.6, 0.475, 0.35),
    "block-wise": _levels("blocks", 16, 32, 48, 64, 80),
    "Gaussian noise": _levels("color_noise", *(255 * variance**0.5 for variance in (0.001, 0.002, 0.005, 0.01, 0.05))),
    "Gaussian blur": _levels("blur", *(width / 6 for width in (7, 9, 13, 17, 21))),
    "pixelation": _levels("pixelate", 2, 3, 4, 5, 6),
    "video compression": _levels("h264", 30, 32, 35, 38, 40),
}
"""The seven distortions of DeeperForensics-1.0 (Jiang et al., CVPR 2020) at levels 1 to 5.

Theirs act on whole frames, ours on the crop at its own size. What they call JPEG reduces and enlarges.
"""

SWEEP: dict[str, tuple[Degradation, ...]] = {
    "JPEG quality": _levels("jpeg", 95, 85, 70, 50, 30, 15),
    "H.264 CRF": _levels("h264", 18, 23, 28, 34, 40, 45),
    "H.265 CRF": _levels("h265", 23, 28, 34, 40),
    "resize": _levels("resize", 0.75, 0.5, 0.35, 0.25, 0.18),
    "blur (px)": _levels("blur", 0.5, 1, 1.5, 2.5, 4),
    "noise (levels)": _levels("noise", 2, 4, 8, 16, 32),
    "brightness (levels)": _levels("brightness", -80, -40, -20, 20, 40, 80),
    "contrast": _levels("contrast", 0.4, 0.6, 0.8, 1.25, 1.6),
}
"""The robustness sweep of ``lav evaluate``."""


def apply(image: Image, degradation: Degradation, rng: np.random.Generator) -> Image:
    """Damage a picture.

    Parameters
    ----------
    image : ndarray of shape (H, W, 3), uint8
        RGB; not changed.
    degradation : Degradation
    rng : Generator
        For noise, blocks and the motion before a video frame.

    Returns
    -------
    ndarray of shape (H, W, 3), uint8
    """
    return _APPLY[degradation.kind](image, degradation.level, rng)


def _jpeg(image: Image, level: float, rng: np.random.Generator) -> Image:
    del rng
    bgr = np.ascontiguousarray(image[:, :, ::-1])
    coded = cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, round(level)])[1]
    decoded = np.asarray(cv2.imdecode(coded, cv2.IMREAD_COLOR), np.uint8)
    return np.ascontiguousarray(decoded[:, :, ::-1])


def _h264(image: Image, level: float, rng: np.random.Generator) -> Image:
    return recompress([_before(image, rng), image], "h264", round(level))[1]


def _h265(image: Image, level: float, rng: np.random.Generator) -> Image:
    return recompress([_before(image, rng), image], "hevc", round(level), "ultrafast")[1]


def _before(image: Image, rng: np.random.Generator) -> Image:
    """A frame before this one: moved by some 1.5 pixels and scaled by some 0.7 %."""
    height, width = image.shape[:2]
    scale = 1 + rng.normal(0, 0.007)
    shift = rng.normal(0, 1.5, 2) + (1 - scale) * np.array([width, height]) / 2
    affine = np.array([[scale, 0, shift[0]], [0, scale, shift[1]]])
    return np.asarray(cv2.warpAffine(image, affine, (width, height), borderMode=cv2.BORDER_REPLICATE), np.uint8)


def _palette(image: Image, level: float, rng: np.random.Generator) -> Image:
    del rng
    picture = Pillow.fromarray(image)
    colors = picture.quantize(round(level), Pillow.Quantize.MEDIANCUT)
    mixed = picture.quantize(palette=colors, dither=Pillow.Dither.FLOYDSTEINBERG)
    return np.array(mixed.convert("RGB"), np.uint8)


def _resize(image: Image, level: float, rng: np.random.Generator) -> Image:
    del rng
    return enlarged(reduced(image, level), image.shape[:2])


def reduced(image: Image, share: float) -> Image:
    """Reduce both sides to a share in (0, 1], area average."""
    height, width = image.shape[:2]
    size = (max(1, round(width * share)), max(1, round(height * share)))
    return (
        image
        if size == (width, height)
        else np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)
    )


def enlarged(image: Image, shape: tuple[int, int]) -> Image:
    """Enlarge to (height, width), bicubic."""
    if image.shape[:2] == shape:
        return image
    return np.asarray(cv2.resize(image, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC), np.uint8)


def _pixelate(image: Image, level: float, rng: np.random.Generator) -> Image:
    del rng
    height, width = image.shape[:2]
    small = (max(1, int(width / level)), max(1, int(height / level)))
    return np.asarray(cv2.resize(cv2.resize(image, small), (width, height)), np.uint8)


def _noise(image: Image, level: float, rng: np.random.Generator) -> Image:
    return _clipped(image + rng.standard_normal(image.shape, np.float32) * np.float32(level))


_RGB_FROM_YCC = np.array([[1.164, 0.0, 1.596], [1.164, -0.392, -0.813], [1.164, 2.017, 0.0]], np.float32)
"""BT.601, limited range."""


def _color_noise(image: Image, level: float, rng: np.random.Generator) -> Image:
    noise = rng.standard_normal(image.shape, np.float32) @ _RGB_FROM_YCC.T
    return _clipped(image + noise * np.float32(level))


def _blur(image: Image, level: float, rng: np.random.Generator) -> Image:
    del rng
    return image if level < 0.1 else np.asarray(cv2.GaussianBlur(image, (0, 0), level), np.uint8)


def _brightness(image: Image, level: float, rng: np.random.Generator) -> Image:
    del rng
    return _looked_up(image, _GRAYS + level)


def _exposure(image: Image, level: float, rng: np.random.Generator) -> Image:
    del rng
    return _looked_up(image, _GRAYS * level)


def _contrast(image: Image, level: float, rng: np.random.Generator) -> Image:
    del rng
    middle = float(image.mean())
    return _looked_up(image, (_GRAYS - middle) * level + middle)


def _gamma(image: Image, level: float, rng: np.random.Generator) -> Image:
    del rng
    return _looked_up(image, 255 * (_GRAYS / 255) ** level)


def _saturation(image: Image, level: float, rng: np.random.Generator) -> Image:
    del rng
    gray = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)[..., None].astype(np.float32)
    return _clipped(gray + (image - gray) * np.float32(level))


def _blocks(image: Image, level: float, rng: np.random.Generator) -> Image:
    height, width = image.shape[:2]
    damaged = image.copy()
    for _ in range(round(level * min(height, width) / BLOCK_SIDE)):
        y, x = int(rng.integers(0, max(1, height - BLOCK_PX))), int(rng.integers(0, max(1, width - BLOCK_PX)))
        damaged[y : y + BLOCK_PX, x : x + BLOCK_PX] = BLOCK_GRAY
    return damaged


_GRAYS = np.arange(256.0)


def _looked_up(image: Image, levels: NDArray[np.float64]) -> Image:
    return np.asarray(cv2.LUT(image, np.clip(np.rint(levels), 0, 255).astype(np.uint8)), np.uint8)


def _clipped(image: NDArray[np.float32]) -> Image:
    return np.clip(np.rint(image), 0, 255).astype(np.uint8)


_APPLY: dict[str, Callable[[Image, float, np.random.Generator], Image]] = {
    "jpeg": _jpeg,
    "h264": _h264,
    "h265": _h265,
    "palette": _palette,
    "resize": _resize,
    "pixelate": _pixelate,
    "noise": _noise,
    "color_noise": _color_noise,
    "blur": _blur,
    "brightness": _brightness,
    "exposure": _exposure,
    "contrast": _contrast,
    "gamma": _gamma,
    "saturation": _saturation,
    "blocks": _blocks,
}
