"""From segments to sentences: joined across cues, cut at sentence ends, cleaned, with the way back."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from composer.evidence.cleaning import clean
from composer.evidence.model import Sentence
from composer.evidence.punctuation import SOUNDING, cuts, sentence_spans, unmarked
from composer.evidence.words import unspaced
from composer.sources.model import Chapter, Segment, Transcript

# A silence that ends a sentence, in seconds: in marked text only a long one, in unmarked text a breath will do.
BREAK, BREATH = 6.0, 0.7
# In a marked text a sentence of this many words is still believed.
LONG = 70


@dataclass(slots=True)
class _Run:
    """Segments of one voice that belong together, their texts joined by single spaces."""

    role: str
    speaker: str | None
    chapter: int | None
    text: str = ""
    starts: list[int] = field(default_factory=list)
    segments: list[int] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    length: int = 0

    def add(self, index: int, text: str) -> None:
        if self.parts:
            joint = "" if unspaced(self.parts[-1][-1:] + text[:1]) else " "
            self.parts.append(joint + text)
        else:
            joint = ""
            self.parts.append(text)
        self.starts.append(self.length + len(joint))
        self.segments.append(index)
        self.length += len(joint) + len(text)


def sentences(transcript: Transcript, source: int = 0, chapters: tuple[Chapter, ...] | None = None) -> list[Sentence]:
    """The sentences of a transcript in order. `source` is its index in the evidence; `chapters` defaults to the
    transcript's own. Meta segments and headings give sentences too: what is no point is for the ranking to say."""
    language = transcript.language
    found: list[Sentence] = []
    for run in _runs(transcript, transcript.chapters if chapters is None else chapters):
        for start, end in _spans(run, transcript, language):
            raw = run.text[start:end]
            text = clean(raw, language)
            if not SOUNDING.search(text):
                continue
            first = bisect_right(run.starts, start) - 1
            last = bisect_right(run.starts, end - 1) - 1
            cover = tuple(run.segments[first : last + 1])
            found.append(
                Sentence(
                    text=text,
                    raw=raw,
                    source=source,
                    segments=cover,
                    start=transcript.segments[cover[0]].start,
                    end=transcript.segments[cover[-1]].end,
                    speaker=run.speaker,
                    chapter=run.chapter,
                    role=run.role,
                )
            )
    return found


def in_chapters(found: Sequence[Sentence], chapters: tuple[Chapter, ...]) -> list[Sentence]:
    """The sentences with the chapter each begins in. Built anew by hand: `replace` takes four times as long."""
    begins = [chapter.segment for chapter in chapters]
    made = []
    for s in found:
        at = bisect_right(begins, s.segments[0]) - 1
        chapter = at if at >= 0 else None
        made.append(Sentence(s.text, s.raw, s.source, s.segments, s.start, s.end, s.speaker, chapter, s.role))
    return made


def _runs(transcript: Transcript, chapters: tuple[Chapter, ...]) -> list[_Run]:
    begins = [chapter.segment for chapter in chapters]
    runs: list[_Run] = []
    aside: list[_Run] = []
    wrapped = _wrapped(transcript)
    previous: Segment | None = None
    for index, segment in ((i, voice) for i, whole in enumerate(transcript.segments) for voice in _voices(whole)):
        text = " ".join(segment.text.split())
        if not text:
            continue
        at = bisect_right(begins, index) - 1
        chapter = at if at >= 0 else None
        run = runs[-1] if runs else None
        if (
            run
            and run.role == "speech"
            and segment.role == "meta"
            and _MARK.match(text)
            and not _ENDED.search(run.parts[-1])
        ):
            # Laughter in the middle of a sentence does not end it.
            aside.append(_Run(segment.role, segment.speaker, chapter))
            aside[-1].add(index, text)
            continue
        if (
            run is None
            or previous is None
            or run.chapter != chapter
            or not _continues(previous, segment, run.parts[-1], wrapped)
        ):
            runs += aside
            aside.clear()
            run = _Run(segment.role, segment.speaker, chapter)
            runs.append(run)
        run.add(index, text)
        previous = segment
    runs += aside
    for run in runs:
        run.text = "".join(run.parts)
    return runs


