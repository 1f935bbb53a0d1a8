"""English only: a claim as the question it answers: "Is Rope Ever Dry", "What Happens If You Cut the Rope".

A headline with a question mark must ask something. A claim is turned only where the grammar reads its subject and its
verb without doubt; the question says nothing that the claim does not, and drops what denies, so that it stays open.
"""

import re
from functools import lru_cache

from composer.post.english.grammar import whole
from composer.post.english.headlines.asked_forms import BACK as _BACK
from composer.post.english.headlines.asked_forms import MINE as _MINE
from composer.post.english.headlines.asked_forms import advised, best, doing, listed, needed, takes, which
from composer.post.english.sentences.retold import expand
from composer.post.english.sentences.sieve import main
from composer.post.english.words.tagging import tag

FEWEST, MOST = 3, 17
"""Words of a question over a post."""
_BE = ("is", "are", "was", "were")
_MODAL = ("can", "could", "will", "would", "should", "must")
_HELPERS = frozenset([*_BE, *_MODAL, "cannot", "does", "do", "has", "have"])
_CONDITION = re.compile(r"(?i)(?P<if>if|when|once|unless) (?P<cond>[^,;]+), (?:then )?(?P<then>.+)$")
_WANTS = re.compile(
    r"(?i)\b(?:want|wants|wish|like|plan|try|trying|look|looking|need|have (?:a )?questions?|"
    r"(?:do not |don['’]t )?know|were an?|have \w+(?:ed|en)|think|see|hear|look at|talk about|asked|"
    r"(?:have|has) got|notice|remember|(?:all|everything) (?:goes|went|is) well)\b"
)
_DUTY = re.compile(
    r"(?i)\b(?:you|one) (?:\w+ly )?(?:need|have|ought) to\b|\byou (?:must|should)\b|"
    r"^(?:always|never|do not|make sure)\b"
)
_LOOSE_MAIN = re.compile(
    r"(?i)\b(?:might|may|could|maybe|perhaps|probably)\b|^(?:it|that|this) (?:is|was)\b(?! not)|^there\b|^i\b"
)
_ASKED = re.compile(
    r"(?P<np>(?:the|one of the) (?:[\w-]+ ){0,2}?(?:problems?|challenges?|differences?|secrets?|tricks?|lessons?|"
    r"risks?|dangers?|keys?|answers?|solutions?|goals?|purposes?|mistakes?|prices?|costs?|benefits?|advantages?|drawbacks?|"
    r"enem(?:y|ies)|cures?|limits?|rules?|ways?|causes?|reasons?|issues?|bottlenecks?) "
    r"(?:of|with|between|in|for|behind|to|about|against) [^,;]+?) (?P<be>is|are) (?P<what>[^;]+)$",
    re.IGNORECASE,
)
_HEDGES = re.compile(
    r"(?i)^(?:probably|technically|really|definitely|actually|generally|usually|necessarily|certainly|unquestionably|"
    r"simply|basically|just|also|already|clearly|obviously|often|mostly|currently|quite|very|too|pretty|now|"
    r"absolutely|typically|always|so|quite so|awfully) "
)
_HEAD = re.compile(
    r"(?i)^(?:as|so|because|since|although|while|and|but|or|well|then|yes|no,|funny|problem|albeit|though|whereas|nor|"
    r"unless|until|than|probably|perhaps|maybe|likely)\b"
)
_NEGATIVE = (
    (re.compile(r"(?i)^no one\b|^nobody\b"), "anyone"),
    (re.compile(r"(?i)^nothing\b"), "anything"),
    (re.compile(r"(?i)^none of\b"), "any of"),
    (re.compile(r"(?i)^not (?=every|all |everyone|everybody)"), ""),
    (re.compile(r"(?i)^no (?=[a-z])"), "any "),
)
_OPEN = re.compile(
    r"(?i)^(?:it|they|that|this|these|those|there|some|many|several|such|only|few|hardly|another|other|others|one|"
    r"somebody|someone|what|whatever|who|which|how|why|when|where|if|even(?! (?:the|an?) )|both|either|"
    r"neither|each|i|we|he|she|"
    r"my|our|his|her|their|its|your|part of|kind of|sort of|most of|much of|more|the (?:thing|point|first|second|"
    r"other|rest|idea|fact|same|next|last|previous))\b"
)
_COUNTED = re.compile(r"(?i)^(?:some|many|several|most of|few) (?!of (?:them|it|these|those)\b)[a-z]")
# "We" who live and die, make laws and have a history: everybody.
_ALL_OF_US = re.compile(
    r"(?i)\b(?:society|world|the law|our lives|time when|age when|mankind|humanity|humans?|human beings?|death|die|"
    r"dying|god|century|planet|the earth|history|civili[sz]ation|democracy|nobody|everybody)\b"
)
_US = re.compile(r"(?i)\b(?:we|us|our|ours)\b")
_EVERYBODY = re.compile(
    r"(?i)^you (?:cannot|can not|do not (?:have|need) to|do not get to|should not|must not|should|must|have to|"
    r"need to|can never|never have to)\b"
)


