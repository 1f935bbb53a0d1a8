"""The words of a text by which a post and its source are compared: stems with their places, and names."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

from composer.evidence.words import lexicon
from composer.paths import resource

WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
KANA = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
_HAN_RUN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+|[\u30a0-\u30ff]+")


def _words(name: str) -> frozenset[str]:
    """A list of words of `resources/names.toml`."""
    return frozenset(tomllib.loads(resource("names.toml").read_text(encoding="utf-8"))[name].split())


# What parts a clause from the next counts as this many words more.
_PART = 3


def fold(word: str) -> str:
    """Lower case without accents, apostrophes straight."""
    low = word.lower().replace("’", "'")
    if low.isascii():
        return low
    return "".join(c for c in unicodedata.normalize("NFKD", low) if not unicodedata.combining(c))


@lru_cache(maxsize=65536)
def stem(word: str, language: str = "en") -> str:
    """Inflected forms meet: endings off, then six letters; so do words that say much the same. "Costing", "costs" and
    "price" are one."""
    table, low = related(language), fold(word)
    short = _short(low, language)
    return table.get("=" + low) or table.get(short, short)


def plain_stem(word: str, language: str = "en") -> str:
    """The stem of a word by itself, whatever else says much the same."""
    return _short(fold(word), language)


def _short(low: str, language: str) -> str:
    if language == "de":
        low = re.sub(r"^ge(?=.{4,}(?:t|en)$)", "", low)
    if len(low) > 4:
        bare = re.sub(r"(?:ing|ed|es|s|en|er|ern|e|n|y|ies)$", "", low)
    else:
        bare = re.sub(r"s$", "", low) if len(low) > 3 else low
    return re.sub(r"(.)\1$", r"\1", bare)[:6]


@cache
def related(language: str) -> dict[str, str]:
    """What stands for words that say much the same, by stem, and by "=" and the whole word, which goes first:
    "founded" is begun, "found" is not."""
    table = tomllib.loads(resource("related.toml").read_text(encoding="utf-8"))
    found: dict[str, str] = {}
    for nth, line in enumerate(table.get(language, "").splitlines()):
        words = [fold(word) for word in line.split()]
        for word in words:
            found.setdefault("=" + word, f"{nth}:{words[0]}")
            found.setdefault(_short(word, language), f"{nth}:{words[0]}")
    return found


def content(text: str, language: str) -> list[tuple[str, int, int]]:
    """(stem or "", offset, place) of every word of a text: "" for a stop word or a figure."""
    stop = lexicon(language).stop
    found: list[tuple[str, int, int]] = []
    place, last = 0, 0
    if KANA.search(text):
        for run in _HAN_RUN.finditer(text):
            place += 1 + (_PART if re.search(r"[、，,;]", text[last : run.start()]) else 0)
            last = run.end()
            word = run.group()
            for at in range(max(1, len(word) - 1)):
                found.append((word[at : at + 2], run.start() + at, place))
                place += 1
        return found
    for match in WORD.finditer(text):
        place += 1
        between = text[last : match.start()]
        if re.search(r"[,;:()–—.!?]|\s-\s|…", between):
            place += 1 if ":" in between else _PART if re.search(r"[,()]", between) else 3 * _PART
        last = match.end()
        word = match.group()
        low = word.lower().replace("’", "'")
        base = re.sub(r"'s?$", "", low)
        if low in CONJUNCTIONS:
            place += _PART
        if not base[:1].isalpha() or (len(base) < (4 if base in stop else 3) and base not in _TELLING):
            found.append(("", match.start(), place))
            continue
        offset = match.start()
        for part in re.split(r"[-.']", base):
            if len(part) > 2:
                found.append((stem(part, language), offset, place))
            offset += len(part) + 1
    return found


# Short words that tell two figures of one sentence apart.
_TELLING = _words("telling")
CONJUNCTIONS = _words("conjunctions")
# Words that set two figures against each other count in full, though they are stop words.
CONTRAST = _words("contrast")


@cache
def contrasts(language: str) -> frozenset[str]:
    """The words that set two figures against each other, cut as `content` cuts them."""
    return frozenset(stem(word, language) for word in CONTRAST)


_CAPITAL_RUN = re.compile(
    r"(?<![\w’'])[A-ZÀ-ÖØ-Þ][\w’'&-]*(?:[ ](?:(?:de|da|van|von|of|der|la|le|&)[ ])?[A-ZÀ-ÖØ-Þ][\w’'&-]*)*"
)


CALENDAR = _words("calendar")


def capitals(text: str) -> Iterator[tuple[tuple[str, ...], int]]:
    """Runs of capitalised words inside a sentence, folded, with their offsets; the first word only in a longer run."""
    for match in _CAPITAL_RUN.finditer(text):
        words = [re.sub(r"['’]s$|-+$", "", word) for word in match.group().split()]
        before = text[: match.start()].rstrip(" \t\"“„«'‘(")
        opens = not before or before[-1] in ".!?:…"
        if len(words) == 1 and (opens or fold(words[0]) in CALENDAR or len(words[0]) < 2):
            continue
        yield tuple(fold(word) for word in words), match.start()


# Letters that are heard alike, as in Soundex (Russell and Odell, US patent 1,261,167): vowels, h, w and y fall away.
_CLASSES = str.maketrans({c: k for k, letters in {
    "1": "bfpv", "2": "cgjkqsxzß", "3": "dt", "4": "l", "5": "mn", "6": "r", "": "aeiouyhwäöü-'",
}.items() for c in letters})  # fmt: skip


@lru_cache(maxsize=65536)
def sound(low: str) -> str:
    """How a folded word sounds: its consonants by class."""
    return re.sub(r"(.)\1+", r"\1", low.translate(_CLASSES))
