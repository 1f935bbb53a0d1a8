"""English only: the names a show goes by: its own, its network's, its sponsors' and its hosts'. They are no subject."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache

from composer.evidence.model import Evidence
from composer.post.adverts import adverts

EARLY = 40
"""Sentences at the start in which a show says its name."""
ALIKE = 0.85
"""How alike two spellings of one name are: a recogniser writes a name in several ways."""
_NAME = r"(?P<n>[A-Z][\w’'.&]*(?: (?:[A-Z][\w’'.&]*|of the|of|the|It|it(?=,))){0,3})"
_SAYS = [
    re.compile(pattern.replace("NAME", _NAME))
    for pattern in (
        r"\b[Ll]istening to NAME",
        r"\b[Ww]elcome (?:back )?(?:everyone |everybody )?to (?:another (?:episode|edition) of |the )?NAME"
        r"(?!,? (?:and )?[A-Z]|[\w’'&]| (?:workshop|meeting|committee|talk|session|class|lecture|course|conference))",
        r"\b[Ff]rom NAME,? (?:you(?:['’]re| are)|this is|it['’]s)\b",
        r"\b(?:[Tt]his|[Ii]t) (?:is|['’]s) NAME,? (?:the|a|your) (?:\w+ ){0,2}"
        r"(?:show|podcast|program|programme|channel)\b",
        r"\b(?:episode|edition) (?:\d+ )?of NAME",
        r"\b(?:brought to you|sponsored|supported|presented|powered|produced) by (?:our friends at )?NAME",
        r"\b[Tt]hanks? (?:you )?(?:so much )?to NAME for (?:sponsor|support)",
        r"\bI['’]?m (?:your host,? |the host,? )?NAME(?=[.,]| and\b| with\b|$)",
        r"\b[Mm]y name is NAME",
        r"\b(?:with me|joined by|joining me|here with|co-?host)(?: today| as always| again)?,?(?: is| are)?"
        r"(?: this| my (?:friend|co-?host))? NAME",
        r"(?:^|[.!?] )(?:Hi|Hello|Hey),? NAME(?=[.,!]|$)",
    )
]


@lru_cache(maxsize=16)
def _found(texts: tuple[str, ...]) -> frozenset[str]:
    names: set[str] = set()
    for text in texts:
        for pattern in _SAYS:
            for found in pattern.finditer(text):
                name = re.sub(r"[^a-z0-9]", "", found["n"].lower())
                if len(name) > 2:
                    names.add(name)
                # "FM" of a network's name is no subject either
                names.update(part.lower() for part in found["n"].split()[1:] if re.fullmatch(r"[A-Z]{2,3}", part))
    return frozenset(names)


def _texts(evidence: Evidence) -> Iterator[str]:
    paid = adverts(evidence)
    begun: dict[int, int] = {}
    for at, sentence in enumerate(evidence.sentences):
        begun.setdefault(sentence.source, at)
        if at - begun[sentence.source] < EARLY or at in paid:
            yield sentence.text


def is_show(name: str, evidence: Evidence) -> bool:
    """Whether a name, as a subject or a tag has it, is one that the show goes by, however a recogniser spells it."""
    bare = re.sub(r"[^a-z0-9]", "", re.sub(r"(?i)^the ", "", name).lower())
    for known in _found(tuple(_texts(evidence))):
        for one in (bare, bare.removesuffix("s")):
            if one == known:
                return True
            near = abs(len(one) - len(known)) < 2 and min(len(one), len(known)) > 4 and one[:2] == known[:2]
            if near and SequenceMatcher(None, one, known).ratio() >= ALIKE:
                return True
    return False