@lru_cache(maxsize=4096)
def question(claim: str) -> str:
    """The question that a claim (without its full stop) answers, in sentence case and without a mark; "" where none
    can be built soundly."""
    text = expand(claim.strip()).rstrip(".! ")
    if re.search(r"(?i)\b(?:the|one) (?:speaker|team)\b", text):
        return ""
    if not text or re.search(r"[“”\"();:?\[\]…–—]", text) or _HEAD.match(text):
        return ""
    forms = (
        takes, advised, needed, which, _conditional, _reason, _named, best, _ordered, doing, listed, _turned,
    )  # fmt: skip
    asked = next((found for form in forms if (found := form(text))), "")
    return asked if asked and FEWEST <= len(asked.split()) <= MOST else ""


def upright(asked: str) -> str:
    """ "why the harbour sold its bell" as it is asked: "why did the harbour sell its bell"; "" where it cannot be."""
    word, _, clause = asked.partition(" ")
    if word.lower() not in ("why", "how", "when", "where"):
        return ""
    turned = _turned(clause[:1].upper() + clause[1:], denied=True)
    return f"{word} {_small(turned)}" if turned else ""


def _conditional(text: str) -> str:
    """ "If you cut the rope, the ship drifts" answers "What happens if you cut the rope"."""
    found = _CONDITION.match(text)
    if found is None or not 3 <= len(found["cond"].split()) <= 11:
        return ""
    cond, then = found["cond"], found["then"]
    if _MINE.search(cond) or _wants(cond) or not whole(cond) or re.match(r"(?i)(?:it|they|that)\b", cond):
        return ""
    if _BACK.search(cond) and not re.search(r"(?i)\b(?:every\w+|people|you)\b", cond):
        return ""
    if _DUTY.search(then) and re.match(r"(?i)you\b", cond) and found["if"].lower() in ("if", "when"):
        return f"What should you do {found['if'].lower()} {_small(cond)}"
    if _LOOSE_MAIN.search(then) or _MINE.search(then.split()[0]) or _DUTY.search(then) or not whole(then):
        return ""
    supposed = re.match(r"(?i)if\b", text) and re.search(r"(?i)\b(?:would|could)\b", then)
    if re.search(r"(?i)\b(?:was|were|did|had)\b", cond) and not supposed:
        return ""  # what happened once
    happens = "would happen" if supposed else "happens"
    return f"What {happens} {found['if'].lower()} {_small(cond)}"


def _wants(cond: str) -> bool:
    return bool(_WANTS.search(cond)) and not re.search(r"(?i)\bwait", cond)


_REASONS = (
    re.compile(r"(?P<claim>[^,;]+?),? because (?P<why>[^,;]{8,})$"),
    re.compile(r"(?i)^because (?!of)(?P<why>[^,;]{8,}), (?P<claim>[^,;]+)$"),
    re.compile(r"(?i)^(?P<why>[^;]{8,}?),? (?:and )?(?:that|which|this) is why (?P<claim>[^,;]+)$"),
    re.compile(r"(?i)^the (?:main |real |only )?reason (?:why |that )?(?P<claim>[^,;]+?) (?:is|was) (?:that|because) "
               r"(?P<why>[^;]{8,})$"),
)  # fmt: skip


