"""Numbers, percentages and dates as values: what a post states and what a source says, in one form."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from composer.evidence.words import lexicon
from composer.post.grounding.also import also
from composer.post.grounding.company import counting, elliptic, pairs_said, shared_units, sized
from composer.post.grounding.dates import dates
from composer.post.grounding.eastern import LANGUAGES, also_eastern, eastern
from composer.post.grounding.fact import MONEY, Fact
from composer.post.grounding.heard import from_start, heard
from composer.post.grounding.measures import AND_HALF, SIGNS, index_after, tight, united, whole_after
from composer.post.grounding.numerals import Cardinal, Token, Tongue, cardinal, near, read, split, tongue, units_in

_PERCENT = re.compile(
    r"(?i)[\s-]?(?:%|％|percent\b|per cent\b|per-cent\b|pct\b|prozent\b|pour cent\b|por ciento\b|por cento\b)"
)
_POINTS = re.compile(
    r"(?i)[\s-]?(?:(?P<basis>basis[ -]?(?:points?|punkte)|bps\b)|percentage[ -]points?|pp\b|ppts?\b|% points|"
    r"prozentpunkten?|"
    r"points? de pourcentage|puntos? porcentual(?:es)?|pontos? percentua(?:l|is))"
)
_HEDGES = [
    ("about", re.compile(r"(?i)(?:\b(?:about|around|roughly|approximately|approx\.|circa|ca\.|c\.|some|nearly|"
                         r"almost|close to|"
                         r"or so|just (?:under|over|above|below|short of|shy of)|a little (?:over|under|more than|"
                         r"less than)|"
                         r"slightly (?:over|under|more than|less than|above|below)|something like|"
                         r"somewhere around|in the region of|"
                         r"rund|etwa|ungefähr|fast|knapp|gut|um die|zirka|beinahe|environ|près de|presque|à peu près|"
                         r"autour de|unos|unas|casi|cerca del?|aproximadamente|alrededor del?|quase|por volta de|"
                         r"mais ou menos)"
                         r"(?: (?:a|an|the|one|eine?|die|der|une?|una|uma?|la|el|o))?|"
                         r"~|≈|±|约|大约|約|およそ|ほぼ|近|将近|接近|差不多) ?[$€£¥]?$")),
    ("over", re.compile(r"(?i)(?:\b(?:over|more than|at least|above|exceeding|upwards of|north of|beyond|past|"
                        r"topped|über|"
                        r"mehr als|mindestens|plus d[e’']|plus de|au moins|más de|al menos|mais de|pelo menos)"
                        r"(?: (?:a|an|ein|un|une|una|um|uma))?|>) ?[$€£¥]?$|超过$|以上$")),
    ("under", re.compile(r"(?i)(?:\b(?:under|less than|fewer than|below|at most|up to|no more than|not even|not quite|"
                         r"nicht einmal|nicht ganz|keine|ni siquiera|pas même|nem sequer|"
                         r"weniger als|"
                         r"unter|höchstens|bis zu|moins d[e’']|moins de|menos de|hasta|até)"
                         r"(?: (?:a|an|ein|un|une|una|um|uma))?|<) ?[$€£¥]?$")),
]  # fmt: skip
_HEDGED_AFTER = [
    ("over", re.compile(r"(?i)\s?(?:\+|or more\b|plus\b(?! \d)|oder mehr\b|ou plus\b|o más\b|ou mais\b|以上|多|余)")),
    ("about", re.compile(r"(?i)\s(?:or so|ish|odd)\b|-?ish\b|左右|ほど|くらい|近く")),
]


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
                found.append(replace(fact, hedge=_hedge(text, fact.start)))
    for fact in _parts(text, language) if language in ("es", "pt") else ():
        if _free(fact, taken):
            taken.append((fact.start, fact.end))
            found.append(fact)
    for fact in _figures(text, language, source, taken):
        if _free(fact, taken):
            found.append(fact)
    found.sort(key=lambda fact: (fact.start, fact.end))
    found = from_start(text, [_often(counting(fact, text, language), text) for fact in shared_units(text, found)])
    if not source:
        return sized(text, found, language)
    found = [_hours(fact, text) for fact in found] if language in ("fr", "pt") else found
    more = also_eastern(text) if language in LANGUAGES else also(text, language, found)
    found = heard(text, pairs_said(text, elliptic(text, found, language, recent)), language)
    return sorted([*found, *more], key=lambda fact: (fact.start, fact.end)) if more else found


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


def _hours(fact: Fact, text: str) -> Fact:
    """ "Six heures" is a time of day as well as a span."""
    if (
        fact.dimensions == {"time"}
        and fact.value <= 24
        and text[fact.start : fact.end].lower().endswith(("heures", "horas"))
    ):
        return replace(fact, readings=(*fact.readings, (fact.value % 12 * 60, "clock")))
    return fact


_PARTS = re.compile(r"(?i)\b(?:(?P<n>[^\W\d_]+|\d) )?(?P<o>[^\W\d_]+)s? partes?\b")


def _parts(text: str, language: str) -> Iterator[Fact]:
    """ "Una quinta parte", "tres cuartas partes", "a terça parte"."""
    known = tongue(language)
    for match in _PARTS.finditer(text):
        name = match["o"].lower()
        name = name if name in known.ordinal else name.removesuffix("s")
        below = known.ordinal.get(name) or {"terça": 3.0, "terceira": 3.0, "tercera": 3.0}.get(name, 0.0)
        above = 1.0 if (match["n"] or "la").lower() in ("la", "a", "una", "uma") else read(match["n"], language)
        if above and below > max(above, 2):
            yield Fact(match.start(), match.end(), "number", above / below, ((above / below, "share"),), "", True)


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
    if source and token.text in known.scale:
        value = known.scale[token.text]  # "our first thousand"
        return at + 1, Fact(token.start, token.end, "number", value, ((value, ""),), "", True)
    following = tokens[at + 1].text if near(tokens, at + 1, text) else ""
    if token.text in known.article and following in known.part:
        whole = whole_after(text, tokens[at + 1].end, known, unit)
        if whole:
            return _of(tokens, at, 1.0 / known.part[following], whole, text)
        return at + 2, _share(tokens, at, at + 2, 1.0 / known.part[following], text)
    if (
        token.text in known.article
        and following in unit
        and unit[following][0] in (MONEY | {"time", "mass", "length", "volume"})
        and following not in known.ordinal
    ):
        half = AND_HALF.match(text, tokens[at + 1].end)
        if half or (source and unit[following][0] in (MONEY | {"time"})):
            dimension, size = unit[following]
            value = 1.5 if half else 1.0
            end = half.end() if half else tokens[at + 1].end
            return index_after(tokens, at, end), Fact(
                token.start, end, "number", value, ((value * size, dimension),), "", True
            )
    if source and token.text == "every" and following == "other":
        fact = Fact(token.start, tokens[at + 1].end, "number", 2.0, ((2.0, "ordinal"), (0.5, "share")), "", True)
        return at + 2, fact
    if token.text in known.every and following in known.ordinal:
        return at + 2, _share(tokens, at, at + 2, 1.0 / known.ordinal[following], text)
    if token.text in known.times or token.text in known.cut:
        value = known.times.get(token.text) or 1.0 / known.cut[token.text]
        reading = (value, "times") if value > 1 else (value, "share")
        return at + 1, Fact(token.start, token.end, "number", value, (reading,), _hedge(text, token.start), True)
    if token.text in known.part and known.part[token.text] == 2:
        if text[token.end : token.end + 1] == "-" and following not in unit and following not in known.scale:
            return at + 2, None  # "half-sentences"
        return _half(tokens, at, text, known, unit)
    if (
        token.text in known.ordinal
        and (known.ordinal[token.text] > 2 or source)
        and not re.match(r"\s*[,:]", text[token.end :])
    ):
        value = known.ordinal[token.text]
        readings: tuple[tuple[float, str], ...] = ((value, "ordinal"),)
        if token.text in known.part:
            readings += ((1.0 / value, "share"),)
        return at + 1, Fact(token.start, token.end, "number", value, readings, "", True)
    return at + 1, None


def _share(tokens: list[Token], at: int, after: int, value: float, text: str) -> Fact:
    start, end = tokens[at].start, tokens[after - 1].end
    return Fact(start, end, "number", value, ((value, "share"),), _hedge(text, start), True)


def _half(
    tokens: list[Token], at: int, text: str, known: Tongue, unit: dict[str, tuple[str, float]]
) -> tuple[int, Fact | None]:
    """ "Half": a share, or half of the size or the unit that follows ("half a million", "half an hour")."""
    whole = whole_after(text, tokens[at].end, known, unit)
    if whole:
        return _of(tokens, at, 0.5, whole, text)
    if tokens[at].text == "media":
        return at + 1, None  # the mean
    after = at + 1 + (near(tokens, at + 1, text) and tokens[at + 1].text in known.article)
    return at + 1, _share(tokens, at, after if after > at + 1 else at + 1, 0.5, text)


def _of(tokens: list[Token], at: int, share: float, whole: tuple[int, float, str], text: str) -> tuple[int, Fact]:
    """A part of one of a size or a unit: "a quarter of an hour", "half a million", "half a per cent"."""
    end, size, dimension = whole
    start = tokens[at].start
    value = share if dimension else share * size
    kind = "percent" if dimension == "percent" else "number"
    fact = Fact(
        start, end, "percent" if kind == "percent" else "number", value, ((share * size, dimension),),
        _hedge(text, start), True, 1 if dimension == "percent" else 0,
    )  # fmt: skip
    return index_after(tokens, at, end), fact


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
    hedge = _hedge(text, start)
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
    points, percent = _POINTS.match(text, end), _PERCENT.match(text, end)
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
        ratio = _ratio(tokens, at, after, value, text, known, unit, source)
        if ratio is not None:
            return ratio
        following = known.number.get(tokens[after].text, 0.0) if near(tokens, after, text) else 0.0
        kept = source and (value == 0 or 10 <= following < 100)  # "one forty" is 1.40
        if number.words and value <= 1 and not kept and not number.places:
            return after, None
    if re.match(r"(?:st|nd|rd|th|e|er|ème|º|ª)\b", text[end:]) and not number.words and not sign:
        tail = re.match(r"\w+|º|ª", text[end:])
        end += len(tail[0]) if tail else 0
        readings = [(value, "ordinal"), *([(1.0 / value, "share")] if value else [])]
    for name, pattern in _HEDGED_AFTER:
        if pattern.match(text, end):
            hedge = name
    return after, Fact(
        start,
        end,
        "percent" if kind == "percent" else "number",
        value,
        tuple(readings),
        hedge,
        number.words,
        number.places,
        "",
        number.scale,
    )


def _ratio(
    tokens: list[Token], at: int, after: int, value: float, text: str, known: Tongue,
    unit: dict[str, tuple[str, float]],
    source: bool,
) -> tuple[int, Fact | None] | None:  # fmt: skip
    """ "One in five", "9 out of 12", "2/3"; in a source "nine of the twelve" too."""
    start, begin = tokens[at].start, after
    if begin < len(tokens) and tokens[begin].text == "/" and text[tokens[begin - 1].end : tokens[begin].start] == "":
        after += 1
        tied = after < len(tokens) and tokens[after].start == tokens[begin].end and tokens[after].value is not None
        whole = tokens[after].value if tied else None
        if whole and value < whole <= 100:
            return after + 1, Fact(
                start,
                tokens[after].end,
                "number",
                value / whole,
                ((value / whole, "share"), (value, "part"), (whole, "whole")),
            )
        return None
    words: list[str] = []
    lone = (
        value == 1
        and near(tokens, after, text)
        and tokens[after].text not in known.among
        and tokens[after].value is None
        and tokens[after].text not in lexicon(known.language).stop  # "the first one was in fifty two"
    )
    if lone and near(tokens, after + 1, text) and tokens[after + 1].text in known.among - {"de"}:
        after += 1  # "one lift in six"
    while (
        near(tokens, after, text)
        and len(words) < 3
        and tokens[after].text
        in (
            known.among
            | {"our", "their", "my", "his", "her", "all", "unseren", "unserer", "nos", "nuestros", "nossos"}
            | {"of", "the", "out", "every", "de", "cada", "der", "von", "des", "les", "los", "las", "os", "as", "sur"}
        )
    ):
        words.append(tokens[after].text)
        after += 1
    if not words or not near(tokens, after, text):
        return None
    strict = ((words[-1] in known.among or words[-1] in ("every", "cada")) and words[-1] != "de") or words[:2] == [
        "out",
        "of",
    ]
    number = cardinal(tokens, after, text, known)
    if number is None or not 1 < number.value <= 1000 or value >= number.value or number.value != int(number.value):
        return None
    following = tokens[number.after].text if near(tokens, number.after, text) else ""
    timed = words == ["out", "of"] and unit.get(following, ("",))[0] == "time"
    measured = following in unit and not timed
    if measured or _PERCENT.match(text, tokens[number.after - 1].end) or following in known.scale:
        return None
    share = value / number.value
    readings = ((share, "share"), (value, "part"), (number.value, "whole"))
    if (strict and not (words == ["in"] and number.value > 100)) or source:
        fact = Fact(start, tokens[number.after - 1].end, "number", share, readings, _hedge(text, start), True)
        return number.after, fact
    return None


def _hedge(text: str, start: int) -> str:
    before = text[max(0, start - 26) : start]
    return next((name for name, pattern in _HEDGES if pattern.search(before)), "")
