"""A figure of a list, "Rücklauf: 46 %", whose label stands in the source beside another one.

For other languages than English: there the odds of `elsewhere` were learnt.
"""

import re

from composer.post.grounding.figures.binding import closest
from composer.post.grounding.figures.line import Line
from composer.post.grounding.figures.lookup import comparable
from composer.post.grounding.figures.retracted import retracted
from composer.post.grounding.figures.worked import reckons
from composer.post.grounding.source.terms import content
from composer.post.grounding.values.fact import Fact

# So many words beside its figure has a line of a list at most; and so near to them stands the source's figure.
_WORDS, _NEAR = 7, 10
# A label that the source has in more sentences says little.
_HOMES = 2


def mislabelled(fact: Fact, line: Line) -> bool:
    """Whether the words of a line of a list stand in one place of the source, with another figure of the kind."""
    ground, said = line.ground, f"{line.label} {line.text}"
    if ground.language == "en" or len(line.said) != 1 or len(re.findall(r"[^\W\d_]+", said)) > _WORDS:
        return False
    terms = [term for term, offset, _ in content(said, ground.language) if term and not _within(offset, fact, line)]
    telling = sorted({term for term in terms if term not in ground.weak})
    if not telling or any(term not in ground.homes for term in telling):
        return False
    homes = set.intersection(*(set(ground.homes[term]) for term in telling))
    own = line.where(fact)
    if not 0 < len(homes) <= _HOMES or not own:
        return False
    if any(abs(figure.sentence - home) <= 1 for figure in own for home in homes):
        return False
    return all(
        any(
            comparable(fact, one.fact)
            and not retracted(one, ground)
            and not line.post_says(one)
            and all(closest(ground.places[term], one.place) <= _NEAR for term in telling)
            for one in ground.figures_of(home)
        )
        for home in homes
    )


def _within(offset: int, fact: Fact, line: Line) -> bool:
    shift = len(line.label) + 1
    return fact.start + shift <= offset < fact.end + shift


def transposed(fact: Fact, line: Line) -> bool:
    """Whether a figure that the source lacks has the digits of one that counts or measures the same, in another order:
    69.000 habitantes for 96.000."""
    if line.ground.language == "en" or fact.kind == "date" or not fact.value or line.where(fact) or reckons(fact, line):
        return False
    digits = _digits(fact)
    if len(set(digits)) < 2:
        return False
    return any(
        one.fact.kind == fact.kind
        and comparable(fact, one.fact)
        and (fact.counts == one.fact.counts != "" or fact.readings[0][1] == one.fact.readings[0][1] != "")
        and one.fact.value != fact.value
        and _digits(one.fact) != digits
        and sorted(_digits(one.fact)) == sorted(digits)
        and 0.1 < one.fact.value / fact.value < 10
        for one in line.ground.figures
    )


def _digits(fact: Fact) -> str:
    return f"{fact.value:.10g}".replace(".", "").strip("0")
