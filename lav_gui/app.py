"""Starts the window: one application, its look, its log, and what happens when something unforeseen does."""

import ctypes
import gc
import logging
import multiprocessing
import os
import signal
import socket
import sys
import threading
from pathlib import Path
from types import FrameType, TracebackType
from typing import NoReturn

from PySide6.QtCore import QCoreApplication, QEvent, QLibraryInfo, QObject, QSettings, QSocketNotifier, Signal
from PySide6.QtWidgets import QApplication

from lav_gui import __version__
from lav_gui.errors import LavError, SettingsError
from lav_gui.settings import Settings, load_settings, settings_path
from lav_gui.ui.actions import FocusKeys
from lav_gui.ui.jobs import UnforeseenError
from lav_gui.ui.languages import install_language
from lav_gui.ui.logs import start_log
from lav_gui.ui.main_window import MainWindow
from lav_gui.ui.style import load_fonts
from lav_gui.ui.theme_keeper import ThemeKeeper
from lav_gui.ui.viewmodels.desk import Desk
from lav_gui.ui.viewmodels.messages import MessagesModel

_log = logging.getLogger(__name__)


class EndSignals(QObject):
    """Turns Ctrl-C and the word to end into a regular closing; Python's own handlers sleep while Qt's loop runs."""

    came = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._ours, theirs = socket.socketpair()
        for end in (self._ours, theirs):
            end.setblocking(False)
        self._theirs = theirs
        self._before = {number: signal.signal(number, _ignore) for number in (signal.SIGINT, signal.SIGTERM)}
        signal.set_wakeup_fd(theirs.fileno(), warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(self._ours.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._tell)

    def release(self) -> None:
        """Put the handlers back that were there before."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(-1)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        for end in (self._ours, self._theirs):
            end.close()

    def _tell(self) -> None:
        self._ours.recv(64)
        self.came.emit()


class Faults(QObject):
    """Catches what nobody caught, from any thread, logs it, and has it shown as one sentence."""

    _caught = Signal(object)

    def __init__(self, messages: MessagesModel) -> None:
        super().__init__(messages)
        self._caught.connect(messages.report)
        self._before = (sys.excepthook, threading.excepthook)
        sys.excepthook = self._catch
        threading.excepthook = lambda caught: self._catch(
            caught.exc_type, caught.exc_value or caught.exc_type(), caught.exc_traceback
        )

    def release(self) -> None:
        """Put the hooks back that were there before."""
        sys.excepthook, threading.excepthook = self._before

    def _catch(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        _log.error("unforeseen", exc_info=(kind, error, trace))
        if isinstance(error, LavError):
            self._caught.emit(error)
            return
        told = UnforeseenError(
            f"The program met an error it did not expect ({kind.__name__}). Your case is safe; "
            "copy the details and report it."
        )
        told.__cause__ = error
        self._caught.emit(told)


def run(path: Path | None = None, *, analyze: bool = False) -> int:
    """Open the window and stay until it is closed.

    Parameters
    ----------
    path : Path, optional
        A video or case to open.
    analyze : bool
        Start the analysis of the video at once, unless its case holds results.

    Returns
    -------
    int
        Exit code; 0 after a regular end.

    Raises
    ------
    LavError
        If no window can be opened on this computer.
    """
    check_platform()
    log = start_log()
    application = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(application, QApplication):
        raise LavError("Another kind of Qt application is running in this process; start LAV on its own.")
    application.setApplicationName("LAV")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("lav")
    settings, trouble = read_settings()
    load_fonts(application)
    install_language(application, settings.language)
    keeper = ThemeKeeper(application, settings.theme)
    focus_keys = FocusKeys(application)
    application.installEventFilter(focus_keys)
    ends = EndSignals(application)
    desk = Desk(settings)
    desk.preferences.theme_changed.connect(keeper.want)
    faults = Faults(desk.messages)
    try:
        window = MainWindow(desk, geometry())
        ends.came.connect(window.close)
        window.show()
        _log.info("LAV %s started; log %s", __version__, log)
        if trouble is not None:
            desk.messages.report(trouble, stays=True)
        if path is not None:
            desk.open(path, analyze=analyze)
        gc.freeze()  # a full collection, which walked through all that lives as long as the window, held it up by 50 ms
        code = application.exec()
        desk.close()  # while the window is there to hear of it
        window.deleteLater()
        QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)
    finally:
        gc.unfreeze()
        faults.release()
        ended = desk.close()
        ends.release()
    if not ended:
        leave_at_once(code)
    return code


def leave_at_once(code: int) -> NoReturn:
    """End the process though a thread of it still runs, as one that waits for a disk that does not answer.

    A regular exit would wait for it, or crash in clearing up. Child processes are ended first.
    """
    _log.warning("a thread did not end in time; leaving without clearing up")
    for child in multiprocessing.active_children():
        child.kill()
    logging.shutdown()
    os._exit(code)


def geometry() -> QSettings:
    """Where window geometry is kept."""
    return QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "lav", "window")


def read_settings() -> tuple[Settings, LavError | None]:
    """The user's settings; the defaults and the reason where they cannot be read."""
    try:
        return load_settings(settings_path()), None
    except SettingsError as error:
        return Settings(), error


def check_platform() -> None:
    """Make sure that Qt can open a window, for without its platform plug-in it would end the process.

    Raises
    ------
    LavError
        In one sentence that says what to install or to use instead.
    """
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        raise LavError("There is no display to open a window on; use the command line: lav analyze VIDEO.")
    plugins = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / "platforms"
    if not any(plugins.glob("libq*")):
        raise LavError(f"Qt's platform plug-ins are missing in {plugins}; install LAV again.")
    if os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        check_library("libxcb-cursor.so.0", "libxcb-cursor0")


def check_library(library: str, package: str) -> None:
    """Raise `LavError` if a system library that Qt's X11 plug-in needs cannot be loaded."""
    try:
        ctypes.CDLL(library)
    except OSError as error:
        raise LavError(
            f"The window needs the system library {library}; on Debian: apt-get install {package}."
        ) from error


def _ignore(number: int, _: FrameType | None) -> None:
    """Do nothing more: the socket has woken Qt's loop already."""
    _log.info("asked to end by signal %s", number)
