"""A case file opens or says why not, outlives a full disk, and is one file at rest."""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from lav_gui.errors import SessionError
from lav_gui.session import Case, RunRow, database
from lav_gui.session.database import open_database


@pytest.fixture
def made(case_path: Path) -> Path:
    """A case file at rest."""
    Case.open(case_path, create=True).close()
    return case_path


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def _header_says_wal(path: Path) -> bool:
    return path.read_bytes()[18:20] == b"\x02\x02"


def test_a_new_case_is_made_and_at_rest_is_one_file(case_path: Path) -> None:
    with Case.open(case_path, create=True) as case:
        assert case.path == case_path
        assert _names(case_path.parent) == [case_path.name, f"{case_path.name}-shm", f"{case_path.name}-wal"]
    assert _names(case_path.parent) == [case_path.name]
    assert not _header_says_wal(case_path)


def test_a_file_that_is_not_there_is_named_and_not_made(case_path: Path) -> None:
    for choice in ({}, {"read_only": True}, {"read_only": True, "create": True}):
        with pytest.raises(SessionError, match="There is no case file 李小龙"):
            Case.open(case_path, **choice)
    assert _names(case_path.parent) == []


def test_a_folder_is_no_case(tmp_path: Path) -> None:
    with pytest.raises(SessionError, match="is a folder, not a case file"):
        Case.open(tmp_path, create=True)


def test_a_case_in_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SessionError, match="there is no folder"):
        Case.open(tmp_path / "absent" / "a.lav", create=True)


@pytest.mark.parametrize("create", [False, True])
@pytest.mark.parametrize("content", [b"this is text, not a case\n" * 99, b"\x00\x00\x00\x20ftypisom" + b"\x07" * 9000])
def test_a_file_of_another_kind_is_refused_and_left_as_it_is(tmp_path: Path, content: bytes, create: bool) -> None:
    path = tmp_path / "clip.mp4"
    path.write_bytes(content)
    with pytest.raises(SessionError, match=r"clip\.mp4 is not a LAV case"):
        Case.open(path, create=create)
    assert path.read_bytes() == content
    assert _names(tmp_path) == ["clip.mp4"]


def test_an_empty_file_is_no_case_but_may_become_one(tmp_path: Path) -> None:
    path = tmp_path / "a.lav"
    path.touch()
    with pytest.raises(SessionError, match="is empty, not a LAV case"):
        Case.open(path)
    with Case.open(path, create=True) as case:
        assert case.audit_log()


def test_a_database_of_another_program_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "places.sqlite"
    foreign = sqlite3.connect(path)
    foreign.execute("CREATE TABLE bookmarks (url)")
    foreign.close()
    before = path.read_bytes()
    for create in (False, True):
        with pytest.raises(SessionError, match="database of another program"):
            Case.open(path, create=create)
    assert path.read_bytes() == before


def test_a_newer_case_is_refused_and_left_as_it_is(made: Path) -> None:
    with sqlite3.connect(made) as newer:
        newer.execute(f"PRAGMA user_version = {database.schema.SCHEMA_VERSION + 1}")
    newer.close()
    before = made.read_bytes()
    with pytest.raises(SessionError, match="newer LAV"):
        Case.open(made)
    assert made.read_bytes() == before


