"""What each stream of the network adds to the logit of one face, and where the two contradict each other."""

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor

from lav_gui.ui.colors import NOISE_COLOR, RGB_COLOR, UNTRAINED_COLOR
from lav_gui.ui.viewmodels.lanes.streams import Stack, StreamLines, stack
from lav_gui.ui.views.lanes.base import Lane
from lav_gui.ui.views.lanes.ink import Ink, hatched, mixed
from lav_gui.ui.wording import NOTHING, say, signed

EDGE = 3.0
"""Free room above and below."""

REACH_SHARE = 0.75
"""Strength of the band from the lowest to the highest sum of a pixel's frames."""

Value = TypeVar("Value", float, NDArray[np.float64])


class StreamsLane(Lane):
    """Stacked areas: RGB alone solid, noise alone slanted, what only both together add crossed; their sum as a line."""

    name = "streams"
    title = "Streams"
    hint = (
        "What adds to the logit of the face: RGB alone (solid), noise alone (slanted), only both together (crossed);"
        " their sum as a line, gray as far as single frames reach. Downward: toward real."
    )
    least = 34
    stretch = 2.0

    def subtitle(self) -> str:
        """Return which face it is."""
        return _face_words(self.state.streams)

    def marks(self) -> tuple[tuple[float, str], ...]:
        """Return zero and the ends of its scale."""
        lines = self.state.streams
        if lines is None or self.height < 3 * 12:
            return ()
        bound = f"{lines.largest:.0f}" if lines.largest >= 10 else f"{lines.largest:.1f}"
        return ((self._y(lines.largest), f"+{bound}"), (self._y(0), "0"), (self._y(-lines.largest), f"−{bound}"))

    def told(self, frame: int) -> str:
        """Return the parts at a frame."""
        lines = self.state.streams
        values = None if lines is None else _values(lines, frame)
        if values is None:
            return say(self.hint)
        rgb, noise, both = (signed(value) for value in values)
        return say("RGB {rgb}, noise {noise}, only together {both} (logit)", rgb=rgb, noise=noise, both=both)

    def draw(self, ink: Ink) -> None:
        """Draw the stack upward and downward from zero, then the sum."""
        lines = self.state.streams
        if lines is None:
            return
        shown = stack(lines, ink.scale)
        if shown is not None:
            self._draw_parts(ink, shown)
        ink.level(self._y(0), self.state.theme.muted)

    def _draw_parts(self, ink: Ink, shown: Stack) -> None:
        reach, theme = shown.extremes, self.state.theme
        ink.bars(reach.first, self._y(reach.high), self._y(reach.low), mixed(theme.muted, theme.plot, REACH_SHARE))
        for ends in (shown.up, shown.down):
            begins = np.vstack([np.zeros_like(ends[:1]), ends[:-1]])
            for begin, end, paint in zip(begins, ends, self._paints(), strict=True):
                ink.bars(shown.first, self._y(np.maximum(begin, end)), self._y(np.minimum(begin, end)), paint)
        total = shown.total
        ink.curve(self._y(total.high), self._y(total.low), total, theme.text, 1.5)

    def _y(self, value: Value) -> Value:
        lines = self.state.streams
        largest = 1.0 if lines is None else lines.largest
        return 0.5 * self.height - value * ((0.5 * self.height - EDGE) / largest)

    def _paints(self) -> tuple[QBrush, QBrush, QBrush]:
        theme = self.state.theme
        rgb, noise = (RGB_COLOR, NOISE_COLOR) if self.state.trained else (UNTRAINED_COLOR, UNTRAINED_COLOR)
        return (
            QBrush(QColor(rgb)),
            hatched(mixed(noise, theme.text, 0.6), Qt.BrushStyle.BDiagPattern),
            hatched(theme.muted, Qt.BrushStyle.DiagCrossPattern),
        )


class DisagreementLane(Lane):
    """How much evidence of the two streams cancels out, and where it is notable."""

    name = "disagreement"
    title = "Disagreement"
    hint = "How much of the logit cancels out because RGB and noise point opposite ways; 0 where they agree. Key: D."
    least = 22
    stretch = 1.0

    def subtitle(self) -> str:
        """Return which face it is."""
        return _face_words(self.state.streams)

    def draw(self, ink: Ink) -> None:
        """Draw it upward from zero, on the scale of the streams."""
        lines, theme = self.state.streams, self.state.theme
        cut = None if lines is None else lines.places.cut(ink.scale)
        if lines is None or cut is None:
            return
        columns = cut.columns(lines.disagreement)
        largest = max(float(lines.disagreement.values.max()), 1.0)
        floor = self.height - 2
        top = floor - columns.high * (floor - EDGE - 4) / largest
        ink.bars(columns.first, top, np.full(len(top), floor), theme.muted if self.state.trained else UNTRAINED_COLOR)
        ink.spans(lines.notable, 1, 3, theme.text if self.state.trained else UNTRAINED_COLOR)


def _face_words(lines: StreamLines | None) -> str:
    return NOTHING if lines is None else say("face {number}", number=lines.track_id)


def _values(lines: StreamLines, frame: int) -> tuple[float, ...] | None:
    at = int(np.searchsorted(lines.places.frames, frame))
    if at >= len(lines.places) or lines.places.frames[at] != frame:
        return None
    return tuple(float(part.values[at]) for part in lines.parts)
