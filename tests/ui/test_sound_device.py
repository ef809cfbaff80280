"""The device is looked for on first use only."""

import subprocess
import sys
from typing import Any, cast

import pytest

from lav_gui.ui.sound_device import BYTES_A_SECOND, DeviceSink, open_device


def test_a_second_is_48000_samples_of_two_channels_in_16_bits() -> None:
    assert BYTES_A_SECOND == 192_000


def test_a_computer_without_sound_has_no_device_and_one_with_sound_has_a_silent_start() -> None:
    found = open_device()
    if found is not None:
        found.start()
        assert found.heard_seconds() >= 0
        found.stop()
        assert found.free_bytes() == 0


class Stream:
    """A stream of Qt with a buffer of 0.2 s."""

    def __init__(self, processed_seconds: float, waiting_seconds: float) -> None:
        self._processed, self._waiting = processed_seconds, round(waiting_seconds * BYTES_A_SECOND)

    def bufferSize(self) -> int:  # noqa: N802  Qt's name
        return BYTES_A_SECOND // 5

    def bytesFree(self) -> int:  # noqa: N802  Qt's name
        return BYTES_A_SECOND // 5 - self._waiting

    def processedUSecs(self) -> int:  # noqa: N802  Qt's name
        return round(self._processed * 1e6)

    def write(self, pcm: bytes) -> int:
        return len(pcm)

    def reset(self) -> None:
        pass


@pytest.mark.parametrize(
    ("processed", "waiting", "heard"),
    [(0.5, 0.15, 0.35), (0.3, 0.2, 0.3), (0.0, 0.2, 0.0), (0.5, 0.0, 0.5)],
)
def test_what_waits_in_the_buffer_is_not_heard_yet(processed: float, waiting: float, heard: float) -> None:
    sink = DeviceSink(cast(Any, None))
    sink._stream = sink._entry = cast(Any, Stream(processed, waiting))
    sink.write(bytes(BYTES_A_SECOND // 2))
    assert sink.heard_seconds() == pytest.approx(heard)
    sink.stop()
    assert sink.heard_seconds() == 0


def test_a_computer_that_lacks_a_library_of_qt_has_no_device(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "PySide6.QtMultimedia", None)
    assert open_device() is None


def test_the_window_is_loaded_without_the_multimedia_library() -> None:
    code = "import sys, lav_gui.ui.main_window; print('PySide6.QtMultimedia' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
