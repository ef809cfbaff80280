"""The after-treatment of training: a random chain of degradations, drawn once and put on a real and its blend alike.

Order of the steps: reduce to a small face, tone, blur, noise, compression (JPEG, H.264, H.265, a palette, in any
order), enlarge again, and rarely a last JPEG as of a picture that was saved once more.
"""

from dataclasses import astuple, dataclass

import numpy as np
from numpy.typing import NDArray

from lav_gui.errors import TrainingError
from lav_gui.training.pictures.degradation import Degradation, apply, enlarged, reduced


@dataclass(frozen=True, slots=True)
class DegradationSettings:
    """What `random_chain` draws from; probabilities in [0, 1], ranges as (low, high).

    Attributes
    ----------
    clean : float
        Probability of no treatment at all; the others hold for the rest.
    reduce : float
        Probability of a smaller face.
    reduced_side : tuple of 2 int
        Longer side of the whole picture then, in pixels; pictures that are smaller already stay.
    tone, blur, noise : float
        Probabilities of brightness, contrast, gamma or saturation; of blur; of noise.
    blur_sigma, noise_sigma : tuple of 2 float
        Pixels and gray levels, drawn evenly on a logarithmic scale.
    h264, h265, jpeg : float
        Probabilities of the compressions. H.265 costs ten times the time of H.264.
    crf : tuple of 2 int
        Of H.264 and H.265, both ends included.
    quality : tuple of 2 int
        Of JPEG, both ends included.
    palette : float
        Probability of few colors, as in GIF.
    colors : tuple of 2 int
        How many, drawn evenly on a logarithmic scale: a face has a part of the frame's 256.
    last_jpeg : float
        Probability of a JPEG after enlarging.
    """

    clean: float = 0.25
    reduce: float = 0.55
    reduced_side: tuple[int, int] = (56, 224)
    tone: float = 0.3
    blur: float = 0.25
    blur_sigma: tuple[float, float] = (0.3, 2.0)
    noise: float = 0.2
    noise_sigma: tuple[float, float] = (0.7, 6.0)
    h264: float = 0.55
    h265: float = 0.02
    crf: tuple[int, int] = (18, 42)
    jpeg: float = 0.35
    quality: tuple[int, int] = (30, 95)
    palette: float = 0.06
    colors: tuple[int, int] = (24, 160)
    last_jpeg: float = 0.1

    def __post_init__(self) -> None:
        shares = [value for value in astuple(self) if isinstance(value, float)]
        ranges = [value for value in astuple(self) if isinstance(value, tuple)]
        if not all(0 <= share <= 1 for share in shares) or not all(0 < low <= high for low, high in ranges):
            raise TrainingError("Degradation needs probabilities within 0 and 1 and ranges with 0 < low <= high.")
        if self.crf[1] > 51 or self.quality[1] > 100 or not 2 <= self.colors[0] <= self.colors[1] <= 256:
            raise TrainingError("Degradation needs a CRF up to 51, a JPEG quality up to 100 and 2 to 256 colors.")


@dataclass(frozen=True, slots=True)
class Chain:
    """A drawn treatment; the same chain does exactly the same to every picture of one size.

    Attributes
    ----------
    side : int
        Longer side in pixels at which `steps` happen, if the picture is larger; 0 for its own size.
    steps : tuple of Degradation
        At the reduced size, in this order.
    last : tuple of Degradation
        After enlarging.
    seed : int
        Of noise and motion.
    """

    side: int
    steps: tuple[Degradation, ...]
    last: tuple[Degradation, ...]
    seed: int

    def apply(self, image: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Treat a picture (H, W, 3); the result has its size."""
        rng = np.random.default_rng(self.seed)
        longer = max(image.shape[:2])
        treated = reduced(image, self.side / longer) if 0 < self.side < longer else image
        for step in self.steps:
            treated = apply(treated, step, rng)
        treated = enlarged(treated, image.shape[:2])
        for step in self.last:
            treated = apply(treated, step, rng)
        return treated


CLEAN = Chain(0, (), (), 0)
"""The chain that changes nothing."""


def random_chain(rng: np.random.Generator, settings: DegradationSettings) -> Chain:
    """Draw a treatment."""
    if rng.random() < settings.clean:
        return CLEAN
    side = round(_log_uniform(rng, settings.reduced_side)) if rng.random() < settings.reduce else 0
    steps: list[Degradation] = []
    if rng.random() < settings.tone:
        steps.append(_random_tone(rng))
    if rng.random() < settings.blur:
        steps.append(Degradation("blur", _log_uniform(rng, settings.blur_sigma)))
    if rng.random() < settings.noise:
        steps.append(Degradation("noise", _log_uniform(rng, settings.noise_sigma)))
    steps += _random_compressions(rng, settings)
    last = (_random_jpeg(rng, settings),) if rng.random() < settings.last_jpeg else ()
    return Chain(side, tuple(steps), last, int(rng.integers(0, 2**63)))


def _random_tone(rng: np.random.Generator) -> Degradation:
    kind = str(rng.choice(("brightness", "contrast", "gamma", "saturation")))
    if kind == "brightness":
        return Degradation(kind, float(rng.uniform(-30, 30)))
    spread = {"contrast": 1.4, "gamma": 1.5, "saturation": 1.6}[kind]
    return Degradation(kind, _log_uniform(rng, (1 / spread, spread)))


def _random_compressions(rng: np.random.Generator, settings: DegradationSettings) -> list[Degradation]:
    drawn = [
        Degradation(kind, int(rng.integers(settings.crf[0], settings.crf[1] + 1)))
        for kind in ("h264", "h265")
        if rng.random() < getattr(settings, kind)
    ]
    if rng.random() < settings.jpeg:
        drawn.append(_random_jpeg(rng, settings))
    if rng.random() < settings.palette:
        drawn.append(Degradation("palette", round(_log_uniform(rng, settings.colors))))
    return [drawn[at] for at in rng.permutation(len(drawn))]


def _random_jpeg(rng: np.random.Generator, settings: DegradationSettings) -> Degradation:
    return Degradation("jpeg", int(rng.integers(settings.quality[0], settings.quality[1] + 1)))


def _log_uniform(rng: np.random.Generator, ends: tuple[float, float]) -> float:
    return float(np.exp(rng.uniform(np.log(ends[0]), np.log(ends[1]))))
