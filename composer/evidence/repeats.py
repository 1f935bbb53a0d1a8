"""Repeats and false starts: what is said twice is written once."""

import re

from composer.evidence.words import Lexicon, shared

EDGE = ".,;:!?…\"'“”‘’()[]«»„¿¡"
_PAUSE = re.compile(r"[,—–…]|\.\.\.")
_BROKEN = (",", "—", "–", "…", "...")
_MARKED = (",", ".", ";", ":", "!", "?", "—", "–", "…")
LONGEST = 8
_EMPHATIC = shared("emphatic")
_COUNTS = shared("counts")
_CLAUSE = shared("clause")
_JOINTS = _CLAUSE | {"and", "that"}
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
    if not _doubled(_bare(text)):
        return text
    parts = _parts(text)
    size = LONGEST
    while size >= 1:
        at = 0
        while at + 2 * size <= len(parts):
            if parts[at][1] != parts[at + size][1]:
                at += 1
                continue
            first, second = parts[at : at + size], parts[at + size : at + 2 * size]
            if [w for _, w in first] == [w for _, w in second] and _is_repeat(first, second, known):
                head = first[0][0]
                kept = list(second)
                if head[:1].isupper() and not kept[0][0][:1].isupper():
                    kept[0] = (kept[0][0][:1].upper() + kept[0][0][1:], kept[0][1])
                parts[at : at + 2 * size] = kept
            else:
                at += 1
        size -= 1
    return " ".join(word for word, _ in parts)


def _doubled(bare: list[str]) -> bool:
    """Whether a run of at most `LONGEST` words stands twice in a row."""
    places: dict[str, list[int]] = {}
    for at, word in enumerate(bare):
        seen = places.get(word)
        if seen is None:
            places[word] = [at]
            continue
        for before in seen:
            size = at - before
            if size <= LONGEST and bare[before:at] == bare[at : at + size]:
                return True
        seen.append(at)
    return False


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


def _taken_up(bare: list[str], broken: list[bool]) -> bool:
    """Whether after some break a word follows that stood shortly before it, or a short form stood there: without one
    no start was given up."""
    for at, ends in enumerate(broken[:-1]):
        if ends:
            before = bare[max(0, at - 6) : at + 1]
            if bare[at + 1] in before or any("'" in word for word in before):
                return True
    return False


def restarts(text: str, known: Lexicon) -> str:
    """ "I think she had it, I think she had the key": a start given up and begun again with the same words."""
    if not _PAUSE.search(text):
        return text
    said = text.split()
    broken = [word.endswith(_BROKEN) for word in said]
    if True not in broken[:-1] or not _taken_up(_bare(text), broken):
        return text
    parts = _parts(text)
    at = 0
    while at < len(parts):
        end = broken.index(True, at, at + 7) if True in broken[at : at + 7] else None
        if (
            end is None
            or end + 1 >= len(parts)
            or (at and not parts[at - 1][0].endswith(_MARKED) and parts[at - 1][1] not in _JOINTS)
        ):
            at += 1
            continue
        size = end - at + 1
        after = parts[end + 1 : end + 1 + size]
        same = 0
        while same < min(size, len(after)) and parts[at + same][1] == after[same][1] and parts[at + same][1]:
            same += 1
        rest = parts[at + same : end + 1]
        given_up = (
            (same >= 2 or "'" in parts[at][1] or (same == 1 and not rest and parts[at][1] in known.stop))
            and len(rest) <= (1 if same >= 2 else 3)
            and all(low in _LOOSE or low in ("kind", "sort") for _, low in rest)
            and not any(_kept(word, known) and low not in {b for _, b in after} for word, low in rest)
        )
        if given_up and not (same == size and size == 1 and parts[at][1] in _EMPHATIC):
            head = parts[at][0]
            del parts[at : end + 1], broken[at : end + 1]
            if head[:1].isupper():
                word, low = parts[at]
                parts[at] = (word[:1].upper() + word[1:], low)
        else:
            at += 1
    return " ".join(word for word, _ in parts)
