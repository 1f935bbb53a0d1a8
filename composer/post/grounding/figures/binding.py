"""How well the words around a figure or a name of a post go with a place of the source.

Every content word of a post's sentence pulls towards the places where the source has it, the nearer in both the harder.
The other figures of the sentence pull as well. The place where the source has the figure is compared with the places of
other figures of the kind.
"""

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from composer.post.grounding.source.ground import Ground
from composer.post.grounding.source.terms import content
from composer.post.grounding.values.fact import Fact

# A word this many places off still pulls, at a tenth of its weight.
_REACH = 60
_SOFT, _SHARP, _WIDE = 7.0, 2.5, 12.0


@dataclass(frozen=True, slots=True)
class Pull:
    """A word of the post: how much it counts, how far from the figure it is, and where the source has it.

    `side` is -1 before the figure and 1 after it, `telling` is False for a stop word, `name` says that it has a
    capital inside a sentence, `away` that another figure of the kind stands nearer to it.
    """

    term: str
    weight: float
    distance: int
    places: Sequence[int]
    homes: Sequence[int]
    side: int = 1
    telling: bool = True
    name: bool = False
    away: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """What a post says a figure of: the words of its sentence and those of the label.

    `beside` holds, for every other figure of the sentence, the places where the source has it, `mates` the same for
    those it could be taken for. `unknown` counts the telling words that the source does not have.
    """

    pulls: tuple[Pull, ...]
    unknown: int
    label: tuple[Pull, ...] = ()
    beside: tuple[tuple[int, ...], ...] = ()
    mates: tuple[tuple[int, ...], ...] = ()

    @property
    def total(self) -> float:
        """All there is to pull."""
        return math.fsum(sorted(pull.weight / (1 + pull.distance / _SOFT) for pull in self.pulls))


def context(
    sentence: str, fact: Fact, others: Sequence[Fact], label: str, ground: Ground, *,
    beside: Sequence[tuple[Fact, tuple[int, ...]]] = (), mates: Sequence[tuple[int, ...]] = (),
) -> Context:  # fmt: skip
    """The words around a figure. What stands nearer to one of `others`, figures of its kind, counts less.

    `beside` are other figures with their places in the
    source: they pull as words do. `mates` are the places of `others`.
    """
    words = content(sentence, ground.language)
    own = [place for _, offset, place in words if fact.start <= offset < fact.end]
    here = own or [place for _, offset, place in words if offset >= fact.start][:1] or [0]
    rivals = [place for _, offset, place in words if any(one.start <= offset < one.end for one in others)]
    spans = [(fact.start, fact.end), *((one.start, one.end) for one in others)]
    spans += [(one.start, one.end) for one, _ in beside]
    found: dict[str, Pull] = {}
    unknown: set[str] = set()
    for term, offset, place in words:
        if not term or any(a <= offset < b for a, b in spans):
            continue
        if ground.weight.get(term, 0.0) <= 0:
            if term not in ground.weak:
                unknown.add(term)
            continue
        distance = min(abs(place - at) for at in (here[0], here[-1]))
        away = bool(rivals) and min(abs(place - other) for other in rivals) < distance
        distance += 8 * away
        if term not in found or distance < found[term].distance:
            named = offset > 0 and sentence[offset : offset + 1].isupper()
            side = 1 if offset >= fact.end else -1
            found[term] = replace(_pull(term, distance, ground), side=side, name=named, away=away)
    terms = {term for term, _, _ in content(label, ground.language)} if label else set()
    told = tuple(_pull(t, 14, ground) for t in sorted(terms - found.keys()) if ground.weight.get(t, 0.0) > 0)
    pulls = tuple(found[term] for term in sorted(found))
    nearer = [one for one, _ in beside if _nearer(one, fact, others)]
    places = tuple(at for one, at in beside if at and one in nearer)
    return Context(pulls, len(unknown), told, places, tuple(at for at in mates if at))


def _nearer(one: Fact, fact: Fact, others: Sequence[Fact]) -> bool:
    """Whether a figure stands nearer to `fact` than to any of `others`."""

    def apart(other: Fact) -> int:
        return max(one.start - other.end, other.start - one.end)

    return all(apart(fact) <= apart(other) for other in others)


def _pull(term: str, distance: int, ground: Ground) -> Pull:
    return Pull(
        term,
        ground.weight[term],
        distance,
        ground.places.get(term, ()),
        ground.homes.get(term, ()),
        telling=term not in ground.weak,
    )


def _signed(places: Sequence[int], place: int) -> int:
    """How far the nearest of `places` lies from a place; negative where it stands before."""
    at = bisect_left(places, place)
    best = 10**6
    for other in places[max(0, at - 1) : at + 1]:
        if abs(other - place) < abs(best):
            best = other - place
    return best


def pull(said: Context, place: int) -> float:
    """How strongly the words of a post pull towards a place of the source."""
    return math.fsum(
        one.weight / (1 + one.distance / _SOFT) / (1 + gap / _SOFT)
        for one in (*said.pulls, *said.label)
        if (gap := abs(_signed(one.places, place))) <= _REACH
    )


