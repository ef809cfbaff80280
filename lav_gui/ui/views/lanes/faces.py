"""Where the faces were seen."""

from PySide6.QtGui import QColor

from lav_gui.ui.colors import line_color
from lav_gui.ui.views.lanes.base import FOLDED, Lane
from lav_gui.ui.views.lanes.ink import Ink, hatched, mixed
from lav_gui.ui.wording import say

ROW, BAR, EDGE = 8.0, 5.0, 3.0
MOST_ROWS = 12


class FacesLane(Lane):
    """A bar for each face where it is seen, a thin line where it is out of sight; slanted where there is no face."""

    name = "faces"
    title = "Faces"
    hint = (
        "Bar: the face is seen. Thin line: out of sight. Slanted: no face in the analyzed frames. Crossed: a face that"
        " is too small to be analyzed."
    )
    least = 22

    def wanted(self) -> int:
        """Return a height with room for a row per face."""
        rows = min(max(len(self.state.faces.rows), 1), MOST_ROWS)
        return FOLDED if self.folded else max(self.least, round(2 * EDGE + rows * ROW))

    def subtitle(self) -> str:
        """Return how many there are."""
        count = len(self.state.faces.rows)
        return say("{count} of {all}", count=MOST_ROWS, all=count) if count > MOST_ROWS else ""

    def told(self, frame: int) -> str:
        """Return who is seen in a frame."""
        faces = self.state.faces
        seen = [str(row.track_id) for row in faces.rows if row.present.holds(frame)]
        if seen:
            return say("Seen in this frame: face {numbers}", numbers=", ".join(seen))
        if faces.small.holds(frame):
            return say("A face that is too small to be analyzed")
        return say("No face in this frame") if faces.empty.holds(frame) else say(self.hint)

    def draw(self, ink: Ink) -> None:
        """Draw the rows over the frames without a face."""
        state, theme = self.state, self.state.theme
        ink.spans(state.faces.empty, 0, self.height - 1, hatched(mixed(theme.muted, theme.plot, 0.7)))
        ink.spans(state.faces.small, self.height - 5, 4, theme.muted)
        for place, row in enumerate(state.faces.rows[:MOST_ROWS]):
            faded = state.selected is not None and row.track_id != state.selected
            color = mixed(QColor(line_color(row.track_id, theme)), theme.plot, 0.45 if faded else 1.0)
            top = EDGE + place * ROW + 0.5 * (ROW - BAR)
            ink.spans(row.lost, top + BAR / 2 - 0.5, 1, color)
            ink.spans(row.present, top, BAR, color)
