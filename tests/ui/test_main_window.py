"""The window as a whole: pages, drops, layout, closing, and life without torch."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QMenu, QSlider
from pytestqt.qtbot import QtBot

from lav_gui.ui.colors import DARK
from lav_gui.ui.main_window import MainWindow, first_file
from lav_gui.ui.style import apply_theme
from lav_gui.ui.viewmodels.desk import Desk
from lav_gui.ui.views.bench import Bench

ROOT = Path(__file__).resolve().parents[2]

OPEN_WITHOUT_TORCH = """
import sys
class Guard:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("torch", "torchvision", "facenet_pytorch"):
            raise ImportError(name + " is blocked")
sys.meta_path.insert(0, Guard())
from pathlib import Path
from PySide6.QtCore import QTimer
from lav_gui import app
from lav_gui.ui.viewmodels.opening import Opening
quit_soon = lambda *_: QTimer.singleShot(300, lambda: app.QApplication.closeAllWindows())
made = Opening.__init__
def init(self, *arguments):
    made(self, *arguments)
    self.ready.connect(quit_soon)
Opening.__init__ = init
code = app.run(Path(sys.argv[1]))
assert not [name for name in sys.modules if name.split(".")[0] == "torch"]
print("closed", code)
"""


@pytest.fixture
def desk(make_desk: Callable[..., Desk], analysis: Any) -> Desk:
    return make_desk(analysis)


@pytest.fixture
def window(make_window: Callable[..., MainWindow], desk: Desk) -> MainWindow:
    return make_window(desk)


def ready(qtbot: QtBot, desk: Desk, clip: Path) -> None:
    with qtbot.waitSignal(desk.opening.ready, timeout=10_000):
        desk.open(clip)


def drop(window: MainWindow, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    actions, buttons, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), actions, data, buttons, keys)
    window.dragEnterEvent(enter)
    assert enter.isAccepted()
    window.dropEvent(QDropEvent(QPointF(5, 5), actions, data, buttons, keys))


def test_at_first_it_explains_itself_and_then_shows_the_bench(
    qtbot: QtBot, window: MainWindow, desk: Desk, demo_clip: Path
) -> None:
    assert window.views.empty.isVisible()
    ready(qtbot, desk, demo_clip)
    assert window.views.picture.isVisible()
    assert window.windowTitle() == "swap_fake.mp4 – LAV"
    desk.opening.close()
    assert window.views.empty.isVisible()
    assert window.windowTitle() == "LAV"


def test_a_dropped_file_is_opened(qtbot: QtBot, window: MainWindow, desk: Desk, demo_clip: Path) -> None:
    with qtbot.waitSignal(desk.document.opened, timeout=10_000):
        drop(window, demo_clip)


def test_only_local_files_count_as_dropped() -> None:
    assert first_file([QUrl("https://example.org/a.mp4"), QUrl.fromLocalFile("/a/b.mp4")]) == Path("/a/b.mp4")
    assert first_file([QUrl("https://example.org/a.mp4")]) is None


def test_keys_work_anywhere_in_it(qtbot: QtBot, window: MainWindow, desk: Desk, demo_clip: Path) -> None:
    ready(qtbot, desk, demo_clip)
    window.activateWindow()
    for place in (window, window.views.faces):
        qtbot.keyClick(place, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert desk.playback.position == 20
    qtbot.keyClick(window, Qt.Key.Key_I)
    assert desk.selection.marks.first == 20
    qtbot.keyClick(window, Qt.Key.Key_Home)
    assert desk.playback.position == 0
    qtbot.keyClick(window, Qt.Key.Key_M)
    assert not desk.display.value.heatmap
    qtbot.keyClick(window, Qt.Key.Key_G)
    assert isinstance(QApplication.focusWidget(), QLineEdit)


def test_every_control_has_a_name(window: MainWindow) -> None:
    nameless = [
        widget
        for kind in (QAbstractButton, QComboBox, QSlider, QLineEdit)
        for widget in window.findChildren(kind)
        if not (widget.accessibleName() or getattr(widget, "text", str)() or widget.objectName().startswith("qt_"))
    ]
    assert [(type(widget).__name__, widget.parent()) for widget in nameless] == []


def test_it_fits_1280_by_720(window: MainWindow) -> None:
    assert window.minimumSizeHint().width() <= 1280
    assert window.minimumSizeHint().height() <= 690


def test_the_layout_is_kept(
    make_window: Callable[..., MainWindow], make_desk: Callable[..., Desk], analysis: Any, qtbot: QtBot, demo_clip: Path
) -> None:
    first_desk = make_desk(analysis)
    first = make_window(first_desk)
    ready(qtbot, first_desk, demo_clip)
    switch = first.findChild(Bench).switches()[0]
    switch.trigger()
    first.close()
    second_desk = make_desk(analysis)
    second = make_window(second_desk)
    ready(qtbot, second_desk, demo_clip)
    assert not second.views.faces.isVisible()
    second.named_actions["view.reset"].trigger()
    assert second.views.faces.isVisible()


def test_it_follows_the_theme(
    qtbot: QtBot, window: MainWindow, desk: Desk, demo_clip: Path, qapp: QApplication
) -> None:
    ready(qtbot, desk, demo_clip)
    before = window.named_actions["playback.next"].icon().pixmap(16).toImage()
    apply_theme(qapp, DARK)
    assert window.named_actions["playback.next"].icon().pixmap(16).toImage() != before


def test_the_play_button_shows_what_it_would_do(qtbot: QtBot, window: MainWindow, desk: Desk, demo_clip: Path) -> None:
    ready(qtbot, desk, demo_clip)
    before = window.named_actions["playback.play"].icon().pixmap(16).toImage()
    window.named_actions["playback.play"].trigger()
    assert desk.playback.playing
    assert window.named_actions["playback.play"].icon().pixmap(16).toImage() != before
    window.named_actions["playback.play"].trigger()
    assert not desk.playback.playing


def test_menus_hold_all_actions(window: MainWindow) -> None:
    menus = window.menuBar().findChildren(QMenu)
    assert sum(len(menu.actions()) for menu in menus) > 50


def test_closing_ends_a_running_analysis_within_three_seconds(
    qtbot: QtBot, window: MainWindow, desk: Desk, analysis: Any, demo_clip: Path
) -> None:
    analysis.pause = 0.05
    with qtbot.waitSignal(desk.analysis.results, timeout=10_000):
        desk.open(demo_clip, analyze=True)
    begun = time.monotonic()
    window.close()
    assert time.monotonic() - begun < 3
    assert not window.isVisible()


def test_it_opens_and_closes_in_a_process_in_which_torch_is_blocked(demo_clip: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", OPEN_WITHOUT_TORCH, str(demo_clip)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "closed 0", done.stderr