def near_pull(said: Context, place: int, reach: int = 6) -> float:
    """The same with only the words right beside the figure, in both."""
    return math.fsum(
        one.weight / (1 + one.distance / _SHARP) / (1 + gap / _SHARP)
        for one in said.pulls
        if one.distance <= reach and (gap := abs(_signed(one.places, place))) <= reach
    )


def hits(said: Context, place: int, reach: int = 25) -> int:
    """How many telling words of the post the source has near a place."""
    return sum(abs(_signed(one.places, place)) <= reach for one in said.pulls if one.telling)


class Spot(Protocol):
    """A place of the source and the sentence it is in."""

    @property
    def place(self) -> int: ...

    @property
    def sentence(self) -> int: ...


def covered(said: Context, place: int, reach: int = 15) -> float:
    """The share of the telling words of a post that the source has near a place; unknown words count as common ones."""
    known = [one for one in said.pulls if one.telling and not one.away]
    near = math.fsum(one.weight for one in known if abs(_signed(one.places, place)) <= reach)
    return near / (math.fsum(one.weight for one in known) + _UNKNOWN * said.unknown or 1.0)


# What a word that the source does not have would weigh.
_UNKNOWN = 4.0
FEATURES = (
    "sharp", "near", "counted", "own", "figures", "before", "after", "label", "home", "mates", "beside",
)  # fmt: skip
# How much each feature counts; see `tests/post/ground_fit.py`.
_WEIGHTS = (1.11, 0.63, 0.1, 0.46, 3.8, 0.69, 0.66, 1.86, 1.15, 2.18, 0.88)


def features(said: Context, figure: Spot, kin: Sequence[int]) -> tuple[float, ...]:
    """What speaks for a place of the source, in the order of `FEATURES`. `kin` are the places of the figures of its
    sentence that could be taken for it, itself among them.

    The words near in both; those within fifteen places; the one that both count; those that stand nearest to this
    figure of the sentence; the other figures; the words before and after it in both; the label;
    words anywhere in the sentence; the figures that it could be taken for; and the other figures that stand nearest.
    """
    place = figure.place
    sharp = near = counted = own = ahead = behind = home = 0.0
    for one in said.pulls:
        signed = _signed(one.places, place)
        gap = abs(signed)
        if one.name and signed < 0:
            gap //= 3  # a name is said once and meant on
        if gap > _REACH:
            continue
        weight, distance = one.weight, one.distance
        drawn = weight / (1 + distance / _SOFT)
        if gap <= 6 and distance <= 6:
            sharp += weight / (1 + distance / _SHARP) / (1 + gap / _SHARP)
        if gap <= 15:
            near += weight / (1 + distance / _WIDE)
        if one.side > 0 and distance <= 2 and 0 < signed <= 4:
            counted += weight
        if _contains(one.homes, figure.sentence):
            home += weight / (1 + distance / _WIDE)
        if one.away:
            continue
        if gap <= 40 and min(kin, key=lambda at: (abs(at - place - signed), at)) == place:
            own += drawn
        if one.side < 0 and -15 <= signed <= 0:
            ahead += drawn / (1 + gap / _SOFT)
        if one.side > 0 and 0 <= signed <= 15:
            behind += drawn / (1 + gap / _SOFT)
    label = math.fsum(
        one.weight / (1 + gap / _WIDE) for one in said.label if (gap := abs(_signed(one.places, place))) <= _REACH
    )
    figures = math.fsum(
        1 / (1 + gap / _SOFT) for places in said.beside if (gap := min(abs(at - place) for at in places)) <= 40
    )
    mates = math.fsum(
        1 / (1 + gap / _SOFT) for places in said.mates if (gap := min(abs(at - place) for at in places)) <= 40
    )
    beside = math.fsum(
        1 / (1 + gap / _WIDE)
        for places in said.beside
        if (gap := abs(signed := _signed(places, place))) <= 40
        and min(kin, key=lambda at: (abs(at - place - signed), at)) == place
    )
    return sharp, near, counted, own, figures, ahead, behind, label, home, mates, beside


def score(said: Context, figure: Spot, kin: Sequence[int]) -> float:
    """How well what a post says goes with a figure of the source, in units of log odds between two figures."""
    values = features(said, figure, kin)
    return math.fsum(weight * math.log1p(value) for weight, value in zip(_WEIGHTS, values, strict=True))


def _contains(ordered: Sequence[int], value: int) -> bool:
    at = bisect_left(ordered, value)
    return at < len(ordered) and ordered[at] == value


def homes(said: Context, count: int = 8) -> list[int]:
    """The sentences of the source that most of a post's words are in, the best first."""
    scores: dict[int, float] = {}
    for one in (*said.pulls, *said.label):
        for index in one.homes:
            scores[index] = scores.get(index, 0.0) + one.weight / (1 + one.distance / _SOFT)
    return sorted(scores, key=lambda index: (-scores[index], index))[:count]


def reached(said: Context, place: int, reach: int = 40) -> tuple[float, int]:
    """The weight of the names near a place, and how many figures that could be taken for this one are near it."""
    named = math.fsum(one.weight for one in said.pulls if one.name and abs(_signed(one.places, place)) <= reach)
    return named, sum(1 for places in said.mates if places and min(abs(at - place) for at in places) <= reach)


def closest(places: Sequence[int], place: int) -> int:
    """How far the nearest of `places` lies from a place."""
    return abs(_signed(places, place))
