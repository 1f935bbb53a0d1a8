"""English only: a speaker's sentence told by a writer, and a claim turned into a question."""

import itertools
import re
from functools import lru_cache

from composer.post.english.sentences.stutter import unlike, unstuttered
from composer.post.english.sentences.teams import grouped, teamed
from composer.post.english.words.forms import ADVERB, MODAL, third
from composer.post.english.words.tagging import tag
from composer.post.lexis import word_list

_SHORT = [
    (r"\b(can)(?:'|’)t\b", r"\1not"),
    (r"\b(w)on(?:'|’)t\b", r"\1ill not"),
    (r"\bain(?:'|’)t\b", "is not"),
    (r"\b(\w+)n(?:'|’)t\b", r"\1 not"),
    (r"\b(i)(?:'|’)m\b", r"\1 am"),
    (r"\b(\w+)(?:'|’)re\b", r"\1 are"),
    (r"\b(\w+)(?:'|’)ve\b", r"\1 have"),
    (r"\b(\w+)(?:'|’)ll\b", r"\1 will"),
    (
        r"\b(it|that|there|what|he|she|here|who|where|how|this|everything|nothing|something)(?:'|’)s (been|got|had|"
        r"become|gone|happened|changed|come|grown|fallen|risen|arrived|disappeared|begun)\b",
        r"\1 has \2",
    ),
    (
        r"\b(it|that|there|what|he|she|here|who|where|how|this|everything|nothing|something|everyone|"
        r"everybody)(?:'|’)s\b",
        r"\1 is",
    ),
    (r"\b(let)(?:'|’)s\b", r"\1 us"),
    (r"\b(i|you|we|they|he|she|it)(?:'|’)d (better|been|had)\b", r"\1 had \2"),
    (r"\b(i|you|we|they|he|she|it|that|there)(?:'|’)d\b", r"\1 would"),
    (r"\b(g)onna\b", r"\1oing to"),
    (r"\b(w)anna\b", r"\1ant to"),
    (r"\bgotta\b", "have to"),
    (r"\b(?:'|’)?(?:cause|cuz)\b(?= (?:it|they|we|you|the|there|that|if|he|she|i)\b)", "because"),
    (r"\bthings like that\b", "the like"),
    (r"\b(a) (?:ton|bunch|whole bunch) of\b", r"\1 lot of"),
]
_SHORT_RE = [(re.compile(pattern, re.IGNORECASE), put) for pattern, put in _SHORT]


@lru_cache(maxsize=8192)
def expand(text: str) -> str:
    """Contractions written out, as a text is written and not as it is spoken."""
    if not re.search(r"(?i)['’]|onna\b|\bgotta|cause|cuz|like that|(?:ton|bunch) of", text):
        return text
    for pattern, put in _SHORT_RE:
        text = pattern.sub(put, text)
    return text


