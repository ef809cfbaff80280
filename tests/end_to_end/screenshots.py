"""Leaves pictures of the window's main states in out/screenshots, in both themes and two sizes, to be looked at.

``python3 packaging/dev.py screenshots [LANGUAGE]``. The numbers in them are made up; the video is the demo.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from unittest import mock

from tests.ui.conftest import TRAINED, SyntheticAnalysis  # first, for it keeps Qt off the screen

# isort: split
from PySide6.QtCore import QCoreApplication, QPoint, QSettings, QSize, QTimer
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QDockWidget, QWidget

from lav_gui.session.notes import NoteCategory
from lav_gui.settings import AnalysisSettings, Sampling, Settings
from lav_gui.ui.languages import install_language
from lav_gui.ui.main_window import MainWindow
from lav_gui.ui.style import apply_theme, load_fonts, theme_of
from lav_gui.ui.viewmodels.analysis import AnalysisState
from lav_gui.ui.viewmodels.desk import Desk
from lav_gui.ui.viewmodels.models import Doors
from lav_gui.ui.viewmodels.notes import NoteDraft
from tests.event_loop import until, wait

ROOT = Path(__file__).resolve().parents[2]
DEMO = ROOT / "resources" / "demo" / "swap_fake.mp4"
OUT = ROOT / "out" / "screenshots"
SIZES = ((1280, 720), (2560, 1440))
THEMES = ("light", "dark")
SETTLE_MILLISECONDS = 700
SHEETS = {"settings": "file.settings", "shortcuts": "help.shortcuts", "about": "help.about", "note_sheet": "notes.add"}


class Studio:
    """One window of a size, with an analysis that makes its numbers up."""

    def __init__(self, folder: Path, size: tuple[int, int]) -> None:
        self.folder = folder
        self.analysis = SyntheticAnalysis(replace(TRAINED, inconclusive=None))
        doors = Doors(
            launch=self.analysis,
            render=self.analysis,
            pace_file=lambda: folder / "pace.json",
            recent_file=lambda: folder / "recent.json",
            settings_file=lambda: folder / "settings.toml",
        )
        self.desk = Desk(Settings(AnalysisSettings(sampling=Sampling.parse("every:2"))), doors)
        self.window = MainWindow(self.desk, QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat))
        self.window.setWindowState(self.window.windowState().WindowNoState)
        self.window.resize(QSize(*size))
        self.window.show()

    def states(self) -> Iterator[str]:
        """Bring about one state after the other; each is to be taken before the next is asked for."""
        desk = self.desk
        yield "start"
        self.analysis.pause = 0.25
        desk.open(self._clip("interview.mp4"), analyze=True)
        until(lambda: desk.results.judged is not None and desk.results.judged.frames_analyzed >= 8)
        yield "analyzing"
        self.analysis.pause = 0.0
        until(lambda: desk.analysis.state is AnalysisState.IDLE and self._frames_judged() == 28)
        desk.selection.select(1)
        desk.playback.seek(12)
        yield "frame"
        yield from self._sheets()
        self._write_notes()
        yield "notes"
        self._queue_two()
        yield "queue"

    def take(self, name: str) -> None:
        """Save what is to be seen, a sheet in front of the window as well."""
        wait(SETTLE_MILLISECONDS)
        picture = self.window.grab()
        for sheet in self._open_sheets():
            painter = QPainter(picture)
            painter.drawPixmap(sheet.pos() - self.window.pos(), sheet.grab())
            painter.end()
        picture.save(str(OUT / f"{name}.png"))

    def close(self) -> None:
        """End everything."""
        self.analysis.pause = 0.0
        self.window.close()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents()

    def _sheets(self) -> Iterator[str]:
        for name, action in SHEETS.items():
            QTimer.singleShot(0, self.window.named_actions[action].trigger)
            until(lambda: bool(self._open_sheets()))
            for sheet in self._open_sheets():
                around, size = self.window.size(), sheet.size()
                place = QPoint((around.width() - size.width()) // 2, (around.height() - size.height()) // 2)
                sheet.move(self.window.pos() + place)
            yield name
            for sheet in self._open_sheets():
                sheet.close()
            until(lambda: not self._open_sheets())

    def _open_sheets(self) -> list[QWidget]:
        return [each for each in QApplication.topLevelWidgets() if each.isVisible() and each is not self.window]

    def _write_notes(self) -> None:
        kinds = list(NoteCategory)
        texts = ("The left cheek flickers between two frames", "Ask for the original file", "", "Edge at the hairline")
        for number, text in enumerate(texts):
            last = 22 if number == 0 else None
            self.desk.notes.add(NoteDraft(8 + 11 * number, last, kinds[number], text=text))
        self._raise("notes")

    def _queue_two(self) -> None:
        desk = self.desk
        self.analysis.pause = 0.5
        desk.gathering.add(
            [self._clip("hall camera 2.mp4", 1), self._clip("a rather long name of a third file.mp4", 2)]
        )
        until(lambda: len(desk.casefile.evidences()) == 3 and desk.gathering.adding is None)
        desk.queueing.add_all()
        until(lambda: desk.analysis.state is AnalysisState.RUNNING)
        self._raise("videos")

    def _raise(self, panel: str) -> None:
        dock = self.window.findChild(QDockWidget, panel)
        if dock is not None:
            dock.raise_()

    def _frames_judged(self) -> int:
        judged = self.desk.results.judged
        return 0 if judged is None else judged.frames_analyzed

    def _clip(self, name: str, number: int = 0) -> Path:
        path = self.folder / name
        path.write_bytes(DEMO.read_bytes() + b"\0\0\0\x08free" * number)
        return path


def main() -> None:
    """Take all pictures."""
    language = sys.argv[1] if len(sys.argv) > 1 else "en"
    OUT.mkdir(parents=True, exist_ok=True)
    if len(sys.argv) > 2:
        take_all(language, (int(sys.argv[2]), int(sys.argv[3])))
        return
    for size in SIZES:  # a screen has one size for the whole life of a process
        subprocess.run([sys.executable, "-m", __spec__.name, language, *map(str, size)], check=True, cwd=ROOT)


def take_all(language: str, size: tuple[int, int]) -> None:
    """Take the pictures of one size."""
    screen = {"name": "screen", "x": 0, "y": 0, "width": size[0], "height": size[1], "logicalDpi": 96, "dpr": 1}
    described = OUT / "screen.json"
    described.write_text(json.dumps({"screens": [screen | {"logicalBaseDpi": 96}]}))
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={described}"
    application = QApplication(sys.argv[:1])
    load_fonts(application)
    install_language(application, language)
    for theme in THEMES:
        apply_theme(application, theme_of(application, theme))
        with (
            tempfile.TemporaryDirectory() as folder,
            mock.patch.dict("os.environ", {"LAV_CASES": folder, "LAV_MODELS": folder, "XDG_STATE_HOME": folder}),
        ):
            studio = Studio(Path(folder), size)
            for state in studio.states():
                studio.take(f"{state}_{language}_{theme}_{size[0]}x{size[1]}")
            studio.close()
    described.unlink()


if __name__ == "__main__":
    main()
