"""A figure that could only be worked out, where its source has another one in the very words of the post."""

import re

from composer.post.grounding.figures.binding import homes, near_pull
from composer.post.grounding.figures.line import Line, rivals
from composer.post.grounding.figures.paired import APART
from composer.post.grounding.figures.reckoned import THE_REST, said_with
from composer.post.grounding.source.ground import Figure, Ground
from composer.post.grounding.values.fact import Fact
from composer.post.phrases import UNSPACED

# How well another figure must go with the sentence, in units of log odds, and how much must stand right beside both.
_SURE, _BESIDE = 6.5, 0.8
_MOST_TIMES = 31
# Before what two figures are apart, and what is left over: such a figure is worked out of what the source has there.
_LEFT = re.compile(
    r"(?i)\b(?:by|up|down|plus|minus|another|further|extra|additional|remaining|other|rest(?: of)?|difference(?: of)?|"
    r"gap(?: of)?|sav(?:es?|ed|ings?)(?: of)?|um|weitere\w*|übrige\w*|restliche\w*|autres|otr[oa]s|demás|outr[oa]s|"
    r"(?:baiss|augment|recul|progress|descen|subi|baj|crec|cresc|ca[ií]|aument)\w* (?:de|en)) "
    r"(?:(?:the|a|about|around|roughly|some|almost|nearly|rund|etwa|fast|environ|unos|unas|cerca de) )?[$€£¥]?$"
)


def ousted(fact: Fact, line: Line) -> bool:
    """Whether the source has another figure in the place of one that it nowhere has.

    Sums and differences of a source's figures bear many a wrong figure out by chance. Where the words around it in the
    post stand around one other figure of the same unit in the source, that one is meant.
    """
    if line.where(fact) or APART.match(line.text, fact.end) or _LEFT.search(line.text[: fact.start]):
        return False
    ground, around = line.ground, line.context(fact)
    if ground.language in UNSPACED and said_with("less", line.text, fact):
        return False  # 4600人増えました
    if ground.language != "en" and "share" in fact.dimensions and rest_of(fact, line):
        return False  # "pagou dois terços, e a outra o resto": a third
    others = [
        one
        for one in rivals(fact, line, homes(around, 3))
        if one.fact.readings[0][1] == fact.readings[0][1] and not line.post_says(one)
    ]

    best = max(others, key=lambda one: (line.fit(fact, one), -one.place), default=None)
    if best is None or line.fit(fact, best) <= _SURE or near_pull(around, best.place) < _BESIDE:
        return False
    return not _many_times(fact, best, ground)


def rest_of(fact: Fact, line: Line) -> bool:
    """Whether a share is what another one leaves, where the source says that somebody has the rest."""
    said = line.ground.sentences
    return any(
        any(THE_REST.search(said[at].text) for at in (figure.sentence, figure.sentence + 1) if at < len(said))
        and any(abs(1 - value - fact.value) < 0.02 for value, dimension in figure.fact.readings if dimension == "share")
        for figure in line.ground.figures
    )


def _many_times(fact: Fact, figure: Figure, ground: Ground) -> bool:
    """Whether a figure is another one so many times as the source says there: "four times a day, ninety steps"."""
    if not figure.fact.value:
        return False
    times = fact.value / figure.fact.value
    if not 2 <= times <= _MOST_TIMES or times != round(times):
        return False
    near = (figure.sentence - 1, figure.sentence, figure.sentence + 1)
    return any(one.fact.value == times for index in near for one in ground.figures_of(index))
