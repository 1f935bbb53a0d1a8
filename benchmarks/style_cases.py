"""Cases of the styling rules that any package can be put to: an operation, a text, and what must come out.

The letters come from the character database by their names, the rest is written out. `operation` is `style` (with the
name of a style) or `unstyle`.
"""

from typing import NamedTuple

import unicodedata2 as ud


class Case(NamedTuple):
    """One case: `rule` is R0 to R17."""

    rule: str
    operation: str
    name: str
    text: str
    expected: str


_WORDS = {
    "serif_bold": "MATHEMATICAL BOLD",
    "serif_italic": "MATHEMATICAL ITALIC",
    "serif_bold_italic": "MATHEMATICAL BOLD ITALIC",
    "script": "MATHEMATICAL SCRIPT",
    "script_bold": "MATHEMATICAL BOLD SCRIPT",
    "fraktur": "MATHEMATICAL FRAKTUR",
    "double_struck": "MATHEMATICAL DOUBLE-STRUCK",
    "fraktur_bold": "MATHEMATICAL BOLD FRAKTUR",
    "sans": "MATHEMATICAL SANS-SERIF",
    "sans_bold": "MATHEMATICAL SANS-SERIF BOLD",
    "sans_italic": "MATHEMATICAL SANS-SERIF ITALIC",
    "sans_bold_italic": "MATHEMATICAL SANS-SERIF BOLD ITALIC",
    "monospace": "MATHEMATICAL MONOSPACE",
}
_DIGITS = {digit: ud.name(digit).removeprefix("DIGIT ") for digit in "0123456789"}


def _named(name: str, text: str) -> str:
    """Letters and digits by their names; what the block has no name for stays."""
    out = []
    for c in text:
        if c.isdigit():
            wanted = f"{_WORDS[name]} DIGIT {_DIGITS[c]}"
        else:
            wanted = f"{_WORDS[name]} {'CAPITAL' if c.isupper() else 'SMALL'} {c.upper()}"
        try:
            out.append(ud.lookup(wanted))
        except KeyError:
            out.append(c)
    return "".join(out)


def _alphabets() -> list[Case]:
    cases = []
    for name in _WORDS:
        letters = {"serif_italic": "ABXYZabcxyz", "script": "ACDGJKXabcxyz", "fraktur": "ABDXYabcxyz"}
        text = letters.get(name, "ABDXYabcxyz")
        cases.append(Case("R1", "style", name, text, _named(name, text)))
        cases.append(Case("R1", "style", name, "0459", _named(name, "0459")))
        cases.append(Case("R13", "unstyle", "", _named(name, text), text))
        cases.append(Case("R3", "style", name, "…“—” ß æ ø ł", "…“—” ß æ ø ł"))
        cases.append(Case("R9", "style", name, _named(name, text), _named(name, text)))
        cases.append(Case("R8", "style", name, "1️⃣ 👩‍💻 🇩🇪", "1️⃣ 👩‍💻 🇩🇪"))
    return cases


