"""English only: who "we" is. A team that did things is told as one; a "we" of everybody stays what it is."""

import re

from composer.post.english.words.forms import ADVERB, MODAL, is_past, third
from composer.post.lexis import word_list
from composer.sources.model import Transcript

AT_LARGE = word_list("we_at_large")
"""What everybody did, had and became: a "we" with these verbs alone is mankind, a country or a generation."""
_EITHER = word_list("english_either")
_HELPING = frozenset(["was", "were", "did"])
_WE = re.compile(rf"\bwe\b,?\s+{ADVERB}(\w+)?", re.IGNORECASE)
# Who "we" are says the sentence itself, or a time no team has lived through.
_EVERYBODY = re.compile(
    r"(?i)\b(?:today|now|nowadays|always|never|society|societies|civili[sz]ation|mankind|humanity|human beings|"
    r"we,? (?:as |are )?(?:a |an )?(?:human\w*|species|society|people|country|nation|generation|culture|adults|"
    r"children|"
    r"parents|citizens|consumers|americans|europeans|all)|(?:all|most|many|some|none|each|every one) of us|"
    r"our (?:ancestors|forefathers|generation|species|century|country|nation|planet|world|civili[sz]ation|"
    r"culture|parents|grandparents|children|grandchildren)|we,? (?:whose|who)\b|baby boomers|"
    r"in the beginning|for (?:centuries|generations|millennia|(?:thousands|hundreds|millions) of years)|"
    r"as we know it|when we were (?:young|children|kids|small|born|little)|(?:long|years) ago we)\b"
)


def teamed(text: str) -> str:
    """A "we" that only did things in the past is a group: the team. A "we" that does things means people, and stays."""
    verbs: list[str] = []
    for found in _WE.finditer(text):
        verb = (found[1] or "").lower()
        if verb in _EITHER:
            return text
        verbs.append(verb)
    if not verbs and re.match(r"(?i)our [\w -]{3,40}? (?:was|were|had|went|came|did)\b", text):
        return text if _EVERYBODY.search(text) else "The team’s" + text[3:]
    if verbs and set(verbs) <= AT_LARGE:
        return text  # what "we had" in the beginning had everybody
    if not verbs or verbs[0] in ("are", "have") or not all(is_past(verb) for verb in verbs):
        return text
    if "could" in verbs and re.search(r"(?i)\b(?:would|unless|if|only|wish)\b", text):
        return text  # "unless we could": anybody
    if _EVERYBODY.search(text):
        return text
    return _later(re.sub(r"\b[Ww]e\b", "the team", text, count=1)).replace("the team were ", "the team was ")


def grouped(text: str) -> str:
    """ "We bake more" -> "The team bakes more"; later "we" -> "they", "our" -> "their"."""
    if _EVERYBODY.search(re.sub(r"(?i)\b(?:today|now|nowadays|always|never)\b", " ", text)):
        return text
    if not re.search(r"(?i)\bwe\b", text):
        text = re.sub(r"\bus\b", "the team", text)
        return re.sub(r"(?i)^our\b", "The team’s", re.sub(r"\bour\b", "the team’s", text))

    def first(found: re.Match[str]) -> str:
        verb = found[2]
        told = {"are": "is", "were": "was"}.get(verb.lower()) or (
            verb if verb.lower() in MODAL or is_past(verb.lower()) else third(verb)
        )
        return f"the team {found[1]}{told}"

    return _later(re.sub(rf"\b[Ww]e ({ADVERB})(\w+)", first, text, count=1))


def _later(text: str) -> str:
    """What else is said of a team that is named once."""
    text = re.sub(r"\b[Ww]e\b", "they", text)
    text = re.sub(r"\b[Oo]ur\b", "their", text)
    return re.sub(r"\b(?:us|ourselves)\b", "them", text)


def is_team(source: Transcript) -> bool:
    """Whether "we" mostly did things in this source: then it is the speaker's own group and not people at large."""
    past = present = 0
    done: set[str] = set()
    for segment in source.segments:
        for found in re.finditer(r"(?i)\bwe (?:just |really |also |actually |never |always )?(\w+)", segment.text):
            verb = found[1].lower()
            if is_past(verb):
                past += 1
                done |= {verb} - AT_LARGE - _EITHER - _HELPING
            else:
                present += 1
    # What people at large had, could and knew makes no team: only what these did.
    return source.kind in ("talk", "conversation") and past >= 3 and past * 1.5 > present and len(done) >= DONE


DONE = 4
"""Different things "we" must have done in a source to be a team throughout."""
