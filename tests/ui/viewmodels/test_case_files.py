"""Cases as files: made, copied, and remembered."""

import threading
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from lav_gui.session.case import Case
from lav_gui.session.runs import RunState
from lav_gui.ui.viewmodels.desk import Desk
from lav_gui.ui.viewmodels.messages import MessageKind


def errors(desk: Desk) -> list[str]:
    return [message.text for message in desk.messages.shown if message.kind is MessageKind.ERROR]


def saved(qtbot: QtBot, desk: Desk, path: Path) -> None:
    qtbot.waitUntil(
        lambda: (
            desk.casefile.case is not None
            and desk.casefile.case.path == path
            and desk.document.evidence is not None
            and desk.playback.shown is not None
        ),
        timeout=15_000,
    )


def test_a_new_case_is_empty_and_says_what_to_do(qtbot: QtBot, gathered: Desk, tmp_path: Path) -> None:
    with qtbot.waitSignal(gathered.casefile.opened, timeout=5000):
        gathered.case_files.new(tmp_path / "new.lav")
    assert (gathered.videos.rows, gathered.document.video) == ((), None)
    assert "open a video" in gathered.messages.shown[-1].text
    assert (tmp_path / "new.lav").is_file()


def test_a_video_without_a_case_goes_into_the_new_one(qtbot: QtBot, opened: Desk, tmp_path: Path) -> None:
    opened.case_files.new(tmp_path / "new.lav")
    saved(qtbot, opened, tmp_path / "new.lav")
    assert [row.name for row in opened.videos.rows] == ["swap_fake.mp4"]
    assert opened.videos.shown_row == 0
    assert not opened.messages.shown


def test_nothing_is_written_over(qtbot: QtBot, gathered: Desk, tmp_path: Path) -> None:
    taken = tmp_path / "letter.lav"
    taken.write_text("a letter")
    gathered.case_files.new(taken)
    gathered.case_files.save_as(taken)
    assert len(errors(gathered)) == 1
    assert "choose another name" in errors(gathered)[0]
    assert taken.read_text() == "a letter"
    assert len(gathered.videos.rows) == 3


def test_the_window_goes_on_in_the_copy_where_it_was(qtbot: QtBot, gathered: Desk, tmp_path: Path) -> None:
    gathered.opening.select(2)
    qtbot.waitUntil(lambda: gathered.playback.shown is not None, timeout=5000)
    with qtbot.waitSignal(gathered.analysis.finished, timeout=15_000):
        gathered.running.start()
    gathered.playback.seek(17)
    assert gathered.casefile.case is not None
    before, copy = gathered.casefile.case.path, tmp_path / "копия.lav"
    gathered.case_files.save_as(copy)
    assert gathered.case_files.is_copying
    saved(qtbot, gathered, copy)
    assert "копия.lav" in gathered.messages.shown[-1].text
    assert (gathered.casefile.evidence_id, gathered.playback.position) == (2, 17)
    assert gathered.casefile.can_write
    qtbot.waitUntil(lambda: gathered.results.judged is not None, timeout=5000)
    gathered.casefile.write(lambda case: case.add_note(2, "only here", 3))
    with Case.open(before, read_only=True) as old:
        assert (len(old.runs()), old.notes()) == (1, ())


def test_saving_while_one_is_analyzed_stops_it_and_the_copy_can_go_on(
    qtbot: QtBot, gathered: Desk, analysis: Any, tmp_path: Path
) -> None:
    analysis.pause = 0.03
    with qtbot.waitSignal(gathered.analysis.results, timeout=10_000):
        gathered.running.start()
    gathered.case_files.save_as(tmp_path / "copy.lav")
    assert [message.key for message in gathered.messages.shown] == ["stop"]
    gathered.messages.choose("stop", "stop")
    saved(qtbot, gathered, tmp_path / "copy.lav")
    assert [run.state for run in gathered.casefile.runs] == [RunState.CANCELLED]
    qtbot.waitUntil(lambda: any(each.key == "unfinished" for each in gathered.messages.shown), timeout=5000)
    analysis.pause = 0
    with qtbot.waitSignal(gathered.analysis.finished, timeout=10_000):
        gathered.messages.choose("unfinished", "resume")
    assert len(gathered.casefile.runs) == 1


def test_a_copy_that_cannot_be_written_is_told_and_the_case_stays_open(
    qtbot: QtBot, gathered: Desk, tmp_path: Path
) -> None:
    gathered.case_files.save_as(tmp_path / "nowhere" / "copy.lav")
    qtbot.waitUntil(lambda: len(errors(gathered)) == 1, timeout=5000)
    assert len(gathered.videos.rows) == 3
    assert not gathered.case_files.is_copying


def test_cases_that_were_open_are_remembered_with_their_videos(qtbot: QtBot, gathered: Desk, tmp_path: Path) -> None:
    assert gathered.casefile.case is not None
    first = gathered.casefile.case.path
    with qtbot.waitSignal(gathered.casefile.opened, timeout=5000):
        gathered.case_files.new(tmp_path / "new.lav")
    assert [case.path for case in gathered.recent.cases] == [tmp_path / "new.lav", first]
    assert gathered.recent.cases[1].videos == ("a.mp4", "b 电梯.mp4", "c.mp4")


@pytest.mark.parametrize("name", ["gone.lav"])
def test_opening_a_missing_case_is_one_sentence(qtbot: QtBot, gathered: Desk, tmp_path: Path, name: str) -> None:
    gathered.open(tmp_path / name)
    qtbot.waitUntil(lambda: len(errors(gathered)) == 1, timeout=5000)
    assert not gathered.casefile.is_opening


def test_an_analysis_begun_while_the_copy_is_written_is_asked_about(
    qtbot: QtBot, gathered: Desk, analysis: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    goes_on, save_copy = threading.Event(), Case.save_copy

    def slow(*given: Any) -> bool:
        goes_on.wait(10)
        return save_copy(*given)

    monkeypatch.setattr(Case, "save_copy", slow)
    analysis.pause = 0.03
    before, copy = gathered.casefile.case, tmp_path / "copy.lav"
    gathered.case_files.save_as(copy)
    with qtbot.waitSignal(gathered.analysis.results, timeout=10_000):
        gathered.running.start()
    goes_on.set()
    qtbot.waitUntil(lambda: not gathered.case_files.is_copying, timeout=5000)
    assert gathered.casefile.case is before
    assert [message.key for message in gathered.messages.shown] == ["stop"]
    gathered.messages.choose("stop", "stop")
    saved(qtbot, gathered, copy)
    assert gathered.casefile.can_write
    qtbot.waitUntil(lambda: gathered.jobs.count == 0, timeout=5000)
