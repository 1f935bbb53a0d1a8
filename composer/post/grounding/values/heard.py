"""What a recogniser makes of figures that are said: digits broken apart, years cut short, two numbers said as one."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace

from composer.post.grounding.values.fact import Fact
from composer.post.grounding.values.numerals import tongue, units

# "50, 000 people", "1, 048, 576": digits in threes with a blank behind each comma.
_BROKEN = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?:, \d{3})+(?![\d,]|[.,]\d)")
_SIZES = (1e12, 1e9, 1e6, 1e3, 100.0)
_YEAR_AFTER = re.compile(r",? ?(?:of|de|del|do|du|des Jahres|of the year)? ?")
# What a year may follow that has lost its century: "in ninety eight", "seit 98", "les vendanges de quatre-vingt-cinq".
_BEFORE_CUT = re.compile(
    r"(?i)(?:\b(?:in|from|since|until|till|by|of|to|around|about|after|before|back in|class of|year|"
    r"summer|spring|autumn|"
    r"winter|fall|"
    r"im jahr|im jahre|jahr|jahrgang|seit|bis|anno|ab|von|"
    r"en|depuis|dès|de|vers|avant|après|année|l['’]an|desde|hasta|hacia|el|del|año|em|até|ano)|"
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december|jänner|januar|"
    r"februar|märz|mai|juni|juli|oktober|dezember|janvier|février|mars|avril|juin|juillet|août|septembre|octobre|"
    r"novembre|décembre|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|"
    r"janeiro|fevereiro|março|maio|junho|julho|setembro|outubro|novembro|dezembro)) $"
)
_ENDS = re.compile(r" ?(?:[.!?]|$)")
_TO = re.compile(r"(?i) ?(?:to|until|till|through|bis|à|a|al|hasta|até|and|[-–—]) ?")
# A year at the head of a clause, as it is said in German: "fünfundachtzig war das".
_OPENS = re.compile(r"(?:^|[.,;:!?] |\b(?:und|das war|also|dann) )$")
_POINT_FIRST = re.compile(r"(?i)\bpoint ((?:(?:oh|zero|one|two|three|four|five|six|seven|eight|nine)\b ?)+)")
_DIGIT = {"oh": "0", "zero": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6",
          "seven": "7", "eight": "8", "nine": "9"}  # fmt: skip
_POINTED = frozenset(["at", "of", "about", "only", "is", "was", "to", "just", "than", "around", "from", "for", "by"])
_EXPONENT = re.compile(r"(?i)\b(\w+)(?: times ten to the| e) (minus )?(\w+)")
_OF = re.compile(r" (?:out )?(?:of|von|sur|de|dos|das|des|der)(?: the| our| their| its| den| les| los| las)? [$€£]?")


def heard(text: str, found: list[Fact], language: str) -> list[Fact]:
    """The figures of a source with what else they may be, in order of place. What is added overlaps what is there."""
    found = _dated(text, _rows(text, found))
    more = [
        *_broken(text, found), *_cut_years(text, found, language), *_said_pairs(text, found, language), *_glued(text),
    ]  # fmt: skip
    if language == "en":
        more += _points(text)
    return sorted([*found, *more], key=lambda fact: (fact.start, fact.end))


_GLUED = re.compile(r"(?<![\d.,])(?P<a>[1-9]0)(?P<b>[1-9]0) (?P<c>[1-9]0)[,.]?000\b")


def _glued(text: str) -> Iterator[Fact]:
    """ "Like 5060 70,000": three numbers in a row, two of them written as one."""
    for match in _GLUED.finditer(text):
        if match["a"] < match["b"] < match["c"]:
            for name in ("a", "b"):
                yield Fact(match.start(name), match.end(name), "number", int(match[name]) * 1e3,
                           ((int(match[name]) * 1e3, ""), (float(match[name]), "")), scale=1e3)  # fmt: skip


def _rows(text: str, found: list[Fact]) -> list[Fact]:
    """ "10, $15,000", "ten fifteen thousand", "1.5 of the seven million": the size word of the second is for both."""
    out = list(found)
    for at in range(len(out) - 1):
        one, two = out[at], out[at + 1]
        if one.kind != "number" or two.kind != "number" or not _bare(one) or one.scale != 1:
            continue
        between = text[one.end : two.start]
        size = two.scale if two.scale > 1 else next((size for size in _SIZES if two.value >= size), 1.0)
        row = between in (" ", ", ", "-") and one.value < two.value / size and not one.counts.startswith("per")
        part = bool(_OF.fullmatch(between)) and two.scale >= 1e3
        if size >= 100 and one.value < 1000 and one.value < two.value / size and (row or part):
            dimension = two.readings[0][1]
            out[at] = replace(one, readings=(*one.readings, (one.value * size, dimension)), counts="")
    return out


def _bare(fact: Fact) -> bool:
    """Whether no unit is said with a number; what it may be meant in by what stands before does not matter."""
    return fact.kind == "number" and fact.readings[0][1] == ""


# "It died on day 23", "Tag 3", "week 7": so many from the beginning.
_COUNTED_ON = re.compile(r"(?i)\b(day|week|month|tag|woche|jour|semaine|día|semana|dia) $")


def from_start(text: str, found: list[Fact]) -> list[Fact]:
    """ "On day 23" may be twenty-three days, or the twenty-third."""
    out = []
    for fact in found:
        unit = _COUNTED_ON.search(text[max(0, fact.start - 10) : fact.start]) if _bare(fact) else None
        if unit:
            fact = replace(fact, readings=(*fact.readings, (fact.value * units()[unit[1].lower()][1], "time")))
        out.append(fact)
    return out


def _broken(text: str, found: list[Fact]) -> Iterator[Fact]:
    for match in _BROKEN.finditer(text):
        value = float(re.sub(r"\D", "", match[0]))
        last = next((fact for fact in found if fact.start < match.end() <= fact.end), None)
        first = next((fact for fact in found if fact.start <= match.start() < fact.end), None)
        if last is None or first is None or "date" in (first.kind, last.kind):
            continue
        dimension = next((d for fact in (last, first) for _, d in fact.readings if d), "")
        yield replace(last, start=first.start, value=value, readings=((value, dimension),), hedge=first.hedge)


def _dated(text: str, found: list[Fact]) -> list[Fact]:
    """A day or a month with the year that is said behind it as one date: "march twenty eighteen"."""
    out: list[Fact] = []
    for fact in found:
        last = out[-1] if out else None
        year = _year(fact)
        if last is None or not year or not _YEAR_AFTER.fullmatch(text[last.end : fact.start]):
            out.append(fact)
        elif last.mark == "day" and 100 <= last.value < 10000:
            values = tuple((value + year * 10000, mark) for value, mark in last.readings)
            out[-1] = replace(last, end=fact.end, value=values[0][0], readings=values)
        elif last.mark in ("season", "quarter", "half") and last.value < 10:
            value = year * 10 + last.value
            out[-1] = replace(last, end=fact.end, value=value, readings=((value, last.mark),))
        else:
            out.append(fact)
    return out


def _year(fact: Fact) -> int:
    """The year that a figure may be, 0 where it is none."""
    if fact.mark == "day" and fact.value >= 10000 and fact.value % 10000 == 0:
        return int(fact.value) // 10000
    plain = fact.kind == "number" and fact.dimensions == {""} and not fact.hedge and not fact.places
    return int(fact.value) if plain and 1500 <= fact.value <= 2100 and fact.value % 1 == 0 else 0


def _cut_years(text: str, found: list[Fact], language: str) -> Iterator[Fact]:
    """ "Wines from eighty five", "im Oktober 26", "oh eight": years without their century."""
    for at, fact in enumerate(found):
        before = text[max(0, fact.start - 14) : fact.start]
        if fact.kind == "date":
            day = int(fact.value)
            if fact.mark == "day" and 100 < day < 10000 and day % 100 and language in ("de", "fr", "es", "pt"):
                said = text[fact.start : fact.end]
                if re.fullmatch(r"[^\W\d_]+\.? (?:de |del )?\d\d", said):  # "Oktober 26", never "26. Oktober"
                    yield _cut(fact, day % 100, day // 100)
            continue
        if not _bare(fact) or not 0 < fact.value < 100 or fact.value % 1 or fact.counts or fact.scale != 1:
            continue
        month = found[at - 1] if at and text[found[at - 1].end : fact.start] in (" ", " de ") else None
        if month is not None and month.mark == "day" and 100 <= month.value < 10000 and month.value % 100 == 0:
            yield _cut(fact, int(fact.value), int(month.value) // 100, month.start)
        after = found[at + 1] if at + 1 < len(found) else None
        ranged = after is not None and after.mark == "day" and _TO.fullmatch(text[fact.end : after.start]) is not None
        oh = re.search(r"(?i)\b(?:oh|aught|ought) $", before)
        named = fact.words and fact.value >= 50 and re.search(r"[A-Z]\w+ ?, $", before) and _ENDS.match(text, fact.end)
        opens = language == "de" and fact.value >= 40 and fact.words and _OPENS.search(text[: fact.start])
        if oh or (fact.value >= 20 and (_BEFORE_CUT.search(before) or opens or ranged or named)):
            yield _cut(fact, int(fact.value), 0, fact.start - (len(oh[0]) if oh else 0))


def _cut(fact: Fact, year: int, month: int, start: int | None = None) -> Fact:
    centuries = (1900, 2000) if year >= 40 else (2000, 1900)
    values = tuple((float((century + year) * 10000 + month * 100), "day") for century in centuries)
    begin = fact.start if start is None else start
    return Fact(begin, fact.end, "date", values[0][0], values, words=fact.words, mark="day")


def _said_pairs(text: str, found: list[Fact], language: str) -> Iterator[Fact]:
    """ "Four fifty thousand", "three forty nine", "six oh five"; and a price or a train that sounds like a year."""
    for fact in found:
        if fact.mark == "day" and fact.value % 10000 == 0 and language == "en" and fact.value >= 1e7:
            said = text[fact.start : fact.end]
            if not re.search(r"\d", said):  # "nineteen ninety" may be 19.90
                value = fact.value / 1e6
                yield Fact(fact.start, fact.end, "number", value, ((value, ""),), words=True, places=2)
    for one, two in itertools.pairwise(found):
        if one.kind != "number" or two.kind != "number" or not _bare(one) or not (one.words and two.words):
            continue
        between = text[one.end : two.start]
        low = two.value / two.scale
        if between == " " and 1 <= one.value < 10 <= low < 100 and two.scale >= 1e3:
            value = (one.value * 100 + low) * two.scale
            yield replace(two, start=one.start, value=value, readings=((value, two.readings[0][1]),))
        if re.fullmatch(r"(?i) (?:oh|zero) ", between) and 1 <= one.value < 100 and 0 < two.value < 10:
            joined, clock = one.value * 100 + two.value, one.value * 60 + two.value
            readings: tuple[tuple[float, str], ...] = ((joined, ""), (joined / 100, ""))
            readings += ((clock % 720, "clock"),) if one.value <= 24 else ()
            yield replace(one, end=two.end, value=joined, readings=readings, counts=two.counts)


def _points(text: str) -> Iterator[Fact]:
    """ "Point five", "three e minus four"."""
    for match in _POINT_FIRST.finditer(text):
        said = re.search(r"([^\W\d_]+) $", text[: match.start()])
        if said and said[1].lower() not in _POINTED:
            continue  # "four point five", "at this point five people"
        value = float("0." + "".join(_DIGIT[word] for word in match[1].lower().split()))
        following = re.match(r" ?([^\W\d_]+)", text[match.end() :])
        dimension, size = units().get(following[1].lower(), ("", 0.0)) if following else ("", 0.0)
        readings = ((value * size, dimension),) if dimension else ((value, ""), (value, "percent"))
        yield Fact(match.start(), match.end(), "number", value, readings, words=True, places=2)
    number = tongue("en").number
    for match in _EXPONENT.finditer(text):
        base, power = number.get(match[1].lower(), 0.0), number.get(match[3].lower(), 0.0)
        if base and power:
            value = float(f"{base:.0f}e{'-' if match[2] else ''}{power:.0f}")
            yield Fact(match.start(), match.end(), "number", value, ((value, ""),), words=True)
