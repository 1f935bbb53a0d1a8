"""Numbers, percentages and dates as values: what a post states and what a source says, in one form."""

import re
from collections.abc import Iterator
from dataclasses import replace

from composer.post.company import counting, elliptic, pairs_said, shared_units
from composer.post.dates import dates
from composer.post.eastern import LANGUAGES, eastern
from composer.post.fact import MONEY, Fact
from composer.post.numerals import Cardinal, Token, Tongue, cardinal, near, split, tongue, units

_PERCENT = re.compile(
    r"(?i)[\s-]?(?:%|％|percent\b|per cent\b|per-cent\b|pct\b|prozent\b|pour cent\b|por ciento\b|por cento\b)"
)
_POINTS = re.compile(
    r"(?i)[\s-]?(?:(?P<basis>basis[ -]?(?:points?|punkte)|bps\b)|percentage[ -]points?|pp\b|ppts?\b|% points|"
    r"prozentpunkten?|"
    r"points? de pourcentage|puntos? porcentual(?:es)?|pontos? percentua(?:l|is))"
)
_SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR"}
_TIGHT = {"k": 1e3, "K": 1e3, "m": 1e6, "M": 1e6, "mn": 1e6, "Mn": 1e6, "mm": 1e6, "MM": 1e6, "bn": 1e9, "Bn": 1e9,
          "B": 1e9,
          "b": 1e9, "tn": 1e12, "T": 1e12, "t": 1e12, "mio": 1e6, "Mio": 1e6, "mrd": 1e9, "Mrd": 1e9}  # fmt: skip
_EASTERN = {"万": 1e4, "億": 1e8, "亿": 1e8, "千": 1e3, "百": 1e2}
_AND_HALF = re.compile(r"(?i)\s(?:and a half|and one half|et demie?|y medi[oa]|e mei[oa])\b")
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
                         r"~|≈|±|约|大约|約|およそ|ほぼ) ?[$€£¥]?$")),
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
    ("over", re.compile(r"(?i)\s?(?:\+|or more\b|plus\b(?! \d)|oder mehr\b|ou plus\b|o más\b|ou mais\b|以上)")),
    ("about", re.compile(r"(?i)\s(?:or so|ish|odd)\b|-?ish\b|左右|ほど|くらい")),
]


def facts(text: str, language: str = "en", *, source: bool = False, before: Fact | None = None) -> list[Fact]:
    """Every figure of a text in order of place; dates take their words first.

    With `source`, what a figure might also mean is taken in: "a week", "nine of the twelve" as a share; `before` is the
    last figure said before the text.
    "One" is no figure: it is an article more often. Words of the language's table in `numerals.toml` count.
    """
    found = eastern(text, language, source=source) if language in LANGUAGES else []
    clocks = [match.span() for match in re.finditer(r"(?<!\d)\d{1,2}:\d\d(?!\d)", text)] if found else []
    found = [fact for fact in found if not any(a < fact.end and fact.start < b for a, b in clocks)]
    taken = [(fact.start, fact.end) for fact in found]
    if not source or re.search(r"\d|[A-ZÀ-Þa-zà-þ]", text):
        for fact in dates(text, language):
            if _free(fact, taken):
                taken.append((fact.start, fact.end))
                found.append(replace(fact, hedge=_hedge(text, fact.start)))
    for fact in _figures(text, language, source, taken):
        if _free(fact, taken):
            found.append(fact)
    found.sort(key=lambda fact: (fact.start, fact.end))
    found = [counting(fact, text, language) for fact in shared_units(text, found)]
    return pairs_said(text, elliptic(text, found, language, before)) if source else found


def _free(fact: Fact, taken: list[tuple[int, int]]) -> bool:
    return all(fact.end <= a or fact.start >= b for a, b in taken)


