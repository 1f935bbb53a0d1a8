"""The words that are said of a figure in its own clause."""

import re
from functools import lru_cache

from composer.post.terms import CONJUNCTIONS, content

# What parts a clause from the next, in a post and in a source.
_CUT = re.compile(
    r"[,;:()–—!?.]\s|[;:()–—、，；。]|\s-\s|\b(?:"
    + "|".join(sorted(CONJUNCTIONS, key=lambda word: (-len(word), word)))
    + r"|then|now|dann|jetzt|puis|luego|depois)\b",
    re.IGNORECASE,
)
Span = tuple[int, int]


@lru_cache(maxsize=4096)
def clause(text: str, own: Span, kin: tuple[Span, ...], figures: tuple[Span, ...], language: str) -> frozenset[str]:
    """The terms of the clause around the figure at `own`, without those of the `figures` themselves.

    A clause ends at a mark, at a word that joins two, and at the next figure that could be taken for this one (`kin`).
    A clause of nothing but figures takes the one before it in, or the one after: "In August, 12 percent".
    """
    start, end = own
    low = max((b for _, b in kin if b <= start), default=0)
    high = min((a for a, _ in kin if a >= end), default=len(text))
    cuts = [0, *(m.start() if m[0][0].isalpha() else m.end() for m in _CUT.finditer(text)), len(text)]
    words = [(t, o) for t, o, _ in content(text, language) if t and not any(a <= o < b for a, b in figures)]

    def inside(begin: int, stop: int) -> frozenset[str]:
        return frozenset(term for term, offset in words if max(begin, low) <= offset < min(stop, high))

    first = max(at for at in cuts if at <= start)
    last = min(at for at in cuts if at >= end)
    before = max((at for at in cuts if at < first), default=0)
    after = min((at for at in cuts if at > last), default=len(text))
    return inside(first, last) or inside(before, last) or inside(first, after)
