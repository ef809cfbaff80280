"""A file says what it is and of which version, and is brought up to the present one."""

import sqlite3
from collections.abc import Iterator

import pytest

from lav_gui.errors import SessionError
from lav_gui.session import schema


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    opened = sqlite3.connect(":memory:", isolation_level=None)
    yield opened
    opened.close()


@pytest.fixture
def fresh(connection: sqlite3.Connection) -> sqlite3.Connection:
    schema.bring_up(connection, 0)
    return connection


def test_an_empty_file_has_version_0_and_is_brought_up(connection: sqlite3.Connection) -> None:
    assert schema.identify(connection, "a.lav") == 0
    schema.bring_up(connection, 0)
    assert schema.identify(connection, "a.lav") == schema.SCHEMA_VERSION
    assert connection.execute("PRAGMA application_id").fetchone() == (schema.APPLICATION_ID,)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_later_step_is_applied_to_an_older_file(fresh: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "STEPS", (*schema.STEPS, ("ALTER TABLE note ADD COLUMN extra TEXT",)))
    before = schema.SCHEMA_VERSION
    monkeypatch.setattr(schema, "SCHEMA_VERSION", before + 1)
    assert schema.identify(fresh, "a.lav") == before
    schema.bring_up(fresh, before)
    assert schema.identify(fresh, "a.lav") == before + 1
    assert fresh.execute("SELECT extra FROM note").fetchall() == []


def test_a_newer_file_is_refused(fresh: sqlite3.Connection) -> None:
    fresh.execute("PRAGMA user_version = 99")
    with pytest.raises(SessionError, match=r"a\.lav was written by a newer LAV \(case version 99.*update LAV"):
        schema.identify(fresh, "a.lav")


def test_a_database_of_another_program_is_refused(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE TABLE bookmarks (url)")
    with pytest.raises(SessionError, match=r"a\.lav is a database of another program"):
        schema.identify(connection, "a.lav")


def test_a_file_that_lacks_a_table_is_damaged(fresh: sqlite3.Connection) -> None:
    fresh.execute("DROP TABLE gap")
    with pytest.raises(SessionError, match="damaged"):
        schema.identify(fresh, "a.lav")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE log SET action = 'x'",
        "DELETE FROM log",
        "INSERT INTO log VALUES (3, 't', 'a', 'x', '{}', 'p2', 'd3')",
        "INSERT INTO log VALUES (2, 't', 'a', 'x', '{}', 'wrong', 'd2')",
        "INSERT OR REPLACE INTO log VALUES (1, 't', 'a', 'x', '{}', '', 'd1')",
        "DELETE FROM log_head",
    ],
)
def test_the_database_itself_forbids_to_change_the_log(fresh: sqlite3.Connection, statement: str) -> None:
    fresh.execute("INSERT INTO log VALUES (1, 't', 'a', 'x', '{}', ?, 'd1')", (schema.GENESIS,))
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        fresh.execute(statement)


def test_floats_of_a_face_keep_the_sign_of_zero(fresh: sqlite3.Connection) -> None:
    declared = fresh.execute("SELECT name, type FROM pragma_table_info('face')").fetchall()
    assert not [name for name, kind in declared if kind == "REAL"]


def test_a_case_of_version_1_is_brought_up_and_keeps_what_it_holds(connection: sqlite3.Connection) -> None:
    for statement in schema.STEPS[0]:
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    connection.execute("PRAGMA user_version = 1")
    connection.execute("INSERT INTO evidence VALUES (1, 'aa', '7', '{}', '2026-01-01')")
    assert schema.identify(connection, "a.lav") == 1
    schema.bring_up(connection, 1)
    assert schema.identify(connection, "a.lav") == schema.SCHEMA_VERSION
    assert connection.execute("SELECT exhibit_number FROM evidence").fetchall() == [("7",)]
    assert connection.execute("SELECT * FROM queue").fetchall() == []
