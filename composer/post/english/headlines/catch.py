"""English only: what of a source can stand over a post: its short claims, with what makes a reader stop at them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from composer.evidence.model import Evidence
from composer.post.adverts import adverts
from composer.post.english.claims.ranking import Claim
from composer.post.english.grammar import whole
from composer.post.english.sentences.retold import expand
from composer.post.english.sentences.sieve import fleeting, main, sound
from composer.post.english.sentences.spoken import spoken, strip_spoken
from composer.post.english.words.tagging import tag
from composer.post.lexis import word_list

LONGEST = 85
"""Characters of a headline: two lines on a phone."""
FEWEST, MOST = 3, 15
"""Words of a headline that is a claim."""


@dataclass(frozen=True, slots=True)
class Line:
    """A claim short enough for a headline, without a closing mark.

    `weight` is what the claim weighs among the source's, 0 to 1. `who` thinks or says so, where it is an opinion
    ("" where nobody by name); `owned` says that it is one. `quoted` lines are verbatim, `written` ones stand in a
    text and not in speech, a `remark` below it.
    """

    text: str
    weight: float
    quoted: bool = False
    owned: bool = False
    who: str = ""
    at: tuple[int, int] = (-1, -1)
    written: bool = False
    remark: bool = False


_QUOTE = re.compile(r"“([^“”]+)”, says (?P<who>.+)\.$")
_THOUGHT = re.compile(
    r"(?P<who>(?:(?:One|The) speaker)|[A-Za-z][\w.’-]+(?: [A-Z][\w.’-]+)*) (?:thinks|believes|argues|expects|reports|"
    r"says|claims|finds|is (?:sure|convinced)) (?:that )?(?P<what>[^“”]+)\.$"
)
_FOR = re.compile(r"For (?P<who>[\w.’-]+), (?P<what>[^“”]+)\.$")
_SAID = re.compile(r"(?P<what>[^“”]+), says (?P<who>[^,]+)\.$")
_LESSON = re.compile(
    r"(?i)^the (?:real |main |first |key )?(?:lesson|idea|point|argument|claim|thesis|result) is that "
)
# The main clause of "A because B", "A, and B"; never of "A, but B", which turns.
_HEAD = re.compile(r"(?P<head>[^,;.]+?)(?:,? because |, (?:and|which|so|even) (?!far\b|that\b))")
_IS_THAT = re.compile(r"(?i)^(?:the|our|my|what) [^,;]{3,50}? (?:is|was) that (?P<rest>[^;]+)$")
_TAIL = re.compile(r"^[^,;]+, (?:and|so) (?P<tail>[^,;]+)$")
# "You could say that data is X": what stands behind such a frame is often the image of a talk.
_IMAGE = re.compile(
    r"(?i)\b(?:(?:you|one|we) (?:can|could|may|might) (?:[\w-]+ ){0,6}?(?:say|argue)|means?|shows?|"
    r"showed|found) that (.{12,80}?)[.!]?$"
)


def lines(evidence: Evidence, claims: Sequence[Claim]) -> Iterator[Line]:
    """Every claim of a source, and every main clause of one, that is short and whole enough to stand over a post."""
    for claim in claims[:60]:
        if claim.label or not claim.sure:
            continue
        for line in _of_claim(claim):
            if stands(line):
                yield line
                break  # a part of it would say less
    paid = adverts(evidence)
    form = spoken("en")
    for index, sentence in enumerate(evidence.sentences):
        told = _IMAGE.search(sentence.text) if index not in paid else None
        if told and sentence.role not in ("meta", "sentiment"):
            text = strip_spoken(expand(told[1]), form).rstrip(".! ")
            line = Line(text[:1].upper() + text[1:], 0.5, at=(sentence.source, index))
            if stands(line):
                yield line


# "One speaker does not think the rope is dry": what is doubted can be asked.
_DOUBT = re.compile(r"[^“”]{2,40}? (?:does|do) not (?:think|believe|expect) (?:that )?(?P<what>[^“”]+)\.$")


def said(claim: Claim) -> Iterator[str]:
    """What a claim says, without who says or thinks it: the whole sentence, then the parts that stand alone."""
    text = re.sub(r", one could say\.$", ".", claim.text)
    for pattern in (_QUOTE, _THOUGHT, _DOUBT, _FOR, _SAID):
        found = pattern.match(text)
        if found:
            what = found[1] if pattern is _QUOTE else found["what"]
            text = what[:1].upper() + what[1:] + "."
            break
    text = re.sub(r"^“([^“”]+)”$", r"\1", text)
    if re.search(r"[“”]", text):
        return
    if _IRONY.match(text):
        return
    told = _WHY.match(expand(text))
    if told:
        yield f"{told['claim']} because {told['why']}"
    bare = expand(text)
    for _ in range(3):
        bare = _unwrapped(bare)
    yield from dict.fromkeys([*_parts(bare), *_parts(text)])


# "had a plan about what to do": what about, the claim stands without.
_ON_WHAT = re.compile(r"(?P<head>[^,;]+?) about (?:what|how|where|when|who|which|why)\b[^;]+$")


# "... are not hereditary. It is because ..."
_WHY = re.compile(r"(?P<claim>[^.;,]+)\. (?:It|That|This) is because (?P<why>[^.;]+)\.?$")
_IRONY = re.compile(r"(?i)(?:you|one) (?:would|['’]d) (?:think|expect|hope|imagine)\b|as if\b|imagine\b")
_RUN_UP = re.compile(
    r"(?i)^(?:and |but |so |well,? |now,? )*(?:usually|often|clearly|generally|typically|in particular|from memory|"
    r"in fact|in life|of course|basically|obviously|naturally|sometimes|these days|nowadays|frankly|honestly|"
    r"for me|to me|in my (?:opinion|view)|for example|once more|again|even now|at the end of the day),? "
)
_HELD = re.compile(
    r"(?i)^(?:I|we|you|they|people)(?: (?:also|still|really|strongly|firmly|always|often|would))* "
    r"(?:argue|believe|think|know|feel|say|find|found|learned|realized|bet|insist|am (?:sure|convinced))"
    r"(?: strongly| firmly)?(?: that| like)? "
    r"(?=(?:the|an?|there|every|no|nobody|all|most|many|people|you|we|it|your?|[a-z]+s|[A-Z][a-z]+) )|"
    r"^(?:I|we|you) do not (?:believe|think|expect)(?: that)? (?=\w+ )|"
    r"^(?:it is|there is) (?:very |really |quite )?(?:clear|true|obvious|no doubt|well known|"
    r"important to (?:know|note|understand|remember|realize)|worth noting) that "
)


def _unwrapped(text: str) -> str:
    """A claim without who holds it and what leads up to it: "I believe that every lamp ..." is of lamps."""
    bare = _HELD.sub("", _RUN_UP.sub("", text, count=1), count=1)
    return bare[:1].upper() + bare[1:] if bare != text and len(bare.split()) > 3 else text


def _of_claim(claim: Claim) -> Iterator[Line]:
    text = re.sub(r", one could say\.$", ".", claim.text)
    quote, thought = _QUOTE.match(text), _THOUGHT.match(text) or _FOR.match(text)
    said = _SAID.match(text)
    weight = max(0.0, min(1.0, claim.score))
    written = claim.role != "speech"
    if quote:
        for part in _parts(quote[1]):
            yield Line(part, weight, quoted=True, owned=True, who=_named(quote["who"]), at=claim.at)
        return
    if "“" in text:
        return
    if thought:
        who = _named(thought["who"])
        for part in _parts(_LESSON.sub("", thought["what"])):
            part = part[:1].upper() + part[1:]
            yield Line(part, weight, False, True, who, claim.at, written, claim.role == "comment")
        return
    who = _named(said["who"]) if said else ""
    for part in _parts(said["what"] if said else text):
        if not claim.named or not re.search(r"\b[Tt]he (?:team|speaker|\w+er)\b|\b[Oo]ne speaker\b", part):
            part = part[:1].upper() + part[1:]
            remark = claim.role == "comment"
            yield Line(part, weight, False, remark, who, claim.at, written, remark)


def _named(who: str) -> str:
    return "" if who.lower() in ("one speaker", "the speaker") else who


def _parts(text: str) -> Iterator[str]:
    """A sentence, the first of two, and the main clause before what only adds to it."""
    bare = text.rstrip(".! ")
    if ". " not in bare:
        yield bare
    first = re.split(r"\. |; (?=it\b|they\b|but\b|and\b|the\b)", bare)[0]
    if first != bare:
        yield first
    head = _HEAD.match(first)
    if head and len(head["head"].split()) >= 4 and whole(expand(head["head"])):
        yield head["head"]
    behind = _IS_THAT.match(first)
    if behind and len(behind["rest"].split()) >= 4 and whole(expand(behind["rest"])):
        yield behind["rest"]
    on_what = _ON_WHAT.match(first)
    if on_what and len(on_what["head"].split()) >= 6 and whole(expand(on_what["head"])):
        yield on_what["head"]
    tail = _TAIL.match(first)
    if tail and len(tail["tail"].split()) >= 4 and whole(expand(tail["tail"])):
        yield tail["tail"]


# Words that stand for something said before, or that only fill.
_LEANS = re.compile(
    r"(?i)^(?:it|he|she|they|this|that|these|those|there(?! (?:is no|is nothing|isn['’]t|are no)\b)|when|as|because|"
    r"while|in|at|for|to|from|with|by|on|one|some|also|then|so|and|but|or|now|well|yes|no,|just|even|often|sometimes|"
    r"usually|naturally|actually|already|basically|probably|maybe|clearly|problem|part of what|what is means|"
    r"the (?:idea|thing|point|problem|question|reason|answer|rest|current|views?|main|other|second|first|third|"
    r"matter)|[A-Z][a-z]+['’]s)\b|"
    r"\b(?:them|him|her|those|these|this|here|such|his|hers|theirs|he|she|(?<!that )(?<!say )they|their|then|"
    r"maybe|some|both)\b|"
    r"\bright (?:has|have|is|are|was|were)\b|"
    r"\d[a-z]{3,}|^(?:the )?\d+ (?:is|are|was|has)\b|\bwas had\b|(?<!^)\bthere\b|"
    r"(?<!looks )(?<!look )(?<!feels )(?<!feel )(?<!sounds )(?<!just )\blike\b(?! an? )|"
    r"\b(?:kind of|sort of|you know|of course|i mean|i guess|or something|and so on|et cetera|and stuff|whatever|"
    r"a lot of|certain|various|says|said|okay|also|thing|things|stuff|somehow|one of them|that one|"
    r"last|next|yesterday|today|tomorrow|tonight)\b|"
    r"\b(?:the|this|that|our|your|my|a|each|every|in|on|of|with|to) (?:\w+ )?(?:episode|podcast|chat|"
    r"slide|video|meeting|"
    r"workshop|show|page|newsletter|channel|discord|link|session|conversation|chair|member|question)s?$|\b(?:not|is|are|was|to|of|that|than|and|then|too|either|anyway)$"
)
_YOURS = re.compile(r"(?i)\b(?:i|me|my|we|us|our|ours|you|your)\b")
_EVERYBODY = re.compile(
    r"(?i)you (?:cannot|can['’]t|do not (?:have|need) to|don['’]t (?:have|need) to|should not|must not|can never|"
    r"never have to)\b"
)
# "Your kid", "you are": said to somebody; "you cannot", "you should": to everybody.
_TO_YOU = re.compile(r"(?i)\byou(?:['’]re| are| were| have| had| did| do| got| said| guys)\b|\byour?\b")
_OPINES = re.compile(
    r"(?i)^I\b|\b(?:believe|think|argue|expect|hope|feel)s? like\b|"
    r"\bI (?:do not |don['’]t )?(?:think|guess|feel|know)\b|"
    r"^we(?:['’]re| are| have|['’]ve) (?!not|never|always|only|now|no\b|nothing|still)|"
    r"^we (?:need|do understand|want)\b"
)


def stands(line: Line) -> bool:
    """Whether a line can stand alone over a post: whole, short, and nothing in it leans on what was said before."""
    bare = line.text
    size = len(bare.split())
    if not FEWEST <= size <= MOST or len(bare) > LONGEST or re.search(r"[;:()“”\"\[\]…?]", bare):
        return False
    if _LEANS.search(bare) and not _CONDITION.match(bare):
        return False
    if "," in bare and not re.search(r", (?:but|not|and|or|never|only) ", bare) and not _CONDITION.match(bare):
        return False
    known = re.sub(r"(?i) as we know it\b", "", bare)
    if _EVERYBODY.match(known):
        known = known[4:]  # "You cannot ..." is said to everybody
    if not line.quoted and (_YOURS.search(known) or bare.lower().startswith("there ")):
        return False
    if line.quoted and (_TO_YOU.search(bare) or re.search(r"\b(?:my|me)\b", bare) or _OPINES.search(bare)):
        return False
    first = bare.split()[0].lower()
    if first in (word_list("english_base") | word_list("english_orders")) - {"never", "always"}:
        return False  # an order out of its place
    plain = expand(bare)
    if not line.written and main(plain) is None and not amount(plain):
        return False
    if re.search(r"(?<![\d,.])\d{4,}$|\b\d+ [A-Z]|, (?:and|or) \w+$", bare):
        return False
    return line.written or (whole(plain) and (line.quoted or sound(plain + ".")) and not fleeting(plain))


_NUMBER = (
    r"(?:[$€£]?\d[\d.,]*|a|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|fifty|"
    r"sixty|seventy|eighty|ninety|half)"
)
_AMOUNT = re.compile(
    r"(?i)^(?:only |just |over |about |around |nearly |almost |more than |less than |fewer than |up to |at least )*"
    rf"(?:{_NUMBER}(?:[- ]\w+)? ?(?:%|per ?cent\b|million\b|billion\b|thousand\b|hundred\b)|"
    rf"{_NUMBER} (?:in|of|out of) (?:every )?{_NUMBER}\b|(?:one|two|three|a) (?:third|quarter|"
    rf"fifth)s? of\b|half (?:of|the)\b)"
)


def amount(text: str) -> bool:
    """Whether a claim says of how many: "Seventy per cent of harbours ...", "One in ten pilots ..."."""
    return bool(_AMOUNT.match(text)) and not _RUNS_ON.search(text)


_RUNS_ON = re.compile(r"(?i)^.{1,32}? of (?:the )?(?:what|that|it|them|these|those|you|us|we|work|time|things?)\b")


# "If nobody asks, nobody answers": a condition with its main clause.
_CONDITION = re.compile(r"(?i)(?:if|when|without|unless) [^,]+, [^,]+$")
_TURNS = re.compile(
    r"(?i)\b(?:never|only|not|nobody|nothing|no|none|more than|less than|no longer|cannot|without|instead|rather|"
    r"seldom|rarely|hardly|every|everybody|always|"
    r"the more|ends?|dead|over|still|half|twice|double|enough|most|worst|best|must|should)\b|"
    r"n['’]t\b|\b(?:is|are) the (?:[\w-]+ ){1,2}of\b|\blike an? \w+"
)
_AGAINST = re.compile(
    r"(?i), (?:but|not) |\bnot (?:\w+ ){1,6}but\b|(?<!rather )\bthan\b|\binstead of\b|\bmore .+ than\b|\bno longer\b|"
    r"\bdifference between\b|\bwithout\b|\bneither\b"
)
_FIGURE = re.compile(
    r"(?i)\d|\b(?:half|twice|third|quarter|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|"
    r"forty|fifty|hundred|thousand|million|billion|per ?cent)\b"
)
_STAKE = re.compile(
    r"(?i)\b(?:risk|los(?:e|es|ing|t)|jobs?|die[sd]?|dead|death|kill\w*|fail\w*|wrong|mistakes?|costs?|money|broke|"
    r"broken|fear|danger\w*|war|surviv\w+|truth|lie[sd]?|secret|hidden|free|wins?|end|(?:is|are) over|over$|overdue|"
    r"problem|illegal|"
    r"crime|pays?|paid|trust|courage|waste\w*|hurt\w*|harm\w*|threat\w*|stops?|stopped|blame|unsafe|poverty)\b"
)
_IDLE = re.compile(
    r"(?i)^(?:people|a lot|most people|everybody|funny)\b|\b(?:already|yet|so far|far away)\b|"
    r"\b(?:very|really|amazing|exciting|interesting|cool|great|good|nice|fun|quite|pretty|definitely)\b|"
    r"\bthere (?:is|are)\b|\b(?:important|difficult|helpful|useful)$"
)
# A comparison that does not say with what: "is much more casual".
_HALF = re.compile(r"(?i)\b(?:more|less) [a-z-]+$|\b(?:better|worse|bigger|easier|harder|cheaper|faster)$")
_THEN = re.compile(r"(?i)^(?:[\w’'-]+ ){1,5}(?:was|were|had|did|went|came|got|has been|have been|made|took|said)\b")
_DEFINES = re.compile(r"(?i)^(?:the |an? )?(?:[\w-]+ ){1,4}(?:is|are) (?:an?|the|called|known|defined)\b")
# "The decision is to ...": what somebody decided, and no claim.
_FRAMED = re.compile(r"(?i)^(?:the|our|my) [\w -]{3,40} (?:is|are|was|were) to\b")
_PALE = re.compile(r"(?i)\b(?:something|one|lot|way|kind|part|type|case|place|people|person|someone|somebody|it)\b")


def catch(line: Line) -> float:
    """What makes a reader stop at a line: a contrast, a figure, a turn; against it what is idle, or was long ago."""
    text = line.text
    size = len(text.split())
    value = 0.3 if _AGAINST.search(text) else 0.0
    value += 0.25 if _TURNS.search(text) else 0.0
    value += 0.2 if _FIGURE.search(text) else 0.0
    value += 0.2 if _STAKE.search(text) else 0.0
    value -= 0.3 if _IDLE.search(text) else 0.0
    value -= 0.3 if _HALF.search(text) and not _AGAINST.search(text) else 0.0
    value -= 0.3 if _THEN.match(text) and not _FIGURE.search(text) else 0.0
    value -= 0.35 if _DEFINES.match(text) and not _TURNS.search(text) and not _AGAINST.search(text) else 0.0
    value -= 0.3 if _FRAMED.match(text) else 0.0
    value -= 0.1 * len(_PALE.findall(text))
    value += 0.15 if 4 <= size <= 9 else -0.08 * max(0, size - 9)
    value -= 0.15 if _verbless_subject(text) else 0.0
    return value


def _verbless_subject(text: str) -> bool:
    """Whether a line begins with a name or an abbreviation a stranger does not know: "CFI", "Julio’s proposal"."""
    tags, _ = tag(text.split()[0].lower().removesuffix("’s").removesuffix("'s"))
    return text.split()[0].isupper() and len(text.split()[0]) > 1 and not tags & {"PRON", "DET"}


def disputed(text: str) -> bool:
    """Whether a claim sets one thing against another: it could be otherwise."""
    return bool(_AGAINST.search(text))


def flat(text: str) -> bool:
    """Whether nothing in a claim makes a reader stop: no turn, no figure, nothing at stake, nothing set against it."""
    return not any(pattern.search(text) for pattern in (_AGAINST, _TURNS, _FIGURE, _STAKE))
