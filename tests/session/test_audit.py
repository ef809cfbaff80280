"""The audit log grows only, and tells where somebody tampered with it."""

import hashlib
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from lav_gui.session import Case
from lav_gui.session.codec import canonical_json

Tamper = Callable[..., None]


@pytest.fixture
def logged(case: Case) -> Case:
    """A case with entries 1 (opened) to 6."""
    for number in range(2, 7):
        case.log("report.export", {"file": f"отчёт {number}.pdf", "pages": number, "share": 0.1, "nan": float("nan")})
    return case


@pytest.fixture
def tamper(logged: Case) -> Tamper:
    """Runs statements on the file as somebody would who drops the triggers first."""

    def run(*statements: str) -> None:
        with closing(sqlite3.connect(logged.path)) as foreign, foreign:
            for (name,) in foreign.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                foreign.execute(f"DROP TRIGGER {name}")
            for statement in statements:
                foreign.execute(statement)

    return run


def test_an_untouched_log_is_intact(logged: Case) -> None:
    check = logged.check_log()
    assert logged.verify_log()
    assert (check.entries, check.broken_entry, check.is_intact) == (6, None, True)
    assert check.head == logged.audit_log()[-1].digest
    assert check.finding == "All 6 entries are intact."


def test_an_entry_says_who_did_what_and_when(logged: Case) -> None:
    first, second = logged.audit_log()[:2]
    assert (first.number, first.action, first.details["program"]) == (1, "case.open", "command")
    assert second.details["file"] == "отчёт 2.pdf"
    assert second.time.endswith("+00:00")
    assert "@" in second.actor


def test_anyone_can_repeat_the_chain_from_the_documented_rule(logged: Case) -> None:
    previous = "0" * 64
    for entry in logged.audit_log():
        facts = {
            "number": entry.number,
            "time": entry.time,
            "actor": entry.actor,
            "action": entry.action,
            "details": entry.details,
        }
        previous = hashlib.sha256((previous + canonical_json(facts)).encode("ascii")).hexdigest()
        assert entry.line == canonical_json(facts)
        assert entry.digest == previous


@pytest.mark.parametrize(
    ("statement", "broken", "finding"),
    [
        ("UPDATE log SET details = '{}' WHERE number = 3", 3, "Entry 3 was changed"),
        ("UPDATE log SET details = 'not JSON' WHERE number = 3", 3, "Entry 3 was changed"),
        ("UPDATE log SET details = x'ff' WHERE number = 3", 3, "Entry 3 was changed"),
        ("UPDATE log SET time = '2020' WHERE number = 6", 6, "Entry 6 was changed"),
        ("UPDATE log SET previous = 'é' WHERE number = 2", 2, "Entry 2 was changed"),
        ("DELETE FROM log WHERE number = 1", 1, "Entry 1 was taken out"),
        ("DELETE FROM log WHERE number = 4", 4, "Entry 4 was taken out"),
        ("DELETE FROM log WHERE number > 4", 5, "Entries from number 5 on were cut off"),
        ("DELETE FROM log", 1, "Entries from number 1 on were cut off"),
        ("DELETE FROM log_head", 7, "Entries from number 7 on were cut off"),
    ],
)
def test_tampering_is_found_at_its_entry(
    logged: Case, tamper: Tamper, statement: str, broken: int, finding: str
) -> None:
    tamper(statement)
    check = logged.check_log()
    assert not logged.verify_log()
    assert (check.broken_entry, check.is_intact) == (broken, False)
    assert finding in check.finding


def test_an_entry_replaced_with_a_fitting_digest_breaks_the_next_link(logged: Case, tamper: Tamper) -> None:
    entry = logged.audit_log()[2]
    line = canonical_json({"number": 3, "time": entry.time, "actor": "x", "action": "x", "details": {}})
    digest = hashlib.sha256((entry.previous + line).encode("ascii")).hexdigest()
    tamper(f"UPDATE log SET actor = 'x', action = 'x', details = '{{}}', digest = '{digest}' WHERE number = 3")
    check = logged.check_log()
    assert check.broken_entry == 4
    assert "does not follow" in check.finding


def test_details_must_be_plain_values_and_nothing_is_logged_otherwise(case: Case) -> None:
    with pytest.raises(TypeError):
        case.log("report.export", {"path": Path("x.pdf")})
    assert len(case.audit_log()) == 1


def test_only_entries_of_some_actions_are_read(logged: Case) -> None:
    assert [entry.action for entry in logged.audit_log(("case.open",))] == ["case.open"]
    assert logged.audit_log(("nothing.of_the_kind",)) == ()


def test_the_entries_after_a_number_are_read_alone(case: Case) -> None:
    for name in ("a.b", "c.d", "a.b", "a.b"):
        case.log(name)
    assert [entry.number for entry in case.audit_log(after=3)] == [4, 5]
    assert [entry.number for entry in case.audit_log(("a.b",), after=2)] == [4, 5]
