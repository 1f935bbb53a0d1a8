"""How far two words are apart by ear: Achleitner and Artleitner, Huang and Wang, but not Saltford and Saltmarsh."""

import re
from functools import lru_cache

from composer.post.grounding.source.terms import fold

# How letters are said, more or less in any of the languages: first what several letters stand for.
_SAID = (
    (r"[^a-zøæœßł]", ""), ("ß", "ss"), ("ł", "l"), ("[øœ]", "o"), ("æ", "e"),
    ("hu(?=[aeio])|wh", "w"), ("^kn|^gn|^pn", "n"), ("^ps", "s"), ("mb$", "m"),
    ("tsch|tch", "C"), ("sch|sh", "S"), ("ch", "C"), ("ph", "f"), ("th", "t"), ("dg", "J"), ("j", "J"),
    ("(?<=[aeiou])gh", ""), ("ck", "k"), ("qu", "kw"), ("q", "k"), ("c(?=[eiy])", "s"), ("c", "k"), ("x", "ks"),
    ("z", "s"), (r"(?<=[^aeiouy])e$", ""), (r"([^aeiou])\1+", r"\1"),
    (r"(?<=[aeiou])[wh](?![aeiouy])", ""), ("(?<![a-zCSJ])y(?=[aeiou])", "j"),
    (r"[aeiouy]+", lambda run: _vowel(run[0])),
)  # fmt: skip
# Sounds that are taken for each other.
_NEAR = {
    frozenset(pair): cost
    for cost, pairs in (
        (0.35, "pb td kg fv sS kC SC JC wv"), (0.4, "mn gJ SJ bv vw Cr"), (0.5, "lr fp tC"),
    )
    for pair in pairs.split()
}  # fmt: skip
_LOST = {"h": 0.15, "j": 0.2, "w": 0.3, "A": 0.4, "E": 0.4, "O": 0.4}
"""What the loss of a sound costs, where it is less than 1."""
_VOWELS = frozenset("AEO")


def _vowel(run: str) -> str:
    return "A" if run[0] == "a" else "E" if run[0] in "eiy" else "O"


@lru_cache(maxsize=65536)
def said(low: str) -> str:
    """A folded word by its sounds: consonants, and vowels as one of three."""
    for pattern, sounds in _SAID:
        low = re.sub(pattern, sounds, low)
    return low


def _lost(word: str, at: int) -> float:
    """What it costs that a sound of a word is not heard."""
    one = word[at]
    if one in _LOST:
        return _LOST[one]
    before, after = word[at - 1 : at] if at else "", word[at + 1 : at + 2]
    if one in "lr" and before in _VOWELS and after not in _VOWELS:
        return 0.5  # Marketty and Maketty
    if one in "tdg" and (before == "n" or not after):
        return 0.6
    return 1.0


@lru_cache(maxsize=65536)
def apart(a: str, b: str) -> float:
    """How far two folded words are apart by ear: 0 where they are said alike, about 1 for a sound that is another."""
    one, two = said(fold(a)), said(fold(b))
    if one == two:
        return 0.0
    row = [0.0]
    for at in range(len(two)):
        row.append(row[-1] + _lost(two, at))
    for nth in range(len(one)):
        last, row = row, [row[0] + _lost(one, nth)]
        for at in range(len(two)):
            row.append(
                min(last[at] + _for(one[nth], two[at]), last[at + 1] + _lost(one, nth), row[-1] + _lost(two, at))
            )
    first = 0.0 if one[:1] == two[:1] or _for(one[:1], two[:1]) < 1 else 0.6
    return row[-1] + first


def first_as(low: str) -> str:
    """The letters that a word may begin with where it is heard and not read."""
    return next((group for group in ("ckq", "aeiouy", "sz", "fvw", "hjwy") if low[:1] in group), low[:1])


def _for(one: str, two: str) -> float:
    if one == two:
        return 0.0
    if one in _VOWELS and two in _VOWELS:
        return 0.2
    return _NEAR.get(frozenset((one, two)), 1.2)


def close(a: str, b: str, *, a_name: bool, beside: bool = False) -> bool:
    """Whether two folded words are one as it was heard. `a_name` that the one of the source may be a name: of an
    ordinary word nothing may be off. `beside` that the rest of a name stands there too."""
    if not a.isalpha() or not b.isalpha():
        return False
    if not a_name:
        return apart(a, b) == 0
    size = (len(said(fold(a))) + len(said(fold(b)))) / 2
    return apart(a, b) <= (max(0.4, 0.13 * size) if beside else 0.1 * size)
