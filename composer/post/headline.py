"""The headline of a post: a question or a claim the source itself raises, with its subject named."""

import re
import zlib
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from composer.evidence.model import Evidence
from composer.evidence.words import lexicon
from composer.post.adverts import adverts
from composer.post.asking import question, why
from composer.post.claims import Claim
from composer.post.english import expand
from composer.post.focus import terms
from composer.post.grammar import whole
from composer.post.kinds import EMPTY
from composer.post.lexis import word_list
from composer.post.phrases import Phrases
from composer.post.sieve import fleeting, main, sound
from composer.post.spoken import spoken, strip_spoken
from composer.post.titles import title

_LONGEST = 85
_QUOTED = re.compile(
    r"“([^“”]{8,90})”|\"([^\"]{8,90})\"|«([^«»]{8,90})»|„([^„“”]{8,90})[“”]|「([^「」]{4,90})」|『([^『』]{4,90})』"
)
_FURNITURE = re.compile(
    r"(?i)\b(?:full|official|episode|ep\.?|podcast|interview|talk|webinar|livestream|stream|video|keynote|q&a|"
    r"transcript|part \d+|"
    r"#\d+|season|recording|subtitles?|workshop|meeting|vol\.?|chapter|untitled|intro|introduction|outro|welcome)\b"
)


class Headline(NamedTuple):
    """The words of a headline without a closing mark; `asked` says that they are a question."""

    text: str
    asked: bool


def questions(
    evidence: Evidence,
    claims: Sequence[Claim],
    subjects: Sequence[str],
    words: Phrases,
    *,
    labels: Sequence[tuple[str, str]] = (),
    people: str = "",
) -> list[Headline]:
    """Headlines for a question shape, best first; the last ones always fit.

    A question the source raises, or a short strong claim of it: as the question it answers where grammar surely
    allows, else as it stands. Then what a piece of advice (`labels` with the sentences of the points) makes a reader
    ask, and where the source has none of them, what `people` say of the subject.
    """
    subject = _focus(evidence, subjects)
    scored: list[tuple[float, Headline]] = []
    for weight, text in _asked(evidence):
        if _about(text, evidence):
            scored.append((weight + _appeal(text, subject), Headline(title(text), True)))
    # A claim must be strong to take the place of a question; a title without a verb says nothing.
    told: list[tuple[float, Headline]] = []
    for value, text in _statements(evidence, claims, subjects):
        asked = question(text)
        if asked:
            told.append((value + 0.1, Headline(asked, True)))
        elif value > 1.0 and _claims(text):
            shown = text if _ASKS.match(text) else words["what_if"].format(claim=title(_lower(text, evidence)))
            told.append((value - 0.1, Headline(shown, True)))
    # What somebody thinks, or does not, is a question as well, and asked it is nobody's claim.
    for claim in claims[:40]:
        thought = _THOUGHT.match(claim.text) if claim.named else None
        asked = question(thought[1][:1].upper() + thought[1][1:]) if thought else ""
        if asked and _about(asked, evidence):
            told.append((0.5 * claim.score + _appeal(asked, subject), Headline(asked, True)))
    advice = [Headline(asked, True) for name, text in labels if (asked := why(name, text))]
    return [*_best([*scored, *told]), *advice[:1], *_frames("question", evidence, subjects, words, people=people)]


def _lower(text: str, evidence: Evidence) -> str:
    """A claim behind "what if": its first word small, unless the source writes it with a capital inside sentences."""
    first = text.split()[0]
    named = any(first in phrase.text.split() for phrase in evidence.names) or first[1:] != first[1:].lower()
    return text if named else text[:1].lower() + text[1:]


_THOUGHT = re.compile(
    r"(?:(?:One|The) speaker|[A-Z][\w-]+) (?:does not think|thinks|believes|does not believe|expects|doubts) "
    r"(?:that )?([^,;“”]+)\.$"
)


def _claims(text: str) -> bool:
    """Whether a headline says something of its subject: it has a verb, and is no order."""
    bare = re.sub(r" as we know it\b", "", text[:1] + text[1:].lower())
    found = main(bare)
    return found is not None and bool(found[0]) and (whole(text) or whole(bare))


