"""Chapters where the source names none: cuts where the words change."""

import math
from collections import Counter
from collections.abc import Sequence

from composer.evidence.model import Sentence
from composer.evidence.phrases import Told, ranked
from composer.evidence.words import content, lexicon, said_anew
from composer.sources.model import Chapter, Transcript

# A chapter of a talk is some minutes; below this many sentences there is nothing to divide.
FEWEST = 60
# What a spoken sign of a new start adds to the lexical gap, which runs from 0 to 1.
OPENING, ASKING, VOICE, THANKS = 0.08, 0.07, 0.05, 0.12


def find_chapters(
    transcript: Transcript, sentences: Sequence[Sentence], told: Sequence[Sequence[Told]]
) -> tuple[Chapter, ...]:
    """Chapters found by lexical cohesion, each titled by its most telling phrase; none for a short source. `told` are
    the phrases of each sentence."""
    if len(sentences) < FEWEST:
        return ()
    found = [content(s.text, transcript.language) for s in sentences]
    edges = boundaries(found, None, cues(sentences, transcript.language))
    chapters: list[Chapter] = []
    starts = [0, *edges]
    for start, end in zip(starts, [*edges, len(sentences)], strict=True):
        segment = sentences[start].segments[0]
        if chapters and segment <= chapters[-1].segment:
            continue
        part = [s.text for s in sentences[start:end]]
        phrases = ranked(part, transcript.language, 1, told=told[start:end])
        title = phrases[0].text if phrases else ""
        chapters.append(Chapter(transcript.segments[segment].start, title[:1].upper() + title[1:], segment))
    return tuple(chapters) if len(chapters) > 1 else ()


def cues(sentences: Sequence[Sentence], language: str) -> list[float]:
    """For each sentence, how much it sounds like a new start: an opener, a question, a new voice, thanks before it."""
    known = lexicon(language)
    openers = frozenset(known.opener)
    scores = [0.0] * len(sentences)
    for at in range(1, len(sentences)):
        before, here = sentences[at - 1], sentences[at]
        # The first two words, most often the first two pieces between spaces.
        lead = here.raw[:60].lower()
        first = said_anew(" ".join(lead.split(maxsplit=2)[:2]))[:2]
        if len(first) < 2:
            first = said_anew(lead)[:2]
        opening = bool(first) and (first[0] in openers or " ".join(first) in openers)
        brief = before.text.count(" ") < 11
        chatter = brief and not known.chatter.isdisjoint(said_anew(before.raw.lower()))
        paused = before.end is not None and here.start is not None and here.start - before.end > 2
        scores[at] = (
            OPENING * opening
            + ASKING * here.text.endswith(("?", "？", "؟"))
            + VOICE * (before.speaker != here.speaker)
            + THANKS * chatter
            + VOICE * paused
        )
    return scores


def boundaries(
    found: Sequence[Sequence[str]], count: int | None = None, starts: Sequence[float] | None = None
) -> list[int]:
    """Indices of the sentences that begin a new part. `found` are the terms of each sentence; `count` is how many
    boundaries to find, or None for a number that fits the length; `starts` is what `cues` gives."""
    total = len(found)
    wanted = count if count is not None else max(1, round(math.sqrt(total / 12)))
    width = max(6, min(40, total // (wanted + 1) // 2))
    depth = _gaps(found, width)
    if starts is not None:
        depth = [value + cue for value, cue in zip(depth, starts, strict=True)]
    least = max(3, total // (wanted + 1) // 3)
    rounded = [-round(value, 9) for value in depth]
    chosen: list[int] = []
    near = bytearray(total)
    for at in sorted(range(least, total - least), key=rounded.__getitem__):
        if not near[at]:
            chosen.append(at)
            near[at - least + 1 : at + least] = b"\1" * (2 * least - 1)
        if len(chosen) == wanted:
            break
    return sorted(chosen)


def _gaps(found: Sequence[Sequence[str]], width: int) -> list[float]:
    """For each place between sentences, how little the `width` sentences on both sides share: one less the cosine of
    their terms. The two windows move by a sentence; only what enters or leaves is counted. The weights are whole
    numbers, so the sums are exact whatever the order."""
    total = len(found)
    frequency = Counter(term for row in found for term in set(row))
    weight = {term: round(1e6 * math.log(total / count)) for term, count in frequency.items()}
    left: dict[str, int] = dict.fromkeys(frequency, 0)
    right = dict(left)
    shared = size_left = size_right = 0
    for row in found[:width]:
        for term in row:
            size_right += (2 * right[term] + 1) * weight[term]
            right[term] += 1
    scores = [0.0] * total
    for at in range(1, total):
        for term in found[at - 1]:
            # From the right window to the left one.
            worth, before, after = weight[term], left[term], right[term]
            shared += worth * (after - before - 1)
            size_left += (2 * before + 1) * worth
            size_right -= (2 * after - 1) * worth
            left[term], right[term] = before + 1, after - 1
        if at + width <= total:
            for term in found[at + width - 1]:
                worth, after = weight[term], right[term]
                shared += worth * left[term]
                size_right += (2 * after + 1) * worth
                right[term] = after + 1
        if at > width:
            for term in found[at - width - 1]:
                worth, before = weight[term], left[term]
                shared -= worth * right[term]
                size_left -= (2 * before - 1) * worth
                left[term] = before - 1
        size = math.sqrt(size_left * size_right)
        scores[at] = 1 - (shared / size if size else 0.0)
    return scores
