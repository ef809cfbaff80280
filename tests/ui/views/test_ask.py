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

    def answer(*arguments: object, **_: object) -> tuple[str, str]:
        asked.append(arguments)
        return "/evidence/clip.mp4", ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", answer)
    assert ask.file_to_open(parent, Path("/evidence")) == Path("/evidence/clip.mp4")
    filters = str(asked[0][3])
    assert "*.mp4" in filters
    assert "*.lav" in filters
    assert ask.missing_file(parent, "clip.mp4") == Path("/evidence/clip.mp4")
    assert ask.file_to_compare(parent, Path("/evidence")) == Path("/evidence/clip.mp4")
    assert "*.lav" not in str(asked[-1][3])


def test_no_answer_is_none(parent: QWidget, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *_, **__: ("", ""))
    monkeypatch.setattr(QInputDialog, "getItem", lambda *_, **__: ("", False))
    assert ask.file_to_open(parent, Path()) is None
    assert ask.missing_file(parent, "x") is None
    assert ask.file_to_compare(parent, Path()) is None
    assert ask.place_to_save(parent, "Save", Path("a.pdf"), "pdf") is None
    assert ask.other_face(parent, 1, [2]) is None
    assert ask.other_face(parent, 1, []) is None


@pytest.mark.parametrize(
    ("given", "path"), [("/a/report.pdf", "/a/report.pdf"), ("/a/report", "/a/report.pdf"), ("/a/v1.2", "/a/v1.2.pdf")]
)
def test_a_place_to_save_has_the_ending(
    parent: QWidget, monkeypatch: pytest.MonkeyPatch, given: str, path: str
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (given, ""))
    assert ask.place_to_save(parent, "Save", Path("a.pdf"), "pdf") == Path(path)


def test_a_face_is_chosen_by_its_number(parent: QWidget, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QInputDialog, "getItem", lambda *_, **__: ("Face 7", True))
    assert ask.other_face(parent, 1, [3, 7]) == 7


def test_several_videos_are_asked_for_and_no_case_among_them(parent: QWidget, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[object, ...]] = []

    def answer(*arguments: object, **_: object) -> tuple[list[str], str]:
        asked.append(arguments)
        return ["/v/a.mp4", "/v/b.mp4"], ""

    monkeypatch.setattr(QFileDialog, "getOpenFileNames", answer)
    assert ask.videos_to_add(parent, Path("/v")) == [Path("/v/a.mp4"), Path("/v/b.mp4")]
    assert "*.lav" not in str(asked[0][3])
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_, **__: ([], ""))
    assert ask.videos_to_add(parent, Path("/v")) == []


@pytest.mark.parametrize(
    ("given", "path"), [("/c/a.lav", "/c/a.lav"), ("/c/v. 1.2", "/c/v. 1.2.lav"), ("/c/A.LAV", "/c/A.LAV")]
)
def test_a_case_gets_its_ending_and_nobody_is_asked_to_write_over_one(
    parent: QWidget, monkeypatch: pytest.MonkeyPatch, given: str, path: str
) -> None:
    options: list[object] = []

    def answer(*_: object, **named: object) -> tuple[str, str]:
        options.append(named["options"])
        return given, ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    assert ask.place_for_case(parent, "New case", Path("/c/x.lav")) == Path(path)
    assert options == [QFileDialog.Option.DontConfirmOverwrite]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: ("", ""))
    assert ask.place_for_case(parent, "New case", Path("/c/x.lav")) is None


def test_a_folder_that_is_not_there_is_not_taken_for_a_files_name(
    parent: QWidget, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    begun: list[str] = []

    def answer(_: object, __: str, start: str, *___: object, **____: object) -> tuple[str, str]:
        begun.append(start)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", answer)
    ask.file_to_open(parent, tmp_path)
    ask.file_to_open(parent, tmp_path / "Videos")
    assert begun == [str(tmp_path), str(Path.home())]
