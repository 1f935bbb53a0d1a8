"""What the source column shows, as plain values: rows, marks, and the cells of the coverage bar. No Qt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from composer.post.model import Trace

if TYPE_CHECKING:
    from composer.evidence.model import Evidence
    from composer.sources.model import Chapter, Segment, Transcript

# Cues are joined to paragraphs for reading: at the end of a sentence from 30 words on, anywhere from 70 on, and
# never across a silence, a change of voice, or a chapter.
ENOUGH_WORDS, MOST_WORDS, SILENCE = 30, 70, 4.0
SENTENCE_ENDS = '.?!…。？！”’"»)'
WORDS_PER_CELL = 150
MARK_FOUND_MOST = 40
STEP = 500


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the column: a `source` title, a `chapter`, or a paragraph of `text`.

    `first` and `last` are the segments it holds; `starts` the offset of each in `text`. `meta` is the time, or the
    paragraph's number; `speaker` is set only where the voice changes.
    """

    kind: Literal["source", "chapter", "text"]
    source: int
    text: str
    meta: str = ""
    speaker: str = ""
    first: int = 0
    last: int = 0
    starts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """A minute of a timed source, or 150 words of another. `segment` is the first one in it."""

    source: int
    label: str
    segment: int
    chapter: str = ""
    opens_chapter: bool = False
    used: bool = False
    found: bool = False


def clock(seconds: float) -> str:
    """Seconds as `12:40`, and as `1:02:40` from an hour on."""
    whole = max(0, int(seconds))
    hours, rest = divmod(whole, 3600)
    minutes, second = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{second:02}" if hours else f"{minutes:02}:{second:02}"


def place(trace: Trace) -> str:
    """How a place in a source is written: its time, or its paragraph where the source has none."""
    if trace.start is not None:
        return clock(trace.start)
    return f"¶ {trace.segments[0] + 1}" if trace.segments else ""


def rows_of(transcript: Transcript, source: int, chapters: Sequence[Chapter] = ()) -> Iterator[Row]:
    """The rows of one source, in order. `chapters` are those found, where the source has none of its own."""
    titles = {chapter.segment: chapter for chapter in (transcript.chapters or chapters)}
    group: list[int] = []
    voice: str | None = None
    segments = transcript.segments
    for index, segment in enumerate(segments):
        chapter = titles.get(index)
        if group and (chapter is not None or _breaks(segments, group, index)):
            yield _paragraph(segments, group, source, voice)
            voice = segments[group[-1]].speaker or voice
            group = []
        if chapter is not None:
            meta = clock(chapter.start) if chapter.start is not None else ""
            yield Row("chapter", source, chapter.title, meta, "", index, index)
            if segment.role == "heading" and segment.text.strip() == chapter.title.strip():
                continue
        if segment.text.strip():
            group.append(index)
    if group:
        yield _paragraph(segments, group, source, voice)


def _breaks(segments: Sequence[Segment], group: list[int], index: int) -> bool:
    last, new = segments[group[-1]], segments[index]
    if new.start is None or last.start is None or new.speaker != last.speaker or new.role != last.role:
        return True
    if last.end is not None and new.start - last.end >= SILENCE:
        return True
    words = sum(segments[i].text.count(" ") + 1 for i in group)
    return words >= MOST_WORDS or (words >= ENOUGH_WORDS and last.text.rstrip()[-1:] in SENTENCE_ENDS)


def _paragraph(segments: Sequence[Segment], group: list[int], source: int, voice: str | None) -> Row:
    starts, text = [], ""
    for index in group:
        text += " " if text else ""
        starts.append(len(text))
        text += segments[index].text.strip()
    first = segments[group[0]]
    meta = place(Trace(source, (group[0],), first.start))
    speaker = first.speaker if first.speaker and first.speaker != voice else ""
    return Row("text", source, text, meta, speaker, group[0], group[-1], tuple(starts))


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a row's text, half open: `used` in the post, or `found` worth posting."""

    start: int
    end: int
    kind: Literal["used", "found"]


