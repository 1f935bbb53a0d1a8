"""English only: the forms of a verb, and the adverbs that stand between a subject and its verb."""

import re

from composer.post.lexis import word_list

# Past forms that do not end in -ed, so that "I went" keeps its form and "I go" becomes "goes".
PAST = word_list("english_past")
MODAL = frozenset(["could", "would", "should", "might", "must", "will", "can", "may", "shall", "cannot"])
ADVERB = (
    r"(?:(?:just|almost|nearly|really|also|still|always|never|personally|certainly|probably|strongly|actually|simply|"
    r"often|usually|"
    r"sometimes|generally|kind of|sort of|definitely|truly|firmly|honestly|totally|absolutely|now|then|"
    r"already|even|"
    r"only|obviously|literally|basically|clearly|mostly|completely|fully|quite|rather|first|recently|finally|once|"
    r"originally|currently|deeply|genuinely|very much|somewhat|especially|particularly|initially|eventually|"
    r"rarely|(?!(?:app|re|imp|supp|comp|mult|multip|f)ly\b|rep?ly\b)[a-z]{4,}ly)\s+)*"
)


def third(verb: str) -> str:
    """The verb as it follows a name: think -> thinks, try -> tries; past forms and modals as they are."""
    low = verb.lower()
    if low in ("am", "have", "do"):
        return {"am": "is", "have": "has", "do": "does"}[low]
    if low in PAST or (low.endswith("ed") and len(low) > 4 and low not in ("need", "proceed", "exceed", "succeed")):
        return verb
    if re.search(r"(?:s|x|z|ch|sh|o)$", low):
        return verb + "es"
    if re.search(r"[^aeiou]y$", low):
        return verb[:-1] + "ies"
    return verb + "s"


def is_past(verb: str) -> bool:
    """Whether a verb after "we" tells of the past."""
    if verb in MODAL - {"could"}:
        return False
    return verb in PAST or (verb.endswith("ed") and verb not in ("need", "proceed", "succeed", "exceed", "feed"))
