"""The cases that were open lately: kept as JSON in the user's data folder, and looked for beside the window."""

import json
import logging
from collections.abc import Generator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import platformdirs
from PySide6.QtCore import QObject, Signal

from lav_gui.replacing import replacing
from lav_gui.ui.jobs import Jobs

KEPT = 12
"""Cases kept; the one that was not open for longest gives way."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RecentCase:
    """One case: where it lies, when it was open last (UTC), its videos' names, and whether its file is gone."""

    path: Path
    opened: datetime
    videos: tuple[str, ...] = ()
    is_missing: bool = False


def recent_path() -> Path:
    """Where the list is kept."""
    return Path(platformdirs.user_data_dir("lav", appauthor=False)) / "recent.json"


def load_recent(path: Path) -> tuple[RecentCase, ...]:
    """The list, latest first; empty where it is not there or not readable."""
    try:
        plain = json.loads(path.read_text(encoding="utf-8"))
        return tuple(_case(each) for each in plain["cases"][:KEPT])
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, KeyError, TypeError) as error:
        _log.info("the list of recent cases is not readable: %s", error)
        return ()


def save_recent(path: Path, cases: tuple[RecentCase, ...]) -> None:
    """Keep the list; a folder that cannot be written is only logged."""
    plain = [{"path": str(each.path), "opened": each.opened.isoformat(), "videos": list(each.videos)} for each in cases]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path) as partial:
            partial.write_text(json.dumps({"cases": plain}, indent=1), encoding="utf-8")
    except OSError as error:
        _log.info("the list of recent cases cannot be kept: %s", error)


def look_steps(paths: tuple[Path, ...]) -> Generator[None, None, frozenset[Path]]:
    """Which of some files are gone; a network drive may take its time to answer."""
    gone = set()
    for path in paths:
        yield None
        if not path.is_file():
            gone.add(path)
    return frozenset(gone)


class RecentModel(QObject):
    """The list, latest first.

    Parameters
    ----------
    jobs : Jobs
        Owns the thread that looks whether the files are there.
    file : Path
        Where the list is kept.
    parent : QObject, optional
    """

    changed = Signal()

    def __init__(self, jobs: Jobs, file: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._file = jobs, file
        self._cases = load_recent(file)

    @property
    def cases(self) -> tuple[RecentCase, ...]:
        """The cases, latest first."""
        return self._cases

    def note(self, path: Path, videos: tuple[str, ...]) -> None:
        """A case is open now, with these videos."""
        rest = [each for each in self._cases if each.path != path]
        self._set((RecentCase(path, datetime.now(UTC), videos), *rest)[:KEPT])

    def forget(self, path: Path) -> None:
        """Take a case off the list; its file stays."""
        self._set(tuple(each for each in self._cases if each.path != path))

    def look(self) -> None:
        """Look which files are gone; the list says so as soon as it is known."""
        paths = tuple(each.path for each in self._cases)
        if not paths:
            return
        job = self._jobs.make(lambda: look_steps(paths))
        job.succeeded.connect(self._mark)
        job.start()

    def _mark(self, gone: frozenset[Path]) -> None:
        marked = tuple(replace(each, is_missing=each.path in gone) for each in self._cases)
        if marked != self._cases:
            self._cases = marked
            self.changed.emit()

    def _set(self, cases: tuple[RecentCase, ...]) -> None:
        # another window may have added to it since
        known = {each.path for each in (*cases, *self._cases)}
        others = tuple(each for each in load_recent(self._file) if each.path not in known)
        self._cases = tuple(sorted((*cases, *others), key=lambda each: each.opened, reverse=True))[:KEPT]
        save_recent(self._file, self._cases)
        self.changed.emit()


def _case(plain: dict[str, Any]) -> RecentCase:
    opened = datetime.fromisoformat(str(plain["opened"]))
    return RecentCase(Path(plain["path"]), opened, tuple(str(name) for name in plain.get("videos", ())))