def _voices(segment: Segment) -> list[Segment]:
    """A segment for each voice in it: a cue may hold the end of one turn and the beginning of the next."""
    if not segment.turns:
        return [segment]
    edges = [0, *(at for at, _ in segment.turns), len(segment.text)]
    names = [segment.speaker, *(name for _, name in segment.turns)]
    return [
        replace(segment, speaker=name, text=segment.text[start:end], turns=())
        for name, (start, end) in zip(names, pairwise(edges), strict=True)
    ]


# A stage direction: "(Laughter)", "[Music]".
_MARK = re.compile(r"[\[(*♪][^\[\]()]{1,60}[\])*♪][.\s]*\Z")
_ENDED = re.compile(r"[.!?…:。！？][\"”’')\]]*\Z")


def _wrapped(transcript: Transcript) -> bool:
    """Whether the segments are lines of running text, broken where a line was full.

    Then a line that ends in mid-sentence goes on in lower case below, far more often than not.
    """
    goes_on = breaks = 0
    for before, after in pairwise(transcript.segments):
        untimed = before.start is None and after.start is None and before.speaker == after.speaker
        if untimed and before.role == after.role == "speech" and not _ENDED.search(before.text):
            goes_on += after.text[:1].islower()
            breaks += not after.text[:1].islower()
    return goes_on >= 8 and goes_on > 3 * breaks


def _continues(before: Segment, after: Segment, so_far: str, wrapped: bool) -> bool:
    """Whether `after` goes on in the same breath: same voice and role, no long silence, no new paragraph."""
    if (before.role, before.speaker) != (after.role, after.speaker) or before.role != "speech":
        return False
    if before.start is None or after.start is None:
        # Paragraphs, not cues: only one that begins in lower case goes on with the one before. Lines of running text
        # go on with any word, as far as the sentence does.
        if wrapped and not _ENDED.search(so_far):
            return True
        return after.text[:1].islower() and so_far[-1:] not in "!?。！？"
    silent = before.end is not None and after.start - before.end > BREAK
    return not (silent and so_far[-1:] in ".!?…。！？")


def _spans(run: _Run, transcript: Transcript, language: str) -> list[tuple[int, int]]:
    if not unmarked(run.text) or unspaced(run.text):
        spans = sentence_spans(run.text, language)
        return [piece for span in spans for piece in _broken(run, span, language, transcript)]
    return _cut(run, (0, len(run.text)), language, transcript)


def _broken(run: _Run, span: tuple[int, int], language: str, transcript: Transcript) -> list[tuple[int, int]]:
    """A stretch too long for a sentence, cut at pauses and clause openers; any other comes back as it is."""
    start, end = span
    if run.text.count(" ", start, end) < LONG:
        return [span]
    text = run.text[start:end]
    if not unmarked(text[:-1]) or text.count(",") * 14 > text.count(" "):
        return [span]
    return _cut(run, span, language, transcript)


def _cut(run: _Run, span: tuple[int, int], language: str, transcript: Transcript) -> list[tuple[int, int]]:
    start, end = span
    words = run.text[start:end].split()
    offsets = [start]
    for word in words[:-1]:
        offsets.append(offsets[-1] + len(word) + 1)
    pauses = set()
    for number, at in enumerate(run.starts):
        if number and start < at < end:
            before, after = transcript.segments[run.segments[number - 1]], transcript.segments[run.segments[number]]
            if before.end is not None and after.start is not None and after.start - before.end >= BREATH:
                pauses.add(bisect_right(offsets, at) - 1)
    edges = [0, *cuts(words, language, frozenset(pauses)), len(words)]
    return [(offsets[a], offsets[b - 1] + len(words[b - 1])) for a, b in pairwise(edges)]