def retell(text: str, name: str, *, group: bool = False) -> str | None:
    """The sentence with its "I" told of `name`, or None where that cannot be done without inventing.

    "I don't think X" -> "Name does not think X"; "and I saw" -> "and saw"; "my" -> "Name’s". Past "we" is the team.
    `text` has no contractions (see `expand`). With `group`, a present "we" is the team as well.
    """
    if _FAMILY.search(text) and re.search(r"(?i)\b(?:we|us|our)\b", text):
        return None  # a family is no team
    out = grouped(text) if group else teamed(text)
    out = re.sub(r"\b(M)(y|yself|e)\b", lambda found: "m" + found[2], out)
    if not re.search(rf"\b(?:I|me|my|myself)\b|{_MINE}", out):
        return out
    # "To me, X" and "in my opinion" say who thinks so; other uses of "me" have no name to stand for them.
    out = re.sub(r"(?i)^(?:to|for) me, ", f"To {name}, ", out)
    out = re.sub(r"(?i)\b(?:in|to) my (?:opinion|view|mind)\b", f"in {owner(name)} view", out)
    out = re.sub(r"(?i)\b(and|but|because|so) (I) (think|guess|believe|feel) (?:that )?(?=\w)", r"\1 ", out)
    subjects = list(re.finditer(r"\bI\b", out))
    if subjects and subjects[0].start() and not _BEFORE_I.search(out[: subjects[0].start()]):
        return None  # "only remote controls I think it matters": where the thought begins is not heard
    if len(subjects) > 2 or re.search(rf"\b(?:me|myself)\b|{_MINE}", out):
        return None
    if re.search(
        r"(?i)\bif I\b|\bwhen I was\b|\bI (?:do not know|am not sure|forget|forgot|remember|hesitate|wish)\b", out
    ):
        return None
    if len(subjects) == 2:
        joined = re.sub(
            rf"(\b(?:and|but|"
            rf"or),? )I ({ADVERB})(\w+)",
            lambda m: m[1] + m[2] + _agree(m[3]),
            out,
            count=1,
        )
        if len(re.findall(r"\bI\b", joined)) != 1:
            return None
        out = joined
    verb = re.search(rf"\bI {ADVERB}(?:do not |do |did not )?(\w+)", out)
    if verb and (verb[1].lower() in _IDLE or not (_is_verb(verb[1]) or " do " in verb[0])):
        return None
    out = re.sub(rf"\bI ({ADVERB})(do|am|have|\w+)( not)?(?: (\w+))?", lambda m: _subject(m, name), out, count=1)
    mentions = len(re.findall(r"\bmy\b", out, re.IGNORECASE))
    if mentions > 1 or (mentions and name in out):
        return None
    if re.search(rf"{re.escape(name)} \w+,", out):
        return None
    out = re.sub(r"\bmy\b", owner(name), out, flags=re.IGNORECASE)
    return None if re.search(r"\b(?:I|me|mine|myself)\b", out) else out


_BEFORE_I = re.compile(
    r"(?i)(?:[,;:]|\b(?:and|but|or|because|if|that|when|so|what|which|who|where|how|why|as|than|whether|though|although|"
    r"while|until|before|after|since|once|then|unless|in general|for example|today|now|personally|maybe|perhaps|here))"
    r"\s+$|^(?:\w+ ){0,3}\w+\s+$"
)
_FAMILY = re.compile(
    r"(?i)\b(?:my|our|her|his) (?:\w+ )?(?:parents|mother|father|mom|mum|dad|family|brothers?|sisters?|wife|husband|"
    r"kids|sons?|daughters?|grand\w+|aunt|uncle|cousins?)\b"
)
# "A friend of mine", "this is mine"; a mine, and mine waste, are nobody's.
_MINE = (
    r"(?:\bof mine\b(?! (?:waste|shafts?|owners?|works?|workers|sites?|fires?|fields?|clearance))|"
    r"\b(?:is|was|are|were|than|like|to|not) mine(?=[,.;!]|$| (?:and|but|too|as|now|again)\b)|"
    r"(?:^|, )[Mm]ine (?:is|was|are|were)\b)"
)
# What a speaker does with the talk itself, or only for the moment: nothing to report.
_IDLE = word_list("english_idle")


def owner(name: str) -> str:
    """The name as an owner: Ilya’s, Jones’."""
    return name + ("’" if name.endswith("s") else "’s")


def _is_verb(word: str) -> bool:
    """Whether a word can be what somebody does: "if", "maybe" and "dunno" behind an "I" are a start that broke off."""
    low = word.lower()
    return low in MODAL or bool(tag(low)[0] & _DOES)


_DOES = frozenset(["VB", "VBP", "VBD", "VBZ", "BEF", "HAVE", "DO", "MODAL"])


def _agree(verb: str) -> str:
    return verb if verb.lower() in MODAL else third(verb)


