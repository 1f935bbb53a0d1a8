"""Names that the source has, but says something else of."""

import math
import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from composer.post.grounding.binding import Context, context, homes
from composer.post.grounding.entities import Entity, Spot, bare, head_noun, places_before
from composer.post.grounding.fact import Fact
from composer.post.grounding.ground import Ground
from composer.post.grounding.lookup import candidates
from composer.post.grounding.names import Name
from composer.post.grounding.numbers import facts
from composer.post.grounding.offices import of_house, of_office, same
from composer.post.grounding.terms import KANA, WORD, fold, stem
from composer.post.lexis import word_list

_MANY = 40
"""So many places of one name are looked at."""
_TOGETHER = 60
"""A name and a figure that do not go together are pointed at as one where they stand this close, in characters."""
_MAIN = 0.35
"""Who says more than this of a source may be said to do anything in it."""
_EARLY = 4
"""What the first sentences of a source name is often what the whole is of."""
_LEAST = 2.5
"""Log odds above which a name is told."""


@dataclass(frozen=True, slots=True)
class Case:
    """A name of a post: what its sentence says, the entities it may be, and those it could have been taken for."""

    around: Context
    mine: tuple[Entity, ...]
    rivals: tuple[Entity, ...]
    near: frozenset[int]
    before: str
    ground: Ground
    standing: tuple[float, ...]


def misnamed(
    name: Name, sentence: str, start: int, label: str, ground: Ground
) -> tuple[int, int, str]:  # fmt: skip
    """Why a name of a sentence is not the one the source has there, or "", and from where to where. `start` is the
    sentence's offset.

    "The Elba line" where the source speaks of the Oder line, and of the Elba elsewhere. Where only a figure speaks
    against the name, both are pointed at: one of the two is wrong.
    """
    here = (name.start, name.end)
    if why := of_office(name, sentence, start, label, ground):
        return (*here, why)
    if house := of_house(name, sentence, start, ground):
        return house
    if _attributed(name, sentence, start) or _of_somebody(name, sentence, start, ground):
        return (*here, "")
    case = case_of(name, sentence, start, label, ground)
    if case is None or odds(case) <= _LEAST:
        return (*here, "")
    called = " ".join(name.words)
    figures = facts(sentence, ground.language)
    bare_of = replace(case, around=replace(case.around, beside=()))
    if figures and odds(bare_of) <= _LEAST:
        near = min(figures, key=lambda one: (max(one.start - here[1] + start, here[0] - start - one.end), one.start))
        a, b = min(here[0], near.start + start), max(here[1], near.end + start)
        if b - a <= _TOGETHER:
            word = sentence[near.start : near.end].strip()
            return a, b, f"The source has {called} and {word}, but not together."
    return (*here, f"The source has {called} for something else, not for this.")


_SAYS = "|".join(sorted(word_list("quotes_saying"), key=lambda word: (-len(word), word)))
_SAID_BY = re.compile(rf"(?i)\b(?:{_SAYS}|according to|laut|selon|según|segundo)(?: (?:\w+ )?)?$")
_SAYS_IT = re.compile(rf"(?i)(?:['’]s \w+)? (?:{_SAYS})\b")


def _attributed(name: Name, sentence: str, start: int) -> bool:
    """Whether a name is there as the one who says it, or is told: that is looked at by what is said."""
    if sentence[name.end - start :].startswith(":") and not re.search(r"\w", sentence[: name.start - start]):
        return True  # "Anna Berg: the quay is paid for"
    return bool(
        _SAYS_IT.match(sentence, name.end - start)
        or _SAID_BY.search(sentence[max(0, name.start - start - 30) : name.start - start])
    )


# What those who speak in it may always be said of.
_OCCASION = re.compile(
    r"(?i)\b(?:interviews?|episodes?|podcasts?|shows?|hosts?|hosted|talks?|guests?|conversations?|spoke|speaks|tells|told|"
    r"gespräche?|sendung|folge|vortrag|entrevista|charla|programa|émission|entretien|invitée?|conversa|convidad[oa])\b"
)


