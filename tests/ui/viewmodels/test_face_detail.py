"""The selected face in the frame at rest."""

import numpy as np
from pytestqt.qtbot import QtBot

from lav_gui.faces.geometry import cut_crop
from lav_gui.records import Frame
from lav_gui.ui.viewmodels.desk import Desk


def analyze(qtbot: QtBot, desk: Desk) -> None:
    with qtbot.waitSignal(desk.analysis.finished, timeout=10_000):
        desk.running.start()


def rest_on(qtbot: QtBot, desk: Desk, index: int) -> None:
    with qtbot.waitSignal(desk.playback.rested, timeout=5000, check_params_cb=lambda frame: frame.index == index):
        desk.playback.seek(index)


def test_at_rest_the_crop_is_the_one_the_network_saw(qtbot: QtBot, opened: Desk) -> None:
    analyze(qtbot, opened)
    opened.selection.select(2)
    rest_on(qtbot, opened, 8)
    detail, result = opened.detail.value, opened.scene.result()
    assert detail is not None
    assert result is not None
    shown = opened.playback.shown
    assert isinstance(shown, Frame)
    assert detail.track_id == 2
    assert np.array_equal(detail.crop, cut_crop(shown.image, result.faces[1].frame_from_crop, 299))
    assert detail.residual.shape == (299, 299, 3)
    assert detail.contributions == result.faces[1].contributions


def test_without_a_selection_the_first_face_is_shown(qtbot: QtBot, opened: Desk) -> None:
    analyze(qtbot, opened)
    rest_on(qtbot, opened, 8)
    assert opened.detail.value is not None
    assert opened.detail.value.track_id == 1


def test_a_face_that_is_not_in_the_frame_and_a_frame_without_result_show_nothing(qtbot: QtBot, opened: Desk) -> None:
    analyze(qtbot, opened)
    rest_on(qtbot, opened, 9)
    assert opened.detail.value is None
    opened.selection.select(77)
    rest_on(qtbot, opened, 10)
    assert opened.detail.value is None


def test_a_result_that_comes_while_the_frame_rests_is_shown(qtbot: QtBot, opened: Desk) -> None:
    rest_on(qtbot, opened, 4)
    analyze(qtbot, opened)
    assert opened.detail.value is not None
