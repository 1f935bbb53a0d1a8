"""A name that a writer spells right and a recogniser did not: "Llama" for lama, "Etherpad" for "either pad"."""

import re
from bisect import bisect_left
from functools import lru_cache

from composer.evidence.words import lexicon
from composer.post.grounding.names.entities import ordinary
from composer.post.grounding.source.ground import Ground
from composer.post.grounding.source.terms import fold, plain_stem, sound

# Letters that begin words which sound alike.
_ALIKE = ("ckq", "aeiouy", "sz", "fv", "jg")
# How the names of letters are written by ear.
_LETTERS = {
    "a": "eh", "b": "bee be", "c": "see sea", "e": "ee", "g": "gee", "i": "eye aye", "j": "jay", "k": "kay",
    "o": "oh", "p": "pea pee", "q": "queue cue", "r": "are", "t": "tea tee", "u": "you", "x": "ex", "y": "why",
}  # fmt: skip
# Two consonants that an English word or name begins with; what begins with two others is cut short: Mgas, Gwei.
_BEGUN = frozenset(
    "bl br ch cl cr cz dr dw dj fl fj fr gh gl gn gr gw hj hr kh kl kn kr kj kv kw lh ll mb mc mn nd ng nj nk ph pl pr "  # noqa: SIM905
    "ps pf rh sc sh sk sl sm sn sp sr st sv sw sz th tj tr ts tw tz vl vr wh wr zh zw".split()
)


def repaired(word: str, ground: Ground) -> bool:
    """Whether a word of the source, or two or three said together, is a name of a post in other letters."""
    low = fold(word)
    if len(low) < 4 or not low.isalpha() or not low.isascii():
        return False
    heard = sound(low)
    alike = [one for one in ground.sounds.get(heard, ()) if one[:1] in _first(low) and one.isalpha()]
    if any(_in_other_letters(word, low, one, ground) for one in alike):
        return True
    together = len(low) > 5 and len(heard) > 2 and _run(low, ground)
    return together or _letter_off(low, ground) or _lettered(word, ground)


def _first(low: str) -> str:
    return next((group for group in _ALIKE if low[:1] in group), low[:1])


def _in_other_letters(word: str, low: str, other: str, ground: Ground) -> bool:
    """Lama for Llama, Karwin for Corwin, fossil for FOCIL, megas for Mgas."""
    from rapidfuzz import fuzz

    if abs(len(low) - len(other)) > 2:
        return False
    if len(low) > 4 and _single(low) == _single(other):
        return True
    bones = _bones(low)
    # Who has the same consonants, letter by letter, may be somebody else: Martin and Merton.
    if len(bones) > 3 and bones == _bones(other) and _consonants(low) != _consonants(other):
        return _maybe_a_name(other, ground) and fuzz.ratio(low, other) >= 60
    if word.isupper() and len(bones) > 2 and bones == _bones(other) and low[:1] == other[:1]:
        return _vowels(low) == _vowels(other)
    cut = len(low) < len(other) and not set(low[:2]) & set("aeiouy") and low[:2] not in _BEGUN
    return cut and any(other[:at] + other[at + 1 :] == low for at in range(len(other)) if other[at] in "aeiouy")


def _single(low: str) -> str:
    """A word with every double letter written once."""
    return re.sub(r"(.)\1", r"\1", low)


def _consonants(low: str) -> str:
    return re.sub("[aeiouyh]", "", low)


def _vowels(low: str) -> int:
    return len(re.findall("[aeiouy]+", low))


def _maybe_a_name(other: str, ground: Ground) -> bool:
    """Whether a word of the source may be a name: with a capital, where it has any, and no ordinary one."""
    return (ground.lowercase or other in ground.cased) and plain_stem(other) not in ordinary()


@lru_cache(maxsize=65536)
def _bones(low: str) -> str:
    """The consonants of a word, those that sound alike as one."""
    plain = re.sub("c(?=[eiy])", "s", low).replace("ph", "f").replace("ck", "k").replace("x", "ks")
    plain = plain.translate(str.maketrans("cqzv", "kksf"))
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiouyh]", "", plain))


def _letter_off(low: str, ground: Ground) -> bool:
    """Whether a long word of the source is but one letter off: EmacsCons."""
    if len(low) < 8:
        return False
    from rapidfuzz.distance import Levenshtein

    at = bisect_left(ground.in_order, low[:3])
    while at < len(ground.in_order) and ground.in_order[at].startswith(low[:3]):
        other = ground.in_order[at]
        if other.isalpha() and Levenshtein.distance(low, other, score_cutoff=1) <= 1:
            return True
        at += 1
    return False


def _lettered(word: str, ground: Ground) -> bool:
    """ "eye calendar" for iCalendar: a letter that is written by its sound."""
    match = re.fullmatch(r"([a-z])([A-Z][a-z]+)", word)
    said = ground.running
    return match is not None and any(
        place and said.words[place - 1] in (match[1], *_LETTERS.get(match[1], "").split())
        for place in said.at.get(fold(match[2]), ())
    )


def _run(low: str, ground: Ground) -> bool:
    """Whether two or three words that are said together sound like one name: "either pad" for Etherpad."""
    from rapidfuzz import fuzz

    words, bones, first = ground.running.words, _bones(low), _first(low)
    stop = lexicon(ground.language).stop
    for at, word in enumerate(words):
        if word[:1] not in first or len(word) >= len(low):
            continue
        for size in (2, 3):
            run = words[at : at + size]
            one = "".join(run)
            if abs(len(one) - len(low)) > 2 or not one.isalpha() or run[-1] in stop or len(run[-1]) < 3:
                continue
            if _bones(one) == bones and fuzz.ratio(low, one) >= 80:
                return True
    return False
