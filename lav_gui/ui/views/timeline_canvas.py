"""The picture of the timeline: one scene in pixels with the lanes, the axis, the overview, the cursor and the mouse."""

from math import ceil, floor
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent, QWheelEvent

from lav_gui.ui.viewmodels.lanes.scale import NUDGE, Axis, AxisKind, Scale, axis_of
from lav_gui.ui.viewmodels.lanes.shown import ShownPart
from lav_gui.ui.viewmodels.lanes.ticks import ticks_of
from lav_gui.ui.viewmodels.selection import Marks
from lav_gui.ui.viewmodels.timeline_state import TimelineState
from lav_gui.ui.views.lanes.axis import AXIS_HEIGHT, AxisStrip
from lav_gui.ui.views.lanes.base import Lane
from lav_gui.ui.views.lanes.stack import LaneStack, shared_heights
from lav_gui.ui.views.overview import OVERVIEW_HEIGHT, OverviewStrip, ZoomWindow
from lav_gui.ui.views.timeline_overlays import CursorLine, MarkedPart

HEAD_HEIGHT = OVERVIEW_HEIGHT + AXIS_HEIGHT
"""What stays on top while the lanes scroll."""

WHEEL_STEP = 1.2
PAN_SHARE = 0.12
"""Share of the shown part by which one step of the wheel pans."""

TICK_PIXELS = 110


