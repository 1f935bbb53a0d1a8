"""Who speaks in a source in a language of `resources/tongues`, and in whose name a sentence is told."""

import re
from dataclasses import dataclass, replace

from composer.evidence.model import Point
from composer.post.phrases import Phrases
from composer.post.tongues.model import Tongue
from composer.post.tongues.told import Mouth
from composer.post.voice import Voices, nobody, voices
from composer.sources.model import Transcript


@dataclass(frozen=True, slots=True)
class Cast:
    """The people of a source. `hosts` only ask; `guests` are those who say something, in order of appearance.

    `situation` is the key of the phrases that fit what the source states about itself.
    """

    people: Voices
    hosts: frozenset[str]
    guests: tuple[str, ...]
    situation: str

    def silent(self, speaker: str | None) -> bool:
        """Whether nothing this voice says is a point: it asks, greets and thanks."""
        return speaker in self.hosts or bool(self.people.voice and speaker and speaker != self.people.voice)

    def mouth(self, point: Point, words: Phrases) -> Mouth:
        """The name a sentence is told of, and the frames of a quotation."""
        name: str | None = None
        if point.speaker and not nobody(point.speaker):
            name = self.shorter(bare(point.speaker))
        elif point.role in ("post", "speech") and self.people.author:
            name = self.people.author
        elif self.people.full:
            name = self.shorter(self.people.full)
        scenes = dict(pair.split("=", 1) for pair in words.get("scene", "").split())
        scene = scenes.get(self.people.kind, "").replace("_", " ")
        anonymous = words.get("says_nobody", "") if scene and self.people.kind != "document" else ""
        return Mouth(name, words.get("says", ""), anonymous, scene)

    def named(self, speaker: str | None) -> bool:
        """Whether a sentence of `speaker` has somebody's name."""
        return bool((speaker and not nobody(speaker)) or self.people.full or self.people.author)

    def shorter(self, name: str) -> str:
        """The last name where it belongs to one person only; the whole name in scripts that do not part names."""
        parts = name.split()
        if len(parts) < 2 or not all(part[:1].isupper() for part in parts):
            return name
        alone = [other for other in self.guests if other.split()[-1:] == parts[-1:]]
        return parts[-1] if len(alone) < 2 else name


def cast(source: Transcript, words: Phrases, form: Tongue) -> Cast:
    """The people of a source: as `voices` finds them, and which of them only ask."""
    people = voices(source, words)
    size: dict[str, int] = {}
    asked: dict[str, int] = {}
    turns: dict[str, int] = {}
    for segment in source.segments:
        if segment.speaker and segment.role == "speech":
            size[segment.speaker] = size.get(segment.speaker, 0) + len(segment.text)
            turns[segment.speaker] = turns.get(segment.speaker, 0) + 1
            asked[segment.speaker] = asked.get(segment.speaker, 0) + bool(form.asking.search(segment.text))
    total = sum(size.values())
    hosts = {
        name
        for name in size
        if form.host.search(name) or (asked[name] * 2 > turns[name] and size[name] * 3 < total and turns[name] > 2)
    }
    first = next((segment for segment in source.segments if segment.speaker and segment.role == "speech"), None)
    name = first.speaker if first else None
    opens = first is not None and len(size) == 2 and bool(form.moment.search(first.text))
    if opens and name and size[name] * 3 < total and asked[name] * 3 >= turns[name]:
        hosts.add(name)  # of two, who opens with a greeting, asks and says little is the host
    given = [_given(name) for name in hosts if form.host.search(name)]
    hosts |= {name for name in size if any(_is(bare(name), full) for full in given)}
    if len(hosts) == len(size):
        hosts = set()
    guests = tuple(bare(name) for name in size if name not in hosts and not nobody(name) and size[name] * 12 >= total)
    situation = _situation(source, people, hosts, guests)
    if situation == "document" and _spoken(source, form):
        people, situation = replace(people, kind="talk"), "talk"
    return Cast(people, frozenset(hosts), guests[:3], situation)


def _spoken(source: Transcript, form: Tongue) -> bool:
    """Whether a text without labels or times is a talk: somebody greets in its first lines or thanks in its last."""
    text = " ".join(segment.text for segment in source.segments if segment.role == "speech")
    return bool(form.greeting.search(text[:300]) or form.greeting.search(text[-300:]))


def _situation(source: Transcript, people: Voices, hosts: set[str], guests: tuple[str, ...]) -> str:
    if source.kind == "thread" and people.author:
        return "thread_about" if people.about else "thread"
    if source.kind == "summary":
        return "summary_about" if people.about or people.full else "summary"
    if hosts and len(guests) == 1:
        return "interview"
    if len(guests) > 1:
        return "conversation_names"
    if people.full or len(guests) == 1:
        return "talk_event" if people.event else "talk_speaker"
    if source.kind == "conversation":
        return "conversation"
    return "talk" if source.kind == "talk" else "document"


def _given(label: str) -> str:
    """The name that a host's label gives beside the part played: `Animateur (Basile Montferrin)`."""
    return re.sub(r"^\W*\w+\W*", "", label).strip("()（） ")


def _is(name: str, full: str) -> bool:
    """Whether `name` is `full`, or a part of it: its first name, its last."""
    return bool(full) and (name == full or name in full.split() or (not full.isascii() and full.startswith(name)))


def bare(name: str) -> str:
    """A speaker's label without what stands in brackets behind it."""
    return re.sub(r"\s*[(（].*?[)）]", "", name).strip() or name
