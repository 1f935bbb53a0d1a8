"""Numbers, percentages and dates as values: what a post states and what a source says, in one form."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from composer.post.grounding.values.abroad import abroad, also_abroad, said_year
from composer.post.grounding.values.also import also
from composer.post.grounding.values.company import counting, elliptic, pairs_said, shared_units, sized
from composer.post.grounding.values.dates import dates
from composer.post.grounding.values.eastern import LANGUAGES, eastern
from composer.post.grounding.values.eastern_also import also_eastern
from composer.post.grounding.values.fact import MONEY, Fact
from composer.post.grounding.values.heard import from_start, heard
from composer.post.grounding.values.hedges import hedge, hedge_after
from composer.post.grounding.values.measures import (
    AND_HALF,
    PERCENT,
    POINTS,
    SIGNS,
    index_after,
    minor,
    tight,
    united,
    whole_after,
)
from composer.post.grounding.values.numerals import Cardinal, Tongue, cardinal, near, tongue, units_in
from composer.post.grounding.values.shares import half_of, part_of, parts_said, ratio, share_said
from composer.post.grounding.values.tokens import Token, split


def facts(text: str, language: str = "en", *, source: bool = False, recent: Sequence[Fact] = ()) -> list[Fact]:
    """Every figure of a text in order of place; dates take their words first.

    With `source`, what a figure might also mean is taken in: "a week", "nine of the twelve" as a share; `recent` are
    the figures said shortly before the text.
    "One" is no figure: it is an article more often. Words of the language's table in `numerals.toml` count.
    """
    found = eastern(text, language, source=source) if language in LANGUAGES else []
    clocks = [match.span() for match in re.finditer(r"(?<!\d)\d{1,2}:\d\d(?!\d)", text)] if found else []
    found = [fact for fact in found if not any(a < fact.end and fact.start < b for a, b in clocks)]
    taken = [(fact.start, fact.end) for fact in found]
    if not source or re.search(r"\d|[A-ZÀ-Þa-zà-þ]", text):
        for fact in dates(text, language, source=source):
            if _free(fact, taken):
                taken.append((fact.start, fact.end))
                found.append(replace(fact, hedge=hedge(text, fact.start)))
    for fact in (*(parts_said(text, language) if language in ("es", "pt") else ()), *_abroad(text, language)):
        if _free(fact, taken):
            taken.append((fact.start, fact.end))
            found.append(fact)
    for fact in _figures(text, language, source, taken):
        if _free(fact, taken):
            found.append(fact)
    found.sort(key=lambda fact: (fact.start, fact.end))
    found = from_start(text, [_often(counting(fact, text, language), text) for fact in shared_units(text, found)])
    if not source:
        found = [_nth(fact, text) for fact in found]
        return sized(text, found, language)
    found = [_hours(fact, text) for fact in found] if language in ("fr", "pt") else found
    found = [said_year(fact, text) for fact in found] if language in _LATIN else found
    more = also_eastern(text) if language in LANGUAGES else also(text, language, found)
    more = [*more, *also_abroad(text, language, found)] if language in _ABROAD else more
    found = heard(text, pairs_said(text, elliptic(text, found, language, recent)), language)
    return sorted([*found, *more], key=lambda fact: (fact.start, fact.end)) if more else found


_ABROAD = ("de", "fr", "es", "pt")


def _abroad(text: str, language: str) -> Iterator[Fact]:
    return abroad(text, language) if language in _ABROAD else iter(())


# "Four times daily" is "four a day" in other words.
_PER = re.compile(
    r"(?i)(?: (?:daily|weekly|monthly|yearly|annually|hourly|nightly|a|an|per|each|every|täglich|wöchentlich|monatlich|"
    r"jährlich|am|pro|im|in der|die|par|al|a la|por|à|ao|diarias|diárias)\b|/)"
)


def _often(fact: Fact, text: str) -> Fact:
    """The figure with what it counts as well, where it says how often."""
    if fact.dimensions == {"times"} and _PER.match(text, fact.end):
        return replace(fact, readings=(*fact.readings, (fact.value, "")))
    if fact.dimensions == {"time"} and fact.value <= 24 and re.search(r"\dh$|\d h$", text[fact.start : fact.end]):
        return replace(fact, readings=(*fact.readings, (fact.value % 12 * 60, "clock")))  # "18 h"
    return fact


_NTH = re.compile(r"(?i)\b(?:in|by|from|until|since|of|to) (?:month|week|year|day|round|lap|game|phase|stage) $")


def _nth(fact: Fact, text: str) -> Fact:
    """ "In month two" is in the second."""
    if fact.kind == "number" and "" in fact.dimensions and _NTH.search(text[: fact.start]) and fact.value < 100:
        return replace(fact, readings=((fact.value, "ordinal"), *fact.readings))
    return fact


def _hours(fact: Fact, text: str) -> Fact:
    """ "Six heures" is a time of day as well as a span."""
    if (
        fact.dimensions == {"time"}
        and fact.value <= 24
        and text[fact.start : fact.end].lower().endswith(("heures", "horas"))
    ):
        return replace(fact, readings=(*fact.readings, (fact.value % 12 * 60, "clock")))
    return fact


def _free(fact: Fact, taken: list[tuple[int, int]]) -> bool:
    return all(fact.end <= a or fact.start >= b for a, b in taken)


def _figures(text: str, language: str, source: bool, taken: list[tuple[int, int]]) -> Iterator[Fact]:
    tokens = split(text, language)
    known = tongue(language)
    unit = units_in(known.language)
    opening = vocabulary(known.language)
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.value is None and token.text not in opening and not (known.language == "de" and len(token.text) > 8):
            at += 1
            continue
        if any(token.start < b and a < token.end for a, b in taken):
            at += 1
            continue
        after, fact = _one(tokens, at, text, known, unit, source)
        if fact is not None:
            yield fact
        at = max(after, at + 1)


_LATIN = ("fr", "es", "pt")
_NTH_ABROAD = r"\.?(?:º|ª)|\.(?:er|ª)\b|(?:r[oa]|d[oa]|t[oa]|ère|nde?|de|ᵉ|e|er|ème)\b"
_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}
_FACTOR = re.compile(r"(?i)\b(?:factor of|factor|faktor|facteur|facteur de|factor de|fator|fator de) $")
_VOCABULARY: dict[str, frozenset[str]] = {}


def vocabulary(language: str) -> frozenset[str]:
    """Every word that may begin a figure."""
    if language not in _VOCABULARY:
        known = tongue(language)
        tables = (known.number, known.scale, known.part, known.cut, known.times, known.ordinal)
        _VOCABULARY[language] = frozenset(word for table in tables for word in table) | known.article | known.every
    return _VOCABULARY[language]


def _one(
    tokens: list[Token], at: int, text: str, known: Tongue, unit: dict[str, tuple[str, float]], source: bool
) -> tuple[int, Fact | None]:
    """The figure that begins at token `at`, and the index after it."""
    token = tokens[at]
    if (
        token.value is not None
        or token.text in known.number
        or token.text in known.scale
        or known.language == "de"
        or (token.text in known.article)
    ):
        number = cardinal(tokens, at, text, known)
        if number is not None:
            return _measured(tokens, at, number, text, known, unit, source)
    if source and token.text in known.scale and token.text != "grand":
        value = known.scale[token.text]  # "our first thousand"
        return at + 1, Fact(token.start, token.end, "number", value, ((value, ""),), "", True)
    following = tokens[at + 1].text if near(tokens, at + 1, text) else ""
    if token.text in known.article and following in known.part:
        whole = whole_after(text, tokens[at + 1].end, known, unit)
        if whole:
            return part_of(tokens, at, 1.0 / known.part[following], whole, text)
        return at + 2, share_said(tokens, at, at + 2, 1.0 / known.part[following], text)
    if (
        token.text in known.article
        and following in unit
        and unit[following][0] in (MONEY | {"time", "mass", "length", "volume"})
        and following not in known.ordinal
    ):
        half = AND_HALF.match(text, tokens[at + 1].end)
        dimension, size = unit[following]
        coins = dimension in MONEY and size == 1 and following.isalpha() and not half
        cents = minor(tokens, at + 2, text, known, unit) if coins else None
        if cents is not None:  # "a pound and four pence"
            value, end = 1.0 + cents[0] / 100, tokens[cents[1] - 1].end
            fact = Fact(token.start, end, "number", value, ((value, dimension),), hedge(text, token.start), True, 2)
            return cents[1], fact
        if half or (source and unit[following][0] in (MONEY | {"time"})):
            value = 1.5 if half else 1.0
            end = half.end() if half else tokens[at + 1].end
            return index_after(tokens, at, end), Fact(
                token.start, end, "number", value, ((value * size, dimension),), "", True
            )
    if source and token.text == "every" and following == "other":
        fact = Fact(token.start, tokens[at + 1].end, "number", 2.0, ((2.0, "ordinal"), (0.5, "share")), "", True)
        return at + 2, fact
    if token.text in known.every and following in known.ordinal:
        return at + 2, share_said(tokens, at, at + 2, 1.0 / known.ordinal[following], text)
    if token.text in known.times or token.text in known.cut:
        value = known.times.get(token.text) or 1.0 / known.cut[token.text]
        times: tuple[tuple[float, str], ...] = ((value, "times"),) if value > 1 else ((value, "share"),)
        if re.match(r"-[a-zà-ÿ]", text[token.end :]):
            times += ((value, ""),)  # "double-shell walls" are walls in two shells
        return at + 1, Fact(token.start, token.end, "number", value, times, hedge(text, token.start), True)
    if token.text in known.part and known.part[token.text] == 2:
        if text[token.end : token.end + 1] == "-" and following not in unit and following not in known.scale:
            return at + 2, None  # "half-sentences"
        return half_of(tokens, at, text, known, unit)
    if (
        token.text in known.ordinal
        and (known.ordinal[token.text] > 2 or source)
        and (known.ordinal[token.text] > 10 or not re.match(r"\s*[,:]", text[token.end :]))
    ):
        value = known.ordinal[token.text]
        readings: tuple[tuple[float, str], ...] = ((value, "ordinal"),)
        if token.text in known.part:
            readings += ((1.0 / value, "share"),)
        return at + 1, Fact(token.start, token.end, "number", value, readings, "", True)
    return at + 1, None


def _measured(
    tokens: list[Token],
    at: int,
    number: Cardinal,
    text: str,
    known: Tongue,
    unit: dict[str, tuple[str, float]],
    source: bool,
) -> tuple[int, Fact | None]:
    """A number with what stands around it: sign, size, unit, per cent, "of twelve"."""
    token, last = tokens[at], tokens[number.after - 1]
    start, end, after, value = token.start, last.end, number.after, number.value
    glued = start > 0 and (text[start - 1].isalnum() or text[start - 1] in "_#@") and text[start - 1] not in "xX"
    if token.value is not None and glued and not 0x3040 <= ord(text[start - 1]) <= 0x9FFF:
        return after, None  # part of a name: GPT4, T2
    if token.value is not None and start > 1 and text[start - 1] in "-.:/" and text[start - 2].isalpha():
        return after, None  # GPT-4, v.2
    if number.words and value >= 20 and value % 10 == 0 and near(tokens, after, text):
        unit_place = known.ordinal.get(tokens[after].text, 99.0)
        if unit_place < 10 and (unit_place != 2 or text[end] == "-"):
            value += unit_place  # "ninety-ninth"
            return after + 1, Fact(start, tokens[after].end, "number", value, ((value, "ordinal"),), "", True)
    near_by = hedge(text, start)
    readings: list[tuple[float, str]] = [(value, "")]
    kind = "number"
    over = value % 1e6
    if source and number.words and value > 1e6 and 0 < over < 10:
        readings.append((value - over + over / 10 * (1e9 if value >= 1e9 else 1e6), ""))  # "a million two"
    if _FACTOR.search(text[:start]):
        readings = [(value, "times")]
    sign = re.search(r"(?:(?P<c>US|CA?|AU?|HK|NT|NZ|R)?(?P<d>[$])|(?P<s>[€£¥₹]))\s?$", text[max(0, start - 5) : start])
    if sign:
        start -= len(sign[0])
        country = {"": "USD", "US": "USD", "R": "BRL"}.get(sign["c"] or "", "money")
        readings = [(value, SIGNS[sign["s"]] if sign["s"] else country)]
    part = _FRACTIONS.get(text[end : end + 1])
    if part is not None and number.places == 0 and not number.words:
        value, end = value + part, end + 1
        readings = [(value, readings[0][1])]
    extra = AND_HALF.match(text, end)
    if extra and number.places == 0:
        size = (
            tokens[index_after(tokens, at, extra.end())].text
            if index_after(tokens, at, extra.end()) < len(tokens)
            else ""
        )
        value, end, after = value + 0.5 * number.scale, extra.end(), index_after(tokens, at, extra.end())
        if size in known.scale and near(tokens, after, text):
            value, end, after = value * known.scale[size], tokens[after].end, after + 1
        readings = [(value, readings[0][1])]
    if not number.words or sign:
        value, end, after, readings = tight(value, end, after, readings, text)
    elif source and (thousand := re.match(r" ?[kK]\b", text[end:])):  # "four hundred and fifty k"
        value, end, after = value * 1e3, end + len(thousand[0]), after + 1
        readings = [(value, readings[0][1])]
    points, percent = POINTS.match(text, end), PERCENT.match(text, end)
    if points:
        kind, end = "percent", points.end()
        readings = [(value / (100 if points["basis"] else 1), "point")]
    elif percent:
        kind, end = "percent", percent.end()
        readings = [(value, "percent")]
    else:
        end, after, readings, value = united(tokens, value, end, after, readings, text, known, unit, number)
        kind = "percent" if readings[0][1] == "percent" else kind
    after = max(after, index_after(tokens, at, end))
    if kind == "number" and len(readings) == 1 and readings[0][1] == "":
        of_so_many = ratio(tokens, at, after, value, text, known, unit, source)
        if of_so_many is not None:
            return of_so_many
        following = known.number.get(tokens[after].text, 0.0) if near(tokens, after, text) else 0.0
        kept = source and (value == 0 or 10 <= following < 100)  # "one forty" is 1.40
        if number.words and value <= 1 and not kept and not number.places:
            return after, None
    nth = _NTH_ABROAD if known.language in _LATIN else r"\b\B"
    if re.match(rf"(?:st|nd|rd|th|e|er|ème|º|ª)\b|{nth}", text[end:]) and not number.words and not sign:
        tail = re.match(rf"{nth}|\w+|º|ª", text[end:])
        end += len(tail[0]) if tail else 0
        readings = [(value, "ordinal"), *([(1.0 / value, "share")] if value else [])]
    near_by = hedge_after(text, end) or near_by
    return after, Fact(
        start,
        end,
        "percent" if kind == "percent" else "number",
        value,
        tuple(readings),
        near_by,
        number.words,
        number.places,
        "",
        number.scale,
    )
