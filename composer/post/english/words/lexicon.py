"""English only: the words of `resources/grammar.toml`, by class, by frame and by use.

Knows the file and nothing of grammar. A word's class stands in the file and not in code, so that a word can be added
where a sentence was refused for want of it.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from composer.paths import resource


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(resource("grammar.toml").read_text(encoding="utf-8"))


@cache
def word_set(name: str) -> frozenset[str]:
    """The words of one set of the table `use`. Raises KeyError for a name that is not in the file."""
    return frozenset(str(_table()["use"][name]).split())


@dataclass(frozen=True, slots=True)
class Lexicon:
    words: dict[str, frozenset[str]]
    past: dict[str, str]
    participle: dict[str, str]
    irregular: frozenset[str]
    verbs: frozenset[str]
    nouns: frozenset[str]
    adjectives: frozenset[str]


@cache
def frames() -> dict[str, frozenset[str]]:
    """What a verb takes: a class name to the base forms that take it."""
    return {key: frozenset(str(value).split()) for key, value in _table().items() if key not in ("irregular", "use")}


def _describing() -> frozenset[str]:
    labels = tomllib.loads(resource("phrases_labels.toml").read_text(encoding="utf-8"))
    return frozenset(str(labels["en"]["adjective"]).split())


_ACTING = ("verb", "verb_noun", "needs_object", "says", "says_that", "asks", "to", "ing", "object_to", "object_base",
           "object_adjective", "object_object", "linking")  # fmt: skip


@cache
def lexicon() -> Lexicon:
    """The words by class, with the irregular forms of the verbs."""
    rows = frames()
    past: dict[str, str] = {}
    participle: dict[str, str] = {}
    bases: set[str] = set()
    for row in str(_table()["irregular"]).split(";"):
        base, did, done = row.split()
        past[did] = base
        participle[done] = base
        bases.add(base)
    return Lexicon(
        {key: rows[key] for key in ("determiner", "pronoun", "object", "number", "modal", "preposition", "subordinator",
                                    "conjunction", "adverb", "particle", "time", "either", "plural", "singular")},
        past,
        participle,
        frozenset(bases),
        frozenset(bases.union(*(rows[key] for key in _ACTING)) - {"be"}),
        rows["verb_noun"],
        rows["adjective"] | _describing(),
    )  # fmt: skip
