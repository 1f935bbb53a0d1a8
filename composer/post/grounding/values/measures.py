"""What stands right after a number: letters written on to it, its unit, and what may follow that."""

import re

from composer.post.grounding.values.fact import MONEY
from composer.post.grounding.values.numerals import Cardinal, Tongue, cardinal, near
from composer.post.grounding.values.tokens import Token

SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR"}
_TIGHT = {"k": 1e3, "K": 1e3, "m": 1e6, "M": 1e6, "mn": 1e6, "Mn": 1e6, "mm": 1e6, "MM": 1e6, "bn": 1e9, "Bn": 1e9,
          "B": 1e9,
          "b": 1e9, "tn": 1e12, "T": 1e12, "t": 1e12, "mio": 1e6, "Mio": 1e6, "mrd": 1e9, "Mrd": 1e9}  # fmt: skip
AND_HALF = re.compile(r"(?i)(?:\s(?:and an? half|and one half|et demie?|y medi[oa]|e mei[oa])|-and-a-half)\b")
_EASTERN = {"万": 1e4, "億": 1e8, "亿": 1e8, "千": 1e3, "百": 1e2}


def index_after(tokens: list[Token], at: int, end: int) -> int:
    """The index of the first token from `at` on that begins at offset `end` or later."""
    while at < len(tokens) and tokens[at].start < end:
        at += 1
    return at


def tight(
    value: float, end: int, after: int, readings: list[tuple[float, str]], text: str
) -> tuple[float, int, int, list[tuple[float, str]]]:
    """Letters written on to the digits: 8B, 600k, 2.5x, 15万."""
    dimension = readings[0][1]
    east = _EASTERN.get(text[end : end + 1])
    if east:
        return value * east, end + 1, after, [(value * east, dimension)]
    tail = re.match(r"(\s?)([A-Za-z×]{1,3})(?![\w'’])([€$£])?", text[end:])
    if tail and tail[3] and tail[2] in _TIGHT:
        return value * _TIGHT[tail[2]], end + len(tail[0]), after + 2, [(value * _TIGHT[tail[2]], SIGNS[tail[3]])]
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


PERCENT = re.compile(
    r"(?i)[\s-]?(?:%|％|percent\b|per cent\b|per-cent\b|pct\b|prozent\b|pour cent\b|por ciento\b|por cento\b)"
)
POINTS = re.compile(
    r"(?i)[\s-]?(?:(?P<basis>basis[ -]?(?:points?|punkte)|bps\b)|percentage[ -]points?|pp\b|ppts?\b|% points|"
    r"prozentpunkten?|"
    r"points? de pourcentage|puntos? porcentual(?:es)?|pontos? percentua(?:l|is))"
)
# "Half an hour", "ein halbes Prozent", "un quart d'heure", "trois quarts d'heure", "media hora".
_OF_WHOLE = re.compile(
    r"(?i)(?:[ -]?(?P<p>(?:a |an |one |of a |of one |de )?(?:%|per ?cent\b|percent\b|prozent\b|pour cent\b|"
    r"por ciento\b|por cento\b))|[ -](?:of an? |of one |an? |one |einer? |eines |d['’](?:une? )?|de |do |da )?"
    r"(?P<w>[^\W\d_]+))"
)


def whole_after(
    text: str, end: int, known: Tongue, unit: dict[str, tuple[str, float]]
) -> tuple[int, float, str] | None:
    """What a part is of, where that is one of a size or a unit: where it ends, its size and its dimension."""
    whole = _OF_WHOLE.match(text, end)
    if not whole:
        return None
    if whole["p"]:
        return whole.end(), 1.0, "percent"
    name = whole["w"].lower()
    if name in known.scale and (known.scale[name] >= 100 or name not in unit):
        return whole.end(), known.scale[name], ""
    if name in unit and name not in known.article and len(name) > 1:
        dimension, size = unit[name]
        return whole.end(), size, dimension
    return None


def united(
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
    if word in known.part and value >= 1 and word != "second" and not number.places:
        share = value / known.part[word]
        whole = whole_after(text, tokens[after].end, known, unit)
        if whole:
            last, size, dimension = whole
            said = share * size if not dimension else share
            return last, index_after(tokens, after, last), [(share * size, dimension)], said
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
    if text[tokens[after].start : tokens[after].end] == "mW":
        size = 1e-3
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
        and tokens[after].text in ("hours", "hour", "stunden", "stunde", "heures", "heure", "horas", "hora")
    ):
        return tokens[after].end, after + 1, [(value * size, "energy")], value
    half = AND_HALF.match(text, end)
    if half and number.places == 0:
        value += 0.5
        end, after = half.end(), index_after(tokens, after, half.end())
    if dimension in MONEY and size == 1:
        small = minor(tokens, after, text, known, unit)
        if small is not None:
            value, after = value + small[0] / 100, small[1]
            end = tokens[after - 1].end
    found = [(value * size, dimension)]
    if word in ("pound", "pounds", "pfund", "livre", "livres", "libra", "libras"):
        found.append((value * (0.4536 if word.startswith("pound") else 0.5), "mass"))
    return end, after, found, value


def minor(
    tokens: list[Token], at: int, text: str, known: Tongue, unit: dict[str, tuple[str, float]]
) -> tuple[float, int] | None:
    """The cents after a sum: "fifty", "and 20 cents". None where a number there counts something else."""
    joined = near(tokens, at, text) and tokens[at].text in (known.join, "con" if known.language == "es" else known.join)
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
