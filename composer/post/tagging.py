"""English only: the classes a word can belong to, for the grammar gate. Every class that is possible is kept."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache

from composer.paths import resource

# The classes, as short strings: see `tag`. A verb form carries its base: "VBZ".
IDIOMS = re.compile(
    r"(?i)\b(?:no longer|at least|at most|at all|for example|for instance|of course|in general|in fact|as well(?! as)|"
    r"in particular|at first|at best|at worst|in short|in practice|for free|by far|in place|all the time|in the end|"
    r"over time|in advance|by default|on average|in person|by hand|as usual|any more(?=[.,]|$)|any longer|"
    r"right now|so far(?! as)|"
    r"as possible|a great deal(?! of)|in turn|in part|kind of(?= (?:a|an|the|[a-z]+ly)\b)|sort of(?= (?:a|an|"
    r"the)\b)|each other|"
    r"one another|no one|so that|even if|even though|as long as|as soon as|as if|as though|because of|due to|"
    r"according to|instead of|out of|in terms of|in addition to|as opposed to|based on|depending on|such as|"
    r"as well as|rather than|more than|less than|up to|in order to|as far as|along with|away from|close to|next to|"
    r"ahead of|on top of|in front of|apart from|thanks to|prior to|other than|relative to|on behalf of|with respect to|"
    r"at the same time|time and again|day to day|a bit(?! of)|a lot(?! of)|a little(?! (?:of|bit|more))|a little bit|"
    r"at will|now that|given that|provided that|in case|the way that|that is why|not only|but also|not just|"
    r"except for)\b"
)
_IDIOM = {
    "each-other": "OBJ", "one-another": "OBJ", "no-one": "PRON", "so-that": "SUB", "even-if": "SUB",
    "even-though": "SUB",
    "as-long-as": "SUB", "as-soon-as": "SUB", "as-if": "SUB", "as-though": "SUB", "now-that": "SUB",
    "given-that": "SUB",
    "provided-that": "SUB", "in-case": "SUB", "as-far-as": "SUB", "in-order-to": "TO", "as-well-as": "AND",
    "rather-than": "AND",
    "more-than": "ADV", "less-than": "ADV", "a-little": "ADV", "a-little-bit": "ADV", "a-bit": "ADV", "a-lot": "ADV",
    "but-also": "AND", "not-only": "ADV", "not-just": "ADV", "that-is-why": "ADV",
}  # fmt: skip
_PREPOSITIONS = frozenset(
    [
        "because-of",
        "due-to",
        "according-to",
        "instead-of",
        "out-of",
        "in-terms-of",
        "in-addition-to",
        "as-opposed-to",
        "based-on",
        "depending-on",
        "such-as",
        "up-to",
        "along-with",
        "away-from",
        "close-to",
        "next-to",
        "ahead-of",
        "on-top-of",
        "in-front-of",
        "apart-from",
        "thanks-to",
        "prior-to",
        "other-than",
        "relative-to",
        "on-behalf-of",
        "with-respect-to",
        "except-for",
        "rather-than",
    ]
)
_BE = {"be": "", "am": "i", "is": "s", "are": "p", "was": "s", "were": "p", "been": "", "being": ""}
_TOKEN = re.compile(r"[$€£]?\d[\w.,%^()-]*\w%?|[$€£]?\d%?|[^\W_]+(?:[-./&+#_][^\W_]+)*[+#]*|['’]s?\b|['’]|[,;:—–-]")
_ADJECTIVE = re.compile(
    r"(?:able|ible|ful|ous|less|ical|ional|ual|rial|tal|nal|cal|ral|ive|ary|ish|esque|proof|friendly|like|wide|free|ready|rich)$"
)
_ADJECTIVE_NOUN = re.compile(r"(?:ic|ent|ant|al|ory|ian|ese|an)$")


@dataclass(frozen=True, slots=True)
class Token:
    """A word with every class it can have; `base` maps a verb class to the verb's base form."""

    text: str
    low: str
    tags: frozenset[str]
    base: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Lexicon:
    words: dict[str, frozenset[str]]
    past: dict[str, str]
    participle: dict[str, str]
    irregular: frozenset[str]
    verbs: frozenset[str]
    nouns: frozenset[str]
    adjectives: frozenset[str]


@cache
def frames() -> dict[str, frozenset[str]]:
    """What a verb takes: a class name to the base forms that take it."""
    rows = tomllib.loads(resource("grammar.toml").read_text(encoding="utf-8"))
    return {key: frozenset(str(value).split()) for key, value in rows.items() if key != "irregular"}


def _describing() -> frozenset[str]:
    labels = tomllib.loads(resource("phrases_labels.toml").read_text(encoding="utf-8"))
    return frozenset(str(labels["en"]["adjective"]).split())


