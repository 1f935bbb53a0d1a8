"""A session with scripted answers: the methods of `composer.session.Session`, and a button to press for each event.

What it reads is a made-up talk; what it drafts is written here. Answers come when the test says so, or at once with
`auto=True`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QDate

from composer.differences import count, pieces
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
from composer.evidence.model import Evidence, Point, Sentence
from composer.post.model import Brief, Laid, Post, Trace
from composer.sources.model import Chapter, Segment, Transcript
from composer.text.problems import Problem
from composer.text.style import style

TALK = (
    (4, None, "Thanks for staying this late. I promised to talk about kitchens. I will mostly talk about lists."),
    (41, None, "I ran the night shift of a hospital kitchen for nine years, and we fed four hundred people a night."),
    (96, "First lists", "A kitchen fails on paper first. The order that was never written is the meal that burns."),
    (140, None, "We kept one list on the wall, and only one. Two lists are an argument waiting for a witness."),
    (201, None, "New cooks wanted an app. I said the wall has no battery and everybody can see who crossed a line."),
    (255, "Who crosses out", "The person who did the work crosses it out, never the person who asked for it."),
    (310, None, "In the first month we threw away a third less food, and nobody had told anyone to waste less."),
    (362, None, "It was the crossing out. You look at the pan before you draw the line."),
    (430, "Nights", "At three in the morning nobody remembers anything, so the list is a better colleague than I am."),
    (505, None, "I read the wall aloud at the change of shift. It took four minutes. It saved the first hour."),
    (560, None, "People ask what happens when the list is wrong. Then it gets fixed, in ink, by whoever noticed."),
    (610, "Leaving", "When I left they kept the wall. They did not keep my recipes, and that is the right way around."),
)  # fmt: skip
USED = (1, 2, 5, 6, 9, 11)
LINES = (
    ("⏳", "Paper first", "The order that was never written down is the meal that burns."),
    ("✏️", "Who did it crosses it out", "Never the person who asked for it."),
    ("🍲", "Less thrown away", "In the first month the kitchen wasted 40 percent less food."),
    ("📣", "Read it aloud", "Four minutes at the change of shift saved the first hour."),
)
TAGS = ("#Kitchens", "#Checklists", "#NightShift", "#Hospital", "#Teams", "#Writing", "#Food", "#Handover")
TITLE, ANNOUNCED = "What a Kitchen Wall Knows", "A talk by a hospital cook on lists people trust"

HOOKS = tuple(style(words, "sans_bold") + "❓" for words in (TITLE, "One List, Four Hundred Meals", "Who Crosses Out"))


def transcript(*, timed: bool = True) -> Transcript:
    """The talk, with times or without."""
    segments, chapters = [], []
    for number, (start, chapter, text) in enumerate(TALK):
        if chapter:
            chapters.append(Chapter(float(start) if timed else None, chapter, number))
        end = TALK[number + 1][0] - 1 if number + 1 < len(TALK) else 655
        times = (float(start), float(end)) if timed else (None, None)
        segments.append(Segment(*times, "The cook" if number else "Host", text))
    return Transcript(
        "vtt" if timed else "text", "en", "The wall", tuple(segments), tuple(chapters),
        duration=655.0 if timed else None, kind="talk",
    )  # fmt: skip


def source(*, timed: bool = True) -> Source:
    """The talk as a source."""
    name = "kitchen-wall.vtt" if timed else "kitchen-wall.txt"
    return Source("talk" if timed else "text", name, Path("/talks") / name, transcript(timed=timed))


def evidence(*sources: Source) -> Evidence:
    """What the talk holds: every segment's sentences, every other one a point."""
    sentences, points = [], []
    for number, read in enumerate(sources):
        for index, segment in enumerate(read.transcript.segments):
            for text in segment.text.replace(". ", ".\n").split("\n"):
                sentences.append(Sentence(text, text, number, (index,), segment.start, segment.end))
            if index in USED or index % 3 == 0:
                text = sentences[-1].text
                points.append(Point(text, text, number, (index,), 1.0 - index / 100, segment.start, segment.end))
    transcripts = tuple(read.transcript for read in sources)
    chapters = tuple(t.chapters for t in transcripts)
    return Evidence(transcripts, "en", tuple(sentences), tuple(points), chapters=chapters, hashtags=TAGS)


