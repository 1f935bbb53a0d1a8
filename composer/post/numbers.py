"""Numbers, percentages and dates as values: what a post states and what a source says, in one form."""

import re
from dataclasses import dataclass, replace
from typing import Literal

from composer.post.lexis import word_row

FactKind = Literal["number", "date", "percent"]


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure in a text, at half-open offsets in code points.

    `value` is the number, the per cent, or for a date year * 10000 + month * 100 + day with 0 for what is not said.
    `hedge` is `about`, `over`, `under` or "". `words` says that it was written out; `places` counts decimals.
    """

    start: int
    end: int
    kind: FactKind
    value: float
    hedge: str = ""
    words: bool = False
    places: int = 0


_SMALL = {
    "zero": 0, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19,
    "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "elf": 11,
    "zwölf": 12, "dreizehn": 13, "vierzehn": 14, "fünfzehn": 15, "sechzehn": 16, "siebzehn": 17, "achtzehn": 18,
    "neunzehn": 19, "zwanzig": 20, "dreißig": 30, "vierzig": 40, "fünfzig": 50, "sechzig": 60, "siebzig": 70,
    "achtzig": 80, "neunzig": 90, "hundert": 100, "tausend": 1000,
    "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "sept": 7, "huit": 8, "neuf": 9, "dix": 10, "onze": 11,
    "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16, "vingt": 20, "trente": 30, "quarante": 40,
    "cinquante": 50, "soixante": 60, "cent": 100,
    "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9, "diez": 10, "doce": 12,
    "trece": 13, "catorce": 14, "veinte": 20, "treinta": 30, "cuarenta": 40, "cincuenta": 50, "sesenta": 60,
    "setenta": 70, "ochenta": 80, "noventa": 90, "cien": 100, "ciento": 100,
    "dois": 2, "duas": 2, "três": 3, "quatro": 4, "sete": 7, "oito": 8, "nove": 9, "dez": 10, "doze": 12, "vinte": 20,
    "trinta": 30, "quarenta": 40, "cinquenta": 50, "sessenta": 60, "cem": 100,
}  # fmt: skip
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "millions": 1e6, "billions": 1e9,
    "k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "b": 1e9, "t": 1e12, "tn": 1e12, "dozen": 12.0,
    "tausend": 1e3, "millionen": 1e6, "milliarden": 1e9, "milliarde": 1e9, "mio": 1e6, "mrd": 1e9,
    "mille": 1e3, "milliard": 1e9, "milliards": 1e9, "mil": 1e3, "millones": 1e6, "millón": 1e6, "mil millones": 1e9,
    "milhão": 1e6, "milhões": 1e6, "bilhão": 1e9, "bilhões": 1e9, "万": 1e4, "億": 1e8, "亿": 1e8, "千": 1e3, "百": 1e2,
}  # fmt: skip
_ORDINALS = {
    "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
}  # fmt: skip
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar janvier enero janeiro", "february feb februar février febrero fevereiro",
            "march mar märz mars marzo "
            "março", "april apr avril abril", "may mai mayo maio", "june jun juni juin junio junho",
            "july jul juli juillet julio "
            "julho", "august aug août agosto", "september sep sept septembre septiembre setembro",
            "october oct oktober octobre octubre outubro", "november nov novembre noviembre novembro",
            "december dec dezember décembre diciembre dezembro",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_NAMED = "|".join(
    sorted((name for name in _MONTHS if len(name) > 3 or name in ("may", "mai")), key=lambda name: -len(name))
)
_YEAR = r"(?:1[5-9]|20)\d\d"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_DATES = [
    re.compile(rf"\b(?P<y>{_YEAR})-(?P<m>0[1-9]|1[0-2])-(?P<d>[0-3]\d)\b"),
    re.compile(
        rf"(?i)\b(?P<d>{_DAY})(?:st|nd|rd|th|\.|er)?(?: of| de)? (?P<n>{_NAMED}|mar|jan|feb|apr|jun|jul|aug|sep|"
        rf"oct|nov|dec)\b\.?(?:,?(?: de)? (?P<y>{_YEAR}))?"
    ),
    re.compile(
        rf"(?i)\b(?P<n>{_NAMED}|jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec)\b\.? (?:the )?(?P<d>{_DAY})(?:st|nd|"
        rf"rd|th)?\b(?!\d|:)(?:,? (?P<y>{_YEAR}))?"
    ),
    re.compile(rf"(?i)\b(?P<n>{_NAMED})(?:,| of| de)? (?P<y>{_YEAR})\b"),
    re.compile(rf"(?P<y>{_YEAR})年(?:(?P<m>1[0-2]|[1-9])月(?:(?P<d>3[01]|[12]\d|[1-9])日)?)?"),
    re.compile(
        rf"(?<![\w.,:/$€£-])(?P<y>{_YEAR})(?:['’]?s)?(?![\w%]|[.,]\d|:\d| ?(?:percent|per cent|euros?|dollars?|"
        rf"people|users|tokens|kg|km))(?!-\d\d-\d)"
    ),
]
_NUMBER = re.compile(
    r"(?<![\w.,/:])(?P<cur>[$€£]\s?)?(?P<digits>\d{1,3}(?:[,.\u202f\u00a0' ]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?)"
    r"(?P<join>[\u00a0 -]?)(?P<scale>(?:hundred|thousand|million|millions|billion|billions|trillion|dozen|tausend|"
    r"millionen|"
    r"milliarden|milliarde|mio|mrd|mille|milliards?|mil|millones|millón|milhão|milhões|bilhão|bilhões)\b|(?:k|bn|"
    r"mn|tn|[MBTKm])(?![\w])|[万億亿千百])?"
    r"(?P<pct>\s?%|\s?％|[ -]?(?:percent|per cent|pct|prozent|pour cent|por ciento|por cento)\b)?(?P<x>x\b|"
    r"×)?(?P<ord>st|nd|rd|th)?",
    re.IGNORECASE,
)
_WORDS = re.compile(
    rf"(?i)(?<![\w-])(?:(?P<tens>{'|'.join(_TENS)})(?:[- ](?P<unit>one|two|three|four|five|six|seven|eight|nine))?|"
    rf"(?P<small>{'|'.join(sorted(_SMALL, key=lambda w: -len(w)))})|(?P<a>a|an|one|several)(?=[ -](?:hundred|"
    rf"thousand|million|billion|trillion|dozen)\b)|"
    rf"(?P<half>half a|a half|half)|(?P<ordinal>{'|'.join(_ORDINALS)}))"
    rf"(?:[ -](?P<scale>hundred|thousand|million|billion|trillion|dozen))?(?:[ -](?P<scale2>thousand|million|"
    rf"billion|trillion))?"
    rf"(?P<pct>[ -](?:percent|per cent|prozent|pour cent|por ciento|por cento)\b|%)?(?![\w])"
)
_UNITS = {word: at for at, word in enumerate(word_row("numbers_units"))} | {"oh": 0}
_TEENS = {
    word: at
    for at, word in enumerate(
        word_row("numbers_teens"),
        10,
    )
}
_UNIT_WORDS = "|".join(_UNITS)
# "Nineteen sixty-two", "twenty nineteen", "nineteen oh four": a year as it is said.
_SAID_YEAR = re.compile(
    rf"(?i)\b(?P<cent>sixteen|seventeen|eighteen|nineteen|twenty)[ -](?:(?P<teen>{'|'.join(_TEENS)})|"
    rf"(?P<tens>{'|'.join(_TENS)})(?:[- ](?P<unit>{_UNIT_WORDS}))?|oh[ -](?P<oh>{_UNIT_WORDS}))\b(?![ -](?:percent|"
    rf"thousand|million|hundred))"
)
# "Four point seven million", "thirty-eight point six percent".
_POINT = re.compile(
    rf"(?i)(?<![\w-])(?:(?P<tens>{'|'.join(_TENS)})(?:[- ](?P<unit>{_UNIT_WORDS}))?|(?P<small>{_UNIT_WORDS}|"
    rf"{'|'.join(_TEENS)})|(?P<digits>\d+)) point (?P<after>(?:{_UNIT_WORDS}|\d)(?:[ -](?:{_UNIT_WORDS}|\d))*)"
    rf"(?:[ -](?P<scale>hundred|thousand|million|billion|trillion))?(?P<pct>[ -](?:percent|per cent)\b)?(?![\w])"
)
_DAYS = {
    word: at
    for at, word in enumerate(
        word_row("numbers_days"),
        1,
    )
}
_DAYS |= {f"twenty-{word}": 20 + at for word, at in list(_DAYS.items())[:9]} | {"thirtieth": 30, "thirty-first": 31}
_DAYS |= {word.replace("-", " "): at for word, at in list(_DAYS.items()) if "-" in word}
_DAY_WORDS = "|".join(sorted(_DAYS, key=lambda word: (-len(word), word)))
_SAID_DAY = re.compile(
    rf"(?i)\b(?:(?P<d1>{_DAY_WORDS}) of (?P<n1>{_NAMED})|(?P<n2>{_NAMED}) (?:the )?(?P<d2>{_DAY_WORDS}))\b"
)
_HEDGES = [
    ("about", re.compile(r"(?i)(?:\b(?:about|around|roughly|approximately|circa|ca\.|some|nearly|almost|close to|"
                         r"or so|up to|rund|etwa|ungefähr|fast|knapp|gut|environ|près de|presque|unos|unas|casi|"
                         r"cerca de|aproximadamente|alrededor de|quase)|~|≈|约|大约|約|およそ) ?$")),
    ("over", re.compile(r"(?i)\b(?:over|more than|at least|above|exceeding|upwards of|über|mehr als|mindestens|"
                        r"plus de|au moins|más de|al menos|mais de|pelo menos) $|超过$|以上$")),
    ("under", re.compile(r"(?i)\b(?:under|less than|fewer than|below|at most|weniger als|unter|höchstens|moins de|"
                         r"menos de) $")),
]  # fmt: skip


def facts(text: str) -> list[Fact]:
    """Every figure of a text in order of place; dates take their digits first, then percentages and numbers.

    "One" is no figure: it is an article more often. "Half" counts as 50 per cent only with "half of" or per cent near.
    """
    found: list[Fact] = []
    taken: list[tuple[int, int]] = []

    def free(start: int, end: int) -> bool:
        return all(end <= a or start >= b for a, b in taken)

    for pattern in _DATES:
        for match in pattern.finditer(text):
            if not free(match.start(), match.end()):
                continue
            rows = match.groupdict()
            month = _MONTHS[rows["n"].lower()] if rows.get("n") else int(rows.get("m") or 0)
            value = int(rows.get("y") or 0) * 10000 + month * 100 + int(rows.get("d") or 0)
            taken.append(match.span())
            found.append(Fact(match.start(), match.end(), "date", float(value), _hedge(text, match.start())))
    for said in _said(text):
        if free(said.start, said.end):
            taken.append((said.start, said.end))
            found.append(said)
    for match in _NUMBER.finditer(text):
        if free(match.start(), match.end()):
            fact = _digits(text, match)
            if fact is not None:
                taken.append((fact.start, fact.end))
                found.append(fact)
    for match in _WORDS.finditer(text):
        if free(match.start(), match.end()):
            fact = _written(text, match)
            if fact is not None:
                taken.append((fact.start, fact.end))
                found.append(fact)
    return _joined(text, sorted(found, key=lambda fact: (fact.start, fact.end)))


def _said(text: str) -> list[Fact]:
    """Years, days and decimals as they are spoken in English."""
    out: list[Fact] = []
    for match in _SAID_DAY.finditer(text):
        day = _DAYS[(match["d1"] or match["d2"]).lower()]
        month = _MONTHS[(match["n1"] or match["n2"]).lower()]
        out.append(Fact(match.start(), match.end(), "date", float(month * 100 + day)))
    for match in _SAID_YEAR.finditer(text):
        rest = (match["teen"] or "").lower()
        low = _TEENS.get(rest, 0) + _TENS.get((match["tens"] or "").lower(), 0)
        low += _UNITS.get((match["unit"] or match["oh"] or "").lower(), 0)
        century = {"sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20}[match["cent"].lower()]
        out.append(Fact(match.start(), match.end(), "date", float((century * 100 + low) * 10000)))
    for match in _POINT.finditer(text):
        word = (match["small"] or "").lower()
        whole = _TENS.get((match["tens"] or "").lower(), 0) + _UNITS.get((match["unit"] or "").lower(), 0)
        whole += _UNITS.get(word, _TEENS.get(word, 0)) + int(match["digits"] or 0)
        after = "".join(str(_UNITS.get(part.lower(), part)) for part in re.split(r"[ -]", match["after"]))
        value = float(f"{whole}.{after}") * _SCALES.get((match["scale"] or "").lower(), 1.0)
        kind: FactKind = "percent" if match["pct"] else "number"
        out.append(Fact(match.start(), match.end(), kind, value, _hedge(text, match.start()), True, len(after)))
    return out


def _joined(text: str, found: list[Fact]) -> list[Fact]:
    """ "A hundred and twenty" is one number; in "from 2.1 to 3.4 million" both are millions."""
    out: list[Fact] = []
    for fact in found:
        before = out[-1] if out else None
        between = text[before.end : fact.start] if before else ""
        if before and before.kind == fact.kind == "number" and before.value and fact.value:
            if (
                before.words
                and fact.words
                and before.value >= 100 > fact.value
                and before.value % 100 == 0
                and between in (" and ", " ")
            ):
                out[-1] = replace(before, end=fact.end, value=before.value + fact.value)
                continue
            if (
                before.words
                and fact.words
                and before.value % 100 == 0
                and before.value < 1000 <= fact.value < 1e5
                and fact.value % 1000 == 0
                and between in (" and ", " ")
            ):
                # "Two hundred and forty thousand": the scale holds for both.
                out[-1] = replace(before, end=fact.end, value=before.value * 1000 + fact.value)
                continue
            if (
                not before.words
                and not fact.words
                and before.value < 1000 <= fact.value
                and re.fullmatch(r"\s?(?:to|auf|bis|à|a|and|or|oder|et|y|e|[-–—])\s?", between)
            ):
                scale = next((size for size in (1e12, 1e9, 1e6, 1e3) if fact.value >= size), 1.0)
                if re.search(r"[^\d.,\s]", text[fact.start : fact.end]) and fact.value / scale < 1000:
                    out[-1] = replace(before, value=before.value * scale)
        out.append(fact)
    return out


def _hedge(text: str, start: int) -> str:
    before = text[max(0, start - 20) : start]
    return next((name for name, pattern in _HEDGES if pattern.search(before)), "")


def _digits(text: str, match: re.Match[str]) -> Fact | None:
    value, places = _value(match["digits"])
    scale = match["scale"] or ""
    end = match.end()
    if scale:
        low = scale.lower()
        # "5 m" and "8 b" are metres and a letter unless they stand on the digits: 70B, 3.5M
        if len(scale) == 1 and scale.isascii() and match["join"]:
            end = match.end("digits")
            scale = ""
        else:
            value *= _SCALES[low]
    if match["join"] and not scale and not match["pct"]:
        end = match.end("digits")
    after = text[end : end + 12]
    hedge = _hedge(text, match.start())
    if re.match(r"(?i)\s?(?:\+|or more|plus\b)", after):
        hedge = "over"
    elif re.match(r"(?i)\s(?:or so|ish)\b|ish\b", after):
        hedge = "about"
    kind: FactKind = "percent" if match["pct"] and end == match.end() else "number"
    return Fact(match.start(), end, kind, value, hedge, places=places)


def _value(digits: str) -> tuple[float, int]:
    """The value of digits with marks between them: a mark before exactly three digits groups, else it is a point."""
    marks = re.findall(r"[^\d]", digits)
    plain = digits
    places = 0
    if marks:
        last = re.split(r"[^\d]", digits)[-1]
        groups = len(last) == 3 and not (len(marks) == 1 and marks[0] == "." and digits.split(".")[0] == "0")
        if groups and len(set(marks)) == 1:
            plain = re.sub(r"[^\d]", "", digits)
        else:
            whole, _, part = digits.rpartition(marks[-1])
            plain = re.sub(r"[^\d]", "", whole) + "." + part
            places = len(part)
    return float(plain), places


def _written(text: str, match: re.Match[str]) -> Fact | None:
    value: float
    if match["tens"]:
        value = _TENS[match["tens"].lower()] + {"one": 1}.get(
            (match["unit"] or "").lower(), _SMALL.get((match["unit"] or "").lower(), 0)
        )
    elif match["small"]:
        value = _SMALL[match["small"].lower()]
    elif match["ordinal"]:
        if re.match(r" of\b|s\b", text[match.end() : match.end() + 4]) or re.search(
            r"(?i)\b(?:an?|one|two|three) $", text[: match.start()]
        ):
            return None  # a part, as in "a third", not a rank
        value = _ORDINALS[match["ordinal"].lower()]
    elif match["half"]:
        after = text[match.end() : match.end() + 12]
        if match["scale"]:
            value = 0.5
        elif re.match(r" (?:of|the|all|our|their|its)\b", after) and not match["half"].lower().endswith(" a"):
            return Fact(match.start(), match.end(), "percent", 50.0, "", True)
        else:
            return None
    else:
        value = 1.0
    for key in ("scale", "scale2"):
        if match[key]:
            value *= _SCALES[match[key].lower()]
    hedge = _hedge(text, match.start()) or ("about" if (match["a"] or "").lower() == "several" else "")
    kind: FactKind = "percent" if match["pct"] else "number"
    return Fact(match.start(), match.end(), kind, value, hedge, True)


def supports(said: Fact, source: Fact) -> bool:
    """Whether a figure of the source bears out a figure of the post: equal, or honestly rounded.

    A date may leave out day or month. "About 40" bears 38 to 42; "over 40" what is above it, at most by a quarter.
    Without a hedge a figure may be rounded at its last digit where that changes it by one per cent at most.
    """
    if said.kind == "date" or source.kind == "date":
        return _same_date(said, source)
    if said.kind != source.kind:
        return False
    value, other = said.value, source.value
    if value == other:
        return True
    if other == 0 or value == 0:
        return False
    share = abs(value - other) / abs(other)
    if said.hedge == "about" or (source.hedge == "about" and share <= 0.02):
        return share <= 0.06 or (share <= 0.08 and _rounded(value, other))
    if said.hedge == "over":
        return value < other <= value * 1.25
    if said.hedge == "under":
        return value * 0.8 <= other < value
    return share <= 0.01 and _rounded(value, other)


def _rounded(value: float, other: float) -> bool:
    digits = len(f"{value:.10g}".replace(".", "").rstrip("0").lstrip("0")) or 1
    return float(f"{other:.{digits}g}") == value


def _same_date(said: Fact, source: Fact) -> bool:
    if said.kind != "date" or source.kind != "date":
        # 2019 may be recognised as a plain number: "in 2,019" or "year 2019"
        date, number = (said, source) if said.kind == "date" else (source, said)
        return (
            number.kind == "number"
            and number.value == date.value // 10000
            and date.value % 10000 == 0
            and number.value >= 1500
        )
    a, b = int(said.value), int(source.value)
    parts = ((a // 10000, b // 10000), (a // 100 % 100, b // 100 % 100), (a % 100, b % 100))
    return all(x == 0 or x == y for x, y in parts) and any(x for x, _ in parts)
