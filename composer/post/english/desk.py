"""What lies on the desk while one post is written, and the lines that only state it: who, what, where, how many."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from composer.errors import WriterError
from composer.evidence.model import Evidence
from composer.post.adverts import adverts
from composer.post.emojis import emojis, fitting
from composer.post.english.claims.ranking import Claim
from composer.post.english.claims.views import written
from composer.post.english.floor import two_voices
from composer.post.english.headlines import headline
from composer.post.english.headlines.theme import theme
from composer.post.english.headlines.topics import joined, stands_over, titled_subject, topics
from composer.post.english.introduced import Person, introduced, works
from composer.post.english.labels.label import label
from composer.post.english.sections import arrange, clean_title
from composer.post.english.sentences.telling import MOST_WORDS
from composer.post.english.words.forms import third
from composer.post.english.words.kinds import Words, announced
from composer.post.english.words.kinds import words as label_words
from composer.post.lexis import word_list
from composer.post.model import Brief, PostPoint, Section
from composer.post.phrases import phrases
from composer.post.shapes import shape
from composer.post.sheet import Sheet
from composer.post.voice import Voices, nobody, voices


@dataclass(frozen=True, slots=True)
class Desk(Sheet):
    """What lies on the desk while one English post is written."""

    people: Voices
    known: Words
    head: headline.Headline | None = None
    there: tuple[Person, ...] = ()


def desk_of(evidence: Evidence, brief: Brief, variant: int) -> Desk:
    words = phrases(evidence.language)
    people = voices(evidence.sources[0], words) if evidence.sources else None
    if people is None:
        raise WriterError("There is no source to write from.", do="Open a transcript first.")
    if people.kind == "talk" and not people.full and two_voices(evidence):
        people = replace(people, kind="conversation")  # somebody asks and somebody answers, without labels
    there = introduced(evidence)
    people = _named(people, there, evidence)
    known = label_words(evidence, words.language)
    about = topics(evidence, known, 3, avoid=_avoided(people, there), paid=adverts(evidence))
    return Desk(evidence, brief, variant, shape(brief.shape), words, about, people, known, there=there)


def _named(people: Voices, there: Sequence[Person], evidence: Evidence) -> Voices:
    """The voices of a source that labels none, with the names under which they introduce themselves: of a conversation
    two at least, of a talk the one that there is."""
    if people.names or people.full or people.author or people.about:
        return people
    names = tuple(person.name for person in there[:3])
    if people.kind in ("conversation", "document") and len(names) > 1:
        return replace(people, kind="conversation", names=names)
    if people.kind == "talk" and len(names) == 1 and not evidence.sources[0].speakers:
        return replace(people, full=names[0])
    return people


def _avoided(people: Voices, there: Sequence[Person]) -> list[str]:
    """Who speaks is no subject."""
    return [name for name in (people.full, people.author, people.about, *(one.name for one in there)) if name]


def self_told(desk: Desk) -> str:
    """What those who speak say they are: "Ida Berg is the editor of Tidelog."; "" where nobody says."""
    people = desk.people
    known = [one for one in desk.there if one.role and one.name in (*people.names, people.full)]
    if known:
        return " ".join(desk.words["is_role"].format(name=one.name, role=one.role) + "." for one in known)
    what = works(desk.evidence) if people.kind == "talk" else ""
    if not what:
        return ""
    verb, _, rest = what.partition(" ")
    return raised(f"{people.short or people.full or desk.words['somebody']} {third(verb)} {rest}.", desk)


def situation(people: Voices) -> str:
    """Which phrase fits what the source states about itself."""
    if people.kind == "thread" and people.author:
        return "thread_about" if people.about else "thread"
    if people.kind == "summary":
        return "summary_about" if people.about or people.full else "summary"
    if people.full and people.event and people.kind != "conversation":
        return "talk_event"
    if people.full and people.kind != "conversation":
        return "talk_speaker"
    if people.kind == "conversation":
        return "conversation_names" if len(people.names) > 1 else "conversation"
    return "talk" if people.kind == "talk" else "document"


def facts(desk: Desk, points: int) -> dict[str, str]:
    people, words = desk.people, desk.words
    subjects = desk.subjects or tuple(tag.lstrip("#") for tag in desk.evidence.hashtags[:2])
    return {
        "speaker": people.full or people.about or "",
        "names": words.join(people.names),
        "author": people.author or "",
        "about": people.about or people.full or "",
        "event": people.event or "",
        "place": people.place or "",
        "topics": words.join(subjects),
        "topic": subjects[0] if subjects else "",
        "n": str(points),
        "it": _called(desk) or words["this" if people.kind == "talk" else "this_text"],
        "this": _called(desk) or words["this_conversation"],
        "count": talking(desk) if people.kind == "conversation" and len(people.names) < 2 else "",
        "source": _called(desk) or words["one_conversation" if people.kind == "conversation" else "one_talk"],
    }


# A part of a title that says who is there: "Ann Lee and Panel (Bo Lee)".
_CAST = re.compile(r"(?i)\b(?:and|with|feat\.?|featuring) (?:the )?(?:panel|guests?|friends)\b|\([A-Z]\w+ [A-Z]\w+[,)]")
_COUNTS = ("Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve")
HEARD = 0.03
"""The share of what is said that makes a voice one of those who talk."""


def talking(desk: Desk) -> str:
    """How many people talk in a source that labels its voices by what they are: "Four"; "" where it does not say.

    Numbered voices are a recogniser's guess, "Q" and "A" may be many, and what has no label is somebody's as well.
    """
    said: dict[str, int] = {}
    for source in desk.evidence.sources:
        for segment in source.segments:
            if segment.role == "speech":
                said[segment.speaker or ""] = said.get(segment.speaker or "", 0) + len(segment.text)
    if any(len(name) < 3 or re.search(r"\d", name) for name in said):
        return ""
    count = sum(size >= HEARD * sum(said.values()) for size in said.values())
    return _COUNTS[count - 2] if 2 <= count < len(_COUNTS) + 2 else ""


def _called(desk: Desk) -> str:
    """The source's own title in quotation marks, where the headline does not say it already; or ""."""
    named = [clean_title(part) for source in desk.evidence.sources for part in headline.title_parts(source.title or "")]
    name = next((name for name in named if len(name.split()) > 2 and not _CAST.search(name)), "")
    head = desk.head.text.lower() if desk.head else ""
    bare = name.lower().rstrip(".!? ")
    if not name or bare in head or any(subject.lower() == bare for subject in desk.subjects):
        return ""
    return f"{desk.words['open_quote']}{name}{desk.words['close_quote']}"


