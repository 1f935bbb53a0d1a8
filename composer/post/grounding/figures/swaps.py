"""Two figures of a sentence that have changed places.

Every word of the sentence is given to one of the two, in the post and in the source; where most of them are given to
the other one there, the figures are swapped. Where one of the two is what was and the other what is ("from 24 to 21",
"21 instead of 24", "it was 24 and now it is 21") that alone decides.
"""

import itertools
import math
import re
from collections.abc import Sequence

from composer.post.grounding.figures.binding import Context, pull, score
from composer.post.grounding.figures.line import Line, held_by, kin_of, linked, source_clause
from composer.post.grounding.figures.lookup import candidates, comparable, exchangeable
from composer.post.grounding.figures.turning import turn
from composer.post.grounding.source.ground import Figure, Ground
from composer.post.grounding.source.terms import content, contrasts
from composer.post.grounding.values.fact import Fact
from composer.post.phrases import UNSPACED

# What parts what is said of one figure from what is said of the next.
_PARTING = re.compile(
    r"[,;:()–—→]|[.!?](?=\s)|\s-\s|(?i:\b(?:and|but|while|whereas|versus|vs|against|then|now|instead|compared|than|after|"
    r"when|where|und|aber|während|statt|gegen|dann|jetzt|als|et|mais|alors|puis|contre|y|pero|mientras|frente|luego|ahora|e|mas|"
    r"enquanto|contra|depois|agora)\b)|[、，；]"
)
FEATURES = (
    "score", "lean", "clauses", "both", "flipped", "turned", "turn", "later", "later straight", "dates",
    "in order", "one side", "apart",
)  # fmt: skip
# What is added, and how much each feature counts, in log odds; see `tests/post/ground_fit.py`.
_BIAS = -2.73
_WEIGHTS = (0.22, 0.14, 0.26, 0.73, 1.41, -2.87, -0.46, 0.85, -0.48, 1.70, -0.62, -0.49, 0.15)
# The log odds from which on a pair is told.
_LEAST = 0.5
# What is wanted beyond where words have no spaces: what belongs to which of two figures is told less well there.
_UNSPACED = 4.0
# "1,900 of the 2,600", "of 2,600 asked, 1,900": a part and its whole.
_PART = re.compile(r"(?i)\W*(?:out of|of|von|sur|de|des|dos|das)\b")
_WHOLE = re.compile(r"(?i)(?:^|[\s:—–])(?:of|out of|von|sur|de|des|del|dos|das|entre)(?: \w+)? ?[$€£]?$")


def swapped(fact: Fact, line: Line) -> bool:
    """Whether a figure of a sentence has changed places with another one of it. Of two pairs that have, such as two
    prices and their two years, the one that more speaks for is meant."""
    if line.crossed is None:
        pairs = [
            (crossing(first, second, line), first, second)
            for first, second in itertools.combinations(line.said, 2)
            if not (first in line.numbered or second in line.numbered or first.value == second.value)
            and exchangeable(first, second)
        ]
        pairs = sorted((pair for pair in pairs if pair[0] > 0), key=lambda pair: (-pair[0], pair[1].start))
        line.crossed = [
            id(one) for _, *two in pairs if any(comparable(a, b) for a in pairs[0][1:] for b in two) for one in two
        ]
    return id(fact) in line.crossed


def crossing(first: Fact, second: Fact, line: Line) -> float:
    """How much speaks for two figures having changed places, beyond what it takes to say so; negative where they
    stand as they should."""
    if _tied(first, second, line):
        return -9.0
    if linked(line.text, first, second, line.said):
        # What is said of one is said of both. Only "from 6 to 3" can be turned round.
        pair = _best(first, second, line.contexts(), line.ground)
        across = pair is not None and pair[0].place > pair[1].place
        return 1.0 if pair and across and _turns(first, second, *pair, line.text, line.ground) < 0 else -9.0
    found = weighed(first, second, line)
    if found is None:
        return -9.0
    told = dict(zip(FEATURES, found, strict=True))
    if not told["turn"] and _names_own(first, second, line):
        return -9.0
    if (
        told["both"] > 0
        and not told["turn"]
        and not told["turned"]
        and told["dates"] >= 0
        and _crosswise(first, second, line)
    ):
        return 1.0
    if told["score"] < 0 or (told["later"] == 0 < told["later straight"]):
        return -9.0  # the places speak for the order as it is, or the later figure is with its own words
    least = _LEAST + (_UNSPACED if line.ground.language in UNSPACED else 0.0) + 0.9 * _apart(first, second, line)
    return _BIAS + math.fsum(weight * value for weight, value in zip(_WEIGHTS, found, strict=True)) - least


