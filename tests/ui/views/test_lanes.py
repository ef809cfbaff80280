"""The lanes paint what was judged."""

from dataclasses import replace

import numpy as np
import pyqtgraph as pg
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

from lav_gui.records import FrameIndex
from lav_gui.ui.colors import DARK, LIGHT, line_color
from lav_gui.ui.viewmodels.results import Judged
from lav_gui.ui.views.lanes import (
    BREAK_STRIDES,
    ContributionLane,
    ScoreLane,
    TimelineState,
    broken,
    contribution_series,
)


@pytest.fixture
def plot(qapp: QApplication) -> pg.PlotItem:
    widget = pg.PlotWidget()
    plot = widget.getPlotItem()
    plot.keep = widget
    return plot


def state(judged: Judged | None, selected: int | None = None) -> TimelineState:
    index: FrameIndex | None = None
    return TimelineState(index, judged, selected, LIGHT)


def lines(plot: pg.PlotItem) -> list[pg.PlotDataItem]:
    return [item for item in plot.listDataItems() if item.getData()[0] is not None and len(item.getData()[0])]


@given(st.lists(st.integers(1, 50), min_size=2, max_size=60))
def test_a_curve_is_broken_exactly_where_the_face_was_away(steps: list[int]) -> None:
    index = np.cumsum([0, *steps]).astype(np.int64)
    values = np.linspace(0, 1, len(index))
    x, y = broken(index, values)
    kept = ~np.isnan(y)
    assert np.array_equal(x[kept], index)
    assert np.array_equal(y[kept], values)
    assert np.all(np.diff(x) > 0)
    assert int(np.isnan(y).sum()) == int(np.sum(np.diff(index) > BREAK_STRIDES * np.median(np.diff(index))))


def test_each_face_has_a_raw_and_a_smoothed_curve(plot: pg.PlotItem, judged: Judged) -> None:
    lane = ScoreLane(plot)
    lane.renew(state(judged))
    drawn = lines(plot)
    assert len(drawn) == 4
    assert sorted(item.opts["pen"].widthF() for item in drawn) == [1, 1, 2.5, 2.5]
    first = judged.verdict.tracks[0]
    assert np.allclose(drawn[1].getOriginalDataset()[1], first.smoothed)


def test_untrained_curves_are_gray_and_have_neither_threshold_nor_spans(
    plot: pg.PlotItem, judged: Judged, request: pytest.FixtureRequest
) -> None:
    untrained = replace(judged.facts, weights=replace(judged.facts.weights, trained=False))
    lane = ScoreLane(plot)
    lane.renew(state(Judged(judged.verdict, judged.measured, untrained, 28)))
    for item in lines(plot):
        color = item.opts["pen"].color()
        assert color.red() == color.green() == color.blue()
    assert not [item for item in plot.items if isinstance(item, pg.InfiniteLine)]


def test_the_selected_face_stands_out(plot: pg.PlotItem, judged: Judged) -> None:
    lane = ScoreLane(plot)
    lane.renew(state(judged, selected=2))
    colors = [item.opts["pen"].color().name() for item in lines(plot)]
    full = [line_color(number, LIGHT).lower() for number in (1, 2)]
    assert colors[3] == full[1]
    assert full[0] not in colors
    assert all(item.opts["pen"].color().alpha() == 255 for item in lines(plot))


def test_renewing_keeps_no_old_curve(plot: pg.PlotItem, judged: Judged) -> None:
    lane = ScoreLane(plot)
    for theme in (LIGHT, DARK):
        lane.renew(TimelineState(None, judged, None, theme))
    count = len(plot.items)
    lane.renew(state(judged))
    assert len(plot.items) == count
    lane.renew(state(None))
    assert lines(plot) == []


def test_contributions_are_those_of_the_selected_else_of_the_highest_face(judged: Judged) -> None:
    for selected, shown in ((None, 1), (1, 1), (2, 2)):
        series = contribution_series(state(judged, selected))
        assert series is not None
        assert series.track_id == shown
    assert contribution_series(state(judged, 9)) is None
    assert contribution_series(state(None)) is None


def test_a_higher_face_that_was_never_measured_does_not_empty_the_lane(judged: Judged) -> None:
    shown = contribution_series(state(judged))
    assert shown is not None
    blank = np.full(len(shown), np.nan)
    unmeasured = replace(shown, rgb=blank, noise=blank, interaction=blank)
    others = tuple(series for series in judged.measured if series.track_id != shown.track_id)
    fallback = contribution_series(state(replace(judged, measured=(unmeasured, *others))))
    assert fallback is not None
    assert fallback.track_id == others[0].track_id


def test_contributions_are_drawn_where_they_were_measured(plot: pg.PlotItem, judged: Judged) -> None:
    lane = ContributionLane(plot)
    lane.renew(state(judged))
    rgb, noise = lines(plot)
    series = judged.measured[0]
    measured = ~np.isnan(series.rgb)
    assert np.allclose(rgb.getOriginalDataset()[1], series.rgb[measured])
    assert np.allclose(noise.getOriginalDataset()[1], series.noise[measured])
    assert "face 1" in lane.entitle(state(judged))


def test_a_very_long_run_is_drawn_with_few_points(plot: pg.PlotItem, judged: Judged) -> None:
    count = 100_000
    index = np.arange(count, dtype=np.int64)
    column = np.linspace(0, 1, count)
    columns = dict.fromkeys(("seconds", "curve", "smoothed", "low", "high"), column)
    track = replace(judged.verdict.tracks[0], frame_index=index, frame_count=count, **columns)
    verdict = replace(judged.verdict, tracks=(track,))
    plot.keep.resize(800, 200)
    plot.keep.show()
    plot.setXRange(0, count)
    ScoreLane(plot).renew(state(Judged(verdict, judged.measured, judged.facts, count)))
    drawn = [len(item.curve.getData()[0]) for item in lines(plot)]
    plot.keep.close()
    assert all(0 < points < 20_000 for points in drawn)
