"""English only: an opinion or an image of nobody by name, as a writer would put it and not as a minute-taker would.

"One speaker thinks you should dry the rope" is "You should dry the rope": what ought to be is an opinion by itself.
What will be, or is, stays somebody's: "The rope will not hold, in one speaker’s view".
"""

import re

from composer.post.english.sentences.clauses import main
from composer.post.english.sentences.telling import MOST_WORDS, lower_first

_THINKS = re.compile(
    r"One speaker (?P<how>thinks|believes|argues|feels|does not think|does not believe) (?:that )?(?P<what>.+)\."
)
# What ought to be, is worth doing or can be done is a judgement on its face.
_OUGHT = re.compile(
    r"(?i)\b(?:should|must|needs? to|ha(?:ve|s) to|ought|makes? (?:more |no )?sense|important|worth|better|best|"
    r"right|wrong|good|bad|hard|easy|enough|too)\b"
)
_NEGATED = frozenset(
    ["is", "are", "was", "were", "will", "can", "should", "would", "could", "has", "have", "must", "may"]
)
_IMAGE = re.compile(r"(?P<what>(?:[\w’'-]+ ){1,4}?)(?P<be>is|are) (?P<image>(?:the|an?|our|your) .+), one could say\.")


_LEANS = re.compile(r"(?:it|they|he|she|this|these|those)\b(?! (?:is|makes?|takes?|will|would)\b)")


def written(text: str, who: str | None = None) -> str:
    """A claim with its opinion or its image as it is written. `who` may be named as the one whose image it is."""
    image = _IMAGE.fullmatch(text)
    if image:
        what = image["what"].strip()
        if who:
            small = lower_first(what, frozenset([what.split()[0].lower()]))
            return f"For {who}, {small} {image['be']} {image['image']}."
        return f"{what} {image['be']}, in a way, {image['image']}."
    view = _THINKS.fullmatch(text)
    if view is None or re.search(r"[.;“”] |\bone speaker\b", view["what"]):
        return text
    thought = _denied(view["what"]) if " not " in view["how"] else str(view["what"])
    if thought is None or _LEANS.match(thought):
        return text
    thought = thought[:1].upper() + thought[1:]
    if _OUGHT.search(thought) and not re.search(r"\bwill\b|\bgoing to\b", thought):
        return f"{thought}."
    return f"{thought}, in one speaker’s view." if len(thought.split()) + 4 <= MOST_WORDS else text


def _denied(text: str) -> str | None:
    """A thought that somebody does not share, denied: "the mast is strong" -> "the mast is not strong"; or None."""
    clause = main(text)
    if clause is None or re.search(r"\b(?:not|no|never|nobody|nothing|any|much|many)\b", text):
        return None
    subject, verb, rest = clause
    if verb not in _NEGATED or not text.startswith(f"{subject} {verb} "):
        return None
    rest = text[len(subject) + len(verb) + 2 :]
    return f"{subject} cannot {rest}" if verb == "can" else f"{subject} {verb} not {rest}"
