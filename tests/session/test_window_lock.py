"""One window writes a case; a second one reads it and says why; a dead one holds nothing."""

import os
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from lav_gui.errors import SessionError
from lav_gui.session import Case
from lav_gui.session.identity import own_mark

Writer = Callable[[str], subprocess.Popen[str]]


@pytest.fixture
def made(case_path: Path) -> Path:
    Case.open(case_path, create=True).close()
    return case_path


def _set_owner(path: Path, **changes: object) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        owner = replace(own_mark(), **changes).to_text()
        row = (1, "token", owner, "Nguyễn@lab", "2026-05-09T07:35:25+00:00")
        connection.execute("INSERT OR REPLACE INTO window_lock VALUES (?, ?, ?, ?, ?)", row)


def _owners(path: Path) -> int:
    with Case.open(path, read_only=True) as case:
        return len(case._database.rows("SELECT 1 FROM window_lock"))


def test_a_second_window_gets_the_case_read_only_and_says_why(made: Path) -> None:
    with Case.open(made, window=True) as first, Case.open(made, window=True) as second:
        assert not first.read_only
        assert second.read_only
        assert "is open in another window (" in second.read_only_reason
        assert f"process {os.getpid()}" in second.read_only_reason
        with pytest.raises(SessionError, match="is open in another window"):
            second.add_note(None, "x")
        first.add_note(None, "hello")
        assert [note.text for note in second.notes()] == ["hello"]


def test_a_window_of_another_process_counts_while_it_lives(made: Path, writer: Writer) -> None:
    child = writer("window")
    assert child.stdout.readline().startswith("False")
    with Case.open(made, window=True) as case:
        assert f"process {child.pid}" in case.read_only_reason
    child.communicate("close\n", timeout=30)
    with Case.open(made, window=True) as case:
        assert not case.read_only


def test_a_killed_window_frees_the_case(made: Path, writer: Writer) -> None:
    child = writer("window")
    assert child.stdout.readline().startswith("False")
    child.kill()
    child.wait()
    with Case.open(made, window=True) as case:
        assert not case.read_only
    assert sorted(path.name for path in made.parent.iterdir()) == [made.name]


def test_an_analysis_writes_beside_the_window(made: Path) -> None:
    with Case.open(made, window=True) as window, Case.open(made) as analysis:
        analysis.log("run.note")
        window.add_note(None, "x")
        analysis.log("run.note")


def test_a_closed_window_leaves_no_lock(made: Path) -> None:
    Case.open(made, window=True).close()
    assert _owners(made) == 0


def test_a_window_of_another_computer_holds_until_it_is_taken_over(made: Path) -> None:
    _set_owner(made, host="another computer", pid=1)
    with Case.open(made, window=True) as case:
        assert "(Nguyễn@lab, process 1, since 2026-05-09" in case.read_only_reason
    with Case.open(made, window=True, take_over=True) as case:
        assert not case.read_only
        assert case.audit_log()[-1].details["took_over"] is True


def test_a_window_whose_case_was_taken_over_writes_nothing_more(made: Path) -> None:
    with Case.open(made, window=True) as first:
        with Case.open(made, window=True, take_over=True) as second:
            second.add_note(None, "mine now")
        with pytest.raises(SessionError, match="was taken over by another window"):
            first.add_note(None, "too late")
        assert [note.text for note in first.notes()] == ["mine now"]


def test_a_reused_process_id_holds_nothing(made: Path) -> None:
    _set_owner(made, started=own_mark().started - 1000)
    with Case.open(made, window=True) as case:
        assert not case.read_only


def test_a_row_that_this_process_could_not_remove_holds_nothing(made: Path) -> None:
    _set_owner(made)
    with Case.open(made, window=True) as case:
        assert not case.read_only


def test_a_damaged_row_is_told_in_one_sentence(made: Path) -> None:
    with closing(sqlite3.connect(made)) as connection, connection:
        connection.execute("INSERT INTO window_lock VALUES (1, 't', 'no JSON', 'a', 'b')")
    with pytest.raises(SessionError, match="is damaged"):
        Case.open(made, window=True)
