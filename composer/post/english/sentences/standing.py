"""English only: how much a sentence leans on what only a listener knows. A reader comes from nowhere."""

import re
from collections.abc import Iterable, Mapping

from composer.post.english.words.forms import is_past
from composer.post.english.words.lexicon import lexicon
from composer.post.english.words.tagging import frames, tag
from composer.post.lexis import word_list

_DEFINITE = re.compile(
    r"(?i)\b(?:the|those|these|that) ((?:[a-z][\w-]* )?[a-z][\w-]*)(?= (?:is|are|was|were|has|have|had|will|"
    r"would|can|could|and|or|to|in|on|at|for|with|from)\b|[,.]|$)"
)
_TOLD = re.compile(
    r"^(?:the team|the speaker|[A-Z][\w’'.-]+(?: [A-Z][\w’'.-]+)*) (?:never |also |just |only |recently |then "
    r"|\w+ly )*(\w+)"
)
_EVERYBODY = word_list("standing_everybody")
_DOES = word_list("standing_does")


def misheard(words: Iterable[str]) -> dict[str, str]:
    """Words a recogniser wrote for a word everybody knows, with that word: both stand in `words`, and sound alike.

    Two words sound alike where they begin alike and only vowels differ or have changed places: "intranet", "internet".
    A word the lexicon knows is never put right.
    """
    known = lexicon()
    said = {word for word in words if len(word) > 6 and word.isalpha()}
    found: dict[str, str] = {}
    for right in sorted(said & _EVERYBODY):
        for word in sorted(said - _EVERYBODY):
            alike = word[:3] == right[:3] and abs(len(word) - len(right)) < 2 and _bones(word) == _bones(right)
            if alike and word not in known.verbs | known.nouns | known.adjectives:
                found[word] = right
    return found


def _bones(word: str) -> str:
    return re.sub(r"[aeiouy]", "", word)


def strangeness(text: str, focus: Mapping[str, float], count: Mapping[str, int]) -> float:
    """0 for a sentence that explains itself, up to about 0.6 for one that only a listener understands.

    `focus` weighs the stems of what the source is about, `count` counts the words of the source, lower case.
    """
    value = 0.0
    for found in _DEFINITE.finditer(text):
        words = found[1].lower().split()
        last = words[-1]
        if not any(word[:6] in focus for word in words) and last not in _EVERYBODY and len(words) < 2:
            value += 0.1
    for name in re.findall(r"(?<=[a-z,] )[A-Z][a-z]{2,}\b|^[A-Z][a-z]{2,}\b", text):
        low = name.lower()
        if count.get(low, 0) <= 1 and low[:6] not in focus and low not in _common():
            value += 0.12 if not text.startswith(name) else 0.06
    told = _TOLD.match(text[:1].lower() + text[1:] if text.startswith("The ") else text)
    if told and is_past(told[1].lower()):
        value += 0.2
    elif told and text.startswith("The speaker ") and told[1].lower() in _DOES:
        value += 0.4
    elif told and re.match(r"[A-Z]", text) and not text.startswith("The team") and told[1].lower() in _DOES:
        value += 0.15
    if re.search(
        r"(?i)\b(?:last (?:week|night|month|year|time)|yesterday|this (?:week|morning)|the other day|last episode)\b",
        text,
    ):
        value += 0.15
    tags, _ = tag(text.split()[0].lower().strip(",.") if text.split() else "")
    if "VB" in tags and not tags & {"N", "PRON", "DET"}:
        value += 0.12  # an order out of its place
    return min(0.6, value)


