"""Many calls into Qt do not end the interpreter."""

import subprocess
import sys
from pathlib import Path

import pytest

from lav_gui.ui.immortal import SAFE, SINGLETONS, protect_singletons

CALLER = """
import lav_gui.ui
from PySide6.QtCore import QObject, Signal
class Sender(QObject):
    told = Signal(object)
sender = Sender()
for number in range(100_000):
    sender.told.emit(number)
    sender.setObjectName("x")
print(all((True, bool(1), not 0, None is None)))
"""


def test_a_hundred_thousand_calls_leave_true_and_none_alive() -> None:
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run([sys.executable, "-c", CALLER], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "True"


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="they are immortal by design")
def test_protecting_twice_does_no_more() -> None:
    protect_singletons()
    assert all(SAFE // 2 < sys.getrefcount(each) < 2 * SAFE for each in SINGLETONS)
