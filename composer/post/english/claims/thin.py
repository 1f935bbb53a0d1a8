"""English only: short sentences that say of something known to the listeners that it is so: true there, nothing here.

Measured on lines that readers rated one by one: a short sentence without a turn, a comparison or a figure that begins
with "the", "you", "we", "there" or a circumstance is unusable ten times for each time it is worth a line. The same
length beginning with what it is about ("Sudden storms are rare") is worth a line four times as often.
"""

import re

from composer.post.english.claims.worth import figured, turns

_SHORT = 12
"""Words below which a bare statement of or to those present says too little."""
_SHORTER = 10
"""The same for one that begins with "the": what it names may be known to everybody."""
_PRESENT = re.compile(r"(?:It|One speaker)\b(?!.*,)|(?:You|We|There)\b")
# "With a wet rope people tie boats": a circumstance is not what a sentence is about, whatever its length.
_CIRCUMSTANCE = re.compile(r"(?:On|With|For|At|In|By|From|Inside|Behind|Within|Under)\b(?!.*,)")
# "The speaker went to the harbour": a step of a story.
_STEP = re.compile(
    r"(?:The (?:team|speaker)|[A-Z][\w’-]+(?: [A-Z][\w’-]+)?) (?:has |only |recently |just |then )*(?:got|gets|led|saw|"
    r"went|goes|came|comes|met|visited|inspected|called|drove|flew)\b"
)
# "There are some other knots": that there are is no news.
_SOME_THERE = re.compile(
    r"There (?:is|are|was|were) (?:even |also |always |certainly |one )?(?:other|a lot of|lots of|some|certain|cool|"
    r"nice|less|one|issues|things|ways)\b(?!.*\b(?:that|who|which|than|because|but)\b)|"
    r"You could\b(?!.*\b(?:if|when|because|instead|but)\b)"
)
# "We are going to use a rope": what comes next in the talk.
_PLANNED = re.compile(r"We are going to\b")
_THERE = re.compile(r"^There (?:is|are|was|were) ")


def thin(text: str) -> bool:
    """Whether one told sentence is a bare short statement that only those present could use."""
    if _SOME_THERE.match(text) or (_PLANNED.match(text) and not turns(text)):
        return True
    # "There is a rope" is no image, as "trust is a rope" is.
    if turns(_THERE.sub("They have ", text)) or figured(text):
        return False
    if _CIRCUMSTANCE.match(text) or _STEP.match(text):
        return True
    size = len(text.split())
    return (size < _SHORTER and text.startswith("The ")) or (size < _SHORT and bool(_PRESENT.match(text)))
