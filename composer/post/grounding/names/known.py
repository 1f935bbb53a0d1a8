"""How a word of a name stands in a source: as it is, inflected, cut short, spelt by ear or spelt out."""

import re
import tomllib
from bisect import bisect_left
from functools import cache

from composer.evidence.words import lexicon
from composer.paths import resource
from composer.post.grounding.names.repaired import repaired
from composer.post.grounding.source.ground import Ground
from composer.post.grounding.source.terms import fold, sound, stem
from composer.post.lexis import word_list

# Words with a capital that are nobody's name.
COMMON = word_list("names_common")


@cache
def listed() -> dict[str, frozenset[str]]:
    """What `resources/names.toml` has for a word: the country of a people, the long form of a name; and `nouns`."""
    table = tomllib.loads(resource("names.toml").read_text(encoding="utf-8"))
    found: dict[str, set[str]] = {}
    for key in ("peoples", "short"):
        for pair in table[key].split():
            word, other = pair.split("=")
            found.setdefault(word, set()).add(fold(other))
            found.setdefault(fold(other), set()).add(fold(word))
    lists = {key: frozenset(fold(word) for word in table[key].split()) for key in ("nouns", "kin", "titles")}
    return {**{word: frozenset(others) for word, others in found.items()}, **lists}


# Ending of a people or a language, and what its country may end in: Swiss, Spanish, German, Italian, Chinese.
_PEOPLE = re.compile(r"(?:'s|s|es|ish|ic|ian|ians|an|ans|ese|ss|er|ers|en|ch|i|is)$")


def known(word: str, ground: Ground) -> bool:
    """Whether a source has a word, or one that is as good: inflected, cut short, spelt by ear, spelt out."""
    low = fold(word)
    if (
        low in ground.words
        or (len(low) > 2 and low + "s" in ground.words)
        or low in COMMON
        or low in listed()["nouns"]
        or (re.fullmatch(r"[ivxl]+", low) and word.isupper())
    ):
        return True
    if low.endswith("ing") and stem(low, ground.language) in ground.homes:
        return True  # "Farming's share" where the source has farmers
    base = re.sub(r"(?:'s|s|es|ian|ans?|er|ers|en|n)$", "", low)
    if len(base) > 3 and (base in ground.words or base + "s" in ground.words or _begins(base, ground, 3)):
        return True
    if any(other in ground.words for other in listed()[low]) if low in listed() else False:
        return True
    people = _PEOPLE.sub("", low)
    if len(people) >= 3 and people != low and len(people) >= len(low) - 4 and _begins(people, ground, 7, cased=True):
        return True
    squeezed = re.sub(r"[\W_]+", "", low)
    if len(squeezed) > 4 and squeezed in ground.flat:
        return True
    pieces = [part for part in re.split(r"[-.&/']", low) if part]
    if len(pieces) > 1 and all(part in ground.words or len(part) < 3 or part in COMMON for part in pieces):
        return True
    return _spelled(word, ground) or _in_a_handle(low, ground) or _heard(low, ground) or repaired(word, ground)


def _in_a_handle(low: str, ground: Ground) -> bool:
    """Whether a last name begins in a user name of what is told of a source: Berg in "annabe" and "annaberg"."""
    return any(
        handle.endswith(low[:size]) and handle[:-size] in ground.words
        for handle in sorted(ground.told)
        for size in range(3, len(low) + 1)
        if len(handle) - size > 2
    )


_ENDINGS = frozenset(
    ["", "s", "es", "n", "en", "er", "ers", "ian", "ians", "an", "ans", "ish", "e", "ed", "ing", "y", "ies"]
)


def _begins(base: str, ground: Ground, more: int, *, cased: bool = False) -> bool:
    """Whether a word of the source is `base` with an ending; with `cased` a name with up to `more` letters after it."""
    at = bisect_left(ground.in_order, base)
    while at < len(ground.in_order) and ground.in_order[at].startswith(base):
        other = ground.in_order[at]
        if cased and len(other) <= len(base) + more and (ground.lowercase or other in ground.cased):
            return True
        if not cased and other[len(base) :] in _ENDINGS:
            return True
        at += 1
    return False


def _misheard(low: str, ground: Ground) -> bool:
    """Whether small words stand where a name was heard: "kuber netties" for Kubernetes, "apatchy" for Apache."""
    from rapidfuzz import fuzz

    for nth, word in enumerate(ground.running.words):
        if not word.startswith(low[:2]):
            continue
        following = ground.running.words[nth + 1 : nth + 2]
        for heard, least in ((word, 76), (word + "".join(following), 80)):
            if heard == word and word in ground.cased:
                continue  # a name that is another
            if abs(len(heard) - len(low)) <= 2 and len(heard) > 5 and fuzz.ratio(low, heard) >= least:
                return True
    return False