def _subject(found: re.Match[str], name: str) -> str:
    adverb, verb, negated, after = found[1], found[2], found[3] or "", found[4]
    adverb = re.sub(
        r"(?i)\b(?:just|really|personally|actually|kind of|sort of|honestly|totally|obviously|literally|"
        r"basically)\s+",
        "",
        adverb,
    )
    rest = f" {after}" if after else ""
    if (
        verb.lower() == "do"
        and not negated
        and after
        and after.lower() not in ("the", "a", "an", "it", "that", "this", "so", "my")
        and not _thing(after, found.string[found.end() :])
    ):
        return f"{name} {adverb}{third(after)}"  # "I do think" -> "Name thinks"
    return f"{name} {adverb}{_agree(verb)}{negated}{rest}"


def _thing(word: str, rest: str) -> bool:
    """Whether what comes after "I do" is a thing, and no verb: "I do harbour tours", but "I do fear it"."""
    tags, _ = tag(word.lower())
    if not tags & {"VB", "VBP"}:
        return not tags & {"ADV"}
    follows = re.match(r"\s+(\w+)", rest)
    noun = bool(follows) and bool(tag(follows[1].lower())[0] & {"NS"}) if follows else True
    return "N" in tags and noun


_SHAPES = r"(?:is|are|was|were|am|has|have|had|do|does|did|will|would|can|could|should|must|may|might|cannot|shall)"
_THIRD = re.compile(
    r"(?i)\b(?:means|makes|made|takes|took|gets|got|goes|went|gives|gave|comes|came|becomes|became|says|said|"
    r"thinks|thought|"
    r"knows|knew|sees|saw|works|wants|keeps|kept|puts|lets|helps|shows|runs|ran|leads|led|happens|requires|allows|"
    r"costs|"
    r"grows|grew|turns|looks|feels|felt|finds|found|leaves|brings|brought|builds|built|believes|argues|"
    r"claims|expects|"
    r"predicts|suggests|remains|exists|depends|seems|tends|tells|told|asks|calls|tries|tried|moves|lives|holds|"
    r"held|stands|"
    r"stood|falls|fell|wins|won|loses|lost|pays|paid|buys|bought|sells|sold|writes|wrote|reads|learns|"
    r"teaches|taught|"
    r"understands|understood|changes|creates|provides|includes|offers|contains|drives|drove|breaks|broke|"
    r"stops|fails|"
    r"follows|plays|talks|spoke|speaks|likes|loves|hates|cares|describes|generali[sz]es|highlights|emphasi[sz]es|"
    r"presents|"
    r"matters|spends|spent|sits|sat|serves|produces|reduces|increases|improves|stores|sends|sent|receives|adds|"
    r"beats|begins|"
    r"began|needs|uses|starts|chose|chooses|disagrees|agrees|considers|prefers|recommends|fears|doubts|opens|"
    r"closes|burns|"
    r"carries|rises|rose|cares|shapes|forms|kills|saves|eats|ate|cuts|hits|solves|fits|applies|controls|"
    r"counts|wears|cost|saved|saves|killed|protects|forces|forced|beats|stays|stayed)\b"
)
_BASE = word_list("english_base")


