"""The queue as a list: order, states, times."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from lav_gui.settings import AnalysisSettings
from lav_gui.ui.viewmodels.queue import KEY_ROLE, QueueColumn, QueueItem, QueueModel, Turn, TurnState


@pytest.fixture
def model() -> QueueModel:
    made = QueueModel()
    for name in "abc":
        made.add(QueueItem(name, f"{name}.mp4", AnalysisSettings(), 60.0))
    return made


def order(model: QueueModel) -> str:
    return "".join(item.sha256 for item in model.items)


def states(model: QueueModel) -> list[str]:
    return [str(model.data(model.index(row, QueueColumn.STATE))) for row in range(model.rowCount())]


def test_it_keeps_the_rules_of_qts_models(model: QueueModel, qtmodeltester: ModelTester) -> None:
    model.begin("b")
    qtmodeltester.check(model)


def test_videos_move_among_those_that_wait(model: QueueModel) -> None:
    model.begin("a")
    model.move("c", -1)
    assert order(model) == "acb"
    model.move("c", -1)
    assert order(model) == "acb"
    model.move("a", 1)
    assert order(model) == "acb"
    model.move("c", 1)
    assert order(model) == "abc"
    assert [model.place(key) for key in "abc"] == [0, 1, 2]


def test_a_turn_moves_to_the_top_and_tells_how_far_it_is(model: QueueModel) -> None:
    model.begin("b")
    assert order(model) == "bac"
    assert states(model) == ["Preparing…", "Waiting", "Waiting"]
    model.show_turn(Turn(TurnState.RUNNING, 0.25, 12.0))
    assert states(model)[0] == "Analyzing, 25 %"
    assert model.seconds_left == pytest.approx(132)
    model.show_turn(Turn(TurnState.STOPPING, 0.25, 12.0))
    assert states(model)[0] == "Stopping…"
    model.end()
    assert order(model) == "ac"


def test_what_failed_stays_at_the_end_with_its_reason(model: QueueModel) -> None:
    model.begin("a")
    model.end(reason="The disk is full.")
    assert order(model) == "bca"
    assert states(model)[-1] == "Failed: The disk is full."
    assert [item.sha256 for item in model.waiting] == ["b", "c"]
    model.set_pace(0.5)
    assert model.seconds_left == pytest.approx(60)
    model.add(QueueItem("d", "d.mp4", AnalysisSettings()))
    assert order(model) == "bcda"
    assert model.seconds_left is None
    model.begin("a")
    assert model.current is not None
    assert model.current.reason == ""


def test_what_is_gone_on_with_later_waits_first_and_pausing_ends_with_the_queue(model: QueueModel) -> None:
    model.begin("b")
    model.pause(True)
    model.end(keep=True, frames=20.0)
    assert order(model) == "bac"
    assert model.seconds_left == pytest.approx(140)
    assert states(model) == ["Paused"] * 3
    for key in "abc":
        model.remove(key)
    model.add(QueueItem("d", "d.mp4", AnalysisSettings()))
    model.begin("d")
    model.end()
    assert not model.paused


def test_the_current_one_is_neither_removed_nor_added_again(model: QueueModel) -> None:
    model.begin("a")
    model.remove("a")
    model.add(QueueItem("a", "a.mp4", AnalysisSettings()))
    assert order(model) == "abc"
    model.add(QueueItem("c", "c.mp4", AnalysisSettings(min_face_px=99)), first=True)
    assert order(model) == "acb"
    assert model.items[1].settings.min_face_px == 99


def test_a_kept_queue_comes_back_paused_unless_something_runs(model: QueueModel) -> None:
    kept = [QueueItem("x", "x.mp4", AnalysisSettings()), QueueItem("a", "a.mp4", AnalysisSettings())]
    model.show(kept, paused=True)
    assert (order(model), model.paused) == ("xa", True)
    model.pause(False)
    model.begin("x")
    model.show(kept, paused=True)
    assert (order(model), model.paused) == ("xa", False)


def test_each_cell_has_words(model: QueueModel) -> None:
    model.begin("a")
    row = {column: model.data(model.index(1, column)) for column in QueueColumn}
    assert row == {QueueColumn.VIDEO: "b.mp4", QueueColumn.STATE: "Waiting", QueueColumn.LEFT: "1 min"}
    assert model.data(model.index(1, 0), KEY_ROLE) == "b"
    spoken = model.data(model.index(1, QueueColumn.LEFT), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Time left: 1 min"
    assert model.headerData(0, Qt.Orientation.Horizontal) == "Video"
    assert model.headerData(0, Qt.Orientation.Vertical) is None
