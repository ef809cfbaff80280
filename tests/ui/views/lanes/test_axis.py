"""The axis: texts and frames in memory."""

from collections.abc import Callable
from typing import Any

from lav_gui.ui.viewmodels.lanes.spans import spans_of
from lav_gui.ui.viewmodels.timeline_state import TimelineState
from lav_gui.ui.views.lanes.axis import AxisStrip


def test_it_has_texts_and_a_line_over_what_is_in_memory(draw: Callable[..., Any], state: TimelineState) -> None:
    axis = AxisStrip()
    axis.show_cached(spans_of([(10, 19), (30, 30)]))
    ink = draw(axis, state)
    assert ink.written[0].startswith("0 · 0:00")
    assert len(ink.written) == 3
    assert ink.filled[-1][0][:, [0, 2]].tolist() == [[100, 100], [300, 10]]
    assert len(axis.cached) == 2
