"""Who says what: the names a post gives to the people of a source."""

import re
from collections import Counter
from dataclasses import dataclass

from composer.post.english.sentences.teams import is_team
from composer.post.lexis import word_list
from composer.post.phrases import UNSPACED, Phrases
from composer.sources.model import Transcript

# Labels that recognisers give to voices they do not know.
_NOBODY = re.compile(
    r"(?i)^(?:[\[(]\d[\d:.,]*[\])] ?)?"
    r"(?:speaker|spk|sprecher|locuteur|hablante|falante|unknown|person|voice|participant|guest-?\d|说话人|話者|"
    r"スピーカー)[ _-]*[\dA-Z]*$"
)
_SEAT = re.compile(r"^(?:[A-Z]|[A-Za-z.]+ [A-Z]|[A-Z]\d+|[QA])$")
"""A letter for a person, or a role with a letter, as meetings are labelled: "A", "PhD B"."""


def nobody(name: str) -> bool:
    """Whether a speaker's label names no person: "Speaker 2", "Project Manager", "Q"."""
    if _NOBODY.match(name) or _SEAT.match(name.strip()):
        return True
    words = re.findall(r"[^\W\d_]+", name.lower())
    return len(words) > 1 and all(word in word_list("voice_roles") for word in words)


_ROLE = re.compile(r"^(?:a|an|the) (?P<noun>[a-z][\w-]*(?: [a-z][\w-]*)?)(?: (?:who|that|of|from|at|with)\b.*)?$")


@dataclass(frozen=True, slots=True)
class Voices:
    """The people of one source. `kind` as in `Transcript.kind`; names are None where the source gives none.

    `full` is how the announcing line names the one speaker, `short` how a sentence does. `author` is who wrote a
    thread, `about` whom a summary reports on. `voice` is the speaker's label where one voice dominates and the others
    only ask and thank: nothing they say is a point. `group` says that "we" in this source is a team, not everybody.
    `shared` are the last names that several speakers bear: these are told by their full names. `alone` says that a
    document reads as one person wrote it, or spoke it from paper; `typed` that what was said is
    written with care, `raw` that it came without full stops.
    """

    kind: str
    full: str | None
    short: str | None
    author: str | None
    about: str | None
    event: str | None
    place: str | None
    names: tuple[str, ...]
    somebody: str
    voice: str | None = None
    group: bool = False
    shared: frozenset[str] = frozenset()
    alone: bool = False
    typed: bool = False
    raw: bool = False

    @property
    def several(self) -> bool:
        """Whether more than one voice speaks, or may: a text of unknown making counts as several people's."""
        return self.kind == "conversation" or (self.kind == "document" and not self.alone)

    def of(self, speaker: str | None) -> str:
        """The name a sentence of `speaker` is told of; "the speaker" where nobody is named."""
        if speaker and speaker == self.voice and self.short:
            return self.short
        if speaker and not nobody(speaker):
            if self.full and speaker == self.full and self.short:
                return self.short
            name = short_name(speaker)
            return re.sub(r"\s*\(.*?\)", "", speaker).strip() if name in self.shared else name
        if self.kind == "talk" and not speaker and self.short:
            return self.short
        if self.kind == "thread" and self.author and not speaker:
            return self.author
        if self.kind == "talk" and self.short and speaker:
            return self.short
        return self.somebody


def voices(source: Transcript, words: Phrases) -> Voices:
    """Who speaks in a source, from the facts it states and the speakers it labels; nobody is guessed."""
    named = tuple(name for name in source.speakers if not nobody(name))
    speaker = source.fact("speaker")
    full = re.sub(r"\s*\(.*?\)", "", speaker.lstrip(".")).strip() or None if speaker else None
    voice = _dominating(source)
    kind = "talk" if voice and source.kind == "conversation" else source.kind
    if kind in ("talk", "document") and not named and not full and talk_together(source):
        kind = "conversation"
    typed = source.language == "en" and careful(source)
    alone = kind == "document" and typed and not source.speakers
    lone = kind == "document" and not source.speakers and not _exchange(source)
    if full is None and voice and not nobody(voice):
        full = _role_of(source, voice) or re.sub(r"\s*\(.*?\)", "", voice).strip() or voice
    full = _named_above(source, full) or (_by_office(voice) if voice and source.language == "en" else None)
    short = _usual(source, full) if full else None
    if voice and full and voice != full and not nobody(voice):
        short = short_name(_role_of(source, voice) or voice)
    elif voice and full and full == _by_office(voice):
        short = f"the {full.split()[-1]}"
    return Voices(
        kind=kind,
        full=full,
        short=short,
        author=source.fact("author"),
        about=source.fact("about"),
        event=source.fact("event"),
        place=source.fact("place"),
        names=_leading(source, named),
        somebody=words.get("one_of_them", words["somebody"])
        if kind in ("document", "conversation") and not named and not alone and not lone
        else words["somebody"],
        voice=voice,
        group=is_team(source),
        shared=frozenset(name for name, times in Counter(map(short_name, named)).items() if times > 1),
        alone=alone,
        typed=typed,
        raw=source.language == "en" and unmarked(source),
    )


