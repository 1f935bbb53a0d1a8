"""What a model is shown and asked for: passages with numbers, how many points, how long each string may be."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from composer.evidence.model import Evidence, Sentence
from composer.post.model import Brief, Trace
from composer.post.shapes import Shape

# A passage is a paragraph: long enough to be understood, short enough to be a reference. A short source is cut into
# about thirty, so that a list finds enough of them.
PASSAGE_WORDS = (15, 60)
_PASSAGES = 30
_SPOKEN = ("speech", "post", "comment", "summary", "sentiment")
# A recogniser that sets no full stops makes a sentence of an hour. It is read in pieces, none of it left out.
_LONGEST, _PIECE = 900, 400  # letters
QUOTE = 200  # letters of a passage that are quoted where the passage itself is not in view

# What could pass for our fence or for a template's mark. A vocabulary may hold such marks as plain entries, which
# llama.cpp then finds in any text, so they are broken up before a model sees them.
_FENCE = re.compile(r"[=＝]{2,}")
_MARK = re.compile(r"(?<=<)(?=[|｜/!?A-Za-z_])|(?<=[|｜])(?=>)|(?<=>>)(?=[A-Z])|(?<=\[)(?=/?[A-Z_]{3,}\])")


def harmless(text: str) -> str:
    """A text on one line, without anything that a model could take for a fence or a control token."""
    return " ".join(_MARK.sub(" ", _FENCE.sub("=", text)).split())


@dataclass(frozen=True)
class Passage:
    """Neighbouring sentences of one voice, under the number the model knows them by (from 1)."""

    number: int
    sentences: tuple[Sentence, ...]

    @cached_property
    def text(self) -> str:
        """The sentences as one paragraph, `harmless`."""
        return harmless(" ".join(sentence.text for sentence in self.sentences))

    @cached_property
    def words(self) -> int:
        """How many words it has; a letter of an unspaced script counts half."""
        return count_words(self.text)

    @property
    def speaker(self) -> str | None:
        """Whose voice it is, where the source says so."""
        return self.sentences[0].speaker

    def quote(self, about: str) -> str:
        """The sentence that shares the most words with `about`, verbatim; `…` where it is longer than `QUOTE`."""
        wanted = _words(about)
        best = max(self.sentences, key=lambda s: len(wanted & _words(s.text + " " + s.raw)))
        raw = " ".join(best.raw.split())
        return raw if len(raw) <= QUOTE else raw[:QUOTE].rpartition(" ")[0] + "…"

    def shared(self, about: str) -> int:
        """How many of its words `about` shares."""
        return len(self._words & _words(about))

    @cached_property
    def _words(self) -> set[str]:
        return _words(self.text)

    def trace(self, about: str = "") -> Trace:
        """The segments of the sentences that share the most words with `about`; of all where none does."""
        wanted = _words(about)
        shares = [len(wanted & _words(sentence.text + " " + sentence.raw)) for sentence in self.sentences]
        best = max(shares, default=0)
        close = [s for s, share in zip(self.sentences, shares, strict=True) if best and share * 2 > best]
        chosen = close or list(self.sentences)
        segments = sorted({segment for sentence in chosen for segment in sentence.segments})
        return Trace(chosen[0].source, tuple(segments), chosen[0].start)


def passages(evidence: Evidence) -> tuple[Passage, ...]:
    """All that is said in the sources, cut into passages; what a document only says about itself is left out."""
    groups: list[list[Sentence]] = []
    size, before = 0, None
    spoken = [
        piece for s in evidence.sentences if s.role in _SPOKEN and s.text.strip() for piece in _pieces(evidence, s)
    ]
    least, most = PASSAGE_WORDS
    room = min(most, max(least, sum(count_words(s.text) for s in spoken) // _PASSAGES))
    for sentence in spoken:
        key = (sentence.source, sentence.speaker, sentence.chapter, sentence.role)
        words = count_words(sentence.text)
        if not groups or key != before or size + words > room:
            groups.append([])
            size = 0
        groups[-1].append(sentence)
        size, before = size + words, key
    return tuple(Passage(number, tuple(group)) for number, group in enumerate(groups, 1))


def _pieces(evidence: Evidence, sentence: Sentence) -> Iterator[Sentence]:
    """A sentence, or the pieces of one that nobody could say in a breath, each with the segments it stands in."""
    if len(sentence.text) <= _LONGEST:
        yield sentence
        return
    spoken = evidence.sources[sentence.source].segments
    ends, total = [], 0
    for segment in sentence.segments:
        total += max(1, len(spoken[segment].text))
        ends.append(total)
    text, at = sentence.text, 0
    while at < len(text):
        end = len(text) if len(text) - at <= _LONGEST else (text.rfind(" ", at + 1, at + _PIECE) + 1 or at + _PIECE)
        first, last = at * total / len(text), end * total / len(text)
        begins = [0, *ends[:-1]]
        inside = tuple(
            segment
            for segment, begin, stop in zip(sentence.segments, begins, ends, strict=True)
            if begin < last and stop > first
        )
        piece = text[at:end].strip()
        if piece:
            yield replace(sentence, text=piece, raw=piece, segments=inside, start=spoken[inside[0]].start)
        at = end


def ranked(evidence: Evidence, shown: Sequence[Passage]) -> tuple[int, ...]:
    """The numbers of the passages that hold the evidence's best points, best first."""
    place = {(s.source, segment): p.number for p in shown for s in p.sentences for segment in s.segments}
    found = (place.get((point.source, segment)) for point in evidence.points for segment in point.segments)
    return tuple(dict.fromkeys(number for number in found if number))


