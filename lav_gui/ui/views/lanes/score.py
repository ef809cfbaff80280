"""The fake probability of the faces over time."""

import numpy as np
from PySide6.QtGui import QColor

from lav_gui.ui.colors import UNTRAINED_COLOR, face_dash, ink_on, line_color
from lav_gui.ui.viewmodels.lanes.envelope import Columns, Cut
from lav_gui.ui.viewmodels.lanes.tracks import TrackLines, band
from lav_gui.ui.views.lanes.base import Lane
from lav_gui.ui.views.lanes.ink import Ink, mixed
from lav_gui.ui.wording import say
from lav_gui.verdict.sentences import probability

TOP, BOTTOM = 11.0, 4.0
"""Room above 1, for the spans that stay high, and below 0."""

SEGMENT_ROOM, SEGMENT = 9.0, 5.0
"""Height of all rows of spans that stay high, and of one of them at most."""

RAW_SHARE, BAND_SHARE, FADED_SHARE = 0.65, 0.16, 0.35
"""Strength of raw curves and bands, and of faces that are not selected while one is. Mixed with the ground, not
transparent: Qt fills opaque rectangles ten times as fast."""

SECOND_DASH = (5.0, 3.0)
"""On and off lengths of the curves of a second run, in pixels."""

LEGEND_ROOM = 100
"""Height from which on the second run is named inside the lane, too."""

HALO = 2.0
"""The ground shows by this much around a smoothed curve, so that it stands out from the raw one."""

MANY_FACES = 4
"""With more faces, raw curve and band are drawn of the selected one alone."""


