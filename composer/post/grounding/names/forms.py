"""Where a source says the same of another name in the same form: "a junior at Oakhurst", "the importer, Anna Berg"."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from composer.evidence.words import lexicon
from composer.post.grounding.names.entities import Entity
from composer.post.grounding.names.mentions import spans
from composer.post.grounding.names.relations import ARTICLES, BE, content_stem, slot_of
from composer.post.grounding.source.ground import Ground
from composer.post.grounding.source.terms import WORD, fold, stem

_FEW = 4
"""A word in more sentences than these says little of who somebody is."""

_DET = (
    r"(?i:\b(?:the|our|my|an?|her|his|their|its|one|der|die|das|dem|den|unsere?r?|meine?|eine?|seine?|ihre?|le|la|un|une|"
    r"notre|mon|ma|el|nuestr[oa]|mi|su|o|um|uma|noss[oa]|meu|minha)\b)"
)
_WORD = r"[^\W\d_][\w’'-]*"
_LOW = r"[a-zà-ÿ][\w’'-]*"
_IS = r"(?:,| is| was| ist| war| est| était| es| era| é| foi|,? who is|,? who was|,? who['’]s)"
_THEN = (
    r"(?=[,.;:)!?–—]|$| (?:of|at|from|in|who|for|with|and|to|behind|on|von|vom|der|bei|aus|im|de|du|des|del|da|do|no|"
    r"na|à|en|chez|qui|que|für)\b)"
)


@lru_cache(maxsize=16384)
def described(text: str, start: int, end: int, language: str) -> frozenset[str]:
    """The nouns, as stems, that a text gives the name at `start` to `end`: "our importer, X", "X, the night porter"."""
    low = _WORD if language == "de" else _LOW
    found = [re.search(rf"{_DET} ((?:{_WORD} ){{0,3}}?{low}),? $", text[max(0, start - 80) : start])]
    found.append(re.match(rf"{_IS} {_DET} ((?:{low} ){{0,4}}?{low}){_THEN}", text[end : end + 120]))
    stop = lexicon(language).stop
    words = [match[1].split()[-1] for match in found if match]
    return frozenset(stem(fold(word), language) for word in words if len(word) > 2 and fold(word) not in stop)


def _head(text: str, start: int, language: str) -> tuple[str, str]:
    """The telling word right before a name and the kind of small word between the two: ("junior", "in"), ("month",
    ","); or ("", "")."""
    words = list(WORD.finditer(text, max(0, start - 80), start))
    if not words or re.search(r"[^\s\"“‘«(,:–—-]", text[words[-1].end() : start]):
        return "", ""
    slot = "," if re.search(r"[,:(–—]", text[words[-1].end() : start]) else ""
    for nth in range(len(words) - 1, max(-1, len(words) - 6), -1):
        low = fold(words[nth].group())
        if nth < len(words) - 1 and re.search(r"[.!?;:,()–—]", text[words[nth].end() : words[nth + 1].start()]):
            break
        if low in ARTICLES or low in BE:
            continue
        if small := slot_of(low):
            if slot:
                break
            slot = small
            continue
        return (content_stem(words[nth].group(), language), slot)
    return "", ""


def parallel(
    sentence: str, start: int, mine: Sequence[Entity], homes: frozenset[int], others: Callable[[Entity], bool],
    ground: Ground,
) -> bool:  # fmt: skip
    """Whether the word that a post has right before a name stands so before other names of a source, and near this one
    nowhere: "a junior at Fernley". `homes` are the sentences that name it or that it says, `others` says which names
    may be meant instead."""
    head, slot = _head(sentence, start, ground.language)
    if not head or head in ground.entities_of:
        return False
    there = ground.homes.get(head, ())
    if not there or not homes.isdisjoint(there):
        return False
    own = {word for one in mine for word in one.words}
    found = False
    for index in there:
        text = ground.sentences[index].text
        for one in ground.entities_in.get(index, ()):
            if any(_head(text, begin, ground.language) == (head, slot) for begin, _ in spans(text, one.words)):
                if own & set(one.words):
                    return False
                found = found or others(one)
    return found


def called_so(
    sentence: str, start: int, end: int, mine: Sequence[Entity], homes: frozenset[int], ground: Ground
) -> tuple[bool, bool]:
    """Whether the source calls another person what a post calls this one, and whether it has the word at all: few
    times, and never near this name."""
    if all(one.kind not in ("person", "") for one in mine):
        return False, False
    another = away = False
    own = {word for one in mine for word in one.words}
    for word in sorted(described(sentence, start, end, ground.language)):
        there = ground.homes.get(word, ())
        if not 0 < len(there) <= _FEW or any(abs(at - home) <= 1 for at in there for home in homes):
            continue
        away = True
        for index in there:
            text = ground.sentences[index].text
            for one in ground.entities_in.get(index, ()):
                if one.kind in ("person", "") and not own & set(one.words):
                    at = spans(text, one.words)
                    another = another or any(word in described(text, a, b, ground.language) for a, b in at)
    return another, away
