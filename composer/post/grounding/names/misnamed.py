"""Names that the source has, but says something else of."""

import re
from dataclasses import replace

from composer.post.grounding.names.cases import case_of
from composer.post.grounding.names.names import Name
from composer.post.grounding.names.odds import odds
from composer.post.grounding.names.offices import of_house, of_office
from composer.post.grounding.names.small import placed_otherwise
from composer.post.grounding.names.wording import otherwise
from composer.post.grounding.source.ground import Ground
from composer.post.grounding.source.terms import fold
from composer.post.grounding.values.numbers import facts

_LEAST = 2.4
"""Log odds above which a name is told."""
_OWNER = 4.5
"""Whose something is may be said of many: of a hundred and fifty such names one was wrong."""
_APART = 1.0
"""A name that without the figures of its sentence has no more than this is not told: a figure may be wrong."""


def misnamed(
    name: Name, sentence: str, start: int, label: str, ground: Ground, told: str = "", quotes: bool = False
) -> tuple[int, int, str]:  # fmt: skip
    """Why a name of a sentence is not the one the source has there, or "", and from where to where. `start` is the
    sentence's offset, `told` what the post says right before it.

    "The Elba line" where the source speaks of the Oder line, and of the Elba elsewhere. What only a figure speaks
    against is left to the figures.
    """
    here = (name.start, name.end)
    if why := of_office(name, sentence, start, label, ground):
        return (*here, why)
    if why := otherwise(name, sentence, start, ground):
        return (*here, why)
    if why := placed_otherwise(name, sentence, start, ground):
        return (*here, why)
    if house := of_house(name, sentence, start, ground):
        return house
    if of_somebody(name, sentence, start, ground):
        return (*here, "")
    if sentence.rstrip().endswith(("?", "❓", "？")):
        return (*here, "")  # what is asked is not said
    case = case_of(name, sentence, start, label, ground, told, quotes)
    owns = re.search(r"['’]s? ", sentence[name.start - start : name.end - start + 3]) is not None
    if case is None or odds(case) <= (_OWNER if owns else _LEAST):
        return (*here, "")
    called = " ".join(name.words)
    bare_of = replace(case, around=replace(case.around, beside=()))
    if facts(sentence, ground.language) and odds(bare_of) <= _APART:
        return (*here, "")  # the figures say so alone: one of them may be wrong
    return (*here, f"The source has {called} for something else, not for this.")


_OF_WHOM = re.compile(r"([A-ZÀ-ÖØ-Þ][\w’'-]+),? (?:of|from|at|de|von|vom|du|da|do)(?: the| la| der)? $")


def of_somebody(name: Name, sentence: str, start: int, ground: Ground) -> bool:
    """Whether a house is only whose somebody is, "Ian Johnson of Mind Cymru", and the source says so."""
    whom = _OF_WHOM.search(sentence[: name.start - start])
    if not whom:
        return False
    theirs = {spot.sentence for one in ground.entities_of.get(fold(whom[1]), ()) for spot in one.spots}
    words = [fold(word) for word in name.words]
    mine = {spot.sentence for word in words for one in ground.entities_of.get(word, ()) for spot in one.spots}
    return any(abs(a - b) <= 2 for a in theirs for b in mine)