def test_an_older_case_is_brought_up_but_not_when_it_is_only_read(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    step = ("ALTER TABLE note ADD COLUMN extra TEXT",)
    monkeypatch.setattr(database.schema, "STEPS", (*database.schema.STEPS, step))
    monkeypatch.setattr(database.schema, "SCHEMA_VERSION", database.schema.SCHEMA_VERSION + 1)
    with pytest.raises(SessionError, match="of an older LAV; open it once for writing"):
        Case.open(made, read_only=True)
    with Case.open(made) as case:
        assert case.notes() == ()
    with Case.open(made, read_only=True) as case:
        assert case.notes() == ()


def test_a_case_of_version_1_is_read_as_it_is(made: Path) -> None:
    with sqlite3.connect(made) as older:
        older.execute("DROP TABLE queue")
        older.execute("DROP TABLE withdrawn")
        older.execute("PRAGMA user_version = 1")
    older.close()
    before = made.read_bytes()
    with Case.open(made, read_only=True) as case:
        assert (case.evidences(), case.queue()) == ((), ())
        assert case.verify_log()
    assert made.read_bytes() == before
    with Case.open(made) as case:
        assert case.queue() == ()


def _read_all(path: Path) -> str:
    """What the user is told when everything in a case is read; "" where nothing is wrong."""
    try:
        with Case.open(path, read_only=True) as case:
            for run in case.runs():
                list(case.results(run.run_id)), case.series(run.run_id), case.gaps(run.run_id)
                case.heatmap(run.run_id, 1, 1), case.track_edits(run.run_id)
            case.evidences(), case.notes(), case.details(), case.audit_log()
    except SessionError as error:
        return str(error)
    return ""


@pytest.mark.parametrize("offset", [0, 3000])
def test_damage_is_told_in_one_sentence_wherever_it_is(
    case: Case, run: RunRow, make_frame: Callable, tmp_path: Path, offset: int
) -> None:
    for index in range(10):
        case.append(run.run_id, make_frame(index))
    case.close()
    whole = case.path.read_bytes()
    path = tmp_path / "damaged.lav"
    told = []
    for place in range(offset, len(whole), 4096):
        path.write_bytes(whole[:place] + b"\xa5" * 1096 + whole[place + 1096 :])
        told.append(_read_all(path))
    found = [sentence for sentence in told if sentence]
    assert len(found) >= 5
    assert all(re.match(r"damaged\.lav is (damaged|not a LAV case|a database of another)", text) for text in found)
    assert _read_all(case.path) == ""


def test_a_truncated_case_is_damaged(made: Path) -> None:
    made.write_bytes(made.read_bytes()[:5000])
    with pytest.raises(SessionError, match="damaged"):
        Case.open(made)


def test_reading_only_leaves_the_file_as_it_is_and_forbids_writing(made: Path) -> None:
    before = made.read_bytes()
    with Case.open(made, read_only=True) as case:
        assert case.read_only
        with pytest.raises(SessionError, match="open for reading only"):
            case.log("x.y")
        assert len(case.audit_log()) == 1
    assert made.read_bytes() == before
    assert _names(made.parent) == [made.name]


def test_a_case_in_a_protected_folder_is_read_but_not_written(made: Path, write_protected: Callable) -> None:
    write_protected(made.parent)
    with pytest.raises(SessionError, match=r"write-protected|check that you may read and write"):
        Case.open(made)
    with pytest.raises(SessionError, match="check that you may read and write"):
        Case.open(made.with_name("new.lav"), create=True)
    with Case.open(made, read_only=True) as case:
        assert len(case.audit_log()) == 1


def test_a_case_marked_as_wal_is_read_in_a_protected_folder_too(made: Path, write_protected: Callable) -> None:
    marked = sqlite3.connect(made)
    marked.execute("PRAGMA journal_mode = WAL")
    marked.close()
    assert _header_says_wal(made)
    assert _names(made.parent) == [made.name]
    write_protected(made.parent)
    with Case.open(made, read_only=True) as case:
        assert len(case.audit_log()) == 1


@pytest.mark.parametrize("index_file_is_there", [True, False])
def test_a_case_left_by_a_killed_writer_is_never_read_without_its_last_frames(
    case: Case, run: RunRow, writer: Callable, write_protected: Callable, index_file_is_there: bool
) -> None:
    case.close()
    child = writer("append")
    index = int(child.stdout.readline().split()[0])
    child.kill()
    child.wait()
    if not index_file_is_there:
        case.path.with_name(f"{case.path.name}-shm").unlink()
    write_protected(case.path.parent)
    if index_file_is_there:
        with Case.open(case.path, read_only=True) as reader:
            assert index in reader.done_indices(run.run_id)
    else:
        with pytest.raises(SessionError, match=r"was not closed properly.*together with .*-wal to another folder"):
            Case.open(case.path, read_only=True)


def test_processes_that_make_open_and_close_a_case_at_once_lose_nothing(case_path: Path, writer: Callable) -> None:
    children = [writer("log") for _ in range(3)]
    for child in children:
        child.communicate(timeout=60)
        assert child.returncode == 0
    assert _names(case_path.parent) == [case_path.name]
    with Case.open(case_path, read_only=True) as case:
        assert case.verify_log()
        assert [entry.action for entry in case.audit_log()].count("child.step") == 3 * 5


def test_the_last_one_out_leaves_one_file_whoever_it_is(made: Path) -> None:
    writer, reader = Case.open(made), Case.open(made, read_only=True)
    writer.log("x.y")
    assert len(reader.audit_log()) == 3
    writer.close()
    assert len(_names(made.parent)) == 3
    assert len(reader.audit_log()) == 3
    reader.close()
    assert _names(made.parent) == [made.name]
    with Case.open(made, read_only=True) as again:
        assert len(again.audit_log()) == 3


def test_a_reader_sees_what_a_writer_commits_and_never_waits_for_it(made: Path) -> None:
    with Case.open(made) as writer, Case.open(made, read_only=True) as reader:
        with writer._database.write() as connection:
            connection.execute("INSERT INTO detail VALUES ('examiner', 'Владимир')")
            assert reader.details().examiner == ""
        assert reader.details().examiner == "Владимир"


def test_a_case_on_a_network_drive_works_without_wal(case_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "is_network_path", lambda path: True)
    with Case.open(case_path, create=True) as writer, Case.open(case_path, read_only=True) as reader:
        writer.log("x.y")
        assert len(reader.audit_log()) == 2
        assert _names(case_path.parent) == [case_path.name]


def test_where_wal_cannot_be_set_the_case_works_without(case_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = database._journal
    broken = sqlite3.OperationalError("disk I/O error")
    monkeypatch.setattr(database, "_journal", lambda c, mode: _raise(broken) if mode == "WAL" else journal(c, mode))
    with Case.open(case_path, create=True) as case:
        case.log("x.y")
        assert not case._database.wal


def _raise(error: Exception) -> None:
    raise error


def _append_many(case: Case, run: RunRow, make_frame: Callable) -> None:
    for index in range(100):
        case.append(run.run_id, make_frame(index, tuple(range(1, 9))))


def test_a_full_disk_is_told_keeps_what_was_saved_and_goes_on_when_there_is_space(
    case: Case, run: RunRow, make_frame: Callable
) -> None:
    connection = case._database._connection
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(SessionError, match="the disk is full; free some space"):
        _append_many(case, run, make_frame)
    with Case.open(case.path, read_only=True) as reader:
        kept = reader.done_indices(run.run_id).tolist()
    assert kept
    connection.execute("PRAGMA max_page_count = 1000000")
    case.flush()
    assert case.done_indices(run.run_id).tolist() == [*kept, kept[-1] + 1]
    assert case.verify_log()


def test_a_case_closes_on_a_full_disk_and_opens_again(case: Case, run: RunRow, make_frame: Callable) -> None:
    connection = case._database._connection
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(SessionError, match="the disk is full"):
        _append_many(case, run, make_frame)
    with pytest.raises(SessionError, match="the disk is full"):
        case.close()
    assert _names(case.path.parent) == [case.path.name]
    with Case.open(case.path) as again:
        assert again.verify_log()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 400 kB."""
    mount = shutil.which("mount")
    folder = tmp_path / "small disk"
    folder.mkdir()
    options = ["-t", "tmpfs", "-o", "size=400k", "tmpfs", str(folder)]
    if mount is None or subprocess.run([mount, *options], capture_output=True, check=False).returncode != 0:
        pytest.skip("a small disk can be made by a superuser of Linux only")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_disk_that_is_really_full_keeps_every_committed_frame(
    small_disk: Path, make_evidence: Callable, start: Callable, make_frame: Callable
) -> None:
    case = Case.open(small_disk / "case.lav", create=True)
    run = start(case, case.add_evidence(make_evidence(Path("/v/clip.mp4"))), 100)
    with pytest.raises(SessionError, match="full"):
        _append_many(case, run, make_frame)
    with Case.open(case.path, read_only=True) as reader:
        kept = reader.done_indices(run.run_id).tolist()
        assert kept == list(range(len(kept)))
        assert len(kept) > 5
    with pytest.raises(SessionError, match="full"):
        case.close()
    with Case.open(case.path, read_only=True) as reader:
        assert reader.done_indices(run.run_id).tolist() == kept
        assert [result.index for result in reader.results(run.run_id)] == kept
        assert reader.verify_log()


def test_no_disk_for_a_new_case_leaves_no_file_behind(small_disk: Path) -> None:
    (small_disk / "ballast").write_bytes(b"\x00" * 390_000)
    with pytest.raises(SessionError, match="full"):
        Case.open(small_disk / "case.lav", create=True)
    assert _names(small_disk) == ["ballast"]


def test_a_case_held_up_by_another_program_is_told(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    blocker = sqlite3.connect(made, isolation_level=None)
    with Case.open(made) as case:
        blocker.execute("BEGIN IMMEDIATE")
        with pytest.raises(SessionError, match="in use by another program"):
            case.log("x.y")
        blocker.execute("ROLLBACK")
        blocker.close()
        case.log("x.y")


def test_a_transaction_that_fails_leaves_nothing(case: Case) -> None:
    def fail() -> None:
        with case._database.write() as connection:
            connection.execute("INSERT INTO detail VALUES ('examiner', 'x')")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert case.details().examiner == ""


def test_a_number_too_large_for_the_file_is_told(case: Case, run: RunRow, make_frame: Callable) -> None:
    with pytest.raises(SessionError, match="too large"):
        case.append(run.run_id, make_frame(2**63))


def test_a_closed_case_says_so(made: Path) -> None:
    case = Case.open(made)
    case.close()
    case.close()
    with pytest.raises(SessionError, match="is closed; open it again"):
        case.notes()


def test_a_transaction_inside_another_is_a_part_of_it(case: Case) -> None:
    def give_up() -> None:
        with case._database.write():
            case.log("inner.first")
            case.log("inner.second")
            raise ValueError("given up")

    with pytest.raises(ValueError, match="given up"):
        give_up()
    assert [entry.action for entry in case.audit_log()] == ["case.open"]
    case.log("after.all")
    assert case.verify_log()


def test_threads_take_turns(case: Case) -> None:
    errors: list[BaseException] = []

    def work() -> None:
        try:
            for _ in range(10):
                case.log("thread.step")
                case.audit_log()
        except SessionError as error:
            errors.append(error)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert len(case.audit_log()) == 41
    assert case.verify_log()


def test_a_path_that_is_not_unicode_works(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xe9.lav"))
    try:
        Case.open(path, create=True).close()
    except SessionError:
        pytest.skip("this file system takes Unicode names only")
    assert open_database(path, create=False, read_only=True).close() is None


@pytest.mark.skipif(os.name != "posix", reason="elsewhere locks belong to handles")
def test_what_is_written_after_the_locks_were_lost_and_the_wal_was_removed_is_kept(made: Path) -> None:
    def look_from_elsewhere() -> str:
        code = (
            "import sys; from pathlib import Path; from lav_gui.session import Case\n"
            "with Case.open(Path(sys.argv[1]), read_only=True) as case:\n    print([n.text for n in case.notes()])"
        )
        return subprocess.run(
            [sys.executable, "-c", code, str(made)], capture_output=True, text=True, check=True
        ).stdout.strip()

    with Case.open(made) as case:
        case.add_note(None, "before")
        with made.open("rb"):  # closing this handle ends all locks of this process, as a file dialog may do
            pass
        assert look_from_elsewhere() == "['before']"
        assert not made.with_name(f"{made.name}-wal").exists(), "the last one out, as it thought"
        case.add_note(None, "after")
        assert look_from_elsewhere() == "['before', 'after']"
        assert [note.text for note in case.notes()] == ["before", "after"]
    assert look_from_elsewhere() == "['before', 'after']"
