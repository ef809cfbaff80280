"""The cases that were open lately, on the first page."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QListWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from lav_gui.ui.colors import DARK
from lav_gui.ui.style import apply_theme
from lav_gui.ui.viewmodels.recent import RecentCase
from lav_gui.ui.views.recent_view import RecentView, case_tip, case_words

WHEN = datetime(2026, 5, 9, 12, 0, tzinfo=UTC)
CASES = (
    RecentCase(Path("/c/first.lav"), WHEN, ("a.mp4", "b.mp4", "c.mp4", "d.mp4")),
    RecentCase(Path("/c/gone.lav"), WHEN, (), is_missing=True),
)


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[RecentView]:
    holder = QWidget()
    made = RecentView()
    QVBoxLayout(holder).addWidget(made)
    holder.show()
    made.show_cases(CASES)
    yield made
    holder.close()
    holder.deleteLater()


@pytest.fixture
def entries(view: RecentView) -> QListWidget:
    return view.findChildren(QListWidget)[0]


def test_it_hides_itself_while_there_is_nothing(view: RecentView) -> None:
    assert view.isVisible()
    view.show_cases(())
    assert not view.isVisible()


def test_each_case_tells_its_videos_or_that_it_is_missing() -> None:
    assert case_words(CASES[0]).startswith("first\n2026-05-09")
    assert case_words(CASES[0]).endswith("a.mp4, b.mp4, c.mp4 and 1 more")
    assert case_words(CASES[1]) == "gone\nMissing: not at /c any more"
    assert "no video yet" in case_words(RecentCase(Path("/c/x.lav"), WHEN))
    assert case_tip(CASES[0]).splitlines()[0] == "/c/first.lav"


def test_a_click_or_enter_opens_and_delete_takes_off_the_list(
    qtbot: QtBot, view: RecentView, entries: QListWidget
) -> None:
    picked, forgotten = [], []
    view.case_picked.connect(picked.append)
    view.forget_asked.connect(forgotten.append)
    place = entries.visualItemRect(entries.item(0)).center()
    qtbot.mouseClick(entries.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert picked == [Path("/c/first.lav")]
    entries.setCurrentRow(1)
    qtbot.keyClick(entries, Qt.Key.Key_Delete)
    assert forgotten == [Path("/c/gone.lav")]
    qtbot.keyClick(entries, Qt.Key.Key_Return)
    assert picked[-1] == Path("/c/gone.lav")


def test_its_menu_opens_and_forgets(view: RecentView, entries: QListWidget) -> None:
    forgotten: list[Path] = []
    view.forget_asked.connect(forgotten.append)
    menu = view.menu_at(entries.visualItemRect(entries.item(0)).center())
    assert menu is not None
    menu.actions()[1].trigger()
    assert forgotten == [Path("/c/first.lav")]
    menu.deleteLater()
    assert view.menu_at(QPoint(5, 5000)) is None


def test_it_follows_the_theme(view: RecentView, entries: QListWidget, qapp: object) -> None:
    before = entries.item(0).icon().pixmap(20).toImage()
    apply_theme(qapp, DARK)  # type: ignore[arg-type]
    assert entries.item(0).icon().pixmap(20).toImage() != before
