"""English only: what somebody in a conversation says, whole and with a turn, in the speaker's own words.

Where retelling would break a sentence, its own words in quotation marks are honest, and a reader forgives them the
sound of speech. Only words that stand in the source in this order are quoted; fillers at the ends and inside are left
out.
"""

import re
from collections.abc import Iterator

from composer.post.english.claims.worth import turns
from composer.post.english.grammar import whole
from composer.post.english.sentences.adrift import adrift, named_doing, private
from composer.post.english.sentences.clauses import main, verbs
from composer.post.english.sentences.pieces import pieces
from composer.post.english.sentences.retold import expand, heap
from composer.post.english.sentences.sieve import fleeting, leans
from composer.post.english.sentences.spoken import doubled, reason, spoken, strip_spoken
from composer.post.english.sentences.standing import half, idle
from composer.post.english.sentences.stutter import unlike, unstuttered
from composer.post.english.sentences.telling import SPACED as _SPACED
from composer.post.english.sentences.telling import SPELLED as _SPELLED
from composer.post.english.sentences.telling import denied_before
from composer.post.english.words.forms import is_past
from composer.post.lexis import rows, word_list

LEAST, MOST, FRANK = 8, 28, 34
"""Words of a quotation; with its owner it stays below what a point may hold. `FRANK`: the most of one without owner."""

LONG = 210
"""Characters of a quotation: with its label it is to stay one thought on a phone."""

_SENTENCE = re.compile(r"(?<=[.!]) (?=[A-Z])")
_LEANING = re.compile(
    r"(?i)(?:it|they|this|that|these|those|he|she|him|her|rather|perhaps|in respect|as a result|"
    r"which|who|or|like|yeah|yes|no|right|okay|so|and|but|well|"
    r"now|then|because|than|also|just|you know|why|how|what|where|third|second|first|of course|maybe|i mean|"
    r"i (?:was|were|had|did(?:n['’]t)?|gotta|got|went|came|remember|forget|forgot|guess|saw|said|noticed|wanted|"
    r"spent|started|recently|don['’]t (?:know|remember))|"
    r"for me|one (?:is|was)|a half|the (?:first|second|third|other|next|last) (?:one|thing)|"
    r"i['’]d|i['’]ve|my|we (?:will|were|had|did)|we['’]ll|to (?:clarify|be (?:fair|clear|honest))|for example|"
    r"especially|particularly|otherwise|naturally|even with|seems|read|let|at the end|"
    r"there(?: is|['’]s) (?:a|an|one|some) (?:case|world|scenario|chance))\b"
)
# What somebody says of the day and the moment; a talk of somebody named does without.
_PERSONAL = re.compile(
    r"(?i)i (?:know|am|like|love|hope|want|just|also|only|actually|still|really|do not|don['’]t (?:have|want))\b|"
    r"i['’]m\b"
)
_TODAY = re.compile(
    r"(?i)^i(?: am|['’]m) (?:(?:so|really|also|just|actually|very) )*(?:sorry|happy|glad|excited|hoping|looking|having|"
    r"doing|thinking|finding|behind|the|an?|like|in|on|at|not (?:a|an|the|sure)|[a-z]+ that)\b|"
    r"^i (?:do not|don['’]t) want to say\b|^you(?: are|['’]re) (?:an?|such|so|very|really|extremely|incredibly|just|"
    r"now|already)\b|^i (?:need|have|want) to (?:come up|prepare|present|check|find out|look (?:at|into|for))\b|"
    r"^i (?:just |really )?(?:want|like|love|hope) (?:you|that (?:we|you)|to (?:say|mention|thank|give|know|at))\b|"
    r"\b(?:i|we)(?: am| are|['’]m|['’]re) (?:(?:now|not|also|just|all|probably|always|actually) )*"
    r"(?:going to|gonna|\w+ing to)\b|"
    r"\bin about (?:a|an|two|three|\w+) (?:weeks?|days?|months?|hours?)\b"
)
_BREATH = re.compile(r"(?i)(?:^|(?P<before>\b[\w'’]+) )like\b")
_LIKENS = word_list("quoting_likens")
# What a clause cannot end on, unless it asks "what you are talking about".
_OPEN = re.compile(
    r"(?i)\b(?:to|of|on|in|with|for|at|from|by|about|into|and|or|but|the|an?|that|which|who|if|than|as|is|are|was|"
    r"were|be|just|actually|basically|there|i think|say|says|mean|really|pretty|the least|the most|and go|like|two|"
    r"three|right|so|like that|things|the same|then|though|this|these|those|not|some|very|more|what|how)$"
)
# A quotation is an opinion: not what somebody did, has or will do next.
_BUSINESS = re.compile(
    r"\bI (?:will|have|had|did|get|got|was|just|said|went|came|saw)\b|\bI['’](?:ll|ve|d)\b|"
    r"\b(?:me|us) (?:know|see)\b|(?i:\bfeel free\b|\bis like (?:it|they|we|you|i)\b|\bgotta\b)"
)
_DEBRIS = re.compile(r"[\"“”?_\[\]<>{}|*#:;…\\]|\.\.|--| [-–—] |\d:\d\d|\b[a-z]+ [A-Z][a-z]+ [a-z]+ing\b(?=$)")
_TOLD = re.compile(
    r"\b(?P<who>I|[Ww]e) (?:(?:also|just|only|really|never|always|actually|still|do|does|not|\w+ly) )*(?P<verb>\w+)"
)
_PLAIN_START = re.compile(
    r"(?i)(?:(?:just |even )?(?:if|when|as|once|unless|while|because|although|in|on|at|for|with|from)\b|I\b|we\b|"
    r"you\b|there\b|nobody\b|everybody\b|everyone\b|the\b|an?\b|our\b|your\b|most\b|overall\b|clearly\b|"
    r"unfortunately\b)"
)
_THINKING = word_list("quoting_thinking")
_FEELING = _THINKING | word_list("quoting_feeling")
_OWN = re.compile(
    r"\b[Mm]y (?!(?:own )?(?:\w+ )?(?:team|view|opinion|advice|experience|point|customers?|users?)\b)|"
    r"\bfor example$|\b[Yy]ou(?: will|['’]ll) be aware\b|\bI mean\b|"
    r"\b[Ww]e have (?:heard|only got)\b|\b(\w{4})\w* \1\w*\b|\bsa(?:ys|id)\b|\bsay,|'em\b|\bonly,"
)
# What everybody has: "my brain tells me" stands for many, "my car" for one.
_MIND = re.compile(rf"\b[Mm]y (?:own )?(?:[\w-]+ )?(?:{'|'.join(sorted(word_list('quoting_mind')))})\b")
# "A, it's B": two sentences that speech joins with a breath.
_SPLICE = re.compile(
    r"(?i),? (?:and|but|so|because) (?=(?:i|you|we|they|it|there|people|that|the|a)\b)|"
    r", (?=(?:i|you|we|they|it|there|people|that is|most|the|every)\b)"
)


