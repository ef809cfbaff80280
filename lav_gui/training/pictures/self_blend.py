"""Self-blended faces: a real face blended onto itself, and the exact mask of where.

After Shiohara & Yamasaki, "Detecting Deepfakes with Self-Blended Images", CVPR 2022. With a donor the inner layer is
another real face instead, as in Li et al., "Face X-ray for More General Face Forgery Detection", CVPR 2020.

The pair to train on is `Blend.real` and `Blend.image`: equal outside the mask, told apart by nothing but the blend.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from lav_gui.errors import TrainingError
from lav_gui.training.pictures.hulls import HullWeights, deform, draw_hull, face_size, random_hull, soften
from lav_gui.training.pictures.layers import LayerSettings, clone, fitted, make_layers, match_color
from lav_gui.training.pictures.view import Canvas

UNDER_MASK = 0.1
"""Alpha above it counts as under the mask when a blend's visibility is measured."""


@dataclass(frozen=True, slots=True)
class BlendSettings:
    """How faces are blended onto themselves.

    Attributes
    ----------
    hulls : HullWeights
    layers : LayerSettings
    softness_low, softness_high : float
        Reach of the mask's slope over the face's size, drawn evenly on a logarithmic scale.
    deformation : float
        Largest bend of the mask's outline over the face's size.
    strengths : tuple of float
        Factors of the whole mask, each as likely as the others, in (0, 1].
    color_match : float
        Probability that the inner layer's colors are brought to those of the outer one.
    donor_color_match : float
        The same where the inner layer is another face.
    cloned : float
        Probability that the inner layer is cloned by Poisson's equation instead.
    least_change : float
        Mean absolute difference from the real under the mask, in gray levels, below which a blend is drawn again: one
        that cannot be seen teaches nothing.
    tries : int
        Draws at most; the most visible one is taken when none is visible enough.
    """

    hulls: HullWeights = field(default_factory=HullWeights)
    layers: LayerSettings = field(default_factory=LayerSettings)
    softness_low: float = 0.01
    softness_high: float = 0.25
    deformation: float = 0.03
    strengths: tuple[float, ...] = (0.5, 0.75, 1.0, 1.0, 1.0, 1.0)
    color_match: float = 0.8
    donor_color_match: float = 0.95
    cloned: float = 0.35
    least_change: float = 2.0
    tries: int = 4

    def __post_init__(self) -> None:
        rules = {
            "0 < softness_low <= softness_high": 0 < self.softness_low <= self.softness_high,
            "deformation >= 0": self.deformation >= 0,
            "strengths in (0, 1]": bool(self.strengths) and all(0 < strength <= 1 for strength in self.strengths),
            "color_match within 0 and 1": 0 <= self.color_match <= 1,
            "donor_color_match within 0 and 1": 0 <= self.donor_color_match <= 1,
            "cloned within 0 and 1": 0 <= self.cloned <= 1,
            "tries >= 1": self.tries >= 1,
        }
        broken = [rule for rule, kept in rules.items() if not kept]
        if broken:
            raise TrainingError(f"The settings of the blend need {broken[0]}.")


BLENDS: dict[str, BlendSettings] = {
    "faint": BlendSettings(),
    "clear": BlendSettings(
        layers=LayerSettings(color=0.35, shading=0.2, contrast=0.3, sharpness=0.45, noise=0.25, compression=0.25),
        color_match=0.5,
        donor_color_match=0.85,
        cloned=0.2,
        least_change=3.0,
    ),
}
"""How far the layers differ: as faintly as in compressed reenactment, or so that a short training learns from most."""


@dataclass(frozen=True, slots=True, eq=False)
class Blend:
    """A self-blended face.

    Attributes
    ----------
    image : ndarray of shape (H, W, 3), uint8
        The blend, RGB.
    mask : ndarray of shape (H, W), float32
        The alpha that was used, in [0, 1].
    real : ndarray of shape (H, W, 3), uint8
        The outer layer, to which the blend is equal where the mask is 0: the real of the pair.
    hull : str
        Outline of the mask, one of `hulls.HULLS`.
    change : float
        Mean absolute difference of blend and real under the mask, gray levels.
    """

    image: NDArray[np.uint8]
    mask: NDArray[np.float32]
    real: NDArray[np.uint8]
    hull: str
    change: float


