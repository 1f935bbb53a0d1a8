"""Offsets: Python counts code points, Qt counts UTF-16 units, and a bold letter is two of those."""


def units(text: str, offset: int) -> int:
    """An offset in code points as one in UTF-16 units."""
    return offset if text.isascii() else offset + sum(ord(c) > 0xFFFF for c in text[:offset])


def points(text: str, offset: int) -> int:
    """An offset in UTF-16 units as one in code points."""
    if text.isascii():
        return offset
    return len(text.encode("utf-16-le", "surrogatepass")[: 2 * offset].decode("utf-16-le", "ignore"))
