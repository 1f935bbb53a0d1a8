"""Figures that can be reckoned from others of the post and its source, told from chance by how many could be.

The more figures there are to reckon with, the more of the values near that of the post come out of some step by chance.
So the steps are taken from the nearest figures first, and a figure counts as worked out where few values of its size
come out of them; where the post says that it is worked out ("53 days faster", "in all"), more may.
"""

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from composer.post.grounding.figures.binding import Context, homes
from composer.post.grounding.figures.line import Line
from composer.post.grounding.figures.reckoned import said_with
from composer.post.grounding.source.ground import Ground
from composer.post.grounding.values.fact import MONEY, Fact

_MEASURES = frozenset(["time", "mass", "length", "volume", "area", "power", "energy", "data"])
_ADDED = _MEASURES | MONEY | {"", "people", "degree"}
_YEAR = 31557600.0
# A step may lead to a value this many times smaller or larger than the one that is said, to count as near it.
_NEAR = 1.5
# How likely a chance may be where the post says that it reckons, and where it does not.
_TOLD, _UNTOLD, _SURE = 0.25, 0.05, 0.12
# So many places of a figure in the source still say which one is meant.
_FEW = 4


@dataclass(frozen=True, slots=True)
class Operand:
    """A figure to reckon with: its value in the unit of its dimension, and where it stands (a sentence of the source,
    or below 0 a line of the post)."""

    value: float
    dimension: str
    fact: Fact
    home: int


def worked_out(fact: Fact, line: Line, around: Context, *, sure: bool = False) -> bool:
    """Whether a figure of a post is what one step makes of figures near it, and by no chance; `sure` wants the post to
    say so as well."""
    if sure:
        if said_with("total", line.text, fact) and any(0 < one.value < fact.value for one in line.said):
            return True  # "... and eleven more follow, which makes fourteen in all"
        return reckons(fact, line) and (_difference(fact, line, around) or chance(fact, line, around) <= _SURE)
    if _other_measure(fact, line, around):
        return False
    if reckons(fact, line) and _of_its_own(fact, line):
        return True
    return chance(fact, line, around) <= (_TOLD if reckons(fact, line) else _UNTOLD)


def _of_its_own(fact: Fact, line: Line) -> bool:
    """ "It was £3.60; it is £4.80 now, a third more": a share of the few figures of the sentence itself."""
    own = [_operand(one, -1) for one in line.said if one is not fact and one.kind != "date"]
    if len(own) not in (2, 3) or not fact.dimensions <= {"share", "percent", "times"}:
        return False
    ways = _ways(fact, line.text)
    return _coincidence(fact, sorted((v, kind) for v, kind, way in _steps(fact, own, ()) if way in ways)) <= 1


def _other_measure(fact: Fact, line: Line, around: Context) -> bool:
    """Whether the source has the very number where it speaks of the same, of another measure or for another time: a
    unit that was mistaken, and nothing that was worked out."""
    return fact.value > 2 and any(
        one.value == fact.value and one.kind == fact.kind
        for index in homes(around)[:3]
        for one in line.ground.sentences[index].facts
    )


def reckons(fact: Fact, line: Line) -> bool:
    """Whether a post says that it has worked a figure out: "more", "in all", "the rest"."""
    later = fact.dimensions == {"time"} and said_with("later", line.text, fact)
    return later or any(said_with(name, line.text, fact) for name in ("less", "total", "rest"))


def chance(fact: Fact, line: Line, around: Context) -> float:
    """How likely a wrong figure of this size would come out of one step as well, 0 to 1, where this one does; 9 where
    it does not. The steps from figures that stand nearest are looked at first."""
    if fact.kind == "date" or not fact.value or fact.readings[0][1] in ("ordinal", "clock"):
        return 9.0
    own = [_operand(one, -1) for one in line.said if one is not fact]
    ways = _ways(fact, line.text)
    best = 9.0
    for operands in _circles(fact, line, around, own):
        both = {(value, kind) for value, kind, way in _steps(fact, operands, ()) if way in ways}
        one = {(value, kind) for value, kind, way in _steps(fact, operands, own) if way in ways} if own else set()
        best = min(best, _coincidence(fact, sorted(both)), _coincidence(fact, sorted(one)))
    return best


