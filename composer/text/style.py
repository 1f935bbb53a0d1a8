"""Unicode styles on plain text: bold, italic and their kin, without touching what must stay as it is.

The letters come from `composer.text.alphabets`, the parts that are left alone from `composer.text.spans`. Offsets are
code points. All functions are pure, and all are idempotent except `toggle`.

What happens to a cluster (UAX #29): its canonical decomposition (UAX #15, NFD, never NFKD) is mapped letter by letter.
If nothing changed, the cluster keeps its exact code points; otherwise it is returned in NFC. So text in NFC stays in
NFC, and Hangul, Cyrillic or composition exclusions such as U+0958 are never rewritten.
"""

from collections.abc import Callable
from dataclasses import dataclass

import unicodedata2 as unicodedata

from composer.errors import UsageError
from composer.text import letters
from composer.text.alphabets import LINES, MATH_STYLES, STYLES
from composer.text.clusters import CLUSTER, is_bare, is_emoji, widen
from composer.text.spans import find

__all__ = [
    "ATTRIBUTES",
    "MATH_STYLES",
    "STYLES",
    "Edit",
    "add",
    "add_range",
    "edit_range",
    "remove",
    "remove_range",
    "style",
    "style_range",
    "toggle",
    "toggle_range",
    "unstyle",
    "unstyle_range",
]

ATTRIBUTES = ("bold", "italic", "underline", "strikethrough")

_Keep = list[tuple[int, int]]


def style(text: str, name: str) -> str:
    """The text in a style of `STYLES`.

    A letter becomes its form in the style (Unicode Standard, chapter 22.2, Mathematical Alphabets, with the letters
    of Letterlike Symbols in their holes), a precomposed letter its form and its marks in canonical order (UAX #15).
    What has no form there passes unchanged. Letters in one of the thirteen alphabets are set anew; decorative letters
    are one way and stay. `underline` and `strikethrough` put a line on each cluster and leave the letters as they are.
    Links, addresses, mentions, hashtags and emoji stay.

    Raises UsageError for an unknown name.
    """
    _known(name, STYLES, "style")
    return _set(text, name, _protected(text))


def unstyle(text: str) -> str:
    """The text in plain letters: the exact inverse of the thirteen alphabets, and no U+0332 and U+0336.

    It is not NFKC (UAX #15): `…`, `™`, `²`, `ﬁ`, `①` and the decorative letters stay. Clusters that change come back
    in NFC, all others code point for code point. A styled link becomes a link again.
    """
    for line in LINES.values():
        text = _erase(text, line)
    return letters.change(text, "clear", "", [])


def add(text: str, attr: str) -> str:
    """The text with an attribute of `ATTRIBUTES` added to every letter (or, for lines, cluster) that can have it.

    Bold on italic of the same family gives bold italic; plain text takes the sans family. A letter with no form for
    the combination stays as it is. Raises UsageError for an unknown attribute.
    """
    _known(attr, ATTRIBUTES, "attribute")
    return _add(text, attr, _protected(text))


def remove(text: str, attr: str) -> str:
    """The text without an attribute of `ATTRIBUTES`; what else the letters had stays.

    Raises UsageError for an unknown attribute.
    """
    _known(attr, ATTRIBUTES, "attribute")
    return _remove(text, attr)