def heap(text: str) -> bool:
    """Whether no verb carries the sentence: a heap of nouns, a relative clause alone, or an "if" without its "then"."""
    text = text.rstrip(".! ")
    bare = re.sub(
        r"(?i)^(?:if|when|once|unless|because|although|while|as|since|whenever|after|before)\b[^,]*,", "", text
    )
    opened = bare != text
    if not opened and re.match(r"(?i)(?:if|when|once|unless|because|although|though|whenever|whereas)\b", text):
        inner = re.match(
            r"(?i)(?:if|when|once|unless|whenever) (?:(?:you|we|they|it|people|someone) )?.+? (?:then|you|we|they|"
            r"it|there) .+",
            text,
        )
        if inner is None or not text.lower().startswith(("if", "when", "once")):
            return True
    if re.match(r"(?i)that (?:is|was|will|has|can|does)\b", bare):
        return False  # "That is not the end": no relative clause
    if opened and re.match(r"(?i)\s*(?:that|which|who|or|and|at least|like|because)\b", bare):
        return True
    if re.search(r"(?i)\bthat (?:if|when) [^,]*$", text) or (
        ", then " in text and not re.match(r"(?i)(?:if|when|once|unless|first|suppose|say|given|because)\b", text)
    ):
        return True
    # A relative clause has a verb of its own, but it carries nothing.
    core = re.sub(
        rf"(?i)\b(?:that|which|who|what) (?:\w+ly )?(?:{_SHAPES[3:-1]}|\w+s|\w+ed) [^,.;]*?(?=(?:,|;|$|"
        rf" {_SHAPES}\b))",
        " ",
        bare,
    )
    core = re.sub(
        r"(?i)\b(?:that|which|who|what|where) (?:I|you|we|they|he|she|it|the team|people) [^,.;]*?(?=(?:,|;|$|"
        r" (?:is|are|was|were|will|has|have)\b))",
        " ",
        core,
    )
    if re.search(rf"(?i)\b{_SHAPES}\b", core) or _THIRD.search(core):
        return False
    words = re.findall(r"[\w'’-]+", core)
    for before, word in itertools.pairwise(words):
        low, prior = word.lower(), before.lower()
        if prior in ("but", "and", "or", "not", "when", "as", "if"):
            continue
        if low in _BASE and (prior in _PLURAL or (prior.endswith("s") and not prior.endswith(("ss", "us", "is")))):
            return False
        if (
            low.endswith("ed")
            and len(low) > 4
            and not re.search(rf"\b{re.escape(word)} (?:on|by|in|with|for|from|as|to)\b", core)
        ):
            return False
        if low.endswith("ed") and prior in _PLURAL | {"team", "speaker"}:
            return False
    # An order is a sentence too: "Do not place ...", "File your forms".
    return not (words and words[0].lower() in _BASE | _ORDERS)


_PLURAL = word_list("english_plural")
_ORDERS = word_list("english_orders")


_INTENSE = re.compile(
    r"(?i)\b(?:really quite|really|literally|basically|actually|honestly|obviously|truly truly|of course|"
    r"so to speak|if you will)(?:,)? (?!not\b)"
)
_JUST = re.compile(
    r"(?i)(?<!not )(?<!is )(?<!are )(?<!was )(?<!than )(?<!or )\bjust (?!as\b|like\b|one\b|two\b|because\b|"
    r"enough\b|about\b|before\b|after\b|a\b|an\b|the\b|right\b|how\b|what\b|in\b|by\b|now\b|so\b|over\b|under\b|\d)"
)


_RESTART = re.compile(
    r"(?i)^(?!the (?:more|less|better|longer|fewer|faster) )((?:\w+['’]?\w* ){2,3})(?:[^.;]{0,70}?), (?=\1)"
)
_TWICE = re.compile(r"(?i)^(an? (?:[\w-]+ ){1,3}?)that (\w+), the more it \2, the more ")


_THAT = re.compile(
    r"(?i)^((?:(?:the|one|another|our|your|my) (?:[\w’'-]+ ){1,9}?|it )(?:is|was)) (?=(?:they|we|you|he|she|"
    r"people|the team) \w|there (?:is|are|was|were|will|has|have|can)\b)"
)


_IS_THAT = re.compile(
    r"(?i)\b((?:thing|problem|point|idea|truth|reality|reason|fact|trick|difference|goal|key|part|issue|"
    r"question)s?(?: (?:to|about|with|for|of) "
    r"[^,.]{2,40}?)? is) (?=(?:they|we|you|it|he|she|there) (?:is|are|has|have|can|will|do|does|was|were)\b)"
)


def _once(found: re.Match[str]) -> str:
    """A word said twice, once; but "looping through it, it runs" ends one clause with it and begins the next."""
    before = found.string[: found.start()].rstrip()
    two = "," in found[2] and found[1].lower() in ("it", "you", "them", "that", "this", "there", "people")
    return found[0] if two and before[-1:].isalpha() else found[1]


