"""What each verb does: call the session, print what came of it."""

import argparse
import shlex
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from composer import paths, report, settings
from composer.cli import show
from composer.errors import ComposerError, ConsentError, SourceError, UsageError
from composer.events import (
    Checked,
    Drafted,
    DraftOpened,
    DraftsListed,
    Event,
    Failed,
    Progress,
    Saved,
    SourcesRead,
    Stopped,
    Suggested,
)
from composer.post.model import Brief
from composer.session import Session

if TYPE_CHECKING:
    from composer.library.servers import Server

E = TypeVar("E")

# A text without times and voices of at most this many words is a post, not a transcript: a post of 3,000 characters
# has about 500 words.
A_POST = 700


@contextmanager
def session(options: argparse.Namespace) -> Iterator[Session]:
    """A session that works in this thread, closed at the end."""
    place = paths.find(options.home).ensure()
    report.start(place)
    made = Session(place, settings.load(place.settings), inline=True)
    try:
        yield made
    finally:
        made.close()


def ask(made: Session, kind: type[E], start: Callable[[], int], progress: bool = False) -> E:
    """The last event of the job that `start` starts. Raises ComposerError where it failed."""
    last: list[Event] = []
    line = show.Line(sys.stderr) if progress else None

    def listen(event: Event) -> None:
        last[:] = [event]
        if line is not None and isinstance(event, Progress):
            line.show(show.progress(event))

    leave = made.subscribe(listen)
    try:
        start()
    finally:
        leave()
        if line is not None:
            line.clear()
    end = last[0]
    if isinstance(end, Failed):
        trouble: type[ComposerError] = ConsentError if end.kind == "consent" else ComposerError
        raise trouble(end.what, safe=end.safe, do=end.do)
    if isinstance(end, Stopped):
        raise ComposerError("Stopped.", safe="Nothing was changed.")
    if not isinstance(end, kind):
        raise TypeError(f"{type(end).__name__} instead of {kind.__name__}")
    return end


def open_sources(made: Session, names: Sequence[str]) -> SourcesRead:
    """Read the files; `-` is standard input, alone."""
    if "-" in names:
        if len(names) > 1:
            raise UsageError("Standard input (-) goes alone.")
        text = standard_input()
        return ask(made, SourcesRead, lambda: made.read_text(text, "Standard input"))
    return ask(made, SourcesRead, lambda: made.read([Path(name) for name in names]))


def standard_input() -> str:
    """All of standard input, as text; bytes that are no UTF-8 are replaced."""
    return sys.stdin.buffer.read().decode("utf-8-sig", "replace")


def text_of(name: str) -> str:
    """The text of a post: a file, or - for standard input."""
    if name == "-":
        return standard_input()
    try:
        return Path(name).read_text("utf-8-sig", errors="replace")
    except OSError as error:
        raise SourceError(f"{name} cannot be read ({error.strerror or error}).", do="Look at the name.") from error


# -- the verbs


def window(options: argparse.Namespace) -> int:
    """Open the window; without a display, do the same job here."""
    return int(options.open())


def read(options: argparse.Namespace) -> int:
    """Show what a file is read as."""
    from composer import sources

    with session(options) as made:
        transcript = open_sources(made, [options.file]).sources[0].transcript
    return show.dump(sources.to_json(transcript)) if options.json else show.transcript(transcript)


def points(options: argparse.Namespace) -> int:
    """Show the points worth posting."""
    from composer import evidence

    with session(options) as made:
        found = open_sources(made, [options.file]).evidence
    chosen = evidence.cover(found, options.words) if options.words else evidence.best(found, options.n)
    if not options.json:
        return show.points(chosen)
    return show.dump(
        [
            {
                "text": point.text,
                "raw": point.raw,
                "start": point.start,
                "end": point.end,
                "segments": list(point.segments),
                "score": point.score,
            }
            for point in chosen
        ]
    )