def toggle(text: str, attr: str) -> str:
    """`remove` if everything that can have the attribute has it, else `add`.

    Raises UsageError for an unknown attribute.
    """
    _known(attr, ATTRIBUTES, "attribute")
    return _toggle(text, attr, _protected(text))


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of a selection: `text[start:end]`, widened to whole clusters, becomes `replacement`."""

    start: int
    end: int
    replacement: str

    def apply(self, text: str) -> str:
        """The whole text with the change made."""
        return text[: self.start] + self.replacement + text[self.end :]


def edit_range(text: str, start: int, end: int, operation: str, name: str = "") -> Edit:
    """What an operation makes of a selection, for an editor that keeps its undo history.

    `operation` is `style`, `add`, `remove`, `toggle` (with the name of a style or attribute) or `unstyle`. `start` and
    `end` are code points, half open; they are widened to whole clusters (UAX #29). Links are seen whole even where
    only a part is selected. Raises UsageError for an unknown operation or name.
    """
    operations: dict[str, tuple[Callable[[str, str, _Keep], str], tuple[str, ...]]] = {
        "style": (_set, STYLES),
        "add": (_add, ATTRIBUTES),
        "remove": (lambda part, attr, _: _remove(part, attr), ATTRIBUTES),
        "toggle": (_toggle, ATTRIBUTES),
        "unstyle": (lambda part, *_: unstyle(part), ("",)),
    }
    _known(operation, tuple(operations), "operation")
    change, names = operations[operation]
    _known(name, names, "style" if operation == "style" else "attribute")
    start, end = widen(text, start, end)
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    line = text[first : len(text) if last < 0 else last]
    keep = [
        (max(a + first, start) - start, min(b + first, end) - start)
        for a, b in _protected(line)
        if a + first < end and b + first > start
    ]
    return Edit(start, end, change(text[start:end], name, keep))


def style_range(text: str, start: int, end: int, name: str) -> str:
    """The whole text with `style` applied to `text[start:end]`, widened to whole clusters."""
    return edit_range(text, start, end, "style", name).apply(text)


def add_range(text: str, start: int, end: int, attr: str) -> str:
    """The whole text with `add` applied to `text[start:end]`, widened to whole clusters."""
    return edit_range(text, start, end, "add", attr).apply(text)


def remove_range(text: str, start: int, end: int, attr: str) -> str:
    """The whole text with `remove` applied to `text[start:end]`, widened to whole clusters."""
    return edit_range(text, start, end, "remove", attr).apply(text)


def toggle_range(text: str, start: int, end: int, attr: str) -> str:
    """The whole text with `toggle` applied to `text[start:end]`, widened to whole clusters."""
    return edit_range(text, start, end, "toggle", attr).apply(text)


def unstyle_range(text: str, start: int, end: int) -> str:
    """The whole text with `unstyle` applied to `text[start:end]`, widened to whole clusters."""
    return edit_range(text, start, end, "unstyle").apply(text)


def _known(name: str, names: tuple[str, ...], what: str) -> None:
    if name not in names:
        raise UsageError(f"There is no {what} called “{name}”.", do=f"Choose one of {', '.join(names)}.")


def _protected(text: str) -> _Keep:
    return [(start, end) for start, end, _ in find(text)]


def _set(text: str, name: str, keep: _Keep) -> str:
    if name in LINES:
        return _draw(text, LINES[name], keep)
    return letters.change(text, "set", name, keep)


def _add(text: str, attr: str, keep: _Keep) -> str:
    if attr in LINES:
        return _draw(text, LINES[attr], keep)
    return letters.change(text, "add", attr, keep)


def _remove(text: str, attr: str) -> str:
    if attr in LINES:
        return _erase(text, LINES[attr])
    return letters.change(text, "remove", attr, [])


def _toggle(text: str, attr: str, keep: _Keep) -> str:
    # What can have the attribute and lacks it is exactly what adding changes.
    added = _add(text, attr, keep)
    return _remove(text, attr) if added == text else added


def _draw(text: str, line: str, keep: _Keep) -> str:
    """A combining line on each cluster but white space, controls, emoji and the kept parts; NFC order (UAX #15)."""
    parts: list[str] = []
    ends = iter([*keep, (len(text), len(text))])
    start, end = next(ends)
    for match in CLUSTER.finditer(text):
        while end <= match.start() and start < len(text):
            start, end = next(ends)
        cluster = match[0]
        if match.end() <= start and line not in cluster and not is_bare(cluster) and not is_emoji(cluster):
            cluster = unicodedata.normalize("NFC", cluster + line)
        parts.append(cluster)
    return "".join(parts)


def _erase(text: str, line: str) -> str:
    """The text without a combining line; emoji clusters stay."""
    if line not in text:
        return text
    return "".join(
        unicodedata.normalize("NFC", cluster.replace(line, ""))
        if line in cluster and not is_emoji(cluster)
        else cluster
        for cluster in CLUSTER.findall(text)
    )