def quotable(text: str, *, frank: bool = False) -> Iterator[str]:
    """What of a spoken sentence, or of two, can be quoted: the best first. `text` is the source's own wording.

    `frank` takes in what people say of themselves: in a conversation of nobody named it stands for many.
    """
    form = spoken("en")
    text = _SPELLED.sub(lambda found: found[0].replace("_", ""), _SPACED.sub("", text))
    parts = _SENTENCE.split(text)
    first = strip_spoken(parts[0], form)
    if denied_before(parts[0], first):
        return
    first = _trim(reason(unstuttered(unlike(first))))
    tried: list[str] = []
    if len(parts) > 1:
        both = f"{first}. {_trim(unstuttered(unlike(strip_spoken(parts[1], form))))}"
        if (
            len(both.split()) <= MOST
            and fit(first, least=4, frank=frank)
            and fit(both.split(". ", 1)[1], least=4, follows=True)
        ):
            tried.append(both)
    tried.append(first)
    for candidate in tried:
        if len(candidate.split()) >= LEAST and (candidate != first or fit(candidate, frank=frank)):
            yield candidate
            return
    for piece in pieces(first):
        after = first[first.lower().find(piece.lower()) + len(piece) :]
        if (
            _ROW.match(after)
            or _GOES_ON.match(after)
            or begun_again(first, piece)
            or (after.strip(" .") and (_CONDITION.search(piece) or _COUNTED.search(piece)))
        ):
            continue  # a number or a condition whose rest is left out, or "preserve" of "preserve, protect"
        if len(piece.split()) >= LEAST and fit(piece, frank=frank) and whole(expand(piece)):
            yield piece
            return


