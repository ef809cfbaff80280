"""Where one layer of a blend lies on the other: outlines of faces and their parts, deformed and softened.

The outlines are drawn from 68 points that were fitted to five, so they are approximate, and are jittered generously.
After Shiohara & Yamasaki, "Detecting Deepfakes with Self-Blended Images", CVPR 2022 (hulls of landmark subsets,
elastic deformation, two blurs with an erosion between), widened by parts of the face: lip-sync changes the mouth,
NeuralTextures the lower face, Deepfakes a rounded box between brows and chin.
"""

from collections.abc import Callable
from dataclasses import astuple, dataclass, fields

import cv2
import numpy as np
from numpy.typing import NDArray

from lav_gui.errors import TrainingError
from lav_gui.training.sets.landmarks import (
    BROWS,
    EYES,
    JAW,
    LEFT_BROW,
    LEFT_EYE,
    MOUTH,
    NOSE,
    NOSE_TIP,
    NOSTRILS,
    RIGHT_BROW,
    RIGHT_EYE,
)

Points = NDArray[np.float64]
CHIN = 8


@dataclass(frozen=True, slots=True)
class HullWeights:
    """How often each outline is drawn, in proportion.

    Attributes
    ----------
    face : float
        Jaw, brows and up to the whole forehead.
    inner_face : float
        Brows, eyes, nose and mouth.
    lower_face : float
        Jaw below the nose.
    box : float
        A rounded rectangle between brows and chin.
    ellipse : float
        An ellipse on the face, anywhere and of any size.
    mouth, eyes, nose, brows : float
        The part and some skin around it.
    union : float
        Two or three parts at once.
    """

    face: float = 3.0
    inner_face: float = 1.5
    lower_face: float = 1.5
    box: float = 1.0
    ellipse: float = 0.5
    mouth: float = 1.5
    eyes: float = 0.5
    nose: float = 0.5
    brows: float = 0.25
    union: float = 1.0

    def __post_init__(self) -> None:
        weights = astuple(self)
        if not (np.isfinite(weights).all() and min(weights) >= 0 and sum(weights) > 0):
            raise TrainingError("The weights of the outlines must be 0 or more, and not all 0.")


HULLS = tuple(field.name for field in fields(HullWeights))
"""Names of all outlines."""

_PARTS = ("mouth", "eyes", "nose", "brows", "lower_face")


def random_hull(rng: np.random.Generator, weights: HullWeights) -> str:
    """Draw the name of an outline."""
    shares = np.array(astuple(weights))
    return HULLS[int(rng.choice(len(HULLS), p=shares / shares.sum()))]


def face_size(landmarks: Points) -> float:
    """Mean of width and height of the 68 points in pixels, at least 8."""
    width, height = np.ptp(landmarks, axis=0)
    return max(8.0, float(width + height) / 2)


def draw_hull(name: str, landmarks: Points, shape: tuple[int, int], rng: np.random.Generator) -> NDArray[np.uint8]:
    """Draw a jittered outline and fill it.

    Parameters
    ----------
    name : str
        One of `HULLS`.
    landmarks : ndarray of shape (68, 2), float64
        x, y in pixels.
    shape : tuple of 2 int
        Height and width of the picture.
    rng : Generator

    Returns
    -------
    ndarray of `shape`, uint8
        0 or 255.

    Raises
    ------
    ValueError
        If there is no such outline.
    """
    if name == "union":
        count = int(rng.integers(2, 4))
        parts = [draw_hull(str(part), landmarks, shape, rng) for part in rng.choice(_PARTS, count, replace=False)]
        return np.asarray(np.maximum.reduce(parts), np.uint8)
    if name not in _OUTLINES:
        raise ValueError(f"there is no outline {name}; there are {', '.join(HULLS)}")
    canvas = np.zeros(shape, np.uint8)
    for outline in _OUTLINES[name](landmarks, rng):
        _fill(canvas, outline)
    return canvas


def deform(mask: NDArray[np.uint8], strength: float, rng: np.random.Generator) -> NDArray[np.uint8]:
    """Bend a mask (H, W) smoothly.

    `strength` is the standard deviation of the displacement in pixels; the result is 0 or 255 again, and what the
    displacement fetches from beyond the picture repeats its border.
    """
    height, width = mask.shape
    coarse = rng.normal(0.0, strength, (int(rng.integers(3, 7)), int(rng.integers(3, 7)), 2)).astype(np.float32)
    bend = np.asarray(cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC), np.float32)
    x, y = (
        bend[..., 0] + np.arange(width, dtype=np.float32),
        bend[..., 1] + np.arange(height, dtype=np.float32)[:, None],
    )
    return np.asarray(cv2.remap(mask, x, y, cv2.INTER_NEAREST, borderMode=cv2.BORDER_REPLICATE), np.uint8)


def soften(mask: NDArray[np.uint8], radius: float, rng: np.random.Generator) -> NDArray[np.float32]:
    """Turn a filled outline into a soft mask: blur, shrink, blur again, so that the slope lies mostly inside.

    Parameters
    ----------
    mask : ndarray of shape (H, W), uint8
        0 or 255.
    radius : float
        Reach of the slope in pixels; the two blurs share it at random.
    rng : Generator

    Returns
    -------
    ndarray of shape (H, W), float32
        In [0, 1]; 1 at the highest point of any mask that is not empty.
    """
    first, second = radius * rng.dirichlet((1.0, 1.0))
    soft = _blur(mask.astype(np.float32) / np.float32(255), first)
    if rng.random() < 0.5:
        soft = np.where(soft > rng.uniform(0.5, 0.9) * float(soft.max()), soft, np.float32(0))
    soft = _blur(soft, second)
    top = float(soft.max())
    return np.clip(soft / top, 0, 1, dtype=np.float32) if top > 0 else soft