def _could_say(found: re.Match[str]) -> str:
    """ "You could say that X": an image keeps its caution behind it, what is simply so needs none."""
    image = re.search(r"(?i)\b(?:is|are|was|were|like) (?:not )?(?:like )?(?:an?|the|our|your)\b", found[1])
    return f"{found[1]}, one could say" if image else found[1][:1].upper() + found[1][1:]


@lru_cache(maxsize=4096)
def settle(text: str) -> str:
    """Restarts and spoken emphasis taken out: "X in a way, the X is" -> "The X is"; "very, very" -> "very"."""
    text = unstuttered(unlike(text))
    text = re.sub(r"(?i)\b(?:be able )?to get to be (?=as\b|an?\b|the\b)", "to be ", text)
    text = text.replace("going to to", "going to")
    text = re.sub(r"(?i)\bto then go (?:and )?(?=\w)", "to ", text)
    # "These big models" are known to whoever sat there; written, they are big models.
    text = re.sub(r"\b(?:these|those) (?=(?:big|large|small|new|modern|current|huge|powerful) [a-z]+s\b)", "", text)
    # A start that is taken up again with the same words: only the second start counts.
    text = _RESTART.sub("", text)
    text = re.sub(r"(?i)\b(\w+)((?:,? \1)+)\b(?<!that that)(?<!had had)", _once, text)
    # A breath after a small word is no comma; "the thing is they" has lost its "that".
    text = re.sub(
        r"(?i)(?<!\bbreak )(?<!\blog )(?<!\bstep )(?<!\bcome )(?<!\bgo )"
        r"\b(and|but|so|that|to|of|the|an?|with|for|is|are|in|on|at|or|because),(?= \w)(?! for example| of course)",
        r"\1",
        text,
    )
    text = _IS_THAT.sub(r"\1 that ", _THAT.sub(r"\1 that ", text))
    text = re.sub(r"(?i)\bhave but (one|a)\b", r"have only \1", text)
    if "," in text:
        text = re.sub(r"(?i)\b((?:\w+ ){1,3}\w+), (?=\1\b)", "", text)
    text = _JUST.sub("", _INTENSE.sub("", text))
    text = re.sub(r"(?i),? (?:and|but|so) (?:it|that) is (?:like|just|sort of) (?=\w+).*$", "", text)
    text = re.sub(
        r"(?i), if (?:you keep track|you will|you like|that makes sense|you want|anything)(?=[,.]|$)", "", text
    )
    text = re.sub(
        r"(?i)\b(?:and|,) (?:everything|all of that|all that|stuff like that|and so on|et cetera|etc\.?)(?=[.]?$)",
        "",
        text,
    )
    # "The things we scale, is the first": no comma between a subject and its verb.
    text = re.sub(r"(?i)^((?:the|all|what) [^,]{3,60}), (?=(?:is|are|was|were) )", r"\1 ", text)
    text = re.sub(
        r"(?i)^((?:if|when) [^,.]{8,90}?) then (?=(?:you|we|they|it|there|the|a|an|people)\b)", r"\1, then ", text
    )
    # "A tide that turns, the more it turns, the more ..." starts twice.
    text = _TWICE.sub(lambda found: f"The more {found[1].lower()}{found[2]}, the more ", text)
    # "You could say that X" keeps its caution behind what it says.
    text = re.sub(
        r"(?i)^(?:you|one|we|some|people) (?:could|can|might|would|may) (?:even |also )?(?:go as far as to |"
        r"go so far as to )?say(?: on some level)?,?(?: that)? ([^,]{12,120}?)\.?$",
        _could_say,
        text,
    )
    text = re.sub(r"(?i)\ba(n?) (?:very |really )?(particularly|especially|very) (\w+) one\b", r"\2 \3", text)
    return " ".join(text.split())
