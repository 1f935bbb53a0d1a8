"""What a figure counts: a thing that the source counts by other figures, and never by this one."""

from composer.post.grounding.figures.binding import closest, homes
from composer.post.grounding.figures.elsewhere import margin
from composer.post.grounding.figures.line import Line, rivals
from composer.post.grounding.figures.misdated import bare
from composer.post.grounding.source.terms import stem
from composer.post.grounding.values.fact import Fact

LOOSE = frozenset("them those these us people others more times things davon".split())  # noqa: SIM905
# So near to a place of the source, in places of words, its figure may count a thing.
_NEAR = 12
# How much better the other figure must go with the sentence, and what may speak for the own place at most, in log odds.
_BETTER, _LEAST = 1.0, -1.5


def miscounted(fact: Fact, line: Line) -> bool:
    """Whether the source counts the thing that `fact` counts in a sentence by another figure, and never by this one."""
    ground = line.ground
    if fact.kind == "date" or not fact.counts or fact.counts in LOOSE or fact.value <= 2:
        return False
    thing = stem(fact.counts, ground.language)
    places = ground.places.get(thing, ())
    if not places:
        return False
    own = line.where(fact)
    if any(bare(one, line) for one in own) or any(closest(places, one.place) <= _NEAR for one in own):
        return False
    others = [
        one
        for one in rivals(fact, line, homes(line.context(fact), 3))
        if one.fact.counts and stem(one.fact.counts, ground.language) == thing and not line.post_says(one)
    ]
    if not others or not own:
        return False
    mine, theirs = (max(line.fit(fact, one) for one in some) for some in (own, others))
    return theirs > mine + _BETTER and margin(fact, line) > _LEAST
