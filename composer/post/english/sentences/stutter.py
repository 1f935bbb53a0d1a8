"""English only: breaths and beginnings that speech leaves between its words: a "like", a word that was only begun."""

import re

from composer.post.english.words.lexicon import lexicon
from composer.post.english.words.tagging import tag

# "And like, we": a breath, and no comparison. What compares ("looks like rain", "is like a boat") stays.
_LIKE = re.compile(
    r"(?i)\b(and|but|so|because|if|when|or|of|for|with|in|about|then|at|from|have|has|had|get|got|need|want|make|take|"
    r"where|which|who|how|what) like,? (?!(?:this|that|it|them|him|her|me|us|to)\b)(?=\w)|"
    r"\b(that) like,? (?=(?:we|you|they|there|he|she|if|when|the|a|an|my|our|your|some|any)\b)|"
    r"\b(is|are|was|were) like,? (?=(?:so|really|very|super|not|always|never|probably|literally)\b)"
)
_LIKE_VERB = re.compile(r"(?i)\b(will|can|could|should|might|must|to|do not|cannot|can not|will not) like,? ([a-z]+)\b")


def unlike(text: str) -> str:
    """`text` without the "like" that is only a breath."""
    if "like" not in text.lower():
        return text
    text = _LIKE.sub(lambda found: (found[1] or found[2] or found[3]) + " ", text)

    def acting(found: re.Match[str]) -> str:
        tags, _ = tag(found[2].lower())
        verb = found[2].lower() == found[1].lower() or ("VB" in tags and not tags & {"DET", "PRON", "PREP"})
        return f"{found[1]} {found[2]}" if verb else found[0]

    text = _LIKE_VERB.sub(acting, text)
    return re.sub(r"(?i)\b(will|would|can|could|should|to|is|are|was|were|have|has) \1\b", r"\1", text)


_STUTTER = re.compile(r"(?<![\w'’.-])(?P<begun>[A-Za-z][a-z]{0,11}) (?=(?P<word>(?P=begun)[a-z]+)\b)", re.IGNORECASE)


def unstuttered(text: str) -> str:
    """`text` without words that were only begun: "Custome Customers", "d describe". A word of its own stays."""

    def begun(found: re.Match[str]) -> str:
        low = found["begun"].lower()
        known = lexicon()
        tags, _ = tag(low)
        own = low in ("a", "i") or low in known.verbs | known.nouns | known.adjectives or bool(tags - {"N", "NS", "PN"})
        return found[0] if own or (found["begun"][:1].isupper() and not found["word"][:1].isupper()) else ""

    text = re.sub(r"(?i)\b(\w+) (\w{2,}) \1 (?=\2\w)", r"\1 ", text)  # "new devi new devices"
    return _STUTTER.sub(begun, text)
