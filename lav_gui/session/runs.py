"""The runs of a case: which settings, weights and software made which results, and whether they came to an end."""

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from lav_gui.errors import SessionError
from lav_gui.records import Software
from lav_gui.records.arrays import frozen_array
from lav_gui.session.audit import add_entry
from lav_gui.session.codec import (
    parse_json,
    planned_from_bytes,
    planned_to_bytes,
    settings_from_text,
    settings_to_text,
    software_from_text,
    software_to_text,
    utc_text,
    weights_from_text,
    weights_to_text,
)
from lav_gui.session.database import Row
from lav_gui.session.identity import ProcessMark, own_mark
from lav_gui.session.results import ResultPart
from lav_gui.settings import AnalysisSettings
from model_zoo.weights_record import Weights

_SILENCE_SECONDS = 600.0
"""A run of another computer, whose process cannot be asked, counts as dead after this time without a result."""

_COLUMNS = "run_id, evidence_id, settings, weights, software, planned, state, owner, touched, started, finished"


class RunState(StrEnum):
    """How far a run came. Interrupted: its process ended without saying so. All but finished can go on."""

    RUNNING = "running"
    FINISHED = "finished"
    CANCELLED = "cancelled"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True, eq=False)
class RunRow:
    """One run: one evidence under one choice of settings, weights and software.

    `planned` (P,) int64 are all frame indices of the run, increasing. `started` and `finished` are UTC; `finished` is
    when its last part ended in any way, None while it runs.
    """

    run_id: int
    evidence_id: int
    settings: AnalysisSettings
    weights: Weights
    software: Software
    planned: NDArray[np.int64]
    state: RunState
    started: datetime
    finished: datetime | None

    def __post_init__(self) -> None:
        object.__setattr__(self, "planned", frozen_array("planned", self.planned, (None,), np.int64))


class RunPart(ResultPart):
    """Starting, resuming and ending runs."""

    def start_run(
        self,
        evidence_id: int,
        settings: AnalysisSettings,
        weights: Weights,
        software: Software,
        planned: NDArray[np.int64],
    ) -> RunRow:
        """Resume the unfinished run that would give the same numbers, or add a run.

        It is resumed if evidence, settings, weights (SHA-256), planned frames and the whole software record are equal:
        device, precision, detector and its weights, and versions too, for a report names one software for all
        results of a run.

        Parameters
        ----------
        planned : ndarray of shape (P,), int64
            Frame indices, increasing.

        Raises
        ------
        SessionError
            If that run is going on in another process, or the case cannot be written.
        """
        facts = (evidence_id, settings_to_text(settings), weights.sha256, software_to_text(software))
        with self._database.write() as connection, self._decoding():
            row = _unfinished(connection, facts, planned)
            run_id = _add(connection, facts, weights, planned) if row is None else self._resume(connection, row)
        self._held.add(run_id)
        return self.run(run_id)

    def run(self, run_id: int) -> RunRow:
        """One run.

        Raises
        ------
        SessionError
            If there is no such run.
        """
        found = self._database.rows(f"SELECT {_COLUMNS} FROM run WHERE run_id = ?", (run_id,))
        if not found:
            raise SessionError(f"{self._database.path.name} has no run {run_id}; choose one that it has.")
        with self._decoding():
            return _run_from_row(found[0])

    def runs(self, evidence_id: int | None = None) -> tuple[RunRow, ...]:
        """All runs, or those of one evidence, oldest first.

        A run whose process died is shown as interrupted, also before anybody could write that down.
        """
        found = self._database.rows(
            f"SELECT {_COLUMNS} FROM run WHERE ?1 IS NULL OR evidence_id = ?1 ORDER BY run_id", (evidence_id,)
        )
        with self._decoding():
            return tuple(_run_from_row(row) for row in found)

    def newest_runs(self) -> tuple[RunRow, ...]:
        """The newest run of each evidence that has any; states as in `runs`."""
        found = self._database.rows(
            f"SELECT {_COLUMNS} FROM run WHERE run_id IN (SELECT max(run_id) FROM run GROUP BY evidence_id)"
        )
        with self._decoding():
            return tuple(_run_from_row(row) for row in found)

    def finish_run(self, run_id: int, state: RunState) -> None:
        """Write what is left of a run that this case started, and how it ended.

        Raises
        ------
        SessionError
            If the run was not started here, or cannot be written.
        ValueError
            If the state is `RUNNING`.
        """
        if RunState(state) is RunState.RUNNING:
            raise ValueError("a run cannot end as running")
        if run_id not in self._held:
            raise SessionError(f"Run {run_id} of {self._database.path.name} is not running here; start it first.")
        self.flush()
        with self._database.write() as connection:
            _end(connection, run_id, RunState(state))
        self._held.discard(run_id)

    def _resume(self, connection: sqlite3.Connection, row: Row) -> int:
        run_id = int(row[0])
        owner = ProcessMark.from_text(row[7]) if row[7] else None
        if run_id not in self._held and _state(row) is RunState.RUNNING and owner is not None and owner != own_mark():
            raise SessionError(
                f"This analysis is going on in process {owner.pid} of {owner.host} already; wait for it, or cancel it."
            )
        now = utc_text()
        connection.execute(
            "UPDATE run SET state = 'running', owner = ?, touched = ?, finished = NULL WHERE run_id = ?",
            (own_mark().to_text(), now, run_id),
        )
        add_entry(connection, "run.resume", {"run_id": run_id, **_counts(connection, run_id)})
        return run_id


