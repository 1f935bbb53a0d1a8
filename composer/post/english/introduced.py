"""English only: who says at the start who they are: "I'm Ida Berg, the editor of Tidelog". Nobody is guessed."""

import re
from typing import NamedTuple

from composer.evidence.model import Evidence
from composer.post.adverts import adverts
from composer.post.english.words.tagging import tag

EARLY = 30
"""Sentences at the start in which people say who they are."""
_NAME = r"(?P<name>[A-Z][a-z-]+(?: (?!I['’])[A-Z][a-z’'-]+){0,2})"
_STOPS = r"(?=[.,!;]|$| and\b| here\b| from\b)"
_SAYS = (
    re.compile(rf"\b(?:I['’]m|I am|[Mm]y name is|[Mm]y name['’]s) (?:your host,? )?{_NAME}{_STOPS}(?P<rest>.*)$"),
    re.compile(
        rf"\b(?:with me|joined by|here with me)(?:,? (?:today|as always|again|always))*,? (?:is|are) "
        rf"(?:(?:my|the) (?:[a-z-]+ ){{1,3}}(?:of mine )?)?{_NAME}(?=[.,!]|$)(?P<rest>.*)$"
    ),
    re.compile(rf"\bI am joined by (?:(?:my|the) (?:[a-z-]+ ){{1,3}})?{_NAME}(?=[.,!]|$)(?P<rest>.*)$"),
)
_IS = re.compile(
    r"^,? (?:and )?(?:I['’]m |I am |I work as )?(?P<role>(?:the|an?) (?:(?:[a-z-]+|[A-Z]{2,4}) ){1,4}(?:of|at|for|in) "
    r"[A-Z][\w’'&-]*(?: [A-Z][\w’'&-]*){0,3})(?=[.,!]|$| and\b)"
)
_FROM = re.compile(r"^ (?P<role>from [A-Z][\w’'&.-]*\w(?: [A-Z][\w’'&-]*){0,2})(?=[.,!]|$)")
_WORKS = re.compile(
    r"(?:^|[,.] )(?:and )?I (?P<what>work (?:in|at|for|with|as) (?:an? |the )?[\w-]+(?: [\w-]+){0,3}|"
    r"run (?:an?|the) [\w-]+(?: [\w-]+){0,3}|teach [\w-]+(?: (?:at|in) [\w-]+(?: [\w-]+){0,2})?)(?=[,.]|$| and I\b)"
)


class Person(NamedTuple):
    """Who introduces himself: a name, and what he says he is, as it stands behind "is", or ""."""

    name: str
    role: str


def introduced(evidence: Evidence) -> tuple[Person, ...]:
    """The people who say their names at the start, in order; the longer form of a name that is said twice."""
    paid = adverts(evidence)
    found: dict[str, Person] = {}
    for at, sentence in enumerate(evidence.sentences[:EARLY]):
        if sentence.role != "speech" or at in paid:
            continue
        for pattern in _SAYS:
            for part in re.split(r"(?<=[.!?]) (?=[A-Z])", sentence.text):
                said = pattern.search(part)
                if said and _is_name(said["name"]):
                    person = Person(said["name"], _role(said["rest"]))
                    first = person.name.split()[0]
                    old = found.get(first)
                    if old is None or len(person.name) > len(old.name) or (person.role and not old.role):
                        name = max(person.name, old.name if old else "", key=len)
                        found[first] = Person(name, person.role or (old.role if old else ""))
    return tuple(found.values())


def works(evidence: Evidence) -> str:
    """What the one speaker of a talk says to do: "work in intensive care"; "" where nothing is said."""
    paid = adverts(evidence)
    for at, sentence in enumerate(evidence.sentences[:EARLY]):
        said = _WORKS.search(sentence.text) if sentence.role == "speech" and at not in paid else None
        if said and not re.search(r"(?i)\b(?:it|that|this|them|you|here|there|hard|way|lot)\b", said["what"]):
            return said["what"]
    return ""


def _is_name(name: str) -> bool:
    """Whether words in capitals are somebody's name and no people, trade or state: "Danish", "Chair"."""
    return not any(tag(word.lower())[0] & {"ADJ", "VBN", "VBG", "DET", "PRON", "PREP", "ADV", "SUB", "NUM"}
                   for word in name.split())  # fmt: skip


def _role(rest: str) -> str:
    said = _IS.match(rest) or _FROM.match(rest)
    return said["role"] if said else ""
