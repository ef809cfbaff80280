"""Drawings of the report as SVG: the timeline, and the stream contributions over time.

Each says what it says without color: thin against thick, solid against dashed, dots against triangles, hatching. All
letters are drawn as outlines of the shipped fonts, so that the page needs no other.
"""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
from matplotlib import rc_context, rcdefaults
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.ticker import FuncFormatter, MaxNLocator, MultipleLocator
from numpy.typing import NDArray

from lav_gui.records import TrackSeries, TrackVerdict
from lav_gui.report import formats
from lav_gui.resources import resource_path

WIDTH_INCHES = 170 / 25.4
_PANEL_INCHES = 0.93
_LANE_INCHES = 0.3
_GAP_INCHES = 0.21
_BELOW_INCHES = 0.4
_CURVE_BINS = 1200
_MOST_TICKS = 400
_CLOCK_SECONDS = 180
_TICK_STEPS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200)

_STRONG, _WEAK, _BAND, _SEGMENT, _SECOND = "#0b4f8a", "#93b3d1", "#c9d9e8", "#e69f00", "#b3470f"
_GRAYS = {_STRONG: "#555555", _WEAK: "#999999", _BAND: "#dddddd", _SEGMENT: "#aaaaaa", _SECOND: "#888888"}


@dataclass(frozen=True, slots=True, eq=False)
class TimelineMarks:
    """What the lane under the curves shows; all times in seconds, as arrays of shape (N,), float64."""

    first: float
    last: float
    keyframes: NDArray[np.float64]
    gaps: NDArray[np.float64]


def timeline(
    tracks: Sequence[TrackVerdict], threshold: float, marks: TimelineMarks, stamp: str = "", *, muted: bool = False
) -> bytes:
    """One panel per track with raw and smoothed curve, band, threshold and segments; under them the stream's lane.

    Parameters
    ----------
    tracks : sequence of TrackVerdict
        At least one.
    threshold : float
        In [0, 1].
    marks : TimelineMarks
    stamp : str
        Printed across each panel.
    muted : bool
        Gray curves, for a network that was never trained.

    Returns
    -------
    bytes
        An SVG file.
    """
    with _drawing():
        figure, rows = _rows([_PANEL_INCHES] * len(tracks) + [_LANE_INCHES])
        for axes, track in zip(rows[:-1], tracks, strict=True):
            _draw_track(axes, track, threshold, muted)
            _stamp(axes, stamp)
            _label(axes, f"Face {track.track_id}:  {formats.score(track.fake_prob)}")
            axes.set_ylim(-0.03, 1.14)
            axes.set_yticks([0, 0.5, 1])
        _draw_lane(rows[-1], marks)
        _finish(rows, (marks.first, marks.last))
        return _svg(figure)


def contributions(
    series: Sequence[TrackSeries], span: tuple[float, float], stamp: str = "", *, muted: bool = False
) -> bytes:
    """One panel per track with both streams' contributions over time, in logit units; parameters as in `timeline`."""
    with _drawing():
        figure, rows = _rows([_PANEL_INCHES] * len(series))
        for axes, track in zip(rows, series, strict=True):
            at = ~np.isnan(track.rgb)
            times, markers = track.seconds[at], 4 if at.sum() <= 150 else 0
            axes.axhline(0, color="black", linewidth=0.6)
            for values, color, line, marker in ((track.rgb, _STRONG, "-", "o"), (track.noise, _SECOND, "--", "^")):
                x, y = _envelope(*_broken(times, values[at]))
                shade = _shade(color, muted)
                axes.plot(x, y, line, color=shade, linewidth=1.1, marker=marker, markersize=markers)
            _stamp(axes, stamp)
            _label(axes, f"Face {track.track_id}")
            axes.yaxis.set_major_locator(MaxNLocator(4))
            axes.margins(y=0.22)
        _finish(rows, span)
        return _svg(figure)


@contextmanager
def _drawing() -> Iterator[None]:
    """The library's own defaults, whatever the user's configuration file says, and reproducible names inside."""
    with rc_context():
        rcdefaults()
        with rc_context(
            {"svg.hashsalt": "lav", "svg.fonttype": "path", "hatch.linewidth": 0.5, "axes.unicode_minus": False}
        ):
            yield


def _font(points: float, bold: bool = False) -> FontProperties:
    name = "NotoSans-Bold.ttf" if bold else "NotoSans-Regular.ttf"
    return FontProperties(fname=str(resource_path("fonts", name)), size=points)


def _rows(heights: Sequence[float]) -> tuple[Figure, list[Axes]]:
    """A figure with one drawing area per row, from the top, all with the same axis of time; heights in inches."""
    total = sum(heights) + _GAP_INCHES * len(heights) + _BELOW_INCHES
    figure = Figure(figsize=(WIDTH_INCHES, total), facecolor="none")
    FigureCanvasSVG(figure)
    left, right = 0.42 / WIDTH_INCHES, 0.06 / WIDTH_INCHES
    rows: list[Axes] = []
    top = total
    for height in heights:
        top -= _GAP_INCHES + height
        place = (left, top / total, 1 - left - right, height / total)
        rows.append(figure.add_axes(place, sharex=rows[0] if rows else None))
    return figure, rows


