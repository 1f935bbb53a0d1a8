"""What two figures of one sentence of a source make, where no word of the post tells how.

A sum, a difference, a product or a share of two figures is a coincidence less often the fewer figures there are. So
both stand in one sentence, or in one and the next, where the source speaks of what the post says; they are all of
their kind there, or next to it; and the figure of the post has two digits that mean something.
"""

import itertools
import re
from collections.abc import Iterator, Sequence

from composer.post.grounding.source.ground import Ground
from composer.post.grounding.values.fact import MONEY, Fact

_YEAR = 31557600.0
_MEASURES = frozenset(["time", "mass", "length", "volume", "area", "power", "energy", "data", *MONEY])
_ADDED = _MEASURES - {"time"} | {"", "people"}
# More figures of a kind than this make too many others.
_FEW = 4


def made_of(fact: Fact, ground: Ground, top: Sequence[int]) -> bool:
    """Whether a figure of a post is what two figures of one of the sentences `top` make."""
    if fact.kind == "date" or not fact.value or fact.hedge or "ordinal" in fact.dimensions:
        return False
    for first, second in _stretches(top, ground):
        found = [
            (one, ground.sentences[at].text)
            for at in range(first, second + 1)
            for one in _apart(_plain(ground.sentences[at].facts))
        ]
        if any(_is(fact, value, dimension) for value, dimension in _results(fact, found)):
            return True
    return False


def _stretches(top: Sequence[int], ground: Ground) -> Iterator[tuple[int, int]]:
    """Single sentences, and two in a row that both are of `top`."""
    yield from ((at, at) for at in top)
    yield from ((at, at + 1) for at in top if at + 1 in top and at + 1 < len(ground.sentences))


def _plain(found: Sequence[Fact]) -> list[Fact]:
    return [one for one in found if one.kind != "date" and one.value]


def _apart(found: Sequence[Fact]) -> list[Fact]:
    """The figures of a stretch, the longer where two overlap, each value once."""
    out: list[Fact] = []
    for one in sorted(found, key=lambda one: (one.start - one.end, one.start)):
        if all(one is not other and (one.end <= other.start or other.end <= one.start) for other in out):
            out.append(one)
    return sorted(out, key=lambda one: one.start)


def _is(fact: Fact, value: float, dimension: str) -> bool:
    said, measure = fact.readings[0]
    measure, dimension = ("" if one == "people" else one for one in (measure, dimension))
    if measure != dimension and not (
        {measure, dimension} <= {"", *MONEY} or ({measure, dimension} == {"share", "percent"})
    ):
        return False
    if measure != dimension and "share" in (measure, dimension):
        value = value / 100 if dimension == "percent" else value * 100
    if value <= 0:
        return False
    digits = len(f"{fact.value:.10g}".replace(".", "").strip("0"))
    off = abs(said - value) / value
    if measure in ("percent", "share"):
        shown = said if measure == "percent" else 100 * said
        near = abs(shown - 100 * value if measure == "share" else shown - value)
        return off < 1e-6 or (digits >= 2 and near <= 0.51 * 0.1**fact.places and not fact.words)
    if off < 1e-9:
        return digits >= 2 or said >= 1000 or measure in _MEASURES
    return digits >= 3 and float(f"{value:.{digits}g}") == float(f"{said:.10g}")


def _results(fact: Fact, found: Sequence[tuple[Fact, str]]) -> Iterator[tuple[float, str]]:
    for (one, text), (two, other_text) in itertools.combinations(found, 2):
        if fact.per:  # what is given for a week is made of days only
            if two.per == fact.per or one.per == fact.per:
                yield from _in_time(one, two)
                yield from _in_time(two, one)
            continue
        a, b = one.readings[0], two.readings[0]
        alike = [other for other, _ in found if other.readings[0][1] == a[1]]
        joined = text is other_text and _joined(one, two, text)
        if joined and a[1] == b[1] and a[1] in _ADDED and len(alike) <= _FEW:
            yield a[0] + b[0], a[1]
            if fact.dimensions <= {"percent", "share"} and a[0] != b[0]:
                yield 100 * a[0] / (a[0] + b[0]), "percent"
                yield 100 * b[0] / (a[0] + b[0]), "percent"
        if text is other_text and a[1] == b[1] and 0 < b[0] < a[0] and _AMONG.search(text[one.end : two.start]):
            yield a[0] - b[0], a[1]
            yield 100 * b[0] / a[0], "percent"
            yield 100 - 100 * b[0] / a[0], "percent"
        if len(found) <= _FEW:
            for a_fact, b_fact in ((one, two), (two, one)):
                yield from _product(a_fact, b_fact)
                yield from _in_time(a_fact, b_fact)
            yield from _age(fact, one, two)


# What stands between two figures that are told as parts of one whole.
_AND = re.compile(r"(?i)(?:(?:^|\W)(?:and|plus|und|et|y|e|&)(?:\W|$)|[和、与及と])")
# "22 people, eight of them women".
_AMONG = re.compile(
    r"(?i)^[^.!?。]{0,30}(?:\bof (?:which|whom|them)|\bdavon|\bdarunter|\bdont|\bde (?:ellas|ellos)|\bde l[oa]s cuales|"
    r"\bd(?:as|os) quais|\bdel[ae]s|其中|うち)[^.!?。]{0,12}$"
)
_STOPS = re.compile(r"[.;:!?。！？]")


def _joined(one: Fact, two: Fact, text: str) -> bool:
    """ "52 women and 31 men": two counts, and nothing but an "and" and the words for them between."""
    between = text[one.end : two.start]
    return (
        one.end <= two.start and len(between) <= 48 and not _STOPS.search(between) and _AND.search(between) is not None
    )


def _product(one: Fact, two: Fact) -> Iterator[tuple[float, str]]:
    """So many of so much each; so much a day for so many days; and what one of them comes to."""
    value, dimension = two.readings[0]
    whole = one.readings[0][1] in ("", "people") and one.value % 1 == 0 and one.value >= 2
    if whole and (dimension in _MEASURES or (dimension == "" and two.value != one.value)):
        if one.value * value >= 100:
            yield one.value * value, dimension
        if dimension in MONEY:
            yield value / one.value, dimension
    if one.readings[0][1] in ("mass", "volume", "length", "area") and dimension in MONEY:
        yield value / one.value, dimension  # fifty kilos for 320 are 6.40 a kilo


def _in_time(one: Fact, two: Fact) -> Iterator[tuple[float, str]]:
    """Two hundred kilos a day, three days a week."""
    if one.per and two.per and two.dimensions == {"time"} and two.value >= 2 and not two.value % 1:
        yield one.readings[0][0] * two.readings[0][0] / one.per, one.readings[0][1]


def _age(fact: Fact, one: Fact, two: Fact) -> Iterator[tuple[float, str]]:
    """ "I was twenty-four, that is thirty-six years ago": sixty now."""
    kinds = {one.readings[0][1], two.readings[0][1]}
    years = [other.value for other in (one, two)]
    spans = [other for other in (one, two) if other.readings[0] == (other.value * _YEAR, "time")]
    if kinds <= {"", "time", "age"} and spans and all(1 < year < 110 and year % 1 == 0 for year in years):
        measure = fact.readings[0][1]
        for value in (sum(years), abs(years[0] - years[1])):
            if 10 <= value <= 110 and measure in ("", "time", "age"):
                yield (value * _YEAR if measure == "time" else value), measure