_ACTING = ("verb", "verb_noun", "needs_object", "says", "says_that", "asks", "to", "ing", "object_to", "object_base",
           "object_adjective", "object_object", "linking")  # fmt: skip


@cache
def _lexicon() -> _Lexicon:
    rows = frames()
    table = tomllib.loads(resource("grammar.toml").read_text(encoding="utf-8"))["irregular"]
    past: dict[str, str] = {}
    participle: dict[str, str] = {}
    bases: set[str] = set()
    for row in str(table).split(";"):
        base, did, done = row.split()
        past[did] = base
        participle[done] = base
        bases.add(base)
    return _Lexicon(
        {key: rows[key] for key in ("determiner", "pronoun", "object", "number", "modal", "preposition", "subordinator",
                                    "conjunction", "adverb", "particle", "time", "either", "plural", "singular")},
        past,
        participle,
        frozenset(bases),
        frozenset(bases.union(*(rows[key] for key in _ACTING)) - {"be"}),
        rows["verb_noun"],
        rows["adjective"] | _describing(),
    )  # fmt: skip


def tokens(text: str) -> list[Token] | None:
    """The words and commas of a sentence with their classes; None where a sign stands that no sentence needs."""
    text = re.sub(r"\s*\([^()]*\)", "", text)
    text = re.sub(r"[“”\"‘]|(?<=\w)’(?=[\s,.]|$)(?<!s’)", "", text)
    text = IDIOMS.sub(lambda found: found[0].replace(" ", "-"), text)
    text = re.sub(r"\s[—–-]\s|—|--", ", ", text)
    rest = _TOKEN.sub("", text)
    if re.search(r"[^\s.!?…/&+]", rest):
        return None
    found = _TOKEN.findall(text)
    words = [_tagged(word, at == 0) for at, word in enumerate(found)]
    # "tied to the Q": a letter behind an article names nothing.
    if any(
        len(word.text) == 1
        and word.text.isupper()
        and word.low not in ("a", "i")
        and at
        and "DET" in words[at - 1].tags
        and (at + 1 == len(words) or words[at + 1].tags & {",", "BEF"})
        for at, word in enumerate(words)
    ):
        return None
    return words


def _tagged(word: str, first: bool) -> Token:
    if word in ("'", "’", "'s", "’s"):
        return Token(word, "'s", frozenset({"POSS"}), {})
    low = word.lower()
    tags, base = tag(low)
    if word[:1].isupper() and not first and low not in ("i",):
        tags = tags | {"PN"}
    plain = low.endswith("s") and low[:-1] in _lexicon().nouns
    if (
        word[:1].isupper()
        and first
        and not plain
        and not tags & {"DET", "PRON", "PREP", "SUB", "ADV", "MODAL", "AND", "TO"}
    ):
        tags = tags | {"PN"}
    if re.search(r"[A-Z]s$", word):
        tags = tags - {"N"} | {"NS"}  # AIs, GPUs
    if re.search(r"[A-Z]", word[1:]) or re.search(r"\d", word):
        tags = tags | {"PN"}
    if len(word) == 1 and word.isalpha() and low not in ("a", "i"):
        # A lone letter is debris, unless it names something in mid-sentence: vitamin C, plan B.
        tags = frozenset({"PN"}) if word.isupper() and not first else frozenset()
    return Token(word, low, tags, base)


