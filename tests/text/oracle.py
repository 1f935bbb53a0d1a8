"""The rules of styling a second time: slow, cluster by cluster, from the character database and nothing else.

What the engine does with tables, byte planes and searches is checked against this, code point for code point.
"""

import emoji
import regex
import unicodedata2 as ud

ALPHABETS = {
    "serif_bold": "BOLD",
    "serif_italic": "ITALIC",
    "serif_bold_italic": "BOLD ITALIC",
    "script": "SCRIPT",
    "script_bold": "BOLD SCRIPT",
    "fraktur": "FRAKTUR",
    "double_struck": "DOUBLE-STRUCK",
    "fraktur_bold": "BOLD FRAKTUR",
    "sans": "SANS-SERIF",
    "sans_bold": "SANS-SERIF BOLD",
    "sans_italic": "SANS-SERIF ITALIC",
    "sans_bold_italic": "SANS-SERIF BOLD ITALIC",
    "monospace": "MONOSPACE",
}
# How Letterlike Symbols calls the letters that the block does not repeat.
LETTERLIKE = {"script": "SCRIPT", "fraktur": "BLACK-LETTER", "double_struck": "DOUBLE-STRUCK"}
BLOCK = range(0x1D400, 0x1D800)
ASCII_LETTERS = [*range(0x41, 0x5B), *range(0x61, 0x7B)]
LOW_LINE, STROKE = "\u0332", "\u0336"


def _kind(name: str) -> str:
    """The words of a name between MATHEMATICAL and the letter."""
    words = r"(?:SANS-SERIF |DOUBLE-STRUCK |MONOSPACE |FRAKTUR |SCRIPT |BOLD |ITALIC )+"
    match = regex.match(rf"MATHEMATICAL ({words})", name)
    return match[1].strip() if match else ""


def _math_forms() -> dict[str, dict[str, str]]:
    by_kind = {kind: name for name, kind in ALPHABETS.items()}
    forms: dict[str, dict[str, str]] = {name: {} for name in ALPHABETS}
    for code in BLOCK:
        letter = chr(code)
        if ud.category(letter) == "Cn" or code == 0x1D6A6:
            continue
        base = ud.decomposition(letter).split()
        assert base[0] == "<font>"
        plain = chr(int(base[1], 16))
        forms[by_kind[_kind(ud.name(letter))]][plain] = letter
    for name, kind in LETTERLIKE.items():
        for code in ASCII_LETTERS:
            size = "CAPITAL" if code < 0x60 else "SMALL"
            if chr(code) not in forms[name]:
                forms[name][chr(code)] = ud.lookup(f"{kind} {size} {chr(code).upper()}")
    forms["serif_italic"]["h"] = ud.lookup("PLANCK CONSTANT")
    return forms


def _compatibility(tag: str) -> dict[str, str]:
    """Basic Latin letters and digits by a compatibility mapping, `<circle>` for instance."""
    found: dict[str, str] = {}
    for code in range(0x110000):
        parts = ud.decomposition(chr(code)).split()
        if len(parts) == 2 and parts[0] == tag and chr(int(parts[1], 16)).isascii():
            name = ud.name(chr(code))
            if chr(int(parts[1], 16)).isalnum() and "INDICATOR" not in name and "ITALIC" not in name:
                found[chr(int(parts[1], 16))] = chr(code)
    return found


def _by_name(letters: str, pattern: str) -> dict[str, str]:
    found = {}
    for letter in letters:
        try:
            found[letter] = ud.lookup(pattern.format(letter.upper()))
        except KeyError:
            continue
    return found


UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LOWER = UPPER.lower()
DIGIT_NAMES = {str(digit): ud.name(str(digit)).removeprefix("DIGIT ") for digit in range(1, 10)}


