"""What one text has and another has not, word by word. Runs in the helper process: a long comparison holds Python."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

# A word with its inner apostrophes and hyphens; one line end; a stretch of spaces; or other signs together, so that
# an emoji and what belongs to it are never parted.
_WORD = re.compile(r"\w+(?:[’'\-]\w+)*")
_TOKEN = re.compile(r"\w+(?:[’'\-]\w+)*|\n|[^\S\n]+|[^\w\s]+")

Piece = tuple[str, str]


def pieces(old: str, new: str) -> tuple[Piece, ...]:
    """`old` and `new` as pieces (`same`, `removed` or `added`, text), in reading order.

    The `same` and `removed` pieces joined are `old`, the `same` and `added` ones `new`. A removed piece stands before
    the added one that takes its place.
    """
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    runs: list[tuple[str, str, str]] = []
    for kind, a, b, c, d in _changes(before, after):
        gone, come = "".join(before[a:b]), "".join(after[c:d])
        runs.append((gone, "", "") if kind == "equal" else ("", gone, come))
    return tuple(
        (kind, text)
        for same, gone, come in _joined(runs)
        for kind, text in (("same", same), ("removed", gone), ("added", come))
        if text
    )


def _changes(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str, int, int, int, int]]:
    """The steps from one to the other. What both begin and end with is not compared: most of a text is the same."""
    short = min(len(before), len(after))
    head = next((n for n in range(short) if before[n] != after[n]), short)
    rest = short - head
    tail = next((n for n in range(rest) if before[-1 - n] != after[-1 - n]), rest)
    if head:
        yield "equal", 0, head, 0, head
    inner = SequenceMatcher(
        None, before[head : len(before) - tail], after[head : len(after) - tail], autojunk=False
    ).get_opcodes()
    for kind, a, b, c, d in inner:
        yield kind, a + head, b + head, c + head, d + head
    if tail:
        yield "equal", len(before) - tail, len(before), len(after) - tail, len(after)


def _joined(runs: Sequence[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """Changes that only spaces part become one: a phrase is easier to read than every second word."""
    made: list[tuple[str, str, str]] = []
    ahead = [*pairwise([*runs, ("", "", "")])]
    for (same, gone, come), following in ahead:
        changed = made and not made[-1][0]
        between = bool(same) and not same.strip() and "\n" not in same and bool(following[1] or following[2])
        if made and changed and (between or not same):
            _, old, new = made[-1]
            made[-1] = ("", old + (same or gone), new + (same or come))
        else:
            made.append((same, gone, come))
    return made


def words_in(text: str) -> int:
    """How many words a text has: stretches between white space that hold a letter or a digit."""
    return sum(any(char.isalnum() for char in part) for part in text.split())


def compare(old: str, new: str) -> Iterator[tuple[Piece, ...]]:
    """`pieces`, for the helper process."""
    yield pieces(old, new)


def count(olds: Sequence[str], new: str) -> Iterator[tuple[int, list[tuple[int, int, int]]]]:
    """How many words `new` has; and for each of `olds`: its words, those added since, those removed since."""
    # The words alone: with the spaces between them it would take four times as long.
    after = _WORD.findall(new)
    found = []
    for old in olds:
        before = _WORD.findall(old)
        same = sum(b - a for kind, a, b, _, _ in _changes(before, after) if kind == "equal")
        found.append((words_in(old), len(after) - same, len(before) - same))
    yield words_in(new), found
