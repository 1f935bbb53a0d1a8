"""Whether a figure or a name of a post stands in the source for what the post says it of.

Every content word of a post's sentence pulls towards the places where the source has it, the nearer to the figure the
harder. The place where the source has the figure is compared with the places of other figures of the kind.
"""

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from composer.post.fact import Fact
from composer.post.ground import Ground
from composer.post.terms import content

# A word this many places off still pulls, at a tenth of its weight.
_REACH = 60
_SOFT, _SHARP = 7.0, 2.5


@dataclass(frozen=True, slots=True)
class Pull:
    """A word of the post: how much it counts, how far from the figure it is, and where the source has it.

    `telling` is False for a stop word; `follows` is True for what the figure counts: the word right after it.
    `away` says that another figure stands nearer to it.
    """

    term: str
    weight: float
    distance: int
    places: Sequence[int]
    telling: bool = True
    follows: bool = False
    away: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """What a post says a figure of."""

    pulls: tuple[Pull, ...]
    unknown: int

    @property
    def total(self) -> float:
        """All there is to pull."""
        return math.fsum(sorted(pull.weight / (1 + pull.distance / _SOFT) for pull in self.pulls))


def context(sentence: str, fact: Fact, others: Sequence[Fact], label: str, ground: Ground) -> Context:
    """The words around a figure. What stands nearer to one of `others` counts less, the label from afar."""
    words = content(sentence, ground.language)
    own = [place for _, offset, place in words if fact.start <= offset < fact.end]
    here = own or [place for _, offset, place in words if offset >= fact.start][:1] or [0]
    beside = [place for _, offset, place in words if any(one.start <= offset < one.end for one in others)]
    nearest: dict[str, int] = {}
    counted: set[str] = set()
    away: set[str] = set()
    for term, offset, place in words:
        if term and offset >= fact.end and place - here[-1] <= 2:
            counted.add(term)
        if term and not fact.start <= offset < fact.end and place not in beside:
            distance = min(abs(place - at) for at in (here[0], here[-1]))
            if beside and min(abs(place - other) for other in beside) < distance:
                distance += 8
                away.add(term)
            nearest[term] = min(distance, nearest.get(term, 999))
    for term, _, _ in content(label, ground.language) if label else ():
        if term:
            nearest.setdefault(term, 14)
    pulls = tuple(
        Pull(
            term,
            ground.weight[term],
            distance,
            ground.places[term],
            term not in ground.weak,
            term in counted,
            term in away,
        )
        for term, distance in sorted(nearest.items())
        if ground.weight.get(term, 0.0) > 0
    )
    unknown = sum(term not in ground.weight and term not in ground.weak for term in nearest)
    return Context(pulls, unknown)


def _gap(places: Sequence[int], place: int) -> int:
    at = bisect_left(places, place)
    return min((abs(places[i] - place) for i in (at - 1, at) if 0 <= i < len(places)), default=10**6)


def pull(said: Context, place: int) -> float:
    """How strongly the words of a post pull towards a place of the source."""
    return math.fsum(
        one.weight / (1 + one.distance / _SOFT) / (1 + gap / _SOFT)
        for one in said.pulls
        if (gap := _gap(one.places, place)) <= _REACH
    )


def near_pull(said: Context, place: int, reach: int = 6) -> float:
    """The same with only the words right beside the figure, in both."""
    return math.fsum(
        one.weight / (1 + one.distance / _SHARP) / (1 + gap / _SHARP)
        for one in said.pulls
        if one.distance <= reach and (gap := _gap(one.places, place)) <= reach
    )


def hits(said: Context, place: int, reach: int = 25) -> int:
    """How many telling words of the post the source has near a place."""
    return sum(_gap(one.places, place) <= reach for one in said.pulls if one.telling)


def counts(said: Context, place: int) -> bool:
    """Whether the source counts the same thing with the figure at a place: "27 keyboards", "27 mechanical "
    "keyboards"."""
    return any(
        one.follows and one.telling and place < one.places[at] <= place + 4
        for one in said.pulls
        for at in (bisect_left(one.places, place + 1),)
        if at < len(one.places)
    )


def compare(said: Context, mine: int, rival: int, kin: Sequence[int]) -> tuple[float, float, bool]:
    """How well the words of a post go with two figures of one sentence, and whether one of them is only the rival's.

    A word belongs to the figure it stands nearest to. What stands before a figure may be meant for the next one as
    well ("a bus costs 280, a tram 520"), what stands after it is not.
    """
    here = there = 0.0
    own = False
    if abs(mine - rival) <= 5:
        return here, there, own  # "from thirty to sixty hours": what is said of one is said of both
    for one in said.pulls:
        if one.away:
            continue
        at_mine, at_rival = (_share(one.places, place, kin) for place in (mine, rival))
        weight = one.weight / (1 + one.distance / _SOFT)
        here, there = here + weight * at_mine, there + weight * at_rival
        own = own or (at_rival == 1.0 and at_mine < 0.6 and one.weight > 0.4)
    return here, there, own


def _share(places: Sequence[int], place: int, kin: Sequence[int]) -> float:
    best = 0.0
    low, high = min(kin) - 40, max(kin) + 30
    for at in places[bisect_left(places, low) : bisect_left(places, high)]:
        nearest = min(kin, key=lambda other: (abs(other - at), other))
        if nearest == place:
            return 1.0
        if nearest < at <= nearest + 3:
            continue  # what the other figure counts
        if at < place and nearest < place:
            between = sum(nearest < other < place for other in kin)
            best = max(
                best,
                (0.8 if place - nearest <= 4 else 0.55 if place - nearest <= 14 else 0.4) * (0.7 if between else 1.0),
            )
    return best


def homes(said: Context, ground: Ground, count: int = 8) -> list[int]:
    """The sentences of the source that most of a post's words are in, the best first."""
    score: dict[int, float] = {}
    for one in said.pulls:
        for index in ground.homes.get(one.term, ()):
            score[index] = score.get(index, 0.0) + one.weight / (1 + one.distance / _SOFT)
    return sorted(score, key=lambda index: (-score[index], index))[:count]
