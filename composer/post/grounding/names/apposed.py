"""What stands before a name and is none of it, in other languages than English: an office, a title, "Signé"."""

import re

from composer.post.grounding.names.entities import german_offices, titles
from composer.post.grounding.source.ground import Ground
from composer.post.grounding.source.terms import fold


def called_before(words: tuple[str, ...], ground: Ground) -> bool:
    """Whether the first word of a name is none of it: "Bibliotheksleiterin Anna Berg", "Mme Berg", "Signé Anna Berg".

    The word says an office or is a title, or the source has the rest, two words or more, letter for letter.
    """
    if ground.language == "en" or len(words) < 2:
        return False
    first = fold(words[0])
    if first.rstrip(".") in titles():
        return True
    if ground.language == "de" and any(first.endswith(one) for one in german_offices()):
        return True
    rest = re.sub(r"[\W_]+", "", fold("".join(words[1:])))
    return len(words) > 2 and rest in ground.flat


def from_place(words: tuple[str, ...], ground: Ground) -> bool:
    """Whether two German words are the adjective of a place that the source has and a noun: "auf Landauer Art"."""
    first = fold(words[0])
    known = first[:-2] in ground.words or first in ground.words
    return len(words) == 2 and first.endswith("er") and known and first not in ground.firsts
