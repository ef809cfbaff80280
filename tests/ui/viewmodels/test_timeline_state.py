"""What the timeline shows changes one thing at a time."""

from lav_gui.ui.colors import DARK
from lav_gui.ui.viewmodels.results import Judged
from lav_gui.ui.viewmodels.timeline_state import TimelineState


def test_a_verdict_brings_curves_faces_and_streams(judged: Judged) -> None:
    state = TimelineState().with_judged(judged)
    assert [line.track_id for line in state.lines] == [1, 2]
    assert state.streams is not None
    assert state.streams.track_id == 1
    assert len(state.faces.rows) == 2
    assert state.trained
    selected = state.with_selected(2)
    assert selected.streams is not None
    assert selected.streams.track_id == 2
    assert selected.lines is state.lines
    assert state.with_theme(DARK).theme is DARK
    assert not state.with_judged(None).lines
