"""Notes and markers."""

from collections.abc import Iterator

from PySide6.QtCore import QPointF

from lav_gui.ui.colors import on_plot
from lav_gui.ui.viewmodels.lanes.spans import spans_of
from lav_gui.ui.viewmodels.notes import NoteMark
from lav_gui.ui.views.lanes.base import Lane
from lav_gui.ui.views.lanes.ink import Ink
from lav_gui.ui.views.note_badge import draw_badge
from lav_gui.ui.wording import category_title, say

BADGE, BAR = 9.0, 4.0
APART = 5.0
"""Badges nearer than this to the one before are not drawn; their bars are."""


class NotesLane(Lane):
    """A shape at the first frame of each note, by what it is about; a bar over the frames of a span."""

    name = "notes"
    title = "Notes"
    hint = "Notes and markers: the shape tells what a note is about, the bar its frames."
    least = 18

    def subtitle(self) -> str:
        """Return how many there are."""
        return str(len(self.state.notes)) if self.state.notes else ""

    def told(self, frame: int) -> str:
        """Return the notes on a frame."""
        found = [mark for mark in self.state.notes if mark.frame_first <= frame <= mark.frame_last]
        lines = [": ".join(part for part in (category_title(mark.kind), mark.text) if part) for mark in found]
        return "\n".join(lines) or say(self.hint)

    def draw(self, ink: Ink) -> None:
        """Draw bars, then badges."""
        middle = 0.5 * self.height
        for color in dict.fromkeys(mark.color for mark in self.state.notes):
            pairs = [
                (mark.frame_first, mark.frame_last)
                for mark in self.state.notes
                if mark.color == color and mark.frame_last > mark.frame_first
            ]
            ink.spans(spans_of(pairs), middle - BAR / 2, BAR, on_plot(color, self.state.theme))
        for x, mark in self._badges(ink):
            draw_badge(ink.painter, QPointF(x, middle), BADGE, mark.kind, mark.color)

    def _badges(self, ink: Ink) -> Iterator[tuple[float, NoteMark]]:
        last = -APART
        for mark in self.state.notes:
            x = ink.pixel(mark.frame_first)
            if -BADGE <= x <= ink.width + BADGE and x - last >= APART:
                last = x
                yield x, mark
