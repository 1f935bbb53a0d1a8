"""A figure of a post whose words and other figures all stand in a sentence of the source that has another one: none of
them, or only such as both have, stands where the source has this one, and that speaks of something of its own.
"""

from composer.post.grounding.figures.agreement import supports
from composer.post.grounding.figures.line import Line
from composer.post.grounding.figures.lookup import comparable, date_parts
from composer.post.grounding.figures.paired import APART, like
from composer.post.grounding.figures.retracted import retracted
from composer.post.grounding.figures.strangers import ENDED, calendar_stems
from composer.post.grounding.source.ground import Figure, Ground
from composer.post.grounding.source.terms import content, stem
from composer.post.grounding.values.fact import Fact
from composer.post.phrases import UNSPACED

# A figure that the source has in more places may be meant anywhere.
_MANY = 3
# So much must stand with the other figure, a word as one and a figure as two; and so many words with the own one.
_THERE, _OWN = 3, 2
# A longer stretch of a source that has no full stops says more than one thing.
_LONG = 45
# Smaller bare numbers are counted by a writer as they are by anybody.
_SMALL = 12


def strayed(fact: Fact, line: Line) -> bool:
    """Whether what a sentence says of a figure stands in another sentence of the source, with another figure."""
    own, ground = line.where(fact), line.ground
    if not own or len(own) > _MANY or ground.language in UNSPACED or fact.hedge:
        return False
    if APART.match(line.text, fact.end) or (fact.value <= _SMALL and not fact.readings[0][1]):
        return False
    if (fact.kind == "date" and fact.mark != "day") or fact.dimensions & {"share", "times", "ordinal", "part"}:
        return False
    post = {term for term, _, _ in content(f"{line.label} {line.text}", ground.language)}
    if not all(_of_its_own(figure, post, ground) for figure in own):
        return False
    places = {figure.sentence for figure in own}
    said = {at: _shared(at, post, fact, line) for at in sorted(places)}
    for at in sorted({home for term in post for home in ground.homes.get(term, ())} - places):
        if len(ground.sentences[at].text.split()) > _LONG:
            continue
        there = _shared(at, post, fact, line)
        if _weight(there) < _THERE - (fact.kind == "date") or any(both - there for both in said.values()):
            continue
        if any(_weight(there) < _weight(both) + _THERE - (fact.kind == "date") for both in said.values()):
            continue
        best = max(line.fit(fact, figure) for figure in own)
        if any(line.fit(fact, figure) > best and _instead(figure, fact, own, line) for figure in ground.figures_of(at)):
            return True
    return False


def _instead(figure: Figure, fact: Fact, own: list[Figure], line: Line) -> bool:
    """Whether a figure of the source is one that `fact` may have been put for."""
    if figure.named or not comparable(fact, figure.fact) or supports(fact, figure.fact):
        return False
    if line.post_says(figure) or retracted(figure, line.ground):
        return False
    if fact.kind == "date":
        return [bool(part) for part in date_parts(fact)] == [bool(part) for part in date_parts(figure.fact)]
    same = any(one.fact.readings[0][1] == figure.fact.readings[0][1] for one in own)
    return same and like(fact, figure.fact) and _counts(fact, figure.fact, line.ground)


def _counts(fact: Fact, other: Fact, ground: Ground) -> bool:
    return (
        not fact.counts or not other.counts or stem(fact.counts, ground.language) == stem(other.counts, ground.language)
    )


def _of_its_own(figure: Figure, post: set[str], ground: Ground) -> bool:
    """Whether the sentence of a figure says something of its own."""
    text = ground.sentences[figure.sentence].text
    spans = [(one.fact.start, one.fact.end) for one in ground.figures_of(figure.sentence)]
    found = content(text, ground.language)
    idle = ground.weak | calendar_stems(ground.language) | {""}
    terms = {term for term, at, _ in found if not any(a <= at < b for a, b in spans)} - idle
    return bool(ENDED.search(text)) and len(text.split()) <= _LONG and len(terms - post) >= _OWN


def _shared(at: int, post: set[str], fact: Fact, line: Line) -> frozenset[str]:
    """What a sentence of the source has of a post's: its telling words, and its other figures."""
    ground = line.ground
    terms = {term for term, _, _ in content(ground.sentences[at].text, ground.language)} & post - ground.weak - {""}
    figures = {
        f"#{other.start}"
        for other in line.said
        if other is not fact and other.value > 2 and any(supports(other, one.fact) for one in ground.figures_of(at))
    }
    return frozenset(terms | figures)


def _weight(shared: frozenset[str]) -> int:
    return sum(2 if one.startswith("#") else 1 for one in shared)
