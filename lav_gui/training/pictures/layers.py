"""The two layers of a blend: what is changed between them.

Each change is drawn for itself and falls on the inner layer (that will be seen under the mask) or on the outer one.
Color, contrast, sharpness, resolution and displacement follow Shiohara & Yamasaki (CVPR 2022); softness (an
autoencoder's missing high frequencies), noise and compression histories are added, since generators and the videos
they are pasted into differ in them.
"""

from collections.abc import Callable
from dataclasses import astuple, dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from lav_gui.errors import TrainingError
from lav_gui.media.recompress import recompress
from lav_gui.training.pictures.degradation import Degradation, apply
from lav_gui.training.pictures.hulls import face_size

Image = NDArray[np.uint8]
Levels = NDArray[np.float64]
"""256 output levels for 1 or 3 colors."""


@dataclass(frozen=True, slots=True)
class LayerSettings:
    """Probabilities of the differences between the layers, each in [0, 1].

    Attributes
    ----------
    color : float
        Shift of red, green, blue by up to 20 levels, or of hue, saturation, value.
    shading : float
        A smooth field of light and color, up to some 15 levels, as of a face lit otherwise.
    contrast : float
        Contrast, brightness and gamma.
    sharpness : float
        Sharpened or blurred.
    resolution : float
        Reduced 1.5 to 4 times and enlarged again.
    noise : float
        Noise added, or removed by a median.
    compression : float
        JPEG with a grid of its own, or H.264.
    geometry : float
        Inner layer moved by up to 3 % of the face, scaled by up to 5 %, turned by up to 3 degrees; one in four times
        twice as much, which leaves the doubled brows and chins of poor swaps.
    bend : float
        Inner layer bent smoothly besides, as a reenacted face is.
    inner : float
        Share of the changes of pixels that fall on the inner layer; the rest change the outer one.
    video : float
        Share of H.264 among the compressions.
    """

    color: float = 0.25
    shading: float = 0.15
    contrast: float = 0.2
    sharpness: float = 0.4
    resolution: float = 0.5
    noise: float = 0.2
    compression: float = 0.2
    geometry: float = 0.95
    bend: float = 0.6
    inner: float = 0.75
    video: float = 0.3

    def __post_init__(self) -> None:
        if not all(0 <= share <= 1 for share in astuple(self)):
            raise TrainingError("The probabilities of the layers' differences must lie within 0 and 1.")


def make_layers(
    image: Image,
    landmarks: NDArray[np.float64],
    rng: np.random.Generator,
    settings: LayerSettings,
    donor: Image | None = None,
) -> tuple[Image, Image]:
    """Make both layers of a blend.

    Parameters
    ----------
    image : ndarray of shape (H, W, 3), uint8
        RGB; not changed.
    landmarks : ndarray of shape (68, 2), float64
        x, y in pixels.
    rng : Generator
    settings : LayerSettings
    donor : ndarray of shape (H, W, 3), uint8, optional
        What the inner layer is made of (from `fitted`); the picture itself by default.

    Returns
    -------
    inner, outer : ndarray of shape (H, W, 3), uint8
    """
    layers = [image if donor is None else donor, image]
    changes = [name for name in _CHANGES if rng.random() < getattr(settings, name)]
    for at in rng.permutation(len(changes)):
        side = 0 if rng.random() < settings.inner else 1
        layers[side] = _CHANGES[changes[at]](layers[side], rng, settings)
    if rng.random() < settings.geometry:
        layers[0] = displaced(layers[0], landmarks, rng, settings.bend)
    return layers[0], layers[1]


def shift_color(image: Image, rng: np.random.Generator, settings: LayerSettings) -> Image:
    """Shift red, green, blue by up to 20 levels each, or turn hue (8 degrees) and scale saturation and value."""
    del settings
    if rng.random() < 0.5:
        shifts = rng.uniform(-20, 20, 3) if rng.random() < 0.8 else np.full(3, rng.uniform(-20, 20))
        return _looked_up(image, np.arange(256.0)[:, None] + shifts)
    hue, saturation, value = rng.uniform(-4, 4), rng.uniform(0.7, 1.3), rng.uniform(0.85, 1.15)
    levels = np.arange(256.0)
    table = np.column_stack([(np.rint(levels + hue) % 180), levels * saturation, levels * value])
    hsv = np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2HSV), np.uint8)
    return np.asarray(cv2.cvtColor(_looked_up(hsv, table), cv2.COLOR_HSV2RGB), np.uint8)


