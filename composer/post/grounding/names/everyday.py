"""Ordinary words with a capital that are nobody's name: they open a sentence, or a heading has them."""

import re

from composer.evidence.words import lexicon
from composer.post.grounding.names.entities import opening
from composer.post.grounding.source.terms import plain_stem

# What ends an English word that is no name where nothing but the beginning of a sentence gives it a capital.
_ORDINARY = re.compile(
    r"(?i)[a-z]{3,}(?:tions?|sions?|ness|ments?|it(?:y|ies)|ships?|ings?|able|ible|ives?|[ae]nc(?:e|es|y)|isms?|ists?|ful|"
    r"less|ous|ally|ology|ics|ware|work|works|holders?|makers?|ers)"
)
# What ends last names as well: Sanders, Fleming, Clement, Lawrence. Somebody says something then.
_LAST_NAMES = re.compile(r"(?:ers|ings?|ment|[ae]nce)$")
# What is as much a noun, or says of a thing as well, what it does.
_THINGS_DO = re.compile(
    r"(?:,? )(?:works?|worked|leads?|led|calls?|claims?|asks?|built|left|sees|adds|expect|think|say|tells?|joined)"
)


def no_name(word: str, says: str | None) -> bool:
    """Whether an ordinary word opens a sentence before a verb that things have as well: "Competition works", "Core
    claim". Somebody called Rose or Baker may say something."""
    things = bool(says and _THINGS_DO.fullmatch(says))
    if _ORDINARY.fullmatch(word) and (things or not says or not _LAST_NAMES.search(word)):
        return True
    return things and _everyday(word.lower())


def shouted(word: str, language: str) -> bool:
    """Whether a word in capitals is an ordinary one: "KEY LESSONS:", "WHY THIS MATTERS"."""
    low = word.lower()
    small = low in lexicon(language).stop and low != "who"
    return small or _ORDINARY.fullmatch(word) is not None or _everyday(low)


def _everyday(low: str) -> bool:
    """Whether a word, or what it is the plural of, is an ordinary one."""
    return plain_stem(low) in opening() or plain_stem(low.removesuffix("s")) in opening()


def letter_of(before: str, language: str) -> bool:
    """Whether the letter behind a word tells one of a kind from another: "plan B", "vitamin C"."""
    return language == "en" and before.isalpha() and before.islower() and before not in lexicon("en").stop
