"""English only: questions that a claim answers and that do not begin with its own verb.

"What Does It Take to Keep a Rope Dry", "Should You Ring the Bell When You Wake Up", "Is Coiling a Rope by Hand Slow".
"""

import re

from composer.post.english.grammar import whole
from composer.post.english.words.tagging import tag

MINE = re.compile(r"(?i)\b(?:i|me|my|mine|we|us|our|ours|he|she|him|her|his|hers|this|that one|these|those|here)\b")
BACK = re.compile(r"(?i)\b(?:it|they|them|their|its|that)\b")
_NEEDS = re.compile(
    r"(?i)\b(?:must|need to|needs to|have to|has to|had to|(?:have|has) got to|should|ought to|"
    r"(?:is|are) (?:\w+ly |very |really |so )?(?:important|necessary|essential|vital|crucial|enough)|requires?|"
    r"takes?|needs?|the (?:best|only|right) (?:way|thing))\b"
)
_GOAL = re.compile(
    r"(?i)^(?:if|when) you (?:really |ever |just )?(?:want|wish|would like) to (?P<a>[^,;]+), (?P<then>[^;]+)$|"
    r"^(?:in order )?to (?P<b>[^,;]+), (?P<rest>[^;]+)$"
)
_ADVISED = re.compile(
    r"(?i)^(?P<when>(?:when|if|before|after|once) you [^,;]+?),? you (?:\w+ly )?(?P<modal>should|must|cannot|can not)"
    r"(?: not| never)? (?P<rest>(?!not\b)[^,;]+)$"
)
_DOING = re.compile(
    r"^(?P<doing>[A-Z][a-z]+ing (?:[\w’'-]+ )+?)(?P<be>is|can be|should be) (?P<not>not )?(?P<rest>.+)$"
)
_ROW = re.compile(
    r"(?i)^(?P<row>(?:an?|the|some|no) [\w-]+, (?:(?:an?|the|some|no) [\w-]+,? )+and (?:an?|the|some) [\w-]+) "
    r"(?P<be>is|are) (?P<not>not )?(?P<rest>[^,;]+)$"
)
_BEST = re.compile(
    r"(?i)^(?P<np>the (?:(?:most|least) [a-z]+|only|best|worst|[a-z]{3,}est|hardest|easiest|"
    r"main) (?:(?!is\b|are\b|was\b|were\b)[a-z-]+ ){0,2}?"
    r"(?!is\b|are\b|was\b|were\b)[a-z-]+ (?P<link>to|of|for|in|with|about|from|on|you can|who|that|"
    r"when) [^,;]+?) (?P<be>is|are|was|were) "
    r"(?P<what>[^;]+)$"
)
_PEOPLE = re.compile(
    r"(?i)\b(?:people|persons?|men|women|workers?|students?|children|[a-z]+ers|[a-z]+ists) (?:who|that)\b"
)


def takes(text: str) -> str:
    """ "To keep a rope dry, you must coil it" answers "What does it take to keep a rope dry"."""
    found = _GOAL.match(text)
    if found is None:
        return ""
    goal, then = found["a"] or found["b"], found["then"] or found["rest"]
    words = goal.split()
    if not 2 <= len(words) <= 8 or MINE.search(goal) or BACK.search(goal) or not _NEEDS.search(then):
        return ""
    if re.search(r"(?i)\b(?:not|your?)\b", goal) or "VB" not in tag(words[0].lower())[0] or not whole(f"You {goal}"):
        return ""
    return f"What does it take to {goal[:1].lower()}{goal[1:]}"


def advised(text: str) -> str:
    """ "When you wake up you should not ring the bell" answers "Should you ring the bell when you wake up"."""
    found = _ADVISED.match(text)
    if found is None:
        return ""
    when, rest = found["when"], found["rest"]
    if MINE.search(text) or BACK.search(rest) or len(rest.split()) < 2:
        return ""
    if not whole(f"You {rest}") or not whole(re.sub(r"(?i)^\w+ ", "", when)):
        return ""
    modal = "Can" if found["modal"].lower().startswith("can") else found["modal"].capitalize()
    return f"{modal} you {rest} {when[:1].lower()}{when[1:]}"


