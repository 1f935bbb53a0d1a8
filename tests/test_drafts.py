"""The store: what was acknowledged is there, after a restart and after a kill."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from composer.drafts import Draft, Drafts, new_id
from composer.drafts.file import APPLICATION_ID, MIGRATIONS
from composer.errors import StoreError
from composer.events import Source
from composer.post.model import Brief, Laid, Trace
from composer.sources.model import Segment, Transcript

TALK = Transcript("vtt", "en", "On tides", (Segment(0.0, 4.5, "Speaker", "The tide does not wait."),), duration=4.5)


def a_draft(text: str = "𝗧𝗶𝗱𝗲𝘀❓\n\nThe tide does not wait.\n\n#Tides", title: str = "Tides") -> Draft:
    laid = Laid(text, "Tides?", ((2, Trace(0, (0,), 0.0)),))
    source = Source("abc123", "On tides", Path("tides.vtt"), TALK)
    return Draft(new_id(), title, text, Brief(shape="list"), "builtin", laid, ("#Tides",), (source,))


def test_a_draft_comes_back_whole(tmp_path: Path) -> None:
    store = Drafts(tmp_path / "drafts.sqlite3")
    saved = store.save(a_draft())
    store.close()
    again = Drafts(tmp_path / "drafts.sqlite3")
    assert again.get(saved.id) == saved
    assert again.get(saved.id[:6]) == saved
    assert [row.id for row in again.rows()] == [saved.id]
    assert again.rows()[0].shape == "list"
    again.close()


def test_autosave_changes_text_and_title_only(tmp_path: Path) -> None:
    store = Drafts(tmp_path / "drafts.sqlite3")
    saved = store.save(a_draft())
    store.save_text(saved.id, "New words", "New")
    back = store.get(saved.id)
    assert (back.text, back.title, back.laid, back.sources) == ("New words", "New", saved.laid, saved.sources)
    with pytest.raises(StoreError, match="no draft"):
        store.save_text("unknown", "x", "x")
    store.close()


def test_search_finds_styled_words_typed_plainly(tmp_path: Path) -> None:
    store = Drafts(tmp_path / "drafts.sqlite3")
    store.save(a_draft())
    store.save(a_draft("Nothing of the kind", "Other"))
    assert [row.title for row in store.rows("tides")] == ["Tides"]
    assert store.rows("harbour") == ()
    store.close()


def test_tags_are_counted_over_all_drafts(tmp_path: Path) -> None:
    store = Drafts(tmp_path / "drafts.sqlite3")
    assert store.hashtags() == ()
    store.save(a_draft())
    store.save(a_draft())
    assert store.hashtags() == ("#Tides",)
    store.close()


def test_an_unknown_draft_is_one_sentence(tmp_path: Path) -> None:
    store = Drafts(tmp_path / "drafts.sqlite3")
    with pytest.raises(StoreError, match="no draft"):
        store.get("zzz")
    store.close()


def test_a_newer_file_is_read_and_never_written(tmp_path: Path) -> None:
    path = tmp_path / "drafts.sqlite3"
    store = Drafts(path)
    saved = store.save(a_draft())
    store.close()
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    newer = Drafts(path)
    assert newer.get(saved.id).text == saved.text
    with pytest.raises(StoreError, match="newer version"):
        newer.save(a_draft())
    newer.close()


def test_a_file_of_another_program_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "drafts.sqlite3"
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA application_id = 7")
        db.execute("CREATE TABLE theirs (x)")
    db.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="another program"):
        Drafts(path)
    assert path.read_bytes() == before


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    path = tmp_path / "drafts.sqlite3"
    path.write_bytes(b"not a database, not at all" * 100)
    with pytest.raises(StoreError, match="could not be opened"):
        Drafts(path)


def test_the_file_says_whose_it_is(tmp_path: Path) -> None:
    Drafts(tmp_path / "drafts.sqlite3").close()
    db = sqlite3.connect(tmp_path / "drafts.sqlite3")
    assert db.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
    assert db.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    db.close()


# -- the second schema

# The schema as the first version wrote it, frozen here: what is in the program may not drift away from it.
VERSION_1 = """
CREATE TABLE drafts (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, text TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'draft',
    writer TEXT NOT NULL, brief TEXT NOT NULL, laid TEXT NOT NULL, hashtags TEXT NOT NULL, created TEXT NOT NULL,
    updated TEXT NOT NULL
) STRICT;
CREATE INDEX drafts_updated ON drafts (updated);
CREATE TABLE sources (id TEXT PRIMARY KEY, title TEXT NOT NULL, path TEXT, transcript TEXT NOT NULL) STRICT;
CREATE TABLE draft_sources (
    draft TEXT NOT NULL REFERENCES drafts (id) ON DELETE CASCADE, position INTEGER NOT NULL,
    source TEXT NOT NULL REFERENCES sources (id), PRIMARY KEY (draft, position)
) STRICT;
INSERT INTO drafts VALUES ('aa11', 'Tides', 'The tide does not wait.', 'draft', 'builtin', '{"shape":"list"}',
    '{"text":"The tide does not wait.","plain":"The tide does not wait.","lines":[]}', '["#Tides"]',
    '2026-10-01T08:00:00+00:00', '2026-10-02T09:30:00+00:00');
