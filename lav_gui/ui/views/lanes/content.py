"""Scene cuts and repeated pictures."""

import numpy as np

from lav_gui.ui.views.lanes.base import Lane
from lav_gui.ui.views.lanes.ink import Ink, mixed
from lav_gui.ui.wording import say

MOST_LEVELS = 64.0
"""Changes above so many gray levels reach the top; below, heights are as their square roots."""

REPEAT_HEIGHT = 4.0


class ContentLane(Lane):
    """How much each picture differs from the one before; the video is looked through once the lane is unfolded."""

    name = "content"
    title = "Cuts, repeats"
    hint = (
        "Bars: change from the picture before (root scale). High lines: scene cuts. Blocks at the foot: the very same"
        " picture again."
    )
    least = 24
    stretch = 0.5
    folded_first = True

    def subtitle(self) -> str:
        """Return how many there are."""
        content = self.state.content
        if content is None:
            return say("not looked for yet")
        return say("{cuts} cuts, {repeats} repeats", cuts=len(content.cuts), repeats=len(content.repeated))

    def told(self, frame: int) -> str:
        """Return what a frame is to the one before."""
        content = self.state.content
        if content is None:
            return say(self.hint)
        if content.cuts.holds(frame):
            return say("A scene begins here")
        return say("The very same picture as before") if content.repeated.holds(frame) else say(self.hint)

    def draw(self, ink: Ink) -> None:
        """Draw changes, cuts and repeats."""
        content, theme = self.state.content, self.state.theme
        cut = None if content is None else content.places.cut(ink.scale, 0.5)
        if content is None or cut is None:
            return
        floor = self.height - 2
        columns = cut.peaks(content.change)
        top = floor - np.sqrt(np.minimum(columns.high / MOST_LEVELS, 1)) * (floor - 3)
        ink.bars(columns.first, top, np.full(len(top), floor), mixed(theme.muted, theme.plot, 0.7))
        ink.spans(content.cuts, 1, floor - 1, theme.accent)
        ink.spans(content.repeated, floor - REPEAT_HEIGHT, REPEAT_HEIGHT, theme.text)
