"""Small rules about the lines of a post: bullets, numbers, the line of hashtags. Strings in, strings out. No Qt."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from composer.post.model import Trace

BULLETS = ("•", "-", "–", "*", "▪", "◦", "→", "✓", "✔", "✅", "☑", "➡", "👉")
_BULLET = re.compile("(?P<indent>[ \t]*)(?P<mark>" + "|".join(map(re.escape, BULLETS)) + ")(?P<gap>\ufe0f?[ \t]+)")
# Plain digits, and the five styled sets of Mathematical Alphanumeric Symbols (U+1D7CE to U+1D7FF).
_NUMBER = re.compile(
    "(?P<indent>[ \t]*)(?P<digits>[0-9]{1,3}|[\U0001d7ce-\U0001d7ff]{1,3})(?P<mark>[/.)])(?P<gap>[ \t]+)"
)
TAG = re.compile(r"(?<![\w#&/])#(?=\w*[^\W_])\w+")
# With what a sentence may open beside a letter or a digit.
_OPENS = "“„«‘‚\"'(¿¡#@$€£"
TAG_LINE = re.compile(r"\s*(?:#\w+[ \t,]*)+")


def prefix_of(line: str) -> str:
    """The bullet or number a line begins with, with its space; else ""."""
    match = _BULLET.match(line) or _NUMBER.match(line)
    return match.group() if match else ""


def next_prefix(line: str) -> str:
    """What a new line after `line` begins with: the same bullet, or the next number; else ""."""
    if match := _NUMBER.match(line):
        return match["indent"] + _plus_one(match["digits"]) + match["mark"] + match["gap"]
    return prefix_of(line)


def _plus_one(digits: str) -> str:
    zero = ord("0")
    if not digits.isascii():
        zero = 0x1D7CE + (ord(digits[0]) - 0x1D7CE) // 10 * 10
    value = int("".join(str((ord(digit) - 0x1D7CE) % 10 if not digit.isascii() else digit) for digit in digits))
    return "".join(chr(zero + int(digit)) for digit in str(value + 1))


def bulleted(lines: Sequence[str]) -> list[str]:
    """The lines with bullets, or without them where every line that has words has one."""
    return _toggled(lines, lambda _: "• ", lambda line: bool(_BULLET.match(line)))


def numbered(lines: Sequence[str]) -> list[str]:
    """The lines with `1/`, `2/` ..., or without them where every line that has words has a number."""
    return _toggled(lines, lambda number: f"{number}/ ", lambda line: bool(_NUMBER.match(line)))


def _toggled(lines: Sequence[str], prefix, has) -> list[str]:  # type: ignore[no-untyped-def]
    full = [line for line in lines if line.strip()]
    off = bool(full) and all(has(line) for line in full)
    made, number = [], 0
    for line in lines:
        bare = line[len(prefix_of(line)) :]
        if not line.strip() and len(lines) > 1:
            made.append(line)
            continue
        number += 1
        made.append(bare if off else prefix(number) + bare)
    return made


def tags_in(text: str) -> tuple[str, ...]:
    """The hashtags of a text in order, each once."""
    return tuple(dict.fromkeys(TAG.findall(text)))


def with_tag(text: str, tag: str) -> tuple[int, int, str]:
    """The edit that puts a tag into the last line of hashtags, or adds such a line: start, end, new text."""
    lines = text.split("\n")
    last = next((n for n in range(len(lines) - 1, -1, -1) if lines[n].strip()), -1)
    end = sum(len(line) + 1 for line in lines[: last + 1]) - 1 if last >= 0 else 0
    if last >= 0 and TAG_LINE.fullmatch(lines[last]):
        end -= len(lines[last]) - len(lines[last].rstrip())
        return end, end, " " + tag
    return end, len(text), (("\n\n" if last >= 0 else "") + tag)


def without_tag(text: str, tag: str) -> tuple[int, int, str] | None:
    """The edit that takes a tag out, with the space before it: start, end, new text. None where it is not in.

    In a sentence only the `#` goes, so that the sentence stays whole.
    """
    found = [match for match in TAG.finditer(text) if match.group() == tag]
    if not found:
        return None
    match = found[-1]
    start, end = match.span()
    line_start, line_end = text.rfind("\n", 0, start) + 1, (text + "\n").index("\n", end)
    line = text[line_start:line_end]
    if not TAG_LINE.fullmatch(line):
        return start, start + 1, ""
    if line.strip() == tag:
        bare = len(text[:line_start].rstrip("\n"))
        return (bare, line_end, "") if not text[line_end:].strip() else (line_start, line_end, "")
    if start > line_start:
        start = len(text[:start].rstrip(" \t,"))
        return (start, end, "") if start > line_start else (match.start(), _after_gap(text, end), "")
    return start, _after_gap(text, end), ""


def _after_gap(text: str, end: int) -> int:
    while end < len(text) and text[end] in " \t,":
        end += 1
    return end


def carry(old: str, new: str, lines: Sequence[tuple[int, Trace]]) -> tuple[tuple[int, Trace], ...]:
    """Where the traced lines of `old` stand in `new`. A line that was changed in place keeps its trace."""
    if old == new or not lines:
        return tuple(lines)
    before, after = old.split("\n"), new.split("\n")
    moved: dict[int, int] = {}
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal" or (kind == "replace" and b - a == d - c):
            moved.update(zip(range(a, b), range(c, d), strict=True))
    return tuple((moved[line], trace) for line, trace in lines if line in moved)


def core(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The words of a selection that can be said anew: without the bullet, the emoji and the styled label before them.

    None where there are none, or where they stand on several lines.
    """
    from composer.text.style import unstyle

    part = text[start:end]
    start, end = start + len(part) - len(part.lstrip()), end - (len(part) - len(part.rstrip()))
    if start >= end or "\n" in text[start:end]:
        return None
    line = text.rfind("\n", 0, start) + 1
    start = max(start, line + len(prefix_of(text[line:end])))
    while start < end and not (text[start].isalnum() or text[start] in _OPENS):
        start += 1
    label = re.match(r"[^:：]{1,80}[:：]\s*", text[start:end])
    if label and label.end() < end - start and unstyle(label.group()) != label.group():
        start += label.end()
    return (start, end) if any(char.isalnum() for char in text[start:end]) else None


