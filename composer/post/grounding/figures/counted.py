"""A thing that the source names once, and counts by another number than a post."""

from composer.post.grounding.figures.elsewhere import margin
from composer.post.grounding.figures.line import Line
from composer.post.grounding.figures.nouns import LOOSE
from composer.post.grounding.source.terms import stem
from composer.post.grounding.values.fact import Fact

_LEAST = -2.0
"""How much may speak for the place where the source has the number, in log odds."""


def counted_otherwise(fact: Fact, line: Line) -> str:
    """The number by which the one sentence of the source that names a thing counts it, where a post has another one:
    "two spans" of "a bridge with five spans"; or ""."""
    ground = line.ground
    if fact.kind != "number" or fact.readings[0][1] or not fact.counts or fact.counts in LOOSE or fact.hedge:
        return ""
    thing = stem(fact.counts, ground.language)
    homes = ground.homes.get(thing, ())
    if len(homes) != 1:
        return ""
    theirs = [
        one.fact
        for one in ground.figures_of(homes[0])
        if one.fact.kind == "number" and one.fact.counts and stem(one.fact.counts, ground.language) == thing
    ]
    beside = [one.fact for one in line.where(fact) if one.sentence == homes[0]]
    # "Five spans and two railway tracks" has two of something else.
    if len({one.value for one in theirs}) != 1 or any(not one.counts or one in theirs for one in beside):
        return ""
    if margin(fact, line) <= _LEAST:
        return ""
    text = ground.sentences[homes[0]].text
    return text[theirs[0].start : theirs[0].end]
