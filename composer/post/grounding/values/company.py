"""What figures in a row lend each other: units, size words, per cent; and what a figure counts."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from composer.evidence.words import lexicon
from composer.post.grounding.source.terms import CONTRAST
from composer.post.grounding.values.fact import MONEY, Fact
from composer.post.grounding.values.numerals import uncounted, units
from composer.post.grounding.values.tokens import digits

_RANGE = re.compile(
    r"(?i)(?:,\s?(?=not|instead|down|up|against|versus|vs|statt|[$€£¥])|\s?)"
    r"(?:to|until|auf|bis|à|au|a|hasta|até|and|or|und|oder|et|ou|y|o|e|versus|vs\.?|against|instead of|"
    r"statt|down to|"
    r"up to|[-–—/→])\s?(?:about |around |roughly |nearly |almost |just |only |the |rund |etwa |environ |[$€£¥])?"
)


def shared_units(text: str, found: list[Fact]) -> list[Fact]:
    """ "From 2.1 to 3.4 million", "between 60 and 80 kg", "12 percent to 7": what one has may be meant for both."""
    out = list(found)
    for at in range(len(out) - 1):
        first, second = out[at], out[at + 1]
        if "date" in (first.kind, second.kind) or not _RANGE.fullmatch(text[first.end : second.start]):
            continue
        joined = re.match(r"(?i)\s?(?:and|und|et|y|e)\b", text[first.end :])
        if joined and _FROM.search(text[: first.start]):
            continue  # "down from fifty and forty percent of the tickets"
        bare = {"", "USD", "EUR", "GBP", "JPY"}
        if first.value >= 1000 and second.kind == "percent":
            continue
        if first.dimensions <= bare and (second.dimensions != {""} or second.value >= 1000 > first.value):
            said = re.match(r"[\d.,]+", text[second.start :].lstrip("$€£¥ "))
            ratio = (
                next((size for size in (1e12, 1e9, 1e6, 1e3) if second.value >= size), 1.0)
                if said and not second.words
                else 1.0
            )
            if second.words and second.value >= 1000 > first.value:
                ratio = next(size for size in (1e12, 1e9, 1e6, 1e3) if second.value >= size)
            if first.value >= 1000 or (said and second.value == _said(said[0])):
                ratio = 1.0
            more = [(first.value * ratio * (value / second.value if second.value and d not in ("", *bare) else 1.0), d)
                    for value, d in second.readings if d not in ("part", "whole", "ordinal")]  # fmt: skip
            kind = "percent" if second.kind == "percent" and first.dimensions == {""} else first.kind
            out[at] = replace(
                first, kind=kind, readings=(*first.readings, *more) if kind == first.kind else tuple(more)
            )
        elif second.dimensions == {""} and first.kind == "percent":
            out[at + 1] = replace(second, readings=(*second.readings, (second.value, "percent")))
        elif (
            second.dimensions == {""} and _TO.match(text, first.end) and first.value and first.readings[0][1] in _UNITS
        ):
            size, dimension = first.readings[0][0] / first.value, first.readings[0][1]
            out[at + 1] = replace(second, readings=(*second.readings, (second.value * size, dimension)))
    return out


_FROM = re.compile(r"(?i)\b(?:(?:down|up) from|down to|up to|instead of|against|statt|gegenüber|contre|au lieu de) $")
_TO = re.compile(r"(?i),?\s?(?:down to|up to|to|auf|à|a|para|hasta|até|bis)\b")
_UNITS = frozenset(["time", "length", "mass", "volume", "area", "power", "energy", *MONEY])


def _said(text: str) -> float:
    return digits(text.rstrip(".,"))[0]


def elliptic(text: str, found: list[Fact], language: str, recent: Sequence[Fact]) -> list[Fact]:
    """ "It runs at seventy percent and needs to run at ninety": what a bare number after another may be meant in."""
    stop = lexicon(language).stop | CONTRAST
    last = recent[-1] if recent else None
    out: list[Fact] = []
    for fact in found:
        before = next(
            (other for other in reversed(out) if _measures(other)), last if last and _measures(last) else None
        )
        following = re.match(r"[ -]?([^\W\d_]+)", text[fact.end :])
        # "With both 93 Binta always says ...": a name begins what nothing parts from it.
        apart = following is not None and language != "de" and following[1][0].isupper() and not following[1].isupper()
        counted = following is not None and following[1].lower() not in stop and not apart
        bare = fact.kind == "number" and fact.dimensions == {""} and not counted
        scale = last_scale(out, last)
        thousands = next((other.value for other in reversed(out) if other.kind == "number"), 0.0)
        if (
            bare
            and fact.value >= 100
            and thousands >= 1e5
            and thousands % 1000 == 0
            and 0.3 < fact.value * 1e3 / thousands < 3
        ):
            fact = replace(fact, readings=(*fact.readings, (fact.value * 1e3, "")))  # "438,000 then, 512 now"
        if bare and scale >= 1e3 and fact.value < 1000 and fact.scale == 1:
            fact = replace(fact, readings=(*fact.readings, (fact.value * scale, "")))
            unit = before.readings[0][1] if before is not None and before.scale == scale else ""
            if unit in MONEY and fact.value >= 10:  # "380 million dollars. We spent 447"; in "Plant Two" none is meant
                fact = replace(fact, readings=(*fact.readings, (fact.value * scale, unit)))
        elif bare and before is not None and fact.scale == 1 and before.value > 1:
            value, dimension = before.readings[0]
            if dimension == "percent" or (not dimension and "percent" in before.dimensions and fact.value <= 100):
                fact = replace(fact, readings=(*fact.readings, (fact.value, "percent")))
            elif before.value and dimension not in ("times", "part", "whole", "point"):
                fact = replace(fact, readings=(*fact.readings, (fact.value * value / before.value, dimension)))
        elif bare and fact.places and fact.value <= 100:
            fact = replace(fact, readings=(*fact.readings, (fact.value, "percent")))
        near = fact.places > 0 or any(other.kind == "percent" for other in (*recent, *out))
        if bare and fact.value <= 200 and near and not _SUBJECT.match(text, fact.end):
            fact = replace(fact, rate=True)
        if bare and fact.scale < 1e3 and fact.value < 1000:
            sizes = sorted({other.scale for other in (*recent, *out) if other.kind == "number" and other.scale >= 1e3})
            more = [(fact.value * size, "") for size in sizes if size != scale]
            fact = replace(fact, readings=(*fact.readings, *more))
        out.append(fact)
    return out


def sized(text: str, found: list[Fact], language: str) -> list[Fact]:
    """ "11.1 million instead of 8.4": a bare number of a post may be meant in the size word of another in the sentence.

    A number with a word behind it that it may count is not bare.
    """
    scale = next((fact.scale for fact in found if fact.kind == "number" and fact.scale >= 1e3), 1.0)
    if scale == 1:
        return found
    stop = lexicon(language).stop | CONTRAST | uncounted()
    out: list[Fact] = []
    for fact in found:
        following = re.match(r"[ -]?([^\W\d_]+)", text[fact.end :])
        counted = following is not None and following[1].lower() not in stop
        if fact.kind == "number" and fact.dimensions == {""} and fact.scale == 1 and fact.value < 1000 and not counted:
            fact = replace(fact, readings=(*fact.readings, (fact.value * scale, "")))
        out.append(fact)
    return out


# "Only fifty four are north": so many things, no per cent.
_SUBJECT = re.compile(
    r"(?i) (?:are|were|have|had|sind|waren|haben|hatten|sont|étaient|ont|son|eran|están|são|eram|estão)\b"
)


# What may stand between two measures that are said as one: "six hours and ten minutes".
_ON = re.compile(r"(?i),? ?(?:and|und|et|y|e)? ?")
_COMPOUND = ("time", "length", "mass", "volume")


def compound(text: str, found: list[Fact]) -> list[Fact]:
    """ "Nine minutes and ten seconds" as 550 seconds, "two metres ten" as 2.10 metres: two figures that are one.

    The two stay beside the one.
    """
    out: list[Fact] = []
    for one, two in itertools.pairwise(found):
        if one.kind != "number" or two.kind != "number" or one.end > two.start or one.places or one.value < 1:
            continue
        value, dimension = one.readings[0]
        size = value / one.value
        if dimension not in _COMPOUND or value <= 0 or not _ON.fullmatch(text[one.end : two.start]):
            continue
        other, measure = two.readings[0]
        if dimension == measure and other < size and 0 < other / two.value < size:
            total, places = value + other, 0
        elif _goes_on(one, two, text):
            tenth = 60 if dimension == "time" else 10 if two.value < 10 else 100
            total, places = value + two.value / tenth * size, 1 if tenth == 10 else 2
        else:
            continue
        whole = total / size
        out.append(replace(one, end=two.end, value=whole, readings=((total, dimension),), places=places, counts=""))
    return out


_ACROSS = frozenset("wide high long deep tall thick across breit hoch lang tief dick".split())  # noqa: SIM905


def _goes_on(one: Fact, two: Fact, text: str) -> bool:
    """Whether a bare number goes on with the measure before it: "4 metres 20 wide", "six hours and thirty two"."""
    between = text[one.end : two.start]
    if "" not in two.dimensions or two.value >= 100 or (two.counts and two.counts not in _ACROSS):
        return False
    minutes = one.dimensions == {"time"} and two.words and two.value < 60 and not two.places
    return between == " " or (minutes and re.fullmatch(" (?:and|und|et|y|e) ", between) is not None)


# "26 more drivers", "14 bad GPUs": what may stand before the thing that is counted.
_MORE = re.compile(
    r"(?i) (?:more|extra|additional|other|new|old|bad|good|big|small|different|further|weitere|neue|alte|andere|mehr|"
    r"autres|nouveaux|nouvelles|otros|otras|nuevos|nuevas|más|outros|outras|novos|novas|mais) (?=[^\W\d_])"
)
_OF_THEM = re.compile(r"(?i) (?:of )?(them|those|these|us|davon|von ihnen|von denen|d['’]entre eux|de ellos|deles)\b")
_PER = re.compile(
    r"(?i)(?:,? (?:\w+ ){0,3}?(?:per|a|an|each|every|for the|for a|pro|im|am|in der|par|al|por|ao|à l['’]|l['’]|"
    r"je) ?|/ ?| ?-a-)"
    r"(?P<u>[^\W\d_]+)\b"
)
_LY = {"hourly": 3600.0, "daily": 86400.0, "weekly": 604800.0, "monthly": 2629800.0, "yearly": 31557600.0,
       "annually": 31557600.0, "annual": 31557600.0, "täglich": 86400.0, "wöchentlich": 604800.0,
       "monatlich": 2629800.0, "jährlich": 31557600.0}  # fmt: skip


def _given_per(fact: Fact, text: str) -> Fact:
    """The figure with the time it is given for: "$20 a month", "12 Liter pro Tag"."""
    if fact.kind == "date" or fact.readings[0][1] in ("time", "ordinal", "share"):
        return fact
    if (word := re.match(r" ([^\W\d_]+)", text[fact.end :])) and word[1].lower() in _LY:
        return replace(fact, per=_LY[word[1].lower()])
    match = _PER.match(text, fact.end)
    if match and match["u"].lower() in ("quarter", "quartal", "trimestre"):
        return replace(fact, per=7889400.0)
    dimension, size = units().get(match["u"].lower(), ("", 0.0)) if match else ("", 0.0)
    return replace(fact, per=size) if dimension == "time" else fact


# What they did is not what is counted.
_DONE = re.compile(r"(?i)(?:\w{2,}[^e]ed|\w+ied)\Z")
# "7.90 per square metre" counts nothing.
_EACH = frozenset(["per", "pro", "par", "por", "je", "cada", "chaque"])
# "42-Jährige", "a 3-day trip" in German: a number written on to its unit.
_LASTING = re.compile(r"(?i)[- ]?(?P<u>jährig|tägig|wöchig|monatig|stündig|minütig)\w{0,2}\b")
_LONG = {"jährig": 31557600.0, "tägig": 86400.0, "wöchig": 604800.0, "monatig": 2629800.0, "stündig": 3600.0,
         "minütig": 60.0}  # fmt: skip


def counting(fact: Fact, text: str, language: str) -> Fact:
    """The figure with the word it counts, where it has no unit: "twelve fish", but not "twelve in a bakery"."""
    fact = _given_per(fact, text)
    if fact.readings[0][1]:
        return fact
    if language == "de" and (lasting := _LASTING.match(text, fact.end)):
        return replace(fact, readings=((fact.value * _LONG[lasting["u"].lower()], "time"),))
    if match := _OF_THEM.match(text, fact.end):
        return replace(fact, counts=match[1].lower())
    more = _MORE.match(text, fact.end)
    following = re.match(r"[ -]([^\W\d_]{3,})(?:[ -]([^\W\d_]+))?", text[more.end() - 1 if more else fact.end :][:60])
    if not following or following[1].lower() in lexicon(language).stop | CONTRAST | uncounted() | _EACH:
        return fact
    if any(word and word.lower() in units() for word in following.groups()):
        return fact
    if language == "en" and _DONE.match(following[1]) and not following[2]:
        return fact  # "a man of 24 died"
    if language == "de" and not following[1][0].isupper() and not (following[2] or "")[:1].isupper():
        return fact  # "11.400 übrig"
    return replace(fact, counts=following[1].lower())


def last_scale(out: list[Fact], last: Fact | None) -> float:
    """The size word of the figure before, which a bare number may leave out: "11.4 million ... 3.8"."""
    sized = (other for other in reversed(out) if other.kind == "number" and (other.scale > 1 or other.value >= 1000))
    before = next(sized, last)
    return before.scale if before is not None and before.kind == "number" else 1.0


def pairs_said(text: str, found: list[Fact]) -> list[Fact]:
    """ "Four fifty" may be 4.50 or 450: two numbers in a row, said as one."""
    out = list(found)
    for one, two in itertools.pairwise(found):
        small = one.words and two.words and one.dimensions == {""} and 1 <= one.value < 100 and 10 <= two.value < 100
        if small and two.kind == "number" and text[one.end : two.start] == " ":
            joined = one.value + two.value / 100
            more = tuple((value + one.value * size, dimension) for value, dimension, size in (
                (two.value / 100, "", 1.0), (two.value, "", 100.0)))  # fmt: skip
            dimensions = tuple((joined, d) for d in sorted(two.dimensions) if d in MONEY)
            more += ((one.value * 60 + two.value, "clock"),) if two.value < 60 and one.value < 25 else ()
            out.append(
                replace(one, end=two.end, value=joined, readings=(*more, *dimensions), places=2, counts=two.counts)
            )
    out += compound(text, found)
    return sorted(out, key=lambda fact: (fact.start, fact.end))


def _measures(fact: Fact) -> bool:
    spoken = fact.kind == "percent" or fact.value != 1  # "a month" is no measure to go on with
    return fact.kind != "date" and spoken and bool(fact.dimensions - {"", "ordinal", "share"})
