"""Figures that a source takes back: "fifteen percent, no, sorry, eighteen", "184, not 148, was a mistake"."""

import re

from composer.post.grounding.figures.lookup import comparable
from composer.post.grounding.source.ground import Figure, Ground

# What takes a figure back, right after it and before the one that is meant.
_BACK = re.compile(
    r"(?i)(?:(?: [\w'’-]+){1,2}(?=\s?(?:\.\.|…|,|–|—| - )))?"
    r"[\s,.;:…?!–—-]*(?:(?:uh|uhm|um|er|oh|ah|well|äh|ähm|euh|eh)[\s,.…]+)*(?:no|nope|sorry|pardon|correction|wait|"
    r"excuse me|i mean|make that|or rather|scratch that|nein|quatsch|entschuldigung|ich meine|besser gesagt|non|enfin|"
    r"je veux dire|perdón|digo|quiero decir|não|desculpem?|desculpa|quer dizer|aliás|minto)\b"
    r"(?! (?:more|less|fewer|longer|later|matter|than)\b)[^!?;\d]{0,40}"
)
_CORRECTED = re.compile(
    r"(?i)\b(?:correct(?:ion|ed|s)?|mistake|error|typo|misprint|berichtig\w*|korrig\w*|korrektur|corrig\w*|errata|erreur|"
    r"corre[gç]\w*|erro)\b"
)
_NOT = re.compile(r"(?i)[^.;!?]{0,24}?[\s,](?:and |und |et |y |e )?(?:not|nicht|et non|pas|no|não)(?: \w+){0,2} $")
_VOTED = re.compile(r"(?i)\d ?(?:x )?(?:yes|yeas?|ayes?|for|in favou?r|ja|oui|sí|sim|pour|dafür|a favor)\b")
_VOTES = re.compile(r"(?i)\b(?:yes|yeas?|ayes?|for|in favou?r|ja|oui|sí|sim|pour|dafür|a favor)\W+$")
_NO = re.compile(r"(?i)[\s,:]*(?:no|nay|noes|against|nein|non|não|contre|dagegen)\b")
_ASKS = re.compile(r"\?[\"”’»)]*\s*$")


def retracted(figure: Figure, ground: Ground) -> bool:
    """Whether a source says a figure and then another one in its place: by taking it back, by a correction, or by
    answering whoever asked."""
    said = ground.sentences[figure.sentence]
    text, fact = said.text, figure.fact
    inside = [one for one in ground.figures_of(figure.sentence) if one is not figure]
    after = sorted((one for one in inside if one.fact.start >= fact.end), key=lambda one: one.fact.start)
    if after:
        meant = after[0]
        if _NO.match(text, fact.end) and (_VOTED.search(text) or _VOTES.search(text, 0, fact.start)):
            return False  # "121 yes, 29 no, 9 abstentions"
        return (
            comparable(fact, meant.fact)
            and meant.fact.value != fact.value
            and bool(_BACK.fullmatch(text, fact.end, meant.fact.start))
        )
    for meant in inside:
        between = text[meant.fact.end : fact.start]
        if meant.fact.end <= fact.start and _NOT.fullmatch(between) and comparable(fact, meant.fact):
            return bool(_CORRECTED.search(text))
    if figure.sentence + 1 >= len(ground.sentences):
        return False
    following = ground.sentences[figure.sentence + 1]
    first = min(ground.figures_of(figure.sentence + 1), key=lambda one: one.fact.start, default=None)
    if not first or not comparable(fact, first.fact) or first.fact.value == fact.value:
        return False
    before = following.text[: first.fact.start]
    if following.speaker == said.speaker and _BACK.fullmatch(f"{text[fact.end :]} {before}"):
        return True
    # "Was it 2011?" - "2009."
    alone = len(re.findall(r"\w+", before + following.text[first.fact.end :])) <= 2
    return alone and bool(_ASKS.search(text)) and len(text[fact.end :].split()) <= 2
