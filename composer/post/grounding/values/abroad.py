"""Figures as German, French, Spanish and Portuguese say them and English does not.

"Vierzigmal", "ein gutes Viertel", "multipliée par cinq", "deux fois sur trois", "en los ochenta", "na segunda".
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from composer.post.grounding.values.fact import Fact, date_fact
from composer.post.grounding.values.hedges import hedge
from composer.post.grounding.values.numerals import read, tongue

# "Vierzigmal", "das Sechsfache", "verfünffacht".
_FOLD = re.compile(
    r"(?i)\b(?P<n>[a-zäöüß]{3,})(?:mal|fach(?:e[nrs]?)?)\b|"
    r"\bver(?P<v>[a-zäöüß]{3,})fach(?:t|te|ten|en|ung)\b"
)
# "Cinq fois plus" is a word of its own; here the number stands behind.
_MULTIPLIED = re.compile(
    r"(?i)\bmultipli\w+ (?:environ |presque |casi |quase )?(?:par|por) (?P<n>\w+(?:[-,.]\w+)*)|"
    r"\b(?:divis|divid)\w+ (?:par|por) (?P<d>\w+(?:-\w+)*)"
)
_SO_OFTEN = re.compile(
    r"(?i)\b(?P<a>\w+(?:-\w+)*) (?:fois sur|veces de cada|veces sobre|vezes em cada|vezes em|mal von|de cada|em cada|"
    r"[^\W\d_]{3,} (?:de|em) cada) (?P<b>\w+(?:-\w+)*)"
)
# "Trois litres sur quatre", "zwei von drei Stunden": of so few, whatever they are.
_OF_FEW = {
    "fr": re.compile(
        r"(?i)(?<![\w-])(?P<a>[^\W\d_]+|\d) (?!jours?\b|heures?\b|mois\b|ans\b)[^\W\d_]{3,} sur "
        r"(?P<b>[^\W\d_]+|\d\d?)(?![\w-])(?! ?[%€])"
    ),
    "de": re.compile(r"(?<![\w-])(?P<a>[^\W\d_]+|\d) von (?P<b>[^\W\d_]+|\d\d?) (?=[A-ZÄÖÜ])"),
}
# A part with a word before it: "ein gutes Viertel", "un bon tiers", "un buen tercio".
_PART = re.compile(
    r"(?i)\b(?:ein|einem|das|un|le|el|um|o) (?P<h>gutes|guten|knappes|knappen|starkes|schwaches|volles|ganzes|bon|"
    r"petit|gros|buen|escaso|bom|pequeno) (?P<p>[^\W\d_]+)\b"
)
_DECADE = re.compile(
    r"(?i)\b(?:en los|de los|a los|los|nos|dos) (?P<n>(?:veinte|treinta|cuarenta|cincuenta|sesenta|setenta|ochenta|"
    r"noventa|vinte|trinta|quarenta|cinquenta|sessenta|oitenta|noventa)|[2-9]0)(?=\s*(?:[.,;:!?)»”]|$)|(?P<more> ))"
)
# "Las cinco de la mañana": an hour is a time of day where the part of the day is said.
_HOUR = re.compile(
    r"(?i)\b(?P<b>antes de |antes d)?(?:las|la|às|as) (?P<n>[^\W\d_]+)(?: horas)? "
    r"(?:de la|da) (?:mañana|madrugada|tarde|noche|manhã|noite)\b"
)
# "Um real e cinquenta".
_REAL = re.compile(r"(?i)\b(?:um|1) real e (?P<c>[^\W\d_]+(?: e [^\W\d_]+)?)(?: centavos)?\b")
_YEARS = re.compile(r"(?i)\bannées (?P<n>[^\W\d_]+-[^\W\d_]+(?:-[^\W\d_]+)?)")
_FEIRA = {"segunda": 1, "terça": 2, "quarta": 3, "quinta": 4, "sexta": 5}
_DAY = re.compile(
    r"(?i)\b(?:(?P<sure>às|toda|todas as) )?(?P<n>segunda|terça|quarta|quinta|sexta)(?P<s>s?)(?P<f>-feiras?)?(?![\w-])"
)
_PLURAL_DAYS = {"lundis": 1, "mardis": 2, "mercredis": 3, "jeudis": 4, "vendredis": 5, "samedis": 6, "dimanches": 7,
                "domingos": 7, "sabados": 6, "sonnabends": 6}  # fmt: skip
_DAYS = re.compile(rf"(?i)\b(?:{'|'.join(_PLURAL_DAYS)})\b")


def abroad(text: str, language: str) -> Iterator[Fact]:
    """The figures of a text that only such a language says so, in no order; they take their words before others."""
    if language == "de":
        yield from _folded(text)
    else:
        yield from _multiplied(text, language)
    few = _OF_FEW[language].finditer(text) if language in _OF_FEW else ()
    for match in (*_SO_OFTEN.finditer(text), *few):
        part, whole = read(match["a"], language), read(match["b"], language)
        if part and whole and part < whole <= (10 if match.re is not _SO_OFTEN else 1000):
            readings: tuple[tuple[float, str], ...] = ((part / whole, "share"), (part, "part"), (whole, "whole"))
            readings = readings if match.re is _SO_OFTEN else readings[:1]
            yield _words(match, part / whole, readings, text)
    known = tongue(language)
    for match in _PART.finditer(text):
        size = known.part.get(match["p"].lower(), 0.0)
        if size > 2:
            yield _words(match, 1 / size, ((1 / size, "share"),), text, "about")
    for match in _DECADE.finditer(text) if language in ("es", "pt") else ():
        value = read(match["n"], language)
        if value and not match["more"]:
            yield date_fact(match.start("n"), match.end("n"), "decade", value)
    for match in _HOUR.finditer(text) if language in ("es", "pt") else ():
        hour = read(match["n"], language) or 0.0
        if 1 < hour <= 12:
            clock = date_fact(match.start("n"), match.end(), "clock", hour % 12 * 60)
            yield replace(clock, hedge="about" if match["b"] else hedge(text, match.start()), words=True)
    for match in _REAL.finditer(text) if language == "pt" else ():
        if cents := read(match["c"], language):
            value = 1 + cents / 100
            yield Fact(match.start(), match.end(), "number", value, ((value, "BRL"),), "", True, 2)
    for match in _YEARS.finditer(text) if language == "fr" else ():
        value = read(match["n"].replace("-", " "), language)
        if value and value % 10 == 0:
            yield date_fact(match.start(), match.end(), "decade", value)
    for match in _DAY.finditer(text) if language == "pt" else ():
        if match["f"] or match["sure"] or (match["s"] and re.search(r"(?i)\b[ànd][oa]s $", text[: match.start()])):
            yield date_fact(match.start(), match.end(), "weekday", float(_FEIRA[match["n"].lower()]))
    for match in _DAYS.finditer(text):
        yield date_fact(match.start(), match.end(), "weekday", float(_PLURAL_DAYS[match[0].lower()]))


def also_abroad(text: str, language: str, found: Sequence[Fact]) -> Iterator[Fact]:
    """What a source may mean besides: "na segunda" as a day, "los ochenta" as years, "das Viertel" as a share."""
    for match in _DECADE.finditer(text) if language in ("es", "pt") else ():
        value = read(match["n"], language)
        if value and match["more"]:
            yield date_fact(match.start("n"), match.end("n"), "decade", value)
    for match in _DAY.finditer(text) if language == "pt" else ():
        if not match["f"]:
            yield date_fact(match.start(), match.end(), "weekday", float(_FEIRA[match["n"].lower()]))
    if language in ("de", "fr"):
        known = tongue(language)
        for match in re.finditer(r"[^\W\d_]+", text):
            size = known.part.get(match[0].lower(), 0.0)
            free = all(match.end() <= fact.start or fact.end <= match.start() for fact in found)
            if size > 2 and free and match[0].lower() not in known.ordinal:
                yield _words(match, 1 / size, ((1 / size, "share"),), text)


# Right before a year that is said in words.
_IN_YEAR = re.compile(r"(?i)\b(?:en|em|desde|hasta|até|depuis|dès|jusqu'en|vers) $")


def said_year(fact: Fact, text: str) -> Fact:
    """A number in words as a year, where it stands as one: "en dos mil once", "depuis deux mille dix"."""
    year = fact.kind == "number" and fact.words and 1900 <= fact.value < 2100 and fact.readings[0] == (fact.value, "")
    if not year or fact.value % 1 or not _IN_YEAR.search(text[: fact.start]):
        return fact
    return date_fact(fact.start, fact.end, "day", fact.value * 10000)


def _words(
    match: re.Match[str], value: float, readings: tuple[tuple[float, str], ...], text: str, near: str = ""
) -> Fact:
    return Fact(match.start(), match.end(), "number", value, readings, hedge(text, match.start()) or near, True)


def _folded(text: str) -> Iterator[Fact]:
    for match in _FOLD.finditer(text):
        value = read(match["n"] or match["v"], "de") if (match["n"] or "").lower() not in ("ein", "kein") else None
        if value and value > 1:
            yield _words(match, value, ((value, "times"),), text)


def _multiplied(text: str, language: str) -> Iterator[Fact]:
    for match in _MULTIPLIED.finditer(text):
        value = read(match["n"] or match["d"], language)
        if value is None and re.fullmatch(r"\d+[.,]\d+", match["n"] or ""):
            value = float(match["n"].replace(",", "."))
        if value and value > 1:
            readings = ((value, "times"),) if match["n"] else ((1 / value, "share"), (value, "times"))
            start = match.start("n") if match["n"] else match.start("d")
            end = match.end("n") if match["n"] else match.end("d")
            places = len(re.split("[,.]", match["n"])[1]) if match["n"] and re.search(r"\d[.,]\d", match["n"]) else 0
            yield Fact(start, end, "number", readings[0][0], readings, hedge(text, start), not places, places)
