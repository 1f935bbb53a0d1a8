"""Where a text without full stops may be cut: never within a figure, in Chinese and Japanese at what opens a clause."""

import itertools
import re
from functools import cache

from composer.post.grounding.source.terms import KANA
from composer.post.grounding.values.numerals import tongue

# So many characters of a text without blanks are a stretch, and so many at the most.
_LONG, _MOST = 28, 60
# Number words that are English words as well.
_ENGLISH = frozenset("six once elf cent cents million billion double triple mil second no dos as den".split())  # noqa: SIM905
_CLAUSE = re.compile(
    r"(?<![\d〇零一二三四五六七八九])[，,、；;\s]+|[，,、；;\s]+(?![\d〇零一二三四五六七八九])|(?=(?:然后|后来|所以|但是|可是|因为|不过|于是|而且|还有就是|现在|去年|今年|当时|那时候|第[一二三四五]年|"
    r"有一次|我们|结果|其实|最后)|(?:それで|そして|だから|ただ|最初|今は|去年|その後|次に|一本目|二本目|それから))|"
    r"(?<=けど)|(?<=ですが)|(?<=ました)(?=[^かよねがのけっら])|(?<=んです)(?=[^かよねがけ])"
)
_FIGURE = re.compile(r"[\d〇零一二两三四五六七八九十百千万亿億点.．]")


def unspaced(text: str) -> bool:
    """Whether a text is Chinese or Japanese, for the most part."""
    return len(KANA.findall(text)) > len(text) / 3


def stretches(text: str) -> list[str]:
    """A Chinese or Japanese text without full stops as stretches of some thirty characters."""
    out: list[str] = []
    held = ""
    cuts = [0, *(match.end() for match in _CLAUSE.finditer(text)), len(text)]
    for start, end in itertools.pairwise(sorted(set(cuts))):
        part = text[start:end]
        if held and len(held) + len(part) > _LONG:
            out.append(held)
            held = ""
        held += part
        while len(held) > _MOST:
            at = _LONG + 10
            while at < len(held) - 1 and (_FIGURE.match(held[at]) or _FIGURE.match(held[at - 1])):
                at += 1
            out.append(held[:at])
            held = held[at:]
    return [one.strip() for one in (*out, held) if one.strip()]


@cache
def _run() -> re.Pattern[str]:
    words: set[str] = set()
    for language in ("fr", "es", "pt", "de"):
        known = tongue(language)
        words |= known.number.keys() | known.scale.keys() | known.ordinal.keys()
    one = "|".join(sorted(words - _ENGLISH, key=lambda word: (-len(word), word)))
    return re.compile(
        rf"(?i)\b(?:{one}|[a-zäöüß]+(?:zig|zehn|hundert|tausend)[a-zäöüß]*)"
        rf"(?:[ -](?:{one}|et|y|e|con|cents?|millions?|virgule|coma|vírgula|komma|punto|ponto))*"
        r"(?: (?:pour cent|por ciento|por cento|prozent|de cada|em cada|sur|euros?|reais|ans|años|anos|jahren?|heures?|"
        r"horas?|uhr|mètres|metros|meter|kilos?|tonnes|toneladas|tonnen))?\b"
    )


def within_figure(words: list[str], at: int) -> bool:
    """Whether a cut before the word `at` would part a figure that German, French, Spanish or Portuguese says."""
    before = " ".join(words[max(0, at - 6) : at])
    text = f"{before} {' '.join(words[at : at + 6])}"
    return any(match.start() < len(before) < match.end() for match in _run().finditer(text))
