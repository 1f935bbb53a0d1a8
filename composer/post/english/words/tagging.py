"""English only: the classes a word can belong to, for the grammar gate. Every class that is possible is kept.

Knows how a sentence falls into words, which groups of words are one ("no longer", "because of"), and the closed
classes; the open ones are told by `endings`.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from composer.post.english.words.endings import add_nouns, add_verbs
from composer.post.english.words.lexicon import frames, lexicon, word_set

__all__ = ["Token", "frames", "tag", "tokens"]

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
    r"except for|human beings?|more and more|less and less|pursuant to)\b"
)
_IDIOM = {
    "each-other": "OBJ", "one-another": "OBJ", "no-one": "PRON", "so-that": "SUB", "even-if": "SUB",
    "even-though": "SUB",
    "as-long-as": "SUB", "as-soon-as": "SUB", "as-if": "SUB", "as-though": "SUB", "now-that": "SUB",
    "given-that": "SUB",
    "provided-that": "SUB", "in-case": "SUB", "as-far-as": "SUB", "in-order-to": "TO", "as-well-as": "AND",
    "rather-than": "AND",
    "more-than": "ADV", "less-than": "ADV", "a-little": "ADV", "a-little-bit": "ADV", "a-bit": "ADV", "a-lot": "ADV",
    "human-being": "N", "human-beings": "NS", "more-and-more": "ADV", "less-and-less": "ADV",
    "but-also": "AND", "not-only": "ADV", "not-just": "ADV", "that-is-why": "ADV",
}  # fmt: skip
_BE = {"be": "", "am": "i", "is": "s", "are": "p", "was": "s", "were": "p", "been": "", "being": ""}
_TOKEN = re.compile(r"[$€£]?\d[\w.,%^()-]*\w%?|[$€£]?\d%?|[^\W_]+(?:[-./&+#_][^\W_]+)*[+#]*|['’]s?\b|['’]|[,;:—–-]")
_ASKING = word_set("asking")
_IDIOM_PREPOSITION = word_set("idiom_preposition")
_SOUND = word_set("sound")


@dataclass(frozen=True, slots=True)
class Token:
    """A word with every class it can have; `base` maps a verb class to the verb's base form."""

    text: str
    low: str
    tags: frozenset[str]
    base: dict[str, str]


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
    plain = low.endswith("s") and low[:-1] in lexicon().nouns
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
    known = lexicon()
    if "-" in low and low in _IDIOM_PREPOSITION:
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
    if low in _SOUND:
        return frozenset(), {}
    if low in ("and", "or", "but", "nor"):
        return frozenset({"AND"}), {}
    if low == "so":
        return frozenset({"ADV", "AND", "SUB"}), {}
    if low in ("yet",):
        return frozenset({"ADV", "AND"}), {}
    if low == "to":
        return frozenset({"TO", "PREP"}), {}
    if low in _ASKING:
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
        add_verbs(low, known, found, base)
    if re.match(r"[$€£]?\d", low):
        found |= {"NUM", "PN"}
        return frozenset(found), base
    if closed and low not in ("like",):
        return frozenset(found), base
    add_nouns(low, known, found, base)
    return frozenset(found), base
