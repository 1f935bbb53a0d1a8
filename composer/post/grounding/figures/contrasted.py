"""Two figures that one sentence of the source sets beside each other, each with words of its own: "First power was on
14 August, and the last turbine was up on 2 February." A sentence of a post that has the words of the second and the
figure of the first is wrong: what is said first is said of the first alone.
"""

from collections.abc import Iterator

from composer.post.grounding.figures.agreement import supports
from composer.post.grounding.figures.clauses import parted
from composer.post.grounding.figures.line import Line, source_clause
from composer.post.grounding.figures.lookup import comparable, date_parts
from composer.post.grounding.figures.nouns import LOOSE
from composer.post.grounding.figures.paired import like, links
from composer.post.grounding.figures.retracted import retracted
from composer.post.grounding.source.ground import Figure, Ground
from composer.post.grounding.source.terms import content, contrasts, stem
from composer.post.grounding.values.fact import Fact

# A figure that the source has in more places may be meant anywhere.
_MANY = 3
# So much better may the words go with another place that has the figure, for that one to be meant.
_BETTER = 2.0
# So many places of words may lie between the two.
_APART = 45


def contrasted(fact: Fact, line: Line) -> bool:
    """Whether a sentence says of a figure what the source says of the next one only."""
    own = line.where(fact)
    if not own or len(own) > _MANY or (fact.kind == "date" and fact.mark != "day") or "share" in fact.dimensions:
        return False
    ground = line.ground
    if any(fact in pair and _beside(pair, own, line) for _, *pair in links(line.text, line.said)):
        return False
    away = {one.term for one in line.context(fact).pulls if one.away}
    here = _telling(line.clause(fact)[0] - away, ground)
    here |= _telling({term for term, _, _ in content(line.label, ground.language)}, ground)
    also = {one.term for one in line.context(fact).pulls if one.telling and not one.away}
    named = {one.term for one in line.context(fact).pulls if one.name}
    best = max(line.fit(fact, figure) for figure in own)
    near = [figure for figure in own if line.fit(fact, figure) > best - _BETTER]
    return all(
        any(_of_next(figure, other, here, also - named, ground) for other in _after(figure, fact, line))
        for figure in near
    )


def _beside(pair: list[Fact], own: list[Figure], line: Line) -> bool:
    """Whether two figures that a post says as one stand in one sentence of the source."""
    places = {figure.sentence for figure in own}
    return all(any(figure.sentence in places for figure in line.where(one)) for one in pair)


def _after(figure: Figure, fact: Fact, line: Line) -> Iterator[Figure]:
    """The figures that follow one in its sentence, of the very dimension, that no sentence of the post says."""
    ground = line.ground
    said = ground.sentences[figure.sentence]
    linked = [(one, two) for _, one, two in links(said.text, said.facts)]
    for other in [one for by in (0, 1) for one in ground.figures_of(figure.sentence + by)]:
        if other.place <= figure.place or other.place - figure.place > _APART or other.named:
            continue
        if (
            not comparable(fact, other.fact)
            or supports(fact, other.fact)
            or not _alike(figure.fact, other.fact, ground)
        ):
            continue
        if other.sentence == figure.sentence and (
            (figure.fact, other.fact) in linked or not parted(said.text, figure.fact.end, other.fact.start)
        ):
            continue
        if not line.post_says(other) and not retracted(other, ground):
            yield other


def _alike(one: Fact, two: Fact, ground: Ground) -> bool:
    """Whether two figures of the source are of the very dimension and precision, and count no two things."""
    if one.kind == "date":
        return [bool(part) for part in date_parts(one)] == [bool(part) for part in date_parts(two)]
    if one.readings[0][1] != two.readings[0][1] or not like(one, two):
        return False
    return two.counts in ("", *LOOSE) or stem(one.counts, ground.language) == stem(two.counts, ground.language)


def _of_next(figure: Figure, other: Figure, here: set[str], also: set[str], ground: Ground) -> bool:
    """Whether the words `here` are those of the clause of `other`, and none those of the clause of `figure` alone: but
    what it counts, where the other counts that as well, and names, which are meant on."""
    (first, _), (second, span) = (source_clause(one.fact, one, ground) for one in (figure, other))
    ours, theirs = _telling(first, ground), _telling(second, ground)
    said = ground.sentences[other.sentence].text
    opens = not any(term for term, _, _ in content(said[span[0] : other.fact.start], ground.language))
    if opens and figure.sentence == other.sentence:
        # "In May we had 31 alarms, and 19 of them were false": May is of both.
        after = {term for term, _, _ in content(said[figure.fact.end : other.fact.start], ground.language)}
        also, ours = also & after, ours & after
    met, left = here & theirs - ours, (here | also) & ours - theirs
    if other.fact.counts in ("", *LOOSE):
        left -= {stem(figure.fact.counts, ground.language)}
    return not left & also and len(met) >= (2 if left or figure.sentence != other.sentence else 1)


def _telling(terms: frozenset[str] | set[str], ground: Ground) -> set[str]:
    known = contrasts(ground.language)
    return {t for t in terms if ground.weight.get(t, 0.0) > 0 and (t not in ground.weak or t in known)}
