"""The picture: one frame, zoomed and panned, with boxes and heatmap exactly where they belong."""

import numpy as np
from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QTransform, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from lav_gui.records import Frame
from lav_gui.ui.viewmodels.scene import EMPTY, Scene
from lav_gui.ui.views import picture_marks as paint

ZOOM_STEP = 1.25
LARGEST_ZOOM = 32.0
PIXEL_GRID_ZOOM = 8.0
DRAG_PIXELS = 4


class PictureView(QWidget):
    """Paints a `Scene`. Zoom 1 shows one stored pixel row as one pixel row of the screen.

    Above that zoom pixels stay square blocks (nearest neighbor); below, they are averaged.
    """

    face_clicked = Signal(int)
    zoom_changed = Signal(float)
    """Zoom now."""
    pointed = Signal(str)
    """What is under the pointer, in words; empty outside the picture."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scene: Scene = EMPTY
        self._image = QImage()
        self._image_of: Frame | None = None
        self._fits = True
        self._zoom = 1.0
        self._center = QPointF(0, 0)
        self._pressed: QPoint | None = None
        self._dragging = False
        self.setObjectName("pictureArea")
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(240, 160)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(self.tr("Picture"))

    @property
    def zoom(self) -> float:
        """Screen pixels per stored pixel row."""
        return self._zoom

    @property
    def fits(self) -> bool:
        """Whether the zoom follows the size of the view."""
        return self._fits

    def sizeHint(self) -> QSize:
        """Return the wanted size."""
        return QSize(960, 540)

    def show_scene(self, scene: Scene) -> None:
        """Paint another scene; zoom and place stay while the picture has the same size."""
        if scene.frame is not self._image_of:
            self._take_image(scene.frame)
        self._scene = scene
        self.setAccessibleDescription(paint.describe(scene))
        if self._fits:
            self._fit_now()
        self.update()

    def fit(self) -> None:
        """Show the whole picture, and keep doing so as the view changes its size."""
        self._fits = True
        self._fit_now()
        self.update()

    def set_zoom(self, zoom: float, anchor: QPointF | None = None) -> None:
        """Zoom about a point of the view, its middle by default."""
        anchor = QPointF(self.rect().center()) if anchor is None else anchor
        kept = self._to_frame(anchor)
        self._fits = False
        self._zoom = min(max(zoom, 0.05), LARGEST_ZOOM)
        moved = self._to_frame(anchor)
        self._center += kept - moved
        self._keep_inside()
        self.zoom_changed.emit(self._zoom)
        self.update()

    def actual_size(self) -> None:
        """Show one pixel row of the video as one pixel row of the screen."""
        self.set_zoom(1.0)

    def zoom_in(self) -> None:
        """Zoom in by one step."""
        self.set_zoom(self._zoom * ZOOM_STEP)

    def zoom_out(self) -> None:
        """Zoom out by one step."""
        self.set_zoom(self._zoom / ZOOM_STEP)

    def view_from_frame(self) -> QTransform:
        """The map from frame pixels (edges at whole numbers) to this widget."""
        scale = self._zoom / self.devicePixelRatioF()
        middle = QRectF(self.rect()).center()
        turn = QTransform.fromTranslate(middle.x(), middle.y())
        turn.scale(scale * self._scene.aspect, scale)
        return turn.translate(-self._center.x(), -self._center.y())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  Qt's signature
        """Paint surround, picture, heatmaps, boxes and captions."""
        painter = QPainter(self)
        paint.fill_surround(painter, self.rect())
        if self._scene.frame is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self._zoom < 1)
            turn = self.view_from_frame()
            painter.setTransform(turn)
            painter.drawImage(QRectF(0, 0, self._image.width(), self._image.height()), self._image)
            paint.draw_heatmaps(painter, self._scene, turn)
            painter.resetTransform()
            if self._zoom >= PIXEL_GRID_ZOOM:
                paint.draw_pixel_grid(painter, self.rect(), turn, self._image.size())
            paint.draw_boxes(painter, self._scene, turn)
        paint.draw_captions(painter, self._scene, self.rect())
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the picture fitted, or inside."""
        if self._fits:
            self._fit_now()
        else:
            self._keep_inside()
        super().resizeEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom about the pointer."""
        if event.angleDelta().y():
            self.set_zoom(self._zoom * ZOOM_STEP ** (event.angleDelta().y() / 120), event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a click or a drag."""
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._pressed, self._dragging = event.position().toPoint(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pan while dragged; tell what is under the pointer otherwise."""
        place = event.position().toPoint()
        if self._pressed is None:
            self.pointed.emit(paint.words_at(self._scene, self._to_frame(event.position())))
            return
        if self._dragging or (place - self._pressed).manhattanLength() > DRAG_PIXELS:
            self._dragging = True
            self._fits = False
            before, after = self._to_frame(QPointF(self._pressed)), self._to_frame(event.position())
            self._center += before - after
            self._pressed = place
            self._keep_inside()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a drag, or click on a face."""
        if self._pressed is not None and not self._dragging:
            face = paint.face_at(self._scene, self._to_frame(event.position()))
            if face is not None:
                self.face_clicked.emit(face)
        self._pressed, self._dragging = None, False
        self.unsetCursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Change between the whole picture and 100 %."""
        if self._fits:
            self.set_zoom(1.0, event.position())
        else:
            self.fit()

    def leaveEvent(self, event: object) -> None:  # noqa: ARG002  Qt's signature
        """Nothing is under the pointer any more."""
        self.pointed.emit("")

    def _take_image(self, frame: Frame | None) -> None:
        self._image_of = frame
        if frame is None:
            self._image = QImage()
            return
        height, width = frame.image.shape[:2]
        pixels = np.ascontiguousarray(frame.image)
        wrapped = QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888)
        resized = wrapped.size() != self._image.size()
        self._image = wrapped.convertToFormat(QImage.Format.Format_RGB32)
        if resized:
            self._center = QPointF(width / 2, height / 2)
            self._fits = True

    def _to_frame(self, place: QPointF) -> QPointF:
        back, _ = self.view_from_frame().inverted()
        return back.map(place)

    def _fit_now(self) -> None:
        if self._image.isNull():
            return
        ratio = self.devicePixelRatioF()
        width, height = self._image.width() * self._scene.aspect, self._image.height()
        margin = 16
        zoom = min((self.width() - margin) * ratio / width, (self.height() - margin) * ratio / height)
        self._center = QPointF(self._image.width() / 2, self._image.height() / 2)
        if zoom > 0 and zoom != self._zoom:
            self._zoom = zoom
            self.zoom_changed.emit(zoom)

    def _keep_inside(self) -> None:
        """The middle of the view stays on the picture."""
        x = min(max(self._center.x(), 0), self._image.width())
        y = min(max(self._center.y(), 0), self._image.height())
        self._center = QPointF(x, y)
