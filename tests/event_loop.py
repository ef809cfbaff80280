"""Waiting in scripts that show the window without pytest."""

import sys
import time
from collections.abc import Callable

from PySide6.QtCore import QEventLoop, QTimer

PATIENCE_SECONDS = 120


def wait(milliseconds: int) -> None:
    """Let the event loop run."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def until(holds: Callable[[], bool]) -> None:
    """Let the event loop run until something holds."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        if time.monotonic() > end:
            sys.exit("waited in vain")
        wait(20)