_WRITTEN = [
    Case("R0", "style", "sans_bold", "ệ", "𝗲\u0323\u0302"),
    Case("R0", "style", "sans_bold", "é\u0323", "𝗲\u0323\u0301"),
    Case("R1", "style", "serif_bold", "ΑΩαω", "𝚨𝛀𝛂𝛚"),
    Case("R1", "style", "sans_bold", "Ωμέγα", "𝝮𝝻𝝴\u0301𝝲𝝰"),
    Case("R1", "style", "serif_bold", "ϴ∇∂ϵϑϰϕϱϖς", "𝚹𝛁𝛛𝛜𝛝𝛞𝛟𝛠𝛡𝛓"),
    Case("R1", "style", "serif_bold", "Ϝϝ", "𝟊𝟋"),
    Case("R1", "style", "serif_italic", "ıȷ", "𝚤𝚥"),
    Case("R2", "style", "serif_italic", "the", "𝑡ℎ𝑒"),
    Case("R2", "style", "script", "BEFHILMR", "ℬℰℱℋℐℒℳℛ"),
    Case("R2", "style", "script", "ego", "ℯℊℴ"),
    Case("R2", "style", "fraktur", "CHIRZ", "ℭℌℑℜℨ"),
    Case("R2", "style", "double_struck", "CHNPQRZ", "ℂℍℕℙℚℝℤ"),
    Case("R3", "style", "sans_italic", "2024", "2024"),
    Case("R3", "style", "sans_bold", "Привет 漢字 안녕 שלום", "Привет 漢字 안녕 שלום"),
    Case("R4", "style", "sans_bold", "Café", "𝗖𝗮𝗳𝗲\u0301"),
    Case("R4", "style", "serif_italic", "naïve", "𝑛𝑎𝑖\u0308𝑣𝑒"),
    Case("R4", "style", "double_struck", "Ñ", "ℕ\u0303"),
    Case("R5", "style", "sans_bold", "ﬁ ™ ① ½ µ ²", "ﬁ ™ ① ½ µ ²"),
    Case("R5", "style", "sans_bold", "\u212b\u212a", "𝗔\u030a𝗞"),
    Case("R6", "style", "sans_bold", "и\u0306 x", "и\u0306 𝘅"),
    Case("R6", "style", "sans_bold", "\u1100\u1161 x", "\u1100\u1161 𝘅"),
    Case("R6", "style", "sans_bold", "\u0958 x", "\u0958 𝘅"),
    Case("R6", "unstyle", "", "\u0958 𝘅", "\u0958 x"),
    Case("R6", "unstyle", "", "и\u0306 𝘅", "и\u0306 x"),
    Case("R7", "style", "sans_bold", "see https://example.com/a", "𝘀𝗲𝗲 https://example.com/a"),
    Case("R7", "style", "sans_bold", "www.example.com is", "www.example.com 𝗶𝘀"),
    Case("R7", "style", "sans_bold", "example.com/path is", "example.com/path 𝗶𝘀"),
    Case("R7", "style", "sans_bold", "to jo@example.com", "𝘁𝗼 jo@example.com"),
    Case("R7", "style", "sans_bold", "by @jo_doe", "𝗯𝘆 @jo_doe"),
    Case("R7", "style", "sans_bold", "on #ISO27001", "𝗼𝗻 #ISO27001"),
    Case("R7", "style", "sans_bold", "in #2024", "𝗶𝗻 #𝟮𝟬𝟮𝟰"),
    Case("R8", "style", "sans_bold", "7\ufe0f", "7\ufe0f"),
    Case("R8", "style", "double_struck", "#️⃣ 3\u20e3", "#️⃣ 3\u20e3"),
    Case("R10", "style", "serif_bold", "𝗔𝗯𝟭", "𝐀𝐛𝟏"),
    Case("R10", "style", "sans_italic", "𝗔𝗯𝟭", "𝘈𝘣1"),
    Case("R10", "style", "serif_italic", "𝗵", "ℎ"),
    Case("R13", "unstyle", "", "ℎℬℰ ℭℌ ℂℍℤ", "hBE CH CHZ"),
    Case("R13", "unstyle", "", "𝟎𝟘𝟢𝟬𝟶", "00000"),
    Case("R13", "unstyle", "", "𝚨𝛼𝝰𝞪", "Αααα"),
    Case("R13", "unstyle", "", "𝚤𝚥 𝟊𝟋", "ıȷ Ϝϝ"),
    Case("R13", "unstyle", "", "… ™ ² ½ ﬁ ① № ℃ ℹ ℓ", "… ™ ² ½ ﬁ ① № ℃ ℹ ℓ"),
    Case("R13", "unstyle", "", "a̲b̶ 𝗰̲", "ab c"),
    Case("R14", "unstyle", "", "𝗖𝗮𝗳𝗲\u0301", "Café"),
    Case("R14", "unstyle", "", "𝗲\u0323\u0302", "ệ"),
    Case("R14", "unstyle", "", "𝗡\u0303 e\u0301", "Ñ e\u0301"),
    Case("R17", "unstyle", "", "ⓐ ａ ᴀ ᵃ 🄰", "ⓐ ａ ᴀ ᵃ 🄰"),
    Case("R17", "style", "circled", "Az0", "Ⓐⓩ⓪"),
    Case("R17", "style", "circled", "é", "ⓔ\u0301"),
    Case("R17", "style", "squared", "Az", "🄰z"),
    Case("R17", "style", "fullwidth", "Az0!", "Ａｚ０!"),
    Case("R17", "style", "small_caps", "Aqsx", "Aꞯꜱx"),
    Case("R17", "style", "superscript", "2nd", "²ⁿᵈ"),
]

CASES = (*_alphabets(), *_WRITTEN)
