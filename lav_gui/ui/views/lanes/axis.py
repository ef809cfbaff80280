"""The axis of the timeline: its ticks, and which frames are in memory."""

from lav_gui.ui.viewmodels.lanes.spans import NO_SPANS, Spans
from lav_gui.ui.views.lanes.base import Lane
from lav_gui.ui.views.lanes.ink import FONT_PIXELS, Ink

AXIS_HEIGHT = 18
CACHED_HEIGHT = 3.0


class AxisStrip(Lane):
    """Ticks and their texts; a line at its foot over the frames that are decoded and in memory."""

    name = "axis"
    title = "Axis"
    hint = "Frame number and time. The line at its foot: frames that are decoded and in memory."
    least = AXIS_HEIGHT

    def __init__(self) -> None:
        super().__init__()
        self._cached = NO_SPANS

    @property
    def cached(self) -> Spans:
        """Frames in memory."""
        return self._cached

    def show_cached(self, cached: Spans) -> None:
        """Show which frames are in memory."""
        self._cached = cached
        self.touch()

    def draw(self, ink: Ink) -> None:
        """Draw ticks, texts and the line of cached frames."""
        theme = self.state.theme
        ink.cover(theme.window)
        if self._ticks is None:
            return
        for pixel, text in zip(self._ticks.pixels.tolist(), self._ticks.texts, strict=True):
            ink.upright(pixel, self.height - 5, self.height, theme.muted)
            ink.text((pixel * ink.column + 4, FONT_PIXELS * 0.5 + 2), text, theme.muted)
        ink.spans(self._cached, self.height - CACHED_HEIGHT, CACHED_HEIGHT, theme.accent)
