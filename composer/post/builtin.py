"""The writer that needs no model: a post out of the source's own best sentences."""

import re
from collections.abc import Iterator
from dataclasses import replace

from composer.errors import WriterError
from composer.evidence.model import Evidence
from composer.post.emojis import emojis, fitting
from composer.post.english.claims.ranking import Claim, alike, claims
from composer.post.english.claims.views import written
from composer.post.english.claims.worth import turns
from composer.post.english.desk import (
    Desk,
    announcing,
    desk_of,
    facts,
    grouped,
    headed,
    owned,
    raised,
    self_told,
    situation,
)
from composer.post.english.fit import fitted
from composer.post.english.headlines.headline import Headline
from composer.post.english.headlines.put import striking
from composer.post.english.sentences.sieve import unmoored
from composer.post.english.sentences.standing import idle
from composer.post.english.sentences.telling import lower_first
from composer.post.english.tags import tags
from composer.post.english.words.kinds import EMPTY
from composer.post.focus import terms
from composer.post.model import (
    BUILTIN_HONOURS,
    Brief,
    Finished,
    Partial,
    Post,
    Reading,
    Trace,
    WriterEvent,
)
from composer.post.phrases import phrases
from composer.post.tongues import writer as tongue_writer

NEAR = 0.25
"""How near the subject a claim of a conversation must be to close a post."""
MANY, LOOSE, AT_IT = 10, 0.45, 0.4
"""Claims of a source of which one more may stand in the opening, what that one scores at least, and how near to the
subject it is."""
ENOUGH_POINTS, LONG_SOURCE = 4, 60
"""Points below which a post of a source of so many sentences says why it is short."""


class BuiltinWriter:
    """Builds a post from the evidence: selects, tells speech as writing, labels, lays in sections. Deterministic.

    A variant above 0 puts other points first, and takes the next headline and phrases. Tone, audience and another
    language than the source's need a model.
    """

    name = "builtin"
    honours = BUILTIN_HONOURS

    def write(self, evidence: Evidence, brief: Brief, variant: int = 0) -> Iterator[WriterEvent]:
        """Yield progress, the post as it grows, then `Finished`. Raises WriterError where nothing can be said."""
        if phrases(evidence.language).language != "en":
            yield from tongue_writer.write(evidence, brief, variant)
            return
        total = sum(len(sentence.text.split()) for sentence in evidence.sentences)
        yield Reading(0, total)
        desk = desk_of(evidence, brief, variant)
        found = claims(evidence, desk.words.language)
        yield Reading(total, total)
        chosen, closing, lead = select(found, desk)
        if not chosen:
            raise WriterError(
                "This source holds no sentence that can stand alone in a post.",
                safe="The transcript is kept.",
                do="Choose a longer source, or write with a model.",
            )
        desk = headed(desk, found, chosen, [*closing, *([lead] if lead else [])])
        assert desk.head is not None
        if lead is not None and lead.at == desk.head.at:
            taken = [*chosen, *closing]
            lead = _lead([c for c in found if c.at != lead.at and not any(alike(c, one) for one in taken)], desk)
        post = _head(desk, desk.head, chosen, lead)
        yield Partial(replace(post, sections=()))
        post = replace(post, sections=grouped(desk, chosen))
        if _replied(desk, chosen):
            post = replace(post, announcing=post.announcing + desk.words["replied"])
        yield Partial(post)
        post = fitted(_close(desk, post, closing), desk, chosen)
        if len(post.points) < ENOUGH_POINTS and len(evidence.sentences) > LONG_SOURCE:
            post = replace(post, notices=(*post.notices, desk.words["thin"].format(n=len(post.points))))
        yield Finished(post, variant)


