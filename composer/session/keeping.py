"""The saved drafts and their revisions."""

import logging
from collections.abc import Callable, Sequence
from functools import partial

from composer import differences, work
from composer.drafts import Before, Draft, Drafts, Lines, Revision, Scope, new_id
from composer.errors import ComposerError
from composer.events import (
    DraftChanged,
    Drafted,
    DraftOpened,
    DraftRow,
    DraftsListed,
    Event,
    RevisionCompared,
    RevisionRestored,
    RevisionRow,
    RevisionsListed,
    Saved,
    Source,
)
from composer.evidence.model import Evidence
from composer.post.model import Brief, Laid
from composer.session.drafting import Drafting
from composer.session.jobs import Job

log = logging.getLogger(__name__)


class Keeping(Drafting):
    """Asks the store, in the store's own thread."""

    def save(
        self,
        draft: str | None,
        text: str,
        *,
        title: str = "",
        drafted: Drafted | None = None,
        brief: Brief | None = None,
        writer: str = "builtin",
        sources: Sequence[Source] = (),
        before: Sequence[Before] = (),
        lines: Lines | None = None,
    ) -> int:
        """Save a draft; a new one where `draft` is None. Ends with `Saved`.

        A known draft without `drafted` changes its text and title only. `before` are the texts that a model or a
        redraft took the place of since the last save, each with the reason to keep it as a revision; a redraft of a
        known draft keeps the text it had also where nobody says so. A title given by hand stays. `lines` are those of
        `text` that lead back to the source.
        """
        start = partial(self._save, draft, text, title, drafted, brief, writer, tuple(sources), tuple(before), lines)
        return self._start("store", start)

    def _save(
        self,
        draft: str | None,
        text: str,
        title: str,
        drafted: Drafted | None,
        brief: Brief | None,
        writer: str,
        sources: tuple[Source, ...],
        before: tuple[Before, ...],
        lines: Lines | None,
        job: Job,
    ) -> Event:
        store = self._drafts()
        title = title or self._title(draft, text)
        if draft is not None and drafted is None:
            return Saved(job.number, draft, store.save_text(draft, text, title, before, lines))
        if draft is not None and drafted is not None and not before:
            before = ((redraft_reason(drafted), store.name_and_text(draft)[1]),)
        whole = Draft(
            draft or new_id(),
            title,
            text,
            (drafted.brief if drafted else brief) or Brief(),
            drafted.writer if drafted else writer,
            drafted.laid if drafted else Laid(text, text),
            drafted.post.hashtags if drafted else (),
            sources,
            lines=lines,
        )
        saved = store.save(whole, before)
        if drafted is not None:
            self._note_writer(drafted, saved.id)
        return Saved(job.number, saved.id, saved.updated)

    def _note_writer(self, drafted: Drafted, draft: str) -> None:
        """Keep with which model a draft was written; a save never fails for it."""
        key = self._written_by.get(drafted.job)
        if key is not None:
            try:
                self._library().notes.wrote(key, draft)
            except ComposerError as error:
                log.warning("%s", error)

    def titles(self) -> dict[str, str]:
        """The titles of the saved drafts, by id; those in the trash are left out. Waits for the store: never call it
        from a thread that must not."""
        rows: tuple[DraftRow, ...] = self._in_store(lambda store: store.rows("", "all"))
        return {row.id: row.title for row in rows}

    def _title(self, draft: str | None, text: str) -> str:
        """The title of a text; the old one where a person chose it: where it is not what the old text said."""
        if draft is not None:
            title, old = self._drafts().name_and_text(draft)
            if title != title_of(old):
                return title
        return title_of(text)

    def list_drafts(self, query: str = "", scope: Scope = "all") -> int:
        """The saved drafts of a scope (`all`, `pinned`, `posted`, `trash`), or those of them that hold `query`. Ends
        with `DraftsListed`."""

        def listed(job: Job) -> Event:
            return DraftsListed(job.number, self._drafts().rows(query, scope), self._drafts().count(scope))

        return self._start("store", listed)

    def pin_draft(self, draft: str, wanted: bool = True) -> int:
        """Pin a draft to the top of the list, or no longer. Ends with `DraftChanged`."""
        what = "pinned" if wanted else "unpinned"
        return self._change(draft, what, lambda store: store.pin(draft, wanted))

    def rename_draft(self, draft: str, title: str) -> int:
        """Give a draft a title; its first line's where `title` is blank. Ends with `DraftChanged`."""

        def renamed(store: Drafts) -> None:
            store.rename(draft, " ".join(title.split())[:80] or title_of(store.name_and_text(draft)[1]))

        return self._change(draft, "renamed", renamed)

    def duplicate_draft(self, draft: str) -> int:
        """A second draft with the same words and sources. Ends with `DraftChanged`, which names it."""

        def duplicated(store: Drafts) -> str:
            return store.duplicate(draft, f"{store.name_and_text(draft)[0]} (copy)")

        return self._change(draft, "duplicated", duplicated)

    def mark_posted(self, draft: str, network: str, wanted: bool = True) -> int:
        """Note that a draft was posted at a network, or was not. Ends with `DraftChanged`."""
        what = "posted" if wanted else "unposted"
        return self._change(draft, what, lambda store: store.mark_posted(draft, network, wanted))

    def trash_draft(self, draft: str, wanted: bool = True) -> int:
        """Move a draft to the trash, or take it back. Ends with `DraftChanged`."""
        if wanted:
            return self._change(draft, "trashed", lambda store: store.trash(draft))
        return self._change(draft, "restored", lambda store: store.restore(draft))

    def delete_drafts(self, drafts: Sequence[str]) -> int:
        """Delete drafts in the trash for good. Ends with `DraftChanged`."""
        ids = tuple(drafts)

        def deleted(job: Job) -> Event:
            self._drafts().delete(ids)
            return DraftChanged(job.number, ids[0] if len(ids) == 1 else "", "deleted")

        return self._start("store", deleted)

    def _change(self, draft: str, what: str, change: Callable[[Drafts], str | None]) -> int:
        def changed(job: Job) -> Event:
            store = self._drafts()
            other = change(store) or ""
            return DraftChanged(job.number, draft, what, store.name_and_text(draft)[0], other)

        return self._start("store", changed)

    # -- revisions

    def list_revisions(self, draft: str, text: str) -> int:
        """The revisions of a draft, each beside `text`, the text of now. Ends with `RevisionsListed`."""
        return self._start("work", partial(self._list_revisions, draft, text))

    def _list_revisions(self, draft: str, text: str, job: Job) -> Event:
        kept: tuple[Revision, ...] = self._in_store(lambda store: store.revisions(draft))
        texts = [revision.text for revision in kept]
        words, counted = [*self._in_helper(job, differences.count, texts, text)][-1]
        rows = tuple(RevisionRow(r.number, r.at, r.reason, *n) for r, n in zip(kept, counted, strict=True))
        return RevisionsListed(job.number, draft, words, rows)

    def compare_revision(self, draft: str, revision: int, text: str) -> int:
        """A revision beside `text`, the text of now. Ends with `RevisionCompared`."""
        return self._start("work", partial(self._compare, draft, revision, text))

    def _compare(self, draft: str, revision: int, text: str, job: Job) -> Event:
        kept: Revision = self._in_store(lambda store: store.revision(draft, revision))
        pieces = [*self._in_helper(job, differences.compare, kept.text, text)][-1]
        return RevisionCompared(job.number, draft, kept.number, kept.at, pieces)

    def restore_revision(self, draft: str, revision: int) -> int:
        """Give a draft the text of a revision; the text it had is kept as one. Ends with `RevisionRestored`."""

        def restored(job: Job) -> Event:
            store = self._drafts()
            text = store.revision(draft, revision).text
            at = store.restore_revision(draft, revision, self._title(draft, text))
            return RevisionRestored(job.number, draft, text, at)

        return self._start("store", restored)

    def open_draft(self, draft: str) -> int:
        """Open a saved draft with its sources. Ends with `DraftOpened`."""
        # Not in the store's thread: reading what the sources hold may take a second, and a save must not wait for it.
        return self._start("work", partial(self._open, draft))

    def _open(self, id: str, job: Job) -> Event:
        draft: Draft = self._in_store(lambda store: store.get(id))
        evidence: Evidence | None = None
        if draft.sources:
            tags = self._tags()
            evidence = [*self._in_helper(job, work.regather, draft.sources, tags)][-1]
            self._remember(evidence, work.key_of(draft.sources, tags))
        return DraftOpened(
            job.number,
            draft.id,
            draft.title,
            draft.text,
            draft.brief,
            draft.writer,
            draft.laid,
            draft.hashtags,
            draft.sources,
            evidence,
            draft.lines,
        )


def title_of(text: str) -> str:
    """A draft's title: its first line, without styling and closing emoji, at most 80 characters."""
    from composer.text.style import unstyle

    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    plain = unstyle(first).strip().rstrip("❓:").strip()
    return plain[:80] or "Untitled"


def redraft_reason(drafted: Drafted) -> str:
    """Why the text before a draft is kept, named after who wrote in its place."""
    return f"Before the redraft by {drafted.model or 'the built-in writer'}"
