"""The score lane paints what was judged, a bar for each pixel column and curve."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from PySide6.QtGui import QColor

from lav_gui.ui.colors import LIGHT, UNTRAINED_COLOR, line_color
from lav_gui.ui.viewmodels.lanes.spans import spans_of
from lav_gui.ui.viewmodels.lanes.tracks import lines_of
from lav_gui.ui.viewmodels.results import Judged
from lav_gui.ui.viewmodels.second_run import SecondRun
from lav_gui.ui.viewmodels.timeline_state import TimelineState
from lav_gui.ui.views.lanes.ink import mixed
from lav_gui.ui.views.lanes.score import BOTTOM, RAW_SHARE, TOP, ScoreLane

Draw = Callable[..., Any]


def colors(ink: Any) -> list[str]:
    return [QColor(paint).name() for _, paint in ink.filled]


def test_each_face_has_a_band_a_raw_and_a_smoothed_curve(draw: Draw, state: TimelineState) -> None:
    ink = draw(ScoreLane(), state)
    assert len(ink.filled) == 2 + 2 * 3 + 1  # bands, curves with a halo, the span of face 1
    assert all(len(rows) <= 561 for rows, _ in ink.filled)


def test_smoothed_curves_lie_over_all_raw_ones(draw: Draw, state: TimelineState) -> None:
    shown = colors(draw(ScoreLane(), state))
    raw, thick = [], []
    for track in state.lines:
        color = line_color(track.track_id, LIGHT)
        raw.append(shown.index(mixed(color, LIGHT.plot, RAW_SHARE).name()))
        thick.append(shown.index(color.lower()))
    assert max(raw) < min(thick)


def test_spans_of_faces_that_stay_high_at_once_cover_none_of_each_other(draw: Draw, state: TimelineState) -> None:
    span = spans_of([(5, 20)])
    lines = tuple(replace(track, segments=span) for track in state.lines)
    filled = [rows for rows, _ in draw(ScoreLane(), replace(state, lines=lines)).filled]
    bars = [rows[0] for rows in filled if len(rows) == 1 and rows[0, 2] == 160]
    assert len(bars) == len(lines) > 1
    for (_, above, _, height), (_, below, _, _) in pairwise(bars):
        assert above + height <= below
    assert bars[-1][1] + bars[-1][3] <= TOP


def test_the_thick_curve_lies_where_the_smoothed_values_are(draw: Draw, state: TimelineState) -> None:
    ink = draw(ScoreLane(), state.with_selected(1))
    rows = next(rows for rows, paint in ink.filled[::-1] if QColor(paint).name() == line_color(1, LIGHT).lower()
                and len(rows) > 100)  # fmt: skip
    line = state.lines[0]
    for frame, value in zip(line.places.frames[1:-1], line.smoothed.values[1:-1], strict=True):
        at = rows[np.argmin(np.abs(rows[:, 0] - 10 * (frame + 0.5)))]
        y = TOP + (1 - value) * (80 - TOP - BOTTOM)
        assert at[1] - 0.5 <= y <= at[1] + at[3] + 0.5


def test_untrained_curves_are_gray_and_have_neither_threshold_nor_spans(
    draw: Draw, state: TimelineState, judged: Judged
) -> None:
    untrained = replace(judged.facts, weights=replace(judged.facts.weights, trained=False))
    ink = draw(ScoreLane(), state.with_judged(replace(judged, facts=untrained)))
    assert all(QColor(paint).hsvSaturation() <= 3 for _, paint in ink.filled)
    assert UNTRAINED_COLOR in colors(ink)
    assert not [words for words in ink.written if "threshold" in words]
    assert "threshold 0.60" in draw(ScoreLane(), state).written


def test_the_selected_face_stands_out_and_is_drawn_last(draw: Draw, state: TimelineState) -> None:
    found = colors(draw(ScoreLane(), state.with_selected(2)))
    full = [line_color(number, LIGHT).lower() for number in (1, 2)]
    assert full[0] not in found
    assert found[-1] == full[1]


def test_of_many_faces_only_the_selected_has_detail(draw: Draw, state: TimelineState) -> None:
    many = tuple(replace(state.lines[0], track_id=number) for number in range(1, 9))
    few = draw(ScoreLane(), replace(state, lines=many, selected=None))
    assert len([rows for rows, _ in few.filled if len(rows) > 100]) == 8
    one = draw(ScoreLane(), replace(state, lines=many, selected=3))
    assert len([rows for rows, _ in one.filled if len(rows) > 100]) == 11


def test_a_run_laid_over_is_dashed_and_named(draw: Draw, state: TimelineState, judged: Judged) -> None:
    lane = ScoreLane()
    second = SecondRun(2, "run 2: other", lines_of(judged.verdict))
    before = len(draw(lane, state).filled)
    ink = draw(lane, replace(state, second=second))
    added = ink.filled[before:]
    assert len(added) == 2
    shares = [len(rows) / len(ink.filled[0][0]) for rows, _ in added]
    assert shares == pytest.approx([5 / 8] * 2, abs=0.1)
    assert lane.subtitle() == "- - run 2: other"


def test_a_frame_is_told_in_words(draw: Draw, state: TimelineState) -> None:
    lane = ScoreLane()
    draw(lane, state)
    assert lane.told(4).startswith("Face 1: 0.9")
    assert "Face 2: 0.1" in lane.told(4)
    assert lane.told(5) == lane.hint
    assert [text for _, text in lane.marks()] == ["1", "0.5", "0"]


def test_a_long_run_is_drawn_with_few_bars(draw: Draw, state: TimelineState, judged: Judged) -> None:
    count = 100_000
    frames, column = np.arange(count, dtype=np.int64), np.random.default_rng(0).random(count)
    columns = dict.fromkeys(("seconds", "curve", "smoothed", "low", "high"), column)
    track = replace(judged.verdict.tracks[0], frame_index=frames, frame_count=count, **columns)
    lines = lines_of(replace(judged.verdict, tracks=(track,)))
    ink = draw(ScoreLane(), replace(state, lines=lines), (0.0, count))
    assert max(len(rows) for rows, _ in ink.filled) <= 560