def raised(text: str, desk: Desk) -> str:
    """The line with a capital at its start, unless it starts with a name that is written small."""
    keep = tuple(name for name in (desk.people.author, desk.people.about, *desk.people.names) if name)
    return text if text.startswith(keep or ("\0",)) else text[:1].upper() + text[1:]


def announcing(desk: Desk, points: int) -> str:
    table = "announce" if desk.form.opening else "announce_list"
    key = situation(desk.people)
    line = desk.words.choose(table, key, desk.variant).format(**facts(desk, points))
    if points == 1:
        line = re.sub(r"^(Here )are 1 points", r"\1is one point", re.sub(r"^1 (idea|point)s", r"One \1", line))
    return raised(line, desk)


def heads(
    desk: Desk, found: list[Claim], chosen: list[Claim], closing: Sequence[Claim] = ()
) -> list[headline.Headline]:
    """The headlines of a shape, best first."""
    people = desk.people
    who = (
        people.full if people.kind == "talk" else desk.words.join(people.names) if people.kind == "conversation" else ""
    )
    if any(name.lower() in word_list("voice_roles") for name in people.names):
        who = ""  # "Marketing" is nobody a reader knows
    subjects = desk.subjects
    if people.kind == "thread" and people.author and people.about:
        who, subjects = people.author, (people.about,)
    points, ends = [claim.at for claim in chosen], [claim.at for claim in closing]
    frame = headline.Frame(subjects, points, who or "", ends)
    return headline.headlines(desk.evidence, found, desk.known, desk.words, frame, asking=desk.form.question)


def headed(desk: Desk, found: list[Claim], chosen: list[Claim], beside: list[Claim]) -> Desk:
    """The desk with the headline of this variant; what the headline says, the lines below it need not say again.

    `beside` the points stand the claims of the opening and of the close.
    """
    said = " ".join(claim.text for claim in (*chosen, *beside)).lower()
    desk = replace(desk, subjects=_carried(desk, said, ""))
    lines = heads(desk, found, chosen, beside)
    head = lines[desk.variant % len(lines)]
    subjects = desk.subjects
    if len(subjects) == 1 and len(subjects[0].split()) > 3 and stands_over(subjects[0], head.text):
        subjects = _carried(desk, said, head.text)
    return replace(desk, head=head, subjects=subjects)