def weighed(first: Fact, second: Fact, line: Line) -> tuple[float, ...] | None:
    """What speaks for two figures having changed places, in the order of `FEATURES`; None where they cannot have."""
    if _tied(first, second, line) or linked(line.text, first, second, line.said):
        return None
    pair = _best(first, second, line.contexts(), line.ground)
    if not pair or (_apart(first, second, line) and abs(pair[0].sentence - pair[1].sentence) > 2):
        return None
    return crossed(first, second, *pair, line)


def _crosswise(first: Fact, second: Fact, line: Line) -> bool:
    """Whether each of two figures has words in its clause that the source has in the other one's, and none of its own:
    "empresas (2,5), pessoas (4,4)" of "4,4 de empresas, 2,5 de pessoas"."""
    ground = line.ground
    pair = _best(first, second, line.contexts(), ground)
    if pair is None or abs(pair[0].sentence - pair[1].sentence) > 1:
        return False
    one, two = pair
    mine, yours = line.clause(first, second)[0], line.clause(second, first)[0]
    here, there = source_clause(first, one, ground, two)[0], source_clause(second, two, ground, one)[0]
    mine, yours, here, there = mine - yours, yours - mine, here - there, there - here
    return not (mine & here or yours & there) and all(
        any(ground.weight.get(term, 0.0) > 0 and term not in ground.weak for term in sorted(both))
        for both in (mine & there, yours & here)
    )


def _names_own(first: Fact, second: Fact, line: Line) -> bool:
    """Whether a half of a sentence names, with its figure, whom the source names with it and not with the other."""
    pair = _best(first, second, line.contexts(), line.ground)
    if pair is None or pair[0].sentence == pair[1].sentence:
        return False
    for fact, other, mine, yours in ((first, second, *pair), (second, first, pair[1], pair[0])):
        begin, stop = line.clause(fact, other)[1]
        here = [line.text[a:b] for a, b in line.named if begin <= a and b <= stop]
        own, others = (line.ground.sentences[one.sentence].text for one in (mine, yours))
        if any(name in own and name not in others for name in here):
            return True
    return False


def _apart(first: Fact, second: Fact, line: Line) -> bool:
    """Whether a sentence or a line ends between two figures."""
    return bool(re.search(r"[.!?;](?=\W)", line.text[first.end : second.start]))


def _tied(first: Fact, second: Fact, line: Line) -> bool:
    """Whether two figures cannot have changed places: a part and its whole, or one that is part of a word."""
    text = line.text
    if any(re.match(r"-[^\W\d_]", text[fact.end : fact.end + 2]) for fact in (first, second) if not fact.words):
        return True  # "64-bit"
    low = min(first, second, key=lambda fact: fact.value)
    between = text[first.end : second.start]
    if low is first and _PART.match(between) and len(between.split()) <= 7 and not re.search(r"[,;]\s", between):
        return True
    return low is second and bool(_WHOLE.search(text[: first.start]))


def crossed(first: Fact, second: Fact, one: Figure, two: Figure, line: Line) -> tuple[float, ...]:
    """What speaks for two figures having changed places, in the order of `FEATURES`.

    How much better the places of the source go with each other's figure; what the words on either side say; the words
    of their clauses that are in the other one's clause of the source, against those in their own, and the fewer of the
    two; whether they stand the other way round in the source; whether one was and the other is, here and there.
    """
    ground = line.ground

    def goes(fact: Fact, figure: Figure) -> float:
        return score(line.context(fact), figure, kin_of(fact, figure, ground))

    def weight(terms: frozenset[str]) -> float:
        return math.fsum(max(0.0, ground.weight.get(term, 0.0)) for term in sorted(terms))

    more = goes(first, two) + goes(second, one) - goes(first, one) - goes(second, two)
    (mine, my_span), (yours, your_span) = line.clause(first, second), line.clause(second, first)
    (here, here_span), (there, there_span) = (
        source_clause(first, one, ground, two),
        source_clause(second, two, ground, one),
    )
    days = line.dates(first, my_span), line.dates(second, your_span)
    dates = sum(
        sign * len(held_by(days[at], *held, ground) - held_by(days[at], *free, ground))
        for sign, at, held, free in (
            (1, 0, (two, there_span), (one, here_span)),
            (1, 1, (one, here_span), (two, there_span)),
            (-1, 0, (one, here_span), (two, there_span)),
            (-1, 1, (two, there_span), (one, here_span)),
        )
    )
    close = abs(one.sentence - two.sentence) <= 1
    mine, yours, here, there = mine - yours, yours - mine, here - there, there - here
    across = weight(mine & there), weight(yours & here)
    straight = weight(mine & here) + weight(yours & there)
    # What is said first is often said of both: the words of the later clause, here and there, tell more.
    behind = yours | (there if one.place < two.place else here)
    later = weight(mine & there & behind) + weight(yours & here & behind)
    later_straight = weight(mine & here & behind) + weight(yours & there & behind)
    turned = _turns(first, second, one, two, line.text, ground)
    # In the order of the source, with words of one figure alone at the other, it takes more to say so.
    in_order = close and one.place < two.place and not turned
    one_side = in_order and min(across) <= 0 and dates <= 0
    most = 3.0 if one_side else 12.0
    return (
        more,
        max(-12.0, min(most, -lean(first, second, one, two, line.said, line.text, ground))),
        math.log1p(sum(across)) - math.log1p(straight),
        math.log1p(min(across)),
        float(close and one.place > two.place),
        float(turned),
        float(bool(turn(line.text, first, second))),
        math.log1p(later),
        math.log1p(later_straight),
        float(dates),
        float(in_order),
        float(one_side),
        float(_apart(first, second, line)),
    )