def doing(text: str) -> str:
    """ "Coiling a rope by hand is slow" answers "Is coiling a rope by hand slow"."""
    found = _DOING.match(text)
    if found is None or len(re.findall(r"(?i)\b(?:is|are|was|were|has|have|can|will)\b", text)) > 1:
        return ""
    act = found["doing"].strip()
    if MINE.search(text) or BACK.search(found["rest"]) or "," in text or len(act.split()) < 3:
        return ""
    if "VBG" not in tag(act.split()[0].lower())[0] or not whole(f"{act} is good"):
        return ""
    rest = re.sub(r"(?i)^(?:also|often|usually|actually|really|simply|very|just|probably) ", "", found["rest"])
    first, _, more = found["be"].partition(" ")
    return " ".join(f"{first.capitalize()} {act[:1].lower()}{act[1:]} {more} {rest}".split())


def listed(text: str) -> str:
    """ "A rope, a lamp and a bell is not a harbour" answers "Is a rope, a lamp and a bell a harbour"."""
    found = _ROW.match(text)
    if found is None or MINE.search(text) or BACK.search(found["rest"]):
        return ""
    return f"{found['be'].capitalize()} {found['row'][:1].lower()}{found['row'][1:]} {found['rest']}"


def best(text: str) -> str:
    """ "The hardest part of coiling a rope is the start" answers "What is the hardest part of coiling a rope"."""
    found = _BEST.match(text)
    if found is None or not 4 <= len(found["np"].split()) <= 11 or len(found["what"].split()) < 2:
        return ""
    np = found["np"]
    clause = found["link"].lower() in ("who", "that", "when", "you can")
    if MINE.search(np) or re.search(r"(?i)\b(?:it|they|them|their|its|thing|things|one|part of (?:it|that))\b", np):
        return ""
    if re.search(r"(?i)\b(?:is|are|was|were|has|have|can|will|would|should)\b", np) and not clause:
        return ""
    if not whole(f"{np} {found['be']} good"):
        return ""
    word = "Who" if _PEOPLE.search(np) else "What"
    return f"{word} {found['be'].lower()} {np[:1].lower()}{np[1:]}"


_NEEDED = re.compile(
    r"(?i)^(?P<when>(?:if|when|before|once) you [^,;]+), (?:then )?you (?:may|might|will|probably|just|really) "
    r"(?P<need>need|have) to (?P<rest>(?!not\b|be\b)[^,;]+)$"
)


def needed(text: str) -> str:
    """ "If you have a bell, you might need to know Morse" answers "Do you need to know Morse if you have a bell"."""
    found = _NEEDED.match(text)
    if found is None or MINE.search(text) or BACK.search(found["rest"]) or len(found["rest"].split()) < 2:
        return ""
    if not whole(f"You {found['rest']}") or not whole(re.sub(r"(?i)^\w+ ", "", found["when"])):
        return ""
    when = re.sub(r"(?i)\b(have|has) got\b", r"\1", found["when"])
    return f"Do you {found['need'].lower()} to {found['rest']} {when[:1].lower()}{when[1:]}"


_WHICH = re.compile(
    r"(?i)^the (?P<how>(?:most|least) [a-z]+) (?P<what>[a-z-]+s(?: (?:of|in|on|for) [^,;]+?)?) are (?P<rest>[^;]+)$"
)


def which(text: str) -> str:
    """ "The most useful ropes are those of hemp" answers "Which ropes are the most useful"."""
    found = _WHICH.match(text)
    if found is None or len(found["rest"].split()) < 3 or MINE.search(found["what"]) or BACK.search(found["what"]):
        return ""
    if "NS" not in tag(found["what"].split()[0].lower())[0] or not whole(f"The {found['what']} are good"):
        return ""
    return f"Which {found['what']} are the {found['how'].lower()}"
