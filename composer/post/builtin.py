"""The writer that needs no model: a post out of the source's own best sentences."""

from collections.abc import Iterator
from dataclasses import replace

from composer.errors import WriterError
from composer.evidence.model import Evidence
from composer.post.emojis import emojis, fitting
from composer.post.english.claims.ranking import Claim, alike, claims
from composer.post.english.claims.views import written
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
from composer.post.english.ends import carries, closing_claims, opening_claim
from composer.post.english.fit import fitted
from composer.post.english.headlines.headline import Headline
from composer.post.english.sentences.telling import lower_first
from composer.post.english.tags import tags
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
        if lead is not None and lead.at == desk.head.at and not desk.head.open:
            # What the headline claims is not said again; what it asks is answered.
            taken = [*chosen, *closing]
            lead = opening_claim(
                [c for c in found if c.at != desk.head.at and not any(alike(c, one) for one in taken)], desk
            )
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
        lead = opening_claim(pool, desk) if desk.form.opening else None
        left = [claim for claim in pool if lead is None or not alike(claim, lead)]
        closing = closing_claims(left, desk)
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
            told = lead.named or not carries(lead)
            second = owned(lead, desk) if told else words.choose("", "centre", variant).format(claim=claim)
            opening = tuple(part for part in (first, second) if part)
            trace = lead.trace
        else:
            opening = (first,)  # nothing is better than a line that only leads to the points
    return Post(
        shape=desk.form.name,
        language=words.language,
        headline=head.text,
        announcing=announcing(desk, len(chosen)),
        sections=(),
        opening=opening,
        headline_emoji="❓" if head.asked or head.titled else fitting(head.text, "", set(signs)),
        announcing_emoji=signs[0] if desk.form.question else signs[1],
        opening_trace=trace,
    )


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
