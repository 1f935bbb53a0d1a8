"""The drafts, kept for ever: the only place that knows SQLite.

One file, write-ahead log, every commit on the disk before it is acknowledged. The schema has a number
(`user_version`); each step up is one migration below, run in one transaction after a backup of the file.
"""

import json
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from composer.errors import StoreError
from composer.events import DraftRow, Source
from composer.plain import decode, encode
from composer.post.model import Brief, Laid
from composer.sources.model import Transcript

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
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft, whole. `text` is exactly what will be pasted; `laid` is the text as the writer left it, with the
    lines that lead back to the source. `created` and `updated` are ISO 8601 in UTC; empty before the first save."""

    id: str
    title: str
    text: str
    brief: Brief
    writer: str
    laid: Laid
    hashtags: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    state: str = "draft"
    created: str = ""
    updated: str = ""


def new_id() -> str:
    """A name for a new draft, short enough to type."""
    return uuid.uuid4().hex[:12]


class Drafts:
    """The store. One instance belongs to one thread. Every method raises StoreError where the disk refuses."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.read_only = False
        with self._told("opened"):
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._db = sqlite3.connect(path, isolation_level=None)
            self._db.row_factory = sqlite3.Row
            self._db.create_function("contains", 2, _contains, deterministic=True)
            try:
                self._prepare()
            except BaseException:
                self._db.close()
                raise

    def save(self, draft: Draft) -> Draft:
        """Write a draft, new or known, with its sources. The draft as stored, with its times."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        self._writable()
        with self._told("saved"), self._transaction():
            row = self._db.execute("SELECT created FROM drafts WHERE id = ?", (draft.id,)).fetchone()
            draft = replace(draft, created=row["created"] if row else now, updated=now)
            self._db.execute(
                """INSERT INTO drafts (id, title, text, state, writer, brief, laid, hashtags, created, updated)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET title = excluded.title, text = excluded.text,
                    state = excluded.state, writer = excluded.writer, brief = excluded.brief,
                    laid = excluded.laid, hashtags = excluded.hashtags, updated = excluded.updated""",
                (
                    draft.id, draft.title, draft.text, draft.state, draft.writer, _json(draft.brief),
                    _json(draft.laid), _json(draft.hashtags), draft.created, draft.updated,
                ),
            )  # fmt: skip
            self._db.execute("DELETE FROM draft_sources WHERE draft = ?", (draft.id,))
            for position, source in enumerate(draft.sources):
                self._db.execute(
                    "INSERT OR IGNORE INTO sources (id, title, path, transcript) VALUES (?, ?, ?, ?)",
                    (source.id, source.title, str(source.path) if source.path else None, _json(source.transcript)),
                )
                self._db.execute("INSERT INTO draft_sources VALUES (?, ?, ?)", (draft.id, position, source.id))
        return draft

    def save_text(self, id: str, text: str, title: str) -> str:
        """Write only the text and title of a known draft, as autosave does. The time of the write."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        self._writable()
        with self._told("saved"), self._transaction():
            done = self._db.execute(
                "UPDATE drafts SET text = ?, title = ?, updated = ? WHERE id = ?", (text, title, now, id)
            )
            if not done.rowcount:
                raise StoreError(f"There is no draft {id}.", safe="Nothing was changed.")
        return now

    def get(self, id: str) -> Draft:
        """The draft `id`; a unique beginning of the id will do."""
        with self._told("read"):
            found = self._db.execute(
                "SELECT * FROM drafts WHERE id = ? OR substr(id, 1, length(?)) = ? ORDER BY id = ? DESC LIMIT 2",
                (id, id, id, id),
            ).fetchall()
            if not found or not id:
                raise StoreError(f"There is no draft {id}.", do="See all with: post-composer drafts list")
            if len(found) > 1 and found[0]["id"] != id:
                raise StoreError(f"Several drafts begin with {id}.", do="Give more of the name.")
            row = found[0]
            sources = self._db.execute(
                """SELECT s.* FROM draft_sources d JOIN sources s ON s.id = d.source
                WHERE d.draft = ? ORDER BY d.position""",
                (row["id"],),
            ).fetchall()
        try:
            return Draft(
                row["id"], row["title"], row["text"],
                decode(Brief, json.loads(row["brief"])), row["writer"], decode(Laid, json.loads(row["laid"])),
                tuple(json.loads(row["hashtags"])), tuple(_source(s) for s in sources),
                row["state"], row["created"], row["updated"],
            )  # fmt: skip
        except ValueError as error:
            raise StoreError(
                f"The draft {id} was written by another version and cannot be read whole.",
                safe="It stays as it is.",
            ) from error

    def rows(self, query: str = "") -> tuple[DraftRow, ...]:
        """All drafts, newest first; with a `query`, those whose title or text holds it, in any case."""
        with self._told("read"):
            found = self._db.execute(
                """SELECT id, title, updated, json_extract(brief, '$.shape') AS shape, state, text FROM drafts
                WHERE ? = '' OR contains(title, ?) OR contains(text, ?) ORDER BY updated DESC, rowid DESC""",
                (query, query, query),
            ).fetchall()
        return tuple(
            DraftRow(r["id"], r["title"], r["updated"], r["shape"], r["state"], _excerpt(r["text"], query))
            for r in found
        )

    def hashtags(self) -> tuple[str, ...]:
        """The tags of the saved drafts, most used first, then by name."""
        with self._told("read"):
            found = self._db.execute("SELECT hashtags FROM drafts").fetchall()
        counted: dict[str, int] = {}
        for row in found:
            for tag in json.loads(row["hashtags"]):
                counted[tag] = counted.get(tag, 0) + 1
        return tuple(sorted(counted, key=lambda tag: (-counted[tag], tag)))

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
                for statement in filter(str.strip, script.split(";")):
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


def _json(value: object) -> str:
    return json.dumps(encode(value), ensure_ascii=False, separators=(",", ":"))


def _source(row: sqlite3.Row) -> Source:
    path = Path(row["path"]) if row["path"] else None
    return Source(row["id"], row["title"], path, decode(Transcript, json.loads(row["transcript"])))


def _folded(text: str) -> str:
    # Imported on first use: a search should find styled words typed plainly.
    from composer.text.style import unstyle

    return unstyle(text).casefold()


def _contains(text: str, query: str) -> bool:
    return _folded(query) in _folded(text)


def _excerpt(text: str, query: str) -> str:
    """The first line that holds the query, else the first line below the headline."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if query:
        hit = next((line for line in lines if _contains(line, query)), None)
        if hit:
            return hit[:160]
    return (lines[1] if len(lines) > 1 else lines[0] if lines else "")[:160]
