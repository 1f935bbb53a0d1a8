"""The use-cases: read, draft, stop, check, suggest, save, list, open. The window and the command line both call these.

Every method returns at once with the number of its job; what comes of it arrives as events (`composer.events`) at
every listener, on the session's own threads. With `inline=True` (the command line) the work is done before the
method returns, in the caller's thread. Only the session holds run state.
"""

import itertools
import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from composer import differences, work
from composer.drafts import Before, Draft, Drafts, Revision, Scope, new_id
from composer.errors import ComposerError, ConsentError, WriterError
from composer.events import (
    Checked,
    DraftChanged,
    Drafted,
    DraftOpened,
    DraftRow,
    DraftsListed,
    Event,
    Failed,
    Hooked,
    PartialDraft,
    Progress,
    Replaced,
    RevisionCompared,
    RevisionRestored,
    RevisionRow,
    RevisionsListed,
    Rewritten,
    Saved,
    Source,
    SourcesRead,
    Stopped,
    Suggested,
)
from composer.evidence.model import Evidence
from composer.helper import Helper, HelperStopped
from composer.paths import Paths, use_own_resources
from composer.post.model import Brief, Laid, Post, Trace
from composer.settings import Settings

if TYPE_CHECKING:
    from composer.engine.client import EngineClient
    from composer.library.commands import Library
    from composer.library.keys import Keys
    from composer.library.servers import Server
    from composer.writers.course import Course
    from composer.writers.talk import Engine

log = logging.getLogger(__name__)
Wish = TypeVar("Wish")

# How many evidences the session remembers the keys of: more than the helper keeps.
_REMEMBERED = 8
# How many stopped drafts can be gone on with.
_COURSES = 2

# A growing post is shown at most this often, in seconds: the eye needs no more.
TENTH = 0.1


@dataclass(frozen=True, slots=True)
class WriterInfo:
    """A writer the person can choose. `honours` names the fields of `Brief` it obeys; `why` says what the others
    need."""

    key: str
    name: str
    honours: frozenset[str]
    why: str = ""