def difference(old: str, new: str) -> tuple[tuple[str, str], ...]:
    """What became of `old`, word by word: stretches that are `same`, `removed` or `added`, in reading order."""
    by_words = any(char.isspace() for char in old + new)
    before, after = (re.findall(r"\s*\S+|\s+$", part) if by_words else list(part) for part in (old, new))
    made: list[tuple[str, str]] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            made.append(("same", "".join(before[a:b])))
            continue
        if b > a:
            made.append(("removed", "".join(before[a:b])))
        if d > c:
            made.append(("added", "".join(after[c:d])))
    return tuple(made)


def reordered(text: str, order: Sequence[str]) -> tuple[int, int, str] | None:
    """The edit that sets the tags of the last line of hashtags in this order, or None where they stand so.

    What stands between them stays. Tags that `order` does not name keep to the end.
    """
    lines = text.split("\n")
    last = next((n for n in range(len(lines) - 1, -1, -1) if lines[n].strip()), -1)
    if last < 0 or not TAG_LINE.fullmatch(lines[last]):
        return None
    line, start = lines[last], sum(len(one) + 1 for one in lines[:last])
    place = {tag: number for number, tag in enumerate(order)}
    tags = sorted(TAG.findall(line), key=lambda tag: place.get(tag, len(place)))
    left = iter(tags)
    new = TAG.sub(lambda _: next(left), line)
    return None if new == line else (start, start + len(line), new)


def words_in(text: str) -> int:
    """How many words a text has: stretches between white space that hold a letter or a digit."""
    return sum(any(char.isalnum() for char in part) for part in text.split())


def cleaned(text: str) -> str:
    """Text from another program, made fit for a post: line ends, odd spaces, and what cannot be seen."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    text = re.sub("[\u00ad\u200b\u2060\ufeff\ufffc\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", "", text)
    text = re.sub("[\u00a0\u2002-\u200a\u205f\t]", " ", text)
    text = re.sub("[ ]+\n", "\n", text)
    return re.sub("\n{3,}", "\n\n", text)
