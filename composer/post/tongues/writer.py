"""The built-in writer in the languages of `resources/tongues`."""

import re
from collections.abc import Iterator
from dataclasses import replace

from composer.errors import WriterError
from composer.evidence.model import Evidence
from composer.post import layout
from composer.post.emojis import fitting
from composer.post.english.claims.ranking import Claim
from composer.post.english.sentences.spoken import count_words
from composer.post.model import Brief, Finished, Partial, Post, PostPoint, Reading, Section, WriterEvent
from composer.post.phrases import phrases
from composer.post.shapes import shape
from composer.post.size import MOST_STYLED, bold, fits, narrowed, stripped, unlabelled
from composer.post.tongues.bench import Bench, bench
from composer.post.tongues.body import sections, tags, worn
from composer.post.tongues.choice import said, select
from composer.post.tongues.claims import HEARD, claims
from composer.post.tongues.head import announcing, begun, frames, headline, opened
from composer.post.tongues.nouns import label, study

WORDS = 4
"""Lines of a source in which no sentence can be told, at most."""
ENOUGH = 3
"""Claims beside the one in the headline, below which it may be a point as well."""


def write(evidence: Evidence, brief: Brief, variant: int = 0) -> Iterator[WriterEvent]:
    """As `composer.post.builtin.BuiltinWriter.write`."""
    total = sum(count_words(sentence.text, evidence.language) for sentence in evidence.sentences)
    yield Reading(0, total)
    desk = bench(evidence, brief, variant)
    found = claims(evidence, desk.words.language)
    yield Reading(total, total)
    if not found:
        raise WriterError(
            "This source holds no sentence that can stand alone in a post.",
            safe="The transcript is kept.",
            do="Choose a longer source, or write with a model.",
        )
    if all(claim.role == HEARD for claim in found):
        yield Finished(_heard(desk, found), variant)
        return
    head, marked, over = headline(desk, found)
    rest = [claim for claim in found if over is None or not said(claim, over)]
    chosen, closing, lead = select(rest if len(rest) >= ENOUGH else found, desk)
    post = begun(desk, head, marked, lead, len(chosen))
    yield Partial(post)
    post = replace(post, sections=sections(desk, chosen, post.headline_emoji))
    yield Partial(post)
    post = replace(
        post,
        conclusion=tuple(claim.text for claim in closing),
        conclusion_trace=closing[0].trace if closing else None,
        hashtags=tags(desk),
    )
    yield Finished(_fit(post, desk, chosen, lead), variant)


def _heard(desk: Bench, found: list[Claim]) -> Post:
    """A post of a source in which no sentence can be told: a few of its own words, without labels or a conclusion."""
    desk = replace(desk, people=replace(desk.people, situation="conversation"))
    at = desk.variant * 2 % len(found)
    chosen = sorted([*found[at:], *found[:at]][:WORDS], key=lambda claim: claim.at)
    speech = desk.speech
    bare = {claim.text: re.sub(r"^[„“«「\s]+|[“”»」\s]+$", "", claim.text) for claim in chosen}
    sayings = [text for text, said in bare.items() if sum(bool(row.search(said)) for row in speech.strong) > 1]
    topic = desk.words.join(desk.subjects[:1])
    framed = desk.words.get("heard_head", desk.words["section"]).format(topic=topic, topics=topic)
    head = sayings[0] if sayings else framed[:1].upper() + framed[1:]
    post = begun(desk, head, False, None, len(chosen), heard=True)
    left = [claim for claim in chosen if claim.text not in sayings[:1]] if len(chosen) > 3 else chosen
    post = unlabelled(replace(post, sections=sections(desk, left, post.headline_emoji), hashtags=tags(desk)[:3]))
    post = replace(post, announcing=announcing(desk, len(left)))
    if bold(post, desk.form) > MOST_STYLED:
        post = replace(post, announcing=announcing(desk, len(left), bare=True) or post.announcing)
    return stripped(post, desk.form, desk.brief.network)


def _fit(post: Post, desk: Bench, chosen: list[Claim], lead: Claim | None) -> Post:
    """Drop the weakest point until the post fits its network, then the closing, the opening and the tags. A sentence
    is never cut."""
    left = list(chosen)
    if post.opening and bold(post, desk.form) > MOST_STYLED:
        post = replace(post, opening=opened(desk, lead, len(left), full=True))
    post, desk = narrowed(post, desk, len(left), announcing)
    if bold(post, desk.form) > MOST_STYLED:
        post = replace(post, announcing=announcing(desk, len(left), bare=True) or post.announcing)
    if bold(post, desk.form) > MOST_STYLED + 0.02:
        text, asked = min(frames(desk), key=lambda frame: len(frame[0]))
        if len(text) < len(post.headline):
            sign = "❓" if asked else fitting(text, "", worn())
            post = replace(post, headline=text, headline_emoji=sign)
    if bold(post, desk.form) > MOST_STYLED + 0.04 and len(left) < 3:
        post = unlabelled(post)
    while not fits(post, desk.form, desk.brief.network) and len(left) > 1:
        left.remove(min(left, key=lambda claim: (claim.score, claim.at)))
        post = replace(post, sections=sections(desk, left, post.headline_emoji), announcing=announcing(desk, len(left)))
    return stripped(post, desk.form, desk.brief.network)


def line(evidence: Evidence, brief: Brief, claim: Claim) -> str:
    """One claim as a line of its shape, laid out alone."""
    form = shape(brief.shape)
    words = phrases(evidence.language)
    name = label(claim.text, claim.keyphrase, study(evidence, words.language), set())
    sign = fitting(name, claim.text, set()) if form.emoji else ""
    point = PostPoint(name, claim.text, claim.trace, sign)
    post = Post(brief.shape, words.language, "", "", (Section("", (point,)),))
    return layout.lay(post, form).text.strip().split("\n")[0]
