"""What a figure counts: a thing that the source counts by other figures, and never by this one."""

from composer.post.grounding.agreement import supports
from composer.post.grounding.binding import closest, homes, score
from composer.post.grounding.elsewhere import margin
from composer.post.grounding.fact import Fact
from composer.post.grounding.figure_line import Line, kin_of, rivals
from composer.post.grounding.ground import Figure
from composer.post.grounding.misdated import bare
from composer.post.grounding.terms import stem

_LOOSE = frozenset("them those these us people others more times things davon".split())  # noqa: SIM905
# So near to a place of the source, in places of words, its figure may count a thing.
_NEAR = 12
# How much better the other figure must go with the sentence, and what may speak for the own place at most, in log odds.
_BETTER, _LEAST = 1.0, -1.5


def miscounted(fact: Fact, line: Line) -> str:
    """The figure by which the source counts the thing that `fact` counts in a sentence, or ""."""
    ground = line.ground
    if fact.kind == "date" or not fact.counts or fact.counts in _LOOSE or fact.value <= 2:
        return ""
    thing = stem(fact.counts, ground.language)
    places = ground.places.get(thing, ())
    if not places:
        return ""
    own = line.where(fact)
    if any(bare(one, line) for one in own) or any(closest(places, one.place) <= _NEAR for one in own):
        return ""
    around = line.context(fact)
    told = [*line.said, *(one for each in line.company for one in each.said)]
    best = homes(around, 3)
    others = [
        one
        for one in rivals(fact, line, best)
        if one.fact.counts
        and stem(one.fact.counts, ground.language) == thing
        and not any(supports(each, one.fact) for each in told)
    ]
    if not others:
        return ""

    def rank(figure: Figure) -> float:
        return score(around, figure, kin_of(fact, figure, ground))

    found = max(others, key=lambda one: (rank(one), -one.place))
    mine = max((rank(one) for one in own), default=0.0)
    if not own or rank(found) <= mine + _BETTER or margin(fact, line) <= _LEAST:
        return ""
    at = found.fact
    return ground.sentences[found.sentence].text[at.start : at.end].strip(" .,;:")