INSERT INTO sources VALUES ('s1', 'On tides', NULL,
    '{"format":"text","language":"en","title":"On tides","segments":[]}');
INSERT INTO draft_sources VALUES ('aa11', 0, 's1');
PRAGMA user_version = 1;
"""


def version_1(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.executescript(VERSION_1)
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.close()


def schema(path: Path) -> list[tuple[str, str]]:
    db = sqlite3.connect(path)
    found = db.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name").fetchall()
    db.close()
    return [(name, " ".join(sql.split())) for name, sql in found]


def version_of(path: Path) -> int:
    db = sqlite3.connect(path)
    found: int = db.execute("PRAGMA user_version").fetchone()[0]
    db.close()
    return found


def test_a_file_of_the_first_version_is_backed_up_and_brought_up(tmp_path: Path) -> None:
    path = tmp_path / "drafts.sqlite3"
    version_1(path)
    before = schema(path)
    store = Drafts(path)
    draft = store.get("aa11")
    assert (draft.title, draft.text, draft.hashtags) == ("Tides", "The tide does not wait.", ("#Tides",))
    assert [source.title for source in draft.sources] == ["On tides"]
    row = store.rows()[0]
    assert (row.pinned, row.trashed, row.posted, row.revisions) == (False, "", "", 0)
    store.pin("aa11")
    store.close()
    assert version_of(path) == len(MIGRATIONS) == 2
    kept = tmp_path / "drafts.v1.sqlite3"
    assert version_of(kept) == 1
    assert schema(kept) == before
    db = sqlite3.connect(kept)
    assert db.execute("SELECT id, text FROM drafts").fetchall() == [("aa11", "The tide does not wait.")]
    db.close()


def test_a_new_file_has_the_schema_of_one_brought_up(tmp_path: Path) -> None:
    version_1(tmp_path / "old.sqlite3")
    for name in ("old", "new"):
        Drafts(tmp_path / f"{name}.sqlite3").close()
    old, new = (schema(tmp_path / f"{name}.sqlite3") for name in ("old", "new"))
    assert [name for name, _ in old] == [name for name, _ in new]
    assert not (tmp_path / "new.v1.sqlite3").exists()


def test_a_migration_that_fails_leaves_the_first_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "drafts.sqlite3"
    version_1(path)
    before = schema(path)
    broken = (MIGRATIONS[0], MIGRATIONS[1] + "CREATE TABLE posted (x);")
    monkeypatch.setattr("composer.drafts.file.MIGRATIONS", broken)
    with pytest.raises(StoreError, match="could not be opened"):
        Drafts(path)
    assert version_of(path) == 1
    assert schema(path) == before


# -- pinned, named, copied, posted, in the trash


class Clock:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def later(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> Iterator[Drafts]:
    made = Drafts(tmp_path / "drafts.sqlite3", clock=clock)
    yield made
    made.close()


def test_pinned_drafts_stand_first(store: Drafts, clock: Clock) -> None:
    first = store.save(a_draft(title="First"))
    clock.later(minutes=1)
    store.save(a_draft(title="Second"))
    assert [row.title for row in store.rows()] == ["Second", "First"]
    store.pin(first.id)
    assert [(row.title, row.pinned) for row in store.rows()] == [("First", True), ("Second", False)]
    assert [row.title for row in store.rows(scope="pinned")] == ["First"]
    store.pin(first.id, False)
    assert store.rows(scope="pinned") == ()
    assert store.get(first.id) == first


def test_a_copy_has_the_words_and_the_sources_and_nothing_else(store: Drafts) -> None:
    first = store.save(a_draft())
    store.pin(first.id)
    store.mark_posted(first.id, "linkedin")
    store.save_text(first.id, "Other words", "Tides")
    other = store.duplicate(first.id, "Tides (copy)")
    one, two = store.get(first.id), store.get(other)
    assert (two.title, two.text, two.sources, two.laid) == ("Tides (copy)", one.text, one.sources, one.laid)
    row = next(row for row in store.rows() if row.id == other)
    assert (row.pinned, row.posted, row.revisions) == (False, "", 0)
    store.save_text(other, "Mine", "Mine")
    assert store.get(first.id).text == "Other words"


def test_posted_is_said_by_the_person(store: Drafts, clock: Clock) -> None:
    first = store.save(a_draft())
    assert store.rows(scope="posted") == ()
    store.mark_posted(first.id, "linkedin")
    clock.later(days=1)
    store.mark_posted(first.id, "bluesky")
    assert [(row.posted, row.network) for row in store.rows(scope="posted")] == [
        ("2026-11-21T14:00:00+00:00", "bluesky")
    ]
    assert store.count("posted") == 1
    store.mark_posted(first.id, "", wanted=False)
    assert store.rows(scope="posted") == ()


def test_the_trash_keeps_and_gives_back(store: Drafts) -> None:
    first = store.save(a_draft())
    store.pin(first.id)
    store.trash(first.id)
    assert store.rows() == store.rows(scope="pinned") == ()
    assert [row.trashed for row in store.rows(scope="trash")] == ["2026-11-20T14:00:00+00:00"]
    store.restore(first.id)
    assert [row.pinned for row in store.rows()] == [True]
    assert store.get(first.id) == first


def test_only_what_is_in_the_trash_can_be_deleted(store: Drafts) -> None:
    one, two = store.save(a_draft()), store.save(a_draft())
    store.save_text(one.id, "Other", "Other")
    store.trash(one.id)
    assert store.delete([one.id, two.id, "unknown"]) == 1
    assert [row.id for row in store.rows()] == [two.id]
    assert store._db.execute("SELECT count(*) FROM revisions").fetchone()[0] == 0
    assert store.get(two.id).sources == two.sources
    store.trash(two.id)
    store.delete([two.id])
    assert store._db.execute("SELECT count(*) FROM sources").fetchone()[0] == 0


@pytest.mark.parametrize(
    "act",
    [
        lambda s: s.pin("x"), lambda s: s.rename("x", "y"), lambda s: s.trash("x"), lambda s: s.restore("x"),
        lambda s: s.duplicate("x", "y"), lambda s: s.mark_posted("x", "linkedin"), lambda s: s.revisions("x"),
        lambda s: s.restore_revision("x", 1, "y"),
    ],
)  # fmt: skip
def test_nothing_is_done_to_an_unknown_draft(store: Drafts, act: Callable[[Drafts], object]) -> None:
    with pytest.raises(StoreError, match="no draft x"):
        act(store)


# -- revisions


def reasons(store: Drafts, id: str) -> list[tuple[str, str]]:
    return [(revision.reason, revision.text) for revision in store.revisions(id)]


def test_typing_keeps_one_text_in_five_minutes(store: Drafts, clock: Clock) -> None:
    draft = store.save(a_draft())
    for number in range(120):
        clock.later(seconds=6)
        store.save_text(draft.id, f"Text {number}", "Tides")
    # The writer's own text at once, then one each five minutes of the twelve.
    assert reasons(store, draft.id) == [
        ("Typed", "Text 99"),
        ("Typed", "Text 49"),
        ("First draft by the built-in writer", draft.text),
    ]


def test_a_pause_keeps_what_was_there_before_it(store: Drafts, clock: Clock) -> None:
    draft = store.save(a_draft())
    store.save_text(draft.id, "Before lunch", "Tides")
    clock.later(hours=1)
    store.save_text(draft.id, "After", "Tides")
    store.save_text(draft.id, "After lunch", "Tides")
    assert reasons(store, draft.id)[0] == ("Typed", "Before lunch")
    assert len(reasons(store, draft.id)) == 2


def test_a_text_that_was_typed_is_kept_after_five_minutes_only(store: Drafts, clock: Clock) -> None:
    draft = store.save(replace(a_draft("O", "O"), laid=Laid("O", "O")))
    store.save_text(draft.id, "One", "One")
    assert reasons(store, draft.id) == []
    clock.later(minutes=5)
    store.save_text(draft.id, "One two", "One two")
    assert reasons(store, draft.id) == [("Typed", "One")]


def test_a_clock_set_back_does_not_end_the_revisions(store: Drafts, clock: Clock) -> None:
    draft = store.save(a_draft())
    store.save_text(draft.id, "One", "One")
    clock.later(days=-400)
    store.save_text(draft.id, "Two", "Two")
    assert reasons(store, draft.id)[0] == ("Typed", "One")


def test_a_replacement_always_keeps_the_words_before_it(store: Drafts) -> None:
    draft = store.save(a_draft())
    store.save(replace(draft, text="A redraft"), [("Before the redraft by a model", draft.text)])
    store.save(replace(draft, text="Another"))
    store.save_text(draft.id, "Shorter", "Tides", [("Before “shorter”", "Another, and more")])
    assert reasons(store, draft.id) == [
        ("Before “shorter”", "Another, and more"),
        ("Before it was replaced", "A redraft"),
        ("Before the redraft by a model", draft.text),
    ]


def test_restoring_keeps_the_text_of_now(store: Drafts, clock: Clock) -> None:
    draft = store.save(a_draft())
    store.save_text(draft.id, "Now", "Now")
    old = store.revisions(draft.id)[0]
    assert store.revision(draft.id, old.number) == old
    clock.later(minutes=1)
    store.restore_revision(draft.id, old.number, "Tides")
    assert store.get(draft.id).text == draft.text
    assert reasons(store, draft.id) == [
        ("Before a revision was restored", "Now"),
        ("First draft by the built-in writer", draft.text),
    ]
    with pytest.raises(StoreError, match="no revision"):
        store.restore_revision(draft.id, 99, "x")
    assert store.get(draft.id).text == draft.text


def test_a_revision_cannot_be_changed(store: Drafts) -> None:
    draft = store.save(a_draft())
    store.save_text(draft.id, "Now", "Now")
    with pytest.raises(sqlite3.IntegrityError, match="never changed"):
        store._db.execute("UPDATE revisions SET text = 'x'")


# -- killed


WRITER = """
import sys
from pathlib import Path
from composer.drafts import Draft, Drafts, new_id
from composer.post.model import Brief, Laid
store = Drafts(Path(sys.argv[1]))
draft = Draft(new_id(), "t", "", Brief(), "builtin", Laid("", ""))
store.save(draft)
number = 0
while True:
    number += 1
    store.save_text(draft.id, str(number), "t", [("Before the redraft", str(number - 1))] if number > 1 else ())
    print(number, flush=True)