def _reason(text: str) -> str:
    """ "The rope is wet because nobody coils it" answers "Why is the rope wet"."""
    found = next((at for pattern in _REASONS if (at := pattern.match(text))), None)
    if found is None or len(found["claim"].split()) < 3 or re.search(r"(?i)\bnot (?:just|only)$", found["claim"]):
        return ""
    asked = _turned(found["claim"][:1].upper() + found["claim"][1:], denied=True)
    return f"Why {_small(asked)}" if asked else ""


def _ordered(text: str) -> str:
    """ "Coil the rope by hand" answers "Should you coil the rope by hand"; so does "Do not coil ..."."""
    bare = re.sub(r"(?i)^(?:do not|never|always) ", "", text)
    tags, _ = tag(bare.split()[0].lower())
    found = main(bare)
    object_ = re.match(r"(?i)\w+ (?:the|an?|your|all|every|each|no|everything)\b", bare)
    verb = "VB" in tags and bool(not tags & {"N", "ADJ", "PN", "ADV"} or object_)
    verb = verb or (found is not None and not found[0])
    verb = verb and not re.match(r"(?i)(?:let|be|do|have|say|the)\b", bare)
    if not verb or "," in bare or _MINE.search(bare) or _BACK.search(bare) or not whole(f"You {bare}"):
        return ""
    return f"Should you {bare[:1].lower()}{bare[1:]}"


def _named(text: str) -> str:
    """ "The problem with rope is that it rots" answers "What is the problem with rope"."""
    found = _ASKED.match(text)
    if found is None or len(found["np"].split()) > 10 or len(found["what"].split()) < 2:
        return ""
    if re.match(r"(?i)(?:one|an?|not|some|part|very|quite|really|more|less|just)\b", found["what"]):
        return ""  # that it is one of many says not what it is
    if _MINE.search(found["np"]) or _BACK.search(found["np"]) or not whole(f"{found['np']} {found['be']} good"):
        return ""
    if re.search(r"(?i)\b(?:is|are|was|were|has|have|can|will|would|should)\b", found["np"]):
        return ""
    return f"What {found['be'].lower()} {_small(found['np'])}"


def _turned(text: str, *, denied: bool = False) -> str:
    """The claim with its first verb before its subject. `denied`: a "not" stays where it is."""
    if "," in text or len(text.split()) > MOST + 2:
        return ""
    bare = re.sub(r"(?i) as we know it\b", "", text)
    if not whole(bare):
        return ""
    there = re.match(r"(?i)there (?P<be>is|are) (?P<no>not |no |never )?(?P<rest>.+)$", bare)
    if there:
        return _there(there["be"], there["no"] or "", there["rest"], denied)
    words = bare.split()
    if re.match(r"[$€£]?\d", bare) or tag(words[0].lower())[0] & {"NUM"}:
        return ""  # a figure says more as it stands
    counted = denied and _COUNTED.match(bare)  # "Why do many ..." says who: those of whom the reason is told
    rule = re.match(r"(?i)it (?:is|takes) (?:not )?[\w ]{3,30} to \w", bare)
    if _OPEN.match(bare) and not (counted or rule or _mankind(bare)):
        return ""
    if words[0].lower() == "you" and not _EVERYBODY.match(bare):
        return ""
    made = [(words[at].lower(), asked) for at in range(1, min(len(words) - 1, 9)) if (asked := _at(words, at, denied))]
    sure = [asked for verb, asked in made if verb in _HELPERS]
    if not sure and len(made) > 1:
        return ""  # "old ways face limits": which of them is the verb?
    asked = (sure or [asked for _, asked in made] or [""])[0]
    known = _small(words[0])
    return asked.replace(f" {known} ", f" {known} as we know it ", 1) if bare != text else asked


def _mankind(text: str) -> bool:
    """Whether the "we" of a text is everybody: "we live in a time when ..."."""
    return bool(_US.search(text) and _ALL_OF_US.search(text))


def _mine(part: str, text: str) -> bool:
    """Whether a part of a claim belongs to somebody a reader does not know."""
    return bool(_MINE.search(_US.sub("people", part) if _mankind(text) else part))