def _difference(fact: Fact, line: Line, around: Context) -> bool:
    """Whether a figure is the difference of two that one sentence of the source, or the post, has of the same:
    "45 euros a night instead of 38", "seven euros more"."""
    ground = line.ground
    rows = [[_operand(one, -1) for one in line.said if one is not fact]]
    rows += [_of_source({at}, 0, ground) for at in sorted({*homes(around)[:3], *_stand([line], fact)})]
    size, dimension = fact.readings[0]
    kinds = {_dimension(dimension), *({"point"} if not dimension else ())}
    return any(
        kind in kinds and way == "-" and abs(value - size) <= 1e-6 * size
        for row in rows
        for a, b in itertools.combinations([one for one in row if one.fact.kind != "date" and one.value > 0], 2)
        for one, two in ((a, b), (_lent(a, b), b), (a, _lent(b, a)))
        for value, kind, way in _of_one_kind(*sorted((one, two), key=lambda each: -each.value))
    )


def _ways(fact: Fact, text: str) -> frozenset[str]:
    """The steps that a post may have taken, by their signs: it may say which."""
    less, total, rest = (said_with(name, text, fact) for name in ("less", "total", "rest"))
    if total:
        return frozenset("+*=")
    if rest:
        return frozenset(["-", "/", "=", "rest"])
    return frozenset("-/=" if less else "+-*/=")


def _circles(fact: Fact, line: Line, around: Context, own: list[Operand]) -> Iterator[list[Operand]]:
    ground = line.ground
    yield own
    lines = [one for one in line.company if one.said]
    here = next((at for at, one in enumerate(lines) if one.text == line.text and one.label == line.label), 0)
    near = [(at, other) for at, other in enumerate(lines) if 0 < abs(at - here) <= 3]
    beside = [_operand(one, -2 - at) for at, other in near for one in other.said]
    yield own + beside
    at = _stand([line], fact)
    yield own + _of_source(at, 0, ground)
    top = homes(around)[:2]
    yield own + _of_source({*top, *at}, 0, ground)
    yield own + _of_source({*top, *at}, 1, ground)
    around_it = _stand([other for to, other in near if abs(to - here) <= 2], fact)
    yield own + _of_source(around_it, 0, ground)
    yield own + _of_source(around_it, 1, ground)


def _stand(lines: Sequence[Line], fact: Fact) -> set[int]:
    """The sentences of the source that the other figures of some sentences of a post stand in."""
    return {
        figure.sentence
        for line in lines
        for other in line.said
        if other is not fact and len(line.where(other)) <= _FEW
        for figure in line.where(other)
    }


def _of_source(indexes: set[int], reach: int, ground: Ground) -> list[Operand]:
    wanted = sorted({at for index in indexes for at in range(index - reach, index + reach + 1)})
    return [
        _operand(one, at)
        for at in wanted
        if 0 <= at < len(ground.sentences)
        for one in _apart(ground.sentences[at].facts)
    ]


def _apart(found: Sequence[Fact]) -> list[Fact]:
    """The figures of a sentence, the longer where two overlap."""
    out: list[Fact] = []
    for one in sorted(found, key=lambda one: (one.start - one.end, one.start)):
        if all(one.end <= other.start or other.end <= one.start for other in out):
            out.append(one)
    return sorted(out, key=lambda one: one.start)


def _dimension(name: str) -> str:
    return "" if name == "people" else "money" if name in MONEY else name


def _operand(fact: Fact, home: int) -> Operand:
    value, dimension = fact.readings[0]
    return Operand(value, _dimension(dimension), fact, home)


def _sized(one: Operand) -> Iterator[Operand]:
    """An operand, and what it is where it leaves out a size word: "then 2.1", of millions."""
    yield one
    if not one.dimension and one.fact.value < 1000 and not one.fact.counts:
        for value, dimension in one.fact.readings[1:]:
            if dimension in MONEY | {""} and value >= 1000 * one.value:
                yield replace(one, value=value, dimension=_dimension(dimension))


