"""Whether the source has a figure of a post for something else.

The place of the source that goes best with what the post says and has this figure is held against the best one that has
another figure of the kind. What speaks for either is weighed by a logistic regression; `tests/post/ground_fit.py` fits
the weights to labelled posts and to true figures exchanged for others of their source.
"""

import math
import re
from collections.abc import Sequence

from composer.post.grounding.figures.agreement import supports
from composer.post.grounding.figures.binding import FEATURES as BOUND
from composer.post.grounding.figures.binding import Context, closest, covered, features, homes, reached, score
from composer.post.grounding.figures.line import Line, held_by, kin_of, linked, rivals, source_clause
from composer.post.grounding.figures.lookup import comparable, date_parts
from composer.post.grounding.source.ground import Figure, Ground
from composer.post.grounding.source.terms import stem
from composer.post.grounding.values.fact import Fact
from composer.post.phrases import UNSPACED

FEATURES = (
    "more", "unspaced", "loose", "percent", "rivals", "unknown", "label", "own clause", "other clause",
    "own share", "own left out", "other left out", "own near", "names", "figures", "mates", "before", "nearest", "home",
    "other wide", "own carried", "other carried", "own counts", "other counts",
    "own side", "other side", "beside own", "counted otherwise",
    "only other", "only other beside", "own dates", "other dates", "long", "other said",
)  # fmt: skip
# What is added, and how much each feature counts, in log odds; see `tests/post/ground_fit.py`.
_BIAS = -0.65
_WEIGHTS = (
    0.17, -0.39, -1.30, 0.59, -0.52, -0.26, -0.20, -0.80, 0.33, 1.67, 0.33, -0.17,
    -0.49, 0.25, 0.43, 0.18, 0.29, 0.34, 0.32, 0.28, -1.40, 1.49, 0.29, -0.32,
    -0.67, 0.50, -0.98, -0.32, 0.46, 0.24, -0.81, 1.03, -0.14, -1.01,
)  # fmt: skip
# The log odds from which on a figure is told.
_LEAST = 0.6
# What it takes more for a plain number: dates and shares say more of what they belong to.
_OF_NUMBERS = 0.4
# What it takes more where the source says "it" for what it named with the other figure, so near before, in places.
_IF_TAKEN_UP, _NEXT = 1.4, 60
_IT_IS = re.compile(
    r"(?i)\b(?:it|they)(?:['’]s|['’]re| is| was| are| were)(?: now| then| still| only| just| about| around| almost)*"
    r" ?[$€£]?(?:an? )?$"
)
# So many places of a figure are all looked at.
_MANY = 40
_AT = {name: at for at, name in enumerate(BOUND)}


def best_two(fact: Fact, line: Line, around: Context) -> tuple[Figure, Figure, float, int] | None:
    """The place of the source that goes best with a figure's sentence and bears it out, the best one that does not, by
    how much the second is better, and how many there were; None where there is no other."""
    ground = line.ground
    if not around.pulls and not around.label:
        return None
    best = homes(around, 12)
    others = rivals(fact, line, best)
    own: Sequence[Figure] = line.where(fact)
    if not others or not own:
        return None
    if len(own) > _MANY:
        close = {index + by for index in best for by in (-1, 0, 1)}
        own = [figure for figure in own if figure.sentence in close] or own[:1]

    def rank(figure: Figure) -> tuple[float, int]:
        return score(around, figure, kin_of(fact, figure, ground)), -figure.place

    mine, other = max(own, key=rank), max(others, key=rank)
    return mine, other, rank(other)[0] - rank(mine)[0], len(others)