# What a sentence may be and still say nothing to a reader, with what it costs; 0.5 and more only fills a thin post.
_IDLE = [
    # "A ladder is a simple way of reaching a shelf", "Frost is when water stands still".
    (
        0.5,
        r"^(?:the |an? )?(?:[\w-]+ ){1,3}(?:is|are) an? (?!.*\b(?:not|no|never|than|only|without|like|but|most)\b)"
        r"(?:[\w,-]+ ){0,6}(?:way|piece|kind|type|sort|family|set|list|part|tool|structure|problem|word|term|name)\b",
    ),
    (
        0.5,
        r"^(?:the |an? )?(?!best|worst|right|good|first|last|time|moment)(?:[\w-]+ ){1,2}(?:is|are) (?:just )?when\b",
    ),
    (
        0.4,
        r"^(?:the |an? )?(?:[\w-]+ ){1,3}(?:is|are) (?:just )?(?:when|where)\b|\b(?:is|are) what (?:is|are) called\b",
    ),
    (
        0.5,
        r"^there (?:is|are) (?:an? |some |the |a lot of )?(?:stream|lot|set|bunch|couple|number|kind|group|amount|"
        r"series|list|range) of (?:[\w-]+ ?){1,5}$",
    ),
    (0.5, r"^there (?:is|are) (?:some |a |many )?[\w-]+ (?:that|who|which) (?:is|are|was|were) \w+ing\b"),
    (
        0.5,
        r"^there (?:is|are) (?:some|a few|several|a lot of|many) (?:\w+ )?(?:thoughts|ideas|points|questions|issues|"
        r"comments|remarks|notes|options)\b",
    ),
    (0.5, r"^there (?:is|are) (?:\d+|[a-z-]+) (?:seconds?|minutes|hours|days|weeks|months|years|cents|states) in\b"),
    (0.6, r"\b(?:does|do|did|can|could) ?not (?:really |even )?(?:remember|recall)\b|\bforg[eo]ts? (?:the|what|how)\b"),
    (0.4, r"\bin general$|\b(?:wide|whole|broad|full) (?:variety|range) of\b|\ba (?:lot|number|variety) of reasons\b"),
    # "There is a story that goes around": announced, and not told.
    (0.3, r"^there (?:is|was) an? (?:[\w-]+ ){1,2}(?:that|which|called|where)\b|\bcertain (?:things|stuff|ways)\b"),
    # "The berth was very small."
    (0.3, r"^(?:[\w’'-]+ ){1,5}(?:is|was|are|were) (?:very |quite |really |so |pretty )?(?!what\b)[\w-]+$"),
    # What everybody has seen, and what is only announced.
    (
        0.5,
        r"^(?:we|you) (?:have |had )?all (?:seen|heard|know|knew|read|remember)\b(?!.*\bbut\b)|"
        r"^(?:we|you) (?:have |had )(?:not )(?:heard|talked|spoken|asked) (?:enough |much )?about\b",
    ),
    (
        0.3,
        r"^(?:ultimately, |basically, )?there (?:are|is) (?:two|three|four|five|six|several|many|a few|"
        r"a number of|some) "
        r"(?:\w+ )?(?:ways?|things?|kinds?|types?|parts?|reasons?|problems?|steps?|aspects?|questions?)\b",
    ),
    # A lesson's own affairs, and praise.
    (
        0.5,
        r"\b(?:problem set|homework|my title|[’']s (?:sub)?title|talk is called)\b|\bfor a second$|"
        r"^we (?:are|will be) (?:going to be )?(?:doing|working on|going (?:to do|through|over)|looking at)\b|"
        r"^there is (?:quite a bit|a lot|much|more) to (?:do|cover|get through)\b",
    ),
    (0.4, r"\b(?:do|does|did|doing) an? (?:great|good|wonderful|fantastic|amazing) job\b"),
    # A house's own affairs.
    (
        0.5,
        r"\b(?:microphones?|mike|unmute|mute|agenda|housekeeping|show notes|blog post|self[- ]promotion|"
        r"workshop session|breakout|linked in|q&a|hashtags?)\b|\bquestions? (?:is|are|comes?) from\b",
    ),
    # What a seller says of what is sold.
    (
        0.6,
        r"\b(?:lets|allows|helps|enables) you (?:to )?(?:build|create|manage|track|sell|grow|launch|customi[sz]e)\b|"
        r"\bthe world['’]s (?:first|best|leading|largest|only)\b|\bthe best (?:you|that money) can\b|\bto life$|"
        r"\b(?:(?:our|this|these|with) (?:[\w-]+ )?state[- ]of[- ]the[- ]art|"
        r"game[- ]chang\w+|one-stop|cutting[- ]edge|award[- ]winning)\b|"
        r"\bthe place where you can\b|^(?:go and |come and )",
    ),
    (0.5, r"(?:[$€£]\d[\d,.]*.*){2}|\b(?:share )?price was\b"),
    (0.5, r"\b(?:is|was|are|were) (?:just |really )?an? (?:huge|big|bad|real|whole|cool|nice) (?:thing|one)$"),
    # What somebody is doing just now.
    (0.3, r"^(?-i:[A-Z][a-z]+) would like (?:the|an?|to)\b"),
    (0.3, r"^(?!there )(?-i:[A-Z][a-z]+) is (?:\w+ly )?(?!going\b|becoming\b|getting\b|growing\b|changing\b)\w+ing\b"),
    # A comparison that has lost what it compares with.
    (0.3, r"\b(?:much|far|a lot|even) (?:more|less) [a-z]+$"),
    (0.5, r"\b(?:some|many|a lot of|so many) (?:\w+ly )?(?:amazing|great|cool|awesome|interesting|good|nice) things\b"),
    (0.25, r"^a lot of\b|^(?:some|many) people\b|^(?:despite that|rather,|already)\b"),
]
_IDLE_PATTERNS = [(cost, re.compile(f"(?i){pattern}")) for cost, pattern in _IDLE]
# "..., and therefore, if you ask them": a condition that nothing follows.
_HALF = re.compile(
    r"(?i)[,;] (?:and|but|so|or)(?:,? (?:therefore|then|also|that))?,? "
    r"(?:if|when|because|although|unless|until) [^,;]+$"
)


