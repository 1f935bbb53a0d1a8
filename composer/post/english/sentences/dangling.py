"""English only: a pronoun, or a "that rope", before anything in its sentence that it could stand for.

Whoever reads a post has not heard the sentence before: an "it" must have its noun beside it.
"""

import re

from composer.post.english.words.lexicon import frames
from composer.post.english.words.tagging import tag
from composer.post.lexis import word_list

SURE = r"is|are|was|were|has|have|had|will|would|can|could|should|must|may|might|cannot|does|do|did"
_FINITE = word_list("sieve_finite")
_LOOSE = word_list("sieve_loose")
_JOINT = word_list("sieve_joint")
# "Of that list": a listener knows which one.
_THAT_ONE = re.compile(
    r"(?i)\b(?:from|in|on|of|with|for|at|by|under|around|into|like|than) that (?:\w+ )?(?P<noun>[a-z]{3,})"
    r"(?= (?:and|or|but|is|are|was|to|in|on|at|for|it|you|we|they|will|can)\b|[,.]|$)|"
    r"\b(?!say|says|think|thinks|know|knows|mean|means|believe|so|is|was|all|everything|anything|something|"
    r"nothing)\w+ that "
    r"(?P<thing>[a-z]{3,})(?= (?:because|when|if|again|too|and|or|but)\b|[,.]|$)"
)
# "One of these", "pieces from each of those": a listener knows what there is to take from.
_OUT_OF = re.compile(
    r"(?i)^(?:[\w-]+ ){0,3}of (?:them|these|those)\b(?! \w+s\b)|"
    r"\b(?:one|each|some|any|none|most|both|half|many|few|all|part|parts|pieces?|bits?|aspects?|side|rest) "
    r"(?:(?:of|from) (?:each|all|any) )?(?:of|from) (?:these|those|them|that|this)(?= ?(?:[,.]|$)|"
    r" (?:is|are|was|were|will|can|have|has|had|and|but|or|to|in|on|at|for|with|seems?|makes?)\b)"
)
_SHOWN = re.compile(r" (?:(?:two|three|four|five|ten|\d+|kinds? of|types? of) )?([A-Za-z][a-z]{2,})(?: ([a-z]{3,}))?")
# "It is a story that": the listener knows which; "it is a pity that" says so itself.
_THING_THAT = re.compile(
    r"(?i) (?:is|was) an? (?!(?:\w+ )?(?:pity|shame|fact|matter|mistake|question|idea|thing|sign|challenge|"
    r"problem|risk|crime|good|bad|great|poor|better)\b)(?:\w+ )?\w+ (?:that|which|where|when)\b"
)
_SOMEBODY = re.compile(
    r"(?:[a-z]{3}er|or|ist|ant|ian|man|woman|person|child|boss|friend|kid|captain|pilot|chief|king|queen|parent|nurse)$"
)
# Not what somebody does: "you feel", "will work".
_WORD = re.compile(
    r"(?i)(?<!\bI )(?<!\byou )(?<!\bwe )(?<!\bthey )(?<!\bwill )(?<!\bcan )(?<!\bto )(?<!\bnot )(?<!\bwould )"
    r"(?<!\bcould )(?<!\bshould )(?<!\bmust )(?<!\bmight )(?<!\bcannot )\b[\w’'-]{3,}"
)
_SEVERAL = re.compile(r"(?i)\b(?:two|three|four|five|many|several|\w+s), |\band \w+")
# "For the same reasons", "the same results as them": as who, and which?
_THE_SAME = re.compile(r"(?i)\bfor the same reasons?\b(?! (?:as|that)\b)|\b(?:as|than|like|unlike) (?:them|him|her)\b")
# Nothing a pronoun stands for, though it is a noun.
_EMPTY = re.compile(r"(?i)\b(?:(?:main |only |first |best |whole )?things?|a (?:lot|bit)|ways?|once|cases?|sense)\b")
# "It makes it readable": the second "it" is nothing that stands there.
_MADE_IT = re.compile(
    r"(?i)\b(?:makes?|made|keeps?|kept|leaves?|left|renders?) it (?!(?:\w+ ){1,5}?(?:to|that|for|when|if|how)\b)\w+"
)
# "The first kind and the second": a listener knows which two.
_OF_TWO = re.compile(
    r"(?i)\bthe (?:former|latter)\b|"
    r"\bthe (?:first|second|third|other) (?:kind|sort|type|group|case|option|half)\b(?! of\b)|"
    r"\bthe (?:second|third)(?=[.,]|$)"
)
_TIME = frames()["time"] | frames()["number"]


