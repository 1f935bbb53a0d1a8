"""Figures that a sentence says as one: "13 of 40", "from 12 to 18", "14 or 15", "5 to 1", "3, 7 and 14".

Where the source says one of them in the same way with another figure, and never near this one, this one is wrong.
"""

import itertools
import re
from collections.abc import Iterator, Sequence

from composer.post.grounding.figures.line import Line
from composer.post.grounding.figures.lookup import comparable, exchangeable
from composer.post.grounding.source.ground import Figure, Ground
from composer.post.grounding.source.terms import stem
from composer.post.grounding.values.fact import Fact

_SOME = (
    r"(?: (?:the|its|our|their|his|her|some|about|all|those|these|around|roughly|over|almost|nearly|only|just|an?|"
    r"estimated|total|den|der|die|das|rund|etwa|insgesamt|gut|knapp|fast|les|des|la|le|quelque|environ|los|las|unos|unas|os|as|"
    r"cerca de|more than|less than|up to|down to|down from|up from))*"
)
_THING = r"(?: [^\W\d_]+){0,2}"
# What may stand between two figures said as one, by what it says: what was and what is, or one side and the
# other; a part and its whole; the ends of a range and the members of a list.
_BETWEEN = {
    "to": re.compile(
        rf"(?i){_THING}(?:,?(?: and)? (?:to|instead of|rather than|against|versus|vs\.?|down from|up from|"
        rf"compared with|auf|zu|bis|statt|gegen|gegenüber|à|au lieu de|contre|hasta|frente a|en lugar de|até|em vez de|"
        rf"contra)| ?(?:→|->|[–—-]|:)){_SOME} ?[$€£¥]?|から|[从由]?[升降增减提涨跌]?[高加少]?[到至]了?"
    ),
    "of": re.compile(rf"(?i){_THING} (?:out of|of|von|der|des|sur|de|del|dos|das){_SOME} ?[$€£¥]?"),
    "or": re.compile(rf"(?i){_THING}(?:,| (?:and|or|und|oder|et|ou|y|o|e)| ?[–-]){_SOME} ?[$€£¥]?"),
}
# 71%から99%に, 从四类升到三类.
_BETWEEN_EAST = re.compile(
    "[类類级級人个個本件台户戸社校席名位次回点點]?(?:から|→|(?:[升涨降增减提高加少变變调調]{1,3}了?)?(?:到|至|成|为)了?)(?:约|近|約)?"
)
# Figures of the source that stand so near, in places of words, may be said together in other words; and so near stands
# what is said beside another one.
_NEAR, _BESIDE = 30, 15
# How much better than the figure's own place another one must be where the source says the two in other words.
_BETTER, _OWN = 1.0, 2.0
# So many times the other one is no figure that could have been put for it.
_FAR = 30.0
# "26 shops, nine more", "212,000, 48,000 under budget": what the two are apart; and what they are together.
APART = re.compile(
    r"(?i)\W*(?:[^\W\d_]+ ){0,2}(?:more|less|fewer|under|below|above|over|higher|lower|longer|shorter|mehr|weniger|"
    r"höher|niedriger|unter|über|de plus|de moins|más|menos|mais|in all|in total|altogether|all told|insgesamt|"
    r"zusammen|en tout|au total|en total|ao todo|no total)\b"
    r"|[^\W\d_]{0,3}[低高減増少多短長余残减长余]"
)


def unpaired(fact: Fact, line: Line) -> bool:
    """Whether the source has another figure where a sentence has `fact` beside one."""
    if fact.kind == "date" and fact.mark != "day":
        return False
    for kind, first, second in links(line.text, line.said):
        if fact not in (first, second):
            continue
        other = second if fact is first else first
        if _instead(kind, fact, other, first is fact, line):
            return True
    return False


