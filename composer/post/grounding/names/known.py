"""How a word of a name stands in a source: as it is, inflected, cut short, spelt by ear or spelt out."""

import re
import tomllib
from bisect import bisect_left
from functools import cache

from composer.evidence.words import lexicon
from composer.paths import resource
from composer.post.grounding.names.ear import apart, close, first_as
from composer.post.grounding.names.entities import ordinary
from composer.post.grounding.names.repaired import repaired
from composer.post.grounding.source.ground import Ground
from composer.post.grounding.source.terms import fold, plain_stem, sound, stem
from composer.post.grounding.values.numerals import tongue
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
    if len(pieces) > 1 and all(_piece(part, ground) for part in pieces):
        return True
    if _with_letters(word, ground) or ((not low.isascii() or not word.isascii()) and _bare(word) in ground.words):
        return True
    return _spelled(word, ground) or _in_a_handle(low, ground) or _heard(low, ground) or repaired(word, ground)


def _piece(part: str, ground: Ground) -> bool:
    """Whether a part of a compound stands in the source; a figure of it has to: GPT-4 is no GPT-3."""
    if part.isdigit():
        return part in ground.words or any(one in ground.words for one in _in_words(part, ground.language))
    return part in ground.words or len(part) < 3 or part in COMMON or (part.isalpha() and _heard(part, ground))


@cache
def _in_words(figure: str, language: str) -> tuple[str, ...]:
    """How a figure is said."""
    return tuple(word for word, value in tongue(language).number.items() if value == float(figure))


def _with_letters(word: str, ground: Ground) -> bool:
    """Whether the source has a word but for letters that are set on to it, "TimescaleDB", or the letters of a code
    otherwise, "EAP-7981" for EIP-7981."""
    if (camel := re.fullmatch(r"([A-Z][a-z]{3,})[A-Z]{2}", word)) and fold(camel[1]) in ground.words:
        return True
    if not (code := re.fullmatch(r"([A-Za-z]{2,4})-?(\d{2,})", word)):
        return False
    letters = [one[: -len(code[2])] for one in ground.words if one.endswith(code[2]) and one[:1].isalpha()]
    return any(one.isalpha() and close(fold(code[1]), one, a_name=True) for one in sorted(letters))


def _bare(word: str) -> str:
    """A word as a text has it that has lost its letters with accents: "Franois"."""
    return re.sub(r"[^\x00-\x7f]", "", word).lower()


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


def _joined(low: str, ground: Ground) -> bool:
    """Whether two small words stand where a name was heard, or one with another's letters: "tick tock" for TikTok,
    "marie hlne" for Marilène."""
    words, start = ground.running.words, first_as(low)
    stop = lexicon(ground.language).stop
    for nth, word in enumerate(words[:-1]):
        if word[:1] in start and len(word) < len(low) and abs(len(word) + len(words[nth + 1]) - len(low)) <= 2:
            if not word.isalpha() or (word in stop and words[nth + 1] in stop):
                continue  # "the ones" is no Thrones
            if apart(low, word + words[nth + 1]) <= (0.4 if len(low) > 7 else 0.2):
                return True
    return False


def _heard(low: str, ground: Ground) -> bool:
    """A recogniser hears "Marchetti" as "Marketty", "Calloway" as "Kalaway": the same sounds in other letters."""
    heard = sound(low)
    if len(low) < 4:
        return False
    same = ground.sounds.get(heard, ()) if len(heard) > 1 else ()
    begun = [one for letter in first_as(low) for one in _from(letter, ground)]
    for other in sorted({*same, *(one for one in begun if one in ground.cased)}):
        if other[:1] in first_as(low) and abs(len(other) - len(low)) <= 2:
            name = _maybe_a_name(other, ground)
            if close(low, other, a_name=name) or (name and other in same and len(low) > 6 and low[:4] == other[:4]):
                return True
    return len(low) > 5 and low.isalpha() and _joined(low, ground)


def _from(letter: str, ground: Ground) -> tuple[str, ...]:
    """The words of a source that begin with a letter."""
    return ground.in_order[bisect_left(ground.in_order, letter) : bisect_left(ground.in_order, letter + "\uffff")]


def _maybe_a_name(other: str, ground: Ground) -> bool:
    """Whether a word of the source may be a name: with a capital, where it has any, and no ordinary one."""
    if ground.lowercase:
        return other not in lexicon(ground.language).stop and plain_stem(other) not in ordinary()
    return other in ground.cased and other not in lexicon(ground.language).stop


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
    said = ground.running
    words = [fold(one) for one in name]
    at = name.index(word)
    low = words[at]
    for other in {at - 1, at + 1} & set(range(len(words))):
        for anchor in anchors(words[other], ground):
            for place in said.at.get(anchor, ()):
                near = said.words[place + 1 : place + 3] if other < at else said.words[max(0, place - 2) : place]
                for one in {near[0] if other < at else near[-1], "".join(near)} if near else ():
                    if one in said.at and one not in ground.cased and not ground.lowercase:
                        continue
                    third = at > 1 and other == at - 1 and _two_before(words, at, place, ground)
                    if third and one[-3:] == low[-3:] and abs(len(one) - len(low)) < 3:
                        return True  # "Karl Joshua Dube" for Carl Joshua Ncube
                    if close(low, one, a_name=True, beside=True):
                        return True
    return len(words) == 2 and _heard_pair(words, ground)


def _two_before(words: list[str], at: int, place: int, ground: Ground) -> bool:
    """Whether the two words before the last of a name stand in a row in the source, the second at `place`."""
    return place > 0 and ground.running.words[place - 1] in anchors(words[at - 2], ground)


def anchors(word: str, ground: Ground) -> list[str]:
    """A word of a name as the source has it, or as it sounds there."""
    found = [one for one in (word, word + "s") if one in ground.running.at]
    at = bisect_left(ground.in_order, word[:6])
    while len(word) > 6 and at < len(ground.in_order) and ground.in_order[at].startswith(word[:6]):
        if abs(len(ground.in_order[at]) - len(word)) <= 2 and ground.in_order[at] not in found:
            found.append(ground.in_order[at])
        at += 1
    return found or [one for one in ground.sounds.get(sound(word), ()) if sound(word) and one[:1] in first_as(word)]


def _heard_pair(words: list[str], ground: Ground) -> bool:
    """Whether two words in a row of the source, both with capitals, sound like a name of two."""
    first = [one for one in ground.sounds.get(sound(words[0]), ()) if one[:1] in first_as(words[0])]
    for one in first:
        for place in ground.running.at.get(one, ()) if one in ground.cased else ():
            after = "".join(ground.running.words[place + 1 : place + 2])
            if after in ground.cased and sound(after) == sound(words[1]) and after[:1] == words[1][:1]:
                return True
    return False
