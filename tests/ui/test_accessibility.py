"""Every control has a name that a screen reader can read, and the keyboard reaches every control."""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QApplication,
    QComboBox,
    QDialog,
    QDockWidget,
    QMainWindow,
    QMenu,
    QMenuBar,
    QScrollBar,
    QTabBar,
    QTableView,
    QToolBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from lav_gui.ui.action_table import ACTIONS
from lav_gui.ui.colors import DARK, LIGHT, Theme
from lav_gui.ui.main_window import MainWindow
from lav_gui.ui.style import apply_theme
from lav_gui.ui.viewmodels.desk import Desk
from tests.ui.conftest import is_judged

DIALOGS = ("file.settings", "help.shortcuts", "help.about", "help.keys", "notes.add")
"""Actions that open a dialog of ours; one that is not in the table is passed over."""

MOST_STEPS = 400


@pytest.fixture
def window(
    qtbot: QtBot, make_window: Callable[..., MainWindow], make_desk: Callable[..., Desk], analysis: Any, demo_clip: Path
) -> MainWindow:
    """The window with an analyzed video and a selected face."""
    desk = make_desk(analysis)
    made = make_window(desk)
    made.resize(1280, 720)
    with qtbot.waitSignals([desk.analysis.finished, desk.casefile.shown], timeout=60_000):
        desk.open(demo_clip, analyze=True)
    qtbot.waitUntil(lambda: is_judged(desk), timeout=20_000)
    desk.selection.select(1)
    made.activateWindow()
    return made


def dialogs_of(window: MainWindow) -> Iterator[QDialog]:
    """Our dialogs, opened one after the other."""
    known = {spec.name for spec in ACTIONS}
    for name in DIALOGS:
        if name in known:
            before = set(window.findChildren(QDialog))
            window.named_actions[name].trigger()
            (dialog,) = (each for each in window.findChildren(QDialog) if each not in before)
            yield dialog
            dialog.reject()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def controls(root: QWidget) -> list[QWidget]:
    """What the keyboard can reach in a window, but the insides of Qt's own compound controls."""
    found = []
    for widget in root.findChildren(QWidget):
        if widget.window() is not root.window() or not widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            continue
        inside = widget.objectName().startswith("qt_") or isinstance(widget, QMenu | QMenuBar | QMainWindow)
        if not inside and widget.focusProxy() is None:
            found.append(widget)
    return found


def name_of(widget: QWidget) -> str:
    """What a screen reader says of a control."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return "" if interface is None else interface.text(QAccessible.Text.Name)


def told(widget: QWidget) -> str:
    holder = widget.parentWidget()
    return f"{type(widget).__name__} {widget.objectName()!r} in {type(holder).__name__}"


def test_every_control_of_the_window_has_a_name(window: MainWindow) -> None:
    assert len(controls(window)) > 30
    assert [told(widget) for widget in controls(window) if not name_of(widget)] == []


def test_every_control_of_the_dialogs_has_a_name_and_the_tab_key_reaches_it(
    window: MainWindow,
) -> None:
    found = 0
    for dialog in dialogs_of(window):
        assert dialog.windowTitle()
        assert [told(widget) for widget in controls(dialog) if not name_of(widget)] == []
        seen = visited(dialog)
        assert [told(widget) for widget in reachable(dialog) if widget not in seen] == []
        found += 1
    assert found >= 3


def visited(root: QWidget) -> set[QWidget]:
    """Where the tab key leads, one after the other, until it comes round."""
    seen: list[QWidget] = []
    root.activateWindow()
    reachable(root)[0].setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range(MOST_STEPS):
        here = root.focusWidget()
        if here is None or here in seen[:1]:
            break
        seen.append(here)
        root.focusNextChild()
    return set(seen)


def reachable(root: QWidget) -> list[QWidget]:
    """Controls that are shown and can be used now."""
    return [widget for widget in controls(root) if widget.isVisible() and widget.isEnabled()]


def test_no_button_is_for_the_mouse_alone(window: MainWindow) -> None:
    shut = [
        told(widget)
        for kind in (QAbstractButton, QComboBox, QAbstractSlider)
        for widget in window.findChildren(kind)
        if not widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not widget.objectName().startswith("qt_")
        and not isinstance(widget, QScrollBar)
        and not isinstance(widget.parentWidget(), QTabBar | QDockWidget | QTableView)
    ]
    assert shut == []


def test_the_tab_key_reaches_every_control_of_the_window(window: MainWindow) -> None:
    seen = visited(window)
    assert [told(widget) for widget in reachable(window) if widget not in seen] == []


def ring_of(widget: QWidget) -> set[str]:
    """The colors that come where the control with the focus has it, with five pixels or more."""
    window = widget.window()
    QCoreApplication.processEvents()  # a panel that was behind another comes to the front
    holder = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size()).adjusted(-3, -3, 3, 3)
    focused = window.grab(holder).toImage()
    widget.clearFocus()
    without = window.grab(holder).toImage()
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    places = [(x, y) for y in range(focused.height()) for x in range(focused.width())]
    changed = Counter(focused.pixelColor(x, y).name() for x, y in places if focused.pixel(x, y) != without.pixel(x, y))
    return {color for color, count in changed.items() if count >= 5}


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_every_control_shows_that_it_has_the_focus(window: MainWindow, qapp: QApplication, theme: Theme) -> None:
    apply_theme(qapp, theme)
    marks, bare, count = {theme.accent, theme.text}, set(), len(reachable(window))
    for _ in range(count):
        window.focusNextChild()
        widget = window.focusWidget()
        if not ring_of(widget) & marks:
            bare.add(f"{told(widget)} {name_of(widget)}")
    assert count > 30
    assert bare == set()


def test_the_tab_key_goes_through_the_window_as_the_eye_does(window: MainWindow) -> None:
    views = window.views
    regions = (views.videos, views.faces, views.strip, views.transport, views.timeline, views.tables, views.side)
    order = []
    window.findChild(QToolBar).setFocus()
    for _ in reachable(window):
        window.focusNextChild()
        here = next((region for region in regions if region.isAncestorOf(window.focusWidget())), None)
        if here is not None and order[-1:] != [here]:
            order.append(here)
    start = order.index(views.videos)
    assert [*order[start:], *order[:start]][: len(regions)] == list(regions)


def test_the_whole_verdict_can_be_read_without_seeing_it(window: MainWindow) -> None:
    card = window.views.side.verdict
    interface = QAccessible.queryAccessibleInterface(card)
    assert interface.text(QAccessible.Text.Name) == "Verdict"
    description = interface.text(QAccessible.Text.Description)
    for part in ("95 % interval", "Speaks for manipulation", "Speaks against", "Not judged"):
        assert part in description
