"""The case beside the video: runs, edits, and what a second window may do."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from lav_gui.errors import SessionError
from lav_gui.session.case import Case
from lav_gui.session.paths import default_case_path
from lav_gui.ui.viewmodels.desk import Desk
from lav_gui.verdict.edits import EditKind


@pytest.fixture
def done(qtbot: QtBot, opened: Desk) -> Desk:
    with qtbot.waitSignals([opened.analysis.finished, opened.casefile.shown], timeout=10_000):
        opened.running.start()
    qtbot.waitUntil(
        lambda: opened.results.judged is not None and opened.results.judged.frames_analyzed == 28, timeout=5000
    )
    return opened


def faces(desk: Desk) -> list[int]:
    return [] if desk.results.verdict is None else [track.track_id for track in desk.results.verdict.tracks]


def test_after_an_analysis_its_run_is_on_screen(done: Desk) -> None:
    assert done.casefile.can_write
    assert [run.run_id for run in done.casefile.runs] == [1]
    assert done.casefile.run is not None
    assert done.casefile.run.run_id == 1


def test_leaving_a_face_out_and_taking_it_in_again_is_kept_and_logged(qtbot: QtBot, done: Desk) -> None:
    done.casefile.include(1, False)
    qtbot.waitUntil(lambda: faces(done) == [2], timeout=5000)
    done.casefile.include(1, True)
    qtbot.waitUntil(lambda: faces(done) == [1, 2], timeout=5000)
    case = done.casefile.case
    assert case is not None
    assert case.track_edits(1) == ()
    actions = [entry.action for entry in case.audit_log()]
    assert actions[-2:] == ["track_edit.add", "track_edit.remove"]


def test_a_face_is_split_at_a_frame_and_merged_again(qtbot: QtBot, done: Desk) -> None:
    done.casefile.split(2, 20)
    qtbot.waitUntil(lambda: faces(done) == [1, 2, 3], timeout=5000)
    done.casefile.merge(2, 3)
    qtbot.waitUntil(lambda: faces(done) == [1, 2], timeout=5000)
    assert done.results.facts is not None
    assert [edit.kind for edit in done.results.facts.edits] == [EditKind.SPLIT, EditKind.MERGE]
    undone = done.casefile.undo()
    qtbot.waitUntil(lambda: faces(done) == [1, 2, 3], timeout=5000)
    assert undone is not None
    assert undone.details["kind"] == "merge"
    done.casefile.redo()
    qtbot.waitUntil(lambda: faces(done) == [1, 2], timeout=5000)


def test_a_change_is_told_and_one_that_fails_is_not(qtbot: QtBot, done: Desk) -> None:
    with qtbot.waitSignal(done.casefile.edited, timeout=1000):
        done.casefile.write(lambda case: case.set_exhibit_number(1, "A"))
    with qtbot.assertNotEmitted(done.casefile.edited), pytest.raises(SessionError, match="no evidence 9"):
        done.casefile.write(lambda case: case.set_exhibit_number(9, "A"))
    with qtbot.waitSignal(done.casefile.failed, timeout=1000), qtbot.assertNotEmitted(done.casefile.edited):
        done.casefile.merge(1, 2)


def test_nothing_is_written_where_no_case_is_open(make_desk: Callable[..., Desk], analysis: object) -> None:
    desk = make_desk(analysis)
    with pytest.raises(SessionError, match="open a video"):
        desk.casefile.write(lambda case: case.log("x.y"))
    assert desk.casefile.undo() is None
    assert desk.messages.shown == ()


def test_the_case_of_a_video_is_made_where_it_goes_by_default(qtbot: QtBot, opened: Desk) -> None:
    evidence = opened.document.evidence
    assert evidence is not None
    with qtbot.waitSignal(opened.casefile.opened, timeout=5000):
        opened.casefile.make(evidence)
    assert opened.casefile.take_evidence(evidence) == opened.casefile.evidence_id == 1
    assert opened.casefile.case is not None
    assert opened.casefile.case.path == default_case_path(evidence)
    assert opened.casefile.take_evidence(evidence) == 1


def test_an_edit_that_cannot_be_is_told_and_not_kept(qtbot: QtBot, done: Desk) -> None:
    with qtbot.waitSignal(done.casefile.failed, timeout=5000) as told:
        done.casefile.merge(1, 2)
    assert "same frame" in str(told.args[0]) or "both seen" in str(told.args[0])
    assert done.results.facts is not None
    assert done.results.facts.edits == ()


def test_a_second_window_reads_only_and_says_so(
    qtbot: QtBot, done: Desk, make_desk: Callable[..., Desk], analysis: object
) -> None:
    case = done.casefile.case
    assert case is not None
    other = make_desk(analysis)
    with qtbot.waitSignal(other.casefile.shown, timeout=10_000):
        other.open(case.path)
    qtbot.waitUntil(lambda: other.document.evidence is not None, timeout=10_000)
    assert not other.casefile.can_write
    (message,) = [each for each in other.messages.shown if each.key == "read_only"]
    assert "read-only" in message.text
    assert "can_analyze" not in other.conditions
    assert "can_edit" not in other.conditions
    qtbot.waitUntil(lambda: "can_export" in other.conditions, timeout=5000)


def test_a_foreign_file_is_a_clear_sentence(
    qtbot: QtBot, make_desk: Callable[..., Desk], analysis: object, tmp_path: Path
) -> None:
    desk = make_desk(analysis)
    path = tmp_path / "notes.lav"
    path.write_text("nothing of the kind")
    with qtbot.waitSignal(desk.casefile.failed, timeout=5000) as told:
        desk.open(path)
    assert isinstance(told.args[0], SessionError)
    assert desk.casefile.case is None


def test_closing_leaves_one_file(done: Desk) -> None:
    case = done.casefile.case
    assert case is not None
    folder = case.path.parent
    done.casefile.close()
    assert [path.suffix for path in folder.iterdir()] == [".lav"]
    with Case.open(case.path) as again:
        assert again.runs()[0].run_id == 1


def test_a_split_while_the_run_goes_on_meets_no_later_track(qtbot: QtBot, opened: Desk, analysis: Any) -> None:
    analysis.pause = 0.03
    with qtbot.waitSignal(opened.casefile.shown, timeout=10_000):
        opened.running.start()
    qtbot.waitUntil(
        lambda: opened.results.judged is not None and opened.results.judged.frames_analyzed > 6, timeout=10_000
    )
    opened.casefile.split(1, 6)
    assert opened.casefile.case is not None
    assert opened.casefile.case.track_edits(1)[0].other == 10_000
    qtbot.waitUntil(lambda: 10_000 in faces(opened), timeout=5000)