class Job:
    """A running job: its number, whether it was stopped, whether the person has just named the model's file, and the
    post as far as it got."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.agreed = False
        self.stopped = threading.Event()
        self.laid: Laid | None = None
        self.post: Post | None = None
        self._lock = threading.Lock()
        self._stoppers: list[Callable[[], None]] = []

    def on_stop(self, stopper: Callable[[], None]) -> None:
        """Call `stopper` when the job is stopped; at once where it was."""
        with self._lock:
            self._stoppers.append(stopper)
        if self.stopped.is_set():
            stopper()

    def stop(self) -> None:
        """Stop the job, from any thread."""
        self.stopped.set()
        with self._lock:
            stoppers = list(self._stoppers)
        for stopper in stoppers:
            stopper()


class Paced:
    """Lets something through at most every `gap` seconds."""

    def __init__(self, gap: float) -> None:
        self._gap = gap
        self._last = -gap

    def now(self) -> bool:
        """Whether it is time again."""
        moment = time.monotonic()
        if moment - self._last < self._gap:
            return False
        self._last = moment
        return True


class Session:
    """One per window or command. `paths` say where things lie; `settings` are read for the engine's context; `keys`
    may be shared with the library, so that a key that is kept for this run is known to both."""

    def __init__(self, paths: Paths, settings: Settings, *, inline: bool = False, keys: "Keys | None" = None) -> None:
        self.paths = paths.ensure()
        use_own_resources(self.paths)
        self.settings = settings
        self._inline = inline
        self._listeners: list[Callable[[Event], None]] = []
        self._numbers = itertools.count(1)
        self._jobs: dict[int, Job] = {}
        self._lock = threading.Lock()
        self._keys: list[tuple[Evidence, str]] = []
        # What wrote the drafts that may still be saved, by the job's number.
        self._written_by: dict[int, str] = {}
        # What was said in drafts that may be stopped and gone on with, by the job's number.
        self._courses: dict[int, Course] = {}
        # A second process for what nobody waits for: other openings of a long talk take as long as several drafts.
        self._helper, self._aside = Helper(), Helper()
        self._secrets = keys
        self._engine: EngineClient | None = None
        self._store: Drafts | None = None
        self._closed = False
        # One thread owns the store, as SQLite wants it. One starts the engine and lives as long as the session:
        # on Linux the engine dies with the thread that started it.
        self._pools = {
            "store": ThreadPoolExecutor(1, "store"),
            "engine": ThreadPoolExecutor(1, "engine"),
            "work": ThreadPoolExecutor(3, "work"),
        }

    # -- listeners

    def subscribe(self, listener: Callable[[Event], None]) -> Callable[[], None]:
        """Send every event to `listener` too. The returned function ends it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    @property
    def writers(self) -> tuple[WriterInfo, ...]:
        """The writers, the one that needs nothing first."""
        from composer.post.builtin import BuiltinWriter
        from composer.writers.model import ModelWriter

        return (
            WriterInfo("builtin", "Built-in writer", BuiltinWriter.honours, "This needs a model."),
            WriterInfo("model", "Local model", ModelWriter.honours),
            WriterInfo("server", "Model on a server", ModelWriter.honours),
        )

    def warm(self) -> None:
        """Start the helper process, so that the first job does not wait for it. Returns at once."""
        self._pools["work"].submit(self._helper.warm)

    # -- reading

    def read(self, paths: Sequence[Path], beside: Sequence[Source] = ()) -> int:
        """Read files, to stand beside sources that were read. Ends with `SourcesRead` or `Failed`."""
        return self._start("work", partial(self._read, tuple(paths), tuple(beside)))

    def read_text(self, text: str, name: str = "Pasted text", beside: Sequence[Source] = ()) -> int:
        """Read a pasted text, to stand beside sources that were read. Ends with `SourcesRead` or `Failed`."""
        return self._start("work", partial(self._read, (work.Pasted(text, name),), tuple(beside)))

    def _read(self, inputs: tuple[Path | work.Pasted, ...], beside: tuple[Source, ...], job: Job) -> Event:
        result: tuple[tuple[Source, ...], Evidence] | None = None
        own = self._tags()
        for item in self._in_helper(job, work.read, inputs, own, beside):
            if isinstance(item, work.Step):
                self._emit(Progress(job.number, item.stage, item.done, item.total, item.unit))
            else:
                result = item
        assert result is not None, "the reading ended without a result"
        sources, evidence = result
        self._remember(evidence, work.key_of(sources, own))
        return SourcesRead(job.number, sources, evidence, own)

    # -- drafting

    def draft(
        self,
        brief: Brief,
        writer: str = "builtin",
        *,
        evidence: Evidence,
        model: "Path | Server | str | None" = None,
        agreed: bool = False,
        variant: int = 0,
        go_on: int = 0,
    ) -> int:
        """Draft a post. Ends with `Drafted`, `Stopped` or `Failed`; the last two carry what was written.

        `model` is the file of the writer `model`, or the server of the writer `server`, or its address. `agreed`: the
        person has named this very file just now, which is their consent where it is on no list. `go_on` is the job of
        a draft that was stopped: what its model has said is not asked for again, where the same is asked of the same
        model. The built-in writer needs no such help: it is done at once.
        """
        if writer in ("model", "server"):
            # What belongs to the other writer is nothing to this one.
            wanted = model if isinstance(model, Path) == (writer == "model") else None
            wish = partial(self._draft_model, writer, brief, evidence, wanted, agreed, variant, self._course(go_on))
            return self._start("engine", wish)
        return self._start("work", partial(self._draft_builtin, brief, evidence, variant))

    def _draft_builtin(self, brief: Brief, evidence: Evidence, variant: int, job: Job) -> Event:
        final: tuple[Post, Laid] | None = None
        for item in self._with_kept(job, work.draft, self._key(evidence), evidence, brief, variant):
            match item:
                case work.Step(stage, done, total, unit):
                    self._emit(Progress(job.number, stage, done, total, unit))
                case Laid():
                    job.laid = item
                    self._emit(PartialDraft(job.number, item))
                case (post, laid):
                    final = (post, laid)
        if final is None:
            raise WriterError("The writer ended without a post.", safe="The transcript is safe.")
        return self._drafted(job, *final, "builtin", brief, evidence)

    def _draft_model(
        self,
        writer: str,
        brief: Brief,
        evidence: Evidence,
        model: "Path | Server | str | None",
        agreed: bool,
        variant: int,
        course: "Course",
        job: Job,
    ) -> Event:
        from composer.post import layout

        if model is None and writer == "server":
            raise WriterError("No server is chosen.", safe="Your text is safe.", do="Name one on the Models page.")
        try:
            wish = partial(self._streamed, job, evidence, brief, variant, course, writer == "model")
            job.agreed = agreed
            with self._lock:
                self._courses = {**dict([*self._courses.items()][1 - _COURSES :]), job.number: course}
            post = self._with_model(job, model, wish)
        finally:
            # A growing post that came too soon after the last one is still what was written.
            if job.post is not None:
                job.laid = layout.lay(job.post)
        assert model is not None, "a model has written"
        if isinstance(model, str):
            model = self._library().servers.get(model)
        key = str(model) if isinstance(model, Path) else model.url
        self._library().notes.used(key)
        self._written_by[job.number] = key
        with self._lock:
            self._courses.pop(job.number, None)
        name = model.stem if isinstance(model, Path) else model.name
        return self._drafted(job, post, layout.lay(post), writer, brief, evidence, name)

    def _course(self, job: int) -> "Course":
        """What was said in a draft that was stopped; an empty one where that is not known any more."""
        from composer.writers.course import Course

        with self._lock:
            return self._courses.pop(job, None) or Course()

    def _streamed(
        self, job: Job, evidence: Evidence, brief: Brief, variant: int, course: "Course", within: bool, turn: "Engine"
    ) -> Post:
        """The finished post; on the way, progress and the post as it grows go to the listeners."""
        from composer.post import layout
        from composer.writers.base import Finished, Partial, Reading
        from composer.writers.course import Taken
        from composer.writers.model import ModelWriter

        paced = Paced(TENTH)
        for event in ModelWriter(Taken(turn, course, within=within)).write(evidence, brief, variant):
            match event:
                case Reading(done, total, unit):
                    self._emit(Progress(job.number, "reading", done, total, unit))
                case Partial(post) if paced.now():
                    job.post, job.laid = None, layout.lay(post)
                    self._emit(PartialDraft(job.number, job.laid))
                case Partial(post):
                    job.post = post
                case Finished(post, _):
                    return post
        raise WriterError("The model ended without a post.", safe="The transcript is safe.")

    def _loading(self, job: Job, done: float) -> None:
        self._emit(Progress(job.number, "loading", round(done * 100), 100, "steps"))

    def _client(self) -> "EngineClient":
        from composer.engine.client import EngineClient

        with self._lock:
            if self._engine is None:
                self._engine = EngineClient(tuning=self.paths.tuning)
            return self._engine

    def _drafted(
        self, job: Job, post: Post, laid: Laid, writer: str, brief: Brief, evidence: Evidence, model: str = ""
    ) -> Event:
        job.laid = laid
        tags = tuple(dict.fromkeys([*post.hashtags, *evidence.hashtags]))[:8]
        notices = tuple(dict.fromkeys([*evidence.notices, *post.notices]))
        return Drafted(job.number, post, laid, writer, brief, tags, notices, model)

    def stop(self, job: int) -> None:
        """Stop a job, waiting or running. It ends with `Stopped`."""
        running = self._jobs.get(job)
        if running is None:
            return
        running.stop()

    # -- smaller wishes

    def rewrite(
        self,
        evidence: Evidence,
        brief: Brief,
        selection: str,
        way: str,
        model: "Path | Server | str | None",
        *,
        variant: int = 0,
    ) -> int:
        """Say a selection anew: `rewrite`, `shorter`, `sharper` or `plainer`. Ends with `Rewritten`.

        A model does it; `Failed` says so where none is chosen.
        """

        def wish(turn: "Engine") -> str:
            from composer.writers.redraft import rewrite

            return rewrite(turn, evidence, brief, selection, way, variant)

        return self._start("engine", lambda job: Rewritten(job.number, *self._wished(job, model, wish)))

    def hooks(self, evidence: Evidence, brief: Brief, model: "Path | Server | str | None", *, variant: int = 0) -> int:
        """Other openings: the model's, or those of the built-in writer's variants where `model` is None.

        Ends with `Hooked`.
        """
        if model is None:
            return self._start("work", partial(self._openings, evidence, brief))

        def wish(turn: "Engine") -> tuple[str, ...]:
            from composer.post.parts import opening
            from composer.writers.redraft import hooks

            language = evidence.language if brief.language == "source" else brief.language
            return tuple(opening(hook, brief, language) for hook in hooks(turn, evidence, brief, variant=variant))

        return self._start("engine", lambda job: Hooked(job.number, *self._wished(job, model, wish)))

    def _openings(self, evidence: Evidence, brief: Brief, job: Job) -> Event:
        found = [*self._with_kept(job, work.openings, self._key(evidence), evidence, brief)]
        return Hooked(job.number, found[-1])

    def another(self, evidence: Evidence, brief: Brief, trace: Trace, used: Sequence[Trace] = ()) -> int:
        """Another line for the point said at `trace`, of the same chapter and not of `used`. Ends with `Replaced`."""
        return self._start("work", partial(self._another, evidence, brief, trace, tuple(used)))

    def _another(self, evidence: Evidence, brief: Brief, trace: Trace, used: tuple[Trace, ...], job: Job) -> Event:
        found = [*self._with_kept(job, work.another, self._key(evidence), evidence, brief, trace, used)]
        return Replaced(job.number, *found[-1])

    def _wished(
        self, job: Job, model: "Path | Server | str | None", wish: Callable[["Engine"], Wish]
    ) -> tuple[Wish, tuple[str, ...]]:
        """Grant a wish that writes at once and tells nothing on the way; what there is to tell comes with it."""

        def told(turn: "Engine") -> tuple[Wish, tuple[str, ...]]:
            self._emit(Progress(job.number, "writing", 0, 0, "steps"))
            granted = wish(turn)
            return granted, tuple(dict.fromkeys(turn.notices))

        return self._with_model(job, model, told)

    def _with_model(self, job: Job, model: "Path | Server | str | None", wish: Callable[["Engine"], Wish]) -> Wish:
        """Load the model, or find it on its server, and grant one wish. Raises `HelperStopped` where the person stopped
        it."""
        from composer.engine.client import Cancelled

        if model is None:
            raise WriterError(
                "No model is chosen.",
                safe="Your text is safe.",
                do="Choose a GGUF file, or use the built-in writer.",
            )
        if not isinstance(model, Path):
            return self._with_server(job, model, wish)
        self._may_load(job, model)
        turn = self._client().turn()
        job.on_stop(turn.cancel)
        try:
            turn.load(model, context=self.settings.context, progress=partial(self._loading, job))
            if not turn.tuned:
                self._emit(Progress(job.number, "measuring", 0, 0, "steps"))
                turn.calibrate()
            return wish(turn)
        except Cancelled:
            raise HelperStopped from None
        finally:
            turn.finish()

    def _may_load(self, job: Job, model: Path) -> None:
        """See that llama.cpp is never shown a file that is not what it says, nor one that nobody trusts."""
        from composer.library import gguf_header

        if job.agreed:
            gguf_header.check(model)
            return
        paced = Paced(TENTH)

        def tell(done: int, total: int) -> None:
            if job.stopped.is_set():
                raise HelperStopped
            if paced.now():
                self._emit(Progress(job.number, "checking", done, total, "bytes"))

        self._library().may_load(model, tell)

    def _with_server(self, job: Job, server: "Server | str", wish: Callable[["Engine"], Wish]) -> Wish:
        """Ask a server in the place of the engine. Nothing is sent where the person has not agreed to it."""
        from composer.writers.server import ServerEngine, smaller

        library = self._library()
        if isinstance(server, str):
            server = library.servers.get(server)
        library.servers.may_send(server)
        line = library.line(server)
        job.on_stop(line.cancel)
        self._emit(Progress(job.number, "asking", 0, 0, "steps"))
        found = line.look()
        line.use(found.id)
        # Which model it is decides where the text ends up.
        library.servers.may_send(line.server)
        context = found.context
        while True:
            try:
                return wish(ServerEngine(line, found.id, context))
            except ComposerError as error:
                # Not every server tells how much it reads at once, or tells the truth: then in smaller parts.
                context = smaller(context, error)
                if not context or job.stopped.is_set():
                    raise

    def use_key(self, server: "Server", key: str) -> None:
        """Use this key for a server until the session ends; it is written down nowhere."""
        if self._secrets is None:
            from composer.library.keys import Keys

            self._secrets = Keys()
        self._secrets.keep_for_run(server.secret, key)

    def _library(self) -> "Library":
        """The library's notes as they are now. Made anew each time: the window has one of its own."""
        from composer.library.commands import Library

        return Library(self.paths, keys=self._secrets)

    # -- checks and hashtags

    def check(self, text: str, brief: Brief, evidence: Evidence | None = None) -> int:
        """Look for problems in `text`, held against the evidence where there is any. Ends with `Checked`."""
        return self._start("work", partial(self._check, text, brief, evidence))

    def _check(self, text: str, brief: Brief, evidence: Evidence | None, job: Job) -> Event:
        key = self._key(evidence) if evidence else ""
        problems = [*self._with_kept(job, work.check, key, evidence, text, brief)]
        return Checked(job.number, problems[-1])

    def suggest(self, text: str, evidence: Evidence | None = None) -> int:
        """Hashtags for `text`, and those of the evidence behind them. Ends with `Suggested`."""
        return self._start("work", partial(self._suggest, text, evidence))

    def _suggest(self, text: str, evidence: Evidence | None, job: Job) -> Event:
        language = evidence.language if evidence else "und"
        found = [*self._in_helper(job, work.suggest, text, language, self._tags())][-1]
        more = evidence.hashtags if evidence else ()
        return Suggested(job.number, tuple(dict.fromkeys([*found, *more]))[:8])

    # -- drafts

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
    ) -> int:
        """Save a draft; a new one where `draft` is None. Ends with `Saved`.

        A known draft without `drafted` changes its text and title only. `before` are the texts that a model or a
        redraft took the place of since the last save, each with the reason to keep it as a revision; a redraft of a
        known draft keeps the text it had also where nobody says so. A title given by hand stays.
        """
        start = partial(self._save, draft, text, title, drafted, brief, writer, tuple(sources), tuple(before))
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
        job: Job,
    ) -> Event:
        store = self._drafts()
        title = title or self._title(draft, text)
        if draft is not None and drafted is None:
            return Saved(job.number, draft, store.save_text(draft, text, title, before))
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
        )

    # -- the end

    def close(self) -> None:
        """Wait for what is being saved, stop everything else, end the processes. Safe to call twice."""
        if self._closed:
            return
        self._closed = True
        for job in list(self._jobs.values()):
            job.stop()
        if self._inline:
            self._close_store()
        else:
            # After the last save, and in the thread that opened it.
            self._pools["store"].submit(self._close_store)
        for name in ("store", "work", "engine"):
            self._pools[name].shutdown(wait=name == "store", cancel_futures=name != "store")
        self._helper.close()
        self._aside.close()
        if self._engine is not None:
            self._engine.close()
        for pool in self._pools.values():
            pool.shutdown(wait=True)

    # -- inside

    def _close_store(self) -> None:
        if self._store is not None:
            self._store.close()
            self._store = None

    def _start(self, pool: str, action: Callable[[Job], Event]) -> int:
        job = Job(next(self._numbers))
        self._jobs[job.number] = job
        if self._inline:
            self._do(job, action)
        else:
            self._pools[pool].submit(self._do, job, action)
        return job.number

    def _do(self, job: Job, action: Callable[[Job], Event]) -> None:
        """Run an action to its one last event. Nothing raised escapes as a traceback."""
        end: Event
        try:
            end = Stopped(job.number, None) if job.stopped.is_set() else action(job)
        except HelperStopped:
            end = Stopped(job.number, job.laid)
        except ComposerError as error:
            if job.stopped.is_set():
                end = Stopped(job.number, job.laid)
            else:
                kind = "consent" if isinstance(error, ConsentError) else ""
                end = Failed(job.number, error.what, error.safe, error.do, job.laid, kind)
        except Exception:
            log.exception("job %d failed", job.number)
            end = Failed(
                job.number,
                "Something went wrong inside the app.",
                "The transcript and the draft are safe.",
                f"The details are in {self.paths.logs / 'post-composer.log'}.",
                job.laid,
            )
        self._jobs.pop(job.number, None)
        self._emit(end)

    def _emit(self, event: Event) -> None:
        for listener in list(self._listeners):
            listener(event)

    def _in_helper(self, job: Job, function: Callable[..., Iterator[Any]], *arguments: Any) -> Iterator[Any]:
        if self._inline:
            return function(*arguments)
        helper = self._aside if function is work.openings else self._helper
        job.on_stop(partial(helper.stop, job.number))
        return helper.run(job.number, function, *arguments)

    def _with_kept(
        self, job: Job, function: Callable[..., Iterator[Any]], key: str, evidence: Evidence | None, *rest: Any
    ) -> Iterator[Any]:
        """Call `function` with a key first; with the evidence itself where the helper has lost it."""
        for attempt in (None, evidence):
            for item in self._in_helper(job, function, key, attempt, *rest):
                if item is None:
                    break
                yield item
            else:
                return

    def _remember(self, evidence: Evidence, key: str) -> None:
        with self._lock:
            self._keys = [(evidence, key), *self._keys][:_REMEMBERED]

    def _key(self, evidence: Evidence) -> str:
        """The key of this very evidence; a fresh one where it was not read in this session."""
        with self._lock:
            for known, key in self._keys:
                if known is evidence:
                    return key
        key = "|".join(work.identity(transcript) for transcript in evidence.sources)
        self._remember(evidence, key)
        return key

    def _drafts(self) -> Drafts:
        if self._store is None:
            self._store = Drafts(self.paths.drafts)
        return self._store

    def _in_store(self, question: Callable[[Drafts], Any]) -> Any:
        """Ask the store in its own thread. Never from that thread: it would wait for itself."""
        if self._inline:
            return question(self._drafts())
        return self._pools["store"].submit(lambda: question(self._drafts())).result()

    def _tags(self) -> tuple[str, ...]:
        """The person's own past tags, read in the store's thread. None where the drafts cannot be read."""
        try:
            tags: tuple[str, ...] = self._in_store(lambda store: store.hashtags())
            return tags
        except (ComposerError, RuntimeError):
            # Saving will say what is wrong; suggestions do without.
            return ()


def title_of(text: str) -> str:
    """A draft's title: its first line, without styling and closing emoji, at most 80 characters."""
    from composer.text.style import unstyle

    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    plain = unstyle(first).strip().rstrip("❓:").strip()
    return plain[:80] or "Untitled"


def redraft_reason(drafted: Drafted) -> str:
    """Why the text before a draft is kept, named after who wrote in its place."""
    return f"Before the redraft by {drafted.model or 'the built-in writer'}"
