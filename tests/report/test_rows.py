from fractions import Fraction

import pytest

from lav_gui.records import FrameResult
from lav_gui.report.rows import ROWS_PRINTED, frame_table


def test_a_short_run_is_printed_whole(results: list[FrameResult]) -> None:
    table = frame_table(results, 81, 41)
    assert (table.stride, table.frames, len(table.rows)) == (1, 41, 81)
    assert [row.track_id for row in table.rows[:2]] == [1, 2]
    assert table.rows[-1].track_id is None


@pytest.mark.parametrize("frames", [ROWS_PRINTED, ROWS_PRINTED + 1, 100_000])
def test_a_long_run_keeps_the_table_short_and_spread(frames: int) -> None:
    base = Fraction(1, 25)
    table = frame_table((FrameResult(n, n, base, "P", "0" * 64, ()) for n in range(frames)), frames, frames)
    assert len(table.rows) <= ROWS_PRINTED
    assert table.frames == frames
    assert [row.index for row in table.rows] == list(range(0, frames, table.stride))
    assert len(table.rows) * table.stride >= frames
