"""English only: thoughts that were cut loose from what they hang on, and remarks that only concern who was there.

A speaker says a condition once and builds on it for a minute. A sentence out of that minute is grammatical, and says
something else alone: "it would burst" of a pipe that froze, "you are missing people" of one listener.
"""

import re

from composer.post.english.words.lexicon import lexicon
from composer.post.english.words.tagging import tag
from composer.post.lexis import rows, word_list

# "Would" without the "if" it waits for; a wish, a courtesy and a relative clause wait for nothing.
_WOULD = re.compile(
    r"(?i)(?<!that )(?<!who )(?<!which )(?<!what )(?<!where )(?<!how )\b(?:would|['’]d)"
    r"(?: (?:not|also|just|probably|still|never|even|always|then|be|have|\w+ly))* "
    r"(?!(?:not|also|just|probably|still|never|even|always|then|be|have|\w+ly|like|say|argue|recommend|hope|expect|"
    r"suggest|advise|encourage|rather|prefer|agree|hate|love|think|call|want|need|urge|add|note)\b)\w+"
)
_BECAUSE_OF = re.compile(
    r"(?i)\b(?:if|without|otherwise|unless|than|when|wish|said|says|thought|told|asked|with|whether|instead|until|"
    r"before|used to|ago|in \d{4}|should|could|might)\b|\bwould\b.*\bwould\b|"
    r"\b(?:hope|expect)s?\b|\b\w+ing (?:[\w-]+ ){0,4}would\b"
)


def adrift(text: str) -> bool:
    """Whether a spoken sentence has lost its condition, its comparison or its thing, or speaks of who is there.

    `text` has its contractions written out, and no closing mark.
    """
    return bool(rows("adrift").search(text)) or _conditional(text) or _open_comparison(text)


def _conditional(text: str) -> bool:
    return bool(_WOULD.search(text)) and not _BECAUSE_OF.search(text)


# "Is a little worse": than what?
_COMPARED = re.compile(
    r"(?i)\b(?:is|are|was|were|be|gets?|becomes?|seems?|looks?|sounds?) (?:going to be |\w+ly )?(?:a (?:little|bit|lot|"
    r"little bit) |much |far |even |still |\w+ly )?(?P<more>more [a-z]+|less [a-z]+|[a-z]+er|worse)(?= to\b|$)"
)


def _open_comparison(text: str) -> bool:
    for found in _COMPARED.finditer(text):
        word = found["more"].lower()
        grade = word.startswith(("more ", "less ")) or word in ("better", "worse") or "CMP" in tag(word)[0]
        if grade and not re.search(r"(?i)\b(?:than|the (?:more|less|\w+er)|as|without|instead|once|when|if)\b", text):
            return True
    return False


def private(text: str) -> bool:
    """Whether an own-voice sentence tells of the speaker's day, household or mood: no claim, and nobody's lesson."""
    found = re.search(r"\b(?:I|[Mm]y|me)\b", text)
    return bool(found) and (bool(rows("private").search(text)) or bool(_HOUSE.search(text)))


_HOUSE = re.compile(rf"\b[Mm]y (?:own )?(?:[\w-]+ )?(?:{'|'.join(sorted(word_list('adrift_house')))})\b")


# "Kathy is right", "Rob would like": of the unnamed voices of a talk one speaks of another.
_DOING = re.compile(
    r"(?P<name>[A-Z][a-z]+)(?: and [A-Z][a-z]+)?(?:’s [\w-]+)? (?:(?:is|are|has|was|did|does|will|would|cannot|can|do|"
    r"also|just|really|never|always|still)|[a-z]+(?:s|ed))\b"
)

_BUSY = re.compile(
    r"(?P<name>[A-Z][a-z]+) (?:is|was) (?:just |still |now |also |\w+ly )?(?!going\b|becoming\b|getting\b|growing\b|"
    r"changing\b)\w+ing\b"
)


def named_doing(text: str) -> bool:
    """Whether the subject is somebody known to who was there: "Kathy is right", "Berg is just looking at a rope"."""
    found = _DOING.match(text)
    if found is not None and found["name"].lower() in word_list("first_names"):
        return True
    found = _BUSY.match(text)
    low = found["name"].lower() if found else ""
    known = lexicon()
    return found is not None and low not in known.nouns | known.verbs | known.adjectives and tag(low)[0] == {"N"}
