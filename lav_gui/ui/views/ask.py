"""Dialogs that ask where: a file to open, a place to save. They return answers and do nothing."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QInputDialog, QWidget

from lav_gui.ui.wording import say

VIDEO_ENDINGS = (
    "mp4", "mov", "mkv", "avi", "webm", "m4v", "mpg", "mpeg", "ts", "mts", "m2ts", "3gp", "flv", "wmv", "ogv", "gif",
    "png", "jpg", "jpeg", "webp", "bmp", "tif", "tiff",
)  # fmt: skip

SHORT = QFileDialog.Option.HideNameFilterDetails
"""Kinds of files are named without all their endings."""


def file_to_open(parent: QWidget, folder: Path) -> Path | None:
    """Ask for a video or a case."""
    known = " ".join(f"*.{ending}" for ending in (*VIDEO_ENDINGS, "lav"))
    filters = f"{say('Videos, pictures and cases')} ({known});;{say('Cases')} (*.lav);;{say('All files')} (*)"
    name, _ = QFileDialog.getOpenFileName(parent, say("Open a video or a case"), _start(folder), filters, options=SHORT)
    return Path(name) if name else None


def file_to_compare(parent: QWidget, folder: Path) -> Path | None:
    """Ask for the video that the one on screen is compared to."""
    known = " ".join(f"*.{ending}" for ending in VIDEO_ENDINGS)
    filters = f"{say('Videos and pictures')} ({known});;{say('All files')} (*)"
    name, _ = QFileDialog.getOpenFileName(parent, say("Compare to a file"), _start(folder), filters, options=SHORT)
    return Path(name) if name else None


def missing_file(parent: QWidget, name: str) -> Path | None:
    """Ask where a video lies now."""
    found, _ = QFileDialog.getOpenFileName(parent, say("Where is {name} now?", name=name), name)
    return Path(found) if found else None


def place_to_save(parent: QWidget, title: str, suggested: Path, kind: str) -> Path | None:
    """Ask where to save; `kind` is the ending without dot."""
    name, _ = QFileDialog.getSaveFileName(parent, title, str(suggested), f"{kind.upper()} (*.{kind})")
    if not name:
        return None
    path = Path(name)
    return path if path.suffix.lower() == f".{kind}" else path.with_name(f"{path.name}.{kind}")


def other_face(parent: QWidget, track_id: int, others: list[int]) -> int | None:
    """Ask which face is the same person as `track_id`."""
    names = [say("Face {number}", number=number) for number in others]
    if not names:
        return None
    chosen, accepted = QInputDialog.getItem(
        parent, say("Merge faces"), say("Face {number} is the same person as", number=track_id), names, 0, False
    )
    return others[names.index(chosen)] if accepted else None


def videos_to_add(parent: QWidget, folder: Path) -> list[Path]:
    """Ask for the videos that are to be put into a case."""
    known = " ".join(f"*.{ending}" for ending in VIDEO_ENDINGS)
    filters = f"{say('Videos and pictures')} ({known});;{say('All files')} (*)"
    names, _ = QFileDialog.getOpenFileNames(
        parent, say("Add videos to the case"), _start(folder), filters, options=SHORT
    )
    return [Path(name) for name in names]


def place_for_case(parent: QWidget, title: str, suggested: Path) -> Path | None:
    """Ask where a case is to be written. An existing file is refused later, so nobody is asked to write over it."""
    options = QFileDialog.Option.DontConfirmOverwrite
    filters = f"{say('Cases')} (*.lav)"
    name, _ = QFileDialog.getSaveFileName(parent, title, str(suggested), filters, options=options)
    if not name:
        return None
    path = Path(name)
    return path if path.suffix.lower() == ".lav" else path.with_name(f"{path.name}.lav")


def _start(folder: Path) -> str:
    """Where a dialog begins: the folder, or the user's own where it is missing; Qt would take it for a file's name."""
    return str(folder if folder.is_dir() else Path.home())
