"""The figures of a source that bear out one of a post, and those it could be mistaken for."""

import re
from bisect import bisect_left

from composer.post.grounding.figures.agreement import supports
from composer.post.grounding.source.ground import Figure, Ground
from composer.post.grounding.values.fact import MONEY, Fact


def candidates(fact: Fact, ground: Ground) -> list[Figure]:
    """The figures of the source that bear a figure out."""
    if fact.mark in ("quarter", "season", "half"):
        # A month stands for its quarter only where the source counts none.
        own = [figure for figure in ground.figures if figure.fact.mark == fact.mark]
        return [figure for figure in own or ground.figures if supports(fact, figure.fact)]
    if fact.kind == "date":
        wanted = {fact.value, *(value // 10000 for value, mark in fact.readings if mark == "day")}
        return [
            figure
            for figure in ground.figures
            if (figure.fact.kind == "date" or fact.mark == "clock" or not wanted.isdisjoint(_values(figure.fact)))
            and supports(fact, figure.fact)
        ]
    sizes = {fact.value, *(value for value, _ in fact.readings)}
    sizes |= {value / 60 + by for value, dimension in fact.readings if dimension == "clock" for by in (0, 12)}
    sizes |= {value * 100 for value, dimension in fact.readings if dimension == "share"}
    found: set[int] = set()
    for size in sizes:
        low, high = sorted((size * 0.7, size * 1.4))
        at = bisect_left(ground.by_size, (low, -1))
        while at < len(ground.by_size) and ground.by_size[at][0] <= high:
            found.add(ground.by_size[at][1])
            at += 1
    if fact.kind == "number" and (dated := _dated(fact)):
        found.update(at for at, figure in enumerate(ground.figures) if figure.fact.mark in dated)
    borne = [ground.figures[at] for at in sorted(found) if supports(fact, ground.figures[at].fact)]
    measured = fact.kind == "number" and fact.readings[0][1] not in ("", "ordinal", "share", "times")
    return [figure for figure in borne if not (measured and _numbers(figure, ground))]


# What is numbered, right before its number: "line 2" bears no two hours out.
_NUMBERED = re.compile(
    r"(?i)\b(?:line|ligne|linie|línea|linha|route|room|platform|gate|chapter|kapitel|chapitre|capítulo|page|seite|"
    r"página|number|no\.|nr\.|n°|numéro|número|agenda item|item|slide|step) ?#?$"
)


def _numbers(figure: Figure, ground: Ground) -> bool:
    """Whether a figure of the source only numbers something: a line, a room."""
    if figure.fact.dimensions - {"", "ordinal"} or figure.fact.places or figure.fact.scale > 1:
        return False
    text = ground.sentences[figure.sentence].text
    return _NUMBERED.search(text, 0, figure.fact.start) is not None


def _dated(fact: Fact) -> frozenset[str]:
    """The marks of dates that a number of a post may mean: a year, a day, "2.40" or "18 h"."""
    if fact.places == 2 or "clock" in fact.dimensions:
        return frozenset(["clock"])
    small = fact.value <= 31 and not fact.words and fact.dimensions <= {"", "ordinal", "time"}
    return frozenset(["day", "clock"]) if 1500 <= fact.value <= 2100 or small else frozenset()


def _values(fact: Fact) -> list[float]:
    return [fact.value, *(value for value, dimension in fact.readings if not dimension)]


def comparable(fact: Fact, other: Fact) -> bool:
    """Whether a figure could be taken for the other: of one kind, and of one dimension as far as both have one."""
    if fact.kind != other.kind:
        # "40 percent, the region fifteen": a bare number may be a per cent.
        return {fact.kind, other.kind} == {"percent", "number"} and "percent" in fact.dimensions & other.dimensions
    if fact.kind == "date":
        if fact.mark != other.mark:
            return False
        return (
            fact.mark != "day"
            or [bool(part) for part in date_parts(fact)] == [bool(part) for part in date_parts(other)]
            or (bool(date_parts(fact)[0]) and bool(date_parts(other)[0]))
        )
    ours, theirs = fact.dimensions - {"", "part", "whole"}, other.dimensions - {"", "part", "whole"}
    if bool(ours & MONEY) != bool(theirs & MONEY) and not (ours and theirs):
        bare = other if ours else fact  # "118 million" beside "$250M"
        return not bare.counts and bare.value >= 1000
    return ours == theirs or bool(ours & theirs) or (not ours and not theirs)


def exchangeable(fact: Fact, other: Fact) -> bool:
    """Whether two figures of a sentence may have changed places; one of them may leave out the unit of both."""
    bare = any(one.dimensions == {""} and not one.counts for one in (fact, other))
    loose = (fact.dimensions | other.dimensions) & {"share", "times", "ordinal", "part"} or min(
        fact.value, other.value
    ) <= 1
    first, second = sorted((fact, other), key=lambda one: one.start)
    if first.dimensions == {""} and second.dimensions != {""} and second.start - first.end > 6:
        bare = False  # "88, nine days": a unit that is left out follows the one that is said
    return comparable(fact, other) or (bare and not loose and "date" not in (fact.kind, other.kind))


def date_parts(fact: Fact) -> tuple[int, int, int]:
    """Year, month and day of a date that is marked as a day; 0 for what is not said."""
    value = int(fact.value)
    return value // 10000, value // 100 % 100, value % 100
