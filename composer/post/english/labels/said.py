"""English only: labels from what a sentence says of its subject, where no noun phrase of it carries the point.

"More Than the Rope", "Not in the Shed", "Sixth Form", "Pack Everything", "The End of Rope".
"""

import re
from collections.abc import Iterator

from composer.post.english.labels.carried import WORD, Word, classes, describes, noun
from composer.post.english.labels.scraps import fragment
from composer.post.english.words.kinds import Words
from composer.post.english.words.tagging import tag
from composer.post.lexis import word_list

_ARTICLES = ("the", "a", "an", "your", "our", "their", "its")
_WHOSE = frozenset(["each", "every", "their", "his", "her", "your", "all", "this", "these", "any", "our"])
_ORDINAL = frozenset(
    ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "last", "next"]
)
# Words for anything, which an adjective makes a label.
_DESCRIBED = frozenset(["people", "month", "year", "years", "day", "week", "time"])
_ALL = frozenset(["everything", "nothing", "anything", "something", "everyone", "nobody"])
_STANDS = frozenset(
    ["against", "on", "off", "under", "behind", "beyond", "before", "after", "outside", "inside", "above"]
)
_WHERE = frozenset(["at", "in", "on", "for", "about", "from", "under", "beyond", "with", "to", "of"])
_PARTICLE = frozenset(["through", "away", "apart", "out", "down", "back", "off", "over", "together", "behind", "ahead"])
_DEGREE = frozenset(
    ["very", "pretty", "too", "quite", "extremely", "highly", "completely", "particularly", "largely", "hardly",
     "never", "always", "still", "really", "incredibly", "inherently", "slightly", "increasingly", "entirely",
     "fully", "so"]
)  # fmt: skip
_NOMINAL = {
    "end": "End", "die": "Death", "rise": "Rise", "fall": "Fall", "grow": "Growth", "decline": "Decline",
    "return": "Return", "collapse": "Collapse", "fail": "Failure", "disappear": "Disappearance", "begin": "Beginning",
    "shrink": "Shrinking", "arrive": "Arrival", "change": "Change", "spread": "Spread", "leave": "Departure",
}  # fmt: skip
_ENDS_SO = re.compile(
    r"(?P<who>(?:[\w’'-]+ ){0,2}[\w’'-]+?)(?: as we know it)? (?:will|is going to|are going to) (?:\w+ly )?"
    r"(?P<verb>[a-z]+)[.!]?$"
)


def said_of(text: str, known: Words) -> list[str]:
    """Labels of two to four words for a sentence or two, the best first; every one stands in the text, save for a verb
    that is named by its noun."""
    text = re.sub(r"[”\"],? (?:says|thinks) [^.]*\.$", "", text)
    found: dict[str, float] = {}
    for part in re.split(r"(?<=[.!]) (?=[A-Z“])", text):
        bare = re.sub(r", (?:says [^,.]+|in one speaker’s view)\.?$", "", part).strip(' “”".')
        named = _nominal(bare, known)
        if named:
            found[named] = 2.0
        words = [Word(word, word.lower(), classes(word)) for word in WORD.findall(bare)]
        for start, end, value in (*_compared(words, known), *_placed(words, known), *_counted(words, known),
                                  *_done(words, known), *_acted(words, known), *_valued(words, known),
                                  *_measured(words)):  # fmt: skip
            run = words[start:end]
            if _denied(words[:start]) and run[0].low not in ("not", "never", "no") and not run[0].text.endswith("%"):
                continue  # "does not think it is very likely": the label alone would say the opposite
            if 2 <= len(run) <= 4 and not any(word.low in known.people or re.search(r"['’]", word.low) for word in run):
                phrase = " ".join(word.text for word in run)
                found[phrase] = max(found.get(phrase, 0.0), value + 0.2 * start / len(words))
    return sorted(found, key=lambda phrase: (-round(found[phrase], 6), phrase))