# "The lessons they can teach us": whoever teaches, it is not the lessons.
_RELATIVE = re.compile(
    r"(?!(?:[Tt]he )?(?:[Mm]ore|[Ll]ess|[Bb]etter|[Ff]ewer|[Ll]onger|[Ff]aster|[Ww]orse)\b)(?:[Tt]he |[Aa]n? |"
    r"[Ee]very |[Aa]ll |[Mm]ost )?(?:[\w’'-]+ ){0,2}(?P<noun>[\w’'-]+) (?:that |which )?(?:they|it|he|she) "
    r"(?:can|will|could|would|have|has|had|are|is|were|was|do|did|\w{3,}(?:s|ed|t)?) (?:(?!and\b|"
    r"but\b)[\w’'-]+ ){0,12}?"
    r"(?:is|are|was|were|will|can|has|have)\b"
)


def dangling(text: str) -> bool:
    """Whether "it", "they" and their like come before anything they could stand for."""
    for found in _THAT_ONE.finditer(text):
        noun = (found["noun"] or found["thing"]).lower()
        if found["thing"] and (re.search(r"(?:(?<![su])s|ed)$", noun) or tag(noun)[0] & {"VBP", "MODAL"}):
            continue  # "rope that holds": a clause
        if noun not in _TIME and noun not in _LOOSE and noun[:5] not in text[: found.start()].lower():
            return True
    if (two := _OF_TWO.search(text)) and not re.search(r"(?i)\b(?:two|three|both|one)\b", text[: two.start()]):
        return True
    if re.match(r"(?i)(?:\w+ )?people \w+ them\b", text) or _THE_SAME.search(text):
        return True
    out_of = _OUT_OF.search(text)
    if out_of and not _SEVERAL.search(text[: out_of.start()]):
        return True
    made = _MADE_IT.search(text)
    if made and not re.search(r",|\b(?:and|but|if|when|because|that|so)\b", text[: made.start()]):
        return True
    relative = _RELATIVE.match(text)
    if relative and tag(relative["noun"].lower())[0] & {"N", "NS", "NUM"}:
        return True  # but "the guests realized that they would ..." is no relative clause
    for found in re.finditer(r"(?i)\b(it|they|them|its|their|he|she|him|his|this|those|these)\b", text):
        low = found[1].lower()
        rest = text[found.end() :]
        front = text[: found.start()].lower()
        if front.endswith((" as we know ", " he or ")) or (low == "he" and re.match(r" or she\b", rest)):
            continue  # "as we know it", "he or she": anybody
        if low == "this" and "," in front and re.match(r" (?:happens|means|is (?:why|how|what|because))\b", rest):
            continue  # what the clause before it says
        if low == "it" and re.match(r"(?i)(?:every|each|any) ?time [^,]+, $", front):
            continue  # "every time somebody helps, it frees an hour": what the clause before it says
        if low == "it" and re.match(
            r" (?:is|was) [^,]{3,40}(?:, (?:and )?not [^,]{3,40},|,? and not [^,]{3,40}) (?:that|who)\b", rest
        ):
            continue  # "it was the nets, not the storm, that sank the boat"
        if low == "their" and re.match(r" own\b", rest) and re.search(r"\b(?:the|an?|every|each) (?:\w+ )?\w+", front):
            continue
        if (
            low == "it"
            and not _THING_THAT.match(rest)
            and re.match(
                r"(?i) (?!(?:is|was) (?:the|one|going|able|supposed|trying|used)\b)"
                r"(?:is|was|will be|would be|takes|makes sense|can be|could be|seems|turns out|matters|"
                r"becomes|depends|"
                r"comes down)\b(?:(?: \w+){0,3}? (?:to|that|when|if|how|whether|like)|(?: \w+){0,5}? for .{3,40} to)\b",
                rest,
            )
        ):
            continue
        shown = _SHOWN.match(rest)
        pointed = low in ("this", "these", "those") and shown and shown[1] not in _LOOSE
        if pointed and not re.match(r"(?i) (?:is|are|was|were|has|have|will|would|can|and|to|means|makes)\b", rest):
            # "These two extensions" are known to whoever heard the sentence before; the reader has not.
            if low == "this" and re.match(r" (?:year|century|decade|age|world|country|kind|sort)\b", rest):
                continue
            assert shown is not None
            earlier = text[: found.start()].lower()
            if not any(word and word not in _LOOSE and word[:5] in earlier for word in shown.groups()):
                return True
            continue
        before = re.sub(
            r"(?i)\b(?:the team|the speaker|somebody|someone|something|one|everything|anything)\b",
            " ",
            _EMPTY.sub(" ", text[: found.start()]),
        )
        before = re.sub(r"(?i)\b(?:what|which) \w+ $", " ", before)  # "what knot it should tie": not the knot
        nouns = [
            word
            for word in _WORD.findall(before)
            if word.lower() not in _LOOSE
            and word.lower() not in _FINITE
            and (low not in ("it", "its", "he", "she", "him", "his") or not set(re.split("-", word.lower())) <= _TIME)
            and not re.fullmatch(SURE, word.lower())
            and not word.lower().endswith(("ing", "ly"))
        ]
        if low in ("they", "them", "their") and re.search(
            r"(?i)\b(?:people|men|women|children|everybody|everyone|person|team|somebody|someone|anyone|"
            r"percent|per cent|who)\b|\band\b",
            text[: found.start()],
        ):
            continue
        if low in ("they", "them", "their"):
            nouns = [word for word in nouns if word.endswith("s") or not word.isalpha()]
        if low in ("he", "she", "him", "his"):
            nouns = [word for word in nouns if word[:1].isupper() or _SOMEBODY.search(word.lower())]
        nouns = [word for word in nouns if _names(word, before)]
        if low in ("it", "its") and nouns and all(_many(word) for word in nouns):
            return True  # "if you have four buttons, it is no problem"
        if not nouns:
            return True
        prior = re.findall(r"[\w’'-]+", text[: found.start()].lower())[-1:]
        apart = len(nouns) != 1 or "," in before[before.rfind(nouns[0]) :]
        # "Computers are so strange that our society comes to grips with them": another does it.
        apart = apart or bool(
            re.search(r"\bthat (?:our|we|you|people|nobody|everybody)\b", before[before.rfind(nouns[0]) :])
        )
        alone = not apart and re.match(
            r"(?i),| (?:as|in|on|to|for|with|by|at|from|up|out|down|away|again|and|but|or)\b|$", rest
        )
        if low in ("it", "them") and alone and prior and prior[0] not in _JOINT:
            return True  # "the crew used it": an object is never its own subject
    return False


def _names(word: str, before: str) -> bool:
    """Whether a word can be what a pronoun stands for: a noun, a number or a name; a capital at the start is none."""
    if tag(word.lower())[0] & {"N", "NS", "NUM"} or "’" in word:
        return True
    return word[:1].isupper() and not before.lstrip().startswith(word)


def _many(word: str) -> bool:
    """Whether a word can only be a plural."""
    tags = tag(word.lower())[0]
    return "NS" in tags and not tags & {"N", "NUM"} and word.islower()
