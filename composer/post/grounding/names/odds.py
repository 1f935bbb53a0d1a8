"""How likely it is that another name stands in the source where a post has this one.

A conditional logit finds the place that goes best with what the post says, for the name and for every other of its
kind; a logistic regression weighs the two. `tests/post/name_fit.py` fits both.
"""

import math
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from composer.post.grounding.figures.binding import Context
from composer.post.grounding.names.cases import Case, before, meant, rival_spots, somebody, spoken_by, we
from composer.post.grounding.names.entities import Entity, Spot, head_noun
from composer.post.grounding.names.mentions import frames_i, frames_of, frames_she, reach, spots_i, spots_she
from composer.post.grounding.names.relations import Frame, shared
from composer.post.grounding.source.ground import Ground
from composer.post.grounding.source.terms import fold, stem

_MANY = 40
"""So many places of one name are looked at."""


def _gap(places: Sequence[int], place: int) -> int:
    """How far the nearest of `places` lies from a place; negative where it stands before."""
    at = bisect_left(places, place)
    return min((other - place for other in places[max(0, at - 1) : at + 1]), key=abs, default=10**6)


SPOT = ("sharp", "near", "home", "after", "figure", "figures", "label", "named")
_SPOT = (2.18, 0.0, 0.47, 0.0, 1.67, 1.09, 0.0, 1.02)
CASE = (
    "one", "own", "rival", "own sharp", "rival sharp", "own figures", "rival figures", "same sentence", "next", "since",
    "before", "kind", "telling", "figures nearer", "words nearer", "own share", "rival share",
    "often", "early", "introduced", "voice", "main", "told", "short", "person", "unknown", "thing", "unsure",
    "occasion", "german", "eastern", "several", "lowercase", "says", "told by", "quotes", "quoted", "voice quotes",
    "own frame", "rival frame", "frame gain", "own frames?",
    "frame total", "own known", "own home share", "hits more", "share more", "far", "far share", "both sure", "we",
    "far hits", "few rivals", "clause", "clause own", "clause rival", "clause more", "clause mass",
    "two frames", "parallel", "another so", "so away",
)  # fmt: skip
_CASE = (
    0.91, -0.11, 0.12, -0.51, 0.47, -0.07, 0.17, -0.14, -0.22, -0.34, 0.61, 0.71, 0.02, 0.17, -0.15, -1.31, 1.15,
    0.11, -0.02, 0.03, 0.0, 3.66, 0.0, -3.14, -0.32, -0.38, -0.72, -0.41, -0.43, -0.84, 0.79, 0.29, 0.79, -0.83,
    1.07, -0.0, 0.24, 0.44, -0.19, 0.12, -0.04, -0.14, 0.0, -0.34, -1.75, -0.02, -0.19, -0.14, 0.62, 0.17, 0.13,
    0.16, -0.21, -0.2, -0.58, 1.06, -0.13, 0.07, 0.91, 0.79, 1.09, 0.54,
)  # fmt: skip


def at_spot(around: Context, spot: Spot) -> tuple[float, ...]:
    """What speaks for a place of the source, in the order of `SPOT`: words right beside in both, within fifteen, in the
    same sentence, in what follows a name; figures right there and in what follows; the label; names."""
    sharp = near = home = after = named = 0.0
    for one in around.pulls:
        signed = _gap(one.places, spot.place)
        gap = abs(signed)
        if one.name and gap <= 40:
            named += one.weight / (1 + gap / 12)
            continue
        if gap <= 6 and one.distance <= 6:
            sharp += one.weight / (1 + one.distance / 2.5) / (1 + gap / 2.5)
        if gap <= 15:
            near += one.weight / (1 + one.distance / 12)
        at = bisect_left(one.homes, spot.sentence)
        if at < len(one.homes) and one.homes[at] == spot.sentence:
            home += one.weight / (1 + one.distance / 12)
        at = bisect_left(one.places, spot.place + 1)
        if at < len(one.places) and one.places[at] <= spot.place + 60:
            after += one.weight / (1 + one.distance / 12)
    gaps = [_gap(places, spot.place) for places in around.beside]
    figure = sum(abs(gap) <= 20 for gap in gaps)
    figures = sum(-20 <= gap <= 60 for gap in gaps)
    label = math.fsum(
        one.weight / (1 + gap / 12) for one in around.label if (gap := abs(_gap(one.places, spot.place))) <= 60
    )
    return sharp, near, home, after, float(figure), float(figures), label, named


def worth(values: Sequence[float]) -> float:
    """One figure for what speaks for a place."""
    return math.fsum(weight * math.log1p(value) for weight, value in zip(_SPOT, values, strict=True))


def best(around: Context, spots: Iterable[Spot]) -> tuple[float, tuple[float, ...], Spot] | None:
    """The place for which most speaks."""
    found = [(worth(values := at_spot(around, spot)), values, spot) for spot in spots]
    return max(found, key=lambda one: (one[0], -one[2].place)) if found else None