def select(found: list[Claim], desk: Desk) -> tuple[list[Claim], list[Claim], Claim | None]:
    """The points of this variant and its closing claims, in source order, and the claim of the opening.

    What earlier variants used ranks lower.
    """
    used: dict[tuple[tuple[int, int], str], int] = {}
    chosen: list[Claim] = []
    closing: list[Claim] = []
    lead: Claim | None = None
    for _ in range(desk.variant + 1):
        pool = [replace(claim, score=claim.score - 0.45 * used.get((claim.at, claim.text), 0)) for claim in found]
        pool.sort(key=lambda claim: (-round(claim.score, 6), claim.at, claim.text))
        lead = _lead(pool, desk) or _loose_lead(pool) if desk.form.opening else None
        left = [claim for claim in pool if lead is None or not alike(claim, lead)]
        closing = _closing(left, desk)
        if len(_points(left, closing, desk)) < 4:
            closing = []  # four points come before a conclusion
        chosen = _points(left, closing, desk)
        for claim in [*chosen, *closing, *([lead] if lead else [])]:
            used[(claim.at, claim.text)] = used.get((claim.at, claim.text), 0) + 1
    # "They also say" follows what they say.
    chosen.sort(key=lambda claim: (claim.at, " also " in claim.text, claim.text))
    return chosen, closing, lead


def _points(pool: list[Claim], closing: list[Claim], desk: Desk) -> list[Claim]:
    fewest, most = desk.form.points[desk.brief.length]
    chosen: list[Claim] = []
    chapters: dict[tuple[int, int | None], int] = {}
    named = quoted = 0
    remarks: dict[str | None, int] = {}
    left = [claim for claim in pool if not any(claim.text == other.text or alike(claim, other) for other in closing)]
    # A post of three good points is better than one of six with a bad one.
    floor = 0.1
    fewest = min(fewest, 3)
    while left and len(chosen) < most:
        best = max(
            left,
            key=lambda claim: (
                round(
                    claim.score
                    - 0.07 * chapters.get((claim.at[0], claim.chapter), 0)
                    - (0.05 * named if claim.named else 0),
                    6,
                ),
                [-part for part in claim.at],
            ),
        )
        least = floor if len(chosen) >= 5 else floor - (0.05 if desk.people.kind == "conversation" else 0.2)
        if best.role in ("summary", "post"):
            least -= 0.3  # written text stands as it is
        if best.score < least and len(chosen) >= fewest:
            break
        chosen.append(best)
        chapters[(best.at[0], best.chapter)] = chapters.get((best.at[0], best.chapter), 0) + 1
        named += best.named
        quoted += best.text.startswith("“")
        if best.role == "comment":
            remarks[best.speaker] = remarks.get(best.speaker, 0) + 1
        left = [
            claim
            for claim in left
            if claim is not best
            and not alike(claim, best)
            and (claim.at != best.at or claim.text[:24] != best.text[:24])
            and not (claim.role == "comment" and remarks.get(claim.speaker, 0) >= 2)
            and not (claim.text.startswith("“") and quoted * 2 >= most)
        ]
    return chosen


def _closing(pool: list[Claim], desk: Desk) -> list[Claim]:
    """Claims from the last part of the source that look ahead or sum up; at most as many as the shape closes with."""
    if len(pool) < 5:
        return []

    def fits(claim: Claim) -> float:
        value = claim.score + 0.5 * claim.share
        if re.search(
            r"(?i)\b(?:will|future|should|must|must not|needs? to|have to|has to|cannot|never|always|only|most|"
            r"more than|rather than|not .+ but|lesson|means)\b",
            claim.text,
        ):
            value += 0.25
        if claim.role == "summary":
            value += 0.1
        return value

    own = [claim for claim in pool if claim.role != "comment" and not claim.label and claim.sure]
    if not desk.form.opening:
        own = [claim for claim in own if not claim.text.startswith("“")] or own  # a note is the writer's own line
    if desk.people.several:
        own = [claim for claim in own if _concludes(claim)]
        own = [claim for claim in own if not re.search(r"(?i)\bfor example\b|^(?:there|if)\b", claim.text)] or own
    else:
        own = [claim for claim in own if " also " not in claim.text and (claim.role != "speech" or _ends_talk(claim))]
    # What is said to "you" mostly rests on a condition that stood before it.
    own = [claim for claim in own if not re.match(r"Your?\b", claim.text)] or own
    own = [claim for claim in own if not _CLOCK.search(claim.text)] or own
    if desk.people.kind == "talk":
        # A late one that is not good enough keeps no better one from closing the post.
        own = [claim for claim in own if claim.score > 0.3]
    late = [claim for claim in own if claim.share >= 0.5] or own
    ranked = sorted(late, key=lambda claim: (-round(fits(claim), 6), claim.at, claim.text))
    chosen: list[Claim] = []
    many = len(pool) >= 9
    for claim in ranked:
        if len(chosen) >= (desk.form.conclusions if many else 1):
            break
        long = claim.text.startswith("“") and len(claim.text.split()) > 24
        if not any(alike(claim, other) for other in chosen) and claim.score > 0.3 and not long:
            chosen.append(claim)
    return sorted(chosen, key=lambda claim: (claim.at, claim.text))