def laid(*, timed: bool = True, until: int = 99, shape: str = "take", variant: int = 0) -> Laid:
    """The post, or its first `until` lines. Another variant has another headline, and other points first."""
    talk = transcript(timed=timed)
    rows: list[tuple[str, int | None]] = [
        (HOOKS[variant % len(HOOKS)], None), ("", None),
        (style(ANNOUNCED, "sans_bold") + " 🔦:", None), ("", None),
        ("For nine years the cook fed four hundred people a night. What held it together was one list.", 1),
        ("", None), (style("What the wall did", "sans_bold") + ":", None),
    ]  # fmt: skip
    told = [*zip(LINES, USED[1:], strict=False)]
    for (emoji, name, text), segment in [*told[variant % 3 :], *told[: variant % 3]]:
        rows.append((f"• {emoji} {style(name, 'sans_bold')}: {text}", segment))
    rows += [("", None), (style("Conclusion", "sans_bold") + ":", None)]
    rows += [("• Leave the list behind, and let them change the recipes.", 11), ("", None), (" ".join(TAGS[:4]), None)]
    if shape == "list":
        rows = [(line.replace("• ", "→ "), segment) for line, segment in rows]
    rows = rows[:until]
    lines = tuple(
        (number, Trace(0, (segment,), talk.segments[segment].start))
        for number, (_, segment) in enumerate(rows)
        if segment is not None
    )
    text = "\n".join(line for line, _ in rows)
    return Laid(text, text, lines)


def today() -> QDate:
    """The day on which the newest draft was written."""
    return QDate(2026, 11, 20)


def row(number: int) -> DraftRow:
    """A row of the list of drafts."""
    titles = ("What a Kitchen Wall Knows", "Why the Slow Ferry Is Never Late", "Doors First", "A Museum")
    excerpts = (
        "A talk by a hospital cook on lists people trust",
        "It leaves when everyone is aboard.",
        "1/ The entrance decides how long people stay.",
        "A keeper of things is a reader of things.",
    )
    stamps = (
        "2026-11-20T14:32:00+00:00",
        "2026-11-19T09:10:00+00:00",
        "2026-11-12T18:00:00+00:00",
        "2025-06-03T08:00:00+00:00",
    )
    return DraftRow(f"d{number}", titles[number % 4], stamps[number % 4], "take", "draft", excerpts[number % 4])


@dataclass(frozen=True)
class Info:
    """What `Session.writers` tells of a writer."""

    key: str
    name: str
    honours: frozenset[str]
    why: str = ""


