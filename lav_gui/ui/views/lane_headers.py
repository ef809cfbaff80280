"""The left ends of the lanes: title, scale, fold and move, by mouse and keyboard."""

from functools import partial

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from lav_gui.ui.style import current_theme
from lav_gui.ui.views.lanes.base import FOLDED, Lane
from lav_gui.ui.wording import say

GUTTER = 116
"""Width of the headers in pixels."""

MOVE_KEYS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
SMALL_FONT, TEXT_LEFT, TRIANGLE = 11, 16, 3.5
SUBTITLE_ROOM = 30


class LaneHeader(QToolButton):
    """Folds its lane when pressed; dragging it, or Alt+Up and Alt+Down, moves the lane."""

    fold_asked = Signal()
    moved = Signal(int)
    """By how many places, downward."""
    dragged = Signal(int)
    """Where the pointer is now while it drags, from the top of all headers."""
    reset_asked = Signal()
    others_asked = Signal()
    """Fold all other lanes."""
    focused = Signal()
    """It has the focus now."""

    def __init__(self, lane: Lane, parent: QWidget) -> None:
        super().__init__(parent)
        self.lane = lane
        self._pressed_at: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(self.fold_asked)
        self.renew()

    def renew(self) -> None:
        """Say what the lane shows now."""
        state = say("folded") if self.lane.folded else say("unfolded")
        words = (say(self.lane.title), self.lane.subtitle(), state)
        self.setAccessibleName(", ".join(word for word in words if word))
        self.setAccessibleDescription(say(self.lane.hint))
        lines = (*words[1:2], say(self.lane.hint), say("Press: fold. Drag, or Alt+Up and Alt+Down: move."))
        self.setToolTip("\n".join(line for line in lines if line))
        self.update()

    def event(self, event: QEvent) -> bool:
        """Claim Alt+Up and Alt+Down while it has the focus."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._step(event):
            event.accept()
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Ask to be seen where a key led here; a press of the mouse must not move what is pressed."""
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.focused.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the lane by Alt and an arrow; Return folds like Space."""
        step = self._step(event)
        if step:
            self.moved.emit(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Be ready to drag."""
        self._pressed_at = round(event.position().y())
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the lane with the pointer once it leaves the header."""
        y = round(event.position().y())
        if self._pressed_at is not None and event.buttons() & Qt.MouseButton.LeftButton:
            if not 0 <= y < self.height():
                self.setDown(False)
                self.dragged.emit(self.y() + y)
            return
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a drag, or fold."""
        self._pressed_at = None
        super().mouseReleaseEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer all that can be done with lanes."""
        self.menu_now().popup(event.globalPos())
        event.accept()

    def menu_now(self) -> QMenu:
        """The menu of this lane."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(say("Unfold") if self.lane.folded else say("Fold"), self.fold_asked.emit)
        menu.addAction(say("Fold all others"), self.others_asked.emit)
        menu.addSeparator()
        menu.addAction(say("Move up"), partial(self.moved.emit, -1))
        menu.addAction(say("Move down"), partial(self.moved.emit, 1))
        menu.addSeparator()
        menu.addAction(say("As at first"), self.reset_asked.emit)
        return menu

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  Qt's signature
        """Draw a triangle, the title, the subtitle and the values of the scale."""
        theme, painter = current_theme(), QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.raised if self.underMouse() else theme.panel))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_triangle(painter, QColor(theme.muted))
        font = painter.font()
        font.setPixelSize(SMALL_FONT)
        painter.setFont(font)
        marks = () if self.lane.folded else self.lane.marks()
        metrics = painter.fontMetrics()
        room = self.width() - TEXT_LEFT - 4
        line = min(FOLDED, self.height())
        values = max((metrics.horizontalAdvance(text) for y, text in marks if y < line + 4), default=0)
        painter.setPen(QColor(theme.text))
        title = metrics.elidedText(say(self.lane.title), Qt.TextElideMode.ElideRight, room - values)
        painter.drawText(QRectF(TEXT_LEFT, 0, room, line), Qt.AlignmentFlag.AlignVCenter, title)
        painter.setPen(QColor(theme.muted))
        if self.height() >= SUBTITLE_ROOM and not self.lane.folded:
            values = max((metrics.horizontalAdvance(text) for _, text in marks), default=0)
            words = metrics.elidedText(self.lane.subtitle(), Qt.TextElideMode.ElideRight, room - values)
            painter.drawText(QRectF(TEXT_LEFT, line - 2, room, 14), Qt.AlignmentFlag.AlignVCenter, words)
        for y, text in marks:
            area = QRectF(0, min(max(y - 7, 0), self.height() - 13), self.width() - 4, 14)
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, text)
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), QColor(theme.border))
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.accent), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -1.5))

    def _draw_triangle(self, painter: QPainter, color: QColor) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.save()
        painter.translate(8, min(FOLDED, self.height()) / 2)
        if self.lane.folded:
            painter.rotate(-90)
        corners = ((-TRIANGLE, -TRIANGLE / 2), (TRIANGLE, -TRIANGLE / 2), (0.0, TRIANGLE))
        painter.drawPolygon(QPolygonF([QPointF(*corner) for corner in corners]))
        painter.restore()

    def _step(self, event: QKeyEvent) -> int:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier != Qt.KeyboardModifier.AltModifier:
            return 0
        return MOVE_KEYS.get(Qt.Key(event.key()), 0)
