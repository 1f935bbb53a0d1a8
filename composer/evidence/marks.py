"""What kind of sentence this is, by its words: lists and phrases from `resources/marks.toml` and `words.toml`."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from composer.evidence.words import UNSPACED, lexicon, shared, signal_phrases
from composer.paths import resource

SIGNALS = (
    "definition",
    "contrast",
    "prediction",
    "comparison",
    "cause",
    "condition",
    "advice",
    "absolute",
    "opinion",
    "story",
    "hedge",
    "stakes",
    "housekeeping",
)
KNOWN = ("chatter", "function", "first_person", "we", "you", "vague", "negation")
WORDS = (
    *("trouble", "amount", "time", "insight", "person", "thing", "total", "degree", "feeling", "programme", "perhaps"),
    *("past", "being", "they", "he", "me", "like", "can", "emphasis", "money"),
)
PHRASES = (
    *("frame", "turning", "reported", "because", "clause", "instead", "simile", "generic", "duty", "confession"),
    *("advert", "plan", "stumble"),
)
STARTS = ("because", "but", "so", "and", "like")
HEADS = ("we", "you", "i", "this", "if", "they")
_SITES = (".com", ".fm", ".org", ".net", ".io", ".co", ".tv")
_VAGUE = shared("vague")
_OWN = {"i": "first_person", "my": "first_person", "me": "first_person", "we": "we", "our": "we", "us": "we"}


@dataclass(frozen=True, slots=True)
class Marks:
    """The lists of one language. `words` gives the kinds of a lower-case word; `phrases` the rest of each phrase and
    its kinds by its first word; `reaction` the words an approving listener begins with."""

    words: dict[str, tuple[str, ...]]
    phrases: dict[str, tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]]
    whole: dict[str, tuple[str, ...]]
    starts: dict[str, str]
    heads: dict[str, str]
    skip: frozenset[str]
    reaction: frozenset[str]


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[str, dict[str, object]]]:
    with resource("marks.toml").open("rb") as file:
        return tomllib.load(file)


@lru_cache(maxsize=16)
def marks(language: str) -> Marks:
    """The lists of `language` (a BCP 47 tag). Empty where there are none, apart from the signals of `words.toml`."""
    table = _table().get(language.split("-")[0].lower(), {})

    def lists(part: str, names: Sequence[str]) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for name in names:
            for word in str(table.get(part, {}).get(name, "")).split():
                found.setdefault(word, []).append(name)
        return found

    whole: dict[str, tuple[str, ...]] = {}
    for kind in SIGNALS:
        for phrase in signal_phrases(language, kind):
            if kind not in whole.get(phrase, ()):
                whole[phrase] = (*whole.get(phrase, ()), kind)
    for kind in PHRASES:
        given = table.get("phrases", {}).get(kind, [])
        for phrase in given if isinstance(given, list) else ():
            whole[str(phrase)] = (*whole.get(str(phrase), ()), kind)
    by_first: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for phrase, kinds in whole.items():
        first, *rest = phrase.split() or [""]
        by_first.setdefault(first, []).append((tuple(rest), kinds))
    return Marks(
        words={word: tuple(kinds) for word, kinds in lists("words", WORDS).items()},
        phrases={word: tuple(rows) for word, rows in by_first.items()},
        whole=whole,
        starts={word: kinds[0] for word, kinds in lists("starts", STARTS).items()},
        heads={word: kinds[0] for word, kinds in lists("heads", HEADS).items()},
        skip=frozenset(lists("heads", ("skip",))),
        reaction=frozenset(lists("reaction", ("words",))),
    )


@lru_cache(maxsize=65536)
def kinds(word: str, language: str) -> tuple[str, ...]:
    """The kinds of one lower-case word, of `KNOWN` and `WORDS`."""
    known = lexicon(language)
    bare = word.split("'")[0]
    found = [*marks(language).words.get(word, ())]
    if word in known.chatter:
        found.append("chatter")
    if word in known.stop:
        found.append("function")
    if bare in _OWN:
        found.append(_OWN[bare])
    elif bare in ("you", "your"):
        found.append("you")
    if bare in _VAGUE:
        found.append("vague")
    if word in known.negation or word.endswith("n't"):
        found.append("negation")
    if word.endswith(_SITES):
        found.append("advert")
    return tuple(found)


def count(low: Sequence[str], text: str, language: str) -> dict[str, int]:
    """How often each kind occurs in a sentence, by its lower-case words `low` and its lower-case `text`. Kinds that do
    not occur are left out. Phrases match whole words only, in spaced scripts."""
    counts: dict[str, int] = {}
    for word in low:
        for kind in kinds(word, language):
            counts[kind] = counts.get(kind, 0) + 1
    lists = marks(language)
    if not text.isascii() and UNSPACED.search(text):
        for phrase, named in lists.whole.items():
            if phrase in text:
                for kind in named:
                    counts[kind] = counts.get(kind, 0) + 1
        return counts
    known = lists.phrases
    for at, word in enumerate(low):
        if word in known:
            for rest, named in known[word]:
                if not rest or tuple(low[at + 1 : at + 1 + len(rest)]) == rest:
                    for kind in named:
                        counts[kind] = counts.get(kind, 0) + 1
    return counts


def opening(low: Sequence[str], language: str) -> tuple[str, str]:
    """What a sentence starts with, and its head after conjunctions: a kind of `STARTS` and one of `HEADS`, or ""."""
    lists = marks(language)
    if not low:
        return "", ""
    head = next((word for word in low if word not in lists.skip), "")
    return lists.starts.get(low[0], ""), lists.heads.get(head, "")
