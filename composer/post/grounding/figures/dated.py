"""Dates of a post that a source does not have as such: put together from its parts, or counted on from another."""

import re
from collections.abc import Sequence

from composer.post.grounding.figures.agreement import supports, weekday
from composer.post.grounding.figures.elapsed import days_on, months_on, this_year, years_on
from composer.post.grounding.figures.lookup import date_parts
from composer.post.grounding.figures.reckoned import Term
from composer.post.grounding.source.ground import Ground
from composer.post.grounding.values.fact import Fact


def dated(fact: Fact, text: str, near: Sequence[int], known: Sequence[Term], ground: Ground) -> bool:
    """Whether a date of a post, which says it in `text`, follows from what the source says."""
    if fact.mark == "quarter" and _quarter_to(fact, ground):
        return True
    if fact.mark == "weekday" and _on_weekday(int(fact.value), ground):
        return True
    if fact.mark == "season" and _in_season(fact, near, ground):
        return True
    year = date_parts(fact)[0] if fact.mark == "day" else 0
    if year and fact.value % 10000 == 0 and _born(year, text, near, ground):
        return True
    if days_on(fact, known) or this_year(fact, ground):
        return True
    return _composed(fact, ground) or (bool(year) and fact.value % 100 == 0 and _year_on(fact, near, ground, known))


_QUARTER = re.compile(r"(?i)\b(?:quarters?|quartals?|trimestres?)\b")


def _quarter_to(fact: Fact, ground: Ground) -> bool:
    """ "Q3", where the source speaks of the quarter that ended in September."""
    return any(
        _QUARTER.search(said.text) is not None
        and any(one.mark == "day" and one.value % 10000 >= 100 and supports(fact, one) for one in said.facts)
        for said in ground.sentences
    )


def _on_weekday(day: int, ground: Ground) -> bool:
    """Whether a day that the source has without its year is that day of the week in the one year it has with a day."""
    days = [value for figure in ground.figures for value, mark in figure.fact.readings if mark == "day"]
    years = {int(value) // 10000 for value in days if value >= 10000 and value % 10000}
    if len(years) != 1:
        return False
    year = years.pop()
    return any(weekday(year, int(value) // 100, int(value) % 100) == day for value in days if 100 < value < 10000)


_BIRTH = re.compile(r"(?i)\bborn\b|\bgeboren|\bnée? en\b|\bnacid|\bnació|\bnascid|\bnasceu|生まれ|出生")


def _born(year: int, text: str, near: Sequence[int], ground: Ground) -> bool:
    """ "Born in 1928": twenty-six years before a year in which somebody was twenty-six."""
    if not _BIRTH.search(text):
        return False
    for index in near:
        found = [one for at in (index, index + 1) if at < len(ground.sentences) for one in ground.sentences[at].facts]
        ages = [one.value for one in found if one.readings[0][1] in ("age", "time", "") and 0 < one.value < 110]
        years = [int(one.value) // 10000 for one in found if one.mark == "day" and one.value >= 10000]
        if any(then - age == year for then in years for age in ages):
            return True
    return False


def of_the_month(fact: Fact, ground: Ground) -> bool:
    """ "On the 9th": the source has a date with that day."""
    return not fact.words and fact.value <= 31 and any(
        figure.fact.mark == "day" and any(int(value) % 100 == fact.value for value, _ in figure.fact.readings)
        for figure in ground.figures
    )  # fmt: skip


def _year_on(fact: Fact, near: Sequence[int], ground: Ground, known: Sequence[Term]) -> bool:
    year, month, _ = date_parts(fact)
    if month and months_on(year, month, near, ground, known):
        return True
    everywhere = range(len(ground.sentences)) if not near and len(ground.sentences) < 400 else near
    if month:  # "in March of the year after"
        everywhere = [
            index
            for index in everywhere
            if any(one.mark == "day" and one.value % 10000 // 100 == month for one in ground.sentences[index].facts)
        ]
    return years_on(year, everywhere, ground, known, 8 if month else 5)


def _in_season(fact: Fact, near: Sequence[int], ground: Ground) -> bool:
    """ "In summer" where the source says July, or from May to September."""
    season = int(fact.value) % 10
    for index in near:
        days = [one for one in ground.sentences[index].facts if one.mark == "day" and one.value % 10000 >= 100]
        if any((fact.value < 10 or one.value >= 1e4) and supports(fact, one) for one in days):
            return True
        months = sorted(int(one.value) % 10000 // 100 for one in days)
        first, last = 3 * season, 3 * season + 2  # spring begins in March
        if fact.value < 10 and season < 4 and len(months) > 1 and months[0] <= first and months[-1] >= last:
            return True
    return False


def _composed(fact: Fact, ground: Ground) -> bool:
    """Whether the year stands in one sentence and the rest of the date in it or a neighbour."""
    if fact.mark == "day" and not fact.value >= 10000 and _day_apart(fact, ground):
        return True
    if fact.mark == "decade" or (not fact.value >= 10000 and fact.mark == "day"):
        return False
    if fact.mark == "day":
        year, month, day = date_parts(fact)
        rest = {month * 100 + day, month * 100} if not day else {month * 100 + day}
        if not month:
            return False
    elif fact.mark in ("quarter", "season", "half") and fact.value >= 10:
        year, rest = int(fact.value) // 10, {int(fact.value) % 10}
    else:
        return False
    years = {
        f.sentence for f in ground.figures if any(v // 10000 == year for v, mark in f.fact.readings if mark == "day")
    }
    years |= {f.sentence for f in ground.figures if f.fact.kind == "number" and f.fact.value == year}
    days = {
        f.sentence
        for f in ground.figures
        if f.fact.mark == fact.mark
        and any(int(v) in rest or (int(v) < 10000 and int(v) // 100 * 100 in rest) for v, _ in f.fact.readings)
    }
    return any(abs(a - b) <= 2 or (0 < b - a <= 8 and not _years_between(a, b, ground)) for a in years for b in days)


def _years_between(first: int, last: int, ground: Ground) -> bool:
    """Whether the source names a year after one sentence and before another ends."""
    return any(
        fact.kind == "date" and fact.mark == "day" and fact.value >= 10000
        for index in range(first + 1, last + 1)
        for fact in ground.sentences[index].facts
    )


def _day_apart(fact: Fact, ground: Ground) -> bool:
    """ "In October, on the 18th": the month in the source, its day a few words off."""
    _, month, day = date_parts(fact)
    if not month or not day:
        return False
    months = [f.place for f in ground.figures if f.fact.mark == "day" and f.fact.value % 10000 == month * 100]
    days = [f.place for f in ground.figures if f.fact.kind == "number" and f.fact.value == day]
    return any(abs(a - b) <= 8 for a in months for b in days)
