"""Dialogs that ask where: a file to open, a place to save. They return answers and do nothing."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QInputDialog, QWidget

from lav_gui.ui.wording import say

VIDEO_ENDINGS = (
    "mp4", "mov", "mkv", "avi", "webm", "m4v", "mpg", "mpeg", "ts", "mts", "m2ts", "3gp", "flv", "wmv", "ogv", "gif",
    "png", "jpg", "jpeg", "webp", "bmp", "tif", "tiff",
)  # fmt: skip


def file_to_open(parent: QWidget, folder: Path) -> Path | None:
    """Ask for a video or a case."""
    known = " ".join(f"*.{ending}" for ending in (*VIDEO_ENDINGS, "lav"))
    filters = f"{say('Videos, pictures and cases')} ({known});;{say('Cases')} (*.lav);;{say('All files')} (*)"
    name, _ = QFileDialog.getOpenFileName(parent, say("Open a video or a case"), str(folder), filters)
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
