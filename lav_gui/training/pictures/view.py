"""One look at a face of a prepared set: the analysis crop, or one near it, with its mask and landmarks.

A *canvas* is the picture before the last cut: blending and degradation work on it, with room around the crop, and the
crop is then cut from it as the analysis cuts from a frame. Where a face is smaller than the crop, the canvas holds its
own pixels (a blend drawn after the enlargement would be sharper than any real forgery); where it is larger, the canvas
already has the crop's scale.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from lav_gui.errors import TrainingError
from lav_gui.faces.geometry import CUBIC_SUPPORT, crop_affine, cut_crop, invert_affine, map_points
from lav_gui.records import Box
from lav_gui.training.sets.landmarks import mirror_order
from lav_gui.training.sets.store import MASK_THRESHOLD, Patch

MARGIN = 1.35
"""Margin of the analysis crop."""

_MIRROR = mirror_order()


@dataclass(frozen=True, slots=True)
class View:
    """Where the crop lies; the default is the very crop of the analysis.

    Attributes
    ----------
    margin : float
        Side of the crop over the longer display side of the box, at least 1.
    shift_x, shift_y : float
        The crop's center away from the box's, in longer display sides of the box; to the right and down.
    flip : bool
        Mirror left and right after the cut.
    """

    margin: float = MARGIN
    shift_x: float = 0.0
    shift_y: float = 0.0
    flip: bool = False


@dataclass(frozen=True, slots=True)
class ViewRange:
    """What `random_view` draws from.

    Attributes
    ----------
    margin_low, margin_high : float
        Margin, drawn uniformly.
    shift : float
        Largest shift each way, in longer sides of the box.
    flip : float
        Probability of mirroring.
    """

    margin_low: float = 1.15
    margin_high: float = 1.6
    shift: float = 0.06
    flip: float = 0.5

    def __post_init__(self) -> None:
        if not (1 <= self.margin_low <= self.margin_high and self.shift >= 0 and 0 <= self.flip <= 1):
            raise TrainingError("A view needs 1 <= margin_low <= margin_high, shift >= 0 and flip within 0 and 1.")


def random_view(rng: np.random.Generator, views: ViewRange) -> View:
    """Draw a view."""
    shift_x, shift_y = rng.uniform(-views.shift, views.shift, 2)
    margin = rng.uniform(views.margin_low, views.margin_high)
    return View(float(margin), float(shift_x), float(shift_y), bool(rng.random() < views.flip))


@dataclass(frozen=True, slots=True, eq=False)
class FaceView:
    """A crop as the network gets it.

    Attributes
    ----------
    image : ndarray of shape (S, S, 3), uint8
        RGB.
    mask : ndarray of shape (S, S), uint8, or None
        0 untouched, 255 forged; None where the patch has none.
    landmarks : ndarray of shape (68, 2), float64
        x, y in crop pixels.
    """

    image: NDArray[np.uint8]
    mask: NDArray[np.uint8] | None
    landmarks: NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Canvas:
    """A face with room around the crop.

    Attributes
    ----------
    image : ndarray of shape (H, W, 3), uint8
        RGB.
    landmarks : ndarray of shape (68, 2), float64
        x, y in canvas pixels.
    canvas_from_crop : ndarray of shape (2, 3), float64
        Where the crop lies.
    """

    image: NDArray[np.uint8]
    landmarks: NDArray[np.float64]
    canvas_from_crop: NDArray[np.float64]


def view_affine(patch: Patch, size: int, view: View) -> NDArray[np.float64]:
    """``patch_from_crop`` of a view before mirroring, shape (2, 3); `geometry.crop_affine` of the shifted box."""
    return crop_affine(_shifted(patch, view), size, view.margin, patch.row.pixel_aspect)


def cut_view(patch: Patch, size: int, view: View) -> FaceView:
    """Cut a view: the picture as the analysis does, the mask by the same affine (nearest pixel).

    Parameters
    ----------
    patch : Patch
    size : int
        Side S of the crop in pixels.
    view : View

    Returns
    -------
    FaceView
    """
    patch_from_crop = view_affine(patch, size, view)
    image = cut_crop(patch.image, patch_from_crop, size)
    mask = None if patch.mask is None else cut_mask(patch.mask, patch_from_crop, size)
    landmarks = map_points(invert_affine(patch_from_crop), patch.row.points)
    if not view.flip:
        return FaceView(image, mask, landmarks)
    mirrored = None if mask is None else np.ascontiguousarray(mask[:, ::-1])
    return FaceView(np.ascontiguousarray(image[:, ::-1]), mirrored, mirror_points(landmarks, size))


def cut_mask(mask: NDArray[np.uint8], patch_from_crop: NDArray[np.float64], size: int) -> NDArray[np.uint8]:
    """Cut a mask (H, W) to (S, S): nearest pixel, above 127 is forged, beyond the border its edge is repeated."""
    (step_x, _, first_x), (_, step_y, first_y) = patch_from_crop.tolist()
    steps = np.arange(size)
    columns = np.clip(np.rint(first_x + step_x * steps), 0, mask.shape[1] - 1).astype(np.intp)
    rows = np.clip(np.rint(first_y + step_y * steps), 0, mask.shape[0] - 1).astype(np.intp)
    return np.where(mask[rows][:, columns] > MASK_THRESHOLD, np.uint8(255), np.uint8(0))


def mirror_points(landmarks: NDArray[np.float64], width: int) -> NDArray[np.float64]:
    """Landmarks (68, 2) of the mirrored picture; left and right change places."""
    mirrored = landmarks[_MIRROR]
    mirrored[:, 0] = width - 1 - mirrored[:, 0]
    return mirrored


def open_canvas(patch: Patch, size: int, view: View, border: int = 16) -> Canvas:
    """Lay a face out for blending and degradation.

    Parameters
    ----------
    patch : Patch
    size : int
        Side S of the crop that will be cut, in pixels.
    view : View
    border : int
        Room around the crop, in crop pixels.

    Returns
    -------
    Canvas
        Whole patch pixels where the face is smaller than the crop (then the cut is bit-equal with `cut_view`, up to
        mirroring), else the crop's own scale with the crop at (`border`, `border`).
    """
    patch_from_crop = view_affine(patch, size, view)
    if max(patch_from_crop[0, 0], patch_from_crop[1, 1]) > 1:
        canvas = _scaled_canvas(patch, patch_from_crop, size, border)
    else:
        canvas = _native_canvas(patch, patch_from_crop, size, border)
    return _mirrored(canvas, size) if view.flip else canvas


def cut_canvas(image: NDArray[np.uint8], canvas: Canvas, size: int) -> NDArray[np.uint8]:
    """Cut the crop (S, S, 3) from a picture that lies as the canvas does."""
    return cut_crop(image, canvas.canvas_from_crop, size)


def cut_alpha(alpha: NDArray[np.float32], canvas: Canvas, size: int) -> NDArray[np.float32]:
    """Cut the crop (S, S) from a soft mask (H, W) that lies as the canvas does; bilinear, stays within [0, 1]."""
    cut = cv2.warpAffine(
        alpha,
        canvas.canvas_from_crop,
        (size, size),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return np.clip(np.asarray(cut, np.float32), 0, 1)


def _shifted(patch: Patch, view: View) -> Box:
    left, top, right, bottom = patch.row.box_xyxy
    ratio = float(patch.row.pixel_aspect)
    side = max((right - left) * ratio, bottom - top)
    x, y = view.shift_x * side / ratio, view.shift_y * side
    return (left + x, top + y, right + x, bottom + y)


def _scaled_canvas(patch: Patch, patch_from_crop: NDArray[np.float64], size: int, border: int) -> Canvas:
    canvas_from_crop = np.array([[1.0, 0.0, border], [0.0, 1.0, border]])
    patch_from_canvas = patch_from_crop.copy()
    patch_from_canvas[:, 2] -= border * np.diag(patch_from_crop)
    image = cut_crop(patch.image, patch_from_canvas, size + 2 * border)
    return Canvas(image, map_points(invert_affine(patch_from_canvas), patch.row.points), canvas_from_crop)


def _native_canvas(patch: Patch, patch_from_crop: NDArray[np.float64], size: int, border: int) -> Canvas:
    (step_x, _, first_x), (_, step_y, first_y) = patch_from_crop.tolist()
    height, width = patch.image.shape[:2]
    left, right = _span(first_x, step_x, size, border, width)
    top, bottom = _span(first_y, step_y, size, border, height)
    canvas_from_crop = patch_from_crop.copy()
    canvas_from_crop[:, 2] -= (left, top)
    return Canvas(patch.image[top:bottom, left:right], patch.row.points - (left, top), canvas_from_crop)


def _span(first: float, step: float, size: int, border: int, length: int) -> tuple[int, int]:
    """Whole pixels that the crop and its border need, within the patch; never empty."""
    reach = border * step + CUBIC_SUPPORT + 2
    low = int(np.clip(np.floor(first - reach), 0, length - 1))
    high = int(np.clip(np.ceil(first + step * size + reach) + 1, low + 1, length))
    return low, high


def _mirrored(canvas: Canvas, size: int) -> Canvas:
    width = canvas.image.shape[1]
    canvas_from_crop = canvas.canvas_from_crop.copy()
    canvas_from_crop[0, 2] = width - 1 - (canvas_from_crop[0, 2] + canvas_from_crop[0, 0] * (size - 1))
    image = np.ascontiguousarray(canvas.image[:, ::-1])
    return Canvas(image, mirror_points(canvas.landmarks, width), canvas_from_crop)
