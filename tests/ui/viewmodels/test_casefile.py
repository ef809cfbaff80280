"""The case beside the video: runs, edits, and what a second window may do."""

import threading
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from lav_gui.errors import SessionError
from lav_gui.session.case import Case
from lav_gui.session.paths import CASES_VARIABLE, default_case_path
from lav_gui.ui.viewmodels import casefile
from lav_gui.ui.viewmodels.desk import Desk
from lav_gui.verdict.edits import EditKind
from tests.ui.conftest import is_judged


@pytest.fixture
def done(qtbot: QtBot, opened: Desk) -> Desk:
    with qtbot.waitSignals([opened.analysis.finished, opened.casefile.shown], timeout=10_000):
        opened.running.start()
    qtbot.waitUntil(lambda: is_judged(opened), timeout=5000)
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


def unreadable(*_: object) -> Any:
    raise SessionError("The case is damaged; open a backup copy of it.")


def test_a_run_of_whose_file_nothing_can_be_read_leaves_the_screen_as_it_was(
    qtbot: QtBot, done: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("evidence", "evidences"):
        monkeypatch.setattr(Case, name, unreadable)
    judged = done.results.judged
    with qtbot.waitSignal(done.casefile.failed, timeout=1000), qtbot.assertNotEmitted(done.casefile.shown):
        done.casefile.show_run(1)
    assert done.results.judged is judged
    assert done.casefile.run is not None


def test_a_run_that_is_not_there_leaves_the_screen_as_it_was(qtbot: QtBot, done: Desk) -> None:
    done.casefile.include(1, False)
    done.casefile.show_run(99)
    assert done.casefile.run is not None
    assert done.casefile.run.run_id == 1
    done.casefile.write(lambda case: case.set_exhibit_number(1, "A"))
    assert done.results.facts is not None
    assert len(done.results.facts.edits) == 1


def test_edits_that_cannot_be_read_again_stay_on_screen(
    qtbot: QtBot, done: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    done.casefile.include(1, False)
    monkeypatch.setattr(Case, "track_edits", unreadable)
    with qtbot.waitSignal(done.casefile.failed, timeout=1000):
        done.casefile.write(lambda case: case.set_exhibit_number(1, "A"))
    assert done.results.facts is not None
    assert len(done.results.facts.edits) == 1


def test_a_case_that_is_opened_twice_at_once_can_be_written(
    qtbot: QtBot, done: Desk, make_desk: Callable[..., Desk], analysis: object
) -> None:
    assert done.casefile.case is not None
    path = done.casefile.case.path
    done.opening.close()
    other = make_desk(analysis)
    for _ in range(3):
        other.casefile.open(path)
    assert other.casefile.is_opening
    qtbot.waitUntil(lambda: other.casefile.case is not None and other.jobs.count == 0, timeout=5000)
    assert other.casefile.can_write
    assert not other.casefile.is_opening


def test_a_case_that_comes_too_late_and_cannot_be_closed_does_not_stand_in_the_way_of_the_next(
    qtbot: QtBot, done: Desk, make_desk: Callable[..., Desk], analysis: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert done.casefile.case is not None
    path = done.casefile.case.path
    done.opening.close()
    other = make_desk(analysis)
    close, closed = Case.close, []

    def fail_once(case: Case) -> None:
        close(case)
        closed.append(case)
        if len(closed) == 1:
            raise SessionError("The disk is full.")

    monkeypatch.setattr(Case, "close", fail_once)
    with qtbot.waitSignal(other.casefile.failed, timeout=5000), qtbot.waitSignal(other.casefile.shown, timeout=5000):
        other.opening.open_case(path)
        other.opening.open_case(path)
    qtbot.waitUntil(lambda: other.document.evidence is not None and other.jobs.count == 0, timeout=5000)


def test_faces_cannot_be_edited_while_no_run_is_on_screen_and_this_is_said(qtbot: QtBot, done: Desk) -> None:
    cell = done.faces.index(0, 0)
    assert done.faces.flags(cell) & Qt.ItemFlag.ItemIsUserCheckable
    done.selection.select(1)
    done.casefile.choose_evidence(99)
    assert done.casefile.run is None
    assert not {"can_edit", "can_edit_face"} & done.conditions
    assert not done.faces.flags(cell) & Qt.ItemFlag.ItemIsUserCheckable
    for edit in (
        lambda: done.casefile.include(1, False),
        lambda: done.casefile.include(1, True),
        lambda: done.casefile.split(1, 20),
        lambda: done.casefile.merge(1, 2),
    ):
        with qtbot.waitSignal(done.casefile.failed, timeout=1000) as told:
            edit()
        assert "no results on screen" in str(told.args[0])


def test_a_case_need_not_wait_for_another_that_is_slow_to_open(
    qtbot: QtBot, done: Desk, make_desk: Callable[..., Desk], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert done.casefile.case is not None
    path = done.casefile.case.path
    done.opening.close()
    slow, goes_on, open_steps = tmp_path / "slow.lav", threading.Event(), casefile.open_steps

    def steps(place: Path, create: bool) -> Generator[None, None, Case]:
        yield None
        if place == slow:
            goes_on.wait(10)
        return (yield from open_steps(place, create))

    monkeypatch.setattr(casefile, "open_steps", steps)
    done.casefile.open(slow, create=True)
    with qtbot.waitSignal(done.casefile.opened, timeout=5000):
        done.casefile.open(path)
    goes_on.set()
    qtbot.waitUntil(lambda: done.jobs.count == 0, timeout=5000)
    assert done.casefile.case.path == path


def test_a_case_that_can_be_made_nowhere_is_told(
    qtbot: QtBot, opened: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv(CASES_VARIABLE, str(tmp_path / "file" / "cases"))
    assert opened.document.evidence is not None
    with qtbot.waitSignals([opened.casefile.failed, opened.casefile.not_opened], timeout=5000):
        opened.casefile.make(opened.document.evidence)
    assert not opened.casefile.is_opening
