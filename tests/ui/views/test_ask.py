"""Dialogs return answers and do nothing."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QInputDialog, QWidget
from pytestqt.qtbot import QtBot

from lav_gui.ui.views import ask


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def test_a_file_is_asked_for_among_videos_and_cases(parent: QWidget, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[object, ...]] = []

    def answer(*arguments: object) -> tuple[str, str]:
        asked.append(arguments)
        return "/evidence/clip.mp4", ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", answer)
    assert ask.file_to_open(parent, Path("/evidence")) == Path("/evidence/clip.mp4")
    filters = str(asked[0][3])
    assert "*.mp4" in filters
    assert "*.lav" in filters
    assert ask.missing_file(parent, "clip.mp4") == Path("/evidence/clip.mp4")


def test_no_answer_is_none(parent: QWidget, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *_: ("", ""))
    monkeypatch.setattr(QInputDialog, "getItem", lambda *_: ("", False))
    assert ask.file_to_open(parent, Path()) is None
    assert ask.missing_file(parent, "x") is None
    assert ask.place_to_save(parent, "Save", Path("a.pdf"), "pdf") is None
    assert ask.other_face(parent, 1, [2]) is None
    assert ask.other_face(parent, 1, []) is None


@pytest.mark.parametrize(
    ("given", "path"), [("/a/report.pdf", "/a/report.pdf"), ("/a/report", "/a/report.pdf"), ("/a/v1.2", "/a/v1.2.pdf")]
)
def test_a_place_to_save_has_the_ending(
    parent: QWidget, monkeypatch: pytest.MonkeyPatch, given: str, path: str
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (given, ""))
    assert ask.place_to_save(parent, "Save", Path("a.pdf"), "pdf") == Path(path)


def test_a_face_is_chosen_by_its_number(parent: QWidget, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QInputDialog, "getItem", lambda *_: ("Face 7", True))
    assert ask.other_face(parent, 1, [3, 7]) == 7
