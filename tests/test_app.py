"""Starting the window: platform, settings, signals, and what nobody foresaw."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from pytestqt.qtbot import QtBot

from lav_gui import app
from lav_gui.errors import LavError, MediaError
from lav_gui.settings import Settings, save_settings, settings_path
from lav_gui.ui.viewmodels.messages import MessageKind, MessagesModel

ROOT = Path(__file__).resolve().parents[1]


def test_without_a_display_one_sentence_names_the_command_line(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    with pytest.raises(LavError, match="lav analyze"):
        app.check_platform()


def test_a_missing_library_is_named_with_its_package() -> None:
    with pytest.raises(LavError, match=r"libnothing\.so\.9.*apt-get install libnothing9"):
        app.check_library("libnothing.so.9", "libnothing9")


def test_settings_are_read_and_a_wrong_file_is_told() -> None:
    assert app.read_settings() == (Settings(), None)
    save_settings(Settings(theme="dark"), settings_path())
    assert app.read_settings()[0].theme == "dark"
    settings_path().write_text("thema = 'dark'")
    settings, trouble = app.read_settings()
    assert settings == Settings()
    assert "theme" in str(trouble)


def test_geometry_is_all_that_qsettings_keep(qtbot: QtBot) -> None:
    assert app.geometry().fileName().endswith("window.ini")


def test_what_nobody_caught_is_one_message_with_details(qtbot: QtBot) -> None:
    messages = MessagesModel()
    before = sys.excepthook
    faults = app.Faults(messages)
    try:
        for error in (ZeroDivisionError("by accident"), MediaError("clip.mp4 is gone.")):
            sys.excepthook(type(error), error, None)
    finally:
        faults.release()
    assert sys.excepthook is before
    first, second = messages.shown
    assert first.kind is MessageKind.ERROR
    assert "by accident" in first.details
    assert "ZeroDivisionError" in first.text
    assert second.text == "clip.mp4 is gone."


@pytest.mark.skipif(sys.platform == "win32", reason="no such signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_word_to_end_closes_the_window_in_order(number: int, demo_clip: Path) -> None:
    code = "import sys; from pathlib import Path; from lav_gui.app import run; print(run(Path(sys.argv[1])))"
    program = subprocess.Popen(
        [sys.executable, "-c", code, str(demo_clip)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
    )
    log = Path(os.environ["XDG_STATE_HOME"]) / "lav" / "log" / "lav.log"
    deadline = time.monotonic() + 30
    while not (log.exists() and "started" in log.read_text()) and time.monotonic() < deadline:
        time.sleep(0.1)
    time.sleep(0.3)
    program.send_signal(number)
    out, err = program.communicate(timeout=10)
    assert program.returncode == 0, err
    assert out.strip() == "0"


HANGING = """
import sys, threading, time
from pathlib import Path
from PySide6.QtCore import QTimer
from lav_gui import app
from lav_gui.ui import frames
from lav_gui.ui.main_window import MainWindow
class Hanging:
    def __init__(self, *_):
        time.sleep(60)
frames.VideoReader = Hanging
shown = MainWindow.show
def show(window):
    shown(window)
    QTimer.singleShot(300, window.close)
MainWindow.show = show
sys.exit(app.run(Path(sys.argv[1])))
"""


def test_a_disk_that_does_not_answer_cannot_keep_the_program_alive(demo_clip: Path) -> None:
    begun = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", HANGING, str(demo_clip)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        timeout=50,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert time.monotonic() - begun < 40
