"""The tables of a case file, their version, and how an older file is brought up to it.

Times are UTC in ISO 8601. Fractions stand as two whole numbers. Float columns of `face` have no declared type on
purpose: SQLite would turn -0.0 of a REAL column into 0.0. NaN, which SQLite cannot store, stands as the text ``nan``.
"""

import sqlite3

from lav_gui.errors import SessionError

APPLICATION_ID = 0x4C415643
"""``LAVC`` in ASCII; at byte 68 of the file, so that `file` and the like can tell a case from other databases."""

GENESIS = "0" * 64
"""Stands for the digest before the first entry of the audit log."""

_VERSION_1 = (
    """CREATE TABLE evidence (
        evidence_id INTEGER PRIMARY KEY,
        sha256 TEXT NOT NULL UNIQUE,
        exhibit_number TEXT NOT NULL,
        record TEXT NOT NULL,              -- JSON of the Evidence record
        added TEXT NOT NULL
    )""",
    """CREATE TABLE run (
        run_id INTEGER PRIMARY KEY,
        evidence_id INTEGER NOT NULL REFERENCES evidence,
        settings TEXT NOT NULL,            -- JSON
        weights_sha256 TEXT NOT NULL,
        weights TEXT NOT NULL,             -- JSON
        software TEXT NOT NULL,            -- JSON
        planned BLOB NOT NULL,             -- steps of the frame indices, deflated
        state TEXT NOT NULL CHECK (state IN ('running', 'finished', 'cancelled', 'interrupted')),
        owner TEXT,                        -- JSON of the process that runs it; NULL at rest
        touched TEXT NOT NULL,             -- last time that its owner wrote
        started TEXT NOT NULL,
        finished TEXT
    )""",
    "CREATE INDEX run_of_evidence ON run (evidence_id)",
    """CREATE TABLE frame (
        run_id INTEGER NOT NULL REFERENCES run,
        frame_index INTEGER NOT NULL CHECK (frame_index >= 0),
        pts INTEGER NOT NULL,
        time_base_numerator INTEGER NOT NULL,
        time_base_denominator INTEGER NOT NULL,
        picture_type TEXT NOT NULL,
        digest TEXT NOT NULL,              -- SHA-256 of the decoded picture
        too_small INTEGER NOT NULL CHECK (too_small >= 0),  -- faces below the smallest that is analyzed
        PRIMARY KEY (run_id, frame_index)
    ) WITHOUT ROWID""",
    """CREATE TABLE face (
        face_id INTEGER PRIMARY KEY,
        run_id INTEGER NOT NULL,
        frame_index INTEGER NOT NULL,
        track_id INTEGER NOT NULL,
        place INTEGER NOT NULL,            -- order within the frame
        box_left NOT NULL, box_top NOT NULL, box_right NOT NULL, box_bottom NOT NULL,
        detection_score,                   -- NULL: box interpolated
        xx NOT NULL, xy NOT NULL, x0 NOT NULL, yx NOT NULL, yy NOT NULL, y0 NOT NULL,   -- frame_from_crop, rows first
        face_px NOT NULL, sharpness NOT NULL, logit NOT NULL, fake_prob NOT NULL,
        rgb, noise, interaction, baseline, -- NULL: not measured on this frame
        UNIQUE (run_id, frame_index, track_id),
        FOREIGN KEY (run_id, frame_index) REFERENCES frame
    )""",
    """CREATE TABLE heatmap (
        face_id INTEGER PRIMARY KEY REFERENCES face,
        grid INTEGER NOT NULL,
        data BLOB NOT NULL                 -- float16, little-endian, rows first, deflated
    )""",
    """CREATE TABLE gap (
        run_id INTEGER NOT NULL REFERENCES run,
        frame_index INTEGER NOT NULL CHECK (frame_index >= 0),
        pts INTEGER NOT NULL,
        reason TEXT NOT NULL,
        PRIMARY KEY (run_id, frame_index)
    ) WITHOUT ROWID""",
    """CREATE TABLE note (
        note_id INTEGER PRIMARY KEY,
        evidence_id INTEGER REFERENCES evidence,   -- NULL: of the case as a whole
        kind TEXT NOT NULL CHECK (kind IN ('note', 'marker')),
        category TEXT NOT NULL,
        text TEXT NOT NULL,
        color TEXT NOT NULL,
        frame_index INTEGER,
        last_frame INTEGER,
        author TEXT NOT NULL,
        created TEXT NOT NULL,
        changed TEXT NOT NULL,
        removed TEXT                       -- kept, so that an undo brings back the same note
    )""",
    """CREATE TABLE track_edit (
        edit_id INTEGER PRIMARY KEY,
        run_id INTEGER NOT NULL REFERENCES run,
        kind TEXT NOT NULL CHECK (kind IN ('exclude', 'merge', 'split')),
        track_id INTEGER NOT NULL,
        other INTEGER,
        frame_index INTEGER,
        author TEXT NOT NULL,
        created TEXT NOT NULL,
        removed TEXT
    )""",
    "CREATE TABLE detail (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    """CREATE TABLE window_lock (
        only INTEGER PRIMARY KEY CHECK (only = 1),
        token TEXT NOT NULL,
        owner TEXT NOT NULL,               -- JSON of the process
        actor TEXT NOT NULL,
        since TEXT NOT NULL
    )""",
    """CREATE TABLE log (
        number INTEGER PRIMARY KEY,
        time TEXT NOT NULL,
        actor TEXT NOT NULL,
        action TEXT NOT NULL,
        details TEXT NOT NULL,             -- canonical JSON
        previous TEXT NOT NULL,
        digest TEXT NOT NULL
    )""",
    """CREATE TABLE log_head (
        only INTEGER PRIMARY KEY CHECK (only = 1),
        entries INTEGER NOT NULL,
        digest TEXT NOT NULL
    )""",
    f"INSERT INTO log_head VALUES (1, 0, '{GENESIS}')",
    """CREATE TRIGGER log_is_not_changed BEFORE UPDATE ON log
        BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END""",
    """CREATE TRIGGER log_is_not_shortened BEFORE DELETE ON log
        BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END""",
    """CREATE TRIGGER log_goes_on BEFORE INSERT ON log
        WHEN NOT EXISTS (SELECT 1 FROM log_head WHERE entries + 1 = NEW.number AND digest = NEW.previous)
        BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END""",
    """CREATE TRIGGER log_head_follows AFTER INSERT ON log
        BEGIN UPDATE log_head SET entries = NEW.number, digest = NEW.digest; END""",
    """CREATE TRIGGER log_head_stays BEFORE DELETE ON log_head
        BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END""",
)

_VERSION_2 = (
    """CREATE TABLE withdrawn (
        evidence_id INTEGER PRIMARY KEY REFERENCES evidence,   -- taken from the case; it keeps its id and its log
        time TEXT NOT NULL
    )""",
    """CREATE TABLE queue (
        evidence_id INTEGER PRIMARY KEY REFERENCES evidence,
        place INTEGER NOT NULL,            -- order in which they are analyzed
        settings TEXT NOT NULL,            -- JSON
        state TEXT NOT NULL CHECK (state IN ('waiting', 'failed')),
        reason TEXT NOT NULL               -- why it failed
    )""",
)

STEPS: tuple[tuple[str, ...], ...] = (_VERSION_1, _VERSION_2)
"""Step n brings a file of version n to version n + 1. Append only: files in the world were made by these very steps."""

SCHEMA_VERSION = len(STEPS)

_TABLE = "CREATE TABLE "
_TABLES = "evidence run frame face heatmap gap note track_edit detail window_lock log log_head withdrawn queue"


def identify(connection: sqlite3.Connection, name: str) -> int:
    """Tell which schema version an open file has; 0 for an empty one.

    Raises
    ------
    SessionError
        If it is a database of another program, of a newer version, or lacks tables.
    sqlite3.Error
        If it is no SQLite file.
    """
    (application_id,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    tables = {table for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if application_id == 0 and version == 0 and not tables:
        return 0
    if application_id != APPLICATION_ID:
        raise SessionError(f"{name} is a database of another program, not a LAV case; choose a case file (.lav).")
    if version > SCHEMA_VERSION:
        raise SessionError(
            f"{name} was written by a newer LAV (case version {version}, this one reads up to {SCHEMA_VERSION}); "
            "update LAV to open it."
        )
    if version < 1 or (version == SCHEMA_VERSION and not tables.issuperset(_TABLES.split())):
        raise SessionError(f"{name} is damaged: parts of the case are missing; open a backup copy of it.")
    return int(version)


def bring_up(connection: sqlite3.Connection, version: int) -> None:
    """Bring a file from `version` to `SCHEMA_VERSION`, inside the caller's transaction."""
    for step in STEPS[version:]:
        for statement in step:
            connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def lend_tables(connection: sqlite3.Connection, version: int) -> bool:
    """Let a file of an older version be read as it is: what later steps add stands empty, in memory only.

    Returns
    -------
    bool
        False if a later step does more than adding tables, so that the file must be brought up first.
    """
    statements = [statement for step in STEPS[version:] for statement in step]
    if version < 1 or not all(statement.startswith(_TABLE) for statement in statements):
        return False
    for statement in statements:
        connection.execute(statement.replace(_TABLE, "CREATE TEMP TABLE ", 1))
    return True
