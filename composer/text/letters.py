"""The engine under `composer.text.style`: letters exchanged by table, fast on plain prose, exact on clusters.

Most text is one code point per cluster, and there a table is all it takes. The few places where the marks of a
cluster must be put in order, or where a digit turns out to be a keycap, are found by one search and done one by one.
"""

from bisect import bisect_right
from functools import cache
from types import MappingProxyType

import regex
import unicodedata2 as unicodedata

from composer.text.alphabets import LINES, PLAIN, forms, letter_table
from composer.text.clusters import is_emoji, unit_around

_ERASED = {ord(line): None for line in LINES.values()}
# Canonical decompositions to Latin and Greek letters stand in these ranges only (checked against the database).
_COMPOSED = (*range(0xC0, 0x400), *range(0x1E00, 0x2000), *range(0x2126, 0x212C))


@cache
def _tables(operation: str, name: str) -> tuple[dict[int, int | str | None], dict[int, int | None]]:
    """For an operation: the table for whole clusters of one code point, and the one for decomposed clusters."""
    parts: dict[int, int | None] = dict(letter_table(operation, name))
    # Identities spare str.translate a failed look-up, which costs far more than a hit.
    whole: dict[int, int | str | None] = {code: code for code in (*range(0x250), *range(0x2000, 0x2070))}
    whole |= parts
    for code in _COMPOSED:
        apart = unicodedata.normalize("NFD", chr(code))
        if apart != chr(code) and apart.translate(parts) != apart:
            whole[code] = unicodedata.normalize("NFC", apart.translate(parts))
    if operation == "clear":
        parts |= _ERASED
    return whole, parts


def change(text: str, operation: str, name: str, keep: list[tuple[int, int]]) -> str:
    """The text after an operation of `letter_table`, with the half-open ranges of `keep` left alone."""
    whole, parts = _tables(operation, name)
    stops = list(keep)
    special: dict[int, str] = {}
    if not text.isascii():
        done = 0
        for match in _SPECIAL.finditer(text):
            if match.start() < done:
                continue
            start, done = unit_around(text, match.end() - 1)
            special[start] = _unit(text[start:done], parts)
            stops.append((start, done))
    if not stops:
        return text.translate(whole)
    out: list[str] = []
    at = 0
    kept = [start for start, _ in keep]
    for start, end in sorted(stops):
        if start > at:
            out.append(text[at:start].translate(whole))
        inside = bisect_right(kept, start) - 1
        if start in special and not (inside >= 0 and start < keep[inside][1]):
            out.append(special[start])
            at = max(at, end)
        elif end > at:
            out.append(text[max(at, start) : end])
            at = end
    out.append(text[at:].translate(whole))
    return "".join(out)


def _unit(unit: str, parts: dict[int, int | None]) -> str:
    """A base with its marks after the operation: as it was if nothing changes, else in NFC (UAX #15)."""
    if is_emoji(unit):
        return unit
    apart = unicodedata.normalize("NFD", unit)
    changed = apart.translate(parts)
    return unit if changed == apart else unicodedata.normalize("NFC", changed)


_MARK = r"[\p{GCB=Extend}\p{GCB=SpacingMark}\u200d]"
_SPECIAL = regex.compile(rf"{_MARK}")
