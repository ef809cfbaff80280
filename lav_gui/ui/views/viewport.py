"""Zoom and place of a picture in a pane of the screen: arithmetic alone."""

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QTransform

SMALLEST_ZOOM, LARGEST_ZOOM = 0.05, 32.0

MARGIN = 16
"""Left around a fitted picture, both sides together, in the screen's units."""

FOLLOW_ZOOMS = (0.25, 8.0)

NUDGE = 1e-6
"""In frame pixels: a place on the very edge of two pixels is the right or lower one's, however it was rounded."""


@dataclass(frozen=True, slots=True)
class Focus:
    """A square of the frame that fills the pane: middle in frame pixels, side in pixel rows."""

    x: float
    y: float
    side: float


class Viewport:
    """Where each pixel of a frame lies in a pane, and which pixel lies at a place.

    Zoom 1 shows one stored pixel row as one pixel row of the screen. Panes are in Qt's units, `ratio` pixels of the
    screen each; frame pixels have their edges at whole numbers. While there is a focus, zooming is about its middle,
    and place and zoom of before come back when it is gone.
    """

    def __init__(self) -> None:
        self.fits = True
        self._zoom = 1.0
        self._center = QPointF(0, 0)
        self._size = QSizeF(0, 0)
        self._aspect = 1.0
        self._ratio = 1.0
        self._focus: Focus | None = None
        self._focus_zoom = 1.0

    def zoom(self, pane: QRectF) -> float:
        """Screen pixels per stored pixel row."""
        if self._focus is None:
            return self._zoom
        room = min(pane.width(), pane.height()) * self._ratio
        return min(max(self._focus_zoom * room / self._focus.side, SMALLEST_ZOOM), LARGEST_ZOOM)

    def set_picture(self, size: QSizeF, aspect: float) -> None:
        """Show a picture of this many pixels, each `aspect` times as wide as high; another size is fitted anew."""
        if size != self._size:
            self._size, self.fits = size, True
            self._center = QPointF(size.width() / 2, size.height() / 2)
        self._aspect = aspect

    def set_ratio(self, ratio: float) -> None:
        """Pixels of the screen per unit of the pane."""
        self._ratio = ratio

    def set_focus(self, focus: Focus | None) -> None:
        """Keep a square of the frame in the pane; None shows what was shown before."""
        self._focus = focus

    def settle_on_focus(self, pane: QRectF) -> None:
        """Give the focus up and stay where it is."""
        if self._focus is not None:
            self._zoom, self._center = self.zoom(pane), QPointF(self._focus.x, self._focus.y)
            self.fits = False
            self.set_focus(None)

    def view_from_frame(self, pane: QRectF) -> QTransform:
        """The map from frame pixels to the pane's units."""
        scale = self.zoom(pane) / self._ratio
        middle, focus = pane.center(), self._focus
        center = self._center if focus is None else QPointF(focus.x, focus.y)
        turn = QTransform.fromTranslate(middle.x(), middle.y())
        turn.scale(scale * self._aspect, scale)
        return turn.translate(-center.x(), -center.y())

    def to_frame(self, pane: QRectF, place: QPointF) -> QPointF:
        """The place in the frame that lies at a place of the pane."""
        back, _ = self.view_from_frame(pane).inverted()
        return back.map(place)

    def pixel_at(self, pane: QRectF, place: QPointF) -> QPointF:
        """The place in the frame under the middle of the screen's pixel that holds a place of the pane."""
        x, y = (math.floor(value * self._ratio + NUDGE) + 0.5 for value in (place.x(), place.y()))
        return self.to_frame(pane, QPointF(x, y) / self._ratio) + QPointF(NUDGE, NUDGE)

    def fit(self, pane: QRectF) -> None:
        """Show the whole picture in the middle of the pane."""
        if self._size.isEmpty():
            return
        wide, high = (pane.width() - MARGIN) * self._ratio, (pane.height() - MARGIN) * self._ratio
        zoom = min(wide / (self._size.width() * self._aspect), high / self._size.height())
        self._center = QPointF(self._size.width() / 2, self._size.height() / 2)
        if zoom > 0:
            self._zoom = zoom

    def set_zoom(self, zoom: float, pane: QRectF, anchor: QPointF) -> None:
        """Zoom about a place of the pane: the pixel there stays there."""
        if self._focus is not None:
            wanted = self._focus_zoom * zoom / self.zoom(pane)
            self._focus_zoom = min(max(wanted, FOLLOW_ZOOMS[0]), FOLLOW_ZOOMS[1])
            return
        kept = self.to_frame(pane, anchor)
        self.fits = False
        self._zoom = min(max(zoom, SMALLEST_ZOOM), LARGEST_ZOOM)
        self._center += kept - self.to_frame(pane, anchor)
        self.keep_inside()

    def drag(self, pane: QRectF, before: QPointF, after: QPointF) -> None:
        """Move what lies at one place of the pane to another."""
        self.fits = False
        self._center += self.to_frame(pane, before) - self.to_frame(pane, after)
        self.keep_inside()

    def keep_inside(self) -> None:
        """The middle of the pane stays on the picture."""
        x = min(max(self._center.x(), 0), self._size.width())
        y = min(max(self._center.y(), 0), self._size.height())
        self._center = QPointF(x, y)
