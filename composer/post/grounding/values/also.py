"""What the figures of a source may mean besides, as people say them: times of day, prices, seasons, days in a list.

These readings stand beside the plain ones and never take their place: they only bear a post out.
"""

import itertools
import re
from collections.abc import Iterator, Sequence

from composer.post.grounding.values.fact import MONEY, Fact
from composer.post.grounding.values.numerals import Tongue, read, tongue, units

# What joins the minutes and the hour: the minutes first, or the hour first; to the hour, or past it.
_CLOCK: dict[str, list[tuple[str, bool, int]]] = {
    "en": [(r"(?: minutes?)? (?:to|till|before)", True, -1), (r"(?: minutes?)? (?:past|after)", True, 1)],
    "de": [(r"(?: Minuten)? vor", True, -1), (r"(?: Minuten)? nach", True, 1), (" Uhr(?: und)?", False, 1)],
    "fr": [("(?: heures?)? moins", False, -1), ("(?: heures?)?(?: et)?", False, 1)],
    "es": [(" menos", False, -1), (" y", False, 1), (" para las?", True, -1)],
    "pt": [(" menos", False, -1), ("(?: horas?)? e", False, 1), (r" para as?(?: horas)?", True, -1)],
}
_MINUTES_JOINED = {
    language: [(re.compile(f"(?i){joint} "), first, way) for joint, first, way in rows]
    for language, rows in _CLOCK.items()
}
_ARTICLE = re.compile(
    r"(?i)\b(?:a|an|un|une|una|um|uma|ein|eine|einen|einem) (?P<u>[^\W\d_]+) (?:and |et |y |e |und )?$"
)
_QUARTERS = re.compile(
    r"(?i)\b(?:(?P<n>[^\W\d_]+|\d+) )?(?P<u>[^\W\d_]+|\d+) (?P<q>and (?:a half|a quarter|one quarter|three quarters?)|"
    r"et demie?|et quart|y medi[oa]|y cuarto|e mei[oa]|e um quarto|e quinze)\b(?: (?P<v>[^\W\d_]+))?"
)
_POINT = re.compile(r"(?i)(?<!\w)(?<!\w )(?:nought |zero )?point (?P<d>[a-z]+(?: [a-z]+){0,2})")
_POINT_AFTER = re.compile(
    r"(?i)\b(?:at|of|about|only|is|was|to|just|than|around|from) (?:nought |zero )?point (?P<d>[a-z]+(?: [a-z]+){0,2})"
)
# "Eleven hundredths", which are seconds where nothing else is said.
_PARTS = re.compile(
    r"(?i)\b(?P<n>[a-z]+(?:-[a-z]+)?|\d{1,2}) (?P<p>tenths|hundredths|thousandths)\b(?P<s> of a second)?"
)
_EVERY_OTHER = re.compile(
    r"(?i)\b(?:every (?:other|second)|jede[nrs]? zweite[nrs]?) (?P<u>[^\W\d_]+)|"
    r"\bune? (?P<f>[^\W\d_]+) sur deux\b|\b(?:un|una) (?P<e>[^\W\d_]+) sí y otr[oa] no\b|"
    r"\b(?P<p>[^\W\d_]+) sim,? (?P=p) não\b"
)
_TO_DAY = re.compile(
    r"(?i)(?:st|nd|rd|th|\.)?,? ?(?:and|to|till|until|or|und|bis|oder|et|au|ou|y|al?|e|ao?|até|hasta|[-–—&,])"
    r"(?: on| am| zum| den| le| el| o| às?| de)?(?: the)? ?"
)
_SEASON = re.compile(r"(?i)[ /–-]|(?: to | and )")
_TWO_THOUSANDS = re.compile(
    r"(?i)\b(?:two thousands|zweitausender(?:n|jahren?)?|années deux mille|años dos mil|anos dois mil)\b"
)


def also(text: str, language: str, found: Sequence[Fact]) -> list[Fact]:
    """Further readings of what a source says, in order of place; `found` are the figures that were read in it."""
    known = tongue(language)
    more: list[Fact] = []
    for one, two in itertools.pairwise(found):
        if one.end <= two.start:
            between = text[one.end : two.start]
            more += _minutes(one, two, between, known.language)
            more += _seasons(one, two, between)
            more += _days(one, two, between)
            more += _cents(one, two, between, known.language)
    for fact in found:
        more += _after_article(fact, text)
        more += _split_season(fact)
    more += _words(text, known)
    return sorted(more, key=lambda fact: (fact.start, fact.end, fact.value))


def _date(start: int, end: int, mark: str, value: float) -> Fact:
    return Fact(start, end, "date", value, ((value, mark),), words=True, mark=mark)


def _plain(fact: Fact) -> bool:
    return fact.kind == "number" and fact.value == int(fact.value) and bool(fact.dimensions & {"", "ordinal", "time"})


def _minutes(one: Fact, two: Fact, between: str, language: str) -> Iterator[Fact]:
    """ "Twenty to three", "trois heures moins vingt", "nove e quinze"."""
    if not (_plain(one) and _plain(two)):
        return
    for joint, first, way in _MINUTES_JOINED.get(language, ()):
        hour, minute = (two.value, one.value) if first else (one.value, two.value)
        if 0 < hour <= 24 and 0 < minute < 60 and joint.fullmatch(between):
            yield _date(one.start, two.end, "clock", (hour % 12 * 60 + way * minute) % 720)