def _steps(fact: Fact, operands: Sequence[Operand], own: Sequence[Operand]) -> Iterator[tuple[float, str, str]]:
    """What one step makes of two figures, with its dimension and its sign; of `own` and another where there are any."""
    numbers = [each for one in operands if one.fact.kind != "date" and one.value > 0 for each in _sized(one)]
    numbers = list({(one.value, one.dimension, one.fact.per, one.fact.kind): one for one in numbers}.values())
    mine = {(one.value, one.dimension) for one in own}
    for first, second in itertools.combinations(numbers, 2):
        if own and not {(first.value, first.dimension), (second.value, second.dimension)} & mine:
            continue
        for a, b in {(first, second), (_lent(first, second), second), (first, _lent(second, first))}:
            a, b = (a, b) if a.value >= b.value else (b, a)
            yield from _of_one_kind(a, b)
            yield from _of_two_kinds(a, b)
            yield from _of_two_kinds(b, a)
    yield from _spans(operands, own)
    if own:
        return
    for one in numbers:
        if one.home == -1 and one.dimension in ("share", "percent"):  # "less than half of them (4 of 9)"
            yield one.value * (100 if one.dimension == "share" else 1), "percent", "="
        if one.fact.per and fact.per and one.fact.per != fact.per:
            yield one.value * fact.per / one.fact.per, one.dimension, "*"
        if one.dimension == "percent" and one.value < 100:
            yield 100 - one.value, "percent", "rest"
        if one.dimension == "share" and one.value < 1:
            yield 100 - 100 * one.value, "percent", "rest"
    yield from _sums(numbers)