"""


def test_what_was_acknowledged_survives_kill_9(tmp_path: Path) -> None:
    path = tmp_path / "drafts.sqlite3"
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    acknowledged = 0
    while acknowledged < 20:
        acknowledged = int(writer.stdout.readline())
    os.kill(writer.pid, signal.SIGKILL)
    rest = writer.stdout.read().split()
    writer.stdout.close()
    writer.wait()
    acknowledged = int(rest[-1]) if rest else acknowledged
    store = Drafts(path)
    id = store.rows()[0].id
    last = int(store.get(id).text)
    assert last >= acknowledged
    # Each replaced text is there exactly once: the text and its revision came to the disk together, or neither.
    assert [int(revision.text) for revision in store.revisions(id)] == list(range(last - 1, 0, -1))
    store.close()


def test_where_the_lines_of_now_lead_is_kept_beside_what_the_writer_left(tmp_path: Path) -> None:
    store = Drafts(tmp_path / "drafts.sqlite3")
    saved = store.save(a_draft())
    assert store.get(saved.id).lines is None
    lines = ((0, Trace(0, (0,), 0.0)), (3, Trace(0, (0, 1), None)))
    store.save_text(saved.id, "New words", "New", lines=lines)
    back = store.get(saved.id)
    assert (back.lines, back.laid) == (lines, saved.laid)
    assert store.get(store.duplicate(saved.id, "Again")).lines == lines
    store.restore_revision(saved.id, store.revisions(saved.id)[-1].number, "Old")
    assert store.get(saved.id).lines is None
    store.save_text(saved.id, "Newer words", "New", lines=())
    assert store.get(saved.id).lines == ()
    store.save(replace(saved, lines=lines))
    assert store.get(saved.id).lines == lines
    store.close()
