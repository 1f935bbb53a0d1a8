"""The words that are said of a figure in its own clause."""

import re
from functools import lru_cache

from composer.post.grounding.source.terms import CONJUNCTIONS, content

# What parts a clause from the next, in a post and in a source.
_CUT = re.compile(
    r"[,;()–—!?.]\s|[;()–—、，；。]|\s-\s|\b(?:"
    + "|".join(sorted(CONJUNCTIONS, key=lambda word: (-len(word), word)))
    + r"|then|now|dann|jetzt|puis|luego|depois)\b",
    re.IGNORECASE,
)
Span = tuple[int, int]


@lru_cache(maxsize=4096)
def clause(
    text: str, own: Span, kin: tuple[Span, ...], figures: tuple[Span, ...], language: str
) -> tuple[frozenset[str], Span]:
    """The terms of the clause around the figure at `own`, without those of the `figures` themselves; and where it is.

    A clause ends at a mark, at a word that joins two, and at the next figure that could be taken for this one (`kin`).
    A clause of nothing but the figure takes the one before it in, or the one after: "In August, 12 percent".
    """
    start, end = own
    low = max((b for _, b in kin if b <= start), default=0)
    high = min((a for a, _ in kin if a >= end), default=len(text))
    cuts = [0, *(m.start() if m[0][0].isalpha() else m.end() for m in _CUT.finditer(text)), len(text)]
    words = [(t, o) for t, o, _ in content(text, language) if t and not any(a <= o < b for a, b in figures)]

    def inside(begin: int, stop: int) -> tuple[frozenset[str], Span]:
        span = max(begin, low), min(stop, high)
        return frozenset(term for term, offset in words if span[0] <= offset < span[1]), span

    def full(begin: int, stop: int) -> bool:
        begin, stop = max(begin, low), min(stop, high)
        others = any(begin <= a and b <= stop and (a, b) != own for a, b in figures)
        return others or any(begin <= offset < stop for _, offset in words)

    first = max(at for at in cuts if at <= start)
    last = min(at for at in cuts if at >= end)
    if not full(first, last):
        before = max((at for at in cuts if at < first), default=0)
        after = min((at for at in cuts if at > last), default=len(text))
        if full(before, last):
            first = before
        elif after <= high:  # else these words are the next figure's: "5 %, a year before 9 %"
            last = after
    return inside(first, last)


def parted(text: str, start: int, stop: int) -> bool:
    """Whether a clause ends between two places of a text."""
    return bool(_CUT.search(text, start, stop) or re.search(r"\band\b", text[start:stop]))