def _spans(operands: Sequence[Operand], own: Sequence[Operand]) -> Iterator[tuple[float, str, str]]:
    """The years and the months between two dates."""
    days = {(one.value, one.home == -1) for one in operands if one.fact.mark == "day"}
    for (a, first), (b, second) in itertools.combinations(sorted(days), 2):
        if own and not (first or second):
            continue
        years = abs(int(a) // 10000 - int(b) // 10000) if min(a, b) >= 10000 else 0
        months = abs(int(a) // 100 % 100 - int(b) // 100 % 100) if min(a % 10000, b % 10000) >= 100 else 0
        if years:
            yield years * _YEAR, "time", "-"
        if months or (years and min(a % 10000, b % 10000) >= 100):
            signed = (int(a) // 10000 - int(b) // 10000) * 12 + int(a) // 100 % 100 - int(b) // 100 % 100
            yield abs(signed) * _YEAR / 12, "time", "-"


def _lent(bare: Operand, other: Operand) -> Operand:
    """A number that leaves out the unit of the other."""
    if bare.dimension or bare.fact.counts or other.dimension not in (_ADDED | {"money", "percent"}) - {""}:
        return bare
    return replace(bare, value=bare.value * other.value / other.fact.value, dimension=other.dimension)


def _of_one_kind(a: Operand, b: Operand) -> Iterator[tuple[float, str, str]]:
    kind = a.dimension
    if kind != b.dimension or a.value == b.value or (a.fact.per and b.fact.per and a.fact.per != b.fact.per):
        return
    if kind == "percent":
        yield a.value - b.value, "point", "-"
        yield a.value + b.value, "percent", "+"
        yield a.value / b.value, "times", "/"
    elif kind in _ADDED | {"money"}:
        yield a.value - b.value, kind, "-"
        yield a.value + b.value, kind, "+"
        yield a.value / b.value, "times", "/"
        yield 100 * b.value / a.value, "percent", "/"
        yield 100 - 100 * b.value / a.value, "percent", "/"
        yield 100 * (a.value - b.value) / b.value, "percent", "/"


def _of_two_kinds(x: Operand, y: Operand) -> Iterator[tuple[float, str, str]]:
    quantity = y.dimension in _ADDED | {"money"}
    if x.dimension in ("percent", "share") and quantity:
        share = x.value / 100 if x.dimension == "percent" else x.value
        if 0 < share < 1:
            yield share * y.value, y.dimension, "*"
            yield (1 - share) * y.value, y.dimension, "-"
    if not x.dimension and x.value % 1 == 0 and x.value >= 2 and quantity and not x.fact.per:
        yield x.value * y.value, y.dimension, "*"
        yield y.value / x.value, y.dimension, "/"
    if x.dimension == "time" and y.fact.per and y.dimension != "time":
        yield y.value * x.value / y.fact.per, y.dimension, "*"
    if x.fact.per and y.dimension == x.dimension and y.value > x.value and not y.fact.per:
        yield y.value / x.value * x.fact.per, "time", "/"  # how long it lasts, or takes to pay back


def _sums(numbers: Sequence[Operand]) -> Iterator[tuple[float, str, str]]:
    """Three or more figures of one kind in a row, and what they leave of a whole."""
    for _, group in itertools.groupby(numbers, key=lambda one: max(one.home, -1)):
        row = list(group)
        for dimension in sorted({one.dimension for one in row} & (_ADDED | {"percent", "money"})):
            values = [one.value for one in row if one.dimension == dimension]
            for first in range(len(values) - 2):
                for last in range(first + 3, len(values) + 1):
                    yield math.fsum(values[first:last]), dimension, "+"
        shares = [
            one.value * (100 if one.dimension == "share" else 1) for one in row if one.dimension in ("share", "percent")
        ]
        for first in range(len(shares) - 1):
            for last in range(first + 2, len(shares) + 1):
                if math.fsum(shares[first:last]) < 100:
                    yield 100 - math.fsum(shares[first:last]), "percent", "rest"


def _coincidence(fact: Fact, found: Sequence[tuple[float, str]]) -> float:
    """The share of the values near that of the post that come out of some step; 9 where its own does not."""
    size, dimension = fact.readings[0]
    dimension = _dimension(dimension)
    unit, step = size / fact.value, _grain(fact)
    if dimension == "share":
        # A few shares have a word.
        size, dimension, unit, step = 100 * size, "percent", 100.0, 0.1
    width = max(step, 0.1 * fact.value if fact.hedge else 0.0) * unit
    if dimension == "point" or (not dimension and fact.counts.startswith("point")):
        wanted = {"point"}
    elif not dimension:
        wanted = {"", "money"} if fact.value >= 1000 else {"", "point"}
        wanted |= set() if fact.counts else {"money"}
    else:
        wanted = {dimension}
    values = [value for value, kind in found if kind in wanted]
    if not dimension and not fact.counts:  # "Paid back in 65": a unit that is left out
        values += [value / _YEAR for value, kind in found if kind == "time"]
    shown = bool(fact.hedge) or fact.places > 0 or fact.scale > 1 or dimension in ("percent", "times")
    exact = min(0.51 * width, 0.07 * size) if shown or (dimension == "time" and unit > 86400) else 1e-6 * size
    exact = 0.03 * size if fact.readings[0][1] == "share" else exact
    met = [value for value in values if abs(value - size) <= exact]
    if fact.hedge in ("over", "under"):
        low, high = (size, 1.3 * size) if fact.hedge == "over" else (0.77 * size, size)
        met = [value for value in values if low < value < high]
    if not met:
        return 9.0
    low, high = size / _NEAR, size * _NEAR
    bins = max(1.0, (high - low) / width)
    return min(1.0, len({round(value / width) for value in values if low <= value <= high}) / bins)


def _grain(fact: Fact) -> float:
    """How finely a figure is said, in the unit it is said in: 10 for 240; what is round is so more often."""
    if fact.places:
        return float(10.0**-fact.places) * fact.scale
    digits = f"{fact.value:.0f}"
    zeros = len(digits) - len(digits.rstrip("0"))
    if fact.value < 100:
        return 5.0 if zeros and fact.kind == "percent" else 2.0 if zeros else 1.0
    return float(10**zeros)
