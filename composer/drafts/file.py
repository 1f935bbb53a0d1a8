"""The file of the drafts: its schema, its steps up, its transactions, and what is said where the disk refuses.

Write-ahead log, every commit on the disk before it is acknowledged. The schema has a number (`user_version`); each
step up is one migration below, run in one transaction after a backup of the file.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from composer.drafts.search import contains
from composer.errors import StoreError

# "PoCo": says whose file this is to anyone who runs `file` on it.
APPLICATION_ID = 0x506F436F

MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE drafts (
        id TEXT PRIMARY KEY,
        title TEXT NOT NULL,
        text TEXT NOT NULL,
        state TEXT NOT NULL DEFAULT 'draft',
        writer TEXT NOT NULL,
        brief TEXT NOT NULL,
        laid TEXT NOT NULL,
        hashtags TEXT NOT NULL,
        created TEXT NOT NULL,
        updated TEXT NOT NULL
    ) STRICT;
    CREATE INDEX drafts_updated ON drafts (updated);
    CREATE TABLE sources (
        id TEXT PRIMARY KEY,
        title TEXT NOT NULL,
        path TEXT,
        transcript TEXT NOT NULL
    ) STRICT;
    CREATE TABLE draft_sources (
        draft TEXT NOT NULL REFERENCES drafts (id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        source TEXT NOT NULL REFERENCES sources (id),
        PRIMARY KEY (draft, position)
    ) STRICT;
    """,
    """
    ALTER TABLE drafts ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0 CHECK (pinned IN (0, 1));
    ALTER TABLE drafts ADD COLUMN trashed_at TEXT;
    CREATE TABLE posted (
        draft TEXT NOT NULL REFERENCES drafts (id) ON DELETE CASCADE,
        at TEXT NOT NULL,
        network TEXT NOT NULL,
        PRIMARY KEY (draft, network)
    ) STRICT;
    CREATE TABLE revisions (
        number INTEGER PRIMARY KEY,
        draft TEXT NOT NULL REFERENCES drafts (id) ON DELETE CASCADE,
        at TEXT NOT NULL,
        reason TEXT NOT NULL,
        text TEXT NOT NULL
    ) STRICT;
    CREATE INDEX revisions_draft ON revisions (draft, number);
    CREATE TRIGGER revisions_are_never_changed BEFORE UPDATE ON revisions
    BEGIN
        SELECT RAISE(ABORT, 'a revision is never changed');
    END;
    """,
)

Row = sqlite3.Row


class DraftsFile:
    """An open file of drafts. Belongs to one thread. Opening raises StoreError where the disk refuses, and where the
    file is another program's; one of a newer version is only read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.read_only = False
        with self._told("opened"):
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._db = sqlite3.connect(path, isolation_level=None)
            self._db.row_factory = Row
            self._db.create_function("contains", 2, contains, deterministic=True)
            try:
                self._prepare()
            except BaseException:
                self._db.close()
                raise

    def close(self) -> None:
        """Close the file. Everything acknowledged is already on the disk."""
        self._db.close()

    def _prepare(self) -> None:
        db = self._db
        version = db.execute("PRAGMA user_version").fetchone()[0]
        owner = db.execute("PRAGMA application_id").fetchone()[0]
        if owner not in (0, APPLICATION_ID) or (owner == 0 and version):
            raise StoreError(
                f"{self.path} belongs to another program.", safe="It was not touched.", do="Choose another --home."
            )
        if version > len(MIGRATIONS):
            self.read_only = True
            db.execute("PRAGMA query_only = ON")
            return
        db.execute("PRAGMA journal_mode = WAL")
        # NORMAL may lose the last write with the power; a draft is worth one more fsync.
        db.execute("PRAGMA synchronous = FULL")
        db.execute("PRAGMA foreign_keys = ON")
        if version < len(MIGRATIONS):
            if version:
                self._backup(version)
            self._migrate()

    def _migrate(self) -> None:
        with self._transaction():
            # Read again inside the lock: another window may have been first.
            version = self._db.execute("PRAGMA user_version").fetchone()[0]
            for number, script in enumerate(MIGRATIONS[version:], version + 1):
                for statement in _statements(script):
                    self._db.execute(statement)
                self._db.execute(f"PRAGMA user_version = {number}")
            self._db.execute(f"PRAGMA application_id = {APPLICATION_ID}")

    def _backup(self, version: int) -> None:
        target = sqlite3.connect(self.path.with_name(f"{self.path.stem}.v{version}.sqlite3"))
        try:
            self._db.backup(target)
        finally:
            target.close()

    def _writable(self) -> None:
        if self.read_only:
            raise StoreError(
                "These drafts were written by a newer version of Post Composer, so this one only reads them.",
                safe="Nothing was changed.",
                do="Update the app, or name another place with --home.",
            )

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    @contextmanager
    def _told(self, verb: str) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise StoreError(
                f"The drafts could not be {verb} ({error}).",
                safe=f"What was saved before is in {self.path}.",
                do="See that the disk has room and the folder may be written.",
            ) from error


def _statements(script: str) -> Iterator[str]:
    """The statements of a script; a trigger is one, with the semicolons inside."""
    piece = ""
    for part in script.split(";")[:-1]:
        piece += part + ";"
        if sqlite3.complete_statement(piece):
            yield piece
            piece = ""