def _decorative() -> dict[str, dict[str, str]]:
    negative = _by_name(UPPER, "NEGATIVE CIRCLED LATIN CAPITAL LETTER {}")
    negative["0"] = ud.lookup("NEGATIVE CIRCLED DIGIT ZERO")
    negative |= {d: ud.lookup(f"DINGBAT NEGATIVE CIRCLED DIGIT {n}") for d, n in DIGIT_NAMES.items()}
    return {
        "circled": _compatibility("<circle>"),
        "circled_negative": negative,
        "squared": _compatibility("<square>"),
        "squared_negative": _by_name(UPPER, "NEGATIVE SQUARED LATIN CAPITAL LETTER {}"),
        "fullwidth": _compatibility("<wide>"),
        "small_caps": _by_name(LOWER, "LATIN LETTER SMALL CAPITAL {}"),
        "superscript": _compatibility("<super>"),
        "subscript": _compatibility("<sub>"),
    }


MATH = _math_forms()
DECORATIVE = _decorative()
PLAIN = {styled: plain for table in MATH.values() for plain, styled in table.items()}
ALPHABET = {styled: name for name, table in MATH.items() for styled in table.values()}
# Every code point that occurs in an emoji, but for those that are something else without their partners.
EMOJI = {c for sequence in emoji.EMOJI_DATA for c in sequence} - set("0123456789#*\ufe0f\u200d\u20e3")
EMOJI -= set(map(chr, range(0xE0000, 0xE0080)))


def is_emoji(cluster: str) -> bool:
    return not EMOJI.isdisjoint(cluster) or regex.search("[0-9#*][\ufe0f\u20e3]", cluster) is not None


def _each(text: str, letter: dict[str, str], keep: list[tuple[int, int]]) -> str:
    out = []
    for match in regex.finditer(r"\X", text):
        cluster = match[0]
        kept = any(a < match.end() and match.start() < b for a, b in keep)
        if not kept and not is_emoji(cluster):
            apart = ud.normalize("NFD", cluster)
            changed = "".join(letter.get(c, c) for c in apart)
            if changed != apart:
                cluster = ud.normalize("NFC", changed)
        out.append(cluster)
    return "".join(out)


def style(text: str, name: str, keep: list[tuple[int, int]]) -> str:
    if name in ("underline", "strikethrough"):
        return draw(text, LOW_LINE if name == "underline" else STROKE, keep)
    forms = (MATH | DECORATIVE)[name]
    return _each(text, {styled: forms.get(plain, plain) for styled, plain in PLAIN.items()} | forms, keep)


def unstyle(text: str) -> str:
    return _each(text, PLAIN | {LOW_LINE: "", STROKE: ""}, [])


def draw(text: str, line: str, keep: list[tuple[int, int]]) -> str:
    out = []
    for match in regex.finditer(r"\X", text):
        cluster = match[0]
        kept = any(a < match.end() and match.start() < b for a, b in keep)
        bare = cluster[0].isspace() or regex.match(r"[\p{White_Space}\p{GCB=Control}\p{GCB=CR}\p{GCB=LF}]", cluster)
        if not (kept or bare or line in cluster or is_emoji(cluster)):
            cluster = ud.normalize("NFC", cluster + line)
        out.append(cluster)
    return "".join(out)


def _traits(name: str) -> tuple[str, bool, bool]:
    """Family, bold and italic of an alphabet."""
    return name.split("_")[0] if name != "double_struck" else name, "_bold" in name, "italic" in name


def _named(family: str, bold: bool, italic: bool) -> str:
    return family + ("_bold" if bold else "") + ("_italic" if italic else "")


def attribute(text: str, attr: str, wanted: bool, keep: list[tuple[int, int]]) -> str:
    """Bold or italic added or removed, letter by letter."""
    letters = {}
    for styled, name in ALPHABET.items():
        family, bold, italic = _traits(name)
        bold, italic = (wanted, italic) if attr == "bold" else (bold, wanted)
        plain = PLAIN[styled]
        if not bold and not italic and family in ("sans", "serif") and name != "sans":
            letters[styled] = plain
        else:
            letters[styled] = MATH.get(_named(family, bold, italic), {}).get(plain, styled)
    if wanted:
        letters |= MATH["sans_bold" if attr == "bold" else "sans_italic"]
    return _each(text, letters, keep if wanted else [])
