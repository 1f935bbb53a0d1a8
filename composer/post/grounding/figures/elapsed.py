"""What lies between two dates of a source, and the years it comes to by counting on."""

import itertools
import re
from collections.abc import Iterator, Sequence

from composer.post.grounding.figures.reckoned import Term, cue
from composer.post.grounding.source.ground import Ground
from composer.post.grounding.values.fact import Fact

_YEAR = 31557600.0


def spans(fact: Fact, known: Sequence[Term], text: str = "") -> bool:
    """Whether a time is what lies between two dates, or two times of day, that stand together.

    Where the post says "later" or "after", and the source has few years, they may stand apart.
    """
    if fact.dimensions != {"time"}:
        return False
    told = cue("later").search(text[max(0, fact.start - 12) : fact.end + 18]) is not None
    named = {date[0] for term in known for date in _days(term.fact) if date[0]}
    value = fact.readings[0][0]
    clocks = [(minute, term.sentence) for term in known for minute, mark in term.fact.readings if mark == "clock"]
    if (
        value % 60 == 0
        and 300 <= value < 86400
        and any(
            first == last
            and min(_off(a - b, value / 60), _off(b - a, value / 60)) <= (0.04 * value / 60 if fact.hedge else 0)
            for (a, first), (b, last) in itertools.combinations(clocks, 2)
        )
    ):
        return True
    days = [(date, term.sentence) for term in known for date in _days(term.fact)]
    for (a, first), (b, last) in itertools.combinations(days, 2):
        reach = 0 if value < _YEAR else 12 if told and len(named) <= 3 and value > _YEAR else 3
        if first >= 0 and last >= 0 and abs(first - last) > reach:
            continue
        if value >= _YEAR and value % _YEAR == 0 and a[0] and b[0]:
            if abs(a[0] - b[0]) == round(value / _YEAR):
                return True
        elif value % 2629800 == 0 and value < 3 * _YEAR and a[1] and b[1]:
            years = abs(a[0] - b[0]) * 12 if a[0] and b[0] else 0
            signed = (b[0] - a[0]) * 12 + b[1] - a[1] if years else b[1] - a[1]
            if round(value / 2629800) in ((abs(signed),) if a[0] and b[0] else (abs(signed), 12 - abs(signed))):
                return True
        elif 86400 <= value < 120 * 86400 and value % 86400 == 0 and all((*a[1:], *b[1:])) and a[1:] != b[1:]:
            apart = abs((b[1] - a[1]) * 30.44 + b[2] - a[2])
            if abs(apart - value / 86400) <= (1 if value % 604800 else 3):
                return True
    return False


def _off(between: float, minutes: float) -> float:
    """How many minutes a span differs from the one between two times of day, which may be twelve hours more."""
    off = (between - minutes) % 720
    return min(off, 720 - off)


def _days(fact: Fact) -> Iterator[tuple[int, int, int]]:
    for value, mark in fact.readings:
        if mark == "day":
            yield int(value) // 10000, int(value) // 100 % 100, int(value) % 100


_YEAR_ON = re.compile(
    r"(?i)\b(?:the year (?P<a>after|before)|(?:a|one) year (?P<b>later|earlier|before|after)|"
    r"the (?P<c>following|next|previous|preceding) year|(?P<d>next|last|following) year|"
    r"(?:im |ein )?jahr (?P<e>darauf|danach|später|zuvor|davor|vorher|drauf)|"
    r"(?:im |das |dem )?(?P<f>folgejahr|vorjahr)|im (?P<g>nächsten|folgenden|vorigen|letzten|vergangenen) jahr|"
    r"(?:l['’]année|l['’]an|un an) (?P<h>suivante?|d['’]après|plus tard|précédente?|d['’]avant|auparavant)|"
    r"(?:d?el año|al año|un año) (?P<i>siguiente|después|más tarde|anterior|antes|pasado)|"
    r"(?:[dn]?o ano|um ano) (?P<j>seguinte|depois|mais tarde|anterior|antes|passado))"
    r"|(?P<k>翌年|次の年|第二年|来年|前年|前の年|昨年|去年|上一年)"
)
_BACK = re.compile(r"(?i)before|earlier|previous|preceding|last|zuvor|davor|vor|letzten|vergangen|précéd|avant|aupara|"
                   r"anterior|antes|pasado|passado|前|昨|去|上")  # fmt: skip


def years_on(year: int, near: Sequence[int], ground: Ground, known: Sequence[Term], reach: int) -> bool:
    """Whether the source comes to a year by counting from one it has named: "the year after", "ten years later"."""
    for index in near:
        text = ground.sentences[index].text
        steps: list[tuple[int, int]] = []
        for match in _YEAR_ON.finditer(text):
            word = next(part for part in match.groups() if part)
            steps.append((match.start(), -1 if _BACK.match(word.removeprefix("d'")) else 1))
        for fact in ground.sentences[index].facts:
            if fact.dimensions == {"time"} and fact.readings[0][0] >= _YEAR and fact.readings[0][0] % _YEAR == 0:
                count = round(fact.readings[0][0] / _YEAR)
                around = text[max(0, fact.start - 8) : fact.end + 18]
                if cue("later").search(around):
                    steps += [(fact.start, count), (fact.start, -count)]
        if not steps:
            continue
        bases = _named_before(index, ground, reach) | {
            d[0] for term in known if term.sentence < 0 for d in _days(term.fact)
        }
        if any(base and base + step == year for base in bases for _, step in steps):
            return True
    return False