def _draw_track(axes: Axes, track: TrackVerdict, threshold: float, muted: bool) -> None:
    for segment in track.segments:
        color = _shade(_SEGMENT, muted)
        last = max(segment.last_seconds, segment.first_seconds + 1e-6)
        axes.axvspan(segment.first_seconds, last, facecolor=color, alpha=0.15, linewidth=0)
        axes.axvspan(segment.first_seconds, last, facecolor="none", edgecolor=color, hatch="////", linewidth=0)
        axes.plot([segment.first_seconds, last], [1.09, 1.09], color=color, linewidth=3, solid_capstyle="butt")
    x, low, high = _thinned_band(track.seconds, track.low, track.high)
    axes.fill_between(x, low, high, color=_shade(_BAND, muted), linewidth=0)
    markers = "." if len(track.seconds) <= 3 else ""
    raw = _envelope(*_broken(track.seconds, track.curve))
    axes.plot(*raw, color=_shade(_WEAK, muted), linewidth=0.6, marker=markers, markersize=3)
    smoothed = _envelope(*_broken(track.seconds, track.smoothed))
    axes.plot(*smoothed, color=_shade(_STRONG, muted), linewidth=1.7, marker=markers, markersize=4)
    axes.axhline(threshold, color="black", linewidth=0.8, dashes=(5, 3))


def _draw_lane(axes: Axes, marks: TimelineMarks) -> None:
    axes.set_ylim(0, 2)
    axes.set_yticks([0.5, 1.5], ["gaps", "key"])
    keys = marks.keyframes
    if len(keys) <= _MOST_TICKS:
        axes.vlines(keys, 1.15, 1.85, color="#333333", linewidth=0.7)
    else:
        axes.text(
            0.5, 1.5, f"{len(keys)} key frames: too many to mark", transform=axes.get_yaxis_transform(),
            ha="center", va="center", fontproperties=_font(6.5),
        )  # fmt: skip
    axes.plot(marks.gaps, np.full(len(marks.gaps), 0.5), "x", color="black", markersize=4, linestyle="none")


def _finish(rows: list[Axes], span: tuple[float, float]) -> None:
    first, last = span
    room = max(last - first, 0.04) * 0.01
    clock = last - first > _CLOCK_SECONDS
    rows[0].set_xlim(first - room, last + room)
    for axes in rows:
        axes.set_facecolor("none")
        for side in ("top", "right"):
            axes.spines[side].set_visible(False)
        axes.tick_params(length=2.5, width=0.6, labelbottom=axes is rows[-1])
        axes.xaxis.set_major_locator(MultipleLocator(_tick_step(last - first)))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: _tick_text(value, clock)))
        for label in (*axes.get_xticklabels(), *axes.get_yticklabels()):
            label.set_fontproperties(_font(7))
    unit = "h:min:s" if clock else "s"
    rows[-1].set_xlabel(f"presentation time, {unit}", fontproperties=_font(7), labelpad=2)


def _tick_step(span: float) -> float:
    """A round step that makes at most ten ticks."""
    return next((step for step in _TICK_STEPS if span / step <= 10), _TICK_STEPS[-1] * 10)


def _tick_text(value: float, clock: bool) -> str:
    return formats.timecode(value).split(".")[0].removeprefix("0") if clock else f"{value:g}"


def _label(axes: Axes, text: str) -> None:
    axes.text(0, 1.02, text, transform=axes.transAxes, ha="left", va="bottom", fontproperties=_font(7.5, bold=True))


def _stamp(axes: Axes, stamp: str) -> None:
    if stamp:
        axes.text(
            0.5, 0.5, stamp, transform=axes.transAxes, ha="center", va="center", color="black", alpha=0.28,
            fontproperties=_font(24, bold=True), zorder=10,
        )  # fmt: skip


def _shade(color: str, muted: bool) -> str:
    return _GRAYS[color] if muted else color


def _svg(figure: Figure) -> bytes:
    stream = io.BytesIO()
    figure.savefig(stream, format="svg", metadata={"Date": None, "Creator": None})
    return stream.getvalue()


def _broken(x: NDArray[np.float64], y: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """A curve with NaN where the face was out of sight, so that no line bridges the time in which it was not seen."""
    holes = _holes(x)
    return np.insert(x, holes, np.nan), np.insert(y, holes, np.nan)


def _holes(x: NDArray[np.float64]) -> NDArray[np.intp]:
    """Rows that come after a step of more than three median steps."""
    if len(x) < 2:
        return np.empty(0, dtype=np.intp)
    steps = np.diff(x)
    return np.flatnonzero(steps > 3.001 * np.median(steps)) + 1


def _envelope(x: NDArray[np.float64], y: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """A long curve with fewer points: of each bin the lowest and the highest, so that no peak is lost.

    A bin that holds a break keeps it.
    """
    if len(x) <= 4 * _CURVE_BINS:
        return x, y
    rows = []
    for part in np.array_split(np.arange(len(x)), _CURVE_BINS):
        broken = part[np.isnan(x[part])]
        whole = part[~np.isnan(x[part])]
        ends = [whole[np.argmin(y[whole])], whole[np.argmax(y[whole])]] if len(whole) else []
        rows.append(np.unique(np.concatenate([broken[:1], np.array(ends, dtype=np.intp)])))
    kept = np.concatenate(rows)
    return x[kept], y[kept]


def _thinned_band(
    x: NDArray[np.float64], low: NDArray[np.float64], high: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Band with breaks; where it is long, the widest extent of each bin."""
    holes = _holes(x)
    x, low, high = (np.insert(values, holes, np.nan) for values in (x, low, high))
    if len(x) <= 4 * _CURVE_BINS:
        return x, low, high
    starts = np.linspace(0, len(x), _CURVE_BINS, endpoint=False).astype(np.intp)
    return x[starts], np.minimum.reduceat(low, starts), np.maximum.reduceat(high, starts)
