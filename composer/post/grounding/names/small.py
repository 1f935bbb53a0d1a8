"""A source in small letters: what a post's name follows there, and what stands in its place."""

import re

from composer.evidence.words import lexicon
from composer.post.grounding.names.entities import bare, ordinary
from composer.post.grounding.names.names import Name
from composer.post.grounding.source.ground import Ground
from composer.post.grounding.source.terms import WORD, fold, plain_stem
from composer.post.grounding.source.unmarked import strange

_FROM = re.compile(r"(?P<n>[A-ZÀ-ÖØ-Þ][\w’'-]+(?: [A-ZÀ-ÖØ-Þ][\w’'-]+)*),? (?P<of>from|aus) $")
_OF = re.compile(r"(?P<n>[A-ZÀ-ÖØ-Þ][\w’'-]+) (?P<of>of) $")
_AROUND = 25
"""A place that stands within so many words of somebody may be theirs."""


def placed_otherwise(name: Name, sentence: str, start: int, ground: Ground) -> str:
    """Why a name is not the one behind "Anna Berg from" or "University of" in a source without capitals, or "".

    Told where the source has the same words before another name, and this one only elsewhere.
    """
    if not ground.lowercase or len(name.words) != 1 or re.match(r" [A-ZÀ-ÖØ-Þ]", sentence[name.end - start :]):
        return ""
    match = _FROM.search(sentence[: name.start - start]) or _OF.search(sentence[: name.start - start])
    place = fold(name.words[0])
    if not match or place not in ground.words:
        return ""
    words, _, _ = bare([fold(word) for word in WORD.findall(match["n"])], ground.language)
    said = ground.running
    ends = [at + 1 for at in said.at.get(words[-1], ()) if said.words[at - len(words) + 1 : at + 1] == words]
    others = [
        said.words[at + 1] for at in ends if said.words[at : at + 1] == (match["of"],) and at + 1 < len(said.words)
    ]
    if any(place in said.words[max(0, at - _AROUND) : at + _AROUND] for at in ends):
        return ""
    if not others or not all(_a_name(one, ground.language) for one in others):
        return ""
    called = " ".join(word.capitalize() for word in words)
    return f"The source has {called} {match['of']} {others[0].capitalize()}, not {match['of']} {name.words[0]}."


def _a_name(low: str, language: str) -> bool:
    """Whether a word of the source can only be a name."""
    if language == "en":
        return strange(low)
    return len(low) > 3 and low not in lexicon(language).stop and plain_stem(low) not in ordinary()
