"""English only: a long sentence made short, only where what is left is whole; else the point is passed over."""

import re

from composer.post.english.sentences.clauses import verbs

_ASIDES = [
    re.compile(r"\s*\([^()]*\)"),
    re.compile(
        r", (?:of course|for example|for instance|in fact|after all|in general|in particular|in a way|in many ways|"
        r"as always|as usual|frankly|honestly|indeed|again|too|however|though|essentially),(?= )",
        re.IGNORECASE,
    ),
    re.compile(r"\s+(?:—|–|--)\s+[^—–]{3,80}?\s+(?:—|–|--)(?=\s)"),
]
# Where an English sentence can end without what follows: before a clause that adds, concedes or explains.
_CUTS = re.compile(
    r"(?:;|:| —| –|,? (?=(?:which|where|so that|because)\b)|"
    r", (?=whose\b)|"
    r", (?=(?:while|since|as|especially|particularly|not just|not least|including|such as|just|like|you know|"
    r"if you)\b)|"
    r", (?=or that\b)|"
    r", (?=and (?:their|our|its|your|my|an?)\b)|"
    r",? (?=(?:and|so|and so|and then|and if) (?:I|you|we|they|he|she|it|there|this|that|"
    r"these|those|the|then|if|when|what|maybe|probably|people|everyone|nobody|of course)\b)|"
    r", (?=(?:\w+ly )?\w+ing\b)|\. )"
)


_DENIED = re.compile(r"(?i)\b(?:no|not|never|nobody|nothing|cannot|without)\b")


def shorten(text: str, most: int) -> str | None:
    """`text` in at most `most` words, or None. Asides go first, then what follows the last place it can end."""
    text = text.strip()
    if len(text.split()) <= most:
        return text
    for aside in _ASIDES:
        text = aside.sub("", text)
        if len(text.split()) <= most:
            return text
    for found in reversed(list(_CUTS.finditer(text))):
        head = text[: found.start()].rstrip(" ,;:—–-")
        size = len(head.split())
        if re.match(r", or", text[found.start() :]) and not _DENIED.search(head):
            continue  # of "A or B" A alone says more; of "no A or B" it does not
        if size <= most and size >= 8 and _whole(head) and not _in_a_row(text[found.start() :]):
            return head
    return None


# "Depending on the tide and the skill of the crew, and ...": what is cut off is no clause, but the end of a row.
_ROW = re.compile(r"(?i),? and (?:the|their|our|its|your|my|an?) (?P<rest>[^,;]+)")


def _in_a_row(rest: str) -> bool:
    row = _ROW.match(rest)
    return row is not None and not rest.startswith(",") and not verbs(f"It {row['rest']}")


_OPENERS = re.compile(
    r"(?i)^(?:if|when|because|although|though|while|since|as|unless|once|whenever|after|before|given)\b"
)


def _whole(head: str) -> bool:
    """Whether a cut sentence still has its main clause and no list or bracket left open."""
    if _OPENERS.match(head) and "," not in head:
        return False
    if head.count("(") != head.count(")") or head.count("“") != head.count("”") or head.count('"') % 2:
        return False
    # "X, Y" cut before ", and Z" is the torso of a list.
    tail = head.rsplit(",", 1)
    if (
        len(tail) == 2
        and len(tail[1].split()) <= 3
        and not re.match(r"(?i)\s*(?:not|too|though|either|again)\b", tail[1])
    ):
        return False
    return not _OPEN.search(head)


_OPEN = re.compile(
    r"(?i)\b(?:that|which|who|whether|if|to|of|the|a|an|and|or|is|are|was|were|between|both|either|not only)$"
)
