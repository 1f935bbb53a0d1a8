"""Times of day in a text: "8:40", "18 h", "half past two", "halb sechs", "midnight"."""

import re
from collections.abc import Iterator

from composer.post.grounding.values.fact import Fact, date_fact
from composer.post.grounding.values.numerals import read, tongue

_CLOCK = re.compile(
    r"(?i)(?<![\d:.,])(?P<h>2[0-4]|[01]?\d)(?!\d)(?::(?P<m>[0-5]\d)(?!:?\d))?(?:\s?(?P<p>[ap]\.?m\b\.?|uhr\b|"
    r"h(?P<hm>[0-5]\d)?\b))?"
)
_DOTTED = re.compile(r"(?i)(?<![\d:.,])(?P<h>2[0-4]|[01]?\d)\.(?P<m>[0-5]\d)\s?(?:[ap]\.?m\b\.?|uhr\b|hours\b|hrs\b)")
_TURN_HALF = re.compile(r"(?i) (?:et demie?|y media|e meia)\b")
# "Dreiviertel acht" is a quarter to eight, "Viertel acht" a quarter past seven.
_QUARTER_OF = re.compile(
    r"(?i)\b(?:um|gegen|ab|bis|seit|vor|nach) (?P<q>drei ?viertel|viertel) (?P<h>[^\W\d_]+|\d\d?)\b"
)
_HOUR = re.compile(r"\b(?:das|dos|del|des|de|à|a|às|las|vers|entre|desde|hasta|até|et) (?P<h>2[0-4]|1?\d) ?h\b")
_HOUR_MINUTE = re.compile(r"(?<![\d:.,])(?P<h>2[0-4]|[01]?\d) (?:Uhr|h) (?P<m>[0-5]\d)\b")
# The turn of the day, by name.
_TURN = re.compile(
    r"(?i)\b(?:midnight|noon|midday|mitternacht|mittag|minuit|midi|medianoche|mediodía|meia-noite|meio-dia)\b"
)
_PAST = re.compile(
    r"(?i)\b(?P<q>half(?= past)|(?:a )?quarter|viertel|[a-zäöü]+(?:[ -]five)?(?: minutes| minuten)?) "
    r"(?P<w>past|to|nach|vor) (?P<h>\w+)\b|\bhalb (?P<d>\w+)\b"
)
_HOUR_SAID = re.compile(r"(?i)(?<![:.,-])\b(?P<h>[a-z]+) (?:[ap]\.m\b\.?|[ap] ?m\b)")
_AT = re.compile(r"(?i)\b(?:at|until|till|by|before|after|it['’]s|it was|um|bis|gegen|seit) $")
_QUARTERS = re.compile(
    r"(?i)\b(?P<h>\w+)(?: heures?| horas?)? (?P<w>y|menos|et|moins le|e) (?:un |um )?(?:cuarto|quart|quarto)\b(?! de)"
)

# One alone is no figure: it is an article more often.
_AT_ONE = re.compile(
    r"(?i)\b(?:(?<!past )(?<!to )one (?:o['’]?clock\b|in the (?:morning|afternoon|night)\b|at night\b|[ap][. ]?m\b)|"
    r"(?:um|gegen|bis|ab|nach|vor) eins?\b(?: uhr\b| (?:in der nacht|nachts|mittags|nachmittags)\b)|"
    r"une heure (?:du matin|de l['’]après-midi)\b|\b(?:la una|uma(?: hora)?) (?:de la madrugada|de la tarde|"
    r"da manhã|da madrugada|da tarde)\b)"
)


def clocks(text: str, language: str) -> Iterator[Fact]:
    """The times of day of a text, in minutes; twelve hours later is the same."""
    for match in (*_HOUR_MINUTE.finditer(text), *_DOTTED.finditer(text)):
        yield date_fact(match.start(), match.end(), "clock", float(int(match["h"]) % 12 * 60 + int(match["m"])))
    for match in _CLOCK.finditer(text):
        if match["m"] or (match["p"] and match["p"].lower() != "h"):
            minute = int(match["m"] or match["hm"] or 0)
            hour = int(match["h"]) % 12
            yield date_fact(match.start(), match.end(), "clock", float(hour * 60 + minute))
    if language in ("fr", "es", "pt"):
        for match in _HOUR.finditer(text):
            yield date_fact(match.start("h"), match.end(), "clock", float(int(match["h"]) % 12 * 60))
    yield from _said_clock(text, language)


def _said_clock(text: str, language: str) -> Iterator[Fact]:
    """ "Half past two", "a quarter to nine", "twenty past four", "halb sechs", "Viertel nach acht", "midnight"."""
    for match in _TURN.finditer(text):
        half = _TURN_HALF.match(text, match.end())
        yield date_fact(match.start(), half.end() if half else match.end(), "clock", 30.0 if half else 0.0)
    for match in _QUARTER_OF.finditer(text) if language == "de" else ():
        if 0 < (hour := read(match["h"], "de") or 0) <= 12:
            part = 45 if match["q"].lower().startswith("drei") else 15
            yield date_fact(match.start("q"), match.end(), "clock", float(((hour - 1) * 60 + part) % 720))
    for match in _AT_ONE.finditer(text):  # as other hours are, a number
        yield Fact(match.start(), match.end(), "number", 1.0, ((1.0, ""),), words=True)
    number = tongue(language).number
    for match in _QUARTERS.finditer(text) if language in ("es", "fr", "pt") else ():
        hour = number.get(match["h"].lower(), 0.0)
        if 0 < hour <= 24:
            shift = -15 if match["w"].lower() in ("menos", "moins le") else 15
            yield date_fact(match.start(), match.end(), "clock", float((hour % 12 * 60 + shift) % 720))
    if language not in ("en", "de"):
        return
    for match in _PAST.finditer(text):
        hour = number.get((match["h"] or match["d"]).lower(), 0.0)
        if not 0 < hour <= 12 or (match["w"] or "halb") not in (
            ("past", "to") if language == "en" else ("nach", "vor", "halb")
        ):
            continue
        said = (match["q"] or "").lower().replace("a ", "").split(" min")[0].replace("-", " ").split()
        minutes = {"half": 30.0, "quarter": 15.0, "viertel": 15.0}.get(
            said[0] if said else "", sum(number.get(word, 99.0) for word in said)
        )
        if match["d"]:
            yield date_fact(match.start(), match.end(), "clock", float((hour * 60 - 30) % 720))
        elif match["w"].lower() in ("to", "vor") and minutes != 15 and not _AT.search(text[: match.start()]):
            continue  # "ten to twelve years"
        elif minutes in (5, 10, 15, 20, 25, 30):
            later = match["w"].lower() in ("past", "nach")
            yield date_fact(
                match.start(), match.end(), "clock", float((hour * 60 + (minutes if later else -minutes)) % 720)
            )
    for match in _HOUR_SAID.finditer(text) if language == "en" else ():
        hour = number.get(match["h"].lower(), 0.0)
        before = text[: match.start()].split()[-1:]
        if 2 <= hour <= 12 and not (before and before[0].lower() in {"past", "oh", *number}):
            yield date_fact(match.start(), match.end(), "clock", hour % 12 * 60)  # "nine pm"
