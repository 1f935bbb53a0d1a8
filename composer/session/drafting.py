"""Drafting and the smaller wishes: what a writer is asked for, and what comes back."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from composer import work
from composer.errors import WriterError
from composer.events import (
    Checked,
    Drafted,
    Event,
    Hooked,
    PartialDraft,
    Progress,
    Replaced,
    Rewritten,
    Suggested,
)
from composer.evidence.model import Evidence
from composer.paths import Paths
from composer.post.model import BUILTIN_HONOURS, MODEL_HONOURS, Brief, Laid, Post, Trace
from composer.session.jobs import TENTH, Job, Paced
from composer.session.models import Models
from composer.settings import Settings

if TYPE_CHECKING:
    from composer.library.keys import Keys
    from composer.library.servers import Server
    from composer.writers.course import Course
    from composer.writers.talk import Engine

# How many stopped drafts can be gone on with.
_COURSES = 2


@dataclass(frozen=True, slots=True)
class WriterInfo:
    """A writer the person can choose. `honours` names the fields of `Brief` it obeys; `why` says what the others
    need."""

    key: str
    name: str
    honours: frozenset[str]
    why: str = ""


class Drafting(Models):
    """Asks the writers."""

    def __init__(self, paths: Paths, settings: Settings, *, inline: bool, keys: "Keys | None") -> None:
        super().__init__(paths, settings, inline=inline, keys=keys)
        # What wrote the drafts that may still be saved, by the job's number.
        self._written_by: dict[int, str] = {}
        # What was said in drafts that may be stopped and gone on with, by the job's number.
        self._courses: dict[int, Course] = {}

    @property
    def writers(self) -> tuple[WriterInfo, ...]:
        """The writers, the one that needs nothing first."""
        return (
            WriterInfo("builtin", "Built-in writer", BUILTIN_HONOURS, "This needs a model."),
            WriterInfo("model", "Local model", MODEL_HONOURS),
            WriterInfo("server", "Model on a server", MODEL_HONOURS),
        )

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

    def _drafted(
        self, job: Job, post: Post, laid: Laid, writer: str, brief: Brief, evidence: Evidence, model: str = ""
    ) -> Event:
        job.laid = laid
        tags = tuple(dict.fromkeys([*post.hashtags, *evidence.hashtags]))[:8]
        notices = tuple(dict.fromkeys([*evidence.notices, *post.notices]))
        return Drafted(job.number, post, laid, writer, brief, tags, notices, model)

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
