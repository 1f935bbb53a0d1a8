"""What is quoted: the words of somebody in a conversation or a thin talk, and of a source that can only be quoted."""

import re

from composer.evidence.model import Point
from composer.post.english.claims.quoting import paired, quotable, telling
from composer.post.english.claims.room import Claim, Room, asked
from composer.post.english.claims.worth import turns, worth
from composer.post.english.sentences.retold import expand
from composer.post.english.sentences.spoken import count_words
from composer.post.english.sentences.standing import scraps, strangeness
from composer.post.focus import nearness, terms
from composer.post.grounding.quotations.quotes import look_up, running
from composer.post.lexis import rows as listed
from composer.post.lexis import word_list
from composer.post.model import Trace
from composer.post.phrases import phrases
from composer.post.voice import nobody

GOOD, PLAIN, BARELY = 0.3, -0.1, -0.5
"""What a quotation scores that may stand anywhere, one where nothing better is said, and one where nothing else is."""
QUOTES = 14
"""Sentences of a conversation that are offered as quotations at most."""


_ORDER = re.compile(r"(?i)\b(?:chair|chairman|chairwoman|chairperson|moderator|operator|clerk|presiding|president)\b")
_SOMEBODY = re.compile(r"(?:er|or|ant|ist|chair|host|guest|student|analyst|president)$")
LOW = 0.5
"""The share of a source that is ranked below a stretch too far from the subject for a quotation."""
HEART = 0.7
"""The share above which a stretch of a conversation is what it is about: there any whole thought is worth quoting."""
THIN = 8
"""Different claims of a talk below which its speaker is quoted as well."""
BESIDE = 0.1
"""How near the subject a quotation is at least that is not beside it."""
FEW = 3
"""Short cues of a source below which its whole sentences are quoted."""
SHORT = 10
"""Words below which a quotation of a conversation needs two turns: "You have to try some things" says little."""


def in_quotes(broken: list[tuple[Point, float]], room: Room, *, thin: bool = False, least: float = GOOD) -> list[Claim]:
    """What somebody in a conversation, or in a `thin` talk, says, whole and with a turn, in the speaker's own words.

    `least` is what a quotation must score; a source that has little to offer takes those that are only whole.
    """
    found: list[Claim] = []
    words = phrases(room.language)
    labelled = [bool(source.speakers) for source in room.evidence.sources]
    for point, rank in broken:
        people = room.people[point.source]
        several = people.several
        owned = bool(point.speaker) or not labelled[point.source] if several else thin and not asked(point, room)
        if point.role != "speech" or not owned:
            continue  # a quotation needs its owner
        if point.speaker and _ORDER.search(point.speaker):
            continue  # who gives the floor speaks of the meeting
        zone = room.zone[point.sentence]
        if zone < LOW:
            continue
        frank = several and not labelled[point.source]
        heart = frank and zone >= HEART
        text = next(quotable(point.text, frank=frank), "")
        if (
            not text
            or listed("housekeeping").search(expand(text))
            or not (telling(text) or heart or least < GOOD or (several and rank > 0.6))
            or scraps(text, room.count)
            or room.checked(point)
        ):
            continue
        segments = point.segments
        after = room.after(point)
        if after is not None and (both := paired(text, point.text, after.text)):
            text, segments = both, tuple(sorted({*segments, *after.segments}))
        elif room.goes_on(point, text):
            continue
        own = terms(text, room.language, room.stop)
        near = nearness(own, room.focus)
        if near < 0.15 and rank < 0.75 and not heart:
            continue
        unnamed = several and (not point.speaker or nobody(point.speaker))
        who = "" if unnamed else people.of(point.speaker)
        who = "" if who == words.get("one_of_them", "") else who
        if who.lower() in word_list("voice_roles"):  # "Chair" is somebody, "Marketing" is not
            who = f"the {who.lower()}" if _SOMEBODY.search(who.lower()) else ""
        bare = expand(text)
        score = worth(bare) + 0.45 * rank + 0.5 * near - strangeness(bare, room.focus, room.count)
        score -= 0.2 if room.taken_back(point) else 0.0
        score -= 0.25 if several and room.answers(point) else 0.0
        score -= 0.3 if frank and near < BESIDE else 0.0
        score -= 0.2 if several and len(text.split()) < SHORT and turns(bare) < 2 else 0.0
        score -= 0.12 if len(text.split()) < 0.6 * len(point.text.split()) else 0.0  # what stood around it is lost
        score += (0.8 if frank else 0.2) * (zone - 0.5) + (0.3 * rank if heart else 0.0)
        # Of several voices without names nobody knows whose words these are: they stand for the conversation.
        quoted = f"{words['open_quote']}{text}{words['close_quote']}"
        quoted = f"{quoted}, says {who}." if who else f"{quoted[:-1]}.{words['close_quote']}"
        at = (point.source, point.sentence)
        trace = Trace(point.source, segments, point.start)
        share = point.sentence / max(1, len(room.evidence.sentences))
        found.append(
            Claim(
                quoted, trace, score, at, point.chapter, point.role, point.speaker, point.keyphrase, own,
                named=True, share=share, near=near,
            )
        )  # fmt: skip
    found.sort(key=lambda claim: (-round(claim.score, 6), claim.at))
    return [claim for claim in found if claim.score >= least and _stands_there(claim, room)][:QUOTES]