def _figures(text: str, language: str, source: bool, taken: list[tuple[int, int]]) -> Iterator[Fact]:
    tokens = split(text, language)
    known = tongue(language)
    unit = units()
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
        if (
            near(tokens, at + 2, text)
            and known.part[following] == 2
            and unit.get(tokens[at + 2].text, ("",))[0] == "time"
        ):
            return _half(tokens, at + 1, text, known, unit)
        if known.part[following] == 2 and near(tokens, at + 2, text) and tokens[at + 2].text in known.scale:
            return _half(tokens, at + 1, text, known, unit)  # "un demi-million"
        whole = re.match(r" (?:of )?(?:a |one )?([a-z]+)", text[tokens[at + 1].end :])
        if whole and known.language == "en" and known.scale.get(whole[1], 0.0) >= 1000:
            value = known.scale[whole[1]] / known.part[following]  # "a quarter of a million"
            end = tokens[at + 1].end + whole.end()
            fact = Fact(token.start, end, "number", value, ((value, ""),), _hedge(text, token.start), True)
            return _index_after(tokens, at, end), fact
        return at + 2, _share(tokens, at, at + 2, 1.0 / known.part[following], text)
    if (
        token.text in known.article
        and following in unit
        and unit[following][0] in (MONEY | {"time"})
        and following not in known.ordinal
    ):
        half = _AND_HALF.match(text, tokens[at + 1].end)
        if half or source:
            dimension, size = unit[following]
            value = 1.5 if half else 1.0
            end = half.end() if half else tokens[at + 1].end
            return _index_after(tokens, at, end), Fact(
                token.start, end, "number", value, ((value * size, dimension),), "", True
            )
    if token.text in known.every and following in known.ordinal:
        return at + 2, _share(tokens, at, at + 2, 1.0 / known.ordinal[following], text)
    if token.text in known.times or token.text in known.cut:
        value = known.times.get(token.text) or 1.0 / known.cut[token.text]
        reading = (value, "times") if value > 1 else (value, "share")
        return at + 1, Fact(token.start, token.end, "number", value, (reading,), _hedge(text, token.start), True)
    if token.text in known.part and known.part[token.text] == 2:
        return _half(tokens, at, text, known, unit)
    if token.text in known.ordinal and known.ordinal[token.text] > 2 and not re.match(r"\s*[,:]", text[token.end :]):
        value = known.ordinal[token.text]
        readings: tuple[tuple[float, str], ...] = ((value, "ordinal"),)
        if token.text in known.part:
            readings += ((1.0 / value, "share"),)
        return at + 1, Fact(token.start, token.end, "number", value, readings, "", True)
    return at + 1, None


def _index_after(tokens: list[Token], at: int, end: int) -> int:
    while at < len(tokens) and tokens[at].start < end:
        at += 1
    return at


def _share(tokens: list[Token], at: int, after: int, value: float, text: str) -> Fact:
    start, end = tokens[at].start, tokens[after - 1].end
    return Fact(start, end, "number", value, ((value, "share"),), _hedge(text, start), True)