def source_lines(evidence: Evidence, shown: Sequence[Passage]) -> tuple[str, ...]:
    """The passages as the model reads them: a line each, its number first, chapter titles on lines before them."""
    lines: list[str] = []
    chapter: tuple[int, int | None] | None = None
    speaker: str | None = None
    for passage in shown:
        first = passage.sentences[0]
        title = "" if (first.source, first.chapter) == chapter else _chapter_title(evidence, first)
        chapter = (first.source, first.chapter)
        voice = f"{harmless(passage.speaker)}: " if passage.speaker and passage.speaker != speaker else ""
        speaker = passage.speaker
        lines.append((f"Part: {title}\n" if title else "") + f"[{passage.number}] {voice}{passage.text}")
    return tuple(lines)


def _chapter_title(evidence: Evidence, sentence: Sentence) -> str:
    chapters = evidence.chapters[sentence.source] if sentence.source < len(evidence.chapters) else ()
    if sentence.chapter is None or sentence.chapter >= len(chapters):
        return ""
    return harmless(chapters[sentence.chapter].title)


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is asked for: points in each section, and the most characters of each string."""

    sections: tuple[int, ...]
    conclusions: int
    headline: int = 90
    announcing: int = 100
    opening: int = 320
    title: int = 48
    label: int = 36
    sentence: int = 180
    conclusion: int = 190

    @property
    def points(self) -> int:
        """All points."""
        return sum(self.sections)


_SENTENCE = {"short": 140, "medium": 180, "long": 210}


def sizes(form: Shape, brief: Brief, passages: int, limit: int) -> Sizes:
    """The sizes for a shape and a brief: never more points than passages, nor than the network has room for.

    Bold letters cost two units each, so a label counts twice.
    """
    fewest, most = form.points[brief.length]
    sentence = _SENTENCE[brief.length]
    points = max(1, min(most if brief.length != "short" else (fewest + most) // 2, passages))
    conclusions = form.conclusions
    while True:
        per_section = 3 if points > 4 else 2
        count = max(1, round(points / per_section)) if form.sections else 1
        sections = tuple(points // count + (1 if i < points % count else 0) for i in range(count))
        size = Sizes(sections, conclusions, sentence=sentence)
        if points <= 1 or _weight(size, form) <= limit * 1.2:  # what is asked for is seldom used up
            break
        points -= 1
        if points <= fewest // 2:
            conclusions = min(conclusions, 1)
    if limit < 700:
        return Sizes(sections[:1] or (1,), min(conclusions, 1), 36, 40, opening=110, title=30, label=24, sentence=100,
                     conclusion=80)  # fmt: skip
    return size


def _weight(size: Sizes, form: Shape) -> int:
    point = size.sentence + 2 * size.label * 2 // 3 + 8
    titles = 2 * size.title * len(size.sections) if form.sections else 0
    opening = size.opening if form.opening else 0
    return (
        2 * (size.headline + size.announcing) + titles + opening + size.points * point
        + size.conclusions * size.conclusion + 80
    )  # fmt: skip


def chunks(shown: Sequence[Passage], costs: Sequence[int], room: int) -> tuple[tuple[Passage, ...], ...]:
    """Passages in groups of at most `room` tokens, evenly filled, parted between chapters where one is near."""
    total = sum(costs)
    groups = max(1, -(-total // max(1, room)))
    target = total / groups
    out: list[list[Passage]] = [[]]
    filled = 0
    for at, (passage, cost) in enumerate(zip(shown, costs, strict=True)):
        chapter = at > 0 and passage.sentences[0].chapter != shown[at - 1].sentences[0].chapter
        full = filled + cost > room or filled >= target or (chapter and filled >= 0.75 * target)
        if out[-1] and full:
            out.append([])
            filled = 0
        out[-1].append(passage)
        filled += cost
    return tuple(tuple(group) for group in out)


def shares(total: int, weights: Sequence[int]) -> tuple[int, ...]:
    """`total` parted by weight in whole numbers, each at least one: more than `total` where there are more parts."""
    whole = sum(weights) or 1
    exact = [total * weight / whole for weight in weights]
    out = [max(1, int(part)) for part in exact]
    order = sorted(range(len(weights)), key=lambda i: (int(exact[i]) - exact[i], i))
    for i in order:
        if sum(out) >= total:
            break
        out[i] += 1
    return tuple(out)


def count_words(text: str) -> int:
    """Words of a text; letters of scripts without spaces count half a word each."""
    wide = sum("\u3040" <= c <= "\u9fff" or "\uac00" <= c <= "\ud7af" for c in text)
    return max(1, len(text.split()) + wide // 2)


def _words(text: str) -> set[str]:
    words = {word.strip(".,;:!?\"'()“”‘’…").casefold() for word in text.split()}
    wide = {c for c in text if "\u3040" <= c <= "\u9fff"}
    return {word for word in words if len(word) > 3 or word.isdigit()} | wide
