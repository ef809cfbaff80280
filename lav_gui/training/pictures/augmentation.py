"""The augmentation of the `paper` recipe: crops and turns of a labelled face and its mask, in one resample.

As the code of "Locate and Verify" (Shuai et al., ACM MM 2023) has it since November 2023: a random resized crop with
probability 0.4, shift, scale and rotation with probability 0.5. Mended or made an option, against that code:

* Its test pictures are resized where some 30 % of its training pictures are not, which changes the noise residual by
  up to a half; here training and analysis cut alike, and all geometry of one picture is one affine map, so no picture
  is resampled twice more.
* Its vertical flips and quarter turns of faces are off by default: no analyst meets such crops, and one of the SRM
  filters knows only the horizontal.
* Picture and mask move together, the mask by the nearest pixel.
"""

from collections.abc import Sequence
from dataclasses import astuple, dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from lav_gui.errors import TrainingError


@dataclass(frozen=True, slots=True)
class PaperAugmentation:
    """Probabilities in [0, 1] and ranges.

    Attributes
    ----------
    resized_crop : float
        Probability of a random part of the picture, brought to full size.
    crop_area : float
        Smallest share of the area that is kept, in (0, 1].
    crop_aspect : float
        Largest ratio of the part's sides, at least 1.
    move : float
        Probability of shift, scale and rotation.
    shift, scale : float
        Largest shift over the side, and largest change of scale, below 1.
    rotation : float
        Largest angle in degrees.
    mirror, vertical_flip, quarter_turns : float
        Probabilities of left-right, top-bottom, and of a turn by 90, 180 or 270 degrees.
    """

    resized_crop: float = 0.4
    crop_area: float = 0.5
    crop_aspect: float = 4 / 3
    move: float = 0.5
    shift: float = 0.0625
    scale: float = 0.1
    rotation: float = 45.0
    mirror: float = 0.5
    vertical_flip: float = 0.0
    quarter_turns: float = 0.0

    def __post_init__(self) -> None:
        shares = (self.resized_crop, self.move, self.mirror, self.vertical_flip, self.quarter_turns)
        if not np.isfinite(astuple(self)).all() or not all(0 <= share <= 1 for share in shares):
            raise TrainingError("The probabilities of the augmentation must lie within 0 and 1.")
        if not (0 < self.crop_area <= 1 <= self.crop_aspect and 0 <= self.scale < 1 and self.shift >= 0):
            raise TrainingError("Augmentation needs 0 < crop_area <= 1 <= crop_aspect, 0 <= scale < 1 and shift >= 0.")


PAPER = PaperAugmentation()


def augment(
    image: NDArray[np.uint8],
    masks: Sequence[NDArray[np.uint8]],
    rng: np.random.Generator,
    settings: PaperAugmentation = PAPER,
) -> tuple[NDArray[np.uint8], tuple[NDArray[np.uint8], ...]]:
    """Draw an augmentation and put it on a picture and its masks.

    Parameters
    ----------
    image : ndarray of shape (S, S, 3), uint8
        RGB crop.
    masks : sequence of ndarray of shape (S, S), uint8
    rng : Generator
    settings : PaperAugmentation

    Returns
    -------
    image : ndarray of shape (S, S, 3), uint8
    masks : tuple of ndarray of shape (S, S), uint8
        The same map for all, the masks by the nearest pixel. What comes from beyond the border is mirrored, picture and
        mask alike. Where the drawn map moves nothing, the pixels are untouched.
    """
    size = image.shape[0]
    affine = random_affine(rng, size, settings)
    if np.allclose(affine, np.eye(2, 3)):
        return image, tuple(masks)
    flags, border = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP, cv2.BORDER_REFLECT_101
    moved = np.asarray(cv2.warpAffine(image, affine, (size, size), flags=flags, borderMode=border), np.uint8)
    nearest = cv2.INTER_NEAREST | cv2.WARP_INVERSE_MAP
    warped = (cv2.warpAffine(mask, affine, (size, size), flags=nearest, borderMode=border) for mask in masks)
    return moved, tuple(np.asarray(mask, np.uint8) for mask in warped)


def random_affine(rng: np.random.Generator, size: int, settings: PaperAugmentation) -> NDArray[np.float64]:
    """Draw ``source_from_picture`` (2, 3) for pictures of side `size`: crop, then movement, then flips and turns."""
    steps = np.eye(3)
    if rng.random() < settings.resized_crop:
        steps = steps @ _part(rng, settings)
    if rng.random() < settings.move:
        steps = steps @ _movement(rng, settings)
    if rng.random() < settings.mirror:
        steps = steps @ np.diag([-1.0, 1.0, 1.0])
    if rng.random() < settings.vertical_flip:
        steps = steps @ np.diag([1.0, -1.0, 1.0])
    if rng.random() < settings.quarter_turns:
        steps = steps @ np.linalg.matrix_power(np.array([[0.0, -1, 0], [1, 0, 0], [0, 0, 1]]), int(rng.integers(1, 4)))
    half, center = size / 2, (size - 1) / 2
    pixels = np.array([[half, 0, center], [0, half, center], [0, 0, 1]])  # from [-1, 1] on both axes
    return np.asarray((pixels @ steps @ np.linalg.inv(pixels))[:2])


def _part(rng: np.random.Generator, settings: PaperAugmentation) -> NDArray[np.float64]:
    stretch = np.exp(rng.uniform(-1, 1) * np.log(settings.crop_aspect) / 2)
    side = np.sqrt(rng.uniform(settings.crop_area, 1))
    width, height = min(1.0, side * stretch), min(1.0, side / stretch)
    x, y = rng.uniform(width - 1, 1 - width), rng.uniform(height - 1, 1 - height)
    return np.array([[width, 0, x], [0, height, y], [0, 0, 1]])


def _movement(rng: np.random.Generator, settings: PaperAugmentation) -> NDArray[np.float64]:
    angle = np.deg2rad(rng.uniform(-settings.rotation, settings.rotation))
    scale = 1 + rng.uniform(-settings.scale, settings.scale)
    x, y = 2 * rng.uniform(-settings.shift, settings.shift, 2)
    cosine, sine = scale * np.cos(angle), scale * np.sin(angle)
    return np.array([[cosine, -sine, x], [sine, cosine, y], [0, 0, 1]])