def _heard(low: str, ground: Ground) -> bool:
    """A recogniser hears "Marchetti" as "Marketty", "Calloway" as "Kalaway": the same sounds in other letters."""
    heard = sound(low)
    if len(low) > 5 and not ground.lowercase and _misheard(low, ground):
        return True
    if len(low) < 4 or len(heard) < 3:
        return False
    from rapidfuzz import fuzz

    if len(low) == 4:  # Lyft, which a recogniser writes as a lift
        return any(len(other) == 4 and fuzz.ratio(low, other) >= 75 for other in ground.sounds.get(heard, ()))

    alike = ({"c", "k", "q"}, set("aeiou"))
    return any(
        abs(len(other) - len(low)) <= 2
        and (fuzz.ratio(low, other) >= 74 or (low[:3] == other[:3] and fuzz.ratio(low, other) >= 66))
        and (other[:1] == low[:1] or any({other[:1], low[:1]} <= group for group in alike))
        for other in ground.sounds.get(heard, ())
    )


def _spelled(word: str, ground: Ground) -> bool:
    """An acronym whose letters begin words that stand side by side in the source, or the singular of one it has."""
    bare = re.sub(r"s$", "", word)
    low = fold(bare)
    return (
        bare.isupper()
        and len(bare) > 1
        and (
            low in ground.words
            or low + "s" in ground.words
            or low in ground.initials
            or (len(low) > 2 and low.isalpha() and _spelt_out(low, ground))
        )
    )


def _spelt_out(low: str, ground: Ground) -> bool:
    """Whether words in a row begin with the letters of an acronym, small words between them left out, or are those
    letters: "the London School of Economics", "A, A, B"."""
    words, stop = ground.running.words, lexicon(ground.language).stop
    for start, word in enumerate(words):
        if word[:1] != low[0] or (word in stop and len(word) > 1):
            continue
        at, letters, skipped = start, 0, 0
        while letters < len(low) and at < len(words) and skipped < 3:
            other = words[at]
            if len(other) > 1 and other in stop and other[0] != low[letters]:
                skipped += 1
            elif other[:1] == low[letters]:
                letters, skipped = letters + 1, 0
            else:
                break
            at += 1
        if letters == len(low):
            return True
    return False


def heard_beside(name: tuple[str, ...], word: str, ground: Ground) -> bool:
    """Whether a word stands for one that a recogniser wrote otherwise beside the rest of the name: "Jonas Wang" for
    Jonas Huang, "Friedrich Art Meister" for Friedrich Achmeister, "Kwok Lee" for Quoc Ly."""
    from rapidfuzz import fuzz

    said = ground.running
    words = [fold(one) for one in name]
    at = name.index(word)
    low, heard = words[at], sound(words[at])
    for other in {at - 1, at + 1} & set(range(len(words))):
        for anchor in _anchors(words[other], ground):
            for place in said.at.get(anchor, ()):
                near = said.words[place + 1 : place + 3] if other < at else said.words[max(0, place - 2) : place]
                for one in {near[0] if other < at else near[-1], "".join(near)} if near else ():
                    if one in said.at and fold(one) not in ground.cased:
                        continue
                    same = len(heard) > 1 and heard == sound(one) and one[:1] in _alike_first(low)
                    close = fuzz.ratio(heard, sound(one)) >= 72 and fuzz.ratio(low, one) >= 45 and len(low) > 6
                    alike = fuzz.ratio(heard, sound(one)) > 80 or ground.lowercase
                    third = at > 1 and other == at - 1 and _two_before(words, at, place, ground)
                    if third and one[-3:] == low[-3:] and fuzz.ratio(low, one) >= 60:
                        return True  # "Karl Joshua Dube" for Carl Joshua Ncube
                    if same or close or (alike and fuzz.ratio(low, one) >= 72):
                        return True
    return len(words) == 2 and _heard_pair(words, ground)


def _two_before(words: list[str], at: int, place: int, ground: Ground) -> bool:
    """Whether the two words before the last of a name stand in a row in the source, the second at `place`."""
    return place > 0 and ground.running.words[place - 1] in _anchors(words[at - 2], ground)


def _anchors(word: str, ground: Ground) -> list[str]:
    """A word of a name as the source has it, or as it sounds there."""
    found = [one for one in (word, word + "s") if one in ground.running.at]
    at = bisect_left(ground.in_order, word[:6])
    while len(word) > 6 and at < len(ground.in_order) and ground.in_order[at].startswith(word[:6]):
        if abs(len(ground.in_order[at]) - len(word)) <= 2 and ground.in_order[at] not in found:
            found.append(ground.in_order[at])
        at += 1
    return found or [one for one in ground.sounds.get(sound(word), ()) if sound(word) and one[:1] in _alike_first(word)]


def _alike_first(word: str) -> str:
    """The letters that a word may begin with where it is heard and not read."""
    for group in ("ckq", "aeiouy", "sz", "fvw", "hjwy"):
        if word[:1] in group:
            return group
    return word[:1]


def _heard_pair(words: list[str], ground: Ground) -> bool:
    """Whether two words in a row of the source, both with capitals, sound like a name of two."""
    first = [one for one in ground.sounds.get(sound(words[0]), ()) if one[:1] in _alike_first(words[0])]
    for one in first:
        for place in ground.running.at.get(one, ()) if one in ground.cased else ():
            after = "".join(ground.running.words[place + 1 : place + 2])
            if after in ground.cased and sound(after) == sound(words[1]) and after[:1] == words[1][:1]:
                return True
    return False
