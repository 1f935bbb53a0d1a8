"""A post made to fit: its network's limit, and the share of bold that a reader bears. No sentence is ever cut."""

import re
from dataclasses import replace

from composer.post.emojis import emojis, fitting
from composer.post.english.claims.ranking import Claim, claims
from composer.post.english.desk import Desk, announcing, grouped, heads
from composer.post.model import Post, Section
from composer.post.size import MOST_STYLED, bold, fits, narrowed, stripped, unlabelled

SHORT = 50
"""Characters of a headline over a handful of short points."""
LITTLE = 0.3
"""What a shorter headline may weigh less than the best."""
FEW, A_THIRD = 3, 1 / 3
"""Points of a post so short that a third of it may be bold: who speaks on what is worth more than thin letters."""
UNTITLED = 6
"""Points that stand without titles where the bold lines would weigh too much."""


def fitted(post: Post, desk: Desk, chosen: list[Claim]) -> Post:
    """Drop the weakest point until the post fits its network, then the closing, the opening and the tags.

    A sentence is never cut.
    """
    left = list(chosen)
    most = A_THIRD if len(left) <= FEW else MOST_STYLED
    post, desk = narrowed(post, desk, len(left), announcing)
    if bold(post, desk.form) > most:
        bare = re.sub(r" (?:on|about) .*$", "", post.announcing)
        post = replace(post, announcing=bare) if len(bare.split()) > 2 else post
    if bold(post, desk.form) > most:
        post = replace(post, announcing=re.sub(r"(?<=points) from .*$", "", post.announcing))
    if bold(post, desk.form) > most and len(left) <= UNTITLED:
        # A handful needs no titles; of more than two, two may still go.
        if len(post.sections) > 2:
            post = replace(post, sections=grouped(desk, left, most=2))
        if len(post.sections) != 2 or bold(post, desk.form) > most:
            post = replace(post, sections=(Section("", post.points),))
    if bold(post, desk.form) > most and len(post.headline) > SHORT:
        # A handful of short points: a short headline, unless it says more than any short one.
        lines = heads(desk, claims(desk.evidence, desk.words.language), chosen)
        said = [head for head in lines if not head.framed and head.value > lines[0].value - LITTLE]
        fitting_ones = [head for head in said or lines if len(head.text) <= SHORT]
        if fitting_ones:
            short = fitting_ones[0]
            sign = "❓" if short.asked or short.titled else fitting(short.text, "", set(emojis().announce))
            post = replace(post, headline=short.text, headline_emoji=sign)
    if bold(post, desk.form) > most:
        # One line or two: their labels would be as long as what they say.
        post = unlabelled(post)
    while not fits(post, desk.form, desk.brief.network) and len(left) > 1:
        count = len(left)
        left.remove(min(left, key=lambda claim: (claim.score, claim.at)))
        if not desk.form.question:
            post = replace(post, headline=re.sub(rf"\b{count}(?= (?:Points|Things)\b)", f"{len(left)}", post.headline))
        post = replace(post, sections=grouped(desk, left), announcing=announcing(desk, len(left)))
    return stripped(post, desk.form, desk.brief.network)
