"""Results are written as they come, outlive a kill, and are read as a stream or as columns."""

import subprocess
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from lav_gui.errors import SessionError
from lav_gui.records import Evidence, Gap
from lav_gui.session import Case, RunRow, RunState, database, results

Writer = Callable[[str], subprocess.Popen[str]]


@pytest.fixture
def filled(case: Case, run: RunRow, make_frame: Callable) -> Case:
    """Frames 0 to 9 but a gap at 4, out of order; face 1 always, face 2 on odd frames, none on frame 6."""
    for index in (1, 0, 2, 3, 9, 5, 6, 7, 8):
        tracks = () if index == 6 else (2, 1) if index % 2 else (1,)
        case.append(run.run_id, make_frame(index, tracks))
    case.append(run.run_id, Gap(4, 2048, "the packet is damaged"))
    return case


def test_done_are_results_and_gaps_in_order(filled: Case, run: RunRow) -> None:
    done = filled.done_indices(run.run_id)
    assert done.dtype == np.int64
    assert done.tolist() == list(range(10))
    assert filled.gaps(run.run_id) == (Gap(4, 2048, "the packet is damaged"),)


def test_a_frame_is_read_alone_with_its_faces_in_order(filled: Case, run: RunRow) -> None:
    found = filled.frame_result(run.run_id, 9)
    assert (found.index, found.pts, found.seconds) == (9, 9 * 512, 0.3)
    assert [face.track_id for face in found.faces] == [2, 1]
    assert filled.frame_result(run.run_id, 4) is None
    assert filled.frame_result(run.run_id, 99) is None


def test_results_come_as_a_stream_in_pieces(filled: Case, run: RunRow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "_CHUNK_FRAMES", 2)
    assert [result.index for result in filled.results(run.run_id)] == [0, 1, 2, 3, 5, 6, 7, 8, 9]


def test_a_stream_that_is_not_read_to_its_end_holds_nobody_up(filled: Case, run: RunRow, make_frame: Callable) -> None:
    stream = filled.results(run.run_id)
    next(stream)
    filled.append(run.run_id, make_frame(10))
    with Case.open(filled.path) as other:
        other.log("x.y")
    assert [result.index for result in stream] == [1, 2, 3, 5, 6, 7, 8, 9, 10]


def test_a_heatmap_is_read_alone(filled: Case, run: RunRow) -> None:
    found = filled.heatmap(run.run_id, 7, 2)
    assert (found.dtype, found.shape) == (np.float16, (19, 19))
    assert np.all(found == np.float16(0.07))
    assert filled.heatmap(run.run_id, 6, 1) is None


def test_columns_are_ordered_by_track_then_frame(filled: Case, run: RunRow) -> None:
    rows = filled.series_rows(run.run_id)
    assert rows.track_id.tolist() == [1] * 8 + [2] * 5
    assert rows.frame_index.tolist() == [0, 1, 2, 3, 5, 7, 8, 9, 1, 3, 5, 7, 9]
    assert rows.logit.tolist() == [i / 7 - t for t, i in zip(rows.track_id, rows.frame_index, strict=True)]
    assert rows.seconds.tolist() == [i / 30 for i in rows.frame_index.tolist()]
    assert np.isnan(rows.rgb[rows.frame_index % 4 != 0]).all()
    assert rows.rgb[rows.frame_index % 4 == 0].tolist() == [0.5, 0.5]
    assert not rows.logit.flags.writeable
    assert len(rows) == 13


def test_each_track_has_its_series(filled: Case, run: RunRow) -> None:
    first, second = filled.series(run.run_id)
    assert (first.track_id, second.track_id) == (1, 2)
    assert second.frame_index.tolist() == [1, 3, 5, 7, 9]
    assert second.face_px.tolist() == [79.5] * 5


def test_a_run_without_faces_has_no_series(case: Case, run: RunRow) -> None:
    assert len(case.series_rows(run.run_id)) == 0
    assert case.series(run.run_id) == ()
    assert case.done_indices(run.run_id).tolist() == []
    assert list(case.results(run.run_id)) == []


def test_columns_must_be_of_one_length(case: Case, run: RunRow) -> None:
    rows = case.series_rows(run.run_id)
    with pytest.raises(ValueError, match="seconds must be float64"):
        replace(rows, seconds=np.zeros(3))


def test_times_too_large_for_a_float_product_are_rounded_once() -> None:
    pts = np.array([2**62 + 1, 3], dtype=np.int64)
    one, base = np.ones(2, dtype=np.int64), np.array([3, 7], dtype=np.int64)
    assert results._seconds(pts, one, base).tolist() == [(2**62 + 1) / 3, 3 / 7]


def test_a_frame_has_one_result_only(filled: Case, run: RunRow, make_frame: Callable) -> None:
    for again in (make_frame(3), make_frame(4), Gap(3, 0, "x")):
        with pytest.raises(SessionError, match=r"has its result in run 1"):
            filled.append(run.run_id, again)


def test_only_a_run_that_was_started_here_takes_results(filled: Case, run: RunRow, make_frame: Callable) -> None:
    with pytest.raises(SessionError, match=r"Run 77 .* is not running here"):
        filled.append(77, make_frame(20))
    filled.finish_run(run.run_id, RunState.FINISHED)
    with pytest.raises(SessionError, match="is not running here"):
        filled.append(run.run_id, make_frame(20))


