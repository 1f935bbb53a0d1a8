"""The store: what was acknowledged is there, after a restart and after a kill."""

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from composer.drafts import APPLICATION_ID, Draft, Drafts, new_id
from composer.errors import StoreError
from composer.events import Source
from composer.post.model import Brief, Laid, Trace
from composer.sources.model import Segment, Transcript

TALK = Transcript(
    "vtt", "en", "On tides", (Segment(0.0, 4.5, "Speaker", "The tide does not wait."),), duration=4.5
)


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
    store.save_text(draft.id, str(number), "t")
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
    assert int(store.get(store.rows()[0].id).text) >= acknowledged
    store.close()