def months_on(year: int, month: int, near: Sequence[int], ground: Ground, known: Sequence[Term]) -> bool:
    """Whether the source comes to a month by counting on: "in April 2027, the second six months later"."""
    for index in near:
        text = ground.sentences[index].text
        for fact in ground.sentences[index].facts:
            count = fact.readings[0][0] / 2629800
            if fact.dimensions != {"time"} or not 0.9 < count < 36 or abs(count - round(count)) > 0.01:
                continue
            if not cue("later").search(text[max(0, fact.start - 8) : fact.end + 18]):
                continue
            days = [
                day for at in (index, index - 1) if at >= 0 for one in ground.sentences[at].facts for day in _days(one)
            ]
            days += [day for term in known if term.sentence < 0 for day in _days(term.fact)]
            if any(day[0] and day[1] and abs((year - day[0]) * 12 + month - day[1]) == round(count) for day in days):
                return True
    return False


def _named_before(index: int, ground: Ground, reach: int = 5) -> set[int]:
    """The years that a sentence or those before it name, the nearest sentence that has any."""
    for at in range(index, max(-1, index - reach), -1):
        years = {day[0] for fact in ground.sentences[at].facts for day in _days(fact)} - {0}
        years |= {
            int(one.value)
            for one in ground.sentences[at].facts
            if one.readings[0][1] == "" and 1500 <= one.value <= 2100
        }
        if years:
            more = {day[0] for fact in ground.sentences[at - 1].facts for day in _days(fact)} if at == index else set()
            return years | (more - {0})
    return set()


_LONGEST = 400 * 86400.0


def days_on(fact: Fact, known: Sequence[Term]) -> bool:
    """Whether a day of a post is so many days after one of the source: back on the 22nd, nineteen days after the 3rd.

    The day and the span stand at most two sentences apart. "Eleven days from the 3rd" may end on the 13th.
    """
    wanted = [day for day in _days(fact) if day[1] and day[2]]
    spans = [term for term in known if term.fact.dimensions == {"time"} and not term.fact.hedge]
    spans = [term for term in spans if 86400 <= term.fact.readings[0][0] <= _LONGEST]
    for term in known:
        for year, month, day in _days(term.fact):
            if not month or not day:
                continue
            for span in spans:
                count = span.fact.readings[0][0] / 86400
                far = min(term.sentence, span.sentence) >= 0 and abs(term.sentence - span.sentence) > 2
                if far or count % 1 or (term.sentence < 0 and span.sentence < 0):
                    continue
                ends = [
                    _later(year or wanted_year or 2023, month, day, shift)
                    for wanted_year, *_ in wanted
                    for shift in (round(count), round(count) - 1, -round(count))
                ]
                if any(end[1:] == one[1:] and (not one[0] or not year or end[0] == one[0])
                       for end in ends for one in wanted):  # fmt: skip
                    return True
    return False


def _later(year: int, month: int, day: int, days: int) -> tuple[int, int, int]:
    import datetime

    try:
        end = datetime.date(year, month, day) + datetime.timedelta(days=days)
    except (ValueError, OverflowError):
        return 0, 0, 0
    return end.year, end.month, end.day


_THIS_YEAR = re.compile(
    r"(?i)\b(?:(?P<a>this year|dieses jahr|in diesem jahr|cette année|este año|este ano|deste ano)|"
    r"(?P<b>last year|letzte[ns] jahr|vergangene[ns] jahr|l['’]an dernier|l['’]année dernière|el año pasado|"
    r"ano passado)|"
    r"(?P<c>next year|nächste[ns] jahr|l['’]an prochain|l['’]année prochaine|el año que viene|ano que vem|"
    r"próximo ano|próximo año))|(?P<d>今年)|(?P<e>去年|昨年)|(?P<f>明年|来年)"
)
# A source says of when it is in its first lines.
_HEAD = 4


def this_year(fact: Fact, ground: Ground) -> bool:
    """Whether the source has a day or a month without its year, and the year is the one that the source is of:
    "on March 8 of this year" in minutes headed 12 June 2023."""
    own = {day[0] for at in range(min(_HEAD, len(ground.sentences)))
           for one in ground.sentences[at].facts for day in _days(one) if day[0] and day[1]}  # fmt: skip
    wanted = [day for day in _days(fact) if day[0]]
    if len(own) != 1 or not wanted:
        return False
    now = own.pop()
    for said in ground.sentences:
        steps = [-1 if match["b"] or match["e"] else 1 if match["c"] or match["f"] else 0
                 for match in _THIS_YEAR.finditer(said.text)]  # fmt: skip
        if not steps:
            continue
        for one in said.facts:
            for year, month, day in _days(one):
                for asked in wanted:
                    if not year and (month, day) == asked[1:] and any(now + step == asked[0] for step in steps):
                        return True
        if any(not asked[1] and any(now + step == asked[0] for step in steps if step) for asked in wanted):
            return True
    return False
