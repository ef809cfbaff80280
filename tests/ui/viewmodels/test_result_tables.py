"""Rows of spans and faces."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from lav_gui.media.inspect import inspect_file
from lav_gui.media.reader import VideoReader
from lav_gui.records import Frame, FrameResult
from lav_gui.settings import AnalysisSettings
from lav_gui.ui.viewmodels.result_tables import PLACE_ROLE, SEGMENTS, SORT_ROLE, TRACKS, ResultTable
from lav_gui.ui.viewmodels.results import Judged, RunFacts
from lav_gui.verdict.columns import series_from
from lav_gui.verdict.judge import judge
from model_zoo.weights_record import Weights


@pytest.fixture
def judged(demo_clip: Path, make_result: Callable[..., FrameResult], trained_weights: Weights) -> Judged:
    with VideoReader(demo_clip) as reader:
        series = series_from(make_result(f) for f in reader.frames(range(0, 56, 2)) if isinstance(f, Frame))
    facts = RunFacts(1, trained_weights, AnalysisSettings(), inspect_file(demo_clip).media, np.arange(0, 56, 2))
    return Judged(judge(series, trained_weights, facts.settings, facts.media, 28), series, facts, 28)


@pytest.fixture
def segments(qapp: object) -> Iterator[ResultTable]:
    made = ResultTable(SEGMENTS)
    yield made
    made.deleteLater()


def test_a_span_is_a_row(segments: ResultTable, judged: Judged, qtbot: QtBot) -> None:
    with qtbot.waitSignal(segments.filled):
        segments.show_judged(judged)
    segment = judged.verdict.tracks[0].segments[0]
    assert segments.rowCount() == 1
    texts = [segments.index(0, column).data() for column in range(segments.columnCount())]
    assert texts[:2] == ["1", f"{segment.first_frame}–{segment.last_frame}"]
    place = segments.index(0, 0).data(PLACE_ROLE)
    assert (place.first, place.last, place.peak) == (segment.first_frame, segment.last_frame, segment.peak_frame)
    assert segments.index(0, 2).data(SORT_ROLE) == segment.peak_fake_prob
    assert segments.index(0, 2).data(Qt.ItemDataRole.AccessibleTextRole) == f"Peak: {texts[2]}"


def test_the_same_verdict_again_disturbs_nobody(segments: ResultTable, judged: Judged, qtbot: QtBot) -> None:
    segments.show_judged(judged)
    with qtbot.assertNotEmitted(segments.filled), qtbot.assertNotEmitted(segments.modelReset):
        segments.show_judged(judged)
    segments.show_judged(None)
    assert segments.rowCount() == 0


def test_untrained_numbers_make_no_spans(segments: ResultTable, judged: Judged) -> None:
    facts = replace(judged.facts, weights=replace(judged.facts.weights, trained=False))
    segments.show_judged(replace(judged, facts=facts))
    assert segments.rowCount() == 0


def test_faces_have_all_their_columns(judged: Judged, qapp: object) -> None:
    table = ResultTable(TRACKS)
    table.show_judged(judged)
    assert table.rowCount() == 2
    for row in range(2):
        assert all(table.index(row, column).data() for column in range(table.columnCount()))
        assert all(isinstance(table.index(row, c).data(SORT_ROLE), float | int) for c in range(table.columnCount()))
    heading = table.headerData(3, Qt.Orientation.Horizontal)
    explained = table.headerData(3, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    assert heading == "95 %"
    assert "interval" in explained
    unmeasured = replace(judged.verdict.tracks[0], rgb=None, noise=None, interaction=None)
    table.show_judged(replace(judged, verdict=replace(judged.verdict, tracks=(unmeasured,))))
    assert table.index(0, 7).data() == "—"
    assert table.index(0, 7).data(SORT_ROLE) == float("-inf")
    table.deleteLater()


def test_rows_are_told_for_a_spreadsheet(segments: ResultTable, judged: Judged) -> None:
    segments.show_judged(judged)
    lines = segments.words([0]).split("\n")
    assert lines[0].split("\t")[:2] == ["Face", "Frames"]
    assert len(lines[1].split("\t")) == segments.columnCount()
