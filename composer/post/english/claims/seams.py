"""English only: one sentence that a recogniser closed in the middle: "I guess the pier would be. A good deal safer if".

Only what cannot end there is put together: a sentence whose last word waits for another, a condition without its
main clause, and a question with the phrase that answers it.

The words stay as they were said, in their order; only the full stop between them goes.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from composer.evidence.model import Evidence, Point, Sentence
from composer.post.english.claims.room import as_point
from composer.post.english.sentences.clauses import verbs
from composer.post.english.sentences.retold import expand

LONGEST = 42
"""Words of both halves together; more is a speech."""
# No sentence ends on these; "to", "with", "that" and their like may ("what we talk about", "I know that").
_WAITS = re.compile(
    r"(?i)(?:\b(?:would|will|can|could|should|might|must|may) be|\b(?:the|an?|my|your|our|their|its|and|or|"
    r"because|when|while|than|whose|very|every)|"
    r"\b(?:is|are|was|were) (?:a|the|not|really|very|also|just|probably))[.,…]*$"
)
_CLAUSE = re.compile(
    r"(?i)(?:(?:and|but|so|then|like|because),? )*(?:even )?(?:if|when|whenever|once|unless|while|as long as|"
    r"as soon as) (?:you|we|they|i|he|she|it|there|people|somebody|someone|everyone|the|an?|your|our|my)\b[^,]*$"
)
_MAIN = re.compile(r"(?i)(?:then|i|you|we|they|he|she|it|there|that['’]s|the|a|an|your|our|my|people|nobody) ")
_WHO = re.compile(r"(?i)\b(?:you|we|they|i|he|she|it|there|who|that|which)\b")
_NEW = re.compile(r"(?i)(?:yeah|yes|no|oh|okay|right|wow|exactly|well|thank|um|uh|hey)\b")


def seams(evidence: Evidence) -> Iterator[Point]:
    """Points of two sentences of one voice that are one. `sentence` is the second's, `segments` are those of both."""
    rows = evidence.sentences
    for index, (one, two) in enumerate(pairwise(rows)):
        if one.role != "speech" or two.role != "speech" or one.source != two.source or one.speaker != two.speaker:
            continue
        joined = _joined(one, two)
        if joined is not None:
            text, raw = joined
            yield replace(
                as_point(two, index + 1),
                text=text,
                raw=raw,
                segments=tuple(sorted({*one.segments, *two.segments})),
                start=one.start,
            )


# "What was the trouble with the net? Wet rope and a short mast."
_ASKED = re.compile(
    r"(?i)(?:(?:and|but|so|now|well),? )*what(?:['’]s| (?P<be>is|was|are|were)) (?P<what>(?:the|our|"
    r"your) [\w ’'-]{4,70}?)\?$"
)
ANSWER = 28
"""Words of a phrase that answers a question at most."""


def _answered(one: Sentence, two: Sentence) -> tuple[str, str] | None:
    """What is asked for with the phrase that names it: "The trouble with the net was wet rope"."""
    found = _ASKED.match(one.text.strip()) if one.text.rstrip().endswith("?") else None
    if found is None:
        return None
    phrase = two.text.strip().rstrip(".!")
    if len(phrase.split()) > ANSWER:
        phrase = re.split(r", | -- | — | – |; ", phrase)[0]
    head = re.split(r",| -- | — | – |;", phrase)[0]
    plain = re.match(r"(?:[A-Z][\w’'-]+|[Tt]he|[Aa]n?) ", phrase) and not re.match(
        r"(?i)(?:well|it|that|this|i|yes|no|not|so|because|to|when|if|there)\b", phrase
    )
    if not plain or "?" in phrase or not 2 <= len(phrase.split()) <= ANSWER or verbs(f"It {expand(head)}"):
        return None
    if re.search(r"(?i)\b(?:first|next|last|question|answer|name|title|date|time)\b", found["what"]):
        return None  # asked of the talk itself
    own = phrase if re.match(r"\w*[A-Z]\w*[A-Z]|[A-Z][\w’'-]+ [A-Z]", phrase) else phrase[:1].lower() + phrase[1:]
    what = found["what"]
    return f"{what[:1].upper()}{what[1:]} {found['be'] or 'is'} {own}.", f"{one.raw} {two.raw}"


def _joined(one: Sentence, two: Sentence) -> tuple[str, str] | None:
    if answered := _answered(one, two):
        return answered
    if "?" in one.text or "?" in two.text or len(one.text.split()) + len(two.text.split()) > LONGEST:
        return None
    head = one.text.rstrip(" .,…")
    waits = bool(_WAITS.search(one.text.rstrip()))
    clause = bool(_CLAUSE.fullmatch(head)) and verbs(f"It {expand(head)}") < 3 and bool(_MAIN.match(two.text))
    clause = clause and len(_WHO.findall(head)) < 2
    if not (waits or clause) or _NEW.match(two.raw):
        return None
    tail = two.raw if waits and re.match(r"(?i)so (?:much|many)\b", two.raw) else two.text
    tail = tail if re.match(r"I\b|[A-Z][\w'’]*[A-Z]", tail) else tail[:1].lower() + tail[1:]
    return f"{head}{' ' if waits else ', '}{tail}", f"{one.raw} {two.raw}"
