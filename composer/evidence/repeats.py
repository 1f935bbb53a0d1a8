"""Repeats and false starts: what is said twice is written once."""

import re

from composer.evidence.words import Lexicon, shared

EDGE = ".,;:!?…\"'“”‘’()[]«»„¿¡"
_PAUSE = re.compile(r"[,—–…]|\.\.\.")
_BROKEN = (",", "—", "–", "…", "...")
_MARKED = (",", ".", ";", ":", "!", "?", "—", "–", "…")
LONGEST = 8
# The last word of a start given up is at most this many behind its first.
REACH = 6
_EMPHATIC = shared("emphatic")
_COUNTS = shared("counts")
_CLAUSE = shared("clause")
_JOINTS = _CLAUSE | {"and", "that"}
# "When the client asks for the boat, the boat ...": the clause ends at the comma, nothing was said twice.
_OPENING = frozenset(["if", "when", "whenever", "wenn", "falls", "quand", "si", "lorsque", "cuando", "quando", "se"])
# Words a broken-off start ends in: a sentence rarely does.
_LOOSE = shared("loose")


def _kept(word: str, known: Lexicon) -> bool:
    """Whether `word` must not be lost: a negation, a number, or a name by its capital."""
    bare = word.strip(EDGE)
    low = bare.lower()
    return (
        low in known.negation
        or any(c.isdigit() for c in bare)
        or (bare[:1].isupper() and low not in known.stop and len(bare) > 1)
    )


def _parts(text: str) -> list[tuple[str, str]]:
    """Words as written, each with its bare lower-case form."""
    return [(word, word.strip(EDGE).lower()) for word in text.split()]


def _bare(text: str) -> list[str]:
    return [word.strip(EDGE) for word in text.lower().split()]


def _joined(first: list[tuple[str, str]]) -> bool:
    """Whether nothing inside `first` but its last word carries punctuation other than a comma or a dash."""
    return all(word.rstrip(",—–-").rstrip(EDGE[:6]) == word.rstrip(",—–-") for word, _ in first)


def once(text: str, known: Lexicon) -> str:
    """A word or phrase said twice in a row, once. Numbers and emphatic doubles stay."""
    size = _doubled(_bare(text))
    if not size:
        return text
    parts = _parts(text)
    while size >= 1:
        at = 0
        while at + 2 * size <= len(parts):
            if parts[at][1] != parts[at + size][1]:
                at += 1
                continue
            first, second = parts[at : at + size], parts[at + size : at + 2 * size]
            before = parts[max(0, at - 12) : at]
            ends = size > 1 and first[-1][0].endswith(",") and any(w in _OPENING for _, w in before)
            if [w for _, w in first] == [w for _, w in second] and not ends and _is_repeat(first, second, known):
                head = first[0][0]
                kept = list(second)
                if head[:1].isupper() and not kept[0][0][:1].isupper():
                    kept[0] = (kept[0][0][:1].upper() + kept[0][0][1:], kept[0][1])
                parts[at : at + 2 * size] = kept
            else:
                at += 1
        size -= 1
    return " ".join(word for word, _ in parts)


def _doubled(bare: list[str]) -> int:
    """The length of the longest run of at most `LONGEST` words that stands twice in a row, 0 if none does."""
    if len(set(bare)) == len(bare):
        return 0
    longest = 0
    places: dict[str, list[int]] = {}
    for at, word in enumerate(bare):
        seen = places.get(word)
        if seen is None:
            places[word] = [at]
            continue
        for before in seen:
            size = at - before
            if longest < size <= LONGEST and bare[before:at] == bare[at : at + size]:
                longest = size
        seen.append(at)
    return longest


def _is_repeat(first: list[tuple[str, str]], second: list[tuple[str, str]], known: Lexicon) -> bool:
    bare = [w for _, w in first]
    if not all(bare) or not _joined(first) or any(w in _COUNTS or any(c.isdigit() for c in w) for w in bare):
        return False
    if len(bare) == 1:
        word, comma = bare[0], first[0][0].endswith(",")
        if word in _EMPHATIC and not (
            comma and word in ("so", "that", "is", "was", "you", "do", "had", "there", "well", "now")
        ):
            return False
        # A repeated content word with a comma is emphasis as often as not ("data, data, data"); function words are not.
        named = first[0][0][:1].isupper() and second[0][0][:1].isupper() and word not in known.stop
        return not named and (word in known.stop or word in _LOOSE or not comma)
    return not any(w[:1].isupper() and low not in known.stop for w, low in first[1:]) or first[-1][0].endswith(",")


def restarts(text: str, known: Lexicon) -> str:
    """ "I think she had it, I think she had the key": a start given up and begun again with the same words."""
    if not _PAUSE.search(text):
        return text
    said, bare = text.split(), _bare(text)
    breaks = [at for at, word in enumerate(said[:-1]) if word.endswith(_BROKEN)]
    at = 0
    while breaks:
        end = breaks[0]
        at = max(at, end - REACH)
        if at > end:
            del breaks[0]
        elif _given_up(said, bare, at, end, known):
            head = said[at]
            del said[at : end + 1], bare[at : end + 1], breaks[0]
            breaks = [place - (end + 1 - at) for place in breaks]
            if head[:1].isupper():
                said[at] = said[at][:1].upper() + said[at][1:]
        else:
            at += 1
    return " ".join(said)


def _given_up(said: list[str], bare: list[str], at: int, end: int, known: Lexicon) -> bool:
    """Whether the words from `at` to the break after `end` are a start that is begun again behind it."""
    if bare[at] != bare[end + 1] and "'" not in bare[at]:
        return False
    if at and not said[at - 1].endswith(_MARKED) and bare[at - 1] not in _JOINTS:
        return False
    size = end - at + 1
    after = bare[end + 1 : end + 1 + size]
    same = 0
    while same < len(after) and bare[at + same] == after[same] and bare[at + same]:
        same += 1
    rest = range(at + same, end + 1)
    return (
        (same >= 2 or "'" in bare[at] or (same == 1 and not rest and bare[at] in known.stop))
        and len(rest) <= (1 if same >= 2 else 3)
        and all(bare[i] in _LOOSE or bare[i] in ("kind", "sort") for i in rest)
        and not any(_kept(said[i], known) and bare[i] not in after for i in rest)
        and not (same == size == 1 and bare[at] in _EMPHATIC)
    )
