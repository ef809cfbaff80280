"""The list of videos, in words."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from lav_gui.records import VerdictState
from lav_gui.ui.viewmodels.videos import VideoColumn, VideoRow, VideosModel, VideoState, state_words

ROWS = (
    VideoRow(1, "a.mp4", VideoState.DONE, is_shown=True, faces=2, verdict=VerdictState.INCONCLUSIVE, detail="/v/a.mp4"),
    VideoRow(2, "b.mp4", VideoState.FAILED, reason="The disk is full."),
    VideoRow(None, "c.mp4", VideoState.READING, fraction=0.1),
)


@pytest.fixture
def model() -> VideosModel:
    made = VideosModel()
    made.show(ROWS)
    return made


def test_it_keeps_the_rules_of_qts_models(model: VideosModel, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(model)


def test_each_cell_has_words(model: VideosModel) -> None:
    texts = [[model.data(model.index(row, column)) for column in VideoColumn] for row in range(3)]
    assert texts == [
        ["a.mp4", "Analyzed", "2", "Inconclusive"],
        ["b.mp4", "Failed", "—", "—"],
        ["c.mp4", "Reading, 10 %", "—", "—"],
    ]
    assert model.data(model.index(1, VideoColumn.STATE), Qt.ItemDataRole.ToolTipRole) == "Failed: The disk is full."
    assert model.data(model.index(0, 0), Qt.ItemDataRole.ToolTipRole) == "/v/a.mp4"
    assert model.data(model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole) == "Video: a.mp4, on screen"
    assert model.headerData(1, Qt.Orientation.Horizontal) == "State"


def test_a_verdict_on_a_part_says_so(model: VideosModel) -> None:
    model.show((VideoRow(1, "a.mp4", VideoState.PARTIAL, fraction=0.4, verdict=VerdictState.INCONCLUSIVE),))
    assert model.data(model.index(0, VideoColumn.VERDICT)) == "Inconclusive, so far"
    assert model.data(model.index(0, VideoColumn.STATE)) == "Stopped at 40 %"


def test_progress_changes_rows_in_place_and_other_videos_reset_them(model: VideosModel) -> None:
    told: list[str] = []
    model.dataChanged.connect(lambda *_: told.append("data"))
    model.modelReset.connect(lambda: told.append("reset"))
    model.show(ROWS)
    model.show((*ROWS[:2], VideoRow(None, "c.mp4", VideoState.READING, fraction=0.2)))
    model.show(ROWS[:2])
    assert told == ["data", "reset"]
    assert model.shown_row == 0


@pytest.mark.parametrize("state", VideoState)
def test_every_state_has_words(state: VideoState) -> None:
    assert state_words(VideoRow(1, "a.mp4", state, fraction=0.5, place=2))
