"""`str.translate` for long texts, by a look-up over UTF-32 in numpy. Imported only when a text is long."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Stop = tuple[int, int, str | None]

_BLOCK = 1 << 20
_TOP = 0x110000


class _Arrays(NamedTuple):
    """A table over all code points: the first of the result (u4), how many follow it (u1), and which (u4)."""

    first: npt.NDArray[np.uint32]
    extra: npt.NDArray[np.uint8]
    more: tuple[npt.NDArray[np.uint32], ...]


def translate(text: str, table: Mapping[int, int | str], stops: Sequence[Stop]) -> str:
    """The text through `table`, except `stops`: half-open ranges, ascending, each kept (None) or replaced.

    Linear in the length. Works on blocks of a million code points, so the memory beyond the text and the result is
    bounded.
    """
    arrays = _arrays(table)
    out: list[str] = []
    at = index = 0
    while at < len(text):
        end = min(at + _BLOCK, len(text))
        upto = index
        while upto < len(stops) and stops[upto][0] < end:
            end = max(end, stops[upto][1])
            upto += 1
        out.append(_block(text[at:end], at, stops[index:upto], arrays))
        at, index = end, upto
    return "".join(out)


def _block(text: str, offset: int, stops: Sequence[Stop], arrays: _Arrays) -> str:
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    changed = arrays.first[codes]
    extra = arrays.extra[codes]
    kept = [(start - offset, end - offset) for start, end, _ in stops]
    for start, end in kept:
        changed[start:end] = codes[start:end]
        extra[start:end] = 0
    if not extra.any():
        return _joined(changed, np.arange(0), kept, stops)
    ends = np.cumsum(1 + extra.astype(np.int64))
    begins = ends - 1 - extra
    wide = np.empty(int(ends[-1]), dtype="<u4")
    wide[begins] = changed
    for nth, more in enumerate(arrays.more):
        where = np.flatnonzero(extra > nth)
        wide[begins[where] + 1 + nth] = more[codes[where]]
    return _joined(wide, np.append(begins, ends[-1]), kept, stops)


def _joined(
    codes: npt.NDArray[np.uint32],
    begins: npt.NDArray[np.int64],
    kept: Sequence[tuple[int, int]],
    stops: Sequence[Stop],
) -> str:
    """The block as a string, with the stops that are replaced put in; `begins` is empty if nothing grew."""
    text = codes.astype("<u4", copy=False).tobytes().decode("utf-32-le", "surrogatepass")
    out: list[str] = []
    at = 0
    for (start, end), (_, _, instead) in zip(kept, stops, strict=True):
        if instead is not None:
            first, last = (int(begins[start]), int(begins[end])) if len(begins) else (start, end)
            out += (text[at:first], instead)
            at = last
    return "".join((*out, text[at:])) if out else text


def _arrays(table: Mapping[int, int | str]) -> _Arrays:
    first = np.arange(_TOP, dtype=np.uint32)
    extra = np.zeros(_TOP, dtype=np.uint8)
    longest = max((len(value) for value in table.values() if isinstance(value, str)), default=1)
    more = tuple(np.zeros(_TOP, dtype=np.uint32) for _ in range(longest - 1))
    for code, value in table.items():
        if isinstance(value, int):
            first[code] = value
        else:
            first[code] = ord(value[0])
            extra[code] = len(value) - 1
            for nth, character in enumerate(value[1:]):
                more[nth][code] = ord(character)
    return _Arrays(first, extra, more)
