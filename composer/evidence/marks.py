"""What kind of sentence this is, by its words: lists and phrases from `resources/marks.toml` and `words.toml`."""

import tomllib
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, filterfalse, pairwise

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
    """The lists of one language. `words` gives the kinds of a lower-case word; `whole` those of a phrase as it is
    written, `alone` those of a phrase of one word, `pairs` the rest of every other phrase and its kinds by its first
    two words; `reaction` the words an approving listener begins with."""

    words: dict[str, tuple[str, ...]]
    whole: dict[str, tuple[str, ...]]
    alone: dict[str, tuple[str, ...]]
    pairs: dict[tuple[str, str], list[tuple[list[str], tuple[str, ...]]]]
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
    pairs: dict[tuple[str, str], list[tuple[list[str], tuple[str, ...]]]] = {}
    for phrase, kinds in whole.items():
        if " " in phrase:
            first, second, *rest = phrase.split()
            pairs.setdefault((first, second), []).append((rest, kinds))
    return Marks(
        words={word: tuple(kinds) for word, kinds in lists("words", WORDS).items()},
        whole=whole,
        alone={phrase: kinds for phrase, kinds in whole.items() if " " not in phrase},
        pairs=pairs,
        starts={word: kinds[0] for word, kinds in lists("starts", STARTS).items()},
        heads={word: kinds[0] for word, kinds in lists("heads", HEADS).items()},
        skip=frozenset(lists("heads", ("skip",))),
        reaction=frozenset(lists("reaction", ("words",))),
    )


def kinds(word: str, language: str) -> list[str]:
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
    return found


def count(low: Sequence[list[str]], texts: Sequence[str], language: str) -> dict[str, dict[int, int]]:
    """For each kind that occurs, the sentences it occurs in and how often: by their lower-case words `low` and their
    lower-case `texts`. Phrases match whole words only, in spaced scripts."""
    lists = marks(language)
    places: defaultdict[str, list[int]] = defaultdict(list)
    by_word = {word: [places[kind] for kind in kinds(word, language)] for word in set(chain.from_iterable(low))}
    for at, (words, text) in enumerate(zip(low, texts, strict=True)):
        for found in filter(None, map(by_word.__getitem__, words)):
            for place in found:
                place.append(at)
        for named in _phrases(words, text, lists):
            for kind in named:
                places[kind].append(at)
    return {kind: Counter(found) for kind, found in places.items()}


def _phrases(words: list[str], text: str, lists: Marks) -> list[tuple[str, ...]]:
    """The kinds of each phrase in a sentence."""
    if not text.isascii() and UNSPACED.search(text):
        return [named for phrase, named in lists.whole.items() if phrase in text]
    found = [lists.alone[word] for word in words if word in lists.alone]
    for at, rows in enumerate(map(lists.pairs.get, pairwise(words)), 2):
        if rows:
            found += [named for rest, named in rows if words[at : at + len(rest)] == rest]
    return found


def opening(low: Sequence[str], language: str) -> tuple[str, str]:
    """What a sentence starts with, and its head after conjunctions: a kind of `STARTS` and one of `HEADS`, or ""."""
    lists = marks(language)
    if not low:
        return "", ""
    head = next(filterfalse(lists.skip.__contains__, low), "")
    return lists.starts.get(low[0], ""), lists.heads.get(head, "")