def _best(first: Fact, second: Fact, contexts: dict[int, Context], ground: Ground) -> tuple[Figure, Figure] | None:
    """The two figures of the source that the pair of a post most likely means, whichever way round."""

    def drawn(figure: Figure) -> float:
        return max(pull(contexts[id(first)], figure.place), pull(contexts[id(second)], figure.place))

    ours, theirs = (sorted(candidates(one, ground), key=lambda f: (-drawn(f), f.place))[:3] for one in (first, second))
    pairs = [
        (one, two)
        for one, two in itertools.product(ours, theirs)
        if one is not two and exchangeable(one.fact, two.fact)
    ]
    if not pairs:
        return None

    def together(pair: tuple[Figure, Figure]) -> float:
        inexact = sum(fact.value != figure.fact.value for fact, figure in zip((first, second), pair, strict=True))
        return drawn(pair[0]) + drawn(pair[1]) + 1.5 * (pair[0].sentence == pair[1].sentence) - 0.5 * inexact

    return max(pairs, key=lambda pair: (together(pair), -pair[0].place))


def lean(
    first: Fact, second: Fact, one: Figure, two: Figure, said: Sequence[Fact], sentence: str, ground: Ground
) -> float:
    """How much speaks for the pair as it stands, negative where the figures have changed places."""
    if turns := _turns(first, second, one, two, sentence, ground):
        return 10.0 * turns
    if turn(sentence, first, second):
        return 0.0  # "19 minutes instead of 52": what is said is said of both, and the source does not say which was
    together = one.sentence == two.sentence
    flip = 1 if one.fact.start < two.fact.start else -1
    left, right = (one, two) if flip > 0 else (two, one)
    text = ground.sentences[one.sentence].text
    known = ground.sentences[one.sentence].facts
    there = _sides(text, left.fact, right.fact, known, ground) if together else {}
    total = 0.0
    against = 0
    turning = contrasts(ground.language)
    near = _fading(sentence, first, second, ground)
    for term, side in _sides(sentence, first, second, said, ground).items():
        weight = ground.weight.get(term, 0.0)
        if weight <= 0 or not side:
            continue
        gaps = [_gap(ground.places.get(term, ()), figure.place) for figure in (one, two)]
        if together:
            other = float(flip * there.get(term, 0))
        else:
            other = 1.0 if gaps[0] <= 25 and gaps[0] < 0.6 * gaps[1] else 0.0
            other = -1.0 if gaps[1] <= 25 and gaps[1] < 0.6 * gaps[0] else other
        total += weight * side * other * near[term]
        against += (side * other < 0) * (2 if term in turning else 1)
    total += 0.5 * _nearness(first, second, one, two, sentence, ground)
    others = _others(first, second, one, two, said, sentence, ground)
    # One word alone may well be meant for both.
    return total + 1.5 * others if against + (others < 0) > 1 or total < -6 else max(total, 0.0)


def _fading(sentence: str, first: Fact, second: Fact, ground: Ground) -> dict[str, float]:
    """How much a word counts: less the farther it stands before the first figure or after the second."""
    found: dict[str, float] = {}
    for term, offset, _ in content(sentence, ground.language):
        beyond = max(first.start - offset, offset - second.end, 0)
        found[term] = max(found.get(term, 0.0), 1 / (1 + beyond / 40))
    return found


