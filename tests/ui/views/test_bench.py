"""Panels around the picture, and their layout kept."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QDockWidget, QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from lav_gui.ui.views.bench import Bench
from lav_gui.ui.views.picture import PictureView
from lav_gui.ui.views.transport import TransportView


def make() -> Bench:
    areas = {
        "faces": Qt.DockWidgetArea.LeftDockWidgetArea,
        "side": Qt.DockWidgetArea.RightDockWidgetArea,
        "timeline": Qt.DockWidgetArea.BottomDockWidgetArea,
    }
    panels = {name: (name.title(), QWidget(), area) for name, area in areas.items()}
    bench = Bench(PictureView(), QWidget(), TransportView(), panels)
    bench.resize(1280, 640)
    return bench


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    made = make()
    made.show()
    with qtbot.waitExposed(made):
        pass
    yield made
    made.close()
    made.deleteLater()


def dock(bench: Bench, name: str) -> QDockWidget:
    found = bench.findChild(QDockWidget, name)
    assert isinstance(found, QDockWidget)
    return found


def test_the_picture_gets_most_of_the_room(bench: Bench) -> None:
    picture = bench.findChild(PictureView)
    assert picture.width() > 0.5 * bench.width()
    assert picture.height() > 0.4 * bench.height()


def test_each_panel_has_a_switch(bench: Bench) -> None:
    assert [action.text() for action in bench.switches()] == ["Faces", "Side", "Timeline"]
    bench.switches()[0].trigger()
    assert dock(bench, "faces").isHidden()


def test_resetting_brings_all_panels_back(bench: Bench) -> None:
    dock(bench, "faces").close()
    dock(bench, "side").setFloating(True)
    bench.reset()
    assert not dock(bench, "faces").isHidden()
    assert not dock(bench, "side").isFloating()


def test_a_layout_comes_back(bench: Bench, qtbot: QtBot) -> None:
    dock(bench, "side").close()
    state = bench.saveState(1)
    other = make()
    other.restore(state, 1)
    other.show()
    with qtbot.waitExposed(other):
        pass
    assert dock(other, "side").isHidden()
    other.close()


def test_the_panels_of_a_layout_that_came_back_keep_their_heights(bench: Bench, qtbot: QtBot) -> None:
    bench.resizeDocks([dock(bench, "timeline")], [200], Qt.Orientation.Vertical)
    qtbot.waitUntil(lambda: dock(bench, "timeline").height() == 200, timeout=2000)
    other = make()
    other.restore(bench.saveState(1), 1)
    other.show()
    with qtbot.waitExposed(other):
        pass
    qtbot.waitUntil(lambda: dock(other, "timeline") in other._heights._heights, timeout=2000)
    other.resize(1280, 420)
    qtbot.waitUntil(lambda: dock(other, "timeline").height() < 200, timeout=2000)
    other.resize(1280, 640)
    qtbot.waitUntil(lambda: dock(other, "timeline").height() == 200, timeout=2000)
    other.close()


def test_a_layout_that_comes_back_before_there_is_room_has_its_widths(bench: Bench, qtbot: QtBot) -> None:
    bench.resizeDocks([dock(bench, "faces")], [330], Qt.Orientation.Horizontal)
    qtbot.waitUntil(lambda: dock(bench, "faces").width() == 330, timeout=2000)
    state = bench.saveState(1)
    other = make()
    other.resize(640, 480)
    pages = QStackedWidget()
    pages.addWidget(QWidget())
    pages.addWidget(other)
    qtbot.addWidget(pages)
    other.restore(state, 1)
    assert other.kept(1) == state
    pages.resize(1280, 640)
    pages.show()
    pages.setCurrentWidget(other)
    qtbot.waitUntil(lambda: dock(other, "faces").width() == 330, timeout=2000)
    dock(other, "side").close()
    assert other.kept(1) != state


def test_a_spoilt_layout_is_ignored(qtbot: QtBot) -> None:
    other = make()
    other.restore(QByteArray(b"nonsense"), 1)
    other.show()
    with qtbot.waitExposed(other):
        pass
    assert not dock(other, "side").isHidden()
    other.close()


def test_a_panel_behind_another_comes_forward_unless_it_was_folded_away(qtbot: QtBot) -> None:
    left = Qt.DockWidgetArea.LeftDockWidgetArea
    panels = {name: (name.title(), QWidget(), left) for name in ("faces", "videos")}
    made = Bench(PictureView(), QWidget(), TransportView(), panels)
    made.show()
    with qtbot.waitExposed(made):
        pass
    faces, videos = (panels[name][1] for name in ("faces", "videos"))
    qtbot.waitUntil(lambda: faces.visibleRegion().isEmpty() < videos.visibleRegion().isEmpty(), timeout=2000)
    made.bring_forward("videos")
    qtbot.waitUntil(lambda: videos.visibleRegion().isEmpty() < faces.visibleRegion().isEmpty(), timeout=2000)
    dock(made, "videos").close()
    made.bring_forward("videos")
    assert dock(made, "videos").isHidden()
    made.close()
    made.deleteLater()


def test_panels_with_tabs_have_no_titles_of_their_own(qtbot: QtBot) -> None:
    left = Qt.DockWidgetArea.LeftDockWidgetArea
    panels = {name: (name.title(), QWidget(), left) for name in ("faces", "videos", "face")}
    made = Bench(PictureView(), QWidget(), TransportView(), panels)
    made.show()
    with qtbot.waitExposed(made):
        pass
    qtbot.waitUntil(lambda: dock(made, "faces").titleBarWidget() is not None, timeout=2000)
    assert dock(made, "face").titleBarWidget() is None
    dock(made, "videos").close()
    qtbot.waitUntil(lambda: dock(made, "faces").titleBarWidget() is None, timeout=2000)
    made.close()
    made.deleteLater()


@pytest.mark.parametrize(("height", "owner"), [(640, "Left"), (1300, "Bottom")])
def test_a_low_window_gives_the_corner_to_the_left_column(bench: Bench, height: int, owner: str) -> None:
    bench.resize(1280, height)
    assert bench.corner(Qt.Corner.BottomLeftCorner) is Qt.DockWidgetArea[f"{owner}DockWidgetArea"]