def hashtags(options: argparse.Namespace) -> int:
    """Suggest hashtags."""
    with session(options) as made:
        found = open_sources(made, [options.file])
        transcript = found.sources[0].transcript
        words = sum(len(segment.text.split()) for segment in transcript.segments)
        if transcript.timed or transcript.speakers or words > A_POST:
            tags = found.evidence.hashtags
        else:
            text = "\n\n".join(segment.text for segment in transcript.segments)
            tags = ask(made, Suggested, lambda: made.suggest(text, found.evidence)).hashtags
    if options.json:
        return show.dump(list(tags[: options.n]))
    return show.hashtags(tags[: options.n])


def draft(options: argparse.Namespace) -> int:
    """Draft a post, print it, keep it."""
    brief = Brief(options.shape, options.tone, options.length, options.audience, options.language, options.network)
    with session(options) as made:
        check_brief(made, brief, options)
        model = _model(made, options)
        if options.key:
            from composer.cli import servers

            if model is None or isinstance(model, Path):
                raise UsageError("--key goes with --writer server.")
            made.use_key(model, servers.key_of(model))
        found = open_sources(made, options.files)
        try:
            drafted = ask(
                made,
                Drafted,
                lambda: made.draft(
                    brief,
                    options.writer,
                    evidence=found.evidence,
                    model=model,
                    # Who names a file wants it.
                    agreed=options.writer == "model" and bool(options.model),
                    variant=options.variant,
                ),
                progress=not options.json,
            )
        except ConsentError as error:
            raise ComposerError(error.what, safe=error.safe, do=_consent(model)) from None
        saved = ask(made, Saved, lambda: made.save(None, drafted.laid.text, drafted=drafted, sources=found.sources))
    if options.json:
        return show.dump(show.draft_json(drafted, found.sources))
    print(drafted.laid.text)
    sys.stdout.flush()
    for notice in drafted.notices:
        print(f"Note: {notice}", file=sys.stderr)
    print(f"Saved as draft {saved.draft}.", file=sys.stderr)
    return 0


def _consent(model: "Path | Server | None") -> str:
    """How to agree, on the terminal."""
    if model is None or isinstance(model, Path):
        return f"Name it with --model, or agree once: post-composer models add {shlex.quote(str(model))} --yes"
    named = f" --model {shlex.quote(model.model)}" if model.model else ""
    return f"Agree once: post-composer models add --server {model.url}{named} --yes"


def _model(made: Session, options: argparse.Namespace) -> "Path | Server | None":
    """What the draft is written with: the file or the server named, else the last one. Raises UsageError."""
    if options.server and options.writer != "server":
        raise UsageError("--server goes with --writer server.")
    if options.model and options.writer == "builtin":
        raise UsageError("--model goes with --writer model or --writer server.")
    if options.writer == "server":
        from composer.cli import servers

        return servers.chosen(made.paths, options.server or made.settings.server, options.model or "")
    named = options.model or made.settings.model
    return Path(named) if options.writer == "model" and named else None


def check_brief(made: Session, brief: Brief, options: argparse.Namespace) -> None:
    """Say at once what the writer does not honour, and what is unknown. Raises UsageError."""
    from composer.post import shapes
    from composer.text.networks import NETWORKS

    if brief.network not in NETWORKS:
        raise UsageError(f"There is no network called {brief.network}. There are: {', '.join(NETWORKS)}.")
    known = shapes.names()
    if brief.shape not in known:
        raise UsageError(f"There is no shape called {brief.shape}. There are: {', '.join(known)}.")
    writer = next(info for info in made.writers if info.key == options.writer)
    for name in ("tone", "length", "audience", "language"):
        if getattr(brief, name) != getattr(Brief(), name) and name not in writer.honours:
            raise UsageError(f"The {writer.name.lower()} does not honour --{name}. {writer.why}".strip())


def style(options: argparse.Namespace) -> int:
    """Write text in a Unicode style."""
    from composer.text.style import style as styled

    return _converted(options, lambda text: styled(text, options.name))


def unstyle(options: argparse.Namespace) -> int:
    """Write text in plain letters again."""
    from composer.text.style import unstyle as plain

    return _converted(options, plain)