_PAIRED = re.compile(
    r"(?:And|But|So|Because|Otherwise|If not|Instead|Then|It|They|That|Which means|Not because)\b|(?:And |But )?[Ii]f "
)


def paired(quoted: str, before: str, after: str) -> str:
    """Two short sentences of one voice that belong together, as one quotation; "" where they do not.

    `quoted` is all of `before` that is quoted; `after` leans on it ("Otherwise ..."), or is its other half.
    """
    form = spoken("en")
    own = _trim(reason(unstuttered(unlike(strip_spoken(before, form)))))
    if own != quoted or "?" in after or ". " in quoted or not _PAIRED.match(after.lstrip()):
        return ""
    turn = re.match(r"(?:But|Because|Otherwise|If not|Instead)\b", after)
    second = after.strip() if turn else _trim(strip_spoken(after, form))
    second = _trim(unstuttered(unlike(second)))
    if not turns(expand(second)):
        return ""  # "It is going to be horrible" adds nothing
    halves = re.match(r"(?i)(?:and |but )?if\b", after) and not re.match(r"(?i)if\b", quoted)
    told = re.sub(r"(?i)^(?:but|because|otherwise|if not|instead),? ", "", second)
    if halves or _SENTENCE.search(second) or len(f"{quoted} {second}".split()) > MOST:
        return ""
    return f"{quoted}. {second}" if fit(told[:1].upper() + told[1:], least=3, follows=True) else ""


# What limits or says what the piece only names, and a condition whose main clause comes after it.
_GOES_ON = re.compile(r"(?i),? (?:which|who|whose|where|that|not|but not|but also|but rather|except|then)\b")
_CONDITION = re.compile(r"(?i)\b(?:if|when|unless|because|although|while|as|since|once|until) [^,]*$")
_BOTH = re.compile(r"(?i)\bnot (?:just|only|merely|simply) (?!because\b)")
_LAST = re.compile(r"(?:, (?:but|and|or|yet)|,? but yet|,? and yet) ((?!\w+(?:ly)? ?$)[^,]+|[A-Z]\w+)$")
_UNVERBED = re.compile(r"(?i), (?:and|but|or)(?: yet)?,? (?P<rest>(?:the|an?|our|their|those|these) [^,]+,.*)$")
_COUNTED = re.compile(
    r"(?i)\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|"
    r"seventy|eighty|ninety|hundred|thousand|million|billion|dozen|\d+)$"
)
_ROW = re.compile(r",? (?:[\w-]+ ){1,3}(?:and|or) |, [\w-]+, ")


_SMALL = word_list("sieve_loose")
_CONDITIONAL = re.compile(r"(?i)(?:just |even |and )?(?:if|when|because|since|while|as|once|unless|although)\b")


def _trim(text: str) -> str:
    text = text.strip(" ,;.!-–—…")
    return text[:1].upper() + text[1:]


def fit(text: str, *, least: int = LEAST, follows: bool = False, frank: bool = False) -> bool:
    """Whether words can stand in quotation marks: whole, leaning on nothing, no business of the moment."""
    size = len(text.split())
    own = frank and _MIND.match(text)
    if not least <= size <= (FRANK if frank else MOST) or (_LEANING.match(text) and not (follows or own)):
        return False
    if _DEBRIS.search(text) or len(text) > LONG:
        return False
    if frank and (_TODAY.search(text) or private(expand(text))):
        return False
    if frank and any((m["before"] or "").lower() not in _LIKENS for m in _BREATH.finditer(text)):
        return False
    if not frank and not follows and _PERSONAL.match(text):
        return False
    thought = re.match(r"(?i)I (?:think|feel like|guess|believe) (?:that )?(?P<what>.+)", expand(text))
    if thought and not verbs(f"It {thought['what']}"):
        return False  # "I guess above all to be frank"
    trios = list(zip(*(text.lower().split()[at:] for at in range(3)), strict=False))
    said_twice = {trio for trio in trios if trios.count(trio) > 1}
    if any(len(word) > 4 for trio in said_twice for word in trio):
        return False  # "I make a video I make a video"; "you can be a rope or you can be a knot" is a turn
    if _CONDITIONAL.match(text) and not re.search(r",|\bthen\b", text) and not _two_clauses(text):
        return False  # where no comma ends the condition, its main clause may be another's
    if _BUSINESS.search(text) or doubled(text) or (_OPEN.search(text) and not re.search(r"(?i)\bwhat\b", text)):
        return False
    said = [word for word in re.findall(r"[a-z’'-]{4,}", text.lower()) if word not in _SMALL]
    if any(said.count(word) > 2 for word in said):
        return False  # "reads, like eight reads, or ten reads"
    bare = expand(text)
    row = _UNVERBED.search(bare)
    if row and not verbs(f"It {row['rest']}"):
        return False  # "..., and yet, the five banks in the city, alone": what they do is left out
    last = _LAST.search(bare)
    if last and not verbs(f"It {last[1]}"):
        return False  # "..., but Robyn": the half of what goes on
    if _BOTH.search(bare) and not re.search(r"\bbut\b|, (?:it|they) (?:is|are)\b", bare):
        return False  # "not just A" without its "but also B" says less than half
    if not _opinion(bare, _FEELING if frank else _THINKING):
        return False
    if _OWN.search(_MIND.sub("the mind", bare) if frank else bare):
        return False
    if (not follows and adrift(bare)) or (frank and (rows("present").search(bare) or named_doing(bare))):
        return False
    if re.match(r"\w+ing\b", bare) and main(bare) is None:
        return False  # "Having people give me the courage to build": of what begins so the verb must be found
    if fleeting(bare) or half(bare) or idle(bare) >= 0.2 or (not follows and leans(bare)):
        return False
    return _clear(bare)


