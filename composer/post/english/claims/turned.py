"""English only: what the next sentence of a source takes back, or sets against it.

A speaker says first what people think, what is usual, or what is true of many, and then what is so: "That is not the
biggest risk", "We saw the opposite", "But very few have the patience". The first half alone says what nobody meant.
"""

import re

_AND = r"\W*(?:(?:and|but|so|well|now|yet|in fact|actually|of course|clearly|however|no),? )*"
# What denies whatever stands before it.
_DENIES = re.compile(
    rf"(?i){_AND}(?:no[.,!]|nope\b|wrong[.,!]|false[.,!]|nonsense\b|not (?:so|true|at all|quite|really)[.,!]|"
    r"nothing could be further|on the contrary\b|far from it\b|"
    r"(?:it(?:['’]s| is| was) )?(?:quite |just |exactly )?the (?:exact |very |complete )?(?:opposite|reverse|contrary|"
    r"other way (?:a)?round)\b|"
    r"(?:that|this|it)(?:['’]s| is| was| turned out to be| turns out to be) (?:(?:just|simply|all|pure|of course|"
    r"actually|completely|totally|plainly|also|a complete|a total|a common|a popular|an old|a|an|one big|the) )*"
    r"(?:myths?|lie|misconception|misunderstanding|fallacy|illusion|nonsense|wrong|false|untrue|rubbish)\b|"
    r"(?:that|this|it)(?:['’]s not| is not| isn['’]t| was not| wasn['’]t) (?:(?:actually|really|quite|exactly|even|"
    r"at all|in fact|always|necessarily) )*"
    r"(?:true|so[.,]|right[.,]|correct|the case|what (?:happen|we|they|I|it|the)|how (?:it|we|they|things|this|that)|"
    r"the (?:real|main|whole|biggest|bigger|greatest|actual|true|right|most important|important|full|worst|hard|"
    r"hardest|best) \w))"
)
_OPPOSITE = re.compile(
    rf"(?i){_AND}(?:\w+ly,? )?(?:we|i|they|you|he|she|it) (?:\w+ly )?(?:saw|sees?|found|finds?|did|does|do|had|has|"
    r"have|got|observed?|wants?|wanted|believes?|thinks?|noticed|is|was) (?:\w+ly )?(?:exactly |just |quite )?"
    r"the (?:exact |very |complete )?(?:opposite|reverse|contrary)\b"
)
# What is usual, and what people think.
_USUAL = re.compile(
    r"(?i)\b(?:typically|traditionally|usually|normally|conventionally|generally|commonly|ordinarily)\b|"
    r"\b(?:people|everybody|everyone|others|we all|somebody|most of (?:us|them|you)|(?:most|many|some) (?:\w+ )?\w+s) "
    r"(?:\w+ ){0,2}?(?:think|thinks|thought|believes?|believed|assumes?|assumed|expects?|expected|fears?|feared|say|"
    r"says|said|suppose|imagine|claim|claims|worry|worries|(?:are|is|were|was) (?:\w+ )?(?:worried|afraid|convinced|"
    r"told|taught|sure|scared)|tend to|used to)\b|"
    r"\b(?:common|usual|conventional|popular|received|traditional) (?:wisdom|view|belief|idea|assumption|thinking|"
    r"answer|advice|opinion)\b"
)
_SETS_AGAINST = re.compile(
    r"(?i)\W*(?:(?:and|so|well|now),? )*(?:but|however|yet|in fact|in reality|in truth|actually|instead|rather|except|"
    r"the (?:truth|reality|fact) is|(?:as )?it turns out|turns out|not (?:us|me|here|any ?more|this time))\b"
)
# "There are many who can", "very few who will".
_MANY = re.compile(r"(?i)\bthere (?:are|is) (?:a lot of|many|plenty of|lots of|any number of|no lack of)\b")
_FEW = re.compile(
    r"(?i)\W*(?:(?:and|but|yet|however),? )?(?:there (?:are|is) )?(?:very |only (?:a )?|just a |but )?"
    r"(?:few|little|none|nobody|no one|hardly any|almost no(?:body)?)\b(?! (?:more|days|weeks|months|years)\b)"
)
AHEAD = 2
"""Sentences that may lie between what is usual and "we saw the opposite", and one."""


def turned(text: str, *after: str) -> bool:
    """Whether what comes `after` a sentence, next first, takes it back or says the other half of it."""
    if not after:
        return False
    usual = bool(_USUAL.search(text))
    return bool(
        _DENIES.match(after[0])
        or any(_OPPOSITE.match(said) for said in after[: AHEAD if usual else 1])
        or (usual and _SETS_AGAINST.match(after[0]))
        or (_MANY.search(text) and _FEW.match(after[0]))
    )