def self_blend(
    image: NDArray[np.uint8],
    landmarks: NDArray[np.float64],
    rng: np.random.Generator,
    settings: BlendSettings,
    donor: Canvas | None = None,
) -> Blend:
    """Blend a face onto itself, or another face onto it.

    Parameters
    ----------
    image : ndarray of shape (H, W, 3), uint8
        RGB, with room around the face (`view.open_canvas`), so that no border of a displaced layer comes in.
    landmarks : ndarray of shape (68, 2), float64
        x, y in pixels.
    rng : Generator
    settings : BlendSettings
    donor : Canvas, optional
        The other face; of any size.

    Returns
    -------
    Blend
        The first of `tries` draws that changes at least `least_change`, else the one that changes most.
    """
    other = None if donor is None else fitted(donor.image, donor.landmarks, landmarks, image.shape[:2])
    best = _draw(image, landmarks, rng, settings, other)
    for _ in range(settings.tries - 1):
        if best.change >= settings.least_change:
            break
        best = max(best, _draw(image, landmarks, rng, settings, other), key=lambda blend: blend.change)
    return best


def _draw(
    image: NDArray[np.uint8],
    landmarks: NDArray[np.float64],
    rng: np.random.Generator,
    settings: BlendSettings,
    other: NDArray[np.uint8] | None,
) -> Blend:
    hull = random_hull(rng, settings.hulls)
    alpha = random_alpha(hull, landmarks, image.shape[:2], rng, settings)
    inner, outer = make_layers(image, landmarks, rng, settings.layers, other)
    if rng.random() < settings.cloned:
        inner = clone(inner, outer, alpha)
    elif rng.random() < (settings.color_match if other is None else settings.donor_color_match):
        inner = match_color(inner, outer, alpha)
    blended = composite(inner, outer, alpha)
    return Blend(blended, alpha, outer, hull, _change(blended, outer, alpha))


def random_alpha(
    hull: str,
    landmarks: NDArray[np.float64],
    shape: tuple[int, int],
    rng: np.random.Generator,
    settings: BlendSettings,
) -> NDArray[np.float32]:
    """Draw a soft mask of `shape` (height, width) with the given outline, in [0, 1], float32."""
    size = face_size(landmarks)
    mask = draw_hull(hull, landmarks, shape, rng)
    mask = deform(mask, settings.deformation * size * rng.uniform(0, 1), rng)
    reach = size * np.exp(rng.uniform(np.log(settings.softness_low), np.log(settings.softness_high)))
    half = float(np.sqrt(int(np.count_nonzero(mask)) / np.pi))  # radius of a disk as large: no slope is longer
    alpha = soften(mask, min(float(reach), half), rng)
    return alpha * np.float32(rng.choice(settings.strengths))


def composite(inner: NDArray[np.uint8], outer: NDArray[np.uint8], alpha: NDArray[np.float32]) -> NDArray[np.uint8]:
    """``alpha * inner + (1 - alpha) * outer`` rounded; (H, W, 3) uint8, exactly `outer` where alpha is 0."""
    rows, columns = np.flatnonzero(alpha.any(axis=1)), np.flatnonzero(alpha.any(axis=0))
    blended = outer.copy()
    if rows.size == 0:
        return blended
    part = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    below = outer[part].astype(np.float32)
    mixed = (inner[part].astype(np.float32) - below) * alpha[part][..., None] + below
    blended[part] = np.rint(mixed, out=mixed)
    return blended


def _change(blended: NDArray[np.uint8], outer: NDArray[np.uint8], alpha: NDArray[np.float32]) -> float:
    under = alpha[::2, ::2] > UNDER_MASK
    if not under.any():
        return 0.0
    apart = np.abs(blended[::2, ::2].astype(np.int16) - outer[::2, ::2])
    return float(apart[under].mean())