def change_shading(image: Image, rng: np.random.Generator, settings: LayerSettings) -> Image:
    """Add a smooth random field, mostly gray and a little colored, of 5 to 15 levels (standard deviation)."""
    del settings
    rows, columns = (int(count) for count in rng.integers(2, 5, 2))
    coarse = rng.standard_normal((rows, columns, 1)) + rng.normal(0.0, 0.35, (rows, columns, 3))
    coarse *= rng.uniform(5, 15)
    height, width = image.shape[:2]
    shade = np.asarray(
        cv2.resize(coarse.astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC), np.float32
    )
    return np.asarray(np.clip(np.rint(image + shade), 0, 255), np.uint8)


def change_contrast(image: Image, rng: np.random.Generator, settings: LayerSettings) -> Image:
    """Contrast by up to 15 % around the mean, brightness by up to 15 levels, gamma 0.85 to 1.18."""
    del settings
    middle = float(image[::4, ::4].mean())
    gamma = float(np.exp(rng.uniform(-0.16, 0.16))) if rng.random() < 0.5 else 1.0
    levels = 255 * (np.arange(256.0) / 255) ** gamma
    levels = (levels - middle) * rng.uniform(0.85, 1.15) + middle + rng.uniform(-15, 15)
    return _looked_up(image, np.repeat(levels[:, None], 3, axis=1))


def change_sharpness(image: Image, rng: np.random.Generator, settings: LayerSettings) -> Image:
    """Unsharp mask, or blur of 0.5 to 1.6 pixels (256 rows; in proportion for others)."""
    del settings
    sigma = rng.uniform(0.5, 1.6) * max(0.6, image.shape[0] / 256)
    blurred = cv2.GaussianBlur(image, (0, 0), sigma)
    if rng.random() < 0.5:
        return np.asarray(blurred, np.uint8)
    amount = rng.uniform(0.4, 1.5)
    return np.asarray(cv2.addWeighted(image, 1 + amount, blurred, -amount, 0), np.uint8)


_DOWN = (cv2.INTER_AREA, cv2.INTER_LINEAR, cv2.INTER_CUBIC)
_UP = (cv2.INTER_LINEAR, cv2.INTER_CUBIC, cv2.INTER_LANCZOS4)
LEAST_SIDE = 24
SMALLEST_CLONE = 8
"""Sides in pixels below which nothing is reduced further, or cloned."""


def reduce_resolution(image: Image, rng: np.random.Generator, settings: LayerSettings) -> Image:
    """Reduce 1.5 to 4 times and enlarge again: what an autoencoder of a small face leaves."""
    del settings
    height, width = image.shape[:2]
    factor = min(float(np.exp(rng.uniform(np.log(1.5), np.log(4)))), min(height, width) / LEAST_SIDE)
    if factor <= 1:
        return image
    small = (max(1, round(width / factor)), max(1, round(height / factor)))
    reduced = cv2.resize(image, small, interpolation=int(rng.choice(_DOWN)))
    return np.asarray(cv2.resize(reduced, (width, height), interpolation=int(rng.choice(_UP))), np.uint8)


def change_noise(image: Image, rng: np.random.Generator, settings: LayerSettings) -> Image:
    """Add Gaussian noise of 1.5 to 8 levels (white or grainy, gray or colored), or take noise away by a median."""
    del settings
    if rng.random() < 0.25:
        return np.asarray(cv2.medianBlur(image, 3), np.uint8)
    sigma = float(np.exp(rng.uniform(np.log(1.5), np.log(8))))
    height, width = image.shape[:2]
    colors = 3 if rng.random() < 0.5 else 1
    grain = rng.standard_normal((height, width, colors), np.float32).reshape(height, width, colors)
    if rng.random() < 0.4:
        grain = cv2.GaussianBlur(grain, (3, 3), 0.8).reshape(height, width, colors) * np.float32(2)
    return np.clip(image + grain * np.float32(sigma), 0, 255).astype(np.uint8)


def change_compression(image: Image, rng: np.random.Generator, settings: LayerSettings) -> Image:
    """JPEG of quality 30 to 90 whose grid begins anywhere, or H.264 of CRF 24 to 38."""
    if rng.random() < settings.video:
        return recompress([image], "h264", int(rng.integers(24, 39)))[0]
    x, y = (int(offset) for offset in rng.integers(0, 8, 2))
    padded = cv2.copyMakeBorder(image, y, 0, x, 0, cv2.BORDER_REFLECT_101)
    coded = apply(np.asarray(padded, np.uint8), Degradation("jpeg", int(rng.integers(30, 91))), rng)
    return np.ascontiguousarray(coded[y:, x:])