# What somebody did once ends no post, unless it is what came of it all.
_DEED = re.compile(
    r"(?:(?:In|On|At|After|Last|Over) [^,]{2,40}, )?(?:[Tt]he (?:team|speaker)|[A-Z][\w’]+|We) "
    r"(?:\w+ly )?(?:had |has |have )?(?:\w{2,}ed|went|came|got|took|made|saw|met|told|said|gave|found|built|began)\b"
)


def _ends_talk(claim: Claim) -> bool:
    """Whether one speaker's claim can close a post: on the subject, with a turn, and nothing that was done once."""
    summed = re.match(r"In the end|Ultimately|Finally", claim.text)
    return claim.near >= NEAR and bool(summed or (turns(claim.text) and not _DEED.match(claim.text)))


def _concludes(claim: Claim) -> bool:
    """Whether what somebody in a conversation says can close a post: on the subject, a turn, nobody's own affair."""
    said = claim.text.split("”")[0].strip("“ ")
    return (
        claim.near >= NEAR
        and len(said.split()) >= 8
        and turns(said) > 0
        and not re.search(r"\b(?:I|[Mm]y|me)\b|(?i:\bone speaker\b)", said)
        and not unmoored(said)
    )


def _head(desk: Desk, head: Headline, chosen: list[Claim], lead: Claim | None) -> Post:
    people, words, variant = desk.people, desk.words, desk.variant
    stated = facts(desk, len(chosen))
    signs = emojis().announce
    opening: tuple[str, ...] = ()
    trace: Trace | None = None
    if desk.form.opening:
        place = "conversation_count" if situation(people) == "conversation" and stated["count"] else situation(people)
        first = raised(words.choose("opening", place, variant).format(**stated), desk)
        first = " ".join(part for part in (first, self_told(desk)) if part)
        if lead is not None:
            claim = _inline(written(lead.text).rstrip("."), desk)
            told = lead.named or (lead.role == "speech" and not _central(lead))
            second = owned(lead, desk) if told else words.choose("", "centre", variant).format(claim=claim)
            opening = tuple(part for part in (first, second) if part)
            trace = lead.trace
        else:
            # Two sentences always: where nothing else is to be said, the second only leads to the points.
            opening = (first,) if self_told(desk) else tuple(part for part in (first, words["stands_out"]) if part)
    return Post(
        shape=desk.form.name,
        language=words.language,
        headline=head.text,
        announcing=announcing(desk, len(chosen)),
        sections=(),
        opening=opening,
        headline_emoji="❓" if head.asked or desk.form.question else fitting(head.text, "", set(signs)),
        announcing_emoji=signs[0] if desk.form.question else signs[1],
        opening_trace=trace,
    )


