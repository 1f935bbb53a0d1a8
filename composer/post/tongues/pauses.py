"""Sentences of a recogniser that writes pauses and no marks, in a script without spaces.

Where such a source has no full stop, its spaces and the ends of its cues are where the speaker paused. A language that
shows how its sentences end (`ends`) is read up to there; in one that does not, a stretch between two pauses stands for
a sentence, with the next one where that carries on.
"""

import re

from composer.evidence.model import Evidence, Point
from composer.post.tongues.model import Tongue
from composer.post.tongues.told import SENTENCE

MOST = 60
"""Characters of a sentence put together from pauses."""
_WAITS = re.compile(r"^(?:如果|只要|一旦|虽然|因为|与其|只有|要是|哪怕)")
_SETS = re.compile(r"不(是|在|靠|为)")


def paused(evidence: Evidence, number: int, form: Tongue) -> list[Point]:
    """The stretches of source `number`, and those joined with the next, as points without a rank; in their order.

    `Point.sentence` counts stretches, not the sentences of the evidence.
    """
    source = evidence.sources[number]
    chunks = [
        (at, chunk)
        for at, segment in enumerate(source.segments)
        if segment.role == "speech"
        for chunk in re.split(r"[\s，,、]+", segment.text.strip())
        if chunk
    ]
    runs = _ended(chunks, form) if form.ends.pattern != "(?!)" else _joined(chunks, form)
    points: list[Point] = []
    for place, first, last, text in runs:
        segments = tuple(range(first, last + 1))
        start, end = source.segments[first].start, source.segments[last].end
        speaker = source.segments[first].speaker
        points.append(Point(text, text, number, segments, 0.0, start, end, speaker, None, "speech", sentence=place))
    return points


def parted(evidence: Evidence, number: int) -> list[Point]:
    """The sentences of source `number` one by one, where the evidence holds many in one; as `paused`."""
    points: list[Point] = []
    for sentence in evidence.sentences:
        if sentence.source != number or sentence.role != "speech":
            continue
        for part in SENTENCE.split(sentence.text):
            text = (part or "").strip()
            if text:
                text = text[:1].upper() + text[1:]
                points.append(
                    Point(
                        text, text, number, sentence.segments, 0.0, sentence.start, sentence.end, sentence.speaker,
                        sentence.chapter, "speech", sentence=len(points),
                    )
                )  # fmt: skip
    return points


def _ended(chunks: list[tuple[int, str]], form: Tongue) -> list[tuple[int, int, int, str]]:
    out: list[tuple[int, int, int, str]] = []
    open_: list[tuple[int, str]] = []
    for place, chunk in enumerate(chunks):
        open_.append(chunk)
        if form.ends.search(chunk[1]):
            text = "、".join(text for _, text in open_)
            if len(text) <= MOST:
                out.append((place, open_[0][0], chunk[0], text + "。"))
            open_ = []
    return out


def _joined(chunks: list[tuple[int, str]], form: Tongue) -> list[tuple[int, int, int, str]]:
    out: list[tuple[int, int, int, str]] = []
    for place, (at, text) in enumerate(chunks):
        after = chunks[place + 1] if place + 1 < len(chunks) else (at, "")
        carries = bool(form.joins.search(after[1])) or bool(_WAITS.search(text))
        against = _SETS.search(text)
        carries |= against is not None and against[1] in after[1] and not _SETS.search(after[1])
        if after[1] and carries:
            both = f"{text}，{after[1]}"
            if len(both) <= MOST:
                out.append((place, at, after[0], both + "。"))
        if not _WAITS.search(text) and any(row.search(text) for row in form.strong):
            out.append((place, at, at, text + "。"))
    return out
