"""The sound wave."""

from math import log10

import numpy as np

from lav_gui.ui.views.lanes.base import Lane
from lav_gui.ui.views.lanes.ink import Ink, mixed
from lav_gui.ui.wording import say

EDGE = 2.0
QUIETEST = 1e-4
"""What is quieter than this is not drawn larger."""


class SoundLane(Lane):
    """Both channels' extremes; it is decoded once the lane is unfolded."""

    name = "sound"
    title = "Sound"
    hint = "The sound wave: the extremes of both channels. Its loudest place fills the lane; the peak is told beside."
    least = 28
    stretch = 1.0
    folded_first = True

    def subtitle(self) -> str:
        """Return how loud the loudest place is, against full scale."""
        wave = self.state.wave
        if wave is None:
            return say("none, or not read yet")
        if wave.loudest == 0:
            return say("silent")
        return say("peak {level} dB", level=f"{20 * log10(wave.loudest):.0f}".replace("-", "−"))

    def draw(self, ink: Ink) -> None:
        """Draw from the lowest to the highest sample."""
        wave, theme = self.state.wave, self.state.theme
        middle, room = 0.5 * self.height, 0.5 * self.height - EDGE
        ink.level(middle, theme.grid)
        cut = None if wave is None else wave.places.cut(ink.scale)
        if wave is not None and cut is not None:
            room /= max(wave.loudest, QUIETEST)
            low, high = cut.columns(wave.low), cut.columns(wave.high)
            top, bottom = middle - high.high * room - 0.5, middle - low.low * room + 0.5
            ink.bars(low.first, np.minimum(top, bottom), bottom, mixed(theme.muted, theme.plot, 0.8))