def _stands_there(claim: Claim, room: Room) -> bool:
    """Whether the words of a quotation stand in its sentence in this order: cleaning may have joined two."""
    index = claim.at[1]
    rows = [(said.raw, said.speaker) for said in room.evidence.sentences[max(0, index - 2) : index + 2]]
    found = look_up(claim.text[1 : claim.text.rindex("”")], running(rows, room.language))
    return found is not None and not found.negated


def spoken_words(room: Room) -> list[Claim]:
    """Where no sentence of a source can be told, its own words, quoted: cues of five to twenty words, as they stand."""
    evidence, language = room.evidence, room.language
    words = phrases(language)
    found: list[Claim] = []
    for source, transcript in enumerate(evidence.sources):
        if (
            transcript.kind not in ("talk", "conversation")
            or sum(len(s.text.split()) for s in transcript.segments) < 100
        ):
            continue
        for number, segment in enumerate(transcript.segments):
            text = segment.text.strip(" ,;.…")
            own = terms(text, language, room.stop)
            if segment.role != "speech" or "?" in text or not 5 <= count_words(text, language) <= 20 or len(own) < 3:
                continue
            if language == "en" and _between(text):
                continue
            quoted = f"{words['open_quote']}{text}{words['close_quote']}"
            near = nearness(own, room.focus)
            found.append(
                Claim(
                    quoted,
                    Trace(source, (number,), segment.start),
                    near + 0.02 * len(own),
                    (source, number),
                    None,
                    "speech",
                    segment.speaker,
                    "",
                    own,
                    share=number / len(transcript.segments),
                    near=near,
                )
            )
    if len(found) < FEW and language == "en":
        found = _sentences(room) or found
    found.sort(key=lambda claim: (-round(claim.score, 6), claim.at, claim.text))
    return list({claim.text: claim for claim in reversed(found)}.values())[::-1]


# Thanks, greetings and the handing on of the word.
_COURTESY = re.compile(
    r"(?i)\b(?:thank(?:s| you)|welcome|"
    r"I (?:seem|wish|hope|guess|feel)|my last|your host|my name|hello|hand (?:it )?over|"
    r"lovely to (?:have|see)|nice to|good to see|"
    r"see you|bye|subscribe|this episode|the podcast|links?|show notes|laugh\w*|exactly|honestly|"
    r"(?:I|we|you) (?:am|are|was|were) (?:\w+ )?\w+ing)\b"
)


def _between(text: str) -> bool:
    """Whether words only open, hand on or close a conversation, or keep house in it."""
    bare = expand(text)
    return bool(_COURTESY.search(bare) or listed("housekeeping").search(bare) or listed("addressed").search(bare))


def _sentences(room: Room) -> list[Claim]:
    """Whole sentences of a source as they stand, quoted with who says them: where no cue of it is short enough."""
    evidence, words = room.evidence, phrases("en")
    found: list[Claim] = []
    for index, said in enumerate(evidence.sentences):
        text = said.text.strip(" ,;.…")
        own = terms(text, "en", room.stop)
        size = len(text.split())
        if (
            said.role != "speech"
            or re.search(r"[?\"“”]", text)
            or not 8 <= size <= 26
            or len(own) < 3
            or _between(text)
        ):
            continue
        if re.match(r"(?i)(?:and|but|so|or|well|yeah|because|it|this|that|he|she|they)\b", text) or index in room.paid:
            continue
        near = nearness(own, room.focus)
        who = room.people[said.source].of(said.speaker) if said.speaker and not nobody(said.speaker) else ""
        quoted = f"{words['open_quote']}{text}{words['close_quote']}" + (f", says {who}." if who else "")
        trace = Trace(said.source, said.segments, said.start)
        share = index / max(1, len(evidence.sentences))
        score = near + 0.02 * len(own) + 0.2 * turns(text)
        found.append(
            Claim(
                quoted, trace, score, (said.source, index), said.chapter, "speech", said.speaker, "", own,
                named=True, share=share, near=near,
            )
        )  # fmt: skip
    found = [claim for claim in found if claim.near >= BESIDE] or found
    others = [claim for claim in found if not re.search(r"\b(?:I|[Mm]y|me|[Ww]e|our)\b", claim.text)]
    return others if len(others) >= FEW else found  # who introduces himself says nothing of the subject
