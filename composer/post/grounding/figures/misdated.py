"""A date of a post beside words that the source has beside another date only."""

from composer.post.grounding.figures.agreement import supports
from composer.post.grounding.figures.binding import Context, closest
from composer.post.grounding.figures.elsewhere import margin
from composer.post.grounding.figures.line import Line
from composer.post.grounding.figures.lookup import comparable
from composer.post.grounding.source.ground import Figure
from composer.post.grounding.source.terms import content
from composer.post.grounding.values.fact import Fact
from composer.post.phrases import UNSPACED

# A word that stands in more sentences of the source tells no date from another.
_RARE = 3
# So near stands a word to its date, in a post and in a source; and so far off one that is not of it.
_HERE, _THERE, _OFF = 8, 10, 25
# How much better another date must go with the sentence; how well where the source has this one nowhere.
_BETTER, _ALONE = 1.5, 7.0
# What may speak for the date's own place at most, in log odds.
_LEAST = -2.0


def misdated(fact: Fact, line: Line) -> bool:
    """Whether the source has another date beside what a sentence says of `fact`, and never this one."""
    if fact.kind != "date" or fact.mark != "day":
        return False
    own = line.where(fact)
    found = _beside(fact, line, line.context(fact), own)
    if not found or any(bare(one, line) for one in own):
        return False

    least = max(line.fit(fact, one) for one in own) + _BETTER if own else _ALONE
    theirs = max(line.fit(fact, one) for one in found)
    return theirs > least and (not own or margin(fact, line) > _LEAST)


def _beside(fact: Fact, line: Line, around: Context, own: list[Figure]) -> list[Figure]:
    """Dates of the source that no sentence of the post says, beside two rare words that are beside `fact` here; none
    where a word like that is near a place that has this date."""
    ground = line.ground
    beside: dict[int, set[str]] = {}
    dates: dict[int, Figure] = {}
    for one in around.pulls:
        if not one.telling or one.away or one.distance > _HERE or not 0 < len(one.homes) <= _RARE:
            continue
        if any(closest(one.places, figure.place) <= _OFF for figure in own):
            return []
        for figure in (figure for home in one.homes for figure in ground.figures_of(home)):
            other = figure.fact.mark == "day" and comparable(fact, figure.fact) and not supports(fact, figure.fact)
            if other and closest(one.places, figure.place) <= _THERE:
                beside.setdefault(figure.place, set()).add(one.term)
                dates[figure.place] = figure
    least = 4 if ground.language in UNSPACED else 2
    return [dates[place] for place in sorted(dates) if len(beside[place]) >= least and not line.post_says(dates[place])]


def bare(figure: Figure, line: Line) -> bool:
    """Whether a sentence of the source says little but a figure: "August 2017." It may be of anything around it."""
    ground = line.ground
    terms = {term for term, _, _ in content(ground.sentences[figure.sentence].text, ground.language)}
    return len({term for term in terms if ground.weight.get(term, 0.0) > 0} - ground.weak) < 2