@lru_cache(maxsize=16384)
def tag(low: str) -> tuple[frozenset[str], dict[str, str]]:
    """Every class of a lower-case word, and the base of each verb class."""
    if low in (",", ";", ":", "—", "–", "-"):
        return frozenset({","} if low == "," else {";"} if low in ";:" else {","}), {}
    found: set[str] = set()
    base: dict[str, str] = {}
    known = _lexicon()
    if "-" in low and low in _PREPOSITIONS:
        return frozenset({"PREP"} | ({"AND"} if low in ("rather-than", "as-well-as") else set())), {}
    if "-" in low and low in _IDIOM:
        return frozenset({_IDIOM[low]} | ({"ADV"} if low in ("in-case",) else set())), {}
    if "-" in low and (low in known.words["adverb"] or IDIOMS.fullmatch(low.replace("-", " "))):
        return frozenset({"ADV"}), {}
    for name, mark in (
        ("determiner", "DET"), ("pronoun", "PRON"), ("object", "OBJ"), ("number", "NUM"), ("modal", "MODAL"),
        ("preposition", "PREP"), ("subordinator", "SUB"), ("adverb", "ADV"), ("particle", "PART"), ("time", "TIME"),
    ):  # fmt: skip
        if low in known.words[name]:
            found.add(mark)
    closed = bool(found - {"NUM", "PART", "TIME", "ADV"}) or low in (
        "not",
        "never",
        "too",
        "very",
        "also",
        "now",
        "then",
    )
    if low in _SOUNDS:
        return frozenset(), {}
    if low in ("and", "or", "but", "nor"):
        return frozenset({"AND"}), {}
    if low == "so":
        return frozenset({"ADV", "AND", "SUB"}), {}
    if low in ("yet",):
        return frozenset({"ADV", "AND"}), {}
    if low == "to":
        return frozenset({"TO", "PREP"}), {}
    if low in (
        "what",
        "who",
        "which",
        "how",
        "why",
        "when",
        "where",
        "whether",
        "whom",
        "whose",
        "whatever",
        "whoever",
        "however",
    ):
        found.add("WH")
    if low == "that":
        found.add("THAT")
    if low in _BE:
        return frozenset({"BE" + {"be": "B", "been": "N", "being": "G"}.get(low, "F")}), {"BEF": "be"}
    if low in ("have", "has", "had", "having"):
        marks = {"have": {"VB", "VBP"}, "has": {"VBZ"}, "had": {"VBD", "VBN"}, "having": {"VBG"}}[low]
        return frozenset(marks | {"HAVE"}), dict.fromkeys(marks, "have")
    if low in ("do", "does", "did"):
        marks = {"do": {"VB", "VBP"}, "does": {"VBZ"}, "did": {"VBD"}}[low]
        return frozenset(marks | {"DO"}), dict.fromkeys(marks, "do")
    if low in ("means", "lives", "needs") or not closed or low in ("like", "second", "can"):
        _verbs(low, known, found, base)
    if re.match(r"[$€£]?\d", low):
        found |= {"NUM", "PN"}
        return frozenset(found), base
    if closed and low not in ("like",):
        return frozenset(found), base
    _nouns(low, known, found, base)
    return frozenset(found), base


def _verbs(low: str, known: _Lexicon, found: set[str], base: dict[str, str]) -> None:
    def add(mark: str, verb: str) -> None:
        found.add(mark)
        base[mark] = verb

    if low not in known.verbs and len(low) > 6 and re.search(r"(?:ize|ise|ify)$", low):
        add("VB", low)
        add("VBP", low)
    if len(low) > 7 and low not in known.verbs and re.search(r"(?:izes|ises|ifies)$", low):
        add("VBZ", low[:-1])
    if low in known.verbs:
        add("VB", low)
        add("VBP", low)
    if low in known.past:
        add("VBD", known.past[low])
    if low in known.participle:
        add("VBN", known.participle[low])
    for ending in ("es", "s"):
        stem = low[: -len(ending)]
        if low.endswith(ending) and stem in known.verbs and not low.endswith("ss"):
            add("VBZ", stem)
            break
    if low.endswith("ies") and low[:-3] + "y" in known.verbs:
        add("VBZ", low[:-3] + "y")
    if low.endswith("ed") and len(low) > 3:
        verb = _stem(low, 2, known)
        if verb is None and not low.endswith("eed"):
            verb = low[:-2]
        if (verb and verb not in known.irregular | {"burn", "learn"}) or verb in (
            "prove",
            "show",
            "light",
            "sew",
            "speed",
            "learn",
            "burn",
            "dream",
            "spell",
            "lean",
            "input",
        ):
            add("VBD", verb or low)
            add("VBN", verb or low)
    if low.endswith("ing") and len(low) > 4:
        verb = _stem(low, 3, known)
        if verb is not None:
            add("VBG", verb)
        elif low not in known.words["pronoun"]:
            add("VBG", low[:-3])
    if low == "lying" or low == "dying" or low == "tying":
        add("VBG", low[:1] + "ie")


def _stem(low: str, cut: int, known: _Lexicon) -> str | None:
    bare = low[:-cut]
    options = [bare, bare + "e"]
    if len(bare) > 2 and bare[-1] == bare[-2]:
        options.append(bare[:-1])
    if bare.endswith("i"):
        options.append(bare[:-1] + "y")
    return next((option for option in options if option in known.verbs), None)