# "..., but to be honest", "By the time you are eighty", "the letter, which goes": what was to come is cut away.
_CUT_OFF = re.compile(
    r"(?i),? (?:but|and|so|or|because) (?:to be (?:honest|fair|clear)|honestly|frankly|in fact|of course|actually|then|"
    r"therefore|also|as I said|at the end of the day)$|^by the time [^,]+$|\b(?:which|that) (?:goes|reads|says|went)$|"
    r"\b(?:says?|said|reads?) that,|\b(?:that|which|who) (?:says?|said|reads?),|"
    r"^(?:the speaker|[A-Z]\w+)[’'](?:s )?(?:sub)?title\b|"
    r"^(?:things|people|places|stuff) like (?!.*\b(?:is|are|was|were|has|have|can|will|do|does|did|matter|make)\b)|"
    r"^(?:we|you|I|they|people) (?:all )?(?:know|think|believe|see|say), (?:if|when) [^,]+$|"
    r"^(?:somewhat|slightly|fairly|quite|rather|largely),|"
    r"^(?:simply|just|really|even|almost) (?:not )?\w+(?:ed|en|ne), "
)


def half(text: str) -> bool:
    """Whether a sentence breaks off after a condition, or where it was about to go on."""
    bare = text.rstrip(".! ")
    return bool(_HALF.search(bare) or _CUT_OFF.search(bare))


def idle(text: str) -> float:
    """0 for a sentence that tells a reader something, up to 0.6 for a definition, housekeeping or a slogan."""
    bare = text.rstrip(".! ")
    return max((cost for cost, pattern in _IDLE_PATTERNS if pattern.search(bare)), default=0.0)


def scraps(text: str, count: Mapping[str, int]) -> bool:
    """Whether a word of one to three letters stands there that is no word and that the source says only once."""
    for word in re.findall(r"(?<![\w'’.$-])[a-z]{1,3}(?![\w'’-])", text):
        tags, _ = tag(word)
        if word not in frames()["short"] and not tags - {"N", "NS"} and count.get(word, 0) <= 2:
            return True
    return False


def _common() -> frozenset[str]:
    return frames()["verb_noun"] | frames()["adjective"] | frames()["number"] | frames()["time"]
