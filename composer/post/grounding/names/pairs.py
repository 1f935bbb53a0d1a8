"""Two names of a sentence that have changed places: "Japan with 9 % and Germany with 6 %" where the source has them the
other way round, "from Kestrel to Osprey" where it was from Osprey to Kestrel."""

import math
import re
from collections.abc import Sequence

from composer.post.grounding.figures.lookup import candidates
from composer.post.grounding.names.cases import alike
from composer.post.grounding.names.entities import Entity, bare
from composer.post.grounding.names.mentions import spans
from composer.post.grounding.names.names import Name
from composer.post.grounding.names.offices import same
from composer.post.grounding.names.relations import frames
from composer.post.grounding.source.ground import Ground
from composer.post.grounding.source.terms import content, fold
from composer.post.grounding.values.numbers import facts

_APART = 50
"""The source has to speak of both within so many words."""
_NEAR = 14
"""A word this far off in the source is said of neither."""
_LEAST = 4.0
"""So much has to speak for the other way round, in units of a word's weight."""
_FIGURE, _WAY = 6.0, 6.0
"""What a figure, and what "from" and "to", weigh."""


_OF = re.compile(r"\b(?:of|at|bei|chez)(?: the| der| la)? $")
_JOINED = re.compile(r",?\s(?:and|und|et|y|e)\s|,\s|\s&\s")


def turned(one: Name, two: Name, sentence: str, start: int, ground: Ground) -> bool:
    """Whether a source has two names of a sentence the other way round. `start` is the sentence's offset."""
    mine, theirs = _entities(one, ground), _entities(two, ground)
    if not mine or not theirs or any(set(a.words) & set(b.words) for a in mine for b in theirs):
        return False
    if _JOINED.fullmatch(sentence[one.end - start : two.start - start]):
        return False  # "Anna and Ole": both did it
    if _OF.search(sentence[one.end - start : two.start - start]):
        return False  # "Anna, once chief of staff at Kestrel"
    if not any(_of_a_kind(a, b) and alike(a.kind, mine, b, ground) for a in mine for b in theirs):
        return False
    told = _told(one, two, sentence, start, ground)
    found = False
    for here, there in _together(mine, theirs):
        against = {True: 0.0, False: 0.0}
        for side, weight, places in told:
            gaps = [min((abs(place - at) for place in places), default=10**6) for at in (here[0], there[0])]
            if min(gaps) > _NEAR or abs(gaps[0] - gaps[1]) < 2:
                continue
            if (gaps[0] < gaps[1]) == side:
                return False
            against[side] += weight
        way = _way(one, two, sentence, start, here[1], there[1], mine, theirs, ground)
        if way > 0:
            return False
        found = found or way < 0 or (min(against.values()) > 0 and sum(against.values()) >= _LEAST)
    return found


def _of_a_kind(a: Entity, b: Entity) -> bool:
    return (a.kind == b.kind and a.sure == b.sure) or "person" not in (a.kind, b.kind)


def _entities(name: Name, ground: Ground) -> tuple[Entity, ...]:
    words, _, _ = bare([fold(word) for word in name.words], ground.language)
    return tuple(
        dict.fromkeys(one for word in words for one in ground.entities_of.get(word, ()) if same(one.words, words))
    )


def _together(mine: Sequence[Entity], theirs: Sequence[Entity]) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """(place, sentence) of both where a source has the two close together."""
    ours = sorted({(spot.place, spot.sentence) for one in mine for spot in one.spots})[:30]
    others = sorted({(spot.place, spot.sentence) for one in theirs for spot in one.spots})[:30]
    return [(a, b) for a in ours for b in others if 0 < abs(a[0] - b[0]) <= _APART]


def _told(one: Name, two: Name, sentence: str, start: int, ground: Ground) -> list[tuple[bool, float, tuple[int, ...]]]:
    """What a post says of one of the two rather than of the other: whether of the first, its weight, its places."""
    words = content(sentence, ground.language)
    spots = []
    for name in (one, two):
        own = [place for _, offset, place in words if name.start <= offset + start < name.end]
        spots.append(own or [10**6])
    found: list[tuple[bool, float, tuple[int, ...]]] = []

    def add(place: int, weight: float, places: Sequence[int]) -> None:
        gaps = [min(abs(place - at) for at in own) for own in spots]
        if places and min(gaps) <= 12 and abs(gaps[0] - gaps[1]) >= 2:
            found.append((gaps[0] < gaps[1], weight, tuple(places)))

    figures = facts(sentence, ground.language)
    for term, offset, place in words:
        named = any(name.start <= offset + start < name.end for name in (one, two))
        if term and not named and not any(fact.start <= offset < fact.end for fact in figures):
            weight = ground.weight.get(term, 0.0)
            if weight > 0 and term not in ground.weak:
                add(place, weight, ground.places.get(term, ()))
    for fact in figures:
        place = next((place for _, offset, place in words if offset >= fact.start), 0)
        add(place, _FIGURE, [figure.place for figure in candidates(fact, ground)])
    return found


def _way(
    one: Name, two: Name, sentence: str, start: int, here: int, there: int,
    mine: Sequence[Entity], theirs: Sequence[Entity], ground: Ground,
) -> float:  # fmt: skip
    """Whether post and source go the same way between the two, the other way (negative), or 0: "from X to Y"."""

    def ways(text: str, a: int, b: int) -> frozenset[str]:
        return frozenset(slot for slot, _ in frames(text, a, b, ground.language)) & {"from", "to"}

    post = [ways(sentence, name.start - start, name.end - start) for name in (one, two)]
    source = []
    for who, index in ((mine, here), (theirs, there)):
        text = ground.sentences[index].text
        source.append(frozenset().union(*(ways(text, a, b) for each in who for a, b in spans(text, each.words))))
    if not all(len(each) == 1 for each in (*post, *source)) or post[0] == post[1] or source[0] == source[1]:
        return 0.0
    return math.copysign(_WAY, 1 if post == source else -1)
