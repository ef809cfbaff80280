"""The timeline: overview and axis on top, lanes below, each with a header; one cursor through all of them."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QColor, QPalette, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QScrollBar, QToolButton, QToolTip, QWidget

from lav_gui.records import FrameIndex
from lav_gui.ui.colors import Theme
from lav_gui.ui.style import current_theme
from lav_gui.ui.viewmodels.curves import Curves
from lav_gui.ui.viewmodels.lanes.content import ContentLines
from lav_gui.ui.viewmodels.lanes.packets import PacketLines
from lav_gui.ui.viewmodels.lanes.scale import AxisKind
from lav_gui.ui.viewmodels.lanes.sound import WaveLines
from lav_gui.ui.viewmodels.lanes.spans import spans_of
from lav_gui.ui.viewmodels.notes import NoteMark
from lav_gui.ui.viewmodels.results import Judged
from lav_gui.ui.viewmodels.second_run import SecondRun
from lav_gui.ui.viewmodels.selection import Marks
from lav_gui.ui.viewmodels.timeline_state import TimelineState
from lav_gui.ui.views.lane_headers import GUTTER, LaneHeader
from lav_gui.ui.views.lanes.axis import AXIS_HEIGHT
from lav_gui.ui.views.lanes.base import Lane
from lav_gui.ui.views.lanes.stack import LaneStack, shared_heights
from lav_gui.ui.views.overview import OVERVIEW_HEIGHT
from lav_gui.ui.views.timeline_canvas import HEAD_HEIGHT, TimelineCanvas
from lav_gui.ui.wording import say

ZOOM_STEP = 2.0
SCROLL_BAR = 10

LANES_ROOM = 132
"""Room for four lanes of two faces, in pixels."""

MARGIN = 0.05
"""Share of a shown part that is left free on either side of it."""


class TimelineView(QWidget):
    """Shows the lanes and asks for frames."""

    seek_asked = Signal(int)
    part_asked = Signal(int, int)
    """First and last frame of a part that was drawn with Shift held."""
    hovered = Signal(int, int)
    """Frame under the pointer and the pointer's distance from this view's left end in pixels; -1 and 0 without."""
    axis_asked = Signal(bool)
    """Whether the axis is to be one of time."""

    second_asked = Signal(object)
    """Id of the run to lay over the one on screen, or None."""
    unfolded_changed = Signal(object)
    """Frozenset of the names of the lanes that show their content."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = TimelineState(theme=current_theme())
        self._marks = Marks()
        self._kind = AxisKind.FRAMES
        self._stack = LaneStack()
        self.canvas = TimelineCanvas(self._stack)
        self.canvas.setParent(self)
        self.canvas.setAccessibleName(self.tr("Timeline"))
        self._gutter = QWidget(self)
        self._headers = {lane: self._make_header(lane) for lane in self._stack.lanes}
        self._axis_button = self._make_axis_button()
        self._second = self._make_second_choice()
        self._scroll = QScrollBar(Qt.Orientation.Vertical, self)
        self._scroll.setAccessibleName(self.tr("Lanes of the timeline"))
        self._scroll.valueChanged.connect(self.canvas.scroll_to)
        self.canvas.seek_asked.connect(self.seek_asked)
        self.canvas.part_asked.connect(self.part_asked)
        self.canvas.hovered.connect(lambda frame, x: self.hovered.emit(frame, x if frame < 0 else x + GUTTER))
        self.canvas.pointed.connect(self._explain)
        self.canvas.laid_out.connect(self._place_headers)
        self.setMinimumHeight(HEAD_HEIGHT + LANES_ROOM)
        self.setAccessibleName(self.tr("Timeline"))
        self._restyle(current_theme())

    @property
    def lanes(self) -> tuple[Lane, ...]:
        """The lanes from top to bottom."""
        return self._stack.lanes

    @property
    def in_time(self) -> bool:
        """Whether the axis is one of time."""
        return self._kind is AxisKind.TIME

    def header(self, lane: Lane) -> LaneHeader:
        """The header of a lane."""
        return self._headers[lane]

    def layout_state(self) -> str:
        """Order and folds of the lanes and the kind of axis, to be kept."""
        return self._stack.layout(axis=str(self._kind))

    def restore_layout(self, layout: str) -> None:
        """Take what was kept; nonsense changes nothing."""
        kept = self._stack.restore(layout)
        self._refold()
        if kept.get("axis") == AxisKind.TIME:
            self.axis_asked.emit(True)

    def show_video(self, index: FrameIndex | None) -> None:
        """Show the time of a video, or of none."""
        self._state = self._state.with_video(index)
        self.canvas.show_video(self._state, self._kind)
        self.canvas.show_position(0)
        self._tell()

    def show_curves(self, curves: Curves | None) -> None:
        """Show the curves of a verdict."""
        self._change(self._state.with_curves(curves))

    def show_packets(self, packets: PacketLines) -> None:
        """Show the packets of a long video."""
        self._change(replace(self._state, packets=packets))

    def show_judged(self, judged: Judged | None) -> None:
        """Show the curves of a verdict that is not made ready yet."""
        self._change(self._state.with_judged(judged))

    def show_selected(self, track_id: int | None) -> None:
        """Bring a face out."""
        self._change(self._state.with_selected(track_id))

    def show_position(self, frame_index: int) -> None:
        """Move the cursor; the view follows when it would leave it."""
        self.canvas.show_position(frame_index)

    def show_marks(self, marks: Marks) -> None:
        """Shade the marked part."""
        self._marks = marks
        self.canvas.show_marks(marks)

    def show_cached(self, spans: Sequence[tuple[int, int]]) -> None:
        """Show which frames are in memory: first and last of each row, both inclusive."""
        self.canvas.axis.show_cached(spans_of(spans))

    def show_notes(self, notes: tuple[NoteMark, ...]) -> None:
        """Show notes and markers."""
        self._change(replace(self._state, notes=notes))

    def show_second_choices(self, choices: Sequence[tuple[int, str]], chosen: int | None) -> None:
        """Offer the other runs of this video; without any there is nothing to choose."""
        with QSignalBlocker(self._second):
            self._second.clear()
            self._second.addItem(say("Compare with…"), None)
            for run_id, name in choices:
                self._second.addItem(name, run_id)
            self._second.setCurrentIndex(max(self._second.findData(chosen), 0))
        self._second.setVisible(bool(choices))

    def show_second(self, second: SecondRun | None) -> None:
        """Lay another run over the one on screen."""
        self._change(replace(self._state, second=second))

    def show_content(self, content: ContentLines | None) -> None:
        """Show scene cuts and repeated pictures."""
        self._change(replace(self._state, content=content))

    def show_wave(self, wave: WaveLines | None) -> None:
        """Show the sound."""
        self._change(replace(self._state, wave=wave))

    def set_in_time(self, in_time: bool) -> None:
        """Make the axis one of time, or of frames."""
        self._kind = AxisKind.TIME if in_time else AxisKind.FRAMES
        self._axis_button.setText(say("Time") if in_time else say("Frames"))
        self.canvas.show_axis(self._kind)

    def show_all(self) -> None:
        """Show the whole video."""
        self.canvas.show_all()

    def show_selection(self) -> None:
        """Show the marked part, else what the selected face is seen in."""
        index, selected = self._state.index, self._state.selected
        track = next((line for line in self._state.lines if line.track_id == selected), None)
        if index is not None and self._marks.set:
            first = 0 if self._marks.first is None else self._marks.first
            last = len(index) - 1 if self._marks.last is None else self._marks.last
            self.canvas.show_frames(first, last, MARGIN)
        elif index is not None and track is not None:
            self.canvas.show_frames(float(track.places.frames[0]), float(track.places.frames[-1]), MARGIN)

    def zoom_in(self) -> None:
        """Show half as much."""
        self.canvas.zoom(1 / ZOOM_STEP)

    def zoom_out(self) -> None:
        """Show twice as much."""
        self.canvas.zoom(ZOOM_STEP)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_axis_button"):
            self._restyle(current_theme())
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fill the new size."""
        super().resizeEvent(event)
        self._arrange()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the lanes when the pointer is over their headers."""
        if event.position().x() < GUTTER and self._scroll.isVisible():
            self._scroll.setValue(self._scroll.value() - event.angleDelta().y() // 3)
        event.accept()

    def _make_header(self, lane: Lane) -> LaneHeader:
        header = LaneHeader(lane, self._gutter)
        header.fold_asked.connect(partial(self._fold, lane))
        header.moved.connect(partial(self._move, lane))
        header.dragged.connect(partial(self._drag, lane))
        header.reset_asked.connect(self._reset)
        header.others_asked.connect(partial(self._fold_others, lane))
        header.focused.connect(partial(self._bring_into_sight, lane))
        return header

    def _make_axis_button(self) -> QToolButton:
        button = QToolButton(self)
        button.setText(say("Frames"))
        button.setProperty("slim", True)
        button.setToolTip(say("What the axis counts: frames, or time"))
        button.setAccessibleName(say("Axis of the timeline: frames or time"))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self.axis_asked.emit(not self.in_time))
        return button

    def _make_second_choice(self) -> QComboBox:
        choice = QComboBox(self)
        choice.setProperty("slim", True)
        choice.setAccessibleName(say("Run to compare with"))
        choice.setToolTip(say("Lay the smoothed curves of another run over these, dashed"))
        choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        choice.view().setMinimumWidth(2 * GUTTER)
        choice.activated.connect(lambda _: self.second_asked.emit(choice.currentData()))
        choice.hide()
        return choice

    def _change(self, state: TimelineState) -> None:
        self._state = state
        self.canvas.show_state(state)
        self._arrange()
        self._tell()

    def _tell(self) -> None:
        for header in self._headers.values():
            header.renew()
        self.setAccessibleDescription(describe(self._state))

    def _restyle(self, theme: Theme) -> None:
        palette = self._gutter.palette()
        palette.setColor(QPalette.ColorRole.Window, QColor(theme.panel))
        self._gutter.setPalette(palette)
        self._gutter.setAutoFillBackground(True)
        self._change(self._state.with_theme(theme))

    def _fold(self, lane: Lane) -> None:
        lane.folded = not lane.folded
        self._refold()

    def _fold_others(self, lane: Lane) -> None:
        for other in self.lanes:
            other.folded = other is not lane
        self._refold()

    def _reset(self) -> None:
        self._stack.reset()
        self._refold()

    def _refold(self) -> None:
        for lane in self.lanes:
            lane.touch()
        self._arrange()
        self._tell()
        self.unfolded_changed.emit(self._stack.unfolded)

    def _move(self, lane: Lane, step: int) -> None:
        self._stack.move(lane, self.lanes.index(lane) + step)
        self._arrange()
        self._bring_into_sight(lane)

    def _bring_into_sight(self, lane: Lane) -> None:
        header, room = self._headers[lane], self.height() - HEAD_HEIGHT
        if header.y() < 0:
            self._scroll.setValue(self._scroll.value() + header.y())
        elif header.y() + header.height() > room:
            self._scroll.setValue(self._scroll.value() + header.y() + header.height() - room)

    def _drag(self, lane: Lane, y: int) -> None:
        others = [other for other in self.lanes if other is not lane]
        heights = dict(zip(self.lanes, self._heights(), strict=True))
        top, place = -self._scroll.value(), 0
        for other in others:
            if y < top + heights[other] / 2:
                break
            top += heights[other]
            place += 1
        if place != self.lanes.index(lane):
            self._stack.move(lane, place)
            self._arrange()

    def _heights(self) -> list[int]:
        return shared_heights(self.lanes, float(self.height() - HEAD_HEIGHT))

    def _arrange(self) -> None:
        whole, room = sum(self._heights()), self.height() - HEAD_HEIGHT
        overflows = whole > room
        bar = SCROLL_BAR if overflows else 0
        self._scroll.setVisible(overflows)
        self._scroll.setRange(0, max(whole - room, 0))
        self._scroll.setPageStep(max(room, 1))
        self._scroll.setGeometry(self.width() - bar, HEAD_HEIGHT, bar, max(room, 0))
        self.canvas.setGeometry(GUTTER, 0, max(self.width() - GUTTER - bar, 1), self.height())
        self._gutter.setGeometry(0, HEAD_HEIGHT, GUTTER, max(room, 0))
        self._second.setGeometry(0, 0, GUTTER, OVERVIEW_HEIGHT)
        self._axis_button.setGeometry(0, OVERVIEW_HEIGHT, GUTTER, AXIS_HEIGHT)
        self.canvas.lay_out()

    def _place_headers(self) -> None:
        top = -self._scroll.value()
        for lane, height in zip(self.lanes, self._heights(), strict=True):
            header = self._headers[lane]
            header.setGeometry(0, top, GUTTER, height)
            top += height
        for before, after in pairwise(self.lanes):
            QWidget.setTabOrder(self._headers[before], self._headers[after])

    def _explain(self, lane: Lane | None, frame: int) -> None:
        words = "" if lane is None or frame < 0 else lane.told(frame)
        self.canvas.setToolTip(words)
        if QToolTip.isVisible():
            QToolTip.showText(self.canvas.cursor().pos(), words, self.canvas)


def describe(state: TimelineState) -> str:
    """The curves in words, for screen readers; the table of faces tells more."""
    if state.judged is None:
        return say("No results yet")
    tracks = state.judged.verdict.tracks
    spans = sum(len(track.segments) for track in tracks)
    return say("{faces} faces, {spans} spans that stay high", faces=len(tracks), spans=spans)