def _focus(evidence: Evidence, subjects: Sequence[str]) -> frozenset[str]:
    stop = lexicon("en").stop
    texts = [
        *subjects,
        *(source.title or "" for source in evidence.sources),
        *(p.text for p in evidence.keyphrases[:10]),
    ]
    counts = Counter(term for s in evidence.sentences for term in terms(s.text, "en", stop))
    often = max(4, len(evidence.sentences) // 60)
    texts += [term for term, times in sorted(counts.items()) if times >= often and term not in EMPTY]
    texts += [re.sub(r"(?<=[a-z])(?=[A-Z])", " ", tag.lstrip("#")) for tag in evidence.hashtags]
    return terms(" ".join(texts), "en", stop)


TOP = 8
"""Keyphrases a headline may be about; a talk has some eight subjects at most."""


def _about(text: str, evidence: Evidence) -> bool:
    """Whether a headline speaks of what the source is about: one of its top keyphrases, or a word of a title."""
    stop = lexicon("en").stop | EMPTY
    titles = [chapter.title for source in evidence.sources for chapter in source.chapters]
    titles += [source.title or "" for source in evidence.sources]
    subjects = [*titles, *(p.text for p in evidence.keyphrases[:TOP])]
    return bool(terms(text, "en", stop) & terms(" ".join(subjects), "en", stop))


def statements(
    evidence: Evidence, claims: Sequence[Claim], subjects: Sequence[str], words: Phrases, *, points: int = 0
) -> list[Headline]:
    """Headlines for a shape that opens with a claim, best first; the last ones always fit.

    `points` says how many follow.
    """
    told = _statements(evidence, claims, subjects)
    if points > 1:
        # A title that claims nothing names the subject; the number says what follows.
        parts = {title(part.rstrip(".!? ")) for source in evidence.sources for part in title_parts(source.title or "")}
        told = [
            (
                value,
                text
                if text not in parts or _claims(text) or _ASKS.match(text)
                else words["titled"].format(title=text, n=points),
            )
            for value, text in told
        ]
    about = next(
        (
            name
            for source in evidence.sources
            if source.kind == "summary" and (name := source.fact("about") or source.fact("speaker"))
        ),
        "",
    )
    if about:
        # What somebody is reported to say is no claim of the post, least of all where others object.
        told = [
            (value, text if about in text else words["says"].format(claim=text, name=about)) for value, text in told
        ]
    scored = [(value, Headline(text, False)) for value, text in told]
    return [*_best(scored), *_frames("claim", evidence, subjects, words, points=points)]


def _statements(evidence: Evidence, claims: Sequence[Claim], subjects: Sequence[str]) -> list[tuple[float, str]]:
    """Short claims that can stand alone over a post, with what they weigh."""
    subject = _focus(evidence, subjects)
    scored: list[tuple[float, str]] = []
    for weight, text in _sayings(evidence, claims):
        bare = text.rstrip(".! ")
        if not 3 <= len(bare.split()) <= 12 or len(bare) > 75 or re.search(r"[;:()“”\"]", bare):
            continue
        if re.search(r"\b(?:I|my|My|me)\b", bare) or ("," in bare and weight < 1.0):
            continue
        if weight < 1.0 and (not _strong(bare, evidence) or re.search(r"\b\d{3,}$", bare)):
            continue
        if re.search(r"\b(?:believe|think|argue|expect|hope)s? that\b", bare):
            continue  # whose opinion it is takes the room of the claim
        known = re.sub(r"(?i) as we know it\b", "", bare)
        if re.search(r"(?i)\b(?:we|us|our|your?)\b|^(?:go|let|put|come|see)\b", known):
            continue
        if re.match(r"(?i)(?:I|we|it|he|she|they|this|that|there|you|if|when|in|at|for|to|from|one)\b", bare):
            continue
        scored.append((weight + _appeal(bare, subject) + _catch(bare), title(bare)))
    return scored


_STOPS = re.compile(
    r"(?i)\b(?:never|only|not|nobody|nothing|no|more than|less than|no longer|cannot|without|instead|rather|must|"
    r"every|always|the more|first|end|ends|will|should|best|most|than|half|twice|two|three|four|five|six|seven|eight|"
    r"nine|ten|twenty|thirty|forty|fifty|percent|per cent|\d[\d,.]*)\b|"
    r"\b(?:is|are) the [\w-]+ of\b|\blike an? \w+"
)
_IDLE = re.compile(
    r"(?i)^(?:there (?:is|are|was|were)|you|people|some|it|if|a lot|most people|everybody|funny)\b|"
    r"\b(?:already|yet|so far|far away|today|tomorrow|tonight|yesterday)\b|"
    r"\b(?:last|this|next) (?:week|month|year|time|episode)\b|\b(?:very|amazing|exciting|interesting|cool|"
    r"great|good|fun)\b|"
    r"\b(?:letter|page|episode|podcast|post|chat|slide|video|meeting)s?\b"
)
_THEN = re.compile(r"(?i)^(?:[\w-]+ ){1,5}(?:was|were|had|did|went|came|got|has been|have been)\b")


def _catch(text: str) -> float:
    """What makes a reader stop at a line: a turn, a figure, an image; against it: what is idle, or was long ago."""
    value = 0.3 if _STOPS.search(text) else 0.0
    value -= 0.4 if _IDLE.search(text) else 0.0
    value -= 0.25 if _THEN.match(text) else 0.0
    value -= 0.2 if re.match(r"(?i)(?:the |an? )?(?:[\w-]+ ){1,4}(?:is|are) an? (?!\w+ of\b)", text) else 0.0
    return value


# "A queue is a list" tells what everybody can look up, unless it sets something against it or gives an image.
_DEFINES = re.compile(r"(?i)^(?:the |an? )?(?:[\w-]+ ){1,4}(?:is|are) (?:an? )?(?!not\b|never\b|like\b)")
_TURNED = re.compile(
    r"(?i)\b(?:not|never|no|nobody|nothing|than|only|without|cannot|like an?|over|dead|must|should|the [\w-]+ of|"
    r"the same|the more|the (?:best|worst|biggest|hardest|end))\b|^an? [\w-]+ (?:is|are) an? [\w-]+$"
)


def _strong(bare: str, evidence: Evidence) -> bool:
    """Whether an English claim can stand over a post: about a top subject, whole, and with something at stake."""
    if (
        not _STOPS.search(bare)
        or _IDLE.search(bare)
        or _THEN.match(bare)
        or (_DEFINES.match(bare) and not (_TURNED.search(bare)))
    ):
        return False
    first = bare.split()[0].lower()
    if first in word_list("english_base") or first in word_list("english_orders") - {"never", "always"}:
        return False  # an order out of its place
    return _about(bare, evidence) and whole(bare) and sound(bare + ".") and not fleeting(bare)


# The main clause of "A because B", "A, but B".
_HEAD = re.compile(r"([^,;.]+?)(?:,? because |, (?:but|and|which|so|although|while|even) )")
# "You could say that data is X": what stands behind such a frame is often the image of a talk.
_SAID = re.compile(
    r"(?i)\b(?:(?:you|one|we) (?:can|could|may|might) (?:[\w-]+ ){0,6}?(?:say|argue)|means?|shows?|"
    r"showed|found) that (.{12,80}?)[.!]?$"
)


def _sayings(evidence: Evidence, claims: Sequence[Claim]) -> list[tuple[float, str]]:
    """What the source claims, with a weight: its titles, its claims that are nobody's opinion, its images."""
    found: list[tuple[float, str]] = []
    for source in evidence.sources:
        for part in title_parts(source.title or ""):
            found.append((1.0, part))
    form = spoken("en")
    for claim in claims[:60]:
        if "“" not in claim.text and not (claim.named or claim.label or claim.role == "comment"):
            found.append((0.5 * claim.score, re.sub(r", one could say\.$", "", claim.text)))
            head = _HEAD.match(claim.text)
            if head and len(head[1].split()) >= 4 and whole(head[1]):
                found.append((0.5 * claim.score - 0.05, head[1]))
    paid = adverts(evidence)
    for index, sentence in enumerate(evidence.sentences):
        told = _SAID.search(sentence.text) if index not in paid else None
        if told and sentence.role not in ("meta", "sentiment"):
            found.append((0.35, strip_spoken(expand(told[1]), form)))
    return found


def title_parts(text: str) -> list[str]:
    """What a title claims: what stands in quotation marks in it, and what stands after a name and a colon."""
    parts = [next(filter(None, found.groups())) for found in _QUOTED.finditer(text)]
    rest = _QUOTED.sub(" ", text)
    pieces = [
        re.sub(r"(?i)^my (?:take|thoughts|view|notes) on ", "", part.strip())
        for part in re.split(r"\s[-–—|]\s|:\s", rest)
    ]
    parts += [part for part in pieces if len(part.split()) > 1 and (part[:1].isupper() or len(pieces) == 2)]
    return [part for part in parts if not re.search(r"@\w|https?:", part)]


def _asked(evidence: Evidence) -> list[tuple[float, str]]:
    """Questions of the source that can stand alone: short, no "you", nothing pointed at."""
    found: list[tuple[float, str]] = []
    form = spoken("en")
    paid = adverts(evidence)
    middle = sorted(evidence.scores)[len(evidence.scores) // 2] if evidence.scores else 0.0
    for index, sentence in enumerate(evidence.sentences):
        text = sentence.text.strip()
        if index in paid or re.search(r", [A-Z][a-z]+\W*$|\b(?:last|this) (?:week|year|time|episode)\b", text):
            continue
        if not text.endswith("?") or sentence.role in ("meta", "sentiment"):
            continue
        bare = strip_spoken(text, form).rstrip("? ")
        bare = expand(bare)
        if not re.match(
            r"(?i)(?:what|why|how|where|when|who|which|is|are|can|will|should|does|do|could|has|have)\b", bare
        ):
            continue
        if re.search(
            r"(?i)\b(?:you|your|we|us|our|i|me|my|this|that|these|those|it|he|she|they|them|here|there|"
            r"his|her|their|"
            r"right)\b",
            bare,
        ):
            continue
        if re.match(r"(?i)what about\b", bare) or re.search(r"(?i)(?<!look )(?<!looks )(?<!feel )\blike\b", bare):
            continue
        if evidence.scores and evidence.scores[index] < middle:
            continue  # an aside
        if re.match(r"(?i)(?:have|has|do) (?:an?|the|no|some|any)\b", bare):
            continue  # an order, or half a question
        if re.search(r"(?i)\b[a-z]+[^s\W]s has\b|^what is the (?:[\w-]+ ){1,3}[a-z]+[^s\W]s\b", bare):
            continue
        if 4 <= len(bare.split()) <= 13:
            found.append((0.0, bare))
    return found


def _appeal(text: str, subject: frozenset[str]) -> float:
    own = terms(text, "en", frozenset())
    size = len(text.split())
    value = 0.5 if own & subject else 0.0
    value += 0.25 if len(own & subject) > 1 else 0.0
    value += 0.3 if 4 <= size <= 9 else -0.06 * max(0, size - 9)
    value -= 1.0 if len(text) > _LONGEST else 0.0
    value -= 0.8 if re.match(r"(?i)what (?:is|are) (?:(?:the|an?) )?(?:[\w’'-]+ ){0,2}[\w’'-]+$", text) else 0.0
    value -= 0.8 if re.search(r"\b\d{3,}$", text) else 0.0
    value -= 0.6 if _FURNITURE.search(text) else 0.0
    value -= 0.12 * len(
        re.findall(r"(?i)\b(?:thing|things|something|stuff|one|lot|way|kind|we|us|our|you|your|it|they)\b", text)
    )
    return value


# "What walls know" asks in a headline, though it does not change places.
_ASKS = re.compile(r"(?i)(?:what|how|why|when|where|who|which) ")


def _best(scored: list[tuple[float, Headline]]) -> list[Headline]:
    scored.sort(key=lambda item: (-round(item[0], 6), item[1]))
    return list(dict.fromkeys(head for score, head in scored if score > 0.35 and len(head.text) <= _LONGEST))


def _frames(
    kind: str, evidence: Evidence, subjects: Sequence[str], words: Phrases, *, points: int = 0, people: str = ""
) -> list[Headline]:
    """Every frame of a kind around the subject; which comes first is given by the subject, so that posts differ."""
    topic = subjects[0] if subjects else _title(evidence)
    topic = topic or (evidence.hashtags[0].lstrip("#") if evidence.hashtags else "")
    asking = kind == "question"
    if re.match(r"(?i)(?:what|how|why|when|where|who) ", topic):
        return [Headline(title(topic[:1].upper() + topic[1:]), asking)]  # a title that asks already needs no frame
    second = next((other for other in subjects[1:2]), "")
    both = words.join((topic, second)) if second else topic
    frames = words.all(kind)
    first = zlib.crc32(topic.encode()) % len(frames)
    frames = frames[first:] + frames[:first]
    if people:
        many = " and " in people
        frames = (words["asked_many" if many else "asked_one"], *frames)
    heads: list[Headline] = []
    for frame in frames:
        if "{people}" in frame and len(frame) + len(both) + len(people) > _LONGEST + 10:
            continue
        if "{n}" in frame and points < 2:
            frame = "{topic}" if frame.startswith("{topic}") else frame.replace("{n} ", "")
        text = frame.format(
            topic=both[:1].upper() + both[1:] if frame.startswith("{topic}") else both, n=points, people="\0"
        )
        heads.append(Headline(title(text).replace("\0", people), asking))
    return heads


def _title(evidence: Evidence) -> str:
    return next((source.title for source in evidence.sources if source.title), "")[:60]
