"""The writer that needs no model: a post out of the source's own best sentences."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from composer.errors import WriterError
from composer.evidence.model import Evidence
from composer.post import headline, layout, tongue_writer
from composer.post.adverts import adverts
from composer.post.claims import Claim, alike, claims
from composer.post.emojis import emojis, fitting
from composer.post.floor import two_voices
from composer.post.focus import terms
from composer.post.kinds import EMPTY, Words
from composer.post.kinds import words as label_words
from composer.post.labels import label
from composer.post.lexis import word_list
from composer.post.model import (
    BUILTIN_HONOURS,
    Brief,
    Finished,
    Partial,
    Post,
    PostPoint,
    Reading,
    Section,
    Trace,
    WriterEvent,
)
from composer.post.phrases import UNSPACED, Phrases, phrases
from composer.post.sections import arrange
from composer.post.shapes import Shape, shape
from composer.post.standing import idle
from composer.post.telling import lower_first
from composer.post.topics import called, topics
from composer.post.voice import Voices, voices
from composer.post.worth import turns
from composer.text.access import styled_share
from composer.text.networks import measure

HASHTAGS = 5
ENOUGH_POINTS, LONG_SOURCE = 4, 60
"""Points below which a post of a source of so many sentences says why it is short."""
MOST_STYLED = 0.30
"""The share of letters in bold above which the rest of a post looks like its footnote."""


@dataclass(frozen=True, slots=True)
class _Desk:
    """What lies on the desk while one post is written."""

    evidence: Evidence
    brief: Brief
    variant: int
    form: Shape
    words: Phrases
    people: Voices
    known: Words
    subjects: tuple[str, ...]


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
        desk = _desk(evidence, brief, variant)
        found = claims(evidence, desk.words.language)
        yield Reading(total, total)
        chosen, closing, lead = select(found, desk)
        if not chosen:
            raise WriterError(
                "This source holds no sentence that can stand alone in a post.",
                safe="The transcript is kept.",
                do="Choose a longer source, or write with a model.",
            )
        post = _head(desk, found, chosen, lead)
        yield Partial(replace(post, sections=()))
        post = replace(post, sections=_sections(desk, chosen))
        if any(section.title == desk.words["replies"] for section in post.sections) and desk.words.language == "en":
            post = replace(post, announcing=post.announcing + desk.words["replied"])
        yield Partial(post)
        post = _fit(_close(desk, post, closing), desk, chosen)
        if len(post.points) < ENOUGH_POINTS and len(evidence.sentences) > LONG_SOURCE and desk.words.language == "en":
            post = replace(post, notices=(*post.notices, desk.words["thin"].format(n=len(post.points))))
        yield Finished(post, variant)


def _desk(evidence: Evidence, brief: Brief, variant: int) -> _Desk:
    words = phrases(evidence.language)
    people = voices(evidence.sources[0], words) if evidence.sources else None
    if people is None:
        raise WriterError("There is no source to write from.", do="Open a transcript first.")
    if people.kind == "talk" and not people.full and two_voices(evidence):
        people = replace(people, kind="conversation")  # somebody asks and somebody answers, without labels
    known = label_words(evidence, words.language)
    return _Desk(
        evidence, brief, variant, shape(brief.shape), words, people, known,
        topics(
            evidence, known, 3, avoid=[name for name in (people.full, people.author, people.about) if name],
            paid=adverts(evidence),
        ),
    )  # fmt: skip


def select(found: list[Claim], desk: _Desk) -> tuple[list[Claim], list[Claim], Claim | None]:
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
        lead = _lead(pool, desk) if desk.form.opening else None
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


def _points(pool: list[Claim], closing: list[Claim], desk: _Desk) -> list[Claim]:
    fewest, most = desk.form.points[desk.brief.length]
    chosen: list[Claim] = []
    chapters: dict[tuple[int, int | None], int] = {}
    named = quoted = 0
    remarks: dict[str | None, int] = {}
    left = [claim for claim in pool if not any(claim.text == other.text or alike(claim, other) for other in closing)]
    # A post of three good points is better than one of six with a bad one.
    floor = 0.22 if desk.words.language != "en" else 0.1
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
        if best.score < (floor if len(chosen) >= 5 else floor - 0.2) and len(chosen) >= fewest:
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


def _closing(pool: list[Claim], desk: _Desk) -> list[Claim]:
    """Claims from the last part of the source that look ahead or sum up; at most as many as the shape closes with."""
    if len(pool) < 5:
        return []

    def fit(claim: Claim) -> float:
        value = claim.score + 0.5 * claim.share
        if re.search(
            r"(?i)\b(?:will|future|should|must|must not|needs? to|have to|has to|cannot|never|always|only|most|"
            r"more than|rather than|not .+ but|lesson|means|zukunft|wird|avenir|futuro|未来|将来)\b",
            claim.text,
        ):
            value += 0.25
        if claim.role == "summary":
            value += 0.1
        return value

    own = [claim for claim in pool if claim.role != "comment" and not claim.label and claim.sure]
    if not desk.form.opening:
        own = [claim for claim in own if not claim.text.startswith("“")] or own  # a note is the writer's own line
    if desk.people.kind in ("conversation", "document") and desk.words.language == "en":
        own = [claim for claim in own if not re.search(r"(?i)\bfor example\b|^(?:there|if)\b", claim.text)] or own
    late = [claim for claim in own if claim.share >= 0.5] or own
    ranked = sorted(late, key=lambda claim: (-round(fit(claim), 6), claim.at, claim.text))
    chosen: list[Claim] = []
    many = len(pool) >= 9
    for claim in ranked:
        if len(chosen) >= (desk.form.conclusions if many else 1):
            break
        long = claim.text.startswith("“") and len(claim.text.split()) > 24
        if not any(alike(claim, other) for other in chosen) and claim.score > 0.3 and not long:
            chosen.append(claim)
    return sorted(chosen, key=lambda claim: (claim.at, claim.text))


def _head(desk: _Desk, found: list[Claim], chosen: list[Claim], lead: Claim | None) -> Post:
    people, words, variant = desk.people, desk.words, desk.variant
    heads = _heads(desk, found, chosen)
    head = heads[variant % len(heads)]
    facts = _facts(desk, len(chosen))
    signs = emojis().announce
    opening: tuple[str, ...] = ()
    trace: Trace | None = None
    if desk.form.opening:
        first = _raised(words.choose("opening", _situation(people), variant).format(**facts), desk)
        if lead is not None:
            claim = _inline(lead.text.rstrip(".。"), desk)
            second = lead.text if lead.named else words.choose("", "centre", variant).format(claim=claim)
            opening = tuple(part for part in (first, second) if part)
            trace = lead.trace
        else:
            # Two sentences always: where no claim carries the whole, the second only leads to the points.
            opening = tuple(part for part in (first, words["stands_out"]) if part)
    return Post(
        shape=desk.form.name,
        language=words.language,
        headline=head.text,
        announcing=_announcing(desk, len(chosen)),
        sections=(),
        opening=opening,
        headline_emoji="❓" if head.asked or desk.form.question else fitting(head.text, "", set(signs)),
        announcing_emoji=signs[0] if desk.form.question else signs[1],
        opening_trace=trace,
        notices=()
        if words.known
        else ("The fixed parts of the post are signs only: their words are not translated into this language.",),
    )


def _heads(desk: _Desk, found: list[Claim], chosen: list[Claim]) -> list[headline.Headline]:
    """The headlines of a shape, best first."""
    evidence, words, people = desk.evidence, desk.words, desk.people
    if not desk.form.question:
        return headline.statements(evidence, found, desk.subjects, words, points=len(chosen))
    best = sorted(chosen, key=lambda claim: (-round(claim.score, 6), claim.at))[:4]
    named = [(claim.label or label(claim.text, claim.keyphrase, desk.known, set()), claim.text) for claim in best]
    subjects = desk.subjects
    who = people.full if people.kind == "talk" else words.join(people.names) if people.kind == "conversation" else ""
    if any(name.lower() in word_list("voice_roles") for name in people.names):
        who = ""  # "Marketing" is nobody a reader knows
    if people.kind == "thread" and people.author and people.about:
        who, subjects = people.author, (people.about,)
    return headline.questions(evidence, found, subjects, words, labels=named, people=who or "")


def _situation(people: Voices) -> str:
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


def _facts(desk: _Desk, points: int) -> dict[str, str]:
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
    }


def _lead(pool: list[Claim], desk: _Desk) -> Claim | None:
    """The claim of the opening: good, near the subject, one short sentence, nobody's remark. None in a thin source.

    Of several voices it must speak of a top keyphrase, and of more than "we": there nothing else says what counts.
    """
    short, language = desk.people.short, desk.words.language
    several = desk.people.kind in ("conversation", "document") and language == "en"
    subjects = " ".join(phrase.text for phrase in desk.evidence.keyphrases[:8])
    about = terms(" ".join((subjects, *(source.title or "" for source in desk.evidence.sources))), language, EMPTY)
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
        and (language in UNSPACED or not about or claim.terms & about)
        and claim.sure
        and not (several and (_ASIDE.search(claim.text) or claim.score < 0.4))
        and not (claim.role == "speech" and language == "en" and not _central(claim))
    ]
    if not fitting_ones:
        return None
    return max(
        fitting_ones,
        key=lambda claim: (round(claim.score + 0.6 * claim.near + _by_name(claim, short), 6), claim.text),
    )


def _central(claim: Claim) -> bool:
    """Whether a claim carries an opening: it would be a good point itself, with a turn, and nothing trivial."""
    leans = re.search(r"(?i)\b(?:it|they|them|this|those|these|he|she|here)\b|^\d|\b(?:later|ago)\b", claim.text)
    return not leans and claim.score >= 0.4 and claim.near >= 0.15 and turns(claim.text) > 0 and not idle(claim.text)


# What several voices say of themselves, to somebody, or by the way.
_ASIDE = re.compile(r"(?i)\b(?:we|us|our|your|you|can be|for example|probably|there (?:is|are|was))\b")


def _by_name(claim: Claim, short: str | None) -> float:
    """In a report the one it reports on comes first; in speech a claim is stronger without "she thinks"."""
    if claim.role == "summary":
        return 0.6 if short and short in " ".join(claim.text.split()[:3]) else 0.0
    return -0.2 if claim.named else 0.0


def _raised(text: str, desk: _Desk) -> str:
    """The line with a capital at its start, unless it starts with a name that is written small."""
    keep = tuple(name for name in (desk.people.author, desk.people.about, *desk.people.names) if name)
    return text if text.startswith(keep or ("\0",)) else text[:1].upper() + text[1:]


def _inline(text: str, desk: _Desk) -> str:
    """A claim after a colon begins small, unless its first word has a capital of its own."""
    return lower_first(text, desk.known.plain) if desk.words.language in ("en", "fr", "es", "pt") else text


def _sections(desk: _Desk, chosen: list[Claim]) -> tuple[Section, ...]:
    used_labels = {claim.label.lower() for claim in chosen if claim.label}
    used_signs: set[str] = set(emojis().announce)
    groups = (
        arrange(chosen, desk.evidence, desk.words, desk.people, desk.known) if desk.form.sections else [("", chosen)]
    )
    sections: list[Section] = []
    for title, members in groups:
        points: list[PostPoint] = []
        for claim in members:
            name = claim.label or label(claim.text, claim.keyphrase, desk.known, used_labels)
            sign = fitting(name, claim.text, used_signs) if desk.form.emoji else ""
            points.append(PostPoint(name, claim.text, claim.trace, sign))
        sections.append(Section(title, tuple(points)))
    return tuple(sections)


def _close(desk: _Desk, post: Post, closing: list[Claim]) -> Post:
    tags = _tags(desk)
    return replace(
        post,
        conclusion=tuple(claim.text for claim in closing),
        conclusion_trace=closing[0].trace if closing else None,
        hashtags=tags,
    )


def _tags(desk: _Desk) -> tuple[str, ...]:
    """The source's hashtags without what names nobody's subject: a first name, a word of everyday, a sponsor."""
    evidence = desk.evidence
    paid = adverts(evidence)
    said = " ".join(s.text.lower() for at, s in enumerate(evidence.sentences) if at not in paid)
    kept: list[str] = []
    for tag in evidence.hashtags:
        name = tag.lstrip("#").lower()
        if not re.search(r"[^\W\d_]", tag) or name in word_list("tags_plain") or called(tag.lstrip("#"), desk.known):
            continue
        if paid and name not in said.replace(" ", "") and name in evidence_text(evidence):
            continue
        kept.append(tag)
    return tuple(kept or evidence.hashtags)[:HASHTAGS]


def evidence_text(evidence: Evidence) -> str:
    """All that is said, small and without spaces, as hashtags are written."""
    return "".join(s.text.lower() for s in evidence.sentences).replace(" ", "")


def _fit(post: Post, desk: _Desk, chosen: list[Claim]) -> Post:
    """Drop the weakest point until the post fits its network, then the closing, the opening and the tags.

    A sentence is never cut.
    """
    left = list(chosen)
    # Where few points are left, the bold lines weigh too much: the announcing line names fewer subjects.
    for names in (2, 1):
        if styled_share(layout.lay(post, desk.form).text) <= MOST_STYLED or len(desk.subjects) <= names:
            continue
        desk = replace(desk, subjects=desk.subjects[:names])
        post = replace(post, announcing=_announcing(desk, len(left)))
    if styled_share(layout.lay(post, desk.form).text) > MOST_STYLED and desk.words.language == "en":
        bare = re.sub(r"(?: in conversation)? (?:on|about) .*$", "", post.announcing)
        post = replace(post, announcing=bare) if len(bare.split()) > 2 else post
    if styled_share(layout.lay(post, desk.form).text) > MOST_STYLED and desk.words.language == "en":
        # A handful of short points: the shortest headline there is, and a line that only counts.
        heads = _heads(desk, claims(desk.evidence, desk.words.language), chosen)
        mark = post.headline_emoji == "❓"
        short = min([headline.Headline(post.headline, mark), *heads[:4]], key=lambda head: len(head.text) > 50)
        bare = re.sub(r"(?<=points) from .*$", "", post.announcing)
        sign = "❓" if short.asked or desk.form.question else fitting(short.text, "", set(emojis().announce))
        post = replace(post, headline=short.text, headline_emoji=sign, announcing=bare)
    if styled_share(layout.lay(post, desk.form).text) > MOST_STYLED + 0.04:
        # One line or two: their labels would be as long as what they say.
        post = replace(
            post,
            sections=tuple(
                replace(part, points=tuple(replace(point, label="") for point in part.points)) for part in post.sections
            ),
        )
    while not _fits(post, desk) and len(left) > 1:
        count = len(left)
        left.remove(min(left, key=lambda claim: (claim.score, claim.at)))
        if not desk.form.question:
            post = replace(post, headline=re.sub(rf"\b{count}(?= (?:Points|Things)\b)", f"{len(left)}", post.headline))
        post = replace(post, sections=_sections(desk, left), announcing=_announcing(desk, len(left)))
    for empty in (
        {"conclusion": ()},
        {"opening": ()},
        {"hashtags": post.hashtags[:2]},
        {"hashtags": ()},
        {"announcing": ""},
    ):
        if _fits(post, desk):
            break
        post = replace(post, **empty)
    return post


def _fits(post: Post, desk: _Desk) -> bool:
    text = layout.lay(post, desk.form).text
    return all(use.used <= use.limit for use in measure(text, desk.brief.network))


def _announcing(desk: _Desk, points: int) -> str:
    table = "announce" if desk.form.opening else "announce_list"
    key = _situation(desk.people)
    line = desk.words.choose(table, key, desk.variant).format(**_facts(desk, points))
    if points == 1 and desk.words.language == "en":
        line = re.sub(r"^(Here )are 1 points", r"\1is one point", re.sub(r"^1 (idea|point)s", r"One \1", line))
    return _raised(line, desk)