class Index:
    """Where the points and sentences of the evidence stand, by segment."""

    def __init__(self, evidence: Evidence | None) -> None:
        self._points: dict[tuple[int, int], list[str]] = {}
        self._sentences: dict[tuple[int, int], list[str]] = {}
        self._raw: dict[tuple[int, tuple[int, ...]], list[str]] = {}
        self._used: dict[tuple[int, int], list[str]] = {}
        self._evidence: Evidence | None = evidence
        if evidence is None:
            return
        for point in evidence.points[:MARK_FOUND_MOST]:
            self._raw.setdefault((point.source, point.segments), []).append(point.raw)
            for segment in point.segments:
                self._points.setdefault((point.source, segment), []).append(point.raw)

    def use(self, traces: Iterable[Trace]) -> None:
        """Say which places the post draws on."""
        self._used = {}
        for trace in traces:
            raws = self._raw.get((trace.source, trace.segments)) or [""]
            for segment in trace.segments:
                self._used.setdefault((trace.source, segment), []).extend(raws)

    @property
    def used_segments(self) -> Iterable[tuple[int, int]]:
        """Source and segment of every place the post draws on."""
        return self._used.keys()

    @property
    def found_segments(self) -> Iterable[tuple[int, int]]:
        """Source and segment of every point."""
        return self._points.keys()

    def marks(self, row: Row) -> tuple[Mark, ...]:
        """The marks of a row, in order, used ones first where two overlap."""
        if row.kind != "text":
            return ()
        used = self._stretches(row, self._used)
        marks = [Mark(start, end, "used") for start, end in used]
        for start, end in self._stretches(row, self._points):
            if not any(a < end and start < b for a, b in used):
                marks.append(Mark(start, end, "found"))
        return tuple(sorted(marks, key=lambda mark: mark.start))

    def sentences(self, row: Row) -> tuple[tuple[int, int], ...]:
        """The sentences of a row as stretches of its text; the whole row where none is known."""
        if self._evidence is not None:
            # Only now: a long source has many, and nobody may ever point at one.
            for sentence in self._evidence.sentences:
                for segment in sentence.segments:
                    self._sentences.setdefault((sentence.source, segment), []).append(sentence.raw)
            self._evidence = None
        found = self._stretches(row, self._sentences) if row.kind == "text" else []
        return tuple(found) or ((0, len(row.text)),)

    def _stretches(self, row: Row, where: dict[tuple[int, int], list[str]]) -> list[tuple[int, int]]:
        found: set[tuple[int, int]] = set()
        for number, start in enumerate(row.starts):
            segment = row.first + number
            for raw in where.get((row.source, segment), ()):
                at = row.text.find(raw, max(0, start - len(raw))) if raw else -1
                if at >= 0:
                    found.add((at, at + len(raw)))
                else:
                    end = row.starts[number + 1] - 1 if number + 1 < len(row.starts) else len(row.text)
                    found.add((start, end))
        return _merged(found)


def _merged(stretches: set[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sorted, without those that lie wholly within another."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(stretches, key=lambda s: (s[0], -s[1])):
        if not kept or end > kept[-1][1]:
            kept.append((start, end))
    return kept


def has_minutes(transcript: Transcript) -> bool:
    """Whether the bar of a source has minutes: where few of its parts have a time, most would stand nowhere."""
    known = sum(segment.start is not None for segment in transcript.segments)
    return 2 * known > len(transcript.segments)


class Timeline:
    """The cells of the coverage bar for all sources, in order, and which segment stands in which.

    Laid out once for a source; what the post uses is then marked in no time, while a person types.
    """

    def __init__(self, transcripts: Sequence[Transcript], chapters: Sequence[Sequence[Chapter]] = ()) -> None:
        self._cells: list[Cell] = []
        self._at: dict[tuple[int, int], int] = {}
        self._transcripts, self._chapters = transcripts, chapters

    def lay_out(self) -> Iterator[None]:
        """Lay the cells out, in steps of at most `STEP` segments, so that a window can answer in between."""
        for source, transcript in enumerate(self._transcripts):
            own = transcript.chapters or (self._chapters[source] if source < len(self._chapters) else ())
            yield from self._add(source, transcript, {chapter.segment: chapter.title for chapter in own})

    def _add(self, source: int, transcript: Transcript, titles: dict[int, str]) -> Iterator[None]:
        timed, words, first = has_minutes(transcript), 0, len(self._cells)
        firsts: dict[int, int] = {}
        opened: dict[int, str] = {}
        for number, segment in enumerate(transcript.segments):
            if number % STEP == STEP - 1:
                yield
            if timed:
                if segment.start is None:
                    continue
                bucket = int(segment.start // 60)
            else:
                bucket = words // WORDS_PER_CELL
                words += segment.text.count(" ") + 1
            firsts.setdefault(bucket, number)
            self._at[source, number] = first + bucket
            if number in titles:
                opened.setdefault(bucket, titles[number])
        total = max(firsts) + 1 if firsts else 0
        if timed and transcript.duration:
            total = max(total, -(-int(transcript.duration) // 60))
        title, segment_now = "", 0
        for bucket in range(total):
            title = opened.get(bucket, title)
            segment_now = firsts.get(bucket, segment_now)
            name = clock(bucket * 60) if timed else f"¶ {segment_now + 1}"
            starts = bucket in opened or (bucket == 0 and source > 0)
            self._cells.append(Cell(source, name, segment_now, title, starts))

    def cells(self, index: Index) -> list[Cell]:
        """The cells with what the post uses, and where points were found."""
        used = {self._at[key] for key in index.used_segments if key in self._at}
        found = {self._at[key] for key in index.found_segments if key in self._at}
        return [
            replace(cell, used=number in used, found=number in found) if number in used or number in found else cell
            for number, cell in enumerate(self._cells)
        ]
