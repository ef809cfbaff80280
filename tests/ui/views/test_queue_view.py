"""The queue under the list of videos."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from lav_gui.settings import AnalysisSettings
from lav_gui.ui.colors import DARK
from lav_gui.ui.style import apply_theme
from lav_gui.ui.viewmodels.queue import QueueColumn, QueueItem, QueueModel, Turn, TurnState
from lav_gui.ui.views.queue_view import NARROW, QueueView, sum_words


@pytest.fixture
def model() -> QueueModel:
    return QueueModel()


@pytest.fixture
def view(qtbot: QtBot, model: QueueModel) -> Iterator[QueueView]:
    holder = QWidget()
    made = QueueView(model)
    QVBoxLayout(holder).addWidget(made)
    made.set_actions([QAction("Pause", made)])
    holder.resize(420, 300)
    holder.show()
    yield made
    holder.close()
    holder.deleteLater()


def fill(model: QueueModel) -> None:
    for name in "abc":
        model.add(QueueItem(name, f"{name}.mp4", AnalysisSettings(), 60.0))
    model.begin("a")


def button(view: QueueView, name: str) -> QToolButton:
    return next(each for each in view.findChildren(QToolButton) if each.accessibleName() == name)


def test_it_is_there_only_while_there_is_something_in_it(view: QueueView, model: QueueModel) -> None:
    view.renew()
    assert not view.isVisible()
    fill(model)
    assert view.isVisible()
    model.clear()
    assert not view.isVisible()


def test_its_buttons_concern_the_chosen_entry(view: QueueView, model: QueueModel) -> None:
    asked: list[tuple[object, ...]] = []
    view.move_asked.connect(lambda *told: asked.append(told))
    view.cancel_asked.connect(lambda *told: asked.append(told))
    fill(model)
    assert view.table.key == "a"
    assert not button(view, "Earlier").isEnabled()
    view.table.selectRow(2)
    assert view.table.key == "c"
    assert button(view, "Earlier").isEnabled()
    assert not button(view, "Later").isEnabled()
    button(view, "Earlier").click()
    button(view, "Take out").click()
    assert asked == [("c", -1), ("c",)]
    model.move("c", -1)
    assert view.table.key == "c"
    assert button(view, "Later").isEnabled()


def test_what_failed_can_be_tried_again(view: QueueView, model: QueueModel) -> None:
    asked: list[str] = []
    view.retry_asked.connect(asked.append)
    fill(model)
    model.end(reason="The disk is full.")
    view.table.selectRow(2)
    button(view, "Try again").click()
    assert asked == ["a"]
    view.table.selectRow(0)
    assert not button(view, "Try again").isEnabled()


def test_one_line_tells_of_all(view: QueueView, model: QueueModel) -> None:
    fill(model)
    model.show_turn(Turn(TurnState.RUNNING, 0.5, 120.0))
    assert sum_words(model) == "About 4 min left"
    assert "About 4 min left" in [label.text() for label in view.findChildren(QLabel)]
    model.pause(True)
    assert sum_words(model) == "Pauses after this one"
    model.end(keep=True)
    assert sum_words(model) == "Paused; 3 min to go"


def test_a_narrow_one_leaves_the_times_out(view: QueueView, model: QueueModel) -> None:
    fill(model)
    view.grab()
    assert not view.table.isColumnHidden(QueueColumn.LEFT)
    view.parentWidget().resize(NARROW - 60, 300)
    view.grab()
    assert view.table.isColumnHidden(QueueColumn.LEFT)


def test_it_follows_the_theme_and_draws_progress(view: QueueView, model: QueueModel, qapp: object) -> None:
    fill(model)
    before = view.grab().toImage()
    model.show_turn(Turn(TurnState.RUNNING, 0.5, 120.0))
    half = view.grab().toImage()
    assert half != before
    symbol = button(view, "Later").icon().pixmap(16).toImage()
    apply_theme(qapp, DARK)  # type: ignore[arg-type]
    assert button(view, "Later").icon().pixmap(16).toImage() != symbol
