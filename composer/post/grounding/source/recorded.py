"""What the times of a source say: when something was noted, and how long it lasts.

A list of events ("09:14 First alert") is read as a source with times, and so its times are no words of it. A post may
name them, and a place in a recording ("at 12:31 she says"), and how long it is ("a four-minute clip").
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from composer.post.grounding.source.terms import content
from composer.post.grounding.values.fact import Fact
from composer.post.grounding.values.numbers import facts
from composer.sources.model import Transcript

_CLOCK = re.compile(r"(?<![\d:.,])(\d{1,2}):([0-5]\d)(?!:?\d)")
# A source of more segments is a recording in cues: every second of it begins one.
_MOST = 400
# What lasts; and words that lead to it: "four minutes with", "an hour of".
_LASTS = re.compile(
    r"(?i)\b(?:clips?|talks?|videos?|episodes?|podcasts?|interviews?|conversations?|recordings?|sessions?|lectures?|"
    r"keynotes?|speech|sermon|call|meeting|show|chat|listen(?:ing)?|watch(?:ing)?|read(?:ing)?|transcripts?|captions?|"
    r"gespräch|folge|vortrag|rede|sitzung|aufnahme|entretien|épisode|conférence|discours|vidéo|réunion|"
    r"charla|episodio|entrevista|conferencia|vídeo|reunión|palestra|episódio|conversa|reunião)\b|"
    r"^\W*(?:[\w-]+ ){1,3}with "
)
_AROUND = 0.12
# How much longer than up to its last part a source is, on the whole.
_PAST_LAST = 1.07


@dataclass(frozen=True, slots=True)
class Recorded:
    """`begins` has, by second, what is said where a segment begins and in the next; `lasts` is in seconds, or 0."""

    begins: dict[int, str] = field(default_factory=dict)
    lasts: float = 0.0


def recorded(sources: Sequence[str | Transcript]) -> Recorded:
    """The times of some sources."""
    read = [source for source in sources if isinstance(source, Transcript)]
    begins: dict[int, str] = {}
    for source in read:
        timed = [(at, one.start) for at, one in enumerate(source.segments) if one.start is not None]
        for at, start in timed if len(timed) <= _MOST else ():
            near = " ".join(f"{one.speaker or ''} {one.text}" for one in source.segments[at : at + 2])
            begins[int(start)] = f"{begins.get(int(start), '')} {near}"
    return Recorded(begins, max((_length(source) for source in read), default=0.0))


def _length(source: Transcript) -> float:
    """Seconds that a source lasts, or 0. Where only its parts have times, the last of them begins a little before."""
    last = max((chapter.start or 0.0 for chapter in source.chapters), default=0.0)
    return source.duration or last * _PAST_LAST


def noted(fact: Fact, sentence: str, told: Recorded, language: str) -> bool:
    """Whether the source has a time of day, or a place in a recording, as the head of what a sentence says of it."""
    clock = _CLOCK.search(sentence[fact.start : fact.end]) if fact.mark == "clock" else None
    near = told.begins.get(int(clock[1]) * 60 + int(clock[2]), "") if clock else ""
    said, there = ({term for term, _, _ in content(text, language) if term} for text in (sentence, near))
    return bool(said & there) or bool(near and _values(sentence, language) & _values(near, language))


def _values(text: str, language: str) -> set[float]:
    """The numbers of a text that are more than a few and no times of day."""
    return {fact.value for fact in facts(text, language) if fact.kind != "date" and fact.value > 9}


def lasting(fact: Fact, sentence: str, told: Recorded) -> bool:
    """Whether a figure is how long the source is, as a sentence calls it: "a four-minute clip"."""
    if not told.lasts or fact.kind != "number" or fact.dimensions != {"time"} or not _LASTS.search(sentence):
        return False
    apart = abs(fact.readings[0][0] - told.lasts)
    return apart <= max(45.0, _AROUND * told.lasts)
