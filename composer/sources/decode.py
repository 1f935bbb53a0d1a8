"""Bytes in, text out: byte order marks, UTF-8 with damage, UTF-16 and -32 without a mark, legacy code pages."""

import codecs
import re
from collections import Counter

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
# Bytes that text in UTF-8 or a legacy page does not have.
_ODD = re.compile(rb"[\x00-\x08\x0e-\x1a]")
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
    unmarked = wide(data)
    if unmarked:
        notice = f"The file has no byte order mark and was read as {unmarked.upper()}."
        return data.decode(unmarked, "replace"), [notice]
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


def wide(data: bytes) -> str | None:
    """UTF-16 or -32 without a mark: one of them, if it reads the data as text of any script."""
    head = data[:4000]
    if len(head) < 8 or not _ODD.search(head):
        return None
    for name, width in (("utf-32-le", 4), ("utf-32-be", 4), ("utf-16-le", 2), ("utf-16-be", 2)):
        try:
            text = head[: len(head) // width * width].decode(name, "strict" if width == 4 else "replace")
        except UnicodeDecodeError:
            continue
        if text.count("\ufffd") <= 1 and _plausible(text):
            return name
    return None


def _plausible(text: str) -> bool:
    """Letters, digits and marks as people write them, in few of the blocks of Unicode, ASCII among them."""
    usual = sum(c.isprintable() or c in "\t\n\r" for c in text)
    blocks = Counter(ord(c) >> 8 for c in text)
    common = sum(n for _, n in blocks.most_common(4))
    han = sum(n for block, n in blocks.items() if 0x4E <= block <= 0x9F or 0xAC <= block <= 0xD7)
    ascii_share = sum(c < "\x7f" for c in text) / len(text)
    return usual > 0.98 * len(text) and common + han > 0.9 * len(text) and ascii_share > 0.05


# The commonest characters of Chinese in both scripts, and the commonest syllables of Korean.
_HAN = frozenset(
    "的一是不了在人有我他这這个個们們中来來上大为為和国國地到以说說时時要就出会會可也你对對生能而子那得于着下自之年过過发發后後作里裏"
)
_HANGUL = frozenset("이다는을의가에고도를은하지기한로나어아시서리자사라만니게안있그요면")
_PAIRS = ("cp932", "euc_jp", "gb18030", "big5", "cp949")


def _east_asian(data: bytes) -> str | None:
    """The double-byte page in which the text looks like a language: kana, or characters that are truly common."""
    part = data[:_GUESS]
    best: tuple[float, str] | None = None
    for name in _PAIRS:
        try:
            text = codecs.getincrementaldecoder(name)().decode(part)
        except UnicodeDecodeError:
            continue
        foreign = [c for c in text if c > "\x7f"]
        if len(foreign) < 8:
            continue
        kana = sum("\u3041" <= c <= "\u30fe" for c in foreign)
        known = sum(c in _HAN for c in foreign) * 2 + sum(c in _HANGUL for c in foreign) + kana
        share = known / len(foreign)
        # Half-width kana is what the other pages look like when read as Japanese.
        share -= sum("\uff61" <= c <= "\uff9f" for c in foreign) / len(foreign)
        if share > 0.2 and (best is None or share > best[0]):
            best = (share, name)
    return best[1] if best else None


# The ten letters that make up about two thirds of Russian, Ukrainian, Bulgarian and Serbian text.
_CYRILLIC = frozenset("оеаинтсрвліу")
_CYRILLIC_PAGES = ("cp1251", "koi8_u", "cp866", "iso8859_5", "mac_cyrillic")


def _cyrillic(data: bytes) -> str | None:
    """The Cyrillic page that makes small, common letters of most foreign bytes."""
    best: tuple[float, str] | None = None
    for name in _CYRILLIC_PAGES:
        foreign = [c for c in data.decode(name, "replace") if c > "\x7f"]
        letters = [c for c in foreign if "\u0400" <= c <= "\u045f"]
        if len(letters) < 8 or len(letters) < 0.85 * len(foreign) or len(foreign) < 0.2 * len(data):
            continue
        share = sum(c in _CYRILLIC for c in letters) / len(foreign)
        if share > 0.5 and (best is None or share > best[0] + 0.03):
            best = (share, name)
    return best[1] if best else None


def _legacy(data: bytes) -> tuple[str, list[str]]:
    # Lines with foreign bytes carry all the evidence; plain ASCII only dilutes it.
    part = b"\n".join(line for line in data.split(b"\n") if not line.isascii())[:_GUESS]
    name = _cyrillic(part) or _east_asian(part) or _single_byte(part)
    text = data.decode(name, "replace")
    lost = text.count("\ufffd")
    notices = [f"The file is not Unicode and was read as {name.replace('_', '-')}."]
    if lost:
        notices.append(f"{count(lost, 'character')} could not be read and {has(lost)} been marked \ufffd.")
    return text, notices


def _single_byte(part: bytes) -> str:
    import charset_normalizer

    best = charset_normalizer.from_bytes(part).best()
    name = best.encoding if best else "cp1252"
    # Latin-1 and Windows-1252 differ only where Latin-1 has control characters nobody types.
    return "cp1252" if name in ("latin_1", "ascii", "utf_8") else name
