"""How things look in a terminal, and the JSON shapes that are stable."""

import json
import textwrap
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TextIO

from composer.events import Drafted, DraftRow, Progress, Source
from composer.evidence.model import Point
from composer.sources.model import Transcript
from composer.text.problems import Problem

if TYPE_CHECKING:
    from composer.library.notes import Use

WIDTH = 100
FIRST_LINES = 8


def clock(seconds: float | None) -> str:
    """12:40, or 1:02:03; empty without a time."""
    if seconds is None:
        return ""
    whole = int(seconds)
    hours, minutes = divmod(whole // 60, 60)
    return f"{hours}:{minutes:02}:{whole % 60:02}" if hours else f"{minutes:02}:{whole % 60:02}"


def place(start: float | None, segments: Sequence[int]) -> str:
    """The second, or the paragraph where there is none."""
    return clock(start) if start is not None else f"¶ {segments[0] + 1}" if segments else ""


def transcript(read: Transcript) -> int:
    """A table of what was read, and its first lines."""
    words = sum(len(segment.text.split()) for segment in read.segments)
    rows = [
        ("Format", read.format),
        ("Title", read.title or "none"),
        ("Language", read.language),
        ("Length", f"{clock(read.duration)}, {words:,} words" if read.duration else f"{words:,} words, no times"),
        ("Segments", f"{len(read.segments):,}"),
        ("Speakers", ", ".join(read.speakers) or "not named"),
        ("Chapters", str(len(read.chapters)) if read.chapters else "none"),
        *(("Notice", notice) for notice in read.notices),
    ]
    for name, value in rows:
        lines = textwrap.wrap(value, WIDTH - 10) or [""]
        print(f"{name:9} {lines[0]}")
        for more in lines[1:]:
            print(f"{'':9} {more}")
    for chapter in read.chapters:
        print(f"  {clock(chapter.start):>8}  {chapter.title}")
    print()
    for index, segment in enumerate(read.segments[:FIRST_LINES]):
        who = f"{segment.speaker}: " if segment.speaker else ""
        line = textwrap.shorten(who + segment.text, WIDTH - 10, placeholder=" …")
        print(f"{place(segment.start, (index,)):>8}  {line}")
    if len(read.segments) > FIRST_LINES:
        print(f"{'':8}  … {len(read.segments) - FIRST_LINES:,} more")
    return 0


def points(chosen: Sequence[Point]) -> int:
    """The points with the place of each."""
    if not chosen:
        print("There is nothing here that stands alone as a point.")
    for number, point in enumerate(chosen, 1):
        lines = textwrap.wrap(point.text, WIDTH - 16)
        print(f"{number:3}  {place(point.start, point.segments):>8}  {lines[0] if lines else ''}")
        for more in lines[1:]:
            print(f"{'':15}{more}")
    return 0


def hashtags(tags: Sequence[str]) -> int:
    """One tag a line; one that will not link says so."""
    if not tags:
        print("There is nothing here to make a tag of.")
    for tag in tags:
        print(tag if any(letter.isalpha() for letter in tag) else f"{tag}  (will not link: it has no letter)")
    return 0


def problems(text: str, found: Sequence[Problem], used: int, limit: int) -> int:
    """Each problem with its line; then the length."""
    for problem in found:
        line = text.count("\n", 0, problem.start) + 1
        print(f"{problem.severity:5}  line {line}: {problem.why}")
        if problem.fix is not None:
            print(f"{'':7}{text[problem.start : problem.end]!r} -> {problem.fix!r}")
    if not found:
        print("Nothing to look at.")
    print(f"{used:,} of {limit:,}")
    return 0


def drafts(rows: Sequence[DraftRow], query: str) -> int:
    """The drafts, a line each."""
    if not rows:
        print(f"No draft holds {query!r}." if query else "No drafts yet.")
    for row in rows:
        print(f"{row.id}  {row.updated[:16].replace('T', ' ')}  {row.shape:5}  {row.title}")
    return 0


def used(use: "Use | None", titles: Mapping[str, str], *, every: bool = False) -> str:
    """What a model was used for, with the titles of the drafts that are still there: three of them, or all."""
    if use is None or not use.drafts:
        return ""
    known = [titles[draft] for draft in use.wrote if draft in titles]
    shown = known if every else known[:3]
    named = "; ".join(shown) + (f"; {len(known) - len(shown)} more" if len(known) > len(shown) else "")
    count = "1 draft" if use.drafts == 1 else f"{use.drafts} drafts"
    return f"Wrote {count}, last on {use.last[:10]}{f': {named}' if named else ''}"


def source_json(source: Source) -> dict[str, Any]:
    """A source in JSON."""
    return {"id": source.id, "title": source.title, "path": str(source.path) if source.path else None}


def draft_json(drafted: Drafted, sources: Sequence[Source]) -> dict[str, Any]:
    """The documented shape of `draft --json`."""
    from composer.text.networks import NETWORKS, count

    network = drafted.brief.network
    return {
        "text": drafted.laid.text,
        "plain": drafted.laid.plain,
        "shape": drafted.post.shape,
        "writer": drafted.writer,
        "network": network,
        "count": count(drafted.laid.text, network),
        "limit": NETWORKS[network].limit,
        "hashtags": list(drafted.post.hashtags),
        "sources": [source_json(source) for source in sources],
        "points": [
            {
                "text": point.text,
                "source": point.trace.source,
                "start": point.trace.start,
                "segments": list(point.trace.segments),
            }
            for point in drafted.post.points
        ],
        "notices": list(drafted.notices),
    }


class Line:
    """One line on a terminal that is written over; silent where the stream is no terminal."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._on = stream.isatty()
        self._width = 0

    def show(self, words: str) -> None:
        """Write over the line."""
        if self._on:
            self._stream.write("\r" + words.ljust(self._width))
            self._stream.flush()
            self._width = len(words)

    def clear(self) -> None:
        """Leave nothing of it."""
        if self._on and self._width:
            self._stream.write("\r" + " " * self._width + "\r")
            self._stream.flush()
            self._width = 0


def progress(event: Progress) -> str:
    """How far a job is, in words."""
    amount = clock if event.unit == "s" else "{:,.0f}".format
    total = f" of {amount(event.total)}" if event.total else ""
    unit = "" if event.unit == "s" else f" {event.unit}"
    return f"{event.stage.capitalize()} {amount(event.done)}{total}{unit}"


def dump(value: Any) -> int:
    """Print JSON, as it is documented. Exit code 0."""
    print(json.dumps(value, ensure_ascii=False, indent=1))
    return 0