def _seasons(one: Fact, two: Fact, between: str) -> Iterator[Fact]:
    """ "Twenty seventeen eighteen", "the season 2022 to 23": the second is a year too."""
    year = int(one.value) // 10000 if one.mark == "day" and one.value % 10000 == 0 else 0
    if _plain(two) and _SEASON.fullmatch(between):
        if year and two.value == (year + 1) % 100:
            yield _date(two.start, two.end, "day", float((year + 1) * 10000))
        elif one.kind == "number" and 10 <= one.value < 99 and two.value == one.value + 1:
            for century in (1900, 2000):
                yield _date(one.start, one.end, "day", float((century + int(one.value)) * 10000))
                yield _date(two.start, two.end, "day", float((century + int(two.value)) * 10000))


def _split_season(fact: Fact) -> Iterator[Fact]:
    """ "Seventeen eighteen", heard as 1718, is a season too."""
    year = int(fact.value) // 10000 if fact.mark == "day" and fact.value % 10000 == 0 else 0
    if year and year % 100 == year // 100 + 1:
        for part in (year // 100, year % 100):
            yield _date(fact.start, fact.end, "day", float((2000 + part) * 10000))


def _days(one: Fact, two: Fact, between: str) -> Iterator[Fact]:
    """ "The eighteenth and the twenty-third of March": the month is said once."""
    month = int(two.value) // 100 % 100 if two.mark == "day" else 0
    if month and two.value % 100 and _plain(one) and 0 < one.value <= 31 and _TO_DAY.fullmatch(between):
        yield _date(one.start, one.end, "day", two.value // 100 * 100 + one.value)


def _cents(one: Fact, two: Fact, between: str, language: str) -> Iterator[Fact]:
    """ "Un metro e oitenta", "dos con cincuenta": what follows a unit is its hundredths."""
    if language not in ("es", "pt") or two.dimensions != {""} or not 10 <= two.value < 100 or one.kind != "number":
        return
    if between in (" e ", " y ") and one.value and one.dimensions & (MONEY | {"length"}):
        size, dimension = one.readings[0][0] / one.value, one.readings[0][1]
    elif between == " con " and one.dimensions == {""}:
        size, dimension = 1.0, ""
    else:
        return
    whole = one.value + two.value / 100
    yield Fact(one.start, two.end, "number", whole, ((whole * size, dimension),), "", True, 2)


def _after_article(fact: Fact, text: str) -> Iterator[Fact]:
    """ "A metre eighty", "a dollar twenty"."""
    before = _ARTICLE.search(text[max(0, fact.start - 24) : fact.start])
    if not before or fact.dimensions != {""} or not 1 <= fact.value < 100:
        return
    dimension, size = units().get(before["u"].lower(), ("", 0.0))
    if dimension in MONEY or dimension in ("length", "time"):
        whole = 1 + fact.value / (60 if dimension == "time" else 10 if fact.value < 10 else 100)
        start = max(0, fact.start - 24) + before.start()
        yield Fact(start, fact.end, "number", whole, ((whole * size, dimension),), "", True, 2)


def _words(text: str, known: Tongue) -> Iterator[Fact]:
    language, unit = known.language, units()
    for match in _EVERY_OTHER.finditer(text):
        name = next(part for part in (match["u"], match["f"], match["e"], match["p"]) if part).lower()
        dimension, size = unit.get(name, unit.get(name + "s", ("", 0.0)))
        if dimension == "time":
            yield Fact(match.start(), match.end(), "number", 2.0, ((2 * size, "time"),), "", True)
    for match in _TWO_THOUSANDS.finditer(text):
        yield _date(match.start(), match.end(), "decade", 2000.0)
        yield _date(match.start(), match.end(), "century", 21.0)
    for match in _QUARTERS.finditer(text):
        yield from _and_part(match, known)
    if language != "en":
        return
    for match in _PARTS.finditer(text):
        count = read(match["n"], language)
        if count is not None and 0 < count < 100:
            size = {"te": 10, "hu": 100, "th": 1000}[match["p"][:2].lower()]
            value = count / size
            kinds = ((value, "time"), (value, "")) if match["s"] or size > 10 else ((value, ""),)
            yield Fact(match.start(), match.end(), "number", value, kinds, "", True, len(f"{size}") - 1)
    for match in (*_POINT.finditer(text), *_POINT_AFTER.finditer(text)):
        digits = ""
        for word in match["d"].lower().split():
            value = 0.0 if word == "oh" else known.number.get(word, -1.0)
            if value < 0 or (digits and value >= 10):
                break
            digits += f"{value:.0f}"
        if digits:
            value = float(f"0.{digits}")
            yield Fact(
                match.start(), match.end(), "number", value, ((value, ""), (value, "percent")), "", True, len(digits)
            )


def _and_part(match: re.Match[str], known: Tongue) -> Iterator[Fact]:
    """ "One and a quarter", "an hour and three quarters", "hora y media", "un point et demi"."""
    unit, language = units(), known.language
    part = match["q"].lower()
    more = 0.75 if "three" in part else 0.25 if re.search("quarter|quart|cuarto|quinze", part) else 0.5
    last, first = match["u"].lower(), (match["n"] or "").lower()
    whole = 1.0 if last in known.article else read(last, language)
    if whole is not None:
        names, start = ((match["v"] or "").lower(),), match.start("u")
    else:
        said = read(first, language) if first else None
        whole, names = 1.0 if first in known.article or said is None else said, (last,)
        start = match.start("n") if said is not None or first in known.article else match.start("u")
    dimension, size = next((unit[name] for name in names if name in unit), ("", 1.0))
    value = whole + more
    yield Fact(start, match.end("q"), "number", value, ((value * size, dimension),), "", True, 2)
