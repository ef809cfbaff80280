"""The tables: sort, copy, and drive the timeline."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lav_gui.ui.viewmodels.result_tables import SEGMENTS, TRACKS, ResultTable
from lav_gui.ui.viewmodels.results import Judged
from lav_gui.ui.views.segment_table import ResultTableView, TablesView


@pytest.fixture
def view(qtbot: QtBot, judged: Judged) -> Iterator[TablesView]:
    models = ResultTable(SEGMENTS), ResultTable(TRACKS)
    made = TablesView(*models)
    made.resize(400, 200)
    made.show()
    with qtbot.waitExposed(made):
        for model in models:
            model.show_judged(judged)
    yield made
    made.close()
    made.deleteLater()
    for model in models:
        model.deleteLater()


@pytest.fixture
def tracks(view: TablesView) -> ResultTableView:
    view.setCurrentIndex(1)
    return view.tables[1]


def test_the_tabs_count_their_rows(view: TablesView) -> None:
    assert [view.tabText(number) for number in range(2)] == ["Spans (1)", "Faces (2)"]
    assert [table.accessibleName() for table in view.tables] == ["Spans that stay high", "Faces over time"]


def test_a_row_goes_to_its_first_frame_and_return_to_its_peak(
    view: TablesView, tracks: ResultTableView, qtbot: QtBot, judged: Judged
) -> None:
    tracks.setCurrentIndex(tracks.model().index(0, 0))
    with qtbot.waitSignal(view.place_asked) as asked:
        qtbot.keyClick(tracks, Qt.Key.Key_Down)
    second = judged.verdict.tracks[1]
    assert (asked.args[0].track_id, asked.args[0].first) == (2, second.first_frame)
    with qtbot.waitSignal(view.peak_asked) as asked:
        qtbot.keyClick(tracks, Qt.Key.Key_Return)
    assert asked.args[0].peak == second.strongest_frame
    with qtbot.waitSignal(view.place_asked) as asked:
        tracks.clicked.emit(tracks.model().index(0, 3))
    assert asked.args[0].track_id == 1


def test_it_sorts_by_value_and_not_by_text(tracks: ResultTableView, judged: Judged) -> None:
    numbered = tuple(
        replace(track, track_id=number) for track, number in zip(judged.verdict.tracks, (10, 9), strict=True)
    )
    tracks._model.show_judged(replace(judged, verdict=replace(judged.verdict, tracks=numbered)))
    tracks.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    assert [tracks.model().index(row, 0).data() for row in range(2)] == ["9", "10"]


def test_it_sorts_by_score(tracks: ResultTableView) -> None:
    tracks.sortByColumn(2, Qt.SortOrder.AscendingOrder)
    assert [tracks.model().index(row, 0).data() for row in range(2)] == ["2", "1"]
    tracks.sortByColumn(2, Qt.SortOrder.DescendingOrder)
    assert tracks.model().index(0, 0).data() == "1"


def test_rows_are_copied_as_they_stand_on_the_screen(tracks: ResultTableView, qtbot: QtBot, qapp: QApplication) -> None:
    tracks.sortByColumn(2, Qt.SortOrder.AscendingOrder)
    qtbot.keyClick(tracks, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert [line.split("\t")[0] for line in lines] == ["Face", "2", "1"]
    rows = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
    tracks.selectionModel().select(tracks.model().index(1, 0), rows)
    assert len(tracks.words().split("\n")) == 2
