"""The picture: one frame, zoomed and panned, in one view or two, with boxes and heatmap exactly where they belong."""

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QTransform, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from lav_gui.records import Frame
from lav_gui.ui.viewmodels.display import View
from lav_gui.ui.viewmodels.processed import Processed
from lav_gui.ui.viewmodels.scene import EMPTY, Scene
from lav_gui.ui.views import picture_marks as marks
from lav_gui.ui.views.patch_marks import draw_heatmaps
from lav_gui.ui.views.picture_layers import Part, Raster, draw_chips, draw_gap, draw_split_line, parts_of
from lav_gui.ui.views.picture_words import describe, lies_over, words_at
from lav_gui.ui.views.viewport import Focus, Viewport

ZOOM_STEP = 1.25
PIXEL_GRID_ZOOM = 8.0
DRAG_PIXELS = 4
GRIP_REACH = 8
"""So near to the split line a press takes hold of it."""

KEY_SHARE = 0.1
"""A key moves the picture by this share of the view."""

NO_PICTURE = QColor(128, 128, 128)
"""In place of a processed picture that is not there: never the original under another name."""


class PictureView(QWidget):
    """Paints a `Scene`. Zoom 1 shows one stored pixel row as one pixel row of the screen.

    From that zoom on pixels stay square blocks (nearest neighbor); below, they are averaged.
    """

    face_clicked = Signal(int)
    zoom_changed = Signal(float)
    """Zoom now."""
    pointed = Signal(str)
    """What is under the pointer, in words; empty outside the picture."""
    split_asked = Signal(float)
    """Where the split line is dragged to, in [0, 1] of the width."""
    follow_ended = Signal()
    """The hand took the picture while it followed a face."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scene: Scene = EMPTY
        self._viewport = Viewport()
        self._told_zoom = 0.0
        self._original: tuple[Frame, Raster] | None = None
        self._processed: tuple[Processed, Raster] | None = None
        self._pressed: QPoint | None = None
        self._dragging = False
        self._splitting = False
        self.setObjectName("pictureArea")
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(240, 160)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(self.tr("Picture"))

    @property
    def zoom(self) -> float:
        """Screen pixels per stored pixel row."""
        return self._viewport.zoom(self._pane())

    @property
    def fits(self) -> bool:
        """Whether the zoom follows the size of the view."""
        return self._viewport.fits

    def sizeHint(self) -> QSize:
        """Return the wanted size."""
        return QSize(960, 540)

    def show_scene(self, scene: Scene) -> None:
        """Paint another scene; zoom and place stay while the picture has the same size."""
        self._scene = scene
        self._take_pictures(scene)
        self.setAccessibleDescription(describe(scene))
        self._settle()

    def fit(self) -> None:
        """Show the whole picture, and keep doing so as the view changes its size."""
        self._viewport.fits = True
        if self._scene.follow is not None:
            self.follow_ended.emit()
        self._settle()

    def set_zoom(self, zoom: float, anchor: QPointF | None = None) -> None:
        """Zoom about a point of the view, its middle by default."""
        pane = self._pane(anchor)
        self._viewport.set_zoom(zoom, pane, pane.center() if anchor is None else anchor)
        self._settle()

    def actual_size(self) -> None:
        """Show one pixel row of the video as one pixel row of the screen."""
        self.set_zoom(1.0)

    def zoom_in(self) -> None:
        """Zoom in by one step."""
        self.set_zoom(self.zoom * ZOOM_STEP)

    def zoom_out(self) -> None:
        """Zoom out by one step."""
        self.set_zoom(self.zoom / ZOOM_STEP)

    def look(self, right: int, down: int) -> None:
        """Move the picture to see more on one side: 1 is right or down, -1 left or up."""
        pane = self._pane()
        step = KEY_SHARE * min(pane.width(), pane.height())
        self._move(pane, pane.center(), pane.center() - QPointF(right * step, down * step))

    def view_from_frame(self, place: QPointF | None = None) -> QTransform:
        """The map from frame pixels (edges at whole numbers) to this widget, for the picture at a place of it."""
        return self._viewport.view_from_frame(self._pane(place))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  Qt's signature
        """Paint surround, pictures, heatmaps, boxes and captions."""
        painter = QPainter(self)
        marks.fill_surround(painter, self.rect())
        parts = self._parts()
        if self._scene.frame is not None:
            for part in parts:
                painter.save()
                painter.setClipRect(part.clip)
                self._paint_part(painter, part)
                painter.restore()
            if self._scene.display.view is View.SPLIT:
                draw_split_line(painter, parts[-1].clip)
            elif self._scene.display.view is View.BESIDE:
                draw_gap(painter, *parts)
        draw_chips(painter, self._scene, self.rect())
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the picture fitted, or inside."""
        self._settle()
        super().resizeEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom about the pointer."""
        if event.angleDelta().y():
            self.set_zoom(self.zoom * ZOOM_STEP ** (event.angleDelta().y() / 120), event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a click or a drag, of the split line where it is near."""
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._pressed, self._dragging = event.position().toPoint(), False
            self._splitting = event.button() == Qt.MouseButton.LeftButton and self._is_at_split(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pan or move the split line while dragged; tell what is under the pointer otherwise."""
        place = event.position().toPoint()
        if self._pressed is None:
            self._point_at(event.position())
        elif self._splitting:
            self.split_asked.emit(event.position().x() / max(1, self.width()))
        elif self._dragging or (place - self._pressed).manhattanLength() > DRAG_PIXELS:
            self._dragging = True
            self._move(self._pane(event.position()), QPointF(self._pressed), event.position())
            self._pressed = place
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a drag, or click on a face."""
        if self._pressed is not None and not (self._dragging or self._splitting):
            face = marks.face_at(self._scene, self._to_frame(event.position()))
            if face is not None:
                self.face_clicked.emit(face)
        self._pressed, self._dragging, self._splitting = None, False, False
        self.unsetCursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Change between the whole picture and 100 %."""
        if self.fits:
            self.set_zoom(1.0, event.position())
        else:
            self.fit()

    def leaveEvent(self, event: object) -> None:  # noqa: ARG002  Qt's signature
        """Nothing is under the pointer any more."""
        self.pointed.emit("")

    def _parts(self) -> tuple[Part, ...]:
        return parts_of(self._scene.display.view, self._scene.display.split, self.rect())

    def _pane(self, place: QPointF | None = None) -> QRectF:
        """The pane at a place, the first by default; all are of one size."""
        self._viewport.set_ratio(self.devicePixelRatioF())
        panes = [QRectF(part.pane) for part in self._parts()]
        return next((pane for pane in panes if place is not None and pane.contains(place)), panes[0])

    def _to_frame(self, place: QPointF) -> QPointF:
        return self._viewport.pixel_at(self._pane(place), place)

    def _is_at_split(self, place: QPointF) -> bool:
        line = self._parts()[-1].clip.left()
        return self._scene.display.view is View.SPLIT and abs(place.x() - line) <= GRIP_REACH

    def _move(self, pane: QRectF, before: QPointF, after: QPointF) -> None:
        """Move what lies at one place to another; a face is not followed any more."""
        if self._scene.follow is not None:
            self._viewport.settle_on_focus(pane)
            self.follow_ended.emit()
        self._viewport.drag(pane, before, after)
        self._settle()

    def _point_at(self, place: QPointF) -> None:
        at_split = self._is_at_split(place)
        self.setCursor(Qt.CursorShape.SplitHCursor if at_split else Qt.CursorShape.ArrowCursor)
        on_picture = any(QRectF(part.clip).contains(place) for part in self._parts())
        self.pointed.emit(words_at(self._scene, self._to_frame(place)) if on_picture else "")

    def _take_pictures(self, scene: Scene) -> None:
        frame, made = scene.frame, scene.processed
        if frame is None:
            self._original = None
        elif self._original is None or self._original[0] is not frame:
            self._original = (frame, Raster(frame.image))
        if made is None:
            self._processed = None
        elif self._processed is None or self._processed[0] is not made:
            self._processed = (made, Raster(made.image, averaged=made.recipe.kind is not View.RESIDUAL))
        size = QSizeF(0, 0) if self._original is None else self._original[1].size.toSizeF()
        self._viewport.set_picture(size, scene.aspect)
        kept = scene.follow
        self._viewport.set_focus(None if kept is None else Focus(kept.x, kept.y, kept.side))

    def _settle(self) -> None:
        """Fit the picture or keep it inside, tell the zoom where it changed, and paint."""
        pane = self._pane()
        if self._viewport.fits:
            self._viewport.fit(pane)
        else:
            self._viewport.keep_inside()
        zoom = self._viewport.zoom(pane)
        if self._scene.frame is not None and zoom != self._told_zoom:
            self._told_zoom = zoom
            self.zoom_changed.emit(zoom)
        self.update()

    def _paint_part(self, painter: QPainter, part: Part) -> None:
        """Paint one picture; a pinned frame stays bare, since all marks are of the frame on screen."""
        turn = self._viewport.view_from_frame(QRectF(part.pane))
        shown = self._processed if part.processed else self._original
        whole = QRectF(QPointF(0, 0), QSizeF(0, 0) if self._original is None else self._original[1].size.toSizeF())
        if shown is None:
            painter.fillRect(turn.mapRect(whole), NO_PICTURE)
        else:
            shown[1].draw(painter, turn)
        if lies_over(self._scene, processed=part.processed):
            draw_heatmaps(painter, self._scene, turn)
        if self._viewport.zoom(QRectF(part.pane)) >= PIXEL_GRID_ZOOM:
            marks.draw_pixel_grid(painter, QRect(part.clip), turn, whole.size().toSize())
        if not (part.processed and self._scene.display.computed is View.PINNED):
            marks.draw_boxes(painter, self._scene, turn)
