"""Whether the source has a figure of a post for something else.

The place of the source that goes best with what the post says and has this figure is held against the best one that has
another figure of the kind. What speaks for either is weighed by a logistic regression; `tests/post/ground_fit.py` fits
the weights to labelled posts and to true figures exchanged for others of their source.
"""

import math
from collections.abc import Sequence

from composer.post.binding import FEATURES as BOUND
from composer.post.binding import Context, features, homes, reached, score
from composer.post.fact import Fact
from composer.post.figure_line import Line, kin_of, rivals, source_clause
from composer.post.ground import Figure, Ground
from composer.post.phrases import UNSPACED

FEATURES = (
    "more", "unspaced", "loose", "percent", "rivals", "unknown", "beside", "label", "own clause", "other clause",
    "own share", "own left out", "other left out", "own near", "names", "figures", "mates", "before", "nearest", "home",
)  # fmt: skip
# What is added, and how much each feature counts, in log odds; see `tests/post/ground_fit.py`.
_BIAS = 0.02
_WEIGHTS = (
    0.16, -0.63, -1.33, 0.37, -0.41, -0.53, -0.24, -0.69, -0.74, 0.41,
    1.06, 0.27, -0.34, -0.68, 0.36, 1.85, 0.59, 0.44, 0.38, 0.49,
)  # fmt: skip
# The log odds from which on a figure is told.
_LEAST = 0.8
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
    ours, theirs = source_clause(fact, mine, ground), source_clause(fact, other, ground)
    known = {one.term for one in (*around.pulls, *around.label)}
    here = line.clause(fact) & known
    ours, theirs = ours - theirs, theirs - ours
    held, against = (
        [math.log1p(value) for value in features(around, figure, kin_of(fact, figure, ground))]
        for figure in (mine, other)
    )
    named, mates = zip(*(reached(around, figure.place) for figure in (mine, other)), strict=True)
    return (
        more,
        float(ground.language in UNSPACED),
        float(line.loose),
        float(fact.kind == "percent"),
        math.log1p(many),
        math.log1p(around.unknown),
        float(sum(1 for places in around.beside if places)),
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
    )


def _weight(terms: frozenset[str], ground: Ground) -> float:
    return math.fsum(max(0.0, ground.weight.get(term, 0.0)) for term in sorted(terms))


def margin(fact: Fact, line: Line, around: Context | None = None) -> float:
    """By how much the source has a figure for something else, beyond what it takes to say so; negative where its own
    place will do. `around` may say less than the whole sentence."""
    found = weighed(fact, line, around or line.context(fact))
    if found is None:
        return -9.0
    return _BIAS + math.fsum(weight * value for weight, value in zip(_WEIGHTS, found, strict=True)) - _LEAST