def mark_interrupted(connection: sqlite3.Connection) -> None:
    """Write down which runs were left by a process that died, inside a write transaction of the caller."""
    for row in connection.execute(f"SELECT {_COLUMNS} FROM run WHERE state = 'running'").fetchall():
        if _state(row) is RunState.INTERRUPTED:
            _end(connection, row[0], RunState.INTERRUPTED)


def _unfinished(
    connection: sqlite3.Connection, facts: tuple[int, str, str, str], planned: NDArray[np.int64]
) -> Row | None:
    """The newest run that a call with these facts would go on with."""
    found = connection.execute(
        f"SELECT {_COLUMNS} FROM run WHERE evidence_id = ? AND settings = ? AND weights_sha256 = ? AND software = ?"
        " AND state <> 'finished' ORDER BY run_id DESC",
        facts,
    ).fetchall()
    return next((row for row in found if np.array_equal(planned_from_bytes(row[5]), planned)), None)


def _add(
    connection: sqlite3.Connection, facts: tuple[int, str, str, str], weights: Weights, planned: NDArray[np.int64]
) -> int:
    now = utc_text()
    added = connection.execute(
        "INSERT INTO run (evidence_id, settings, weights_sha256, software, weights, planned, owner, touched, started,"
        " state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'running')",
        (*facts, weights_to_text(weights), planned_to_bytes(planned), own_mark().to_text(), now, now),
    )
    run_id = int(added.lastrowid or 0)
    details = {
        "run_id": run_id,
        "evidence_id": facts[0],
        "settings": parse_json(facts[1]),
        "weights": {"name": weights.name, "sha256": weights.sha256},
        "software": parse_json(facts[3]),
        "frames_planned": len(planned),
    }
    add_entry(connection, "run.start", details)
    return run_id


def _end(connection: sqlite3.Connection, run_id: int, state: RunState) -> None:
    connection.execute(
        "UPDATE run SET state = ?, owner = NULL, finished = ? WHERE run_id = ?", (str(state), utc_text(), run_id)
    )
    add_entry(connection, "run.end", {"run_id": run_id, "state": str(state), **_counts(connection, run_id)})


def _counts(connection: sqlite3.Connection, run_id: int) -> dict[str, int]:
    (frames,) = connection.execute("SELECT count(*) FROM frame WHERE run_id = ?", (run_id,)).fetchone()
    (gaps,) = connection.execute("SELECT count(*) FROM gap WHERE run_id = ?", (run_id,)).fetchone()
    return {"frames_done": frames, "gaps": gaps}


def _run_from_row(row: Row) -> RunRow:
    return RunRow(
        run_id=row[0],
        evidence_id=row[1],
        settings=settings_from_text(row[2]),
        weights=weights_from_text(row[3]),
        software=software_from_text(row[4]),
        planned=planned_from_bytes(row[5]),
        state=_state(row),
        started=datetime.fromisoformat(row[9]),
        finished=None if row[10] is None else datetime.fromisoformat(row[10]),
    )


def _state(row: Row) -> RunState:
    """The state as written, but interrupted where the process that should be running is dead."""
    state = RunState(row[6])
    if state is not RunState.RUNNING or row[7] is None:
        return state
    alive = ProcessMark.from_text(row[7]).is_alive()
    if alive is None:
        silence = datetime.now(UTC) - datetime.fromisoformat(row[8])
        alive = silence.total_seconds() < _SILENCE_SECONDS
    return RunState.RUNNING if alive else RunState.INTERRUPTED