def _there(be: str, no: str, rest: str, denied: bool) -> str:
    if denied or _MINE.search(rest) or len(rest.split()) < 4:
        return ""
    if re.match(r"(?i)(?:some|a lot|many|a few|going|only (?:\d|so))\b", rest):
        return ""
    if not no and not re.search(r"(?i)\b(?:more|than|only|enough|better)\b", rest):
        return ""
    return f"{be.capitalize()} there {'any ' if no.strip() == 'no' else ''}{rest}"


def _at(words: list[str], at: int, denied: bool) -> str:
    """The claim turned at the verb at this place, or "" where no verb stands there behind a whole subject."""
    subject, verb, rest = " ".join(words[:at]), words[at].lower(), " ".join(words[at + 1 :])
    text = " ".join(words)
    if _mine(subject, text) or (_BACK.search(subject) and subject.lower() != "it"):
        return ""
    if not whole(_probe(subject, verb)) or not whole(f"People remember {_OBJECT.get(subject.lower(), subject)}"):
        return ""
    first, last = tag(words[0].lower())[0], tag(words[at - 1].lower())[0]
    if first & {"PREP", "SUB", "AND"} or ("DET" in last and at > 1) or re.search(r"^[A-Z][\w’'-]*,", subject):
        return ""
    if re.search(r"(?i) \w+ (?:you|they|i|we) $| you \w+ ", f" {subject} ") or _amount(subject):
        return ""
    if re.search(r"(?i)\b(?:is|are|was|were|will|can|would|should|has|have|that|who|which|what)\b", subject):
        return ""
    if _two(words[:at]):
        return ""
    behind = words[at + 1 :]
    while len(behind) > 1 and behind[0].lower() in _BETWEEN:
        behind = behind[1:]
    helper, rest = _helper(verb, rest, behind[0].lower().rstrip(","), denied)
    plural = "NS" in last and verb not in ("is", "was", "has", "does")
    if not helper or _mine(rest, text) or _hangs(_OWN.sub("the ", rest, count=1) if plural else rest):
        return ""
    if helper == "do" and re.search(r"[^s]s$", verb):
        return ""  # "a voice means": not a verb of many
    if helper == "are" and re.search(r"(?i)\bbe (?:the|an?) [\w-]+(?<!s)$", rest):
        return ""  # "the costly parts are going to be the chip": speech
    for pattern, instead in _NEGATIVE:
        if pattern.search(subject):
            if denied:
                return ""
            subject = pattern.sub(instead, subject).strip()
            break
    return re.sub(r" {2,}", " ", f"{helper.capitalize()} {_small(subject)} {rest}").strip()


_OBJECT = {"it": "it", "we": "people", "nobody": "people", "no one": "people", "nothing": "people"}


_BETWEEN = frozenset(["even", "already", "just", "also", "ever", "only", "really", "simply", "still"])
_OWN = re.compile(r"(?i)\btheir (?!own\b)")
"""What belongs to the subject: "schools know the needs of their staff"."""


def _two(subject: list[str]) -> bool:
    """Whether "and" in a subject may join two clauses: "the ropes break and the ships"."""
    for at, word in enumerate(subject):
        if word.lower() in ("and", "or", "but") and at > 1:
            before, prior = tag(subject[at - 1].lower())[0], tag(subject[at - 2].lower())[0]
            if ("VBP" in before and "NS" in prior) or "VBD" in before - {"VBN"} or "VBZ" in before - {"NS"}:
                return True
    return False


def _amount(subject: str) -> bool:
    """Whether a subject is a figure: it says more as it stands."""
    bare = re.sub(r"(?i)^(?:the|about|around|over|nearly|almost|more than|at least|up to|only|just) ", "", subject)
    figure = re.match(r"[$€£]?\d", bare) or "NUM" in tag(bare.split()[0].lower())[0]
    return bool(figure) and not subject.lower().startswith("the ")


