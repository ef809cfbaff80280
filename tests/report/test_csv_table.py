import csv
import io
from collections.abc import Iterable

import pytest

from lav_gui.records import FrameResult, Gap
from lav_gui.report import csv_table
from lav_gui.report.csv_table import COLUMNS, write_csv


def _table(results: Iterable[FrameResult], gaps: Iterable[Gap], base: object) -> list[dict[str, str]]:
    stream = io.BytesIO()
    write_csv(stream, results, gaps, base)  # type: ignore[arg-type]
    return list(csv.DictReader(io.StringIO(stream.getvalue().decode(), newline="")))


def test_there_is_a_row_per_face_per_frame_and_one_for_a_frame_without_face(results: list[FrameResult]) -> None:
    rows = _table(results, [], results[0].time_base)
    assert len(rows) == 81
    assert [row["row"] for row in rows[:3]] == ["face", "face", "face"]
    assert rows[-1]["row"] == "no_face"
    assert rows[-1]["track_id"] == rows[-1]["logit"] == ""
    assert rows[-1]["frame_sha256"] == results[-1].digest


def test_floats_read_back_to_the_very_numbers(results: list[FrameResult]) -> None:
    rows = iter(_table(results, [], results[0].time_base))
    for result in results[:-1]:
        for face in result.faces:
            row = next(rows)
            assert float(row["logit"]) == face.logit
            assert float(row["pts_seconds"]) == result.seconds
            assert tuple(float(row[f"box_{side}"]) for side in ("left", "top", "right", "bottom")) == face.box_xyxy


def test_what_was_not_measured_is_empty(results: list[FrameResult]) -> None:
    rows = _table(results, [], results[0].time_base)
    assert rows[0]["rgb"] != ""
    assert rows[2]["rgb"] == rows[2]["noise"] == rows[2]["interaction"] == rows[2]["baseline"] == ""
    assert rows[2]["detection_score"] == ""


def test_gaps_stand_in_their_place_with_their_reason(results: list[FrameResult]) -> None:
    rows = _table(results[:2], [Gap(3, 1536, 'damaged, "badly"')], results[0].time_base)
    assert [row["frame_index"] for row in rows] == ["0", "0", "3", "5", "5"]
    assert rows[2]["row"] == "gap"
    assert rows[2]["reason"] == 'damaged, "badly"'
    assert float(rows[2]["pts_seconds"]) == pytest.approx(0.12)


@pytest.mark.parametrize("column", COLUMNS)
def test_every_column_is_documented(column: str) -> None:
    assert column in str(csv_table.__doc__)


def test_the_stream_stays_open_for_its_owner(results: list[FrameResult]) -> None:
    stream = io.BytesIO()
    write_csv(stream, results, [], results[0].time_base)
    assert not stream.closed