def weighed(fact: Fact, line: Line, around: Context) -> tuple[float, ...] | None:
    """What speaks for another figure of the source, in the order of `FEATURES`; None where there is none."""
    found = best_two(fact, line, around)
    if found is None:
        return None
    mine, other, more, many = found
    ground = line.ground
    (ours, our_span), (theirs, their_span) = source_clause(fact, mine, ground), source_clause(fact, other, ground)
    known = {one.term for one in (*around.pulls, *around.label)}
    here, span = line.clause(fact)
    here &= known
    dates = line.dates(fact, span)
    dated = held_by(dates, mine, our_span, ground), held_by(dates, other, their_span, ground)
    ours, theirs = ours - theirs, theirs - ours
    held, against = (
        [math.log1p(value) for value in features(around, figure, kin_of(fact, figure, ground))]
        for figure in (mine, other)
    )
    only = float(bool(theirs & here) and not ours & here)
    named, mates = zip(*(reached(around, figure.place) for figure in (mine, other)), strict=True)
    return (
        more,
        float(ground.language in UNSPACED),
        float(line.loose),
        float(fact.kind == "percent"),
        math.log1p(many),
        math.log1p(around.unknown),
        float(bool(around.label)),
        math.log1p(_weight(ours & here, ground)),
        math.log1p(_weight(theirs & here, ground)),
        _weight(ours & known, ground) / (_weight(ours, ground) + 1),
        math.log1p(_weight(ours - known, ground)),
        math.log1p(_weight(theirs - known, ground)),
        held[_AT["near"]],
        math.log1p(named[1]) - math.log1p(named[0]),
        against[_AT["figures"]] - held[_AT["figures"]],
        float(mates[1] - mates[0]),
        against[_AT["before"]],
        against[_AT["own"]] - held[_AT["own"]],
        against[_AT["home"]],
        wide(around, other.place),
        carried(line, mine.place),
        carried(line, other.place),
        float(bool(fact.counts) and stem(fact.counts, ground.language) == stem(mine.fact.counts, ground.language)),
        float(bool(fact.counts) and stem(fact.counts, ground.language) == stem(other.fact.counts, ground.language)),
        _beside(around, mine.place),
        _beside(around, other.place),
        held[_AT["beside"]],
        float(bool(fact.counts and other.fact.counts) and stem(fact.counts) != stem(other.fact.counts)),
        only,
        only * (abs(mine.sentence - other.sentence) <= 1),
        float(len(dated[0] - dated[1])),
        float(len(dated[1] - dated[0])),
        math.log(len(ground.sentences)),
        _said_beside(fact, line, other),
    )


def _said_beside(fact: Fact, line: Line, other: Figure) -> float:
    """Whether another sentence of the post says the other figure of the source, and where it belongs."""
    said = 0.0
    for one in line.company:
        if one.text == line.text and one.label == line.label:
            continue
        for told in one.said:
            if comparable(told, fact) and supports(told, other.fact):
                place, better = place_of(told, one)
                if place is other:
                    said = max(said, 0.3 if better else 1.0)
    return said


def place_of(fact: Fact, line: Line) -> tuple[Figure | None, bool]:
    """Where the source has a figure of a sentence, as far as it has it, and whether the sentence goes better with
    another figure."""
    if id(fact) not in line.placed:
        found = best_two(fact, line, line.context(fact))
        own = line.where(fact)
        line.placed[id(fact)] = (found[0], found[2] > 0) if found else (own[0] if own else None, False)
    return line.placed[id(fact)]


def _linked(mine: Figure, other: Figure, ground: Ground) -> bool:
    """Whether two figures of the source share all that is said of them: "we went from 24 degrees to 17"."""
    if mine.sentence != other.sentence:
        return False
    said = ground.sentences[mine.sentence]
    return linked(said.text, mine.fact, other.fact, said.facts)


def _coarser(fact: Fact, other: Fact) -> bool:
    """Whether a post has a day and another date of the source only a month or a year: the one is not put for the
    other."""
    return fact.kind == "date" and fact.mark == other.mark == "day" and all(date_parts(fact)) > all(date_parts(other))


def _taken_up(mine: Figure, other: Figure, ground: Ground) -> bool:
    """Whether a source goes on from a figure to the next with a pronoun: "the bill was nine hundred, and then 2022
    came and it was two thousand". The words of the first are of both."""
    if mine.fact.kind == "date" or not 0 < mine.place - other.place < _NEXT or mine.sentence - other.sentence > 1:
        return False
    return bool(_IT_IS.search(ground.sentences[mine.sentence].text, 0, mine.fact.start))


def _beside(around: Context, place: int) -> float:
    """1 where another figure of the sentence stands near a place, else 0."""
    return float(any(closest(places, place) <= 30 for places in (*around.beside, *around.mates) if places))


def wide(around: Context, place: int) -> float:
    """The share of what a sentence says that the source has within two or three sentences of a place."""
    return covered(around, place, 45)


def carried(line: Line, place: int) -> float:
    """The share of what the sentences around it in the post say that the source has near a place."""
    found = line.carried()
    near = math.fsum(weight for weight, places in found if closest(places, place) <= 60)
    return near / (math.fsum(weight for weight, _ in found) + 4.0)


def _weight(terms: frozenset[str], ground: Ground) -> float:
    return math.fsum(max(0.0, ground.weight.get(term, 0.0)) for term in sorted(terms))


def margin(fact: Fact, line: Line, around: Context | None = None) -> float:
    """By how much the source has a figure for something else, beyond what it takes to say so; negative where its own
    place will do. `around` may say less than the whole sentence."""
    around = around or line.context(fact)
    found, two = weighed(fact, line, around), best_two(fact, line, around)
    if found is None or two is None or _linked(two[0], two[1], line.ground) or _coarser(fact, two[1].fact):
        return -9.0
    least = _LEAST + (_OF_NUMBERS if fact.kind == "number" else 0.0)
    least += _IF_TAKEN_UP if _taken_up(two[0], two[1], line.ground) else 0.0
    return _BIAS + math.fsum(weight * value for weight, value in zip(_WEIGHTS, found, strict=True)) - least
