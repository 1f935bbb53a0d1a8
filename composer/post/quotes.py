"""Quotations of a post, and whether their words stand in the source in that order."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from composer.post.english import expand
from composer.post.lexis import word_list

# What a quotation may leave out of speech without changing it.
_FILLERS = word_list("quotes_fillers")
_PAIRS = [
    re.compile(r"“([^“”\n]{2,400})”"),
    re.compile(r"„([^„“”\n]{2,400})[“”]"),
    re.compile(r"«\s?([^«»\n]{2,400}?)\s?»"),
    re.compile(r"»([^«»\n]{2,400})«"),
    re.compile(r"「([^「」\n]{1,200})」"),
    re.compile(r"『([^『』\n]{1,200})』"),
    re.compile(r"(?<![\w\"])\"([^\"\n]{2,400})\"(?!\w)"),
    re.compile(r"(?<![\w’‘])‘([^‘’\n]{2,200}(?:’\w[^‘’\n]*)*)’(?!\w)"),
    re.compile(r"(?<![\w'])'([^'\n]{2,200}(?:'\w[^'\n]*)*)'(?!\w)"),
]


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words between quotation marks; `start` and `end` take the marks in."""

    start: int
    end: int
    text: str


def quotations(line: str) -> list[Quoted]:
    """Every quotation of a line, in order, none inside another."""
    found: list[Quoted] = []
    for pattern in _PAIRS:
        for match in pattern.finditer(line):
            if all(match.end() <= other.start or match.start() >= other.end for other in found):
                found.append(Quoted(match.start(), match.end(), match[1]))
    return sorted(found, key=lambda quoted: quoted.start)


def tokens(text: str) -> list[str]:
    """The words of a text for comparing: small, contractions written out, nothing but letters and digits."""
    low = expand(text.lower().replace("’", "'").replace("‘", "'"))
    low = re.sub(r"(\d)[,.\u202f\u00a0](?=\d{3}\b)", r"\1", low)
    return re.findall(r"[\u3040-\u30ff\u4e00-\u9fff]|[^\W_\u3040-\u30ff\u4e00-\u9fff]+", low)


def in_source(quote: str, running: Sequence[str]) -> bool:
    """Whether the words stand in the source in this order, fillers and repeats left out; `…` and `[...]` may skip."""
    at = 0
    for part in re.split(r"…|\.{3}|\[[^\]]*\]", quote):
        words = tokens(part)
        if not words:
            continue
        end = _find(words, running, at)
        if end < 0:
            return False
        at = end
    return True


def _find(words: Sequence[str], running: Sequence[str], begin: int) -> int:
    """The place after the first match of `words` in `running` from `begin`, or -1."""
    first = words[0]
    for start in range(begin, len(running)):
        if running[start] == first:
            end = _match(words, running, start)
            if end >= 0:
                return end
    return -1


def _match(words: Sequence[str], running: Sequence[str], start: int) -> int:
    at, nth, skipped = start, 0, 0
    while nth < len(words):
        if at >= len(running):
            return -1
        if running[at] == words[nth]:
            at, nth, skipped = at + 1, nth + 1, 0
        elif skipped < 6 and (running[at] in _FILLERS or _again(running, at)):
            at, skipped = at + 1, skipped + 1
        else:
            return -1
    return at


def _again(running: Sequence[str], at: int) -> bool:
    """Whether the word at `at` is said again right after, or just before: a restart of up to three words."""
    return any(
        (at - back >= 0 and running[at - back] == running[at])
        or (at + back < len(running) and running[at + back] == running[at])
        for back in (1, 2, 3)
    )
