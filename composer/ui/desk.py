"""What lies on the desk: which sources, which draft, and which of the session's jobs are its own.

No widgets and no rules about drafting: it asks the session, and sorts the session's events by the question they
answer. What answers an older question is dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    # The events' classes are loaded with the first event, not with the window.
    from composer.drafts import Before, Scope
    from composer.events import DraftChanged, Drafted, DraftOpened, Event, Saved, Source
    from composer.evidence.model import Evidence
    from composer.post.model import Brief, Trace
    from composer.session import Session, WriterInfo

SAVE_MS, SAVE_LATEST_MS, CHECK_MS, SUGGEST_MS = 500, 3000, 250, 1000


class Desk(QObject):
    """`failed` carries the kind of job (`read`, `draft`, `save`, `list`, `open`) and the event."""

    reading = Signal(str)
    sources_read = Signal(object)
    progress = Signal(str, object)
    partial = Signal(object)
    drafted = Signal(object)
    growing = Signal(object)
    varied = Signal(object)
    stopped = Signal(str, object)
    failed = Signal(str, object)
    checked = Signal(object, str)
    suggested = Signal(object)
    rewritten = Signal(object)
    hooked = Signal(object)
    replaced = Signal(object)
    saving = Signal()
    saved = Signal(object)
    listed = Signal(object)
    opened = Signal(object)
    changed = Signal(object)
    revised = Signal(object)
    compared = Signal(object)
    restored = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._there: Session | None = None
        # What was asked before there was a session, by the kind of job.
        self._early: dict[str, Callable[[Session], int]] = {}
        self.sources: tuple[Source, ...] = ()
        self.evidence: Evidence | None = None
        # Set from the settings.
        self.brief: Brief
        self.writer = "builtin"
        # The file, or the address of the server, that the writer in use writes with.
        self.model: Path | str | None = None
        self.draft_id: str | None = None
        self.text = ""
        # Those of its lines that lead back to the source.
        self.lines: tuple[tuple[int, Trace], ...] = ()
        self.variant = 0
        self._jobs: dict[str, int] = {}
        # The last draft that was asked for: where it was stopped, it can be gone on with.
        self._stopped = 0
        self._asked: tuple[object, ...] | None = None
        self._fresh: Drafted | None = None
        self._dirty = False
        self._query = ""
        self.scope: Scope = "all"
        self.total = 0
        # The title a person gave the draft; "" where it is the first line's.
        self.name = ""
        self.saved_at = ""
        # What was replaced since the last save, and what the save under way took along.
        self._before: list[Before] = []
        self._sent: tuple[Drafted | None, list[Before]] = (None, [])
        self._epoch = 0
        self._save_epoch = 0
        self._checked_text = ""
        self._has_tags = False
        self._adding = False
        # Texts that wait for the number of a draft which is no longer on the desk, by the job that will bring it.
        self._late: dict[int, tuple[str, list[Before], tuple[tuple[int, Trace], ...]]] = {}
        self._save_soon = self._timer(SAVE_MS, self._save)
        self._save_latest = self._timer(SAVE_LATEST_MS, self._save)
        self._check_soon = self._timer(CHECK_MS, self._check)
        self._suggest_soon = self._timer(SUGGEST_MS, self._suggest)

    def _timer(self, after: int, act: Callable[[], None]) -> QTimer:
        made = QTimer(self)
        made.setSingleShot(True)
        made.setInterval(after)
        made.timeout.connect(act)
        return made

    def attach(self, session: Session) -> None:
        """The session to ask. It is made after the first picture; what was asked before is asked now."""
        self._there = session
        early, self._early = self._early, {}
        for kind, ask in early.items():
            self._jobs[kind] = ask(session)

    @property
    def _session(self) -> Session:
        assert self._there is not None, "nobody saves or drafts before there is a session"
        return self._there

    def _ask(self, kind: str, ask: Callable[[Session], int]) -> None:
        """Ask the session now, or as soon as there is one."""
        if self._there is None:
            self._early[kind] = ask
            self._jobs[kind] = 0
        else:
            self._jobs[kind] = ask(self._there)

    def detach(self) -> None:
        """Ask nothing any more."""
        for timer in (self._save_soon, self._save_latest, self._check_soon, self._suggest_soon):
            timer.stop()

    # -- asking

    @property
    def writer_info(self) -> WriterInfo | None:
        """What the session tells of the writer in use; None before there is one."""
        writers = self._there.writers if self._there is not None else ()
        return next((info for info in writers if info.key == self.writer), None)

    @property
    def busy(self) -> str:
        """The job that holds the draft bar: `read`, `draft`, `variants`, `open`, `rewrite`, `hooks` or ""."""
        kinds = ("draft", "variants", "read", "open", "rewrite", "hooks")
        return next((kind for kind in kinds if kind in self._jobs), "")

    @property
    def wanted(self) -> tuple[object, ...]:
        """What a draft would be made from: where it is the same as before, so is the draft."""
        return (self.brief, self.writer, self.model, self.sources)

    def read(self, paths: Sequence[Path], *, add: bool = False) -> None:
        """Read files: in the place of what is there, or beside it."""
        if paths:
            self._adding = add
            files, beside = list(dict.fromkeys(paths)), self.sources if add else ()
            self._ask("read", lambda session: session.read(files, beside))
            self.reading.emit(paths[0].name)

    def read_text(self, text: str, *, add: bool = False) -> None:
        """Read a pasted text: in the place of what is there, or beside it."""
        name = self.tr("Pasted text")
        self._adding = add
        beside = self.sources if add else ()
        self._ask("read", lambda session: session.read_text(text, name, beside))
        self.reading.emit(name)

    def draft(self, *, go_on: bool = False) -> bool:
        """Draft, or draft anew; with `go_on` the very draft that was stopped. False where there is nothing to draft
        from."""
        if self.evidence is None or self.busy:
            return False
        asked = self.wanted
        same = asked == self._asked
        if not (go_on and same):
            self.variant = self.variant + 1 if same else 0
        self._asked = asked
        self._jobs["draft"] = self._stopped = self._ask_for(self.variant, self._stopped if go_on and same else 0)
        return True

    def vary(self, variant: int) -> None:
        """Draft one of the variants. Ends with `varied`."""
        if self.evidence is not None and not self.busy:
            self._jobs["variants"] = self._ask_for(variant)

    def _ask_for(self, variant: int, go_on: int = 0) -> int:
        assert self.evidence is not None
        return self._session.draft(
            self.brief, self.writer, evidence=self.evidence, model=self.model, variant=variant, go_on=go_on
        )  # fmt: skip

    def take_variant(self, taken: Drafted, others: Sequence[Before]) -> None:
        """A variant is the draft now; the others are kept as revisions, as the text before is."""
        self._before += others
        self._drafted(taken)

    @property
    def rewrites(self) -> bool:
        """Whether the writer in use can say a sentence anew."""
        return self.writer != "builtin" and self.model is not None and self.evidence is not None

    def rewrite(self, selection: str, way: str, variant: int) -> None:
        """Have a line of plain letters said anew."""
        if self.evidence is not None and not self.busy:
            asked = self._session.rewrite(self.evidence, self.brief, selection, way, self.model, variant=variant)
            self._jobs["rewrite"] = asked

    def hooks(self, variant: int = 0) -> None:
        """Ask for other openings. A model holds the draft bar meanwhile; the built-in writer is quick."""
        if self.evidence is None or self.busy:
            return
        model = self.model if self.writer != "builtin" else None
        kind = "openings" if model is None else "hooks"
        self._jobs[kind] = self._session.hooks(self.evidence, self.brief, model, variant=variant)

    def another(self, trace: Trace, used: Sequence[Trace]) -> None:
        """Ask for another line for a point."""
        if self.evidence is not None:
            self._jobs["another"] = self._session.another(self.evidence, self.brief, trace, used)

    def stop(self) -> None:
        """Stop what holds the draft bar."""
        kind = self.busy
        if kind in self._early:
            del self._early[kind], self._jobs[kind]
            self.stopped.emit(kind, None)
        elif kind:
            self._session.stop(self._jobs[kind])

    def clear(self) -> None:
        """A clean desk. What was on it is saved first."""
        self._put_away()
        self._early.pop("read", None)
        for kind in ("read", "draft", "open", "check", "suggest"):
            if job := self._jobs.pop(kind, 0):
                self._session.stop(job)
        self.sources, self.evidence = (), None

    def _put_away(self) -> None:
        """Save the draft and take it off the desk."""
        self.flush()
        for kind in ("rewrite", "hooks", "openings", "another", "variants"):
            job = self._jobs.pop(kind, None)
            if job is not None:
                self._session.stop(job)
        if self._dirty:
            self._late[self._jobs["save"]] = (self.text, self._before, self.lines)
        self.name, self.saved_at, self._before = "", "", []
        self.draft_id, self.text, self._fresh, self._asked = None, "", None, None
        self.lines = ()
        self._dirty, self._has_tags = False, False
        self._epoch += 1
        self.detach()

    @property
    def settled(self) -> bool:
        """Whether everything is saved."""
        return not self._dirty and "save" not in self._jobs and not self._late

    def open_draft(self, draft: str) -> None:
        """Open a saved draft. When it is there, this one is saved and put away."""
        self.flush()
        self._jobs["open"] = self._session.open_draft(draft)

    def list_drafts(self, query: str | None = None, scope: Scope | None = None) -> None:
        """Ask for the drafts; with the last search and in the last scope where none is given."""
        self._query = self._query if query is None else query
        self.scope = scope or self.scope
        self._ask("list", lambda session: session.list_drafts(self._query, self.scope))

    @property
    def lists_all(self) -> bool:
        """Whether all drafts are asked for."""
        return not self._query and self.scope == "all"

    def change(self, ask: Callable[[Session], int]) -> None:
        """Have the session do something to a saved draft, after what is not saved."""
        self.flush()
        job = ask(self._session)
        self._jobs[f"change {job}"] = job

    def list_revisions(self) -> None:
        """Ask for the revisions of the open draft."""
        if self.draft_id is not None:
            self._jobs["revisions"] = self._session.list_revisions(self.draft_id, self.text)

    def compare(self, revision: int) -> None:
        """Ask how a revision differs from the text of now."""
        if self.draft_id is not None:
            self._jobs["compare"] = self._session.compare_revision(self.draft_id, revision, self.text)

    def restore(self, revision: int) -> None:
        """Give the open draft the text of a revision."""
        if self.draft_id is not None:
            self.flush()
            self._jobs["restore"] = self._session.restore_revision(self.draft_id, revision)

    # -- the text

    def set_text(self, text: str, lines: tuple[tuple[int, Trace], ...] = ()) -> None:
        """The text was changed: save and check it soon. `lines` are those that lead back to the source."""
        self.lines = lines
        if text == self.text:
            return
        self.text = text
        if not text.strip() and self.draft_id is None:
            return
        self._dirty = True
        self._save_soon.start()
        if not self._save_latest.isActive():
            self._save_latest.start()
        self._check_soon.start()
        if not self._has_tags:
            self._suggest_soon.start()

    def post_at(self, network: str) -> None:
        """Hold the post against another network: its limit, its tags, its page."""
        self.brief = replace(self.brief, network=network)
        self._check()

    def _check(self) -> None:
        if self.text.strip() and self._there is not None:
            self._checked_text = self.text
            self._jobs["check"] = self._session.check(self.text, self.brief, self.evidence)

    def _suggest(self) -> None:
        if self.text.strip() and self._there is not None:
            self._jobs["suggest"] = self._session.suggest(self.text, self.evidence)

    # -- saving

    def flush(self) -> None:
        """Save now what is not saved."""
        if self._dirty:
            self._save()

    def _save(self) -> None:
        self._save_soon.stop()
        self._save_latest.stop()
        if self._there is None:
            # Words typed before there is a session: they wait half a second more.
            self._save_soon.start()
            return
        if not self._dirty or ("save" in self._jobs and self.draft_id is None and self._save_epoch == self._epoch):
            # A new draft has no number yet; a second save now would make a second draft of it.
            return
        self._dirty = False
        self._save_epoch = self._epoch
        self.saving.emit()
        fresh, self._fresh = self._fresh, None
        before, self._before = self._before, []
        under_way = self._sent if "save" in self._jobs else (None, [])
        self._sent = (fresh or under_way[0], [*under_way[1], *before])
        self._jobs["save"] = self._session.save(
            self.draft_id, self.text, drafted=fresh, brief=self.brief, writer=self.writer, sources=self.sources,
            before=tuple(before), lines=self.lines,
        )  # fmt: skip

    def keep_before(self, reason: str) -> None:
        """The text is about to be replaced: the next save keeps it as a revision."""
        if self.text.strip():
            self._before.append((reason, self.text))

    def retry_save(self) -> None:
        """Save again after a failure."""
        self._dirty = True
        self._save()

    # -- answers

    def take(self, event: Event) -> None:
        """Connect to the bridge."""
        from composer import events

        if isinstance(event, events.Saved) and event.job in self._late:
            text, before, lines = self._late.pop(event.job)
            self._jobs["save"] = self._session.save(event.draft, text, before=tuple(before), lines=lines)
            return
        kind = next((kind for kind, job in self._jobs.items() if job == event.job), "")
        if not kind:
            return
        if isinstance(event, events.Progress):
            self.progress.emit(kind, event)
            return
        if isinstance(event, events.PartialDraft):
            (self.growing if kind == "variants" else self.partial).emit(event.laid)
            return
        del self._jobs[kind]
        match event:
            case events.SourcesRead():
                if not self._adding:
                    self._put_away()
                self.sources, self.evidence, self._asked = event.sources, event.evidence, None
                self.sources_read.emit(event)
            case events.Drafted() if kind == "variants":
                self.varied.emit(event)
            case events.Drafted():
                self._drafted(event)
            case events.Stopped():
                if kind == "draft" and event.laid is not None and event.laid.text.strip():
                    self.keep_before(self.tr("Before a draft that was stopped"))
                self.stopped.emit(kind, event)
            case events.Failed():
                if kind == "save":
                    self._dirty = True
                    # The next save takes along what this one could not.
                    self._fresh, self._before = self._fresh or self._sent[0], [*self._sent[1], *self._before]
                self.failed.emit(kind, event)
            case events.Checked():
                if self._checked_text == self.text:
                    self.checked.emit(event.problems, self._checked_text)
            case events.Suggested():
                self.suggested.emit(event.hashtags)
            case events.Rewritten():
                self.rewritten.emit(event)
            case events.Hooked():
                self.hooked.emit(event)
            case events.Replaced():
                self.replaced.emit(event)
            case events.Saved():
                self._saved(event)
            case events.DraftsListed():
                self.total = event.total
                self.listed.emit(event.rows)
            case events.DraftChanged():
                self._changed(event)
            case events.RevisionsListed():
                self.revised.emit(event)
            case events.RevisionCompared():
                self.compared.emit(event)
            case events.RevisionRestored():
                if event.draft == self.draft_id:
                    self.saved_at = event.at
                    self.restored.emit(event)
            case events.DraftOpened():
                self._opened(event)

    def _changed(self, event: DraftChanged) -> None:
        from composer.session import title_of

        if event.what == "renamed" and event.draft == self.draft_id:
            self.name = event.title if event.title != title_of(self.text) else ""
        self.changed.emit(event)

    def _drafted(self, event: Drafted) -> None:
        from composer.session import redraft_reason

        self.keep_before(redraft_reason(event))
        self._fresh = event
        self._has_tags = bool(event.hashtags)
        self._dirty = True
        self.drafted.emit(event)
        self.text, self.lines = event.laid.text, event.laid.lines
        self._save()
        self._check()
        if not self._has_tags:
            self._suggest()

    def _saved(self, event: Saved) -> None:
        if self._save_epoch != self._epoch:
            return
        self.draft_id, self.saved_at = event.draft, event.at
        self.saved.emit(event)
        if self._dirty and not self._save_soon.isActive():
            self._save()

    def _opened(self, event: DraftOpened) -> None:
        from composer.session import title_of

        self._put_away()
        self.sources, self.evidence = event.sources, event.evidence
        self.brief, self.writer = event.brief, event.writer
        self.draft_id, self.text, self.lines = event.id, event.text, event.lines or ()
        self.name = event.title if event.title != title_of(event.text) else ""
        self._dirty, self._fresh, self._asked = False, None, None
        self._has_tags = False
        self.opened.emit(event)
        self._check()
        self._suggest()
