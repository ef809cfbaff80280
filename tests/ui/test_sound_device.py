"""The device is looked for on first use only."""

import subprocess
import sys

import pytest

from lav_gui.ui.sound_device import BYTES_A_SECOND, open_device


def test_a_second_is_48000_samples_of_two_channels_in_16_bits() -> None:
    assert BYTES_A_SECOND == 192_000


def test_a_computer_without_sound_has_no_device_and_one_with_sound_has_a_silent_start() -> None:
    found = open_device()
    if found is not None:
        found.start()
        assert found.heard_seconds() >= 0
        found.stop()
        assert found.free_bytes() == 0


def test_a_computer_that_lacks_a_library_of_qt_has_no_device(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "PySide6.QtMultimedia", None)
    assert open_device() is None


def test_the_window_is_loaded_without_the_multimedia_library() -> None:
    code = "import sys, lav_gui.ui.main_window; print('PySide6.QtMultimedia' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