def _half(
    tokens: list[Token], at: int, text: str, known: Tongue, unit: dict[str, tuple[str, float]]
) -> tuple[int, Fact]:
    """ "Half": a share, or half of the size or the unit that follows ("half a million", "half an hour")."""
    begin, after = at, at + 1
    if near(tokens, after, text) and tokens[after].text in known.article:
        after += 1
    if near(tokens, after, text):
        word = tokens[after].text
        if word in known.scale:
            value = known.scale[word] / 2
            fact = Fact(
                tokens[begin].start,
                tokens[after].end,
                "number",
                value,
                ((value, ""),),
                _hedge(text, tokens[at].start),
                True,
            )
            return after + 1, fact
        if word in unit and unit[word][0] == "time":
            value = unit[word][1] / 2
            return after + 1, Fact(tokens[begin].start, tokens[after].end, "number", 0.5, ((value, "time"),), "", True)
    return at + 1, _share(tokens, begin, at + 1, 0.5, text)


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
        readings = [(value, _SIGNS[sign["s"]] if sign["s"] else country)]
    part = _FRACTIONS.get(text[end : end + 1])
    if part is not None and number.places == 0 and not number.words:
        value, end = value + part, end + 1
        readings = [(value, readings[0][1])]
    extra = _AND_HALF.match(text, end)
    if extra and number.places == 0:
        size = (
            tokens[_index_after(tokens, at, extra.end())].text
            if _index_after(tokens, at, extra.end()) < len(tokens)
            else ""
        )
        value, end, after = value + 0.5 * number.scale, extra.end(), _index_after(tokens, at, extra.end())
        if size in known.scale and near(tokens, after, text):
            value, end, after = value * known.scale[size], tokens[after].end, after + 1
        readings = [(value, readings[0][1])]
    if not number.words or sign:
        value, end, after, readings = _tight(value, end, after, readings, text)
    points, percent = _POINTS.match(text, end), _PERCENT.match(text, end)
    if points:
        kind, end = "percent", points.end()
        readings = [(value / (100 if points["basis"] else 1), "point")]
    elif percent:
        kind, end = "percent", percent.end()
        readings = [(value, "percent")]
    else:
        end, after, readings, value = _united(tokens, value, end, after, readings, text, known, unit, number)
    after = max(after, _index_after(tokens, at, end))
    if kind == "number" and len(readings) == 1 and readings[0][1] == "":
        ratio = _ratio(tokens, at, after, value, text, known, unit, source)
        if ratio is not None:
            return ratio
        following = known.number.get(tokens[after].text, 0.0) if near(tokens, after, text) else 0.0
        kept = source and (value == 0 or 10 <= following < 100)  # "one forty" is 1.40
        if number.words and value <= 1 and not kept:
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


def _tight(
    value: float, end: int, after: int, readings: list[tuple[float, str]], text: str
) -> tuple[float, int, int, list[tuple[float, str]]]:
    """Letters written on to the digits: 8B, 600k, 2.5x, 15万."""
    dimension = readings[0][1]
    east = _EASTERN.get(text[end : end + 1])
    if east:
        return value * east, end + 1, after, [(value * east, dimension)]
    tail = re.match(r"(\s?)([A-Za-z×]{1,3})(?![\w'’])([€$£])?", text[end:])
    if tail and tail[3] and tail[2] in _TIGHT:
        return value * _TIGHT[tail[2]], end + len(tail[0]), after + 2, [(value * _TIGHT[tail[2]], _SIGNS[tail[3]])]
    if not tail:
        return value, end, after, readings
    word = tail[2]
    if word in ("x", "X", "×") and tail[1] and re.match(r"\s?\d", text[end + len(tail[0]) :]):
        return value, end, after, readings  # 2 x 3 m
    if word in ("x", "X", "×"):
        return value, end + len(tail[0]), after + 1, [(value, "times")]
    if word in _TIGHT and (not tail[1] or dimension or word in ("bn", "Bn", "mn", "Mn", "Mio", "Mrd", "mio", "mrd")):
        scaled = value * _TIGHT[word]
        more = [(scaled, dimension)]
        if word in ("m", "mm") and not dimension:
            more += [(value, "length") if word == "m" else (value / 1000, "length")] + (
                [(value * 60, "time")] if word == "m" else []
            )
        if word == "t" and not dimension:
            more.append((value * 1000, "mass"))
        return scaled, end + len(tail[0]), after + 1, more
    if word == "m" and tail[1] and not dimension:
        return value, end + len(tail[0]), after + 1, [(value, "length")]
    return value, end, after, readings


