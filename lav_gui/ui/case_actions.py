"""What the actions on cases, their videos and the queue do: asks by a dialog where needed, then tells a view-model."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QMainWindow, QMenu

from lav_gui.session.paths import cases_folder
from lav_gui.ui.actions import Commands
from lav_gui.ui.viewmodels.desk import Desk
from lav_gui.ui.views import ask
from lav_gui.ui.views.recent_view import case_tip
from lav_gui.ui.wording import say

LIST_BUTTONS = ("videos.add", "videos.stop", "videos.remove", "queue.add_all")
LIST_MENU = ("analysis.start", "analysis.resume", "videos.remove")
QUEUE_BUTTONS = ("queue.resume", "queue.pause_after", "queue.pause_now")


class CaseDoer:
    """Carries out the actions on cases of one window.

    Parameters
    ----------
    window : QMainWindow
        Parent of dialogs.
    desk : Desk
    """

    def __init__(self, window: QMainWindow, desk: Desk) -> None:
        self._window, self._desk = window, desk
        self._videos = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.MoviesLocation))

    def new(self) -> None:
        """Ask for a place and make a case there."""
        suggested = free_place(cases_folder() / say("Case {day}", day=f"{date.today():%Y-%m-%d}"))
        path = ask.place_for_case(self._window, say("New case"), suggested)
        if path is not None:
            self._desk.case_files.new(path)

    def save_as(self) -> None:
        """Ask for a place, copy the case there, and go on in the copy."""
        case = self._desk.casefile.case
        if case is not None:
            suggested = free_place(case.path.with_suffix(""))
            path = ask.place_for_case(self._window, say("Save the case as"), suggested)
            if path is not None:
                self._desk.case_files.save_as(path)

    def add(self) -> None:
        """Ask for videos and put them into the case."""
        paths = ask.videos_to_add(self._window, self._desk.document.folder(self._videos))
        if paths:
            self._videos = paths[0].parent
            self._desk.gathering.add(paths)

    def remove(self) -> None:
        """Take the video on screen out of the case."""
        evidence_id = self._desk.casefile.evidence_id
        if evidence_id is not None:
            self._desk.gathering.remove(evidence_id)


def case_commands(window: QMainWindow, desk: Desk) -> Commands:
    """One callable per action on cases, videos and the queue."""
    doer = CaseDoer(window, desk)
    return {
        "file.new": doer.new,
        "file.save_as": doer.save_as,
        "videos.add": doer.add,
        "videos.stop": desk.gathering.stop_adding,
        "videos.remove": doer.remove,
        "videos.next": lambda: desk.gathering.step(1),
        "videos.previous": lambda: desk.gathering.step(-1),
        "queue.add_all": desk.queueing.add_all,
        "queue.pause_after": desk.queueing.pause_after,
        "queue.pause_now": desk.queueing.pause_now,
        "queue.resume": desk.queueing.resume,
    }


def recent_menu(window: QMainWindow, desk: Desk) -> QMenu:
    """The menu of cases that were open lately; a missing one says so and can only be taken off the list."""
    menu = QMenu(say("Open &recent"), window)
    menu.setToolTipsVisible(True)

    def fill() -> None:
        menu.clear()
        for case in desk.recent.cases:
            name = case.path.stem.replace("&", "&&")
            title = say("{name} (missing: take it off the list)", name=name) if case.is_missing else name
            action = menu.addAction(title)
            action.setToolTip(case_tip(case))
            do = desk.recent.forget if case.is_missing else desk.open
            action.triggered.connect(lambda _=False, do=do, path=case.path: do(path))
        menu.setEnabled(bool(desk.recent.cases))

    menu.aboutToShow.connect(desk.recent.look)
    desk.recent.changed.connect(fill)
    fill()
    return menu


def free_place(stem: Path) -> Path:
    """A file name for a case that is not taken yet: the stem, or with a number behind it."""
    number, path = 1, stem.with_name(f"{stem.name}.lav")
    while path.exists():
        number += 1
        path = stem.with_name(f"{stem.name} {number}.lav")
    return path
