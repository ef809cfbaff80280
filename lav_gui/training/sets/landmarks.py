"""A face in 68 points: a shape of our own, fitted to the five points of the detector. No torch, no pixels.

Order and meaning are those of iBUG 300-W (Sagonas et al., ICCV-W 2013): left and right as seen in the picture.
The shape was made by hand after common proportions (adults: pupils 63 mm apart, cheekbones 135 mm wide, chin 113 mm
below the pupils, tip of the nose 30 mm before them, ears 70 mm behind). It has depth, and five points tell how a head
is turned: the fit is an affine camera. So the far cheek of a turned head goes behind the face, as it should for hulls
and regions. It does not follow expression. A dense landmarker is a further `Landmarker`.
"""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from lav_gui.errors import TrainingError

LANDMARKS = 68

JAW = slice(0, 17)
LEFT_BROW, RIGHT_BROW, BROWS = slice(17, 22), slice(22, 27), slice(17, 27)
NOSE_BRIDGE, NOSTRILS, NOSE = slice(27, 31), slice(31, 36), slice(27, 36)
LEFT_EYE, RIGHT_EYE, EYES = slice(36, 42), slice(42, 48), slice(36, 48)
OUTER_LIPS, INNER_LIPS, MOUTH = slice(48, 60), slice(60, 68), slice(48, 68)
NOSE_TIP, LEFT_MOUTH_CORNER, RIGHT_MOUTH_CORNER = 30, 48, 54

STRETCH_MOST = 2.0
"""A fit that stretches one direction more than this over the other, or mirrors, is not a face seen by a camera."""

_CHEEKBONE, _CHIN, _EARS = 1.07, 1.80, -1.1
_LEFT_BROW = ((-0.93, -0.26), (-0.78, -0.41), (-0.58, -0.46), (-0.38, -0.42), (-0.19, -0.35))
_LEFT_EYE = ((-0.72, 0.0), (-0.58, -0.085), (-0.42, -0.085), (-0.28, 0.0), (-0.42, 0.085), (-0.58, 0.085))
_BRIDGE = ((0.0, 0.0), (0.0, 0.19), (0.0, 0.39), (0.0, 0.58))
_LEFT_NOSTRIL = ((-0.25, 0.72), (-0.13, 0.77))
_UPPER_LIP = ((-0.42, 1.13), (-0.27, 1.05), (-0.10, 1.01))
_LOWER_LIP = ((-0.12, 1.33), (-0.28, 1.26))
_INNER_LIPS_LEFT = ((-0.34, 1.13), (-0.12, 1.12)), ((-0.12, 1.17),)

_DEPTHS = (
    *(-0.22, -0.05, 0.08, 0.14, 0.15, 0.15, 0.14, 0.08, -0.05, -0.22),
    *(0.14, 0.26, 0.38, 0.48, 0.12, 0.22, 0.27, 0.22, 0.12),
    *(-0.15, -0.02, 0.02, -0.02, 0.02, -0.02, -0.02, 0.02, -0.02, -0.15, -0.02, 0.02),
    *(0.0, 0.14, 0.22, 0.23, 0.22, 0.14, 0.0, 0.13, 0.20, 0.22, 0.20, 0.13),
    *(0.02, 0.17, 0.19, 0.17, 0.02, 0.17, 0.19, 0.17),
)
"""Of points 17 to 67, toward the viewer."""

Points = tuple[tuple[float, float], ...]


class Landmarker(Protocol):
    """Gives 68 points for a detected face.

    One that brings weights of its own states in its docstring their name, license and where they come from.
    """

    @property
    def name(self) -> str:
        """As written into the card of a prepared set."""

    def landmarks(self, image: NDArray[np.uint8], points5: NDArray[np.float64]) -> NDArray[np.float64]:
        """Points (68, 2) in pixels of `image` (H, W, 3) RGB, from the detector's five points (5, 2) in it."""


class CanonicalLandmarker:
    """The shape of this module, fitted to the five points; needs no weights and no picture."""

    name = "canonical-68-depth"

    def landmarks(self, image: NDArray[np.uint8], points5: NDArray[np.float64]) -> NDArray[np.float64]:
        """See `Landmarker.landmarks` and `fit_shape`."""
        del image
        return fit_shape(points5)