def _blur(mask: NDArray[np.float32], radius: float) -> NDArray[np.float32]:
    if radius < 0.5:
        return mask
    size = 2 * max(1, round(radius)) + 1
    return np.asarray(cv2.GaussianBlur(mask, (size, size), radius / 2), np.float32)


def _fill(canvas: NDArray[np.uint8], outline: Points) -> None:
    hull = cv2.convexHull(outline.astype(np.float32))
    cv2.fillConvexPoly(canvas, np.rint(hull * 16).astype(np.int32), 255, lineType=cv2.LINE_8, shift=4)


def _jittered(points: Points, scale: tuple[float, float], size: float, rng: np.random.Generator) -> Points:
    """Points scaled around their center, moved together and each for itself."""
    center = points.mean(axis=0)
    factors = rng.uniform(*scale) * rng.uniform(0.93, 1.07, 2)
    shift = rng.normal(0.0, 0.02 * size, 2)
    return np.asarray((points - center) * factors + center + shift + rng.normal(0.0, 0.012 * size, points.shape))


def _face(landmarks: Points, rng: np.random.Generator) -> list[Points]:
    up = landmarks[BROWS].mean(axis=0) - landmarks[NOSE_TIP]
    forehead = landmarks[BROWS] + up * rng.uniform(0.0, 0.8)
    points = np.vstack([landmarks[JAW], forehead])
    return [_jittered(points, (0.86, 1.08), face_size(landmarks), rng)]


def _inner_face(landmarks: Points, rng: np.random.Generator) -> list[Points]:
    return [_jittered(landmarks[17:], (0.95, 1.3), face_size(landmarks), rng)]


def _lower_face(landmarks: Points, rng: np.random.Generator) -> list[Points]:
    first = int(rng.integers(2, 6))
    jaw = landmarks[first : 17 - first]
    top = landmarks[[28, 29, 30]][[int(rng.integers(0, 3))]] if rng.random() < 0.5 else landmarks[NOSTRILS]
    return [_jittered(np.vstack([jaw, top, landmarks[MOUTH]]), (0.85, 1.05), face_size(landmarks), rng)]


def _box(landmarks: Points, rng: np.random.Generator) -> list[Points]:
    """A superellipse upright on the face; the exponent makes it from round to square."""
    across = landmarks[RIGHT_EYE].mean(axis=0) - landmarks[LEFT_EYE].mean(axis=0)
    down = landmarks[CHIN] - landmarks[BROWS].mean(axis=0)
    center = (landmarks[CHIN] + landmarks[BROWS].mean(axis=0)) / 2
    angles = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    circle = np.column_stack([np.cos(angles), np.sin(angles)])
    square = np.sign(circle) * np.abs(circle) ** (2 / rng.uniform(2, 10))
    half = np.vstack([across * rng.uniform(0.7, 1.0), down * rng.uniform(0.4, 0.56)])
    return [square @ half + center + rng.normal(0.0, 0.03 * face_size(landmarks), 2)]


def _ellipse(landmarks: Points, rng: np.random.Generator) -> list[Points]:
    size = face_size(landmarks)
    center = landmarks[int(rng.integers(17, 68))] + rng.normal(0.0, 0.05 * size, 2)
    angles = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    radii = size * rng.uniform(0.12, 0.5, 2)
    turn = rng.uniform(0, np.pi)
    rotation = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    return [np.column_stack([np.cos(angles), np.sin(angles)]) * radii @ rotation.T + center]


def _mouth(landmarks: Points, rng: np.random.Generator) -> list[Points]:
    return [_jittered(landmarks[MOUTH], (1.15, 2.0), face_size(landmarks), rng)]


def _nose(landmarks: Points, rng: np.random.Generator) -> list[Points]:
    return [_jittered(landmarks[NOSE], (1.05, 1.6), face_size(landmarks), rng)]


def _brows(landmarks: Points, rng: np.random.Generator) -> list[Points]:
    size = face_size(landmarks)
    return [_jittered(landmarks[brow], (1.1, 1.6), size, rng) for brow in (LEFT_BROW, RIGHT_BROW)]


def _eyes(landmarks: Points, rng: np.random.Generator) -> list[Points]:
    """Both eyes apart, with their brows, or as one band."""
    size, kind = face_size(landmarks), int(rng.integers(0, 3))
    if kind == 0:
        return [_jittered(landmarks[eye], (1.2, 1.9), size, rng) for eye in (LEFT_EYE, RIGHT_EYE)]
    if kind == 1:
        sides = ((LEFT_EYE, LEFT_BROW), (RIGHT_EYE, RIGHT_BROW))
        return [_jittered(np.vstack([landmarks[eye], landmarks[brow]]), (1.0, 1.4), size, rng) for eye, brow in sides]
    return [_jittered(np.vstack([landmarks[EYES], landmarks[BROWS]]), (1.0, 1.25), size, rng)]


_OUTLINES: dict[str, Callable[[Points, np.random.Generator], list[Points]]] = {
    "face": _face,
    "inner_face": _inner_face,
    "lower_face": _lower_face,
    "box": _box,
    "ellipse": _ellipse,
    "mouth": _mouth,
    "eyes": _eyes,
    "nose": _nose,
    "brows": _brows,
}