def _nouns(low: str, known: _Lexicon, found: set[str], base: dict[str, str]) -> None:
    if low in known.adjectives:
        found.add("ADJ")
    for ending in ("er", "est"):
        bare = low[: -len(ending)]
        options = {
            bare,
            bare + "e",
            bare[:-1] + "y" if bare.endswith("i") else bare,
            bare[:-1] if bare[-1:] == bare[-2:-1] else bare,
        }
        if low.endswith(ending) and len(low) > 4 and options & known.adjectives:
            found.update(("ADJ", "CMP", "ADV"))
    if (
        low.endswith("ly")
        and len(low) > 4
        and low
        not in (
            "family",
            "supply",
            "reply",
            "assembly",
            "anomaly",
            "july",
            "italy",
            "monopoly",
            "friendly",
            "likely",
            "only",
            "early",
        )
    ):
        found.add("ADV")
        return
    if low in ("going", "being", "having", "doing", "getting", "trying", "saying"):
        return
    adjective = "ADJ" in found
    if not adjective and len(low) > 5 and (_ADJECTIVE.search(low) or _ADJECTIVE_NOUN.search(low)):
        found.add("ADJ")
        adjective = bool(_ADJECTIVE.search(low))
    if (found & {"VBN"} and base["VBN"] not in frames()["intransitive"]) or "-" in low:
        found.add("ADJ")
    if low.startswith(("non-", "un")) and len(low) > 5:
        found.add("ADJ")
    only_verb = bool(found & {"VB", "VBZ", "VBD", "VBN"}) and not any(
        form in known.nouns
        for form in (low, low[:-1] if low.endswith("s") else low, low[:-2] if low.endswith("es") else low)
    )
    if low.endswith("ies") and low[:-3] + "y" in known.nouns:
        only_verb = False
    adverb = bool(found & {"ADV", "PART"}) and low not in (
        "home",
        "today",
        "tomorrow",
        "second",
        "best",
        "well",
        "inside",
        "outside",
        "back",
        "worst",
        "then",
        "now",
    )
    if only_verb or adverb or (adjective and not _ADJECTIVE_NOUN.search(low) and low not in _BOTH):
        return
    if not re.search(r"[a-z\u00c0-\uffff]", low):
        return
    if low in known.words["plural"]:
        found.add("NS")
        if low in ("data", "media"):
            found.add("N")
        return
    if low.endswith("s") and not low.endswith(("ss", "us", "is")) and low not in known.words["singular"]:
        found.add("NS")
    else:
        found.add("N")
    if low in known.words["singular"] and low.endswith("ics"):
        found.add("NS")


_SOUNDS = frozenset(
    [
        "yes",
        "yeah",
        "yep",
        "oh",
        "uh",
        "um",
        "er",
        "hey",
        "wow",
        "okay",
        "ok",
        "hmm",
        "huh",
        "mm",
        "nope",
        "alright",
        "ah",
        "eh",
        "gosh",
        "mhm",
        "oops",
        "yup",
    ]
)
_BOTH = frozenset(
    [
        "good",
        "key",
        "public",
        "individual",
        "human",
        "general",
        "future",
        "past",
        "present",
        "main",
        "whole",
        "right",
        "left",
        "light",
        "dark",
        "cold",
        "heat",
        "average",
        "opposite",
        "official",
        "original",
        "particular",
        "native",
        "white",
        "black",
        "red",
        "blue",
        "green",
        "yellow",
        "orange",
        "open",
        "free",
        "safe",
        "minor",
        "major",
        "head",
        "chief",
        "top",
        "bottom",
        "rich",
        "poor",
        "best",
        "worst",
        "big",
        "common",
        "professional",
        "technical",
        "digital",
        "local",
        "square",
        "round",
        "single",
        "double",
        "equal",
        "expert",
        "senior",
        "junior",
        "prime",
        "english",
        "french",
        "german",
        "chinese",
        "japanese",
        "american",
        "european",
        "fun",
        "sound",
        "sort",
        "standard",
        "adult",
        "teenage",
        "male",
        "female",
        "mobile",
        "secret",
        "subject",
        "alternative",
        "creative",
        "executive",
        "perspective",
        "objective",
        "initiative",
        "incentive",
        "native",
        "representative",
        "narrative",
        "directive",
        "detective",
        "motive",
        "relative",
        "archive",
        "drive",
        "dictionary",
        "library",
        "boundary",
        "summary",
        "salary",
        "secondary",
        "vocabulary",
        "commentary",
        "january",
        "february",
        "documentary",
        "manual",
        "annual",
        "ritual",
        "visual",
        "individual",
        "variable",
        "cable",
        "table",
        "vegetable",
        "principal",
        "capital",
        "hospital",
        "total",
        "metal",
        "digital",
        "portal",
        "rental",
        "material",
        "trial",
        "memorial",
        "tutorial",
        "editorial",
        "signal",
        "journal",
        "terminal",
        "original",
        "personal",
        "criminal",
        "animal",
        "arsenal",
        "medical",
        "radical",
        "musical",
        "chemical",
        "article",
        "miracle",
        "vertical",
        "liberal",
        "mineral",
        "several",
        "funeral",
        "neutral",
        "general",
        "moral",
        "plural",
        "central",
        "finish",
        "dish",
        "fish",
        "wish",
        "parish",
        "british",
        "english",
        "polish",
        "spanish",
        "wellness",
        "business",
        "happiness",
        "fitness",
        "illness",
        "weakness",
        "witness",
        "process",
    ]
)