_FILLER = re.compile(r"(?i)\b(?:um|uh|er|you know|okay|ok|i mean|yeah|kind of|sort of|gonna|wanna)\b|\blike,|\bright\?")
LEAST_WORDS, PERIOD, COMMA, FILLERS = 150, 35, 30, 0.007
"""Words of a source that can be judged; the words between two full stops and two commas at most, and the share of
fillers at most, in one that somebody typed with care."""


RAW = 60
"""Words between two full stops above which a source has none of its own: where sentences end is guessed."""


def _ends(text: str) -> int:
    """About how many sentences of a text end with a mark."""
    return sum(text.count(mark) for mark in (". ", "! ", "? ", ".”", '."', "?”", '?"')) + text.endswith((".", "!", "?"))


def unmarked(source: Transcript) -> bool:
    """Whether a source came without full stops, as raw captions do."""
    text = " ".join(segment.text for segment in source.segments if segment.role == "speech")
    words = text.count(" ") + 1
    return words >= LEAST_WORDS and _ends(text) * RAW < words


def careful(source: Transcript) -> bool:
    """Whether a source is written with care: sentences end, commas stand, and hardly a filler is left."""
    text = " ".join(segment.text for segment in source.segments if segment.role == "speech")
    words = text.count(" ") + 1
    return (
        words >= LEAST_WORDS
        and _ends(text) * PERIOD >= words
        and text.count(",") * COMMA >= words
        and len(_FILLER.findall(text, 0, SAMPLE)) <= FILLERS * min(words, SAMPLE / 5.5)
    )


SAMPLE = 60_000
"""Characters of a source whose fillers are counted."""
_TAKES_UP = re.compile(r"(?i)(?:^|(?<=[.?!]) )\W*(?:yeah|yes|right|exactly|totally|okay|oh|no|sure|absolutely|wow)\b")
TOGETHER = 0.08
"""The share of sentences that begin by agreeing or objecting, above which several people speak, labelled or not."""


def talk_together(source: Transcript) -> bool:
    """Whether an unlabelled English source is several people in conversation: they keep taking up each other."""
    if source.language != "en":
        return False
    text = " ".join(segment.text for segment in source.segments if segment.role == "speech")
    count = len(re.findall(r"[.?!](?=\s|$)", text))
    return count >= 80 and len(_TAKES_UP.findall(text)) >= TOGETHER * count


EXCHANGE = 0.03
"""The share of sentences that take up another, above which a text may be several people's."""


def _exchange(source: Transcript) -> bool:
    """Whether an unlabelled English text may be several people's: here and there one takes up another."""
    text = " ".join(segment.text for segment in source.segments if segment.role == "speech")
    count = len(re.findall(r"[.?!](?=\s|$)", text))
    return source.language != "en" or len(_TAKES_UP.findall(text)) > EXCHANGE * count


_HOSTING = re.compile(
    r"(?i)\?|\b(?:welcome|thank|thanks|next we have|please give|our next|question|questions|great|okay|right|yeah)\b"
)
_ROLES = frozenset(
    ["host", "guest", "interviewer", "moderator", "presenter", "speaker", "teacher", "professor", "student", "doctor"]
)


def _dominating(source: Transcript) -> str | None:
    """The one voice of a source that says four fifths of it, where the others ask, greet and thank."""
    size: dict[str, int] = {}
    for segment in source.segments:
        if segment.speaker:
            size[segment.speaker] = size.get(segment.speaker, 0) + len(segment.text)
    total = sum(size.values())
    if (
        not total
        or source.kind not in ("talk", "conversation")
        or any(not s.speaker for s in source.segments if s.role == "speech")
    ):
        return None
    best = max(size, key=lambda name: (size[name], name))
    if size[best] < 0.72 * total:
        return None
    if size[best] >= 0.93 * total:
        return best
    others = [segment.text for segment in source.segments if segment.speaker != best and segment.role == "speech"]
    asking = sum(bool(_HOSTING.search(text)) for text in others)
    return best if asking * 3 >= len(others) else None