class TimelineCanvas(pg.GraphicsView):  # type: ignore[misc]
    """Shows one span of the video in all lanes, and turns the mouse into wishes.

    Parameters
    ----------
    stack : LaneStack
        The lanes in their order.
    """

    seek_asked = Signal(int)
    part_asked = Signal(int, int)
    """First and last frame of a part that was drawn with Shift held."""
    hovered = Signal(int, int)
    """Frame under the pointer and the pointer's distance from the left end in pixels; -1 and 0 when it leaves."""
    pointed = Signal(object, int)
    """`Lane` under the pointer, or None; and the frame."""
    laid_out = Signal()
    """Lanes have other places now."""

    def __init__(self, stack: LaneStack) -> None:
        super().__init__()
        self._stack = stack
        self._state = TimelineState()
        self._shown = ShownPart(Axis())
        self._marks = Marks()
        self._position = 0
        self._scrolled = 0
        self._grabbed = ""
        self._last_x = 0.0
        self._anchor = 0
        self.scale_now = self._whole = Scale(self._shown.axis, *self._shown.span, 1)
        self.overview, self.axis, self.window_item = OverviewStrip(), AxisStrip(), ZoomWindow()
        self.cursor_line, self.overview_cursor, self.part = CursorLine(), CursorLine(), MarkedPart()
        for item, height in ((self.overview, 15), (self.axis, 15), (self.window_item, 16), (self.overview_cursor, 17)):
            item.setZValue(height)
        heads = (self.overview, self.axis, self.window_item, self.overview_cursor)
        for each in (*stack.lanes, *heads, self.cursor_line, self.part):
            self.addItem(each)
        self.viewport().setMouseTracking(True)
        self.setAcceptDrops(False)  # what is dropped here is for the window
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    @property
    def span(self) -> tuple[float, float]:
        """Ends of the shown part, in units of the axis."""
        return self._shown.span

    @property
    def kind(self) -> AxisKind:
        """What the axis is linear in."""
        return self._shown.axis.kind

    def show_state(self, state: TimelineState) -> None:
        """Show other data."""
        self._state = state
        self.setBackground(state.theme.plot)
        for strip in (*self._stack.lanes, self.overview, self.axis):
            strip.renew(state)
        self.lay_out()

    def show_axis(self, kind: AxisKind) -> None:
        """Show the present video on an axis, the same part of it as before."""
        self._shown.change_axis(axis_of(self._state.index, kind))
        self._rescale()

    def show_video(self, state: TimelineState, kind: AxisKind) -> None:
        """Show another video from end to end."""
        self._shown = ShownPart(axis_of(state.index, kind))
        self.show_state(state)

    def show_frames(self, first: float, last: float, margin: float = 0.0) -> None:
        """Show some frames, with a share of their length on either side."""
        lead = self._shown.axis.lead
        low, high = (self._shown.axis.value(frame) for frame in (first - lead, last + 1 - lead))
        self._shown.show(low - margin * (high - low), high + margin * (high - low))
        self._rescale()

    def zoom(self, factor: float, frame: float | None = None) -> None:
        """Show `factor` times as much, about a frame that stays where it is; without one about the cursor."""
        self._shown.zoom(factor, self._shown.axis.value(self._position if frame is None else frame))
        self._rescale()

    def pan(self, share: float) -> None:
        """Move by a share of the shown part."""
        self._shown.pan(share * self._shown.length)
        self._rescale()

    def show_all(self) -> None:
        """Show the whole video."""
        self._shown.show_all()
        self._rescale()

    def show_position(self, frame: int) -> None:
        """Move the cursor; the view follows when it would leave it."""
        self._position = frame
        if self._state.index is not None and self._shown.follow(self._shown.axis.value(frame)):
            self._rescale()
        else:
            self._place_cursor()

    def show_marks(self, marks: Marks) -> None:
        """Shade the marked part."""
        self._marks = marks
        self._place_part()

    def scroll_to(self, pixels: int) -> None:
        """Scroll the lanes."""
        self._scrolled = pixels
        self.lay_out()

    def lay_out(self) -> None:
        """Put everything in its place."""
        width, ratio = float(self.width()), self.devicePixelRatioF()
        self.overview.place(0, width, OVERVIEW_HEIGHT, ratio)
        self.window_item.place((width, float(OVERVIEW_HEIGHT)), self._state.theme)
        self.axis.place(OVERVIEW_HEIGHT, width, AXIS_HEIGHT, ratio)
        top = HEAD_HEIGHT - self._scrolled
        for lane, height in zip(self._stack.lanes, shared_heights(self._stack.lanes, self._room()), strict=True):
            lane.place(top, width, height, ratio)
            lane.setVisible(top + height > HEAD_HEIGHT and top < self.height())
            top += height
        self.cursor_line.resize(self.height() - OVERVIEW_HEIGHT, self._state.theme)
        self.overview_cursor.resize(OVERVIEW_HEIGHT, self._state.theme)
        self._rescale()
        self.laid_out.emit()

    def lane_at(self, y: float) -> Lane | None:
        """The lane at a distance from the top; the axis and the overview are lanes, too."""
        if y < OVERVIEW_HEIGHT:
            return self.overview
        if y < HEAD_HEIGHT:
            return self.axis
        lanes = self._stack.lanes
        return next((lane for lane in lanes if lane.y() <= y < lane.y() + lane.height), None)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Fill the new size."""
        super().resizeEvent(event)
        if hasattr(self, "part"):
            self.lay_out()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the overview, the cursor or the shown part."""
        place, button = event.position(), event.button()
        self._last_x = place.x()
        if self._state.index is None:
            self._grabbed = ""
        elif button is not Qt.MouseButton.LeftButton:
            self._grabbed = "pan"
        elif place.y() < OVERVIEW_HEIGHT:
            self._grabbed = self.window_item.grip_at(place.x()) or "center"
            if self._grabbed == "center":
                self._center_window(place.x())
                self._grabbed = "window"
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._grabbed, self._anchor = "part", self._frame_at(place.x())
        else:
            self._grabbed = "seek"
            self._seek(place.x())
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag what is held, else tell where the pointer is."""
        place = event.position()
        if self._grabbed == "seek":
            self._seek(place.x())
        elif self._grabbed == "part":
            self.part_asked.emit(*sorted((self._anchor, self._frame_at(place.x()))))
        elif self._grabbed == "pan":
            self.pan((self._last_x - place.x()) / max(self.width(), 1))
        elif self._grabbed:
            self._drag_window(place.x())
        self._last_x = place.x()
        self._tell_pointer(place)
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._grabbed = ""
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show all; in the lanes it is a click."""
        if event.position().y() < OVERVIEW_HEIGHT:
            self.show_all()
            event.accept()
        else:
            self.mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom about the pointer; with Shift, or sideways, pan."""
        delta, sideways = event.angleDelta().y(), event.angleDelta().x()
        if sideways or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.pan(-PAN_SHARE * (sideways or delta) / 120)
        elif self._state.index is not None:
            scale = self._whole_scale() if event.position().y() < OVERVIEW_HEIGHT else self.scale_now
            pixel = event.position().x() * self.devicePixelRatioF()
            self.zoom(WHEEL_STEP ** (-delta / 120), scale.axis.frame(scale.value_at(pixel)))
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        """Tell that the pointer is gone."""
        self.hovered.emit(-1, 0)
        self.pointed.emit(None, -1)
        event.accept()

    def keyPressEvent(self, event: Any) -> None:
        """Leave keys to the window."""
        event.ignore()

    def _room(self) -> float:
        return float(self.height() - HEAD_HEIGHT)

    def _columns(self) -> int:
        """Pixels of the screen from left to right; the last one may be cut."""
        return max(ceil(float(self.width() * self.devicePixelRatioF()) - NUDGE), 1)

    def _whole_scale(self) -> Scale:
        axis = self._shown.axis
        if (self._whole.axis, self._whole.columns) != (axis, self._columns()):
            self._whole = Scale(axis, *axis.ends, self._columns())
        return self._whole

    def _rescale(self) -> None:
        scale, whole = Scale(self._shown.axis, *self._shown.span, self._columns()), self._whole_scale()
        ticks = ticks_of(scale, self._state.index, TICK_PIXELS * self.devicePixelRatioF())
        self.scale_now = scale
        for lane in (*self._stack.lanes, self.axis):
            lane.show_scale(scale, ticks)
        self.overview.show_whole(whole)
        self.window_item.show_span(whole, *self._shown.span)
        self.window_item.setVisible(self._state.index is not None)
        self._place_cursor()
        self._place_part()

    def _place_cursor(self) -> None:
        shown = self._state.index is not None
        self.cursor_line.setPos(self._middle_of_column(self.scale_now), OVERVIEW_HEIGHT)
        self.overview_cursor.setPos(self._middle_of_column(self._whole_scale()), 0)
        self.cursor_line.setVisible(shown)
        self.overview_cursor.setVisible(shown)

    def _middle_of_column(self, scale: Scale) -> float:
        """Distance of the middle of the position's column from the left end."""
        return (floor(scale.pixel(self._position) + NUDGE) + 0.5) / float(self.devicePixelRatioF())

    def _place_part(self) -> None:
        count = 0 if self._state.index is None else len(self._state.index)
        first = 0 if self._marks.first is None else self._marks.first
        last = count - 1 if self._marks.last is None else self._marks.last
        lead = self._shown.axis.lead
        begin, end = (floor(self.scale_now.pixel(frame) + 0.5) for frame in (first - lead, last + 1 - lead))
        left, right = (column / self.devicePixelRatioF() for column in (begin, max(end, begin + 1)))
        self.part.setVisible(self._marks.set and count > 0)
        area = QRectF(QPointF(left, HEAD_HEIGHT), QPointF(right, float(self.height())))
        self.part.show_part(area, self._state.theme)

    def _seek(self, x: float) -> None:
        self.seek_asked.emit(self._frame_at(x))

    def _frame_at(self, x: float) -> int:
        return self.scale_now.frame_at(x * self.devicePixelRatioF())

    def _center_window(self, x: float) -> None:
        first, last = self._shown.axis.ends
        self._shown.center(first + x / max(self.width(), 1) * (last - first))
        self._rescale()

    def _drag_window(self, x: float) -> None:
        first, last = self._shown.axis.ends
        by = (x - self._last_x) * (last - first) / max(self.width(), 1)
        if self._grabbed == "window":
            self._shown.pan(by)
        else:
            self._shown.move_end(upper=self._grabbed == "high", by=by)
        self._rescale()

    def _tell_pointer(self, place: QPointF) -> None:
        if self._state.index is None:
            return
        scale = self._whole_scale() if place.y() < OVERVIEW_HEIGHT else self.scale_now
        frame = scale.frame_at(place.x() * self.devicePixelRatioF())
        self.hovered.emit(frame, round(place.x()))
        self.pointed.emit(self.lane_at(place.y()), frame)