def _converted(options: argparse.Namespace, change: Callable[[str], str]) -> int:
    from composer.text.networks import count

    # An unknown style should not wait for standard input.
    change("")
    if options.text is not None:
        text, end = options.text, "\n"
    else:
        text, end = standard_input(), ""
    result = change(text)
    if options.json:
        return show.dump({"text": result, "count": count(result, "linkedin")})
    sys.stdout.write(result + end)
    return 0


def check(options: argparse.Namespace) -> int:
    """List what is worth a look in a post."""
    from composer.text.networks import NETWORKS, count

    if options.network not in NETWORKS:
        raise UsageError(f"There is no network called {options.network}. There are: {', '.join(NETWORKS)}.")
    text = text_of(options.file)
    if not text.strip():
        name = "Standard input" if options.file == "-" else options.file
        raise SourceError(f"{name} has no post in it.", safe="Nothing was changed.", do="Name the file of a post.")
    with session(options) as made:
        evidence = open_sources(made, [str(options.against)]).evidence if options.against else None
        problems = ask(made, Checked, lambda: made.check(text, Brief(network=options.network), evidence)).problems
    used, limit = count(text, options.network), NETWORKS[options.network].limit
    if options.json:
        rows = [
            {
                "line": text.count("\n", 0, problem.start) + 1,
                "start": problem.start,
                "end": problem.end,
                "kind": problem.kind,
                "severity": problem.severity,
                "why": problem.why,
                "fix": problem.fix,
                "segments": problem.segments,
                "seconds": problem.seconds,
            }
            for problem in problems
        ]
        return show.dump({"problems": rows, "count": used, "limit": limit})
    return show.problems(text, problems, used, limit)


def drafts_list(options: argparse.Namespace) -> int:
    """All drafts."""
    return _rows(options, "")


def drafts_search(options: argparse.Namespace) -> int:
    """The drafts that hold the words."""
    return _rows(options, options.words)


def _rows(options: argparse.Namespace, query: str) -> int:
    with session(options) as made:
        rows = ask(made, DraftsListed, lambda: made.list_drafts(query)).rows
    if options.json:
        return show.dump(
            [
                {"id": row.id, "title": row.title, "updated": row.updated, "shape": row.shape, "state": row.state}
                for row in rows
            ]
        )
    return show.drafts(rows, query)


def drafts_show(options: argparse.Namespace) -> int:
    """A draft, exactly."""
    with session(options) as made:
        opened = ask(made, DraftOpened, lambda: made.open_draft(options.id))
    if options.json:
        return show.dump(
            {
                "id": opened.id,
                "title": opened.title,
                "text": opened.text,
                "shape": opened.brief.shape,
                "writer": opened.writer,
                "hashtags": list(opened.hashtags),
                "sources": [show.source_json(source) for source in opened.sources],
            }
        )
    print(opened.text)
    return 0


def drafts_export(options: argparse.Namespace) -> int:
    """Write drafts as text files; a file that is there already is never overwritten."""
    with session(options) as made:
        ids = options.ids or [row.id for row in ask(made, DraftsListed, lambda: made.list_drafts()).rows]
        opened = [ask(made, DraftOpened, lambda id=id: made.open_draft(id)) for id in ids]  # type: ignore[misc]
    written: list[str] = []
    try:
        options.folder.mkdir(parents=True, exist_ok=True)
        for draft in opened:
            with (options.folder / f"{draft.id}.txt").open("x", encoding="utf-8", newline="\n") as file:
                file.write(draft.text)
            written.append(str(options.folder / f"{draft.id}.txt"))
    except OSError as error:
        raise ComposerError(
            f"The drafts could not all be exported ({error.strerror or error}: {error.filename}).",
            safe=f"{len(written)} were written; nothing was overwritten.",
            do="Choose an empty folder.",
        ) from error
    if options.json:
        return show.dump(written)
    print(f"{len(written)} draft{'' if len(written) == 1 else 's'} written to {options.folder}.")
    return 0