_ENDS_ON = frozenset(
    ["amount", "amounts", "basis", "spite", "regard", "terms", "something", "anything", "things", "thing", "clients",
     "number", "numbers", "lot", "bit", "case", "cases", "part", "parts", "worth", "times", "sense", "fact", "mess"]
)  # fmt: skip
_LIGHT = frozenset(
    ["made", "getting", "get", "gets", "got", "say", "saying", "keep", "keeping", "making", "having", "being",
     "certain", "particular", "amount", "number", "thing", "subset", "various"]
)  # fmt: skip
_CUT = frozenset(["hundred", "million", "billion", "thousand", "percent", "word"])


def opposite(label: str, text: str) -> bool:
    """Whether a label measures what its sentence denies: "Very Safe" of "does not think it is very safe"."""
    words = label.lower().split()
    at = text.lower().find(label.lower())
    before = [Word(word, word.lower(), frozenset()) for word in WORD.findall(text[: max(0, at)])]
    return words[0] in _DEGREE - {"never", "always", "still"} and _denied(before)


def scrap(label: str, text: str) -> bool:
    """Whether a label is cut out of something: it ends on an amount, begins with a verb that says little or half of a
    figure, or leaves what describes it before it."""
    words = label.lower().split()
    if len(words) < 2:
        return False
    if opposite(label, text) or fragment(label, text):
        return True
    if words[-1] in _ENDS_ON and not (words[-1] in ("parts", "things") and len(words) == 2 and words[0] not in _LIGHT):
        return True
    cut = words[0] in _CUT and re.search(rf"(?i)[\w’']+[ -]{re.escape(label)}", text) is not None
    if cut or words[0] in _LIGHT:
        return True
    if words[0] == "people" and tag(words[-1])[0] & {"VBP", "VB"}:
        return True
    described = re.search(rf"(?i)\b(?:best|most|least|better|well|highly|newly|\w+ly) {re.escape(label)}\b", text)
    return bool(described) and bool(tag(words[0])[0] & {"VBN", "ADJ"})


def _nominal(text: str, known: Words) -> str:
    """ "Rope as we know it will end" is "The End of Rope"."""
    found = _ENDS_SO.match(text)
    verb = _NOMINAL.get(found["verb"]) if found else None
    if not found or not verb:
        return ""
    who = re.sub(r"(?i)^(?:the|an?) ", "", found["who"])
    last = tag(who.split()[-1].lower())[0]
    pointing = tag(found["who"].split()[0].lower())[0] & {"PRON", "WH"} or re.match(r"(?i)(?:this|that|it)\b", who)
    if pointing or not (last & {"N", "NS", "PN"} or "-" in who) or len(who.split()) > 2:
        return ""
    if any(word.lower() in known.people for word in who.split()):
        return ""
    own = who if who[1:] != who[1:].lower() else who.lower()
    article = "the " if found["who"].lower().startswith("the ") and not own.endswith("s") else ""
    return f"The {verb} of {article}{own}"


def _denied(before: list[Word]) -> bool:
    return any(
        word.low in ("not", "never", "no", "nobody", "nothing", "none", "cannot", "without", "hardly", "neither", "nor")
        or word.low.endswith(("n't", "n’t"))
        for word in before
    )


def _breaks(words: list[Word], at: int) -> bool:
    if at >= len(words):
        return True
    stops = {"PREP", "AND", "SUB", "MODAL", "TO", "PRON", "BEF", "HAVE", "DO", "THAT", "WH"}
    return not words[at].text[0].isalnum() or bool(words[at].tags & stops)


def _phrase(words: list[Word], start: int, known: Words) -> int:
    """Where the noun phrase that begins here, with or without an article, ends; 0 where none does or "of" follows."""
    at = start + 1 if start < len(words) and words[start].low in _ARTICLES else start
    end = at
    while end < len(words) and (noun(words, end, known) or describes(words, end, known)):
        end += 1
    while end > at and not noun(words, end - 1, known):
        end -= 1
    open_ = end < len(words) and words[end].low == "of"
    return end if end > at and not open_ and _breaks(words, end) else 0


