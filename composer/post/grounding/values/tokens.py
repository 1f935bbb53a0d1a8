"""A text as what figures are read from: numbers in digits, words and signs of measure."""

import re
from dataclasses import dataclass

# A number in digits, a word, or a sign that may stand beside a number. A plain space groups digits outside English.
_DIGITS = r"\d{1,3}(?:(?P<g>[,.\u202f\u00a0'’])\d{3})(?:(?P=g)\d{3})*(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)?"
_SPACED = r"\d{1,3}(?: \d{3})+(?!\d)(?:[.,]\d+)?"
_REST = r"[^\W\d_]+(?:['’](?=s\b))?|[%％€$£¥₹°~≈×/]"
# "3e-4", "10^6", "10⁻³": what stands behind digits as a power of ten.
_POWER = re.compile(r"[eE]([-−–+]?\d{1,2})(?![\w.,]\d|\w)")
_RAISED = re.compile(r"\^([-−–]?\d{1,2})(?!\d)|([⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2})")
_SUPER = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_TOKEN = {
    False: re.compile(rf"(?P<num>(?<!\d)(?:{_DIGITS}))|(?P<word>{_REST})"),
    True: re.compile(rf"(?P<num>(?<!\d)(?:{_SPACED}|{_DIGITS}))|(?P<word>{_REST})"),
}


@dataclass(frozen=True, slots=True)
class Token:
    """A number in digits, a word in lower case, or a sign. `value` is set for digits; `places` counts decimals."""

    start: int
    end: int
    text: str
    value: float | None
    places: int


def _groups(text: str) -> bool:
    """Whether an English text parts thousands with a blank: "48 000"."""
    return " 000" in text and re.search(r"(?<![\d.,])\d{1,3}(?: \d{3})* 000\b(?![.,]\d)", text) is not None


def split(text: str, language: str) -> list[Token]:
    """The tokens of a text; what is neither number, word nor a sign of measure lies between them."""
    found: list[Token] = []
    for match in _TOKEN[_groups(text) or language not in ("en", "und", "zh", "ja")].finditer(text):
        if match["num"]:
            if found and match.start() < found[-1].end:
                continue  # the 4 of "3e-4"
            value, places = digits(match["num"])
            end, value, places = _power(text, match.end(), value, places)
            found.append(Token(match.start(), end, match["num"], value, places))
        elif found and match.start() < found[-1].end:
            continue
        else:
            found.append(Token(match.start(), match.end(), match["word"].lower(), None, 0))
    return found


def _power(text: str, end: int, value: float, places: int) -> tuple[int, float, int]:
    """Digits with a power of ten behind them as one value: 3e-4, 10^6, 2 × 10⁻³."""
    if match := _POWER.match(text, end):
        return match.end(), float(f"{value:.10g}e{int(match[1].replace('−', '-').replace('–', '-'))}"), 0
    if value == 10 and (match := _RAISED.match(text, end)):
        exponent = int((match[1] or match[2].translate(_SUPER)).replace("−", "-").replace("–", "-"))
        return match.end(), float(f"1e{exponent}"), 0
    return end, value, places


def digits(text: str) -> tuple[float, int]:
    """The value of digits with marks between them, and its decimals: a mark before just three digits groups."""
    marks = re.findall(r"[^\d]", text)
    if not marks:
        return float(text), 0
    last = re.split(r"[^\d]", text)[-1]
    lone_point = len(marks) == 1 and marks[0] == "." and text.split(".")[0] == "0"
    if len(last) == 3 and not lone_point and len(set(marks)) == 1:
        return float(re.sub(r"[^\d]", "", text)), 0
    whole, _, part = text.rpartition(marks[-1])
    return float(re.sub(r"[^\d]", "", whole) + "." + part), len(part)