def _gap(places: Sequence[int], place: int) -> int:
    return min((abs(at - place) for at in places), default=10**6)


def _cut(text: str, start: int, end: int) -> int:
    """Where the words between two figures are parted, or -1: at the first mark, else at the first parting word."""
    found = list(_PARTING.finditer(text, start, end))
    marks = [match for match in found if not match.group()[0].isalpha()]
    strong = [match for match in marks if match.group() in ";—–→；.!?"]
    opens = re.search(r"(?:^|[.;:]\s*)\w{0,8}\s?[^\s]*$", text[:start])
    if len(marks) > 1 and marks[0].start() <= start + 1 and opens:
        marks = marks[1:]  # "In 1981, eleven were saved; in 1993, all": the first comma parts nothing
    return (strong or marks or found)[0].start() if found else -1


def _side(at: int, text: str, left: Fact, right: Fact) -> int:
    if at < left.start:
        return 1
    if at >= right.end:
        return -1
    cut = _cut(text, left.end, right.start)
    return 0 if cut < 0 else 1 if at < cut else -1


def _sides(text: str, left: Fact, right: Fact, said: Sequence[Fact], ground: Ground) -> dict[str, int]:
    """The words of a sentence by the figure they are given to: 1 for the left one, -1 for the right one, 0 for both."""
    found: dict[str, set[int]] = {}
    cut = _cut(text, left.end, right.start)
    for term, offset, _ in content(text, ground.language):
        if not term or any(fact.start <= offset < fact.end for fact in said):
            continue
        if offset < left.start:
            side = 1
        elif offset >= right.end:
            side = -1
        else:
            side = 0 if cut < 0 else 1 if offset < cut else -1
        found.setdefault(term, set()).add(side)
    return {term: next(iter(sides)) if len(sides) == 1 else 0 for term, sides in found.items()}


def _nearness(first: Fact, second: Fact, one: Figure, two: Figure, sentence: str, ground: Ground) -> float:
    """The same by distance alone, in the post and in the source."""
    words = content(sentence, ground.language)

    def at(fact: Fact) -> int:
        return next((place for _, offset, place in words if offset >= fact.start), 999)

    here = at(first), at(second)
    places: dict[str, list[int]] = {}
    for term, _, place in words:
        if term:
            places.setdefault(term, []).append(place)
    total = 0.0
    for term in sorted(places):
        weight = ground.weight.get(term, 0.0)
        if weight > 0:
            near = [1 / (1 + _gap(places[term], place) / 4) for place in here]
            far = [1 / (1 + _gap(ground.places.get(term, ()), figure.place) / 4) for figure in (one, two)]
            total += 4 * weight * (near[0] - near[1]) * (far[0] - far[1])
    return total


def _others(
    first: Fact, second: Fact, one: Figure, two: Figure, said: Sequence[Fact], sentence: str, ground: Ground
) -> float:
    """The same for the other figures of the sentence: "an hour old costs 180 pounds, six hours old 600"."""
    flip = 1 if one.fact.start < two.fact.start else -1
    left, right = (one, two) if flip > 0 else (two, one)
    text = ground.sentences[one.sentence].text
    total = 0
    for other in said:
        if other in (first, second) or comparable(first, other):
            continue
        near: tuple[int, int] | None = None
        for figure in candidates(other, ground):
            gaps = abs(figure.place - one.place), abs(figure.place - two.place)
            if min(gaps) > 25:
                continue
            if one.sentence == two.sentence == figure.sentence:
                side = flip * _side(figure.fact.start, text, left.fact, right.fact)
            else:
                side = (gaps[0] < 0.6 * gaps[1]) - (gaps[1] < 0.6 * gaps[0])
            if near is None or min(gaps) < near[0]:
                near = (min(gaps), side)
        total += _side(other.start, sentence, first, second) * near[1] if near else 0
    return float(total)


def _turns(first: Fact, second: Fact, one: Figure, two: Figure, sentence: str, ground: Ground) -> int:
    """1 where the post and the source agree on which of two figures was and which is, -1 where they do not, 0 where
    one of them does not say."""
    ours = turn(sentence, first, second)
    if not ours or one.sentence != two.sentence:
        return 0
    text = ground.sentences[one.sentence].text
    if one.fact.start < two.fact.start:
        return ours * turn(text, one.fact, two.fact)
    return -ours * turn(text, two.fact, one.fact)
