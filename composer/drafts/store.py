"""What is done with drafts: save, revise, find, trash, delete."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from composer.drafts.file import DraftsFile, Row
from composer.drafts.model import Before, Draft, Lines, Revision, Scope, new_id
from composer.drafts.search import excerpt
from composer.errors import StoreError
from composer.events import DraftRow, Source
from composer.plain import decode, encode
from composer.post.model import Brief, Laid
from composer.sources.model import Transcript

# While a person types, at most one revision in this time.
BETWEEN_REVISIONS = timedelta(minutes=5)

_SCOPES: dict[Scope, str] = {
    "all": "d.trashed_at IS NULL",
    "pinned": "d.trashed_at IS NULL AND d.pinned",
    "posted": "d.trashed_at IS NULL AND p.at IS NOT NULL",
    "trash": "d.trashed_at IS NOT NULL",
}


class Drafts(DraftsFile):
    """The store. One instance belongs to one thread. Every method raises StoreError where the disk refuses."""

    def __init__(self, path: Path, *, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        super().__init__(path)
        self._clock = clock

    def save(self, draft: Draft, before: Sequence[Before] = ()) -> Draft:
        """Write a draft, new or known, with its sources. The draft as stored, with its times.

        Each text of `before` becomes a revision in the same transaction. Where the draft is known and `before` is
        empty, the text it had becomes one: no words are lost to a replacement.
        """
        now = self._now()
        self._writable()
        with self._told("saved"), self._transaction():
            row = self._db.execute("SELECT created, text FROM drafts WHERE id = ?", (draft.id,)).fetchone()
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
            self._keep_lines(draft.id, draft.lines)
            self._db.execute("DELETE FROM draft_sources WHERE draft = ?", (draft.id,))
            for position, source in enumerate(draft.sources):
                self._db.execute(
                    "INSERT OR IGNORE INTO sources (id, title, path, transcript) VALUES (?, ?, ?, ?)",
                    (source.id, source.title, str(source.path) if source.path else None, _json(source.transcript)),
                )
                self._db.execute("INSERT INTO draft_sources VALUES (?, ?, ?)", (draft.id, position, source.id))
            for reason, text in before or ([("Before it was replaced", row["text"])] if row else []):
                if text != draft.text:
                    self._keep(draft.id, now, reason, text)
        return draft

    def save_text(
        self, id: str, text: str, title: str, before: Sequence[Before] = (), lines: Lines | None = None
    ) -> str:
        """Write only the text and title of a known draft, as autosave does, with the lines that lead back to the
        source. The time of the write.

        Each text of `before` becomes a revision. Without one, the text that is replaced becomes a revision where the
        last one is five minutes old.
        """
        now = self._now()
        self._writable()
        with self._told("saved"), self._transaction():
            old = self._row(id)
            if before:
                for reason, replaced in before:
                    if replaced != text:
                        self._keep(id, now, reason, replaced)
            elif old["text"] != text:
                self._keep_typed(old, now)
            self._db.execute("UPDATE drafts SET text = ?, title = ?, updated = ? WHERE id = ?", (text, title, now, id))
            self._keep_lines(id, lines)
        return now

    def _keep_lines(self, id: str, lines: Lines | None) -> None:
        """Note where the lines of the text of now lead, beside those of the text as the writer left it: a version that
        does not know of it reads the rest."""
        if lines is None:
            self._db.execute("UPDATE drafts SET laid = json_remove(laid, '$.now') WHERE id = ?", (id,))
        else:
            change = "UPDATE drafts SET laid = json_set(laid, '$.now', json(?)) WHERE id = ?"
            self._db.execute(change, (_json(lines), id))

    def name_and_text(self, id: str) -> tuple[str, str]:
        """The title and the text of a draft."""
        with self._told("read"):
            row = self._row(id)
        return row["title"], row["text"]

    # -- what a person does with a draft in the list

    def pin(self, id: str, wanted: bool = True) -> None:
        """Pin a draft to the top of the list, or no longer."""
        self._change(id, "pinned = ?", int(wanted))

    def rename(self, id: str, title: str) -> None:
        """Give a draft a title. The text stays."""
        self._change(id, "title = ?", title)

    def trash(self, id: str) -> None:
        """Move a draft to the trash. Nothing of it is lost."""
        self._change(id, "trashed_at = coalesce(trashed_at, ?)", self._now())

    def restore(self, id: str) -> None:
        """Take a draft back from the trash."""
        self._change(id, "trashed_at = ?", None)

    def duplicate(self, id: str, title: str) -> str:
        """A second draft with the same text, brief and sources, and revisions of its own. Its id."""
        made, now = new_id(), self._now()
        self._writable()
        with self._told("saved"), self._transaction():
            self._row(id)
            self._db.execute(
                """INSERT INTO drafts (id, title, text, state, writer, brief, laid, hashtags, created, updated)
                SELECT ?, ?, text, state, writer, brief, laid, hashtags, ?, ? FROM drafts WHERE id = ?""",
                (made, title, now, now, id),
            )
            self._db.execute(
                "INSERT INTO draft_sources SELECT ?, position, source FROM draft_sources WHERE draft = ?", (made, id)
            )
        return made

    def mark_posted(self, id: str, network: str, wanted: bool = True) -> None:
        """Note that a draft was posted at a network, now; or that it was not posted anywhere."""
        self._writable()
        with self._told("saved"), self._transaction():
            self._row(id)
            if wanted:
                self._db.execute("INSERT OR REPLACE INTO posted VALUES (?, ?, ?)", (id, self._now(), network))
            else:
                self._db.execute("DELETE FROM posted WHERE draft = ?", (id,))

    def delete(self, ids: Sequence[str]) -> int:
        """Delete drafts that lie in the trash for good, with their revisions and the sources no other draft has.

        How many there were. A draft that is not in the trash stays.
        """
        self._writable()
        with self._told("changed"), self._transaction():
            gone = sum(
                self._db.execute("DELETE FROM drafts WHERE id = ? AND trashed_at IS NOT NULL", (id,)).rowcount
                for id in ids
            )
            self._db.execute("DELETE FROM sources WHERE id NOT IN (SELECT source FROM draft_sources)")
        return gone

    # -- revisions

    def revisions(self, id: str) -> tuple[Revision, ...]:
        """The revisions of a draft, newest first."""
        with self._told("read"):
            self._row(id)
            found = self._db.execute(
                "SELECT number, at, reason, text FROM revisions WHERE draft = ? ORDER BY number DESC", (id,)
            ).fetchall()
        return tuple(Revision(r["number"], r["at"], r["reason"], r["text"]) for r in found)

    def revision(self, id: str, number: int) -> Revision:
        """One revision of a draft, with its text."""
        with self._told("read"):
            return self._revision(id, number)

    def restore_revision(self, id: str, number: int, title: str) -> str:
        """Give a draft the text of a revision. The text it had becomes a revision first. The time of the write."""
        now = self._now()
        self._writable()
        with self._told("saved"), self._transaction():
            old, wanted = self._row(id), self._revision(id, number)
            if old["text"] != wanted.text:
                self._keep(id, now, "Before a revision was restored", old["text"])
            self._db.execute(
                "UPDATE drafts SET text = ?, title = ?, updated = ? WHERE id = ?", (wanted.text, title, now, id)
            )
            self._keep_lines(id, None)
        return now

    # -- reading

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
            laid = json.loads(row["laid"])
            now = laid.get("now")
            return Draft(
                row["id"], row["title"], row["text"],
                decode(Brief, json.loads(row["brief"])), row["writer"], decode(Laid, laid),
                tuple(json.loads(row["hashtags"])), tuple(_source(s) for s in sources),
                row["state"], row["created"], row["updated"],
                None if now is None else decode(Laid, {**laid, "lines": now}).lines,
            )  # fmt: skip
        except ValueError as error:
            raise StoreError(
                f"The draft {id} was written by another version and cannot be read whole.",
                safe="It stays as it is.",
            ) from error

    def rows(self, query: str = "", scope: Scope = "all") -> tuple[DraftRow, ...]:
        """The drafts of a `scope`, pinned first, then newest first; what is in the trash only there, by when it
        came. With a `query`, those whose title or text holds it, in any case."""
        with self._told("read"):
            found = self._db.execute(
                f"""SELECT d.id, d.title, d.updated, json_extract(d.brief, '$.shape') AS shape, d.state, d.text,
                    d.pinned, d.trashed_at, p.at AS posted_at, p.network,
                    (SELECT count(*) FROM revisions r WHERE r.draft = d.id) AS revisions
                FROM drafts d LEFT JOIN (SELECT draft, max(at) AS at, network FROM posted GROUP BY draft) p
                    ON p.draft = d.id
                WHERE {_SCOPES[scope]} AND (? = '' OR contains(d.title, ?) OR contains(d.text, ?))
                ORDER BY d.trashed_at DESC, d.pinned DESC, d.updated DESC, d.rowid DESC""",
                (query, query, query),
            ).fetchall()
        return tuple(
            DraftRow(
                r["id"], r["title"], r["updated"], r["shape"], r["state"], excerpt(r["text"], query),
                bool(r["pinned"]), r["trashed_at"] or "", r["posted_at"] or "", r["network"] or "", r["revisions"],
            )
            for r in found
        )  # fmt: skip

    def count(self, scope: Scope = "all") -> int:
        """How many drafts a scope has."""
        with self._told("read"):
            found = self._db.execute(
                f"""SELECT count(DISTINCT d.id) AS n FROM drafts d LEFT JOIN posted p ON p.draft = d.id
                WHERE {_SCOPES[scope]}"""
            ).fetchone()
        return int(found["n"])

    def hashtags(self) -> tuple[str, ...]:
        """The tags of the saved drafts, most used first, then by name."""
        with self._told("read"):
            found = self._db.execute("SELECT hashtags FROM drafts").fetchall()
        counted: dict[str, int] = {}
        for row in found:
            for tag in json.loads(row["hashtags"]):
                counted[tag] = counted.get(tag, 0) + 1
        return tuple(sorted(counted, key=lambda tag: (-counted[tag], tag)))

    def _now(self) -> str:
        return self._clock().isoformat(timespec="seconds")

    def _row(self, id: str) -> Row:
        found = self._db.execute("SELECT * FROM drafts WHERE id = ?", (id,)).fetchone()
        if found is None:
            raise StoreError(f"There is no draft {id}.", safe="Nothing was changed.")
        row: Row = found
        return row

    def _change(self, id: str, setting: str, value: int | str | None) -> None:
        """Change one thing of a draft; `setting` is written here, never by a person."""
        self._writable()
        with self._told("changed"), self._transaction():
            if not self._db.execute(f"UPDATE drafts SET {setting} WHERE id = ?", (value, id)).rowcount:
                raise StoreError(f"There is no draft {id}.", safe="Nothing was changed.")

    def _revision(self, id: str, number: int) -> Revision:
        row = self._db.execute(
            "SELECT number, at, reason, text FROM revisions WHERE draft = ? AND number = ?", (id, number)
        ).fetchone()
        if row is None:
            raise StoreError(f"The draft {id} has no revision {number}.", safe="Nothing was changed.")
        return Revision(row["number"], row["at"], row["reason"], row["text"])

    def _keep(self, id: str, at: str, reason: str, text: str) -> None:
        if text.strip():
            self._db.execute(
                "INSERT INTO revisions (draft, at, reason, text) VALUES (?, ?, ?, ?)", (id, at, reason, text)
            )

    def _keep_typed(self, old: Row, now: str) -> None:
        """Keep a text that is typed over, at most every five minutes."""
        last = self._db.execute(
            "SELECT at, text FROM revisions WHERE draft = ? ORDER BY number DESC LIMIT 1", (old["id"],)
        ).fetchone()
        drafted = last is None and _written(old)
        if not drafted:
            since = datetime.fromisoformat(now) - datetime.fromisoformat(last["at"] if last else old["created"])
            # A clock that was set back is no reason to keep nothing for years.
            if timedelta(0) <= since < BETWEEN_REVISIONS or (last and last["text"] == old["text"]):
                return
        by = "the built-in writer" if old["writer"] == "builtin" else "the model"
        self._keep(old["id"], now, f"First draft by {by}" if drafted else "Typed", old["text"])


def _written(row: Row) -> bool:
    """Whether the text is still as a writer left it: such a text leads back to its source."""
    laid = json.loads(row["laid"])
    return bool(laid.get("lines")) and laid.get("text") == row["text"]


def _json(value: object) -> str:
    return json.dumps(encode(value), ensure_ascii=False, separators=(",", ":"))


def _source(row: Row) -> Source:
    path = Path(row["path"]) if row["path"] else None
    return Source(row["id"], row["title"], path, decode(Transcript, json.loads(row["transcript"])))
