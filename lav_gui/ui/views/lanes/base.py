"""What all lanes of the timeline have in common: one strip of the scene that paints itself once for each change."""

from typing import Any, ClassVar

import pyqtgraph as pg
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPixmap

from lav_gui.ui.viewmodels.lanes.scale import Scale
from lav_gui.ui.viewmodels.lanes.ticks import Ticks
from lav_gui.ui.viewmodels.timeline_state import TimelineState
from lav_gui.ui.views.lanes.ink import Ink
from lav_gui.ui.wording import say

FOLDED = 16
"""Height of a folded lane in pixels."""


class Lane(pg.GraphicsObject):  # type: ignore[misc]
    """One strip of the timeline.

    It paints into a picture that is kept until data, scale or size change; so a moving cursor costs nothing.
    A subclass names itself and implements `draw`.
    """

    name: ClassVar[str]
    """How it is called in the kept layout."""
    title: ClassVar[str]
    hint: ClassVar[str] = ""
    """What it shows, for its tool tip."""
    least: ClassVar[int] = 24
    """Lowest height in pixels, unfolded."""
    ample: ClassVar[int] = 0
    """Height in pixels at which it is easy to read; lanes below are rather scrolled to than shown at its cost."""
    folded_first: ClassVar[bool] = False
    """It is folded until the analyst unfolds it."""
    stretch: ClassVar[float] = 0.0
    """Its share of the height that is left over."""

    def __init__(self) -> None:
        super().__init__()
        self.state = TimelineState()
        self.folded = self.folded_first
        self._scale: Scale | None = None
        self._ticks: Ticks | None = None
        self._size = (0.0, 0.0)
        self._picture: QPixmap | None = None
        self._ratio = 1.0

    @property
    def height(self) -> float:
        """Height on the screen."""
        return self._size[1]

    def wanted(self) -> int:
        """Lowest height that shows its content now."""
        return FOLDED if self.folded else self.least

    def subtitle(self) -> str:
        """What it shows at the moment, in few words below its title."""
        return ""

    def marks(self) -> tuple[tuple[float, str], ...]:
        """Values at its left end: (distance from its top, text)."""
        return ()

    def told(self, frame: int) -> str:  # noqa: ARG002  lanes that know more say more
        """What it knows of a frame, for the tool tip."""
        return say(self.hint)

    def place(self, top: float, width: float, height: float, ratio: float) -> None:
        """Set where it is on the screen; `ratio` is that of the screen's pixels to the window's."""
        if (width, height, ratio) != (*self._size, self._ratio):
            self.prepareGeometryChange()
            self._size, self._ratio = (width, height), ratio
            self._picture = None
        self.setPos(0, top)

    def renew(self, state: TimelineState) -> None:
        """Show other data."""
        self.state = state
        self.touch()

    def show_scale(self, scale: Scale, ticks: Ticks) -> None:
        """Show another part of the video."""
        self._scale, self._ticks = scale, ticks
        self.touch()

    def touch(self) -> None:
        """Forget what is painted."""
        self._picture = None
        self.update()

    def boundingRect(self) -> QRectF:
        """Return its rectangle."""
        return QRectF(0, 0, *self._size)

    def paint(self, painter: QPainter, *_: Any) -> None:
        """Show the kept picture, painted anew where something changed."""
        if self._picture is None:
            self._picture = self._painted()
        if self._picture is not None:
            painter.drawPixmap(0, 0, self._picture)

    def draw(self, ink: Ink) -> None:
        """Draw the content; the ground and its grid are there."""
        raise NotImplementedError

    def _painted(self) -> QPixmap | None:
        width, height = self._size
        if self._scale is None or self._ticks is None or width < 1 or height < 1:
            return None
        picture = QPixmap(round(width * self._ratio), round(height * self._ratio))
        picture.setDevicePixelRatio(self._ratio)
        painter = QPainter(picture)
        ink = Ink(painter, self._scale, self._size, self.state.theme, self._ticks)
        ink.ground()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.folded and self.state.index is not None:
            self.draw(ink)
        painter.end()
        return picture