def links(text: str, said: Sequence[Fact]) -> Iterator[tuple[str, Fact, Fact]]:
    """(what links them, first, second) of the figures of a text that are said as one, neighbours only."""
    ordered = sorted(said, key=lambda one: (one.start, one.end))
    for first, second in itertools.product(ordered, ordered):
        if not first.end <= second.start <= first.end + 45 or not exchangeable(first, second):
            continue
        between = text[first.end : second.start]
        if any(first.end <= one.start and one.end <= second.start for one in ordered):
            continue
        for kind, pattern in (*_BETWEEN.items(), ("to", _BETWEEN_EAST)):
            if pattern.fullmatch(between):
                yield kind, first, second
                break


def _instead(kind: str, fact: Fact, other: Fact, leads: bool, line: Line) -> bool:
    """Whether the source says another figure with `other` in the place of `fact`, which it has nowhere near."""
    ground = line.ground
    theirs, own = line.where(other), line.where(fact)
    if not theirs or len(theirs) > 12 or APART.match(line.text, fact.end):
        return False
    if any(_near(one, two) for one in own for two in theirs) or _counted(own, (fact, other), ground):
        return False
    found: list[tuple[bool, float]] = []
    for there in theirs:
        close = _partners(kind, there, leads, ground)
        for partner in (*close, *_beside(there, ground)):
            fits = like(fact, partner.fact) and exchangeable(other, partner.fact)
            fits = fits and (comparable(fact, partner.fact) or comparable(other, partner.fact))
            if fits and not line.post_says(partner):
                found.append((partner in close, line.fit(fact, partner)))
    if not found:
        return False
    linked, more = max(found)
    mine = max((line.fit(fact, one) for one in own), default=0.0)
    if linked:
        return more > mine
    joined = kind != "or" or _JOINED.search(line.text, min(fact.end, other.end), max(fact.start, other.start))
    sure = mine < _OWN and more > mine + _BETTER if own else kind != "or" and more > _OWN
    return bool(joined and sure)


_JOINED = re.compile(r"(?i) (?:and|or|und|oder|et|ou|y|o|e)\b")


def _counted(own: Sequence[Figure], said: Sequence[Fact], ground: Ground) -> bool:
    """Whether the source counts by the figure what one of two counts: "9 nodes instead of 12", "it ran on 12 nodes"."""
    things = {stem(one.counts, ground.language) for one in said if one.counts}
    return any(stem(one.fact.counts, ground.language) in things for one in own if one.fact.counts)


def _near(one: Figure, two: Figure) -> bool:
    return abs(one.place - two.place) <= _NEAR or abs(one.sentence - two.sentence) <= 1


def like(fact: Fact, other: Fact) -> bool:
    """Whether one figure may have been put for the other: no year for a count."""
    years = [not one.readings[0][1] and 1500 <= one.value <= 2100 for one in (fact, other)]
    if years[0] != years[1] or not exchangeable(fact, other) or (other.words and other.value <= 1):
        return False
    low, high = sorted((abs(fact.value * fact.scale), abs(other.value * other.scale)))
    # "Five to six hundred" begins at 500.
    return low > 0 and high < _FAR * low and high / low not in (100.0, 1000.0)


def _beside(there: Figure, ground: Ground) -> list[Figure]:
    """The figures of the source that stand beside one of its figures, in its sentence or the next."""
    near = [one for by in (-1, 0, 1) for one in ground.figures_of(there.sentence + by) if not one.named]
    return [
        one
        for one in near
        if abs(one.place - there.place) <= _BESIDE
        and (one.sentence != there.sentence or one.fact.end <= there.fact.start or there.fact.end <= one.fact.start)
    ]


def _partners(kind: str, there: Figure, leads: bool, ground: Ground) -> list[Figure]:
    """The figures that a sentence of the source links with one of its figures in the same way."""
    figures = ground.figures_of(there.sentence)
    text = ground.sentences[there.sentence].text
    found = []
    for how, first, second in links(text, [one.fact for one in figures]):
        if how != kind or there.fact not in (first, second):
            continue
        if kind == "of" and (second is there.fact) != leads:
            continue
        partner = second if first is there.fact else first
        found += [one for one in figures if one.fact is partner]
    return found