class ScoreLane(Lane):
    """Fake probability per face: raw thin, smoothed thick with its band; threshold; the spans that stay high on top."""

    name = "score"
    title = "Fake probability"
    hint = "Thin: each frame. Thick: smoothed. Band: eight of ten frames around it. Bars on top: spans that stay high."
    least = 52
    ample = 84
    stretch = 12.0

    def subtitle(self) -> str:
        """Return the name of the run that is laid over."""
        return "" if self.state.second is None else f"- - {self.state.second.name}"

    def marks(self) -> tuple[tuple[float, str], ...]:
        """Return 0, one half and 1."""
        return tuple((self._y(value), text) for value, text in ((1.0, "1"), (0.5, "0.5"), (0.0, "0")))

    def told(self, frame: int) -> str:
        """Return each face's smoothed and raw value."""
        lines = [self._told(track, frame) for track in self.state.lines]
        return "\n".join(line for line in lines if line) or say(self.hint)

    def draw(self, ink: Ink) -> None:
        """Draw all faces, the selected one last."""
        state = self.state
        for value in (0.0, 1.0):
            ink.level(self._y(value), mixed(state.theme.grid, state.theme.plot, 0.6))
        lines = sorted(state.lines, key=lambda track: track.track_id == state.selected)
        cuts = [(track, cut) for track in lines if (cut := track.cut(ink.scale)) is not None]
        detailed = {track.track_id for track in lines if len(lines) <= MANY_FACES or track.track_id == state.selected}
        for track, cut in cuts:
            if track.track_id in detailed:
                self._draw_band(ink, track, cut)
        for track, cut in cuts:
            if track.track_id in detailed:
                self._draw_raw(ink, track, cut)
        for track, cut in cuts:
            self._draw_smoothed(ink, track, cut, detailed=track.track_id in detailed)
        if state.trained:
            self._draw_segments(ink)
        self._draw_second(ink)
        self._draw_threshold(ink)

    def _y(self, value: float) -> float:
        return TOP + (1 - value) * (self.height - TOP - BOTTOM)

    def _color(self, track: TrackLines) -> QColor:
        state = self.state
        color = line_color(track.track_id, state.theme) if state.trained else UNTRAINED_COLOR
        faded = state.selected is not None and track.track_id != state.selected
        return mixed(color, state.theme.plot, FADED_SHARE if faded else 1.0)

    def _spans(self, columns: Columns) -> tuple[np.ndarray, np.ndarray]:
        room = self.height - TOP - BOTTOM
        return TOP + (1 - columns.high) * room, TOP + (1 - columns.low) * room

    def _draw_band(self, ink: Ink, track: TrackLines, cut: Cut) -> None:
        columns = band(cut, track)
        ink.bars(columns.first, *self._spans(columns), mixed(self._color(track), self.state.theme.plot, BAND_SHARE))

    def _draw_raw(self, ink: Ink, track: TrackLines, cut: Cut) -> None:
        raw = cut.columns(track.raw)
        ink.curve(*self._spans(raw), raw, mixed(self._color(track), self.state.theme.plot, RAW_SHARE), 1)

    def _draw_smoothed(self, ink: Ink, track: TrackLines, cut: Cut, *, detailed: bool) -> None:
        """Draw it over all raw curves: no face hides what stays of another."""
        color, state = self._color(track), self.state
        faded = state.selected is not None and track.track_id != state.selected
        width = 2.0 if faded else 2.5
        smoothed = ink.dashed(cut.columns(track.smoothed), tuple(width * part for part in face_dash(track.track_id)))
        if detailed:
            ink.curve(*self._spans(smoothed), smoothed, state.theme.plot, width + HALO)
        ink.curve(*self._spans(smoothed), smoothed, color, width)
        end = len(smoothed) - 1
        value = track.smoothed.values[-1]
        if track.places.frames[-1] <= ink.scale.edges[-1]:
            ink.text(((smoothed.first + end + 1) * ink.column + 5, self._y(float(value))),
                     str(track.track_id), ink_on(color.name()), ground=color.name())  # fmt: skip

    def _draw_segments(self, ink: Ink) -> None:
        """Draw the spans that stay high, a row for each face that has any: none covers another's."""
        selected = self.state.selected
        high = [track for track in self.state.lines if len(track.segments) and selected in (None, track.track_id)]
        for place, track in enumerate(high):
            pitch = SEGMENT_ROOM / len(high)
            ink.spans(track.segments, 1 + place * pitch, max(min(pitch - 1, SEGMENT), 1), self._color(track))

    def _draw_second(self, ink: Ink) -> None:
        """Draw the smoothed curves of the run that is laid over, dashed, and tell its name."""
        second, theme = self.state.second, self.state.theme
        if second is None:
            return
        for track in second.lines:
            cut = track.cut(ink.scale)
            if cut is not None:
                smoothed = ink.dashed(cut.columns(track.smoothed), SECOND_DASH)
                ink.curve(*self._spans(smoothed), smoothed, mixed(theme.text, theme.plot, 0.8), 1.5)
        if self.height >= LEGEND_ROOM:
            words = say("dashed, thin: {name}", name=second.name)
            ink.text((4, self.height - BOTTOM - 8), words, theme.text, ground=theme.plot)

    def _draw_threshold(self, ink: Ink) -> None:
        judged = self.state.judged
        if judged is None or not self.state.trained or judged.verdict.false_positive_rate is None:
            return
        threshold, theme = judged.verdict.threshold, self.state.theme
        ink.level(self._y(threshold), theme.text, dash=(4, 4))
        words = say("threshold {value:.2f}", value=threshold)
        ink.text((ink.width - 4, self._y(threshold) - 7), words, theme.text, right=True, ground=theme.plot)

    def _told(self, track: TrackLines, frame: int) -> str:
        at = int(np.searchsorted(track.places.frames, frame))
        if at >= len(track.places) or track.places.frames[at] != frame:
            return ""
        raw, smoothed = (probability(float(series.values[at])) for series in (track.raw, track.smoothed))
        return say(
            "Face {number}: {smoothed}, this frame alone {raw}", number=track.track_id, smoothed=smoothed, raw=raw
        )