# "When you come to the pier you should not": where the main clause begins is heard without a comma.
_TWO = re.compile(
    r"(?i)(?:if|when|once) (?:you|we|they|people) (?P<first>[^,]{6,60}?) (?:you|we|they|people|it) (?:should|can|"
    r"will|must|cannot|could|might|may|have to|need to|(?:do|wo|ca|should)n['’]t|(?:do|will|should|can) not|"
    r"are (?:not )?going to) "
)
_RELATIVE = re.compile(
    r"(?i)\b(?:there|something|anything|everything|nothing|things?|have|has|(?:is|are) (?:an?|the)|that|what|who|which|"
    r"how|where|when|if|and|or|than|as|because|to|all|way|places?|the)$|\b(?:is|are) (?:an?|the) \w+$"
)


def _two_clauses(text: str) -> bool:
    found = _TWO.match(text)
    return found is not None and not _RELATIVE.search(found["first"])


def begun_again(text: str, piece: str) -> bool:
    """Whether a piece ends where its words are taken up again, or begins with a second try.

    "I want" of "I want, I did"; "deeply working" of "deeply, deeply working".
    """
    at = text.lower().find(piece.lower())
    if at < 0:
        return False
    before = re.findall(r"[\w'’]+", text[:at].lower())[-1:]
    after = re.findall(r"[\w'’]+", text[at + len(piece) :].lower())[:1]
    own = re.findall(r"[\w'’]+", piece.lower())
    stem = {word.split("'")[0].split("’")[0] for word in own[-5:]}
    back = text[at + len(piece) :].lstrip()[:1] == ","
    return before == own[:1] or (back and bool(after) and after[0].split("'")[0].split("’")[0] in stem)


def _opinion(bare: str, thinking: frozenset[str]) -> bool:
    """Whether what "I" and "we" do in it is to think: no episode, no habit, no order; the past only with its reason."""
    for found in _TOLD.finditer(bare):
        verb = found["verb"].lower()
        if found["who"] == "I" and verb not in thinking:
            return False
        if verb != "could" and is_past(verb):
            return False
        if verb == "have" and re.match(
            r" (?:not |never |just |also )?(?:\w+ed|got|been|done|seen|had|gone)\b", bare[found.end() :]
        ):
            return False
    clause = main(bare)
    if clause is None:
        return bool(_PLAIN_START.match(bare))
    subject, verb, rest = clause
    if not subject:
        return bool(re.match(r"(?i)(?:do not|never|always)\b", bare))
    return not (verb in ("was", "were", "did") or is_past(verb)) or bool(re.search(r"\b(?:because|would)\b", rest))


def _clear(bare: str) -> bool:
    """Whether a sentence is whole, or a row of whole ones that a breath joins."""
    if whole(bare):
        return not heap(bare)
    parts = [part.strip(" ,") for part in _SPLICE.split(bare)]
    return len(parts) in (2, 3) and all(len(part.split()) > 2 and whole(part) for part in parts)


def telling(text: str) -> bool:
    """Whether words say something that could be disputed."""
    return turns(expand(text)) > 0