def canonical_shape() -> NDArray[np.float64]:
    """The 68 points of a frontal face.

    Returns
    -------
    ndarray of shape (68, 2), float64
        x to the right, y down; origin between the eye centers, unit their distance. Mirror-symmetric.
    """
    angles = np.linspace(0.0, np.pi, 17)
    jaw = tuple(zip((-_CHEEKBONE * np.cos(angles)).tolist(), (_CHIN * np.sin(angles)).tolist(), strict=True))
    upper, lower = _INNER_LIPS_LEFT
    right_eye = _mirror(_LEFT_EYE)  # order of the right eye: inner corner, over the top, outer corner, below
    parts: tuple[Points, ...] = (
        jaw,
        (*_LEFT_BROW, *_mirror(_LEFT_BROW)),
        (*_BRIDGE, *_LEFT_NOSTRIL, (0.0, 0.80), *_mirror(_LEFT_NOSTRIL)),
        (*_LEFT_EYE, *right_eye[2:], *right_eye[:2]),
        (*_UPPER_LIP, (0.0, 1.03), *_mirror(_UPPER_LIP)),
        (*_mirror(_LOWER_LIP), (0.0, 1.35), *_LOWER_LIP),
        (*upper, (0.0, 1.12), *_mirror(upper), *_mirror(lower), (0.0, 1.18), *lower),
    )
    return np.array([point for part in parts for point in part])


def solid_shape() -> NDArray[np.float64]:
    """The same 68 points with their depth: x, y, and z toward the viewer, shape (68, 3)."""
    angles = np.linspace(0.0, np.pi, 17)
    jaw = 0.1 * np.sin(angles) ** 4 + _EARS * np.abs(np.cos(angles)) ** 1.5
    return np.column_stack([canonical_shape(), np.concatenate([jaw, _DEPTHS])])


def five_of(points68: NDArray[np.float64]) -> NDArray[np.float64]:
    """Eye centers, nose tip and mouth corners (5, n) of 68 points (68, n)."""
    eyes = [points68[LEFT_EYE].mean(axis=0), points68[RIGHT_EYE].mean(axis=0)]
    return np.array([*eyes, *points68[[NOSE_TIP, LEFT_MOUTH_CORNER, RIGHT_MOUTH_CORNER]]])


def mirror_order() -> NDArray[np.int64]:
    """For each point the one it becomes in a mirrored picture, shape (68,): ``mirrored = points[mirror_order()]``.

    The x coordinates have to be mirrored besides.
    """
    runs = (
        range(16, -1, -1), range(26, 16, -1), range(27, 31), range(35, 30, -1),
        (45, 44, 43, 42, 47, 46, 39, 38, 37, 36, 41, 40),
        range(54, 47, -1), range(59, 54, -1), range(64, 59, -1), range(67, 64, -1),
    )  # fmt: skip
    return np.array([number for run in runs for number in run], np.int64)


def fit_shape(points5: NDArray[np.float64]) -> NDArray[np.float64]:
    """Lay the canonical shape over five points.

    Least-squares affine camera (8 numbers of 10); where that would mirror or stretch the face beyond `STRETCH_MOST`,
    the least-squares similarity of the flat shape (Umeyama, PAMI 1991) takes its place.

    Parameters
    ----------
    points5 : ndarray of shape (5, 2), float64
        Left eye, right eye, nose tip, left and right mouth corner as seen in the picture: x, y.

    Returns
    -------
    ndarray of shape (68, 2), float64
        In the coordinates of `points5`.

    Raises
    ------
    TrainingError
        If the points are not finite or all in one place.
    """
    target = np.asarray(points5, np.float64)
    if target.shape != (5, 2) or not np.isfinite(target).all() or np.ptp(target, axis=0).max() < 1e-6:
        raise TrainingError(f"Five landmarks make no face: {target.tolist()}; leave this picture out.")
    shape = solid_shape()
    camera = np.linalg.lstsq(_homogeneous(five_of(shape)), target, rcond=None)[0]  # (4, 2)
    stretches = np.linalg.svd(camera[:3], compute_uv=False)
    if np.linalg.det(camera[:2]) > 0 and stretches[0] <= STRETCH_MOST * stretches[1]:
        return np.asarray(_homogeneous(shape) @ camera)
    return np.asarray(_homogeneous(shape[:, :2]) @ _similarity(five_of(shape)[:, :2], target))


def _homogeneous(points: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.column_stack([points, np.ones(len(points))])


def _similarity(source: NDArray[np.float64], target: NDArray[np.float64]) -> NDArray[np.float64]:
    """Best turn, scale and shift without mirroring, as (3, 2): ``[x, y, 1] @ solution``."""
    a, b = source - source.mean(axis=0), target - target.mean(axis=0)
    u, singular, vt = np.linalg.svd(b.T @ a)
    sign = np.array([1.0, np.sign(np.linalg.det(u @ vt))])
    linear = (u * sign) @ vt * ((singular * sign).sum() / (a**2).sum())
    return np.vstack([linear.T, target.mean(axis=0) - linear @ source.mean(axis=0)])


def _mirror(points: Points) -> Points:
    """The same points on the other side, from left to right again."""
    return tuple((-x, y) for x, y in reversed(points))