def _hangs(rest: str) -> bool:
    """Whether what is said of the subject leans on something else, goes on to a second clause, or only gives a name."""
    if re.fullmatch(r"[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*", rest):
        return True
    bare = re.sub(r"(?i)\b(?:the|an?) [\w ]+ (?:every time|when|if|before|after|until|once) it\b", "", rest)
    if re.search(r"(?i)\b(?:it|they|them|their)\b|\b(?:on|of|in|for|with|at|by|from) that\b", bare):
        return True
    if re.search(r"(?i)\b(?:then|also|but yet|and yet)\b|^be not\b|^only so much\b|^one (?:reason|of)\b", bare):
        return True
    if re.search(r"(?i)\blike (?:\d|two|three|four|five|six|ten)\b|\bor \w+$", rest):
        return True
    return bool(re.search(r"(?i)\b(?:and|but|or|so) .*\b(?:is|are|was|were|will|can|has|have|should)\b", rest))


def _probe(subject: str, verb: str) -> str:
    """A sentence that is whole only where `subject` is a whole noun phrase that agrees with the verb."""
    if verb in _BE:
        return f"{subject} {verb} good"
    if verb in (*_MODAL, "cannot"):
        return f"{subject} can stay"
    tags, _ = tag(verb)
    if verb in ("does", "has") or "VBZ" in tags:
        return f"{subject} stays"
    if verb in ("do", "have") or "VBP" in tags:
        return f"{subject} stay"
    if "VBD" in tags:
        return f"{subject} stayed"
    return ""


def _helper(verb: str, rest: str, following: str, denied: bool) -> tuple[str, str]:
    """The verb that goes first, and what stands behind the subject; ("", "") where the verb cannot be told."""
    if verb == "cannot":
        return "can", _open(f"not {rest}", denied)
    if verb in _BE and following in ("that", "to", "how", "what", "why", "when", "where", "because", "if", "whether"):
        return "", ""  # "the difference is that ...": a frame, no claim
    if verb in (*_BE, *_MODAL):
        return verb, _open(rest, denied)
    if verb in ("does", "do") and following == "not":
        return verb, _open(rest, denied)
    after, _ = tag(following)
    tags, bases = tag(verb)
    if verb in ("has", "have"):
        if "VBN" in after or following in ("been", "not", "never"):
            return verb, _open(rest, denied)
        return ("does" if verb == "has" else "do"), "have " + re.sub(r"^no (?!one\b)", "any ", _open(rest, denied))
    if "MODAL" in after or following in (*_BE, *_MODAL, "has", "have", "does", "do"):
        return "", ""  # "the costs should": no verb yet
    if "VBZ" in tags and bases.get("VBZ"):
        return "does", f"{bases['VBZ']} {rest}"
    if denied and "VBD" in tags and bases.get("VBD"):
        return "did", f"{bases['VBD']} {rest}"
    if "VBP" in tags and not ("N" in tags and after & {"AND", "PREP", "BEF", "MODAL", "HAVE", "DO"}):
        return "do", f"{verb} {rest}"
    return "", ""


def _open(rest: str, denied: bool) -> str:
    """What is said, open: without the "not" in it and what only hedges."""
    if denied:
        return rest
    if re.match(r"(?i)not (?:only|just|so much|necessarily the)\b", rest):
        return ""
    while _HEDGES.match(rest) and re.match(r"(?i)not\b", _HEDGES.sub("", rest)):
        rest = _HEDGES.sub("", rest)  # "are simply not the problem"
    rest = re.sub(r"(?i)^not (?:even )?", "", rest)
    rest = re.sub(r"(?i)^no longer ", "still ", re.sub(r"(?i)^never ", "ever ", rest))
    rest = re.sub(r"(?i)^(have|has|need)(?: got)? no ", r"\1 any ", rest)
    while _HEDGES.match(rest) and len(rest.split()) > 1:
        rest = _HEDGES.sub("", rest)
    return rest


def _small(text: str) -> str:
    """A text that goes on: its first word small, unless it has a capital of its own."""
    first = text.split()[0]
    tags, _ = tag(first.lower())
    own = first == "I" or re.search(r"[A-Z0-9]", first[1:]) or not tags or tags <= {"PN"}
    return text if own else text[:1].lower() + text[1:]