def case_values(case: Case) -> tuple[float, ...]:
    """What speaks for a name's being wrong, in the order of `CASE`."""
    ground = case.ground
    words = {word for one in case.mine for word in one.words}
    voice = any(one.voice for one in case.mine)
    said = spoken_by(words, ground) if voice else ()
    spots = sorted({spot for one in case.mine for spot in one.spots}, key=lambda one: one.place)
    spoken = [Spot(ground.sentences[index].place, index) for index in said if index in case.near]
    spoken += meant(case)
    own = best(case.around, spots if len(spots) <= _MANY else [one for one in spots if one.sentence in case.near])
    heads = {head for one in case.mine if (head := head_noun(one.words))}
    spoken += [
        Spot(ground.sentences[index].place, index)
        for head in sorted(heads)
        for index in ground.homes.get(stem(head, ground.language), ())
        if index in case.near
    ]
    heard = best(case.around, spoken)
    if heard and (own is None or heard[0] > own[0]):
        own = heard
    found = [(best(case.around, rival_spots(one, case)), one) for one in case.rivals]
    ranked = [(one, rival) for one, rival in found if one]
    rival, who = max(ranked, key=lambda one: (one[0][0], -one[0][2].place))
    there = rival[2].sentence
    gaps = [there - spot.sentence for spot in spots]
    own_worth, own_values = (own[0], own[1]) if own else (0.0, (0.0,) * len(SPOT))
    ahead = {_before_spot(ground, spot, one) for one in case.mine for spot in one.spots[:_MANY]}
    both = [spot.place for spot in (*spots, *spoken)]
    figures = sum(_nearer(at, rival[2].place, both) for at in case.around.beside)
    telling = [one for one in case.around.pulls if one.telling]
    drawn = math.fsum(one.weight * _nearer(one.places, rival[2].place, both) for one in telling)
    return (
        1.0, own_worth, rival[0], math.log1p(own_values[0]), math.log1p(rival[1][0]), own_values[5], rival[1][5],
        float(any(gap == 0 for gap in gaps)), float(any(0 < abs(gap) <= 2 for gap in gaps)),
        float(any(0 <= gap <= 4 for gap in gaps)),
        float(bool(case.ahead) and case.ahead not in ahead and case.ahead == _before_spot(ground, rival[2], who)),
        float(bool(who.kind) and any(one.kind == who.kind for one in case.mine)),
        float(min(sum(one.telling for one in case.around.pulls) + len(case.around.beside), 6)),
        float(figures), drawn / (math.fsum(one.weight for one in telling) + 4.0 * case.around.unknown + 1.0),
        max((_share(case.around, place) for place in both[:_MANY]), default=0.0), _share(case.around, rival[2].place),
        *case.standing, *_hanging(case, spots, said), *_farther(case, both, rival[2], who),
        *_in_clause(case, spots, said), *_in_form(case, said),
    )  # fmt: skip


def _farther(case: Case, own: Sequence[int], rival: Spot, who: Entity) -> tuple[float, ...]:
    mine = max((_hits(case.around, place) for place in own[: 2 * _MANY]), default=0.0)
    theirs = _hits(case.around, rival.place)
    share = max((_share(case.around, place) for place in own[: 2 * _MANY]), default=0.0)
    more = max(0.0, _share(case.around, rival.place) - share)
    gap = min((abs(rival.place - place) for place in own), default=10**6)
    far = float(gap > 60)
    sure = who.sure and any(one.sure and one.kind == who.kind for one in case.mine)
    return (
        max(0.0, theirs - mine),
        more,
        far,
        far * more,
        float(sure),
        float(we(case)),
        far * max(0.0, theirs - mine),
        float(len(case.rivals) < 3),
    )


def _in_clause(case: Case, spots: Sequence[Spot], said: Sequence[int]) -> tuple[float, ...]:
    """How much of what the post's clause says stands in a clause of the source with the name, and with another."""
    ground = case.ground
    terms = [(ground.weight[term], ground.places[term]) for term in sorted(case.clause)]
    terms += [(4.0, sorted(places)) for places in case.figures]
    total = math.fsum(weight for weight, _ in terms)

    def held(spot: Spot) -> float:
        low, high = reach(spot, ground)
        return math.fsum(weight for weight, places in terms if _within(places, low, high))

    own = [*spots[:_MANY], *spots_i([at for at in said if at in case.near], ground), *meant(case)]
    own += [Spot(ground.sentences[at].place, at) for at in said if at in case.near]
    mine = max((held(spot) for spot in own), default=0.0)
    theirs = max((held(spot) for one in case.rivals for spot in rival_spots(one, case)), default=0.0)
    whole = total or 1.0
    return (
        math.log1p(total),
        mine / whole,
        theirs / whole,
        max(0.0, theirs - mine) / whole,
        math.log1p(max(0.0, theirs - mine)),
    )