def test_with_wal_another_process_sees_each_result_at_once(case: Case, run: RunRow, make_frame: Callable) -> None:
    with Case.open(case.path, read_only=True) as reader:
        for index in range(5):
            case.append(run.run_id, make_frame(index))
            assert len(reader.done_indices(run.run_id)) == index + 1


def test_without_wal_results_are_gathered_for_a_second_at_most(
    case_path: Path, monkeypatch: pytest.MonkeyPatch, start: Callable, make_evidence: Callable, make_frame: Callable
) -> None:
    clock = [1000.0]
    monkeypatch.setattr(database, "is_network_path", lambda path: True)
    monkeypatch.setattr(results.time, "monotonic", lambda: clock[0])
    with Case.open(case_path, create=True) as case, Case.open(case_path, read_only=True) as reader:
        run = start(case, case.add_evidence(make_evidence(Path("/v/clip.mp4"))))
        seen = []
        for index in range(5):
            case.append(run.run_id, make_frame(index))
            seen.append(len(reader.done_indices(run.run_id)))
            clock[0] += 0.4
        assert seen == [1, 1, 1, 4, 4]
        assert len(case.done_indices(run.run_id)) == 5, "the writer itself sees all at any time"
        case.append(run.run_id, make_frame(5))
    with Case.open(case_path, read_only=True) as reader:
        assert len(reader.done_indices(run.run_id)) == 6, "closing writes what is left"


def test_at_least_once_a_second_the_disk_is_waited_for(
    case: Case, run: RunRow, make_frame: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [1e9]
    monkeypatch.setattr(results.time, "monotonic", lambda: clock[0])
    levels = []
    for index in range(5):
        case.append(run.run_id, make_frame(index))
        levels.append(case._database.rows("PRAGMA synchronous")[0][0])
        clock[0] += 0.6
    assert levels == [2, 1, 2, 1, 2], "FULL waits, NORMAL does not"


@pytest.mark.parametrize(("mode", "may_be_lost_seconds"), [("append", 0.0), ("append-without-wal", 2.0)])
def test_a_writer_that_is_killed_leaves_what_it_had_written_and_the_run_goes_on(
    case_path: Path,
    writer: Writer,
    start: Callable,
    make_evidence: Callable[..., Evidence],
    make_frame: Callable,
    mode: str,
    may_be_lost_seconds: float,
) -> None:
    with Case.open(case_path, create=True) as case:
        run = start(case, case.add_evidence(make_evidence(Path("/v/clip.mp4"))), 100_000)
        case.append(run.run_id, make_frame(0))
    child = writer(mode)
    appended = [child.stdout.readline().split()]
    begun = time.monotonic()
    while time.monotonic() - begun < 3:
        appended.append(child.stdout.readline().split())
    child.kill()
    killed = time.monotonic()
    child.wait()
    owed = [0] + [int(index) for index, at in appended if float(at) < killed - may_be_lost_seconds]
    assert len(owed) > 2
    with Case.open(case_path, read_only=True) as case:
        assert case.runs()[0].state is RunState.INTERRUPTED
        done = case.done_indices(run.run_id).tolist()
        assert done[: len(owed)] == owed
        assert [result.index for result in case.results(run.run_id)] == done
    with Case.open(case_path) as case:
        again = start(case, 1, 100_000)
        assert again.run_id == run.run_id
        assert case.done_indices(run.run_id).tolist() == done
        case.append(run.run_id, make_frame(done[-1] + 1))
        assert case.verify_log()
    assert [path.name for path in case_path.parent.iterdir()] == [case_path.name]


def test_a_window_works_while_another_process_writes_results(
    case_path: Path, writer: Writer, start: Callable, make_evidence: Callable[..., Evidence]
) -> None:
    with Case.open(case_path, create=True) as case:
        run = start(case, case.add_evidence(make_evidence(Path("/v/clip.mp4"))), 100_000)
    with Case.open(case_path, window=True) as window:
        child = writer("append")
        child.stdout.readline()
        assert window.runs()[0].state is RunState.RUNNING
        seen = []
        for number in range(20):
            window.add_note(1, f"note {number}", number)
            child.stdout.readline()
            seen.append(len(window.series(run.run_id)[0]))
        assert seen == sorted(seen)
        assert seen[-1] > seen[0], "later looks find more"
        with pytest.raises(SessionError, match=f"going on in process {child.pid}"):
            start(window, 1, 100_000)
        child.kill()
        child.wait()
        assert window.runs()[0].state is RunState.INTERRUPTED
        assert len(window.notes()) == 20
        assert window.verify_log()


def test_reading_a_long_run_can_be_stopped(
    filled: Case, run: RunRow, make_frame: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(results, "PIECE_ROWS", 2)
    whole = filled.series(run.run_id)
    steps = filled.series_steps(run.run_id)
    next(steps)
    next(steps)
    steps.close()
    filled.append(run.run_id, make_frame(10))
    assert [len(track) for track in filled.series(run.run_id)] == [len(whole[0]) + 1, len(whole[1])]