def displaced(image: Image, landmarks: NDArray[np.float64], rng: np.random.Generator, bend: float) -> Image:
    """Move, scale and turn a layer around the face's center, and bend it smoothly with probability `bend`."""
    size, center = face_size(landmarks), landmarks.mean(axis=0)
    more = 2.0 if rng.random() < 0.25 else 1.0
    turn = np.deg2rad(more * rng.uniform(-3, 3))
    scale = rng.uniform(0.95, 1 / 0.95, 2) ** more
    linear = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]]) * scale
    offset = center - linear @ center + more * rng.uniform(-0.03, 0.03, 2) * size
    affine = np.column_stack([linear, offset])
    height, width = image.shape[:2]
    how = int(rng.choice((cv2.INTER_LINEAR, cv2.INTER_CUBIC)))
    if rng.random() >= bend:
        flags = how | cv2.WARP_INVERSE_MAP
        return np.asarray(
            cv2.warpAffine(image, affine, (width, height), flags=flags, borderMode=cv2.BORDER_REFLECT_101), np.uint8
        )
    coarse = rng.normal(0.0, rng.uniform(0.006, 0.025) * size, (5, 5, 2)).astype(np.float32)
    bent = np.asarray(cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC), np.float32)
    columns, rows = np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32)[:, None]
    x, y = (bent[..., axis] + a * columns + b * rows + c for axis, (a, b, c) in enumerate(affine.astype(np.float32)))
    return np.asarray(cv2.remap(image, x, y, how, borderMode=cv2.BORDER_REFLECT_101), np.uint8)


def fitted(
    donor: Image, donor_landmarks: NDArray[np.float64], landmarks: NDArray[np.float64], shape: tuple[int, int]
) -> Image:
    """Lay another face over this one: the least-squares affine map of the 68 points, into (height, width) `shape`."""
    ones = np.ones((len(landmarks), 1))
    shrink = min(1.0, 1.25 * face_size(landmarks) / face_size(donor_landmarks))
    if shrink < 0.8:  # a warp does not average: reduce first
        donor = np.asarray(cv2.resize(donor, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA), np.uint8)
        donor_landmarks = (donor_landmarks + 0.5) * shrink - 0.5
    donor_from_picture = np.linalg.lstsq(np.hstack([landmarks, ones]), donor_landmarks, rcond=None)[0].T
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    height, width = shape
    return np.asarray(
        cv2.warpAffine(donor, donor_from_picture, (width, height), flags=flags, borderMode=cv2.BORDER_REFLECT_101),
        np.uint8,
    )


def match_color(inner: Image, outer: Image, alpha: NDArray[np.float32]) -> Image:
    """Bring mean and spread of the inner layer's colors under the mask to those of the outer one.

    A cheap stand-in for the seamless cloning of face swaps: what remains is texture and edge.
    """
    under = alpha[::2, ::2] > 0.5
    if not under.any():
        return inner
    source, target = (layer[::2, ::2][under].astype(np.float64) for layer in (inner, outer))
    gain = np.clip((target.std(axis=0) + 1) / (source.std(axis=0) + 1), 0.5, 2)
    return _looked_up(inner, (np.arange(256.0)[:, None] - source.mean(axis=0)) * gain + target.mean(axis=0))


def clone(inner: Image, outer: Image, alpha: NDArray[np.float32]) -> Image:
    """The inner layer with its gradients kept and the outer one's colors at the rim of the mask (Poisson blending).

    Perez, Gangnet & Blake, "Poisson Image Editing", SIGGRAPH 2003: how many swaps hide their edge. The layer comes back
    as it is where the mask is too small for it.

    Parameters
    ----------
    inner, outer : ndarray of shape (H, W, 3), uint8
    alpha : ndarray of shape (H, W), float32
        In [0, 1]; what is above 0 is cloned.

    Returns
    -------
    ndarray of shape (H, W, 3), uint8
    """
    mask = np.where(alpha > 0.02, np.uint8(255), np.uint8(0))
    mask[[0, 1, -2, -1]] = 0
    mask[:, [0, 1, -2, -1]] = 0
    x, y, width, height = cv2.boundingRect(mask)
    if min(width, height) < SMALLEST_CLONE:
        return inner
    center = (x + width // 2, y + height // 2)
    return np.asarray(cv2.seamlessClone(inner, outer, mask, center, cv2.NORMAL_CLONE), np.uint8)


def _looked_up(image: Image, levels: Levels) -> Image:
    """Each color through its table (256, 3) of new levels."""
    table = np.clip(np.rint(levels), 0, 255).astype(np.uint8).reshape(1, 256, 3)
    return np.asarray(cv2.LUT(image, table), np.uint8)


_CHANGES: dict[str, Callable[[Image, np.random.Generator, LayerSettings], Image]] = {
    "color": shift_color,
    "shading": change_shading,
    "contrast": change_contrast,
    "sharpness": change_sharpness,
    "resolution": reduce_resolution,
    "noise": change_noise,
    "compression": change_compression,
}
