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
# "That is not the problem, the problem is the soil": the phrase ends one clause and is the subject of the next.
_ENDS_CLAUSE = shared("ends_clause")
_FINITE = shared("finite")
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


def _bare(text: str) -> list[str]:
    return [word.strip(EDGE) for word in text.lower().split()]


def _joined(first: list[str]) -> bool:
    """Whether nothing inside `first` but its last word carries punctuation other than a comma or a dash."""
    return all(word.rstrip(",—–-").rstrip(EDGE[:6]) == word.rstrip(",—–-") for word in first)


def mended(text: str, known: Lexicon) -> str:
    """`text` with what is said twice in a row written once, and without the starts that were given up."""
    bare = _bare(text)
    size, paused = _doubled(bare), _PAUSE.search(text)
    if not size and not paused:
        return text
    said = text.split()
    if size:
        _once(said, bare, size, known)
    if paused:
        _restarts(said, bare, known)
    return " ".join(said)


def _once(said: list[str], bare: list[str], size: int, known: Lexicon) -> None:
    """A word or phrase of at most `size` words said twice in a row, once. Numbers and emphatic doubles stay."""
    while size >= 1:
        at = 0
        while (again := at + size) + size <= len(bare):
            if (
                bare[at] == bare[again]
                and bare[at:again] == bare[again : again + size]
                and not (size > 1 and said[again - 1].endswith(",") and _two_clauses(bare, at, again, size))
                and _is_repeat(said[at:again], bare[at:again], said[again], known)
            ):
                if said[at][:1].isupper():
                    said[again] = said[again][:1].upper() + said[again][1:]
                del said[at:again], bare[at:again]
            else:
                at += 1
        size -= 1


def _two_clauses(bare: list[str], at: int, again: int, size: int) -> bool:
    """Whether the phrase at `at` ends its clause, and its like at `again` begins the next."""
    if _OPENING.intersection(bare[max(0, at - 12) : at]):
        return True
    behind = bare[again + size] if again + size < len(bare) else ""
    before = bare[at - 1] if at else ""
    return behind in _FINITE and (before in _ENDS_CLAUSE or before.endswith("n't"))


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


def _is_repeat(first: list[str], bare: list[str], second: str, known: Lexicon) -> bool:
    """Whether the words `first`, in their bare form `bare`, were said again without meaning to, from `second` on."""
    if not all(bare) or not _joined(first) or any(w in _COUNTS or any(c.isdigit() for c in w) for w in bare):
        return False
    if len(bare) == 1:
        word, comma = bare[0], first[0].endswith(",")
        if word in _EMPHATIC and not (
            comma and word in ("so", "that", "is", "was", "you", "do", "had", "there", "well", "now")
        ):
            return False
        # A repeated content word with a comma is emphasis as often as not ("data, data, data"); function words are not.
        named = first[0][:1].isupper() and second[:1].isupper() and word not in known.stop
        return not named and (word in known.stop or word in _LOOSE or not comma)
    inner = zip(first[1:], bare[1:], strict=True)
    return not any(w[:1].isupper() and low not in known.stop for w, low in inner) or first[-1].endswith(",")


def _restarts(said: list[str], bare: list[str], known: Lexicon) -> None:
    """ "I think she had it, I think she had the key": a start given up and begun again with the same words."""
    breaks = [at for at, word in enumerate(said[:-1]) if word.endswith(_BROKEN)]
    at = 0
    while breaks:
        end = breaks[0]
        at = max(at, end - REACH)
        window = bare[at : end + 1]
        if bare[end + 1] not in window and "'" not in "".join(window):
            # Nothing that stood shortly before is taken up again, and no short form stands there.
            at = end + 1
            del breaks[0]
        elif _given_up(said, bare, at, end, known):
            head = said[at]
            del said[at : end + 1], bare[at : end + 1], breaks[0]
            breaks = [place - (end + 1 - at) for place in breaks]
            if head[:1].isupper():
                said[at] = said[at][:1].upper() + said[at][1:]
        else:
            at += 1


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
