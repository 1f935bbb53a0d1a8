"""Cardinal numbers in words and digits, in the languages of `resources/numerals.toml`."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache

from composer.paths import resource
from composer.post.grounding.values.tokens import Token, split

# Size words cut short, with a point that ends no sentence.
_SHORT = ("mio", "mrd", "tsd", "mill")


@dataclass(frozen=True, slots=True)
class Tongue:
    """The words for figures in one language: values by word."""

    number: dict[str, float]
    scale: dict[str, float]
    alone: frozenset[str]
    part: dict[str, float]
    cut: dict[str, float]
    times: dict[str, float]
    ordinal: dict[str, float]
    decade: dict[str, float]
    article: frozenset[str]
    by: frozenset[str]
    among: frozenset[str]
    every: frozenset[str]
    range: frozenset[str]
    negation: frozenset[str]
    join: str
    point: frozenset[str]
    language: str


@cache
def _tables() -> dict[str, dict[str, str]]:
    return tomllib.loads(resource("numerals.toml").read_text(encoding="utf-8"))


def _pairs(text: str) -> dict[str, float]:
    return {word: float(value) for word, value in (pair.split("=") for pair in text.split())}


@lru_cache(maxsize=16)
def tongue(language: str) -> Tongue:
    """The words of a language (a BCP 47 tag); English where there is no table."""
    tag = language.split("-")[0].lower()
    table = _tables().get(tag) or _tables()["en"]

    def some(key: str) -> frozenset[str]:
        return frozenset(table[key].split())

    return Tongue(
        _pairs(table["number"]), _pairs(table["scale"]), some("alone"), _pairs(table["part"]), _pairs(table["cut"]),
        _pairs(table["times"]), _pairs(table["ordinal"]), _pairs(table["decade"]), some("article"), some("by"),
        some("among"), some("every"), some("range"), some("not"), table["and"], some("point"),
        tag if tag in _tables() else "en",
    )  # fmt: skip


@cache
def uncounted() -> frozenset[str]:
    """Words that may follow a number without being counted by it: "eleven today"."""
    return frozenset(_tables()["adverbs"]["after"].split())


@cache
def cues(name: str) -> frozenset[str]:
    """The words by which a figure is told to be worked out: `less_before`, `less_after`, `total` or `later`."""
    return frozenset(word.replace("_", " ") for word in _tables()["cues"][name].split())


def cues_in_signs(name: str) -> str:
    """The same in characters, for languages without blanks."""
    return _tables()["cues"].get(f"{name}_signs", "〓")


@cache
def units() -> dict[str, tuple[str, float]]:
    """Dimension and size of every unit word: `km` is ("length", 1000)."""
    found: dict[str, tuple[str, float]] = {}
    for key, words in _tables()["units"].items():
        dimension, size = key.split()
        for word in words.split():
            found.setdefault(word, (dimension, float(size)))
    return found


# Units of one language that are small words in another: "2017 an der Spitze".
_ONLY = {"an": "fr", "ton": "en", "pie": "es", "tag": "de"}


@cache
def units_in(language: str) -> dict[str, tuple[str, float]]:
    """The units without those that mean something else in a language."""
    return {word: unit for word, unit in units().items() if _ONLY.get(word, language) == language}


@dataclass(frozen=True, slots=True)
class Cardinal:
    """A number read from tokens: value, the index after its last token, whether in words, decimals, its size word."""

    value: float
    after: int
    words: bool
    places: int
    scale: float = 1.0


def near(tokens: list[Token], at: int, text: str) -> bool:
    """Whether token `at` stands right after the one before: a blank or a hyphen between them at most."""
    if not 0 < at < len(tokens):
        return False
    between = text[tokens[at - 1].end : tokens[at].start]
    return (
        between in ("", " ", "-", "\u00a0", "\u202f", "‑")
        or (between in (". ", ".\u00a0") and tokens[at - 1].text in _SHORT)
        or (between == " - " and tokens[at - 1].text.endswith("ty"))
    )  # "ninety - three", as some transcripts have it


def cardinal(tokens: list[Token], at: int, text: str, known: Tongue) -> Cardinal | None:
    """The number that begins at token `at`, or None."""
    first = tokens[at]
    if first.value is not None:
        return _scaled(tokens, Cardinal(first.value, at + 1, False, first.places), text, known)
    if first.text in known.article:
        following = tokens[at + 1].text if near(tokens, at + 1, text) else ""
        if following in known.scale and not (known.language == "en" and following == "grand"):
            return _scaled(tokens, Cardinal(1.0, at + 1, True, 0), text, known)
        if first.text not in known.number:
            return None
    return _spelled(tokens, at, text, known)


def _scaled(tokens: list[Token], found: Cardinal, text: str, known: Tongue) -> Cardinal:
    value, at, scale = found.value, found.after, 1.0
    while near(tokens, at, text) and tokens[at].text in known.scale:
        if tokens[at].text in known.alone and known.scale[tokens[at].text] < scale:
            break  # "un million cent mille": a new number
        scale *= known.scale[tokens[at].text]
        at += 1
    rest = _rest(tokens, at, text, known, scale) if scale >= 100 and found.words else None
    if rest is not None:
        value, at, scale = value * scale + rest.value, rest.after, 1.0
        while near(tokens, at, text) and tokens[at].text in known.scale:
            scale *= known.scale[tokens[at].text]
            at += 1
        return Cardinal(value * scale, at, True, 0, scale)
    return Cardinal(value * scale, at, found.words, found.places, scale)


def _rest(tokens: list[Token], at: int, text: str, known: Tongue, below: float) -> Cardinal | None:
    """What may be added to a round number: "a hundred and twenty"."""
    if near(tokens, at, text) and tokens[at].text == known.join:
        at += 1
    if not near(tokens, at, text) or tokens[at].value is not None:
        return None
    # "A thousand and a day", but "one thousand one hundred".
    size = known.scale.get(tokens[at + 1].text, below) if near(tokens, at + 1, text) else below
    if tokens[at].text in known.article and size >= below:
        return None
    rest = _spelled(tokens, at, text, known, below)
    return rest if rest is not None and 0 < rest.value < below else None


def _spelled(tokens: list[Token], at: int, text: str, known: Tongue, below: float = float("inf")) -> Cardinal | None:
    """A number in words from token `at`; its size words are smaller than `below`."""
    total, current, begun = 0.0, 0.0, at
    started, largest = False, 1.0
    while at < len(tokens) and (at == begun or near(tokens, at, text)):
        word = tokens[at].text
        value = known.number.get(word)
        if value is None and known.language == "en" and word.endswith("s") and current % 100 >= 20:
            value = known.number.get(word[:-1])  # "over-sixty-fives"
        if value is None:
            value = _compound(word) if known.language == "de" else None
        if value is not None and started and known.language == "de" and word in known.article:
            break  # "zweitausendzwanzig einen Wasserschaden"
        if value is not None:
            if known.language == "fr" and value == 20 and current % 100 == 4:
                value = 76.0  # quatre-vingts: four becomes eighty
            elif started and not _adds(current, value, known.language):
                break
            current, started = current + value, True
            if known.language == "de" and value >= 1000 and value % 1000 == 0:
                largest = 1000.0
        elif word in known.scale and known.scale[word] < below and (started or word in known.alone):
            scale = known.scale[word]
            largest = max(largest, scale)
            if scale == 12 and total and not current:  # "nove mil dúzias"
                total, current = total * scale, 0.0
            else:
                current = (current or 1.0) * scale
            if scale >= 1000:
                total, current = total + current, 0.0
            started = True
        elif word == known.join and started and at + 1 < len(tokens) and near(tokens, at + 1, text):
            value = known.number.get(tokens[at + 1].text)
            low = current if current else total
            if value is None or not _joins(low, value, known.language):
                break
        elif word in known.point and started and at + 1 < len(tokens) and near(tokens, at + 1, text):
            return _decimal(tokens, at + 1, text, known, total + current, at)
        else:
            break
        at += 1
    return (
        Cardinal(total + current, at, True, 0, largest if 2 * (total + current) % largest == 0 else 1.0)
        if started
        else None
    )


def _adds(current: float, value: float, language: str) -> bool:
    if current == 0:
        return True
    if current % 100 == 0:
        return value < 100
    if language == "fr" and current % 100 in (60, 80):
        return value < 20
    if language == "fr" and current % 100 == 10:
        return 7 <= value <= 9
    return current % 10 == 0 and current % 100 >= 20 and 0 < value < 10


def _joins(current: float, value: float, language: str) -> bool:
    if language == "pt" and current >= 1000 and current % 1000 == 0:
        return value < 1000
    if language in ("es", "pt"):
        return _adds(current, value, language) and (value < 10 or language == "pt")
    if language == "fr":
        return value in (1, 11) and current % 100 in (20, 30, 40, 50, 60)
    return current >= 100 and current % 100 == 0 and value < 100


def _decimal(tokens: list[Token], at: int, text: str, known: Tongue, whole: float, point: int) -> Cardinal:
    """ "Four point seven million": the digits after the point, one or more words."""
    after = ""
    while at < len(tokens) and near(tokens, at, text):
        token = tokens[at]
        if token.value is not None and token.places == 0 and token.value < 100:
            after += token.text
        elif token.text in ("oh",):
            after += "0"
        elif token.text in known.number and known.number[token.text] < 100:
            value = known.number[token.text]
            after += f"{value:.0f}"
        else:
            break
        at += 1
    if not after:
        return Cardinal(whole, point, True, 0)
    found = Cardinal(float(f"{whole:.0f}.{after}"), at, False, len(after))
    scaled = _scaled(tokens, found, text, known)
    return Cardinal(scaled.value, scaled.after, True, len(after), scaled.scale)


def read(words: str, language: str) -> float | None:
    """The value of words that are one whole number, cardinal or ordinal, or digits; None where they are not."""
    known = tongue(language)
    low = words.lower().strip()
    if low.isdigit():
        return float(low)
    tokens = split(low, language)
    if not tokens:
        return None
    found = cardinal(tokens, 0, low, known)
    if found is not None and found.after == len(tokens):
        return found.value
    return ordinal(low, language)


def ordinal(words: str, language: str) -> float | None:
    """The value of an ordinal in words, "dreiundzwanzigsten", "dix-septième", "twenty-first"; None for others."""
    known = tongue(language)
    low = words.lower().strip()
    if low in known.ordinal:
        return known.ordinal[low]
    first, _, last = low.replace(" ", "-").rpartition("-")
    unit = known.ordinal.get(last) or (_french(last) if known.language == "fr" else None)
    if first and unit is not None and 0 < unit < 20:
        ten = read(first.replace("-et", "").replace("-", " "), language)
        return ten + unit if ten is not None and ten >= 10 and ten % 10 == 0 else None
    if known.language == "de":
        stem = re.fullmatch(r"(\w{3,}?)s?te[nrsm]?", low)
        if stem:
            return known.number.get(stem[1]) or _compound(stem[1])
    return _french(low) if known.language == "fr" and not first else None


def _french(word: str) -> float | None:
    """ "Septième": the cardinal with -ième."""
    if not word.endswith(("ième", "ièmes")):
        return None
    number = tongue("fr").number
    bare = {"cinqu": "cinq", "neuv": "neuf"}.get(word.rstrip("s")[:-4], word.rstrip("s")[:-4])
    return number.get(bare) or number.get(bare + "e")


_GERMAN = re.compile(r"^(?:(?P<k>.*)tausend)?(?:(?P<h>.*?)hundert)?(?:und)?(?P<r>.*)$")
_TENS = re.compile(r"^(?P<one>\w+)und(?P<ten>\w+(?:zig|ßig|ssig))$")


@lru_cache(maxsize=4096)
def _compound(word: str) -> float | None:
    """A German number written as one word: zweiundvierzig, dreitausendfünfhundert."""
    if not re.search(r"zig|ßig|ssig|hundert|tausend|zehn|einhalb", word) or len(word) > 60:
        return None
    number = tongue("de").number
    if word in number:
        return number[word]
    if word.endswith("einhalb"):
        whole = number.get(word[:-7]) or (_compound(word[:-7]) if word[:-7] else None)
        return whole + 0.5 if whole is not None else None
    tens = _TENS.match(word)
    if tens and "hundert" not in word and "tausend" not in word:
        one, ten = number.get(tens["one"]), number.get(tens["ten"])
        return one + ten if one is not None and ten is not None and one < 10 else None
    match = _GERMAN.match(word)
    if not match or (match["k"] is None and match["h"] is None):
        return None
    total = 0.0
    for part, size in ((match["k"], 1000.0), (match["h"], 100.0)):
        if part is not None:
            inner = 1.0 if part == "" else number.get(part, _compound(part))
            if inner is None:
                return None
            total += inner * size
    rest = match["r"]
    if rest:
        inner = number.get(rest, _compound(rest))
        if inner is None or inner >= 100:
            return None
        total += inner
    return total
