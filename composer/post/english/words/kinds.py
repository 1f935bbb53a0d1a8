"""Kinds of words: which can stand in a label, which close it, and what a source uses as a verb."""

import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from composer.evidence.model import Evidence
from composer.evidence.words import lexicon
from composer.paths import resource
from composer.post.english.words.forms import PAST as _PAST
from composer.post.lexis import word_list

TOKEN = re.compile(r"[^\W_]+(?:[-’'./][^\W_]+)*%?|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Words:
    """What a label needs to know of a language and of one source."""

    language: str
    stop: frozenset[str]
    verb: frozenset[str]
    adjective: frozenset[str]
    before: frozenset[str]
    small: frozenset[str]
    count: dict[str, int]
    acting: frozenset[str]
    people: frozenset[str]
    plain: frozenset[str]
    raw: str
    titles: str
    names: frozenset[str]
    given: tuple[str, ...]
    keyphrases: tuple[tuple[str, float], ...]


def _people(evidence: Evidence) -> frozenset[str]:
    """The words of every speaker's and author's name, lower case: no label names who is speaking."""
    found: set[str] = set()
    for source in evidence.sources:
        for name in (*source.speakers, source.fact("author"), source.fact("speaker"), source.fact("about")):
            for part in re.findall(r"[^\W_][\w.-]+", name or ""):
                if part[:1].isupper() or not part.isalpha():
                    found.add(part.lower())
                    found.add(part.lower() + "'s")
                    found.add(part.lower() + "’s")
                    found.update(piece for piece in re.split(r"[_\d]+", part.lower()) if len(piece) > 2)
    return frozenset(found)


@cache
def _tables() -> dict[str, dict[str, str]]:
    return tomllib.loads(resource("phrases_labels.toml").read_text(encoding="utf-8"))


_MOVING = word_list("kinds_moving")
"""Words before which a verb stands."""


def words(evidence: Evidence, language: str) -> Words:
    """Count the source's words, and see which of them it uses as verbs: after "to", "will", "we"."""
    table = _tables().get(language, {})
    before = frozenset(table.get("before", "").split())
    count: Counter[str] = Counter()
    acts: Counter[str] = Counter()
    names: Counter[str] = Counter()
    small: set[str] = set()
    for sentence in evidence.sentences:
        last = ""
        for token in re.findall(r"[^\W_]+(?:[-’'][^\W_]+)*", sentence.text):
            low = token.lower()
            count[low] += 1
            if token == low:
                small.add(low)
            if last in _MOVING:
                acts[low] += 1
            elif last in before:
                names[low] += 1
            last = low
    acting = frozenset(word for word, times in acts.items() if times > names[word])
    top = max((phrase.score for phrase in evidence.keyphrases), default=1.0) or 1.0
    return Words(
        language,
        lexicon(language).stop,
        frozenset(table.get("verb", "").split()),
        frozenset(table.get("adjective", "").split()),
        before,
        frozenset(table.get("small", "").split()),
        dict(count),
        acting,
        _people(evidence),
        frozenset(small),
        " ".join(sentence.text for sentence in evidence.sentences),
        " ".join(source.title or "" for source in evidence.sources),
        frozenset(phrase.text for phrase in evidence.names),
        (*announced(evidence), *(chapter.title for source in evidence.sources for chapter in source.chapters)),
        tuple((phrase.text.lower(), phrase.score / top) for phrase in evidence.keyphrases),
    )


def article(run: Sequence[str], nth: int) -> bool:
    return nth > 0 and run[nth].lower() in ("the", "a") and run[nth - 1].lower() in ("of", "in", "on", "for")


def content(token: str, known: Words) -> bool:
    low = token.lower()
    if not low or not low[0].isalnum() or low in known.stop or acts(low, known):
        return False
    if low.endswith(("n't", "’t")) or re.fullmatch(r"(?:[A-Z]\.)+[A-Z]\.?", token):
        return False
    return not (
        low.endswith("ly")
        and low not in ("family", "supply", "assembly", "july", "italy", "early", "reply", "anomaly", "monopoly")
    )


def inner(token: str, known: Words) -> bool:
    return content(token, known) or token.lower() in known.small


def acts(low: str, known: Words) -> bool:
    if low in known.verb or low in known.acting:
        return True
    return low.endswith("s") and low not in _NOUNS and low[:-1] in known.verb


# Plurals of nouns that are verbs as well: no verb form is meant where they close a phrase.
_NOUNS = word_list("labels_nouns")


def closes(token: str, known: Words) -> bool:
    low = token.lower()
    if low in known.adjective or low in known.small or token.isdigit():
        return False
    if low in _PAST:
        return False
    return not (
        low.endswith(("ed", "ful", "ous", "able", "ible", "less", "ically"))
        and low not in ("speed", "need", "seed", "feed", "cable", "table", "bed", "red", "embed", "breed", "variable")
    )


_ABOUT = re.compile(
    r"(?i)\b(?:revolve[sd]? around|is about|was about|focuse[sd] on|deals with|dealt with|turns on|analysis of|"
    r"looks at|"
    r"covers|discussions? on|report on|regarding)(?: the (?:development|role|question|future|"
    r"evolution) of)? (?P<what>[^.;:]{8,160})"
)


def announced(evidence: Evidence) -> list[str]:
    for sentence in evidence.sentences:
        found = _ABOUT.search(sentence.text) if sentence.role in ("summary", "post") else None
        if found:
            parts = re.split(r", (?:and |or )?| and | or ", found["what"])
            return [part.strip() for part in parts if 1 <= len(part.split()) <= 4]
    return []


FIGURES = word_list("labels_figures")


COUNTS = word_list("kinds_counts")


EMPTY = word_list("labels_empty")
