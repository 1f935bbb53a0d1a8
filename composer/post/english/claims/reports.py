"""English only: what a written report says of a post and its comments, told as a reader would tell it.

A report is written text, so that its sentences stand; but it notes where a post tells ("Data: the need for ..."),
hides what was said behind "offers insights into", and hangs a second and a third thing on a sentence that is full.
"""

import re

_NOTE = [
    (re.compile(r"(?i)^the need for (?=\w)"), "{who} sees a need for "),
    (re.compile(r"(?i)^the (transition|shift|move|change) from "), r"{who} describes the \1 from "),
    (re.compile(r"(?i)^the role of "), "{who} points to the role of "),
    (re.compile(r"(?i)^(challenges|problems|limits|limitations|risks|dangers) (of|in|with) "), r"{who} names \1 \2 "),
    (re.compile(r"(?i)^the (?=\w)"), "{who} takes up the "),
]
_HOLLOW = re.compile(
    r"(?i)\b(?:offers?|provides?|gives?|shares?) (?:\w+ )?(?:insights?|thoughts|perspectives?|an overview|details?)"
    r"(?: (?:into|on|about|of) [^,]+)?, (?P<verb>emphasi[sz]|stress|argu|not|suggest|highlight|point|add|claim|stat)"
    r"ing (?P<rest>.+)$"
)
_SECOND = re.compile(
    r"(?:,? (?:and|while|but) (?:also )?(?:elaborates?|elaborating|pointing|discusses|discussing|mentions|noting|"
    r"providing|offering)\b.*|, (?:highlighting|indicating|demonstrating|showing|enhancing|further \w+ing)\b.*)$"
)
_FULL = 16
"""Words of a report's sentence from which its last addition goes: it says how, and what counts is said."""


def noted(text: str, who: str) -> str:
    """A note without a verb as a sentence: "The need for X" -> "The thread sees a need for X"; else as it is."""
    for pattern, put in _NOTE:
        found = pattern.match(text)
        if found:
            head = found.expand(put).format(who=who)
            if found.lastindex:
                head = head.replace(found[1], found[1].lower(), 1)
            return head + text[found.end() :]
    return (
        f"{who} takes up {text[:1].lower()}{text[1:]}"
        if re.match(r"[A-Z][a-z]+ (?:of|for|in|between)\b", text)
        else text
    )


def plainly(text: str) -> str:
    """A report's sentence without its hollow frame, and without what is hung on a full one."""
    text = _HOLLOW.sub(lambda found: f"{_third(found['verb'].lower())} {found['rest']}", text)
    bare = text.rstrip(".")
    cut = _SECOND.sub("", bare)
    return cut + "." if cut != bare and len(bare.split()) > _FULL and len(cut.split()) >= 6 else text


def _third(stem: str) -> str:
    """The verb of "emphasizing", as it follows a name."""
    return {"argu": "argues", "stat": "states", "not": "notes", "stress": "stresses"}.get(stem) or (
        stem + "es" if stem.endswith(("iz", "is")) else stem + "s"
    )
