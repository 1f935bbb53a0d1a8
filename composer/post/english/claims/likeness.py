"""Whether two claims say the same."""

import re
from functools import lru_cache

from composer.post.english.claims.room import Claim


def alike(a: Claim, b: Claim) -> bool:
    """Whether two claims say the same: one holds most of the other's content words, or they begin alike."""
    if _shares(a.text, b.text) or _shares(b.text, a.text):
        return True
    both = sum(any(_kin(term, other) for other in b.terms) for term in a.terms)
    least = min(len(a.terms), len(b.terms))
    if least == 0:
        return False
    if both / least >= 0.6 or both / (len(a.terms) + len(b.terms) - both) >= 0.45:
        return True
    if _runs(a.text, a.terms) & _runs(b.text, b.terms):
        return True
    start, other = (text.lstrip("“").lower().split()[:4] for text in (a.text, b.text))
    return both >= 2 and len(start) == 4 and start == other


def _shares(text: str, other: str) -> bool:
    """Whether one of several sentences of a claim stands in the other."""
    if ". " not in text:
        return False
    parts = re.split(r"(?<=[.!]) (?=[A-Z])", text)
    return len(parts) > 1 and any(len(part.split()) > 4 and part in other for part in parts)


@lru_cache(maxsize=2048)
def _runs(text: str, own: frozenset[str]) -> frozenset[tuple[str, ...]]:
    """Of a short claim every three words in a row of which two say something."""
    if len(text) > 150:
        return frozenset()
    words = re.findall(r"[\w'’-]+", text.lower())
    rows = zip(words, words[1:], words[2:], strict=False)
    return frozenset(row for row in rows if sum(word[:6] in own for word in row) > 1)


def _kin(term: str, other: str) -> bool:
    """Whether two cut words are forms of one: "keep" and "keepin"."""
    short, long = sorted((term, other), key=len)
    return term == other or (len(short) >= 4 and long.startswith(short) and long[len(short) :] in ("in", "ing", "ed"))
