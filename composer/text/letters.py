"""The engine under `composer.text.style`: letters exchanged by table, fast on prose, exact on clusters.

Nearly every cluster is one code point, and there a table is all it takes. The few clusters whose marks must be put in
order, or whose digit turns out to be a keycap, are found by one search and done one by one.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import regex
import unicodedata2 as unicodedata

from composer.text.alphabets import DECORATIVE_STYLES, MATH_STYLES, PLAIN, forms, letter_table
from composer.text.clusters import is_emoji, unit_around

Keep = list[tuple[int, int]]
"""Half-open ranges to leave alone, ascending, without overlaps."""

LONG = 200_000
"""Code points from which a text that is not ASCII is worth the import of numpy."""

# ASCII is done in blocks that stay in the cache of a processor.
_BLOCK = 1 << 16
# Every code point whose canonical decomposition holds a letter with a form lies here (the tests check the database).
_COMPOSED = (*range(0xC0, 0x400), *range(0x1E00, 0x2000), *range(0x2126, 0x212C))
# Where marks are: GCB Extend, SpacingMark and ZWJ, without the ideographs and syllables between.
_MARK_RANGES = (*range(0x300, 0x3100), *range(0xA600, 0xAC00), *range(0xFB00, 0x10000))
_ASTRAL_RANGE = (*range(0x101FD, 0x1F400), *range(0xE0000, 0xE0200))
_MARK = r"[\p{GCB=Extend}\p{GCB=SpacingMark}\u200d]"
_DIGITS = frozenset("0123456789")
# Beyond the BMP the search is coarse, which costs time there and nothing else.
_ASTRAL_MARKS = "\U000101fd-\U0001d3ff\U0001da00-\U000e0fff"
_SKIN_TONES = "".join(map(chr, range(0x1F3FB, 0x1F400)))
# A styled letter hidden behind a control, which no mark composes with.
_HIDDEN = {code: code for code in (*range(0x250), *range(0x300, 0x370), *range(0x2000, 0x2070))}
_HIDDEN |= dict.fromkeys(PLAIN, 1)


@dataclass(frozen=True, slots=True)
class Tables:
    """How an operation exchanges letters.

    `whole` maps code points that are a cluster of their own, precomposed letters included; `parts` maps the code
    points of a decomposed cluster. `planes` are bytes 0, 1 and 2 of the result for each ASCII code point, or None if
    ASCII stays.
    """

    whole: dict[int, int | str]
    parts: dict[int, int]
    planes: tuple[bytes, bytes, bytes] | None


@cache
def tables(operation: str, name: str) -> Tables:
    """The tables of an operation and name of `letter_table`."""
    parts = dict(letter_table(operation, name))
    # Identities spare str.translate a failed look-up, which costs far more than a hit.
    whole: dict[int, int | str] = {code: code for code in (*range(0x250), *range(0x2000, 0x2070), 0xFE0F)}
    whole |= parts
    for code in _COMPOSED:
        apart = unicodedata.normalize("NFD", chr(code))
        if apart != chr(code) and apart.translate(parts) != apart:
            whole[code] = unicodedata.normalize("NFC", apart.translate(parts))
    codes = [whole[code] for code in range(128)]
    planes = None
    if codes != list(range(128)):
        padded = [code for code in codes if isinstance(code, int)] + [0] * 128
        first, second, third = (bytes(code >> shift & 0xFF for code in padded) for shift in (0, 8, 16))
        planes = (first, second, third)
    return Tables(whole, parts, planes)


def change(text: str, operation: str, name: str, keep: Keep) -> str:
    """The text after an operation of `letter_table`, with the ranges of `keep` left alone."""
    known = tables(operation, name)
    if text.isascii():
        return _ascii(text, known, keep)
    if operation == "clear":
        if (cleared := _cleared(text, known)) is not None:
            return cleared
    elif len(text) < LONG:
        try:
            return _simple(text, _strict(operation, name), sorted([*keep, *_keycaps(text)]))
        except TypeError:
            pass  # a mark: the clusters must be looked at
    stops = _stops(keep, _special(text, known))
    if len(text) >= LONG:
        return _bulk(text, known.whole, stops)
    out: list[str] = []
    at = 0
    for start, end, instead in stops:
        out.append(text[at:start].translate(known.whole))
        out.append(text[start:end] if instead is None else instead)
        at = end
    out.append(text[at:].translate(known.whole))
    return "".join(out)


@cache
def _strict(operation: str, name: str) -> dict[int, Any]:
    """The table of an operation with values that str.translate refuses for marks, so that it stops at the first."""
    return tables(operation, name).whole | _refused()


@cache
def _refused() -> dict[int, bytes]:
    """The marks that need care after some letter, and the skin tones.

    VS16, the keycap and the joiners need none: they have combining class 0 and compose with nothing, so after a letter
    they are right as they are; a digit before them is found by `_keycaps`.
    """
    marks = regex.findall(rf"{_MARK}|[\U0001f3fb-\U0001f3ff]", "".join(map(chr, (*_MARK_RANGES, *_ASTRAL_RANGE))))
    return dict.fromkeys(map(ord, set(marks) - set("\ufe0f\u20e3\u200c\u200d")), b"")


def _keycaps(text: str) -> Keep:
    """The digits that VS16 or U+20E3 makes an emoji of (UTS #51, ED-9a and ED-14c)."""
    found: Keep = []
    for sign in "\ufe0f\u20e3":
        at = text.find(sign)
        while at >= 0:
            if text[at - 1 : at] in _DIGITS:
                found.append((at - 1, at))
            at = text.find(sign, at + 1)
    return found


def _simple(text: str, table: dict[int, Any], keep: Keep) -> str:
    out: list[str] = []
    at = 0
    for start, end in keep:
        if end > at:  # a keycap may lie in a link
            out += (text[at:start].translate(table), text[max(at, start) : end])
            at = end
    out.append(text[at:].translate(table))
    return "".join(out)


def _bulk(text: str, table: Mapping[int, int | str], stops: Sequence[tuple[int, int, str | None]] = ()) -> str:
    from composer.text.bulk import translate  # numpy: only where it pays

    return translate(text, table, stops)


def _ascii(text: str, known: Tables, keep: Keep) -> str:
    """ASCII by three byte tables, one for each byte of the result in UTF-32: four times as fast as str.translate."""
    if known.planes is None:
        return text
    if len(text) > _BLOCK:
        blocks = range(0, len(text), _BLOCK)
        changed = "".join([_planes(text[at : at + _BLOCK], known.planes) for at in blocks])
    else:
        changed = _planes(text, known.planes)
    if not keep:
        return changed
    out: list[str] = []
    at = 0
    for start, end in keep:
        out += (changed[at:start], text[start:end])
        at = end
    return "".join((*out, changed[at:]))


def _planes(text: str, planes: tuple[bytes, bytes, bytes]) -> str:
    data = text.encode("ascii")
    wide = bytearray(4 * len(data))
    for byte, plane in enumerate(planes):
        wide[byte::4] = data.translate(plane)
    return wide.decode("utf-32-le")


def _cleared(text: str, known: Tables) -> str | None:
    """A text un-styled as a whole, or None where it must be done cluster by cluster.

    If all that un-styling leaves alone is NFC as it stands, composing the whole composes just the changed clusters.
    A skin tone makes an emoji of the letter before it, so that is left to the search.
    """
    if any(tone in text for tone in _SKIN_TONES):
        return None
    cleared = _bulk(text, known.whole) if len(text) >= LONG else text.translate(known.whole)
    composed: str = unicodedata.normalize("NFC", cleared)
    if composed == cleared:
        return cleared
    rest = _bulk(text, _HIDDEN) if len(text) >= LONG else text.translate(_HIDDEN)
    return composed if unicodedata.normalize("NFC", rest) == rest else None


def _stops(keep: Keep, special: Iterator[tuple[int, int, str]]) -> list[tuple[int, int, str | None]]:
    """The kept ranges and the special clusters outside them, in order."""
    stops: list[tuple[int, int, str | None]] = []
    ahead = iter(keep)
    kept = next(ahead, None)
    for start, end, instead in special:
        while kept is not None and kept[1] <= start:
            stops.append((*kept, None))
            kept = next(ahead, None)
        if kept is None or end <= kept[0]:
            stops.append((start, end, instead))
    while kept is not None:
        stops.append((*kept, None))
        kept = next(ahead, None)
    return stops


def _special(text: str, known: Tables) -> Iterator[tuple[int, int, str]]:
    """The clusters that a table of single code points would get wrong, and what becomes of them."""
    search, letters = _search(len(text.encode("utf-16-le", "surrogatepass")) > 2 * len(text))
    done = 0
    for match in search.finditer(text):
        at = match.start()
        if at < done:
            continue
        if text[at] in "\ufe0f\u20e3" and text[at - 1] in _DIGITS:
            # A keycap, the most common of all: the digit stays, and marks are in no table.
            done = at + 2 if text[at + 1 : at + 2] == "\u20e3" else at + 1
            yield at - 1, at, text[at - 1]
            continue
        start, end = unit_around(text, at)
        seen, done = start < done, end
        unit = text[start:end]
        if not seen and unit[0] in letters:
            yield start, end, _unit(unit, known.parts)


def _unit(unit: str, parts: dict[int, int]) -> str:
    """A base with its marks after the operation: as it was if nothing changes, else in NFC (UAX #15)."""
    if is_emoji(unit):
        return unit
    apart = unicodedata.normalize("NFD", unit)
    changed = apart.translate(parts)
    return unit if changed == apart else unicodedata.normalize("NFC", changed)


@cache
def _search(astral: bool) -> tuple[re.Pattern[str], frozenset[str]]:
    """The search for marks after which a cluster needs care, and the letters that can be its base.

    One mark after a plain letter is right as it is. Care is needed after a digit (a keycap), after a precomposed or
    styled letter (the order of marks, composition), from the second mark on, and at skin tones and marks that NFC
    rewrites.
    """
    marks = regex.findall(_MARK, "".join(map(chr, _MARK_RANGES)))
    rewritten = [mark for mark in marks if unicodedata.normalize("NFC", mark) != mark]
    plain = {chr(code) for name in (*MATH_STYLES, *DECORATIVE_STYLES) for code in forms(name)}
    composed = {chr(c) for c in _COMPOSED if unicodedata.normalize("NFD", chr(c)) != chr(c)}
    composed = {c for c in composed if not plain.isdisjoint(unicodedata.normalize("NFD", c))}
    styled = set(map(chr, PLAIN))
    mark = _ranges(marks) + (_ASTRAL_MARKS if astral else "")
    before = _ranges([*marks, *composed, *(c for c in styled if c < "\U00010000"), *"0123456789"])
    before += "\U000101fd-\U0001e9ff\U0001f3fb-\U0001f3ff\U000e0000-\U000e0fff" if astral else ""
    alone = _ranges(rewritten) + ("\U0001f3fb-\U0001f3ff" if astral else "")
    pattern = rf"[{mark}](?:(?<=[{before}].)|(?<=[{alone}]))"
    return re.compile(pattern, re.DOTALL), frozenset(plain | composed | styled)


def _ranges(characters: list[str]) -> str:
    """Characters as the inside of a character class."""
    spans: list[list[int]] = []
    for code in sorted(set(map(ord, characters))):
        if spans and spans[-1][1] == code - 1:
            spans[-1][1] = code
        else:
            spans.append([code, code])
    return "".join(f"{re.escape(chr(a))}-{re.escape(chr(b))}" for a, b in spans)