def _compared(words: list[Word], known: Words) -> Iterator[tuple[int, int, float]]:
    """ "More Than the Rope", "Worse Than No Lamp"."""
    for at, token in enumerate(words[:-1]):
        comparing = token.low in ("more", "less", "better", "worse", "fewer", "bigger", "smaller") or (
            token.low.endswith("er") and "ADJ" in token.tags
        )
        if comparing and words[at + 1].low == "than" and at:
            start = at + 2 + (at + 2 < len(words) and words[at + 2].low in ("no", "one", "every", "any"))
            end = _phrase(words, start, known)
            if end and end - at <= 4:
                yield at, end, 1.2


def _placed(words: list[Word], known: Words) -> Iterator[tuple[int, int, float]]:
    """ "Not in the Shed", "Against the Idea", "Employees of Their Company"."""
    for at, token in enumerate(words):
        if token.low == "not" and at and at + 2 < len(words) and words[at + 1].low in _WHERE:
            end = _phrase(words, at + 2, known)
            if end:
                yield at, end, 1.1
        if token.low in _STANDS and at > 2 and at + 2 < len(words) and words[at + 1].low in _ARTICLES[:3]:
            end = _phrase(words, at + 1, known)
            if end and (end == len(words) or not words[end].text[0].isalnum()):
                yield at, end, 0.7
        if token.low == "of" and at > 1 and at + 2 < len(words) and words[at + 1].low in _WHOSE:
            end = _phrase(words, at + 1, known) or _phrase(words, at + 2, known)
            held = noun(words, at - 1, known) and words[at - 1].low not in ("lot", "kind", "sort", "one", "all", "some")
            if end and held and end - at < 4:
                yield at - 1, end, 0.8


def _counted(words: list[Word], known: Words) -> Iterator[tuple[int, int, float]]:
    """ "Sixth Form", "100% of the Time", "Difficult Month", "Young People"."""
    for at, token in enumerate(words):
        following = words[at + 1] if at + 1 < len(words) else None
        if following is None:
            continue
        if token.low in _ORDINAL and at and noun(words, at + 1, known) and _breaks(words, at + 2):
            yield at, at + 2, 0.6 if token.low in ("last", "next", "first") else 1.0
        if token.text.endswith("%") and following.low == "of":
            end = _phrase(words, at + 2, known)
            if end and end - at <= 4:
                yield at, end, 1.0
        plain = "ADJ" in token.tags and not token.tags & {"DET", "PRON", "PREP", "ADV", "NUM"}
        plain = plain and at > 0 and token.low not in word_list("labels_no_quality")
        if plain and following.low in _DESCRIBED and _breaks(words, at + 2):
            yield at, at + 2, 0.8


def _done(words: list[Word], known: Words) -> Iterator[tuple[int, int, float]]:
    """ "Pack Everything", "Time to Do Nothing", "Slip Through"."""
    for at, token in enumerate(words[1:], 1):
        prior = words[at - 1]
        if "VB" not in token.tags or not (prior.tags & {"TO", "MODAL"} or prior.low == "to") or at + 1 >= len(words):
            continue
        following = words[at + 1]
        ends = at + 2 >= len(words) or not words[at + 2].text[0].isalnum()
        if any(back.low in word_list("labels_undone") or back.low == "not" for back in words[max(0, at - 4) : at]):
            continue
        if following.low in _ALL and _breaks(words, at + 2):
            held = at > 2 and prior.low == "to" and noun(words, at - 2, known)
            yield (at - 2 if held else at), at + 2, 1.0
        elif following.low in _PARTICLE and ends and token.low not in word_list("labels_light"):
            yield at, at + 2, 0.7