def _united(
    tokens: list[Token], value: float, end: int, after: int, readings: list[tuple[float, str]], text: str,
    known: Tongue,
    unit: dict[str, tuple[str, float]], number: Cardinal,
) -> tuple[int, int, list[tuple[float, str]], float]:  # fmt: skip
    """The unit after a number, and what may follow it: "seven pounds fifty", "3 euros and 20 cents"."""
    if len(readings) > 1 or not (near(tokens, after, text) and tokens[after].start - end <= 1):
        return end, after, readings, value
    word = tokens[after].text
    if word in known.by or (word in ("mal", "fach") and known.language == "de"):
        return tokens[after].end, after + 1, [(value, "times")], value
    if word in known.part and value >= 1 and word != "second":
        share = value / known.part[word]
        if (
            known.part[word] == 2
            and value == 1
            and near(tokens, after + 1, text)
            and tokens[after + 1].text in known.scale
        ):
            size = known.scale[tokens[after + 1].text] / 2  # "un demi-million"
            return tokens[after + 1].end, after + 2, [(size, "")], size
        of = re.match(r"(?i) (?:of an?|einer?|d['’]une?) ([^\W\d_]+)", text[tokens[after].end :])
        if of and of[1].lower() in unit:
            dimension, size = unit[of[1].lower()]
            return tokens[after].end + of.end(), after + 3, [(share * size, dimension)], share
        if share < 5 and not readings[0][1]:
            return tokens[after].end, after + 1, [(share, "share")], share
    if (
        word in ("cubic", "square", "us", "nautical")
        and near(tokens, after + 1, text)
        and tokens[after + 1].text in unit
    ):
        dimension, size = unit[tokens[after + 1].text]
        square = word == "square" and dimension == "length"
        area = (value * size * size, "area") if square else (value, word)
        return tokens[after + 1].end, after + 2, [area], value
    if (
        word not in unit
        or word in known.article
        or (len(word) == 1 and number.words and word.isascii())
        or readings[0][1] in MONEY
    ):
        return end, after, readings, value
    if word in known.ordinal and text[end : tokens[after].start] == " " and value != 1 and word == "second":
        return end, after, readings, value
    dimension, size = unit[word]
    end, after = tokens[after].end, after + 1
    if (
        dimension == "length"
        and near(tokens, after, text)
        and re.match(r"(?:quadrad|cuadrad|carré)", tokens[after].text)
    ):
        return tokens[after].end, after + 1, [(value * size * size, "area")], value
    if (
        near(tokens, after, text)
        and dimension == "power"
        and tokens[after].text in ("hours", "hour", "stunden", "heures", "horas")
    ):
        return tokens[after].end, after + 1, [(value * size, "energy")], value
    half = _AND_HALF.match(text, end)
    if half and number.places == 0:
        value += 0.5
        end, after = half.end(), _index_after(tokens, after, half.end())
    if dimension in MONEY and size == 1:
        minor = _minor(tokens, after, text, known, unit)
        if minor is not None:
            value, after = value + minor[0] / 100, minor[1]
            end = tokens[after - 1].end
    found = [(value * size, dimension)]
    if word in ("pound", "pounds", "pfund", "livre", "livres"):
        found.append((value * 0.4536, "mass"))
    return end, after, found, value


def _minor(
    tokens: list[Token], at: int, text: str, known: Tongue, unit: dict[str, tuple[str, float]]
) -> tuple[float, int] | None:
    """The cents after a sum: "fifty", "and 20 cents". None where a number there counts something else."""
    joined = near(tokens, at, text) and tokens[at].text == known.join
    at += joined
    if not near(tokens, at, text):
        return None
    number = cardinal(tokens, at, text, known)
    if number is None or not 1 <= number.value < 100 or number.places or number.scale != 1.0:
        return None
    named = near(tokens, number.after, text) and tokens[number.after].text in unit
    cents = named and unit[tokens[number.after].text][1] == 0.01
    if (named and not cents) or (joined and not cents and known.language not in ("es", "pt")):
        return None
    return number.value, number.after + cents


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
    )
    if lone and near(tokens, after + 1, text) and tokens[after + 1].text in known.among - {"de"}:
        after += 1  # "one lift in six"
    while (
        near(tokens, after, text)
        and len(words) < 3
        and tokens[after].text
        in (
            known.among
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
    if following in unit or _PERCENT.match(text, tokens[number.after - 1].end) or following in known.scale:
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
