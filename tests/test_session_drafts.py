"""The use-cases about saved drafts, through the session: what is done in the list, and the revisions."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from composer import paths
from composer.events import (
    DraftChanged,
    Drafted,
    DraftOpened,
    DraftRow,
    DraftsListed,
    Event,
    Failed,
    RevisionCompared,
    RevisionRestored,
    RevisionRow,
    RevisionsListed,
    Saved,
)
from composer.post.model import Brief, Laid, Post, Trace
from composer.session import Session
from composer.settings import Settings
from tests.test_session import Ear


@pytest.fixture
def ear(tmp_path: Path) -> Iterator[Ear]:
    session = Session(paths.find(tmp_path), Settings())
    yield Ear(session)
    session.close()


def end(ear: Ear, job: int) -> Event:
    """The one event of a job that has only an end."""
    return ear.until(job, Saved | DraftsListed | DraftChanged | DraftOpened | Failed | RevisionsListed
                     | RevisionCompared | RevisionRestored)  # fmt: skip


def saved(ear: Ear, text: str, draft: str | None = None, **more: object) -> str:
    done = end(ear, ear.session.save(draft, text, **more))  # type: ignore[arg-type]
    assert isinstance(done, Saved), done
    return done.draft


def rows(ear: Ear, query: str = "", scope: str = "all") -> tuple[DraftRow, ...]:
    done = end(ear, ear.session.list_drafts(query, scope))  # type: ignore[arg-type]
    assert isinstance(done, DraftsListed), done
    return done.rows


def revisions(ear: Ear, draft: str, text: str) -> tuple[RevisionRow, ...]:
    done = end(ear, ear.session.list_revisions(draft, text))
    assert isinstance(done, RevisionsListed), done
    return done.rows


def a_draft(text: str, model: str = "") -> Drafted:
    """What a writer made of a source."""
    post = Post("take", "en", "A wall", None, ())
    laid = Laid(text, text, ((0, Trace(0, (0,), 0.0)),))
    return Drafted(0, post, laid, "model" if model else "builtin", Brief(), (), (), model)


def test_a_redraft_never_destroys_words(ear: Ear) -> None:
    draft = saved(ear, "Mine", drafted=a_draft("Mine"))
    saved(ear, "Theirs", draft, drafted=a_draft("Theirs", "wall-4b"))
    saved(ear, "Theirs again", draft, drafted=a_draft("Theirs again"), before=[("Before it", "Unsaved words")])
    found = revisions(ear, draft, "Theirs again")
    assert [row.reason for row in found] == ["Before it", "Before the redraft by wall-4b"]
    store = ear.session._in_store(lambda store: store.revisions(draft))
    assert [revision.text for revision in store] == ["Unsaved words", "Mine"]


def test_a_first_draft_over_typed_words_keeps_them(ear: Ear) -> None:
    draft = saved(ear, "A draft", drafted=a_draft("A draft"), before=[("Before the redraft", "Typed, never saved")])
    assert [row.reason for row in revisions(ear, draft, "A draft")] == ["Before the redraft"]


def test_a_revision_is_compared_and_restored(ear: Ear) -> None:
    draft = saved(ear, "One list on the wall.", drafted=a_draft("One list on the wall."))
    now = "One list near the door."
    saved(ear, now, draft)
    (row,) = revisions(ear, draft, now)
    assert (row.reason, row.words, row.added, row.removed) == ("First draft by the built-in writer", 5, 2, 2)
    done = end(ear, ear.session.compare_revision(draft, row.number, now))
    assert isinstance(done, RevisionCompared)
    assert done.pieces[0] == ("same", "One list ")
    restored = end(ear, ear.session.restore_revision(draft, row.number))
    assert isinstance(restored, RevisionRestored)
    assert restored.text == "One list on the wall."
    assert next(r.reason for r in revisions(ear, draft, restored.text)) == "Before a revision was restored"
    assert rows(ear)[0].title == "One list on the wall."


def test_pinned_renamed_copied_posted(ear: Ear) -> None:
    session, draft = ear.session, saved(ear, "A wall\n\nText")
    done = end(ear, session.pin_draft(draft))
    assert done == replace(done, what="pinned", title="A wall")  # type: ignore[arg-type, type-var]
    end(ear, session.rename_draft(draft, "  My \n name "))
    end(ear, session.mark_posted(draft, "linkedin"))
    made = end(ear, session.duplicate_draft(draft))
    assert isinstance(made, DraftChanged)
    by_id = {row.id: row for row in rows(ear)}
    assert (by_id[draft].title, by_id[draft].pinned, by_id[draft].network) == ("My name", True, "linkedin")
    assert (by_id[made.other].title, by_id[made.other].pinned) == ("My name (copy)", False)
    end(ear, session.pin_draft(draft, False))
    end(ear, session.mark_posted(draft, "linkedin", False))
    assert rows(ear, scope="pinned") == rows(ear, scope="posted") == ()


def test_a_title_given_by_hand_stays_until_it_is_taken_back(ear: Ear) -> None:
    draft = saved(ear, "A wall")
    saved(ear, "Two walls", draft)
    assert rows(ear)[0].title == "Two walls"
    end(ear, ear.session.rename_draft(draft, "Kitchens"))
    saved(ear, "Three walls", draft)
    saved(ear, "Four", draft, drafted=a_draft("Four"))
    assert rows(ear)[0].title == "Kitchens"
    end(ear, ear.session.rename_draft(draft, " "))
    saved(ear, "Five walls", draft)
    assert rows(ear)[0].title == "Five walls"


def test_trash_restore_and_the_end(ear: Ear) -> None:
    session, draft = ear.session, saved(ear, "A wall")
    other = saved(ear, "A door")
    end(ear, session.trash_draft(draft))
    assert [row.id for row in rows(ear)] == [other]
    assert [row.id for row in rows(ear, "wall", "trash")] == [draft]
    end(ear, session.trash_draft(draft, False))
    assert rows(ear, scope="trash") == ()
    end(ear, session.trash_draft(draft))
    end(ear, session.delete_drafts([draft]))
    gone = end(ear, session.open_draft(draft))
    assert isinstance(gone, Failed)
    assert "no draft" in gone.what
    listed = end(ear, session.list_drafts("door"))
    assert isinstance(listed, DraftsListed)
    assert (len(listed.rows), listed.total) == (1, 1)


def test_what_cannot_be_done_is_one_sentence(ear: Ear) -> None:
    session = ear.session
    for ask in (session.pin_draft, session.trash_draft, lambda draft: session.list_revisions(draft, "")):
        failed = end(ear, ask("zzz"))
        assert isinstance(failed, Failed)
        assert failed.what == "There is no draft zzz."