def _role_of(source: Transcript, name: str) -> str | None:
    """ "a baker" for a voice called Baker, where the source itself speaks of a baker; None for a person's name."""
    low = name.lower()
    if not name.isalpha():
        return None
    text = " ".join(segment.text for segment in source.segments)
    if low in _ROLES or re.search(rf"\b(?:a|an|the|our) {re.escape(low)}\b", text):
        return ("an " if low[0] in "aeiou" else "a ") + low
    return None


def short_name(name: str) -> str:
    """The last name, where a name has several parts; a role keeps its noun: `a baker who ...` -> `the baker`."""
    name = re.sub(r"\s*\(.*?\)", "", name).strip()
    role = _ROLE.match(name)
    if role:
        return "the " + role["noun"]
    name = re.sub(r",? (?:Psy|Ph|M|Ed|D)\.? ?D\.?$", "", name)
    parts = name.split()
    while len(parts) > 1 and re.fullmatch(r"[A-Z]{2,3}|PhD|MSc|Jr\.?|Sr\.?|Esq\.?|I{2,3}", parts[-1]):
        parts.pop()  # what stands behind a name is a title, not the name
    if len(parts) > 1 and all(part[:1].isupper() for part in parts) and not re.search(r"[^\w'’ .-]", name):
        return parts[-1]
    return name


def _by_office(voice: str) -> str | None:
    """ "a senior harbour officer" for a voice that is labelled by what he is, in several words; None for any other."""
    words = voice.lower().split()
    if not 1 < len(words) < 5 or not all(word in word_list("voice_roles") for word in words):
        return None
    if set(words) & _NOT_SAID or not voice.replace(" ", "").isalpha() or words[-1].endswith("ing"):
        return None
    return ("an " if words[0][0] in "aeiou" else "a ") + " ".join(words)


_NOT_SAID = frozenset(
    ["speaker", "voice", "unknown", "unidentified", "male", "female", "man", "woman", "the", "member"]
)
_OFFICE = re.compile(r"(?i)^(?:the )?(?:president|chancellor|chair\w*|director|minister|mayor|governor|secretary)$")


def _named_above(source: Transcript, full: str | None) -> str | None:
    """The whole name that the title has for a voice labelled by a part of it, or by an office: "Ms. Quill" is "Ada
    Quill" where the title says so, "The Mayor" is "Mayor Quill"."""
    label = full or next(iter(source.speakers), "") if len(source.speakers) < 3 else full
    if not label or not source.title:
        return full
    bare = re.sub(r"^(?:Mr|Ms|Mrs|Dr|Prof)\.? ", "", label)
    if bare != label and " " not in bare:
        found = re.search(rf"\b(?:[A-Z][\w’'-]+ )?{re.escape(bare)}\b", source.title)
        first = found[0].split()[0].lower() if found else ""
        if found and first not in word_list("voice_roles"):
            return found[0]
    office = re.sub(r"(?i)^the ", "", label)
    if _OFFICE.match(label):
        found = re.search(rf"\b{re.escape(office)} [A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?", source.title)
        if found and source.kind == "talk":
            return found[0]
    return full


def _usual(source: Transcript, full: str) -> str:
    """The part of a name that the source itself uses alone most often; its last name where it uses none."""
    parts = [part for part in full.split() if len(part) > 2 and part[:1].isupper()]
    if len(parts) < 2 or short_name(full) != parts[-1]:
        return short_name(full)
    text = " ".join(segment.text for segment in source.segments)
    uses = {part: len(re.findall(rf"(?<![\w-]){re.escape(part)}(?![\w-])", text)) for part in parts}
    return max(parts, key=lambda part: (uses[part], parts.index(part)))


def _leading(source: Transcript, named: tuple[str, ...]) -> tuple[str, ...]:
    """At most three speakers, those who say most, in order of appearance. Somebody with a few words is no party."""
    words = dict.fromkeys(named, 0)
    for segment in source.segments:
        if segment.speaker in words:
            words[segment.speaker] += len(segment.text) if source.language in UNSPACED else len(segment.text.split())
    total = sum(words.values())
    best = sorted(named, key=lambda name: (-words[name], name))[:3]
    kept = [name for name in best if words[name] * 12 >= total]
    shown = (re.sub(r"\s*\(.*?\)", "", name).strip() for name in named if name in kept)
    return tuple(_TITLES.sub("", name) for name in shown)


_TITLES = re.compile(r"(?<=[a-z]) (?:AM|MP|MS|MSP|MEP|PhD|MD|QC|KC|CBE|OBE|MBE)$|, (?:Psy|Ph|M|Ed)\.? ?D\.?$")