# Who says so of himself may be named anywhere.
_INTRODUCED = re.compile(
    r"(?i)\b(?:my name is|my name['’]s|i am|i['’]m|ich bin|mein name ist|ich heiße|je m['’]appelle|je suis|me llamo|"
    r"mi nombre es|soy|chamo-me|me chamo|meu nome é|eu sou|sou)\W+(?:\w+\W+){0,2}$"
)


def _introduced(one: Entity, ground: Ground) -> bool:
    for spot in one.spots[:6]:
        text = ground.sentences[spot.sentence].text
        at = fold(text).find(" ".join(one.words))
        if at > 0 and _INTRODUCED.search(text[:at]):
            return True
    return False


_OF_WHOM = re.compile(r"([A-ZÀ-ÖØ-Þ][\w’'-]+),? (?:of|from|at|de|von|vom|du|da|do)(?: the| la| der)? $")


def _of_somebody(name: Name, sentence: str, start: int, ground: Ground) -> bool:
    """Whether a house is only whose somebody is, "Ian Johnson of Mind Cymru", and the source says so."""
    whom = _OF_WHOM.search(sentence[: name.start - start])
    if not whom:
        return False
    theirs = {spot.sentence for one in ground.entities_of.get(fold(whom[1]), ()) for spot in one.spots}
    words = [fold(word) for word in name.words]
    mine = {spot.sentence for word in words for one in ground.entities_of.get(word, ()) for spot in one.spots}
    return any(abs(a - b) <= 2 for a in theirs for b in mine)


