"""Bytes in, text out: byte order marks, UTF-8 with damage, UTF-16 and -32 without a mark, legacy code pages."""

import codecs
import re

from composer.sources.base import count, has

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# A legacy page is guessed from this much of the text around its first foreign bytes.
_GUESS = 16_000
_DECLARED = re.compile(
    rb"""<(?:\?xml[^>]{0,200}?encoding|meta[^>]{0,200}?charset)\s*=\s*["']?([A-Za-z0-9._-]{1,40})""", re.I
)
_STAMP = re.compile(rb"\r?\n\[[\d:.]{4,20} --> [\d:.]{4,20}\][ ]*")
_BAD = re.compile("[\udc80-\udcff]")


def decode(data: bytes) -> tuple[str, list[str]]:
    """The text of `data` and notices on what had to be guessed or repaired.

    Bytes that are no UTF-8 in a text that otherwise is stay as surrogates (`surrogateescape`), because a recogniser
    that writes one token per line splits characters, and the format may put them together again; `mend` replaces
    those that remain.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            body = data[len(mark) :]
            if name == "utf-8":
                return _utf8(body) or (body.decode("utf-8", "surrogateescape"), [])
            return body.decode(name, "replace"), []
    declared = _declared(data)
    if declared:
        return declared
    wide = _wide(data)
    if wide:
        return data.decode(wide, "replace"), [f"The file has no byte order mark and was read as {wide.upper()}."]
    return _utf8(data) or _legacy(data)


def mend(text: str) -> tuple[str, int]:
    """The text with each byte that could not be read as U+FFFD, and how many there were."""
    if not _BAD.search(text):
        return text, 0
    whole = text.encode("utf-8", "surrogateescape").decode("utf-8", "surrogateescape")
    return _BAD.subn("\ufffd", whole)


def _declared(data: bytes) -> tuple[str, list[str]] | None:
    """The text by the encoding that XML or HTML declares, where all of it can be read so."""
    if not data[:40].lstrip().startswith(b"<"):
        return None
    match = _DECLARED.search(data[:1500])
    if not match:
        return None
    name = match[1].decode("ascii")
    try:
        if (
            codecs.lookup(name).name in ("utf-8", "utf-16", "utf-32", "ascii")
            or not codecs.lookup(name)._is_text_encoding
        ):
            return None
        return data.decode(name), []
    except (LookupError, UnicodeError, ValueError):
        return None


def _utf8(data: bytes) -> tuple[str, list[str]] | None:
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        pass
    text = data.decode("utf-8", "surrogateescape")
    # Recognisers that print a token per line tear characters apart: judge the text as it reads without the times.
    whole = _STAMP.sub(b"", data).decode("utf-8", "surrogateescape") if _STAMP.search(data) else text
    bad = len(_BAD.findall(whole))
    good = sum(1 for _ in re.finditer("[\u0080-\ud7ff\ue000-\U0010ffff]", whole))
    # Legacy text hardly ever forms valid UTF-8 sequences by chance; damaged UTF-8 is full of them.
    return (text, []) if good > 2 * bad or (bad < 4 and len(text) > 2000 * bad and good) else None


def _wide(data: bytes) -> str | None:
    """UTF-16 or -32 without a mark: text in them has zero bytes in fixed places."""
    head = data[:4000]
    if len(head) < 8 or head.count(0) < len(head) // 5:
        return None
    quarters = [head[i::4].count(0) / (len(head) / 4) for i in range(4)]
    if min(quarters[1:]) > 0.8 and quarters[0] < 0.3:
        return "utf-32-le"
    if min(quarters[:3]) > 0.8 and quarters[3] < 0.3:
        return "utf-32-be"
    even, odd = (quarters[0] + quarters[2]) / 2, (quarters[1] + quarters[3]) / 2
    if odd > 0.35 and even < 0.1:
        return "utf-16-le"
    if even > 0.35 and odd < 0.1:
        return "utf-16-be"
    return None


def _legacy(data: bytes) -> tuple[str, list[str]]:
    import charset_normalizer

    # Lines with foreign bytes carry all the evidence; plain ASCII only dilutes it.
    lines = [line for line in data.split(b"\n") if not line.isascii()]
    part = b"\n".join(lines)[:_GUESS]
    best = charset_normalizer.from_bytes(part).best()
    name = best.encoding if best else "cp1252"
    # Latin-1 and Windows-1252 differ only where Latin-1 has control characters nobody types.
    name = "cp1252" if name in ("latin_1", "ascii", "utf_8") else name
    text = data.decode(name, "replace")
    lost = text.count("\ufffd")
    notices = [f"The file is not Unicode and was read as {name.replace('_', '-')}."]
    if lost:
        notices.append(f"{count(lost, 'character')} could not be read and {has(lost)} been marked \ufffd.")
    return text, notices
