"""English only: a label that is a piece of its sentence and no name for it: "Still Waiting", "Slip Through".

A label is a noun phrase with its head, or what is to be done. What describes nothing, acts on nothing or goes on behind
its last word was cut out of something.
"""

import re

from composer.post.english.words.lexicon import frames
from composer.post.english.words.tagging import tag
from composer.post.lexis import word_list

_PARTICLE = frozenset(
    ["through", "away", "apart", "out", "down", "back", "off", "over", "up", "around", "along", "on", "in"]
)
_DEGREE = frozenset(
    ["very", "pretty", "too", "quite", "more", "most", "less", "least", "so", "extremely", "highly", "far", "even",
     "really", "totally", "completely", "perfectly", "fairly", "relatively"]
)  # fmt: skip
_NOUNS = frozenset(["N", "NS", "PN"])
_JOINS = frozenset(
    ["PREP", "AND", "SUB", "MODAL", "TO", "PRON", "BEF", "HAVE", "DO", "THAT", "WH", "DET", "ADV", "NUM"]
)
_NOT = re.compile(
    r"(?i)(?:\b(?:not|never|no longer|hardly|without|cannot|instead of|rather than)|n['’]t)(?: \w+){0,2} $"
)
_DOER = re.compile(r"(?i)\b(?:they|we|he|she|it|who|which|that|\w+s) $")
# Words that name nothing, whatever stands before them.
_PALE = frozenset(
    ["piece", "middle", "thing", "things", "stuff", "way", "ways", "place", "side", "end", "beginning", "character",
     "issue", "question", "answer", "point", "case", "kind", "sort", "bit", "rest", "others", "ones", "percent",
     "minute", "hours", "minutes", "seconds", "years", "days", "weeks", "months", "century", "moment", "example",
     "reason",
     "fact", "matter", "stage", "part", "level",
     "person", "somebody", "someone", "man", "woman", "guy", "speaker"]
)  # fmt: skip


def fragment(label: str, text: str) -> bool:
    """Whether a label of two to four words of `text` is cut out of it: no head, no object, half of a phrase."""
    words = label.lower().split()
    if len(words) < 2 or words[0] in ("what", "where", "why", "how", "when"):
        return False
    if len(words) == 3 and words[0] in ("the", "a", "an", "our", "your"):
        words = words[1:]
    at = re.search(rf"(?i)(?<![\w'’-]){re.escape(label)}(?![\w'’-])", text)
    after = re.match(r"[\s“”\"]*([\w'’-]+)", text[at.end() :]) if at else None
    following = (
        tag(after[1].lower())[0]
        if after and not re.match(r"\s*[,.;:”]", text[at.end() :] if at else "")
        else frozenset()
    )
    first, last = tag(words[0])[0], tag(words[-1])[0]
    if re.search(r"(?i)\bspeaker\b|^who\b|^(?:not|always|never|still|already|just|also) ", label) and not re.match(
        r"(?i)not (?:an? |the |in |at |on |for |about |from |enough |only )", label
    ):
        return True
    if (words[-1] in _PARTICLE and not last & _NOUNS) or words[:2] == ["going", "to"]:
        return True
    if "ADJ" in last and not last & _NOUNS and not (first & _NOUNS or words[0] in _DEGREE | {"not", "no"}):
        return True  # "Nice Subtle"
    if len(words) == 2 and words[0] in ("the", "a", "an", "this", "that") and words[1] in _PALE:
        return True
    if (
        words[-1] in _PALE
        and (len(words) == 2 or words[0] in ("the", "a"))
        and (words[0] in frames()["number"] or first & {"NUM"})
    ):
        return True  # "Nine Percent", "Four Hours"
    if _goes_on(words, last, following, after[1].lower() if after else "", _closed(text, at)):
        return True
    return _acts(words, first, text[: at.start()] if at else "")


def _closed(text: str, at: re.Match[str] | None) -> bool:
    """Whether the word behind a label ends its phrase: "for", a mark or nothing follows."""
    found = re.match(r"\s+[\w'’-]+(?:[,.;:”]|$|\s+(?P<next>[\w'’-]+))", text[at.end() :]) if at else None
    if found is None:
        return False
    return found["next"] is None or bool(tag(found["next"].lower())[0] & {"PREP", "AND"})


def only_measured(label: str) -> bool:
    """Whether a label only says how much: "Very Important". A noun phrase, where there is one, is better."""
    words = label.lower().split()
    return len(words) > 1 and words[0] in _DEGREE and "ADJ" in tag(words[-1])[0]


def _goes_on(words: list[str], last: frozenset[str], following: frozenset[str], after: str, closed: bool) -> bool:
    """Whether the phrase goes on behind the label's last word: "Develop a Life" of "develop a life plan"; or that word
    acts on what follows: "Dust Scours" of "dust scours the eye"."""
    acts = words[-1].endswith("s") and len(words) == 2 and bool(last & {"VBZ", "NS"})
    if acts and after in ("the", "a", "an", "how", "its", "their", "our", "your", "you", "us", "it", "what", "whether"):
        return True
    acting = frozenset() if closed else frozenset(["VB", "VBP"])
    base = words[-1][:-1]
    if len(words) == 2 and acts and base in word_list("english_base") and words[-1] not in word_list("labels_nouns"):
        return True  # "Net Fails"
    noun = bool(following & _NOUNS) and not following & (_JOINS | {"VBZ", "VBD", "VBN", "VBG", "ADJ"} | acting)
    return noun and len(words) < 4 and not (last & {"NS"} and not last & {"N"})


def _acts(words: list[str], first: frozenset[str], before: str) -> bool:
    """Whether a label begins with a verb that somebody did, or that the sentence denies."""
    doing = words[0].endswith("ing") and "VBG" in first and not first & {"ADJ"}
    did = bool(first & {"VBD", "VBN"}) and not first & {"N", "VB"}
    subject = re.search(r"(?i)\b(?:has|have|had) $", before)
    if first & {"VBD", "VBZ", "VBP"} and re.search(r"(?i)\b(?:which|who) $", before):
        return True  # "which meant ropes had to be short"
    if words[0] in ("called", "named", "titled"):
        return True  # "a boat called Grey Goose": half of what names it
    if did and (subject or (not first & {"ADJ"} and _DOER.search(before))):
        return True  # "Built Walls" of "they have built walls"
    return (doing or "VB" in first) and not first & {"ADJ"} and bool(_NOT.search(before))
