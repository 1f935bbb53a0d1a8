"""English only: what a speaker argues, and what only leads to it.

A speaker says "the point is", answers a question just put, sums up. An example, a step of a story, a joke and a word
to the audience stand around that: a reader who was not there can do without them.
"""

import re

from composer.evidence.model import Point
from composer.post.english.claims.room import Room
from composer.post.english.sentences.adrift import named_doing

# What says of itself that it counts.
_MARKED = re.compile(
    r"(?i)\b(?:the|my|our|your|one|another) (?:(?:main|real|key|whole|big|biggest|central|first|second|third|most|"
    r"important|only|other|great|simple|basic|fundamental|underlying|hard|critical) )*(?:point|lesson|problem|truth|"
    r"reality|key|goal|idea|difference|challenge|takeaway|message|result|solution|reason|conclusion|finding|mistake|"
    r"principle|upshot|bottom line|trick|secret|advice|question|issue|risk|danger|opportunity)s?\b[^.,;]{0,60}? "
    r"(?:is|was|are|were)\b|"
    r"\bwhat (?:really |actually )?(?:matters|counts|works|changed|happened|is important|we (?:need|found|learned))\b|"
    r"\bwe (?:have )?(?:found|discovered|learned|learnt|decided|agreed|concluded|showed|proved|demonstrated)\b|"
    r"\b(?:that|this|which) means\b|\bthat['’]?s why\b|\bthat is why\b|\bit turns out\b|\bmost importantly\b|"
    r"\bin (?:short|the end|other words|summary|conclusion)\b|\bto sum up\b|\bultimately\b|\bafter all\b|"
    r"\b(?:I|we) (?:really |firmly |strongly )?(?:believe|argue|contend|insist|propose|recommend|conclude|urge)\b|"
    r"\bmust\b|\bthe (?:more|less) \w+.*\bthe (?:more|less|better|worse)\b"
)
# An example, and what is only supposed.
_EXAMPLE = re.compile(
    r"(?i)(?:(?:so|and|but|now|well),? )*(?:for example|for instance|e\.g|as an example|an example|one example|"
    r"another example|imagine|suppose|let['’]s (?:say|take|suppose|imagine)|let us (?:say|take|suppose)|say you|"
    r"(?:you )?take (?:the|a|an|for|(?-i:[A-Z]))|picture|think of|if you take|consider|you might say|"
    r"a friend of mine|one day|once upon|"
    r"the other day|I remember|I was (?:once|in|at|on)|there was (?:a|this|one) (?:man|woman|guy|girl|boy|kid|time))\b"
)
# Laughter stands behind a joke, mostly behind its last words.
_LAUGHED = re.compile(r"(?i)[(\[](?:\w+ )?(?:laugh(?:s|ter|ing)?|chuckles?|audience laugh\w*)[)\].]")
# Praise that nobody means: "do us such tremendous favours", "the whole wide world", "what a surprise".
_IRONY = re.compile(
    r"(?i)\bsuch (?:an? )?(?:tremendous|great|wonderful|lovely|enormous|huge|kind|generous|brilliant|splendid) "
    r"(?:favou?rs?|honou?rs?|services?|gifts?|kindness)\b|\bhappily ever after\b|"
    r"\bwhat a (?:surprise|coincidence|shock|relief)\b|\bas luck would have it\b|"
    r"\b(?:geniuses|wise men|experts) (?:in|of|at) (?:the )?(?:washington|brussels|hollywood|wall street)\b|"
    r"\bhow (?:nice|lovely|wonderful|convenient|kind)\b|\bof course they did\b|\bGod forbid\b|\bsurely nothing\b"
)
_TAKEN_BACK = re.compile(
    r"(?i)(?:(?:and|but|well|so),? )*(?:not really|just kidding|only kidding|i['’]m (?:just )?(?:kidding|joking)|"
    r"of course (?:not|that|it|they|this)|that (?:did|does|was|is)(?: not|n['’]t) (?:quite |exactly |really |how )|"
    r"(?:except|only) (?:that |it |they |there )|needless to say|surprise|or so (?:we|they|I) thought|"
    r"(?:and )?none of (?:that|this|it)|nothing of the (?:sort|kind))\b"
)


def argued(point: Point, text: str, room: Room) -> float:
    """What the place of a sentence in its talk says for it, about -0.4 to 0.2. `text` is the sentence as it is told."""
    rows, at = room.evidence.sentences, point.sentence
    if not 0 <= at < len(rows):
        return 0.0
    own, source = rows[at], rows[at].source
    before = rows[at - 1] if at and rows[at - 1].source == source else None
    value = 0.0
    if _MARKED.search(own.text) or (before is not None and _LEADS.search(before.text)):
        value += 0.12
    if before is not None and before.text.rstrip().endswith("?") and before.speaker == own.speaker and own.speaker:
        value += 0.04
    if _EXAMPLE.match(own.text):
        value -= 0.15
    elif any(_EXAMPLE.match(row.text) for row in rows[max(0, at - 2) : at] if row.source == source):
        value -= 0.1
    if not room.people[source].several and named_doing(text) and not _known(text, room, source):
        value -= 0.25  # somebody who stands for many
    if laughed(point, room):
        value -= 0.2
    if ironic(point, text, room):
        value -= 0.4
    return value


# "Here is what we learned:", "This is the point.": the next sentence is what was announced.
_LEADS = re.compile(
    r"(?i)\b(?:here(?:['’]s| is) (?:the|my|our|what)|this is (?:the|my) (?:point|key|lesson|problem|thing|truth|news)|"
    r"that['’]?s (?:the|my) (?:point|problem|truth|lesson|key)|so here['’]s)\b[^?]*[.:]$"
)


def _known(text: str, room: Room, source: int) -> bool:
    """Whether a sentence begins with the name of who speaks."""
    people = room.people[source]
    first = text.split()[0].rstrip("’s'")
    return any(first in (name or "") for name in (people.full, people.short, people.about, people.author))


def laughed(point: Point, room: Room) -> bool:
    """Whether an audience laughs right behind a sentence."""
    rows = room.evidence.sentences
    following = rows[point.sentence + 1].raw if 0 <= point.sentence < len(rows) - 1 else ""
    return bool(_LAUGHED.search(point.raw) or re.match(r"(?i)[(\[]?(?:laughs|laughter)[.)\]]", following))


def ironic(point: Point, text: str, room: Room) -> bool:
    """Whether a sentence says what its speaker does not mean: praise too high, or what the next sentence takes back."""
    rows = room.evidence.sentences
    after = rows[point.sentence + 1 : point.sentence + 2] if point.sentence >= 0 else ()
    return bool(_IRONY.search(text)) or any(_TAKEN_BACK.match(row.text) for row in after)
