"""Headers: names, folds and moves, by mouse and keyboard."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from lav_gui.ui.views.lane_headers import GUTTER, SMALL_FONT, TEXT_LEFT, LaneHeader
from lav_gui.ui.views.lanes.packets import PacketSizeLane
from lav_gui.ui.views.lanes.score import ScoreLane


@pytest.fixture
def header(qtbot: QtBot) -> Iterator[LaneHeader]:
    parent = QWidget()
    lane = ScoreLane()
    lane.place(0, 500, 60, 1.0)
    made = LaneHeader(lane, parent)
    made.setGeometry(0, 0, GUTTER, 60)
    parent.resize(GUTTER, 200)
    parent.show()
    with qtbot.waitExposed(parent):
        pass
    yield made
    parent.close()
    parent.deleteLater()


def test_it_tells_its_name_and_state(header: LaneHeader) -> None:
    assert header.accessibleName() == "Fake probability, unfolded"
    assert header.accessibleDescription()
    assert header.toolTip().startswith(header.lane.hint)
    header.lane.folded = True
    header.renew()
    assert header.accessibleName() == "Fake probability, folded"


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_keys_fold(header: LaneHeader, qtbot: QtBot, key: Qt.Key) -> None:
    with qtbot.waitSignal(header.fold_asked):
        qtbot.keyClick(header, key)


def test_alt_and_an_arrow_move_and_an_arrow_alone_does_not(header: LaneHeader, qtbot: QtBot) -> None:
    moves: list[int] = []
    header.moved.connect(moves.append)
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
        qtbot.keyClick(header, key, Qt.KeyboardModifier.AltModifier)
        qtbot.keyClick(header, key)
    assert moves == [-1, 1]


def test_a_click_folds_and_a_drag_moves(header: LaneHeader, qtbot: QtBot) -> None:
    left = Qt.MouseButton.LeftButton
    with qtbot.waitSignal(header.fold_asked):
        qtbot.mouseClick(header, left, pos=QPoint(20, 10))
    folds: list[int] = []
    header.fold_asked.connect(lambda: folds.append(1))
    with qtbot.waitSignal(header.dragged) as dragged:
        qtbot.mousePress(header, left, pos=QPoint(20, 10))
        qtbot.mouseMove(header, QPoint(20, 130))
        qtbot.mouseRelease(header, left, pos=QPoint(20, 130))
    assert dragged.args == [130]
    assert folds == []


def test_the_menu_offers_all_that_keys_do(header: LaneHeader) -> None:
    menu = header.menu_now()
    texts = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert texts == ["Fold", "Fold all others", "Move up", "Move down", "As at first"]
    menu.deleteLater()


def test_it_paints_folded_and_unfolded(header: LaneHeader) -> None:
    unfolded = header.grab().toImage()
    header.lane.folded = True
    header.renew()
    assert header.grab().toImage() != unfolded


def test_the_ends_of_the_scale_of_packets_have_room_and_are_in_the_tool_tip(
    header: LaneHeader, monkeypatch: pytest.MonkeyPatch
) -> None:
    ends = "345 B – 123.4 kB"
    monkeypatch.setattr(PacketSizeLane, "subtitle", lambda _: ends)
    header.lane = PacketSizeLane()
    header.renew()
    assert header.toolTip().splitlines()[0] == ends
    font = header.font()
    font.setPixelSize(SMALL_FONT)
    for words in (header.lane.title, ends):
        assert QFontMetrics(font).horizontalAdvance(words) <= GUTTER - TEXT_LEFT - 4
