"""Opens the window on a video, prints the wall-clock time of the first painted frame and of the window's, and ends."""

import sys
import time
from pathlib import Path

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication

from lav_gui.settings import Settings
from lav_gui.ui.main_window import MainWindow
from lav_gui.ui.style import apply_theme, load_fonts, theme_of
from lav_gui.ui.viewmodels.desk import Desk


def main() -> None:
    """Paint one frame and print when: seconds since the epoch."""
    application = QApplication(sys.argv[:1])
    load_fonts(application)
    apply_theme(application, theme_of(application, "system"))
    desk = Desk(Settings())
    window = MainWindow(desk, QSettings("", QSettings.Format.IniFormat))
    window.show()

    def painted() -> None:
        window.views.picture.repaint()
        print(time.time(), flush=True)
        window.close()
        application.quit()

    desk.playback.shown_changed.connect(lambda _: QTimer.singleShot(0, painted))
    desk.open(Path(sys.argv[1]))
    application.exec()


if __name__ == "__main__":
    main()