def _lead(pool: list[Claim], desk: Desk) -> Claim | None:
    """The claim of the opening: good, near the subject, one short sentence, nobody's remark. None in a thin source.

    Of several voices it must speak of a top keyphrase, and of more than "we": there nothing else says what counts.
    """
    short = desk.people.short
    several = desk.people.several
    subjects = " ".join(phrase.text for phrase in desk.evidence.keyphrases[:8])
    about = terms(" ".join((subjects, *(source.title or "" for source in desk.evidence.sources))), "en", EMPTY)
    if len(pool) < 7:
        return None
    # A thread opens with its author's argument, a report with what its speaker says.
    posted = any(claim.role == "post" for claim in pool)
    fitting_ones = [
        claim
        for claim in pool[:30]
        if claim.role in (("post",) if posted else ("speech", "summary"))
        and not claim.label
        and not re.search(r"[.;] ", claim.text)
        and len(claim.text.split()) <= 24
        and (not about or claim.terms & about)
        and claim.sure
        and not (several and (_ASIDE.search(claim.text) or claim.score < 0.4))
        and not (claim.role == "speech" and not _central(claim))
    ]
    if not fitting_ones:
        return None
    return max(
        fitting_ones,
        key=lambda claim: (round(claim.score + 0.6 * claim.near + _by_name(claim, short), 6), claim.text),
    )


def _loose_lead(pool: list[Claim]) -> Claim | None:
    """Where no claim carries the whole, a good one that stands alone, if enough are left for the points."""
    if len(pool) < MANY:
        return None
    fitting_ones = [
        claim
        for claim in pool[:30]
        if claim.role in ("speech", "summary", "post")
        and claim.sure
        and not claim.label
        and not re.search(r"[.;] ", claim.text)
        and 6 <= len(claim.text.split()) <= 22
        and claim.score >= LOOSE
        and claim.near >= AT_IT
        and not _ASIDE.search(claim.text)
        and not re.search(r"(?i)\b(?:it|they|them|this|those|these|he|she|here|my|i|later|ago)\b", claim.text)
        and not _CLOCK.search(claim.text)
        and not idle(claim.text)
        and not unmoored(claim.text)
        and (turns(claim.text) > 0 or striking(claim.text))
    ]
    return max(fitting_ones, key=lambda claim: (round(claim.score + 0.6 * claim.near, 6), claim.text), default=None)


def _central(claim: Claim) -> bool:
    """Whether a claim carries an opening: it would be a good point itself, with a turn, and nothing trivial."""
    leans = re.search(r"(?i)\b(?:it|they|them|this|those|these|he|she|here)\b|^\d|\b(?:later|ago)\b", claim.text)
    leans = leans or _CLOCK.search(claim.text)  # what happens at an hour is a detail
    return not leans and claim.score >= 0.4 and claim.near >= 0.15 and turns(claim.text) > 0 and not idle(claim.text)


_CLOCK = re.compile(r"(?i)\b(?:half|quarter) (?:past|to)\b|o['’]clock\b|\b\d{1,2}[:.]\d\d\b|\b\d{1,2} ?[ap]\.?m\b")
# What several voices say of themselves, to somebody, or by the way.
_ASIDE = re.compile(r"(?i)\b(?:we|us|our|your|you|can be|for example|probably|there (?:is|are|was))\b")


def _by_name(claim: Claim, short: str | None) -> float:
    """In a report the one it reports on comes first; in speech a claim is stronger without "she thinks"."""
    if claim.role == "summary":
        return 0.6 if short and short in " ".join(claim.text.split()[:3]) else 0.0
    return -0.2 if claim.named else 0.0


def _inline(text: str, desk: Desk) -> str:
    """A claim after a colon begins small, unless its first word has a capital of its own."""
    return lower_first(text, desk.known.plain)


def _replied(desk: Desk, chosen: list[Claim]) -> bool:
    """Whether a report on somebody also tells what others answered."""
    people = desk.people
    if people.kind != "summary" or not people.short:
        return False
    return sum(people.short not in claim.text.split()[:3] for claim in chosen) > 1


def _close(desk: Desk, post: Post, closing: list[Claim]) -> Post:
    lines = (post.headline, *post.opening, *(one.text for one in post.points), *(claim.text for claim in closing))
    found = tags(desk, " ".join((*lines, post.announcing)))
    return replace(
        post,
        conclusion=tuple(owned(claim, desk) for claim in closing),
        conclusion_trace=closing[0].trace if closing else None,
        hashtags=found,
    )
