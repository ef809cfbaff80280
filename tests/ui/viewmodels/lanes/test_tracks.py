"""The curves of faces."""

import numpy as np
import pytest

from lav_gui.ui.viewmodels.lanes.scale import Axis, Scale
from lav_gui.ui.viewmodels.lanes.tracks import band, highest, lines_of
from lav_gui.ui.viewmodels.results import Judged

SCALE = Scale(Axis(56), -0.5, 55.5, 112)


def test_the_curves_are_those_of_the_verdict(judged: Judged) -> None:
    lines = lines_of(judged.verdict)
    for line, track in zip(lines, judged.verdict.tracks, strict=True):
        assert line.smoothed.values == pytest.approx(track.smoothed)
        assert line.raw.values == pytest.approx(track.curve)
        assert line.segments.first.tolist() == [segment.first_frame for segment in track.segments]
    assert lines_of(None) == ()


def test_the_band_encloses_the_smoothed_curve(judged: Judged) -> None:
    line = lines_of(judged.verdict)[0]
    cut = line.cut(SCALE)
    assert cut is not None
    around, smoothed = band(cut, line), cut.columns(line.smoothed)
    seen = ~np.isnan(smoothed.low)
    assert np.all(around.low[seen] <= smoothed.low[seen] + 1e-9)
    assert np.all(around.high[seen] >= smoothed.high[seen] - 1e-9)


def test_the_overview_shows_the_highest_face(judged: Judged) -> None:
    top = highest(lines_of(judged.verdict), SCALE)
    assert len(top) == 112
    assert np.nanmax(top.high) == pytest.approx(max(track.smoothed.max() for track in judged.verdict.tracks))
    assert np.isnan(top.high[-10:]).all()
    assert len(highest((), SCALE)) == 0
