"""The picture that is held against the frame on screen: its noise residual, the pinned frame, or the difference."""

from collections.abc import Generator
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from lav_gui.records import Frame
from lav_gui.ui.jobs import Jobs
from lav_gui.ui.viewmodels.display import NEED_PIN, DisplayModel, View
from lav_gui.ui.viewmodels.pinned import Pin, PinModel
from lav_gui.ui.viewmodels.playback import PlaybackModel
from lav_gui.ui.viewmodels.results import ResultsModel
from lav_gui.ui.wording import say
from model_zoo.residual import noise_residual, residual_picture

MIDDLE_GRAY = 128
"""Level of no difference."""

REACH = 2
"""So many pixels far the filters of the residual reach."""

BAND = 64
"""Rows at a time."""

_PLAIN = (0.5, 0.5, 0.5)


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a picture is made. `mean` and `std` are the normalization of the run's weights; `gain` of differences.

    `other_name` names the file of the pinned frame where it is not the one on screen.
    """

    frame: Frame
    kind: View
    mean: tuple[float, float, float] = _PLAIN
    std: tuple[float, float, float] = _PLAIN
    gain: int = 1
    pin: Pin | None = None
    other_name: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Processed:
    """A processed picture, (H, W, 3) RGB, and what it was made of."""

    recipe: Recipe
    image: NDArray[np.uint8]


def make_picture(recipe: Recipe) -> Processed:
    """Compute the picture.

    A residual is shown as `model_zoo.residual.residual_picture` says. A difference is the frame minus the pinned one,
    color by color, times the gain, on mid-gray (128), clipped to [0, 255]. A pinned frame of another size is brought
    to the size of the frame on screen.
    """
    image = recipe.frame.image
    if recipe.kind is View.DIFFERENCE and recipe.pin is not None:
        gain = float(recipe.gain)
        shown = cv2.addWeighted(image, gain, recipe.pin.frame.image, -gain, MIDDLE_GRAY)
        return Processed(recipe, np.asarray(shown, dtype=np.uint8))
    if recipe.kind is View.PINNED and recipe.pin is not None:
        return Processed(recipe, _fitted(recipe.pin.frame.image, image))
    return Processed(recipe, _residual(recipe))


def _residual(recipe: Recipe) -> NDArray[np.uint8]:
    """The picture of the residual, band by band: the same to the last bit, and twice as fast by the caches' sizes."""
    image = recipe.frame.image
    made = np.empty(image.shape, np.uint8)
    for top in range(0, len(image), BAND):
        first = max(0, top - REACH)
        around = noise_residual(image[first : top + BAND + REACH], recipe.mean, recipe.std)
        made[top : top + BAND] = residual_picture(around[top - first :][:BAND])
    return made


def values_at(processed: Processed, x: int, y: int) -> tuple[float, ...]:
    """The three numbers behind a pixel: filters of the residual, or red, green and blue; no gain is in them."""
    recipe = processed.recipe
    image = recipe.frame.image
    if recipe.kind is View.DIFFERENCE and recipe.pin is not None:
        return tuple(float(value) for value in image[y, x].astype(int) - recipe.pin.frame.image[y, x])
    if recipe.kind is View.PINNED:
        return tuple(float(value) for value in processed.image[y, x])
    top, left = max(0, y - REACH), max(0, x - REACH)
    around = noise_residual(image[top : y + REACH + 1, left : x + REACH + 1], recipe.mean, recipe.std)
    return tuple(float(value) for value in around[y - top, x - left])


class ProcessedModel(QObject):
    """Has the picture computed beside the window; the newest wish wins, one is computed at a time.

    Parameters
    ----------
    jobs : Jobs
        Owns the threads.
    playback : PlaybackModel
    results : ResultsModel
    display : DisplayModel
    pins : PinModel
    """

    changed = Signal()

    def __init__(
        self, jobs: Jobs, playback: PlaybackModel, results: ResultsModel, display: DisplayModel, pins: PinModel
    ) -> None:
        super().__init__(playback)
        self._jobs, self._playback, self._results = jobs, playback, results
        self._display, self._pins = display, pins
        self._value: Processed | None = None
        self._missing = ""
        self._busy = False
        self._given_up: Recipe | None = None
        playback.shown_changed.connect(self.renew)
        results.facts_changed.connect(self.renew)
        display.changed.connect(self.renew)
        pins.changed.connect(self.renew)

    @property
    def value(self) -> Processed | None:
        """The latest picture of the wanted kind; until the newest is ready, that of a frame before."""
        return self._value

    @property
    def missing(self) -> str:
        """What is missing to make the picture, as a sentence; empty where nothing is."""
        return self._missing

    def renew(self) -> None:
        """Make the picture of what is on screen, if one is wanted."""
        recipe = self._recipe()
        missing = "" if recipe is None else _missing(recipe)
        kept = self._value
        if recipe is None or missing or (kept is not None and kept.recipe.kind is not recipe.kind):
            kept = None
        if kept is not self._value or missing != self._missing:
            self._value, self._missing = kept, missing
            self.changed.emit()
        is_made = kept is not None and kept.recipe == recipe
        if recipe is not None and not (missing or is_made or self._busy or recipe == self._given_up):
            self._start(recipe)

    def _recipe(self) -> Recipe | None:
        kind, shown = self._display.value.computed, self._playback.shown
        if kind is None or not isinstance(shown, Frame):
            return None
        if kind in NEED_PIN:
            gain = self._display.value.gain if kind is View.DIFFERENCE else 1
            return Recipe(shown, kind, gain=gain, pin=self._pins.pin, other_name=self._pins.other_name)
        facts = self._results.facts
        return Recipe(shown, kind) if facts is None else Recipe(shown, kind, facts.weights.mean, facts.weights.std)

    def _start(self, recipe: Recipe) -> None:
        def steps() -> Generator[Any, None, Processed]:
            yield None
            return make_picture(recipe)

        self._busy = True
        job = self._jobs.make(steps)
        job.succeeded.connect(self._take)
        job.failed.connect(lambda _: self._give_up(recipe))
        job.ended.connect(self._end)
        job.start()

    def _take(self, made: Processed) -> None:
        wanted = self._recipe()
        if wanted is not None and wanted.kind is made.recipe.kind and not _missing(wanted):
            self._value = made
            self.changed.emit()

    def _give_up(self, recipe: Recipe) -> None:
        self._given_up = recipe

    def _end(self) -> None:
        self._busy = False
        self.renew()


def _missing(recipe: Recipe) -> str:
    if recipe.kind not in NEED_PIN:
        return ""
    if recipe.pin is None:
        return say("Pin a frame first (P); this one is then compared to it")
    pinned, image = recipe.pin.frame.image, recipe.frame.image
    if recipe.kind is View.DIFFERENCE and pinned.shape != image.shape:
        return say(
            "The pinned frame has another size ({pinned}, not {size}); pin one of this video (P)",
            pinned=size_words(pinned), size=size_words(image),
        )  # fmt: skip
    return ""


def _fitted(pinned: NDArray[np.uint8], image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    if pinned.shape == image.shape:
        return pinned
    height, width = image.shape[:2]
    how = cv2.INTER_AREA if pinned.shape[0] > height else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(pinned, (width, height), interpolation=how), dtype=np.uint8)


def size_words(image: NDArray[np.uint8]) -> str:
    """Width and height of a picture."""
    height, width = image.shape[:2]
    return f"{width} × {height}"
