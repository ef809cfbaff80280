"""The table of faces."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from lav_gui.ui.viewmodels.desk import Desk
from lav_gui.ui.viewmodels.faces import SORT_ROLE, STATE_ROLE, THUMB_ROLE, TRACK_ROLE, Column, FacesModel
from lav_gui.ui.viewmodels.thumbs import Thumb
from lav_gui.verdict.sentences import say
from tests.ui.conftest import is_judged


def analyzed(qtbot: QtBot, desk: Desk) -> FacesModel:
    with qtbot.waitSignal(desk.analysis.finished, timeout=10_000):
        desk.running.start()
    qtbot.waitUntil(lambda: is_judged(desk), timeout=5000)
    return desk.faces


def test_it_keeps_the_rules_of_qts_models(qtbot: QtBot, opened: Desk, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(analyzed(qtbot, opened))


def test_each_cell_has_words_and_a_key_to_sort_by(qtbot: QtBot, opened: Desk) -> None:
    model = analyzed(qtbot, opened)
    assert model.rowCount() == 2
    first = {column: model.data(model.index(0, column)) for column in Column}
    assert first[Column.FACE] == "Face 1"
    assert first[Column.FRAMES] == "28"
    assert first[Column.SPAN] == "0–54"
    scores = [model.data(model.index(row, Column.SCORE), SORT_ROLE) for row in range(2)]
    assert scores[0] > scores[1]
    assert model.data(model.index(1, 0), TRACK_ROLE) == 2
    assert model.headerData(0, Qt.Orientation.Horizontal) == "Face"


def test_unticking_a_face_asks_to_leave_it_out(qtbot: QtBot, opened: Desk) -> None:
    model = analyzed(qtbot, opened)
    cell = model.index(1, Column.FACE)
    assert model.data(cell, Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
    with qtbot.waitSignal(model.include_asked) as asked:
        model.setData(cell, Qt.CheckState.Unchecked.value, Qt.ItemDataRole.CheckStateRole)
    assert asked.args == [2, False]
    qtbot.waitUntil(lambda: model.data(cell, Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Unchecked, timeout=5000)
    assert model.data(model.index(1, Column.SCORE)) == "left out"
    assert str(model.data(model.index(1, 0), STATE_ROLE)).startswith("not judged · left out · ")
    assert model.data(model.index(1, Column.SCORE), Qt.ItemDataRole.ToolTipRole) == (
        "Left out by the examiner: face 2."
    )


def test_a_read_only_case_cannot_be_ticked(qtbot: QtBot, opened: Desk) -> None:
    model = analyzed(qtbot, opened)
    model.set_editable(False)
    assert not model.flags(model.index(0, Column.FACE)) & Qt.ItemFlag.ItemIsUserCheckable


def test_untrained_weights_count_no_spans(
    qtbot: QtBot, make_desk: Callable[..., Desk], untrained_analysis: object, demo_clip: object
) -> None:
    desk = make_desk(untrained_analysis)
    with qtbot.waitSignal(desk.opening.ready, timeout=10_000):
        desk.open(demo_clip)  # type: ignore[arg-type]
    model = analyzed(qtbot, desk)
    assert model.data(model.index(0, Column.SEGMENTS)) == "—"


def test_the_state_of_a_face_is_said_in_words(qtbot: QtBot, opened: Desk) -> None:
    model = analyzed(qtbot, opened)
    opened.playback.seek(10)
    qtbot.waitUntil(lambda: len(opened.scene.scene.marks) == 2, timeout=5000)
    states = [model.data(model.index(row, 0), STATE_ROLE) for row in range(2)]
    assert states == ["high once · here · 28 frames", "never high · here · 28 frames"]
    opened.playback.seek(11)
    qtbot.waitUntil(lambda: opened.scene.scene.marks == (), timeout=5000)
    assert model.data(model.index(1, 0), STATE_ROLE) == "never high · 28 frames"
    spoken = model.data(model.index(1, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Face: Face 2, never high · 28 frames"


def test_a_picture_is_shown_with_its_face_and_told_to_the_views(qtbot: QtBot, opened: Desk) -> None:
    model = analyzed(qtbot, opened)
    thumb = Thumb(2, 4, np.zeros((96, 96, 3), np.uint8))
    with qtbot.waitSignal(model.dataChanged):
        model.show_thumb(thumb)
    assert model.data(model.index(1, 0), THUMB_ROLE) is thumb
    assert str(model.data(model.index(1, 0), Qt.ItemDataRole.ToolTipRole)).endswith("; picture of frame 4")
    model.clear_thumbs()
    assert model.data(model.index(0, 0), THUMB_ROLE) is None


def test_a_face_that_the_verdict_did_not_judge_says_so_with_the_reason(qtbot: QtBot, opened: Desk) -> None:
    model = analyzed(qtbot, opened)
    judged = opened.results.judged
    assert judged is not None
    why = "Outside the tested conditions and not judged: face 1."
    score = str(model.data(model.index(0, Column.SCORE)))
    model.show(replace(judged, verdict=replace(judged.verdict, unjudged=((1, say("faces_outside", tracks="1")),))))
    row = {column: model.index(0, column) for column in Column}
    assert model.data(row[Column.SCORE]) == f"({score})"
    assert model.data(row[Column.INTERVAL]) == model.data(row[Column.SEGMENTS]) == "—"
    assert str(model.data(row[Column.FACE], STATE_ROLE)).startswith("not judged · ")
    assert all(str(model.data(cell, Qt.ItemDataRole.ToolTipRole)).endswith(why) for cell in row.values())
    spoken = {column: str(model.data(cell, Qt.ItemDataRole.AccessibleTextRole)) for column, cell in row.items()}
    assert spoken[Column.SCORE] == f"Score: ({score}), not judged"
    assert spoken[Column.FACE].startswith("Face: Face 1, not judged · ")
    assert spoken[Column.FACE].endswith(why)
    assert model.data(model.index(1, Column.SCORE), Qt.ItemDataRole.ToolTipRole) is None
    for column in (Column.SCORE, Column.INTERVAL, Column.SEGMENTS):
        assert model.data(row[column], SORT_ROLE) < model.data(model.index(1, column), SORT_ROLE)