def _in_form(case: Case, said: Sequence[int]) -> tuple[float, ...]:
    """Whether another hangs by two words in a sentence of the source as the name does in the post's, and the name
    itself by none; and what `forms` has found."""
    return (float(not _owns(case, said) and _others_own_two(case)), *case.forms)


def _owns(case: Case, said: Sequence[int]) -> bool:
    ground = case.ground
    there = [frames_of(one, spot.sentence, ground) for one in case.mine for spot in one.spots[:_MANY]]
    there += [frames_i(at, ground) for at in said]
    there += [frames_she(spot.sentence, ground) for spot in spots_she(case.mine, ground, strict=False)]
    return any(True for each in there for _ in shared(case.frames, each))


def _others_own_two(case: Case) -> bool:
    ground = case.ground
    for one in case.rivals:
        if all(each.kind != one.kind for each in case.mine):
            continue
        there = [frames_of(one, spot.sentence, ground) for spot in one.spots]
        if one.voice and somebody(case):
            there += [frames_i(at, ground) for at in spoken_by(set(one.words), ground)]
        if one.kind == "person":
            there += [frames_she(spot.sentence, ground) for spot in spots_she((one,), ground, strict=True)]
        if any(len(list(shared(case.frames, each))) > 1 for each in there):
            return True
    return False


def _hits(around: Context, place: int) -> float:
    """How many telling words and figures of a sentence the source has at a place and in what follows."""
    near = sum(_within(one.places, place - 25, place + 45) for one in around.pulls if one.telling)
    return near + 1.5 * sum(_within(sorted(places), place - 25, place + 45) for places in around.beside)


def _hanging(case: Case, spots: Sequence[Spot], said: Sequence[int]) -> tuple[float, ...]:
    """How far a name hangs in its sentence as one's own, and as a rival, does in the source."""
    ground = case.ground

    def value(there: frozenset[Frame]) -> float:
        return math.fsum(ground.weight.get(term, 0.0) for term in shared(case.frames, there))

    terms = {term for slot, term in case.frames if term}
    total = math.fsum(ground.weight.get(term, 0.0) for term in sorted(terms))
    own = [value(frames_of(one, spot.sentence, ground)) for one in case.mine for spot in one.spots[:_MANY]]
    own += [value(frames_i(index, ground)) for index in said if index in case.near]
    own += [
        value(frames_she(spot.sentence, ground))
        for spot in spots_she(case.mine, ground, strict=False)
        if spot.sentence in case.near
    ]
    rival = []
    for one in case.rivals:
        rival += [value(frames_of(one, spot.sentence, ground)) for spot in one.spots if spot.sentence in case.near]
        if one.voice and somebody(case):
            rival += [value(frames_i(at, ground)) for at in spoken_by(set(one.words), ground) if at in case.near]
        if one.kind == "person":
            rival += [
                value(frames_she(spot.sentence, ground))
                for spot in spots_she((one,), ground, strict=True)
                if spot.sentence in case.near
            ]
    mine, theirs = max(own, default=0.0), max(rival, default=0.0)
    homes_of = {spot.sentence for spot in spots} | set(said)
    known = {term for term in terms if homes_of & set(ground.homes.get(term, ()))}
    pulls = [one for one in case.around.pulls if one.telling]
    at_home = sum(bool(homes_of.intersection(one.homes)) for one in pulls)
    return (
        mine,
        theirs,
        max(0.0, theirs - mine),
        float(mine > 0),
        total,
        len(known) / max(1, len(terms)),
        at_home / max(1, len(pulls) + case.around.unknown),
    )


def _share(around: Context, place: int) -> float:
    """The share of what a sentence says that the source has at a place and in what follows it."""
    known = [one for one in around.pulls if one.telling]
    near = sum(_within(one.places, place - 25, place + 45) for one in known)
    figures = sum(_within(sorted(places), place - 25, place + 45) for places in around.beside)
    return (near + figures) / (len(known) + around.unknown + len(around.beside) or 1)


def _within(places: Sequence[int], low: int, high: int) -> bool:
    at = bisect_left(places, low)
    return at < len(places) and places[at] <= high


def _nearer(places: Sequence[int], rival: int, own: Sequence[int]) -> int:
    """1 where a word or figure stands nearer to the rival, -1 where nearer to one's own, 0 where far from both."""
    gap = abs(_gap(places, rival)) if places else 10**6
    mine = min((abs(_gap(places, place)) for place in own), default=10**6) if places else 10**6
    if min(gap, mine) > 40 or gap == mine:
        return 0
    return 1 if gap < mine else -1


def _before_spot(ground: Ground, spot: Spot, who: Entity) -> str:
    text = fold(ground.sentences[spot.sentence].text)
    at = text.find(who.words[0])
    return before(text, at) if at > 0 else ""


def odds(case: Case) -> float:
    """Log odds that another name stands in the source where the post has this one."""
    return math.fsum(weight * value for weight, value in zip(_CASE, case_values(case), strict=True))