def _carried(desk: Desk, said: str, over: str) -> tuple[str, ...]:
    """The subjects of the source that the post, `said` in small letters, speaks of: what is promised must be kept.

    What the source itself says it is about stays. A lesser subject is only taken where fewer than two are left, and
    where none is carried, the first one stays.
    """
    people, evidence = desk.people, desk.evidence
    found = topics(evidence, desk.known, 12, avoid=_avoided(people, desk.there), paid=adverts(evidence), over=over)
    stated = {theme(evidence), titled_subject(evidence), *announced(evidence)}
    kept = [one for one in found[:3] if one in stated or _spoken(one, said)]
    if len(kept) < 2:
        kept += [one for one in found[3:LESSER] if _spoken(one, said)][: 2 - len(kept)]
    return joined(kept, evidence) or found[:1] or desk.subjects


LESSER = 8
"""Subjects of a source that are looked through where the first three do not come in the post."""


def _spoken(subject: str, said: str) -> bool:
    """Whether a text has a subject: its last word, with another ending at most, or all of what is a name."""
    words = [word for word in re.findall(r"[\w-]+", subject.lower()) if word not in ("the", "a", "an", "of")]
    return bool(words) and (len(words) > 4 or re.search(rf"\b{re.escape(words[-1].rstrip('s'))}", said) is not None)


# Who can be told by what he is: "the project manager", but not "the marketing".
_IS_SOMEBODY = re.compile(r"(?:er|or|ant|ist|chair|host|guest|student|analyst|president|clerk|official|executive)$")


def _by_role(label_: str | None) -> str:
    """A voice that is labelled by what it is in the meeting, as a sentence speaks of it; "" for any other."""
    words = (label_ or "").split()
    known = words and all(word.lower() in word_list("voice_roles") for word in words)
    return f"the {' '.join(words).lower()}" if known and _IS_SOMEBODY.search(words[-1].lower()) else ""


def _unowned(text: str, role: str, unnamed: str) -> str:
    """A text told of a voice without a name: by its role, or, where it is quoted, in its own words alone."""
    quoted = re.fullmatch(rf"(“[^“”]+)”, says {re.escape(unnamed)}\.", text)
    if quoted:
        return f"{quoted[1]}”, says {role}." if role else f"{quoted[1].rstrip('.')}.”"
    if role and text.lower().startswith(f"{unnamed} "):
        return f"{role[:1].upper()}{role[1:]}{text[len(unnamed) :]}"
    return text


def owned(claim: Claim, desk: Desk) -> str:
    """A claim of a conversation with the name of who says it: of several voices a reader must know whose it is.

    What a voice without a name says is quoted without one: the announcing line says that somebody talks there.
    """
    people, text = desk.people, claim.text
    if claim.role == "speech" and people.kind in ("conversation", "document"):
        text = _unowned(text, _by_role(claim.speaker), desk.words["one_of_them"])
    text = written(text, people.short if people.kind == "talk" else None)
    if people.kind != "conversation" or claim.role != "speech" or claim.named or "”" in text or ". " in text:
        return text
    if not claim.speaker or nobody(claim.speaker) or claim.speaker.lower() in word_list("voice_roles"):
        return text
    size = len(text.split())
    return f"{text.rstrip('.')}, says {people.of(claim.speaker)}." if 6 <= size <= MOST_WORDS - 4 else text


def _again(text: str, before: str) -> str:
    """ "Shop owners also state" behind a line on the same people is "They also state"."""
    found = re.match(r"((?:[A-Z][\w-]+ )(?:[\w-]+ )?)also ", text)
    if found is None or found[1].rstrip()[-1:] != "s" or not before.startswith(found[1]):
        return text
    return f"They {text[found.end(1) :]}".replace(f". {found[1]}also ", ". They also ")


def grouped(desk: Desk, chosen: list[Claim], most: int = 4) -> tuple[Section, ...]:
    """The points of a post under titles, in `most` sections at most."""
    used_labels = {claim.label.lower() for claim in chosen if claim.label}
    used_signs: set[str] = set(emojis().announce)
    groups = [("", chosen)]
    if desk.form.sections:
        groups = arrange(chosen, desk.evidence, desk.words, desk.people, desk.known, most)
    sections: list[Section] = []
    for title, members in groups:
        points: list[PostPoint] = []
        before = ""
        for claim in members:
            name = claim.label or label(claim.text, claim.keyphrase, desk.known, used_labels)
            sign = fitting(name, claim.text, used_signs) if desk.form.emoji else ""
            points.append(PostPoint(name, _again(owned(claim, desk), before), claim.trace, sign))
            before = claim.text
        sections.append(Section(title, tuple(points)))
    return tuple(sections)
