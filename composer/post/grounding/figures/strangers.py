"""A figure of a post that its source has only where it speaks of something else altogether.

No odds are weighed here: no place of the source that has the figure shares a word with what the post says of it, each
of them says something of its own, and the source has another figure where the post's words are.
"""

import re
from functools import cache

from composer.post.grounding.figures.binding import Context, closest, homes
from composer.post.grounding.figures.derived import derived
from composer.post.grounding.figures.line import Line, rivals
from composer.post.grounding.source.ground import Figure, Ground
from composer.post.grounding.source.terms import CALENDAR, content, stem
from composer.post.grounding.values.fact import Fact
from composer.post.phrases import UNSPACED

# So little may speak for the figure's own place, and so much must speak for another one, in units of log odds.
_OWN, _OTHER = 0.6, 1.5
# Or so much speaks for it at most, and so much more for the other.
_MOST, _MORE = 2.0, 2.5
# So much must a sentence of the source say to have a subject of its own: "4,870 at the end of September" has none.
_OWN_WORDS = 3
# So many places of words around a figure of the source are looked over.
_REACH = 45
# So much must a sentence of a post say, by the weight of its words, for their absence to tell anything.
_SAID = 4.0
# Smaller bare numbers are counted by a writer as they are by anybody.
_SMALL = 12
_MANY = 40
# A figure of so many digits, noughts at its end aside, that the source has to the last of them, is taken from there.
_EXACT = 3
ENDED = re.compile(r"[.!?…][\"”»“’')\]]*\s*$")


def stranger(fact: Fact, line: Line) -> bool:
    """Whether all the places where the source has a figure of a sentence have nothing to do with what it says."""
    own = line.where(fact)
    ground = line.ground
    if not own or len(own) > _MANY or not _telling(fact) or ground.language in UNSPACED:
        return False
    around = line.context(fact)
    if any(_digits(fact) >= _EXACT and fact.value == figure.fact.value for figure in own):
        return False  # "£26,500" is not met by chance, whatever it is called
    said = sum(sorted(one.weight for one in around.pulls if one.telling))
    if said <= _SAID:
        return False
    post = _post(line)
    if not all(_foreign(figure, post, around, ground) for figure in own):
        return False
    mine = max(line.fit(fact, figure) for figure in own)
    theirs = max((line.fit(fact, other) for other in rivals(fact, line, homes(around, 3))), default=0.0)
    if theirs <= (_OTHER if mine <= _OWN else mine + _MORE) or mine > (_OWN if fact.kind == "date" else _MOST):
        return False
    if not fact.hedge and any(fact.readings[0] == one.fact.readings[0] for one in own):
        return True
    beside = [other for other in line.said if other is not fact]
    return not derived(fact, around, ground, beside, line.text)


def _digits(fact: Fact) -> int:
    """How many digits of a figure are no mere noughts at its end."""
    return len(f"{fact.value / fact.scale:.6g}".replace(".", "").strip("0")) if fact.kind == "number" else 0


def _telling(fact: Fact) -> bool:
    """Whether a figure is one that a writer takes from a source: no quarter, no share, no handful."""
    dimension = fact.readings[0][1]
    if fact.kind == "date":
        return fact.mark == "day"
    if dimension in ("share", "times", "ordinal", "point", "part", "whole"):
        return False
    return bool(dimension) or fact.value > _SMALL


def _foreign(figure: Figure, post: set[str], around: Context, ground: Ground) -> bool:
    """Whether a sentence of the source says something of its own, and nothing of what the post says."""
    if not ENDED.search(ground.sentences[figure.sentence].text):
        return False  # where nothing ends a sentence, it has no subject of its own
    theirs = _terms(ground.sentences[figure.sentence].text, ground)
    ours = {one.term for one in (*around.pulls, *around.label) if one.telling}
    if len(theirs - calendar_stems(ground.language)) < _OWN_WORDS or theirs & ours or len(theirs & post) > 1:
        return False
    return all(closest(one.places, figure.place) > _REACH for one in around.pulls if one.telling and not one.away)


@cache
def calendar_stems(language: str) -> frozenset[str]:
    """The days and months of all languages, as `content` cuts them in this one."""
    return frozenset(stem(word, language) for word in CALENDAR)


def _post(line: Line) -> set[str]:
    """The words of all sentences of the post."""
    said = " ".join((line.label, line.around, *(f"{one.label} {one.text}" for one in line.company)))
    return _terms(said, line.ground)


def _terms(text: str, ground: Ground) -> set[str]:
    return {t for t, _, _ in content(text, ground.language) if ground.weight.get(t, 0.0) > 0} - ground.weak