def case_of(name: Name, sentence: str, start: int, label: str, ground: Ground) -> Case | None:
    """What there is to hold a name against, or None where there is nothing."""
    words, _, _ = bare([fold(word) for word in name.words], ground.language)
    mine = tuple(
        dict.fromkeys(one for word in words for one in ground.entities_of.get(word, ()) if same(one.words, words))
    )
    if not mine:
        return None
    voice = any(one.voice for one in mine)
    spoken = spoken_by({word for one in mine for word in one.words}, ground) if voice else ()
    around = _around(name, sentence, start, label, ground)
    if len(around.pulls) + len(around.label) + len(around.beside) < 2:
        return None
    said = {fold(word) for word in WORD.findall(f"{label} {sentence}")}
    said |= {one.words[0] for one in ground.entities if KANA.match(one.words[0]) and one.words[0] in label + sentence}
    kind = max(mine, key=lambda one: (len(one.spots), len(one.words))).kind
    before = _before(sentence, name.start - start)
    if not kind and before in places_before():
        kind = "place"
    homes_of = {spot.sentence for one in mine for spot in one.spots}
    early = bool(homes_of) and min(homes_of) < min(_EARLY, len(ground.sentences) // 10)
    # Of all the labelled posts no name was wrong that is of the whole, of its main voice, or no name but a short form.
    whole = ground.told & set(words) or len(spoken) > _MAIN * len(ground.sentences)
    if whole or re.search(r"[a-z][A-Z]|\b[A-Z]{2,}\b", " ".join(name.words)):
        return None
    if kind not in ("person", "place", "house") or (
        early and not any(one.kind == "person" and one.sure for one in mine)
    ):
        return None
    if (voice or early) and _OCCASION.search(sentence):
        return None
    standing = (
        math.log1p(max(0, len(homes_of) - 1)), float(early),
        float(any(_introduced(one, ground) for one in mine)), float(voice),
    )  # fmt: skip
    near = frozenset(index + by for index in homes(around, 8) for by in (-2, -1, 0, 1))
    rivals = {
        one.words: one
        for index in sorted(near)
        for one in ground.entities_in.get(index, ())
        if not said & set(one.words) and _alike(kind, mine, one, ground)
    }
    return Case(around, mine, tuple(rivals.values()), near, before, ground, standing) if rivals else None


def _around(name: Name, sentence: str, start: int, label: str, ground: Ground) -> Context:
    """What a sentence says beside a name: its words but the speakers', its figures."""
    figures = [
        (fact, tuple(figure.place for figure in candidates(fact, ground))) for fact in facts(sentence, ground.language)
    ]
    here = Fact(name.start - start, name.end - start, "number", 0.0, ())
    around = context(sentence, here, [], label, ground, beside=figures)
    voices = {stem(part, ground.language) for who in ground.speakers for part in WORD.findall(who)}
    return replace(around, pulls=tuple(one for one in around.pulls if one.term not in voices))


def _alike(kind: str, mine: Iterable[Entity], rival: Entity, ground: Ground) -> bool:
    """Whether a name of the source may be one of the same kind."""
    if kind != rival.kind and ("person" in (kind, rival.kind) or {kind, rival.kind} <= {"place", "house"}):
        return False
    if ground.language == "de" and len(rival.words) < 2:
        return False  # every noun has a capital
    numbered = [any(re.search(r"\d", word) for word in one.words) for one in (*mine, rival)]
    if any(numbered) and not all(numbered):
        return False
    if KANA.match(rival.words[0]):
        return not any(rival.words[0] in one.words[0] or one.words[0] in rival.words[0] for one in mine)
    return all(len(word) > 2 for word in rival.words) and not any(set(one.words) & set(rival.words) for one in mine)


def _before(text: str, offset: int) -> str:
    words = WORD.findall(text[max(0, offset - 25) : offset])
    return fold(words[-1]) if words and re.search(r"\w $", text[max(0, offset - 2) : offset]) else ""


def _gap(places: Sequence[int], place: int) -> int:
    """How far the nearest of `places` lies from a place; negative where it stands before."""
    at = bisect_left(places, place)
    return min((other - place for other in places[max(0, at - 1) : at + 1]), key=abs, default=10**6)


SPOT = ("sharp", "near", "home", "after", "figure", "figures", "label", "named")
_SPOT = (2.43, 0.09, 0.74, 0.0, 0.65, 2.51, 4.54, 1.44)
CASE = (
    "one", "own", "rival", "own sharp", "rival sharp", "own figures", "rival figures", "same sentence", "next", "since",
    "before", "kind", "telling", "figures nearer", "words nearer", "own share", "rival share",
    "often", "early", "introduced", "voice",
)  # fmt: skip
_CASE = (
    0.25, -0.52, 0.36, -0.34, 1.18, 0.13, 0.04, -0.96, -0.36, -0.08, 0.9,
    0.44, 0.08, 0.05, 0.71, -1.38, 0.85, -0.31, 0.24, -1.44, 1.01,
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
    found = [
        (best(case.around, [spot for spot in one.spots if spot.sentence in case.near]), one) for one in case.rivals
    ]
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
        float(bool(case.before) and case.before not in ahead and case.before == _before_spot(ground, rival[2], who)),
        float(bool(who.kind) and any(one.kind == who.kind for one in case.mine)),
        float(min(sum(one.telling for one in case.around.pulls) + len(case.around.beside), 6)),
        float(figures), drawn / (math.fsum(one.weight for one in telling) + 4.0 * case.around.unknown + 1.0),
        max((_share(case.around, place) for place in both[:_MANY]), default=0.0), _share(case.around, rival[2].place),
        *case.standing,
    )  # fmt: skip


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


def spoken_by(words: set[str], ground: Ground) -> tuple[int, ...]:
    """The sentences that a voice of these words says."""
    voices = {who for who in ground.speakers if words & {fold(part) for part in WORD.findall(who)}}
    return tuple(index for index, said in enumerate(ground.sentences) if said.speaker in voices)


def _before_spot(ground: Ground, spot: Spot, who: Entity) -> str:
    text = fold(ground.sentences[spot.sentence].text)
    at = text.find(who.words[0])
    return _before(text, at) if at > 0 else ""


def odds(case: Case) -> float:
    """Log odds that another name stands in the source where the post has this one."""
    return math.fsum(weight * value for weight, value in zip(_CASE, case_values(case), strict=True))
