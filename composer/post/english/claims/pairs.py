"""English only: a claim with the sentence that goes on from it: its reason, its figure, what follows, its other half.

Whoever reads a post asks "why?" and "how much?" at once. Where the same voice answers in the very next sentence, the
two make one point, as long as both together are short.
"""

import re
from dataclasses import replace

from composer.evidence.model import Sentence
from composer.post.english.claims.room import Claim, Room, as_point
from composer.post.english.claims.worth import turns, worth
from composer.post.english.sentences.sieve import sound
from composer.post.english.sentences.spoken import spoken
from composer.post.english.sentences.telling import MOST_WORDS, follow
from composer.post.focus import terms
from composer.post.model import Trace

LONGEST_FIRST, LEAST_TOGETHER = 24, 11
"""Words of the first of two sentences at most, and of both at least."""
# What is nothing without the sentence before it.
_HALF = re.compile(
    r"(?:(?:And|But|So),? )?(?:[Tt]he (?:rest|others?)|[Oo]therwise|[Ii]f not|[Ii]nstead|[Tt]hat way|[Tt]hen)\b"
)
_POINTS_BACK = re.compile(
    r"(?:(?:And|But|So|Also|Plus),? )?(?:It|They|This|That|These|Those|He|She|Because|Which means|it|they|this|that|"
    r"these|those|he|she|because|which means)\b(?!['’]s (?:it|all)\b)"
)
# Why, what follows, and how it is in fact.
_REASON = re.compile(
    r"(?i)(?:and |but |so )?(?:because\b|(?:that['’]s|that is|this is|it['’]s|it is) (?:because|why|how)\b|"
    r"(?:that|this|"
    r"which) means\b|(?:in fact|as a result|therefore|that way|for that reason)\b,? \w)"
)
_SO = re.compile(r"(?i)(?:and )?so,? (?!(?:I|we|you|let|now|what|how|why|the question|that|this|it)\b)\w")
_FIGURE = re.compile(
    r"(?i)\d|\b(?:half|twice|three times|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty|forty|fifty|"
    r"hundreds?|thousands?|millions?|billions?|per ?cent|thirds?|quarters?)\b"
)
# "This is the harbour", "These are old": shown to those present.
_SHOWN = re.compile(
    r"(?i)(?:(?:and|but|so|also|plus),? )?(?:this|that|these|those) (?:is|are|was|were)\b(?! (?:why|how|what|because))"
)
_LOOSE = re.compile(r"(?i)\b(?:I|me|my|myself|we|us|our)\b")
_THE = re.compile(
    r"(?:(?:And|But|So|Now),? )?(?:the|this|that|these|those|such|an?|our|your|its|their)? ?"
    r"(?P<noun>[\w’'-]+(?: [\w’'-]+){0,2}?) (?:is|are|was|were|has|have|had|will|would|can|could|does|do|did|"
    r"must|should|may|might|\w+(?:s|ed))\b",
    re.IGNORECASE,
)


def followed(claim: Claim, room: Room) -> Claim | None:
    """A short English claim with the sentence after it, where that one speaks on of the same; else None."""
    source, index = claim.at
    evidence, people = room.evidence, room.people[source]
    if claim.label or index + 1 >= len(evidence.sentences) or len(claim.text.split()) > LONGEST_FIRST:
        return None
    own, after = evidence.sentences[index], evidence.sentences[index + 1]
    if after.source != source or after.speaker != own.speaker or after.role != own.role:
        return None
    if not _ends_with(claim.text, own, room):
        return None
    gain = _gain(claim, after, room)
    if gain is None or claim.text.count(".") > 1 or claim.text.startswith("“"):
        return None
    said = re.sub(r"(?i),? (?:either|too|as well)(?=[.!]?$)", "", after.text)
    told = follow(said, as_point(after, index + 1), evidence, people, spoken(room.language))
    if told is None:
        return None
    if not terms(told, room.language, room.stop) - claim.terms:
        return None  # it only says so again
    told = _handed_on(claim.text, told)
    because = re.match(r"(?i)because ", told)
    text = f"{claim.text.rstrip('.')}, {told[0].lower()}{told[1:]}" if because else f"{claim.text} {told}"
    if not LEAST_TOGETHER <= len(text.split()) <= MOST_WORDS:
        return None
    begun = claim.role == "speech" and room.goes_on(as_point(own, index), claim.text)
    gain = 0.36 if begun else gain + (0.06 if because or _FIGURE.search(told) or worth(told) > 0 else -0.1)
    several = people.several
    return replace(
        claim,
        text=text,
        sure=(claim.sure or begun)
        and (claim.role != "speech" or sound(text, several=several, typed=people.typed and not several)),
        score=claim.score + gain,
        terms=terms(text, room.language, room.stop),
        trace=Trace(source, tuple(sorted({*claim.trace.segments, *after.segments})), claim.trace.start),
    )


def _ends_with(text: str, own: Sentence, room: Room) -> bool:
    """Whether what is told ends with the sentence that the next one follows: of two neighbours the second may have been
    left out, and "it" would be something of the first."""
    last = terms(re.split(r"(?<=[a-z0-9][.!?]) ", text)[-1], room.language, room.stop)
    return len(last & terms(own.text, room.language, room.stop)) * 2 >= len(last)


def _gain(claim: Claim, after: Sentence, room: Room) -> float | None:
    """What a claim gains by its next sentence; None where that one speaks of something else."""
    text = after.text
    if "?" in text or room.asking & {claim.at[1] + 1}:
        return None
    people = room.people[after.source]
    if room.turned(as_point(room.evidence.sentences[claim.at[1]], claim.at[1])):
        return 0.1  # only together do the two say what is meant
    if _REASON.match(text) or (people.typed and _SO.match(text)):
        return 0.16
    if _HALF.match(text):
        return 0.14
    first = terms(claim.text, room.language, room.stop)
    shared = first & terms(text, room.language, room.stop)
    if _POINTS_BACK.match(text):
        return 0.1 if _FIGURE.search(text) else 0.02 if turns(text) and not _SHOWN.match(text) else None
    if claim.role != "speech" or _LOOSE.search(text):
        return None
    subject = _THE.match(text)
    if subject and terms(subject["noun"], room.language, room.stop) & first:
        return 0.08 if _FIGURE.search(text) else 0.0
    return 0.06 if len(shared) > 1 and _FIGURE.search(text) else None


def _handed_on(first: str, told: str) -> str:
    """The second sentence with the group or the speaker of the first as "they": nobody writes a name twice."""
    for who in ("The team ",):
        if first.startswith(who) and told.startswith(who):
            return re.sub(r"^They (was|is|has)\b", _plural, f"They {told[len(who) :]}")
    return told


def _plural(found: re.Match[str]) -> str:
    return "They " + {"was": "were", "is": "are", "has": "have"}[found[1]]
