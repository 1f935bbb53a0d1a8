"""English only: sentences that were cut off, run into another, or hang on a word outside of them."""

import re

from composer.post.english.grammar import whole
from composer.post.english.sentences.clauses import verbs
from composer.post.english.words.tagging import tag
from composer.post.lexis import rows

# "The crew thinks the tide": a thought is a sentence of its own.
_THOUGHT = re.compile(r"\b(?:thinks|believes) (?:that )?(?P<thought>.+)$")
# "..., who said that mending the nets": what of it?
_ALL_OF_IT = re.compile(r"(?i)\bthat (?P<doing>\w+ing [^,;]*)$")
# "Anybody could see that while the tide was out": the clause that it waits for is not there.
_NO_MAIN = re.compile(r"(?i)\bthat (?:if|when|while|although|because|since|though|unless) [^,]*$")
# "The harbour took that in good part": who heard the sentence before knows what.
_OBJECT = re.compile(
    r"(?i)(?P<noun>\b(?:the|an?|no|our|your|my|their|any|one|this|some|of|every|his|her|its) )?"
    r"\b(?P<verb>[a-z]+) that (?:as|in|on|for|with|by|from|at|to|added|done|happening|yourself|ourselves|quite|very|so|"
    r"really|easily|quickly|again|yet)\b"
)
_SAYS = re.compile(
    r"(?i)(?:th(?:ink|ought|inking)|believ|sa(?:y|id)|kn[eo]w|fact|mean|so$|show|ide|argu|sense|is$|was$|are$|were$|be$|"
    r"not(?:ion|e)|position|stat|learn|ensur|sure|such|find|found|feel|felt|see|saw|hope|view|claim|evidence|tell|told|"
    r"agree|reali|certain|clear|likely|aware|prov|suggest|chance|report|assum|beli|doubt|explain|decid|hear|guess|all$|"
    r"everything|anything|something|nothing|one$|those$|and$|or$|but$|"
    r"(?:\w+(?:ion|ment|ance|ence|ty|er|or|ism|s)$))"
)
_ACTS = frozenset(["VB", "VBP", "VBZ", "VBD", "VBG", "VBN"])
# "Dry", of "dry drying": a word that broke off before it was said whole.
_BROKEN_WORD = re.compile(
    r"(?<![\w’'-])(?P<part>[a-z]{3,}) (?:(?:in|of|to|the|a|an|and|for|with|on) )?(?P=part)[a-z]{3,}\b"
)


def loose(text: str) -> bool:
    """Whether a told sentence, without its closing mark, has no end, or hangs on what is not in it."""
    thought = _THOUGHT.search(text)
    if thought and not whole(thought["thought"]):
        return True
    doing = _ALL_OF_IT.search(text)
    if doing and not verbs(f"It {doing['doing']}"):
        return True
    if _NO_MAIN.search(text) or rows("loose").search(text) or text.count("“") != text.count("”"):
        return True
    said = _OBJECT.search(text)
    if said and not said["noun"] and not _SAYS.match(said["verb"]) and tag(said["verb"].lower())[0] & _ACTS:
        return True
    broken = _BROKEN_WORD.search(text)
    return broken is not None and not tag(broken["part"])[0] - {"N", "NS"}