def _acted(words: list[Word], known: Words) -> Iterator[tuple[int, int, float]]:
    """ "Disappear from the Internet", "Always Follow", "Solve a Problem", "Laid Off"."""
    for at, token in enumerate(words[1:], 1):
        prior = words[at - 1]
        following = words[at + 1] if at + 1 < len(words) else None
        if following is None:
            continue
        if "VBN" in token.tags and prior.tags & {"BEF"} | {prior.low} & {"get", "gets"} and following.low in _PARTICLE:
            yield at, at + 2, 0.5
        base = "VB" in token.tags and (prior.tags & {"TO", "MODAL"} or prior.low == "to")
        ever = prior.low in ("always", "never") and at > 1 and bool(words[at - 2].tags & {"MODAL"})
        if ever and "VB" in token.tags and _breaks(words, at + 1):
            yield at - 1, at + 1, 0.8
        undone = any(back.low in word_list("labels_undone") or back.low == "not" or back.low.endswith(("n't", "n’t"))
                     for back in words[max(0, at - 6) : at])  # fmt: skip
        if not base or undone or token.low in word_list("labels_light"):
            continue
        start = at + 2 if following.low in _WHERE and following.low != "of" else at + 1
        end = _phrase(words, start, known)
        if end and 3 <= end - at <= 4 and (start > at + 1 or following.low in _ARTICLES[:3]):
            yield at, end, 0.9 if start > at + 1 else 0.75


def _valued(words: list[Word], known: Words) -> Iterator[tuple[int, int, float]]:
    """ "Boring Parts", "Not the Only People", "One Remote", and at last "Amazing Things"."""
    for at, token in enumerate(words[2:], 2):
        following = words[at + 1] if at + 1 < len(words) else None
        if following is None or not noun(words, at + 1, known):
            continue
        plain = "ADJ" in token.tags and not token.tags & {"DET", "PRON", "PREP", "ADV", "NUM"}
        after = words[at + 2] if at + 2 < len(words) else None
        if plain and token.low not in word_list("labels_no_quality"):
            if following.low in ("things", "stuff", "ways"):
                yield at, at + 2, 0.3
            elif after is not None and after.low == "of" and words[at - 1].low in ("the", "a", "an", "one"):
                yield at, at + 2, 0.75
        if token.low == "only" and at > 2 and words[at - 1].low == "the" and words[at - 2].low == "not":
            yield at - 2, at + 2, 0.9
        if (
            token.low == "one"
            and "N" in following.tags
            and _breaks(words, at + 2)
            and following.low not in ("thing", "way")
        ):
            yield at, at + 2, 0.6


def _measured(words: list[Word]) -> Iterator[tuple[int, int, float]]:
    """ "Very Modest", "Not Particularly Likely"."""
    for at, token in enumerate(words[2:], 2):
        quality = "ADJ" in token.tags and not token.tags & {"DET", "PRON", "PREP"} and len(token.low) > 3
        if not quality or words[at - 1].low not in _DEGREE or not _breaks(words, at + 1):
            continue
        start = at - 2 if words[at - 2].low == "not" else at - 1
        before = words[start - 1] if start else None
        if before is not None and (before.tags & {"BEF"} or before.low in ("be", "seems", "seem", "becomes", "become")):
            yield start, at + 1, 0.9


THIN = re.compile(r"(?i)(?:the|an?) [\w’'-]+$")
"""A label that is only a noun with its article."""


def weak(chosen: str, text: str) -> bool:
    """Whether a label only names a thing, or says how its sentence begins: one word, "The Shed"."""
    if THIN.match(chosen) or " " not in chosen or "MODAL" in tag(chosen.split()[0].lower())[0]:
        return True
    return re.match(rf"(?i)[“\"]?(?:(?:the|an?|even|your|our) )?{re.escape(chosen)}\b", text) is not None


def bare(label_: str) -> str:
    """A label without the marks of a quotation that stood beside its words."""
    return re.sub(r"\s*[“”\"„«»]\s*", " ", label_).strip()
