"""English only: the classes of an open word, by its ending and by what the lexicon knows of its stem.

No list holds every verb and noun: "recabled" is a participle by its ending, "cranes" a plural. Every class that is
possible is kept; the grammar finds out which one fits.
"""

import re

from composer.post.english.words.lexicon import Lexicon, frames, word_set

_ADJECTIVE = re.compile(
    r"(?:able|ible|ful|ous|less|ical|ional|ual|rial|tal|nal|cal|ral|ive|ary|ish|esque|proof|friendly|like|wide|free|ready|rich)$"
)
_ADJECTIVE_NOUN = re.compile(r"(?:ic|ent|ant|al|ory|ian|ese|an)$")
_LY_NO_ADVERB = word_set("ly_no_adverb")
_ADVERB_AND_NOUN = word_set("adverb_and_noun")
_REGULAR_TOO = word_set("regular_too")
_ADJECTIVE_AND_NOUN = word_set("adjective_and_noun")


def add_verbs(low: str, known: Lexicon, found: set[str], base: dict[str, str]) -> None:
    """Add to `found` every verb class of a word, and to `base` its base form by class."""

    def add(mark: str, verb: str) -> None:
        found.add(mark)
        base[mark] = verb

    if low not in known.verbs and len(low) > 6 and re.search(r"(?:ize|ise|ify)$", low):
        add("VB", low)
        add("VBP", low)
    if len(low) > 7 and low not in known.verbs and re.search(r"(?:izes|ises|ifies)$", low):
        add("VBZ", low[:-1])
    if low in known.verbs or (low.startswith("re") and len(low) > 6 and low[2:] in known.verbs):
        add("VB", low)  # what can be done can be done again: repurchase, reopen
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
        if (verb and verb not in known.irregular | {"burn", "learn"}) or verb in _REGULAR_TOO:
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


def _stem(low: str, cut: int, known: Lexicon) -> str | None:
    bare = low[:-cut]
    options = [bare, bare + "e"]
    if len(bare) > 2 and bare[-1] == bare[-2]:
        options.append(bare[:-1])
    if bare.endswith("i"):
        options.append(bare[:-1] + "y")
    return next((option for option in options if option in known.verbs), None)


def add_nouns(low: str, known: Lexicon, found: set[str], base: dict[str, str]) -> None:
    """Add to `found` whether a word can be an adjective, an adverb or a noun, singular or plural."""
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
    if low.endswith("ly") and len(low) > 4 and low not in _LY_NO_ADVERB:
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
    adverb = bool(found & {"ADV", "PART"}) and low not in _ADVERB_AND_NOUN
    if only_verb or adverb or (adjective and not _ADJECTIVE_NOUN.search(low) and low not in _ADJECTIVE_AND_NOUN):
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