class ScriptedSession:
    """Methods as the real session's. `calls` holds what was asked, in order."""

    def __init__(self, *, auto: bool = True, timed: bool = True, rows: Sequence[DraftRow] = ()) -> None:
        self.auto, self.timed = auto, timed
        self.calls: list[tuple[str, int, dict[str, object]]] = []
        self.listeners: list[Callable[[Event], None]] = []
        self.rows = list(rows)
        self.texts: dict[str, str] = {}
        self.problems: tuple[Problem, ...] = ()
        self.notices: tuple[str, ...] = ()
        self.rewritten = ""
        # How many drafts of a source differ.
        self.variants = 1
        self.closed = False
        # Number, time, reason, text; newest first.
        self.revisions: list[tuple[int, str, str, str]] = []
        self.fail: dict[str, Failed] = {}
        self._next = 0

    writers = (
        Info("builtin", "Built-in writer", frozenset({"shape", "length"}), "This needs a model."),
        Info("model", "Local model", frozenset({"shape", "tone", "length", "audience", "language"})),
        Info("server", "Model on a server", frozenset({"shape", "tone", "length", "audience", "language"})),
    )

    def subscribe(self, listener: Callable[[Event], None]) -> Callable[[], None]:
        """As the session's."""
        self.listeners.append(listener)
        return lambda: self.listeners.remove(listener)

    def emit(self, event: Event) -> None:
        """Tell every listener."""
        for listener in list(self.listeners):
            listener(event)

    def job(self, name: str) -> int:
        """The number of the last job of a kind."""
        return next(job for kind, job, _ in reversed(self.calls) if kind == name)

    def asked(self, name: str) -> list[dict[str, object]]:
        """With what a method was called, each time."""
        return [given for kind, _, given in self.calls if kind == name]

    def _ask(
        self, kind: str, /, answer: Callable[[int], Event] | None = None, *, now: bool = False, **given: object
    ) -> int:
        self._next += 1
        self.calls.append((kind, self._next, given))
        if kind in self.fail and (self.auto or now):
            failed = self.fail[kind]
            self.emit(Failed(self._next, failed.what, failed.safe, failed.do, failed.laid))
        elif answer is not None and (self.auto or now):
            self.emit(answer(self._next))
        return self._next

    def warm(self) -> None:
        """Nothing to warm."""

    def read_answer(self, job: int, count: int = 1) -> SourcesRead:
        """The talk, read; of several files the second is the talk without times."""
        read = [source(timed=self.timed), source(timed=not self.timed)][:count]
        return SourcesRead(job, tuple(read), evidence(*read))

    def read(self, paths: Sequence[Path], beside: Sequence[Source] = ()) -> int:
        """As the session's."""
        count = len(paths) + len(beside)
        return self._ask("read", lambda job: self.read_answer(job, count), paths=tuple(paths), beside=tuple(beside))

    def read_text(self, text: str, name: str = "Pasted text", beside: Sequence[Source] = ()) -> int:
        """As the session's."""
        answer = lambda job: self.read_answer(job, 1 + len(beside))  # noqa: E731
        return self._ask("read_text", answer, text=text, name=name, beside=tuple(beside))

    def drafted(self, job: int, brief: Brief, writer: str = "builtin", variant: int = 0) -> Drafted:
        """The finished draft."""
        post = Post(brief.shape, "en", TITLE, ANNOUNCED, (), hashtags=TAGS[:4])
        made = laid(timed=self.timed, shape=brief.shape, variant=min(variant, self.variants - 1))
        return Drafted(job, post, made, writer, brief, TAGS, self.notices)

    def draft(self, brief: Brief, writer: str = "builtin", **given: object) -> int:
        """As the session's."""
        variant = int(str(given.get("variant", 0))) if self.variants > 1 else 0
        answer = lambda job: self.drafted(job, brief, writer, variant)  # noqa: E731
        return self._ask("draft", answer, brief=brief, writer=writer, **given)

    def stop(self, job: int) -> None:
        """As the session's: the job ends with what was written."""
        self.calls.append(("stop", job, {}))
        kind = next(kind for kind, number, _ in self.calls if number == job)
        self.emit(Stopped(job, laid(until=9) if kind == "draft" else None))

    def check(self, text: str, brief: Brief, evidence: Evidence | None = None) -> int:
        """As the session's."""
        found = tuple(self._where(p, text) for p in self.problems if p.end <= len(text))
        return self._ask("check", lambda job: Checked(job, found), now=True, text=text)

    def _where(self, problem: Problem, text: str) -> Problem:
        """A problem of the scripted post, at the place its words have in a text that was changed since."""
        words = laid(timed=self.timed).text[problem.start : problem.end]
        at = text.find(words)
        if not words or at < 0 or text[problem.start : problem.end] == words:
            return problem
        return replace(problem, start=at, end=at + len(words))

    def suggest(self, text: str, evidence: Evidence | None = None) -> int:
        """As the session's."""
        return self._ask("suggest", lambda job: Suggested(job, TAGS), now=True, text=text)

    def rewrite(self, evidence: Evidence, brief: Brief, selection: str, way: str, model: object, **given: int) -> int:
        """As the session's: the selection's first words, or what the test put into `rewritten`."""
        text = self.rewritten or " ".join(selection.split()[:4]).rstrip(".,") + "."
        return self._ask(
            "rewrite", lambda job: Rewritten(job, text), selection=selection, way=way, model=model, **given
        )

    def hooks(self, evidence: Evidence, brief: Brief, model: object, **given: int) -> int:
        """As the session's."""
        return self._ask("hooks", lambda job: Hooked(job, HOOKS), model=model, **given)

    def another(self, evidence: Evidence, brief: Brief, trace: Trace, used: Sequence[Trace] = ()) -> int:
        """As the session's: the next segment that is not used."""
        taken = {segment for one in [trace, *used] for segment in one.segments}
        left = [n for n in range(len(TALK)) if n not in taken]
        line = f"• 🔎 {style('Another', 'sans_bold')}: {TALK[left[0]][2]}" if left else ""
        found = Trace(0, (left[0],), float(TALK[left[0]][0])) if left else None
        return self._ask("another", lambda job: Replaced(job, line, found), trace=trace, used=tuple(used))

    def save(self, draft: str | None, text: str, **given: object) -> int:
        """As the session's, in memory."""

        def answer(job: int) -> Saved:
            key = draft or f"n{len(self.texts)}"
            self.texts[key] = text
            return Saved(job, key, "2026-11-20T14:32:00+00:00")

        return self._ask("save", answer, now=True, draft=draft, text=text, **given)

    def list_drafts(self, query: str = "", scope: str = "all") -> int:
        """As the session's."""
        of = {"all": lambda r: True, "pinned": lambda r: r.pinned, "posted": lambda r: r.posted}
        mine = [r for r in self.rows if (bool(r.trashed) if scope == "trash" else not r.trashed and of[scope](r))]
        found = tuple(r for r in mine if query.casefold() in (r.title + r.excerpt).casefold())
        return self._ask("list", lambda job: DraftsListed(job, found, len(mine)), now=True, query=query, scope=scope)

    def _change(self, kind: str, draft: str, what: str, **values: object) -> int:
        """Do it to the rows, and say so."""

        def answer(job: int) -> DraftChanged:
            self.rows = [replace(r, **values) if r.id == draft else r for r in self.rows]  # type: ignore[arg-type]
            title = next((r.title for r in self.rows if r.id == draft), "")
            return DraftChanged(job, draft, what, title)

        return self._ask(kind, answer, now=True, draft=draft, what=what, **values)

    def pin_draft(self, draft: str, wanted: bool = True) -> int:
        """As the session's."""
        return self._change("pin", draft, "pinned" if wanted else "unpinned", pinned=wanted)

    def rename_draft(self, draft: str, title: str) -> int:
        """As the session's."""
        return self._change("rename", draft, "renamed", title=title)

    def mark_posted(self, draft: str, network: str, wanted: bool = True) -> int:
        """As the session's."""
        at = "2026-11-12T18:00:00+00:00" if wanted else ""
        return self._change("posted", draft, "posted" if wanted else "unposted", posted=at, network=network)

    def trash_draft(self, draft: str, wanted: bool = True) -> int:
        """As the session's."""
        at = "2026-11-20T14:32:00+00:00" if wanted else ""
        return self._change("trash", draft, "trashed" if wanted else "restored", trashed=at)

    def duplicate_draft(self, draft: str) -> int:
        """As the session's."""

        def answer(job: int) -> DraftChanged:
            old = next(r for r in self.rows if r.id == draft)
            self.rows.insert(0, replace(old, id="copy", title=f"{old.title} (copy)", pinned=False))
            return DraftChanged(job, draft, "duplicated", old.title, "copy")

        return self._ask("duplicate", answer, now=True, draft=draft)

    def delete_drafts(self, drafts: Sequence[str]) -> int:
        """As the session's."""

        def answer(job: int) -> DraftChanged:
            self.rows = [r for r in self.rows if r.id not in drafts]
            return DraftChanged(job, "", "deleted")

        return self._ask("delete", answer, now=True, drafts=tuple(drafts))

    def list_revisions(self, draft: str, text: str) -> int:
        """As the session's: of the texts in `revisions`."""

        def answer(job: int) -> RevisionsListed:
            words, counted = [*count([old for *_, old in self.revisions], text)][-1]
            kept = zip(self.revisions, counted, strict=True)
            return RevisionsListed(job, draft, words, tuple(RevisionRow(*r[:3], *n) for r, n in kept))

        return self._ask("revisions", answer, now=True, draft=draft, text=text)

    def compare_revision(self, draft: str, revision: int, text: str) -> int:
        """As the session's."""

        def answer(job: int) -> RevisionCompared:
            number, at, _, old = next(r for r in self.revisions if r[0] == revision)
            return RevisionCompared(job, draft, number, at, pieces(old, text))

        return self._ask("compare", answer, now=True, draft=draft, revision=revision, text=text)

    def restore_revision(self, draft: str, revision: int) -> int:
        """As the session's."""

        def answer(job: int) -> RevisionRestored:
            at, reason = "2026-11-20T14:33:00+00:00", "Before a revision was restored"
            text = next(r[3] for r in self.revisions if r[0] == revision)
            self.revisions.insert(0, (len(self.revisions) + 1, at, reason, self.texts.get(draft, "")))
            self.texts[draft] = text
            return RevisionRestored(job, draft, text, at)

        return self._ask("restore", answer, now=True, draft=draft, revision=revision)

    def opened(self, job: int, draft: str) -> DraftOpened:
        """A saved draft."""
        read, known = source(timed=self.timed), laid(timed=self.timed)
        text = self.texts.get(draft, known.text)
        return DraftOpened(
            job, draft, TITLE, text, Brief(), "builtin", known, TAGS[:4], (read,), evidence(read)
        )  # fmt: skip

    def open_draft(self, draft: str) -> int:
        """As the session's."""
        return self._ask("open", lambda job: self.opened(job, draft), now=True, draft=draft)

    def close(self) -> None:
        """As the session's."""
        self.closed = True


def progress(job: int, done: float, total: float = 655.0, stage: str = "reading") -> Progress:
    """Progress in seconds."""
    return Progress(job, stage, done, total, "s")


def partial(job: int, until: int) -> PartialDraft:
    """The post so far."""
    return PartialDraft(job, laid(until=until))
